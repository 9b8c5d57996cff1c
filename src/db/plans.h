/* What SQLite's planner is told about the data.  It chooses by counts that only ANALYZE takes, and without them it believes that
 * ten rows belong to an area: it then begins with the wrong table and reads a county from end to end.  The counts here
 * follow from the names of the columns and describe a county of typical size, so that every database has the same plans,
 * those that the lint reviewed.  PostgreSQL counts by itself. */
#ifndef NUAN_PLANS_H
#define NUAN_PLANS_H
#include "db/db.h"

/* Tells the planner about all indexes of the schema; inside a write transaction, after the schema changed. */
bool plans_describe(struct db *db);
#endif
