/* A mandatory report on paper 强制报告单, as PDF, for the authority that receives it.  Who noticed the need is not on it. */
#include "paper/letterhead.h"
#include "paper/print.h"
#include "audit/disclose.h"
#include "report/report_views.h"

static struct str
at_text(struct arena *a, struct instant at)
{
    char text[24];
    return instant_known(at) ? str_fmt(a, "%.*s", (int)instant_print(at, text), text) : STR("");
}

static void
duty(struct press *p, struct rq *rq, const struct report *o)
{
    const struct report_get_row *r = &o->r;
    print_pairs(p, tr(rq->lang, T("报告单位")), r->unit_name, tr(rq->lang, T("报告人")), r->owner_name);
    print_pair(p, tr(rq->lang, T("报告类别")), str_of(report_duty_label(r->duty, rq->lang)));
    print_pair(p, tr(rq->lang, T("依据")), str_of(codes_text(o->duty, rq->lang == LANG_EN ? "basis_en" : "basis")));
    print_pair(p, tr(rq->lang, T("接收部门")), str_fmt(rq->arena, "%s %.*s %.*s", code_of("report_receiver", r->receiver, rq->lang),
                                                       FMT(r->receiver_unit), FMT(r->receiver_person)));
}

static void
facts(struct press *p, struct rq *rq, const struct report *o)
{
    const struct report_get_row *r = &o->r;
    print_pairs(p, tr(rq->lang, T("当事人")), doc_text(o->content, "name"), tr(rq->lang, T("发现时间")), at_text(rq->arena, r->found_at));
    if (r->situations.n) print_pair(p, tr(rq->lang, T("侵害情形")), codes_joined(rq->arena, rq->lang, "minor_harm", r->situations));
    print_pair(p, tr(rq->lang, T("报告内容")), doc_text(o->content, "facts"));
    print_pairs(p, tr(rq->lang, T("报告时间")), at_text(rq->arena, r->reported_at), tr(rq->lang, T("报告方式")),
                str_of(code_of("report_way", r->way, rq->lang)));
    print_pairs(p, tr(rq->lang, T("回执编号")), r->receipt, tr(rq->lang, T("同时报告")), codes_joined(rq->arena, rq->lang, "report_receiver", r->also));
    print_sign(p, tr(rq->lang, T("接收人签名")), STR(""));
}

/* For the authority; the row is seen by those who are named on the person. */
static void
note_given(struct rq *rq, const struct report *o)
{
    const struct report_get_row *r = &o->r;
    struct disclosure *d = NEW(rq->arena, struct disclosure, 1);
    *d = (struct disclosure){ .unit = r->unit, .person = r->person, .case_ = r->case_, .kind = "authority", .level = 4,
        .receiver = str_fmt(rq->arena, "%s %.*s", code_of("report_receiver", r->receiver, LANG_ZH), FMT(r->receiver_unit)),
        .contact = r->receiver_person, .fields = str_of(tr(LANG_ZH, T("强制报告单"))), .purpose = str_of(report_duty_label(r->duty, LANG_ZH)),
        .basis = str_of(codes_text(o->duty, "basis")), .told_on = NO_DATE };
    disclosure_note_given(rq, d);
}

static enum http
slip(struct rq *rq)
{
    const struct report *o = report_of(rq);
    struct letterhead h = letterhead(rq->db, o->r.unit);
    struct str title = str_of(tr(rq->lang, T("强制报告单")));
    struct press *p = press_open(rq->arena, rq->lang, title, letterhead_foot(rq));
    press_begin(p, &(struct press_sheet){ .heading = h.heading, .title = title, .mark = str_of(report_state_label(o->r.state, rq->lang)), .number = o->r.no });
    duty(p, rq, o);
    facts(p, rq, o);
    press_text(p, str_of(tr(rq->lang, T("发现人的信息依法保密，不在本单载明。"))), 9, false, false);
    press_seal(p, h.seal);
    if (!press_write(p, &rq->body)) return HTTP_ERROR;
    rq->type = STR("application/pdf");
    rq->download = str_fmt(rq->arena, "%.*s.pdf", FMT(o->r.no));
    note_given(rq, o);
    rq_note_read(rq, "report", o->r.id.v, "pdf");
    return HTTP_OK;
}

const struct route report_slip_routes[] = {
    GET("/reports/:report/pdf", REPORT_READ, slip, .scope = report_scope, .title = T("打印 PDF"), .slow = true),
};
const size_t report_slip_routes_n = COUNT(report_slip_routes);
