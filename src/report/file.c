/* The steps of a mandatory report: opened by hand, filed, answered, followed up; not reported with the head's approval; closed. */
#include "audit/audit.h"
#include "auth/session.h"
#include "inbox/inbox.h"
#include "report/report_html.h"
#include "report/report_views.h"

/* ---- Filing ---- */

struct filing {
    struct str way, receiver, receiver_unit, receiver_person, receipt, also, situations, facts, told, told_why;
    struct instant reported;
};
static const struct choice told[] = {
    { "yes", T("已告知"), NULL }, { "danger", T("未告知：告知会增加危险"), NULL }, { "no", T("未告知：其他原因"), NULL },
};
static const struct field file_fields[] = {
    FIELD_TIME(struct filing, reported, "报告时间", .required = true),
    FIELD_CODE(struct filing, way, "report_way", "报告方式", .required = true),
    FIELD_OFFERED(struct filing, receiver, "接收部门", .required = true),
    FIELD_TEXT(struct filing, receiver_unit, "接收单位", .required = true, .max = 120, .help = "例如派出所的名称。"),
    FIELD_TEXT(struct filing, receiver_person, "接收人", .max = 60),
    FIELD_TEXT(struct filing, receipt, "回执编号", .max = 60, .help = "接处警编号或收文编号；没有时可以以后补记。"),
    FIELD_CODES(struct filing, also, "report_receiver", "同时报告", .wide = true),
    FIELD_CODES(struct filing, situations, "minor_harm", "侵害情形", .wide = true, .help = "侵害未成年人的报告必须选择。"),
    FIELD_LONG(struct filing, facts, "报告内容", .required = true, .max = 4000, .help = "写明人员、时间、地点和情况；不写是谁发现的。"),
    FIELD_CHOICE(struct filing, told, told, "是否告知服务对象", .required = true),
    FIELD_TEXT(struct filing, told_why, "未告知的说明", .max = 300, .if_field = "told", .if_values = "no", .required_if_shown = true),
};
static bool file_check(struct rq *rq, void *form);
const struct form report_file_form = FORM_CHECKED(struct filing, file_fields, file_check);

struct note { struct str text; };
struct follow { struct str kind, text; };
static const struct choice follow_kinds[] = { { "answer", T("接收部门答复"), NULL }, { "follow", T("后续措施"), NULL } };
static const struct field follow_fields[] = {
    FIELD_CHOICE(struct follow, kind, follow_kinds, "内容类型", .required = true),
    FIELD_LONG(struct follow, text, "答复或措施的内容", .required = true, .max = 3000),
};
const struct form report_follow_form = FORM(struct follow, follow_fields);
static const struct field waive_fields[] = { FIELD_LONG(struct note, text, "不报告的理由", .required = true, .max = 1000) };
const struct form report_waive_form = FORM(struct note, waive_fields);
static const struct field receipt_fields[] = { FIELD_TEXT(struct note, text, "回执编号", .required = true, .max = 60) };
const struct form report_receipt_form = FORM(struct note, receipt_fields);

struct decide { struct str decision, text; };
static const struct choice decisions[] = { { "waived", T("同意不报告"), NULL }, { "open", T("不同意，须报告"), NULL } };
static const struct field decide_fields[] = {
    FIELD_CHOICE(struct decide, decision, decisions, "审批意见", .required = true),
    FIELD_LONG(struct decide, text, "说明", .max = 1000),
};
const struct form report_decide_form = FORM(struct decide, decide_fields);

struct naming { struct user_id account; };
static const struct field name_fields[] = { FIELD_ID(struct naming, account, user_id, F_STAFF, "知情人", .required = true) };
const struct form report_name_form = FORM(struct naming, name_fields);

/* The receivers that the text of the law gives for this duty. */
static const struct choice *
receivers(struct rq *rq, const struct report *p, size_t *n)
{
    size_t all_n, kept = 0;
    const struct code_entry *all = codes_entries(codes_table("report_receiver"), &all_n);
    struct choice *some = NEW(rq->arena, struct choice, all_n + 1);
    for (size_t i = 0; i < all_n; i++)
        if (codes_has(p->duty, "receivers", all[i].code.p)) some[kept++] = (struct choice){ all[i].code.p, all[i].zh, all[i].en };
    *n = kept;
    return some;
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    const struct report *p = from->arg;
    struct rq *rq = p->rq;
    struct report_nameable_row *rows;
    if (f->kind != F_STAFF) return receivers(rq, p, n);
    *n = report_nameable(rq->db, &rows, p->r.unit);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
    return all;
}

void
report_file_fill(struct rq *rq, const struct report *p, struct form_source *from)
{
    struct filing *fresh = NEW(rq->arena, struct filing, 1);
    *fresh = (struct filing){ .reported = instant_now(), .receiver = STR("police"), .way = STR("110"), .situations = p->r.situations,
                              .facts = doc_text(p->content, "facts") };
    *from = (struct form_source){ .rq = rq, .values = fresh, .choices = offered, .arg = (void *)(uintptr_t)p };
}

static bool
file_check(struct rq *rq, void *form)
{
    const struct filing *in = form;
    const struct report *p = report_of(rq);
    if (in->receiver.n && !codes_has(p->duty, "receivers", str_z(rq->arena, in->receiver))) rq_invalid(rq, "receiver", T("请从列表中选择。"));
    if (codes_flag(p->duty, "situations") && in->situations.n == 0) rq_invalid(rq, "situations", T("请选择侵害情形。"));
    if (instant_known(in->reported) && in->reported.ms > instant_now().ms + 60000) rq_invalid(rq, "reported", T("不能晚于现在。"));
    if (instant_known(in->reported) && in->reported.ms < p->r.found_at.ms - 60000) rq_invalid(rq, "reported", T("不能早于发现时间。"));
    return rq->errors == NULL;
}

/* ---- The steps ---- */

static enum http
not_now(struct rq *rq)
{
    return rq_fail(rq, HTTP_CONFLICT, T("当前状态不能进行此操作。"));
}

static enum http
done(struct rq *rq, const struct report *p, const char *what)
{
    return rq_done(rq, what, "/reports/%lld", (long long)p->r.id.v);
}

static void
audited(struct rq *rq, const struct report *p, const char *to)
{
    struct audit_changes changes = { 0 };
    audit_changed(&changes, rq->arena, "state", p->r.state, str_of(to));
    audit_note(rq, id_area(p->r.id.v), "state", "report", p->r.id.v, &changes, NO_STR);
}

static bool
acts(struct rq *rq, const struct report *p)
{
    return may(rq, REPORT_WRITE) && (p->owner || p->head || p->r.named);
}

static enum http
file(struct rq *rq)
{
    struct report *p = report_of(rq);
    const struct filing *in = rq->form;
    json_t *content = told_new(rq->arena);
    if (!acts(rq, p)) return HTTP_FORBIDDEN;
    told_put(content, "name", doc_text(p->content, "name"));
    told_put(content, "facts", in->facts);
    size_t kept = report_file(rq->db, .area = id_area(p->r.id.v), .id = p->r.id, .content = told_seal(rq->arena, content),
        .situations = in->situations.n ? in->situations : NO_STR, .reported_at = in->reported, .way = in->way, .receiver = in->receiver,
        .receiver_unit = in->receiver_unit, .receiver_person = in->receiver_person, .receipt = in->receipt.n ? in->receipt : NO_STR,
        .also = in->also.n ? in->also : NO_STR, .told = in->told, .told_why = in->told_why);
    if (kept == 0) return not_now(rq);
    report_log(rq, p->r.id.v, "reported", in->receiver, NO_STR, true);
    audited(rq, p, "reported");
    return done(rq, p, T("已记录报告"));
}

static enum http
receipt(struct rq *rq)
{
    struct report *p = report_of(rq);
    const struct note *in = rq->form;
    if (!acts(rq, p)) return HTTP_FORBIDDEN;
    if (report_set_receipt(rq->db, id_area(p->r.id.v), p->r.id, in->text) == 0) return not_now(rq);
    report_log(rq, p->r.id.v, "receipt", NO_STR, in->text, true);
    audit_note(rq, id_area(p->r.id.v), "change", "report", p->r.id.v, NULL, NO_STR);
    return done(rq, p, T("已保存"));
}

static enum http
follow(struct rq *rq)
{
    struct report *p = report_of(rq);
    const struct follow *in = rq->form;
    if (!acts(rq, p)) return HTTP_FORBIDDEN;
    if (!str_is(p->r.state, "reported") && !str_is(p->r.state, "closed")) return not_now(rq);
    report_log(rq, p->r.id.v, str_z(rq->arena, in->kind), NO_STR, in->text, true);
    audit_note(rq, id_area(p->r.id.v), "change", "report", p->r.id.v, NULL, NO_STR);
    return done(rq, p, T("已保存"));
}

static enum http
line(struct rq *rq)
{
    struct report *p = report_of(rq);
    if (!acts(rq, p)) return HTTP_FORBIDDEN;
    line_set(rq, p->r.id.v);
    return done(rq, p, T("已保存"));
}

/* "不报告" needs a reason and the head's approval, and is never possible where a minor is harmed. */
static enum http
ask_waiver(struct rq *rq)
{
    struct report *p = report_of(rq);
    const struct note *in = rq->form;
    if (!acts(rq, p)) return HTTP_FORBIDDEN;
    if (report_minor(p) || !codes_flag(p->duty, "waivable")) return rq_fail(rq, HTTP_CONFLICT, T("侵害未成年人的情形必须报告。"));
    if (report_ask_waiver(rq->db, id_area(p->r.id.v), p->r.id, in->text) == 0) return not_now(rq);
    report_log(rq, p->r.id.v, "asked", NO_STR, in->text, true);
    audited(rq, p, "waiting");
    inbox_tell(rq, &(struct inbox_news){ "waiver", "report", p->r.id.v, p->r.no, p->r.unit }, NULL, 0, true);
    return done(rq, p, T("已提交站长审批"));
}

/* Nobody approves what he asked for himself. */
static enum http
decide(struct rq *rq)
{
    struct report *p = report_of(rq);
    const struct decide *in = rq->form;
    bool waived = str_is(in->decision, "waived");
    if (!p->head || (p->owner && waived)) return HTTP_FORBIDDEN;
    size_t kept = report_decide(rq->db, .area = id_area(p->r.id.v), .id = p->r.id, .state = in->decision, .me = rq->who.user, .at = instant_now(),
                                .answer = in->text.n ? in->text : NO_STR, .due_at = waived ? NO_TIME : p->r.due_at);
    if (kept == 0) return not_now(rq);
    report_log(rq, p->r.id.v, waived ? "waived" : "refused", NO_STR, in->text, true);
    audited(rq, p, waived ? "waived" : "open");
    inbox_tell(rq, &(struct inbox_news){ waived ? "waived" : "duty", "report", p->r.id.v, p->r.no, p->r.unit },
               &p->r.owner, 1, false);
    return done(rq, p, T("已审批"));
}

static enum http
name(struct rq *rq)
{
    struct report *p = report_of(rq);
    const struct naming *in = rq->form;
    struct report_nameable_row *rows;
    size_t n = report_nameable(rq->db, &rows, p->r.unit);
    bool known = false;
    for (size_t i = 0; i < n; i++) known = known || rows[i].id.v == in->account.v;
    if (!p->head) return HTTP_FORBIDDEN;
    if (!known) return rq_invalid(rq, "account", T("请从列表中选择。"));
    report_name(rq->db, .area = id_area(p->r.id.v), .id = p->r.id, .account = in->account, .at = instant_now(), .me = rq->who.user);
    report_log(rq, p->r.id.v, "named", NO_STR, NO_STR, true);
    audit_note(rq, id_area(p->r.id.v), "name", "report", p->r.id.v, NULL, str_fmt(rq->arena, "%lld", (long long)in->account.v));
    inbox_tell(rq, &(struct inbox_news){ "named", "report", p->r.id.v, p->r.no, p->r.unit }, &in->account, 1, false);
    return done(rq, p, T("已指定"));
}

static enum http
finish(struct rq *rq)
{
    struct report *p = report_of(rq);
    if (!acts(rq, p)) return HTTP_FORBIDDEN;
    if (!str_is(p->r.state, "reported")) return not_now(rq);
    if (lines_left(rq, p->r.id.v)) return rq_fail(rq, HTTP_CONFLICT, T("还有响应措施没有办理，请先标明已完成或不需要。"));
    report_close(rq->db, id_area(p->r.id.v), p->r.id, instant_now());
    report_log(rq, p->r.id.v, "closed", NO_STR, NO_STR, true);
    audited(rq, p, "closed");
    return done(rq, p, T("已办结"));
}

/* ---- By hand, out of a case ---- */

struct opening { struct str duty, facts; struct instant found; };
static const struct field open_fields[] = {
    FIELD_CODE(struct opening, duty, "report_duty", "报告类别", .required = true),
    FIELD_TIME(struct opening, found, "发现时间", .required = true, .help = "报告时限从发现时起算。"),
    FIELD_LONG(struct opening, facts, "看到或听到的情况", .required = true, .max = 3000),
};
static const struct form open_form = FORM(struct opening, open_fields);

static enum http
add(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    struct opening *fresh = NEW(rq->arena, struct opening, 1);
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    *fresh = (struct opening){ .found = instant_now() };
    rq->title = str_of(tr(rq->lang, T("登记强制报告")));
    struct form_source from = { .rq = rq, .values = fresh };
    report_open_page(&rq->body, &open_form, from, url_fmt(rq->arena, "/cases/%lld", (long long)k->c.id.v));
    return HTTP_OK;
}

static enum http
create(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct opening *in = rq->form;
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (in->found.ms > instant_now().ms + 60000) return rq_invalid(rq, "found", T("不能晚于现在。"));
    struct report_id id = report_begin(rq, &(struct report_begin){ .unit = k->c.unit, .owner = rq->who.user, .opened_by = "hand",
        .duty = str_z(rq->arena, in->duty), .case_ = k->c.id, .person = k->c.person, .found = in->found, .name = k->c.name, .facts = in->facts,
        .profile = k->profile });
    return rq_done(rq, T("已登记"), "/reports/%lld", (long long)id.v);
}

const struct route file_routes[] = {
    GET("/cases/:case/report", CASE_WRITE, add, .scope = case_scope, .title = T("登记强制报告")),
    POST("/cases/:case/report", CASE_WRITE, create, .scope = case_scope, .form = &open_form, .redraw = add, .title = T("登记强制报告")),
    POST("/reports/:report/file", REPORT_WRITE, file, .scope = report_scope, .form = &report_file_form, .redraw = report_show,
         .title = T("记录报告")),
    POST("/reports/:report/receipt", REPORT_WRITE, receipt, .scope = report_scope, .form = &report_receipt_form, .redraw = report_show,
         .title = T("补记回执编号")),
    POST("/reports/:report/follow", REPORT_WRITE, follow, .scope = report_scope, .form = &report_follow_form, .redraw = report_show,
         .title = T("后续措施")),
    POST("/reports/:report/line", REPORT_WRITE, line, .scope = report_scope, .form = &line_form, .redraw = report_show,
         .title = T("响应措施")),
    POST("/reports/:report/waive", REPORT_WRITE, ask_waiver, .scope = report_scope, .form = &report_waive_form, .redraw = report_show,
         .title = T("申请不报告")),
    POST("/reports/:report/decide", REPORT_APPROVE, decide, .scope = report_scope, .form = &report_decide_form, .redraw = report_show,
         .title = T("审批不报告")),
    POST("/reports/:report/name", REPORT_APPROVE, name, .scope = report_scope, .form = &report_name_form, .redraw = report_show,
         .title = T("指定知情人")),
    POST("/reports/:report/close", REPORT_WRITE, finish, .scope = report_scope, .form = &no_fields, .title = T("办结强制报告")),
};
const size_t file_routes_n = COUNT(file_routes);
