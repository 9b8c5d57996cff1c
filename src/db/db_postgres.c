#include "db/driver.h"
#include <libpq-fe.h>

enum { OID_INT8 = 20, OID_TEXT = 25, OID_FLOAT8 = 701, PARAMS_MAX = 64 };

static void
pg_close(struct db *db)
{
    if (db->conn) PQfinish(db->conn);
    db->conn = NULL;
}

static bool
check(struct db *db, const char *what, PGresult *r)
{
    ExecStatusType st = PQresultStatus(r);
    if (st == PGRES_TUPLES_OK || st == PGRES_COMMAND_OK || st == PGRES_EMPTY_QUERY) return true;
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE), *why = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    if (PQstatus(db->conn) != CONNECTION_OK) db->lost = true;
    /* A primary that has become a standby says so (25006): the next transaction looks for the new primary. */
    if (state != NULL && strcmp(state, "25006") == 0 && db->mode == DB_WRITE) db->lost = true;
    /* Class 22, a bad value, quotes the value: that does not belong into a log. */
    if (state != NULL && strncmp(state, "22", 2) == 0) why = state;
    db_fail(db, what, why != NULL ? why : PQerrorMessage(db->conn));
    return false;
}

static bool
pg_exec(struct db *db, const char *sql)
{
    PGresult *r = PQexec(db->conn, sql);
    bool ok = check(db, "exec", r);
    PQclear(r);
    return ok;
}

static void
quiet(void *arg, const PGresult *r)
{
    (void)arg;
    (void)r;
}

static bool
pg_open(struct db *db)
{
    /* What the address says goes before; without it a host that is switched off would hold a request for minutes. */
    const char *const names[] = { "connect_timeout", "keepalives_idle", "tcp_user_timeout", "fallback_application_name", "dbname", NULL };
    const char *const values[] = { "5", "30", "15000", "nuan", db->url, NULL };
    db->conn = PQconnectdbParams(names, values, 1);
    if (PQstatus(db->conn) != CONNECTION_OK) {
        db_fail(db, "connect", PQerrorMessage(db->conn));
        return false;
    }
    PQsetNoticeReceiver(db->conn, quiet, NULL);
    /* Compiling a plan took a second for lists that are answered in milliseconds: its costs are guessed for the worst case.  Pages
     * come from memory or a disk without a head, so that one here and one there cost hardly more than two beside each other. */
    return pg_exec(db, "SET client_encoding = 'UTF8'; SET TIME ZONE 'Asia/Shanghai'; SET jit = off; SET random_page_cost = 1.1");
}

/* Every parameter's type is told, so that a parameter of a filter that is switched off needs no place in the text. */
static bool
pg_prepare(struct db *db, struct prepared *p, const char *sql)
{
    Oid types[PARAMS_MAX];
    assert(p->q->in_n <= PARAMS_MAX);
    for (int i = 0; i < p->q->in_n; i++)
        switch (p->q->in[i].kind) {
        case DB_INT: case DB_ID: case DB_TIME: case DB_MONEY: case DB_BOOL: types[i] = OID_INT8; break;
        case DB_REAL: types[i] = OID_FLOAT8; break;
        case DB_TEXT: case DB_DATE: types[i] = OID_TEXT; break;
        }
    PGresult *r = PQprepare(db->conn, p->name, sql, p->q->in_n, types);
    bool ok = check(db, p->q->name, r);
    PQclear(r);
    return ok;
}

static void
pg_unprepare(struct prepared *p)
{
    (void)p;                            /* goes with the connection */
}

static const char *
param(struct arena *a, const struct db_query *q, const struct db_slot *s, const void *at, char number[32])
{
    if (slot_null(q, s, at)) return NULL;
    switch (s->kind) {
    case DB_INT: case DB_ID: case DB_TIME: case DB_MONEY: snprintf(number, 32, "%lld", (long long)*(const int64_t *)at); break;
    case DB_BOOL: snprintf(number, 32, "%d", *(const bool *)at); break;
    case DB_REAL: snprintf(number, 32, "%.17g", *(const double *)at); break;
    case DB_DATE: date_print(*(const struct date *)at, number); break;
    case DB_TEXT: return str_z(a, *(const struct str *)at);
    }
    return number;
}

static size_t
pg_run(struct db *db, struct prepared *p, const void *in, void **rows)
{
    const struct db_query *q = p->q;
    const char *values[PARAMS_MAX];
    char numbers[PARAMS_MAX][32];

    for (int i = 0; i < q->in_n; i++)
        values[i] = param(db->arena, q, &q->in[i], (const char *)in + q->in[i].offset, numbers[i]);
    PGresult *r = PQexecPrepared(db->conn, p->name, q->in_n, values, NULL, NULL, 0);
    size_t n = 0;
    if (check(db, q->name, r)) {
        n = (size_t)PQntuples(r);
        char *out = n ? arena_array(db->arena, n, q->row_size, _Alignof(max_align_t)) : NULL;
        for (size_t i = 0; i < n; i++)
            for (int c = 0; c < q->out_n; c++) {
                bool null = PQgetisnull(r, (int)i, c);
                slot_store(db->arena, &q->out[c], out + i * q->row_size, null ? NULL : PQgetvalue(r, (int)i, c),
                           (size_t)PQgetlength(r, (int)i, c));
            }
        if (q->out_n == 0) n = (size_t)strtoull(PQcmdTuples(r), NULL, 10);
        if (rows != NULL) *rows = out;
    }
    PQclear(r);
    return n;
}

/* Every writer shares the first lock; who must be alone begins again and takes it for himself (4-byte keys: the 8-byte ones are
 * units, tally/rollup.sql).  Others queue behind him, so he does not wait for ever for one that is long. */
#define WRITERS "(1853186670, 1)"
const struct db_ops postgres_ops = {
    .open = pg_open, .close = pg_close, .exec = pg_exec, .prepare = pg_prepare, .unprepare = pg_unprepare, .run = pg_run,
    .begin = { [DB_READ] = "BEGIN READ ONLY", [DB_WRITE] = "BEGIN; SELECT pg_advisory_xact_lock_shared" WRITERS },
    .alone = "ROLLBACK; BEGIN; SET LOCAL lock_timeout = 3000; SELECT pg_advisory_xact_lock" WRITERS "; SET LOCAL lock_timeout = 0",
};
