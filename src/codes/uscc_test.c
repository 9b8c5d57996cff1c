#include "codes/uscc.h"
#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
accepts(void **state)
{
    (void)state;
    static const struct { const char *typed, *kind; int division; bool usual; } ok[] = {
        { "91350100M000100Y43", "91", 350100, true },
        { "91350100m000100y43", "91", 350100, true },
        { "52440113MJK000014N", "52", 440113, true },
        { "53330481MJ960001XN", "53", 330481, true },
        { "11440113MB2C000132", "11", 440113, false },
        { "54350424MF1234567R", "54", 350424, false },
        { "52370102MJD712342F", "52", 370102, true },
    };
    for (size_t i = 0; i < COUNT(ok); i++) {
        struct uscc u;
        assert_int_equal(uscc_parse(str_of(ok[i].typed), &u), USCC_OK);
        assert_string_equal(u.kind, ok[i].kind);
        assert_int_equal(u.division, ok[i].division);
        assert_int_equal(uscc_kind_usual(&u), ok[i].usual);
        assert_true(orgcode_valid(str_of(u.organisation)));
    }
}

static void
names_the_kind(void **state)
{
    (void)state;
    struct uscc u;
    assert_int_equal(uscc_parse(STR("52440113MJK000014N"), &u), USCC_OK);
    assert_string_equal(uscc_kind_text(&u), "社会服务机构（民办非企业单位）");
    assert_int_equal(uscc_parse(STR("54350424MF1234567R"), &u), USCC_OK);
    assert_null(uscc_kind_text(&u));
}

static void
refuses(void **state)
{
    (void)state;
    static const struct { struct str typed; enum uscc_fault fault; } bad[] = {
        { { NULL, 0 }, USCC_LENGTH },
        { { "91350100M000100Y4", 17 }, USCC_LENGTH },
        { { "91350100 M000100Y43", 19 }, USCC_LENGTH },
        { { "91350100M000100Y44", 18 }, USCC_CHECK },
        { { "91350100M000100I43", 18 }, USCC_CHARSET },
        { { "91350100M\0" "00100Y43", 18 }, USCC_CHARSET },
        { { "913501A0M000100Y43", 18 }, USCC_CHARSET },
        { { "９1350100M000100Y43", 20 }, USCC_CHARSET },
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct uscc u = { .division = -1 };
        assert_int_equal(uscc_parse(bad[i].typed, &u), bad[i].fault);
        assert_int_equal(u.division, -1);
        assert_true(strlen(uscc_fault_text(bad[i].fault)) > 10);
    }
}

static void
checks_the_code_inside(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    char text[19] = "91350100M000100Y53";       /* the outer check is searched for, the inner stays wrong */
    struct uscc u;
    size_t inner = 0;
    for (size_t i = 0; alphabet[i]; i++) {
        text[17] = alphabet[i];
        inner += uscc_parse(str_of(text), &u) == USCC_ORGANISATION;
    }
    assert_int_equal(inner, 1);
    assert_true(orgcode_valid(STR("D2143569X")));
    assert_true(orgcode_valid(STR("D2143569-X")));
    assert_false(orgcode_valid(STR("D21435690")));
    assert_false(orgcode_valid(STR("D2143569")));
    assert_false(orgcode_valid(STR("d2143569X")));
    assert_false(orgcode_valid(NO_STR));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts), cmocka_unit_test(names_the_kind), cmocka_unit_test(refuses),
        cmocka_unit_test(checks_the_code_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
