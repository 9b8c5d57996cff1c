/* Each place of the policy texts with the numbers that its text states, as far as nuan records them. */
#include "ledger/ledger.h"
#include "lists/lists.h"
#include "rules/run.h"
#include "test/places.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static size_t
of_level(const char *profile, const char *level)
{
    return (size_t)count("SELECT count(*) FROM unit WHERE profile = '%s' AND level = '%s'", profile, level);
}

/* covers: NH-09 */
static void
ninghua_has_its_four_levels(void **state)
{
    static const size_t counts[] = { 1, 5, 16, 245 };
    (void)state;
    struct net *net = build("ninghua", counts);
    assert_int_equal(of_level("ninghua", "general") - 1, 1);                /* one more is the kit's own */
    assert_int_equal(of_level("ninghua", "area") - 2, 5);
    assert_int_equal(of_level("ninghua", "station") - 3, 16);
    assert_int_equal(of_level("ninghua", "point") - 1, 245);
    run_all();
    for (size_t i = 0; i < 5; i++) SAYS(net->at[1][i], "R-NH-P1", "unknown");              /* nobody has published a list of projects */
    kit_begin(k);
    fact(net->at[0][0], "subsidy_last_year", "4000000000");
    fact(net->at[0][0], "purchase_paid", "200000000");
    kit_commit(k);
    run_all();
    SAYS(net->at[2][3], "R-NH-F1", "ok");               /* what the county entered holds for its stations */
    SHOWS(net->at[2][3], "R-NH-F1", "2,000,000.00");
    kit_begin(k);
    fact(net->at[0][0], "purchase_paid", "200000001");
    kit_commit(k);
    run_all();
    SAYS(net->at[2][3], "R-NH-F1", "error");
}

static void
ninghua_looks_at_education_and_heads(void **state)
{
    static const size_t counts[] = { 1, 1, 1, 0 };
    (void)state;
    struct net *net = build("ninghua", counts);
    kit_begin(k);
    worker(net->at[2][0], "31", NULL, NULL);
    kit_commit(k);
    run_all();
    SAYS(net->at[2][0], "R-NH-S1", "ok");
    kit_begin(k);
    struct staff_id low = worker(net->at[2][0], "61", "1", NULL);
    worker(net->at[1][0], "31", "1", "head");
    kit_commit(k);
    run_all();
    SAYS(net->at[2][0], "R-NH-S1", "error");
    assert_true(strstr(text_at(net->at[2][0], "R-NH-S1", "figures", today()), str_fmt(&k->arena, "\"failing\":[%lld]", (long long)low.v).p) != NULL);
    SAYS(net->at[1][0], "R-NH-S2", "ok");
    sql(str_fmt(&k->arena, "UPDATE staff SET political = '13' WHERE unit_id = %lld", (long long)net->at[1][0].v).p);
    run_all();
    SAYS(net->at[1][0], "R-NH-S2", "error");
}

/* A published list with one line of each kind; "services" takes "kind audience". */
static struct list_id
listed(struct unit_id unit, const char *profile, const char *code, const char *const *kinds, size_t n)
{
    const struct list_kind *k_ = list_kind(&k->arena, profile_of(str_of(profile)), str_of(code));
    assert_non_null(k_);
    kit_begin(k);
    struct list_id list = list_make(k->db, &(struct list_new){ .unit = unit, .kind = code, .title = code, .from = date_add(now, -30), .to = NO_DATE });
    for (size_t i = 0; i < n; i++) {
        struct str audience = str_of(kinds[i]), kind = str_cut(&audience, ' ');
        list_add(k->db, list, k_, &(struct line){ NO_LINE, .text = STR("一条"), .kind = kind, .audience = audience });
    }
    assert_true(list_publish(k->db, list, now));
    kit_commit(k);
    run_all();
    return list;
}

/* covers: NH-08 */
static void
each_area_of_ninghua_has_one_feature(void **state)
{
    static const size_t counts[] = { 1, 5, 16, 0 };
    static const char *const one[] = { "feature", "other" }, *const two[] = { "feature", "feature" }, *const none[] = { "other" };
    (void)state;
    struct net *net = build("ninghua", counts);
    assert_int_equal(count("SELECT count(DISTINCT region) FROM unit WHERE profile = 'ninghua' AND level = 'area' AND id NOT IN (%lld, %lld)",
                           (long long)k->east.v, (long long)k->west.v), 5);
    listed(net->at[1][0], "ninghua", "projects", one, 2);
    listed(net->at[1][1], "ninghua", "projects", two, 2);
    listed(net->at[1][2], "ninghua", "projects", none, 1);
    SAYS(net->at[1][0], "R-NH-P1", "ok");
    SAYS(net->at[1][0], "R-NH-P1-one", "ok");
    SAYS(net->at[1][1], "R-NH-P1", "ok");
    SAYS(net->at[1][1], "R-NH-P1-one", "warn");         /* one area, one feature */
    SAYS(net->at[1][2], "R-NH-P1", "error");
    SAYS(net->at[1][3], "R-NH-P1", "unknown");
}

/* covers: HNG-10 */
static void
haining_has_1_2_3_x_projects(void **state)
{
    static const size_t counts[] = { 2 };
    static const char *const all[] = { "core", "brand_community", "brand_worker", "basic_families", "basic_elders", "basic_children", "free" };
    (void)state;
    struct net *net = build("haining", counts);
    listed(net->at[0][0], "haining", "projects", all, COUNT(all));
    listed(net->at[0][1], "haining", "projects", all, 5);                       /* two basic projects only */
    SAYS(net->at[0][0], "R-HNG-P1", "ok");
    SAYS(net->at[0][1], "R-HNG-P1", "error");
    sql("UPDATE list SET to_on = '2020-12-31'");        /* a list of another year does not count */
    run_all();
    SAYS(net->at[0][0], "R-HNG-P1", "unknown");
}

/* covers: TH-06 */
static void
tanhualin_serves_three_audiences_in_four_kinds(void **state)
{
    static const size_t counts[] = { 1 };
    static const char *const cells[] = { "legal residents", "legal shops", "legal visitors", "work residents", "work shops", "work visitors",
                                         "culture residents", "culture shops", "culture visitors", "care residents", "care shops", "care visitors" };
    (void)state;
    struct unit_id s = build("tanhualin", counts)->at[0][0];
    kit_begin(k);
    for (int i = 0; i < 15; i++) worker(s, "31", "1", NULL);
    kit_commit(k);
    run_all();
    SAYS(s, "R-TH-1", "unknown");
    assert_int_equal(count("SELECT count(DISTINCT s.id) FROM staff s JOIN certificate c ON c.staff_id = s.id WHERE s.unit_id = %lld", (long long)s.v), 15);
    listed(s, "tanhualin", "services", cells, 11);
    SAYS(s, "R-TH-1", "note");
    SHOWS(s, "R-TH-1", "11");
    struct list_id list = listed(s, "tanhualin", "services", &cells[11], 1);
    SAYS(s, "R-TH-1", "ok");
    SHOWS(s, "R-TH-1", "12");
    sql(str_fmt(&k->arena, "UPDATE unit SET division = '350424' || substr(division, 7) WHERE id = %lld", (long long)s.v).p);
    sql(str_fmt(&k->arena, "UPDATE list_line SET state = 'off' WHERE list_id = %lld", (long long)list.v).p);
    run_all();
    SAYS(s, "R-TH-1", "none");                          /* only in its own place */
}

/* In the page of the list the empty cell is seen. */
static void
the_matrix_of_tanhualin_shows_empty_cells(void **state)
{
    static const char *const cells[] = { "legal residents", "work shops" };
    (void)state;
    kit_begin(k);
    assert_true(profile_load(k->db, STR("tanhualin")));
    kit_commit(k);
    sql(str_fmt(&k->arena, "UPDATE unit SET profile = 'tanhualin', level = 'point' WHERE id = %lld", (long long)k->station_a.v).p);
    struct list_id list = listed(k->station_a, "tanhualin", "services", cells, 2);
    struct kit_reply r = kit_get(k, "worker_a", str_fmt(&k->arena, "/lists/%lld", (long long)list.v).p);
    assert_int_equal(r.status, HTTP_OK);
    size_t empty = 0;
    for (const char *at = str_z(&k->arena, r.body); (at = strstr(at, ">空</span>")) != NULL; at++) empty++;
    assert_int_equal(empty, 10);
    assert_true(kit_has(r, "商户") && kit_has(r, "文体服务"));
}

static void
hunan_has_five_levels_and_two_percent(void **state)
{
    static const size_t counts[] = { 1, 2, 4, 8, 16 };
    static const char *const levels[] = { "province", "city", "county", "station", "point" };
    (void)state;
    struct net *net = build("hunan", counts);
    for (size_t i = 0; i < COUNT(levels); i++) assert_int_equal(of_level("hunan", levels[i]), counts[i]);
    kit_begin(k);
    fact(net->at[2][0], "special_fund", "1000000000");
    fact(net->at[2][0], "station_fund", "20000000");
    kit_commit(k);
    run_all();
    SAYS(net->at[2][0], "R-HN-F1", "ok");
    SHOWS(net->at[2][0], "R-HN-F1", "2.0%");
    SAYS(net->at[2][1], "R-HN-F1", "unknown");
    SAYS(net->at[3][0], "R-HN-L1", "warn");             /* no premises, no lodging */
    kit_begin(k);
    fact(net->at[2][0], "station_fund", "20000001");
    kit_commit(k);
    run_all();
    SAYS(net->at[2][0], "R-HN-F1", "warn");
}

static void
jiulongpo_has_three_levels_and_its_career_table(void **state)
{
    static const size_t counts[] = { 1, 3, 9 };
    (void)state;
    struct net *net = build("jiulongpo", counts);
    assert_int_equal(of_level("jiulongpo", "county"), 1);
    assert_int_equal(of_level("jiulongpo", "station"), 3);
    assert_int_equal(of_level("jiulongpo", "point"), 9);
    run_all();
    SAYS(net->at[0][0], "R-JLP-S1", "unknown");         /* no table was entered */
    SAYS(net->at[1][0], "R-JLP-S1", "none");            /* the district's matter */
    SAYS(net->at[1][0], "R-JLP-F2", "unknown");
}

/* The ministry's guide: urban communities must have a worker, rural ones should; the text on assistance stands on it. */
static void
the_ministrys_guide_and_social_assistance(void **state)
{
    static const size_t one[] = { 2 }, two[] = { 1, 2 };
    (void)state;
    struct net *guide = build("national", one), *aid = build("assistance-2015", two);
    kit_begin(k);
    fact(guide->at[0][0], "urban", "1");
    fact(guide->at[0][1], "urban", "0");
    fact(aid->at[1][0], "urban", "1");
    worker(aid->at[1][0], "31", "1", NULL);
    kit_commit(k);
    run_all();
    SAYS(guide->at[0][0], "R-MZT-S1", "error");
    SAYS(guide->at[0][1], "R-MZT-S1", "na");
    SAYS(guide->at[0][1], "R-MZT-S2", "warn");
    assert_int_equal(of_level("assistance-2015", "station"), 1);
    assert_int_equal(of_level("assistance-2015", "point"), 2);
    SAYS(aid->at[1][0], "R-MZT-S1", "ok");
    SAYS(aid->at[1][1], "R-MZT-S1", "unknown");         /* urban or rural? */
    SAYS(aid->at[0][0], "R-SA-1", "unknown");           /* what is found is not yet counted by station */
    SAYS(guide->at[0][0], "R-SA-1", "none");
}

/* covers: CD-11 */
static void
chengdu_17_190_816_with_18_pilots(void **state)
{
    static const size_t counts[] = { 17, 190, 816 };
    (void)state;
    struct net *net = build("chengdu", counts);
    assert_int_equal(of_level("chengdu", "county"), 17);
    assert_int_equal(of_level("chengdu", "station"), 190);
    assert_int_equal(of_level("chengdu", "point"), 816);
    kit_begin(k);
    for (int i = 0; i < 18; i++) entry_of(net->at[1][i], "pilot", &(struct entry){ NO_ENTRY, .kind = STR("pilot"), .mode = STR("province") });
    fact(net->at[1][0], "operator", "agency");
    fact(net->at[1][1], "operator", "other");
    kit_commit(k);
    run_all();
    assert_int_equal(count("SELECT count(*) FROM entry e JOIN unit u ON u.id = e.unit_id"
                           " WHERE e.ledger = 'pilot' AND e.mode = 'province' AND u.profile = 'chengdu'"), 18);
    SAYS(net->at[1][0], "R-CD-S2", "ok");
    SAYS(net->at[1][1], "R-CD-S2", "error");
    SAYS(net->at[1][2], "R-CD-S2", "unknown");
    SAYS(net->at[1][2], "R-CD-S1", "unknown");          /* the standard is not set */
}

/* covers: OR-04, OR-05, OR-12, OR-13 */
static void
ordos_9_centres_41_percent_4600_yuan(void **state)
{
    static const size_t counts[] = { 1, 9, 32, 114 };
    (void)state;
    struct net *net = build("ordos", counts);
    kit_begin(k);
    for (int i = 32; i < 78; i++) {
        struct str d = str_fmt(&k->arena, "1506%02d9%02d000", i % 9 + 1, i);
        division(d.p, 4, str_fmt(&k->arena, "1506%02d000000", i % 9 + 1).p);
    }
    for (int i = 0; i < 10; i++) worker(net->at[2][i], "31", i < 2 ? "3" : i < 5 ? "2" : "1", NULL);
    struct staff_id both = worker(net->at[2][11], "31", NULL, NULL);
    fact(net->at[0][0], "social_work_professionals", "3628");
    fact(net->at[0][0], "population", "2134000");
    kit_commit(k);
    run_all();
    SHOWS(net->at[0][0], "R-OR-C1", "41.0%");
    SHOWS(net->at[0][0], "R-OR-F1", "6,400,000.00");
    SHOWS(net->at[0][0], "R-OR-K1", "1.7‰");
    SHOWS(net->at[0][0], "R-OR-A1", "4,600.00");
    assert_int_equal(of_level("ordos", "county"), 9);
    kit_begin(k);                                       /* a middle and a junior certificate: one allowance, the higher */
    int64_t area = unit_area(k->db, net->at[2][11]);
    certificate_add(k->db, area, both, STR("1"), STR("1"), date_add(now, -9), NO_DATE, NO_DATE);
    certificate_add(k->db, area, both, STR("2"), STR("2"), date_add(now, -8), NO_DATE, NO_DATE);
    kit_commit(k);
    run_all();
    SHOWS(net->at[0][0], "R-OR-A1", "5,100.00");
}

/* covers: HNG-03, HNG-04, HNG-05, JL-39 */
static void
haining_64330_has_five_lamps(void **state)
{
    static const size_t counts[] = { 1 };
    (void)state;
    struct net *net = build("haining", counts);
    struct unit_id s = net->at[0][0];
    kit_begin(k);
    for (int i = 0; i < 5; i++) worker(s, "31", i < 3 ? "1" : NULL, NULL);
    kit_commit(k);
    run_all();
    SAYS(s, "R-HNG-S1", "error");
    SHOWS(s, "R-HNG-S1", "5");
    SAYS(s, "R-HNG-S2", "error");
    SAYS(s, "R-HNG-S3", "unknown");
    SAYS(s, "R-HNG-S4", "unknown");                     /* volunteers are not recorded yet */
    SAYS(s, "R-HNG-S5", "unknown");
    SAYS(s, "R-HNG-64330", "error");
    kit_begin(k);
    worker(s, "31", "1", NULL);
    fact(s, "team_from_outside", "0");
    kit_commit(k);
    run_all();
    SAYS(s, "R-HNG-S1", "ok");
    SAYS(s, "R-HNG-S2", "ok");
    SAYS(s, "R-HNG-S3", "na");                          /* a local team */
    SAYS(s, "R-HNG-64330", "unknown");                  /* never fine while a part is not known */
    kit_begin(k);
    worker(s, "31", NULL, "assistant");                 /* does not count */
    fact(s, "team_from_outside", "1");
    fact(s, "agency_grade", "2");
    fact(s, "local_new_trainees", "3");
    kit_commit(k);
    run_all();
    SHOWS(s, "R-HNG-S1", "6");
    SAYS(s, "R-HNG-S3", "error");
}

/* covers: GD-06, GD-09, GD-10 */
static void
guangdong_12_villages_with_11_posts(void **state)
{
    static const size_t counts[] = { 1, 12 };
    (void)state;
    struct net *net = build("guangdong", counts);
    struct unit_id s = net->at[0][0];
    kit_begin(k);
    for (int i = 0; i < 11; i++) worker(net->at[1][i], "31", "1", "service");
    worker(s, "31", "1", "affairs");
    for (int i = 0; i < 12; i++)
        db_exec(k->db, str_fmt(&k->arena, "INSERT INTO unit_village (unit_id, division, minutes, from_on) VALUES (%lld, '%.*s', 10, '2020-01-01')",
                               (long long)net->at[1][i].v, FMT(net->divisions[1][i])).p);
    kit_commit(k);
    run_all();
    SAYS(s, "R-GD-S2", "error");
    SHOWS(s, "R-GD-S2", "11");
    SAYS(s, "R-GD-S1", "warn");
    SAYS(s, "R-GD-C2", "ok");
    kit_begin(k);
    worker(net->at[1][11], "31", "1", "service");
    worker(s, "31", "1", "affairs");
    db_exec(k->db, str_fmt(&k->arena, "INSERT INTO unit_village (unit_id, division, minutes, from_on) VALUES (%lld, '%.*s', 10, '2020-01-01')",
                           (long long)net->at[1][0].v, FMT(net->divisions[1][1])).p);
    kit_commit(k);
    run_all();
    SAYS(s, "R-GD-S2", "ok");
    SAYS(s, "R-GD-S1", "ok");
    SAYS(s, "R-GD-C2", "error");                        /* a village of two points */
    kit_begin(k);
    db_exec(k->db, str_fmt(&k->arena, "DELETE FROM unit_village WHERE unit_id = %lld AND division = '%.*s'", (long long)net->at[1][0].v,
                           FMT(net->divisions[1][1])).p);
    kit_commit(k);
    run_all();
    SAYS(s, "R-GD-C2", "ok");
    kit_begin(k);
    db_exec(k->db, str_fmt(&k->arena, "DELETE FROM unit_village WHERE unit_id = %lld", (long long)net->at[1][3].v).p);
    kit_commit(k);
    run_all();
    SAYS(s, "R-GD-C2", "error");                        /* a village of none */
}

/* covers: GD-12 */
static void
stations_of_guangdong_have_two_leads(void **state)
{
    static const size_t counts[] = { 2, 0 };
    (void)state;
    struct net *net = build("guangdong", counts);
    struct entry e = { NO_ENTRY, .unit = net->at[0][0], .kind = STR("administrative"), .party = STR("某副镇长"), .title = STR("副镇长"),
                       .body = STR("镇党委会议确定") };
    run_all();
    SAYS(net->at[0][0], "R-GD-S4", "warn");
    e.on = date_add(now, -9);
    kit_begin(k);
    ledger_add(k->db, unit_area(k->db, e.unit), "lead", &e, (struct user_id){ 0 });
    kit_commit(k);
    run_all();
    SAYS(net->at[0][0], "R-GD-S4", "warn");             /* nobody coordinates the services */
    e.kind = STR("professional");
    e.party = STR("某社工");
    kit_begin(k);
    ledger_add(k->db, unit_area(k->db, e.unit), "lead", &e, (struct user_id){ 0 });
    kit_commit(k);
    run_all();
    SAYS(net->at[0][0], "R-GD-S4", "ok");
    SAYS(net->at[0][1], "R-GD-S4", "warn");
    sql("UPDATE entry SET until_on = '2020-01-01' WHERE ledger = 'lead' AND kind = 'administrative'");
    run_all();
    SAYS(net->at[0][0], "R-GD-S4", "warn");
}

/* covers: JL-02, JL-03, JL-14, JL-24 */
static void
jilin_counts_professionals_and_the_four_things(void **state)
{
    static const size_t counts[] = { 3 };
    (void)state;
    struct net *net = build("jilin", counts);
    struct unit_id city = net->at[0][0], rural = net->at[0][1], ready = net->at[0][2];
    kit_begin(k);
    fact(city, "urban", "1");
    fact(rural, "urban", "0");
    fact(ready, "urban", "0");
    fact(rural, "conditions_met", "0");
    fact(ready, "conditions_met", "1");
    worker(city, "31", "1", NULL);
    fact(city, "has_platform", "1");
    fact(city, "has_team", "1");
    fact(city, "has_practice", "1");
    fact(city, "has_incubation", "0");
    kit_commit(k);
    run_all();
    SAYS(city, "R-JL-S1", "error");
    SAYS(rural, "R-JL-S2", "na");
    SAYS(ready, "R-JL-S2", "error");
    SAYS(city, "R-JL-P1", "warn");
    SHOWS(city, "R-JL-P1", "3");
    assert_true(strstr(text_at(city, "R-JL-P1", "figures", today()), "\"has_incubation\":\"0\"") != NULL);
    kit_begin(k);
    worker(city, "31", "1", NULL);
    worker(ready, "31", "2", NULL);
    fact(city, "has_incubation", "1");
    kit_commit(k);
    run_all();
    SAYS(city, "R-JL-S1", "ok");
    SAYS(ready, "R-JL-S2", "ok");
    SAYS(city, "R-JL-P1", "ok");
}

/* covers: TY-02, TY-03 */
static void
tongyun_14_communities_with_13_workers(void **state)
{
    static const size_t counts[] = { 1, 14 };
    (void)state;
    struct net *net = build("tongyun", counts);
    kit_begin(k);
    for (int i = 0; i < 13; i++) worker(net->at[1][i], "31", "1", "worker");
    for (int i = 0; i < 2; i++) worker(net->at[0][0], "31", "1", "worker");
    kit_commit(k);
    run_all();
    SAYS(net->at[1][0], "R-TY-S2", "ok");
    SAYS(net->at[1][13], "R-TY-S2", "error");
    assert_int_equal(count("SELECT count(*) FROM rule_result WHERE rule = 'R-TY-S2' AND state = 'error' AND to_on IS NULL"), 1);
    SAYS(net->at[0][0], "R-TY-S1", "error");            /* no supervisor; workers of the communities are not the centre's */
    SHOWS(net->at[0][0], "R-TY-S1", "2");
    kit_begin(k);
    worker(net->at[0][0], "31", "1", "supervisor");
    kit_commit(k);
    run_all();
    SAYS(net->at[0][0], "R-TY-S1", "ok");
}

/* covers: ZL-03 */
static void
zhaolin_has_three_instructors(void **state)
{
    static const size_t counts[] = { 1 };
    (void)state;
    struct unit_id s = build("zhaolin", counts)->at[0][0];
    kit_begin(k);
    fact(s, "chief_guide", "1");
    fact(s, "street_guide", "1");
    fact(s, "professional_guide", "0");
    fact(s, "grid_members", "35");
    fact(s, "grid_informants", "140");
    kit_commit(k);
    run_all();
    SAYS(s, "R-ZL-S1", "error");
    SAYS(s, "R-ZL-S2", "ok");
    kit_begin(k);
    fact(s, "professional_guide", "1");
    kit_commit(k);
    run_all();
    SAYS(s, "R-ZL-S1", "ok");
}

/* covers: GZ-43 */
static void
rules_of_guangzhou_hold_in_guangzhou(void **state)
{
    static const size_t counts[] = { 1 };
    (void)state;
    struct unit_id s = build("guangzhou", counts)->at[0][0];
    run_all();
    SAYS(s, "R-GZ-Q1", "unknown");
    sql(str_fmt(&k->arena, "UPDATE unit SET division = '440500001000' WHERE id = %lld", (long long)s.v).p);
    run_all();
    SAYS(s, "R-GZ-Q1", "none");
}

/* covers: JN-04 */
static void
jinan_universities_and_coverage(void **state)
{
    static const size_t counts[] = { 1, 15, 161, 0 };
    (void)state;
    struct net *net = build("jinan", counts);
    kit_begin(k);
    fact(net->at[0][0], "universities", "8");
    fact(net->at[0][0], "university_pairs", "16");
    fact(net->at[1][0], "district_universities", "2");
    fact(net->at[1][1], "district_universities", "0");
    kit_commit(k);
    run_all();
    assert_int_equal(of_level("jinan", "county"), 15);
    assert_int_equal(of_level("jinan", "station"), 161);
    SAYS(net->at[0][0], "R-JN-V1", "ok");
    SHOWS(net->at[0][0], "R-JN-C1", "100.0%");
    SAYS(net->at[1][0], "R-JN-V1-district", "ok");
    SAYS(net->at[1][1], "R-JN-V1-district", "warn");
    SAYS(net->at[1][2], "R-JN-V1-district", "unknown");
    kit_begin(k);
    fact(net->at[0][0], "university_pairs", "15");
    kit_commit(k);
    run_all();
    SAYS(net->at[0][0], "R-JN-V1", "warn");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, places_open, places_close)
        TEST(ninghua_has_its_four_levels), TEST(ninghua_looks_at_education_and_heads),
        TEST(chengdu_17_190_816_with_18_pilots), TEST(ordos_9_centres_41_percent_4600_yuan),
        TEST(haining_64330_has_five_lamps), TEST(guangdong_12_villages_with_11_posts),
        TEST(jilin_counts_professionals_and_the_four_things), TEST(tongyun_14_communities_with_13_workers),
        TEST(zhaolin_has_three_instructors), TEST(rules_of_guangzhou_hold_in_guangzhou),
        TEST(jinan_universities_and_coverage), TEST(stations_of_guangdong_have_two_leads),
        TEST(each_area_of_ninghua_has_one_feature), TEST(haining_has_1_2_3_x_projects),
        TEST(tanhualin_serves_three_audiences_in_four_kinds), TEST(the_matrix_of_tanhualin_shows_empty_cells),
        TEST(hunan_has_five_levels_and_two_percent), TEST(jiulongpo_has_three_levels_and_its_career_table),
        TEST(the_ministrys_guide_and_social_assistance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
