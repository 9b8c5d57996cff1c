/* Event loops only move bytes; a request runs where it may block: reads of SQLite on the loop itself (they take well under
 * a millisecond), all other reads and slow work in pools, writes with the writer. */
#include "http/probe.h"
#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LOOPS_MAX = 32, ARENA_MAX = 64 << 20 };

static struct {
    const struct server_config *config;
    struct MHD_Daemon *loop[LOOPS_MAX];
    unsigned loops;
    struct pool *slow, *readers, *probes;
    pthread_mutex_t lock;
    struct db *reading[LOOPS_MAX];      /* connections of the event loops */
    unsigned reading_n;
    int stop;                           /* eventfd */
} s = { .lock = PTHREAD_MUTEX_INITIALIZER, .stop = -1 };

static __thread struct db *loop_db;

static struct db *
db_of_loop(void)
{
    if (loop_db != NULL) return loop_db;
    loop_db = db_open(s.config->db_url);
    if (loop_db == NULL) return NULL;
    pthread_mutex_lock(&s.lock);
    assert(s.reading_n < LOOPS_MAX);
    s.reading[s.reading_n++] = loop_db;
    pthread_mutex_unlock(&s.lock);
    return loop_db;
}

static void
ready(struct call *c)
{
    gate_finish(&c->rq);
    c->phase = PHASE_READY;
    MHD_resume_connection(c->conn);
}

static bool
to_record(const struct rq *rq)
{
    return rq->reads != NULL || rq->given != NULL;
}

/* The sensitive reads of a page are on record before the page leaves. */
static bool
write_reads(struct db *db, void *arg)
{
    struct call *c = arg;
    gate_audit_reads(db, &c->rq);
    return true;
}

static void
reads_written(void *arg, bool kept)
{
    struct call *c = arg;
    if (!kept) c->status = gate_fail(&c->rq, HTTP_UNAVAILABLE);
    ready(c);
}

static void
run_read(struct db *db, struct call *c)
{
    c->rq.db = db;
    log_for_request(c->id);
    db_begin(db, &c->arena, DB_READ);
    c->status = db_error(db) ? gate_fail(&c->rq, HTTP_UNAVAILABLE) : gate_run(&c->rq);
    gate_finish(&c->rq);
    db_rollback(db);
    log_for_request(NULL);
    c->rq.db = NULL;
}

static void
submit_write(struct call *c, bool (*run)(struct db *, void *), void (*done)(void *, bool))
{
    c->job = (struct write_job){ .arena = &c->arena, .run = run, .done = done, .arg = c };
    writer_submit(&c->job);
}

static void
read_task(struct db *db, void *arg)
{
    struct call *c = arg;
    run_read(db, c);
    if (to_record(&c->rq) && c->status < 400) submit_write(c, write_reads, reads_written);
    else ready(c);
}

static bool
run_write(struct db *db, void *arg)
{
    struct call *c = arg;
    c->rq.db = db;
    log_for_request(c->id);
    c->status = gate_run(&c->rq);
    gate_finish(&c->rq);
    bool keep = c->status < 400 || c->rq.keep;
    if (db_error(db) == NULL && keep && to_record(&c->rq)) gate_audit_reads(db, &c->rq);
    log_for_request(NULL);
    c->rq.db = NULL;
    return keep;
}

static void
write_done(void *arg, bool kept)
{
    struct call *c = arg;
    if (!kept && c->status < 400) c->status = gate_fail(&c->rq, HTTP_UNAVAILABLE);
    ready(c);
}

/* The slow half of a POST, on a worker; the gate runs again, with the writer, before the handler. */
static void
before_task(struct db *db, void *arg)
{
    struct call *c = arg;
    struct rq *rq = &c->rq;
    rq->db = db;
    log_for_request(c->id);
    db_begin(db, &c->arena, DB_READ);
    bool pass = db_error(db) == NULL && gate_check(rq) == HTTP_OK;
    if (pass) rq->route->before(rq);
    db_rollback(db);
    log_for_request(NULL);
    rq->errors = NULL;
    rq->location = NO_STR;
    rq->db = NULL;
    submit_write(c, run_write, write_done);
}

static void
suspend(struct call *c)
{
    c->phase = PHASE_RUNNING;
    MHD_suspend_connection(c->conn);
}

static void
probe_task(struct db *db, void *arg)
{
    struct call *c = arg;
    probe_run(c, db);
    c->phase = PHASE_READY;
    MHD_resume_connection(c->conn);
}

/* On a thread of its own: no long page may make a balancer believe that the server is gone. */
static enum MHD_Result
probe(struct call *c)
{
    socket_idle(c->socket);
    if (!probe_needs_db((enum probe)c->probe)) {
        probe_run(c, NULL);
        return reply_send(c, s.config);
    }
    suspend(c);
    c->task = (struct pool_task){ .run = probe_task, .arg = c };
    pool_submit(s.probes, &c->task);
    return MHD_YES;
}

static enum MHD_Result
run(struct call *c)
{
    const struct route *r = c->rq.route;
    socket_idle(c->socket);
    if (gate_reads(r) && !r->slow && s.readers == NULL) {
        struct db *db = db_of_loop();
        if (db == NULL) return MHD_NO;
        run_read(db, c);
        if (!to_record(&c->rq) || c->status >= 400) return reply_send(c, s.config);
        suspend(c);
        submit_write(c, write_reads, reads_written);
        return MHD_YES;
    }
    suspend(c);
    if (gate_reads(r)) {
        c->task = (struct pool_task){ .run = read_task, .arg = c };
        pool_submit(r->slow ? s.slow : s.readers, &c->task);
    } else if (r->before != NULL) {
        c->task = (struct pool_task){ .run = before_task, .arg = c };
        pool_submit(s.slow, &c->task);
    } else {
        submit_write(c, run_write, write_done);
    }
    return MHD_YES;
}

static enum MHD_Result
refuse(struct call *c, enum http status)
{
    socket_idle(c->socket);
    c->status = gate_fail(&c->rq, status);
    gate_finish(&c->rq);
    return reply_send(c, s.config);
}

/* What libmicrohttpd lets through although RFC 9112 calls it malformed. */
struct counts { int host, length, coding; bool bad_coding; };

static enum MHD_Result
count(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct counts *n = arg;
    (void)kind;
    if (strcasecmp(name, "Host") == 0) n->host++;
    if (strcasecmp(name, "Content-Length") == 0) n->length++;
    if (strcasecmp(name, "Transfer-Encoding") == 0) {
        n->coding++;
        if (value == NULL || strcasecmp(value, "chunked") != 0) n->bad_coding = true;
    }
    return MHD_YES;
}

static bool
guard(struct MHD_Connection *conn)
{
    struct counts n = { 0 };
    MHD_get_connection_values(conn, MHD_HEADER_KIND, count, &n);
    return n.host == 1 && n.length <= 1 && n.coding <= 1 && !n.bad_coding && !(n.length && n.coding);
}

static struct str
header(struct call *c, const char *name)
{
    const char *v = MHD_lookup_connection_value(c->conn, MHD_HEADER_KIND, name);
    struct str t = str_of(v);
    return v == NULL || !utf8_valid(t) ? NO_STR : str_dup(&c->arena, t);
}

static void
client_address(struct call *c)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c->conn, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char *text = NEW(&c->arena, char, INET6_ADDRSTRLEN + 1);
    if (info != NULL && info->client_addr->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr, text, INET6_ADDRSTRLEN);
    c->rq.ip = str_of(text);
    struct str forwarded = header(c, "X-Real-IP");      /* set by the proxy on this machine, and only believed from there */
    if (str_is(c->rq.ip, "127.0.0.1") && forwarded.n) c->rq.ip = forwarded;
}

static void
language(struct rq *rq)
{
    struct str asked = rq_param(rq, "lang"), kept = cookie_get(rq->cookie, "lang");
    struct str lang = asked.n ? asked : kept;
    rq->lang = str_is(lang, "en") ? LANG_EN : LANG_ZH;
    if (asked.n) rq_cookie(rq, rq->lang == LANG_EN ? STR("lang=en; Path=/; Max-Age=31536000; SameSite=Lax")
                                                   : STR("lang=zh; Path=/; Max-Age=31536000; SameSite=Lax"));
    rq->body.lang = rq->lang;
}

/* The first call of the handler: headers are here, the body is not. */
static enum MHD_Result
begin(struct call *c, struct MHD_Connection *conn, const char *method)
{
    struct rq *rq = &c->rq;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(conn, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    c->conn = conn;
    c->phase = PHASE_BODY;
    c->socket = info->socket_context;
    socket_busy(c->socket, SERVER_BODY_SECONDS);
    rq->method = strcmp(method, "POST") == 0 ? METHOD_POST : METHOD_GET;
    rq->cookie = header(c, "Cookie");
    rq->agent = header(c, "User-Agent");
    rq->token = header(c, "X-CSRF-Token");
    rq->fragment = header(c, "HX-Request").n != 0 && header(c, "HX-Boosted").n == 0;
    struct str accept = header(c, "Accept"), bearer = header(c, "Authorization");
    if (str_starts(bearer, STR("Bearer "))) rq->bearer = str_trim((struct str){ bearer.p + 7, bearer.n - 7 });
    rq->json = rq->bearer.n != 0 || (str_has(accept, STR("application/json")) && !str_has(accept, STR("text/html")));
    rq->once = header(c, "Idempotency-Key");
    rq->seen = header(c, "If-None-Match");
    client_address(c);
    if (c->bad || !guard(conn)) return refuse(c, HTTP_BAD_REQUEST);
    rq->params = c->params.all;
    rq->params_n = c->params.n;
    language(rq);
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 && rq->method != METHOD_POST) return refuse(c, HTTP_NOT_ALLOWED);
    c->asset = reply_asset(c);
    c->probe = (int)probe_of(c, s.config);
    if (c->asset != NULL || c->probe) return MHD_YES;   /* an answer at this point would end the connection */
    enum http found = gate_route(rq);
    if (found != HTTP_OK) return refuse(c, found);
    if (rq->method == METHOD_POST && !body_begin(c, s.config)) return refuse(c, c->status);
    return MHD_YES;
}

static enum MHD_Result
handle(void *arg, struct MHD_Connection *conn, const char *url, const char *method, const char *version, const char *data,
       size_t *n, void **con_cls)
{
    struct call *c = *con_cls;
    (void)arg;
    (void)url;
    (void)version;
    switch (c->phase) {
    case PHASE_NEW: return begin(c, conn, method);
    case PHASE_BODY:
        if (*n != 0) {                  /* an answer may only be queued once the body is through, so a bad one is drained */
            body_take(c, s.config, data, *n);
            *n = 0;
            if (c->bad && c->status == HTTP_TOO_LARGE) return MHD_NO;
            return MHD_YES;
        }
        if (c->bad || (c->rq.method == METHOD_POST && !body_end(c))) return refuse(c, c->status);
        return c->asset != NULL ? reply_static(c, c->asset) : c->probe ? probe(c) : run(c);
    case PHASE_RUNNING: return MHD_YES;
    case PHASE_READY: return reply_send(c, s.config);
    }
    return MHD_NO;
}

/* Called with the raw request target, before anything else of the request is known. */
static void *
target(void *arg, const char *uri, struct MHD_Connection *conn)
{
    (void)arg;
    (void)conn;
    struct call *c = calloc(1, sizeof *c);
    if (c == NULL) log_fatal("out of memory");
    struct rq *rq = &c->rq;
    c->arena.limit = ARENA_MAX;
    rq->arena = &c->arena;
    rq->body.arena = &c->arena;
    rq->body.rq = rq;
    struct str rest = str_dup(&c->arena, str_of(uri)), path = str_cut(&rest, '?');
    rq->query = rest.p ? rest : STR("");
    c->bad = path.n == 0 || path.p[0] != '/' || !url_decode(&c->arena, path, false, &rq->path)
             || memchr(rq->path.p, '\n', rq->path.n) || memchr(rq->path.p, '\r', rq->path.n)
             || !params_parse(&c->arena, &c->params, rq->query);
    if (c->bad) rq->path = STR("/");
    request_begun(c);
    return c;
}

static void
completed(void *arg, struct MHD_Connection *conn, void **con_cls, enum MHD_RequestTerminationCode why)
{
    struct call *c = *con_cls;
    (void)arg;
    (void)conn;
    (void)why;
    if (c == NULL) return;
    if (c->socket != NULL) socket_busy(c->socket, 75);          /* keep-alive: the next request, or the idle time-out */
    request_ended(c);
    arena_clear(&c->arena);
    free(c);
    *con_cls = NULL;
}

static void
connection(void *arg, struct MHD_Connection *conn, void **context, enum MHD_ConnectionNotificationCode code)
{
    (void)arg;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(conn, MHD_CONNECTION_INFO_CONNECTION_FD);
        *context = socket_open(info->connect_fd);
        meter_add(METER_CONNECTIONS, 1);
    } else {
        socket_close(*context);
        *context = NULL;
        meter_add(METER_CONNECTIONS, -1);
    }
}

static size_t
no_unescape(void *arg, struct MHD_Connection *conn, char *text)
{
    (void)arg;
    (void)conn;
    return strlen(text);
}

/* libmicrohttpd's own messages, as lines of our log. */
static void __attribute__((format(printf, 2, 0)))
tell(void *arg, const char *fmt, va_list ap)
{
    char text[300];
    (void)arg;
    vsnprintf(text, sizeof text, fmt, ap);
    log_info("%s", text);
}

static struct MHD_Daemon *
start_loop(const struct sockaddr_in *at)
{
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, handle, NULL,
        MHD_OPTION_EXTERNAL_LOGGER, tell, NULL, MHD_OPTION_SOCK_ADDR, (const struct sockaddr *)at, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u,
        MHD_OPTION_CONNECTION_TIMEOUT, 60u, MHD_OPTION_CONNECTION_LIMIT, 2000u, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)65536, MHD_OPTION_NOTIFY_COMPLETED, completed, NULL,
        MHD_OPTION_NOTIFY_CONNECTION, connection, NULL, MHD_OPTION_URI_LOG_CALLBACK, target, NULL,
        MHD_OPTION_UNESCAPE_CALLBACK, no_unescape, NULL, MHD_OPTION_END);
}

static void
drain(void)
{
    for (unsigned i = 0; i < s.loops; i++) {
        MHD_socket listening = MHD_quiesce_daemon(s.loop[i]);
        if (listening != MHD_INVALID_SOCKET) close(listening);  /* else clients in the backlog would be reset */
    }
    for (int i = 0; i < 1000 && meter_get(METER_IN_FLIGHT) > 0; i++) usleep(10000);
    pool_stop(s.slow);
    pool_stop(s.readers);
    pool_stop(s.probes);
    writer_stop();
    for (unsigned i = 0; i < s.loops; i++) MHD_stop_daemon(s.loop[i]);
    for (unsigned i = 0; i < s.reading_n; i++) db_close(s.reading[i]);
    s.reading_n = 0;
}

bool
server_run(const struct server_config *config)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(config->port) };
    long cores = sysconf(_SC_NPROCESSORS_ONLN);

    s.config = config;
    s.loops = config->loops ? config->loops : cores > 0 ? (unsigned)cores : 1;
    if (s.loops > LOOPS_MAX) s.loops = LOOPS_MAX;
    if (inet_pton(AF_INET, config->listen, &at.sin_addr) != 1) die("not an IPv4 address: %s", config->listen);
    s.stop = eventfd(0, EFD_CLOEXEC);
    requests_open(config);
    body_clean(config->upload_dir);
    s.slow = pool_start(config->db_url, 2, false);
    s.probes = pool_start(config->db_url, 1, false);
    s.readers = db_url_is_postgres(config->db_url) ? pool_start(config->db_url, config->readers, true) : NULL;
    if (s.slow == NULL || s.probes == NULL || s.stop < 0 || (db_url_is_postgres(config->db_url) && s.readers == NULL)) return false;
    for (unsigned i = 0; i < s.loops; i++) {
        s.loop[i] = start_loop(&at);
        if (s.loop[i] == NULL) {
            log_error("cannot listen on %s:%u", config->listen, config->port);
            return false;
        }
    }
    log_info("serving on http://%s:%u", config->listen, config->port);
    struct pollfd wait = { .fd = s.stop, .events = POLLIN };
    while (poll(&wait, 1, 1000) <= 0) sockets_sweep();
    log_info("stopping");
    if (config->stopping != NULL) config->stopping();
    drain();
    return true;
}

void
server_stop(void)
{
    uint64_t one = 1;
    if (s.stop >= 0 && write(s.stop, &one, sizeof one) < 0) return;
}
