#include "figures/block.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct date
day(int y, int m, int d)
{
    struct date out;
    assert_true(date_of(y, m, d, &out));
    return out;
}

static void
is(struct period p, struct date from, struct date to, struct date was_from, struct date was_to)
{
    assert_int_equal(p.from.days, from.days);
    assert_int_equal(p.to.days, to.days);
    assert_int_equal(p.was_from.days, was_from.days);
    assert_int_equal(p.was_to.days, was_to.days);
}

static void
periods_and_those_before(void **state)
{
    struct date now = day(2026, 3, 31), none = NO_DATE;
    (void)state;
    is(period_of(STR("month"), none, none, now), day(2026, 3, 1), now, day(2026, 2, 1), day(2026, 2, 28));
    is(period_of(STR("last_month"), none, none, now), day(2026, 2, 1), day(2026, 2, 28), day(2026, 1, 1), day(2026, 1, 31));
    is(period_of(STR("quarter"), none, none, day(2026, 5, 10)), day(2026, 4, 1), day(2026, 5, 10), day(2026, 1, 1), day(2026, 2, 10));
    is(period_of(STR("year"), none, none, now), day(2026, 1, 1), now, day(2025, 1, 1), day(2025, 3, 31));
    is(period_of(STR("last_year"), none, none, now), day(2025, 1, 1), day(2025, 12, 31), day(2024, 1, 1), day(2024, 12, 31));
    is(period_of(STR("custom"), day(2026, 1, 10), day(2026, 1, 19), now), day(2026, 1, 10), day(2026, 1, 19), day(2025, 12, 31), day(2026, 1, 9));
    is(period_of(STR("custom"), day(2026, 2, 1), day(2026, 1, 1), now), day(2026, 1, 1), now, day(2025, 1, 1), day(2025, 3, 31));
    is(period_of(STR("nonsense"), none, none, now), day(2026, 1, 1), now, day(2025, 1, 1), day(2025, 3, 31));
}

/* Two sensitive numbers and their sum: no exact one follows from the others. */
static void
sensitive_numbers_in_steps(void **state)
{
    struct arena a = { 0 };
    (void)state;
    assert_string_equal(figure_text(&a, 4, false, 5).p, "4");
    assert_string_equal(figure_text(&a, 0, true, 5).p, "0");
    assert_string_equal(figure_text(&a, 1, true, 5).p, "<5");
    assert_string_equal(figure_text(&a, 4, true, 5).p, "<5");
    assert_string_equal(figure_text(&a, 5, true, 5).p, "5–9");
    assert_string_equal(figure_text(&a, 14, true, 5).p, "10–14");
    arena_clear(&a);
}

static void
chart_and_csv(void **state)
{
    struct arena a = { 0 };
    struct block b = { .key = "k", .title = "t", .label = "L", .columns = { "A", "B" }, .columns_n = 2, .charted = 1 };
    (void)state;
    assert_false(block_chartable(&b));
    *block_add(&a, &b, STR("x\"y")) = (struct block_row){ .label = STR("x\"y"), .value = { 1, 2 } };
    *block_add(&a, &b, STR("=1+1")) = (struct block_row){ .label = STR("=1+1"), .value = { 3, 40 }, .sensitive = true };
    assert_true(block_chartable(&b));
    assert_string_equal(str_z(&a, block_json(&a, &b, 5)), "{\"x\":[\"x\\\"y\"],\"series\":[{\"name\":\"A\",\"data\":[1]}]}");
    assert_string_equal(str_z(&a, block_csv(&a, &b, 5)), "\xEF\xBB\xBF\"L\",\"A\",\"B\"\r\n\"x\"\"y\",1,2\r\n\"'=1+1\",3,40\r\n");
    b.stepped = true;
    b.rows[0].value[0] = 12;
    assert_string_equal(str_z(&a, block_json(&a, &b, 5)), "{\"x\":[\"x\\\"y\"],\"series\":[{\"name\":\"A\",\"data\":[10]}]}");
    assert_string_equal(str_z(&a, block_csv(&a, &b, 5)), "\xEF\xBB\xBF\"L\",\"A\",\"B\"\r\n\"x\"\"y\",10–14,<5\r\n\"'=1+1\",<5,40–44\r\n");
    arena_clear(&a);
}

/* months … months_to, days … days_to; "-" when there are none. */
static void
spans(struct date from, struct date to, const char *months, const char *days)
{
    struct arena a = { 0 };
    struct span s = span_of(&a, from, to);
    struct str m = str_is(s.months, "z") ? STR("-") : str_fmt(&a, "%.*s %.*s", FMT(s.months), FMT(s.months_to));
    struct str d = str_is(s.days, "z") ? STR("-") : str_fmt(&a, "%.*s %.*s", FMT(s.days), FMT(s.days_to));
    assert_string_equal(str_z(&a, m), months);
    assert_string_equal(str_z(&a, d), days);
    arena_clear(&a);
}

static void
a_period_is_months_and_the_days_that_are_left(void **state)
{
    (void)state;
    spans(day(2025, 1, 1), day(2025, 12, 31), "m2025-01 m2025-12", "-");
    spans(day(2025, 1, 1), day(2025, 2, 10), "m2025-01 m2025-01", "2025-02-01 2025-02-10");
    spans(day(2025, 2, 1), day(2025, 2, 10), "-", "2025-02-01 2025-02-10");
    spans(day(2025, 2, 1), day(2025, 2, 28), "m2025-02 m2025-02", "-");
    spans(day(2025, 1, 10), day(2025, 3, 31), "-", "2025-01-10 2025-03-31");
    spans(day(2025, 3, 2), day(2025, 3, 1), "-", "-");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_and_those_before), cmocka_unit_test(sensitive_numbers_in_steps), cmocka_unit_test(chart_and_csv),
        cmocka_unit_test(a_period_is_months_and_the_days_that_are_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
