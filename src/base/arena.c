/* Blocks in a list, newest first.  With ARENA_DEBUG every allocation gets a block of its own,
 * so that AddressSanitizer sees each overrun. */
#include "base/base.h"

struct arena_block {
    struct arena_block *prev;
    size_t cap;
    _Alignas(max_align_t) char data[];
};

struct arena_cleanup {
    void (*fn)(void *);
    void *arg;
    struct arena_cleanup *next;
};

enum { BLOCK = 32768 };

static void
grow(struct arena *a, size_t size)
{
    size_t cap = size;
#ifndef ARENA_DEBUG
    if (cap < BLOCK) cap = BLOCK;
#endif
    a->total += cap;
    if (a->limit != 0 && a->total > a->limit) log_fatal("arena over its limit of %zu bytes", a->limit);
    struct arena_block *b = malloc(sizeof(*b) + cap);
    if (b == NULL) log_fatal("out of memory");
    *b = (struct arena_block){ .prev = a->top, .cap = cap };
    a->top = b;
    a->used = 0;
}

void *
arena_alloc(struct arena *a, size_t size, size_t align)
{
    size_t at = (a->used + align - 1) & ~(align - 1);
#ifdef ARENA_DEBUG
    bool full = true;
#else
    bool full = a->top == NULL || at > a->top->cap || size > a->top->cap - at;
#endif
    if (full) {
        grow(a, size ? size : 1);
        at = 0;
    }
    a->used = at + size;
    return memset(a->top->data + at, 0, size);
}

void *
arena_array(struct arena *a, size_t n, size_t size, size_t align)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) log_fatal("allocation overflows: %zu x %zu", n, size);
    return arena_alloc(a, bytes, align);
}

void
arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
    struct arena_cleanup *c = NEW(a, struct arena_cleanup, 1);
    *c = (struct arena_cleanup){ fn, arg, a->cleanups };
    a->cleanups = c;
}

void
arena_clear(struct arena *a)
{
    for (struct arena_cleanup *c = a->cleanups; c != NULL; c = c->next) c->fn(c->arg);
    for (struct arena_block *b = a->top, *prev; b != NULL; b = prev) {
        prev = b->prev;
        free(b);
    }
    *a = (struct arena){ .limit = a->limit };
}
