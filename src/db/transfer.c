#include "db/driver.h"
#include "db/transfer.h"
#include <libpq-fe.h>
#include <sqlite3.h>

enum { FLUSH = 1 << 16 };

/* A table's columns in PostgreSQL's own text format for COPY: tabs between, \N for NULL. */
static void
put_value(struct buf *b, const char *text, size_t n)
{
    if (text == NULL) {
        LIT(b, "\\N");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        char c = text[i];
        if (c == '\\') LIT(b, "\\\\");
        else if (c == '\t') LIT(b, "\\t");
        else if (c == '\n') LIT(b, "\\n");
        else if (c == '\r') LIT(b, "\\r");
        else put(b, &c, 1);
    }
}

static bool
copy_rows(sqlite3_stmt *st, PGconn *pg, int64_t *rows)
{
    struct arena a = { 0 };
    struct buf b = { .arena = &a };
    int rc, n = sqlite3_column_count(st);
    bool ok = true;
    while (ok && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        for (int c = 0; c < n; c++) {
            if (c) LIT(&b, "\t");
            const char *text = (const char *)sqlite3_column_text(st, c);
            put_value(&b, text, (size_t)sqlite3_column_bytes(st, c));
        }
        LIT(&b, "\n");
        ++*rows;
        if (b.n < FLUSH) continue;
        ok = PQputCopyData(pg, b.p, (int)b.n) == 1;
        arena_clear(&a);
        b = (struct buf){ .arena = &a };
    }
    if (ok && b.n) ok = PQputCopyData(pg, b.p, (int)b.n) == 1;
    arena_clear(&a);
    return ok && rc == SQLITE_DONE;
}

static bool
run(PGconn *pg, const char *sql, ExecStatusType wanted)
{
    PGresult *r = PQexec(pg, sql);
    bool ok = PQresultStatus(r) == wanted;
    PQclear(r);
    return ok;
}

/* The names of a table's columns, the same on both sides: SQLite's order is named in both statements. */
static struct str
columns(struct arena *a, sqlite3 *lite, const char *table)
{
    struct buf b = { .arena = a };
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(lite, "SELECT name FROM pragma_table_info(?1) ORDER BY cid", -1, &st, NULL) != SQLITE_OK) return NO_STR;
    sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
    while (sqlite3_step(st) == SQLITE_ROW) putf(&b, "%s\"%s\"", b.n ? ", " : "", (const char *)sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
    return buf_str(&b);
}

static bool
copy_table(struct arena *a, sqlite3 *lite, PGconn *pg, const char *table, int64_t *rows)
{
    sqlite3_stmt *st = NULL;
    struct str names = columns(a, lite, table);
    if (sqlite3_prepare_v2(lite, str_fmt(a, "SELECT %.*s FROM \"%s\"", FMT(names), table).p, -1, &st, NULL) != SQLITE_OK) return false;
    bool ok = run(pg, str_fmt(a, "COPY \"%s\" (%.*s) FROM STDIN", table, FMT(names)).p, PGRES_COPY_IN) && copy_rows(st, pg, rows);
    ok = PQputCopyEnd(pg, ok ? NULL : "stopped") == 1 && ok;
    for (PGresult *r; (r = PQgetResult(pg)) != NULL; PQclear(r)) ok = ok && PQresultStatus(r) == PGRES_COMMAND_OK;
    sqlite3_finalize(st);
    return ok;
}

/* Foreign keys are put aside, because a table may refer to one that comes later; at the end they are checked as a whole.  What
 * the migrations themselves wrote is replaced. */
static const char begin[] =
    "BEGIN; CREATE TEMP TABLE aside ON COMMIT DROP AS SELECT c.conrelid::regclass AS tbl, c.conname AS name, pg_get_constraintdef(c.oid) AS def"
    "  FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace;"
    "DO $$ DECLARE k record; BEGIN"
    "  IF (SELECT count(*) FROM unit) > 0 THEN RAISE EXCEPTION 'the PostgreSQL database is not empty'; END IF;"
    "  FOR k IN SELECT * FROM aside LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', k.tbl, k.name); END LOOP;"
    "  FOR k IN SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'audit'"
    "    LOOP EXECUTE format('DELETE FROM %I', k.name); END LOOP;"               /* the trail is empty then, and nobody may delete in it */
    "END $$";
static const char end[] =
    "DO $$ DECLARE k record; BEGIN"
    "  FOR k IN SELECT * FROM aside LOOP EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.tbl, k.name, k.def); END LOOP;"
    "END $$; COMMIT";

static const char tables[] = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'";

bool
transfer(struct db *from, struct db *to, int64_t *rows, const char **why)
{
    struct arena a = { 0 };
    sqlite3 *lite = from->conn;
    PGconn *pg = to->conn;
    sqlite3_stmt *st = NULL;
    *rows = 0;
    *why = NULL;
    if (db_driver(from) != DB_SQLITE || db_driver(to) != DB_POSTGRES) {
        *why = "rows go from SQLite to PostgreSQL";
        return false;
    }
    bool ok = run(pg, begin, PGRES_COMMAND_OK) && sqlite3_exec(lite, "BEGIN", NULL, NULL, NULL) == SQLITE_OK
              && sqlite3_prepare_v2(lite, tables, -1, &st, NULL) == SQLITE_OK;
    while (ok && sqlite3_step(st) == SQLITE_ROW) {
        const char *table = str_dup(&a, str_of((const char *)sqlite3_column_text(st, 0))).p;
        ok = copy_table(&a, lite, pg, table, rows);
        if (!ok) log_error("table %s could not be copied: %s", table, PQerrorMessage(pg));
    }
    sqlite3_finalize(st);
    ok = ok && run(pg, end, PGRES_COMMAND_OK);
    if (!ok) {
        log_error("database: %s", PQerrorMessage(pg));
        *why = "nothing was copied; see above";
        run(pg, "ROLLBACK", PGRES_COMMAND_OK);
    }
    if (ok) run(pg, "VACUUM ANALYZE", PGRES_COMMAND_OK);        /* so that indexes alone can answer, and plans fit */
    sqlite3_exec(lite, "ROLLBACK", NULL, NULL, NULL);
    arena_clear(&a);
    return ok;
}
