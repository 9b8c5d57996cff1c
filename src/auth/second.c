/* The second factor: enrolment with a code to scan, recovery codes shown once, the step after the password, and switching it off.  A code
 * is taken once; five wrong ones lock the step for a quarter of an hour, whatever happens with the password meanwhile. */
#include "auth/second.h"
#include "audit/audit.h"
#include "auth/auth_views.h"
#include "auth/limit.h"
#include "auth/login.h"
#include "auth/role.h"
#include "auth/second_html.h"
#include "auth/second_sql.h"
#include "auth/session.h"
#include "auth/totp.h"
#include "seal/seal.h"
#include "http/params.h"
#include <qrencode.h>
#include <sodium.h>

#define SEAL_TOTP "account.totp"
enum { CODES = 10, CODE_CHARS = 10, FAILED_MAX = 5, LOCK_MS = 15 * 60 * 1000, PER_MINUTE = 30 };

struct code_form { struct str code; };
static const struct field code_fields[] = {
    FIELD_TEXT(struct code_form, code, "验证码", .required = true, .max = 20, .autofocus = true, .help = "手机上显示的 6 位数字。"),
};
static const struct form code_form = FORM(struct code_form, code_fields);
static const struct field login_code_fields[] = { FIELD_TEXT(struct code_form, code, "验证码", .required = true, .max = 20) };
static const struct form login_code_form = FORM(struct code_form, login_code_fields);

/* ---- Codes ---- */

static struct str
recovery_hash(struct arena *a, struct user_id account, struct str code)
{
    struct buf b = { .arena = a };
    putf(&b, "%lld ", (long long)account.v);
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i] >= 'A' && code.p[i] <= 'Z' ? (char)(code.p[i] + 32) : code.p[i];
        if (c != '-' && c != ' ') put(&b, &c, 1);
    }
    return secret_hash(a, buf_str(&b));                 /* fifty random bits: a plain hash is not guessed back before it is used */
}

static bool
secret_of(struct arena *a, const struct second_get_row *t, unsigned char secret[TOTP_SECRET])
{
    return base32_to(unseal(a, SEAL_TOTP, t->secret), secret, TOTP_SECRET);
}

/* Is the code right now?  Marks it as used; counts a wrong one.  *why: what to tell. */
static bool
accept(struct rq *rq, struct user_id account, struct str typed, bool recovery, const char **why)
{
    struct second_get_row t;
    unsigned char secret[TOTP_SECRET];
    struct instant now = instant_now();
    struct str code = str_trim(typed);

    *why = T("验证码不正确，或者已经用过。");
    if (!second_get(rq->db, &t, account)) return false;
    if (instant_known(t.locked_until) && t.locked_until.ms > now.ms) {
        *why = T("验证码错误次数过多，请 15 分钟后再试。");
        return false;
    }
    int64_t step = secret_of(rq->arena, &t, secret) ? totp_match(secret, code, now, t.last_step) : 0;
    if (step && (instant_known(t.confirmed_at) ? second_used(rq->db, account, step) : second_confirm(rq->db, account, now, step))) return true;
    if (recovery && code.n >= CODE_CHARS && recovery_use(rq->db, account, recovery_hash(rq->arena, account, code), now)) {
        second_failed(rq->db, account, 0, NO_TIME);
        return true;
    }
    bool lock = t.failed + 1 >= FAILED_MAX;
    second_failed(rq->db, account, lock ? 0 : t.failed + 1, lock ? (struct instant){ now.ms + LOCK_MS } : NO_TIME);
    rq->keep = true;
    if (lock) *why = T("验证码错误次数过多，请 15 分钟后再试。");
    return false;
}

static const struct str *
new_codes(struct rq *rq, struct user_id account)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789x";  /* 32, none of which is read for another */
    struct str *codes = NEW(rq->arena, struct str, CODES);
    recovery_drop(rq->db, account);
    for (int i = 0; i < CODES; i++) {
        char text[CODE_CHARS + 1] = "";
        for (int c = 0; c < CODE_CHARS; c++) text[c] = letters[randombytes_uniform(31)];
        codes[i] = str_fmt(rq->arena, "%.5s-%.5s", text, text + 5);
        recovery_add(rq->db, account, recovery_hash(rq->arena, account, codes[i]));
    }
    return codes;
}

/* ---- The code to scan ---- */

static struct html
qr_of(struct arena *a, struct str text)
{
    struct buf b = { .arena = a };
    QRcode *q = QRcode_encodeString8bit(str_z(a, text), 0, QR_ECLEVEL_M);
    if (q == NULL) log_fatal("out of memory");
    putf(&b, "<svg class=\"qr\" viewBox=\"-4 -4 %d %d\" width=\"220\" height=\"220\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">"
             "<path fill=\"#fff\" d=\"M-4-4h%dv%dh-%dz\"/><path fill=\"#000\" d=\"", q->width + 8, q->width + 8, q->width + 8, q->width + 8, q->width + 8);
    for (int y = 0; y < q->width; y++)
        for (int x = 0, run; x < q->width; x += run ? run : 1) {
            for (run = 0; x + run < q->width && (q->data[y * q->width + x + run] & 1); run++) continue;
            if (run) putf(&b, "M%d %dh%dv1h-%dz", x, y, run, run);
        }
    LIT(&b, "\"/></svg>");
    QRcode_free(q);
    return (struct html){ buf_str(&b) };
}

/* ---- One's own page ---- */

static bool
required(struct str role)
{
    const struct role *r = role_find(role);
    return r != NULL && r->second_factor;
}

static enum http
page_with(struct rq *rq, const struct str *codes)
{
    struct second_get_row t;
    struct recovery_left_row left;
    struct second_login_row me;
    struct second_page v = { .rq = rq, .form = &code_form, .from = { .rq = rq }, .since = NO_TIME, .required = required(rq->who.role),
                             .codes = codes, .codes_n = codes ? CODES : 0 };
    if (second_get(rq->db, &t, rq->who.user)) {
        v.on = instant_known(t.confirmed_at);
        v.since = t.confirmed_at;
        if (!v.on && second_login(rq->db, &me, rq->who.user)) {
            v.secret = unseal(rq->arena, SEAL_TOTP, t.secret);
            v.qr = qr_of(rq->arena, totp_url(rq->arena, me.login, v.secret));
        }
    }
    if (v.on && recovery_left(rq->db, &left, rq->who.user)) v.left = left.total;
    rq->title = str_of(tr(rq->lang, T("两步验证")));
    second_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
page(struct rq *rq)
{
    return page_with(rq, NULL);
}

static enum http
begin(struct rq *rq)
{
    unsigned char raw[TOTP_SECRET];
    randombytes_buf(raw, sizeof raw);
    second_begin(rq->db, rq->who.user, seal(rq->arena, SEAL_TOTP, base32_of(rq->arena, raw, sizeof raw)), instant_now());
    sodium_memzero(raw, sizeof raw);
    return rq_redirect(rq, "/me/second");
}

/* The first right code switches it on; later ones ask for new recovery codes. */
static enum http
confirm(struct rq *rq)
{
    const struct code_form *in = rq->form;
    struct second_get_row before;
    const char *why;
    bool on = second_get(rq->db, &before, rq->who.user) && instant_known(before.confirmed_at);
    if (limit_over("second", rq->ip, PER_MINUTE)) return rq_fail(rq, HTTP_TOO_MANY, T("尝试次数过多，请一分钟后再试。"));
    if (!accept(rq, rq->who.user, in->code, false, &why)) return rq_invalid(rq, "code", why);
    const struct str *codes = new_codes(rq, rq->who.user);
    if (!on) session_end_others(rq, rq->who.user);
    audit_note(rq, rq->who.area, on ? "recovery_codes" : "second_on", "account", rq->who.user.v, NULL, NO_STR);
    return page_with(rq, codes);
}

static enum http
off(struct rq *rq)
{
    const struct code_form *in = rq->form;
    const char *why;
    if (required(rq->who.role)) return rq_fail(rq, HTTP_CONFLICT, T("您的角色必须使用两步验证。"));
    if (!accept(rq, rq->who.user, in->code, true, &why)) return rq_invalid(rq, "code", why);
    recovery_drop(rq->db, rq->who.user);
    second_drop(rq->db, rq->who.user);
    audit_note(rq, rq->who.area, "second_off", "account", rq->who.user.v, NULL, NO_STR);
    return rq_done(rq, T("已关闭两步验证"), "/me/second");
}

void
second_reset(struct rq *rq, struct user_id account)
{
    recovery_drop(rq->db, account);
    second_drop(rq->db, account);
    session_end_others(rq, account);
    audit_note(rq, rq->who.area, "reset_second", "account", account.v, NULL, NO_STR);
}

/* ---- The step after the password ---- */

static bool
waiting(struct rq *rq, struct second_waiting_row *w)
{
    struct str secret = cookie_get(rq->cookie, "nuan");
    return secret.n && second_waiting(rq->db, w, secret_hash(rq->arena, secret), instant_now(), today());
}

static enum http
ask_with(struct rq *rq, const char *why)
{
    struct second_waiting_row w;
    if (!waiting(rq, &w)) return rq_redirect(rq, "/login");
    return login_draw(rq, &(struct login_page){ .next = rq_param(rq, "next"), .why = why, .second = true });
}

static enum http
ask(struct rq *rq)
{
    return ask_with(rq, NULL);
}

static enum http
redraw(struct rq *rq)
{
    return ask_with(rq, T("请输入验证码。"));
}

static enum http
sign_in(struct rq *rq)
{
    const struct code_form *in = rq->form;
    struct second_waiting_row w;
    struct str next = rq_param(rq, "next");
    const char *why;
    if (!waiting(rq, &w)) return rq_redirect(rq, "/login");
    if (limit_over("second", rq->ip, PER_MINUTE)) return rq_fail(rq, HTTP_TOO_MANY, T("尝试次数过多，请一分钟后再试。"));
    if (!accept(rq, w.account, in->code, true, &why)) {
        audit_note(rq, id_area(w.unit.v), "second_failed", "account", w.account.v, NULL, NO_STR);
        ask_with(rq, why);
        return HTTP_INVALID;
    }
    limit_forgive("second", rq->ip);
    session_drop(rq, w.session, w.account);
    session_start(rq, w.account);                       /* a new secret: the old cookie opens nothing */
    rq->who = (struct who){ .user = w.account, .name = w.name };
    audit_note(rq, id_area(w.unit.v), "sign_in", "account", w.account.v, NULL, NO_STR);
    return rq_local(next) ? rq_redirect(rq, "%.*s", FMT(next)) : rq_redirect(rq, "/");
}

const struct route second_routes[] = {
    GET("/login/second", MAY_PUBLIC, ask, .title = T("两步验证")),
    POST("/login/second", MAY_PUBLIC, sign_in, .form = &login_code_form, .redraw = redraw, .title = T("两步验证")),
    GET("/me/second", MAY_LOGIN, page, .title = T("两步验证")),
    POST("/me/second/begin", MAY_LOGIN, begin, .form = &no_fields, .title = T("开启两步验证")),
    POST("/me/second/confirm", MAY_LOGIN, confirm, .form = &code_form, .redraw = page, .title = T("确认两步验证")),
    POST("/me/second/off", MAY_LOGIN, off, .form = &code_form, .redraw = page, .title = T("关闭两步验证")),
};
const size_t second_routes_n = COUNT(second_routes);
