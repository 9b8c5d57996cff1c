/* load PORT CONNECTIONS SECONDS PATH [COOKIE [BODY]] -- asks for one address over so many kept connections, and prints
 * answers per second and how long they took, in milliseconds.  With a body it posts; "%" in it becomes a running number. */
#include "client.h"
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 256, SAMPLES_MAX = 1 << 20 };

static struct { uint16_t port; const char *path, *cookie, *body; int64_t until_us; } job;
static atomic_int number, wrong;
struct client { pthread_t thread; int32_t *took; size_t n; };

static int64_t
now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static const char *
numbered(struct arena *a, const char *body)
{
    const char *at = body ? strchr(body, '%') : NULL;
    return at ? str_fmt(a, "%.*s%d%s", (int)(at - body), body, atomic_fetch_add(&number, 1), at + 1).p : body;
}

static void *
client(void *arg)
{
    struct client *c = arg;
    struct arena a = { 0 };
    int fd = client_open(job.port);
    while (fd >= 0 && now_us() < job.until_us && c->n < SAMPLES_MAX) {
        int64_t began = now_us();
        struct client_reply r = client_ask(&a, fd, job.path, job.cookie, numbered(&a, job.body));
        c->took[c->n++] = (int32_t)(now_us() - began);
        if (r.status < 200 || r.status >= 400) atomic_fetch_add(&wrong, 1);
        arena_clear(&a);
        if (r.status == 0) break;
    }
    if (fd >= 0) close(fd);
    return NULL;
}

static int
by_size(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static void
report(const struct client *clients, int64_t n, int64_t seconds)
{
    size_t total = 0;
    for (int64_t i = 0; i < n; i++) total += clients[i].n;
    int32_t *all = calloc(total + 1, sizeof *all);
    size_t at = 0;
    for (int64_t i = 0; i < n; i++)
        for (size_t k = 0; k < clients[i].n; k++) all[at++] = clients[i].took[k];
    qsort(all, total, sizeof *all, by_size);
    printf("%-40s %3lld conn %8.0f/s  p50 %7.2f  p95 %7.2f  p99 %7.2f  max %7.2f ms%s\n", job.path, (long long)n,
           (double)total / (double)seconds, all[total / 2] / 1e3, all[total * 95 / 100] / 1e3, all[total * 99 / 100] / 1e3,
           total ? all[total - 1] / 1e3 : 0, atomic_load(&wrong) ? "  WITH ERRORS" : "");
    free(all);
}

int
main(int argc, char **argv)
{
    static struct client clients[CONNECTIONS_MAX];
    int64_t port, n, seconds;
    if (argc < 5 || argc > 7 || !str_int(str_of(argv[1]), &port) || !str_int(str_of(argv[2]), &n) || n < 1
        || n > CONNECTIONS_MAX || !str_int(str_of(argv[3]), &seconds) || seconds < 1)
        die("usage: load PORT CONNECTIONS SECONDS PATH [COOKIE [BODY]]");
    job.port = (uint16_t)port;
    job.path = argv[4];
    job.cookie = argc > 5 ? argv[5] : NULL;
    job.body = argc > 6 ? argv[6] : NULL;
    job.until_us = now_us() + seconds * 1000000;
    for (int64_t i = 0; i < n; i++) {
        clients[i].took = calloc(SAMPLES_MAX, sizeof *clients[i].took);
        if (clients[i].took == NULL || pthread_create(&clients[i].thread, NULL, client, &clients[i]) != 0) die("no memory");
    }
    for (int64_t i = 0; i < n; i++) pthread_join(clients[i].thread, NULL);
    report(clients, n, seconds);
    for (int64_t i = 0; i < n; i++) free(clients[i].took);
    return atomic_load(&wrong) != 0;
}
