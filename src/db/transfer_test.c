/* A station's SQLite file becomes a PostgreSQL database: every row, whatever stands in it, or nothing. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "db/migrate.h"
#include "db/transfer.h"
#include "test/kit.h"

static struct kit *k;                   /* the target, when it is PostgreSQL */
static struct db *file;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    file = db_open(str_fmt(&k->arena, "%s/station.db", k->dir).p);
    assert_true(migrate(file));
    return 0;
}

static int
close_kit(void **state)
{
    (void)state;
    db_close(file);
    kit_close(k);
    return 0;
}

static const char tricky[] =
    "INSERT INTO profile (code, name, doc, loaded_at) VALUES ('ninghua', 'tab\there \\ back\nline', '\\N', 7);"
    "INSERT INTO unit (id, area_id, code, profile, level, parent_id, name, division, opened_on, version) VALUES"
    " (2, 350424, 'B', 'ninghua', 'station', 1, '站', '350424100000', '2020-01-01', 1),"
    " (1, 350424, 'A', 'ninghua', 'general', NULL, '总站', '350424000000', '2020-01-01', 1);"
    "INSERT INTO unit_closure VALUES (1, 1, 0), (1, 2, 1), (2, 2, 0)";

static void
every_row_arrives_as_it_was(void **state)
{
    (void)state;
    int64_t rows;
    const char *why;
    assert_true(db_exec(file, tricky));
    if (db_driver(k->db) == DB_SQLITE) {
        assert_false(transfer(file, k->db, &rows, &why));
        assert_non_null(strstr(why, "from SQLite to PostgreSQL"));
        return;
    }
    assert_false(transfer(file, k->db, &rows, &why));                   /* the kit's network stands in it */
    assert_true(kit_number(k, "SELECT count(*) FROM unit") > 2);
    assert_true(kit_number(k, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'") > 20);
    assert_true(db_exec(k->db, "TRUNCATE unit, profile, account, division CASCADE"));
    assert_true(transfer(file, k->db, &rows, &why));
    assert_true(rows > 6);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM unit WHERE (id = 1 AND parent_id IS NULL) OR (id = 2 AND parent_id = 1 AND name = '站')"), 2);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM profile WHERE name = E'tab\\there \\\\ back\\nline' AND doc = E'\\\\N'"), 1);
    assert_true(kit_number(k, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'") > 20);
}

/* A row that its keys do not allow: nothing is written. */
static void
what_does_not_fit_leaves_nothing(void **state)
{
    (void)state;
    int64_t rows;
    const char *why;
    if (db_driver(k->db) == DB_SQLITE) return;          /* the refusal is in the test before */
    assert_true(db_exec(k->db, "TRUNCATE unit, profile, account, division CASCADE"));
    assert_true(db_exec(file, "PRAGMA foreign_keys = OFF; UPDATE unit SET parent_id = 99 WHERE id = 2; PRAGMA foreign_keys = ON"));
    assert_false(transfer(file, k->db, &rows, &why));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM unit"), 0);
    assert_true(kit_number(k, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'") > 20);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_arrives_as_it_was),
        cmocka_unit_test(what_does_not_fit_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
