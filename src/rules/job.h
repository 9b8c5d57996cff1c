/* The evaluations that the server makes by itself: all units once a day, and what changed within seconds. */
#ifndef NUAN_RULES_JOB_H
#define NUAN_RULES_JOB_H
#include "base/base.h"

bool rules_job_start(const char *url);  /* after writer_start */
void rules_job_stop(void);              /* before writer_stop; waits for the evaluation under way */

/* One round: the day's evaluation when nobody has begun it, else the units that were touched.  For tests. */
struct db;
typedef bool rules_job_writer(struct arena *a, bool (*run)(struct db *db, void *arg), void *arg);
bool rules_job_round(struct db *db, rules_job_writer *write);
#endif
