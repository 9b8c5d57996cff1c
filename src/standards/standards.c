/* The register of standards: what each is, which clauses, catalogues, rules and forms point to it. */
#include "standards/standards.h"
#include "ledger/ledger.h"
#include "standards/standards_html.h"
#include <jansson.h>

enum { USES_MAX = 100 };

const char *
standard_kind(const struct code_entry *e, enum lang lang)
{
    return ledger_choice("standard", "kind", str_of(codes_text(e, "kind")), lang);
}

/* The clauses of one document that name others: "clauses" of its entry. */
static size_t
clauses_of(const struct code_entry *e, struct str only, struct standard_use *out, size_t most)
{
    size_t i, k, n = 0;
    json_t *clause, *code;
    json_array_foreach(json_object_get(e->more, "clauses"), i, clause)
        json_array_foreach(json_object_get(clause, "uses"), k, code) {
            const char *of = json_string_value(code);
            const struct code_entry *by = only.n ? e : codes_find(codes_table("standard"), str_of(of));
            if (n == most || by == NULL || (only.n && !str_is(only, of))) continue;
            out[n++] = (struct standard_use){ by, str_of(json_string_value(json_object_get(clause, "clause"))),
                                              str_of(json_string_value(json_object_get(clause, "zh"))),
                                              str_of(json_string_value(json_object_get(clause, "en"))) };
        }
    return n;
}

static enum http
list(struct rq *rq)
{
    struct standard_page v = { .rq = rq };
    v.rows = codes_entries(codes_table("standard"), &v.n);
    rq->title = str_of(tr(rq->lang, T("标准与规范")));
    standards_page(&rq->body, &v);
    return HTTP_OK;
}

/* What points to it: groups of rules in the order of their files, each once. */
static void
load_users(struct rq *rq, struct standard_page *v, struct str code)
{
    size_t n, rules_n, forms_n;
    const struct catalogue *all = catalogues_all(&n);
    const struct rule *rules = rules_all(&rules_n);
    const struct doc_form *forms = docs_all(&forms_n);
    v->catalogues = NEW(rq->arena, const struct catalogue *, n + 1);
    v->groups = NEW(rq->arena, struct str, rules_n + 1);
    v->forms = NEW(rq->arena, const struct doc_form *, forms_n + 1);
    for (size_t i = 0; i < n; i++)
        if (str_is(code, all[i].standard)) v->catalogues[v->catalogues_n++] = &all[i];
    for (size_t i = 0; i < rules_n; i++)
        if (str_eq(rule_group_standard(rules[i].group), code) && (v->groups_n == 0 || !str_eq(v->groups[v->groups_n - 1], rules[i].group)))
            v->groups[v->groups_n++] = rules[i].group;
    for (size_t i = 0; i < forms_n; i++)
        if (str_is(code, forms[i].standard)) v->forms[v->forms_n++] = &forms[i];
}

static enum http
one(struct rq *rq)
{
    size_t n;
    const struct code_entry *e = codes_find(codes_table("standard"), rq->words[0]), *all = codes_entries(codes_table("standard"), &n);
    if (e == NULL) return HTTP_NOT_FOUND;
    struct standard_use *uses = NEW(rq->arena, struct standard_use, USES_MAX), *refers = NEW(rq->arena, struct standard_use, USES_MAX);
    struct standard_page v = { .rq = rq, .rows = e, .n = 1, .uses = uses, .refers = refers };
    for (size_t i = 0; i < n; i++) v.uses_n += clauses_of(&all[i], e->code, uses + v.uses_n, USES_MAX - v.uses_n);
    v.refers_n = clauses_of(e, NO_STR, refers, USES_MAX);
    load_users(rq, &v, e->code);
    rq->title = str_of(rq->lang == LANG_EN ? e->en : e->zh);
    standard_page(&rq->body, &v);
    return HTTP_OK;
}

static const struct route standards_routes[] = {
    GET("/standards", LEDGER_READ, list, .title = T("标准与规范")),
    GET("/standards/@standard", LEDGER_READ, one, .title = T("标准与规范")),
};
static const size_t standards_routes_n = COUNT(standards_routes);
static const struct route *const routes[] = { standards_routes, item_routes };
static const size_t *const routes_n[] = { &standards_routes_n, &item_routes_n };
const struct module standards_module = { "standards", routes, routes_n, COUNT(routes) };
