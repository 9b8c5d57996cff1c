/* What all metrics say for the units of a run, each query asked once. */
#ifndef NUAN_MEASURES_H
#define NUAN_MEASURES_H
#include "rules/rule.h"

struct run_unit {
    struct unit_id id;
    int64_t area;
    const struct profile *profile;
    const struct profile_level *level;  /* NULL: its profile cannot be read, or does not hold there */
    size_t parent;                      /* index, or NO_UNIT */
    size_t workers, workers_n;          /* its workers in measures.workers */
};
#define NO_UNIT SIZE_MAX

struct measures {
    struct db *db;
    struct arena *arena;
    struct date day;
    struct str day_text;
    struct unit_id one;                 /* 0: all units */
    struct run_unit *units;             /* by id */
    size_t units_n;
    struct value **columns;             /* by metric: a value for each unit; NULL: not asked yet */
    const struct db_query *worker_query;
    char *workers;                      /* rows of metric_workers, by unit */
    size_t workers_n;
    bool facts_read;
    struct metric_facts_row *facts;
    size_t facts_n;
};

/* one: 0 for all open units. */
struct measures *measures_open(struct db *db, struct unit_id one, struct date day);
size_t measures_unit(const struct measures *f, struct unit_id id);        /* index, or NO_UNIT */

/* A metric of a unit, or of one of its workers (nth from 0). */
struct value measures_of_unit(struct measures *f, size_t unit, const struct metric *m);
struct value measures_of_worker(struct measures *f, size_t unit, size_t nth, const struct metric *m);
void measures_read_workers(struct measures *f);
struct staff_id measures_worker(const struct measures *f, size_t unit, size_t nth);

/* A value typed or stored as text, as the metric has it: VALUE_NONE when it is none. */
struct value metric_value(const struct metric *m, struct str text);
#endif
