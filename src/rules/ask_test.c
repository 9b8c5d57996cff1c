/* The boundary tests that stand with the rules (data/rules/): each is asked as the program asks it. */
#include "rules/rule.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct arena arena;
static struct evaluator *ev;

/* What a test gives; "today" may be given too. */
static struct value
given(void *arg, const struct metric *m)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", m != NULL ? (int)m->code.n : 5, m != NULL ? m->code.p : "today");
    const json_t *v = json_object_get(arg, name);
    if (json_is_integer(v)) return (struct value){ .kind = VALUE_INT, .n = json_integer_value(v) };
    if (json_is_string(v)) return (struct value){ .kind = VALUE_TEXT, .text = str_of(json_string_value(v)) };
    return (struct value){ 0 };
}

static const struct value *
params_of(const struct rule *r, const json_t *test)
{
    const json_t *own = json_object_get(test, "parameters");
    struct value *all = NEW(&arena, struct value, r->params_n + 1);
    for (size_t i = 0; i < r->params_n; i++) {
        const json_t *v = json_object_get(own, str_z(&arena, r->params[i].code));
        all[i] = json_is_integer(v) ? (struct value){ .kind = VALUE_INT, .n = json_integer_value(v) }
            : json_is_string(v) ? (struct value){ .kind = VALUE_TEXT, .text = str_of(json_string_value(v)) } : r->params[i].value;
    }
    return all;
}

/* Every name that a test gives must be one that the rule looks at: a misspelt one would test nothing. */
static bool
names_are_used(const struct rule_ready *ready, json_t *test)
{
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(test, "given"), key, value) {
        bool used = false;
        for (size_t i = 0; i < ready->inputs_n; i++) used = used || strcmp(ready->inputs[i].name, key) == 0;
        if (!used) return false;
    }
    return true;
}

static bool
holds(const struct rule *r, json_t *test, size_t nth)
{
    struct expr_error error;
    struct rule_ready ready;
    assert_true(rule_prepare(ev, &arena, r, NULL, NO_STR, params_of(r, test), &ready, &error));
    ready.any_part = false;             /* the test gives what the program cannot count yet */
    struct rule_answer a = rule_ask(&ready, &arena, given, json_object_get(test, "given"));
    struct str want = str_of(json_string_value(json_object_get(test, "expect"))), left = str_of(json_string_value(json_object_get(test, "left")));
    bool ok = str_eq(rule_state_code(a.state), want) && (left.n == 0 || str_eq(a.left, left)) && names_are_used(&ready, test);
    if (!ok) print_message("%.*s test %zu: wanted %.*s %.*s, got %.*s %.*s\n", FMT(r->id), nth + 1, FMT(want), (int)left.n, left.p ? left.p : "",
                           FMT(rule_state_code(a.state)), (int)a.left.n, a.left.p ? a.left.p : "");
    return ok;
}

static void
every_boundary_test_holds(void **state)
{
    size_t n, bad = 0, tests = 0;
    const struct rule *all = rules_all(&n);
    (void)state;
    for (size_t i = 0; i < n; i++)
        for (size_t t = 0; t < json_array_size(all[i].tests); t++, tests++) bad += !holds(&all[i], json_array_get(all[i].tests, t), t);
    print_message("%zu rules, %zu tests\n", n, tests);
    assert_int_equal(bad, 0);
    assert_true(n >= 100 && tests >= 200);
}

/* A rule without a test is not known to work; a judging rule is tested on both sides of its boundary. */
static void
every_rule_is_tested_on_both_sides(void **state)
{
    size_t n;
    const struct rule *all = rules_all(&n);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        bool ok = false, unmet = all[i].unmet == RULE_FIGURE;
        for (size_t t = 0; t < json_array_size(all[i].tests); t++) {
            enum rule_state s = rule_state_of(str_of(json_string_value(json_object_get(json_array_get(all[i].tests, t), "expect"))));
            ok = ok || s == RULE_OK || s == RULE_FIGURE;
            unmet = unmet || s == all[i].unmet;
        }
        if (all[i].all_of_n == 0 && (!ok || !unmet)) fail_msg("%.*s: no test on both sides", FMT(all[i].id));
    }
}

/* Whatever is not given, a rule never says that all is well. */
static void
nothing_given_is_never_fine(void **state)
{
    size_t n;
    struct rule_ready ready;
    struct expr_error error;
    const struct rule *all = rules_all(&n);
    json_t *nothing = json_object();
    (void)state;
    for (size_t i = 0; i < n; i++) {
        if (all[i].all_of_n) continue;
        assert_true(rule_prepare(ev, &arena, &all[i], NULL, NO_STR, NULL, &ready, &error));
        struct rule_answer a = rule_ask(&ready, &arena, given, nothing);
        if (a.state != RULE_UNKNOWN) fail_msg("%.*s says %.*s of nothing", FMT(all[i].id), FMT(rule_state_code(a.state)));
    }
    json_decref(nothing);
}

static void
names_that_do_not_exist_are_refused(void **state)
{
    struct rule_ready ready;
    struct expr_error error;
    (void)state;
    assert_false(rule_prepare(ev, &arena, rule_find(STR("R-HNG-S1")), NULL, STR(":full_time >= :lest"), NULL, &ready, &error));
    assert_string_equal(error.what.p, "lest");
    assert_int_equal(error.column, 15);
}

static void
sentences_carry_their_parameters(void **state)
{
    const struct rule *r = rule_find(STR("R-HNG-S1"));
    const struct value seven = { .kind = VALUE_INT, .n = 7 };
    (void)state;
    assert_string_equal(str_z(&arena, rule_text(&arena, r->zh, r, NULL)), "全职社工不少于 6 名");
    assert_string_equal(str_z(&arena, rule_text(&arena, r->zh, r, &seven)), "全职社工不少于 7 名");
}

static int
set_up(void **state)
{
    (void)state;
    if (!codes_load() || !catalogues_load() || !rules_load()) return -1;
    ev = evaluator_open();
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    evaluator_close(ev);
    arena_clear(&arena);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_boundary_test_holds), cmocka_unit_test(every_rule_is_tested_on_both_sides),
        cmocka_unit_test(nothing_given_is_never_fine), cmocka_unit_test(names_that_do_not_exist_are_refused),
        cmocka_unit_test(sentences_carry_their_parameters),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
