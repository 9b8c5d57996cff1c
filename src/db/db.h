/* One database connection, the same for SQLite and PostgreSQL.
 *
 * Modules never write SQL in C: queries stand in .sql files and sqlgen turns them into typed calls
 * (docs/sql.md).  A failure of the database is sticky: the first one is kept, later calls do
 * nothing and return nothing, and the gate answers 503 and rolls back. */
#ifndef NUAN_DB_H
#define NUAN_DB_H
#include "base/base.h"

enum db_driver { DB_SQLITE, DB_POSTGRES, DB_DRIVERS };

/* How one parameter or column maps to a struct member.  "optional" means it may be NULL, which in C is
 * the type's own "no value": NO_STR, NO_DATE, NO_TIME, NO_MONEY, NO_INT, id 0.  A non-optional text, id,
 * date, time or money that has no value is a bug: db_run asserts. */
enum db_kind {
    DB_INT = 1,                         /* int64_t */
    DB_ID,                              /* struct x_id */
    DB_REAL,                            /* double */
    DB_TEXT,                            /* struct str */
    DB_DATE,                            /* struct date; ISO text in the database */
    DB_TIME,                            /* struct instant; milliseconds in the database */
    DB_MONEY,                           /* struct money; fen in the database */
    DB_BOOL,                            /* bool; 0 or 1 in the database */
};

struct db_slot { const char *name; enum db_kind kind; bool optional; uint16_t offset; };

/* A condition or an order that a list may switch on.  The text is fixed at build time. */
struct db_part { const char *name; const char *sql[DB_DRIVERS]; const char *after[DB_DRIVERS]; };

/* One statement.  Generated from a .sql file; immutable. */
struct db_query {
    const char *name;                   /* "case_list" */
    const char *sql[DB_DRIVERS];        /* with the marks \1 (filters) and \2 (order) where the parts go */
    const struct db_slot *in, *out;
    uint8_t in_n, out_n, filters_n, sorts_n;
    uint16_t row_size;
    bool writes, kept;                  /* kept: its numbers are remembered until the database changes (db/kept.h) */
    const struct db_part *filters, *sorts;
};

/* With a list query: only rows after the key in the parameters (the sort's "after" condition). */
#define DB_AFTER (1u << 31)

struct db;

/* Opens a connection.  url: a file path, ":memory:", or "postgresql://…".  NULL and a logged reason on failure.
 * Every connection of a SQLite file is in WAL mode, synchronous=FULL, foreign keys on. */
struct db *db_open(const char *url);
/* The same for a connection that only answers pages, few rows each: PostgreSQL then plans each statement once, for any values,
 * and looks rows up one by one in an index, as SQLite always does. */
struct db *db_open_pages(const char *url);
void db_close(struct db *);
enum db_driver db_driver(const struct db *);
bool db_url_is_postgres(const char *url);

/* A transaction.  Rows of the queries in it live in the arena.  DB_READ cannot write. */
enum db_mode { DB_READ, DB_WRITE };
void db_begin(struct db *, struct arena *, enum db_mode);
bool db_commit(struct db *);            /* false: nothing is promised; the error is cleared by the next db_begin */
void db_rollback(struct db *);
struct arena *db_arena(const struct db *);
/* Rows go to another arena from now on (group commit runs several requests in one transaction). */
void db_use_arena(struct db *, struct arena *);

/* At the beginning of DB_WRITE, before anything was read: waits until no other write transaction is open, and lets none begin
 * before this one ends (SQLite: there never is another).  What is read then cannot be added to meanwhile.  false: it took too
 * long; the transaction can only be rolled back. */
bool db_alone(struct db *);

/* Inside DB_WRITE: one level of savepoint, for group commit.  Rolling back clears a sticky error. */
bool db_savepoint(struct db *);
bool db_release(struct db *);
void db_rollback_to(struct db *);

const char *db_error(const struct db *);                /* NULL while nothing failed */
bool db_lost(const struct db *);                        /* the connection itself is gone */

/* Runs q.  in: the struct of parameters.  rows: set to an array of q->row_size structs in the arena.
 * Returns the number of rows, or for a statement without columns the number of rows it changed. */
size_t db_run(struct db *, const struct db_query *q, const void *in, void **rows);

/* The same for a query with filters and sorts: filters is a bit set, sort an index. */
size_t db_run_list(struct db *, const struct db_query *q, unsigned filters, unsigned sort, const void *in, void **rows);

/* Several statements as text, without parameters: migrations, tools and tests only. */
bool db_exec(struct db *, const char *sql);
#endif
