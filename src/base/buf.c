#include "base/base.h"
#include <stdarg.h>

static void
room(struct buf *b, size_t n)
{
    if (b->cap - b->n >= n) return;
    size_t cap = (b->cap + n) * 2 + 256;
    char *bigger = NEW(b->arena, char, cap);
    if (b->n) memcpy(bigger, b->p, b->n);
    b->p = bigger;
    b->cap = cap;
}

void
put(struct buf *b, const char *p, size_t n)
{
    if (n == 0) return;
    room(b, n);
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

void
put_raw(struct buf *b, struct str s)
{
    put(b, s.p, s.n);
}

void
putf(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0) log_fatal("bad format %s", fmt);
    room(b, (size_t)n + 1);
    vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
    va_end(again);
    b->n += (size_t)n;
}

struct str
buf_str(const struct buf *b)
{
    return (struct str){ b->p ? b->p : "", b->n };
}
