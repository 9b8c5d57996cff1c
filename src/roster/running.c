#include "roster/running.h"
#include "view/view.h"
#include <pthread.h>

enum { RUNNING_MAX = 16 };

static struct running { int64_t id; void (*run)(void *arg); void *arg; } running[RUNNING_MAX];      /* id 0: free */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

const char *const running_full = T("正在处理的名册太多，请稍后再试。");

bool
import_running(struct import_id id)
{
    bool found = false;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < RUNNING_MAX; i++) found = found || running[i].id == id.v;
    pthread_mutex_unlock(&lock);
    return found;
}

static void *
thread(void *arg)
{
    struct running *r = arg;
    r->run(r->arg);
    pthread_mutex_lock(&lock);
    r->id = 0;
    pthread_mutex_unlock(&lock);
    return NULL;
}

bool
running_start(struct import_id id, void (*run)(void *arg), void *arg)
{
    struct running *place = NULL;
    pthread_t t;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < RUNNING_MAX && place == NULL; i++)
        if (running[i].id == 0) place = &running[i];
    if (place != NULL) *place = (struct running){ id.v, run, arg };
    pthread_mutex_unlock(&lock);
    if (place == NULL) return false;
    if (pthread_create(&t, NULL, thread, place) != 0) log_fatal("cannot start an import");
    pthread_detach(t);
    return true;
}
