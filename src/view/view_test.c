#include "view/view.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct arena arena;
static struct buf o;

static int
fresh(void **state)
{
    (void)state;
    arena_clear(&arena);
    o = (struct buf){ .arena = &arena };
    return 0;
}

static bool
printed(const char *want)
{
    bool is = str_is(buf_str(&o), want);
    if (!is) print_error("printed: %.*s\n", FMT(buf_str(&o)));
    o.n = 0;
    return is;
}

static void
escapes(void **state)
{
    (void)state;
    PUT(&o, "<a href='x'>&\"");
    assert_true(printed("&lt;a href=&#39;x&#39;&gt;&amp;&quot;"));
    PUT(&o, STR("甲\x01\x0b\t\r\n\x1f乙"));
    assert_true(printed("甲\t\r\n乙"));
    PUT(&o, ((struct str){ "a\0b", 3 }));
    assert_true(printed("ab"));
    PUT(&o, NO_STR);
    assert_true(printed(""));
    PUT(&o, ((struct html){ STR("<b>") }));
    assert_true(printed("<b>"));
}

static void
types(void **state)
{
    (void)state;
    struct date d;
    assert_true(date_of(2026, 11, 22, &d));
    PUT(&o, -5);
    PUT(&o, (size_t)7);
    PUT(&o, INT64_MIN);
    assert_true(printed("-57-9223372036854775808"));
    PUT(&o, 2.5);
    PUT(&o, 3.0);
    assert_true(printed("2.53"));
    PUT(&o, d);
    assert_true(printed("2026-11-22"));
    PUT(&o, instant_at(d, 14, 5));
    assert_true(printed("2026-11-22 14:05"));
    PUT(&o, ((struct money){ 123456 }));
    assert_true(printed("1,234.56"));
    PUT(&o, NO_DATE);
    PUT(&o, NO_TIME);
    PUT(&o, NO_MONEY);
    assert_true(printed(""));
}

static void
urls(void **state)
{
    (void)state;
    PUT_URL(&o, STR("a/b?c=d&e 张.-_~"));
    assert_true(printed("a%2Fb%3Fc%3Dd%26e%20%E5%BC%A0.-_~"));
    PUT_URL(&o, "javascript:x");
    assert_true(printed("javascript%3Ax"));
    PUT_URL(&o, url_of("/cases?a=1&b=2"));
    assert_true(printed("/cases?a=1&amp;b=2"));
    PUT_URL(&o, url_fmt(&arena, "/cases/%d?sort=%s", 7, "name"));
    assert_true(printed("/cases/7?sort=name"));
}

static void
json(void **state)
{
    (void)state;
    put_json_str(&o, STR("a\"b\\c\n\x02张"));
    assert_true(printed("\"a\\\"b\\\\c\\n\\u0002张\""));
    put_json_str(&o, NO_STR);
    assert_true(printed("\"\""));
}

static void
languages(void **state)
{
    (void)state;
    PUT(&o, (bool)true);
    assert_true(printed("是"));
    o.lang = LANG_EN;
    PUT(&o, (bool)false);
    assert_true(printed("no"));
    assert_string_equal(tr(LANG_EN, "没有这句话的译文"), "没有这句话的译文");
    put_tr(&o, "<没有>");
    assert_true(printed("&lt;没有&gt;"));
    assert_true(str_is(tr_fmt(&arena, LANG_EN, "%d 个 %s", 3, "x"), "3 个 x"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(escapes, fresh), cmocka_unit_test_setup(types, fresh),
        cmocka_unit_test_setup(urls, fresh), cmocka_unit_test_setup(json, fresh),
        cmocka_unit_test_setup(languages, fresh),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_clear(&arena);
    return failed;
}
