/* Moving to another county: what goes along, what stays, and what is refused. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "people/people.h"
#include "tally/tally.h"
#include "tally/tally_sql.h"
#include "test/kit.h"

enum { THERE = 350425 };

static struct kit *k;
static int64_t station;

static const char *
at(const char *fmt, int64_t a)
{
    char z[400];
    snprintf(z, sizeof z, fmt, (long long)a);
    return str_fmt(&k->arena, "%s", z).p;
}

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    kit_begin(k);
    station = id_next(THERE);
    assert_true(db_exec(k->db, str_fmt(&k->arena, "INSERT INTO unit (id, area_id, code, profile, level, name, division, opened_on, version)"
        " SELECT %lld, %d, 'OTHER', profile, 'station', '邻县社工站', '350425100000', '2025-01-01', 1 FROM unit WHERE id = %lld",
        (long long)station, THERE, (long long)k->station_a.v).p));
    assert_true(db_exec(k->db, at("INSERT INTO unit_closure (ancestor_id, descendant_id, depth) SELECT id, id, 0 FROM unit WHERE id = %lld", station)));
    kit_commit(k);
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static int64_t
registered(const char *name, const char *more)
{
    struct kit_reply r = kit_post(k, "worker_a", "/people/new", str_fmt(&k->arena, "name=%.*s&%s", FMT(kit_enc(k, name)), more).p);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d %.800s", name, (int)r.status, str_z(&k->arena, r.body));
    return kit_id_in(r.location, "/people/");
}

static struct kit_reply
move(int64_t person, const char *more)
{
    return kit_post(k, "worker_a", at("/people/%lld/county", person),
                    str_fmt(&k->arena, "area=%d&unit=%lld&on=2026-01-02&reason=x&%s", THERE, (long long)station, more).p);
}

#define CONSENT "&consent_how=consent&consent_by=x&consent_relation=self&consent_way=written&consent_on=2026-01-01"

static void
tell(void *arg, const struct tally_differences_row *r)
{
    (void)arg;
    print_message("%.*s: %lld, counted %lld\n", FMT(r->measure), (long long)r->kept, (long long)r->counted);
}

static void
what_was_agreed_goes_along(void **state)
{
    (void)state;
    int64_t id = registered("涂水生", "born=1949-01-01&phone=13811112222&health=30&idno=350499194901010030&note=secret");
    kit_post(k, "worker_a", at("/people/%lld/categories", id), "category=A01&from_on=2026-01-01&source=list");
    assert_true(kit_has(kit_get(k, "worker_a", at("/people/%lld/county?area=350425", id)), "邻县社工站"));
    struct kit_reply r = move(id, "fields=born&fields=category&fields=phone" CONSENT);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%d %.3000s", (int)r.status, str_z(&k->arena, r.body));
    int64_t made = kit_number(k, at("SELECT moved_to FROM person WHERE id = %lld AND closed_on = '2026-01-02'", id));
    assert_true(id_area(made) == THERE);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person WHERE id = %lld AND born = '1949-01-01' AND categories = 'A01' AND phone_sealed IS NOT NULL"
                                      " AND idno_sealed IS NULL AND health IS NULL AND note IS NULL AND sex = '9'", made)), 1);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person WHERE came_from = %lld", id)), 1);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM disclosure WHERE person_id = %lld AND kind = 'move' AND consent_id IS NOT NULL"
                                      " AND fields = 'name,born,category,phone'", id)), 1);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM tally WHERE unit_id = %lld AND measure = 'person.registered' AND n = 1", station)), 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action IN ('move_county', 'arrive')"), 2);
    r = kit_get(k, "worker_a", at("/people/%lld", id));
    assert_true(r.status == HTTP_OK && kit_has(r, "此人已转到其他县"));
    assert_false(kit_has(r, at("/people/%lld", made)));                         /* what is there is not his to see */
    assert_int_equal(kit_get(k, "worker_a", at("/people/%lld", made)).status, HTTP_NOT_FOUND);
    assert_false(kit_has(kit_get(k, "worker_a", "/people"), "涂水生"));
    assert_int_equal(move(id, CONSENT).status, HTTP_NOT_FOUND);                /* once */
    assert_int_equal(kit_post(k, "worker_a", "/cases/new", at("person=%lld", id)).status == HTTP_SEE_OTHER, 0);
    kit_begin(k);
    size_t n = tally_check(k->db, tell, NULL);
    kit_commit(k);
    assert_int_equal(n, 0);
}

static void
what_is_refused(void **state)
{
    (void)state;
    int64_t id = registered("涂金凤", "born=1949-01-01"), people = kit_number(k, "SELECT count(*) FROM person");
    assert_int_equal(move(id, "").status, HTTP_INVALID);                                            /* no consent */
    assert_int_equal(move(id, "fields=summary" CONSENT).status, HTTP_INVALID);                      /* not of a person */
    assert_int_equal(kit_post(k, "worker_a", at("/people/%lld/county", id), str_fmt(&k->arena, "area=350424&unit=%lld&on=2026-01-02&reason=x" CONSENT,
                                                                                    (long long)k->station_b.v).p).status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_b", at("/people/%lld/county", id), "").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "supervisor_a", at("/people/%lld/county", id), "").status, HTTP_FORBIDDEN);
    int64_t child = registered("涂思源", "born=2018-01-01");
    assert_int_equal(move(child, CONSENT).status, HTTP_INVALID);                                    /* the guardian must agree */
    struct kit_reply opened = kit_post(k, "worker_a", "/cases/new", at("person=%lld", id));
    struct kit_reply r = move(id, CONSENT);
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, at("/cases/%lld", kit_id_in(opened.location, "/cases/"))));
    kit_post(k, "worker_a", at("/people/%lld/categories", child), "category=F01&from_on=2026-01-01&source=assessment");
    assert_int_equal(move(child, "&consent_how=legal&legal_basis=x").status, HTTP_INVALID);         /* of the highest level */
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person"), people + 1);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person WHERE id = %lld AND closed_on IS NULL", id)), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_was_agreed_goes_along), cmocka_unit_test(what_is_refused) };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
