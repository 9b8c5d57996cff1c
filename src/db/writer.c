#include "db/writer.h"
#include "db/ids.h"
#include <pthread.h>

enum { BATCH_MAX = 128, THREADS_MAX = 16 };

static struct {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct write_job *first, **last;
    bool stopping;
    unsigned threads;
    pthread_t thread[THREADS_MAX];
    struct db *db[THREADS_MAX];
} w = { .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER };

/* Takes up to max waiting jobs as a list; waits for one; NULL when all is done and the writer stops. */
static struct write_job *
take(unsigned max)
{
    pthread_mutex_lock(&w.lock);
    while (w.first == NULL && !w.stopping) pthread_cond_wait(&w.wake, &w.lock);
    struct write_job *list = w.first, **end = &list;
    for (unsigned n = 0; n < max && *end != NULL; n++) end = &(*end)->next;
    w.first = *end;
    if (w.first == NULL) w.last = &w.first;
    *end = NULL;
    pthread_mutex_unlock(&w.lock);
    return list;
}

static void
finish(struct write_job *job, bool kept)
{
    meter_add(METER_WRITES_WAITING, -1);
    meter_add(kept ? METER_WRITES_KEPT : METER_WRITES_DROPPED, 1);
    if (job->done != NULL) job->done(job->arg, kept);
}

/* One job in a transaction of its own. */
static void
run_alone(struct db *db, struct write_job *job)
{
    db_begin(db, job->arena, DB_WRITE);
    bool ok = db_error(db) == NULL && job->run(db, job->arg);
    if (ok) ok = db_commit(db);
    else db_rollback(db);
    if (ok) histogram_add(&meter_batches, 1);
    finish(job, ok);
}

/* Group commit: a savepoint for each job, one commit for all of them.  A job alone needs none; SQLite would keep every page that
 * it changes in memory a second time, which is much for a chunk of an import. */
static void
run_batch(struct db *db, struct write_job *list)
{
    struct write_job *kept = NULL, **kept_last = &kept, *next;
    int64_t n = 0;

    db_begin(db, list->arena, DB_WRITE);
    for (struct write_job *job = list; job != NULL; job = next) {
        next = job->next;
        db_use_arena(db, job->arena);
        bool ok = db_savepoint(db) && job->run(db, job->arg) && db_error(db) == NULL && db_release(db);
        if (ok) {
            job->next = NULL;
            *kept_last = job;
            kept_last = &job->next;
            n++;
        } else {
            db_rollback_to(db);
            finish(job, false);
        }
    }
    bool committed = db_commit(db);
    if (committed && n > 0) histogram_add(&meter_batches, n);
    for (struct write_job *job = kept; job != NULL; job = next) {
        next = job->next;               /* the job may be gone once done was called */
        finish(job, committed);
    }
}

static void *
work(void *arg)
{
    struct db *db = arg;
    bool group = db_driver(db) == DB_SQLITE;
    struct write_job *list;

    while ((list = take(group ? BATCH_MAX : 1)) != NULL) {
        if (!db_lost(db)) ids_refill(db);
        if (list->next != NULL) run_batch(db, list);
        else run_alone(db, list);
    }
    return NULL;
}

bool
writer_start(const char *url, unsigned threads)
{
    w.threads = db_url_is_postgres(url) ? threads : 1;
    if (w.threads > THREADS_MAX) w.threads = THREADS_MAX;
    w.first = NULL;
    w.last = &w.first;
    w.stopping = false;
    for (unsigned i = 0; i < w.threads; i++) {
        w.db[i] = db_open(url);
        if (w.db[i] == NULL || (i == 0 && !ids_refill(w.db[i]))) return false;
    }
    for (unsigned i = 0; i < w.threads; i++)
        if (pthread_create(&w.thread[i], NULL, work, w.db[i]) != 0) log_fatal("cannot start a writer thread");
    return true;
}

void
writer_submit(struct write_job *job)
{
    job->next = NULL;
    pthread_mutex_lock(&w.lock);
    assert(!w.stopping);
    *w.last = job;
    meter_add(METER_WRITES_WAITING, 1);
    w.last = &job->next;
    pthread_cond_signal(&w.wake);
    pthread_mutex_unlock(&w.lock);
}

struct wait {
    pthread_mutex_t lock;
    pthread_cond_t done;
    bool (*run)(struct db *, void *);
    void *arg;
    bool finished, kept;
};

static bool
wait_run(struct db *db, void *arg)
{
    struct wait *wt = arg;
    return wt->run(db, wt->arg);
}

static void
wait_done(void *arg, bool kept)
{
    struct wait *wt = arg;
    pthread_mutex_lock(&wt->lock);
    wt->finished = true;
    wt->kept = kept;
    pthread_cond_signal(&wt->done);
    pthread_mutex_unlock(&wt->lock);
}

bool
writer_run(struct arena *a, bool (*run)(struct db *, void *arg), void *arg)
{
    struct wait wt = { .lock = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER, .run = run, .arg = arg };
    struct write_job job = { .arena = a, .run = wait_run, .done = wait_done, .arg = &wt };
    writer_submit(&job);
    pthread_mutex_lock(&wt.lock);
    while (!wt.finished) pthread_cond_wait(&wt.done, &wt.lock);
    pthread_mutex_unlock(&wt.lock);
    return wt.kept;
}

struct later { struct write_job job; struct arena arena; void (*run)(struct db *, int64_t); int64_t id; };

static bool
later_run(struct db *db, void *arg)
{
    struct later *l = arg;
    l->run(db, l->id);
    return true;
}

static void
later_done(void *arg, bool kept)
{
    struct later *l = arg;
    (void)kept;
    arena_clear(&l->arena);
    free(l);
}

void
writer_later(void (*run)(struct db *, int64_t id), int64_t id)
{
    if (w.threads == 0) return;                         /* a command or a test, not the server */
    struct later *l = calloc(1, sizeof *l);
    if (l == NULL) log_fatal("out of memory");
    l->run = run;
    l->id = id;
    l->job = (struct write_job){ .arena = &l->arena, .run = later_run, .done = later_done, .arg = l };
    writer_submit(&l->job);
}

void
writer_stop(void)
{
    pthread_mutex_lock(&w.lock);
    w.stopping = true;
    pthread_cond_broadcast(&w.wake);
    pthread_mutex_unlock(&w.lock);
    for (unsigned i = 0; i < w.threads; i++) pthread_join(w.thread[i], NULL);
    for (unsigned i = 0; i < w.threads; i++) db_close(w.db[i]);
    w.threads = 0;
}
