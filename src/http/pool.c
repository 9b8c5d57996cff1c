#include "http/pool.h"
#include <pthread.h>

enum { THREADS_MAX = 32 };

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct pool_task *first, **last;
    bool stopping;
    unsigned n;
    struct worker { struct pool *pool; struct db *db; pthread_t thread; } workers[THREADS_MAX];
};

static void *
work(void *arg)
{
    struct worker *me = arg;
    struct pool *p = me->pool;
    for (;;) {
        pthread_mutex_lock(&p->lock);
        while (p->first == NULL && !p->stopping) pthread_cond_wait(&p->wake, &p->lock);
        struct pool_task *t = p->first;
        if (t != NULL && (p->first = t->next) == NULL) p->last = &p->first;
        pthread_mutex_unlock(&p->lock);
        if (t == NULL) return NULL;
        t->run(me->db, t->arg);
    }
}

struct pool *
pool_start(const char *url, unsigned threads, bool pages)
{
    struct pool *p = calloc(1, sizeof *p);
    if (p == NULL) log_fatal("out of memory");
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->wake, NULL);
    p->last = &p->first;
    p->n = threads < THREADS_MAX ? threads : THREADS_MAX;
    for (unsigned i = 0; i < p->n; i++) {
        p->workers[i] = (struct worker){ .pool = p, .db = pages ? db_open_pages(url) : db_open(url) };
        if (p->workers[i].db == NULL) return NULL;
    }
    for (unsigned i = 0; i < p->n; i++)
        if (pthread_create(&p->workers[i].thread, NULL, work, &p->workers[i]) != 0) log_fatal("cannot start a worker thread");
    return p;
}

void
pool_submit(struct pool *p, struct pool_task *t)
{
    t->next = NULL;
    pthread_mutex_lock(&p->lock);
    *p->last = t;
    p->last = &t->next;
    pthread_cond_signal(&p->wake);
    pthread_mutex_unlock(&p->lock);
}

void
pool_stop(struct pool *p)
{
    if (p == NULL) return;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_broadcast(&p->wake);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->n; i++) {
        pthread_join(p->workers[i].thread, NULL);
        db_close(p->workers[i].db);
    }
    pthread_cond_destroy(&p->wake);
    pthread_mutex_destroy(&p->lock);
    free(p);
}
