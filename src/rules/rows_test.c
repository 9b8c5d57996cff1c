/* Rules about the network, its meetings, pairs and grids, on what the ledgers hold. */
#include "ledger/ledger.h"
#include "rules/rule.h"
#include "test/places.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define IN(unit, ledger, ...) entry_of(unit, ledger, &(struct entry){ NO_ENTRY, __VA_ARGS__ })

/* covers: JL-12, JL-13 */
static void
jilin_shares_and_recommended_posts(void **state)
{
    static const size_t counts[] = { 3 };
    (void)state;
    struct net *net = build("jilin", counts);
    struct unit_id a = net->at[0][0], b = net->at[0][1], c = net->at[0][2];
    kit_begin(k);
    fact(a, "community_workers", "10");
    fact(a, "social_work_professionals", "3");
    fact(b, "community_workers", "9");
    fact(b, "social_work_professionals", "2");
    fact(a, "base_posts", "2");
    fact(a, "is_large", "0");
    fact(a, "many_hardship", "0");
    fact(a, "urgent_need", "0");
    kit_commit(k);
    run_all();
    SAYS(a, "R-JL-S3", "ok");
    SAYS(b, "R-JL-S3", "error");
    SAYS(c, "R-JL-S3", "unknown");
    SHOWS(a, "R-JL-S5", "2");
    kit_begin(k);
    fact(a, "is_large", "1");                           /* each flag raises the number */
    kit_commit(k);
    run_all();
    SHOWS(a, "R-JL-S5", "3");
    kit_begin(k);
    fact(a, "many_hardship", "1");
    fact(a, "urgent_need", "1");
    kit_commit(k);
    run_all();
    SHOWS(a, "R-JL-S5", "5");
}

/* covers: JN-05, JN-09 */
static void
universities_of_jinan_have_two_districts_each(void **state)
{
    static const size_t counts[] = { 1, 15, 30, 1 };
    (void)state;
    struct net *net = build("jinan", counts);
    struct unit_id city = net->at[0][0];
    run_all();
    SAYS(city, "R-JN-V1", "unknown");
    SAYS(net->at[2][0], "R-GX-2", "none");              /* points below a station are optional */
    kit_begin(k);
    for (int i = 0; i < 16; i++) IN(net->at[1][i % 15], "pairing", .party = str_fmt(&k->arena, "高校%d", i / 2));
    kit_commit(k);
    run_all();
    SAYS(city, "R-JN-V1", "ok");
    SHOWS(city, "R-JN-V1", "16");
    SAYS(net->at[1][0], "R-JN-V1-district", "ok");      /* the one that has two */
    SAYS(net->at[1][14], "R-JN-V1-district", "ok");
    sql("UPDATE entry SET party = '高校0' WHERE id = (SELECT max(id) FROM entry WHERE ledger = 'pairing' AND party = '高校7')");
    run_all();
    SAYS(city, "R-JN-V1", "warn");                      /* still sixteen pairs, but one has three and one has one */
    sql(str_fmt(&k->arena, "UPDATE account SET unit_id = %lld WHERE login = 'bureau'", (long long)city.v).p);
    struct kit_reply r = kit_get(k, "bureau", "/ledgers/pairing/groups");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "1 / 2") && kit_has(r, "3 / 2") && kit_has(r, "2 / 2"));
    assert_int_equal(kit_get(k, "worker_b", "/ledgers/pairing/groups").status, HTTP_OK);
    assert_false(kit_has(kit_get(k, "worker_b", "/ledgers/pairing/groups"), "高校0"));
    assert_int_equal(kit_get(k, "bureau", "/ledgers/filing/groups").status, HTTP_NOT_FOUND);
}

/* covers: ZL-05 */
static void
grid_members_of_zhaolin_have_four_informants(void **state)
{
    static const size_t counts[] = { 1 };
    (void)state;
    struct unit_id s = build("zhaolin", counts)->at[0][0];
    kit_begin(k);
    for (int m = 0; m < 35; m++)
        for (int i = 0; i < 4; i++)
            IN(s, "grid", .mode = str_fmt(&k->arena, "网格长%d", m % 4), .party = str_fmt(&k->arena, "网格员%02d", m),
               .title = str_fmt(&k->arena, "信息员%02d-%d", m, i));
    kit_commit(k);
    run_all();
    SAYS(s, "R-ZL-S2", "ok");
    SHOWS(s, "R-ZL-S2", "140");
    sql("UPDATE entry SET party = '网格员08', title = '搬来的' WHERE ledger = 'grid' AND title = '信息员04-0'");
    run_all();
    SAYS(s, "R-ZL-S2", "warn");                         /* 140 in sum, but one has three */
    sql(str_fmt(&k->arena, "UPDATE account SET unit_id = %lld WHERE login = 'head_a'", (long long)s.v).p);
    struct kit_reply r = kit_get(k, "head_a", "/ledgers/grid/groups");
    assert_true(kit_has(r, "3 / 4") && kit_has(r, "5 / 4") && kit_has(r, "网格长3") && kit_has(r, "信息员34-3"));
}

/* covers: ZL-06 */
static void
joint_meetings_name_who_was_absent(void **state)
{
    static const size_t counts[] = { 1 };
    (void)state;
    struct unit_id s = build("zhaolin", counts)->at[0][0];
    run_all();
    SAYS(s, "R-ZL-M1", "error");                        /* none this month */
    kit_begin(k);
    IN(s, "meeting", .kind = STR("joint"), .title = STR("三月联席会议"), .party = STR("甲社区、乙社区、丙社区"), .mode = STR("丁社区"));
    kit_commit(k);
    run_all();
    SAYS(s, "R-ZL-M1", "error");
    assert_true(strstr(text_at(s, "R-ZL-M1", "figures", today()), "\"communities_absent\":\"1\"") != NULL);
    sql(str_fmt(&k->arena, "UPDATE account SET unit_id = %lld WHERE login = 'head_a'", (long long)s.v).p);
    int64_t id = kit_number(k, "SELECT id FROM entry WHERE ledger = 'meeting'");
    assert_true(kit_has(kit_get(k, "head_a", str_fmt(&k->arena, "/ledgers/meeting/%lld", (long long)id).p), "丁社区"));
    sql("UPDATE entry SET mode = NULL WHERE ledger = 'meeting'");
    run_all();
    SAYS(s, "R-ZL-M1", "ok");
    sql("UPDATE entry SET on_date = '2026-02-20' WHERE ledger = 'meeting'");
    run_all();
    SAYS(s, "R-ZL-M1", "error");
}

/* covers: OR-02 */
static void
meetings_of_ordos_are_at_two_levels(void **state)
{
    static const size_t counts[] = { 1, 1, 1, 1 };
    (void)state;
    struct net *net = build("ordos", counts);
    struct unit_id city = net->at[0][0], station = net->at[2][0], room = net->at[3][0];
    kit_begin(k);
    IN(city, "body", .kind = STR("leading"), .title = STR("市社会工作领导小组"), .party = STR("某组长"));
    IN(station, "body", .kind = STR("joint"), .title = STR("苏木联席会议"), .party = STR("某召集人"));
    IN(station, "meeting", .kind = STR("joint"), .title = STR("苏木第一次会议"), .party = STR("各社区"), .on = date_add(now, -92));
    IN(room, "meeting", .kind = STR("joint"), .title = STR("社区会议"), .party = STR("各网格"), .on = date_add(now, -93));
    IN(room, "meeting", .kind = STR("activity"), .title = STR("联办活动不算会议"), .party = STR("各网格"), .on = date_add(now, -1));
    kit_commit(k);
    run_all();
    SAYS(station, "R-OR-M1", "ok");
    SAYS(room, "R-OR-M1", "warn");                      /* overdue */
    SAYS(city, "R-OR-M1", "none");
    sql(str_fmt(&k->arena, "UPDATE account SET unit_id = %lld WHERE login = 'bureau'", (long long)city.v).p);
    struct kit_reply r = kit_get(k, "bureau", "/calendar?month=2025-12");
    assert_true(kit_has(r, "苏木第一次会议") && kit_has(r, "2025-12-14"));
    assert_false(kit_has(r, "联办活动不算会议"));
    assert_true(kit_has(kit_get(k, "bureau", "/calendar?month=2026-03"), "联办活动不算会议"));
    r = kit_get(k, "bureau", "/ledgers/body");
    assert_true(kit_has(r, "市社会工作领导小组") && kit_has(r, "苏木联席会议"));
}

/* covers: OR-07 */
static void
ordos_has_six_lamps_with_names_of_its_own(void **state)
{
    static const size_t counts[] = { 1, 1, 1, 0 };
    (void)state;
    struct net *net = build("ordos", counts);
    struct unit_id s = net->at[2][0];
    kit_begin(k);
    for (int i = 1; i <= 6; i++) fact(s, str_fmt(&k->arena, "six_%d", i).p, i < 6 ? "1" : "0");
    kit_commit(k);
    run_all();
    for (int i = 1; i <= 6; i++) SAYS(s, str_fmt(&k->arena, "R-OR-P1-%d", i).p, i < 6 ? "ok" : "warn");
    SAYS(s, "R-OR-P1", "warn");
    sql(str_fmt(&k->arena, "UPDATE account SET unit_id = %lld WHERE login IN ('admin', 'county')", (long long)net->at[0][0].v).p);
    const char *writer = kit_get(k, "county", "/rules/R-OR-P1-6").status == HTTP_OK ? "county" : "admin";
    struct kit_reply r = kit_post(k, writer, "/rules/R-OR-P1-6/publish",
                                  str_fmt(&k->arena, "p-name=%s&expr=%s&reason=x", str_z(&k->arena, kit_enc(k, "有档案")),
                                          str_z(&k->arena, kit_enc(k, ":six_6 = 1"))).p);
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    run_all();
    assert_true(kit_has(kit_get(k, writer, str_fmt(&k->arena, "/lamps/%lld", (long long)s.v).p), "有档案"));
    kit_begin(k);
    fact(s, "six_6", "1");
    kit_commit(k);
    run_all();
    SAYS(s, "R-OR-P1", "ok");
}

/* covers: GX-01, GX-02 */
static void
stations_are_the_middle_link(void **state)
{
    static const size_t counts[] = { 1, 2, 1 };
    (void)state;
    struct net *net = build("chengdu", counts);
    struct unit_id linked = net->at[1][0], orphan = net->at[1][1];
    kit_begin(k);
    for (int i = 0; i < 4; i++) IN(linked, "task", .kind = i ? STR("direct") : STR("up"), .title = STR("任务"), .party = STR("某部门"));
    kit_commit(k);
    run_all();
    SAYS(linked, "R-GX-2", "ok");
    SAYS(orphan, "R-GX-2", "warn");
    SHOWS(linked, "R-GX-3", "75.0%");
    SAYS(orphan, "R-GX-3", "unknown");
}

static void
each_level_of_chengdu_has_its_own_standard(void **state)
{
    static const size_t counts[] = { 1, 2, 2 };
    (void)state;
    struct net *net = build("chengdu", counts);
    kit_begin(k);
    worker(net->at[1][0], "31", "1", NULL);
    worker(net->at[2][0], "31", "1", NULL);
    kit_commit(k);
    run_all();
    SAYS(net->at[1][0], "R-CD-S1", "unknown");          /* nothing is configured */
    SAYS(net->at[2][0], "R-CD-S1-point", "unknown");
    sql(str_fmt(&k->arena, "UPDATE account SET unit_id = %lld WHERE login IN ('admin', 'county')", (long long)net->at[0][0].v).p);
    const char *writer = kit_get(k, "county", "/rules/R-CD-S1").status == HTTP_OK ? "county" : "admin";
    const char *expr = str_z(&k->arena, kit_enc(k, ":certified >= :standard"));
    assert_int_equal(kit_post(k, writer, "/rules/R-CD-S1/publish", str_fmt(&k->arena, "p-standard=3&expr=%s&reason=x", expr).p).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, writer, "/rules/R-CD-S1-point/publish", str_fmt(&k->arena, "p-standard=1&expr=%s&reason=x", expr).p).status, HTTP_SEE_OTHER);
    run_all();
    SAYS(net->at[1][0], "R-CD-S1", "error");            /* two of three, with those of its room */
    SHOWS(net->at[1][0], "R-CD-S1", "2");
    SAYS(net->at[2][0], "R-CD-S1-point", "ok");
    SAYS(net->at[2][1], "R-CD-S1-point", "error");
    SAYS(net->at[0][0], "R-CD-S1-county", "unknown");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, places_open, places_close)
        TEST(jilin_shares_and_recommended_posts), TEST(universities_of_jinan_have_two_districts_each),
        TEST(grid_members_of_zhaolin_have_four_informants), TEST(joint_meetings_name_who_was_absent),
        TEST(meetings_of_ordos_are_at_two_levels), TEST(ordos_has_six_lamps_with_names_of_its_own),
        TEST(stations_are_the_middle_link), TEST(each_level_of_chengdu_has_its_own_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
