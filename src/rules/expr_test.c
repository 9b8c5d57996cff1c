/* Expressions: what they may say, and that they can do nothing else. */
#include "rules/expr.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct arena arena;
static struct evaluator *ev;

static struct str
of(const char *text, const struct value *in)
{
    struct expr_error error;
    struct expr *e = expr_compile(ev, &arena, str_of(text), &error);
    if (e == NULL) return str_fmt(&arena, "! %d %.*s", error.column, FMT(error.what));
    struct str v = value_text(&arena, expr_value(e, &arena, in));
    return v.n ? v : STR("NULL");
}

#define SAYS(text, want) assert_string_equal(str_z(&arena, of(text, in)), want)

static void
arithmetic_is_exact_and_missing_stays_missing(void **state)
{
    const struct value in[2] = { { .kind = VALUE_INT, .n = 9 } };
    (void)state;
    SAYS(":a * 100 >= 900", "1");
    SAYS(":a >= :b", "NULL");
    SAYS("percent(32, 78)", "41.0%");
    SAYS("percent(160, 161)", "99.4%");
    SAYS("percent(1, 0)", "NULL");
    SAYS("permille(3628, 2134000)", "1.7‰");
    SAYS("yuan(460000)", "4,600.00");
    SAYS("CASE WHEN :a IN (9, 10) THEN 'x' ELSE 'y' END", "x");
}

/* HNG-16: a week from 1 March; months end where the calendar ends them. */
static void
days_are_civil(void **state)
{
    const struct value in[1] = { { 0 } };
    (void)state;
    SAYS("plus_days('2026-03-01', 7)", "2026-03-08");
    SAYS("plus_months('2026-01-31', 1)", "2026-02-28");
    SAYS("days('2026-03-01', '2026-02-28')", "1");
    SAYS("month_end('2028-02-10')", "2028-02-29");
    SAYS("days('2026-13-01', '2026-02-28')", "NULL");
}

static void
nothing_but_an_expression(void **state)
{
    const struct value in[4] = { { 0 } };
    (void)state;
    SAYS("(SELECT 1)", "! 2 SELECT");
    SAYS("1 = (SELECT name FROM sqlite_master)", "! 23 sqlite_master");
    SAYS("EXISTS (SELECT 1)", "! 9 SELECT");
    SAYS("1) FROM sqlite_master WHERE (1", "! 2 )");
    SAYS("1); DROP TABLE unit; --", "! 2 )");
    SAYS("1; DELETE FROM unit", "! 2 ;");
    SAYS("load_extension('x')", "! 1 load_extension");
    SAYS("random()", "! 1 random");
    SAYS("date('now')", "! 1 date");
    SAYS("'a' LIKE 'b'", "! 5 like");
    SAYS("readfile('/etc/passwd')", "! 1 readfile");
    SAYS("unit.name", "! 1 unit.name");
    SAYS("\"x\"", "! 1 \"");
    SAYS("1 -- comment", "! 3 -");
    SAYS("1 /* comment */", "! 3 /");
    SAYS("(1", "! 2 )");
    SAYS("'a", "! 2 '");
    SAYS("1 +", "! 4 )");
    SAYS("", "! 1 ");
}

/* A text of hundreds of brackets ends with an error, not with the stack. */
static void
depth_is_bounded(void **state)
{
    struct buf b = { .arena = &arena };
    const struct value in[1] = { { 0 } };
    (void)state;
    for (int i = 0; i < 900; i++) LIT(&b, "(");
    LIT(&b, "1");
    for (int i = 0; i < 900; i++) LIT(&b, ")");
    assert_int_equal(of(str_z(&arena, buf_str(&b)), in).p[0], '!');
}

static int
set_up(void **state)
{
    (void)state;
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
        cmocka_unit_test(arithmetic_is_exact_and_missing_stays_missing), cmocka_unit_test(days_are_civil),
        cmocka_unit_test(nothing_but_an_expression), cmocka_unit_test(depth_is_bounded),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
