/* A referral on paper 转介单, as PDF, for an agency that gets it by hand.  What leaves the house is in the register since it was sent. */
#include "paper/letterhead.h"
#include "paper/print.h"
#include "referral/referral_views.h"

static void
parties(struct press *p, struct rq *rq, const struct referral_get_row *r)
{
    print_pairs(p, tr(rq->lang, T("转出方")), referral_sender(rq->arena, r), tr(rq->lang, T("电话")), r->from_phone);
    print_pairs(p, tr(rq->lang, T("接收方")), referral_receiver(rq->arena, r), tr(rq->lang, T("电话")), r->to_phone);
}

static void
answer(struct press *p, struct rq *rq, const struct referral_get_row *r)
{
    char at[24];
    instant_print(r->decided_at, at);
    const char *word = !instant_known(r->decided_at) ? "" : tr(rq->lang, str_is(r->state, "refused") ? T("不接收") : T("接收"));
    print_band(p, str_of(tr(rq->lang, T("接收意见"))));
    print_pairs(p, tr(rq->lang, T("接收意见")), str_fmt(rq->arena, "%s %s", word, at), tr(rq->lang, T("经办人")), r->answered_by);
    print_pair(p, tr(rq->lang, T("原因")), r->decision_reason);
    print_sign(p, tr(rq->lang, T("接收人签名")), r->sign_to);
}

/* A paper for another house; between workers of one station nothing leaves it. */
static void
note_given(struct rq *rq, const struct referral_get_row *r)
{
    struct disclosure *d = NEW(rq->arena, struct disclosure, 1);
    struct str agreed = agreed_text(rq->arena, LANG_ZH, r);
    if (r->to_unit.v == r->from_unit.v) return;
    *d = (struct disclosure){ .unit = r->from_unit.v ? r->from_unit : r->to_unit, .person = r->person, .case_ = r->case_, .referral = r->id, .kind = "print",
        .level = r->level, .receiver = referral_receiver(rq->arena, r), .contact = r->to_phone, .fields = r->fields, .consent = r->consent,
        .purpose = str_of(tr(LANG_ZH, T("转介单"))), .basis = agreed.n ? agreed : str_of(tr(LANG_ZH, T("打印时尚未取得同意"))),
        .told_on = r->consent_on };
    disclosure_note_given(rq, d);
}

static enum http
slip(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    const struct referral_get_row *r = &f->r;
    struct referral_page v;
    if (!f->reads) return HTTP_NOT_FOUND;
    referral_page_fill(rq, f, &v);
    struct letterhead h = letterhead(rq->db, r->from_unit.v ? r->from_unit : r->to_unit);
    struct str title = str_of(tr(rq->lang, T("转介单")));
    struct press *p = press_open(rq->arena, rq->lang, title, letterhead_foot(rq));
    press_begin(p, &(struct press_sheet){ .heading = h.heading, .title = title, .mark = str_of(referral_state_label(r->state, rq->lang)), .number = r->no });
    parties(p, rq, r);
    print_band(p, str_of(tr(rq->lang, T("提供的信息"))));
    for (size_t i = 0; i < v.shared_n; i++) print_pair(p, v.shared[i].label, v.shared[i].text);
    print_band(p, str_of(tr(rq->lang, T("转介内容"))));
    print_pair(p, tr(rq->lang, T("转介原因")), str_fmt(rq->arena, "%s %.*s", code_of("referral_reason", r->reason, rq->lang), FMT(r->reason_note)));
    print_pair(p, tr(rq->lang, T("期望服务")), v.services);
    print_pairs(p, tr(rq->lang, T("服务类型")), str_of(code_of("referral_class", r->service_class, rq->lang)), tr(rq->lang, T("紧急程度")),
                str_of(urgency_label(r->urgency, rq->lang)));
    print_pair(p, tr(rq->lang, T("服务对象的同意")), v.agreed);
    print_sign(p, tr(rq->lang, T("转出人签名")), r->sign_from);
    answer(p, rq, r);
    press_seal(p, h.seal);
    if (!press_write(p, &rq->body)) return HTTP_ERROR;
    rq->type = STR("application/pdf");
    rq->download = str_fmt(rq->arena, "%.*s.pdf", FMT(r->no));
    note_given(rq, r);
    rq_note_read(rq, "referral", r->id.v, "pdf");
    return HTTP_OK;
}

const struct route slip_routes[] = {
    GET("/referrals/:referral/pdf", REFERRAL_READ, slip, .scope = referral_scope, .title = T("打印 PDF"), .slow = true),
};
const size_t slip_routes_n = COUNT(slip_routes);
