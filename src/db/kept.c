#include "db/kept.h"

enum { SLOTS = 256, KEY_MAX = 256, ROW_MAX = 32 };

struct answer {
    const struct db_query *q;
    unsigned filters, key_n, rows;
    uint64_t epoch;                     /* of the connection when it was kept */
    char key[KEY_MAX];
    _Alignas(int64_t) char row[ROW_MAX];
};

struct kept {
    int64_t version;                    /* SQLite's number for what other connections have committed */
    uint64_t epoch;                     /* answers of another epoch are gone */
    char key[KEY_MAX];                  /* of the last look-up */
    struct answer slots[SLOTS];
};

/* The inputs in a row of bytes; 0 when they are too long to be kept. */
static unsigned
key_of(const struct db_query *q, const void *in, char key[KEY_MAX])
{
    size_t n = 0;
    for (int i = 0; i < q->in_n; i++) {
        const struct db_slot *s = &q->in[i];
        const void *at = (const char *)in + s->offset;
        const struct str *t = at;
        size_t size = s->kind == DB_DATE ? sizeof(struct date) : s->kind == DB_BOOL ? sizeof(bool) : sizeof(int64_t);
        if (n + size + 2 > KEY_MAX || (s->kind == DB_TEXT && (t->n > UINT8_MAX || n + t->n + 2 > KEY_MAX))) return 0;
        if (s->kind == DB_TEXT) {
            key[n++] = t->p != NULL;
            key[n++] = (char)(unsigned char)t->n;
            if (t->n) memcpy(key + n, t->p, t->n);
            n += t->n;
        } else {
            memcpy(key + n, at, size);
            n += size;
        }
    }
    return (unsigned)n + 1;             /* a query without inputs has a key too */
}

static struct answer *
slot_of(struct kept *k, const struct db_query *q, unsigned filters, unsigned key_n)
{
    uint64_t h = ((uintptr_t)q >> 4) * UINT64_C(0x9e3779b97f4a7c15) ^ filters;
    for (unsigned i = 0; i + 1 < key_n; i++) h = (h ^ (unsigned char)k->key[i]) * UINT64_C(1099511628211);
    return &k->slots[(h >> 32 ^ h) % SLOTS];
}

/* Once in a transaction: did anybody else commit since the last one?  Asked inside it, so that the answer is of its snapshot. */
static struct kept *
kept_of(struct db *db)
{
    if (db->kept == NULL) db->kept = calloc(1, sizeof *db->kept);
    if (db->kept == NULL) log_fatal("out of memory");
    if (!db->kept_known) {
        int64_t version = db->ops->version(db);
        db->kept->epoch += version != db->kept->version || version < 0;
        db->kept->version = version;
        db->kept_known = true;
    }
    return db->kept;
}

bool
kept_find(struct db *db, const struct db_query *q, unsigned filters, const void *in, void **rows, size_t *n)
{
    struct kept *k = kept_of(db);
    unsigned key_n = key_of(q, in, k->key);
    struct answer *a = slot_of(k, q, filters, key_n);
    if (key_n == 0 || a->q != q || a->filters != filters || a->epoch != k->epoch || a->key_n != key_n
        || memcmp(a->key, k->key, key_n - 1) != 0)
        return false;
    *n = a->rows;
    *rows = arena_array(db->arena, 1, q->row_size, _Alignof(max_align_t));
    memcpy(*rows, a->row, q->row_size);
    return true;
}

void
kept_put(struct db *db, const struct db_query *q, unsigned filters, const void *in, const void *row, size_t n)
{
    struct kept *k = kept_of(db);
    unsigned key_n = key_of(q, in, k->key);
    if (key_n == 0 || n > 1 || q->row_size > ROW_MAX) return;
    struct answer *a = slot_of(k, q, filters, key_n);
    *a = (struct answer){ .q = q, .filters = filters, .key_n = key_n, .rows = (unsigned)n, .epoch = k->epoch };
    memcpy(a->key, k->key, key_n);
    if (n) memcpy(a->row, row, q->row_size);
}

void
kept_forget(struct db *db)
{
    if (db->kept != NULL) db->kept->epoch++;
}

void
kept_free(struct db *db)
{
    free(db->kept);
    db->kept = NULL;
}
