/* Worker threads for what must not run on an event loop: slow work, and all reads on PostgreSQL. */
#ifndef NUAN_POOL_H
#define NUAN_POOL_H
#include "db/db.h"

struct pool;
struct pool_task { void (*run)(struct db *, void *arg); void *arg; struct pool_task *next; };

/* Each thread has a connection of its own, pages: by db_open_pages.  NULL when a connection cannot be made. */
struct pool *pool_start(const char *url, unsigned threads, bool pages);
void pool_submit(struct pool *, struct pool_task *task);        /* the task stays the caller's until run is called */
void pool_stop(struct pool *);                                  /* runs what is queued, then ends */
#endif
