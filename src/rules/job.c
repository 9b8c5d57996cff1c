#include "rules/job.h"
#include "db/writer.h"
#include "rules/run.h"
#include "rules/run_sql.h"
#include <pthread.h>
#include <time.h>

enum { SECONDS = 2, MANY = 100, STALE_MS = 600000 };

static struct {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool running, ending;
    struct db *db;
} job = { .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER };

struct day { struct date day; bool mine; size_t units, changed; struct instant began; };

static bool
claim(struct db *db, void *arg)
{
    struct day *d = arg;
    struct instant now = instant_now();
    d->mine = run_claim(db, d->day, now, (struct instant){ now.ms - STALE_MS }) == 1;
    return true;
}

static bool
note_end(struct db *db, void *arg)
{
    const struct day *d = arg;
    run_ended(db, d->day, instant_now(), (int64_t)d->units, (int64_t)d->changed);
    run_done_all(db, d->began);
    return true;
}

static bool
run_day(struct db *db, rules_job_writer *write, struct day *d)
{
    struct arena a = { 0 };
    d->began = instant_now();
    bool ok = rules_run_all(db, write, d->day, &d->units, &d->changed) && write(&a, note_end, d);
    arena_clear(&a);
    log_info("rules: %zu units looked at, %zu results changed", d->units, d->changed);
    return ok;
}

/* Some units that were touched, one after the other: worked out here, written by the writer. */
struct touched { struct rule_changes c; struct unit_id unit; struct date day; struct instant began; };

static bool
write_touched(struct db *db, void *arg)
{
    const struct touched *t = arg;
    rules_write(db, t->c.all, t->c.n, t->day);
    run_done(db, t->unit, t->began);
    return db_error(db) == NULL;
}

static bool
run_touched(struct db *db, rules_job_writer *write, const struct run_todo_row *rows, size_t n, struct date day)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct arena a = { 0 }, w = { 0 };
        struct touched t = { .unit = rows[i].unit, .day = day, .began = instant_now() };
        db_begin(db, &a, DB_READ);
        t.c = rules_work_out(db, t.unit, day);
        ok = db_error(db) == NULL;
        db_rollback(db);
        ok = ok && write(&w, write_touched, &t);
        arena_clear(&a);
        arena_clear(&w);
    }
    return ok;
}

/* A run that began long ago and never ended was cut off. */
static bool
needs_run(struct db *db, struct date day)
{
    struct run_last_row last;
    if (!run_last(db, &last) || date_diff(day, last.day) > 0) return true;
    return last.day.days == day.days && !instant_known(last.ended_at) && instant_now().ms - last.started_at.ms > STALE_MS;
}

bool
rules_job_round(struct db *db, rules_job_writer *write)
{
    struct arena a = { 0 }, w = { 0 };
    struct run_todo_row *rows;
    struct day d = { .day = today() };

    db_begin(db, &a, DB_READ);
    bool due = needs_run(db, d.day);
    size_t n = run_todo(db, &rows, MANY);
    bool ok = db_error(db) == NULL;
    db_rollback(db);
    if (ok && due) ok = write(&w, claim, &d);
    if (ok && (d.mine || n == MANY)) ok = run_day(db, write, &d);
    else if (ok) ok = run_touched(db, write, rows, n, d.day);
    arena_clear(&a);
    arena_clear(&w);
    return ok;
}

static bool
pause_or_end(void)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += SECONDS;
    pthread_mutex_lock(&job.lock);
    while (!job.ending && pthread_cond_timedwait(&job.wake, &job.lock, &until) == 0) continue;
    bool end = job.ending;
    pthread_mutex_unlock(&job.lock);
    return end;
}

static void *
work(void *arg)
{
    (void)arg;
    while (!pause_or_end()) rules_job_round(job.db, writer_run);
    return NULL;
}

bool
rules_job_start(const char *url)
{
    job.db = db_open(url);
    job.ending = false;
    job.running = job.db != NULL && pthread_create(&job.thread, NULL, work, NULL) == 0;
    return job.running;
}

void
rules_job_stop(void)
{
    if (!job.running) return;
    pthread_mutex_lock(&job.lock);
    job.ending = true;
    pthread_cond_signal(&job.wake);
    pthread_mutex_unlock(&job.lock);
    pthread_join(job.thread, NULL);
    db_close(job.db);
    job.running = false;
}
