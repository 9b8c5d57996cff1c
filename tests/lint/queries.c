/* queries URL [SCANS] -- prepares every named query of the program on a real database, in all its orders and with every
 * filter off, on alone, and all on together.  On SQLite it also looks at each query's plan: a table that is read from end
 * to end must stand in the reviewed list SCANS.  Prints "ok …" or "not ok …" for each query. */
#include "db/all_queries.h"
#include "db/driver.h"
#include "db/migrate.h"
#include <sqlite3.h>

static struct db *db;
static struct arena arena;
static struct str scans;                /* lines "query: SCAN table  # why"; NO_STR: plans do not matter */
static struct buf scans_met;

/* Is the plan's line in the list?  The reason behind it is for readers. */
static bool
reviewed(struct str line)
{
    struct str rest = scans;
    while (rest.n) {
        struct str one = str_cut(&rest, '\n'), what = str_cut(&one, '#');
        if (str_eq(str_trim(what), line)) return one.n != 0;
    }
    return false;
}

/* The part of "SCAN p USING INDEX x" that names the table. */
static struct str
scanned(const char *detail)
{
    struct str rest = str_of(detail), word = str_cut(&rest, ' ');
    if (!str_is(word, "SCAN") || str_starts(rest, STR("(")) || str_starts(rest, STR("CONSTANT"))) return NO_STR;
    return str_cut(&rest, ' ');
}

static bool
plan_fine(const struct db_query *q, const char *sql)
{
    sqlite3_stmt *st;
    bool fine = true;
    if (sqlite3_prepare_v2(db->conn, str_fmt(&arena, "EXPLAIN QUERY PLAN %s", sql).p, -1, &st, NULL) != SQLITE_OK) return false;
    while (sqlite3_step(st) == SQLITE_ROW) {
        struct str table = scanned((const char *)sqlite3_column_text(st, 3));
        if (table.p == NULL) continue;
        struct str line = str_fmt(&arena, "%s: SCAN %.*s", q->name, FMT(table));
        putf(&scans_met, "%.*s\n", FMT(line));
        if (reviewed(line)) continue;
        printf("# not reviewed: %.*s\n", FMT(line));
        fine = false;
    }
    sqlite3_finalize(st);
    return fine;
}

/* A failed statement ends a transaction of PostgreSQL, so each has its own. */
static bool
prepares(const struct db_query *q, unsigned filters, unsigned sort)
{
    db_begin(db, &arena, q->writes ? DB_WRITE : DB_READ);
    const struct prepared *p = db_prepare(db, q, filters, sort);
    if (p == NULL) printf("# %s\n", db_error(db));
    bool fine = p != NULL && (scans.p == NULL || plan_fine(q, sqlite3_sql(p->handle)));
    db_rollback(db);
    return fine;
}

static bool
check(const struct db_query *q)
{
    unsigned all = (1u << q->filters_n) - 1;
    bool fine = true;
    for (unsigned sort = 0; sort == 0 || sort < q->sorts_n; sort++) {
        unsigned after = q->sorts_n && q->sorts[sort].after[db_driver(db)] ? DB_AFTER : 0;
        fine = prepares(q, 0, sort) && fine;
        if (q->filters_n) fine = prepares(q, all, sort) && fine;
        if (after) fine = prepares(q, all | after, sort) && fine;
        for (unsigned i = 0; i < q->filters_n && q->filters_n > 1; i++) fine = prepares(q, 1u << i, sort) && fine;
    }
    printf("%s %s\n", fine ? "ok" : "not ok", q->name);
    return fine;
}

/* A line of the list that no plan needs any more hides the next scan there. */
static bool
list_current(void)
{
    bool fine = true;
    for (struct str rest = scans; rest.n;) {
        struct str line = str_cut(&rest, '\n'), what = str_trim(str_cut(&line, '#'));
        if (what.n == 0) continue;
        struct str with_end = str_fmt(&arena, "%.*s\n", FMT(what));
        if (str_has(buf_str(&scans_met), with_end)) continue;
        printf("# no longer needed: %.*s\n", FMT(what));
        fine = false;
    }
    printf("%s the list of scans is current\n", fine ? "ok" : "not ok");
    return fine;
}

static struct str
read_file(const char *path)
{
    struct buf b = { .arena = &arena };
    char part[4096];
    size_t n;
    FILE *f = fopen(path, "rb");
    if (f == NULL) die("cannot read %s", path);
    while ((n = fread(part, 1, sizeof part, f)) > 0) put(&b, part, n);
    fclose(f);
    return b.p ? buf_str(&b) : STR("");
}

int
main(int argc, char **argv)
{
    bool fine = true;
    if (argc != 2 && argc != 3) die("usage: queries URL [SCANS]");
    scans_met.arena = &arena;
    if (argc == 3) scans = read_file(argv[2]);
    log_quiet(1);
    db = db_open(argv[1]);
    if (db == NULL || !migrate(db)) die("the database cannot be used");
    for (size_t i = 0; all_queries[i] != NULL; i++)
        for (size_t n = 0; all_queries[i][n] != NULL; n++) fine = check(all_queries[i][n]) && fine;
    if (scans.p != NULL) fine = list_current() && fine;
    db_close(db);
    arena_clear(&arena);
    return fine ? 0 : 1;
}
