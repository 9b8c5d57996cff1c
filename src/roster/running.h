/* Which imports this program works on now, each on a thread of its own. */
#ifndef NUAN_RUNNING_H
#define NUAN_RUNNING_H
#include "roster/roster.h"

/* run(arg) on a new thread; import_running is true until it returns.  False: so many are running that there is no place. */
bool running_start(struct import_id id, void (*run)(void *arg), void *arg);
bool import_running(struct import_id id);

extern const char *const running_full;  /* what to tell then, to be translated */
#endif
