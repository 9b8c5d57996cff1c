/* The lamps of one unit on a day: every rule with its state, figures, what to do, and where it comes from. */
#include "auth/session.h"
#include "rules/lamps_json.h"
#include "rules/lamps_html.h"
#include "rules/lamps_views.h"
#include "rules/module.h"
#include <jansson.h>

enum { PEOPLE_SHOWN = 12 };

bool
lamps_scope(struct rq *rq)
{
    return scope_unit(rq, (struct unit_id){ rq->ids[0] });
}

/* A value as a reader sees it. */
struct str
value_shown(struct arena *a, const struct metric *m, struct str value, enum lang lang)
{
    char text[40];
    int64_t n;
    if (m == NULL || value.n == 0) return value;
    if (m->type == METRIC_BOOL) return str_of(tr(lang, str_is(value, "1") ? T("是") : T("否")));
    if (m->type == METRIC_MONEY && str_int(value, &n)) return str_fmt(a, "¥%.*s", (int)money_print((struct money){ n }, text), text);
    for (size_t i = 0; i < m->choices_n; i++)
        if (str_is(value, m->choices[i].code)) return str_of(lang == LANG_EN ? m->choices[i].en : m->choices[i].zh);
    const char *unit = lang == LANG_EN ? m->unit_en : m->unit;
    return *unit ? str_fmt(a, "%.*s %s", FMT(value), unit) : value;
}

static const struct rule_param *
param_named(const struct rule *r, const char *name)
{
    for (size_t i = 0; i < r->params_n; i++)
        if (str_is(r->params[i].code, name)) return &r->params[i];
    return NULL;
}

/* The sentence says it already. */
static bool
in_sentence(struct rq *rq, const struct rule *r, const char *param)
{
    return str_has(str_of(r->zh), str_fmt(rq->arena, "{%s}", param));
}

/* Where the records behind a figure are, or where it is entered. */
static struct url
records_of(struct rq *rq, const struct metric *m, struct unit_id unit)
{
    const char *query = m == NULL || m->query == NULL ? "" : m->query->name;
    bool staff = strcmp(query, "metric_staff") == 0 || strcmp(query, "metric_posts") == 0 || strcmp(query, "metric_workers") == 0;
    if (m != NULL && m->given && may(rq, FACTS_WRITE)) return url_fmt(rq->arena, "/lamps/%lld/facts#f-%s", (long long)unit.v, m->code.p);
    if (staff && may(rq, STAFF_READ)) return url_fmt(rq->arena, "/staff?unit=%lld", (long long)unit.v);
    if (*query && !staff && may(rq, NETWORK_READ)) return url_fmt(rq->arena, "/network/%lld", (long long)unit.v);
    return (struct url){ NO_STR };
}

static void
read_figures(struct rq *rq, struct lamp *l, const json_t *doc, struct unit_id unit)
{
    const char *name;
    json_t *value;
    json_t *in = json_object_get(doc, "in");
    l->figures = NEW(rq->arena, struct lamp_figure, json_object_size(in) + 1);
    json_object_foreach(in, name, value) {
        const struct rule_param *p = param_named(l->rule, name);
        const struct metric *m = p == NULL ? metric_find(str_of(name)) : NULL;
        struct str text = str_dup(rq->arena, str_of(json_string_value(value)));
        if (p != NULL && in_sentence(rq, l->rule, name)) continue;
        const char *label = p != NULL ? (rq->lang == LANG_EN ? p->en : p->zh) : m != NULL ? (rq->lang == LANG_EN ? m->en : m->zh)
            : str_dup(rq->arena, str_of(name)).p;
        l->figures[l->figures_n++] = (struct lamp_figure){ label, value_shown(rq->arena, m, text, rq->lang), records_of(rq, m, unit) };
    }
    const json_t *missing = json_object_get(doc, "missing"), *parts = json_object_get(doc, "parts"), *of = json_object_get(doc, "of");
    l->missing = NEW(rq->arena, struct lamp_figure, json_array_size(missing) + 1);
    for (size_t i = 0; i < json_array_size(missing); i++) {
        const char *code = json_string_value(json_array_get(missing, i));
        const struct rule_param *p = param_named(l->rule, code);
        const struct metric *m = metric_find(str_of(code));
        if (p != NULL) l->missing[l->missing_n++] = (struct lamp_figure){ .label = rq->lang == LANG_EN ? p->en : p->zh };
        else if (m != NULL) l->missing[l->missing_n++] = (struct lamp_figure){ rq->lang == LANG_EN ? m->en : m->zh, NO_STR, records_of(rq, m, unit) };
    }
    l->parts = NEW(rq->arena, const char *, json_array_size(parts) + 1);
    for (size_t i = 0; i < json_array_size(parts); i++) {
        size_t n;
        const struct metric *all = metrics_all(&n), *m = all;
        const char *code = json_string_value(json_array_get(parts, i));
        while (m < all + n && (m->part == NULL || strcmp(m->part->code, code) != 0)) m++;
        if (m < all + n) l->parts[l->parts_n++] = rq->lang == LANG_EN ? m->part->en : m->part->zh;
    }
    l->of = NEW(rq->arena, struct str, json_array_size(of) + 1);
    for (size_t i = 0; i < json_array_size(of); i++) l->of[l->of_n++] = str_dup(rq->arena, str_of(json_string_value(json_array_get(of, i))));
}

/* Who fails it, and of whom it is not known. */
static void
read_people(struct rq *rq, struct lamp *l, const json_t *doc, const struct lamps_staff_row *staff, size_t staff_n)
{
    static const char *const lists[] = { "failing", "unclear" };
    l->people = NEW(rq->arena, struct lamp_figure, PEOPLE_SHOWN + 1);
    for (size_t k = 0; k < COUNT(lists); k++) {
        const json_t *ids = json_object_get(doc, lists[k]);
        for (size_t i = 0; i < json_array_size(ids); i++) {
            int64_t id = json_integer_value(json_array_get(ids, i));
            size_t s = 0;
            while (s < staff_n && staff[s].id.v != id) s++;
            if (s == staff_n || l->people_n == PEOPLE_SHOWN) l->people_more++;
            else
                l->people[l->people_n++] = (struct lamp_figure){ k ? tr(rq->lang, T("资料不全")) : "", staff[s].name,
                                                                 url_fmt(rq->arena, "/staff/%lld", (long long)id) };
        }
    }
}

/* The sentence with the parameters as they were on that day. */
static struct str
sentence_of(struct rq *rq, const struct rule *r, const json_t *doc)
{
    struct value *params = NEW(rq->arena, struct value, r->params_n + 1);
    for (size_t i = 0; i < r->params_n; i++) {
        const char *v = json_string_value(json_object_get(json_object_get(doc, "in"), str_z(rq->arena, r->params[i].code)));
        params[i] = v != NULL ? (struct value){ .kind = VALUE_TEXT, .text = str_dup(rq->arena, str_of(v)) } : r->params[i].value;
    }
    return rule_text(rq->arena, rq->lang == LANG_EN ? r->en : r->zh, r, params);
}

const char *
group_title(const struct lamp *l, enum lang lang)
{
    return rule_group_title(l->rule->group, lang);
}

static int
by_urgency(const void *a, const void *b)
{
    static const int rank[RULE_STATES] = { [RULE_ERROR] = 0, [RULE_WARN] = 1, [RULE_UNKNOWN] = 2, [RULE_NOTE] = 3, [RULE_OK] = 4, [RULE_FIGURE] = 5,
                                           [RULE_NA] = 6 };
    const struct lamp *x = a, *y = b;
    if (rank[x->state] != rank[y->state]) return rank[x->state] - rank[y->state];
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

static void
load_lamps(struct rq *rq, struct lamps_page *v)
{
    struct lamps_of_unit_row *rows;
    struct lamps_staff_row *staff = NULL;
    size_t n = lamps_of_unit(rq->db, &rows, v->u->area, v->u->id, v->day);
    size_t staff_n = may(rq, STAFF_READ) ? lamps_staff(rq->db, &staff, v->u->area, v->u->id) : 0;
    size_t by_state[RULE_STATES] = { 0 }, all = 0;
    v->lamps = NEW(rq->arena, struct lamp, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct rule *r = rule_find(rows[i].rule);
        enum rule_state state = rule_state_of(rows[i].state);
        if (r == NULL) continue;
        by_state[state]++;
        all++;
        if (v->state.n && !str_eq(v->state, rows[i].state)) continue;
        struct lamp *l = &v->lamps[v->n++];
        json_t *doc = json_loadb(rows[i].figures.p, rows[i].figures.n, 0, NULL);
        *l = (struct lamp){ .rule = r, .state = state, .sentence = sentence_of(rq, r, doc), .left = rows[i].left_value, .right = rows[i].right_value,
                            .remedy = rq->lang == LANG_EN ? r->remedy_en : r->remedy, .since = rows[i].from_on, .version = rows[i].version };
        read_figures(rq, l, doc, v->u->id);
        read_people(rq, l, doc, staff, r->personal && !may(rq, STAFF_WRITE) ? 0 : staff_n);
        json_decref(doc);
    }
    if (v->n) qsort(v->lamps, v->n, sizeof *v->lamps, by_urgency);
    v->never = all == 0;
    v->tabs[v->tabs_n++] = (struct lamps_tab){ tr(rq->lang, T("全部")), "", all };
    static const enum rule_state order[] = { RULE_ERROR, RULE_WARN, RULE_UNKNOWN, RULE_NOTE, RULE_OK, RULE_FIGURE, RULE_NA };
    for (size_t i = 0; i < COUNT(order); i++)
        if (by_state[order[i]] > 0)
            v->tabs[v->tabs_n++] = (struct lamps_tab){ rule_state_label(order[i], rq->lang), rule_state_code(order[i]).p, by_state[order[i]] };
}

/* The levels below a unit, from the profile's order; the unit's own level too when there are several on top. */
size_t
lamp_levels(struct rq *rq, struct unit_id top, const struct profile *p, const struct lamps_level **out)
{
    struct lamps_levels_row *rows;
    size_t n = lamps_levels(rq->db, &rows, top), made = 0;
    struct lamps_level *all = NEW(rq->arena, struct lamps_level, p->levels_n + 1);
    for (size_t l = 0; l < p->levels_n; l++)
        for (size_t i = 0; i < n; i++)
            if (str_eq(rows[i].level, p->levels[l].code) && str_eq(rows[i].profile, p->code))
                all[made++] = (struct lamps_level){ &p->levels[l], rows[i].total };
    *out = all;
    return made;
}

static enum http
lamps(struct rq *rq)
{
    struct unit_get_row u;
    struct date day = rq_param_date(rq, "on");
    if (!unit_get(rq->db, &u, (struct unit_id){ rq->ids[0] })) return HTTP_NOT_FOUND;
    struct lamps_page v = { .rq = rq, .u = &u, .profile = profile_of(u.profile), .day = date_known(day) ? day : today(), .state = rq_param(rq, "state"),
                            .may_facts = may(rq, FACTS_WRITE), .may_rules = may(rq, RULES_WRITE) };
    if (v.profile == NULL) return rq_fail(rq, HTTP_CONFLICT, T("这个地方的网络配置读不到，请联系管理员。"));
    v.past = v.day.days != today().days;
    load_lamps(rq, &v);
    if (shape_wanted(rq)) return lamps_json(rq, &v);
    v.levels_n = lamp_levels(rq, u.id, v.profile, &v.levels);
    rq->title = str_fmt(rq->arena, "%.*s · %s", FMT(u.name), tr(rq->lang, T("达标情况")));
    lamps_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
lamps_home(struct rq *rq)
{
    return rq_redirect(rq, "/lamps/%lld", (long long)rq->who.focus.v);
}

static enum http
run_now(struct rq *rq)
{
    struct unit_id unit = { rq->ids[0] };
    rules_run_unit(rq->db, unit, today());
    return rq_done(rq, T("已重新计算"), "/lamps/%lld", (long long)unit.v);
}

const struct route lamps_routes[] = {
    GET("/lamps", RULES_READ, lamps_home, .title = T("达标情况")),
    GET("/lamps/:unit", RULES_READ, lamps, .scope = lamps_scope, .title = T("达标情况"), .shape = &lamp_shape, .many = true, .query = "on,state"),
    POST("/lamps/:unit/run", RULES_READ, run_now, .scope = lamps_scope, .form = &no_fields, .title = T("重新计算")),
};
const size_t lamps_routes_n = COUNT(lamps_routes);
