/* Asking a rule: parameters of the place, values of the metrics, and what the answer means. */
#include "rules/rule.h"
#include "view/view.h"
#include <jansson.h>

static const struct { const char *code, *zh, *badge; } states[RULE_STATES] = {
    [RULE_OK] = { "ok", T("达标"), "bg-green-lt" }, [RULE_NOTE] = { "note", T("供参考"), "bg-blue-lt" },
    [RULE_WARN] = { "warn", T("提醒"), "bg-yellow-lt" }, [RULE_ERROR] = { "error", T("不达标"), "bg-red-lt" },
    [RULE_UNKNOWN] = { "unknown", T("未知"), "bg-secondary-lt" }, [RULE_NA] = { "na", T("不适用"), "bg-secondary-lt" },
    [RULE_FIGURE] = { "figure", T("数字"), "bg-blue-lt" },
};

struct str
rule_state_code(enum rule_state s)
{
    return str_of(states[s].code);
}

enum rule_state
rule_state_of(struct str code)
{
    for (int i = 0; i < RULE_STATES; i++)
        if (str_is(code, states[i].code)) return (enum rule_state)i;
    return RULE_UNKNOWN;
}

const char *
rule_state_label(enum rule_state s, enum lang lang)
{
    return tr(lang, states[s].zh);
}

const char *
rule_state_badge(enum rule_state s)
{
    return states[s].badge;
}

/* The profile's object "rules". */
static const json_t *
of_profile(const struct profile *p, const char *member)
{
    return p == NULL ? NULL : json_object_get(json_object_get(p->doc, "rules"), member);
}

static bool
lists(const json_t *array, struct str text)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (str_is(text, json_string_value(json_array_get(array, i)))) return true;
    return false;
}

bool
rule_on(const struct rule *r, const struct profile *p)
{
    return lists(of_profile(p, "groups"), r->group) && !lists(of_profile(p, "off"), r->id);
}

bool
profile_holds_in(const struct profile *p, struct str division)
{
    const json_t *all = p == NULL ? NULL : json_object_get(p->doc, "divisions");
    for (size_t i = 0; i < json_array_size(all); i++)
        if (str_starts(division, str_of(json_string_value(json_array_get(all, i))))) return true;
    return json_array_size(all) == 0;
}

bool
rule_of_objects(const struct rule *r)
{
    return str_is(r->scope[0], "worker") || str_is(r->scope[0], "project") || str_is(r->scope[0], "case");
}

bool
rule_of_scope(const struct rule *r, struct str level_scope)
{
    if (rule_of_objects(r)) return true;
    for (size_t i = 0; i < r->scope_n; i++) {
        struct str s = r->scope[i];
        struct str level = str_is(s, "community") ? STR("village") : str_is(s, "station") ? STR("township") : s;
        if (str_eq(level, level_scope)) return true;
    }
    return false;
}

struct value
profile_rule_param(const struct profile *p, const struct rule *r, struct str code, bool *set)
{
    const json_t *all = of_profile(p, "parameters");
    char id[64], key[64];
    snprintf(id, sizeof id, "%.*s", FMT(r->id));
    snprintf(key, sizeof key, "%.*s", FMT(code));
    const json_t *v = json_object_get(json_object_get(all, id), key);
    *set = v != NULL;
    if (json_is_integer(v)) return (struct value){ .kind = VALUE_INT, .n = json_integer_value(v) };
    if (json_is_string(v)) return (struct value){ .kind = VALUE_TEXT, .text = str_of(json_string_value(v)) };
    return (struct value){ 0 };
}

static int
param_at(const struct rule *r, const char *name)
{
    for (size_t i = 0; i < r->params_n; i++)
        if (str_is(r->params[i].code, name)) return (int)i;
    return -1;
}

enum { NAMES_MAX = 64 };

static void
remember(struct rule_ready *out, struct rule_input in)
{
    size_t k = 0;
    while (k < out->inputs_n && strcmp(out->inputs[k].name, in.name) != 0) k++;
    if (k == out->inputs_n) out->inputs[out->inputs_n++] = in;
    out->any_part = out->any_part || (in.metric != NULL && in.metric->part != NULL && in.metric->column == NULL);
}

static bool
compile(struct evaluator *ev, struct arena *a, struct str text, struct rule_part *part, struct rule_ready *out, struct expr_error *error)
{
    if (text.n == 0) return true;
    struct expr *e = expr_compile(ev, a, text, error);
    if (e == NULL) return false;
    *part = (struct rule_part){ e, NEW(a, struct rule_input, e->names_n + 1) };
    for (size_t i = 0; i < e->names_n; i++) {
        const char *name = e->names[i];
        struct rule_input in = { name, param_at(out->rule, name), metric_find(str_of(name)) };
        if (in.param >= 0) in.metric = NULL;
        if ((in.param < 0 && in.metric == NULL && strcmp(name, "today") != 0) || e->names_n > NAMES_MAX) {
            const char *at = memmem(text.p, text.n, name, strlen(name));
            *error = (struct expr_error){ T("没有“%s”这个指标或参数。"), str_dup(a, str_of(name)),
                                          at ? (int)utf8_len((struct str){ text.p, (size_t)(at - text.p) }) : 1 };
            return false;
        }
        part->inputs[i] = in;
        remember(out, in);
    }
    return true;
}

bool
rule_prepare(struct evaluator *ev, struct arena *a, const struct rule *r, const struct profile *p, struct str expr,
             const struct value *params, struct rule_ready *out, struct expr_error *error)
{
    *out = (struct rule_ready){ .rule = r, .params = NEW(a, struct value, r->params_n + 1), .inputs = NEW(a, struct rule_input, NAMES_MAX * 4) };
    for (size_t i = 0; i < r->params_n; i++) {
        bool set;
        struct value v = profile_rule_param(p, r, r->params[i].code, &set);
        out->params[i] = params != NULL ? params[i] : set ? v : r->params[i].value;
    }
    return compile(ev, a, r->when, &out->when, out, error) && compile(ev, a, expr.n ? expr : r->expr, &out->expr, out, error)
        && compile(ev, a, r->left, &out->left, out, error) && compile(ev, a, r->right, &out->right, out, error);
}

static struct value
ask(const struct rule_ready *r, struct arena *a, const struct rule_part *part, rule_lookup *lookup, void *arg, bool *missing)
{
    struct value in[NAMES_MAX];
    for (size_t i = 0; i < part->expr->names_n; i++) {
        const struct rule_input *input = &part->inputs[i];
        in[i] = input->param >= 0 ? r->params[input->param] : lookup(arg, input->metric);
        *missing = *missing || in[i].kind == VALUE_NONE;
    }
    return expr_value(part->expr, a, in);
}

static bool
truth(struct value v)
{
    return v.kind == VALUE_INT ? v.n != 0 : v.kind == VALUE_REAL ? v.r != 0 : false;
}

/* What is missing makes the answer unknown, never fine; what already is wrong stays wrong. */
struct rule_answer
rule_ask(const struct rule_ready *r, struct arena *a, rule_lookup *lookup, void *arg)
{
    struct rule_answer out = { .state = RULE_UNKNOWN };
    bool missing = false, ignored = false;
    struct value v;

    if (r->when.expr != NULL) {
        v = ask(r, a, &r->when, lookup, arg, &missing);
        if (v.kind != VALUE_NONE && !truth(v)) return (struct rule_answer){ .state = RULE_NA };
        if (v.kind == VALUE_NONE) return out;
    }
    if (r->left.expr != NULL) out.left = value_text(a, ask(r, a, &r->left, lookup, arg, &ignored));
    if (r->right.expr != NULL) out.right = value_text(a, ask(r, a, &r->right, lookup, arg, &ignored));
    if (r->expr.expr == NULL) {
        out.state = out.left.n ? RULE_FIGURE : RULE_UNKNOWN;
        return out;
    }
    if (r->any_part) return out;
    v = ask(r, a, &r->expr, lookup, arg, &missing);
    if (v.kind == VALUE_NONE || v.kind == VALUE_TEXT) return out;
    if (!truth(v)) out.state = r->rule->unmet;
    else if (!missing || r->rule->nulls) out.state = RULE_OK;
    return out;
}

struct str
rule_text(struct arena *a, const char *text, const struct rule *r, const struct value *params)
{
    struct buf b = { .arena = a };
    struct str rest = str_of(text);
    while (rest.n) {
        struct str before = str_cut(&rest, '{');
        put_raw(&b, before);
        if (rest.p == NULL || rest.n == 0) break;
        struct str name = str_cut(&rest, '}');
        int p = param_at(r, str_z(a, name));
        struct str v = p >= 0 ? value_text(a, params != NULL ? params[p] : r->params[p].value) : name;
        put_raw(&b, v.n ? v : STR("…"));
    }
    return b.n ? buf_str(&b) : STR("");
}
