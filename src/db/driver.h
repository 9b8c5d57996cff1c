/* What the two drivers share.  Only src/db and the lint include this. */
#ifndef NUAN_DB_DRIVER_H
#define NUAN_DB_DRIVER_H
#include "db/db.h"

enum { CACHE_SLOTS = 512 };

/* A statement that this connection has prepared. */
struct prepared {
    const struct db_query *q;
    unsigned filters, sort;
    void *handle;                       /* SQLite: sqlite3_stmt */
    char name[16];                      /* PostgreSQL: name on the server */
    struct prepared *next;
};

struct db_ops {
    bool (*open)(struct db *);
    void (*close)(struct db *);
    bool (*exec)(struct db *, const char *sql);         /* may hold several statements */
    bool (*prepare)(struct db *, struct prepared *, const char *sql);
    void (*unprepare)(struct prepared *);
    size_t (*run)(struct db *, struct prepared *, const void *in, void **rows);
    int64_t (*version)(struct db *);    /* changes when another connection commits; NULL: the engine cannot tell */
    bool (*settled)(struct db *);       /* after a commit: is the disk still alive?  NULL: the engine vouches for it */
    const char *begin[2];               /* by enum db_mode */
    const char *alone;                  /* NULL: a write transaction always is */
};
extern const struct db_ops sqlite_ops, postgres_ops;

struct db {
    const struct db_ops *ops;
    enum db_driver driver;
    enum db_mode mode;
    bool in_transaction, lost;
    bool pages;                         /* see db_open_pages */
    bool kept_known;                    /* kept answers were compared with the database in this transaction */
    char *url;
    void *conn;                         /* sqlite3 or PGconn */
    struct arena *arena;
    struct prepared *cache[CACHE_SLOTS];
    struct kept *kept;                  /* NULL until the first answer is kept */
    unsigned names;                     /* last number used for a statement's name */
    char error[256];
};

size_t db_fail(struct db *db, const char *what, const char *why);       /* keeps the first error; returns 0 */
void db_forget_statements(struct db *db);

/* The statement as db_run_list runs it, without running it; NULL when the engine refuses it. */
const struct prepared *db_prepare(struct db *db, const struct db_query *q, unsigned filters, unsigned sort);

/* One value of a row.  text NULL: SQL NULL. */
void slot_store(struct arena *a, const struct db_slot *s, void *row, const char *text, size_t n);
/* Is the member the type's "no value"?  Asserts that it may be. */
bool slot_null(const struct db_query *q, const struct db_slot *s, const void *at);
#endif
