#include "db/driver.h"
#include "db/spread.h"

/* Foreign keys are taken away first and put back at the end: Citus refuses to distribute a table that refers to one which is
 * not spread yet, and in every other order some table is in that place (tried on Citus 13.2). */
static const char spread[] =
    "DO $$\n"
    "DECLARE\n"
    "  key record; t record; leader text := NULL;\n"
    "BEGIN\n"
    "  IF to_regproc('create_distributed_table') IS NULL OR to_regclass('pg_dist_partition') IS NULL THEN\n"
    "    RAISE EXCEPTION 'Citus is not in this database: install it and run CREATE EXTENSION citus';\n"
    "  END IF;\n"
    "  CREATE TEMP TABLE kept_key ON COMMIT DROP AS\n"
    "    SELECT c.conrelid::regclass AS tbl, c.conname AS name, pg_get_constraintdef(c.oid) AS def FROM pg_constraint c\n"
    "     WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace;\n"
    "  FOR key IN SELECT * FROM kept_key LOOP\n"
    "    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', key.tbl, key.name);\n"
    "  END LOOP;\n"
    "  FOR t IN SELECT r.oid, r.relname, (SELECT a.attname = 'area_id' FROM pg_index i\n"
    "                    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = i.indkey[0]\n"
    "                   WHERE i.indrelid = r.oid AND i.indisprimary) AS spread\n"
    "             FROM pg_class r\n"
    "            WHERE r.relkind = 'r' AND r.relnamespace = current_schema()::regnamespace\n"
    "              AND NOT EXISTS (SELECT 1 FROM pg_dist_partition p WHERE p.logicalrelid = r.oid)\n"
    "            ORDER BY 3, 2 LOOP\n"
    "    IF t.spread THEN\n"
    "      IF leader IS NULL THEN\n"
    "        PERFORM create_distributed_table(t.oid::regclass, 'area_id');\n"
    "        leader := t.relname;\n"
    "      ELSE\n"
    "        PERFORM create_distributed_table(t.oid::regclass, 'area_id', colocate_with => leader);\n"
    "      END IF;\n"
    "    ELSE\n"
    "      PERFORM create_reference_table(t.oid::regclass);\n"
    "    END IF;\n"
    "  END LOOP;\n"
    "  FOR key IN SELECT * FROM kept_key LOOP\n"
    "    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', key.tbl, key.name, key.def);\n"
    "  END LOOP;\n"
    "END $$";

bool
spread_by_area(struct db *db)
{
    if (db_driver(db) == DB_POSTGRES) return db_exec(db, spread);
    db_fail(db, "distribute", "only a PostgreSQL database can be spread over Citus; this one is SQLite");
    return false;
}
