#include "codes/pinyin.h"
#include "codes/text.h"
#include <pthread.h>
#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

static struct arena a;

static int
start(void **state)
{
    (void)state;
    return pinyin_load() ? 0 : -1;
}

static int
clear(void **state)
{
    (void)state;
    arena_clear(&a);
    return 0;
}

static const struct { const char *name, *pinyin; } hard[] = {
    { "张秀英", "zhang xiu ying" }, { "欧阳修", "ou yang xiu" }, { "尉迟恭", "yu chi gong" },
    { "单于明", "chan yu ming" }, { "单雄信", "shan xiong xin" }, { "万俟卨", "mo qi xie" },
    { "司马光", "si ma guang" }, { "诸葛亮", "zhu ge liang" }, { "长孙无忌", "zhang sun wu ji" },
    { "令狐冲", "ling hu chong" }, { "澹台灭明", "tan tai mie ming" }, { "皇甫嵩", "huang fu song" },
    { "曾国藩", "zeng guo fan" }, { "解缙", "xie jin" }, { "仇英", "qiu ying" }, { "区寄", "ou ji" },
    { "查慎行", "zha shen xing" }, { "翟让", "zhai rang" }, { "任宏", "ren hong" }, { "葛洪", "ge hong" },
    { "朴智", "piao zhi" }, { "缪昌期", "miao chang qi" }, { "覃文", "qin wen" }, { "黑明", "he ming" },
    { "宓子", "mi zi" }, { "乐毅", "yue yi" }, { "王乐", "wang le" }, { "员半千", "yun ban qian" },
    { "逄萌", "pang meng" }, { "冼星", "xian xing" }, { "种师道", "chong shi dao" }, { "召平", "shao ping" },
    { "秘明", "bi ming" }, { "繁钦", "po qin" }, { "乜文", "nie wen" }, { "阚泽", "kan ze" }, { "谌容", "chen rong" },
    { "臧克", "zang ke" }, { "亓元", "qi yuan" }, { "仝仁", "tong ren" }, { "庹明", "tuo ming" },
    { "吕布", "lu bu" }, { "盛莉", "sheng li" }, { "卜式", "bu shi" }, { "车胤", "che yin" }, { "贾谊", "jia yi" },
    { "尹长生", "yin chang sheng" }, { "刘晟", "liu sheng" }, { "李率", "li shuai" }, { "何单", "he dan" },
    { "阿卜杜拉·买买提", "a bu du la mai mai ti" }, { "John", "" }, { "欧阳", "ou yang" }, { "", "" },
};

static void
reads_names(void **state)
{
    (void)state;
    for (int again = 0; again < 2; again++)             /* the second time from the table */
        for (size_t i = 0; i < COUNT(hard); i++) {
            struct str got = pinyin_of(&a, str_of(hard[i].name));
            assert_string_equal(str_z(&a, got), hard[i].pinyin);
        }
}

static void *
read_all(void *wrong)
{
    struct arena mine = { 0 };
    for (size_t i = 0; i < COUNT(hard) * 50; i++)
        if (!str_is(pinyin_of(&mine, str_of(hard[i % COUNT(hard)].name)), hard[i % COUNT(hard)].pinyin))
            *(bool *)wrong = true;
    arena_clear(&mine);
    return NULL;
}

static void
reads_in_threads(void **state)
{
    (void)state;
    pthread_t t[3];
    bool wrong[3] = { false };
    for (size_t i = 0; i < COUNT(t); i++) assert_int_equal(pthread_create(&t[i], NULL, read_all, &wrong[i]), 0);
    for (size_t i = 0; i < COUNT(t); i++) {
        pthread_join(t[i], NULL);
        assert_false(wrong[i]);
    }
}

static void
knows_the_surname(void **state)
{
    (void)state;
    assert_int_equal(pinyin_surname(STR("张秀英")), 1);
    assert_int_equal(pinyin_surname(STR("欧阳修")), 2);
    assert_int_equal(pinyin_surname(STR("欧阳")), 1);
    assert_int_equal(pinyin_surname(STR("阿卜杜拉·买买提")), 4);
    assert_int_equal(pinyin_surname(STR("John")), 0);
}

/* "a b c": exactly these terms, in any order. */
static void
assert_terms(const char *name, const char *expected)
{
    struct str *terms, rest = str_of(expected);
    size_t n = text_terms(&a, str_of(name), pinyin_of(&a, str_of(name)), &terms), wanted = 0;
    while (rest.n) {
        struct str want = str_cut(&rest, ' ');
        size_t found = 0;
        for (size_t i = 0; i < n; i++) found += str_eq(terms[i], want);
        if (found != 1) fail_msg("%s: %.*s is there %zu times", name, FMT(want), found);
        wanted++;
    }
    assert_int_equal(n, wanted);
}

static void
makes_terms(void **state)
{
    (void)state;
    assert_terms("张秀英", "n:张秀 n:秀英 n:英 p:zhangxiuying p:xiuying i:zxy");
    assert_terms("欧阳修", "n:欧阳 n:阳修 n:修 p:ouyangxiu p:xiu i:oyx");
    assert_terms("吕布", "n:吕布 n:布 p:lubu p:lvbu p:bu i:lb");
    assert_terms("王女", "n:王女 n:女 p:wangnu p:wangnv p:nu p:nv i:wn");
    assert_terms("卢布", "n:卢布 n:布 p:lubu p:bu i:lb");
    assert_terms("李", "n:李 p:li i:l");
    assert_terms("李丽丽丽", "n:李丽 n:丽丽 n:丽 p:lilili p:lililili i:llll");
    assert_terms("阿里·买买提", "n:阿里 n:里买 n:买买 n:买提 n:提 p:alimaimaiti p:maimaiti i:almmt");
    assert_terms("John O'Neill", "n:john n:oneill p:john p:oneill");
    assert_terms("Ғалым Ә", "n:ғалым n:ә");
    assert_terms("", "");
}

static void
assert_query(const char *typed, const char *expected, enum term_match match)
{
    struct text_query q[2];
    struct str rest = str_of(expected);
    size_t n = text_query(&a, str_of(typed), q), i = 0;
    for (; rest.n; i++) {
        struct str want = str_cut(&rest, ' ');
        assert_true(i < n);
        assert_true(str_eq(q[i].term, want));
        assert_int_equal(q[i].match, match);
    }
    assert_int_equal(n, i);
}

static void
makes_queries(void **state)
{
    (void)state;
    assert_query("张", "n:张", TERM_PREFIX);
    assert_query(" 秀英 ", "n:秀英", TERM_EXACT);
    assert_query("张 秀英", "n:张秀", TERM_VERIFY);
    assert_query("ZXY", "p:zxy i:zxy", TERM_PREFIX);
    assert_query("zhang", "p:zhang i:zhang", TERM_PREFIX);
    assert_query("Zhang Xiu", "p:zhangxiu", TERM_PREFIX);
    assert_query("Ғалым", "n:ғалым", TERM_PREFIX);
    assert_query("13", "n:13", TERM_PREFIX);
    assert_query("", "", TERM_EXACT);
    assert_query(" · ", "", TERM_EXACT);
    assert_true(text_holds(&a, STR("阿卜杜拉·买买提"), STR("杜拉买")));
    assert_false(text_holds(&a, STR("张秀英"), STR("张秀兰")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(reads_in_threads, clear), cmocka_unit_test_teardown(reads_names, clear),
        cmocka_unit_test_teardown(knows_the_surname, clear), cmocka_unit_test_teardown(makes_terms, clear),
        cmocka_unit_test_teardown(makes_queries, clear),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
