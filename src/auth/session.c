/* Sessions, and the page where a user sees and ends his own. */
#include "auth/session.h"
#include "audit/audit.h"
#include "auth/role.h"
#include "auth/session_html.h"
#include "auth/session_sql.h"
#include "auth/token.h"
#include "db/writer.h"
#include "http/csrf.h"
#include "http/params.h"
#include "view/view.h"
#include <sodium.h>

enum { SECRET = 32, IDLE_MS = 12 * 3600 * 1000, SECOND_MS = 10 * 60 * 1000, SEEN_STEP_MS = 5 * 60 * 1000 };

struct str
secret_new(struct arena *a)
{
    unsigned char raw[SECRET];
    char *hex = NEW(a, char, SECRET * 2 + 1);
    randombytes_buf(raw, sizeof raw);
    sodium_bin2hex(hex, SECRET * 2 + 1, raw, sizeof raw);
    return (struct str){ hex, SECRET * 2 };
}

struct str
secret_hash(struct arena *a, struct str secret)
{
    unsigned char hash[32];
    char *hex = NEW(a, char, sizeof hash * 2 + 1);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)secret.p, secret.n, NULL, 0);
    sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
    return (struct str){ hex, sizeof hash * 2 };
}

/* Moves the end of an idle session on, at most every five minutes and without making the request wait. */
static void
seen(struct db *db, int64_t id)
{
    struct instant now = instant_now();
    session_seen(db, (struct session_id){ id }, now, (struct instant){ now.ms + IDLE_MS });
}

void
session_load(struct rq *rq)
{
    if (rq->bearer.n) {
        token_load(rq);
        return;
    }
    struct session_find_row s;
    struct str secret = cookie_get(rq->cookie, "nuan");
    struct instant now = instant_now();

    rq->who = (struct who){ 0 };
    rq->csrf = csrf_of(rq->arena, secret.n ? secret : cookie_get(rq->cookie, "pre"));
    if (secret.n == 0 || !session_find(rq->db, &s, secret_hash(rq->arena, secret), now, today())) return;
    const struct role *role = role_find(s.role);
    if (role == NULL || (role->expires && !date_known(s.expires_on))) return;
    rq->who = (struct who){
        .user = s.account, .session = s.id, .name = s.name, .role = s.role, .staff = s.staff, .unit = s.unit, .area = s.area,
        .may = role->may, .must_change_password = s.must_change, .minors = s.minors, .must_enrol = role->second_factor && !s.second,
    };
    int64_t focus;
    rq->who.focus = s.unit;
    if (str_int(cookie_get(rq->cookie, "unit"), &focus) && scope_unit(rq, (struct unit_id){ focus })) rq->who.focus.v = focus;
    if (now.ms - s.seen_at.ms > SEEN_STEP_MS && rq->method == METHOD_GET) writer_later(seen, s.id.v);
}

int64_t
session_count(struct db *db)
{
    struct session_open_row open;
    return session_open(db, &open, instant_now()) ? open.total : 0;
}

void
session_guest(struct rq *rq)
{
    if (rq->who.user.v != 0 || cookie_get(rq->cookie, "pre").n >= SECRET) return;
    struct str secret = secret_new(rq->arena);
    rq_cookie(rq, str_fmt(rq->arena, "pre=%.*s; Path=/; HttpOnly; SameSite=Lax", FMT(secret)));
    rq->csrf = csrf_of(rq->arena, secret);
}

static void
start(struct rq *rq, struct user_id account, bool second)
{
    struct str secret = secret_new(rq->arena);
    struct instant now = instant_now();
    struct str agent = rq->agent.n > 200 ? (struct str){ rq->agent.p, 200 } : rq->agent;
    session_insert(rq->db, .id = { id_next(0) }, .hash = secret_hash(rq->arena, secret), .account = account, .now = now,
                   .expires = { now.ms + (second ? SECOND_MS : IDLE_MS) }, .ip = rq->ip, .agent = agent.p && utf8_valid(agent) ? agent : STR(""),
                   .second = second ? 1 : NO_INT);
    rq_cookie(rq, str_fmt(rq->arena, "nuan=%.*s; Path=/; HttpOnly; SameSite=Lax", FMT(secret)));
}

void
session_start(struct rq *rq, struct user_id account)
{
    start(rq, account, false);
}

void
session_start_half(struct rq *rq, struct user_id account)
{
    start(rq, account, true);
}

void
session_drop(struct rq *rq, struct session_id session, struct user_id account)
{
    session_close(rq->db, session, account, instant_now());
}

void
session_end(struct rq *rq)
{
    session_close(rq->db, rq->who.session, rq->who.user, instant_now());
    rq_cookie(rq, STR("nuan=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
}

size_t
session_end_others(struct rq *rq, struct user_id account)
{
    token_end_of(rq->db, account);
    struct session_id keep = account.v == rq->who.user.v ? rq->who.session : (struct session_id){ -1 };
    return session_close_others(rq->db, account, keep, instant_now());
}

bool
scope_unit(struct rq *rq, struct unit_id unit)
{
    struct session_scope_row r;
    if (unit.v == 0) return false;
    return unit.v == rq->who.unit.v || (session_scope(rq->db, &r, rq->who.unit, unit) && r.total > 0);
}

static enum http
list(struct rq *rq)
{
    struct session_page v = { .mine = rq->who.session };
    v.n = session_list(rq->db, &v.rows, rq->who.user, instant_now());
    rq->title = str_of(tr(rq->lang, T("登录的设备")));
    session_page(&rq->body, &v);
    return HTTP_OK;
}

static bool
is_mine(struct rq *rq)
{
    (void)rq;                           /* the update itself is bound to the user's own account */
    return true;
}

static enum http
end_one(struct rq *rq)
{
    if (session_close(rq->db, (struct session_id){ rq->ids[0] }, rq->who.user, instant_now()) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, rq->who.area, "sign_out", "session", rq->ids[0], NULL, NO_STR);
    return rq_done(rq, T("已退出该设备"), "/me/sessions");
}

static enum http
end_others(struct rq *rq)
{
    session_end_others(rq, rq->who.user);
    audit_note(rq, rq->who.area, "sign_out", "account", rq->who.user.v, NULL, NO_STR);
    return rq_done(rq, T("已退出其他所有设备"), "/me/sessions");
}

const struct route session_routes[] = {
    GET("/me/sessions", MAY_LOGIN, list, .title = T("登录的设备")),
    POST("/me/sessions/:session/end", MAY_LOGIN, end_one, .scope = is_mine, .form = &no_fields, .title = T("退出一台设备")),
    POST("/me/sessions/end", MAY_LOGIN, end_others, .form = &no_fields, .title = T("退出其他所有设备")),
};
const size_t session_routes_n = COUNT(session_routes);
