#include "tool.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *
grow(void *p, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) abort();
    void *q = realloc(p, bytes ? bytes : 1);
    if (q == NULL) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    return q;
}

static void
room(struct text *t, size_t n)
{
    if (t->cap - t->n > n) return;
    t->cap = (t->cap + n) * 2 + 64;
    t->p = grow(t->p, t->cap, 1);
}

void
text_add(struct text *t, const char *p, size_t n)
{
    room(t, n);
    if (n) memcpy(t->p + t->n, p, n);
    t->n += n;
    t->p[t->n] = '\0';
}

void
text_addc(struct text *t, char c)
{
    text_add(t, &c, 1);
}

static void
text_addv(struct text *t, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0) abort();
    room(t, (size_t)n);
    vsnprintf(t->p + t->n, (size_t)n + 1, fmt, ap);
    t->n += (size_t)n;
}

void
text_addf(struct text *t, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    text_addv(t, fmt, ap);
    va_end(ap);
}

void
text_add_c(struct text *t, const char *p, size_t n, unsigned indent)
{
    text_addc(t, '"');
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c == '\n') {
            text_add(t, "\\n", 2);
            if (i + 1 < n) text_addf(t, "\"\n%*s\"", (int)indent, "");
        } else if (c == '"' || c == '\\' || c == '?') {         /* "\?": no trigraphs */
            text_addf(t, "\\%c", c);
        } else if (c < 0x20 || c >= 0x7F) {
            text_addf(t, "\\%03o", c);
        } else {
            text_addc(t, (char)c);
        }
    }
    text_addc(t, '"');
}

char *
copy(const char *p, size_t n)
{
    char *z = grow(NULL, n + 1, 1);
    memcpy(z, p, n);
    z[n] = '\0';
    return z;
}

char *
copyf(const char *fmt, ...)
{
    struct text t = { 0 };
    va_list ap;
    va_start(ap, fmt);
    text_addv(&t, fmt, ap);
    va_end(ap);
    return t.p;
}

static bool
blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

char *
trimmed(const char *p, size_t n)
{
    while (n && blank(p[0])) p++, n--;
    while (n && blank(p[n - 1])) n--;
    return copy(p, n);
}

char *
file_read(const char *path, size_t *n)
{
    struct text t = { 0 };
    char part[65536];
    size_t got;
    FILE *f = fopen(path, "rb");
    if (f == NULL) fail(path, 0, "%s", strerror(errno));
    text_add(&t, "", 0);
    while ((got = fread(part, 1, sizeof part, f)) > 0) text_add(&t, part, got);
    if (ferror(f)) fail(path, 0, "%s", strerror(errno));
    fclose(f);
    if (n) *n = t.n;
    return t.p;
}

void
file_write(const char *path, const struct text *t)
{
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(t->p, 1, t->n, f) != t->n || fclose(f) != 0) fail(path, 0, "%s", strerror(errno));
}

static void
say(const char *file, unsigned line, const char *fmt, va_list ap)
{
    if (line) fprintf(stderr, "%s:%u: ", file, line);
    else fprintf(stderr, "%s: ", file);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
}

void
complain(const char *file, unsigned line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    say(file, line, fmt, ap);
    va_end(ap);
}

void
fail(const char *file, unsigned line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    say(file, line, fmt, ap);
    va_end(ap);
    exit(1);
}
