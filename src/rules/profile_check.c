#include "rules/profile_check.h"
#include "base/data.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "codes/division.h"
#include "rules/rule.h"
#include "rules/where.h"
#include <jansson.h>

struct check {
    struct arena *a;
    struct str text;
    struct profile_problem *all;
    size_t n, cap;
};

static void
wrong(struct check *c, const char *path, const char *fmt, ...)
{
    va_list ap;
    if (c->n == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 16;
        struct profile_problem *more = NEW(c->a, struct profile_problem, c->cap);
        if (c->n) memcpy(more, c->all, c->n * sizeof *more);
        c->all = more;
    }
    va_start(ap, fmt);
    c->all[c->n++] = (struct profile_problem){ str_dup(c->a, str_of(path)), str_vfmt(c->a, fmt, ap), json_line(c->text, path) };
    va_end(ap);
}

/* Members of an object: a letter for the type (s text, i whole number, b true or false, a list, o object, x several), "!" when it
 * must be there. */
struct member { const char *name, *type; };
#define END { NULL, NULL }
static const struct member top_members[] = {
    { "profile", "s!" }, { "title", "s!" }, { "title_en", "s!" }, { "source", "s!" }, { "status", "s!" }, { "area", "s!" }, { "division", "s!" },
    { "divisions", "a!" }, { "run_mode", "s!" }, { "catalogue", "s!" }, { "national_catalogue", "s!" }, { "catalogues", "a!" }, { "base", "s" },
    { "levels", "a!" }, { "rules", "o!" }, { "premises", "a!" }, { "areas", "a" }, { "regions_of", "o" }, { "regions_of_status", "s" },
    { "parameters", "a" }, { "label_words", "a" }, { "retention", "a" }, { "retention_note", "s" }, { "functions", "a" }, { "administration", "a" },
    { "actors", "o" }, { "lists", "a" }, { "list_sources", "a" }, { "pay", "a" }, { "allowances", "a" }, { "evaluation", "o" }, { "numbers", "a" },
    { "posts", "a" }, { "platforms", "a" }, { "staff_groups", "a" }, { "staff_types", "a" }, { "staff_sources", "a" }, { "report_groups", "a" },
    { "target_groups", "a" }, { "audiences", "a" }, { "service_kinds", "a" }, { "care", "a" }, { "files", "a" }, { "funds", "a" }, { "facilities", "a" },
    { "resource_sources", "a" }, { "milestones", "a" }, { "leads", "a" }, { "guides", "a" }, { "events", "a" }, { "tiers", "a" }, { "boundaries", "a" },
    { "joint_meetings", "a" }, { "case_grades", "a" }, { "process", "a" }, END,
};
static const struct member level_members[] = {
    { "code", "s!" }, { "zh", "s!" }, { "en", "s!" }, { "order", "i!" }, { "name", "s!" }, { "parent", "x!" }, { "scope", "s!" }, { "count", "i" },
    { "premises", "a" }, { "duties", "a" }, { "head_rule", "s" }, { "run_by", "s" }, { "phrase", "s" }, { "mark", "s" }, END,
};
/* Everything that is a list of named things. */
static const struct member item_members[] = {
    { "code", "s!" }, { "zh", "s!" }, { "en", "s!" }, { "phrase", "s" }, { "mark", "s" }, { "check", "b" }, { "value", "i" }, { "unit", "s" }, { "about", "b" },
    { "role", "s" }, { "role_en", "s" }, { "at", "s" }, { "count", "i" }, { "by", "s" }, { "uses", "a" }, { "kinds", "a" }, { "parts", "i" },
    { "posts", "i" }, { "levels", "i" }, { "years", "i" }, { "from", "s" }, { "source", "s" }, { "shape", "s" }, END,
};
static const struct member kind_members[] = { { "code", "s!" }, { "zh", "s!" }, { "en", "s!" }, { "least", "i" }, END };
static const struct member function_members[] = {
    { "level", "s!" }, { "function", "s!" }, { "zh", "s!" }, { "en", "s!" }, { "phrase", "s!" }, { "mark", "s" }, END,
};
static const struct member actor_members[] = { { "zh", "s!" }, { "en", "s!" }, { "members", "a!" }, END };
static const struct member rules_members[] = { { "groups", "a!" }, { "off", "a" }, { "parameters", "o" }, END };
static const struct member word_members[] = { { "word", "s!" }, { "try", "s!" }, END };
static const struct member evaluation_members[] = {
    { "grades", "i" }, { "levels", "i" }, { "leaves", "i" }, { "total", "i" }, { "parties", "i" }, { "contests_a_year", "i" }, { "dimensions", "a" },
    { "approval", "a" }, { "phrase", "s!" }, END,
};

static bool
of_type(const json_t *v, char type)
{
    switch (type) {
    case 's': return json_is_string(v) && json_string_length(v) > 0;
    case 'i': return json_is_integer(v);
    case 'b': return json_is_boolean(v);
    case 'a': return json_is_array(v);
    case 'o': return json_is_object(v);
    default: return true;
    }
}

static const char *
type_name(char type)
{
    static const char names[][16] = { "text", "a number", "true or false", "a list", "an object" };
    return names[strchr("sibao", type) - "sibao"];
}

static void
members(struct check *c, const char *path, json_t *o, const struct member *known)
{
    const char *key;
    json_t *value;
    const char *dot = *path ? "." : "";
    if (!json_is_object(o)) {
        wrong(c, path, "is no object");
        return;
    }
    json_object_foreach(o, key, value) {
        const struct member *m = known;
        while (m->name != NULL && strcmp(m->name, key) != 0) m++;
        const char *at = str_fmt(c->a, "%s%s%s", path, dot, key).p;
        if (m->name == NULL) wrong(c, at, "unknown member");
        else if (!of_type(value, m->type[0])) wrong(c, at, "must be %s", type_name(m->type[0]));
    }
    for (const struct member *m = known; m->name != NULL; m++)
        if (m->type[1] == '!' && json_object_get(o, m->name) == NULL) wrong(c, path, "needs \"%s\"", m->name);
}

static const char *
text(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s != NULL ? s : "";
}

static const json_t *
with_code(const json_t *array, const char *code)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (strcmp(text(json_array_get(array, i), "code"), code) == 0) return json_array_get(array, i);
    return NULL;
}

static void
check_items(struct check *c, const char *path, const json_t *array, const struct member *known)
{
    for (size_t i = 0; i < json_array_size(array); i++) members(c, str_fmt(c->a, "%s[%zu]", path, i).p, json_array_get(array, i), known);
}

/* ---- Levels ---- */

/* Does going up from a level come back to it? */
static bool
circles(const json_t *levels, const json_t *level)
{
    const char *first = text(level, "code");
    for (size_t steps = 0; level != NULL && steps <= json_array_size(levels); steps++) {
        const char *parent = text(level, "parent");
        if (strcmp(parent, first) == 0) return true;
        level = *parent ? with_code(levels, parent) : NULL;
    }
    return false;
}

static void
check_level(struct check *c, const json_t *doc, const json_t *levels, size_t i)
{
    static const char *const scopes[] = { "province", "city", "county", "area", "township", "village" };
    json_t *l = json_array_get(levels, i);
    const char *path = str_fmt(c->a, "levels[%zu]", i).p, *parent = text(l, "parent");
    const char *above = i > 0 ? text(json_array_get(levels, i - 1), "code") : "";
    bool scope = false;

    members(c, path, l, level_members);
    for (size_t k = 0; k < COUNT(scopes); k++) scope = scope || strcmp(text(l, "scope"), scopes[k]) == 0;
    if (!scope) wrong(c, str_fmt(c->a, "%s.scope", path).p, "unknown scope \"%s\"", text(l, "scope"));
    if (with_code(levels, text(l, "code")) != l) wrong(c, str_fmt(c->a, "%s.code", path).p, "\"%s\" stands there already", text(l, "code"));
    if (json_integer_value(json_object_get(l, "order")) != (json_int_t)i + 1) wrong(c, str_fmt(c->a, "%s.order", path).p, "must be %zu", i + 1);
    const char *at = str_fmt(c->a, "%s.parent", path).p;
    if (*parent && with_code(levels, parent) == NULL) wrong(c, at, "there is no level \"%s\"", parent);
    else if (circles(levels, l)) wrong(c, at, "the levels go round in a circle: \"%s\" is above itself", text(l, "code"));
    else if (i == 0 && *parent) wrong(c, at, "the first level has no parent");
    else if (i > 0 && strcmp(parent, above) != 0) wrong(c, at, "skips its parent: \"%s\" must hang under \"%s\"", text(l, "code"), above);
    const json_t *premises = json_object_get(l, "premises");
    for (size_t k = 0; k < json_array_size(premises); k++) {
        const char *code = json_string_value(json_array_get(premises, k));
        if (with_code(json_object_get(doc, "premises"), code != NULL ? code : "") == NULL)
            wrong(c, str_fmt(c->a, "%s.premises[%zu]", path, k).p, "there are no such premises");
    }
    if (*text(l, "head_rule") && rule_find(str_of(text(l, "head_rule"))) == NULL) wrong(c, str_fmt(c->a, "%s.head_rule", path).p, "there is no such rule");
}

/* ---- Codes that stand elsewhere ---- */

static bool
is_catalogue(struct check *c, const char *scheme)
{
    struct str low = str_lower(c->a, str_of(scheme));
    return *scheme && data_file(str_fmt(c->a, "catalogues/%.*s.json", FMT(low)).p).p != NULL;
}

static void
check_codes(struct check *c, const json_t *doc)
{
    static const char *const modes[] = { "purchase", "direct", "mixed" };
    const json_t *schemes = json_object_get(doc, "catalogues"), *divisions = json_object_get(doc, "divisions");
    bool mode = false;
    for (size_t k = 0; k < COUNT(modes); k++) mode = mode || strcmp(text(doc, "run_mode"), modes[k]) == 0;
    if (!mode) wrong(c, "run_mode", "unknown: \"%s\"", text(doc, "run_mode"));
    if (!is_catalogue(c, text(doc, "catalogue"))) wrong(c, "catalogue", "there is no catalogue \"%s\"", text(doc, "catalogue"));
    if (!is_catalogue(c, text(doc, "national_catalogue"))) wrong(c, "national_catalogue", "there is no catalogue \"%s\"", text(doc, "national_catalogue"));
    for (size_t i = 0; i < json_array_size(schemes); i++) {
        const char *s = json_string_value(json_array_get(schemes, i));
        if (s == NULL || !is_catalogue(c, s)) wrong(c, str_fmt(c->a, "catalogues[%zu]", i).p, "there is no catalogue \"%s\"", s ? s : "");
    }
    for (size_t i = 0; i < json_array_size(divisions); i++) {
        const char *s = json_string_value(json_array_get(divisions, i));
        char full[13];
        if (s == NULL || !division_full(str_of(s), full)) wrong(c, str_fmt(c->a, "divisions[%zu]", i).p, "wrong code: 2, 4, 6, 9 or 12 digits");
    }
    const char *d = text(doc, "division");
    if (strlen(d) != 12 || strspn(d, "0123456789") != 12) wrong(c, "division", "wrong code: 12 digits");
    if (strlen(text(doc, "area")) != 6 || strncmp(d, text(doc, "area"), 6) != 0) wrong(c, "area", "must be the first six digits of division");
}

static void
check_rules(struct check *c, json_t *rules)
{
    const char *id, *code;
    json_t *params, *value;
    const json_t *groups = json_object_get(rules, "groups"), *off = json_object_get(rules, "off");
    members(c, "rules", rules, rules_members);
    for (size_t i = 0; i < json_array_size(groups); i++) {
        const char *g = json_string_value(json_array_get(groups, i));
        if (g == NULL || *rule_group_title(str_of(g), LANG_ZH) == '\0')
            wrong(c, str_fmt(c->a, "rules.groups[%zu]", i).p, "there is no group of rules \"%s\"", g ? g : "");
    }
    for (size_t i = 0; i < json_array_size(off); i++)
        if (rule_find(str_of(json_string_value(json_array_get(off, i)))) == NULL) wrong(c, str_fmt(c->a, "rules.off[%zu]", i).p, "there is no such rule");
    json_object_foreach(json_object_get(rules, "parameters"), id, params) {
        const struct rule *r = rule_find(str_of(id));
        const char *path = str_fmt(c->a, "rules.parameters.%s", id).p;
        if (r == NULL) {
            wrong(c, path, "there is no such rule");
            continue;
        }
        json_object_foreach(params, code, value) {
            bool known = false;
            for (size_t k = 0; k < r->params_n; k++) known = known || str_is(r->params[k].code, code);
            if (!known) wrong(c, str_fmt(c->a, "%s.%s", path, code).p, "unknown metric or parameter of %s", id);
            else if (!json_is_integer(value) && !json_is_string(value) && !json_is_null(value))
                wrong(c, str_fmt(c->a, "%s.%s", path, code).p, "must be a number or text");
        }
    }
}

static void
check_functions(struct check *c, const json_t *doc)
{
    const json_t *all = json_object_get(doc, "functions");
    check_items(c, "functions", all, function_members);
    for (size_t i = 0; i < json_array_size(all); i++)
        if (with_code(json_object_get(doc, "levels"), text(json_array_get(all, i), "level")) == NULL)
            wrong(c, str_fmt(c->a, "functions[%zu].level", i).p, "there is no level \"%s\"", text(json_array_get(all, i), "level"));
}

/* What the lines of a list can say: the shapes of src/lists/kinds.c. */
static void
check_lists(struct check *c, const json_t *lists)
{
    static const char *const shapes[] = { "needs", "problems", "resources", "services", "projects", "tasks", "institutions" };
    for (size_t i = 0; i < json_array_size(lists); i++) {
        const json_t *l = json_array_get(lists, i), *kinds = json_object_get(l, "kinds");
        bool known = *text(l, "shape") == '\0';
        for (size_t k = 0; k < COUNT(shapes); k++) known = known || strcmp(text(l, "shape"), shapes[k]) == 0;
        if (!known) wrong(c, str_fmt(c->a, "lists[%zu].shape", i).p, "there is no shape \"%s\"", text(l, "shape"));
        if (with_code(lists, text(l, "code")) != l) wrong(c, str_fmt(c->a, "lists[%zu].code", i).p, "\"%s\" stands there already", text(l, "code"));
        check_items(c, str_fmt(c->a, "lists[%zu].kinds", i).p, kinds, kind_members);
    }
}

static void
check_document(struct check *c, json_t *doc, struct str name)
{
    const json_t *levels = json_object_get(doc, "levels");
    members(c, "", doc, top_members);
    if (!str_is(name, text(doc, "profile"))) wrong(c, "profile", "\"%s\" is not the name of the file", text(doc, "profile"));
    if (json_array_size(levels) == 0) wrong(c, "levels", "there must be a level");
    for (size_t i = 0; i < json_array_size(levels); i++) check_level(c, doc, levels, i);
    check_codes(c, doc);
    check_functions(c, doc);
    check_lists(c, json_object_get(doc, "lists"));
    if (json_object_get(doc, "rules") != NULL) check_rules(c, json_object_get(doc, "rules"));
    if (json_object_get(doc, "evaluation") != NULL) members(c, "evaluation", json_object_get(doc, "evaluation"), evaluation_members);
    if (json_object_get(doc, "actors") != NULL) {
        members(c, "actors", json_object_get(doc, "actors"), actor_members);
        check_items(c, "actors.members", json_object_get(json_object_get(doc, "actors"), "members"), item_members);
    }
    check_items(c, "label_words", json_object_get(doc, "label_words"), word_members);
    for (const struct member *m = top_members; m->name != NULL; m++) {
        static const char *const others[] = { "divisions", "catalogues", "levels", "functions", "label_words" };
        bool other = m->type[0] != 'a';
        for (size_t k = 0; k < COUNT(others); k++) other = other || strcmp(m->name, others[k]) == 0;
        if (!other) check_items(c, m->name, json_object_get(doc, m->name), item_members);
    }
    const char *base = text(doc, "base");
    if (*base && data_file(str_fmt(c->a, "profiles/%s.json", base).p).p == NULL) wrong(c, "base", "there is no profile \"%s\"", base);
}

size_t
profile_check(struct arena *a, struct str file, struct str name, struct profile_problem **out)
{
    struct check c = { .a = a, .text = file };
    json_error_t e;
    json_t *doc = json_loadb(file.p, file.n, JSON_REJECT_DUPLICATES, &e);
    if (doc == NULL) {
        wrong(&c, "", "%s", e.text);
        c.all[0].line = e.line;
    } else {
        check_document(&c, doc, name);
    }
    json_decref(doc);
    *out = c.all;
    return c.n;
}

/* ---- Differences ---- */

static struct str
shown(struct arena *a, const json_t *v)
{
    if (v == NULL) return STR("—");
    if (json_is_string(v)) return str_dup(a, str_of(json_string_value(v)));
    if (json_is_integer(v)) return str_fmt(a, "%lld", (long long)json_integer_value(v));
    return json_is_array(v) ? str_fmt(a, "[%zu]", json_array_size(v)) : json_is_object(v) ? STR("{…}") : json_is_true(v) ? STR("true") : STR("null");
}

static void
differ(struct buf *b, const char *path, const json_t *from, const json_t *to)
{
    const char *key, *dot = *path ? "." : "";
    json_t *value;
    if (json_equal(from, to)) return;
    if (json_is_object(from) && json_is_object(to)) {
        json_object_foreach((json_t *)(uintptr_t)from, key, value) differ(b, str_fmt(b->arena, "%s%s%s", path, dot, key).p, value, json_object_get(to, key));
        json_object_foreach((json_t *)(uintptr_t)to, key, value)
            if (json_object_get(from, key) == NULL) differ(b, str_fmt(b->arena, "%s%s%s", path, dot, key).p, NULL, value);
        return;
    }
    if (json_is_array(from) && json_is_array(to)) {
        size_t n = json_array_size(from) > json_array_size(to) ? json_array_size(from) : json_array_size(to);
        for (size_t i = 0; i < n; i++) differ(b, str_fmt(b->arena, "%s[%zu]", path, i).p, json_array_get(from, i), json_array_get(to, i));
        return;
    }
    putf(b, "%s: %.*s → %.*s\n", path, FMT(shown(b->arena, from)), FMT(shown(b->arena, to)));
}

struct str
profile_diff(struct arena *a, struct str from, struct str to)
{
    struct buf b = { .arena = a };
    json_t *was = json_loadb(from.p, from.n, 0, NULL), *is = json_loadb(to.p, to.n, 0, NULL);
    differ(&b, "", was, is);
    json_decref(was);
    json_decref(is);
    return b.n ? buf_str(&b) : STR("");
}
