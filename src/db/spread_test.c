/* Spreading over Citus.  Debian has no Citus: stand-ins for its two functions refuse what it refuses (a key without the
 * column, a foreign key to a table that is not spread yet, or one that leaves the shard) and note what was asked of them. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "db/spread.h"
#include "test/kit.h"

static struct kit *k;

static const char stand_ins[] =
    "CREATE SCHEMA IF NOT EXISTS stand_in;"
    "CREATE TABLE stand_in.pg_dist_partition (logicalrelid oid PRIMARY KEY, col text, led_by text);"
    "CREATE FUNCTION stand_in.keys_allow(t oid) RETURNS void LANGUAGE plpgsql AS $$ DECLARE c record; BEGIN"
    "  FOR c IN SELECT conname FROM pg_constraint WHERE contype = 'f' AND (conrelid = t OR confrelid = t)"
    "    AND (conrelid NOT IN (SELECT logicalrelid FROM stand_in.pg_dist_partition)"
    "      OR confrelid NOT IN (SELECT logicalrelid FROM stand_in.pg_dist_partition)) LOOP"
    "    RAISE EXCEPTION 'foreign key % touches a table that is not spread', c.conname; END LOOP; END $$;"
    "CREATE FUNCTION stand_in.create_distributed_table(t regclass, col text, colocate_with text DEFAULT 'default') RETURNS void"
    " LANGUAGE plpgsql AS $$ DECLARE i record; BEGIN PERFORM stand_in.keys_allow(t);"
    "  FOR i IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = t AND indisunique AND NOT EXISTS ("
    "    SELECT 1 FROM pg_attribute a WHERE a.attrelid = t AND a.attname = col AND a.attnum = ANY (indkey)) LOOP"
    "    RAISE EXCEPTION 'unique index % does not hold %', i.name, col; END LOOP;"
    "  INSERT INTO stand_in.pg_dist_partition VALUES (t, col, colocate_with); END $$;"
    "CREATE FUNCTION stand_in.create_reference_table(t regclass) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
    "  PERFORM stand_in.keys_allow(t); INSERT INTO stand_in.pg_dist_partition VALUES (t, NULL, NULL); END $$;"
    "SET search_path = public, stand_in";

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    return 0;
}

static int
close_kit(void **state)
{
    (void)state;
    if (db_driver(k->db) == DB_POSTGRES) db_exec(k->db, "DROP SCHEMA IF EXISTS stand_in CASCADE");
    kit_close(k);
    return 0;
}

/* How the last try ended: NULL, or why not. */
static const char *
spreads(void)
{
    db_begin(k->db, &k->arena, DB_WRITE);
    const char *why = spread_by_area(k->db) ? NULL : str_dup(&k->arena, str_of(db_error(k->db))).p;
    if (why == NULL) assert_true(db_commit(k->db));
    else db_rollback(k->db);
    return why;
}

static void
without_citus_it_says_so_and_changes_nothing(void **state)
{
    (void)state;
    const char *why = spreads();
    assert_non_null(why);
    if (db_driver(k->db) == DB_SQLITE) {
        assert_non_null(strstr(why, "this one is SQLite"));
        return;
    }
    assert_non_null(strstr(why, "Citus is not in this database"));
    assert_true(kit_number(k, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'") > 20);
}

static void
every_table_is_spread_and_keeps_its_keys(void **state)
{
    (void)state;
    if (db_driver(k->db) == DB_SQLITE) return;          /* nothing to spread: the test before has seen the refusal */
    static const char keys[] = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace";
    static const char left[] = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                               " AND oid NOT IN (SELECT logicalrelid FROM stand_in.pg_dist_partition)";
    static const char spread[] = "SELECT count(*) FROM stand_in.pg_dist_partition WHERE col = 'area_id'";
    assert_true(db_exec(k->db, stand_ins));
    int64_t before = kit_number(k, keys);
    const char *why = spreads();
    if (why != NULL) fail_msg("%s", why);
    assert_int_equal(kit_number(k, keys), before);
    assert_int_equal(kit_number(k, left), 0);
    assert_true(kit_number(k, spread) > 20);
    assert_int_equal(kit_number(k, "SELECT count(DISTINCT led_by) FROM stand_in.pg_dist_partition WHERE col IS NOT NULL"), 2);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM stand_in.pg_dist_partition WHERE col IS NULL"
                                   " AND logicalrelid IN ('unit'::regclass, 'account'::regclass, 'unit_closure'::regclass)"), 3);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM stand_in.pg_dist_partition WHERE col IS NULL"
                                   " AND logicalrelid IN ('person'::regclass, 'casefile'::regclass, 'tally'::regclass)"), 0);
    assert_null(spreads());                             /* again: nothing is left to do */
    assert_int_equal(kit_number(k, keys), before);
}

/* A foreign key between two spread tables holds the area on both sides, at the same place: its rows are on one shard. */
static void
keys_between_spread_tables_hold_the_area(void **state)
{
    (void)state;
    if (db_driver(k->db) == DB_SQLITE) return;          /* read from PostgreSQL's catalogue; the schema is the same */
    assert_int_equal(kit_number(k,
        "SELECT count(*) FROM pg_constraint c JOIN stand_in.pg_dist_partition a ON a.logicalrelid = c.conrelid"
        " JOIN stand_in.pg_dist_partition b ON b.logicalrelid = c.confrelid"
        " WHERE c.contype = 'f' AND b.col IS NOT NULL AND NOT EXISTS (SELECT 1 FROM unnest(c.conkey, c.confkey) AS p (one, two)"
        "   JOIN pg_attribute x ON x.attrelid = c.conrelid AND x.attnum = p.one"
        "   JOIN pg_attribute y ON y.attrelid = c.confrelid AND y.attnum = p.two"
        "  WHERE x.attname = 'area_id' AND y.attname = 'area_id')"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_citus_it_says_so_and_changes_nothing),
        cmocka_unit_test(every_table_is_spread_and_keeps_its_keys),
        cmocka_unit_test(keys_between_spread_tables_hold_the_area),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
