#include "codes/codes.h"
#include "codes/pinyin.h"
#include "base/data.h"
#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <unistd.h>

static int
start(void **state)
{
    (void)state;
    return codes_load() ? 0 : -1;
}

static const struct code_table *
table(const char *name)
{
    const struct code_table *t = codes_table(name);
    if (t == NULL) fail_msg("no table %s", name);
    return t;
}

static void
has_every_table(void **state)
{
    (void)state;
    static const struct { const char *name; size_t n; } wanted[] = {
        { "sex", 4 }, { "marital", 8 }, { "health", 22 }, { "employment", 13 }, { "education", 40 }, { "family", 84 },
        { "political", 13 }, { "ethnic", 58 }, { "disability_category", 7 }, { "disability_grade", 4 },
        { "self_care", 4 }, { "residence_state", 3 }, { "client_category", 53 }, { "client_category_gd", 20 },
        { "minor_harm", 9 }, { "case_close_reason", 12 }, { "urgency", 4 }, { "risk_flag", 12 }, { "case_source", 13 },
        { "province", 34 }, { "case_states", 12 }, { "urban_rural", 7 },
    };
    for (size_t i = 0; i < COUNT(wanted); i++) {
        size_t n;
        codes_entries(table(wanted[i].name), &n);
        if (n != wanted[i].n) fail_msg("%s has %zu entries", wanted[i].name, n);
    }
    assert_null(codes_table("no such table"));
}

static void
labels(void **state)
{
    (void)state;
    assert_string_equal(codes_label(table("ethnic"), STR("22"), LANG_ZH), "畲族");
    assert_string_equal(codes_label(table("ethnic"), STR("22"), LANG_EN), "She");
    assert_string_equal(codes_label(table("ethnic"), STR("99"), LANG_ZH), "");
    assert_string_equal(codes_title(table("sex"), LANG_EN), "Sex");
    assert_string_equal(codes_text(codes_find(table("ethnic"), STR("56")), "letters"), "JN");
}

static void
finds_by_label(void **state)
{
    (void)state;
    static const struct { const char *table, *label, *code; } found[] = {
        { "sex", "男", "1" }, { "sex", " 女性 ", "2" }, { "sex", "M", "1" }, { "sex", "1", "1" },
        { "ethnic", "汉", "01" }, { "ethnic", "汉族", "01" }, { "education", "大专", "30" },
        { "client_category", "低保", "A01" }, { "client_category", "特困", "A02" },
        { "client_category", "事实无人抚养", "C02" }, { "political", "党员", "01" }, { "family", "丈夫", "11" },
    };
    for (size_t i = 0; i < COUNT(found); i++) {
        const struct code_entry *e = codes_by_label(table(found[i].table), str_of(found[i].label));
        if (e == NULL) fail_msg("%s not found", found[i].label);
        assert_true(str_is(e->code, found[i].code));
    }
    assert_null(codes_by_label(table("sex"), STR("雄")));
    assert_null(codes_by_label(table("sex"), NO_STR));
}

static void
tells_members(void **state)
{
    (void)state;
    const struct code_entry *e = codes_find(table("client_category"), STR("A07"));
    assert_int_equal(e->level, 3);
    assert_true(codes_has(e, "groups", "特"));
    assert_false(codes_has(e, "groups", "老"));
    assert_int_equal(codes_int(codes_find(table("urgency"), STR("2")), "minutes", -1), 1440);
    assert_int_equal(codes_int(codes_find(table("sex"), STR("1")), "minutes", -1), -1);
    assert_string_equal(codes_text(codes_find(table("case_close_reason"), STR("43")), "parent"), "4");
    size_t n, mandatory = 0;
    const struct code_entry *risks = codes_entries(table("risk_flag"), &n);
    for (size_t i = 0; i < n; i++) mandatory += codes_flag(&risks[i], "mandatory");
    assert_int_equal(mandatory, 6);
    assert_true(codes_find(table("ethnic"), STR("25"))->check);
    assert_false(codes_find(table("ethnic"), STR("01"))->check);
}

/* Every code that names another entry or table must find it. */
static void
refers_to_what_exists(void **state)
{
    (void)state;
    static const char *const with_parents[] = { "marital", "health", "education", "case_close_reason" };
    size_t n;
    for (size_t k = 0; k < COUNT(with_parents); k++) {
        const struct code_entry *e = codes_entries(table(with_parents[k]), &n);
        for (size_t i = 0; i < n; i++) {
            struct str parent = str_of(codes_text(&e[i], "parent"));
            if (parent.n) assert_non_null(codes_find(table(with_parents[k]), parent));
        }
    }
    const struct code_entry *e = codes_entries(table("client_category_gd"), &n);
    for (size_t i = 0; i < n; i++)
        assert_non_null(codes_find(table("client_category"), str_of(codes_text(&e[i], "maps_to"))));
}

/* Loads one table from a folder of its own. */
static bool
load(const char *text)
{
    char dir[] = "/tmp/codes_test.XXXXXX";
    struct arena a = { 0 };
    assert_non_null(mkdtemp(dir));
    struct str codes = str_fmt(&a, "%s/codes", dir), t = str_fmt(&a, "%s/t.json", codes.p);
    struct str pinyin = str_fmt(&a, "%s/pinyin.json", codes.p);
    assert_int_equal(system(str_fmt(&a, "mkdir %s", codes.p).p), 0);
    FILE *f = fopen(t.p, "w");
    fputs(text, f);
    fclose(f);
    f = fopen(pinyin.p, "w");
    fputs("{\"compound_surnames\": [{\"zh\": \"欧阳\", \"pinyin\": \"ou yang\"}], \"entries\": []}", f);
    fclose(f);
    data_dir_set(dir);
    bool ok = codes_load();
    data_dir_set(NULL);
    assert_int_equal(system(str_fmt(&a, "rm -r %s", dir).p), 0);
    arena_clear(&a);
    return ok;
}

#define HEAD "{\"name\": \"t\", \"title\": \"题\", \"title_en\": \"T\", \"source\": \"s\", \"entries\": [\n"

static void
dates_close_codes(void **state)
{
    (void)state;
    assert_true(load(HEAD "{\"code\": \"1\", \"zh\": \"旧\", \"en\": \"old\", \"to\": \"2020-12-31\"},\n"
                     "{\"code\": \"2\", \"zh\": \"新\", \"en\": \"new\", \"from\": \"2021-01-01\"}]}"));
    const struct code_table *t = table("t");
    struct date last, first;
    date_of(2020, 12, 31, &last);
    first = date_add(last, 1);
    assert_true(codes_valid(t, STR("1"), last));
    assert_false(codes_valid(t, STR("1"), first));
    assert_false(codes_valid(t, STR("2"), last));
    assert_true(codes_valid(t, STR("2"), first));
    assert_false(codes_valid(t, STR("3"), first));
    size_t n;
    const struct choice *c = codes_choices(t, &n);
    assert_int_equal(n, 1);
    assert_string_equal(c[0].code, "2");
    assert_string_equal(codes_label(t, STR("1"), LANG_ZH), "旧");
}

static void
refuses_wrong_files(void **state)
{
    (void)state;
    assert_true(load(HEAD "{\"code\": \"1\", \"zh\": \"一\", \"en\": \"one\"}]}"));
    assert_false(load(""));
    assert_false(load(HEAD "{\"code\": \"1\", \"zh\": \"一\", \"en\": \"one\"},]}"));
    assert_false(load(HEAD "{\"code\": \"1\", \"code\": \"2\", \"zh\": \"一\", \"en\": \"one\"}]}"));
    assert_false(load(HEAD "{\"code\": \"1\", \"zh\": \"一\"}]}"));
    assert_false(load(HEAD "{\"zh\": \"一\", \"en\": \"one\"}]}"));
    assert_false(load(HEAD "{\"code\": \"1\", \"zh\": \"一\", \"en\": \"one\", \"level\": 5}]}"));
    assert_false(load(HEAD "{\"code\": \"1\", \"zh\": \"一\", \"en\": \"one\", \"to\": \"2020-02-30\"}]}"));
    assert_false(load(HEAD "{\"code\": \"1\", \"zh\": \"一\", \"en\": \"one\"},\n"
                      "{\"code\": \"1\", \"zh\": \"二\", \"en\": \"two\"}]}"));
    assert_false(load(HEAD "]}"));
    assert_false(load("{\"name\": \"u\", \"title\": \"题\", \"title_en\": \"T\", \"source\": \"s\", \"entries\": "
                      "[{\"code\": \"1\", \"zh\": \"一\", \"en\": \"one\"}]}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_every_table), cmocka_unit_test(labels), cmocka_unit_test(finds_by_label),
        cmocka_unit_test(tells_members), cmocka_unit_test(refers_to_what_exists), cmocka_unit_test(dates_close_codes),
        cmocka_unit_test(refuses_wrong_files),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
