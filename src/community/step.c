/* The steps of a project: the page that asks why, the decision on it, and the log of what was changed. */
#include "audit/audit.h"
#include "community/step_html.h"
#include "community/project_views.h"
#include "page/page.h"

enum { PAGE = 50 };

/* ---- Moving ---- */

struct move_form { struct str to, reason; };
static const struct field move_fields[] = { FIELD_HIDDEN(struct move_form, to) };
static const struct field why_fields[] = {
    FIELD_HIDDEN(struct move_form, to), FIELD_LONG(struct move_form, reason, "原因", .required = true, .max = 2000, .wide = true),
};
static const struct field improved_fields[] = {
    FIELD_HIDDEN(struct move_form, to),
    FIELD_LONG(struct move_form, reason, "改进说明", .required = true, .max = 2000, .wide = true,
               .help = "根据评估情况改进了什么、完善了什么制度；不需要改进的，说明理由。"),
};
static const struct form move_form = FORM(struct move_form, move_fields), why_form = FORM(struct move_form, why_fields),
                         improved_form = FORM(struct move_form, improved_fields);

static const struct form *
form_of(const struct project_step *s)
{
    return !s->reason ? &move_form : strcmp(s->to, "closed") == 0 ? &improved_form : &why_form;
}

static enum http
draw_move(struct rq *rq, const struct project_step *s)
{
    const struct project_get_row *p = project_of(rq);
    struct move_form start = { .to = str_of(s->to) };
    struct project_form_page v = { .p = p, .form = form_of(s), .from = { .values = &start }, .button = s->label };
    v.lacks_n = project_lacks(rq, p, s, &v.lacks);
    v.no_button = v.lacks_n > 0;
    return project_form_draw(rq, &v, s->label);
}

/* The step that is asked for, if it is one from the present state; else the user is told why not. */
static const struct project_step *
step_of(struct rq *rq, enum http *status)
{
    const struct project_get_row *p = project_of(rq);
    const struct project_step *s = project_step(p->state, rq_param(rq, "to"));
    *status = HTTP_OK;
    if (s == NULL) *status = rq_fail(rq, HTTP_CONFLICT, T("项目现在的状态不能这样办理。"));
    else if (!may(rq, s->may)) *status = HTTP_FORBIDDEN;
    return *status == HTTP_OK ? s : NULL;
}

static enum http
move_page(struct rq *rq)
{
    enum http status;
    const struct project_step *s = step_of(rq, &status);
    if (s == NULL) return status;
    return s->decided ? rq_redirect(rq, "/projects/%lld/decide", (long long)project_of(rq)->id.v) : draw_move(rq, s);
}

static enum http
move(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    struct project_lack *list;
    enum http status;
    const struct project_step *s = step_of(rq, &status);
    if (s == NULL) return status;
    if (s->decided) return rq_redirect(rq, "/projects/%lld/decide", (long long)p->id.v);
    if (!form_parse(rq, form_of(s))) return draw_move(rq, s);
    const struct move_form *in = rq->form;
    if (project_lacks(rq, p, s, &list) > 0) {
        rq_invalid(rq, NULL, T("还有没完成的，请先补上。"));
        return draw_move(rq, s);
    }
    if (!project_enter(rq, p, s, in->reason)) return rq_fail(rq, HTTP_CONFLICT, T("项目现在的状态不能这样办理。"));
    return rq_done(rq, T("已办理"), "/projects/%lld", (long long)p->id.v);
}

/* ---- Approval: the decision, and where the plan says so the assessment by a third party before it (SA-16) ---- */

struct decide_form {
    struct str decision;
    struct date on;
    struct str by, no;
    struct money granted;
    struct str third_by;
    struct date third_on;
    struct str third_result;
};
static const struct choice decisions[] = { { "internal", "内部决定", "Internal decision" }, { "purchase", "政府购买", "Purchase" } };
static const struct choice verdicts[] = { { "passed", "通过", "Passed" }, { "conditional", "有条件通过", "Passed with conditions" } };

static bool
third_needed(struct rq *rq)
{
    return str_is(doc_text(project_form_good(rq, project_of(rq)->id, "community_plan"), "third_needed"), "1");
}

static bool
decide_check(struct rq *rq, void *form)
{
    const struct decide_form *in = form;
    bool any = in->third_by.n || date_known(in->third_on) || in->third_result.n;
    if (any || third_needed(rq)) {
        if (in->third_by.n == 0) rq_invalid(rq, "third_by", T("策划书注明需要第三方立项评估，请填写。"));
        if (!date_known(in->third_on)) rq_invalid(rq, "third_on", T("策划书注明需要第三方立项评估，请填写。"));
        if (in->third_result.n == 0) rq_invalid(rq, "third_result", T("策划书注明需要第三方立项评估，请填写。"));
    }
    if (date_known(in->third_on) && date_diff(in->on, in->third_on) < 0) rq_invalid(rq, "on", T("不能早于第三方评估的日期。"));
    if (str_is(in->decision, "purchase") && in->no.n == 0) rq_invalid(rq, "no", T("政府购买的，请填写合同或文件编号。"));
    return rq->errors == NULL;
}
static const struct field decide_fields[] = {
    FIELD_CHOICE(struct decide_form, decision, decisions, "立项方式", .required = true),
    FIELD_DATE(struct decide_form, on, "决定日期", .required = true, .check = "past"),
    FIELD_TEXT(struct decide_form, by, "决定单位或会议", .required = true, .max = 120),
    FIELD_TEXT(struct decide_form, no, "文件或合同编号", .max = 60),
    FIELD_MONEY(struct decide_form, granted, "批准经费"),
    FIELD_TEXT(struct decide_form, third_by, "立项评估的第三方", .max = 120),
    FIELD_DATE(struct decide_form, third_on, "立项评估日期", .check = "past"),
    FIELD_CHOICE(struct decide_form, third_result, verdicts, "立项评估结果", .help = "从专业资质、内部治理、人才资源等维度评估；没有通过的，不能立项。"),
};
static const struct decide_form no_decision = { .on = { INT32_MIN }, .granted = { INT64_MIN }, .third_on = { INT32_MIN } };
static const struct form decide_form = { .name = "decide", .fields = decide_fields, .n = COUNT(decide_fields), .size = sizeof(struct decide_form),
                                         .check = decide_check, .fresh = &no_decision };

static const struct project_step *
deciding(const struct rq *rq)
{
    return project_step(project_of(rq)->state, STR("executing"));
}

static enum http
decide_page(struct rq *rq)
{
    struct decide_form start = no_decision;
    const struct project_step *s = deciding(rq);
    if (s == NULL || !s->decided) return rq_fail(rq, HTTP_CONFLICT, T("项目现在的状态不能这样办理。"));
    start.on = today();
    struct project_form_page v = { .p = project_of(rq), .form = &decide_form, .from = { .values = &start }, .button = T("批准立项"),
                                   .hint = T("登记以后，项目进入服务执行；回应的清单条目记为“已立项”。") };
    return project_form_draw(rq, &v, T("登记立项决定"));
}

static enum http
decide(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    const struct decide_form *in = rq->form;
    const struct project_step *s = deciding(rq);
    struct audit_changes c = { 0 };
    if (s == NULL || !s->decided) return rq_fail(rq, HTTP_CONFLICT, T("项目现在的状态不能这样办理。"));
    project_decide(rq->db, .area = id_area(p->id.v), .id = p->id, .decision = in->decision, .on = in->on, .by = in->by, .no = in->no.n ? in->no : NO_STR,
                   .granted = in->granted, .third_by = in->third_by.n ? in->third_by : NO_STR, .third_on = in->third_on,
                   .third_result = in->third_result.n ? in->third_result : NO_STR);
    for (size_t i = 0; i < COUNT(decide_fields); i++) {
        struct str is = form_text(rq->arena, &decide_fields[i], in);
        if (is.n) audit_changed(&c, rq->arena, decide_fields[i].name, NO_STR, is);
    }
    audit_note(rq, id_area(p->id.v), "decide", "project", p->id.v, &c, NO_STR);
    if (!project_enter(rq, p, s, NO_STR)) return rq_fail(rq, HTTP_CONFLICT, T("项目现在的状态不能这样办理。"));
    return rq_done(rq, T("已立项"), "/projects/%lld", (long long)p->id.v);
}

/* ---- The log ---- */

struct change_form { struct date on; struct str what, was, became, reason; };
static const struct field change_fields[] = {
    FIELD_TEXT(struct change_form, what, "变更内容", .required = true, .max = 120),
    FIELD_DATE(struct change_form, on, "变更日期", .required = true, .check = "past"),
    FIELD_TEXT(struct change_form, was, "原来", .max = 300), FIELD_TEXT(struct change_form, became, "变更为", .required = true, .max = 300),
    FIELD_LONG(struct change_form, reason, "原因", .required = true, .max = 2000, .wide = true),
};
static const struct form change_form = FORM(struct change_form, change_fields);

static enum http
log_page(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    struct change_form *start = NEW(rq->arena, struct change_form, 1);
    struct event_id after = { rq_param_int(rq, "after", 0) };
    struct project_log_page v = { .head = { rq, p, "log" }, .form = &change_form, .from = { .rq = rq, .values = start },
                                  .write = project_writable(rq, p) && (project_is_running(p->state) || str_is(p->state, "suspended")) };
    start->on = today();
    v.n = project_events(rq->db, &v.rows, (after.v ? DB_AFTER : 0), PROJECT_EVENTS_BY_NEW, id_area(p->id.v), p->id, after, PAGE + 1);
    v.more = v.n > PAGE;
    if (v.more) v.n = PAGE;
    rq->title = p->name;
    project_log_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
change(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    const struct change_form *in = rq->form;
    struct audit_changes c = { 0 };
    if (!project_writable(rq, p) || !(project_is_running(p->state) || str_is(p->state, "suspended")))
        return rq_fail(rq, HTTP_CONFLICT, T("只有执行中的项目登记变更。"));
    project_tell(rq, p->id, &(struct project_told){ "change", in->on, .what = in->what, .was = in->was.n ? in->was : NO_STR, .became = in->became,
                                                    .reason = in->reason });
    audit_changed(&c, rq->arena, "change", in->was, in->became);
    audit_note(rq, id_area(p->id.v), "change", "project", p->id.v, &c, in->what);
    return rq_done(rq, T("已登记变更"), "/projects/%lld/log", (long long)p->id.v);
}

const struct route project_step_routes[] = {
    GET("/projects/:project/move", COMMUNITY_READ, move_page, .scope = project_scope, .title = T("办理下一步")),
    POST("/projects/:project/move", COMMUNITY_READ, move, .scope = project_scope, .form = &no_fields, .title = T("办理下一步")),
    GET("/projects/:project/decide", COMMUNITY_APPROVE, decide_page, .scope = project_scope, .title = T("登记立项决定")),
    POST("/projects/:project/decide", COMMUNITY_APPROVE, decide, .scope = project_scope, .form = &decide_form, .redraw = decide_page,
         .title = T("登记立项决定")),
    GET("/projects/:project/log", COMMUNITY_READ, log_page, .scope = project_scope, .title = T("过程记录")),
    POST("/projects/:project/log", COMMUNITY_WRITE, change, .scope = project_scope, .form = &change_form, .redraw = log_page, .title = T("登记变更")),
};
const size_t project_step_routes_n = COUNT(project_step_routes);
