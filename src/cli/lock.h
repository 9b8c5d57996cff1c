/* One server on one SQLite file.  SQLite itself would stand two, but their writers would wait for each other's lock for
 * seconds instead of committing together, and each would keep its own times of sessions. */
#ifndef NUAN_LOCK_H
#define NUAN_LOCK_H
#include <stdbool.h>

/* Locks FILE.lock until this process and its children have ended; false when another process has it.  PostgreSQL: true at
 * once, several servers may share it.  Ends the program when the lock cannot be made. */
bool server_lock(const char *db_url);
#endif
