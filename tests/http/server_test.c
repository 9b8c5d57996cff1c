/* The server on real sockets: what it refuses, many clients at once, and how it stops. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "app.h"
#include "client.h"
#include "db/writer.h"
#include "http/csrf.h"
#include "http/server.h"
#include "test/kit.h"
#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { CLIENTS = 8, ROUNDS = 40 };

static struct kit *k;
static struct server_config config;
static pthread_t server;
static bool server_fine;

/* Routes that the program does not have, so that every way through the server is walked. */

static enum http
sizes(struct rq *rq)
{
    rq->type = STR("text/plain");
    for (size_t i = 0; i < rq->uploads_n; i++) putf(&rq->body, "%.*s=%lld;", FMT(rq->uploads[i].filename), (long long)rq->uploads[i].size);
    for (size_t i = 0; i < rq->params_n; i++) putf(&rq->body, "%.*s;", FMT(rq->params[i].name));
    return HTTP_OK;
}

static enum http
page(struct rq *rq)
{
    rq->title = STR("page");
    LIT(&rq->body, "<p>whole</p>");
    return HTTP_OK;
}

static enum http
secret(struct rq *rq)
{
    rq_note_read(rq, "account", rq->who.user.v, "server_test");
    return page(rq);
}

static const struct route extra[] = {
    POST("/test/upload", MAY_LOGIN, sizes, .form = &no_fields, .upload = true),
    GET("/test/slow", MAY_LOGIN, page, .slow = true),
    GET("/test/secret", MAY_LOGIN, secret, .title = "secret"),
    GET("/test/slow-secret", MAY_LOGIN, secret, .slow = true),
    POST("/test/page", MAY_LOGIN, page, .form = &no_fields),
};
static const size_t extra_n = COUNT(extra);
static const struct route *const extra_routes[] = { extra };
static const size_t *const extra_routes_n[] = { &extra_n };
static const struct module extra_module = { "test", extra_routes, extra_routes_n, 1 };

static void *
serve(void *arg)
{
    (void)arg;
    server_fine = server_run(&config);
    return NULL;
}

static void
start_again(void)
{
    assert_true(writer_start(config.db_url, 3));
    assert_int_equal(pthread_create(&server, NULL, serve, NULL), 0);
    assert_true(client_wait(config.port, 20000));
}

static void
start(void)
{
    const struct module **modules = NEW(&k->arena, const struct module *, app_modules_n + 1);
    const char *url = getenv("NUAN_TEST_DB");
    memcpy(modules, app_modules, app_modules_n * sizeof *modules);
    modules[app_modules_n] = &extra_module;
    gate_open(modules, app_modules_n + 1, &app_hooks);
    config = (struct server_config){
        .db_url = url != NULL && *url ? url : str_fmt(&k->arena, "%s/test.db", k->dir).p, .listen = "127.0.0.1",
        .port = client_free_port(), .loops = 2, .readers = 3, .body_max = 100000, .upload_max = 200000, .upload_dir = k->dir,
        .probe_token = "a-token-of-the-test", .log_requests = true,
    };
    start_again();
}

static void
stop(void)
{
    server_stop();
    pthread_join(server, NULL);
    assert_true(server_fine);
}

static int
open_all(void **state)
{
    (void)state;
    k = kit_open();
    start();
    static const char *const logins[] = { "admin", "worker_a" };
    for (size_t i = 0; i < COUNT(logins); i++) kit_get(k, logins[i], "/me/sessions");   /* makes their sessions */
    return 0;
}

static int
close_all(void **state)
{
    (void)state;
    stop();
    kit_close(k);
    return 0;
}

static const char *
csrf(struct arena *a, const char *login)
{
    return str_z(a, csrf_of(a, str_fmt(a, "secret-of-%s", login)));
}

static size_t
times(struct str text, const char *part)
{
    size_t n = 0, len = strlen(part);
    for (const char *p; text.n && (p = memmem(text.p, text.n, part, len)) != NULL; n++) {
        text.n -= (size_t)(p - text.p) + len;
        text.p = p + len;
    }
    return n;
}

static void
every_way_through_the_server_gives_one_whole_page(void **state)
{
    static const char *const paths[] = { "/me/sessions", "/test/slow", "/test/secret", "/test/slow-secret", "/nowhere" };
    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct client_reply r = client_once(&k->arena, config.port, paths[i], "nuan=secret-of-worker_a", NULL);
        assert_int_equal(r.status, i + 1 < COUNT(paths) ? 200 : 404);
        assert_int_equal(times(r.body, "<html"), 1);
        assert_int_equal(times(r.body, "</html>"), 1);
    }
    struct str body = str_fmt(&k->arena, "csrf=%s", csrf(&k->arena, "worker_a"));
    struct client_reply r = client_once(&k->arena, config.port, "/test/page", "nuan=secret-of-worker_a", body.p);
    assert_int_equal(r.status, 200);
    assert_int_equal(times(r.body, "<html"), 1);
    assert_true(str_has(r.body, STR("翠江镇社工站")));        /* the page of a POST knows the unit, too */
}

static struct client_reply
raw(const char *bytes)
{
    int fd = client_open(config.port);
    client_send(fd, str_of(bytes));
    struct client_reply r = client_read(&k->arena, fd);
    close(fd);
    return r;
}

/* Pages, files, errors, redirects, JSON, refusals of malformed requests: nothing leaves without the headers that keep a browser from
 * running, framing, sniffing or telling on what is not ours. */
static void
every_answer_carries_the_headers(void **state)
{
    static const char *const needed[] = {
        "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: same-origin\r\n", "Cross-Origin-Opener-Policy: same-origin\r\n",
        "Cross-Origin-Resource-Policy: same-origin\r\n", "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n",
        "X-Robots-Tag: noindex, nofollow\r\n", "Content-Security-Policy: default-src 'self'; ", "object-src 'none'", "base-uri 'none'",
        "form-action 'self'", "frame-ancestors 'none'",
    };
    static const struct { const char *what, *bytes; int status; bool kept; } asked[] = {
        { "page", "GET /me/sessions HTTP/1.1\r\nHost: a\r\nCookie: nuan=secret-of-worker_a\r\n\r\n", 200, false },
        { "sign-in", "GET /login HTTP/1.1\r\nHost: a\r\n\r\n", 200, false },
        { "redirect", "GET /people HTTP/1.1\r\nHost: a\r\n\r\n", 303, false },
        { "not found", "GET /nowhere HTTP/1.1\r\nHost: a\r\nCookie: nuan=secret-of-worker_a\r\n\r\n", 404, false },
        { "forbidden", "GET /users HTTP/1.1\r\nHost: a\r\nCookie: nuan=secret-of-worker_a\r\n\r\n", 403, false },
        { "not allowed", "PUT /login HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 405, false },
        { "malformed", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400, false },
        { "too large", "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n", 413, false },
        { "without token", "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 403, false },
        { "JSON", "GET /people HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\nCookie: nuan=secret-of-worker_a\r\n\r\n", 200, true },
        { "problem", "GET /people HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n\r\n", 401, false },
        { "program file", "GET /static/nuan.js HTTP/1.1\r\nHost: a\r\n\r\n", 200, true },
        { "packed file", "GET /static/nuan.js HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n", 200, true },
        { "no such file", "GET /static/none.js HTTP/1.1\r\nHost: a\r\n\r\n", 404, false },
        { "probe", "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 200, false },
        { "probe from outside", "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Real-IP: 10.0.0.1\r\n\r\n", 404, false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(asked); i++) {
        struct client_reply r = raw(asked[i].bytes);
        if (r.status != asked[i].status) fail_msg("%s: %d", asked[i].what, r.status);
        for (size_t h = 0; h < COUNT(needed); h++)
            if (!str_has(r.head, str_of(needed[h]))) fail_msg("%s: no %s in\n%.*s", asked[i].what, needed[h], FMT(r.head));
        if (!asked[i].kept && !str_has(r.head, STR("Cache-Control: no-store"))) fail_msg("%s may be kept\n%.*s", asked[i].what, FMT(r.head));
        if (str_has(r.head, STR("Set-Cookie")) && !str_has(r.head, STR("HttpOnly; SameSite=Lax"))) fail_msg("%s: a cookie", asked[i].what);
    }
}

/* A file that a form asks for: it comes whole, with its row in the register, and by a form of this session only. */
static void
a_file_comes_with_its_row_in_the_register(void **state)
{
    (void)state;
    const char *sql = "SELECT count(*) FROM disclosure WHERE kind = 'export'";
    int64_t before = kit_number(k, sql);
    struct str body = str_fmt(&k->arena, "csrf=%s&give_purpose=internal", csrf(&k->arena, "worker_a"));
    struct client_reply r = client_once(&k->arena, config.port, "/people/export", "nuan=secret-of-worker_a", body.p);
    assert_int_equal(r.status, 200);
    assert_true(str_starts(r.body, STR("PK")) && str_has(r.head, STR("Content-Disposition: attachment")));
    assert_true(str_has(r.head, STR("frame-ancestors 'none'")) && str_has(r.head, STR("nosniff")) && str_has(r.head, STR("Cache-Control: no-store")));
    assert_int_equal(kit_number(k, sql), before + 1);
    assert_int_equal(client_once(&k->arena, config.port, "/people/export", "nuan=secret-of-worker_a", "csrf=x&give_purpose=internal").status, 403);
    assert_int_equal(kit_number(k, sql), before + 1);
}

static struct client_reply
probe(const char *path, const char *more)
{
    int fd = client_open(config.port);
    client_send(fd, str_fmt(&k->arena, "GET %s HTTP/1.1\r\nHost: a\r\n%s\r\n", path, more));
    struct client_reply r = client_read(&k->arena, fd);
    close(fd);
    return r;
}

static void
machines_on_this_machine_or_with_the_token_learn_how_it_is(void **state)
{
    static const char *const paths[] = { "/healthz", "/readyz", "/metrics" };
    static const struct { const char *head; int status; } asking[] = {
        { "", 200 }, { "X-Real-IP: 10.0.0.1\r\n", 404 }, { "X-Forwarded-For: 127.0.0.1\r\n", 404 },
        { "X-Real-IP: 10.0.0.1\r\nAuthorization: Bearer a-token-of-the-test\r\n", 200 },
        { "X-Real-IP: 10.0.0.1\r\nAuthorization: Bearer a-token-of-the-tesT\r\n", 404 },
        { "X-Real-IP: 10.0.0.1\r\nAuthorization: Bearer \r\n", 404 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++)
        for (size_t a = 0; a < COUNT(asking); a++) assert_int_equal(probe(paths[i], asking[a].head).status, asking[a].status);
    assert_int_equal(client_once(&k->arena, config.port, "/metrics", NULL, "x=1").status, 404);
}

static void
metrics_count_and_name_nobody(void **state)
{
    (void)state;
    int64_t person = kit_number(k, "SELECT id FROM account WHERE login = 'worker_a'");
    const char *path = str_fmt(&k->arena, "/people/%lld?q=%%E5%%BC%%A0%%E4%%B8%%89", (long long)person).p;
    assert_int_equal(client_once(&k->arena, config.port, path, "nuan=secret-of-worker_a", NULL).status, 404);
    struct str body = str_fmt(&k->arena, "csrf=%s", csrf(&k->arena, "worker_a"));
    assert_int_equal(client_once(&k->arena, config.port, "/test/page", "nuan=secret-of-worker_a", body.p).status, 200);
    struct str m = probe("/metrics", "").body, missing = STR("nuan_requests_total{class=\"people\",status=\"404\"} ");
    for (int i = 0; i < 100 && !str_has(m, missing); i++) {             /* counted when the request ends, after the answer */
        usleep(20000);
        m = probe("/metrics", "").body;
    }
    assert_true(str_has(m, missing));
    assert_true(str_has(m, STR("nuan_requests_total{class=\"test\",status=\"200\"} ")));
    assert_true(str_has(m, STR("nuan_request_seconds_bucket{class=\"people\",le=\"+Inf\"} ")));
    assert_true(str_has(m, STR("nuan_build_info{version=\"")));
    assert_true(str_has(m, STR("\nnuan_database_up 1\n")));
    assert_true(str_has(m, STR("\nnuan_sessions 2\n")));
    assert_true(str_has(m, STR("\nnuan_writes_waiting 0\n")));
    assert_false(str_has(m, STR("\nnuan_writes_kept_total 0\n")));
    assert_false(str_has(m, STR("worker_a")));
    assert_false(str_has(m, str_fmt(&k->arena, "%lld", (long long)person)));
    for (struct str rest = m; rest.n;) {                /* every line is a comment or a name and a number */
        struct str line = str_cut(&rest, '\n'), value = line;
        if (line.n == 0 || line.p[0] == '#') continue;
        while (memchr(value.p, ' ', value.n)) str_cut(&value, ' ');
        assert_true(str_starts(line, STR("nuan_")) || str_starts(line, STR("process_")));
        assert_true(value.n > 0 && strspn(value.p, "-0123456789.e+") >= value.n);
    }
}

static struct str logged;

static void
one_request(void)
{
    log_quiet(0);
    client_once(&k->arena, config.port, "/people/123456?q=secret-name", "nuan=secret-of-worker_a", NULL);
    usleep(100000);
    log_quiet(1);
}

/* The address of a record and what was searched for are no business of the log. */
static void
the_log_has_the_route_and_not_the_address(void **state)
{
    char text[4096];
    int to[2], kept = dup(STDERR_FILENO);
    (void)state;
    assert_int_equal(pipe(to), 0);
    dup2(to[1], STDERR_FILENO);
    one_request();
    dup2(kept, STDERR_FILENO);
    close(to[1]);
    ssize_t n = read(to[0], text, sizeof text);
    close(to[0]);
    close(kept);
    logged = (struct str){ text, n > 0 ? (size_t)n : 0 };
    assert_true(str_has(logged, STR("event=request method=GET route=/people/:person status=404 ms=")));
    assert_true(str_has(logged, STR(" request=")));
    assert_false(str_has(logged, STR("123456")));
    assert_false(str_has(logged, STR("secret")));
}

static void
many_files_come_over_one_connection(void **state)
{
    (void)state;
    int fd = client_open(config.port);
    for (int i = 0; i < 3; i++) {
        struct client_reply r = client_ask(&k->arena, fd, "/static/nuan.css", NULL, NULL);
        assert_int_equal(r.status, 200);
        assert_false(str_has(r.head, STR("Connection: close")));
    }
    close(fd);
}

static void
sensitive_reads_are_on_record_before_the_page_leaves(void **state)
{
    (void)state;
    const char *sql = "SELECT count(*) FROM audit WHERE action = 'read'";
    int64_t before = kit_number(k, sql);
    assert_int_equal(client_once(&k->arena, config.port, "/test/secret", "nuan=secret-of-worker_a", NULL).status, 200);
    assert_int_equal(kit_number(k, sql), before + 1);
    assert_int_equal(client_once(&k->arena, config.port, "/test/slow-secret", "nuan=secret-of-worker_a", NULL).status, 200);
    assert_int_equal(kit_number(k, sql), before + 2);
}

static void
malformed_requests_are_refused(void **state)
{
    static const struct { const char *bytes; int status; } cases[] = {
        { "GET /login HTTP/1.1\r\n\r\n", 400 },
        { "GET /login HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
        { "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "GET /a%0ab HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "GET /login?%c0%af HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "GET http://a/login HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "PUT /login HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 405 },
        { "POST /me/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 405 },
        { "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
        { "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\na=b", 400 },
        { "POST /login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\na=b", 400 },
        { "GET /login HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=b", 400 },
        { "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\na=%zz", 400 },
        { "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n", 413 },
        { "POST /login HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5\r\n\r\n--b--", 400 },
        { "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 403 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int fd = client_open(config.port);
        assert_true(client_send(fd, str_of(cases[i].bytes)));
        struct client_reply r = client_read(&k->arena, fd);
        if (r.status != cases[i].status) print_error("%s\n", cases[i].bytes);
        assert_int_equal(r.status, cases[i].status);
        close(fd);
    }
}

/* A multipart form with one file of so many bytes. */
static struct str
multipart(struct arena *a, const char *field, size_t n)
{
    struct buf b = { .arena = a }, body = { .arena = a };
    putf(&body, "--XX\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n", csrf(a, "worker_a"));
    putf(&body, "--XX\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"名册.csv\"\r\n"
                "Content-Type: text/csv\r\n\r\n", field);
    for (size_t i = 0; i < n; i++) LIT(&body, "x");
    LIT(&body, "\r\n--XX--\r\n");
    putf(&b, "POST /test/upload HTTP/1.1\r\nHost: a\r\nCookie: nuan=secret-of-worker_a\r\n"
             "Content-Type: multipart/form-data; boundary=XX\r\nContent-Length: %zu\r\n\r\n", body.n);
    put_raw(&b, buf_str(&body));
    return buf_str(&b);
}

static size_t
uploads_left(void)
{
    size_t n = 0;
    DIR *d = opendir(k->dir);
    for (struct dirent *e; (e = readdir(d)) != NULL;) n += strncmp(e->d_name, "nuan-upload", 11) == 0;
    closedir(d);
    return n;
}

/* The server clears a request up after its answer has left. */
static bool
uploads_gone(void)
{
    for (int i = 0; i < 500 && uploads_left(); i++) usleep(10000);
    return uploads_left() == 0;
}

static void
a_file_is_taken_in_and_gone_after_the_request(void **state)
{
    (void)state;
    int fd = client_open(config.port);
    assert_true(client_send(fd, multipart(&k->arena, "roster", 150000)));
    struct client_reply r = client_read(&k->arena, fd);
    assert_int_equal(r.status, 200);
    assert_true(str_is(r.body, "名册.csv=150000;csrf;"));
    close(fd);
    assert_true(uploads_gone());
}

static int
status_of_a_file(void)
{
    int fd = client_open(config.port);
    client_send(fd, multipart(&k->arena, "roster", 1000));
    int status = client_read(&k->arena, fd).status;
    close(fd);
    return status;
}

/* The machine's fault is not called the user's. */
static void
a_file_that_the_disk_does_not_take_is_503(void **state)
{
    const char *dir = config.upload_dir;
    (void)state;
    stop();
    config.upload_dir = "/nonexistent";
    start_again();
    assert_int_equal(status_of_a_file(), 503);
    stop();
    config.upload_dir = dir;
    start_again();
    assert_int_equal(status_of_a_file(), 200);
}

static void
what_a_killed_server_left_is_removed_after_an_hour(void **state)
{
    const char *old = str_fmt(&k->arena, "%s/nuan-upload-aaaaaa", k->dir).p, *fresh = str_fmt(&k->arena, "%s/nuan-upload-bbbbbb", k->dir).p;
    (void)state;
    assert_int_equal(system(str_fmt(&k->arena, "touch -d '2 hours ago' %s && touch %s", old, fresh).p), 0);
    stop();
    start_again();
    assert_int_not_equal(access(old, F_OK), 0);
    assert_int_equal(access(fresh, F_OK), 0);
    unlink(fresh);
}

static void
a_file_too_large_or_broken_off_leaves_nothing(void **state)
{
    (void)state;
    int fd = client_open(config.port);
    client_send(fd, multipart(&k->arena, "roster", 300000));
    int status = client_read(&k->arena, fd).status;
    assert_true(status == 413 || status == 0);          /* 0: cut off while it was still sending */
    close(fd);
    struct str bytes = multipart(&k->arena, "roster", 100000);
    fd = client_open(config.port);
    assert_true(client_send(fd, (struct str){ bytes.p, bytes.n / 2 }));
    usleep(200000);
    close(fd);
    assert_true(uploads_gone());
}

static void
a_client_that_never_ends_its_request_is_cut_off(void **state)
{
    (void)state;
    int fd = client_open(config.port);
    assert_true(client_send(fd, STR("GET /login HTTP/1.1\r\nHost: ")));
    assert_int_equal(client_read(&k->arena, fd).status, 0);
    close(fd);
}

struct worker { int n; pthread_t thread; };
static atomic_int acknowledged, wrong;

static void
expect(const char *path, struct client_reply r, int status)
{
    if (r.status == status) return;
    atomic_fetch_add(&wrong, 1);
    print_error("%s: %d instead of %d\n", path, r.status, status);
}

/* One client: reads, writes, slow work and files of the browser, mixed, on a kept connection. */
static void *
client(void *arg)
{
    struct worker *w = arg;
    struct arena a = { 0 };
    int64_t user = w->n;                                /* an id of the kit's users, given by the test */
    int fd = client_open(config.port);
    for (int i = 0; i < ROUNDS; i++) {
        const char *who = "nuan=secret-of-admin", *path = str_fmt(&a, "/users/%lld", (long long)user).p;
        const char *name = str_fmt(&a, "csrf=%s&login=nobody&name=n%d&role=worker&unit=1", csrf(&a, "admin"), i).p;
        expect("/login", client_ask(&a, fd, "/login", NULL, NULL), 200);
        expect("/users", client_ask(&a, fd, "/users", who, NULL), 200);
        expect("/test/slow", client_ask(&a, fd, "/test/slow", who, NULL), 200);
        expect("/test/secret", client_ask(&a, fd, "/test/secret", who, NULL), 200);
        expect("/users", client_ask(&a, fd, "/users", "nuan=secret-of-worker_a", NULL), 403);
        expect(path, client_ask(&a, fd, path, who, name), 404);
        struct client_reply r = client_ask(&a, fd, "/test/page", who, str_fmt(&a, "csrf=%s", csrf(&a, "admin")).p);
        expect("/test/page", r, 200);
        if (r.status == 200) atomic_fetch_add(&acknowledged, 1);
        if (i % 20 == 0) expect("POST /login", client_ask(&a, fd, "/login", NULL, "name=nobody&password=x"), 403);
        arena_clear(&a);
    }
    close(fd);
    return NULL;
}

static void
many_clients_at_once(void **state)
{
    struct worker workers[CLIENTS];
    int64_t before = kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read'");
    (void)state;
    for (int i = 0; i < CLIENTS; i++) {
        workers[i].n = i + 1;
        assert_int_equal(pthread_create(&workers[i].thread, NULL, client, &workers[i]), 0);
    }
    for (int i = 0; i < CLIENTS; i++) pthread_join(workers[i].thread, NULL);
    assert_int_equal(atomic_load(&wrong), 0);
    assert_int_equal(atomic_load(&acknowledged), CLIENTS * ROUNDS);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read'"), before + CLIENTS * ROUNDS);
}

/* What is under way when the server is told to stop is still answered; afterwards it starts again in the same process. */
static void
a_stop_answers_what_is_under_way(void **state)
{
    (void)state;
    int fd = client_open(config.port);
    assert_true(client_send(fd, STR("POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na")));
    usleep(200000);
    server_stop();
    usleep(200000);
    assert_true(client_send(fd, STR("=b")));
    assert_int_equal(client_read(&k->arena, fd).status, 403);
    close(fd);
    pthread_join(server, NULL);
    assert_true(server_fine);
    start();
    assert_int_equal(client_once(&k->arena, config.port, "/login", NULL, NULL).status, 200);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_through_the_server_gives_one_whole_page),
        cmocka_unit_test(every_answer_carries_the_headers), cmocka_unit_test(a_file_comes_with_its_row_in_the_register),
        cmocka_unit_test(machines_on_this_machine_or_with_the_token_learn_how_it_is), cmocka_unit_test(metrics_count_and_name_nobody),
        cmocka_unit_test(the_log_has_the_route_and_not_the_address),
        cmocka_unit_test(many_files_come_over_one_connection),
        cmocka_unit_test(sensitive_reads_are_on_record_before_the_page_leaves),
        cmocka_unit_test(malformed_requests_are_refused), cmocka_unit_test(a_file_is_taken_in_and_gone_after_the_request),
        cmocka_unit_test(a_file_that_the_disk_does_not_take_is_503), cmocka_unit_test(what_a_killed_server_left_is_removed_after_an_hour),
        cmocka_unit_test(a_file_too_large_or_broken_off_leaves_nothing),
        cmocka_unit_test(a_client_that_never_ends_its_request_is_cut_off), cmocka_unit_test(many_clients_at_once),
        cmocka_unit_test(a_stop_answers_what_is_under_way),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
