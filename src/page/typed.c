/* Drafts of all forms, forms sent twice, and sessions that end in the middle of one. */
#include "page/typed.h"
#include "auth/session.h"
#include "http/csrf.h"
#include "http/params.h"
#include "page/typed_sql.h"
#include "seal/seal.h"
#include <sodium.h>

enum { DAY_MS = 86400000, DRAFT_DAYS = 14, DRAFT_MAX = 256 << 10, ADDRESS_MAX = 500 };
#define SEAL_TYPED "draft.typed"

/* ---- Sent twice ---- */

static void
mix(crypto_generichash_state *s, struct str text)
{
    uint64_t n = text.n;
    crypto_generichash_update(s, (const unsigned char *)&n, sizeof n);
    crypto_generichash_update(s, (const unsigned char *)(text.n ? text.p : ""), text.n);
}

/* The token alone would swallow a form that somebody went back to and changed; so the content belongs to it. */
static struct str
hash_of(const struct rq *rq)
{
    crypto_generichash_state s;
    unsigned char hash[16];
    char *hex = NEW(rq->arena, char, sizeof hash * 2 + 1);
    crypto_generichash_init(&s, NULL, 0, sizeof hash);
    mix(&s, str_fmt(rq->arena, "%lld", (long long)rq->who.user.v));
    mix(&s, rq->path);
    mix(&s, rq->once);
    for (size_t i = 0; i < rq->params_n; i++) {
        if (str_is(rq->params[i].name, "csrf")) continue;
        mix(&s, rq->params[i].name);
        mix(&s, rq->params[i].value);
    }
    for (size_t i = 0; i < rq->uploads_n; i++) {
        mix(&s, rq->uploads[i].filename);
        mix(&s, str_fmt(rq->arena, "%lld", (long long)rq->uploads[i].size));
    }
    crypto_generichash_final(&s, hash, sizeof hash);
    sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
    return (struct str){ hex, sizeof hash * 2 };
}

static bool
has_token(const struct rq *rq)
{
    return rq->method == METHOD_POST && rq->who.user.v != 0 && (rq->json ? rq->once.n : rq_param(rq, "_once").n) != 0;
}

bool
typed_sent(struct rq *rq)
{
    struct once_get_row first;
    if (!has_token(rq)) return false;
    struct str hash = hash_of(rq);
    if (once_claim(rq->db, rq->who.area, hash, instant_now()) == 1) return false;       /* PostgreSQL: waits for who came first */
    if (!once_get(rq->db, &first, rq->who.area, hash) || first.location.n == 0) return false;
    rq->location = first.location;
    if (first.flash.n) rq_cookie(rq, first.flash);
    return true;
}

void
typed_done(struct rq *rq, enum http status)
{
    if (!has_token(rq)) return;
    struct str hash = hash_of(rq), flash = str_starts(rq->cookies, STR("flash=")) && !str_has(rq->cookies, STR("\n")) ? rq->cookies : NO_STR;
    if (status != HTTP_SEE_OTHER || rq->location.n == 0) {
        once_drop(rq->db, rq->who.area, hash);
        return;
    }
    once_keep(rq->db, rq->who.area, hash, rq->location, flash);
    once_clean(rq->db, rq->who.area, (struct instant){ instant_now().ms - DAY_MS });
    draft_drop(rq->db, rq->who.area, rq->who.user, rq_page(rq));
}

/* ---- Drafts ---- */

static bool
secret(const struct rq *rq, struct str name)
{
    const struct form *f = rq->route->form;
    for (size_t i = 0; f != NULL && i < f->n; i++)
        if (f->fields[i].kind == F_PASSWORD && str_is(name, f->fields[i].name)) return true;
    return str_is(name, "csrf") || str_is(name, "_once") || str_is(name, "_page");
}

static bool
keep(struct rq *rq, int64_t area, struct user_id account)
{
    struct buf b = { .arena = rq->arena };
    struct str address = rq_page(rq);
    for (size_t i = 0; i < rq->params_n; i++) {
        if (secret(rq, rq->params[i].name)) continue;
        if (b.n) LIT(&b, "&");
        put_url_str(&b, rq->params[i].name);
        LIT(&b, "=");
        put_url_str(&b, rq->params[i].value);
    }
    if (b.n == 0 || b.n > DRAFT_MAX || address.n > ADDRESS_MAX) return false;
    draft_clean(rq->db, area, account, (struct instant){ instant_now().ms - (int64_t)DRAFT_DAYS * DAY_MS });
    draft_put(rq->db, .area = area, .account = account, .address = address, .typed = seal(rq->arena, SEAL_TYPED, buf_str(&b)), .at = instant_now());
    return true;
}

/* The cookie of the old session and its CSRF token show that the form was drawn for this user; he gets it back after signing in,
 * and nobody else. */
bool
typed_lost(struct rq *rq)
{
    struct draft_whose_row whose;
    struct str cookie = cookie_get(rq->cookie, "nuan");
    struct buf b = { .arena = rq->arena };
    if (cookie.n == 0 || !csrf_ok(rq)) return false;
    if (!draft_whose(rq->db, &whose, secret_hash(rq->arena, cookie), (struct instant){ instant_now().ms - 2 * (int64_t)DAY_MS }, today()))
        return false;
    if (!keep(rq, whose.area, whose.account)) return false;
    LIT(&b, "/login?next=");
    put_url_str(&b, typed_url(rq).s);
    rq->location = buf_str(&b);
    return true;
}

void
typed_again(struct rq *rq)
{
    struct draft_get_row d;
    struct params ps = { 0 };
    if (!str_is(rq_param(rq, "draft"), "1") || !draft_get(rq->db, &d, rq->who.area, rq->who.user, rq_page(rq))) return;
    struct str typed = unseal(rq->arena, SEAL_TYPED, d.typed);
    for (size_t i = 0; i < rq->params_n; i++) params_add(rq->arena, &ps, rq->params[i].name, rq->params[i].value);
    if (typed.n == 0 || !params_parse(rq->arena, &ps, typed)) return;
    rq->params = ps.all;
    rq->params_n = ps.n;
    rq->again = true;
}

struct url
typed_url(const struct rq *rq)
{
    struct str page = rq_page(rq);
    return (struct url){ str_fmt(rq->arena, "%.*s%sdraft=1", FMT(page), str_has(page, STR("?")) ? "&" : "?") };
}

struct instant
typed_at(struct rq *rq)
{
    struct draft_get_row d;
    bool found = rq->method == METHOD_GET && rq->who.user.v != 0 && draft_get(rq->db, &d, rq->who.area, rq->who.user, rq_page(rq));
    return found ? d.at : NO_TIME;
}

/* A page sends itself while somebody types. */
static enum http
save(struct rq *rq)
{
    if (!keep(rq, rq->who.area, rq->who.user)) return HTTP_INVALID;
    rq->type = STR("application/json");
    LIT(&rq->body, "{}\n");
    return HTTP_OK;
}

static enum http
drop(struct rq *rq)
{
    struct str page = rq_page(rq);
    draft_drop(rq->db, rq->who.area, rq->who.user, page);
    return rq_redirect(rq, "%.*s", FMT(page));
}

const struct route typed_routes[] = {
    POST("/drafts", MAY_LOGIN, save, .form = &no_fields, .title = T("保存草稿")),
    POST("/drafts/drop", MAY_LOGIN, drop, .form = &no_fields, .title = T("丢弃草稿")),
};
const size_t typed_routes_n = COUNT(typed_routes);
