/* A new key: everything is sealed anew while the program works, a stop in the middle loses nothing, and the old key goes at the end. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "audit/chain.h"
#include "files/attach.h"
#include "codes/idno.h"
#include "operate/check.h"
#include "operate/rotate.h"
#include "people/people.h"
#include "seal/seal.h"
#include "test/cases.h"
#include "test/refer.h"
#include <unistd.h>

enum { CROWD = 1200 };

static struct kit *k;
static const char *key;
static int64_t anna, bert;

static const char *
number(int serial)
{
    char digits[20];
    snprintf(digits, sizeof digits, "350499%d0101%03d", 1950 + serial / 1000, serial % 1000);
    return at(k, "%s%c", digits, idno_check(digits));
}

static int64_t
registered(const char *name, const char *idno, const char *phone)
{
    struct kit_reply r = kit_post(k, "worker_a", "/people/new",
                                  at(k, "name=%s&idno=%s&phone=%s&address=%s", kit_enc(k, name).p, idno, phone,
                                  kit_enc(k, "南门坡七号").p));
    return r.status == HTTP_SEE_OTHER ? kit_id_in(r.location, "/people/") : 0;
}

/* Something in as many sealed columns as can be reached, and a crowd for several batches. */
static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    attach_dir_set(k->dir);
    key = at(k, "%s/key", k->dir);
    kit_begin(k);
    seal_open(key);
    kit_commit(k);
    assert_true(seal_bind(k->db));
    anna = registered("柳一", number(11), "13800000411");
    bert = registered("柳二", number(22), "13800000422");
    assert_true(anna && bert);
    struct opened o = case_made(k, "worker_a", "柳三", "1950-01-01");
    refer_out(k, "worker_a", at(k, "case_=%lld", (long long)o.id), at(k, "target=station&to_unit=%lld&fields=name", (long long)k->station_b.v));
    kit_post(k, "worker_a", "/discoveries/new", "source=visit&kind=domestic&urgency=1&minor=no&found=2026-01-01T10:00&place=x&facts=x&name=x");
    kit_post(k, "worker_a", at(k, "/people/%lld/contacts", (long long)anna), "kind=emergency&name=x&phone=13800000433");
    kit_post(k, "worker_a", "/me/second/begin", "");
    kit_begin(k);
    for (int i = 0; i < CROWD; i++) {
        struct person_id made;
        struct person_new in = { .area = 350424, .unit = k->station_a, .name = STR("众人"), .sex = STR("1"), .born = { -7000 },
                                 .phone = str_fmt(&k->arena, "139%08d", i), .idno = str_of(number(1000 + i)) };
        assert_true(person_make(k->db, &in, &made));
    }
    kit_commit(k);
    return 0;
}

static int
close_kit(void **state)
{
    (void)state;
    kit_close(k);
    return 0;
}

static int64_t
left_now(void)
{
    db_begin(k->db, &k->arena, DB_READ);
    int64_t n = rotate_left(k->db);
    db_rollback(k->db);
    return n;
}

static void
found_by_everything(const char *who)
{
    const char *here = at(k, "/people/%lld", (long long)anna);
    if (!kit_has(kit_get(k, "worker_a", at(k, "/search?q=%s", number(11))), here)) fail_msg("%s: not found by number", who);
    if (!kit_has(kit_get(k, "worker_a", "/search?q=13800000411"), here)) fail_msg("%s: not found by telephone", who);
    if (!kit_has(kit_get(k, "worker_a", at(k, "%s/edit", here)), number(11))) fail_msg("%s: the number does not open", who);
    if (registered("柳四", number(11), "13800000444") != 0) fail_msg("%s: registered twice", who);
    kit_begin(k);
    struct person_id made;
    struct person_new in = { .area = 350424, .unit = k->station_b, .name = STR("某"), .sex = STR("1"), .born = { -7000 }, .idno = str_of(number(22)) };
    bool twice = person_make(k->db, &in, &made);
    kit_commit(k);
    if (twice) fail_msg("%s: made twice", who);
}

static bool
whole(const char *when)
{
    struct check_result r;
    char *text = NULL;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    bool ok = check_all(k->db, out, &r);
    fclose(out);
    if (!ok) print_message("%s: %s", when, text);
    free(text);
    return ok;
}

static void
every_sealed_column_is_known(void **state)
{
    (void)state;
    const char *ask = db_driver(k->db) == DB_POSTGRES
        ? "SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND column_name LIKE '%!_sealed' ESCAPE '!'"
        : "SELECT count(*) FROM sqlite_schema s JOIN pragma_table_info(s.name) c ON c.name LIKE '%!_sealed' ESCAPE '!' WHERE s.type = 'table'";
    assert_int_equal(kit_number(k, ask), (int64_t)sealed_columns_n);
    for (size_t i = 0; i < sealed_columns_n; i++)        /* and is named as it is: else this is an error of the database */
        kit_number(k, at(k, "SELECT count(%s) FROM %s", sealed_columns[i].column, sealed_columns[i].table));
}

static void
everything_works_in_the_middle_of_it(void **state)
{
    int64_t left;
    (void)state;
    assert_int_equal(seal_generation(), 1);
    assert_int_equal(left_now(), 0);
    found_by_everything("before");
    assert_true(seal_key_add());
    assert_int_equal(seal_generation(), 2);
    int64_t all = left_now();
    assert_true(all > 2 * CROWD);
    found_by_everything("with a new key");
    assert_true(rotate(k->db, 2, NULL, &left));         /* stopped after two batches */
    assert_true(left > 0 && left < all);
    found_by_everything("half way");
    assert_true(whole("half way"));
    assert_true(seal_bind(k->db));
    int64_t late = registered("柳五", number(55), "13800000455");
    assert_true(late > 0);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM person WHERE id = %lld AND idno_sealed LIKE '2:%%'", (long long)late)), 1);
}

/* Killed and begun again: another program opens the same file and goes on. */
static void
it_goes_on_where_it_was_stopped(void **state)
{
    int64_t left;
    (void)state;
    assert_true(seal_open(key));
    assert_int_equal(seal_generations(), 2);
    assert_true(rotate(k->db, 3, NULL, &left));
    assert_true(left > 0);
    assert_true(seal_open(key));
    assert_true(rotate(k->db, 0, NULL, &left));
    assert_int_equal(left, 0);
    found_by_everything("done");
    assert_true(whole("done"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE idno_sealed LIKE '1:%' OR phone_sealed LIKE '1:%'"), 0);
}

static void
the_old_key_goes_at_the_end(void **state)
{
    struct str then;
    (void)state;
    db_begin(k->db, &k->arena, DB_READ);
    then = seal_of_db(k->db);
    db_rollback(k->db);
    assert_true(str_eq(then, seal_fingerprint(&k->arena)));
    assert_true(seal_key_drop());
    assert_int_equal(seal_generations(), 1);
    assert_int_equal(seal_generation(), 2);
    found_by_everything("without the old key");
    assert_true(whole("without the old key"));
    assert_true(seal_bind(k->db));
    assert_int_equal(kit_get(k, "worker_a", "/me/second").status, HTTP_OK);
    assert_true(kit_has(kit_get(k, "worker_a", "/me/second"), "<svg class=\"qr\""));
}

static void
a_merge_of_before_is_undone_after_it(void **state)
{
    int64_t left;
    (void)state;
    int64_t a = case_person_made(k, "head_a", "柳合并", "1951-02-03"), b = case_person_made(k, "head_a", "柳合并", "1951-02-03");
    struct kit_reply r = kit_get(k, "head_a", at(k, "/people/%lld/merge/%lld", (long long)a, (long long)b));
    assert_int_equal(r.status, HTTP_OK);
    r = kit_post(k, "head_a", at(k, "/people/%lld/merge/%lld", (long long)a, (long long)b), "reason=x");
    if (r.status != HTTP_SEE_OTHER) fail_msg("merge %d %.1500s", (int)r.status, str_z(&k->arena, r.body));
    int64_t merge = kit_number(k, "SELECT max(id) FROM merge");
    assert_true(seal_key_add());
    assert_true(rotate(k->db, 0, NULL, &left));
    assert_int_equal(left, 0);
    assert_true(seal_key_drop());
    r = kit_post(k, "head_a", at(k, "/merges/%lld/undo", (long long)merge), "reason=x");
    if (r.status != HTTP_SEE_OTHER) fail_msg("undo %d %.1500s", (int)r.status, str_z(&k->arena, r.body));
    assert_int_equal(kit_get(k, "head_a", at(k, "/people/%lld", (long long)b)).status, HTTP_OK);
    assert_true(whole("undone"));
}

/* What cannot be opened is told, and stays as it is. */
static void
what_does_not_open_is_not_lost(void **state)
{
    int64_t left;
    (void)state;
    kit_begin(k);
    db_exec(k->db, at(k, "UPDATE person SET phone_sealed = '3:AAAA' WHERE id = %lld", (long long)bert));
    kit_commit(k);
    assert_true(seal_key_add());
    assert_false(rotate(k->db, 0, NULL, &left));
    assert_int_equal(left, 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE phone_sealed = '3:AAAA'"), 1);
    assert_true(seal_bind(k->db));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sealed_column_is_known), cmocka_unit_test(everything_works_in_the_middle_of_it),
        cmocka_unit_test(it_goes_on_where_it_was_stopped), cmocka_unit_test(the_old_key_goes_at_the_end),
        cmocka_unit_test(a_merge_of_before_is_undone_after_it), cmocka_unit_test(what_does_not_open_is_not_lost),
    };
    return cmocka_run_group_tests_name("a new key", tests, open_kit, close_kit);
}
