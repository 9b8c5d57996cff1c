/* The part of a connection that does not depend on the engine: transactions, sticky errors, the statement cache. */
#include "db/driver.h"
#include "db/kept.h"

size_t
db_fail(struct db *db, const char *what, const char *why)
{
    if (db->error[0] == '\0') {
        snprintf(db->error, sizeof db->error, "%s: %s", what, why ? why : "unknown error");
        meter_add(METER_DB_ERRORS, 1);
        log_error("database: %s", db->error);
    }
    return 0;
}

const char *db_error(const struct db *db) { return db->error[0] ? db->error : NULL; }
bool db_lost(const struct db *db) { return db->lost; }
enum db_driver db_driver(const struct db *db) { return db->driver; }
struct arena *db_arena(const struct db *db) { return db->arena; }
void db_use_arena(struct db *db, struct arena *a) { db->arena = a; }

bool
db_url_is_postgres(const char *url)
{
    return strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0;
}

static struct db *
open_for(const char *url, bool pages)
{
    struct db *db = calloc(1, sizeof *db);
    if (db == NULL) log_fatal("out of memory");
    db->driver = db_url_is_postgres(url) ? DB_POSTGRES : DB_SQLITE;
    db->ops = db->driver == DB_POSTGRES ? &postgres_ops : &sqlite_ops;
    db->pages = pages;
    db->url = strdup(url);
    if (db->url == NULL) log_fatal("out of memory");
    if (db->ops->open(db)) return db;
    db_close(db);
    return NULL;
}

struct db *db_open(const char *url) { return open_for(url, false); }
struct db *db_open_pages(const char *url) { return open_for(url, true); }

void
db_forget_statements(struct db *db)
{
    for (size_t i = 0; i < CACHE_SLOTS; i++)
        for (struct prepared *p = db->cache[i], *next; p != NULL; p = next) {
            next = p->next;
            db->ops->unprepare(p);
            free(p);
        }
    memset(db->cache, 0, sizeof db->cache);
}

void
db_close(struct db *db)
{
    if (db == NULL) return;
    db_forget_statements(db);
    kept_free(db);
    db->ops->close(db);
    free(db->url);
    free(db);
}

bool
db_exec(struct db *db, const char *sql)
{
    if (!db->in_transaction) kept_forget(db);
    return db_error(db) == NULL && db->ops->exec(db, sql);
}

static bool
reconnect(struct db *db)
{
    db_forget_statements(db);
    db->ops->close(db);
    db->error[0] = '\0';
    db->lost = !db->ops->open(db);
    if (db->lost) db_fail(db, "connect", "the database cannot be reached");
    else meter_add(METER_DB_CONNECTS, 1);
    return !db->lost;
}

/* A lost connection is opened again here, where nothing has been done yet: a request that finds its connection dead, as all
 * do after the database was started anew, does not have to fail for it. */
void
db_begin(struct db *db, struct arena *a, enum db_mode mode)
{
    assert(!db->in_transaction);
    db->arena = a;
    db->mode = mode;
    db->in_transaction = true;
    db->kept_known = false;
    if (mode == DB_WRITE) kept_forget(db);
    if (db->lost && !reconnect(db)) return;
    db->error[0] = '\0';
    if (!db_exec(db, db->ops->begin[mode]) && db->lost && reconnect(db)) db_exec(db, db->ops->begin[mode]);
}

bool
db_alone(struct db *db)
{
    assert(db->in_transaction && db->mode == DB_WRITE);
    return db->ops->alone == NULL || db_exec(db, db->ops->alone);
}

bool
db_commit(struct db *db)
{
    assert(db->in_transaction);
    if (db_error(db) != NULL || !db_exec(db, "COMMIT")) {
        db_rollback(db);
        return false;
    }
    db->in_transaction = false;
    return db->mode == DB_READ || db->ops->settled == NULL || db->ops->settled(db);
}

void
db_rollback(struct db *db)
{
    assert(db->in_transaction);
    db->in_transaction = false;
    if (db->lost) return;
    char kept[sizeof db->error];
    memcpy(kept, db->error, sizeof kept);
    db->error[0] = '\0';
    db->ops->exec(db, "ROLLBACK");
    memcpy(db->error, kept, sizeof kept);
}

bool
db_savepoint(struct db *db)
{
    return db_exec(db, "SAVEPOINT job");
}

bool
db_release(struct db *db)
{
    return db_exec(db, "RELEASE SAVEPOINT job");
}

void
db_rollback_to(struct db *db)
{
    if (db->lost) return;
    db->error[0] = '\0';
    db_exec(db, "ROLLBACK TO SAVEPOINT job");
    db_release(db);
}

/* Puts the parts that are switched on where the marks stand. */
static char *
assemble(struct db *db, const struct db_query *q, unsigned filters, unsigned sort)
{
    struct arena *a = db->arena;
    struct buf b = { .arena = a };
    int d = (int)db->driver;

    for (const char *p = q->sql[d]; *p; p++) {
        if (*p == '\1') {
            for (unsigned i = 0; i < q->filters_n; i++)
                if (filters & 1u << i) putf(&b, " AND (%s)", q->filters[i].sql[d]);
            if ((filters & DB_AFTER) && q->sorts_n && q->sorts[sort].after[d]) putf(&b, " AND (%s)", q->sorts[sort].after[d]);
        } else if (*p == '\2') {
            if (q->sorts_n) putf(&b, " ORDER BY %s", q->sorts[sort].sql[d]);
        } else {
            put(&b, p, 1);
        }
    }
    put(&b, "", 1);
    return b.p;
}

static struct prepared *
find(struct db *db, const struct db_query *q, unsigned filters, unsigned sort)
{
    size_t slot = ((uintptr_t)q >> 4 ^ filters * 31u ^ filters >> 20 ^ sort * 131u) % CACHE_SLOTS;
    struct prepared *p;

    for (p = db->cache[slot]; p != NULL; p = p->next)
        if (p->q == q && p->filters == filters && p->sort == sort) return p;
    p = calloc(1, sizeof *p);
    if (p == NULL) log_fatal("out of memory");
    p->q = q;
    p->filters = filters;
    p->sort = sort;
    snprintf(p->name, sizeof p->name, "q%u", ++db->names);
    const char *sql = q->filters_n || q->sorts_n ? assemble(db, q, filters, sort) : q->sql[db->driver];
    if (!db->ops->prepare(db, p, sql)) {
        free(p);
        return NULL;
    }
    p->next = db->cache[slot];
    db->cache[slot] = p;
    return p;
}

const struct prepared *
db_prepare(struct db *db, const struct db_query *q, unsigned filters, unsigned sort)
{
    return db_error(db) == NULL ? find(db, q, filters, sort) : NULL;
}

size_t
db_run_list(struct db *db, const struct db_query *q, unsigned filters, unsigned sort, const void *in, void **rows)
{
    if (rows != NULL) *rows = NULL;
    assert(db->in_transaction);
    if (db_error(db) != NULL) return 0;
    if (q->writes && db->mode == DB_READ) log_fatal("%s writes in a read transaction", q->name);
    assert(q->sorts_n == 0 || sort < q->sorts_n);
    size_t n;
    bool keep = q->kept && db->mode == DB_READ && db->ops->version != NULL && rows != NULL;
    if (keep && kept_find(db, q, filters, in, rows, &n)) return n;
    struct prepared *p = find(db, q, filters, sort);
    if (p == NULL) return 0;
    n = db->ops->run(db, p, in, rows);
    if (keep && db_error(db) == NULL) kept_put(db, q, filters, in, *rows, n);
    return n;
}

size_t
db_run(struct db *db, const struct db_query *q, const void *in, void **rows)
{
    return db_run_list(db, q, 0, 0, in, rows);
}

bool
slot_null(const struct db_query *q, const struct db_slot *s, const void *at)
{
    bool null = false;
    switch (s->kind) {
    case DB_INT: null = *(const int64_t *)at == NO_INT; break;
    case DB_ID: null = *(const int64_t *)at == 0; break;
    case DB_TEXT: null = ((const struct str *)at)->p == NULL; break;
    case DB_DATE: null = !date_known(*(const struct date *)at); break;
    case DB_TIME: null = !instant_known(*(const struct instant *)at); break;
    case DB_MONEY: null = ((const struct money *)at)->fen == INT64_MIN; break;
    case DB_REAL: case DB_BOOL: break;
    }
    if (null && !s->optional) log_fatal("%s: parameter %s has no value", q->name, s->name);
    return null;
}

void
slot_store(struct arena *a, const struct db_slot *s, void *row, const char *text, size_t n)
{
    void *at = (char *)row + s->offset;
    struct str v = { text, text ? n : 0 };
    switch (s->kind) {
    case DB_INT: if (text == NULL) *(int64_t *)at = s->optional ? NO_INT : 0; else str_int(v, at); break;
    case DB_ID: if (text != NULL) str_int(v, at); break;
    case DB_REAL: *(double *)at = text ? strtod(text, NULL) : 0; break;
    case DB_TEXT: *(struct str *)at = text ? str_dup(a, v) : s->optional ? NO_STR : STR(""); break;
    case DB_DATE: if (text == NULL || !date_parse(v, at)) *(struct date *)at = NO_DATE; break;
    case DB_TIME: if (text == NULL || !str_int(v, at)) *(struct instant *)at = NO_TIME; break;
    case DB_MONEY: if (text == NULL || !str_int(v, at)) *(struct money *)at = NO_MONEY; break;
    case DB_BOOL: *(bool *)at = text && (text[0] == '1' || text[0] == 't'); break;
    }
}
