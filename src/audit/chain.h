/* The trail as a chain: each row's hash is the SM3 of its content and of the hash before it, and the end of each chain is sealed
 * with the key.  A row that was changed, removed, added or moved in the database itself is found and named.
 * Each area has a few lanes, as many as there were writers at once; a writer takes one that is free and waits for nobody. */
#ifndef NUAN_CHAIN_H
#define NUAN_CHAIN_H
#include "audit/audit_sql.h"
#include <stdio.h>

/* Adds the row at the end of a lane.  lane, seq and hash of the row are filled in.  In a write transaction. */
void chain_add(struct db *db, struct audit_insert_in *row);

/* Seals the ends that have no seal, right after an upgrade; with all, every end anew, for a new key.  In a write transaction. */
void chain_seal(struct db *db, bool all);

/* PostgreSQL: nobody may change the trail's rows, also not the owner of the table; a restored copy has no such rights of its own. */
void chain_protect(struct db *db);

/* Looks at everything; prints a line for each thing that is wrong; how many.  In a transaction. */
int64_t chain_check(struct db *db, FILE *out);
#endif
