/* Where writes run.  SQLite: one thread that takes all waiting jobs, runs each in a savepoint and commits
 * them together (group commit).  PostgreSQL: a pool of threads, a transaction each.
 * A job's outcome is told only after the commit. */
#ifndef NUAN_WRITER_H
#define NUAN_WRITER_H
#include "db/db.h"

struct write_job {
    struct arena *arena;                                /* rows of the job's queries */
    bool (*run)(struct db *, void *arg);                /* false: roll this job back */
    void (*done)(void *arg, bool kept);                 /* after the commit, on the writer's thread; may be NULL */
    void *arg;
    struct write_job *next;                             /* the writer's own */
};

bool writer_start(const char *url, unsigned threads);   /* threads: PostgreSQL only */
void writer_submit(struct write_job *job);              /* the job stays the caller's until done is called */
bool writer_run(struct arena *a, bool (*run)(struct db *, void *arg), void *arg);      /* waits; was it kept? */

/* A small write that nobody waits for: run(db, id), once, soon.  Lost when the program ends before. */
void writer_later(void (*run)(struct db *, int64_t id), int64_t id);
void writer_stop(void);                                 /* runs what is queued, then ends */
#endif
