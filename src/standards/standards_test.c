/* Standards: who points to them; an item of a catalogue with what has its code. */
#include "ledger/ledger.h"
#include "lists/lists.h"
#include "network/network.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct kit *k;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    return 0;
}

static int
close_kit(void **state)
{
    (void)state;
    kit_close(k);
    return 0;
}

/* covers: MZT-01 */
static void
items_rules_and_forms_point_to_a_standard(void **state)
{
    (void)state;
    struct kit_reply r = kit_get(k, "worker_a", "/catalogue?q=%E7%94%9F%E8%AE%A1%E5%B8%AE%E6%89%B6");              /* 生计帮扶 */
    assert_true(kit_has(r, "/catalogue/1.5") && kit_has(r, "为残疾人提供生计帮扶"));
    assert_false(kit_has(r, "\"/catalogue/1.4\""));
    r = kit_get(k, "worker_a", "/catalogue/1.5");
    assert_true(kit_has(r, "MZ/T 071-2016") && kit_has(r, "社区社会工作服务指南") && kit_has(r, "/standards/MZT071"));
    assert_true(kit_has(r, "1 统筹社区照顾"));
    assert_true(kit_has(kit_get(k, "worker_a", "/catalogue/GXP.4"), "/catalogue/1.5"));
    assert_int_equal(kit_get(k, "worker_a", "/catalogue/9.9").status, HTTP_NOT_FOUND);
    r = kit_get(k, "head_a", "/standards/MZT071");
    assert_true(kit_has(r, "民政部公告第397号") && kit_has(r, "推荐性行业标准") && kit_has(r, "社区社会工作服务目录") && kit_has(r, "社区社会工作服务指南"));
    r = kit_get(k, "head_a", "/standards/MZT094");
    assert_true(kit_has(r, "民政部公告第426号") && kit_has(r, "个案工作接案记录表"));
    assert_int_equal(kit_get(k, "head_a", "/standards/NONE").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, NULL, "/standards").status, HTTP_SEE_OTHER);
}

/* covers: GZ-01 */
static void
guangzhou_refers_to_ten_documents(void **state)
{
    static const char *const ten[] = {
        "广州市社会工作服务条例", "穗字〔2018〕11号", "穗民规字〔2018〕5号", "穗府办规〔2018〕13号", "民政部公告第397号", "民政部公告第396号",
        "儿童社会工作服务指南", "社会工作服务项目绩效评估指南", "社会工作方法 个案工作", "社会工作方法 小组工作",
    };
    static const char *const codes[] = { "GZR", "GZO", "GZF", "GZS", "MZT071", "ELDER", "CHILD", "MZT059", "MZT094", "MZT095" };
    (void)state;
    struct kit_reply all = kit_get(k, "head_a", "/standards"), own = kit_get(k, "head_a", "/standards/GZN");
    for (size_t i = 0; i < COUNT(ten); i++) {
        assert_true(kit_has(all, ten[i]));
        assert_true(kit_has(own, str_fmt(&k->arena, "/standards/%s", codes[i]).p));
        struct kit_reply one = kit_get(k, "head_a", str_fmt(&k->arena, "/standards/%s", codes[i]).p);
        assert_true(kit_has(one, "社会工作服务规范（广州）") && kit_has(one, "第2条"));          /* linked from the clause */
    }
    assert_true(kit_has(kit_get(k, "head_a", "/standards/GZF"), "第8.3条"));
    assert_true(kit_has(kit_get(k, "head_a", "/standards/MZT059"), "第6.3.4条"));
    assert_false(kit_has(kit_get(k, "head_a", "/standards/CHILD"), "第6."));
}

static int64_t
entered(const char *ledger, const char *params)
{
    const char *to = str_fmt(&k->arena, "/ledgers/%s/new", ledger).p;
    struct kit_reply r = kit_post(k, "head_a", to, str_fmt(&k->arena, "version=0&unit=%lld&on=2026-01-05&%s", (long long)k->station_a.v, params).p);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d", ledger, (int)r.status);
    return kit_id_in(r.location, str_fmt(&k->arena, "/ledgers/%s/", ledger).p);
}

/* covers: MZT-03 */
static void
services_posts_and_indicators_of_a_code_stand_together(void **state)
{
    struct unit_level level;
    (void)state;
    kit_begin(k);
    assert_true(unit_level_of(k->db, k->station_a, &level));
    const struct list_kind *kinds, *services = NULL;
    size_t n;
    kinds = list_kinds(&k->arena, level.profile, &n);
    for (size_t i = 0; i < n && services == NULL; i++) services = strcmp(kinds[i].shape->code, "services") == 0 ? &kinds[i] : NULL;
    assert_non_null(services);
    struct list_id list = list_make(k->db, &(struct list_new){ .unit = k->station_a, .kind = services->code.p, .title = "服务清单",
                                                               .from = date_add(today(), -9), .to = NO_DATE });
    list_add(k->db, list, services, &(struct line){ NO_LINE, .text = STR("独居老人每周探访"), .catalogue = STR("1.2") });
    list_add(k->db, list, services, &(struct line){ NO_LINE, .text = STR("青少年课后陪伴"), .catalogue = STR("1.3") });
    assert_true(list_publish(k->db, list, today()));
    kit_commit(k);
    int64_t post = entered("post_plan", "kind=worker&mode=station&amount=2&number=1.2");
    int64_t other = entered("post_plan", "kind=service&mode=station&amount=1&number=1.3");
    int64_t indicator = entered("indicator", "title=%E6%8E%A2%E8%AE%BF%E7%8E%87&amount=10&number=1.2");
    struct kit_reply r = kit_get(k, "head_a", "/catalogue/1.2");
    assert_true(kit_has(r, "独居老人每周探访") && kit_has(r, str_fmt(&k->arena, "/ledgers/post_plan/%lld", (long long)post).p));
    assert_true(kit_has(r, str_fmt(&k->arena, "/ledgers/indicator/%lld", (long long)indicator).p) && kit_has(r, "探访率"));
    assert_false(kit_has(r, "青少年课后陪伴") || kit_has(r, str_fmt(&k->arena, "/ledgers/post_plan/%lld", (long long)other).p));
    r = kit_get(k, "head_b", "/catalogue/1.2");         /* another station sees none of it */
    assert_false(kit_has(r, "独居老人每周探访") || kit_has(r, "探访率"));
    const char *bad = str_fmt(&k->arena, "version=0&unit=%lld&on=2026-01-05&kind=worker&mode=station&amount=2&number=99", (long long)k->station_a.v).p;
    r = kit_post(k, "head_a", "/ledgers/post_plan/new", bad);
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "服务目录中没有这个编码"));
}

/* What is counted under a code is told in steps, also where the code itself is harmless: else S4 follows by subtraction. */
static void
cases_are_told_in_steps(void **state)
{
    (void)state;
    kit_begin(k);
    char day[16];
    date_print(today(), day);
    for (int i = 0; i < 2; i++)
        db_exec(k->db, str_fmt(&k->arena, "INSERT INTO tally_up (area_id, unit_id, day, measure, n) VALUES (350424, %lld, 'm%.7s', 'case.code:%s', 3)",
                               (long long)k->station_a.v, day, i ? "1.6" : "1.2").p);
    kit_commit(k);
    assert_true(kit_has(kit_get(k, "head_a", "/catalogue/1.2"), "&lt;5"));
    assert_true(kit_has(kit_get(k, "head_a", "/catalogue/1.6"), "&lt;5"));
}

/* covers: GX-03 */
static void
the_five_basic_services(void **state)
{
    static const char *const five[] = { "社会救助", "养老服务", "儿童关爱", "残疾人服务", "社区治理" };
    (void)state;
    struct kit_reply r = kit_get(k, "head_a", "/catalogue?scheme=GXP");
    for (size_t i = 0; i < COUNT(five); i++)
        assert_true(kit_has(r, five[i]) && kit_has(r, str_fmt(&k->arena, "\"/catalogue/GXP.%zu\"", i + 1).p));
    assert_false(kit_has(r, "\"/catalogue/GXP.6\"") || kit_has(r, "\"/catalogue/1.1\""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_rules_and_forms_point_to_a_standard), cmocka_unit_test(guangzhou_refers_to_ten_documents),
        cmocka_unit_test(services_posts_and_indicators_of_a_code_stand_together), cmocka_unit_test(cases_are_told_in_steps),
        cmocka_unit_test(the_five_basic_services),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
