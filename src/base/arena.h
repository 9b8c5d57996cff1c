/* An arena owns everything that one request (or job) allocates; it is freed in one place. */
#ifndef NUAN_ARENA_H
#define NUAN_ARENA_H
#include <stddef.h>

struct arena {
    struct arena_block *top;
    size_t used;                        /* bytes used in the top block */
    size_t total;                       /* bytes taken from the system */
    size_t limit;                       /* 0: no limit */
    struct arena_cleanup *cleanups;
};

/* Zeroed memory, never NULL.  Over the limit the process ends: a request that large is a bug,
 * because bodies, uploads and result sets are bounded before they reach an arena. */
void *arena_alloc(struct arena *a, size_t size, size_t align);

/* n zeroed values of a type; aborts when the size overflows. */
void *arena_array(struct arena *a, size_t n, size_t size, size_t align);
#define NEW(a, type, n) ((type *)arena_array((a), (size_t)(n), sizeof(type), _Alignof(type)))

/* Runs fn(arg) when the arena is cleared; the last one registered runs first. */
void arena_defer(struct arena *a, void (*fn)(void *), void *arg);

/* Frees everything; the arena can be used again. */
void arena_clear(struct arena *a);
#endif
