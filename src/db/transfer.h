/* From SQLite to PostgreSQL: when a station's file has become a county's server. */
#ifndef NUAN_TRANSFER_H
#define NUAN_TRANSFER_H
#include "db/db.h"

/* Copies every row of a SQLite database into a PostgreSQL database that has the schema and nothing in it, in one read
 * transaction there and one transaction here.  Both at the same migration.  *rows: how many.  False: *why, and nothing was
 * written. */
bool transfer(struct db *from, struct db *to, int64_t *rows, const char **why);
#endif
