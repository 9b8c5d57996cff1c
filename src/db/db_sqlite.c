#include "db/driver.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

static const char setup[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-16000; PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=4000;";

static void
lite_close(struct db *db)
{
    if (db->conn) sqlite3_close(db->conn);
    db->conn = NULL;
}

/* What each transaction says is parsed once. */
static const struct db_query fixed[] = {
    { .name = "begin", .sql = { [DB_SQLITE] = "BEGIN" } },
    { .name = "begin", .sql = { [DB_SQLITE] = "BEGIN IMMEDIATE" } },
    { .name = "commit", .sql = { [DB_SQLITE] = "COMMIT" } },
    { .name = "savepoint", .sql = { [DB_SQLITE] = "SAVEPOINT job" } },
    { .name = "release", .sql = { [DB_SQLITE] = "RELEASE SAVEPOINT job" } },
};

static bool
lite_exec(struct db *db, const char *sql)
{
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (strcmp(sql, fixed[i].sql[DB_SQLITE]) != 0) continue;
        const struct prepared *p = db_prepare(db, &fixed[i], 0, 0);
        if (p == NULL) return false;
        if (sqlite3_step(p->handle) != SQLITE_DONE) db_fail(db, fixed[i].name, sqlite3_errmsg(db->conn));
        sqlite3_reset(p->handle);
        return db_error(db) == NULL;
    }
    char *why = NULL;
    if (sqlite3_exec(db->conn, sql, NULL, NULL, &why) == SQLITE_OK) return true;
    db_fail(db, "exec", why ? why : sqlite3_errmsg(db->conn));
    sqlite3_free(why);
    return false;
}

/* SQLite's own statistics of memory take a lock for each allocation; nothing here reads them. */
static void
configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static bool
lite_open(struct db *db)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    sqlite3 *conn = NULL;
    pthread_once(&once, configure);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(db->url, &conn, flags, NULL) != SQLITE_OK) {
        db_fail(db, db->url, conn ? sqlite3_errmsg(conn) : "out of memory");
        sqlite3_close(conn);
        return false;
    }
    db->conn = conn;
    sqlite3_busy_timeout(conn, 5000);
    return lite_exec(db, setup);
}

static bool
lite_prepare(struct db *db, struct prepared *p, const char *sql)
{
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v3(db->conn, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK)
        return db_fail(db, p->q->name, sqlite3_errmsg(db->conn));
    p->handle = st;
    return true;
}

static void
lite_unprepare(struct prepared *p)
{
    sqlite3_finalize(p->handle);
}

static void
bind(sqlite3_stmt *st, int i, const struct db_query *q, const struct db_slot *s, const void *at)
{
    char day[16];
    if (slot_null(q, s, at)) {
        sqlite3_bind_null(st, i);
        return;
    }
    switch (s->kind) {
    case DB_INT: case DB_ID: case DB_TIME: case DB_MONEY: sqlite3_bind_int64(st, i, *(const int64_t *)at); break;
    case DB_BOOL: sqlite3_bind_int64(st, i, *(const bool *)at); break;
    case DB_REAL: sqlite3_bind_double(st, i, *(const double *)at); break;
    case DB_TEXT: {
        const struct str *t = at;
        sqlite3_bind_text(st, i, t->p, (int)t->n, SQLITE_STATIC);
        break;
    }
    case DB_DATE:
        sqlite3_bind_text(st, i, day, (int)date_print(*(const struct date *)at, day), SQLITE_TRANSIENT);
        break;
    }
}

/* Numbers come as numbers; everything else through its text, as with PostgreSQL. */
static void
column(struct arena *a, sqlite3_stmt *st, int c, const struct db_slot *s, void *row)
{
    if (sqlite3_column_type(st, c) == SQLITE_INTEGER) {
        int64_t v = sqlite3_column_int64(st, c);
        void *at = (char *)row + s->offset;
        switch (s->kind) {
        case DB_INT: case DB_ID: case DB_TIME: case DB_MONEY: memcpy(at, &v, sizeof v); return;
        case DB_BOOL: *(bool *)at = v != 0; return;
        case DB_REAL: *(double *)at = (double)v; return;
        case DB_TEXT: case DB_DATE: break;
        }
    }
    const char *text = (const char *)sqlite3_column_text(st, c);
    slot_store(a, s, row, text, (size_t)sqlite3_column_bytes(st, c));
}

static char *
wider(struct arena *a, char *rows, size_t n, size_t *cap, size_t size)
{
    *cap = *cap ? *cap * 2 : 8;
    char *more = arena_array(a, *cap, size, _Alignof(max_align_t));
    return n ? memcpy(more, rows, n * size) : more;
}

static size_t
lite_run(struct db *db, struct prepared *p, const void *in, void **rows)
{
    const struct db_query *q = p->q;
    sqlite3_stmt *st = p->handle;
    size_t n = 0, cap = 0;
    char *out = NULL;
    int rc, params = sqlite3_bind_parameter_count(st);

    for (int i = 0; i < q->in_n && i < params; i++)     /* a filter that is off may leave the last ones unused */
        bind(st, i + 1, q, &q->in[i], (const char *)in + q->in[i].offset);
    while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
        if (n == cap) out = wider(db->arena, out, n, &cap, q->row_size);
        for (int c = 0; c < q->out_n; c++) column(db->arena, st, c, &q->out[c], out + n * q->row_size);
        n++;
    }
    if (rc != SQLITE_DONE) {
        db_fail(db, q->name, sqlite3_errmsg(db->conn));
        n = 0;
    } else if (q->out_n == 0) {
        n = (size_t)sqlite3_changes64(db->conn);
    }
    sqlite3_reset(st);
    if (rows != NULL) *rows = out;
    return n;
}

/* -1: cannot be known now. */
static int64_t
lite_version(struct db *db)
{
    static const struct db_slot slot = { "v", DB_INT, false, 0 };
    static const char sql[] = "PRAGMA data_version";
    static const struct db_query q = { .name = "data_version", .sql = { sql, sql }, .out = &slot, .out_n = 1, .row_size = sizeof(int64_t) };
    void *row;
    return db_run(db, &q, NULL, &row) == 1 ? *(int64_t *)row : -1;
}

/* fsync can say yes although nothing is on the disk: ext4 drops the journal's open transaction when it turns read-only after an
 * error, and a sync that waits just then finds nothing left to wait for.  Only what starts a new transaction sees the dead
 * journal, so the file's time is set: the first call makes the file system notice, the second is told.  By name, not by a
 * descriptor, because closing one would drop SQLite's locks. */
static bool
lite_settled(struct db *db)
{
    if (strcmp(db->url, ":memory:") == 0) return true;
    for (int i = 0; i < 2; i++)
        if (utimensat(AT_FDCWD, db->url, NULL, 0) != 0 && errno != EPERM && errno != EACCES) return db_fail(db, "disk", strerror(errno));
    return true;
}

const struct db_ops sqlite_ops = {
    .open = lite_open, .close = lite_close, .exec = lite_exec, .prepare = lite_prepare, .unprepare = lite_unprepare,
    .run = lite_run, .version = lite_version, .begin = { [DB_READ] = "BEGIN", [DB_WRITE] = "BEGIN IMMEDIATE" },
    .settled = lite_settled,
};
