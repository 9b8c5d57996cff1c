/* Merging two registrations and taking it back: nothing is lost, nothing is counted twice, and what cannot be told apart again
 * is refused. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "people/people.h"
#include "tally/tally.h"
#include "tally/tally_sql.h"
#include "test/kit.h"
#include <pthread.h>
#include <unistd.h>

enum { AREA = 350424, PEOPLE = 8, STEPS = 40, SUMS = 16 };

static struct kit *k;
static int64_t user;

static int open_kit(void **state) { (void)state; k = kit_open(); user = kit_user(k, "worker_a").v; return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static const char *
at(const char *fmt, int64_t a, int64_t b)
{
    char z[400];
    snprintf(z, sizeof z, fmt, (long long)a, (long long)b);
    return str_fmt(&k->arena, "%s", z).p;
}

static int64_t
registered(const char *name, const char *more)
{
    struct kit_reply r = kit_post(k, "worker_a", "/people/new", str_fmt(&k->arena, "name=%.*s&%s", FMT(kit_enc(k, name)), more).p);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d %.800s", name, (int)r.status, str_z(&k->arena, r.body));
    return kit_id_in(r.location, "/people/");
}

static struct kit_reply
merge(int64_t keep, int64_t gone, const char *more)
{
    return kit_post(k, "head_a", at("/people/%lld/merge/%lld", keep, gone), str_fmt(&k->arena, "reason=x&%s", more).p);
}

static int64_t
merge_of(int64_t gone)
{
    return kit_number(k, at("SELECT max(id) FROM merge WHERE gone_id = %lld AND undone_at IS NULL", gone, 0));
}

static struct kit_reply
undo(int64_t merge_id)
{
    return kit_post(k, "head_a", at("/merges/%lld/undo", merge_id, 0), "reason=slip");
}

static void
tell(void *arg, const struct tally_differences_row *r)
{
    (void)arg;
    print_message("unit %lld %.*s: %lld, counted %lld\n", (long long)r->unit.v, FMT(r->measure), (long long)r->kept, (long long)r->counted);
}

/* The counters are what the records say, and who was served is who the records name. */
static void
counts_are_right(void)
{
    kit_begin(k);
    size_t n = tally_check(k->db, tell, NULL);
    kit_commit(k);
    assert_int_equal(n, 0);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM (SELECT unit_id, day, person_id, sum(n) AS d FROM ("
        "SELECT unit_id, day, person_id, times AS n FROM served UNION ALL SELECT unit_id, on_date, person_id, -1 FROM case_record) x"
        " GROUP BY unit_id, day, person_id HAVING sum(n) <> 0) y"), 0);
}

/* A closed case with records on some days, counted as casework counts. */
static int64_t
closed_case(int64_t person, struct unit_id unit, int records)
{
    int64_t id = id_next(AREA);
    char day[16];
    struct date opened = date_add(today(), -(int)(random() % 700));
    struct instant open_at = instant_at(opened, 9, 0);
    date_print(opened, day);
    kit_begin(k);
    assert_true(db_exec(k->db, str_fmt(&k->arena, "INSERT INTO casefile (area_id, id, no, unit_id, person_id, client_kind, grade, state, crisis, level,"
        " opened_on, opened_at, closed_on, contacts, minutes, version) VALUES (%d, %lld, 'm%lld', %lld, %lld, 'person', 'professional', 'closed', 0, 1,"
        " '%s', %lld, '%s', 0, 0, 1)", AREA, (long long)id, (long long)id, (long long)unit.v, (long long)person, day, (long long)open_at.ms, day).p));
    tally_add(k->db, AREA, unit, opened, "case.opened", 1);
    tally_add(k->db, AREA, unit, opened, "case.closed", 1);
    for (int i = 0; i < records; i++) {
        struct date on = date_add(opened, (int)(random() % 3));
        date_print(on, day);
        assert_true(db_exec(k->db, str_fmt(&k->arena, "INSERT INTO case_record (area_id, id, case_id, form_id, unit_id, person_id, worker_id, kind, on_date,"
            " start_at, minutes, unplanned) VALUES (%d, %lld, %lld, 1, %lld, %lld, %lld, 'visit', '%s', 0, 30, 0)", AREA, (long long)id_next(AREA),
            (long long)id, (long long)unit.v, (long long)person, (long long)user, day).p));
        tally_contact(k->db, AREA, unit, on, (struct person_id){ person }, 30);
    }
    kit_commit(k);
    return id;
}

/* What hangs on whom, each table as a number that changes with every row and every owner. */
static void
sums(int64_t out[SUMS])
{
    static const char *const of[SUMS] = {
        "SELECT coalesce(sum((id % 10007) * (person_id % 10009)), 0) FROM member", "SELECT count(*) FROM member WHERE to_on IS NULL",
        "SELECT coalesce(sum((id % 10007) * (person_id % 10009)), 0) FROM person_category", "SELECT count(*) FROM person_category WHERE to_on IS NULL",
        "SELECT coalesce(sum((id % 10007) * (person_id % 10009)), 0) FROM contact",
        "SELECT coalesce(sum((id % 10007) * (person_id % 10009)), 0) FROM casefile",
        "SELECT coalesce(sum((id % 10007) * (person_id % 10009)), 0) FROM case_record", "SELECT coalesce(sum(times * (person_id % 10009)), 0) FROM served",
        "SELECT coalesce(sum((account_id % 10007) * (person_id % 10009)), 0) FROM person_named",
        "SELECT coalesce(sum((household_id % 10007) * (id % 10009)), 0) FROM person",
        "SELECT coalesce(sum(length(categories) * (id % 10009)), 0) FROM person", "SELECT coalesce(sum((level + 1) * (id % 10009)), 0) FROM person",
        "SELECT coalesce(sum(length(name) * (id % 10009) + length(coalesce(note, '')) * (id % 10007)), 0) FROM person",
        "SELECT count(*) FROM person WHERE closed_on IS NULL", "SELECT count(*) FROM person_term",
        "SELECT coalesce(sum((household_id % 10007) * (id % 10009)), 0) FROM member",
    };
    for (int i = 0; i < SUMS; i++) out[i] = kit_number(k, of[i]);
}

static void
all_goes_over_and_comes_back(void **state)
{
    (void)state;
    int64_t a = registered("叶春花", "born=1950-01-01&note=first"), b = registered("叶春花", "born=1950-01-01&phone=13800003333"), before[SUMS], after[SUMS];
    closed_case(a, k->station_a, 3);
    closed_case(b, k->station_b, 4);
    kit_post(k, "worker_a", at("/people/%lld/contacts", b, 0), "kind=emergency&name=x");
    kit_post(k, "worker_a", at("/people/%lld/categories", a, 0), "category=A01&from_on=2026-01-01&source=list");
    kit_post(k, "worker_a", at("/people/%lld/categories", b, 0), "category=A01&from_on=2026-02-01&source=list");
    kit_post(k, "worker_a", at("/people/%lld/categories", b, 0), "category=B03&from_on=2026-02-01&source=list");
    kit_post(k, "worker_a", "/households/new", at("head=%lld", a, 0));
    kit_post(k, "worker_a", "/households/new", at("head=%lld", b, 0));
    counts_are_right();
    sums(before);
    assert_true(kit_has(kit_get(k, "head_a", at("/people/%lld/merge/%lld", a, b)), "叶春花"));
    struct kit_reply r = merge(a, b, "home=gone");
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    counts_are_right();
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM casefile WHERE person_id = %lld", a, 0)), 2);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM case_record WHERE person_id = %lld AND unit_id = %lld", a, k->station_b.v)), 4);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM served WHERE person_id = %lld", b, 0)), 0);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person WHERE id = %lld AND categories = 'A01,B03'"
                                      " AND phone_sealed IS NOT NULL AND note = 'first'", a, 0)), 1);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM member WHERE person_id = %lld AND to_on IS NULL", a, 0)), 1);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM member WHERE person_id = %lld AND to_on IS NOT NULL AND reason = 'merged'", a, 0)), 1);
    /* Old links lead on, a page of before may not write, lists and search know one. */
    r = kit_get(k, "worker_a", at("/people/%lld/categories?x=1", b, 0));
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_string_equal(str_z(&k->arena, r.location), at("/people/%lld/categories?x=1", a, 0));
    assert_int_equal(kit_post(k, "worker_a", at("/people/%lld/contacts", b, 0), "kind=emergency&name=late").status, HTTP_CONFLICT);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM contact WHERE name = 'late'"), 0);
    assert_false(kit_has(kit_get(k, "worker_a", "/search?q=%E5%8F%B6%E6%98%A5%E8%8A%B1"), at("/people/%lld", b, 0)));
    assert_true(kit_has(kit_get(k, "worker_a", "/search?q=%E5%8F%B6%E6%98%A5%E8%8A%B1"), at("/people/%lld", a, 0)));
    assert_int_equal(kit_get(k, "worker_b", at("/people/%lld", b, 0)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action IN ('merge', 'merged')"), 2);
    r = undo(merge_of(b));
    if (r.status != HTTP_SEE_OTHER) fail_msg("%.3000s", str_z(&k->arena, r.body));
    sums(after);
    for (int i = 0; i < SUMS; i++)
        if (before[i] != after[i]) fail_msg("sum %d: %lld, then %lld", i, (long long)before[i], (long long)after[i]);
    counts_are_right();
    assert_int_equal(kit_get(k, "worker_a", at("/people/%lld", b, 0)).status, HTTP_OK);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person WHERE id = %lld AND phone_sealed IS NULL", a, 0)), 1);
}

static void
what_is_refused(void **state)
{
    (void)state;
    int64_t a = registered("丘月娥", "born=1951-01-01"), b = registered("丘月娥", "born=1951-01-01"), c = registered("丘月娥", "born=1951-01-01");
    assert_int_equal(kit_post(k, "worker_a", at("/people/%lld/merge/%lld", a, b), "reason=x").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "head_b", at("/people/%lld/merge/%lld", a, b), "reason=x").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "head_a", at("/people/%lld/merge/%lld", a, b), "").status, HTTP_INVALID);
    assert_int_equal(merge(a, a, "").status, HTTP_NOT_FOUND);
    /* Two open cases. */
    struct kit_reply one = kit_post(k, "worker_a", "/cases/new", at("person=%lld", a, 0));
    struct kit_reply two = kit_post(k, "worker_a", "/cases/new", at("person=%lld", b, 0));
    assert_true(one.status == HTTP_SEE_OTHER && two.status == HTTP_SEE_OTHER);
    struct kit_reply r = merge(a, b, "");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, at("/cases/%lld", kit_id_in(one.location, "/cases/"), 0)) &&
                kit_has(r, at("/cases/%lld", kit_id_in(two.location, "/cases/"), 0)));
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person WHERE id IN (%lld, %lld) AND closed_on IS NULL", a, b)), 2);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM merge WHERE gone_id = %lld", b, 0)), 0);
    /* One open case goes over; what comes after stands in the way of an undo, by name. */
    assert_int_equal(merge(b, c, "").status, HTTP_SEE_OTHER);
    int64_t m = merge_of(c);
    kit_post(k, "worker_a", at("/people/%lld/contacts", b, 0), str_fmt(&k->arena, "kind=carer&name=%.*s", FMT(kit_enc(k, "丘某某"))).p);
    r = undo(m);
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "丘某某"));
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person WHERE id = %lld AND merged_into = %lld", c, b)), 1);
    assert_int_equal(kit_post(k, "worker_a", at("/merges/%lld/undo", m, 0), "").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "head_b", at("/merges/%lld/undo", m, 0), "").status, HTTP_NOT_FOUND);
    counts_are_right();
}

/* A chain is taken back from its end; a changed field stands in the way; a number that somebody else has by now too. */
static void
undoing_has_an_order(void **state)
{
    (void)state;
    int64_t a = registered("饶兰芳", "born=1952-01-01"), b = registered("饶兰芳", "born=1952-01-01"), c = registered("饶兰芳", "born=1952-01-01");
    assert_int_equal(merge(b, c, "").status, HTTP_SEE_OTHER);
    assert_int_equal(merge(a, b, "").status, HTTP_SEE_OTHER);
    assert_string_equal(str_z(&k->arena, kit_get(k, "worker_a", at("/people/%lld", c, 0)).location), at("/people/%lld", a, 0));
    assert_int_equal(undo(merge_of(c)).status, HTTP_INVALID);
    int64_t later = merge_of(b), first = merge_of(c);
    assert_int_equal(undo(later).status, HTTP_SEE_OTHER);
    assert_int_equal(undo(later).status, HTTP_INVALID);
    assert_int_equal(undo(first).status, HTTP_SEE_OTHER);
    assert_int_equal(merge(a, b, "").status, HTTP_SEE_OTHER);
    assert_int_equal(merge(a, c, "").status, HTTP_SEE_OTHER);
    assert_int_equal(undo(merge_of(c)).status, HTTP_SEE_OTHER);
    assert_int_equal(undo(merge_of(b)).status, HTTP_SEE_OTHER);
    assert_int_equal(merge(a, b, "").status, HTTP_SEE_OTHER);
    int64_t version = kit_number(k, at("SELECT version FROM person WHERE id = %lld", a, 0));
    struct kit_reply r = kit_post(k, "worker_a", at("/people/%lld/edit", a, 0),
                                  str_fmt(&k->arena, "name=%.*s&born=1952-01-01&version=%lld&note=later", FMT(kit_enc(k, "饶兰芳")), (long long)version).p);
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_int_equal(undo(merge_of(b)).status, HTTP_INVALID);
    counts_are_right();
}

/* A number stays registered once, through the merge and back; when somebody else has it by then, the undo says who. */
static void
a_number_goes_along(void **state)
{
    (void)state;
    static const char number[] = "idno=350499194901010030";
    int64_t a = registered("洪浩然", "born=1949-01-01"), b = registered("洪浩然", number);
    assert_int_equal(merge(a, b, "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person WHERE id = %lld AND idno_hash IS NOT NULL AND sex = '1'", a, 0)), 1);
    assert_int_equal(kit_post(k, "worker_a", "/people/new", str_fmt(&k->arena, "name=x&%s", number).p).status, HTTP_INVALID);
    assert_int_equal(undo(merge_of(b)).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person WHERE (id = %lld AND idno_hash IS NULL AND sex = '9')"
                                      " OR (id = %lld AND idno_hash IS NOT NULL AND closed_on IS NULL)", a, b)), 2);
    assert_int_equal(merge(a, b, "pick.idno=keep&pick.id_type=keep").status, HTTP_SEE_OTHER);
    registered("后来者", number);
    struct kit_reply r = undo(merge_of(b));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "后来者"));
    /* A number and a birth date that contradict each other are not picked together. */
    int64_t c = registered("洪水清", "born=1950-05-05"), d = registered("洪水清", "idno=350499196001010018");
    assert_int_equal(merge(c, d, "").status, HTTP_INVALID);
    assert_int_equal(merge(c, d, "pick.born=gone").status, HTTP_SEE_OTHER);
    counts_are_right();
}

/* Any merges and undos in any order: after each the counters are right, and at the end all is as it was. */
static void
random_history_comes_back(void **state)
{
    int64_t people[PEOPLE], before[SUMS], after[SUMS];
    const struct unit_id units[] = { k->station_a, k->station_b, k->point_a };
    size_t merges = 0;
    (void)state;
    srandom(7);
    for (int i = 0; i < PEOPLE; i++) {
        people[i] = registered("卜福生", i % 2 ? "born=1960-06-06&note=odd" : "born=1960-06-06");
        for (long c = random() % 3; c >= 0; c--) closed_case(people[i], units[random() % 3], (int)(random() % 4));
        kit_post(k, "worker_a", at("/people/%lld/categories", people[i], 0), random() % 2 ? "category=A01&from_on=2026-01-01&source=list"
                                                                                         : "category=B03&from_on=2026-01-01&source=list");
        if (random() % 2) kit_post(k, "worker_a", "/households/new", at("head=%lld", people[i], 0));
    }
    sums(before);
    for (int i = 0; i < STEPS; i++) {
        int64_t a = people[random() % PEOPLE], b = people[random() % PEOPLE];
        int64_t open_one = kit_number(k, at("SELECT count(*) FROM person WHERE id = %lld AND closed_on IS NULL", b, 0));
        struct kit_reply r = open_one ? merge(a, b, random() % 2 ? "home=gone&pick.note=gone" : "") : undo(merge_of(b));
        merges += open_one && r.status == HTTP_SEE_OTHER && str_starts(r.location, STR("/people/"));
        counts_are_right();
    }
    assert_true(merges > 5);
    for (int64_t m; (m = kit_number(k, "SELECT coalesce(max(m.id), 0) FROM merge m JOIN person p ON p.id = m.gone_id"
                                       " WHERE m.undone_at IS NULL AND p.name = '卜福生'")) != 0;) {
        struct kit_reply r = undo(m);
        if (r.status != HTTP_SEE_OTHER) fail_msg("%d %.3000s", (int)r.status, strstr(str_z(&k->arena, r.body), "alert-title"));
        counts_are_right();
    }
    sums(after);
    for (int i = 0; i < SUMS; i++)
        if (before[i] != after[i]) fail_msg("sum %d: %lld, then %lld", i, (long long)before[i], (long long)after[i]);
}

static void
households_become_one_and_two_again(void **state)
{
    (void)state;
    int64_t a = registered("万广田", "born=1955-01-01"), b = registered("万秋菊", "born=1957-01-01");
    int64_t h = kit_id_in(kit_post(k, "worker_a", "/households/new", at("head=%lld&no=H-1", a, 0)).location, "/households/");
    int64_t g = kit_id_in(kit_post(k, "worker_a", "/households/new", at("head=%lld&no=H-2&note=gone", b, 0)).location, "/households/");
    int64_t before[SUMS], after[SUMS];
    sums(before);
    const char *pair = at("/households/%lld/merge/%lld", h, g);
    assert_string_equal(str_z(&k->arena, kit_post(k, "head_a", at("/households/%lld/merge", h, 0), "no=H-2").location), pair);
    assert_int_equal(kit_post(k, "head_a", at("/households/%lld/merge", h, 0), "no=nothing").status, HTTP_INVALID);
    assert_true(kit_has(kit_get(k, "head_a", pair), "H-2"));
    assert_int_equal(kit_post(k, "worker_a", pair, "reason=x").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "head_a", pair, "reason=x").status, HTTP_INVALID);         /* two heads */
    assert_int_equal(kit_post(k, "head_a", pair, "reason=x&relation=12").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM member WHERE household_id = %lld AND to_on IS NULL", h, 0)), 2);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM member WHERE household_id = %lld AND relation = '02'", h, 0)), 1);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person WHERE household_id = %lld", h, 0)), 2);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM household WHERE id = %lld AND note = 'gone'", h, 0)), 1);
    assert_string_equal(str_z(&k->arena, kit_get(k, "worker_a", at("/households/%lld", g, 0)).location), at("/households/%lld", h, 0));
    assert_false(kit_has(kit_get(k, "worker_a", "/households"), ">H-2<"));
    assert_int_equal(undo(merge_of(g)).status, HTTP_SEE_OTHER);
    sums(after);
    for (int i = 0; i < SUMS; i++) assert_int_equal(before[i], after[i]);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM household WHERE id = %lld AND note IS NULL", h, 0)), 1);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM member WHERE household_id = %lld AND relation = '02'", g, 0)), 1);
    assert_int_equal(kit_post(k, "head_a", pair, "reason=x&relation=12").status, HTTP_SEE_OTHER);
    int64_t c = registered("万学文", "born=1990-01-01");
    assert_int_equal(kit_post(k, "worker_a", at("/households/%lld/members", h, 0), at("person=%lld&relation=20", c, 0)).status, HTTP_SEE_OTHER);
    struct kit_reply r = undo(merge_of(g));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "万学文"));
}

/* Whoever adds a table that names a person decides what a merge does with it: here, and in merge_note. */
static void
every_table_with_a_person_is_thought_of(void **state)
{
    (void)state;
    static const char known[] = "'member', 'person_category', 'contact', 'tie', 'kin', 'aid', 'house_line', 'consent', 'person_move', 'group_member',"
                                " 'casefile', 'case_record',"
                                " 'referral', 'disclosure', 'disclosed', 'discovery', 'report',"
                                " 'reading', 'person_named', 'access_grant',"
                                " 'served', 'person_term', 'person_seen'";     /* by served_other; dropped and saved; a view */
    const char *ask = db_driver(k->db) == DB_POSTGRES
        ? "SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'person_id' AND table_name NOT IN (%s)"
        : "SELECT count(*) FROM sqlite_schema s JOIN pragma_table_info(s.name) c ON c.name = 'person_id' WHERE s.name NOT IN (%s)";
    char text[700];
    snprintf(text, sizeof text, ask, known);
    assert_int_equal(kit_number(k, text), 0);
}

/* Another connection, as of another thread or server, whose transaction ends by itself after a moment. */
struct other { struct db *db; struct arena arena; pthread_t thread; };

static void *
end_soon(void *arg)
{
    struct other *o = arg;
    usleep(300000);
    return db_commit(o->db) ? NULL : o;
}

static void
other_begins(struct other *o)
{
    const char *url = getenv("NUAN_TEST_DB");
    *o = (struct other){ .db = db_open(url && *url ? url : str_fmt(&k->arena, "%s/test.db", k->dir).p) };
    assert_non_null(o->db);
    db_begin(o->db, &o->arena, DB_WRITE);
}

static void
other_ends_soon(struct other *o)
{
    assert_null(db_error(o->db));
    assert_int_equal(pthread_create(&o->thread, NULL, end_soon, o), 0);
}

static void
other_is_over(struct other *o)
{
    void *failed = NULL;
    pthread_join(o->thread, &failed);
    assert_null(failed);
    db_close(o->db);
    arena_clear(&o->arena);
}

/* What somebody is just writing to the one that goes is waited for and goes along. */
static void
a_row_that_is_being_written_goes_along(void **state)
{
    int64_t keep = registered("同时甲", "sex=1"), gone = registered("同时乙", "sex=1");
    struct other o;
    (void)state;
    kit_get(k, "head_a", "/merges");    /* who merges is signed in before */
    other_begins(&o);
    db_exec(o.db, at("INSERT INTO contact (area_id, id, person_id, kind, name, from_on) VALUES (350424, %lld, %lld, 'carer', 'z', '2024-01-01')",
                     id_next(AREA), gone));
    other_ends_soon(&o);
    assert_int_equal(merge(keep, gone, "").status, HTTP_SEE_OTHER);
    other_is_over(&o);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM contact WHERE person_id = %lld", gone, 0)), 0);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM contact WHERE person_id = %lld", keep, 0)), 1);
}

/* Who writes while a merger is on its way finds the one that goes gone. */
static void
who_comes_during_a_merger_waits(void **state)
{
    int64_t keep = registered("其间甲", "sex=1"), gone = registered("其间乙", "sex=1");
    struct other o;
    (void)state;
    kit_get(k, "worker_a", "/people");
    other_begins(&o);
    assert_true(db_alone(o.db));
    db_exec(o.db, at("UPDATE person SET closed_on = '2024-05-01', merged_into = %lld WHERE id = %lld", keep, gone));
    other_ends_soon(&o);
    assert_int_not_equal(kit_post(k, "worker_a", at("/people/%lld/contacts", gone, 0), "kind=emergency&name=x").status, HTTP_OK);
    other_is_over(&o);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM contact WHERE person_id = %lld", gone, 0)), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_goes_over_and_comes_back),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(undoing_has_an_order),
        cmocka_unit_test(a_number_goes_along),
        cmocka_unit_test(random_history_comes_back),
        cmocka_unit_test(households_become_one_and_two_again),
        cmocka_unit_test(a_row_that_is_being_written_goes_along),
        cmocka_unit_test(who_comes_during_a_merger_waits),
        cmocka_unit_test(every_table_with_a_person_is_thought_of),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
