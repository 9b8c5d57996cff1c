#include "http/gate.h"
#include "view/view.h"
#include <stdarg.h>

bool
may(const struct rq *rq, enum may m)
{
    return m == MAY_PUBLIC || m == MAY_LINK || (rq->who.user.v != 0 && (m == MAY_LOGIN || (rq->who.may >> m & 1) != 0));
}

struct str
rq_param(const struct rq *rq, const char *name)
{
    struct str want = str_of(name);
    for (size_t i = 0; i < rq->params_n; i++)
        if (str_eq(rq->params[i].name, want)) return rq->params[i].value;
    return NO_STR;
}

int64_t
rq_param_int(const struct rq *rq, const char *name, int64_t otherwise)
{
    int64_t v;
    return str_int(rq_param(rq, name), &v) ? v : otherwise;
}

struct date
rq_param_date(const struct rq *rq, const char *name)
{
    struct date d;
    return date_parse(rq_param(rq, name), &d) ? d : NO_DATE;
}

bool
rq_local(struct str address)
{
    if (address.n < 2 || address.p[0] != '/' || address.p[1] == '/' || address.p[1] == '\\') return false;
    for (size_t i = 0; i < address.n; i++)
        if ((unsigned char)address.p[i] <= ' ') return false;
    return true;
}

struct str
rq_page(const struct rq *rq)
{
    struct buf b = { .arena = rq->arena };
    struct str given = rq_param(rq, "_page"), rest = rq->query;
    if (rq->method == METHOD_POST) return rq_local(given) ? given : rq->path;
    put_raw(&b, rq->path);
    for (const char *sep = "?"; rest.n;) {
        struct str one = str_cut(&rest, '&');
        if (one.n == 0 || str_starts(one, STR("draft=")) || str_starts(one, STR("lang="))) continue;
        putf(&b, "%s%.*s", sep, FMT(one));
        sep = "&";
    }
    return buf_str(&b);
}

void
rq_cookie(struct rq *rq, struct str value)
{
    rq->cookies = rq->cookies.n ? str_fmt(rq->arena, "%.*s\n%.*s", FMT(rq->cookies), FMT(value)) : value;
}

enum http
rq_redirect(struct rq *rq, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    rq->location = str_vfmt(rq->arena, fmt, ap);
    va_end(ap);
    return HTTP_SEE_OTHER;
}

/* The message travels in a cookie that the next page shows and clears; behind a line break, what takes it back. */
static void
flash(struct rq *rq, const char *zh, struct str undo)
{
    struct buf b = { .arena = rq->arena };
    LIT(&b, "flash=");
    put_url_str(&b, undo.n ? str_fmt(rq->arena, "%s\n%.*s", tr(rq->lang, zh), FMT(undo)) : str_of(tr(rq->lang, zh)));
    LIT(&b, "; Path=/; Max-Age=30; HttpOnly; SameSite=Lax");
    rq_cookie(rq, buf_str(&b));
}

enum http
rq_done(struct rq *rq, const char *zh, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    rq->location = str_vfmt(rq->arena, fmt, ap);
    va_end(ap);
    flash(rq, zh, NO_STR);
    return HTTP_SEE_OTHER;
}

enum http
rq_done_undo(struct rq *rq, const char *zh, struct str undo, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    rq->location = str_vfmt(rq->arena, fmt, ap);
    va_end(ap);
    flash(rq, zh, undo);
    return HTTP_SEE_OTHER;
}

void
rq_moved(struct rq *rq, int64_t from, int64_t to)
{
    struct buf b = { .arena = rq->arena };
    struct str rest = rq->path, number = str_fmt(rq->arena, "%lld", (long long)from);
    bool done = false;
    str_cut(&rest, '/');
    while (rest.n) {
        struct str part = str_cut(&rest, '/');
        bool it = !done && str_eq(part, number);
        LIT(&b, "/");
        if (it) putf(&b, "%lld", (long long)to);
        else put_raw(&b, part);
        done = done || it;
    }
    if (rq->query.n) putf(&b, "?%.*s", FMT(rq->query));
    rq->location = buf_str(&b);
}

/* RFC 9457, with the messages at the fields. */
static void
problem(struct rq *rq, enum http status, const char *title)
{
    struct buf *o = &rq->body;
    rq->type = STR("application/problem+json");
    putf(o, "{\"type\":\"about:blank\",\"status\":%d,\"title\":", (int)status);
    put_json_str(o, str_of(title));
    if (status == HTTP_INVALID && rq->errors != NULL) {
        LIT(o, ",\"errors\":[");
        for (const struct form_error *e = rq->errors; e != NULL; e = e->next) {
            LIT(o, "{\"field\":");
            if (e->field == NULL) LIT(o, "null");
            else put_json_str(o, str_of(e->field));
            LIT(o, ",\"detail\":");
            put_json_str(o, str_of(e->why));
            putf(o, "}%s", e->next ? "," : "]");
        }
    }
    LIT(o, "}\n");
}

enum http
rq_fail(struct rq *rq, enum http status, const char *zh)
{
    rq->body.n = 0;
    rq->framed = false;
    rq->location = NO_STR;
    rq->file = NO_STR;
    rq->download = NO_STR;
    if (rq->json) {
        problem(rq, status, tr(rq->lang, zh));
        return status;
    }
    rq->type = NO_STR;
    rq->title = str_of(tr(rq->lang, T("无法继续")));
    LIT(&rq->body, "<div class=\"empty\"><p class=\"empty-title\">");
    put_tr(&rq->body, zh);
    LIT(&rq->body, "</p><p class=\"empty-action\"><a class=\"btn\" href=\"/\">");
    put_tr(&rq->body, T("回到工作台"));
    LIT(&rq->body, "</a></p></div>");
    return status;
}

enum http
rq_invalid(struct rq *rq, const char *field, const char *zh)
{
    struct form_error **end = &rq->errors;
    while (*end != NULL) end = &(*end)->next;
    *end = NEW(rq->arena, struct form_error, 1);
    **end = (struct form_error){ .field = field, .why = tr(rq->lang, zh) };
    return HTTP_INVALID;
}

void
rq_note_read(struct rq *rq, const char *entity, int64_t id, const char *what)
{
    struct read_note *n = NEW(rq->arena, struct read_note, 1);
    *n = (struct read_note){ str_of(entity), id, str_of(what), -1, rq->reads };
    rq->reads = n;
}

void
rq_note_export(struct rq *rq, const char *list, int64_t rows, struct str filters)
{
    struct read_note *n = NEW(rq->arena, struct read_note, 1);
    *n = (struct read_note){ str_of(list), 0, filters, rows, rq->reads };
    rq->reads = n;
}
