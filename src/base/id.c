#include "base/base.h"
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct { int64_t at, end; } now, next;           /* the block in use and the one after it */

int64_t
id_area(int64_t id)
{
    return id >> ID_AREA_SHIFT;
}

int64_t
id_next(int64_t area)
{
    pthread_mutex_lock(&lock);
    if (now.at == now.end) {
        now.at = next.at;
        now.end = next.end;
        next.at = next.end = 0;
    }
    assert(now.at < now.end);
    int64_t counter = now.at++;
    pthread_mutex_unlock(&lock);
    return area << ID_AREA_SHIFT | counter;
}

int64_t
ids_left(void)
{
    pthread_mutex_lock(&lock);
    int64_t left = now.end - now.at + next.end - next.at;
    pthread_mutex_unlock(&lock);
    return left;
}

void
ids_give(int64_t from, int64_t to)
{
    pthread_mutex_lock(&lock);
    if (now.at == now.end) {
        now.at = from;
        now.end = to;
    } else {
        next.at = from;
        next.end = to;
    }
    pthread_mutex_unlock(&lock);
}
