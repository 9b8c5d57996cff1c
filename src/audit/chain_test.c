/* The trail is a chain: what is changed in the database itself, past the program, is found and named. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "audit/audit.h"
#include "audit/chain.h"
#include "db/ids.h"
#include "db/migrate.h"
#include "seal/seal.h"
#include "test/kit.h"
#include <pthread.h>
#include <unistd.h>

enum { AREA = 350424, WRITERS = 4, EACH = 50 };

static struct kit *k;
static char *said;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    for (int i = 0; i < 5; i++) {                       /* the sessions and sign-ins of the kit leave no rows, so these are 1 to 5 */
        kit_begin(k);
        audit_note_job(k->db, AREA, "test", "create", "thing", i, str_of("{\"n\":1}"));
        kit_commit(k);
    }
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static int64_t
wrong(void)
{
    char *text = NULL;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    db_begin(k->db, &k->arena, DB_READ);
    int64_t found = chain_check(k->db, out);
    assert_null(db_error(k->db));
    db_rollback(k->db);
    fclose(out);
    said = str_z(&k->arena, str_of(text));
    free(text);
    return found;
}

static bool
sql(const char *text)
{
    kit_begin(k);
    bool ok = db_exec(k->db, text);
    if (ok) kit_commit(k);
    else db_rollback(k->db);
    return ok;
}

/* Somebody with the rights of the database's owner. */
static void
tamper(const char *text)
{
    if (db_driver(k->db) == DB_SQLITE) {
        sql("DROP TRIGGER IF EXISTS audit_unchanged");
        sql("DROP TRIGGER IF EXISTS audit_undeleted");
    }
    assert_true(sql(text));
}

static void
tells(const char *what)
{
    if (strstr(said, what) == NULL) fail_msg("\"%s\" is not in \"%s\"", what, said);
}

static void
an_honest_trail_is_whole(void **state)
{
    (void)state;
    if (wrong() != 0) fail_msg("%s", said);
    assert_string_equal(said, "");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE lane = 1 AND seq BETWEEN 1 AND 5"), 5);
    kit_get(k, "worker_a", "/people");
    kit_post(k, "admin", "/users", "login=x");          /* refused: rolled back with its row */
    assert_int_equal(wrong(), 0);
}

static void
rows_are_only_added(void **state)
{
    (void)state;
    if (db_driver(k->db) == DB_SQLITE) {
        log_quiet(1);
        assert_false(sql("UPDATE audit SET account_name = 'x'"));
        assert_false(sql("DELETE FROM audit"));
    } else {
        assert_int_equal(kit_number(k, "SELECT count(*) FROM pg_class c, aclexplode(c.relacl) x WHERE c.relname = 'audit'"
                                       " AND x.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')"), 0);
        assert_int_equal(kit_number(k, "SELECT count(*) FROM pg_class c, aclexplode(c.relacl) x WHERE c.relname = 'audit'"
                                       " AND x.privilege_type IN ('INSERT', 'SELECT')"), 2);
    }
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE account_name = 'x'"), 0);
}

static void
a_changed_row_is_named(void **state)
{
    static const char *const columns[] = { "account_name = 'y'", "at = at + 1", "entity_id = 7", "reason = ''", "changes = NULL", "ip = '1'",
                                           "account_id = 9", "action = 'read'", "entity = 'case'", "id = id + 1000" };
    (void)state;
    for (size_t i = 0; i < COUNT(columns); i++) {
        int64_t seq = 1 + (int64_t)i % 4;
        tamper(str_fmt(&k->arena, "CREATE TABLE kept AS SELECT * FROM audit WHERE seq = %lld;"
            " UPDATE audit SET %s WHERE seq = %lld", (long long)seq, columns[i], (long long)seq).p);
        assert_int_equal(wrong(), 1);
        tells(str_fmt(&k->arena, "row %lld (id ", (long long)seq).p);
        tamper(str_fmt(&k->arena, "DELETE FROM audit WHERE seq = %lld; INSERT INTO audit SELECT * FROM kept; DROP TABLE kept", (long long)seq).p);
        assert_int_equal(wrong(), 0);
    }
}

static void
a_removed_row_is_named(void **state)
{
    (void)state;
    tamper("DELETE FROM audit WHERE seq = 3");
    assert_int_equal(wrong(), 1);
    tells("row 3 is missing");
    tamper("DELETE FROM audit WHERE seq = 4");
    assert_int_equal(wrong(), 1);
    tells("rows 3 to 4 are missing");
}

static void
the_last_rows_cannot_be_cut_off(void **state)
{
    (void)state;
    tamper("DELETE FROM audit WHERE seq >= 4");
    assert_int_equal(wrong(), 1);
    tells("rows 4 to 5 are missing");
    tamper("UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit WHERE seq = 3) WHERE lane = 1");
    assert_int_equal(wrong(), 1);
    tells("not sealed with this key");
    tamper("DELETE FROM audit; DELETE FROM audit_head WHERE lane = 1");
    wrong();
    tells("lane 1: the whole lane is missing");
}

static void
an_added_row_is_named(void **state)
{
    (void)state;
    tamper("INSERT INTO audit (area_id, id, at, account_name, action, entity, entity_id, ip, lane, seq, hash)"
           " SELECT area_id, 77, at, 'z', action, entity, entity_id, ip, lane, 6, hash FROM audit WHERE seq = 5");
    assert_int_equal(wrong(), 1);
    tells("row 6 (id 77) was put in");
    tamper("UPDATE audit SET lane = 9, seq = 1 WHERE id = 77");
    assert_int_equal(wrong(), 1);
    tells("lane 9: row 1 (id 77) was put in");
    tamper("UPDATE audit SET lane = NULL, seq = NULL WHERE id = 77");
    assert_int_equal(wrong(), 1);
    tells("1 rows are older than the chain, but there were 0");
}

static void
rows_that_changed_places_are_named(void **state)
{
    (void)state;
    tamper("UPDATE audit SET seq = 100 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 100");
    wrong();
    tells("row 2 (id ");
    tells("row 3 (id ");
}

static void
a_whole_chain_made_anew_is_not_sealed(void **state)
{
    const char *key = str_fmt(&k->arena, "%s/key", k->dir).p, *other = str_fmt(&k->arena, "%s/key2", k->dir).p;
    (void)state;
    assert_true(seal_open(other));
    kit_begin(k);
    audit_note_job(k->db, AREA, "test", "create", "thing", 9, NO_STR);
    kit_commit(k);
    assert_true(seal_open(key));
    assert_int_equal(wrong(), 1);
    tells("not sealed with this key");
}

/* Rows from before stay as they are; their number is sealed. */
static void
the_chain_begins_with_the_upgrade(void **state)
{
    (void)state;
    tamper("UPDATE audit SET lane = NULL, seq = NULL, hash = NULL; UPDATE audit_head SET seq = 5, lanes = 0, seal = NULL WHERE lane = 0;"
           " DELETE FROM audit_head WHERE lane = 1");
    wrong();
    tells("not sealed");
    kit_begin(k);
    chain_seal(k->db, false);
    audit_note_job(k->db, AREA, "test", "create", "thing", 10, NO_STR);
    kit_commit(k);
    if (wrong() != 0) fail_msg("%s", said);
    tamper("DELETE FROM audit WHERE entity_id = 2");
    wrong();
    tells("4 rows are older than the chain, but there were 5");
}

/* On SQLite many requests share a commit, and one that fails is rolled back alone. */
static void
a_request_that_is_rolled_back_leaves_no_gap(void **state)
{
    (void)state;
    kit_begin(k);
    for (int i = 0; i < 6; i++) {
        assert_true(db_savepoint(k->db));
        audit_note_job(k->db, AREA, "shared", "create", "thing", i, NO_STR);
        if (i % 2) db_rollback_to(k->db);
        else assert_true(db_release(k->db));
    }
    kit_commit(k);
    if (wrong() != 0) fail_msg("%s", said);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE account_name = 'shared'"), 3);
}

struct writer { struct db *db; pthread_t thread; };

static void *
write_rows(void *arg)
{
    struct writer *w = arg;
    for (int i = 0; i < EACH; i++) {
        struct arena a = { 0 };
        db_begin(w->db, &a, DB_WRITE);
        audit_note_job(w->db, AREA, "writer", "create", "thing", i, NO_STR);
        audit_note_job(w->db, AREA, "writer", "change", "thing", i, NO_STR);
        if (i % 5) db_commit(w->db);
        else db_rollback(w->db);
        arena_clear(&a);
    }
    return NULL;
}

/* On PostgreSQL several servers write at once; nobody waits for the other, and nothing is lost. */
static void
writers_at_once_have_lanes_of_their_own(void **state)
{
    struct writer w[WRITERS];
    const char *url = getenv("NUAN_TEST_DB");
    (void)state;
    if (url == NULL) return;                            /* SQLite has one writer */
    struct db *busy = db_open(url);
    db_begin(busy, &k->arena, DB_WRITE);
    audit_note_job(busy, AREA, "busy", "create", "thing", 1, NO_STR);           /* and does not commit */
    for (int i = 0; i < WRITERS; i++) {
        w[i].db = db_open(url);
        assert_non_null(w[i].db);
        assert_int_equal(pthread_create(&w[i].thread, NULL, write_rows, &w[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(w[i].thread, NULL);
        db_close(w[i].db);
    }
    db_commit(busy);
    db_close(busy);
    if (wrong() != 0) fail_msg("%s", said);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE account_name = 'writer'"), WRITERS * EACH * 2 * 4 / 5);
    int64_t lanes = kit_number(k, "SELECT lanes FROM audit_head WHERE lane = 0");
    assert_true(lanes >= 2 && lanes <= 2 * WRITERS + 1);          /* a transaction may take a second one that became free */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_honest_trail_is_whole, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(rows_are_only_added, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_changed_row_is_named, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_removed_row_is_named, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(the_last_rows_cannot_be_cut_off, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(an_added_row_is_named, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(rows_that_changed_places_are_named, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_whole_chain_made_anew_is_not_sealed, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(the_chain_begins_with_the_upgrade, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(a_request_that_is_rolled_back_leaves_no_gap, open_kit, close_kit),
        cmocka_unit_test_setup_teardown(writers_at_once_have_lanes_of_their_own, open_kit, close_kit),
    };
    return cmocka_run_group_tests_name("the trail", tests, NULL, NULL);
}
