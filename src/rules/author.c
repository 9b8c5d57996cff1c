/* The rules of a place: who may, changes a rule's expression and parameters as a draft, sees at once what real units it would
 * change, and takes it into use as a new version. */
#include "audit/audit.h"
#include "rules/author_html.h"
#include "rules/lamps_views.h"
#include "rules/run_sql.h"
#include <jansson.h>

enum { SHOWN = 100, PARAMS_MAX = 16 };

struct version_form { struct str expr, reason; };
static const struct field version_fields[] = {
    FIELD_LONG(struct version_form, expr, "表达式", .max = 2000),
    FIELD_TEXT(struct version_form, reason, "修改原因", .max = 200),
};
static bool version_check(struct rq *rq, void *form);
static const struct form version_form = FORM_CHECKED(struct version_form, version_fields, version_check);

/* The profile of the unit that the user looks at. */
static const struct profile *
place_of(struct rq *rq)
{
    struct unit_get_row u;
    return unit_get(rq->db, &u, rq->who.focus) ? profile_of(u.profile) : NULL;
}

static struct str
param_name(struct rq *rq, const struct rule_param *p)
{
    return str_fmt(rq->arena, "p-%.*s", FMT(p->code));
}

/* A number, or a text where the rule's own value is one; NO_STR: not set. */
static struct value
value_typed(const struct rule_param *p, struct str typed)
{
    int64_t n;
    if (typed.n == 0) return (struct value){ 0 };
    if (p->value.kind != VALUE_TEXT && str_int(typed, &n)) return (struct value){ .kind = VALUE_INT, .n = n };
    return (struct value){ .kind = VALUE_TEXT, .text = typed };
}

/* What was typed, else what the newest version says, else the profile's or the rule's own. */
static const struct value *
params_now(struct rq *rq, const struct rule *r, const struct profile *p, const char *stored)
{
    struct value *all = NEW(rq->arena, struct value, r->params_n + 1);
    json_t *doc = stored != NULL ? json_loads(stored, 0, NULL) : NULL;
    for (size_t i = 0; i < r->params_n; i++) {
        struct str typed = rq_param(rq, param_name(rq, &r->params[i]).p);
        json_t *v = json_object_get(doc, str_z(rq->arena, r->params[i].code));
        bool set;
        struct value of_profile = profile_rule_param(p, r, r->params[i].code, &set);
        if (typed.p != NULL) all[i] = value_typed(&r->params[i], str_trim(typed));
        else if (json_is_integer(v)) all[i] = (struct value){ .kind = VALUE_INT, .n = json_integer_value(v) };
        else if (json_is_string(v)) all[i] = (struct value){ .kind = VALUE_TEXT, .text = str_dup(rq->arena, str_of(json_string_value(v))) };
        else all[i] = set ? of_profile : r->params[i].value;
    }
    json_decref(doc);
    return all;
}

static struct str
params_json(struct rq *rq, const struct rule *r, const struct value *params)
{
    struct buf b = { .arena = rq->arena };
    LIT(&b, "{");
    for (size_t i = 0; i < r->params_n; i++) {
        if (params[i].kind == VALUE_NONE) continue;
        if (b.n > 1) LIT(&b, ",");
        put_json_str(&b, r->params[i].code);
        LIT(&b, ":");
        if (params[i].kind == VALUE_INT) putf(&b, "%lld", (long long)params[i].n);
        else put_json_str(&b, value_text(rq->arena, params[i]));
    }
    LIT(&b, "}");
    return buf_str(&b);
}

static struct str
wrong_text(struct rq *rq, const struct expr_error *e)
{
    struct str what = tr_fmt(rq->arena, rq->lang, e->zh, str_z(rq->arena, e->what));
    return tr_fmt(rq->arena, rq->lang, T("第 %d 个字符：%s"), e->column, str_z(rq->arena, what));
}

static const struct run_says_row *
says_of(const struct run_says_row *rows, size_t n, struct unit_id id)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (rows[mid].id.v < id.v) low = mid + 1;
        else high = mid;
    }
    return low < n && rows[low].id.v == id.v ? &rows[low] : NULL;
}

/* What the change would do to the units that the user sees; those that change come first. */
static struct preview
preview_of(struct rq *rq, const struct rule *r, const struct profile *p, struct str expr, const struct value *params)
{
    struct preview v = { .rq = rq };
    struct rule_changes out;
    struct expr_error error;
    struct run_says_row *says;
    if (!rules_try(rq->db, r, p, expr, params, rq->who.focus, &out, &error)) {
        v.wrong = wrong_text(rq, &error);
        return v;
    }
    size_t says_n = run_says(rq->db, &says, rq->who.focus, r->id);
    v.n = out.n;
    v.rows = NEW(rq->arena, struct preview_row, SHOWN + 1);
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < out.n; i++) {
            const struct run_says_row *now = says_of(says, says_n, out.all[i].unit);
            enum rule_state was = now != NULL && now->state.n ? rule_state_of(now->state) : RULE_UNKNOWN;
            bool changes = was != out.all[i].state;
            if (round == 0) v.was[was]++, v.is[out.all[i].state]++, v.changed += changes;
            if (changes == (round == 0) && v.shown < SHOWN && now != NULL)
                v.rows[v.shown++] = (struct preview_row){ now->id, now->name, out.all[i].left, out.all[i].right, was, out.all[i].state };
        }
    return v;
}

/* A rule holds for the whole place, so only who sits at its top may change it. */
static bool
at_the_top(struct rq *rq)
{
    struct unit_get_row u;
    return unit_get(rq->db, &u, rq->who.unit) && u.parent.v == 0;
}

static bool
load(struct rq *rq, struct author_page *v)
{
    size_t n;
    const struct metric *all = metrics_all(&n);
    *v = (struct author_page){ .rq = rq, .profile = place_of(rq), .rule = rule_find(rq->words[0]) };
    if (v->profile == NULL || v->rule == NULL || !rule_on(v->rule, v->profile) || v->rule->all_of_n > 0 || !at_the_top(rq)) return false;
    v->versions_n = lamps_versions(rq->db, &v->versions, v->profile->code, v->rule->id);
    v->draft = v->versions_n > 0 && v->versions[v->versions_n - 1].version == 0;
    const struct lamps_versions_row *from = v->versions_n == 0 ? NULL : v->draft ? &v->versions[v->versions_n - 1] : &v->versions[0];
    const struct value *params = params_now(rq, v->rule, v->profile, from != NULL ? str_z(rq->arena, from->parameters) : NULL);
    struct str typed = rq_param(rq, "expr");
    v->expr = typed.p != NULL ? typed : from != NULL && from->expr.n ? from->expr : v->rule->expr;
    v->reason = rq_param(rq, "reason");
    v->sentence = rule_text(rq->arena, rq->lang == LANG_EN ? v->rule->en : v->rule->zh, v->rule, params);
    v->params = NEW(rq->arena, struct author_param, v->rule->params_n + 1);
    for (size_t i = 0; i < v->rule->params_n; i++) v->params[i] = (struct author_param){ &v->rule->params[i], value_text(rq->arena, params[i]) };
    v->metrics = NEW(rq->arena, const struct metric *, n + 1);
    bool of_worker = str_is(v->rule->scope[0], "worker");
    for (size_t i = 0; i < n; i++)
        if ((all[i].of.n == 0 || of_worker) && (all[i].column != NULL || all[i].given)) v->metrics[v->metrics_n++] = &all[i];
    v->preview = preview_of(rq, v->rule, v->profile, v->expr, params);
    return true;
}

static enum http
author(struct rq *rq)
{
    struct author_page v;
    if (!load(rq, &v)) return HTTP_NOT_FOUND;
    rq->title = v.rule->id;
    author_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

/* A part of the page, asked for while the author types. */
static enum http
preview(struct rq *rq)
{
    struct author_page v;
    if (!load(rq, &v)) return HTTP_NOT_FOUND;
    rq->bare = true;
    author_preview(&rq->body, &v.preview);
    return HTTP_OK;
}

static bool
version_check(struct rq *rq, void *form)
{
    const struct version_form *in = form;
    const struct rule *r = rule_find(rq->words[0]);
    const struct profile *p = place_of(rq);
    struct rule_ready ready;
    struct expr_error error;
    if (r == NULL || p == NULL) return true;            /* the handler answers 404 */
    if (r->expr.n > 0 && str_trim(in->expr).n == 0) {
        rq_invalid(rq, "expr", T("请填写表达式。"));
        return false;
    }
    struct evaluator *ev = evaluator_open();
    bool fine = rule_prepare(ev, rq->arena, r, p, str_trim(in->expr), params_now(rq, r, p, NULL), &ready, &error);
    evaluator_close(ev);
    if (!fine) rq_invalid(rq, "expr", str_z(rq->arena, wrong_text(rq, &error)));
    return fine;
}

static enum http
keep(struct rq *rq, bool in_force)
{
    const struct version_form *in = rq->form;
    struct author_page v;
    struct audit_changes c = { 0 };
    if (!load(rq, &v)) return HTTP_NOT_FOUND;
    if (in_force && str_trim(in->reason).n == 0) return rq_invalid(rq, "reason", T("请填写修改原因。"));
    int64_t version = in_force ? (v.versions_n ? v.versions[0].version : 0) + 1 : 0;
    struct str params = params_json(rq, v.rule, params_now(rq, v.rule, v.profile, NULL));
    lamps_version_put(rq->db, .profile = v.profile->code, .rule = v.rule->id, .version = version, .expr = str_trim(in->expr), .parameters = params,
                      .reason = in->reason.n ? in->reason : NO_STR, .by = rq->who.user, .at = instant_now());
    if (in_force) {
        lamps_draft_drop(rq->db, v.profile->code, v.rule->id);
        lamps_touch_profile(rq->db, v.profile->code, instant_now());
    }
    audit_changed(&c, rq->arena, "expr", v.versions_n ? v.versions[0].expr : v.rule->expr, str_trim(in->expr));
    audit_changed(&c, rq->arena, "parameters", v.versions_n ? v.versions[0].parameters : NO_STR, params);
    audit_note(rq, rq->who.area, in_force ? "version" : "draft", "rule", 0, &c, str_fmt(rq->arena, "%.*s %.*s", FMT(v.rule->id), FMT(in->reason)));
    return in_force ? rq_done(rq, T("新版本已启用，各单位正在重新计算"), "/rules/%.*s", FMT(v.rule->id))
        : rq_done(rq, T("草稿已保存"), "/rules/%.*s", FMT(v.rule->id));
}

static enum http
save_draft(struct rq *rq)
{
    return keep(rq, false);
}

static enum http
publish(struct rq *rq)
{
    return keep(rq, true);
}

static enum http
list(struct rq *rq)
{
    size_t n;
    struct rules_page v = { .rq = rq, .profile = place_of(rq) };
    struct run_versions_row *versions;
    if (v.profile == NULL) return HTTP_NOT_FOUND;
    const struct rule *all = rules_all(&n);
    size_t versions_n = run_versions(rq->db, &versions);
    v.rows = NEW(rq->arena, struct rule_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!rule_on(&all[i], v.profile)) continue;
        struct rule_line *line = &v.rows[v.n++];
        *line = (struct rule_line){ .rule = &all[i], .sentence = rule_text(rq->arena, rq->lang == LANG_EN ? all[i].en : all[i].zh, &all[i], NULL) };
        for (size_t k = 0; k < versions_n; k++)
            if (str_eq(versions[k].profile, v.profile->code) && str_eq(versions[k].rule, all[i].id)) line->version = versions[k].version;
    }
    rq->title = str_of(tr(rq->lang, T("规则")));
    rules_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route author_routes[] = {
    GET("/rules", RULES_READ, list, .title = T("规则")),
    GET("/rules/@rule", RULES_WRITE, author, .title = T("修改规则"), .slow = true),
    GET("/rules/@rule/preview", RULES_WRITE, preview, .title = T("预览规则"), .slow = true),
    POST("/rules/@rule/draft", RULES_WRITE, save_draft, .form = &version_form, .redraw = author, .title = T("保存规则草稿")),
    POST("/rules/@rule/publish", RULES_WRITE, publish, .form = &version_form, .redraw = author, .title = T("启用规则新版本")),
};
const size_t author_routes_n = COUNT(author_routes);
