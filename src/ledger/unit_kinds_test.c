/* What single ledgers must tell, find and refuse: teams, support, feedback, tasks, trainers, talents, talks. */
#include "ledger/ledger.h"
#include "form/form.h"
#include "staff/staff.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { AREA = 350424 };

static struct kit *k;
static struct staff_id mine, tutor;

static struct staff_id
someone(struct unit_id unit, const char *name)
{
    struct staff_new s = { .unit = unit,
                           .name = str_of(name),
                           .sex = STR("2"),
                           .born = NO_DATE,
                           .employment = STR("full"),
                           .service_from = NO_DATE,
                           .started_on = date_add(today(), -400) };
    return staff_make(k->db, AREA, &s);
}

static const char *
day(int days)
{
    char z[16];
    struct str s = { z, date_print(date_add(today(), days), z) };
    return str_z(&k->arena, s);
}

static const char *
path(const char *fmt, const char *code, int64_t id)
{
    return str_fmt(&k->arena, fmt, code, (long long)id).p;
}

static int64_t
added(const char *login, const char *code, const char *params)
{
    struct kit_reply r = kit_post(k, login, path("/ledgers/%s/new", code, 0), params);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d\n%.3000s", code, (int)r.status, str_z(&k->arena, r.body));
    return kit_id_in(r.location, path("/ledgers/%s/", code, 0));
}

static enum http
answer(const char *login, const char *code, const char *params)
{
    return kit_post(k, login, path("/ledgers/%s/new", code, 0), params).status;
}

static int64_t
unit_entry(const char *code, const char *rest)
{
    return added("head_a", code, str_fmt(&k->arena, "version=0&unit=%lld&on=%s&%s", (long long)k->station_a.v, day(-20), rest).p);
}

static const char *
zh(const char *text)
{
    return str_z(&k->arena, kit_enc(k, text));
}

static bool
lists(const char *code, const char *query, const char *text)
{
    return kit_has(kit_get(k, "head_a", str_fmt(&k->arena, "/ledgers/%s?%s", code, query).p), text);
}

/* covers: JL-15, JL-18, JL-30, GD-24, ZL-04 */
static void
teams_support_brands_and_programmes(void **state)
{
    (void)state;
    unit_entry("dispatch", str_fmt(&k->arena, "kind=base&party=%s&amount=24&until=%s", zh("某师范大学"), day(340)).p);
    unit_entry("dispatch", str_fmt(&k->arena, "kind=team&party=%s&amount=3&until=%s", zh("某社工机构"), day(100)).p);
    assert_true(lists("dispatch", "kind=base", "某师范大学") && lists("dispatch", "kind=base", ">24<") && lists("dispatch", "kind=base", day(340)));
    assert_false(lists("dispatch", "kind=base", "某社工机构"));
    assert_int_equal(answer("head_a", "dispatch", str_fmt(&k->arena, "version=0&unit=%lld&on=%s&kind=team&party=x&amount=0&until=%s",
                                                          (long long)k->station_a.v, day(0), day(1)).p), HTTP_INVALID);
    static const char *const kinds[] = { "threshold", "premises", "purchase", "volunteers" };
    for (size_t i = 0; i < COUNT(kinds); i++)
        unit_entry("support", str_fmt(&k->arena, "kind=%s&party=%s&title=%s%zu&money=100", kinds[i], zh("暖阳社工服务中心"), zh("扶持"), i).p);
    unit_entry("support", str_fmt(&k->arena, "kind=purchase&party=%s&title=%s", zh("另一家"), zh("别家的扶持")).p);
    const char *agency = str_fmt(&k->arena, "q=%s", zh("暖阳")).p;
    assert_true(lists("support", agency, "扶持0") && lists("support", agency, "扶持3") && lists("support", agency, "降低门槛"));
    assert_false(lists("support", agency, "别家的扶持"));
    int64_t brand = unit_entry("brand", str_fmt(&k->arena, "title=%s&body=%s", zh("暖心茶座"), zh("三年服务两千人次")).p);
    assert_true(lists("brand", "", "暖心茶座"));
    assert_true(kit_has(kit_get(k, "head_a", path("/ledgers/%s/%lld", "brand", brand)), "三年服务两千人次"));
    int64_t programme = unit_entry("programme", str_fmt(&k->arena, "title=%s&mode=%s&number=%s&until=%s", zh("双百工程"), zh("双百计划"), zh("启动通知"),
                                                        day(710)).p);
    struct kit_reply r = kit_get(k, "worker_a", path("/ledgers/%s/%lld", "programme", programme));
    assert_true(kit_has(r, "双百计划") && kit_has(r, day(710)));
    unit_entry("contact", str_fmt(&k->arena, "party=%s&title=%s&number=%s", zh("慈善处"), zh("督导某"), zh("省社会工作协会")).p);
    assert_true(lists("contact", "", "慈善处") && lists("contact", "", "督导某") && lists("contact", "", "省社会工作协会"));
}

/* covers: SA-08, OR-14, GX-04, GZ-26, GZ-27 */
static void
feedback_tasks_trainers_and_courses(void **state)
{
    (void)state;
    int64_t asked = unit_entry("feedback", str_fmt(&k->arena, "title=%s&body=x&mode=%s&party=%s&until=%s", zh("临时救助"), zh("放宽户籍"), zh("县民政局"), day(-2)).p);
    unit_entry("feedback", str_fmt(&k->arena, "title=%s&body=x&mode=y&party=z&until=%s&done=%s&state=%s", zh("低保渐退"), day(9), day(-1), zh("已采纳")).p);
    assert_true(lists("feedback", "show=late", "临时救助") && lists("feedback", "show=late", "未答复"));
    assert_false(lists("feedback", "show=late", "低保渐退"));
    assert_true(lists("feedback", "", "按期"));
    assert_true(kit_has(kit_get(k, "head_a", path("/ledgers/%s/%lld", "feedback", asked)), "放宽户籍"));
    unit_entry("handed_down", str_fmt(&k->arena, "party=%s&title=%s&money=30000&number=HT-1", zh("县残联"), zh("残疾人入户评估")).p);
    unit_entry("handed_down", str_fmt(&k->arena, "party=%s&title=%s&money=5000", zh("县妇联"), zh("家庭教育讲座")).p);
    const char *department = str_fmt(&k->arena, "q=%s", zh("残联")).p;
    assert_true(lists("handed_down", department, "残疾人入户评估") && lists("handed_down", department, "30,000.00"));
    assert_false(lists("handed_down", department, "家庭教育讲座"));
    unit_entry("trainer", str_fmt(&k->arena, "title=%s&party=%s&kind=city&amount=12&amount_2=95", zh("钱某"), zh("哀伤辅导")).p);
    unit_entry("trainer", str_fmt(&k->arena, "title=%s&party=%s&kind=county", zh("冯某"), zh("项目管理")).p);
    const char *field = str_fmt(&k->arena, "q=%s", zh("哀伤")).p;
    assert_true(lists("trainer", field, "钱某") && lists("trainer", field, ">95<"));
    assert_false(lists("trainer", field, "冯某"));
    unit_entry("lesson", str_fmt(&k->arena, "title=%s&party=%s&amount=8&amount_2=31", zh("危机干预"), zh("钱某")).p);
    assert_true(lists("lesson", "", "危机干预") && lists("lesson", "", ">31<"));
}

/* covers: TY-10, TY-16, TY-18 */
static void
talents_are_paired_and_talks_are_private(void **state)
{
    (void)state;
    const char *who = str_fmt(&k->arena, "version=0&staff=%lld&on=%s", (long long)mine.v, day(-3)).p;
    assert_int_equal(answer("head_a", "talent", str_fmt(&k->arena, "%s&other=%lld&title=x&state=paired", who, (long long)mine.v).p), HTTP_INVALID);
    assert_int_equal(answer("head_a", "talent", str_fmt(&k->arena, "%s&other=%lld&title=x&state=done", who, (long long)tutor.v).p), HTTP_INVALID);
    int64_t id = added("head_a", "talent", str_fmt(&k->arena, "%s&other=%lld&title=%s&state=paired", who, (long long)tutor.v, zh("独立带小组")).p);
    assert_true(lists("talent", "", "独立带小组") && lists("talent", "", "已结对"));
    assert_int_equal(kit_post(k, "head_a", path("/ledgers/%s/%lld/edit", "talent", id),
                              str_fmt(&k->arena, "version=1&staff=%lld&on=%s&other=%lld&title=%s&state=working", (long long)mine.v, day(-3),
                                      (long long)tutor.v, zh("独立带小组")).p).status, HTTP_SEE_OTHER);
    assert_true(lists("talent", "", "任务进行中"));
    added("head_a", "coach", str_fmt(&k->arena, "%s&party=%s&kind=show&amount=60&title=%s", who, zh("社区干部某"), zh("怎样开居民会")).p);
    assert_true(lists("coach", "", "社区干部某") && lists("coach", "", "示范"));
    int64_t talk = added("head_a", "talk", str_fmt(&k->arena, "%s&party=%s&body=%s", who, zh("站长"), zh("压力来自夜间值班")).p);
    assert_int_equal(kit_get(k, "worker_a2", path("/ledgers/%s/%lld", "talk", talk)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "supervisor_a", path("/ledgers/%s/%lld", "talk", talk)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "bureau", path("/ledgers/%s/%lld", "talk", talk)).status, HTTP_NOT_FOUND);
    assert_true(kit_has(kit_get(k, "head_a", path("/ledgers/%s/%lld", "talk", talk)), "压力来自夜间值班"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE changes LIKE '%夜间值班%'"), 0);
}

static int
set_up(void **state)
{
    (void)state;
    k = kit_open();
    kit_begin(k);
    mine = someone(k->station_a, "社工甲");
    tutor = someone(k->station_a, "督导");
    kit_commit(k);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    kit_close(k);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(teams_support_brands_and_programmes),
        cmocka_unit_test(feedback_tasks_trainers_and_courses),
        cmocka_unit_test(talents_are_paired_and_talks_are_private),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
