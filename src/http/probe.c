#include "http/probe.h"
#include "db/migrate.h"
#include <sodium.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

/* A class is the first part of the addresses of its routes ("cases"): few, and without personal data. */
enum { CLASSES_MAX = 64, CLASS_OTHER = 0, CLASS_STATIC, CLASS_PROBE, STATUS_MAX = 600 };

struct route_class {
    struct str name;
    _Atomic int64_t statuses[STATUS_MAX];
    struct histogram times;             /* microseconds until the answer was sent */
};

static struct route_class classes[CLASSES_MAX];
static size_t classes_n;
static _Atomic uint32_t numbers;
static uint32_t process;                /* makes the ids of two runs differ */
static int64_t started;
static bool logging;

static int64_t
now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static struct str
first_part(const char *path)
{
    struct str rest = str_of(path + 1), part = str_cut(&rest, '/');
    return part.n ? part : STR("desk");
}

static size_t
class_index(struct str name)
{
    for (size_t i = 0; i < classes_n; i++)
        if (str_eq(classes[i].name, name)) return i;
    return CLASS_OTHER;
}

static void
class_add(struct str name)
{
    static const int64_t bounds[] = { 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 5000000, 10000000 };
    if (classes_n == CLASSES_MAX) return;               /* the rest is counted as "other" */
    classes[classes_n].name = name;
    memcpy(classes[classes_n].times.bounds, bounds, sizeof bounds);
    classes_n++;
}

void
requests_open(const struct server_config *config)
{
    const struct route *const *routes;
    size_t n = gate_routes(&routes);
    classes_n = 0;
    logging = config->log_requests;
    process = randombytes_random();
    started = (int64_t)time(NULL);
    class_add(STR("other"));
    class_add(STR("static"));
    class_add(STR("probe"));
    for (size_t i = 0; i < n; i++)
        if (class_index(first_part(routes[i]->path)) == CLASS_OTHER) class_add(first_part(routes[i]->path));
}

void
request_begun(struct call *c)
{
    c->began = now_us();
    snprintf(c->id, sizeof c->id, "%08x-%06x", process, atomic_fetch_add(&numbers, 1) & 0xffffff);
    meter_add(METER_IN_FLIGHT, 1);
}

void
request_ended(struct call *c)
{
    const struct route *r = c->rq.route;
    int64_t us = now_us() - c->began;
    size_t class = c->asset ? CLASS_STATIC : c->probe ? CLASS_PROBE : r != NULL ? class_index(first_part(r->path)) : CLASS_OTHER;
    int status = c->sent > 0 && c->sent < STATUS_MAX ? c->sent : 0;     /* 0: the client was gone before an answer */

    meter_add(METER_IN_FLIGHT, -1);
    atomic_fetch_add_explicit(&classes[class].statuses[status], 1, memory_order_relaxed);
    histogram_add(&classes[class].times, us);
    if (!logging || class == CLASS_STATIC || class == CLASS_PROBE) return;
    log_for_request(c->id);
    log_pairs("event=request method=%s route=%s status=%d ms=%lld.%lld bytes=%zu", c->rq.method == METHOD_POST ? "POST" : "GET",
              r != NULL ? r->path : "-", status, (long long)(us / 1000), (long long)(us % 1000 / 100), c->rq.body.n);
    log_for_request(NULL);
}

/* A proxy on this machine also comes from 127.0.0.1, but says for whom it speaks. */
static bool
asked_here(struct call *c)
{
    static const char *const speaks_for[] = { "X-Real-IP", "X-Forwarded-For", "Forwarded", "Via" };
    for (size_t i = 0; i < COUNT(speaks_for); i++)
        if (MHD_lookup_connection_value(c->conn, MHD_HEADER_KIND, speaks_for[i]) != NULL) return false;
    return str_starts(c->rq.ip, STR("127."));
}

static bool
has_token(struct call *c, const char *token)
{
    const char *given = MHD_lookup_connection_value(c->conn, MHD_HEADER_KIND, "Authorization");
    if (token == NULL || given == NULL || strncmp(given, "Bearer ", 7) != 0) return false;
    size_t n = strlen(token);
    return n >= 16 && strlen(given + 7) == n && sodium_memcmp(given + 7, token, n) == 0;
}

enum probe
probe_of(struct call *c, const struct server_config *config)
{
    struct str path = c->rq.path;
    enum probe p = str_is(path, "/healthz") ? PROBE_HEALTH : str_is(path, "/readyz") ? PROBE_READY
                   : str_is(path, "/metrics") ? PROBE_METRICS : PROBE_NONE;
    if (p == PROBE_NONE || c->rq.method != METHOD_GET) return PROBE_NONE;
    return asked_here(c) || has_token(c, config->probe_token) ? p : PROBE_NONE;
}

bool
probe_needs_db(enum probe p)
{
    return p == PROBE_READY || p == PROBE_METRICS;
}

/* Resident memory in bytes; the second number of statm counts pages. */
static int64_t
resident(void)
{
    long long whole = 0, pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f != NULL && fscanf(f, "%lld %lld", &whole, &pages) != 2) pages = 0;
    if (f != NULL) fclose(f);
    return pages * sysconf(_SC_PAGESIZE);
}

static void
gauge(struct buf *b, const char *name, const char *help, int64_t value)
{
    putf(b, "# HELP %s %s.\n# TYPE %s gauge\n%s %lld\n", name, help, name, name, (long long)value);
}

static void
print_requests(struct buf *b)
{
    LIT(b, "# HELP nuan_requests_total Requests by class of route and status; 0: no answer could be sent.\n# TYPE nuan_requests_total counter\n");
    for (size_t i = 0; i < classes_n; i++)
        for (int s = 0; s < STATUS_MAX; s++) {
            int64_t n = atomic_load_explicit(&classes[i].statuses[s], memory_order_relaxed);
            if (n) putf(b, "nuan_requests_total{class=\"%.*s\",status=\"%d\"} %lld\n", FMT(classes[i].name), s, (long long)n);
        }
    LIT(b, "# HELP nuan_request_seconds Time from the first line of a request to its whole answer.\n# TYPE nuan_request_seconds histogram\n");
    for (size_t i = 0; i < classes_n; i++)
        histogram_print(b, &classes[i].times, "nuan_request_seconds", str_fmt(b->arena, "class=\"%.*s\"", FMT(classes[i].name)).p, 1e6);
}

static void
print_metrics(struct call *c, struct db *db)
{
    struct buf *b = &c->rq.body;
    db_begin(db, &c->arena, DB_READ);
    int64_t sessions = gate_sessions(db);
    bool reached = db_error(db) == NULL;
    db_rollback(db);
    putf(b, "# HELP nuan_build_info The program and its database.\n# TYPE nuan_build_info gauge\nnuan_build_info{version=\"" NUAN_VERSION
            "\",schema=\"%s\",database=\"%s\"} 1\n", migrations[migrations_n - 1].name, db_driver(db) == DB_SQLITE ? "sqlite" : "postgresql");
    gauge(b, "nuan_database_up", "1 while the database answers", reached);
    if (reached) gauge(b, "nuan_sessions", "Open sessions of users", sessions);
    gauge(b, "process_resident_memory_bytes", "Resident memory", resident());
    gauge(b, "process_start_time_seconds", "When this process began", started);
    meters_print(b);
    LIT(b, "# HELP nuan_commit_writes How many writes went into one commit.\n# TYPE nuan_commit_writes histogram\n");
    histogram_print(b, &meter_batches, "nuan_commit_writes", "", 1);
    print_requests(b);
}

void
probe_run(struct call *c, struct db *db)
{
    struct rq *rq = &c->rq;
    const char *wrong = NULL;
    rq->type = STR("text/plain; charset=utf-8");
    if (c->probe == PROBE_METRICS) {
        rq->type = STR("text/plain; version=0.0.4; charset=utf-8");
        print_metrics(c, db);
    } else {
        if (c->probe == PROBE_READY) wrong = migrate_wrong(db);
        putf(&rq->body, "%s\n", wrong ? wrong : "ok");
    }
    c->status = wrong ? HTTP_UNAVAILABLE : HTTP_OK;
}
