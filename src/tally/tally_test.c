#include "tally/tally.h"
#include "tally/tally_sql.h"
#include "network/network.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { AREA = 350424, CASES = 120 };

static struct kit *k;
static size_t told;
static int64_t user;

static void
count_tell(void *arg, const struct tally_differences_row *r)
{
    (void)arg;
    (void)r;
    told++;
}

static size_t
differences(void)
{
    told = 0;
    kit_begin(k);
    size_t n = tally_check(k->db, count_tell, NULL);
    kit_commit(k);
    assert_int_equal(n, told);
    return n;
}

static void
sql(const char *fmt, ...)
{
    char text[2000];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    assert_true(db_exec(k->db, text));
}

static const char *const states[] = { "intake", "assessment", "planning", "intervention", "closing", "closed" };

/* What casework does: each write and its counters in one transaction. */
static void
random_case(int i, struct unit_id unit)
{
    char day_text[16];
    int64_t id = id_next(AREA);
    struct person_id person = { 1 + random() % 20 };
    struct date opened = date_add(today(), -(int)(random() % 400));
    struct instant at = instant_at(opened, (int)(random() % 24), 30);
    const char *code = random() % 2 ? "1.2" : "NH.1";

    date_print(opened, day_text);
    sql("INSERT INTO casefile (area_id, id, no, unit_id, person_id, client_kind, grade, state, crisis, code, level, opened_on, opened_at,"
        " contacts, minutes, version) VALUES (%d, %lld, 'n%d', %lld, %lld, 'person', 'professional', 'intake', 0, '%s', 1, '%s', %lld, 0, 0, 1)",
        AREA, (long long)id, i, (long long)unit.v, (long long)person.v, code, day_text, (long long)at.ms);
    tally_add(k->db, AREA, unit, opened, "case.opened", 1);
    sql("INSERT INTO case_category (area_id, case_id, category) VALUES (%d, %lld, 'A01')", AREA, (long long)id);
    tally_add_code(k->db, AREA, unit, opened, "case.opened", STR("A01"), 1);
    tally_add_code(k->db, AREA, unit, opened, "case.code", str_of(code), 1);
    size_t last = (size_t)random() % COUNT(states);
    for (size_t s = 0; s <= last; s++) {
        const char *from = s ? states[s - 1] : NULL;
        sql("INSERT INTO case_event (area_id, id, case_id, at, account_id, kind, from_state, to_state) VALUES (%d, %lld, %lld, %lld, %lld,"
            " 'state', %s%s%s, '%s')", AREA, (long long)id_next(AREA), (long long)id, (long long)at.ms, (long long)user,
            from ? "'" : "", from ? from : "NULL", from ? "'" : "", states[s]);
        tally_state(k->db, AREA, unit, instant_date(at), str_of(from), str_of(states[s]));
        at.ms += random() % (20 * 86400000LL);
    }
    if (last == COUNT(states) - 1) {
        sql("UPDATE casefile SET closed_on = '%s', close_reason = '41' WHERE id = %lld", day_text, (long long)id);
        tally_add(k->db, AREA, unit, opened, "case.closed", 1);
        tally_add_code(k->db, AREA, unit, opened, "case.closed", STR("41"), 1);
    }
    for (long r = random() % 5; r > 0; r--) {
        int minutes = (int)(random() % 120);
        sql("INSERT INTO case_record (area_id, id, case_id, form_id, unit_id, person_id, worker_id, kind, on_date, start_at, minutes, unplanned)"
            " VALUES (%d, %lld, %lld, 1, %lld, %lld, %lld, 'visit', '%s', 0, %d, 0)", AREA, (long long)id_next(AREA), (long long)id,
            (long long)unit.v, (long long)person.v, (long long)user, day_text, minutes);
        tally_contact(k->db, AREA, unit, opened, person, minutes);
    }
}

/* Whatever happens, the counters are what the records say. */
static void
counters_equal_the_recount(void **state)
{
    const struct unit_id units[] = { k->station_a, k->station_b, k->point_a };
    (void)state;
    srandom(42);
    user = kit_user(k, "worker_a").v;
    kit_begin(k);
    for (int p = 1; p <= 20; p++)
        sql("INSERT INTO person (area_id, id, unit_id, name, pinyin, sex, categories, level, created_at, updated_at, version)"
            " VALUES (%d, %d, %lld, 'p', 'p', '1', '', 0, 0, 0, 1)", AREA, p, (long long)k->station_a.v);
    tally_add(k->db, AREA, k->station_a, (struct date){ 0 }, "person.registered", 20);
    for (int i = 0; i < CASES; i++) random_case(i, units[random() % 3]);
    kit_commit(k);
    assert_int_equal(differences(), 0);
    assert_int_equal(kit_number(k, "SELECT SUM(n) FROM tally WHERE measure = 'case.opened'"), CASES);
}

/* Contacts in any order, some of them taken back: who was served first in a period is counted on that day, at every level. */
static void
persons_are_counted_on_their_first_day(void **state)
{
    const struct unit_id units[] = { k->station_a, k->station_b, k->point_a };
    struct { struct unit_id unit; struct date day; struct person_id person; } made[200];
    (void)state;
    kit_begin(k);
    sql("INSERT INTO casefile (area_id, id, no, unit_id, person_id, client_kind, grade, state, crisis, level, opened_on, opened_at, contacts, minutes,"
        " version) VALUES (%d, 77, 'p77', %lld, 1, 'person', 'professional', 'intake', 0, 1, '2024-01-01', 0, 0, 0, 1)", AREA, (long long)k->station_a.v);
    tally_add(k->db, AREA, k->station_a, (struct date){ 19723 }, "case.opened", 1);
    for (size_t i = 0; i < COUNT(made); i++) {
        char day[16];
        made[i].unit = units[random() % 3];
        made[i].day = date_add(today(), -(int)(random() % 500));
        made[i].person.v = 1 + random() % 12;
        date_print(made[i].day, day);
        sql("INSERT INTO case_record (area_id, id, case_id, form_id, unit_id, person_id, worker_id, kind, on_date, start_at, minutes, unplanned)"
            " VALUES (%d, %zu, 77, 1, %lld, %lld, 1, 'visit', '%s', 0, 10, 0)", AREA, 1000 + i, (long long)made[i].unit.v,
            (long long)made[i].person.v, day);
        tally_contact(k->db, AREA, made[i].unit, made[i].day, made[i].person, 10);
        if (random() % 3) continue;
        size_t gone = (size_t)random() % (i + 1);
        if (made[gone].person.v == 0) continue;
        sql("DELETE FROM case_record WHERE id = %zu", 1000 + gone);
        tally_contact_back(k->db, AREA, made[gone].unit, made[gone].day, made[gone].person, 10);
        made[gone].person.v = 0;
    }
    kit_commit(k);
    assert_int_equal(differences(), 0);
    assert_true(kit_number(k, "SELECT count(*) FROM tally_up WHERE measure = 'person.quarter'") > 20);
}

static int64_t
contacts_of(struct unit_id unit)
{
    return kit_number(k, str_fmt(&k->arena, "SELECT SUM(n) FROM tally_up WHERE measure = 'contact' AND unit_id = %lld", (long long)unit.v).p);
}

/* A station that hangs elsewhere takes its figures along; what they say of the time before stays. */
static void
sums_follow_the_tree(void **state)
{
    (void)state;
    int64_t east = contacts_of(k->east);
    int64_t b = contacts_of(k->station_b);
    kit_begin(k);
    assert_int_equal(unit_move(k->db, LANG_EN, k->station_b, k->west, today(), (struct user_id){ 0 }).n, 0);
    kit_commit(k);
    assert_int_equal(differences(), 0);
    assert_true(b > 0);
    assert_int_equal(contacts_of(k->east), east - b);
    assert_int_equal(contacts_of(k->west), b);
    kit_begin(k);
    assert_int_equal(unit_merge(k->db, LANG_EN, k->station_c, k->station_b, today(), (struct user_id){ 0 }).n, 0);
    tally_contact(k->db, AREA, k->point_a, today(), (struct person_id){ 3 }, 5);
    tally_contact_back(k->db, AREA, k->point_a, today(), (struct person_id){ 3 }, 5);
    assert_int_equal(unit_move(k->db, LANG_EN, k->station_b, k->east, today(), (struct user_id){ 0 }).n, 0);
    kit_commit(k);
    assert_int_equal(differences(), 0);
}

/* The number of different persons is the same from the sums and from who was served. */
static void
persons_of_a_period_are_the_same_both_ways(void **state)
{
    char from[16], to[16];
    struct ymd c = date_ymd(today());
    (void)state;
    date_print(today(), to);
    snprintf(from, sizeof from, "%04d-01-01", c.y % 10000);
    struct kit_reply sums = kit_get(k, "county", "/figures?period=year");
    struct kit_reply counted = kit_get(k, "county", str_fmt(&k->arena, "/figures?period=custom&from=%s&to=%s&was=custom", from, to).p);
    int64_t persons = kit_number(k, str_fmt(&k->arena, "SELECT count(DISTINCT person_id) FROM served WHERE day >= '%s' AND day <= '%s'",
                                            from, to).p);
    const char *tile = str_fmt(&k->arena, "<dt>服务人数</dt><dd class=\"tile-value\">%lld</dd>", (long long)persons).p;
    assert_true(persons > 5);
    assert_true(kit_has(sums, tile) && kit_has(counted, tile));
}

static void
a_wrong_counter_is_found(void **state)
{
    (void)state;
    kit_begin(k);
    tally_add(k->db, AREA, k->station_a, today(), "contact", 1);
    kit_commit(k);
    assert_int_equal(differences(), 1);
    kit_begin(k);
    tally_add(k->db, AREA, k->station_a, today(), "contact", -1);
    served_add(k->db, AREA, k->station_b, today(), (struct person_id){ 3 });
    sql("UPDATE casefile SET code = '1.5' WHERE code = '1.2'");
    kit_commit(k);
    assert_true(differences() > 1);
}

/* The county sees numbers and never who they are; a station's head sees his own station only. */
static void
figures_show_numbers(void **state)
{
    (void)state;
    struct kit_reply r = kit_get(k, "county", "/figures?period=custom&from=2000-01-01&to=2100-01-01");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, str_fmt(&k->arena, "<dt>新接个案</dt><dd class=\"tile-value\">%d</dd>", CASES + 1).p));
    assert_true(kit_has(r, "东片区社工中心站"));
    int64_t persons = kit_number(k, "SELECT count(DISTINCT person_id) FROM served");
    assert_true(kit_has(r, str_fmt(&k->arena, "<dt>服务人数</dt><dd class=\"tile-value\">%lld</dd>", (long long)persons).p));
    assert_int_equal(kit_get(k, "head_a", str_fmt(&k->arena, "/figures?unit=%lld", (long long)k->station_b.v).p).status, HTTP_NOT_FOUND);
    assert_true(kit_has(kit_get(k, "county", "/"), "<dt>新接个案</dt>"));
    assert_int_equal(kit_get(k, "admin", "/figures").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_get(k, "grid_a", "/figures").status, HTTP_FORBIDDEN);
    int64_t mine = kit_number(k, str_fmt(&k->arena, "SELECT SUM(n) FROM tally WHERE measure = 'case.opened' AND unit_id <> %lld",
                                         (long long)k->station_b.v).p);
    r = kit_get(k, "head_a", "/figures?period=custom&from=2000-01-01&to=2100-01-01");
    assert_true(kit_has(r, str_fmt(&k->arena, "<dt>新接个案</dt><dd class=\"tile-value\">%lld</dd>", (long long)mine).p));
}

/* S4 numbers under 5 are "<5", larger ones a range; so are the rows beside them, or a total would give them away. */
static void
small_sensitive_numbers_are_hidden(void **state)
{
    const char *all = "/figures/csv/categories?period=custom&from=2000-01-01&to=2100-01-01";
    (void)state;
    kit_begin(k);
    tally_add(k->db, AREA, k->station_b, today(), "case.opened:A02", 3);
    kit_commit(k);
    struct kit_reply r = kit_get(k, "county", all);
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, ",3,"));                                 /* nothing sensitive in the table */
    kit_begin(k);
    tally_add(k->db, AREA, k->station_a, today(), "case.opened:C09", 2);
    kit_commit(k);
    r = kit_get(k, "county", all);
    assert_true(kit_has(r, ",<5,"));
    assert_false(kit_has(r, ",2,"));
    assert_false(kit_has(r, ",3,"));                                /* or 2 would follow from the total */
    kit_begin(k);
    tally_add(k->db, AREA, k->station_a, today(), "case.opened:C09", 5);
    kit_commit(k);
    r = kit_get(k, "county", all);
    assert_true(kit_has(r, ",5–9,"));
    assert_false(kit_has(r, ",7,"));
    r = kit_get(k, "county", "/figures?period=custom&from=2000-01-01&to=2100-01-01");
    assert_true(kit_has(r, ">5–9<"));
}

static int
set_up(void **state)
{
    (void)state;
    k = kit_open();
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
        cmocka_unit_test(counters_equal_the_recount), cmocka_unit_test(persons_are_counted_on_their_first_day),
        cmocka_unit_test(sums_follow_the_tree), cmocka_unit_test(persons_of_a_period_are_the_same_both_ways),
        cmocka_unit_test(a_wrong_counter_is_found), cmocka_unit_test(figures_show_numbers),
        cmocka_unit_test(small_sensitive_numbers_are_hidden),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
