/* The steps of a referral by hand: sent, received, refused, answered for an agency, feedback, closed, withdrawn. */
#include "audit/audit.h"
#include "referral/referral_views.h"

struct send { struct str sign; };
static const struct field send_fields[] = { FIELD_SIGN(struct send, sign, "转出人签名", .required = true, .wide = true) };
const struct form referral_send_form = FORM(struct send, send_fields);

struct refuse { struct str reason; };
static const struct field refuse_fields[] = { FIELD_LONG(struct refuse, reason, "不接收的原因", .required = true, .max = 1000) };
const struct form referral_refuse_form = FORM(struct refuse, refuse_fields);

/* What an agency without an account told the worker who asked it. */
struct told { struct str decision, by, reason; };
static const struct choice decisions[] = { { "accept", T("接收"), NULL }, { "refuse", T("不接收"), NULL } };
static const struct field told_fields[] = {
    FIELD_CHOICE(struct told, decision, decisions, "接收意见", .required = true),
    FIELD_TEXT(struct told, by, "答复人", .required = true, .max = 60),
    FIELD_LONG(struct told, reason, "说明", .max = 1000),
};
static bool
told_check(struct rq *rq, void *form)
{
    const struct told *in = form;
    if (str_is(in->decision, "refuse") && in->reason.n == 0) rq_invalid(rq, "reason", T("不接收须写明原因。"));
    return rq->errors == NULL;
}
const struct form referral_answer_form = FORM_CHECKED(struct told, told_fields, told_check);

struct feedback { struct str text; };
static const struct field feedback_fields[] = { FIELD_LONG(struct feedback, text, "服务反馈", .required = true, .max = 3000,
    .help = "转出方会看到这段文字；不要写个案记录的内容。") };
const struct form referral_feedback_form = FORM(struct feedback, feedback_fields);

struct ending { struct str note; };
static const struct field ending_fields[] = { FIELD_TEXT(struct ending, note, "说明", .max = 300) };
const struct form referral_close_form = FORM(struct ending, ending_fields);
static const struct field withdraw_fields[] = { FIELD_TEXT(struct ending, note, "撤回原因", .required = true, .max = 300) };
static const struct form withdraw_form = FORM(struct ending, withdraw_fields);

bool
referral_complete(const struct referral *f)
{
    const struct referral_get_row *r = &f->r;
    return r->reason.n && r->services.n && r->service_class.n && (r->to_unit.v || (r->to_org.n && r->to_person.n));
}

static enum http
not_now(struct rq *rq)
{
    return rq_fail(rq, HTTP_CONFLICT, T("当前状态不能进行此操作。"));
}

static enum http
done(struct rq *rq, const struct referral *f, const char *what)
{
    return rq_done(rq, what, "/referrals/%lld", (long long)f->r.id.v);
}

/* What goes to another station or agency has left the house: the register says so. */
void
referral_note_sent(struct rq *rq, const struct referral *f)
{
    const struct referral_get_row *r = &f->r;
    if (r->to_unit.v == r->from_unit.v) return;
    disclosure_note(rq, &(struct disclosure){ .unit = r->from_unit, .person = r->person, .case_ = r->case_, .referral = r->id, .kind = "referral",
        .level = r->level, .receiver = referral_receiver(rq->arena, r), .contact = r->to_phone, .fields = r->fields, .consent = r->consent,
        .purpose = services_text(rq->arena, LANG_ZH, r->services), .basis = agreed_text(rq->arena, LANG_ZH, r), .told_on = r->consent_on });
}

/* The receiver gets the facts of today in the fields that the client agreed to. */
static enum http
send(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    const struct send *in = rq->form;
    if (!f->sends || f->r.from_unit.v == 0) return HTTP_FORBIDDEN;
    if (!str_is(f->r.state, "consented")) return not_now(rq);
    if (f->r.withdrawn) return rq_fail(rq, HTTP_CONFLICT, T("服务对象已撤回同意，不能发出。"));
    const char *refused = share_refused(rq, f->r.person, f->r.fields);
    if (refused != NULL) return rq_fail(rq, HTTP_CONFLICT, T("转介单中有您无权提供的信息，请先修改。"));
    const json_t *doc = share_open(rq->arena, f->r.shared);
    struct share_text text = { doc_text(doc, "summary"), doc_text(doc, "done") };
    f->r.shared = share_seal(rq->arena, share_build(rq, f->r.person, f->r.case_, f->r.fields, text));
    if (!referral_send(rq, f, in->sign)) return HTTP_CONFLICT;
    referral_note_sent(rq, f);
    return done(rq, f, T("已发出"));
}

static enum http
receive(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    if (!f->receives) return HTTP_FORBIDDEN;
    return referral_step(rq, f, "received", NO_STR) ? done(rq, f, T("已签收")) : not_now(rq);
}

static enum http
refuse(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    const struct refuse *in = rq->form;
    if (!f->receives) return HTTP_FORBIDDEN;
    return referral_refuse(rq, f, rq->who.user, in->reason, rq->who.name, NO_STR) ? done(rq, f, T("已答复")) : not_now(rq);
}

static enum http
answer(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    const struct told *in = rq->form;
    if (!f->sends || !f->outside) return HTTP_FORBIDDEN;
    bool yes = str_is(in->decision, "accept");
    bool ok = yes ? referral_accept(rq, f, (struct user_id){ 0 }, in->reason, in->by, NO_STR) : referral_refuse(rq, f, (struct user_id){ 0 },
            in->reason, in->by, NO_STR);
    if (ok) link_end_all(rq->db, id_area(f->r.id.v), f->r.id, instant_now());
    return ok ? done(rq, f, T("已记录答复")) : not_now(rq);
}

/* By who serves; for an agency outside by who asked it. */
static enum http
feedback(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    const struct feedback *in = rq->form;
    if (!f->receives && !(f->outside && f->sends)) return HTTP_FORBIDDEN;
    return referral_feedback(rq, f, in->text) ? done(rq, f, T("已反馈")) : not_now(rq);
}

static enum http
finish(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    const struct ending *in = rq->form;
    bool by_us = f->r.from_unit.v == 0 && f->receives && !str_is(f->r.source, "clerk");       /* nobody outside will do it */
    if (!f->sends && !by_us) return HTTP_FORBIDDEN;
    if (!referral_step(rq, f, "closed", in->note)) return not_now(rq);
    link_end_all(rq->db, id_area(f->r.id.v), f->r.id, instant_now());
    return done(rq, f, T("已办结"));
}

/* Before the answer, the sender may take it back; a link that is out there opens nothing any more. */
static enum http
withdraw(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    const struct ending *in = rq->form;
    struct casefile k;
    if (!f->sends) return HTTP_FORBIDDEN;
    if (!referral_step(rq, f, "withdrawn", in->note)) return not_now(rq);
    link_end_all(rq->db, id_area(f->r.id.v), f->r.id, instant_now());
    if (f->r.case_.v && case_load(rq, id_area(f->r.case_.v), f->r.case_, &k) && str_is(k.c.state, "referred_out"))
        case_enter(rq, &k, STR("intake"), in->note);
    return done(rq, f, T("已撤回"));
}

const struct route act_routes[] = {
    POST("/referrals/:referral/send", CASE_WRITE, send, .scope = referral_scope, .form = &referral_send_form, .redraw = referral_show, .title = T("发出转介")),
    POST("/referrals/:referral/receive", CASE_WRITE, receive, .scope = referral_scope, .form = &no_fields, .title = T("签收转介")),
    POST("/referrals/:referral/refuse", CASE_WRITE, refuse, .scope = referral_scope, .form = &referral_refuse_form, .redraw = referral_show,
         .title = T("不接收转介")),
    POST("/referrals/:referral/answer", CASE_WRITE, answer, .scope = referral_scope, .form = &referral_answer_form, .redraw = referral_show,
         .title = T("记录机构的答复")),
    POST("/referrals/:referral/feedback", CASE_WRITE, feedback, .scope = referral_scope, .form = &referral_feedback_form, .redraw = referral_show,
         .title = T("转介反馈")),
    POST("/referrals/:referral/close", REFERRAL_WRITE, finish, .scope = referral_scope, .form = &referral_close_form, .redraw = referral_show,
         .title = T("办结转介")),
    POST("/referrals/:referral/withdraw", REFERRAL_WRITE, withdraw, .scope = referral_scope, .form = &withdraw_form, .redraw = referral_show,
         .title = T("撤回转介")),
};
const size_t act_routes_n = COUNT(act_routes);
