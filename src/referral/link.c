/* An agency without an account answers through a link and a code that came another way.  The address says nothing, the database
 * keeps only hashes of both, and what can be seen is what was shared with this agency. */
#include "audit/audit.h"
#include "auth/limit.h"
#include "auth/session.h"
#include "http/params.h"
#include "referral/link_html.h"
#include "referral/referral_views.h"
#include "seal/seal.h"
#include <sodium.h>

#define SEAL_LINK "referral.link"

enum { TRIES = 5, PER_MINUTE = 30, VISIT_MS = 30 * 60 * 1000 };

/* Somebody at the door: the link, its referral, and whether he gave the code already. */
struct visit { int64_t area; struct link_find_row l; struct referral f; bool opened; };

/* What the hash of a code is bound to.  Six digits are few: the key outside of the database makes the hash worth nothing without it. */
static struct str
code_text(struct arena *a, struct str token_hash, struct str code)
{
    return str_fmt(a, "%.*s %.*s", FMT(token_hash), FMT(code));
}

/* "350424-SECRET": the county finds the shard. */
static struct str
token_new(struct arena *a, struct referral_id id)
{
    return str_fmt(a, "%lld-%.*s", (long long)id_area(id.v), FMT(secret_new(a)));
}

static bool
find(struct rq *rq, struct str token, struct visit *v)
{
    struct str rest = token, county = str_cut(&rest, '-');
    return str_int(county, &v->area) && link_find(rq->db, &v->l, v->area, secret_hash(rq->arena, token));
}

static bool
same(struct str a, struct str b)
{
    return a.n == b.n && a.n > 0 && sodium_memcmp(a.p, b.p, a.n) == 0;
}

/* ---- Made by the worker who refers ---- */

static enum http
make(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    bool out_there = instant_known(f->r.sent_at) && !instant_known(f->r.closed_at) && !str_is(f->r.state, "refused");
    if (!f->sends || !f->outside) return HTTP_FORBIDDEN;
    if (!out_there || f->r.withdrawn) return rq_fail(rq, HTTP_CONFLICT, T("转介发出后才能生成链接。"));
    int64_t area = id_area(f->r.id.v), days = profile_param(f->profile, "referral_link_days", 14);
    struct link_page v = { .rq = rq, .f = f, .token = token_new(rq->arena, f->r.id), .code = str_fmt(rq->arena, "%06u", randombytes_uniform(1000000)) };
    struct str token = secret_hash(rq->arena, v.token);
    v.expires = (struct instant){ instant_now().ms + days * 86400000 };
    link_end_all(rq->db, area, f->r.id, instant_now());
    link_insert(rq->db, .area = area, .id = { id_next(area) }, .referral = f->r.id, .token = token,
                .code = seal_hash(rq->arena, SEAL_LINK, code_text(rq->arena, token, v.code)),
                .at = instant_now(), .by = rq->who.user, .expires = v.expires);
    referral_event(rq, f, "link", NO_STR);
    audit_note(rq, area, "link", "referral", f->r.id.v, NULL, NO_STR);
    rq->title = str_of(tr(rq->lang, T("一次性链接")));
    link_made_page(&rq->body, &v);                      /* shown this once: it cannot be read back */
    return HTTP_OK;
}

static enum http
end(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    if (!f->sends || !f->outside) return HTTP_FORBIDDEN;
    link_end_all(rq->db, id_area(f->r.id.v), f->r.id, instant_now());
    audit_note(rq, id_area(f->r.id.v), "link_end", "referral", f->r.id.v, NULL, NO_STR);
    return rq_done(rq, T("链接已停用"), "/referrals/%lld", (long long)f->r.id.v);
}

/* ---- Open to whoever has it ---- */

struct code_form { struct str code; };
static const struct field code_fields[] = { FIELD_TEXT(struct code_form, code, "验证码", .required = true, .max = 12) };
static const struct form code_form = FORM(struct code_form, code_fields);

struct answer { struct str decision, by, reason; };
static const struct choice decisions[] = { { "accept", T("接收"), NULL }, { "refuse", T("不接收"), NULL } };
static const struct field answer_fields[] = {
    FIELD_CHOICE(struct answer, decision, decisions, "接收意见", .required = true),
    FIELD_TEXT(struct answer, by, "您的姓名", .required = true, .max = 60),
    FIELD_LONG(struct answer, reason, "说明", .max = 1000, .help = "不接收的，请写明原因。"),
};
static bool
answer_check(struct rq *rq, void *form)
{
    const struct answer *in = form;
    if (str_is(in->decision, "refuse") && in->reason.n == 0) rq_invalid(rq, "reason", T("不接收须写明原因。"));
    return rq->errors == NULL;
}
static const struct form answer_form = FORM_CHECKED(struct answer, answer_fields, answer_check);

struct feedback { struct str by, text; };
static const struct field feedback_fields[] = {
    FIELD_TEXT(struct feedback, by, "您的姓名", .required = true, .max = 60),
    FIELD_LONG(struct feedback, text, "服务反馈", .required = true, .max = 3000),
};
static const struct form feedback_form = FORM(struct feedback, feedback_fields);

/* Unknown, expired, ended, taken back, consent withdrawn: one answer for all. */
static bool
scope(struct rq *rq)
{
    struct visit *v = NEW(rq->arena, struct visit, 1);
    struct str cookie = cookie_get(rq->cookie, "visit");
    struct instant now = instant_now();
    if (!find(rq, rq->words[0], v) || v->l.expires.ms < now.ms) return false;
    if (!referral_load(rq, v->l.referral, &v->f) || v->f.r.withdrawn) return false;
    if (instant_known(v->f.r.closed_at) || str_is(v->f.r.state, "refused")) return false;
    v->opened = cookie.n && instant_known(v->l.visit_until) && v->l.visit_until.ms > now.ms && same(secret_hash(rq->arena, cookie), v->l.visit);
    rq->record = v;
    return true;
}

static enum http
draw(struct rq *rq)
{
    struct visit *v = rq->record;
    struct link_page p = { .rq = rq, .f = &v->f, .token = rq->words[0], .answer = &answer_form, .feedback = &feedback_form };
    rq->bare = true;
    rq->title = str_of(tr(rq->lang, T("转介")));
    if (rq->method == METHOD_GET) session_guest(rq);
    if (!v->opened) {
        if (rq->errors != NULL) p.why = str_of(rq->errors->why);
        link_code_page(&rq->body, &p);
        return HTTP_OK;
    }
    p.shared_n = share_list(rq->arena, rq->lang, v->f.r.fields, share_open(rq->arena, v->f.r.shared), &p.shared);
    p.services = services_text(rq->arena, rq->lang, v->f.r.services);
    link_open_page(&rq->body, &p);
    return HTTP_OK;
}

static enum http
show(struct rq *rq)
{
    if (limit_over("link", rq->ip, PER_MINUTE)) return HTTP_TOO_MANY;
    return draw(rq);
}

/* The house knows nobody here: what happens is done in the name that the agency gives. */
static void
act_as(struct rq *rq, const struct visit *v, struct str name)
{
    rq->who = (struct who){ .name = name.n ? str_fmt(rq->arena, "%.*s · %.*s", FMT(v->f.r.to_org), FMT(name)) : v->f.r.to_org };
}

/* The register: the agency has now seen what was shared. */
static void
note_opened(struct rq *rq, const struct visit *v)
{
    const struct referral_get_row *r = &v->f.r;
    disclosure_note(rq, &(struct disclosure){ .unit = r->from_unit, .person = r->person, .case_ = r->case_, .referral = r->id, .kind = "link",
        .level = r->level, .receiver = referral_receiver(rq->arena, r), .contact = r->to_phone, .fields = r->fields, .consent = r->consent,
        .purpose = services_text(rq->arena, LANG_ZH, r->services), .basis = agreed_text(rq->arena, LANG_ZH, r), .told_on = r->consent_on, .outside = true });
}

static enum http
give_code(struct rq *rq)
{
    struct visit *v = rq->record;
    const struct code_form *in = rq->form;
    struct instant now = instant_now();
    if (limit_over("link", rq->ip, PER_MINUTE)) return HTTP_TOO_MANY;
    act_as(rq, v, NO_STR);
    if (!seal_hash_is(rq->arena, SEAL_LINK, code_text(rq->arena, secret_hash(rq->arena, rq->words[0]), in->code), v->l.code)) {
        bool last = v->l.failed + 1 >= TRIES;
        link_failed(rq->db, v->area, v->l.id, last ? now : NO_TIME);
        audit_note(rq, v->area, last ? "link_locked" : "link_failed", "referral", v->f.r.id.v, NULL, NO_STR);
        rq->keep = true;
        return rq_invalid(rq, "code", last ? T("验证码错误次数过多，链接已失效，请联系转出单位。") : T("验证码不正确。"));
    }
    struct str visit = secret_new(rq->arena);
    link_opened(rq->db, .area = v->area, .id = v->l.id, .at = now, .visit = secret_hash(rq->arena, visit), .until = { now.ms + VISIT_MS });
    note_opened(rq, v);
    if (str_is(v->f.r.state, "sent")) referral_step(rq, &v->f, "received", NO_STR);
    rq_cookie(rq, str_fmt(rq->arena, "visit=%.*s; Path=/r/; Max-Age=1800; HttpOnly; SameSite=Lax", FMT(visit)));
    return rq_redirect(rq, "/r/%.*s", FMT(rq->words[0]));
}

static enum http
answer(struct rq *rq)
{
    struct visit *v = rq->record;
    const struct answer *in = rq->form;
    if (!v->opened) return HTTP_FORBIDDEN;
    act_as(rq, v, in->by);
    bool yes = str_is(in->decision, "accept");
    int64_t days = profile_param(v->f.profile, "referral_feedback_days", 30);
    struct user_id nobody = { 0 };
    bool ok = yes ? referral_accept(rq, &v->f, nobody, in->reason, in->by, NO_STR) : referral_refuse(rq, &v->f, nobody, in->reason, in->by, NO_STR);
    if (!ok) return rq_fail(rq, HTTP_CONFLICT, T("该转介已有答复。"));
    if (yes) link_extend(rq->db, v->area, v->l.id, (struct instant){ instant_now().ms + days * 86400000 });     /* for the feedback */
    else link_end_all(rq->db, v->area, v->f.r.id, instant_now());
    return yes ? rq_redirect(rq, "/r/%.*s", FMT(rq->words[0])) : rq_redirect(rq, "/r/done/thanks");
}

static enum http
feedback(struct rq *rq)
{
    struct visit *v = rq->record;
    const struct feedback *in = rq->form;
    if (!v->opened) return HTTP_FORBIDDEN;
    act_as(rq, v, in->by);
    if (!referral_feedback(rq, &v->f, in->text)) return rq_fail(rq, HTTP_CONFLICT, T("请先答复是否接收。"));
    return rq_redirect(rq, "/r/%.*s", FMT(rq->words[0]));
}

/* Where one is after the last word. */
static enum http
thanks(struct rq *rq)
{
    rq->bare = true;
    rq->title = str_of(tr(rq->lang, T("转介")));
    link_thanks_page(&rq->body, &(struct link_page){ .rq = rq });
    return HTTP_OK;
}

static bool
anybody(struct rq *rq)
{
    (void)rq;                           /* shows nothing but words of thanks */
    return true;
}

const struct route link_routes[] = {
    POST("/referrals/:referral/link", CASE_WRITE, make, .scope = referral_scope, .form = &no_fields, .title = T("生成一次性链接")),
    POST("/referrals/:referral/link/end", CASE_WRITE, end, .scope = referral_scope, .form = &no_fields, .title = T("停用链接")),
    GET("/r/done/thanks", MAY_LINK, thanks, .scope = anybody, .title = T("转介")),
    GET("/r/@token", MAY_LINK, show, .scope = scope, .title = T("转介")),
    POST("/r/@token", MAY_LINK, give_code, .scope = scope, .form = &code_form, .redraw = draw, .title = T("验证码")),
    POST("/r/@token/answer", MAY_LINK, answer, .scope = scope, .form = &answer_form, .redraw = draw, .title = T("机构答复转介")),
    POST("/r/@token/feedback", MAY_LINK, feedback, .scope = scope, .form = &feedback_form, .redraw = draw, .title = T("机构反馈转介")),
};
const size_t link_routes_n = COUNT(link_routes);
