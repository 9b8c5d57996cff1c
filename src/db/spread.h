/* Spreading a PostgreSQL database over Citus: the tables whose key begins with area_id are distributed by it, so that a county's
 * rows lie together on one shard; all others (units, accounts, codes, forms) become reference tables on every node. */
#ifndef NUAN_SPREAD_H
#define NUAN_SPREAD_H
#include "db/db.h"

/* One transaction: all or nothing.  Tables that are spread already stay as they are.  False: db_error says why, in the first
 * place that the database is SQLite or has no Citus. */
bool spread_by_area(struct db *db);
#endif
