/* Evaluation of a project and what follows from it (clause 6.3.4): rounds, what they found, and for each finding a task with owner and
 * due date, or a note that nothing is needed.  From a round one can walk back to the problem of the assessment (MZT-26). */
#include "audit/audit.h"
#include "community/review_html.h"
#include "community/project_views.h"
#include "ledger/ledger.h"
#include "network/network.h"
#include "page/page.h"

enum { PAGE = 50 };

static const struct choice phases[] = { { "mid", "中期", "Mid-term" }, { "end", "末期", "End" } };

struct str
project_phase(struct str phase, enum lang lang)
{
    for (size_t i = 0; i < COUNT(phases); i++)
        if (str_is(phase, phases[i].code)) return str_of(choice_label(&phases[i], lang));
    return phase;
}

/* Mid-term while the work goes on; at the end also while it is evaluated and improved. */
static bool
writable(const struct rq *rq)
{
    return may(rq, COMMUNITY_WRITE) && project_is_running(project_of(rq)->state);
}

static enum http
shut(struct rq *rq)
{
    return rq_fail(rq, HTTP_CONFLICT, T("只有执行、评估和改进中的项目登记评估。"));
}

static struct url
reviews_url(struct rq *rq)
{
    return url_fmt(rq->arena, "/projects/%lld/reviews", (long long)project_of(rq)->id.v);
}

static enum http
list(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    struct project_form_standing_row form;
    int64_t area = id_area(p->id.v);
    struct reviews_page v = { .head = { rq, p, "reviews" }, .write = writable(rq) };
    v.n = review_list(rq->db, &v.rows, area, p->id);
    v.findings_n = finding_list(rq->db, &v.findings, area, p->id);
    if (project_form_standing(rq->db, &form, area, p->id, STR("community_needs"), STR("submitted"))) {
        v.needs = doc_parse(rq->arena, form.doc);
        v.needs_id = form.id;
    }
    if (project_form_standing(rq->db, &form, area, p->id, STR("community_plan"), STR("approved"))) {
        v.plan = doc_parse(rq->arena, form.doc);
        v.plan_id = form.id;
    }
    rq->title = p->name;
    reviews_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- A round ---- */

struct review { struct str version, phase, kind; struct date on; struct str party; int64_t asked, score; struct str grade, conclusion; bool clean; };
static const struct review no_review = { .on = { INT32_MIN }, .asked = NO_INT, .score = NO_INT };

static bool
review_check(struct rq *rq, void *form)
{
    const struct review *in = form;
    if (str_is(in->kind, "satisfaction")) {
        if (in->asked == NO_INT || in->asked < 1) rq_invalid(rq, "asked", T("满意度调查请填写调查人数。"));
        if (in->score == NO_INT) rq_invalid(rq, "score", T("满意度调查请填写得分。"));
    }
    return rq->errors == NULL;
}
static const struct field review_fields[] = {
    FIELD_HIDDEN(struct review, version),
    FIELD_CHOICE(struct review, phase, phases, "时间", .required = true),
    FIELD_CODE(struct review, kind, "evaluation_kind", "评估方式", .required = true),
    FIELD_DATE(struct review, on, "评估日期", .required = true, .check = "past"),
    FIELD_TEXT(struct review, party, "评估方", .required = true, .max = 120),
    FIELD_INT(struct review, asked, "调查人数", .max = 1000000),
    FIELD_INT(struct review, score, "得分或平均满意度（百分制）", .max = 100),
    FIELD_TEXT(struct review, grade, "等级", .max = 30),
    FIELD_LONG(struct review, conclusion, "评估结论", .required = true, .max = 5000, .wide = true),
    FIELD_BOOL(struct review, clean, "没有发现需要改进的问题", .wide = true, .help = "有发现的不勾选，保存以后逐条登记。"),
};
static const struct form review_form = { .name = "review", .fields = review_fields, .n = COUNT(review_fields), .size = sizeof(struct review),
                                         .check = review_check, .fresh = &no_review };

static enum http
draw_review(struct rq *rq, const struct review *values, const char *title)
{
    struct project_form_page v = { .p = project_of(rq), .form = &review_form, .from = { .values = values }, .button = T("保存"), .back = reviews_url(rq) };
    return project_form_draw(rq, &v, title);
}

static enum http
review_new(struct rq *rq)
{
    struct review start = no_review;
    if (!writable(rq)) return shut(rq);
    start.version = STR("0");
    start.phase = str_is(project_of(rq)->state, "executing") ? STR("mid") : STR("end");
    start.on = today();
    return draw_review(rq, &start, T("登记评估"));
}

#define OR_NOT(s) ((s).n ? (s) : NO_STR)

static enum http
review_add(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    const struct review *in = rq->form;
    int64_t area = id_area(p->id.v);
    if (!writable(rq)) return shut(rq);
    struct review_id id = { id_next(area) };
    review_insert(rq->db, .area = area, .id = id, .project = p->id, .phase = in->phase, .kind = in->kind, .on = in->on, .party = in->party,
                  .asked = in->asked, .score = in->score, .grade = OR_NOT(in->grade), .conclusion = in->conclusion, .clean = in->clean,
                  .by = rq->who.user, .at = instant_now());
    audit_note(rq, area, "create", "project_review", id.v, NULL, in->kind);
    return rq_done(rq, T("已登记评估"), "/projects/%lld/reviews", (long long)p->id.v);
}

static struct review
review_of(struct rq *rq, const struct review_get_row *r)
{
    return (struct review){ .version = str_fmt(rq->arena, "%lld", (long long)r->version), .phase = r->phase, .kind = r->kind, .on = r->on,
                            .party = r->party, .asked = r->asked, .score = r->score, .grade = r->grade, .conclusion = r->conclusion, .clean = r->clean };
}

static bool
review_open(struct rq *rq, struct review_get_row *r)
{
    return review_get(rq->db, r, id_area(rq->ids[0]), project_of(rq)->id, (struct review_id){ rq->ids[1] });
}

static enum http
review_edit(struct rq *rq)
{
    struct review_get_row r;
    if (!review_open(rq, &r)) return HTTP_NOT_FOUND;
    if (!writable(rq)) return shut(rq);
    struct review is = review_of(rq, &r);
    return draw_review(rq, &is, T("修改评估"));
}

/* What changed of a form whose first field is the hidden version. */
static void
note(struct rq *rq, const char *entity, int64_t id, const struct form *f, const void *was, const void *is)
{
    struct audit_changes c = { 0 };
    for (size_t i = 1; i < f->n; i++) {
        struct str a = form_text(rq->arena, &f->fields[i], was), b = form_text(rq->arena, &f->fields[i], is);
        if (!str_eq(a, b)) audit_changed(&c, rq->arena, f->fields[i].name, a, b);
    }
    audit_note(rq, id_area(id), "change", entity, id, &c, NO_STR);
}

static enum http
review_save(struct rq *rq)
{
    const struct review *in = rq->form;
    struct review_get_row r;
    int64_t seen = 0;
    struct review_id id = { rq->ids[1] };
    if (!review_open(rq, &r)) return HTTP_NOT_FOUND;
    if (!writable(rq)) return shut(rq);
    if (in->clean && r.findings > 0) return rq_invalid(rq, "clean", T("已经登记了发现，不能注明没有。"));
    str_int(in->version, &seen);
    if (review_update(rq->db, .area = id_area(id.v), .id = id, .version = seen, .phase = in->phase, .kind = in->kind, .on = in->on, .party = in->party,
                      .asked = in->asked, .score = in->score, .grade = OR_NOT(in->grade), .conclusion = in->conclusion, .clean = in->clean) == 0)
        return rq_invalid(rq, NULL, T("您打开后别人保存过，请对照后再保存。"));
    struct review was = review_of(rq, &r);
    note(rq, "project_review", id.v, &review_form, &was, in);
    return rq_done(rq, T("已保存"), "/projects/%lld/reviews", (long long)rq->ids[0]);
}

/* ---- A finding ---- */

struct finding {
    struct str version, text, problem, suggestion, way, task;
    struct staff_id owner;
    struct date due;
    struct str note;
    struct date done;
    struct str result;
};
static const struct finding no_finding = { .due = { INT32_MIN }, .done = { INT32_MIN } };
static const struct choice ways[] = {
    { "open", "还没有安排", "Not decided yet" }, { "task", "安排改进任务", "A task" }, { "none", "无需改进", "Nothing is needed" },
};

static bool
finding_check(struct rq *rq, void *form)
{
    const struct finding *in = form;
    if (str_is(in->way, "task") && date_known(in->done) && in->result.n == 0) rq_invalid(rq, "result", T("请写明改进的结果。"));
    return rq->errors == NULL;
}
#define TASK .if_field = "way", .if_values = "task"
static const struct field finding_fields[] = {
    FIELD_HIDDEN(struct finding, version),
    FIELD_LONG(struct finding, text, "发现", .required = true, .max = 1000, .wide = true),
    FIELD_OFFERED(struct finding, problem, "对应需求评估中的问题", .wide = true),
    FIELD_LONG(struct finding, suggestion, "建议", .max = 1000, .wide = true),
    FIELD_CHOICE(struct finding, way, ways, "怎样处理", .required = true),
    FIELD_TEXT(struct finding, task, "改进任务", .max = 300, .wide = true, TASK, .required_if_shown = true),
    FIELD_ID(struct finding, owner, staff_id, F_STAFF, "责任人", TASK, .required_if_shown = true),
    FIELD_DATE(struct finding, due, "完成期限", TASK, .required_if_shown = true),
    FIELD_LONG(struct finding, note, "无需改进的理由", .max = 1000, .wide = true, .if_field = "way", .if_values = "none", .required_if_shown = true),
    FIELD_DATE(struct finding, done, "完成日期", .check = "past", TASK),
    FIELD_LONG(struct finding, result, "改进结果", .max = 1000, .wide = true, TASK),
};
static const struct form finding_form = { .name = "finding", .fields = finding_fields, .n = COUNT(finding_fields), .size = sizeof(struct finding),
                                          .check = finding_check, .fresh = &no_finding };

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    if (f->kind == F_STAFF) return ledger_staff_offered(rq, n);
    const json_t *needs = project_form_good(rq, project_of(rq)->id, "community_needs");
    *n = doc_rows(needs, "problems");
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const char *text = str_fmt(rq->arena, "%zu %.*s", i + 1, FMT(doc_cell(needs, "problems", i, "text"))).p;
        all[i] = (struct choice){ str_fmt(rq->arena, "%zu", i + 1).p, text, text };
    }
    return all;
}

static enum http
draw_finding(struct rq *rq, const struct finding *values, const char *title)
{
    struct project_form_page v = { .p = project_of(rq), .form = &finding_form, .from = { .values = values, .choices = offered }, .button = T("保存"),
                                   .back = reviews_url(rq) };
    return project_form_draw(rq, &v, title);
}

static bool
is_offered(struct rq *rq, const char *field, struct str code)
{
    size_t n;
    struct form_source from = { .arg = rq };
    const struct field f = { .kind = strcmp(field, "owner") == 0 ? F_STAFF : F_SINGLE };
    const struct choice *all = offered(&from, &f, &n);
    for (size_t i = 0; i < n; i++)
        if (str_is(code, all[i].code)) return true;
    rq_invalid(rq, field, T("请从列表中选择。"));
    return false;
}

/* What belongs to another way is not kept; owner and problem must have been offered. */
static bool
cleaned(struct rq *rq, struct finding *in, struct staff_id before, int64_t *problem)
{
    *problem = NO_INT;
    if (!str_is(in->way, "task")) in->task = NO_STR, in->owner.v = 0, in->due = NO_DATE, in->done = NO_DATE, in->result = NO_STR;
    if (!str_is(in->way, "none")) in->note = NO_STR;
    if (in->problem.n && is_offered(rq, "problem", in->problem)) str_int(in->problem, problem);
    bool foreign = in->owner.v && id_area(in->owner.v) != id_area(rq->ids[0]);
    if (foreign) rq_invalid(rq, "owner", T("请从列表中选择。"));
    else if (in->owner.v && in->owner.v != before.v) is_offered(rq, "owner", str_fmt(rq->arena, "%lld", (long long)in->owner.v));
    return rq->errors == NULL;
}

static enum http
finding_new(struct rq *rq)
{
    struct review_get_row r;
    struct finding start = no_finding;
    if (!review_open(rq, &r)) return HTTP_NOT_FOUND;
    if (!writable(rq)) return shut(rq);
    if (r.clean) return rq_fail(rq, HTTP_CONFLICT, T("这次评估注明了没有发现；请先修改评估。"));
    start.version = STR("0");
    start.way = STR("open");
    return draw_finding(rq, &start, T("登记发现"));
}

#define FINDING                                                                                                                             \
    .text = in->text, .problem = problem, .suggestion = OR_NOT(in->suggestion), .way = in->way, .task = OR_NOT(in->task), .owner = in->owner, \
    .due = in->due, .note = OR_NOT(in->note), .done = in->done, .result = OR_NOT(in->result)

static enum http
finding_add(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    struct finding *in = rq->form;
    struct review_get_row r;
    int64_t area = id_area(p->id.v), problem;
    if (!review_open(rq, &r)) return HTTP_NOT_FOUND;
    if (!writable(rq)) return shut(rq);
    if (r.clean) return rq_fail(rq, HTTP_CONFLICT, T("这次评估注明了没有发现；请先修改评估。"));
    if (!cleaned(rq, in, (struct staff_id){ 0 }, &problem)) return HTTP_INVALID;
    struct finding_id id = { id_next(area) };
    finding_insert(rq->db, .area = area, .id = id, .project = p->id, .review = { rq->ids[1] }, FINDING, .by = rq->who.user, .at = instant_now());
    audit_note(rq, area, "create", "project_finding", id.v, NULL, in->way);
    return rq_done(rq, T("已登记发现"), "/projects/%lld/reviews", (long long)p->id.v);
}

/* A task is finished also when the project is closed; other changes are not made any more. */
static bool
finishes_only(const struct rq *rq, const struct finding_get_row *r)
{
    return may(rq, COMMUNITY_WRITE) && str_is(project_of(rq)->state, "closed") && str_is(r->way, "task");
}

static struct finding
finding_of(struct rq *rq, const struct finding_get_row *r)
{
    return (struct finding){ .version = str_fmt(rq->arena, "%lld", (long long)r->version), .text = r->text, .suggestion = r->suggestion, .way = r->way,
                             .problem = r->problem == NO_INT ? NO_STR : str_fmt(rq->arena, "%lld", (long long)r->problem), .task = r->task,
                             .owner = r->owner, .due = r->due, .note = r->note, .done = r->done, .result = r->result };
}

static enum http
finding_edit(struct rq *rq)
{
    struct finding_get_row r;
    if (!finding_get(rq->db, &r, id_area(rq->ids[0]), project_of(rq)->id, (struct finding_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    if (!writable(rq) && !finishes_only(rq, &r)) return shut(rq);
    struct finding is = finding_of(rq, &r);
    return draw_finding(rq, &is, T("处理发现"));
}

static enum http
finding_save(struct rq *rq)
{
    struct finding *in = rq->form;
    struct finding_get_row r;
    struct finding_id id = { rq->ids[1] };
    int64_t problem, seen = 0;
    if (!finding_get(rq->db, &r, id_area(rq->ids[0]), project_of(rq)->id, id)) return HTTP_NOT_FOUND;
    if (!writable(rq) && !finishes_only(rq, &r)) return shut(rq);
    if (!cleaned(rq, in, r.owner, &problem)) return HTTP_INVALID;
    struct finding was = finding_of(rq, &r);
    if (!writable(rq)) {
        struct finding kept = was;
        kept.version = in->version, kept.done = in->done, kept.result = in->result;
        *in = kept;
        problem = r.problem;
    }
    str_int(in->version, &seen);
    if (finding_update(rq->db, .area = id_area(id.v), .id = id, .version = seen, FINDING) == 0)
        return rq_invalid(rq, NULL, T("您打开后别人保存过，请对照后再保存。"));
    note(rq, "project_finding", id.v, &finding_form, &was, in);
    return rq_done(rq, T("已保存"), "/projects/%lld/reviews", (long long)rq->ids[0]);
}

/* ---- What is not done yet, of all projects (GZ-22) ---- */

static enum http
all(struct rq *rq)
{
    struct finding_all_count_row count;
    int64_t area = unit_county(rq->db, rq->who.focus);
    struct finding_id after = { rq_param_int(rq, "after", 0) };
    struct findings_page v = { .rq = rq, .show = rq_param(rq, "show"), .unit_name = unit_name(rq->db, rq->who.focus) };
    unsigned on = (area ? FINDING_ALL_F_AREA : 0) | (str_is(v.show, "none") ? FINDING_ALL_F_NONE : 0) | (str_is(v.show, "late") ? FINDING_ALL_F_LATE : 0);
    v.n = finding_all(rq->db, &v.rows, on | (after.v ? DB_AFTER : 0), FINDING_ALL_BY_NEW, .area = area, .top = rq->who.focus, .day = today(),
                      .after = after, .most = PAGE + 1);
    if (finding_all_count(rq->db, &count, on, 0, area, rq->who.focus, today())) v.total = count.total;
    v.more = v.n > PAGE;
    if (v.more) v.n = PAGE;
    rq->title = str_of(tr(rq->lang, T("改进任务")));
    findings_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route project_review_routes[] = {
    GET("/projects/findings", COMMUNITY_READ, all, .title = T("改进任务")),
    GET("/projects/:project/reviews", COMMUNITY_READ, list, .scope = project_scope, .title = T("项目评估")),
    GET("/projects/:project/reviews/new", COMMUNITY_WRITE, review_new, .scope = project_scope, .title = T("登记评估")),
    POST("/projects/:project/reviews/new", COMMUNITY_WRITE, review_add, .scope = project_scope, .form = &review_form, .redraw = review_new,
         .title = T("登记评估")),
    GET("/projects/:project/reviews/:review/edit", COMMUNITY_WRITE, review_edit, .scope = project_scope, .title = T("修改评估")),
    POST("/projects/:project/reviews/:review/edit", COMMUNITY_WRITE, review_save, .scope = project_scope, .form = &review_form, .redraw = review_edit,
         .title = T("修改评估")),
    GET("/projects/:project/reviews/:review/findings/new", COMMUNITY_WRITE, finding_new, .scope = project_scope, .title = T("登记发现")),
    POST("/projects/:project/reviews/:review/findings/new", COMMUNITY_WRITE, finding_add, .scope = project_scope, .form = &finding_form,
         .redraw = finding_new, .title = T("登记发现")),
    GET("/projects/:project/findings/:finding", COMMUNITY_WRITE, finding_edit, .scope = project_scope, .title = T("处理发现")),
    POST("/projects/:project/findings/:finding", COMMUNITY_WRITE, finding_save, .scope = project_scope, .form = &finding_form, .redraw = finding_edit,
         .title = T("处理发现")),
};
const size_t project_review_routes_n = COUNT(project_review_routes);
