/* What the ledgers tell the rules: each input on both sides of its bound, and what must not count. */
#include "ledger/ledger.h"
#include "rules/run.h"
#include "test/places.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Adds an entry within its own transaction. */
static struct entry_id
record(const char *ledger, struct unit_id unit, struct staff_id staff, struct entry e)
{
    kit_begin(k);
    e.unit = unit;
    e.staff = staff;
    struct entry_id id = ledger_add(k->db, unit_area(k->db, unit), ledger, &e, (struct user_id){ 0 });
    kit_commit(k);
    return id;
}
#define RECORD(ledger, unit, staff, ...) record(ledger, unit, staff, (struct entry){ NO_ENTRY, __VA_ARGS__ })
#define NOBODY ((struct staff_id){ 0 })

static struct staff_id
someone(struct unit_id unit, const char *certificate, const char *post)
{
    kit_begin(k);
    struct staff_id id = worker(unit, "21", certificate, post);
    kit_commit(k);
    return id;
}

static struct unit_id
station(const char *profile)
{
    static const size_t counts[] = { 1, 1, 1, 1, 1 };
    struct net *net = build(profile, counts);
    for (size_t l = 0; l < 6; l++)
        if (net->n[l] > 0 && net->n[l + 1 < 6 ? l + 1 : l] == 0) return net->at[l][0];
    return net->at[0][0];
}

static bool
fails(struct unit_id unit, const char *rule, struct staff_id staff)
{
    return strstr(text_at(unit, rule, "figures", today()), str_fmt(&k->arena, "%lld", (long long)staff.v).p) != NULL;
}

/* covers: TY-17
 * The last whole week, Monday to Sunday, counts; 60 minutes; a week with leave does not. */
static void
an_hour_of_lessons_a_week(void **state)
{
    (void)state;
    struct unit_id u = station("tongyun");
    struct staff_id w = someone(u, NULL, NULL);
    RECORD("course", u, w, .kind = STR("online"), .amount = 59, .on = date_add(now, -1)); /* Sunday */
    RECORD("course", u, w, .kind = STR("online"), .amount = 60, .on = now);               /* this week: not yet */
    RECORD("course", u, w, .kind = STR("online"), .amount = 60, .on = date_add(now, -8)); /* the week before */
    run_all();
    SAYS(u, "R-TY-T1", "warn");
    assert_true(fails(u, "R-TY-T1", w));
    struct entry_id more =
        RECORD("course", u, w, .kind = STR("online"), .amount = 1, .on = date_add(now, -7)); /* Monday */
    run_all();
    SAYS(u, "R-TY-T1", "ok");
    sql(str_fmt(&k->arena, "UPDATE entry SET void_on = '2026-03-16' WHERE id = %lld", (long long)more.v).p);
    run_all();
    SAYS(u, "R-TY-T1", "warn"); /* what was struck out does not count */
    RECORD("course", u, w, .kind = STR("leave"), .on = date_add(now, -3));
    run_all();
    SAYS(u, "R-TY-T1", "na");
}

/* covers: TY-05
 * The share of administration in the last 30 days; without a time sheet it is unknown, never fine. */
static void
the_share_of_administration(void **state)
{
    (void)state;
    struct unit_id u = station("tongyun");
    struct staff_id w = someone(u, NULL, NULL);
    run_all();
    SAYS(u, "R-TY-1", "unknown");
    RECORD("timesheet", u, w, .kind = STR("admin"), .amount = 30, .on = date_add(now, -1));
    RECORD("timesheet", u, w, .kind = STR("practice"), .amount = 60, .on = date_add(now, -29));
    RECORD("timesheet", u, w, .kind = STR("event"), .amount = 10, .on = now);
    RECORD("timesheet", u, w, .kind = STR("admin"), .amount = 600, .on = date_add(now, -30)); /* too long ago */
    run_all();
    SAYS(u, "R-TY-1", "ok");
    RECORD("timesheet", u, w, .kind = STR("admin"), .amount = 1, .on = now);
    run_all();
    SAYS(u, "R-TY-1", "warn");
}

/* covers: HNG-15
 * The pledge is signed on the day of entry at the latest; another pledge is not it. */
static void
the_pledge_comes_before_the_entry(void **state)
{
    (void)state;
    struct unit_id u = station("haining");
    struct staff_id w = someone(u, NULL, NULL); /* entered 300 days ago */
    struct date entry = date_add(now, -300);
    RECORD("pledge", u, w, .kind = STR("ethics"), .title = STR("1"), .on = date_add(entry, -1));
    run_all();
    SAYS(u, "R-HNG-N1", "error");
    RECORD("pledge", u, w, .kind = STR("service"), .title = STR("1"), .on = date_add(entry, 1));
    run_all();
    SAYS(u, "R-HNG-N1", "error");
    RECORD("pledge", u, w, .kind = STR("service"), .title = STR("1"), .on = entry);
    run_all();
    SAYS(u, "R-HNG-N1", "ok");
}

/* covers: HNG-16
 * Filed on the seventh day: fine; on the eighth: late; one that waits becomes late by itself. */
static void
changes_are_filed_within_a_week(void **state)
{
    (void)state;
    struct unit_id u = station("haining");
    struct staff_id w = someone(u, NULL, NULL);
    run_all();
    SAYS(u, "R-HNG-N2", "na"); /* no change yet */
    RECORD("staff_filing", u, w, .kind = STR("join"), .on = date_add(now, -20), .until = date_add(now, -13),
           .done = date_add(now, -13));
    run_all();
    SAYS(u, "R-HNG-N2", "unknown"); /* nobody said whether the project is approved */
    kit_begin(k);
    fact(u, "project_approved", "1");
    kit_commit(k);
    RECORD("staff_filing", u, w, .kind = STR("leave"), .on = date_add(now, -7), .until = now);
    run_all();
    SAYS(u, "R-HNG-N2", "ok");
    clock_stop(instant_at(date_add(now, 1), 9, 0));
    run_all();
    SAYS(u, "R-HNG-N2", "error");
    clock_stop(instant_at(now, 9, 0));
    RECORD("staff_filing", u, w, .kind = STR("move"), .on = date_add(now, -30), .until = date_add(now, -23),
           .done = date_add(now, -22));
    run_all();
    SAYS(u, "R-HNG-N2", "error");
}

/* covers: GZ-24, GZ-25
 * Everybody has a supervisor, and a session within the interval: the relation's own, else the rule's. */
static void
supervisors_and_their_sessions(void **state)
{
    (void)state;
    struct unit_id u = station("guangzhou");
    struct staff_id w = someone(u, NULL, NULL);
    run_all();
    SAYS(u, "R-GZ-V1", "warn");
    SAYS(u, "R-GZ-V2", "unknown");
    struct entry_id id = RECORD("supervision", u, w, .party = STR("某"), .on = date_add(now, -50));
    run_all();
    SAYS(u, "R-GZ-V1", "ok");
    SAYS(u, "R-GZ-V2", "warn"); /* 50 days without a session */
    RECORD("session", u, w, .kind = STR("single"), .title = STR("x"), .on = date_add(now, -40));
    run_all();
    SAYS(u, "R-GZ-V2", "warn");
    sql(str_fmt(&k->arena, "UPDATE entry SET amount = 40 WHERE id = %lld", (long long)id.v).p);
    run_all();
    SAYS(u, "R-GZ-V2", "ok");
    sql(str_fmt(&k->arena, "UPDATE entry SET amount = 30 WHERE id = %lld", (long long)id.v).p);
    run_all();
    SAYS(u, "R-GZ-V2", "warn");
    RECORD("session", u, w, .kind = STR("single"), .title = STR("x"), .on = date_add(now, -30));
    run_all();
    SAYS(u, "R-GZ-V2", "ok");
    sql(str_fmt(&k->arena, "UPDATE entry SET until_on = '2026-03-16' WHERE id = %lld", (long long)id.v).p);
    run_all();
    SAYS(u, "R-GZ-V1", "warn"); /* the relation has ended */
}

/* covers: GD-20
 * Training comes before the first day. */
static void
training_before_the_first_day(void **state)
{
    (void)state;
    struct unit_id u = station("guangdong");
    struct staff_id w = someone(u, NULL, NULL);
    struct date entry = date_add(now, -300);
    run_all();
    SAYS(u, "R-GD-T1", "error");
    RECORD("training", u, w, .kind = STR("onboarding"), .title = STR("x"), .amount = 8, .on = entry);
    run_all();
    SAYS(u, "R-GD-T1", "error");
    RECORD("training", u, w, .kind = STR("onboarding"), .title = STR("x"), .amount = 8, .on = date_add(entry, -1));
    run_all();
    SAYS(u, "R-GD-T1", "ok");
}

/* covers: JL-04, JL-09, JL-41
 * Coverage of the four groups, who passed this year, the guide wage of a level. */
static void
jilin_trains_and_pays(void **state)
{
    (void)state;
    struct unit_id u = station("jilin");
    struct staff_id w = someone(u, "1", NULL);
    run_all();
    SAYS(u, "R-JL-T1", "unknown");
    SAYS(u, "R-JL-A1", "unknown");
    SAYS(u, "R-JL-T3", "na"); /* has not served yet */
    RECORD("cover", u, NOBODY, .kind = STR("committee"), .amount = 4, .amount_2 = 0,
           .on = date_add(now, -10)); /* counted anew since */
    RECORD("cover", u, NOBODY, .kind = STR("committee"), .amount = 3, .amount_2 = 2, .on = date_add(now, -1));
    RECORD("cover", u, NOBODY, .kind = STR("workers"), .amount = 1, .amount_2 = 1, .on = date_add(now, -1));
    RECORD("exam", u, w, .kind = STR("2"), .state = STR("passed"), .on = date_add(now, -30));
    RECORD("exam", u, w, .kind = STR("1"), .state = STR("passed"), .on = date_add(now, -400));
    RECORD("exam", u, w, .kind = STR("1"), .state = STR("failed"), .on = date_add(now, -2));
    RECORD("wage", u, NOBODY, .kind = STR("guide"), .mode = STR("1"), .money = { 400000 }, .on = date_add(now, -100));
    RECORD("wage", u, NOBODY, .kind = STR("guide"), .mode = STR("2"), .money = { 900000 }, .on = date_add(now, -100));
    RECORD("grade", u, w, .title = STR("x"), .amount = 1, .money = { 399999 }, .state = STR("yes"),
           .on = date_add(now, -50));
    run_all();
    SHOWS(u, "R-JL-T1", "75.0%");
    SHOWS(u, "R-JL-T2", "1");
    SAYS(u, "R-JL-A1", "warn");
    RECORD("grade", u, w, .title = STR("x"), .amount = 2, .money = { 400000 }, .state = STR("yes"),
           .on = date_add(now, -1));
    run_all();
    SAYS(u, "R-JL-A1", "ok");
    RECORD("grade", u, w, .title = STR("x"), .amount = 2, .money = { 400000 }, .state = STR("no"), .on = now);
    run_all();
    SAYS(u, "R-JL-A1", "warn"); /* not insured */
}

/* covers: NH-03, HNG-08, JLP-02
 * Benchmarks of the county hold below; a table must have its posts and levels. */
static void
tables_and_benchmarks_of_pay(void **state)
{
    static const size_t counts[] = { 1, 1, 1, 0 };
    (void)state;
    struct net *net = build("ninghua", counts);
    struct unit_id top = net->at[0][0], u = net->at[2][0];
    struct staff_id w = someone(u, NULL, NULL);
    RECORD("wage", top, NOBODY, .kind = STR("benchmark"), .mode = STR("0"), .money = { 350000 },
           .on = date_add(now, -100));
    RECORD("grade", u, w, .title = STR("x"), .amount = 1, .money = { 349999 }, .state = STR("yes"),
           .on = date_add(now, -50));
    run_all();
    SAYS(u, "R-NH-A1", "warn");
    RECORD("wage", u, NOBODY, .kind = STR("benchmark"), .mode = STR("0"), .money = { 340000 },
           .on = date_add(now, -100));
    run_all();
    SAYS(u, "R-NH-A1", "ok"); /* the nearer one goes before */
    struct unit_id h = station("haining");
    run_all();
    SAYS(h, "R-HNG-A1", "unknown");
    for (int i = 0; i < 10; i++)
        RECORD("pay_table", h, NOBODY, .title = str_fmt(&k->arena, "%d", i % 4), .amount = i / 4 + 1,
               .money = { 300000 + i }, .on = date_add(now, -9));
    run_all();
    SAYS(h, "R-HNG-A1", "error"); /* ten levels */
    RECORD("pay_table", h, NOBODY, .title = STR("3"), .amount = 3, .money = { 1 }, .on = date_add(now, -9));
    run_all();
    SAYS(h, "R-HNG-A1", "ok");
    RECORD("pay_table", h, NOBODY, .title = STR("3"), .amount = 3, .money = { 2 }, .on = date_add(now, -9));
    run_all();
    SAYS(h, "R-HNG-A1", "error"); /* two pays for one level */
    struct net *jlp = build("jiulongpo", counts);
    for (int i = 0; i < 21; i++) {
        if (i == 20) {
            run_all();
            SAYS(jlp->at[0][0], "R-JLP-S1", "error");
        }
        RECORD("pay_table", jlp->at[0][0], NOBODY, .title = str_fmt(&k->arena, "%d", i % 3), .amount = i / 3 + 1,
               .money = { 300000 }, .on = date_add(now, -9));
    }
    run_all();
    SAYS(jlp->at[0][0], "R-JLP-S1", "ok");
}

/* covers: HN-06
 * A station without a record of premises and of lodging is listed; what somebody enters by hand goes before. */
static void
stations_have_premises_and_lodging(void **state)
{
    (void)state;
    static const size_t counts[] = { 1, 1, 1, 1, 0 };
    struct unit_id u = build("hunan", counts)->at[3][0];
    run_all();
    SAYS(u, "R-HN-L1", "warn");
    RECORD("facility", u, NOBODY, .kind = STR("office"), .title = STR("x"), .on = date_add(now, -9));
    RECORD("facility", u, NOBODY, .kind = STR("lodging"), .title = STR("x"), .on = date_add(now, -9), .until = now);
    run_all();
    SAYS(u, "R-HN-L1", "warn"); /* the lodging is no longer in use */
    RECORD("facility", u, NOBODY, .kind = STR("lodging"), .title = STR("x"), .on = now);
    run_all();
    SAYS(u, "R-HN-L1", "ok");
    kit_begin(k);
    fact(u, "has_lodging", "0");
    kit_commit(k);
    run_all();
    SAYS(u, "R-HN-L1", "warn");
}

/* covers: ZL-03
 * The three instructors are those of the register of duties, each one person. */
static void
instructors_of_the_register(void **state)
{
    (void)state;
    struct unit_id u = station("zhaolin");
    RECORD("duty", u, NOBODY, .kind = STR("chief"), .party = STR("甲"), .title = STR("x"), .on = date_add(now, -9),
           .until = now);
    RECORD("duty", u, NOBODY, .kind = STR("full"), .party = STR("乙"), .title = STR("x"), .on = date_add(now, -9),
           .until = now);
    run_all();
    SAYS(u, "R-ZL-S1", "error");
    RECORD("duty", u, NOBODY, .kind = STR("professional"), .party = STR("丙"), .title = STR("x"),
           .on = date_add(now, -9), .until = now);
    run_all();
    SAYS(u, "R-ZL-S1", "ok");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, places_open, places_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_hour_of_lessons_a_week),
        TEST(the_share_of_administration),
        TEST(the_pledge_comes_before_the_entry),
        TEST(changes_are_filed_within_a_week),
        TEST(supervisors_and_their_sessions),
        TEST(training_before_the_first_day),
        TEST(stations_have_premises_and_lodging),
        TEST(instructors_of_the_register),
        TEST(jilin_trains_and_pays),
        TEST(tables_and_benchmarks_of_pay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
