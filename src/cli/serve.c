/* nuan serve: the parent starts the server and starts it again when it dies; what was acknowledged is on disk. */
#include "cli/serve.h"
#include "casework/printing.h"
#include "cli/lock.h"
#include "db/writer.h"
#include "http/server.h"
#include "inbox/courier.h"
#include "rules/job.h"
#include <errno.h>
#include <signal.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FILES_MAX = 65536 };

static volatile sig_atomic_t child, ending;
static struct { const struct module *const *modules; size_t n; const struct gate_hooks *hooks; } parts;

static void
on_stop(int sig)
{
    (void)sig;
    ending = 1;
    if (child > 0) kill(child, SIGTERM);
    else server_stop();
}

static void
signals(void)
{
    struct sigaction stop = { .sa_handler = on_stop }, none = { .sa_handler = SIG_IGN };
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGPIPE, &none, NULL);
}

/* Two thousand connections on each loop need more descriptors than a shell gives by default. */
static void
more_files(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= files.rlim_max) return;
    files.rlim_cur = files.rlim_max < FILES_MAX ? files.rlim_max : FILES_MAX;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0) log_error("cannot open more than the usual number of files: %s", strerror(errno));
}

/* The clock of the wall may jump; how long the server stayed up does not. */
static int64_t
seconds_up(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

static int
serve_child(const struct server_config *config)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    child = 0;
    gate_open(parts.modules, parts.n, parts.hooks);
    printing_open(config->db_url);
    if (!writer_start(config->db_url, 8) || !rules_job_start(config->db_url)) return 1;
    courier_start();
    return server_run(config) ? 0 : 1;
}

static void
pause_ms(long ms)
{
    nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

/* Starts again at once; only a server that keeps dying right after its start is held back a little. */
static int
supervise(const struct server_config *config)
{
    for (int quick = 0;;) {
        int64_t began = seconds_up();
        pid_t pid = fork();
        if (pid < 0) die("cannot start the server: %s", strerror(errno));
        if (pid == 0) _exit(serve_child(config));
        child = pid;
        int status = 0;
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
        child = -1;
        if (ending || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) return 0;
        meter_add(METER_RESTARTS, 1);
        quick = seconds_up() - began < 2 ? quick + 1 : 0;
        if (quick >= 20) die("the server does not stay up; giving up");
        log_error("the server died (%s %d); starting it again", WIFSIGNALED(status) ? "signal" : "status",
                  WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
        if (quick > 3) pause_ms(quick * 100L);
    }
}

void
serve_with(const struct module *const *modules, size_t n, const struct gate_hooks *hooks)
{
    parts.modules = modules;
    parts.n = n;
    parts.hooks = hooks;
}

static uint16_t
port_of(const char *text)
{
    int64_t n = 8080;
    if (text != NULL && (!str_int(str_of(text), &n) || n < 1 || n > 65535)) die("not a port: %s", text);
    return (uint16_t)n;
}

/* DIR/metrics.token, when an administrator put it there. */
static const char *
probe_token(const struct cli *c)
{
    static char token[200];
    struct arena a = { 0 };
    int fd = open(str_fmt(&a, "%s/metrics.token", c->dir).p, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, token, sizeof token - 1) : 0;
    if (fd >= 0) close(fd);
    while (n > 0 && (token[n - 1] == '\n' || token[n - 1] == ' ')) n--;
    token[n > 0 ? n : 0] = '\0';
    arena_clear(&a);
    if (n > 0 && n < 16) die("%s/metrics.token: at least 16 characters", c->dir);
    return n > 0 ? token : NULL;
}

/* What the server does by itself ends before the writer does. */
static void
stop_jobs(void)
{
    courier_stop();
    rules_job_stop();
}

int
serve_command(struct cli *c)
{
    if (!server_lock(c->db_url))
        die("another nuan already serves %s (it holds %s.lock); several servers need PostgreSQL", c->db_url, c->db_url);
    cli_load(c);
    db_close(cli_db(c));
    struct server_config config = {
        .db_url = c->db_url, .listen = cli_option(c, "--listen") ? cli_option(c, "--listen") : "127.0.0.1",
        .port = port_of(cli_option(c, "--port")), .readers = 8, .body_max = MIB(4), .upload_max = MIB(64), .upload_dir = c->dir,
        .secure_cookies = cli_option(c, "--secure") != NULL, .probe_token = probe_token(c),
        .log_requests = cli_option(c, "--no-request-log") == NULL && strcmp(c->command->name, "serve") == 0,
        .stopping = stop_jobs,
    };
    more_files();
    signals();
    return cli_option(c, "--no-supervisor") ? serve_child(&config) : supervise(&config);
}

static int
migrate_only(struct cli *c)
{
    db_close(cli_db(c));
    return 0;
}

static const struct cli_option serve_options[] = {
    { "--listen", "ADDRESS", "IPv4 address (default 127.0.0.1)" },
    { "--port", "PORT", "default 8080" },
    { "--secure", NULL, "a proxy serves this over https: cookies get the Secure flag" },
    { "--no-request-log", NULL, "no line in the log for each request" },
    { "--no-supervisor", NULL, "one process; for debuggers and tests" },
};

const struct command serve_commands[] = {
    { "serve", NULL, "serve the pages until SIGTERM", serve_command, serve_options, COUNT(serve_options) },
    { "migrate", NULL, "bring the database to the newest schema", migrate_only, NULL, 0 },
    { 0 },
};
