#include "codes/division.h"
#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static void
finds_level_and_parent(void **state)
{
    (void)state;
    static const struct { const char *code; enum division_level level; const char *parent; } cases[] = {
        { "350000000000", DIVISION_PROVINCE, NULL },
        { "350400000000", DIVISION_PREFECTURE, "350000000000" },
        { "350424000000", DIVISION_COUNTY, "350400000000" },
        { "350424100000", DIVISION_TOWNSHIP, "350424000000" },
        { "350424100201", DIVISION_VILLAGE, "350424100000" },
        { "441900003000", DIVISION_TOWNSHIP, "441900000000" },
        { "441900003001", DIVISION_VILLAGE, "441900003000" },
        { "000000000000", DIVISION_BAD, NULL }, { "350024000000", DIVISION_BAD, NULL },
        { "350424000201", DIVISION_BAD, NULL }, { "350424", DIVISION_BAD, NULL },
        { "35042410020x", DIVISION_BAD, NULL }, { "", DIVISION_BAD, NULL },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char parent[13];
        assert_int_equal(division_level(str_of(cases[i].code)), cases[i].level);
        assert_int_equal(division_parent(str_of(cases[i].code), parent), cases[i].parent != NULL);
        if (cases[i].parent) assert_string_equal(parent, cases[i].parent);
    }
}

static void
knows_kinds_by_range(void **state)
{
    (void)state;
    static const struct { const char *code; enum division_kind kind; } cases[] = {
        { "350424000000", DIVISION_KIND_NONE }, { "350424001000", DIVISION_STREET }, { "350424099000", DIVISION_STREET },
        { "350424100000", DIVISION_TOWN }, { "350424199000", DIVISION_TOWN }, { "350424200000", DIVISION_XIANG },
        { "350424399000", DIVISION_XIANG }, { "350424400000", DIVISION_ENTERPRISE },
        { "350424599000", DIVISION_ENTERPRISE }, { "350424600000", DIVISION_KIND_NONE },
        { "350424100001", DIVISION_RESIDENTS }, { "350424100199", DIVISION_RESIDENTS },
        { "350424100200", DIVISION_VILLAGERS }, { "350424100399", DIVISION_VILLAGERS },
        { "350424100400", DIVISION_LIKE_RESIDENTS }, { "350424100500", DIVISION_LIKE_VILLAGERS },
        { "350424100600", DIVISION_KIND_NONE },
    };
    for (size_t i = 0; i < COUNT(cases); i++) assert_int_equal(division_kind(str_of(cases[i].code)), cases[i].kind);
    assert_string_equal(division_kind_text(DIVISION_TOWN), "镇");
}

static void
contains(void **state)
{
    (void)state;
    assert_true(division_in(STR("350424100201"), STR("350424000000")));
    assert_true(division_in(STR("350424100201"), STR("350424100201")));
    assert_true(division_in(STR("350424100201"), STR("350000000000")));
    assert_false(division_in(STR("350424000000"), STR("350424100201")));
    assert_false(division_in(STR("350425100201"), STR("350424000000")));
    assert_false(division_in(STR("350424100201"), STR("")));
}

static void
pads(void **state)
{
    (void)state;
    char full[13];
    assert_true(division_full(STR("350424"), full));
    assert_string_equal(full, "350424000000");
    assert_true(division_full(STR("350424100"), full));
    assert_string_equal(full, "350424100000");
    assert_false(division_full(STR("35042"), full));
    assert_false(division_full(STR("35042a"), full));
    assert_false(division_full(NO_STR, full));
}

static void
knows_urban_and_rural(void **state)
{
    (void)state;
    assert_string_equal(division_class_text(111), "主城区");
    assert_string_equal(division_class_text(220), "村庄");
    assert_null(division_class_text(130));
    assert_true(division_class_urban(121));
    assert_false(division_class_urban(210));
    assert_false(division_class_urban(199));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_level_and_parent), cmocka_unit_test(knows_kinds_by_range), cmocka_unit_test(contains),
        cmocka_unit_test(pads), cmocka_unit_test(knows_urban_and_rural),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
