/* Every file under data/ parses strictly, and what files say about each other holds. */
#include "codes/codes.h"
#include "http/may.h"
#include "base/data.h"
#include <jansson.h>
#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static struct arena a;

static int
start(void **state)
{
    (void)state;
    return codes_load() ? 0 : -1;
}

static json_t *
load(const char *path)
{
    struct str text = data_file(path);
    json_error_t error;
    json_t *root = json_loadb(text.p ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL) fail_msg("data/%s:%d: %s", path, error.line, error.text);
    if (!utf8_valid(text)) fail_msg("data/%s is not UTF-8", path);
    return root;
}

static const char *
text(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "";
}

static bool
one_of(const char *s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(s, list[i]) == 0) return true;
    return false;
}

/* The object with this member among an array; NULL when there is none. */
static json_t *
find(const json_t *list, const char *key, const char *value)
{
    size_t i;
    json_t *o;
    json_array_foreach(list, i, o)
        if (strcmp(text(o, key), value) == 0) return o;
    return NULL;
}

static void
check_labels(const char *where, const json_t *o)
{
    if (text(o, "zh")[0] == '\0' || text(o, "en")[0] == '\0') fail_msg("%s: %s lacks a label", where, json_dumps(o, 0));
    if ((text(o, "help")[0] == '\0') != (text(o, "help_en")[0] == '\0')) fail_msg("%s: help in one language", where);
    if ((text(o, "template")[0] == '\0') != (text(o, "template_en")[0] == '\0')) fail_msg("%s: template", where);
}

static void
check_choices(const char *where, const json_t *f)
{
    size_t i;
    json_t *c, *choices = json_object_get(f, "choices");
    const char *type = text(f, "type"), *table = text(f, "codes");
    json_array_foreach(choices, i, c) {
        check_labels(where, c);
        if (text(c, "code")[0] == '\0' || find(choices, "code", text(c, "code")) != c) fail_msg("%s: code", where);
    }
    if (table[0] && codes_table(table) == NULL) fail_msg("%s: no code table %s", where, table);
    bool chosen = strcmp(type, "single") == 0 || strcmp(type, "multi") == 0;
    int sources = (choices != NULL) + (table[0] != 0) + (text(f, "from")[0] != 0) + (text(f, "catalogue")[0] != 0);
    if (chosen && sources != 1) fail_msg("%s: a choice needs one source, has %d", where, sources);
    if (!chosen && sources != 0 && strcmp(type, "scale") != 0) fail_msg("%s: choices of a %s", where, type);
}

static void
check_field(const char *where, const json_t *f)
{
    static const char *const types[] = {
        "text", "long", "date", "datetime", "int", "dec", "money", "bool", "single", "multi", "person", "staff", "unit",
        "division", "table", "scale", "sign", "file", "computed", "note",
    };
    static const char *const required[] = { "Y", "C", "N" };
    static const char *const checks[] = { "", "idno", "phone", "disability", "past", "future", "labels" };
    const char *type = text(f, "type");
    check_labels(where, f);
    check_choices(where, f);
    if (!one_of(type, types, COUNT(types))) fail_msg("%s: no type %s", where, type);
    if (!one_of(text(f, "req"), required, COUNT(required))) fail_msg("%s: req", where);
    if (!one_of(text(f, "check"), checks, COUNT(checks))) fail_msg("%s: check", where);
    bool table = strcmp(type, "table") == 0, computed = strcmp(type, "computed") == 0;
    if (table != (json_array_size(json_object_get(f, "columns")) > 0)) fail_msg("%s: columns", where);
    if (computed != (text(f, "computed")[0] != '\0')) fail_msg("%s: computed", where);
}

/* All fields of a form in one array. */
static json_t *
fields_of(const json_t *form)
{
    json_t *all = json_array(), *s, *f;
    size_t i, k;
    json_array_foreach(json_object_get(form, "sections"), i, s)
        json_array_foreach(json_object_get(s, "fields"), k, f) json_array_append(all, f);
    return all;
}

/* The value of a condition must be one that its field can have. */
static void
check_condition(const char *where, const json_t *all, const json_t *condition)
{
    size_t i;
    json_t *v, *values = json_object_get(condition, "in");
    const json_t *f = find(all, "key", text(condition, "field"));
    if (f == NULL) fail_msg("%s: no field %s", where, text(condition, "field"));
    if (values == NULL) values = json_object_get(condition, "not_in");
    if (json_array_size(values) == 0) fail_msg("%s: a condition without values", where);
    json_array_foreach(values, i, v) {
        bool ok = json_is_boolean(v) ? strcmp(text(f, "type"), "bool") == 0
                : text(f, "codes")[0] ? codes_find(codes_table(text(f, "codes")), str_of(json_string_value(v))) != NULL
                : find(json_object_get(f, "choices"), "code", json_string_value(v)) != NULL;
        if (!ok) fail_msg("%s: %s never has a value of the condition", where, text(f, "key"));
    }
}

static void
check_rule(const char *path, const json_t *all, const json_t *rule)
{
    static const char *const kinds[] = {
        "one_of", "both", "before", "not_after", "excludes", "confirmed", "needed_when", "not_needed_when", "links",
        "decided_within", "needed_for_categories", "needed_for_capacity", "needed_for_risk", "warn_unless", "proposes",
    };
    size_t i;
    json_t *name;
    check_labels(path, rule);
    if (!one_of(text(rule, "kind"), kinds, COUNT(kinds))) fail_msg("%s: rule %s", path, text(rule, "kind"));
    if (text(rule, "field")[0]) assert_non_null(find(all, "key", text(rule, "field")));
    json_array_foreach(json_object_get(rule, "fields"), i, name)
        if (find(all, "key", json_string_value(name)) == NULL) fail_msg("%s: rule %s", path, text(rule, "code"));
    if (json_object_get(rule, "when")) check_condition(path, all, json_object_get(rule, "when"));
    if (json_object_get(rule, "unless")) check_condition(path, all, json_object_get(rule, "unless"));
}

static void
forms_are_right(void **state)
{
    (void)state;
    for (char letter = 'A'; letter <= 'G'; letter++) {
        size_t i, k;
        json_t *f, *c, *rule;
        struct str path = str_fmt(&a, "forms/%c.json", letter);
        json_t *form = load(path.p), *all = fields_of(form);
        assert_int_equal(text(form, "form")[0], letter);
        json_array_foreach(all, i, f) {
            struct str where = str_fmt(&a, "%s %s", path.p, text(f, "key"));
            check_field(where.p, f);
            json_int_t level = json_integer_value(json_object_get(f, "level"));
            if (level < 0 || level > 4 || !json_object_get(f, "level")) fail_msg("%s: level", where.p);
            if (find(all, "key", text(f, "key")) != f) fail_msg("%s stands there twice", where.p);
            if (json_object_get(f, "if")) check_condition(where.p, all, json_object_get(f, "if"));
            json_array_foreach(json_object_get(f, "columns"), k, c) check_field(where.p, c);
        }
        json_array_foreach(json_object_get(form, "rules"), i, rule) check_rule(path.p, all, rule);
        json_decref(all);
        json_decref(form);
    }
}

/* "A", "A.source" or "E.direct_kinds=change" */
static void
check_proof(const char *proof)
{
    json_t *form = load(str_fmt(&a, "forms/%c.json", proof[0]).p), *all = fields_of(form);
    struct str rest = str_of(proof + 1), key;
    if (rest.n) {
        rest = str_of(proof + 2);
        key = str_cut(&rest, '=');
        const json_t *f = find(all, "key", str_z(&a, key));
        if (f == NULL) fail_msg("stages: %s", proof);
        if (rest.n) assert_non_null(find(json_object_get(f, "choices"), "code", str_z(&a, rest)));
    }
    json_decref(all);
    json_decref(form);
}

static void
stages_are_right(void **state)
{
    (void)state;
    size_t i, k, n;
    json_t *stage, *item, *proof, *root = load("forms/stages.json");
    json_array_foreach(json_object_get(root, "stages"), i, stage) {
        assert_non_null(codes_find(codes_table("case_states"), str_of(text(stage, "stage"))));
        json_array_foreach(json_object_get(stage, "items"), k, item) {
            check_labels("stages", item);
            json_array_foreach(json_object_get(item, "proven_by"), n, proof) check_proof(json_string_value(proof));
        }
        json_array_foreach(json_object_get(stage, "prompts"), k, item) {
            check_labels("stages", item);
            if (text(item, "field")[0]) check_proof(text(item, "field"));
        }
    }
    assert_int_equal(json_array_size(json_object_get(root, "stages")), 6);
    json_decref(root);
}

static void
catalogues_are_right(void **state)
{
    (void)state;
    static const char *const kinds[] = { "same", "narrower", "broader", "related" };
    struct str *names;
    size_t n = data_files(&a, "catalogues/", &names), k, counted = 0;
    json_t *item, *row, *national = load("catalogues/mz071.json"), *targets = json_object_get(national, "items");
    assert_int_equal(n, 14);
    for (size_t i = 0; i < n; i++) {
        json_t *root = load(names[i].p), *items = json_object_get(root, "items");
        json_array_foreach(items, k, item) {
            check_labels(names[i].p, item);
            assert_ptr_equal(find(items, "code", text(item, "code")), item);
            if (text(item, "parent")[0]) assert_non_null(find(items, "code", text(item, "parent")));
        }
        json_array_foreach(json_object_get(root, "map"), k, row) {
            assert_non_null(find(items, "code", text(row, "code")));
            assert_non_null(find(targets, "code", text(row, "mz071")));
            assert_true(one_of(text(row, "kind"), kinds, COUNT(kinds)));
        }
        json_decref(root);
    }
    json_array_foreach(targets, k, item) counted += json_is_true(json_object_get(item, "counts_in_total"));
    assert_int_equal(counted, 34);
    json_decref(national);
}

static void
profile_is_right(void **state)
{
    (void)state;
    size_t i, k;
    json_t *level, *o, *p = load("profiles/ninghua.json"), *levels = json_object_get(p, "levels");
    static const int counts[] = { 1, 5, 16, 245 };
    assert_int_equal(json_array_size(levels), COUNT(counts));
    json_array_foreach(levels, i, level) {
        assert_int_equal(json_integer_value(json_object_get(level, "count")), counts[i]);
        if (i > 0) assert_non_null(find(levels, "code", text(level, "parent")));
        json_array_foreach(json_object_get(level, "premises"), k, o)
            assert_non_null(find(json_object_get(p, "premises"), "code", json_string_value(o)));
    }
    assert_int_equal(json_array_size(json_object_get(p, "areas")), 5);
    json_array_foreach(json_object_get(p, "parameters"), i, o) {
        check_labels("parameters", o);
        assert_true(json_is_integer(json_object_get(o, "value")));
    }
    json_decref(p);
}

/* "RW:own": letters, then perhaps a qualifier that the file explains. */
static void
check_access(const json_t *root, const char *access)
{
    struct str rest = str_of(access), letters = str_cut(&rest, ':');
    assert_true(letters.n > 0);
    for (size_t i = 0; i < letters.n; i++)
        assert_non_null(json_object_get(json_object_get(root, "letters"), (const char[]){ letters.p[i], '\0' }));
    if (rest.n) assert_non_null(json_object_get(json_object_get(root, "qualifiers"), str_z(&a, rest)));
}

static void
roles_are_right(void **state)
{
    (void)state;
#define MAY_TEXT(name, text) text,
    static const char *const known[] = { MAYS(MAY_TEXT) };
#undef MAY_TEXT
    size_t i, k;
    json_t *role, *name, *root = load("roles.json"), *roles = json_object_get(root, "roles");
    assert_int_equal(json_array_size(roles), 13);
    json_array_foreach(roles, i, role) {
        check_labels("roles", role);
        json_array_foreach(json_object_get(role, "permissions"), k, name)
            if (!one_of(json_string_value(name), known, COUNT(known))) fail_msg("no %s", json_string_value(name));
        for (char s = '0'; s <= '4'; s++)
            check_access(root, text(json_object_get(role, "access"), (const char[]){ 'S', s, '\0' }));
    }
    json_decref(root);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_right), cmocka_unit_test(stages_are_right), cmocka_unit_test(catalogues_are_right),
        cmocka_unit_test(profile_is_right), cmocka_unit_test(roles_are_right),
    };
    int failed = cmocka_run_group_tests(tests, start, NULL);
    arena_clear(&a);
    return failed;
}
