/* Whole databases: a consistent copy while others write, and filling an empty database from one.
 * SQLite: VACUUM INTO.  PostgreSQL: pg_dump and pg_restore of its own packages, custom format. */
#ifndef NUAN_COPY_H
#define NUAN_COPY_H
#include "db/db.h"

/* Is there a database with something in it?  *why is set when it cannot be reached. */
enum db_there { DB_UNKNOWN, DB_EMPTY, DB_FILLED };
enum db_there db_there(const char *url, const char **why);

/* Copies to a file that does not exist yet; then look(db) sees, in a read transaction, exactly what was copied.
 * False and a logged reason on failure; the file is then removed. */
bool db_copy(const char *url, const char *file, void (*look)(struct db *db, void *arg), void *arg);

/* Makes the copy the database of url.  SQLite: the file is moved, so it must lie in the same folder; what was there before is
 * kept as FILE.replaced.  PostgreSQL: in one transaction; what was there (replace) is dropped after it.  False and a logged
 * reason on failure: all is as it was. */
bool db_restore(const char *url, const char *file, bool replace);
#endif
