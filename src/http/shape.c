#include "http/shape.h"
#include "http/route.h"
#include "view/view.h"

static void
put_text(struct buf *o, struct str s)
{
    if (s.p == NULL) LIT(o, "null");
    else put_json_str(o, s);
}

static void
put_codes(struct buf *o, struct str s)
{
    LIT(o, "[");
    for (const char *sep = ""; s.n; sep = ",") {
        putf(o, "%s", sep);
        put_json_str(o, str_cut(&s, ','));
    }
    LIT(o, "]");
}

/* RFC 3339, in the time of Asia/Shanghai. */
static void
put_time(struct buf *o, struct instant t)
{
    char day[16];
    if (!instant_known(t)) {
        LIT(o, "null");
        return;
    }
    struct date d = instant_date(t);
    int64_t seconds = (t.ms - instant_at(d, 0, 0).ms) / 1000;
    date_print(d, day);
    putf(o, "\"%sT%02d:%02d:%02d+08:00\"", day, (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

static void put_rows(struct buf *o, const struct shape *s, const void *rows, size_t n);

static void
put_value(struct buf *o, const struct shape_field *f, const void *row)
{
    const void *at = (const char *)row + f->offset;
    char z[16];
    switch (f->kind) {
    case SHAPE_KIND_ID: {
        int64_t id = *(const int64_t *)at;
        if (id == 0) LIT(o, "null");
        else putf(o, "\"%lld\"", (long long)id);
        return;
    }
    case SHAPE_KIND_TEXT: case SHAPE_KIND_CODE: put_text(o, *(const struct str *)at); return;
    case SHAPE_KIND_CODES: put_codes(o, *(const struct str *)at); return;
    case SHAPE_KIND_INT: {
        int64_t n = *(const int64_t *)at;
        if (n == NO_INT) LIT(o, "null");
        else putf(o, "%lld", (long long)n);
        return;
    }
    case SHAPE_KIND_BOOL: putf(o, "%s", *(const bool *)at ? "true" : "false"); return;
    case SHAPE_KIND_DATE: {
        struct date d = *(const struct date *)at;
        put_text(o, date_known(d) ? (struct str){ z, date_print(d, z) } : NO_STR);
        return;
    }
    case SHAPE_KIND_TIME: put_time(o, *(const struct instant *)at); return;
    case SHAPE_KIND_MONEY: {
        int64_t fen = ((const struct money *)at)->fen;
        if (fen == NO_MONEY.fen) LIT(o, "null");
        else putf(o, "\"%s%lld.%02d\"", fen < 0 ? "-" : "", (long long)llabs(fen / 100), (int)llabs(fen % 100));
        return;
    }
    case SHAPE_KIND_DOC: case SHAPE_KIND_TEXTS: {
        struct str doc = *(const struct str *)at;
        if (doc.n == 0) LIT(o, "null");
        else put_raw(o, doc);
        return;
    }
    case SHAPE_KIND_MANY: {
        const void *rows;
        memcpy(&rows, at, sizeof rows);
        put_rows(o, f->of, rows, *(const size_t *)((const char *)row + f->count));
        return;
    }
    }
}

static void
put_fields(struct buf *o, const struct shape *s, const void *row)
{
    if (s->base != NULL) put_fields(o, s->base, row);
    for (size_t i = 0; i < s->n; i++) {
        putf(o, "%s\"%s\":", i || s->base != NULL ? "," : "", s->fields[i].name);
        put_value(o, &s->fields[i], row);
    }
}

static void
put_row(struct buf *o, const struct shape *s, const void *row)
{
    LIT(o, "{");
    put_fields(o, s, row);
    LIT(o, "}");
}

static void
put_rows(struct buf *o, const struct shape *s, const void *rows, size_t n)
{
    LIT(o, "[");
    for (size_t i = 0; i < n; i++) {
        if (i) LIT(o, ",");
        put_row(o, s, (const char *)rows + i * s->size);
    }
    LIT(o, "]");
}

bool
shape_wanted(const struct rq *rq)
{
    return rq->json && rq->route->shape != NULL;
}

enum http
shape_one(struct rq *rq, const void *row)
{
    assert(rq->route->shape != NULL && !rq->route->many);
    rq->type = STR("application/json");
    put_row(&rq->body, rq->route->shape, row);
    LIT(&rq->body, "\n");
    return HTTP_OK;
}

enum http
shape_list(struct rq *rq, const void *rows, size_t n, int64_t total, struct str next)
{
    const struct shape *s = rq->route->shape;
    assert(s != NULL && rq->route->many);
    rq->type = STR("application/json");
    LIT(&rq->body, "{\"items\":");
    put_rows(&rq->body, s, rows, n);
    putf(&rq->body, ",\"total\":%lld,\"next\":", (long long)total);
    put_text(&rq->body, next);
    LIT(&rq->body, "}\n");
    return HTTP_OK;
}

/* The address of this list with another value of one parameter. */
static struct str
turned(struct rq *rq, const char *name, int64_t to)
{
    struct buf b = { .arena = rq->arena };
    struct str rest = rq->query, was = str_fmt(rq->arena, "%s=", name);
    put_raw(&b, rq->path);
    LIT(&b, "?");
    while (rest.n) {
        struct str one = str_cut(&rest, '&');
        if (one.n && !str_starts(one, was)) putf(&b, "%.*s&", FMT(one));
    }
    putf(&b, "%s=%lld", name, (long long)to);
    return buf_str(&b);
}

struct str
shape_next(struct rq *rq, int64_t page, int64_t per_page, int64_t total)
{
    return page * per_page >= total ? NO_STR : turned(rq, "page", page + 1);
}

struct str
shape_next_skip(struct rq *rq, int64_t skip, int64_t most, int64_t total)
{
    return skip + most >= total ? NO_STR : turned(rq, "skip", skip + most);
}
