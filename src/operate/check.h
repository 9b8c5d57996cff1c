/* nuan check: is everything there, and does everything agree? */
#ifndef NUAN_CHECK_H
#define NUAN_CHECK_H
#include "db/db.h"

/* How many things are wrong in each part; -1: that part could not be looked at. */
struct check_result { int64_t pages, references, counters, cases, files, sealed, trail; };

/* Looks at the database, the counters, the attachments and the key (seal_open and attach_dir_set come first); prints a line
 * for each thing that is wrong to out.  True when nothing is. */
bool check_all(struct db *db, FILE *out, struct check_result *result);
#endif
