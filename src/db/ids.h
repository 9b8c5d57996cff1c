/* Blocks of ids out of the database. */
#ifndef NUAN_IDS_H
#define NUAN_IDS_H
#include "db/db.h"

/* Takes a new block when less than half a block is left.  Outside any transaction; false on failure. */
bool ids_refill(struct db *db);
#endif
