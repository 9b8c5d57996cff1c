/* The lamps of all units of a level: units × rules, what they were month by month, and as a CSV file. */
#include "rules/lamps_views.h"
#include "rules/matrix_html.h"
#include <jansson.h>

enum { PAGE = 50, CSV_MOST = 30000, COLUMNS_MAX = 60 };

static int
by_rule(const void *a, const void *b)
{
    const struct rule *x = ((const struct matrix_column *)a)->rule, *y = ((const struct matrix_column *)b)->rule;
    return x < y ? -1 : x > y;
}

static size_t
column_of(const struct matrix_page *v, struct str rule)
{
    size_t i = 0;
    while (i < v->columns_n && !str_eq(v->columns[i].rule->id, rule)) i++;
    return i;
}

/* A column for each rule that says something on this level, in the order of the rules. */
static void
load_columns(struct rq *rq, struct matrix_page *v)
{
    struct lamps_totals_row *rows;
    size_t n = lamps_totals(rq->db, &rows, v->u->id, v->level->code, v->day);
    v->columns = NEW(rq->arena, struct matrix_column, COLUMNS_MAX);
    for (size_t i = 0; i < n; i++) {
        const struct rule *r = rule_find(rows[i].rule);
        if (r == NULL) continue;
        size_t c = column_of(v, r->id);
        if (c == COLUMNS_MAX) continue;
        if (c == v->columns_n)
            v->columns[v->columns_n++] = (struct matrix_column){ .rule = r, .sentence = rule_text(rq->arena, rq->lang == LANG_EN ? r->en : r->zh, r, NULL) };
        v->columns[c].total[rule_state_of(rows[i].state)] = rows[i].total;
    }
    if (v->columns_n) qsort(v->columns, v->columns_n, sizeof *v->columns, by_rule);
}

/* "R-A=ok R-B=error" into the cells of a row. */
static void
read_cells(struct rq *rq, const struct matrix_page *v, struct str lamps, struct matrix_row *row)
{
    row->cells = NEW(rq->arena, enum rule_state, v->columns_n + 1);
    row->asked = NEW(rq->arena, bool, v->columns_n + 1);
    while (lamps.n) {
        struct str state = str_cut(&lamps, ' '), rule = str_cut(&state, '=');
        size_t c = column_of(v, rule);
        if (c == v->columns_n) continue;
        row->cells[c] = rule_state_of(state);
        row->asked[c] = true;
    }
}

static void
load_rows(struct rq *rq, struct matrix_page *v)
{
    struct lamps_units_row *rows;
    unsigned sort = str_is(v->sort, "name") ? LAMPS_UNITS_BY_NAME : str_is(v->sort, "rule") ? LAMPS_UNITS_BY_RULE : LAMPS_UNITS_BY_WORST;
    v->n = lamps_units(rq->db, &rows, 0, sort, .top = v->u->id, .level = v->level->code, .day = v->day, .rule = v->rule, .most = v->most, .skip = v->skip);
    v->rows = NEW(rq->arena, struct matrix_row, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        v->rows[i] = (struct matrix_row){ .id = rows[i].id, .name = rows[i].name, .errors = rows[i].errors, .warnings = rows[i].warnings,
                                          .unknown = rows[i].unknown };
        read_cells(rq, v, rows[i].lamps, &v->rows[i]);
    }
}

/* false: there is no such unit or level. */
static bool
load(struct rq *rq, struct matrix_page *v, struct unit_get_row *u, int64_t most)
{
    struct date day = rq_param_date(rq, "on");
    struct str level = rq_param(rq, "level");
    if (!unit_get(rq->db, u, (struct unit_id){ rq->ids[0] })) return false;
    *v = (struct matrix_page){ .rq = rq, .u = u, .profile = profile_of(u->profile), .day = date_known(day) ? day : today(), .sort = rq_param(rq, "sort"),
                               .rule = rq_param(rq, "rule"), .most = most, .skip = rq_param_int(rq, "skip", 0) };
    if (v->profile == NULL) return false;
    if (v->skip < 0) v->skip = 0;
    if (v->rule.p == NULL) v->rule = STR("");
    v->levels_n = lamp_levels(rq, u->id, v->profile, &v->levels);
    for (size_t i = 0; i < v->levels_n; i++)
        if (level.n ? str_eq(v->levels[i].level->code, level) : v->levels[i].level == profile_below(v->profile, u->level) || v->levels_n == 1) {
            v->level = v->levels[i].level;
            v->total = v->levels[i].total;
        }
    return v->level != NULL;
}

static enum http
matrix(struct rq *rq)
{
    struct matrix_page v;
    struct unit_get_row u;
    if (!load(rq, &v, &u, PAGE)) return HTTP_NOT_FOUND;
    load_columns(rq, &v);
    load_rows(rq, &v);
    rq->title = str_fmt(rq->arena, "%.*s · %s", FMT(u.name), tr(rq->lang, T("达标情况")));
    matrix_page(&rq->body, &v);
    return HTTP_OK;
}

/* The last day of each of the last twelve months; of this month, today. */
static void
months(struct matrix_page *v)
{
    struct ymd now = date_ymd(v->day);
    struct date first = v->day;
    if (!date_of(now.y, now.m, 1, &first)) return;
    for (int i = 0; i < 12; i++) v->months[i] = i == 11 ? v->day : date_add(date_add_months(first, i - 10), -1);
}

static struct str
trend_json(struct rq *rq, const struct matrix_page *v)
{
    static const enum rule_state shown[] = { RULE_ERROR, RULE_WARN, RULE_UNKNOWN, RULE_OK };
    struct buf b = { .arena = rq->arena };
    int64_t any = 0;
    LIT(&b, "{\"x\":[");
    for (int i = 0; i < 12; i++) {
        struct ymd d = date_ymd(v->months[i]);
        putf(&b, "%s\"%d-%02d\"", i ? "," : "", d.y, d.m);
    }
    LIT(&b, "],\"series\":[");
    for (size_t s = 0; s < COUNT(shown); s++) {
        putf(&b, "%s{\"name\":", s ? "," : "");
        put_json_str(&b, str_of(rule_state_label(shown[s], rq->lang)));
        LIT(&b, ",\"data\":[");
        for (int i = 0; i < 12; i++) {
            putf(&b, "%s%lld", i ? "," : "", (long long)v->by_month[shown[s]][i]);
            any += v->by_month[shown[s]][i];
        }
        LIT(&b, "]}");
    }
    LIT(&b, "]}");
    return any ? buf_str(&b) : NO_STR;
}

static enum http
trend(struct rq *rq)
{
    struct matrix_page v;
    struct unit_get_row u;
    struct lamps_trend_row *rows;
    if (!load(rq, &v, &u, PAGE)) return HTTP_NOT_FOUND;
    load_columns(rq, &v);
    months(&v);
    const struct date *d = v.months;
    size_t n = lamps_trend(rq->db, &rows, v.rule.n ? LAMPS_TREND_F_RULE : 0, 0, .top = u.id, .level = v.level->code, .rule = v.rule, .d0 = d[0], .d1 = d[1],
                           .d2 = d[2], .d3 = d[3], .d4 = d[4], .d5 = d[5], .d6 = d[6], .d7 = d[7], .d8 = d[8], .d9 = d[9], .d10 = d[10], .d11 = d[11]);
    for (size_t i = 0; i < n; i++) {
        const int64_t *all = &rows[i].n0;
        for (int m = 0; m < 12; m++) v.by_month[rule_state_of(rows[i].state)][m] = all[m];
    }
    v.trend = trend_json(rq, &v);
    rq->title = str_fmt(rq->arena, "%.*s · %s", FMT(u.name), tr(rq->lang, T("逐月变化")));
    trend_page(&rq->body, &v);
    return HTTP_OK;
}

static void
cell(struct buf *b, struct str text, bool last)
{
    LIT(b, "\"");
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"') LIT(b, "\"");
        put(b, text.p + i, 1);
    }
    put_raw(b, last ? STR("\"\r\n") : STR("\","));
}

static enum http
csv(struct rq *rq)
{
    struct matrix_page v;
    struct unit_get_row u;
    if (!load(rq, &v, &u, CSV_MOST)) return HTTP_NOT_FOUND;
    load_columns(rq, &v);
    load_rows(rq, &v);
    put_raw(&rq->body, STR("\xEF\xBB\xBF"));
    cell(&rq->body, str_of(tr(rq->lang, T("单位"))), false);
    cell(&rq->body, rule_state_code(RULE_ERROR).n ? str_of(rule_state_label(RULE_ERROR, rq->lang)) : NO_STR, false);
    cell(&rq->body, str_of(rule_state_label(RULE_WARN, rq->lang)), v.columns_n == 0);
    for (size_t c = 0; c < v.columns_n; c++)
        cell(&rq->body, str_fmt(rq->arena, "%.*s %.*s", FMT(v.columns[c].rule->id), FMT(v.columns[c].sentence)), c + 1 == v.columns_n);
    for (size_t i = 0; i < v.n; i++) {
        cell(&rq->body, v.rows[i].name, false);
        cell(&rq->body, str_fmt(rq->arena, "%lld", (long long)v.rows[i].errors), false);
        cell(&rq->body, str_fmt(rq->arena, "%lld", (long long)v.rows[i].warnings), v.columns_n == 0);
        for (size_t c = 0; c < v.columns_n; c++)
            cell(&rq->body, v.rows[i].asked[c] ? str_of(rule_state_label(v.rows[i].cells[c], rq->lang)) : STR(""), c + 1 == v.columns_n);
    }
    rq->type = STR("text/csv; charset=utf-8");
    rq->download = STR("lamps.csv");
    return HTTP_OK;
}

const struct route matrix_routes[] = {
    GET("/lamps/:unit/matrix", RULES_READ, matrix, .scope = lamps_scope, .title = T("达标情况")),
    GET("/lamps/:unit/trend", RULES_READ, trend, .scope = lamps_scope, .title = T("逐月变化")),
    GET("/lamps/:unit/csv", RULES_READ, csv, .scope = lamps_scope, .title = T("导出达标情况"), .slow = true),
};
const size_t matrix_routes_n = COUNT(matrix_routes);
