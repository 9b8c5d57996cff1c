/* nuan check finds what is wrong, and only that. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "files/attach.h"
#include "operate/check.h"
#include "seal/seal.h"
#include "tally/tally.h"
#include "test/cases.h"
#include <unistd.h>

static struct kit *k;
static struct check_result r;
static char *said;

static int open_kit(void **state) { (void)state; k = kit_open(); attach_dir_set(k->dir); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static bool
look(void)
{
    char *text = NULL;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    bool right = check_all(k->db, out, &r);
    fclose(out);
    said = str_z(&k->arena, str_of(text));
    free(text);
    return right;
}

static void
sql(const char *text)
{
    kit_begin(k);
    assert_true(db_exec(k->db, text));
    kit_commit(k);
}

/* Also after categories changed and the person moved to another station: what was counted that day stays. */
static void
a_used_database_agrees(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "李四", "1950-01-01");
    int64_t person = case_person_made(k, "worker_a", "王五", "1940-01-01");
    assert_true(look());
    assert_int_equal(kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)person), "category=A01&from_on=2020-01-01&source=document").status,
                     HTTP_SEE_OTHER);
    sql(at(k, "UPDATE person_category SET to_on = '2020-02-02' WHERE person_id = %lld", (long long)o.person));
    sql(at(k, "UPDATE person SET unit_id = %lld, categories = '' WHERE id = %lld", (long long)k->station_b.v, (long long)person));
    assert_true(look());
    assert_string_equal(said, "");
    assert_true(kit_number(k, "SELECT SUM(n) FROM tally WHERE measure = 'person.registered'") >= 2);
}

static void
a_wrong_counter_is_told(void **state)
{
    static const char *const measures[] = { "case.opened:A01", "person.registered", "case.opened", "contact" };
    (void)state;
    for (size_t i = 0; i < COUNT(measures); i++) {
        kit_begin(k);
        tally_add(k->db, 350424, k->station_c, today(), measures[i], 1);
        kit_commit(k);
        assert_false(look());
        assert_int_equal(r.counters, 1);
        assert_non_null(strstr(said, measures[i]));
        kit_begin(k);
        tally_add(k->db, 350424, k->station_c, today(), measures[i], -1);
        kit_commit(k);
        assert_true(look());
    }
    sql("UPDATE casefile SET contacts = contacts + 1");
    assert_false(look());
    assert_int_equal(r.cases, kit_number(k, "SELECT count(*) FROM casefile"));
    sql("UPDATE casefile SET contacts = contacts - 1");
    assert_true(look());
}

static void
an_attachment_that_changed_is_told(void **state)
{
    (void)state;
    int64_t kase = kit_number(k, "SELECT max(id) FROM casefile");
    const char *file = at(k, "%s/photo", k->dir);
    assert_int_equal(system(at(k, "printf photo > %s", file)), 0);
    struct str hash = attach_hash(&k->arena, file), kept = attach_path(&k->arena, hash);
    assert_int_equal(system(at(k, "mkdir -p $(dirname %s) && cp %s %s", kept.p, file, kept.p)), 0);
    sql(at(k, "INSERT INTO case_file (area_id, id, case_id, form_id, field, name, type, size, hash, level, by_id, at) VALUES"
              " (350424, %lld, %lld, 1, 'f', 'a.jpg', 'image/jpeg', 5, '%.*s', 2, 1, 0)", (long long)id_next(350424), (long long)kase, FMT(hash)));
    assert_true(look());
    assert_int_equal(system(at(k, "printf phota > %s", kept.p)), 0);
    assert_false(look());
    assert_int_equal(r.files, 1);
    assert_non_null(strstr(said, "was changed"));
    assert_int_equal(system(at(k, "printf p > %s", kept.p)), 0);
    assert_false(look());
    assert_non_null(strstr(said, "another size"));
    assert_int_equal(unlink(kept.p), 0);
    assert_false(look());
    assert_non_null(strstr(said, "is missing"));
    sql("DELETE FROM case_file");
    assert_true(look());
    sql(at(k, "INSERT INTO proof_file (area_id, id, kind, owner_id, name, type, size, hash, by_id, at)"
              " VALUES (350424, 8, 'entry', 7, 'a.jpg', 'image/jpeg', 5, '%.*s',"
              " %lld, 0)", FMT(hash), (long long)kit_user(k, "head_a").v));
    assert_false(look());                               /* the proof of a ledger's entry, too */
    assert_non_null(strstr(said, "is missing"));
    sql("DELETE FROM proof_file");
}

static void
a_reference_to_nothing_is_told(void **state)
{
    (void)state;
    if (db_driver(k->db) != DB_SQLITE) return;          /* PostgreSQL lets nobody switch its check off without leaving a mark */
    assert_true(db_exec(k->db, "PRAGMA foreign_keys = OFF"));
    sql("INSERT INTO case_event (area_id, id, case_id, at, account_id, kind) VALUES (350424, 1, 42, 0, 1, 'comment')");
    assert_false(look());
    assert_int_equal(r.references, 1);
    assert_non_null(strstr(said, "casefile"));
    sql("DELETE FROM case_event WHERE id = 1");
    assert_true(db_exec(k->db, "PRAGMA foreign_keys = ON"));
    assert_true(look());
}

/* Another key is noticed before anything is sealed with it. */
static void
another_key_is_refused(void **state)
{
    (void)state;
    const char *key = at(k, "%s/key", k->dir), *wrong = at(k, "%s/wrong-key", k->dir);
    struct str idno = seal(&k->arena, "person.idno", STR("35049919500101001X"));
    sql(at(k, "UPDATE person SET idno_sealed = '%.*s' WHERE name = '王五'", FMT(idno)));
    assert_true(seal_bind(k->db));
    assert_true(look());
    assert_true(seal_open(wrong));
    assert_false(seal_bind(k->db));
    assert_true(seal_open(key));
    assert_true(seal_bind(k->db));
    sql("UPDATE person SET idno_sealed = '1:AAAA' WHERE name = '王五'");
    assert_false(look());
    assert_int_equal(r.sealed, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_used_database_agrees), cmocka_unit_test(a_wrong_counter_is_told), cmocka_unit_test(an_attachment_that_changed_is_told),
        cmocka_unit_test(a_reference_to_nothing_is_told), cmocka_unit_test(another_key_is_refused),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
