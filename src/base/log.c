#include "base/base.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <time.h>

static atomic_int quiet;

static void
line(const char *level, const char *fmt, va_list ap)
{
    char text[1024], when[32];
    struct timespec t;
    struct tm tm;

    clock_gettime(CLOCK_REALTIME, &t);
    gmtime_r(&t.tv_sec, &tm);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%S", &tm);
    vsnprintf(text, sizeof text, fmt, ap);
    for (char *p = text; *p; p++)
        if (*p == '\n' || *p == '\r') *p = ' ';         /* one event, one line */
    fprintf(stderr, "%s.%03ldZ %s %s\n", when, t.tv_nsec / 1000000, level, text);
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
