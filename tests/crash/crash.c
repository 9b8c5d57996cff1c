/* crash NUAN ROUNDS -- serves a small network, registers people over 200 connections at once, kills the serving process
 * with SIGKILL in the middle, and looks: nothing that was acknowledged is missing, nothing is half there, and the
 * supervisor serves again within a second.  On PostgreSQL when NUAN_TEST_DB is set.  Prints "ok …" or "not ok …". */
#include "client.h"
#include "http/csrf.h"
#include "test/kit.h"
#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The supervisor holds a server back that keeps dying within two seconds of its start; this one is not such a server. */
enum { CLIENTS = 200, EACH = 5, UP_MS = 2050, BACK_MS = 1000, PATIENCE_MS = 20000 };

static struct kit *k;
static uint16_t port;
static int failed;
static atomic_int answered;             /* acknowledged in this round */

static void
result(bool fine, const char *what)
{
    printf("%s %s\n", fine ? "ok" : "not ok", what);
    fflush(stdout);
    failed += !fine;
}

static int64_t
now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
sleep_ms(int64_t ms)
{
    if (ms > 0) nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

static pid_t
supervisor_start(const char *program)
{
    const char *url = getenv("NUAN_TEST_DB");
    char number[8], file[80];
    snprintf(number, sizeof number, "%u", port);
    snprintf(file, sizeof file, "%s/test.db", k->dir);
    pid_t pid = fork();
    if (pid == 0) {
        execl(program, program, "serve", "--dir", k->dir, "--db", url && *url ? url : file, "--port", number, "--no-request-log",
              (char *)NULL);
        _exit(127);
    }
    return pid;
}

/* The serving process: the one child of the supervisor. */
static pid_t
child_of(pid_t parent)
{
    pid_t found = 0;
    DIR *d = opendir("/proc");
    if (d == NULL) die("no /proc");
    for (struct dirent *e; found == 0 && (e = readdir(d)) != NULL;) {
        char path[300];
        int pid = 0, up = 0;
        snprintf(path, sizeof path, "/proc/%s/stat", e->d_name);
        FILE *f = e->d_name[0] >= '0' && e->d_name[0] <= '9' ? fopen(path, "r") : NULL;
        if (f == NULL) continue;
        if (fscanf(f, "%d (%*[^)]) %*c %d", &pid, &up) == 2 && up == parent) found = pid;
        fclose(f);
    }
    closedir(d);
    return found;
}

struct client {
    pthread_t thread;
    int round, number;
    const char *token;
    int64_t people[EACH];               /* the acknowledged records; 0: none */
    pthread_barrier_t *start;
};

static void *
client(void *arg)
{
    struct client *c = arg;
    struct arena a = { 0 };
    int fd = client_open(port);
    pthread_barrier_wait(c->start);
    for (int i = 0; fd >= 0 && i < EACH; i++) {
        const char *body = str_fmt(&a, "csrf=%s&name=%%E5%%BC%%A0r%dn%dx%d&sex=1", c->token, c->round, c->number, i).p;
        struct client_reply r = client_ask(&a, fd, "/people/new", "nuan=secret-of-worker_a", body);
        const char *at = r.head.p ? memmem(r.head.p, r.head.n, "Location: /people/", 18) : NULL;
        if (r.status != HTTP_SEE_OTHER || at == NULL) break;
        c->people[i] = strtoll(at + 18, NULL, 10);
        atomic_fetch_add(&answered, 1);
    }
    if (fd >= 0) close(fd);
    arena_clear(&a);
    return NULL;
}

/* One round: everybody writes, the server dies.  Returns the milliseconds until it answers again. */
static int64_t
round_of_writes(int round, pid_t supervisor, struct client *clients)
{
    pthread_barrier_t start;
    const char *token = str_z(&k->arena, csrf_of(&k->arena, STR("secret-of-worker_a")));
    pid_t server = child_of(supervisor);
    int until = rand() % (CLIENTS * EACH * 9 / 10);     /* acknowledgements, then the end */
    atomic_store(&answered, 0);
    pthread_barrier_init(&start, NULL, CLIENTS + 1);
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){ .round = round, .number = i, .token = token, .start = &start };
        if (pthread_create(&clients[i].thread, NULL, client, &clients[i]) != 0) die("no thread");
    }
    pthread_barrier_wait(&start);
    for (int64_t began = now_ms(); atomic_load(&answered) < until && now_ms() - began < PATIENCE_MS;) sched_yield();
    kill(server, SIGKILL);
    int64_t killed = now_ms(), back = -1;
    for (int i = 0; i < CLIENTS; i++) pthread_join(clients[i].thread, NULL);
    pthread_barrier_destroy(&start);
    while (back < 0 && now_ms() - killed < PATIENCE_MS) {
        struct arena a = { 0 };
        if (client_once(&a, port, "/login", NULL, NULL).status == HTTP_OK) back = now_ms() - killed;
        else sleep_ms(5);
        arena_clear(&a);
    }
    return back;
}

/* What belongs together came together: the person, his search terms, the line in the audit. */
static bool
whole(void)
{
    static const char *const people = "SELECT id FROM person", *const terms = "SELECT person_id FROM person_term",
                      *const audit = "SELECT entity_id FROM audit WHERE entity = 'person' AND action = 'create'";
    const char *const pairs[][2] = { { people, terms }, { terms, people }, { people, audit }, { audit, people } };
    bool fine = true;
    for (size_t i = 0; i < COUNT(pairs); i++)
        fine = kit_number(k, str_fmt(&k->arena, "SELECT count(*) FROM (%s EXCEPT %s) x", pairs[i][0], pairs[i][1]).p) == 0 && fine;
    return fine;
}

static bool
all_there(const struct client *clients, int64_t *acknowledged, int64_t *found)
{
    bool fine = true;
    for (int i = 0; i < CLIENTS; i++) {
        struct buf sql = { .arena = &k->arena };
        int n = 0;
        LIT(&sql, "SELECT count(*) FROM person WHERE id IN (0");
        for (; n < EACH && clients[i].people[n] != 0; n++) putf(&sql, ", %lld", (long long)clients[i].people[n]);
        put(&sql, ")", 2);
        int64_t there = kit_number(k, sql.p);
        *acknowledged += n;
        *found += there;
        fine = fine && there == n;
    }
    return fine;
}

static int
by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void
rounds(int n, pid_t supervisor)
{
    struct client *clients = NEW(&k->arena, struct client, CLIENTS);
    int64_t *back = NEW(&k->arena, int64_t, n), acknowledged = 0, found = 0, total = 0;
    bool there = true, complete = true, served = true;

    for (int i = 0; i < n && served; i++) {
        int64_t before = acknowledged;
        sleep_ms(UP_MS);
        back[i] = round_of_writes(i, supervisor, clients);
        served = back[i] >= 0;
        there = all_there(clients, &acknowledged, &found) && there;
        complete = whole() && complete;
        printf("# round %d: %lld acknowledged, back after %lld ms\n", i + 1, (long long)(acknowledged - before), (long long)back[i]);
    }
    total = kit_number(k, "SELECT count(*) FROM person");
    printf("# %lld acknowledged, %lld of them found, %lld kept\n", (long long)acknowledged, (long long)found, (long long)total);
    qsort(back, (size_t)n, sizeof *back, by_size);
    result(served, "the server comes back after each kill");
    result(served && back[n / 2] <= BACK_MS, "it serves again within a second");
    result(there && acknowledged > 0 && total >= acknowledged, "no acknowledged record is missing");
    result(acknowledged < (int64_t)n * CLIENTS * EACH, "the kills came in the middle of writing");
    result(complete, "nothing is half there");
}

int
main(int argc, char **argv)
{
    int64_t n;
    if (argc != 3 || !str_int(str_of(argv[2]), &n) || n < 1 || n > 1000) die("usage: crash NUAN ROUNDS");
    k = kit_open();
    kit_get(k, "worker_a", "/people/new");              /* makes the session */
    port = client_free_port();
    pid_t supervisor = supervisor_start(argv[1]);
    bool up = client_wait(port, PATIENCE_MS);
    result(up, "the server starts");
    if (up) rounds((int)n, supervisor);
    kill(supervisor, SIGTERM);
    int status = -1;
    waitpid(supervisor, &status, 0);
    result(WIFEXITED(status) && WEXITSTATUS(status) == 0, "it stops in order");
    if (db_driver(k->db) == DB_SQLITE) {
        result(kit_number(k, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") == 1, "integrity check");
        result(kit_number(k, "SELECT count(*) FROM pragma_foreign_key_check") == 0, "foreign key check");
    }
    kit_close(k);
    return failed != 0;
}
