/* Rules over units: what is asked, what is kept, and when it is asked again. */
#include "rules/job.h"
#include "rules/run.h"
#include "test/places.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* covers: HN-02
 * Every place loads on a fresh database, takes a unit on each level, and its rules are asked. */
static void
every_profile_can_be_used(void **state)
{
    static const char *const names[] = { "national", "jilin", "assistance-2015", "guangzhou", "hunan", "guangdong", "chengdu", "ordos", "jinan", "jiulongpo",
                                         "haining", "ninghua", "tongyun", "zhaolin", "tanhualin" };
    static const size_t two[] = { 1, 2, 2, 2, 2, 2 };
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) build(names[i], two);
    assert_true(run_all() > 0);
    for (size_t i = 0; i < COUNT(names); i++)
        if (count("SELECT count(DISTINCT r.rule) FROM rule_result r JOIN unit u ON u.id = r.unit_id WHERE u.profile = '%s' AND r.to_on IS NULL",
                          names[i]) < 2) fail_msg("%s", names[i]);
    assert_int_equal(run_all(), 0);                     /* nothing changed: nothing is written */
    assert_int_equal(count("SELECT count(*) FROM profile_version"), COUNT(names));
}

/* covers: MZT-07, MZT-12, MZT-13 */
static void
communities_need_their_workers(void **state)
{
    static const size_t counts[] = { 3 };
    (void)state;
    struct net *net = build("national", counts);
    kit_begin(k);
    fact(net->at[0][0], "urban", "1");
    fact(net->at[0][1], "urban", "0");
    fact(net->at[0][0], "is_large", "1");
    fact(net->at[0][0], "has_room", "0");
    fact(net->at[0][0], "agency_contract", "0");
    struct staff_id only = worker(net->at[0][0], "31", "1", NULL);
    kit_commit(k);
    run_all();
    SAYS(net->at[0][0], "R-MZT-S1", "ok");
    SAYS(net->at[0][0], "R-MZT-S3", "warn");
    SAYS(net->at[0][1], "R-MZT-S1", "na");
    SAYS(net->at[0][1], "R-MZT-S2", "warn");
    SAYS(net->at[0][2], "R-MZT-S1", "unknown");
    kit_begin(k);
    db_exec(k->db, str_fmt(&k->arena, "UPDATE staff SET employment = 'part' WHERE id = %lld", (long long)only.v).p);
    fact(net->at[0][0], "agency_contract", "1");
    kit_commit(k);
    run_all();
    SAYS(net->at[0][0], "R-MZT-S1", "error");
    SAYS(net->at[0][0], "R-MZT-S3", "ok");
}

/* rules.md 10: the 64330 lamps go, the cap of 5 % appears, what stood last month stays. */
static void
a_switched_station_changes_its_lamps_and_keeps_its_past(void **state)
{
    static const size_t counts[] = { 1 };
    (void)state;
    struct net *net = build("haining", counts);
    struct unit_id s = net->at[0][0];
    struct date last_month = now;
    run_all();
    SAYS(s, "R-HNG-64330", "error");
    SAYS(s, "R-NH-F1", "none");
    clock_stop(instant_at(date_add(now, 31), 9, 0));
    kit_begin(k);
    assert_true(profile_load(k->db, STR("ninghua")));
    db_exec(k->db, str_fmt(&k->arena, "UPDATE unit SET profile = 'ninghua', division = '350424101000' WHERE id = %lld", (long long)s.v).p);
    kit_commit(k);
    run_all();
    SAYS(s, "R-HNG-64330", "none");
    SAYS(s, "R-NH-F1", "unknown");
    assert_string_equal(text_at(s, "R-HNG-64330", "state", last_month), "error");
    assert_string_equal(text_at(s, "R-NH-F1", "state", last_month), "none");
    clock_stop(instant_at(now, 9, 0));
}

/* A change marks the unit and those above it; the server's round works them out and takes the marks away. */
static void
what_changed_is_looked_at_again(void **state)
{
    (void)state;
    run_all();
    sql("DELETE FROM rule_todo; DELETE FROM rule_run");
    assert_true(rules_job_round(k->db, write_here));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM rule_run WHERE ended_at IS NOT NULL"), 1);
    kit_begin(k);
    worker(k->station_a, "61", NULL, NULL);
    kit_commit(k);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM rule_todo"), 3);   /* station, area centre, general station */
    clock_stop((struct instant){ instant_now().ms + 1000 });
    assert_true(rules_job_round(k->db, write_here));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM rule_todo"), 0);
    SAYS(k->station_a, "R-NH-S1", "error");
    SAYS(k->station_b, "R-NH-S1", "na");
}

/* The place's own version of a rule is asked from the day it is saved; results say which version they are of. */
static void
a_places_own_version_goes_before_the_data(void **state)
{
    static const size_t counts[] = { 1 };
    (void)state;
    struct net *net = build("haining", counts);
    struct unit_id s = net->at[0][0];
    kit_begin(k);
    for (int i = 0; i < 6; i++) worker(s, "31", NULL, NULL);
    kit_commit(k);
    run_all();
    SAYS(s, "R-HNG-S1", "ok");
    sql("INSERT INTO rule_version (profile, rule, version, expr, parameters, at) VALUES ('haining', 'R-HNG-S1', 0, ':full_time >= 99', '{}', 0)");
    assert_int_equal(run_all(), 0);                     /* a draft changes nothing */
    sql("INSERT INTO rule_version (profile, rule, version, expr, parameters, at)"
        " VALUES ('haining', 'R-HNG-S1', 1, ':full_time >= :least', '{\"least\": 7}', 0)");
    run_all();
    SAYS(s, "R-HNG-S1", "error");
    assert_int_equal(count("SELECT version FROM rule_result WHERE unit_id = %lld AND rule = 'R-HNG-S1' AND to_on IS NULL", (long long)s.v), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, places_open, places_close)
        TEST(every_profile_can_be_used), TEST(communities_need_their_workers),
        TEST(a_switched_station_changes_its_lamps_and_keeps_its_past), TEST(what_changed_is_looked_at_again),
        TEST(a_places_own_version_goes_before_the_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
