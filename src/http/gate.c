#include "http/gate.h"
#include "http/csrf.h"
#include "view/view.h"
#include <ctype.h>
#include <sodium.h>

enum { ROUTES_MAX = 512 };

static const struct route *routes[ROUTES_MAX];
static size_t routes_n;
static struct gate_hooks hooks;

bool
gate_reads(const struct route *r)
{
    return r->method == METHOD_GET || r->reads;
}

static void
check_route(const struct route *r)
{
    const char *wrong = NULL;
    if (r->may == MAY_NOTHING) wrong = "no permission";
    if (r->run == NULL) wrong = "no handler";
    if (strchr(r->path, ':') && r->scope == NULL) wrong = "takes an id but has no scope";
    if (r->may == MAY_LINK && r->scope == NULL) wrong = "is open to whoever has a link, but has no scope";
    if (r->method == METHOD_POST && r->form == NULL) wrong = "a POST without a form (&no_fields when it is only a button)";
    if (r->alone && gate_reads(r)) wrong = "reads, and nobody has to be kept from writing for that";
    if (r->before != NULL && gate_reads(r)) wrong = "reads, and has something to do before it writes";
    if (r->slow && !gate_reads(r)) wrong = "writes: what is slow goes before it";
    for (size_t i = 0; i < routes_n; i++)
        if (routes[i]->method == r->method && strcmp(routes[i]->path, r->path) == 0) wrong = "listed twice";
    if (wrong != NULL) log_fatal("route %s %s: %s", r->method == METHOD_GET ? "GET" : "POST", r->path, wrong);
}

void
gate_open(const struct module *const *modules, size_t n, const struct gate_hooks *h)
{
    routes_n = 0;
    hooks = *h;
    for (size_t m = 0; m < n; m++)
        for (size_t f = 0; f < modules[m]->n; f++)
            for (size_t i = 0; i < *modules[m]->routes_n[f]; i++) {
                if (routes_n == ROUTES_MAX) log_fatal("more than %d routes", ROUTES_MAX);
                check_route(&modules[m]->routes[f][i]);
                routes[routes_n++] = &modules[m]->routes[f][i];
            }
}

size_t
gate_routes(const struct route *const **all)
{
    *all = routes;
    return routes_n;
}

/* "/cases/:case/forms/@form": ":x" takes a number, "@x" a word, anything else itself. */
static bool
match(struct rq *rq, const char *pattern, struct str path)
{
    size_t ids = 0, words = 0;
    struct str rest = str_of(pattern);

    while (rest.n || path.n) {
        struct str want = str_cut(&rest, '/'), got = str_cut(&path, '/');
        if (want.n && want.p[0] == ':') {
            int64_t id;
            if (!str_int(got, &id) || id <= 0 || ids == PATH_IDS_MAX) return false;
            rq->ids[ids++] = id;
        } else if (want.n && want.p[0] == '@') {
            if (got.n == 0 || words == PATH_IDS_MAX) return false;
            rq->words[words++] = got;
        } else if (!str_eq(want, got)) {
            return false;
        }
    }
    return true;
}

enum http
gate_route(struct rq *rq)
{
    bool other = false;
    for (size_t i = 0; i < routes_n; i++) {
        if (!match(rq, routes[i]->path, rq->path)) continue;
        if (routes[i]->method == rq->method) {
            rq->route = routes[i];
            return HTTP_OK;
        }
        other = true;
    }
    return other ? HTTP_NOT_ALLOWED : HTTP_NOT_FOUND;
}

/* Where somebody who is not signed in is sent; after signing in he comes back to where he was. */
static enum http
to_sign_in(struct rq *rq)
{
    if (rq->json || rq->fragment || rq->method != METHOD_GET) return HTTP_UNAUTHORIZED;
    struct buf b = { .arena = rq->arena };
    LIT(&b, "/login?next=");
    put_url_str(&b, rq_page(rq));
    rq->location = buf_str(&b);
    return HTTP_SEE_OTHER;
}

bool
gate_for_programs(const struct route *r)
{
    static const char *const own[] = { "/me/", "/logout", "/drafts", "/find", "/people/lookup" };
    for (size_t i = 0; i < COUNT(own); i++)
        if (strncmp(r->path, own[i], strlen(own[i])) == 0) return false;
    return r->may != MAY_PUBLIC && r->may != MAY_LINK;
}

/* A token that only reads changes nothing. */
static bool
token_may(const struct rq *rq)
{
    if (rq->who.token == 0) return true;
    return gate_for_programs(rq->route) && !(rq->who.reads_only && !gate_reads(rq->route)) && !rq->who.must_change_password
           && !rq->who.must_enrol;
}

static enum http
known(struct rq *rq)
{
    const struct route *r = rq->route;
    hooks.session(rq);
    if (gate_reads(r) && hooks.found != NULL && rq->who.user.v != 0) hooks.found(rq);
    if (r->may != MAY_PUBLIC && r->may != MAY_LINK) {
        if (rq->who.user.v == 0) return to_sign_in(rq);
        if (rq->who.must_change_password && rq->who.token == 0 && !str_is(rq->path, "/me/password") && !str_is(rq->path, "/logout")) {
            rq->location = STR("/me/password");
            return HTTP_SEE_OTHER;
        }
        if (rq->who.must_enrol && rq->who.token == 0 && !str_starts(rq->path, STR("/me/")) && !str_is(rq->path, "/logout")) {
            rq->location = STR("/me/second");
            return HTTP_SEE_OTHER;
        }
        if (!may(rq, r->may) || !token_may(rq)) return HTTP_FORBIDDEN;
    }
    return HTTP_OK;
}

static enum http
allowed(struct rq *rq)
{
    const struct route *r = rq->route;
    if (r->scope != NULL && !r->scope(rq)) return HTTP_NOT_FOUND;       /* do not reveal that it exists */
    if (rq->location.p != NULL && rq->method == METHOD_GET) return HTTP_SEE_OTHER;
    if (rq->location.p != NULL) return rq_fail(rq, HTTP_CONFLICT, T("这份登记已合并到另一份。请重新打开后再操作。"));
    if (r->form != NULL) {
        if (!csrf_ok(rq)) return HTTP_FORBIDDEN;
        if (!form_parse(rq, r->form)) return HTTP_INVALID;
    }
    return HTTP_OK;
}

enum http
gate_check(struct rq *rq)
{
    enum http status = known(rq);
    return status == HTTP_OK ? allowed(rq) : status;
}

/* A form of a session that is over is kept, and its page comes back after signing in. */
static enum http
kept(struct rq *rq)
{
    bool page = !gate_reads(rq->route) && !rq->json && !rq->fragment;
    return page && hooks.lost != NULL && hooks.lost(rq) ? HTTP_SEE_OTHER : HTTP_UNAUTHORIZED;
}

static struct str
body_tag(struct rq *rq)
{
    unsigned char hash[16];
    char hex[sizeof hash * 2 + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)rq->body.p, rq->body.n, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return str_fmt(rq->arena, "\"%s\"", hex);
}

/* What a program gets: of a form that was done the address that it led to, of a page its shape, with a tag that tells whether it
 * is as it was. */
static enum http
as_json(struct rq *rq, enum http status)
{
    bool page = rq->type.p == NULL && rq->file.p == NULL;
    if (rq->method == METHOD_POST && (status == HTTP_SEE_OTHER || (status == HTTP_OK && page))) {
        struct str location = rq->location.p ? rq->location : rq->path;
        rq->body.n = 0;
        rq->type = STR("application/json");
        rq->location = rq->cookies = NO_STR;
        LIT(&rq->body, "{\"location\":");
        put_json_str(&rq->body, location);
        LIT(&rq->body, "}\n");
        return HTTP_OK;
    }
    if (rq->method == METHOD_GET && status == HTTP_OK && page) return gate_fail(rq, HTTP_NOT_ACCEPTABLE);
    if (rq->method != METHOD_GET || status != HTTP_OK || rq->route->shape == NULL) return status;
    rq->etag = body_tag(rq);
    rq->cache = STR("private, no-cache");
    if (!str_has(rq->seen, rq->etag)) return status;
    rq->body.n = 0;
    return HTTP_NOT_MODIFIED;
}

enum http
gate_run(struct rq *rq)
{
    if (rq->route->alone && !db_alone(rq->db)) return gate_fail(rq, HTTP_UNAVAILABLE);
    enum http status = known(rq);
    if (status == HTTP_UNAUTHORIZED) status = kept(rq);
    if (status == HTTP_OK && !gate_reads(rq->route) && hooks.sent != NULL && hooks.sent(rq))
        return rq->json ? as_json(rq, HTTP_SEE_OTHER) : HTTP_SEE_OTHER;
    if (status == HTTP_OK && rq->method == METHOD_GET && hooks.again != NULL) hooks.again(rq);
    if (status == HTTP_OK) status = allowed(rq);
    if (rq->json && status == HTTP_INVALID) return gate_fail(rq, status);
    if (status == HTTP_INVALID && rq->route->redraw != NULL) {
        enum http drawn = rq->route->redraw(rq);
        status = drawn == HTTP_OK ? HTTP_INVALID : drawn;
    } else if (status == HTTP_OK) {
        status = rq->route->run(rq);
        if (status == HTTP_INVALID && !rq->json && rq->route->redraw != NULL && rq->body.n == 0) rq->route->redraw(rq);
        if (!gate_reads(rq->route) && status < 400 && hooks.done != NULL) hooks.done(rq, status);
    }
    if (db_error(rq->db) != NULL) status = HTTP_UNAVAILABLE;
    bool page = rq->json && rq->type.p == NULL;         /* an error drawn as a page, where JSON was asked for */
    if (status >= 400 && (rq->body.n == 0 || page || status == HTTP_UNAVAILABLE)) return gate_fail(rq, status);
    return rq->json ? as_json(rq, status) : status;
}

static const char *
words_for(enum http status)
{
    switch (status) {
    case HTTP_BAD_REQUEST: return T("请求不完整或格式有误。");
    case HTTP_UNAUTHORIZED: return T("登录已失效，请重新登录。");
    case HTTP_FORBIDDEN: return T("您没有权限进行此操作，或页面已过期。请刷新后重试。");
    case HTTP_NOT_FOUND: return T("找不到该页面或记录，或者它不在您的工作范围内。");
    case HTTP_NOT_ALLOWED: return T("此地址不支持该操作。");
    case HTTP_NOT_ACCEPTABLE: return T("此页面没有程序接口。");
    case HTTP_CONFLICT: return T("该内容已被其他人修改，请核对后再保存。");
    case HTTP_TOO_LARGE: return T("提交的内容太大。");
    case HTTP_INVALID: return T("填写的内容有误，请更正。");
    case HTTP_TOO_MANY: return T("操作过于频繁，请稍后再试。");
    case HTTP_UNAVAILABLE: return T("系统暂时无法保存或读取数据，请稍后重试。您的操作没有生效。");
    case HTTP_ERROR: return T("系统出现错误，已记录。您的操作没有生效。");
    case HTTP_OK: case HTTP_CREATED: case HTTP_NO_CONTENT: case HTTP_SEE_OTHER: case HTTP_NOT_MODIFIED: break;
    }
    return "";
}

enum http
gate_fail(struct rq *rq, enum http status)
{
    if (status < 400) return status;
    return rq_fail(rq, status, words_for(status));
}

void
gate_finish(struct rq *rq)
{
    bool page = rq->type.p == NULL && !rq->bare && !rq->fragment && !rq->json && rq->location.p == NULL && rq->file.p == NULL;
    if (!page || rq->framed || hooks.page == NULL) return;
    struct buf whole = { .arena = rq->arena, .lang = rq->lang, .rq = rq };
    hooks.page(rq, &whole);
    rq->body = whole;
    rq->framed = true;
}

void
gate_audit_reads(struct db *db, const struct rq *rq)
{
    if (hooks.reads != NULL) hooks.reads(db, rq);
}

int64_t
gate_sessions(struct db *db)
{
    return hooks.sessions != NULL ? hooks.sessions(db) : 0;
}
