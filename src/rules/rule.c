/* Reads metrics and rules.  The documents are kept as long as the program runs: the texts point into them. */
#include "rules/rule.h"
#include "base/data.h"
#include "rules/metrics_sql.h"
#include "rules/where.h"
#include "view/view.h"
#include <jansson.h>

enum { GROUPS_MAX = 64 };

static struct arena kept;
static struct metric *metrics;
static size_t metrics_n;
static struct choice *parts;
static size_t parts_n;
static struct rule *rules;
static size_t rules_n;
static struct { struct str code, source, standard; const char *title, *title_en; } groups[GROUPS_MAX];
static size_t groups_n;

/* The file that is being read, for messages. */
struct reading { const char *path; struct str text; };

static bool
wrong(const struct reading *r, const char *path, const char *why, struct str what)
{
    struct str tail = what.p != NULL ? what : STR("");
    log_error("data/%s:%d: %s: %s%.*s", r->path, json_line(r->text, path), path, why, FMT(tail));
    return false;
}

static const char *
words(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s != NULL ? s : "";
}

static struct str
text(const json_t *o, const char *key)
{
    return str_of(json_string_value(json_object_get(o, key)));
}

static const struct str *
texts(const json_t *array, size_t *n)
{
    *n = json_array_size(array);
    struct str *all = NEW(&kept, struct str, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = str_of(json_string_value(json_array_get(array, i)));
    return all;
}

static struct choice *
choices(const json_t *array, size_t *n)
{
    *n = json_array_size(array);
    struct choice *all = NEW(&kept, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const json_t *o = json_array_get(array, i);
        all[i] = (struct choice){ words(o, "code"), words(o, "zh"), words(o, "en") };
    }
    return all;
}

/* Members that are not in the list ("a b c") are mistakes of typing. */
static bool
known_members(const struct reading *r, const char *path, json_t *o, const char *members)
{
    const char *key;
    json_t *value;
    if (!json_is_object(o)) return wrong(r, path, "is no object", NO_STR);
    json_object_foreach(o, key, value) {
        struct str rest = str_of(members);
        bool found = false;
        while (rest.n && !found) found = str_is(str_cut(&rest, ' '), key);
        if (!found) return wrong(r, path, "unknown member ", str_of(key));
    }
    return true;
}

static json_t *
open_file(struct reading *r, const char *path)
{
    json_error_t e;
    *r = (struct reading){ path, data_file(path) };
    json_t *doc = r->text.p == NULL ? NULL : json_loadb(r->text.p, r->text.n, JSON_REJECT_DUPLICATES, &e);
    if (r->text.p == NULL) log_error("data/%s: cannot be read", path);
    else if (doc == NULL) log_error("data/%s:%d: %s", path, e.line, e.text);
    return doc;
}

static void
drop(void *doc)
{
    json_decref(doc);
}

/* ---- Metrics ---- */

static const struct db_query *
query_of(struct str name)
{
    for (size_t i = 0; rules_metrics_queries[i] != NULL; i++)
        if (str_is(name, rules_metrics_queries[i]->name)) return rules_metrics_queries[i];
    return NULL;
}

static const struct db_slot *
column_of(const struct db_query *q, struct str name)
{
    struct str plain = str_starts(name, STR("worker_full_time")) ? STR("full_time") : name;
    for (size_t i = 0; q != NULL && i < q->out_n; i++)
        if (str_is(plain, q->out[i].name)) return &q->out[i];
    return NULL;
}

static const struct choice *
part_of(struct str code)
{
    for (size_t i = 0; i < parts_n; i++)
        if (str_is(code, parts[i].code)) return &parts[i];
    return NULL;
}

static bool
read_type(struct str code, enum metric_type *out)
{
    static const char *const types[] = { "int", "bool", "money", "date", "text" };
    *out = METRIC_INT;
    for (size_t i = 0; i < COUNT(types); i++) {
        if (!str_is(code, types[i])) continue;
        *out = (enum metric_type)i;
        return true;
    }
    return code.n == 0;
}

static bool
read_metric(const struct reading *r, size_t i, json_t *o)
{
    char path[32];
    struct metric *m = &metrics[i];
    struct str query = text(o, "query"), part = text(o, "part");
    snprintf(path, sizeof path, "metrics[%zu]", i);
    *m = (struct metric){ .code = text(o, "code"), .zh = words(o, "zh"), .en = words(o, "en"), .unit = words(o, "unit"), .unit_en = words(o, "unit_en"),
        .doc = words(o, "doc"), .doc_en = words(o, "doc_en"), .of = text(o, "of"), .given = json_is_true(json_object_get(o, "given")),
        .inherit = json_is_true(json_object_get(o, "inherit")), .zero = json_is_true(json_object_get(o, "zero")), .query = query_of(query),
        .part = part_of(part) };
    m->choices = choices(json_object_get(o, "choices"), &m->choices_n);
    m->column = column_of(m->query, text(o, "column").n ? text(o, "column") : m->code);
    if (!known_members(r, path, o, "code zh en unit unit_en doc doc_en type of given inherit zero query column part choices")) return false;
    if (m->code.n == 0 || *m->zh == '\0' || *m->en == '\0') return wrong(r, path, "needs code, zh and en", NO_STR);
    for (size_t k = 0; k < i; k++)
        if (str_eq(metrics[k].code, m->code)) return wrong(r, path, "stands there already: ", m->code);
    if (!read_type(text(o, "type"), &m->type)) return wrong(r, path, "unknown type ", text(o, "type"));
    if (query.n && m->column == NULL) return wrong(r, path, "there is no such query or column: ", query);
    if (part.n && m->part == NULL) return wrong(r, path, "unknown part ", part);
    if (m->column == NULL && m->part == NULL && !m->given) return wrong(r, path, "comes from nowhere: needs query, given or part", NO_STR);
    return true;
}

static bool
load_metrics(void)
{
    struct reading r;
    json_t *doc = open_file(&r, "metrics.json");
    if (doc == NULL) return false;
    arena_defer(&kept, drop, doc);
    parts = choices(json_object_get(doc, "parts"), &parts_n);
    const json_t *array = json_object_get(doc, "metrics");
    size_t n = json_array_size(array);
    metrics = NEW(&kept, struct metric, n + 1);
    for (size_t i = 0; i < n; i++, metrics_n++)
        if (!read_metric(&r, i, json_array_get(array, i))) return false;
    return true;
}

const struct metric *
metric_find(struct str code)
{
    for (size_t i = 0; i < metrics_n; i++)
        if (str_eq(metrics[i].code, code)) return &metrics[i];
    return NULL;
}

const struct metric *
metrics_all(size_t *n)
{
    *n = metrics_n;
    return metrics;
}

/* ---- Rules ---- */

static bool
read_severity(struct str code, enum rule_state *out)
{
    *out = str_is(code, "error") ? RULE_ERROR : str_is(code, "warn") ? RULE_WARN : str_is(code, "info") ? RULE_NOTE : RULE_FIGURE;
    return *out != RULE_FIGURE || str_is(code, "figure");
}

static void
read_params(struct rule *rule, const json_t *array)
{
    rule->params_n = json_array_size(array);
    struct rule_param *all = NEW(&kept, struct rule_param, rule->params_n + 1);
    for (size_t i = 0; i < rule->params_n; i++) {
        const json_t *o = json_array_get(array, i), *v = json_object_get(o, "value");
        all[i] = (struct rule_param){ .code = text(o, "code"), .zh = words(o, "zh"), .en = words(o, "en") };
        if (json_is_integer(v)) all[i].value = (struct value){ .kind = VALUE_INT, .n = json_integer_value(v) };
        else if (json_is_string(v)) all[i].value = (struct value){ .kind = VALUE_TEXT, .text = str_of(json_string_value(v)) };
    }
    rule->params = all;
}

/* Every expression must be one, and every name in it a metric or a parameter. */
static bool
check_rule(const struct reading *r, const char *path, const struct rule *rule, struct evaluator *ev)
{
    struct expr_error error;
    struct rule_ready ready;
    if (rule->all_of_n > 0) return true;
    if (rule->expr.n == 0 && rule->unmet != RULE_FIGURE) return wrong(r, path, "needs expr", NO_STR);
    if (rule->left.n == 0 && rule->unmet == RULE_FIGURE) return wrong(r, path, "shows a figure: needs left", NO_STR);
    if (!rule_prepare(ev, &kept, rule, NULL, NO_STR, NULL, &ready, &error))
        return wrong(r, path, "", str_fmt(&kept, "%s (%.*s)", tr_fmt(&kept, LANG_EN, error.zh, str_z(&kept, error.what)).p, FMT(rule->expr)));
    return true;
}

static bool
scopes_fine(const struct rule *rule)
{
    static const char *const known[] = { "community", "station", "area", "county", "city", "province", "worker", "project", "case" };
    for (size_t i = 0; i < rule->scope_n; i++) {
        bool found = false;
        for (size_t k = 0; k < COUNT(known); k++) found = found || str_is(rule->scope[i], known[k]);
        if (!found) return false;
    }
    return rule->scope_n > 0;
}

static bool
read_rule(const struct reading *r, size_t i, json_t *o, struct str group, struct evaluator *ev)
{
    char path[32];
    struct rule *rule = &rules[rules_n];
    const char *unmet = words(o, "unmet");
    enum rule_state severity;
    snprintf(path, sizeof path, "rules[%zu]", i);
    if (!known_members(r, path, o, "id zh en scope severity unmet parameters when expr left right all_of nulls personal remedy remedy_en source mark rows"
                       " tests")) return false;
    *rule = (struct rule){ .id = text(o, "id"), .group = group, .zh = words(o, "zh"), .en = words(o, "en"), .remedy = words(o, "remedy"),
        .remedy_en = words(o, "remedy_en"), .source = words(o, "source"), .mark = text(o, "mark"), .nulls = json_is_true(json_object_get(o, "nulls")),
        .personal = json_is_true(json_object_get(o, "personal")),
        .when = text(o, "when"), .expr = text(o, "expr"), .left = text(o, "left"), .right = text(o, "right"), .tests = json_object_get(o, "tests") };
    rule->scope = texts(json_object_get(o, "scope"), &rule->scope_n);
    rule->rows = texts(json_object_get(o, "rows"), &rule->rows_n);
    rule->all_of = texts(json_object_get(o, "all_of"), &rule->all_of_n);
    read_params(rule, json_object_get(o, "parameters"));
    if (rule->id.n == 0 || *rule->zh == '\0' || *rule->en == '\0' || *rule->source == '\0') return wrong(r, path, "needs id, zh, en and source", NO_STR);
    if (rule_find(rule->id) != NULL) return wrong(r, path, "stands there already: ", rule->id);
    if (!read_severity(text(o, "severity"), &severity)) return wrong(r, path, "unknown severity ", text(o, "severity"));
    rule->unmet = str_is(str_of(unmet), "warn") ? RULE_WARN : severity;
    if (!scopes_fine(rule)) return wrong(r, path, "unknown scope", NO_STR);
    if (!check_rule(r, path, rule, ev)) return false;
    rules_n++;
    return true;
}

static bool
load_group(const char *path, struct evaluator *ev)
{
    struct reading r;
    json_t *doc = open_file(&r, path);
    if (doc == NULL || groups_n == GROUPS_MAX) return false;
    arena_defer(&kept, drop, doc);
    if (!known_members(&r, "", doc, "group title title_en source standard rules")) return false;
    groups[groups_n].code = text(doc, "group");
    groups[groups_n].source = text(doc, "source");
    groups[groups_n].standard = text(doc, "standard");
    groups[groups_n].title = words(doc, "title");
    groups[groups_n].title_en = words(doc, "title_en");
    const json_t *array = json_object_get(doc, "rules");
    size_t n = json_array_size(array);
    struct rule *more = NEW(&kept, struct rule, rules_n + n + 1);
    if (rules_n) memcpy(more, rules, rules_n * sizeof *rules);
    rules = more;
    for (size_t i = 0; i < n; i++)
        if (!read_rule(&r, i, json_array_get(array, i), groups[groups_n].code, ev)) return false;
    groups_n++;
    return true;
}

/* A summary names rules that are there, and not another summary. */
static bool
summaries_fine(void)
{
    for (size_t i = 0; i < rules_n; i++)
        for (size_t k = 0; k < rules[i].all_of_n; k++) {
            const struct rule *of = rule_find(rules[i].all_of[k]);
            if (of != NULL && of->all_of_n == 0) continue;
            log_error("data/rules: %.*s: there is no rule %.*s to sum up", FMT(rules[i].id), FMT(rules[i].all_of[k]));
            return false;
        }
    return true;
}

bool
rules_load(void)
{
    struct str *names;
    if (rules_n > 0) return true;
    if (!load_metrics()) return false;
    struct evaluator *ev = evaluator_open();
    size_t n = data_files(&kept, "rules/", &names);
    bool ok = n > 0;
    for (size_t i = 0; ok && i < n; i++) ok = load_group(str_z(&kept, names[i]), ev);
    evaluator_close(ev);
    return ok && summaries_fine();
}

const struct rule *
rule_find(struct str id)
{
    for (size_t i = 0; i < rules_n; i++)
        if (str_eq(rules[i].id, id)) return &rules[i];
    return NULL;
}

const struct rule *
rules_all(size_t *n)
{
    *n = rules_n;
    return rules;
}

const char *
rule_group_title(struct str group, enum lang lang)
{
    for (size_t i = 0; i < groups_n; i++)
        if (str_eq(groups[i].code, group)) return lang == LANG_EN ? groups[i].title_en : groups[i].title;
    return "";
}

const char *
rule_group_source(struct str group)
{
    for (size_t i = 0; i < groups_n; i++)
        if (str_eq(groups[i].code, group)) return groups[i].source.p;
    return "";
}

struct str
rule_group_standard(struct str group)
{
    for (size_t i = 0; i < groups_n; i++)
        if (str_eq(groups[i].code, group)) return groups[i].standard;
    return NO_STR;
}
