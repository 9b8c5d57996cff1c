/* Entering figures that no part of the program counts (unit_fact): those that the rules of the unit look at. */
#include "audit/audit.h"
#include "rules/facts_html.h"
#include "rules/lamps_views.h"

enum { FACTS_MAX = 80 };

static const struct choice yes_no[] = { { "1", "是", "Yes" }, { "0", "否", "No" } };

static bool
wanted(const struct rule *r, const struct profile_level *level, const struct profile *p)
{
    return rule_on(r, p) && (rule_of_scope(r, level->scope) && !rule_of_objects(r));
}

static struct field *
field_of(struct rq *rq, const struct metric *m)
{
    static const enum field_kind kinds[] = { [METRIC_INT] = F_INT, [METRIC_BOOL] = F_SINGLE, [METRIC_MONEY] = F_MONEY, [METRIC_DATE] = F_DATE,
                                             [METRIC_TEXT] = F_SINGLE };
    struct field *f = NEW(rq->arena, struct field, 1);
    *f = (struct field){ .name = str_fmt(rq->arena, "f-%.*s", FMT(m->code)).p, .label = m->zh, .label_en = m->en, .kind = kinds[m->type], .help = m->doc,
                         .help_en = m->doc_en, .unit = rq->lang == LANG_EN ? m->unit_en : m->unit };
    if (m->type == METRIC_BOOL) f->choices = yes_no, f->choices_n = COUNT(yes_no);
    if (m->type == METRIC_TEXT) f->choices = m->choices, f->choices_n = m->choices_n;
    if (*f->help == '\0') f->help = f->help_en = NULL;
    if (*f->unit == '\0') f->unit = NULL;
    return f;
}

/* Fen as one types them. */
static struct str
typed_value(struct arena *a, const struct metric *m, struct str stored)
{
    int64_t fen;
    if (m->type != METRIC_MONEY || !str_int(stored, &fen)) return stored;
    return fen % 100 ? str_fmt(a, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100)) : str_fmt(a, "%lld", (long long)(fen / 100));
}

static void
add_row(struct rq *rq, struct facts_page *v, const struct metric *m, const struct lamps_facts_row *facts, size_t facts_n)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->rows[i].m == m) return;
    if (v->n == FACTS_MAX) return;
    struct fact_row *row = &v->rows[v->n++];
    const struct field *f = field_of(rq, m);
    *row = (struct fact_row){ .m = m, .since = NO_DATE, .control = { .f = f, .name = str_of(f->name) } };
    for (size_t i = 0; i < facts_n && row->value.n == 0; i++)
        if (str_eq(facts[i].fact, m->code)) *row = (struct fact_row){ m, row->control, facts[i].value, facts[i].from_on, facts[i].source };
    struct str typed = rq_param(rq, f->name);
    row->control.value = typed.p != NULL ? typed : typed_value(rq->arena, m, row->value);
    for (const struct form_error *e = rq->errors; e != NULL; e = e->next)
        if (e->field != NULL && strcmp(e->field, f->name) == 0) row->control.error = e->why;
}

/* Those of the rules of the unit, in the order of the rules. */
static bool
load(struct rq *rq, struct facts_page *v, struct unit_get_row *u)
{
    struct lamps_facts_row *facts;
    struct expr_error error;
    size_t n, rules_n;
    if (!unit_get(rq->db, u, (struct unit_id){ rq->ids[0] })) return false;
    *v = (struct facts_page){ .rq = rq, .u = u, .profile = profile_of(u->profile), .rows = NEW(rq->arena, struct fact_row, FACTS_MAX),
                              .from_on = rq_param(rq, "from_on"), .source = rq_param(rq, "source") };
    const struct profile_level *level = profile_level(v->profile, u->level);
    if (level == NULL) return false;
    if (v->from_on.n == 0) {
        char day[16];
        v->from_on = str_dup(rq->arena, (struct str){ day, date_print(today(), day) });
    }
    n = lamps_facts(rq->db, &facts, u->area, u->id, today());
    const struct rule *rules = rules_all(&rules_n);
    struct evaluator *ev = evaluator_open();
    for (size_t i = 0; i < rules_n; i++) {
        struct rule_ready ready;
        if (!wanted(&rules[i], level, v->profile) || !rule_prepare(ev, rq->arena, &rules[i], v->profile, NO_STR, NULL, &ready, &error)) continue;
        for (size_t k = 0; k < ready.inputs_n; k++)
            if (ready.inputs[k].metric != NULL && ready.inputs[k].metric->given) add_row(rq, v, ready.inputs[k].metric, facts, n);
    }
    evaluator_close(ev);
    return true;
}

static enum http
facts(struct rq *rq)
{
    struct facts_page v;
    struct unit_get_row u;
    if (!load(rq, &v, &u)) return HTTP_NOT_FOUND;
    rq->title = str_of(tr(rq->lang, T("填写指标")));
    facts_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

/* The text to keep; NO_STR: nothing was typed, or it is wrong (and said so). */
static struct str
stored_value(struct rq *rq, const struct fact_row *row, struct str typed)
{
    struct field_value v;
    if (typed.n == 0) return NO_STR;
    const char *why = field_check(rq->arena, row->control.f, typed, &v);
    if (why != NULL) {
        rq_invalid(rq, row->control.f->name, why);
        for (struct form_error *e = rq->errors; e != NULL; e = e->next)
            if (e->field == row->control.f->name) e->label = field_label(row->control.f, rq->lang);
        return NO_STR;
    }
    if (row->m->type == METRIC_MONEY) return str_fmt(rq->arena, "%lld", (long long)v.money.fen);
    if (row->m->type == METRIC_INT) return str_fmt(rq->arena, "%lld", (long long)v.number);
    if (row->m->type == METRIC_DATE) {
        char day[16];
        return str_dup(rq->arena, (struct str){ day, date_print(v.date, day) });
    }
    return v.text.n ? v.text : typed;
}

static enum http
save(struct rq *rq)
{
    struct facts_page v;
    struct unit_get_row u;
    struct date from = rq_param_date(rq, "from_on");
    struct str source = str_trim(rq_param(rq, "source")), keep[FACTS_MAX];
    struct audit_changes c = { 0 };
    size_t changed = 0;

    if (!load(rq, &v, &u)) return HTTP_NOT_FOUND;
    if (!date_known(from) || date_diff(from, today()) > 0) rq_invalid(rq, "from_on", T("请填写不晚于今天的日期。"));
    if (utf8_len(source) > 200) rq_invalid(rq, "source", T("太长了。"));
    for (size_t i = 0; i < v.n; i++) keep[i] = stored_value(rq, &v.rows[i], str_trim(rq_param(rq, v.rows[i].control.f->name)));
    if (rq->errors != NULL) return facts(rq);
    for (size_t i = 0; i < v.n; i++) {
        if (keep[i].n == 0 || str_eq(keep[i], v.rows[i].value)) continue;
        lamps_fact_put(rq->db, .area = u.area, .unit = u.id, .fact = v.rows[i].m->code, .from_on = from, .value = keep[i],
                       .source = source.n ? source : NO_STR, .by = rq->who.user, .at = instant_now());
        audit_changed(&c, rq->arena, v.rows[i].m->code.p, v.rows[i].value, keep[i]);
        changed++;
    }
    if (changed) {
        audit_note(rq, u.area, "facts", "unit", u.id.v, &c, source);
        rules_run_unit(rq->db, u.id, today());
        rules_touch(rq->db, u.id);
        lamps_touch_below(rq->db, u.id, instant_now());
    }
    return rq_done(rq, T("已保存，规则已重新计算"), "/lamps/%lld", (long long)u.id.v);
}

const struct route facts_routes[] = {
    GET("/lamps/:unit/facts", FACTS_WRITE, facts, .scope = lamps_scope, .title = T("填写指标")),
    POST("/lamps/:unit/facts", FACTS_WRITE, save, .scope = lamps_scope, .form = &no_fields, .redraw = facts, .title = T("填写指标")),
};
const size_t facts_routes_n = COUNT(facts_routes);
