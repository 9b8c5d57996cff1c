#include "codes/disability.h"
#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static enum disability_fault
parse(struct str s, struct str owner, struct disability *d)
{
    struct date on;
    assert_true(date_of(2026, 11, 22, &on));
    return disability_parse(s, owner, on, IDNO_ANY_AGE, d);
}

static void
accepts(void **state)
{
    (void)state;
    struct disability d;
    assert_int_equal(parse(STR("44052418800101001444"), NO_STR, &d), DISABILITY_OK);
    assert_int_equal(d.category, 4);
    assert_int_equal(d.grade, 4);
    assert_string_equal(d.idno.text, "440524188001010014");
    assert_string_equal(d.reissue, "");
    assert_int_equal(parse(STR("44052418800101001471B1"), STR("440524188001010014"), &d), DISABILITY_OK);
    assert_string_equal(d.reissue, "B1");
    assert_int_equal(parse(STR("11010519491231002x11"), STR("11010519491231002X"), &d), DISABILITY_OK);
}

static void
refuses(void **state)
{
    (void)state;
    static const struct { struct str typed; enum disability_fault fault; } bad[] = {
        { { NULL, 0 }, DISABILITY_LENGTH },
        { { "4405241880010100144", 19 }, DISABILITY_LENGTH },
        { { "440524188001010014440", 21 }, DISABILITY_LENGTH },
        { { "44052418800101001444C1", 22 }, DISABILITY_LENGTH },
        { { "44052418800101001544", 20 }, DISABILITY_IDNO },
        { { "4405241880010100 444", 20 }, DISABILITY_IDNO },
        { { "440524188001010 1444", 20 }, DISABILITY_IDNO },
        { { "44052418800101001480", 20 }, DISABILITY_CATEGORY },
        { { "44052418800101001404", 20 }, DISABILITY_CATEGORY },
        { { "440524188001010014A4", 20 }, DISABILITY_CATEGORY },
        { { "44052418800101001445", 20 }, DISABILITY_GRADE },
        { { "44052418800101001440", 20 }, DISABILITY_GRADE },
    };
    struct disability d;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(parse(bad[i].typed, NO_STR, &d), bad[i].fault);
        assert_true(strlen(disability_fault_text(bad[i].fault)) > 10);
    }
    assert_int_equal(parse(STR("44052418800101001544"), NO_STR, &d), DISABILITY_IDNO);
    assert_int_equal(d.idno_fault, IDNO_CHECK);
    assert_int_equal(parse(STR("44052418800101001444"), STR("350424188001010017"), &d), DISABILITY_OTHER_PERSON);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(accepts), cmocka_unit_test(refuses) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
