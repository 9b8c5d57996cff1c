/* The sheets over staff: allowances of a month, posts that are vacant, sessions that are due. */
#include "ledger/ledger.h"
#include "network/profile.h"
#include "staff/staff.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { AREA = 350424 };

static struct kit *k;

static struct staff_id
someone(struct unit_id unit, const char *name, const char *certificate, struct date started)
{
    struct staff_new s = { .unit = unit,
                           .name = str_of(name),
                           .sex = STR("2"),
                           .born = NO_DATE,
                           .employment = STR("full"),
                           .service_from = NO_DATE,
                           .started_on = started };
    struct staff_id id = staff_make(k->db, AREA, &s);
    if (certificate != NULL)
        certificate_add(k->db, AREA, id, str_of(certificate), STR("1"), date_add(started, -1), NO_DATE, NO_DATE);
    return id;
}

static void
enter(const char *ledger, struct entry e)
{
    ledger_add(k->db, AREA, ledger, &e, (struct user_id){ 0 });
}
#define ENTER(ledger, ...) enter(ledger, (struct entry){ NO_ENTRY, __VA_ARGS__ })

static struct date
day(int y, int m, int d)
{
    struct date out;
    assert_true(date_of(y, m, d, &out));
    return out;
}

/* covers: OR-12
 * Two senior, three middle, five junior: 4,600 yuan a month; the highest certificate only; who left before or came
 * after is not paid, an assistant neither. */
static void
allowances_of_a_month(void **state)
{
    static const char *const held[] = { "3", "3", "2", "2", "2", "1", "1", "1", "1", "1" };
    struct date start = day(2025, 1, 1);
    (void)state;
    kit_begin(k);
    struct staff_id both = { 0 };
    for (size_t i = 0; i < COUNT(held); i++)
        both = someone(k->station_b, str_fmt(&k->arena, "社工%zu", i).p, held[i], start);
    someone(k->station_b, "未持证", NULL, start);
    someone(k->station_b, "下月来", "3", day(2026, 4, 1));
    struct staff_id left = someone(k->station_b, "已走", "3", start),
                    helper = someone(k->station_b, "帮手", "1", start);
    db_exec(k->db, str_fmt(&k->arena, "UPDATE staff SET left_on = '2026-03-01' WHERE id = %lld", (long long)left.v).p);
    assert_int_equal(post_start(k->db, LANG_ZH, AREA, helper, k->station_b, STR("assistant"), start).n, 0);
    assert_true(profile_load(k->db, STR("ordos")));
    db_exec(k->db,
            str_fmt(&k->arena, "UPDATE unit SET profile = 'ordos' WHERE id = %lld", (long long)k->station_b.v).p);
    ENTER("grade", .unit = k->station_b, .staff = both, .title = STR("x"), .amount = 1, .money = { 400050 },
          .state = STR("yes"), .on = start);
    kit_commit(k);
    struct kit_reply r = kit_get(k, "head_b", "/pay?month=2026-03");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "4,600.00"));
    assert_true(kit_has(r, "2 · 3 · 5"));
    assert_true(kit_has(r, "4,300.50")); /* pay and allowance of one */
    assert_true(kit_has(r, "未持证"));
    assert_false(kit_has(r, "下月来"));
    assert_false(kit_has(r, "已走"));
    assert_false(kit_has(r, "帮手"));
    kit_begin(k);
    certificate_add(k->db, AREA, both, STR("2"), STR("2"), day(2026, 3, 31), NO_DATE,
                    NO_DATE); /* one level only, the highest */
    kit_commit(k);
    assert_true(kit_has(kit_get(k, "head_b", "/pay?month=2026-03"), "4,800.00"));
    assert_true(
        kit_has(kit_get(k, "head_b", "/pay?month=2026-02"), "5,400.00")); /* as of that month: one more senior */
    assert_int_equal(kit_get(k, "head_b", "/pay?month=2026-13").status, HTTP_BAD_REQUEST);
    assert_int_equal(kit_get(k, "worker_b", "/pay").status, HTTP_FORBIDDEN);
    r = kit_given(k, "head_b", "/pay/export?month=2026-03");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(r.file.n > 0);
    assert_true(kit_has(kit_get(k, "head_a", "/pay?month=2026-03"), "当地没有按证书级别发放的岗位津贴"));
}

/* covers: GZ-36, JL-11, SA-11
 * Planned, filled, vacant; and by platform. */
static void
vacant_posts(void **state)
{
    (void)state;
    kit_begin(k);
    struct staff_id a = someone(k->station_a, "在岗", NULL, day(2025, 1, 1)),
                    b = someone(k->station_a, "离岗", NULL, day(2025, 1, 1));
    ENTER("post_plan", .unit = k->station_a, .kind = STR("worker"), .mode = STR("elder"), .amount = 2,
          .on = day(2025, 1, 1));
    ENTER("post_plan", .unit = k->station_a, .kind = STR("supervisor"), .mode = STR("affairs"), .amount = 1,
          .on = day(2025, 1, 1), .until = today()); /* no longer */
    ENTER("post_plan", .unit = k->point_a, .kind = STR("service"), .mode = STR("mediation"), .amount = 1,
          .on = day(2025, 1, 1));
    post_start(k->db, LANG_ZH, AREA, a, k->station_a, STR("worker"), day(2025, 1, 1));
    post_start(k->db, LANG_ZH, AREA, b, k->station_a, STR("worker"), day(2025, 1, 1));
    post_start(k->db, LANG_ZH, AREA, a, k->point_a, STR("service"), day(2025, 1, 1));
    kit_commit(k);
    struct kit_reply r = kit_get(k, "head_a", "/posts?show=vacant");
    assert_true(kit_has(r, "没有空缺的岗位"));
    assert_int_equal(
        kit_post(k, "head_a", str_fmt(&k->arena, "/staff/%lld/leave", (long long)b.v).p, "day=2026-01-01").status,
        HTTP_SEE_OTHER);
    r = kit_get(k, "head_a", "/posts?show=vacant");
    assert_true(kit_has(r, "空缺 1"));
    assert_true(kit_has(r, "1–1 / 1"));
    r = kit_get(k, "head_a", "/posts");
    assert_true(kit_has(r, "社区养老服务站"));
    assert_true(kit_has(r, "社区人民调解组织"));
    assert_false(kit_has(r, "社会事务办"));
    assert_false(kit_has(kit_get(k, "head_b", "/posts"), "社区养老服务站"));
    assert_int_equal(kit_get(k, "head_a", "/posts/export").status, HTTP_OK);
}

/* Who has no supervisor, and whose session is due: a relation of 30 days, the last session 40 days ago. */
static void
sessions_that_are_due(void **state)
{
    (void)state;
    kit_begin(k);
    struct staff_id alone = someone(k->station_c, "无人督导", NULL, day(2025, 1, 1)),
                    late = someone(k->station_c, "督导逾期", NULL, day(2025, 1, 1));
    struct staff_id fine = someone(k->station_c, "督导按期", NULL, day(2025, 1, 1));
    ENTER("supervision", .unit = k->station_c, .staff = late, .party = STR("某教授"), .amount = 30,
          .on = date_add(today(), -100));
    ENTER("session", .unit = k->station_c, .staff = late, .kind = STR("single"), .title = STR("x"),
          .on = date_add(today(), -40));
    ENTER("supervision", .unit = k->station_c, .staff = fine, .other = late, .amount = 40,
          .on = date_add(today(), -100));
    ENTER("session", .unit = k->station_c, .staff = fine, .kind = STR("group"), .title = STR("x"),
          .on = date_add(today(), -40));
    ENTER("supervision", .unit = k->station_c, .staff = alone, .other = late, .on = date_add(today(), -100),
          .until = today()); /* ended */
    kit_commit(k);
    struct kit_reply r = kit_get(k, "county", "/supervision?show=late");
    assert_true(kit_has(r, "督导逾期"));
    assert_true(kit_has(r, "逾期 10 天"));
    assert_true(kit_has(r, "某教授"));
    assert_false(kit_has(r, "督导按期"));
    assert_false(kit_has(r, "无人督导"));
    r = kit_get(k, "county", "/supervision?show=none&skip=0");
    assert_true(kit_has(r, "无人督导"));
    assert_false(kit_has(r, "督导按期"));
    assert_true(kit_has(kit_get(k, "county", "/supervision"), "督导按期"));
    assert_false(kit_has(kit_get(k, "head_a", "/supervision"), "无人督导"));
    assert_int_equal(kit_given(k, "county", "/supervision/export").status, HTTP_OK);
    assert_int_equal(kit_get(k, "evaluator", "/supervision").status, HTTP_FORBIDDEN);
}

/* covers: NH-10, TH-02
 * How many have which education and certificate, as of a day. */
static void
staff_by_education_and_certificate(void **state)
{
    (void)state;
    kit_begin(k);
    db_exec(
        k->db,
        str_fmt(&k->arena, "UPDATE staff SET left_on = '2025-12-31' WHERE unit_id <> %lld", (long long)k->west.v).p);
    for (int i = 0; i < 34; i++) {
        struct staff_id id = someone(k->west, "某", i < 9 ? "1" : NULL, day(2025, 6, 1));
        db_exec(k->db, str_fmt(&k->arena, "UPDATE staff SET education = '%s' WHERE id = %lld", i < 6 ? "21" : "31",
                               (long long)id.v)
                           .p);
    }
    kit_commit(k);
    struct kit_reply r = kit_get(k, "county", "/staff/makeup");
    assert_true(kit_has(r, "<dd class=\"tile-value\">34</dd>"));
    assert_true(kit_has(r, "<dd class=\"tile-value\">9</dd>"));
    assert_true(kit_has(r, "<dt>本科</dt><dd>6 "));
    assert_true(kit_has(r, "<dt>专科</dt><dd>28 "));
    assert_true(kit_has(r, "<dt>助理社会工作师</dt><dd>9 "));
    assert_true(kit_has(kit_get(k, "county", "/staff/makeup?on=2020-01-01"), "<dd class=\"tile-value\">0</dd>"));
    assert_false(kit_has(kit_get(k, "head_a", "/staff/makeup"), "<dt>本科</dt>"));
}

/* covers: GX-07
 * Turnover, certified share, pay beside the benchmark, promotions of the year. */
static void
steadiness_and_pay(void **state)
{
    struct date first = day(date_ymd(today()).y, 1, 1);
    struct staff_id id[4];
    (void)state;
    kit_begin(k);
    db_exec(k->db, "UPDATE staff SET left_on = '2020-01-01'");
    for (int i = 0; i < 4; i++) id[i] = someone(k->west, "某", i == 0 ? "1" : NULL, date_add(first, -100));
    db_exec(k->db, str_fmt(&k->arena, "UPDATE staff SET left_on = '%d-01-02' WHERE id = %lld", date_ymd(first).y,
                           (long long)id[3].v)
                       .p);
    ENTER("wage", .unit = k->county, .kind = STR("benchmark"), .mode = STR("0"), .money = { 300000 },
          .on = date_add(first, -9));
    for (int i = 0; i < 3; i++) /* the first holds a certificate, for which there is no benchmark */
        ENTER("grade", .unit = k->west, .staff = id[i], .title = STR("x"), .amount = 1, .money = { 299999 + (i == 1) },
              .state = STR("yes"), .on = date_add(first, -9));
    ENTER("grade", .unit = k->west, .staff = id[2], .title = STR("x"), .amount = 2, .money = { 299999 },
          .state = STR("yes"), .on = date_add(first, 1));
    ENTER("grade", .unit = k->west, .staff = id[1], .title = STR("x"), .amount = 1, .money = { 300000 },
          .state = STR("yes"), .on = date_add(first, 1));
    kit_commit(k);
    struct kit_reply r = kit_get(k, "county", "/staff/makeup");
    assert_true(kit_has(r, "本年离职率</dt><dd class=\"tile-value\">25.0%")); /* 1 of (4 + 3 + 1) / 2 */
    assert_true(kit_has(r, "专职人员持证率</dt><dd class=\"tile-value\">33.3%"));
    assert_true(kit_has(r, "薪酬不低于标准</dt><dd class=\"tile-value\">50.0%"));
    assert_true(kit_has(r, "本年晋升</dt><dd class=\"tile-value\">1<"));
}

/* covers: JL-16
 * The newest score of each of four abilities, by himself and by his supervisor, as a figure and in words. */
static void
four_abilities_are_drawn(void **state)
{
    static const char *const kinds[] = { "advocate", "mobilise", "resources", "serve" };
    struct staff_id id;
    (void)state;
    kit_begin(k);
    id = someone(k->station_a, "某", NULL, day(2025, 1, 1));
    kit_commit(k);
    const char *page = str_fmt(&k->arena, "/staff/%lld/learning", (long long)id.v).p;
    assert_false(kit_has(kit_get(k, "head_a", page), "class=\"radar\""));
    kit_begin(k);
    for (int i = 0; i < 5; i++) { /* the first one is scored anew later */
        ENTER("ability", .unit = k->station_a, .staff = id, .kind = str_of(kinds[i % 4]), .mode = STR("self"),
              .amount = i == 0 ? 1 : 10 - i, .on = day(2025, 1, 1 + i));
    }
    kit_commit(k);
    struct kit_reply r = kit_get(k, "head_a", page);
    assert_true(kit_has(r, "points=\"100,58 163,100 100,156 51,100\""));   /* 6, 9, 8, 7 */
    assert_true(kit_has(r, "points=\"100,100 100,100 100,100 100,100\"")); /* the supervisor has not scored */
}

static int
set_up(void **state)
{
    (void)state;
    k = kit_open();
    clock_stop(instant_at(day(2026, 6, 15), 9, 0));
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    clock_stop(NO_TIME);
    kit_close(k);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allowances_of_a_month), cmocka_unit_test(vacant_posts),
        cmocka_unit_test(sessions_that_are_due), cmocka_unit_test(staff_by_education_and_certificate),
        cmocka_unit_test(steadiness_and_pay),    cmocka_unit_test(four_abilities_are_drawn),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
