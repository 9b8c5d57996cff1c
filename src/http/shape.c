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

static void
put_value(struct buf *o, const struct shape_field *f, const void *at)
{
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
    }
}

static void
put_row(struct buf *o, const struct shape *s, const void *row)
{
    for (size_t i = 0; i < s->n; i++) {
        putf(o, "%s\"%s\":", i ? "," : "{", s->fields[i].name);
        put_value(o, &s->fields[i], (const char *)row + s->fields[i].offset);
    }
    LIT(o, "}");
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
    LIT(&rq->body, "{\"items\":[");
    for (size_t i = 0; i < n; i++) {
        if (i) LIT(&rq->body, ",");
        put_row(&rq->body, s, (const char *)rows + i * s->size);
    }
    putf(&rq->body, "],\"total\":%lld,\"next\":", (long long)total);
    put_text(&rq->body, next);
    LIT(&rq->body, "}\n");
    return HTTP_OK;
}

struct str
shape_next(struct rq *rq, int64_t page, int64_t per_page, int64_t total)
{
    struct buf b = { .arena = rq->arena };
    struct str rest = rq->query;
    if (page * per_page >= total) return NO_STR;
    put_raw(&b, rq->path);
    LIT(&b, "?");
    while (rest.n) {
        struct str one = str_cut(&rest, '&');
        if (one.n && !str_starts(one, STR("page="))) putf(&b, "%.*s&", FMT(one));
    }
    putf(&b, "page=%lld", (long long)(page + 1));
    return buf_str(&b);
}
