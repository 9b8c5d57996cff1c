/* One import running: rows are read, checked and sealed on one thread while another writes the chunk before. */
#ifndef NUAN_WORK_H
#define NUAN_WORK_H
#include "roster/roster.h"

struct work {
    struct arena arena;                 /* owns the task */
    int64_t area;
    struct import_id id;
    struct unit_id unit;
    struct user_id user;
    struct str path, report;            /* files */
    struct roster_mapping mapping;
    bool dry;                           /* check only */
    struct person_villages_row *villages;
    size_t villages_n;
    /* the result */
    int64_t rows, good, bad, known;
    const char *why;
    struct roster_keys *keys;           /* numbers and households seen so far */
};

/* Runs to the end; the writer must have been started.  False: work.why says why.  The import's row is kept current. */
bool work_run(struct work *w);

/* A work of its own arena, with copies of the texts. */
struct work *work_make(int64_t area, struct import_id id, struct unit_id unit, struct user_id user, struct str path, struct str report,
                       const struct roster_mapping *m, bool dry);
void work_free(struct work *w);

/* The same on a thread of its own, which frees w at its end.  False: see running_start; w is freed. */
bool work_start(struct work *w);

extern const char report_mark[];        /* between line, field and reason of the report file */
#endif
