/* libmicrohttpd's time-out counts inactivity only: a client that sends a byte every few seconds would hold its place
 * for ever.  So a sweep cuts the connections whose request is not complete in time. */
#include "http/call.h"
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

struct socket_entry { int fd; int64_t deadline; struct socket_entry *prev, *next; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct socket_entry *all;

static int64_t
seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

struct socket_entry *
socket_open(int fd)
{
    struct socket_entry *s = calloc(1, sizeof *s);
    if (s == NULL) log_fatal("out of memory");
    s->fd = fd;
    s->deadline = seconds() + SERVER_HEADER_SECONDS;
    pthread_mutex_lock(&lock);
    s->next = all;
    if (all != NULL) all->prev = s;
    all = s;
    pthread_mutex_unlock(&lock);
    return s;
}

void
socket_busy(struct socket_entry *s, int within)
{
    pthread_mutex_lock(&lock);
    s->deadline = seconds() + within;
    pthread_mutex_unlock(&lock);
}

void
socket_idle(struct socket_entry *s)
{
    pthread_mutex_lock(&lock);
    s->deadline = INT64_MAX;
    pthread_mutex_unlock(&lock);
}

void
socket_close(struct socket_entry *s)
{
    pthread_mutex_lock(&lock);
    if (s->prev != NULL) s->prev->next = s->next;
    else all = s->next;
    if (s->next != NULL) s->next->prev = s->prev;
    pthread_mutex_unlock(&lock);
    free(s);
}

/* Only shuts down: libmicrohttpd owns the descriptor and closes it after telling socket_close. */
void
sockets_sweep(void)
{
    int64_t now = seconds();
    pthread_mutex_lock(&lock);
    for (struct socket_entry *s = all; s != NULL; s = s->next)
        if (s->deadline < now) {
            shutdown(s->fd, SHUT_RDWR);
            meter_add(METER_CUT_OFF, 1);
            s->deadline = INT64_MAX;
        }
    pthread_mutex_unlock(&lock);
}
