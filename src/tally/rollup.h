/* The sums of each unit and all below it (table tally_up).  Only tally.c and who changes the tree of units call this. */
#ifndef NUAN_ROLLUP_H
#define NUAN_ROLLUP_H
#include "db/db.h"

/* n more of a measure on a day, for the unit and all above it. */
void rollup(struct db *db, struct unit_id unit, struct date day, struct str measure, int64_t n);

/* A person was served (by: +1) or is no longer counted so (-1): changes the table "served" by itself, because whoever was served
 * first in a month, quarter or year is counted on that day, and that day may move. */
void rollup_served(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id person, int by);

/* Around a change of the tree: before it, the unit's sums leave those above it; after it, they come to those above it then.
 * A parent of 0: there was none. */
void rollup_leave(struct db *db, int64_t area, struct unit_id unit);
void rollup_arrive(struct db *db, int64_t area, struct unit_id unit, struct unit_id old_parent, struct unit_id new_parent);
#endif
