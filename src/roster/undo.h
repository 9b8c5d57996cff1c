/* Takes an import back: what the batch added, and nothing else, in pieces that hold nobody up. */
#ifndef NUAN_UNDO_H
#define NUAN_UNDO_H
#include "roster/import_sql.h"
#include "roster/undo_sql.h"

/* The people of the batch who are in use since (at most 50): then it cannot be taken back. */
size_t undo_in_use(struct db *db, struct import_id id, const struct import_get_row *i, struct undo_held_row **rows);

/* On a thread of its own; the import stands as "undoing" (set by the caller, in the same request).  When somebody of it is used
 * in the meantime it stops, says so in the import's row, and can be started again.  False: see running_start. */
bool undo_start(struct import_id id, const struct import_get_row *i);
#endif
