#include "server.h"
#include "client.h"
#include "db/migrate.h"
#include "db/writer.h"
#include "http/server.h"
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SILENCE_MS = 5, CONNECTIONS_EACH = 5000 };

static struct server_config config;
static char dir[] = "/tmp/nuan-fuzz-XXXXXX";

static enum http
answer(struct rq *rq)
{
    for (size_t i = 0; i < rq->uploads_n; i++)
        if (!utf8_valid(rq->uploads[i].filename) || access(str_z(rq->arena, rq->uploads[i].path), R_OK) != 0) abort();
    for (size_t i = 0; i < rq->params_n; i++) {
        if (!utf8_valid(rq->params[i].name) || !utf8_valid(rq->params[i].value)) abort();
        putf(&rq->body, "%zu %zu\n", rq->params[i].name.n, rq->params[i].value.n);
    }
    return HTTP_OK;
}

/* Stands for the session: everybody may post. */
static void
session(struct rq *rq)
{
    rq->csrf = STR("x");
    rq->token = STR("x");
}

static const struct route routes[] = {
    GET("/", MAY_PUBLIC, answer, .title = "root"),
    GET("/word/@word", MAY_PUBLIC, answer, .title = "word"),
    POST("/form", MAY_PUBLIC, answer, .form = &no_fields),
    POST("/files", MAY_PUBLIC, answer, .form = &no_fields, .upload = true),
};
static const size_t routes_n = COUNT(routes);
static const struct route *const all[] = { routes };
static const size_t *const all_n[] = { &routes_n };
static const struct module module = { "fuzz", all, all_n, 1 };
static const struct module *const modules[] = { &module };

static void *
serve(void *arg)
{
    (void)arg;
    if (!server_run(&config)) abort();
    return NULL;
}

static void
clean_up(void)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", dir);
    if (system(command) != 0) fprintf(stderr, "cannot remove %s\n", dir);
}

void
fuzz_server_start(void)
{
    static char url[64];
    static const struct gate_hooks hooks = { .session = session };
    pthread_t thread;
    log_quiet(1);
    if (mkdtemp(dir) == NULL) abort();
    atexit(clean_up);
    snprintf(url, sizeof url, "%s/fuzz.db", dir);
    struct db *db = db_open(url);
    if (db == NULL || !migrate(db)) abort();
    db_close(db);
    gate_open(modules, 1, &hooks);
    config = (struct server_config){ .db_url = url, .listen = "127.0.0.1", .port = client_free_port(), .loops = 1,
                                     .body_max = 10000, .upload_max = 20000, .upload_dir = dir };
    if (!writer_start(url, 1) || pthread_create(&thread, NULL, serve, NULL) != 0 || !client_wait(config.port, 20000)) abort();
}

/* It may be behind for a while, with as many connections as it takes. */
static bool
still_answers(void)
{
    struct arena a = { 0 };
    int status = 0;
    for (int i = 0; i < 300 && status != HTTP_OK; i++) {
        status = client_once(&a, config.port, "/", NULL, NULL).status;
        arena_clear(&a);
        if (status != HTTP_OK) usleep(100000);
    }
    return status == HTTP_OK;
}

/*
 * A connection from one loopback address after the other: a minute of thousands of connections a second leaves
 * more closed ones behind than one address has ports.
 */
static int
open_from(unsigned nth)
{
    struct sockaddr_in from = { .sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK + ((nth / CONNECTIONS_EACH) % 200 + 1) * 256) };
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(config.port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct timeval patience = { .tv_sec = 60 };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&from, sizeof from) == 0 &&
        connect(fd, (struct sockaddr *)&to, sizeof to) == 0) return fd;
    close(fd);
    return -1;
}

static int
open_patiently(unsigned nth)
{
    for (int i = 0; i < 300; i++) {
        int fd = open_from(nth);
        if (fd >= 0) return fd;
        if (i == 0) fprintf(stderr, "connection %u: %s\n", nth, strerror(errno));
        usleep(100000);
    }
    log_fatal("no connection to the server for half a minute");
}

void
fuzz_server_ask(struct str head, struct str body)
{
    static unsigned asked;
    char part[4096];
    int fd = open_patiently(asked);
    if (client_send(fd, head)) client_send(fd, body);
    struct pollfd wait = { .fd = fd, .events = POLLIN };
    while (poll(&wait, 1, SILENCE_MS) > 0 && recv(fd, part, sizeof part, 0) > 0) continue;
    struct linger now = { .l_onoff = 1 };               /* else the ports run out */
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(fd);
    if (++asked % 1000 == 0 && !still_answers()) log_fatal("the server does not answer any more");
}
