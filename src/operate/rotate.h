/* nuan key rotate: everything that is sealed is sealed anew with a new key, while the servers run.
 *
 * The key file gets one more generation; running servers see it within a second, seal with it and open both.  Then the columns are gone
 * through in batches of a transaction each.  When it is stopped it goes on where it was: what is done begins with the new number.  The old
 * generation stays in the file until "nuan key drop" has found that nothing needs it any more. */
#ifndef NUAN_ROTATE_H
#define NUAN_ROTATE_H
#include "db/db.h"

/* A sealed column: what it is bound to, and the keyed hash beside it. */
struct sealed_column { const char *table, *column, *purpose, *key, *hash; };
extern const struct sealed_column sealed_columns[];
extern const size_t sealed_columns_n;

/* How many values are still sealed with an older generation.  In a transaction. */
int64_t rotate_left(struct db *db);

/* Seals all that is left with the newest generation, at most "batches" transactions (0: no limit); tell is told how far it is.  Seals
 * the trail's ends anew and binds the database when nothing is left.  False when something could not be opened or the database failed;
 * *left: what is still to do.  Outside any transaction. */
bool rotate(struct db *db, int64_t batches, void (*tell)(const struct sealed_column *c, int64_t done), int64_t *left);
#endif
