#include "codes/idno.h"
#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static struct date
day(int y, int m, int d)
{
    struct date out;
    assert_true(date_of(y, m, d, &out));
    return out;
}

static enum idno_fault
parse(struct str s, struct idno *id)
{
    return idno_parse(s, day(2026, 11, 22), IDNO_ANY_AGE, id);
}

static void
accepts(void **state)
{
    (void)state;
    static const struct { const char *typed, *text; char sex; int division; } ok[] = {
        { "11010519491231002X", "11010519491231002X", '2', 110105 },
        { "11010519491231002x", "11010519491231002X", '2', 110105 },
        { "440524188001010014", "440524188001010014", '1', 440524 },
        { "350424188001010017", "350424188001010017", '1', 350424 },
        { "220104188002290021", "220104188002290021", '2', 220104 },
        { "440113188006150031", "440113188006150031", '1', 440113 },
        { "330481188012310043", "330481188012310043", '2', 330481 },
        { "150602188008080080", "150602188008080080", '2', 150602 },
        { "810000188001010015", "810000188001010015", '1', 810000 },
        { "830000188001010027", "830000188001010027", '2', 830000 },
        { " 440524188001010014\t", "440524188001010014", '1', 440524 },
    };
    for (size_t i = 0; i < COUNT(ok); i++) {
        struct idno id;
        assert_int_equal(parse(str_of(ok[i].typed), &id), IDNO_OK);
        assert_string_equal(id.text, ok[i].text);
        assert_int_equal(id.sex, ok[i].sex);
        assert_int_equal(id.division, ok[i].division);
        assert_false(id.from15);
        assert_false(id.foreign_permanent);
    }
}

static void
takes_the_birth_date(void **state)
{
    (void)state;
    struct idno id;
    assert_int_equal(parse(STR("220104188002290021"), &id), IDNO_OK);
    struct ymd y = date_ymd(id.born);
    assert_int_equal(y.y, 1880);
    assert_int_equal(y.m, 2);
    assert_int_equal(y.d, 29);
}

static void
converts_15_digits(void **state)
{
    (void)state;
    struct idno id;
    assert_int_equal(parse(STR("110105491231002"), &id), IDNO_OK);
    assert_string_equal(id.text, "11010519491231002X");
    assert_true(id.from15);
    assert_int_equal(parse(STR("11010549123100X"), &id), IDNO_CHARSET);
    assert_int_equal(parse(STR("110105490230002"), &id), IDNO_DATE);
}

static void
accepts_foreign_residents(void **state)
{
    (void)state;
    char text[19] = "93135619800101001";
    struct idno id;
    text[17] = idno_check(text);
    assert_int_equal(parse(str_of(text), &id), IDNO_OK);
    assert_true(id.foreign_permanent);
    text[17] = text[17] == '0' ? '1' : '0';
    assert_int_equal(parse(str_of(text), &id), IDNO_CHECK);
}

static void
refuses(void **state)
{
    (void)state;
    static const struct { struct str typed; enum idno_fault fault; } bad[] = {
        { { "", 0 }, IDNO_LENGTH },
        { { NULL, 0 }, IDNO_LENGTH },
        { { "11010519491231002", 17 }, IDNO_LENGTH },
        { { "11010519491231002X0", 19 }, IDNO_LENGTH },
        { { "110105 19491231002X", 19 }, IDNO_LENGTH },
        { { "1101051949123100 X", 18 }, IDNO_CHARSET },
        { { "1101051949\0" "231002X", 18 }, IDNO_CHARSET },
        { { "X10105194912310021", 18 }, IDNO_CHARSET },
        { { "11010519491231002Y", 18 }, IDNO_CHARSET },
        { { "１１０１０５１９４９１２３１００２１", 54 }, IDNO_CHARSET },
        { { "100105194912310021", 18 }, IDNO_PROVINCE },
        { { "840000188001010015", 18 }, IDNO_PROVINCE },
        { { "110105194902300028", 18 }, IDNO_DATE },
        { { "110105190002290021", 18 }, IDNO_DATE },
        { { "110105194913010021", 18 }, IDNO_DATE },
        { { "110105194900010021", 18 }, IDNO_DATE },
        { { "110105202612010021", 18 }, IDNO_FUTURE },
        { { "110105194912310021", 18 }, IDNO_CHECK },
        { { "440524188001010015", 18 }, IDNO_CHECK },
        { { "440524188001010041", 18 }, IDNO_CHECK },
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct idno id = { .sex = '?' };
        assert_int_equal(parse(bad[i].typed, &id), bad[i].fault);
        assert_int_equal(id.sex, '?');
        assert_true(strlen(idno_fault_text(bad[i].fault)) > 10);
    }
}

static void
limits_the_age(void **state)
{
    (void)state;
    struct idno id;
    struct str s = STR("440524188001010014");
    assert_int_equal(idno_parse(s, day(2030, 12, 31), IDNO_AGE_LIMIT, &id), IDNO_OK);
    assert_int_equal(idno_parse(s, day(2031, 1, 1), IDNO_AGE_LIMIT, &id), IDNO_AGE);
    assert_int_equal(idno_parse(s, day(2031, 1, 1), IDNO_ANY_AGE, &id), IDNO_OK);
    assert_int_equal(idno_parse(s, day(1880, 1, 1), IDNO_AGE_LIMIT, &id), IDNO_OK);
    assert_int_equal(idno_parse(s, day(1879, 12, 31), IDNO_AGE_LIMIT, &id), IDNO_FUTURE);
}

static void
masks(void **state)
{
    (void)state;
    struct arena a = { 0 };
    assert_true(str_is(idno_mask(&a, STR("11010519491231002X")), "110105********002X"));
    assert_true(str_is(idno_mask(&a, STR("E1234567")), "********"));
    assert_true(str_is(idno_mask(&a, STR("10202¥11-26-11-21")), "******************"));    /* 18 bytes */
    assert_true(idno_mask(&a, NO_STR).n == 0);
    arena_clear(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts), cmocka_unit_test(takes_the_birth_date), cmocka_unit_test(converts_15_digits),
        cmocka_unit_test(accepts_foreign_residents), cmocka_unit_test(refuses), cmocka_unit_test(limits_the_age),
        cmocka_unit_test(masks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
