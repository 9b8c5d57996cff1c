#include "base/base.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <time.h>

static atomic_int quiet;
static __thread const char *request;

/* One event, one line: what would end the line or the quotes is taken out. */
static void
line(const char *level, const char *fmt, va_list ap)
{
    char text[1024], quoted[1100], when[32];
    struct timespec t;
    struct tm tm;
    bool pairs = level == NULL;
    size_t n = 0;

    clock_gettime(CLOCK_REALTIME, &t);
    gmtime_r(&t.tv_sec, &tm);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%S", &tm);
    vsnprintf(text, sizeof text, fmt, ap);
    for (const char *p = text; *p && n < sizeof quoted - 2; p++) {
        if (!pairs && (*p == '"' || *p == '\\')) quoted[n++] = '\\';
        quoted[n++] = (unsigned char)*p < ' ' ? ' ' : *p;
    }
    quoted[n] = '\0';
    fprintf(stderr, "time=%s.%03ldZ level=%s%s%s %s%s%s\n", when, t.tv_nsec / 1000000, pairs ? "info" : level, request ? " request=" : "",
            request ? request : "", pairs ? "" : "msg=\"", quoted, pairs ? "" : "\"");
}

void
log_for_request(const char *id)
{
    request = id;
}

void
log_pairs(const char *fmt, ...)
{
    if (atomic_load(&quiet)) return;
    va_list ap;
    va_start(ap, fmt);
    line(NULL, fmt, ap);
    va_end(ap);
}

void
log_info(const char *fmt, ...)
{
    if (atomic_load(&quiet)) return;
    va_list ap;
    va_start(ap, fmt);
    line("info", fmt, ap);
    va_end(ap);
}

void
log_error(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    line("error", fmt, ap);
    va_end(ap);
}

void
log_fatal(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    line("fatal", fmt, ap);
    va_end(ap);
    abort();
}

void
die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    exit(2);
}

void
log_quiet(int on)
{
    atomic_store(&quiet, on);
}
