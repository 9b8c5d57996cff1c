/* The ledgers about the network: who may write which, what is overdue, how it adds up. */
#include "ledger/ledger.h"
#include "test/places.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define IN(unit, ledger, ...) entry_of(unit, ledger, &(struct entry){ NO_ENTRY, __VA_ARGS__ })

static const char *
zh(const char *text)
{
    return str_z(&k->arena, kit_enc(k, text));
}

static const char *
day(int days)
{
    char z[16];
    struct str s = { z, date_print(date_add(now, days), z) };
    return str_z(&k->arena, s);
}

static void
works_at(const char *login, struct unit_id unit)
{
    sql(str_fmt(&k->arena, "UPDATE account SET unit_id = %lld WHERE login = '%s'", (long long)unit.v, login).p);
}

static enum http
enters(const char *login, const char *ledger, struct unit_id unit, const char *rest)
{
    return kit_post(k, login, str_fmt(&k->arena, "/ledgers/%s/new", ledger).p,
                    str_fmt(&k->arena, "version=0&unit=%lld&on=%s&%s", (long long)unit.v, day(-5), rest).p).status;
}

static bool
shows(const char *login, const char *page, const char *text)
{
    return kit_has(kit_get(k, login, page), text);
}

/* covers: HN-03, HN-04 */
static void
hunan_gives_each_level_its_role(void **state)
{
    static const size_t counts[] = { 1, 1, 1, 1, 1 };
    (void)state;
    struct net *net = build("hunan", counts);
    struct unit_id province = net->at[0][0], city = net->at[1][0], county = net->at[2][0];
    const char *document = str_fmt(&k->arena, "title=%s&body=x", zh("站点建设框架")).p;
    works_at("head_a", county);
    assert_int_equal(enters("head_a", "framework", county, document), HTTP_NOT_FOUND);
    assert_false(shows("head_a", "/ledgers/framework", "/ledgers/framework/new"));
    assert_int_equal(enters("head_a", "pilot", county, "kind=pilot&mode=province"), HTTP_NOT_FOUND);
    works_at("head_b", province);
    assert_int_equal(enters("head_b", "framework", province, document), HTTP_SEE_OTHER);
    assert_int_equal(enters("head_b", "pilot", county, "kind=pilot&mode=province"), HTTP_SEE_OTHER);
    assert_true(shows("head_a", "/ledgers/framework", "站点建设框架"));           /* the county reads it */
    assert_true(shows("head_b", str_fmt(&k->arena, "/network/%lld", (long long)province.v).p, "规划者"));
    works_at("head_b", city);
    assert_true(shows("head_b", str_fmt(&k->arena, "/network/%lld", (long long)city.v).p, "监管者"));
    const char *findings = "title=%s&kind=inspect&party=%s&body=%s&until=%s";
    assert_int_equal(enters("head_b", "inspection", county, str_fmt(&k->arena, "title=x&kind=inspect&party=y&until=%s", day(9)).p), HTTP_INVALID);
    assert_int_equal(enters("head_b", "inspection", county, str_fmt(&k->arena, findings, zh("为老服务项目"), zh("市中心"), zh("台账不全"), day(-1)).p),
                     HTTP_SEE_OTHER);
    assert_int_equal(enters("head_b", "inspection", county, str_fmt(&k->arena, findings, zh("儿童项目"), zh("市中心"), zh("记录滞后"), day(9)).p), HTTP_SEE_OTHER);
    assert_true(shows("head_a", "/ledgers/inspection?show=late", "为老服务项目") && shows("head_a", "/ledgers/inspection?show=late", "未整改"));
    assert_false(shows("head_a", "/ledgers/inspection?show=late", "儿童项目"));
}

/* covers: CD-07 */
static void
rooms_of_chengdu_have_no_contracts(void **state)
{
    static const size_t counts[] = { 1, 1, 1 };
    (void)state;
    struct net *net = build("chengdu", counts);
    struct unit_id station = net->at[1][0], room = net->at[2][0];
    const char *contract = str_fmt(&k->arena, "title=x&number=1&party=y&money=100&until=%s", day(300)).p;
    works_at("head_a", station);
    assert_true(shows("head_a", "/ledgers", "/ledgers/contract\""));
    assert_int_equal(enters("head_a", "contract", station, contract), HTTP_SEE_OTHER);
    int64_t id = kit_number(k, "SELECT id FROM entry WHERE ledger = 'contract'");
    works_at("head_b", room);
    assert_false(shows("head_b", "/ledgers", "/ledgers/contract\""));
    assert_true(shows("head_b", "/ledgers", "/ledgers/meeting\""));
    assert_int_equal(kit_get(k, "head_b", "/ledgers/contract").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "head_b", str_fmt(&k->arena, "/ledgers/contract/%lld", (long long)id).p).status, HTTP_NOT_FOUND);
    assert_int_equal(enters("head_b", "contract", room, contract), HTTP_NOT_FOUND);
    assert_true(shows("head_a", str_fmt(&k->arena, "/network/%lld", (long long)station.v).p, "购买服务合同"));
    assert_false(shows("head_a", str_fmt(&k->arena, "/network/%lld", (long long)room.v).p, "购买服务合同"));
}

/* covers: SA-21, CD-19, HN-22 */
static void
pilots_are_listed_with_level_dates_and_result(void **state)
{
    (void)state;
    kit_begin(k);
    IN(k->station_a, "pilot", .kind = STR("pilot"), .mode = STR("province"), .title = STR("评估良好"), .until = date_add(now, 300));
    IN(k->station_b, "pilot", .kind = STR("model"), .mode = STR("county"));
    kit_commit(k);
    struct kit_reply r = kit_get(k, "bureau", "/ledgers/pilot?kind=pilot");
    assert_true(kit_has(r, "省级") && kit_has(r, day(-9)) && kit_has(r, day(300)) && kit_has(r, "评估良好"));
    assert_false(kit_has(r, "县级</td>"));
    assert_true(shows("bureau", "/ledgers/pilot?kind=model", "县级"));
}

/* covers: JL-44 */
static void
an_agency_has_a_credit_page(void **state)
{
    (void)state;
    kit_begin(k);
    IN(k->station_a, "agency_credit", .kind = STR("pledge"), .party = STR("暖阳社工中心"), .title = STR("诚信服务承诺书"));
    IN(k->station_a, "agency_credit", .kind = STR("bad"), .party = STR("暖阳社工中心"), .title = STR("迟报服务数据"), .number = STR("扣减评估分"));
    IN(k->station_a, "agency_credit", .kind = STR("good"), .party = STR("另一机构"), .title = STR("如期完成"));
    kit_commit(k);
    struct kit_reply r = kit_get(k, "head_a", str_fmt(&k->arena, "/ledgers/agency_credit?q=%s", zh("暖阳")).p);
    assert_true(kit_has(r, "诚信服务承诺书") && kit_has(r, "迟报服务数据") && kit_has(r, "扣减评估分") && kit_has(r, day(-9)));
    assert_false(kit_has(r, "另一机构"));
    assert_int_equal(enters("worker_a", "agency_credit", k->station_a, "party=x&kind=good&title=y"), HTTP_NOT_FOUND);
    assert_string_equal(ledger_choice("pledge", "kind", STR("honesty"), LANG_ZH), "诚信服务承诺");        /* and of each worker */
}

/* covers: OR-01, OR-03 */
static void
problems_are_solved_together(void **state)
{
    static const size_t ordos[] = { 1, 1, 1, 0 };
    (void)state;
    kit_begin(k);
    IN(k->station_a, "body", .kind = STR("party"), .title = STR("联合党委"), .party = STR("某书记"), .body = STR("社会组织党组织、各领域党组织"));
    IN(k->station_a, "meeting", .kind = STR("activity"), .title = STR("邻里义诊"), .party = STR("医院党支部、社工站"));
    kit_commit(k);
    const char *open = str_fmt(&k->arena, "title=%s&party=%s&state=raised&until=%s", zh("停车难"), zh("街道党工委、物业公司"), day(-1)).p;
    assert_int_equal(enters("worker_a", "problem", k->station_a, open), HTTP_SEE_OTHER);
    assert_int_equal(enters("worker_a", "problem", k->station_a, str_fmt(&k->arena, "title=x&party=y&state=raised&until=%s", day(-9)).p), HTTP_INVALID);
    assert_true(shows("head_a", "/ledgers/problem", "街道党工委、物业公司") && shows("head_a", "/ledgers/problem?show=late", "未解决"));
    int64_t id = kit_number(k, "SELECT id FROM entry WHERE ledger = 'problem'");
    const char *edit = str_fmt(&k->arena, "/ledgers/problem/%lld/edit", (long long)id).p;
    const char *solved = str_fmt(&k->arena, "version=1&unit=%lld&on=%s&title=%s&party=%s&state=solved&until=%s", (long long)k->station_a.v, day(-5), zh("停车难"),
                                 zh("街道党工委、物业公司"), day(-1)).p;
    assert_int_equal(kit_post(k, "worker_a", edit, str_fmt(&k->arena, "%s&done=%s", solved, day(0)).p).status, HTTP_INVALID);      /* no result */
    solved = str_fmt(&k->arena, "version=1&unit=%lld&on=%s&title=%s&party=%s&state=working&until=%s", (long long)k->station_a.v, day(-5), zh("停车难"),
                     zh("街道党工委、物业公司"), day(-1)).p;
    assert_int_equal(kit_post(k, "worker_a", edit, solved).status, HTTP_SEE_OTHER);
    solved = str_fmt(&k->arena, "version=2&unit=%lld&on=%s&title=%s&party=%s&state=solved&until=%s&done=%s&body=%s", (long long)k->station_a.v, day(-5),
                     zh("停车难"), zh("街道党工委、物业公司"), day(-1), day(0), zh("错时共享车位")).p;
    assert_int_equal(kit_post(k, "worker_a", edit, solved).status, HTTP_SEE_OTHER);
    assert_true(shows("head_a", str_fmt(&k->arena, "/ledgers/problem/%lld", (long long)id).p, "错时共享车位"));
    assert_true(shows("head_a", "/ledgers/body?kind=party", "联合党委") && shows("head_a", "/ledgers/meeting?kind=activity", "邻里义诊"));
    struct net *net = build("ordos", ordos);
    assert_true(shows("bureau", str_fmt(&k->arena, "/network/%lld", (long long)k->station_a.v).p, "八方资源"));
    works_at("bureau", net->at[0][0]);
    struct kit_reply r = kit_get(k, "bureau", str_fmt(&k->arena, "/network/%lld", (long long)net->at[2][0].v).p);
    assert_true(kit_has(r, "五社联动") && kit_has(r, "平台") && kit_has(r, "助推"));
    assert_false(kit_has(r, "八方资源"));
}

/* covers: OR-10, JN-06 */
static void
schools_have_students(void **state)
{
    (void)state;
    kit_begin(k);
    IN(k->station_a, "partner", .kind = STR("organisation"), .title = STR("某省社会工作师联合会"), .number = STR("协议1"));
    IN(k->station_a, "education", .kind = STR("degree"), .party = STR("某继续教育学院"), .title = STR("社会工作本科班"), .amount = 46);
    IN(k->station_a, "education", .kind = STR("incubator"), .party = STR("某社工学校"), .title = STR("青年社工孵化营"), .amount = 20);
    kit_commit(k);
    struct kit_reply r = kit_get(k, "head_a", "/ledgers/education?kind=degree");
    assert_true(kit_has(r, "某继续教育学院") && kit_has(r, "社会工作本科班") && kit_has(r, ">46<"));
    assert_false(kit_has(r, "孵化营"));
    assert_true(shows("head_a", "/ledgers/education?kind=incubator", "青年社工孵化营"));
    assert_true(shows("head_a", "/ledgers/partner", "某省社会工作师联合会"));
    assert_string_equal(ledger_choice("training", "mode", STR("degree"), LANG_ZH), "学历教育");
}

/* covers: GD-21 */
static void
plans_of_supervision_add_up_by_county(void **state)
{
    static const size_t counts[] = { 1, 2, 4, 0 };
    (void)state;
    struct net *net = build("jinan", counts);           /* a city with two counties, two townships each */
    struct unit_id city = net->at[0][0];
    kit_begin(k);
    for (int i = 0; i < 4; i++)
        IN(net->at[2][i], "plan", .title = str_fmt(&k->arena, "督导主题%d", i), .party = STR("市指导中心"), .mode = i ? NO_STR : STR("先督导新站"),
           .until = date_add(now, i < 2 ? -1 : 20), .done = i == 0 ? date_add(now, -2) : NO_DATE);
    kit_commit(k);
    works_at("bureau", city);
    struct kit_reply r = kit_get(k, "bureau", "/ledgers/plan/below");
    assert_int_equal(r.status, HTTP_OK);
    const char *body = str_z(&k->arena, r.body), *first = strstr(body, str_fmt(&k->arena, "/unit/%lld?back", (long long)net->at[1][0].v).p);
    const char *second = strstr(body, str_fmt(&k->arena, "/unit/%lld?back", (long long)net->at[1][1].v).p);
    assert_true(first != NULL && second != NULL && first < second);
    assert_true(strstr(first, "50%") != NULL && strstr(first, "50%") < second);           /* one of two done */
    assert_true(strstr(second, "50%") == NULL && strstr(second, ">0% <") != NULL && strstr(second, "bg-red-lt\">1<") != NULL);
    assert_true(shows("bureau", "/ledgers/plan", "督导主题3"));
    assert_true(shows("bureau", "/ledgers/plan?show=late", "督导主题1"));
    assert_false(shows("bureau", "/ledgers/plan?show=late", "督导主题0") || shows("bureau", "/ledgers/plan?show=late", "督导主题2"));
    assert_int_equal(kit_get(k, "bureau", "/ledgers/standard/below").status, HTTP_NOT_FOUND);
    works_at("head_a", net->at[2][0]);
    assert_false(shows("head_a", "/ledgers/plan/below", "督导主题1"));
}

/* covers: HN-20, HNG-11, NH-07, TY-04 */
static void
what_stations_have_and_do(void **state)
{
    static const char *const kinds[] = { "home", "day", "children", "service" };
    static const char *const names[] = { "敬老院", "日间照料中心", "留守儿童之家", "社区服务中心" };
    static const size_t tongyun[] = { 1, 1 };
    (void)state;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        assert_string_equal(ledger_choice("facility", "kind", str_of(kinds[i]), LANG_ZH), names[i]);
        assert_int_equal(enters("worker_a", "facility", k->station_a, str_fmt(&k->arena, "title=%s%zu&kind=%s&body=%s", zh("场所"), i, kinds[i],
                                                                              zh("周三上午棋牌，周五下午义诊")).p), HTTP_SEE_OTHER);
    }
    int64_t id = kit_number(k, "SELECT id FROM entry WHERE ledger = 'facility' AND kind = 'day'");
    struct kit_reply r = kit_get(k, "worker_a", str_fmt(&k->arena, "/ledgers/facility/%lld", (long long)id).p);
    assert_true(kit_has(r, "周三上午棋牌，周五下午义诊") && kit_has(r, "日间照料中心"));
    kit_begin(k);
    struct staff_id who = worker(k->station_a, "31", "1", NULL);
    struct entry single = { NO_ENTRY, .staff = who, .kind = STR("single"), .party = STR("某高校专家"), .title = STR("个别督导"), .amount = 60 };
    struct entry group = { NO_ENTRY, .staff = who, .kind = STR("group"), .party = STR("某高校专家"), .title = STR("团体督导"), .amount = 90 };
    IN(k->station_a, "contract", .title = STR("专家督导合同"), .number = STR("D-1"), .party = STR("某高校"), .money = { 100 }, .until = date_add(now, 100));
    entry_of(k->station_a, "session", &single);
    entry_of(k->station_a, "session", &group);
    kit_commit(k);
    assert_true(shows("head_a", "/ledgers/contract", "专家督导合同"));
    assert_true(shows("head_a", "/ledgers/session?kind=single", "个别督导") && shows("head_a", "/ledgers/session?kind=group", "某高校专家"));
    r = kit_get(k, "bureau", str_fmt(&k->arena, "/network/%lld", (long long)k->county.v).p);
    assert_true(kit_has(r, "督导、考评"));              /* of the general station */
    assert_false(shows("bureau", str_fmt(&k->arena, "/network/%lld", (long long)k->station_a.v).p, "督导、考评"));
    sql(str_fmt(&k->arena, "UPDATE unit SET premises = 'bureau' WHERE id = %lld", (long long)k->county.v).p);
    assert_true(shows("bureau", str_fmt(&k->arena, "/network/%lld", (long long)k->county.v).p, "县民政局"));
    struct net *net = build("tongyun", tongyun);
    works_at("bureau", net->at[0][0]);
    assert_true(shows("bureau", str_fmt(&k->arena, "/network/%lld", (long long)net->at[0][0].v).p, "健全两级体系、专业督导、能力提升与团队建设"));
}

/* covers: GZ-27, OR-14, GX-04 */
static void
courses_stand_in_a_month(void **state)
{
    (void)state;
    kit_begin(k);
    IN(k->county, "lesson", .title = STR("危机干预"), .party = STR("钱某"), .amount = 8, .amount_2 = 31, .on = date_add(now, 2));
    IN(k->station_a, "meeting", .kind = STR("joint"), .title = STR("站内会议"), .party = STR("甲"), .on = date_add(now, 3));
    IN(k->station_a, "handed_down", .party = STR("县残联"), .title = STR("入户评估"), .money = { 300000 }, .number = STR("HT-1"));
    IN(k->station_a, "handed_down", .party = STR("县妇联"), .title = STR("家庭教育"), .money = { 500000 });
    kit_commit(k);
    struct kit_reply r = kit_get(k, "worker_a", "/calendar");                                                   /* of the county: read by those below */
    const char *body = str_z(&k->arena, r.body), *at = strstr(body, "datetime=\"2026-03-18\""), *course = strstr(body, "危机干预");
    assert_true(at != NULL && course != NULL && at < course && course < strstr(body, "datetime=\"2026-03-19\""));
    assert_true(kit_has(r, "站内会议") && kit_has(r, "aria-current=\"date\""));
    size_t days = 0;
    for (const char *p = body; (p = strstr(p, "<time datetime=")) != NULL; p++) days++;
    assert_int_equal(days, 42);                         /* March 2026 begins on a Sunday: six whole weeks */
    assert_false(shows("worker_b", "/calendar", "站内会议"));
    assert_true(shows("worker_b", "/calendar", "危机干预"));
    assert_false(shows("worker_a", "/calendar?month=2026-04", "危机干预"));
    assert_int_equal(kit_get(k, "worker_a", "/calendar?month=x").status, HTTP_OK);
    int64_t id = kit_number(k, "SELECT id FROM entry WHERE ledger = 'lesson'");
    r = kit_get(k, "head_a", str_fmt(&k->arena, "/ledgers/lesson/%lld", (long long)id).p);
    assert_true(kit_has(r, "31") && kit_has(r, "8"));   /* attendance and hours */
    r = kit_get(k, "head_a", str_fmt(&k->arena, "/ledgers/handed_down?q=%s", zh("残联")).p);
    assert_true(kit_has(r, "入户评估") && kit_has(r, "3,000.00") && kit_has(r, "HT-1"));
    assert_false(kit_has(r, "家庭教育"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, places_open, places_close)
        TEST(hunan_gives_each_level_its_role), TEST(rooms_of_chengdu_have_no_contracts),
        TEST(pilots_are_listed_with_level_dates_and_result), TEST(an_agency_has_a_credit_page), TEST(problems_are_solved_together),
        TEST(schools_have_students), TEST(plans_of_supervision_add_up_by_county), TEST(what_stations_have_and_do), TEST(courses_stand_in_a_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
