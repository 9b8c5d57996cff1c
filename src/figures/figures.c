/* The page of figures, a query a block. */
#include "figures/figures.h"
#include "auth/session.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "figures/block.h"
#include "figures/figures_html.h"
#include "network/network.h"
#include "paper/book.h"

enum { MONTHS, UNITS, STATES, CATEGORIES, REASONS, CODES };
enum { OPEN, NEW, CLOSED, CONTACTS, PERSONS, HOURS };
enum { S4 = 4 };

static bool
state_open(struct str state)
{
    const struct code_entry *e = codes_find(codes_table("case_states"), state);
    return e != NULL && codes_flag(e, "open");
}

/* "41" of "case.closed:41"; NO_STR when the measure is another. */
static struct str
code_in(struct str measure, const char *prefix)
{
    struct str p = str_of(prefix);
    return str_starts(measure, p) ? (struct str){ measure.p + p.n, measure.n - p.n } : NO_STR;
}

static struct str
label_of(const struct rq *rq, const char *table, struct str code)
{
    const char *label = codes_label(codes_table(table), code, rq->lang);
    return *label ? str_of(label) : code;
}

static void
add_code_row(struct rq *rq, struct block *b, const char *table, struct str code, int64_t now, int64_t was)
{
    const struct code_entry *e = codes_find(codes_table(table), code);
    struct block_row *r = block_add(rq->arena, b, label_of(rq, table, code));
    r->value[0] = now;
    r->value[1] = was;
    r->sensitive = e != NULL && e->level >= S4;
    b->stepped = b->stepped || r->sensitive;
}

static void
add_catalogue_row(struct rq *rq, struct block *b, struct str code, int64_t now, int64_t was)
{
    struct block_row *r = block_add(rq->arena, b, str_fmt(rq->arena, "%.*s %s", FMT(code), catalogue_label(code, rq->lang)));
    r->value[0] = now;
    r->value[1] = was;
    r->sensitive = catalogue_level(code) >= S4;
    b->stepped = b->stepped || r->sensitive;
}

/* New, closed, contacts, hours; categories, reasons, catalogue codes. */
static void
load_sums(struct rq *rq, struct figures_page *v)
{
    struct figures_sums_row *rows;
    const struct span in = span_of(rq->arena, v->period.from, v->period.to), earlier = span_of(rq->arena, v->period.was_from, v->period.was_to);
    size_t n = figures_sums(rq->db, &rows, .area = v->unit_area, .top = v->unit, .months = in.months, .months_to = in.months_to, .days = in.days,
                            .days_to = in.days_to, .was_months = earlier.months, .was_months_to = earlier.months_to, .was_days = earlier.days,
                            .was_days_to = earlier.days_to);
    for (size_t i = 0; i < n; i++) {
        struct str m = rows[i].measure, code;
        int64_t now = rows[i].now, was = rows[i].was;
        if (str_is(m, "case.opened")) v->tiles[NEW].now = now, v->tiles[NEW].was = was;
        else if (str_is(m, "case.closed")) v->tiles[CLOSED].now = now, v->tiles[CLOSED].was = was;
        else if (str_is(m, "contact")) v->tiles[CONTACTS].now = now, v->tiles[CONTACTS].was = was;
        else if (str_is(m, "minutes")) v->tiles[HOURS].now = (now + 30) / 60, v->tiles[HOURS].was = (was + 30) / 60;
        else if (str_is(m, v->person)) v->tiles[PERSONS].now = now, v->tiles[PERSONS].was = was;
        else if ((code = code_in(m, "case.opened:")).n) add_code_row(rq, &v->blocks[CATEGORIES], "client_category", code, now, was);
        else if ((code = code_in(m, "case.closed:")).n) add_code_row(rq, &v->blocks[REASONS], "case_close_reason", code, now, was);
        else if ((code = code_in(m, "case.code:")).n) add_catalogue_row(rq, &v->blocks[CODES], code, now, was);
    }
}

static void
load_states(struct rq *rq, struct figures_page *v)
{
    struct figures_states_row *rows;
    size_t states_n, n = figures_states(rq->db, &rows, v->unit_area, v->unit, v->period.to, v->period.was_to);
    const struct code_entry *states = codes_entries(codes_table("case_states"), &states_n);
    for (size_t s = 0; s < states_n; s++)
        for (size_t i = 0; i < n; i++) {
            if (!str_eq(code_in(rows[i].measure, "case.state:"), states[s].code)) continue;
            add_code_row(rq, &v->blocks[STATES], "case_states", states[s].code, rows[i].now, rows[i].was);
            if (!codes_flag(&states[s], "open")) continue;
            v->tiles[OPEN].now += rows[i].now;
            v->tiles[OPEN].was += rows[i].was;
        }
}

static void
load_persons(struct rq *rq, struct figures_page *v)
{
    struct figures_persons_row r;
    const struct period *p = &v->period;
    if (v->person[0] != '\0') return;                           /* counted with the sums */
    bool found = figures_persons(rq->db, &r, v->filters, 0, .area = v->area, .top = v->unit, .from = p->from, .to = p->to,
                                 .was_from = p->was_from, .was_to = p->was_to);
    if (!found) return;
    v->tiles[PERSONS].now = r.now;
    v->tiles[PERSONS].was = r.was;
}

static void
load_months(struct rq *rq, struct figures_page *v)
{
    struct figures_months_row *rows;
    const struct span s = span_of(rq->arena, v->period.from, v->period.to);
    struct block *b = &v->blocks[MONTHS];
    size_t n = figures_months(rq->db, &rows, .area = v->unit_area, .top = v->unit, .months = s.months, .months_to = s.months_to, .days = s.days,
                              .days_to = s.days_to);
    for (size_t i = 0; i < n; i++) {
        struct block_row *r = b->n && str_eq(b->rows[b->n - 1].label, rows[i].month) ? &b->rows[b->n - 1] : block_add(rq->arena, b, rows[i].month);
        r->value[str_is(rows[i].measure, "contact") ? 0 : str_is(rows[i].measure, "case.opened") ? 1 : 2] = rows[i].total;
    }
}

/* Rows come unit by unit; a unit without any counter has one row without a measure. */
static void
load_units(struct rq *rq, struct figures_page *v)
{
    struct figures_units_row *rows;
    struct figures_unit_states_row *states;
    struct figures_unit_persons_row *persons;
    const struct period *p = &v->period;
    struct block *b = &v->blocks[UNITS];
    const struct span span = span_of(rq->arena, p->from, p->to);
    size_t n = figures_units(rq->db, &rows, v->filters, 0, .area = v->area, .top = v->unit, .months = span.months, .months_to = span.months_to,
                             .days = span.days, .days_to = span.days_to, .person = str_of(v->person));
    size_t states_n = figures_unit_states(rq->db, &states, v->filters, 0, v->area, v->unit, p->to);
    size_t persons_n = v->person[0] ? 0 : figures_unit_persons(rq->db, &persons, v->filters, 0, v->area, v->unit, p->from, p->to);

    for (size_t i = 0; i < n; i++) {
        struct str m = rows[i].measure;
        struct block_row *r = b->n && b->rows[b->n - 1].unit.v == rows[i].id.v ? &b->rows[b->n - 1] : block_add(rq->arena, b, rows[i].name);
        r->unit = rows[i].id;
        if (str_is(m, "case.opened")) r->value[NEW] = rows[i].total;
        else if (str_is(m, "case.closed")) r->value[CLOSED] = rows[i].total;
        else if (str_is(m, "contact")) r->value[CONTACTS] = rows[i].total;
        else if (str_is(m, "minutes")) r->value[HOURS] = (rows[i].total + 30) / 60;
        else if (m.n && str_is(m, v->person)) r->value[PERSONS] = rows[i].total;
    }
    for (size_t i = 0; i < b->n; i++) {
        for (size_t s = 0; s < states_n; s++)
            if (states[s].id.v == b->rows[i].unit.v && state_open(code_in(states[s].measure, "case.state:"))) b->rows[i].value[OPEN] += states[s].total;
        for (size_t k = 0; k < persons_n; k++)
            if (persons[k].id.v == b->rows[i].unit.v) b->rows[i].value[PERSONS] = persons[k].total;
    }
}

static void
name_parts(enum lang lang, struct figures_page *v)
{
    static const char *const tiles[TILES] = { T("在办个案"), T("新接个案"), T("结案"), T("服务人次"), T("服务人数"), T("服务小时") };
    const char *period = tr(lang, T("本期")), *before = tr(lang, T("上期"));
    for (int i = 0; i < TILES; i++) v->tiles[i].title = tr(lang, tiles[i]);
    v->blocks[MONTHS] = (struct block){ .key = "months", .title = tr(lang, T("每月接触了多少人次？")), .label = tr(lang, T("月份")), .chart = "line",
        .columns = { tr(lang, T("服务人次")), tr(lang, T("新接个案")), tr(lang, T("结案")) }, .columns_n = 3, .charted = 3 };
    v->blocks[UNITS] = (struct block){ .key = "units", .title = tr(lang, T("各单位有多少在办和新接的个案？")), .label = tr(lang, T("单位")), .chart = "bar",
        .columns_n = TILES, .charted = 2 };
    for (int i = 0; i < TILES; i++) v->blocks[UNITS].columns[i] = v->tiles[i].title;
    v->blocks[STATES] = (struct block){ .key = "states", .title = tr(lang, T("个案走到哪个阶段？")), .label = tr(lang, T("阶段")), .chart = "bar" };
    v->blocks[CATEGORIES] = (struct block){ .key = "categories", .title = tr(lang, T("新接个案服务哪些对象？")), .label = tr(lang, T("类别")), .chart = "bar" };
    v->blocks[REASONS] = (struct block){ .key = "reasons", .title = tr(lang, T("个案为什么结束？")), .label = tr(lang, T("结案原因")), .chart = "bar" };
    v->blocks[CODES] = (struct block){ .key = "codes", .title = tr(lang, T("提供了目录中的哪些服务？")), .label = tr(lang, T("服务项目")), .chart = "bar" };
    for (int i = STATES; i <= CODES; i++) {
        v->blocks[i].columns[0] = period;
        v->blocks[i].columns[1] = before;
        v->blocks[i].columns_n = 2;
        v->blocks[i].charted = 1;
    }
}

/* Whoever changed a day, but not the period, asks for these days. */
static struct period
period_asked(const struct rq *rq)
{
    struct str code = rq_param(rq, "period");
    struct date from = rq_param_date(rq, "from"), to = rq_param_date(rq, "to");
    struct period p = period_of(code, from, to, today());
    bool changed = date_known(from) && date_known(to) && (from.days != p.from.days || to.days != p.to.days);
    return changed && str_eq(code, rq_param(rq, "was")) ? period_of(STR("custom"), from, to, today()) : p;
}

/* The measure whose sum from the beginning of the period is the number of persons; "": there is none, they are counted. */
static const char *
period_person(struct str code)
{
    if (str_is(code, "month") || str_is(code, "last_month")) return "person.month";
    if (str_is(code, "quarter")) return "person.quarter";
    return str_is(code, "year") || str_is(code, "last_year") ? "person.year" : "";
}

/* Where the figures of v->unit stand, and how its period is asked for. */
static void
place(struct rq *rq, struct figures_page *v)
{
    v->area = unit_county(rq->db, v->unit);
    v->unit_area = unit_area(rq->db, v->unit);
    v->filters = v->area ? FIGURES_UNITS_F_AREA : 0;
    v->person = period_person(v->period.code);
    name_parts(rq->lang, v);
}

void
figures_of_month(struct rq *rq, struct unit_id unit, struct tile tiles[TILES])
{
    struct figures_page *v = NEW(rq->arena, struct figures_page, 1);
    *v = (struct figures_page){ .rq = rq, .unit = unit, .period = period_of(STR("month"), NO_DATE, NO_DATE, today()) };
    place(rq, v);
    load_sums(rq, v);
    load_states(rq, v);
    memcpy(tiles, v->tiles, sizeof v->tiles);
}

/* false: the unit is not the user's to see. */
static bool
load(struct rq *rq, struct figures_page *v)
{
    struct unit_level level;
    *v = (struct figures_page){ .rq = rq, .unit = { rq_param_int(rq, "unit", rq->who.focus.v) } };
    if (!scope_unit(rq, v->unit)) return false;
    v->small = unit_level_of(rq->db, v->unit, &level) ? profile_param(level.profile, "small_number", 5) : 5;
    v->unit_name = unit_name(rq->db, v->unit);
    v->period = period_asked(rq);
    place(rq, v);
    load_sums(rq, v);
    load_states(rq, v);
    load_persons(rq, v);
    load_months(rq, v);
    load_units(rq, v);
    return true;
}

static enum http
page(struct rq *rq)
{
    struct figures_page v;
    if (!load(rq, &v)) return HTTP_NOT_FOUND;
    v.offered_n = figures_offered(rq->db, &v.offered, rq->who.unit);
    rq->title = str_of(tr(rq->lang, T("数据")));
    figures_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
csv(struct rq *rq)
{
    struct figures_page v;
    if (!load(rq, &v)) return HTTP_NOT_FOUND;
    for (size_t i = 0; i < BLOCKS; i++) {
        if (!str_is(rq->words[0], v.blocks[i].key)) continue;
        put_raw(&rq->body, block_csv(rq->arena, &v.blocks[i], v.small));
        rq->type = STR("text/csv; charset=utf-8");
        rq->download = str_fmt(rq->arena, "%s.csv", v.blocks[i].key);
        return HTTP_OK;
    }
    return HTTP_NOT_FOUND;
}

static void
book_block(struct rq *rq, struct book *b, const struct block *t, int64_t small)
{
    if (!book_chunk(b)) return;
    for (size_t i = 0; i < t->n; i++) {
        book_text(b, t->rows[i].label);
        for (size_t c = 0; c < t->columns_n; c++) {
            if (t->stepped) book_text(b, figure_text(rq->arena, t->rows[i].value[c], true, small));
            else book_number(b, t->rows[i].value[c]);
        }
        book_row(b);
    }
}

static enum http
xlsx(struct rq *rq)
{
    struct figures_page v;
    if (!load(rq, &v)) return HTTP_NOT_FOUND;
    for (size_t i = 0; i < BLOCKS; i++) {
        const struct block *t = &v.blocks[i];
        if (!str_is(rq->words[0], t->key)) continue;
        struct book_column *columns = NEW(rq->arena, struct book_column, t->columns_n + 1);
        columns[0] = (struct book_column){ t->label, CELL_TEXT, 36 };
        for (size_t c = 0; c < t->columns_n; c++)
            columns[c + 1] = (struct book_column){ t->columns[c], t->stepped ? CELL_TEXT : CELL_NUMBER, 12 };
        struct book *b = book_open(rq, t->title, columns, t->columns_n + 1);
        if (b == NULL) return HTTP_UNAVAILABLE;
        book_block(rq, b, t, v.small);
        return book_send(b, "figures", v.unit_name);
    }
    return HTTP_NOT_FOUND;
}

static const struct route figures_routes[] = {
    GET("/figures", FIGURES_READ, page, .title = T("数据")),
    GET("/figures/xlsx/@table", FIGURES_READ, xlsx, .title = T("导出数据表"), .slow = true),
    GET("/figures/csv/@table", FIGURES_READ, csv, .title = T("导出数据表"), .slow = true),
};
static const size_t figures_routes_n = COUNT(figures_routes);

static const struct route *const routes[] = { figures_routes };
static const size_t *const routes_n[] = { &figures_routes_n };
const struct module figures_module = { "figures", routes, routes_n, COUNT(routes) };
