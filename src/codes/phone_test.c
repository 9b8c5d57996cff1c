#include "codes/phone.h"
#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
accepts(void **state)
{
    (void)state;
    static const struct { const char *typed, *text; enum phone_kind kind; } ok[] = {
        { "13800000000", "13800000000", PHONE_MOBILE },
        { "+86 138-0000-0000", "13800000000", PHONE_MOBILE },
        { "008613800000000", "13800000000", PHONE_MOBILE },
        { "19900000000", "19900000000", PHONE_MOBILE },
        { "0598-6820000", "0598-6820000", PHONE_LANDLINE },
        { "05986820000", "0598-6820000", PHONE_LANDLINE },
        { "(0598) 6820000", "0598-6820000", PHONE_LANDLINE },
        { "010-60000000", "010-60000000", PHONE_LANDLINE },
        { "02080000000", "020-80000000", PHONE_LANDLINE },
        { "0571-87000000", "0571-87000000", PHONE_LANDLINE },
        { "110", "110", PHONE_SHORT }, { "119", "119", PHONE_SHORT }, { "120", "120", PHONE_SHORT },
        { "12345", "12345", PHONE_SHORT }, { "12338", "12338", PHONE_SHORT },
    };
    for (size_t i = 0; i < COUNT(ok); i++) {
        struct phone p;
        assert_int_equal(phone_parse(str_of(ok[i].typed), &p), ok[i].kind);
        assert_string_equal(p.text, ok[i].text);
    }
}

static void
refuses(void **state)
{
    (void)state;
    static const struct str bad[] = {
        { NULL, 0 }, { "", 0 }, { "-", 1 }, { "12800000000", 11 }, { "1380000000", 10 }, { "138000000000", 12 },
        { "6820000", 7 }, { "0598-682000", 11 }, { "0598-682000000", 14 }, { "0158-6820000", 12 },
        { "0598-0820000", 12 }, { "１３８00000000", 17 }, { "138\0" "0000000", 11 }, { "1380000000x", 11 },
        { "111", 3 }, { "12399", 5 }, { "11111111111111111111", 20 },
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct phone p = { .kind = PHONE_SHORT };
        assert_int_equal(phone_parse(bad[i], &p), PHONE_BAD);
        assert_int_equal(p.kind, PHONE_SHORT);
    }
}

static void
masks(void **state)
{
    (void)state;
    struct arena a = { 0 };
    assert_true(str_is(phone_mask(&a, STR("138 0000 1234")), "138****1234"));
    assert_true(str_is(phone_mask(&a, STR("05986821234")), "0598-***1234"));
    assert_true(str_is(phone_mask(&a, STR("12345")), "12345"));
    assert_true(str_is(phone_mask(&a, STR("998877")), "******"));
    assert_true(phone_mask(&a, NO_STR).n == 0);
    arena_clear(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts), cmocka_unit_test(refuses), cmocka_unit_test(masks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
