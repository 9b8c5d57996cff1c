/* Answers that a SQLite connection keeps until the database changes: the exact counts of lists, which cost more than
 * the page they stand on.  A query asks for it with the line "-- kept:" (docs/sql.md); only its numbers are kept, and only
 * in read transactions.  SQLite itself says whether anybody, in this process or another, has committed since. */
#ifndef NUAN_KEPT_H
#define NUAN_KEPT_H
#include "db/driver.h"

/* The answer of this query for these inputs: true when it is kept, then *n rows (0 or 1) are in the transaction's arena. */
bool kept_find(struct db *db, const struct db_query *q, unsigned filters, const void *in, void **rows, size_t *n);

/* Keeps what kept_find just did not find. */
void kept_put(struct db *db, const struct db_query *q, unsigned filters, const void *in, const void *row, size_t n);

/* This connection is about to write, or its schema to change: nothing is kept any more. */
void kept_forget(struct db *db);
void kept_free(struct db *db);
#endif
