/* An older database comes up to date with all that is in it; a newer one is left alone. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "db/ids.h"
#include "db/migrate.h"
#include "tally/tally.h"
#include "tally/tally_sql.h"
#include "test/kit.h"
#include <unistd.h>

enum { STEPS_THEN = 9 };

static struct kit *k;
static size_t told;

/* A database as a program of that time made it: its steps, then its rows. */
static int
open_old(void **state)
{
    char sql[16384];
    (void)state;
    k = kit_open();
    if (db_driver(k->db) == DB_SQLITE) {
        db_close(k->db);
        k->db = db_open(str_fmt(&k->arena, "%s/old.db", k->dir).p);
        assert_non_null(k->db);
    } else {
        assert_true(db_exec(k->db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
    }
    FILE *f = fopen("tests/upgrade/0009.sql", "r");
    assert_non_null(f);
    size_t n = fread(sql, 1, sizeof sql - 1, f);
    assert_true(n > 0 && n < sizeof sql - 1);
    sql[n] = '\0';
    fclose(f);
    for (size_t i = 0; i < STEPS_THEN; i++) {
        assert_true(db_exec(k->db, migration_text(&k->arena, db_driver(k->db), migrations[i].sql)));
        assert_true(db_exec(k->db, str_fmt(&k->arena, "INSERT INTO schema_step (name, done_at) VALUES ('%s', 1)", migrations[i].name).p));
    }
    assert_string_equal(migrations[STEPS_THEN - 1].name, "0009_person_seen");
    assert_true(db_exec(k->db, sql));
    return 0;
}

static int
close_old(void **state)
{
    (void)state;
    kit_close(k);
    return 0;
}

static void
count_tell(void *arg, const struct tally_differences_row *r)
{
    (void)arg;
    (void)r;
    told++;
}

static void
everything_is_found_again(void **state)
{
    static const struct { const char *sql; int64_t n; } then[] = {
        { "SELECT count(*) FROM person", 3 }, { "SELECT count(*) FROM person_term", 2 }, { "SELECT count(*) FROM session WHERE ended_at IS NULL", 1 },
        { "SELECT count(*) FROM person WHERE name = '张三' AND born = '1950-01-01' AND categories = 'A01,B03' AND household_id = 20", 1 },
        { "SELECT count(*) FROM casefile WHERE no = 'CJ-2024-0001' AND state = 'assessment' AND worker_id = 11 AND minutes = 45", 1 },
        { "SELECT count(*) FROM case_form WHERE doc = '{\"reason\":\"独居，需要照料\"}' AND saves = 2", 1 },
        { "SELECT count(*) FROM case_record r JOIN casefile f ON f.id = r.case_id WHERE r.minutes = 45", 1 },
        { "SELECT count(*) FROM case_event", 2 }, { "SELECT count(*) FROM case_file WHERE name = '家访.jpg'", 1 },
        { "SELECT count(*) FROM audit WHERE account_name = '周雨晴'", 1 }, { "SELECT count(*) FROM unit_closure", 5 },
        { "SELECT count(*) FROM member WHERE to_on IS NULL", 1 }, { "SELECT next FROM id_block", 1048577 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(then); i++) assert_int_equal(kit_number(k, then[i].sql), then[i].n);
    assert_non_null(migrate_wrong(k->db));
    assert_true(migrate(k->db));
    assert_null(migrate_wrong(k->db));
    for (size_t i = 0; i < COUNT(then); i++)
        if (kit_number(k, then[i].sql) != then[i].n) fail_msg("lost: %s", then[i].sql);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM schema_step"), (int64_t)migrations_n);
    assert_true(migrate(k->db));                        /* a second time there is nothing to do */
}

/* Counters that could not be recounted before are right now, and those that could be are as they were. */
static void
the_counters_agree(void **state)
{
    (void)state;
    kit_begin(k);
    tally_check(k->db, count_tell, NULL);
    kit_commit(k);
    assert_int_equal(told, 0);
    assert_int_equal(kit_number(k, "SELECT n FROM tally WHERE measure = 'person.registered' AND unit_id = 3082365119987714 AND day = '2024-03-01'"), 2);
    assert_int_equal(kit_number(k, "SELECT n FROM tally WHERE measure = 'person.registered' AND unit_id = 3082365119987715 AND day = '2024-03-02'"), 1);
    assert_int_equal(kit_number(k, "SELECT n FROM tally WHERE measure = 'case.opened:A01'"), 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM tally WHERE measure IN ('case.opened:B03', 'case.opened:C01')"), 0);
    assert_int_equal(kit_number(k, "SELECT n FROM tally WHERE measure = 'minutes'"), 45);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE registered_unit_id = 3082365119987714"), 2);
}

static void
a_newer_database_is_left_alone(void **state)
{
    (void)state;
    assert_true(db_exec(k->db, "INSERT INTO schema_step (name, done_at) VALUES ('9999_future', 1); DELETE FROM schema_step WHERE name = '0030_recount'"));
    int64_t steps = kit_number(k, "SELECT count(*) FROM schema_step");
    assert_string_equal(migrate_wrong(k->db), "the database is newer than this program");
    assert_false(migrate(k->db));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM schema_step"), steps);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_found_again), cmocka_unit_test(the_counters_agree), cmocka_unit_test(a_newer_database_is_left_alone),
    };
    return cmocka_run_group_tests(tests, open_old, close_old);
}
