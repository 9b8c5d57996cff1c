/* A growing byte buffer on an arena; what views print into. */
#ifndef NUAN_BUF_H
#define NUAN_BUF_H
#include "base/arena.h"
#include "base/str.h"

/* The language of the text a user sees; zh is the source text of the program. */
enum lang { LANG_ZH, LANG_EN, LANGS };

struct buf {
    struct arena *arena;                /* set before the first put */
    char *p;
    size_t n, cap;
    enum lang lang;                     /* in which views print */
    const struct rq *rq;                /* whose page this is; NULL outside a request */
};

void put(struct buf *b, const char *p, size_t n);
void put_raw(struct buf *b, struct str s);                       /* unescaped: for text that is not HTML */
void putf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));  /* unescaped */
struct str buf_str(const struct buf *b);                         /* valid until the next put */
#define LIT(b, lit) put((b), "" lit, sizeof(lit) - 1)
#endif
