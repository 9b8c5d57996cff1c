/* The states of a project, the steps between them, and what each gate asks (communities' clauses 6.3.1–6.3.4). */
#include "audit/audit.h"
#include "community/activity_sql.h"
#include "community/doc_sql.h"
#include "community/review_sql.h"
#include "community/project_views.h"
#include "rules/run.h"
#include "view/view.h"

const struct choice project_states[] = {
    { "needs", "需求评估", "Needs" },
    { "planning", "服务策划", "Plan" },
    { "approval", "立项审批", "Approval" },
    { "executing", "服务执行", "Work" },
    { "evaluating", "评估", "Evaluation" },
    { "improving", "改进", "Improvement" },
    { "closed", "已结项", "Closed" },
    { "suspended", "已暂停", "Suspended" },
    { "rejected", "未批准", "Rejected" },
    { "withdrawn", "已撤回", "Withdrawn" },
    { "terminated", "已终止", "Terminated" },
};
const size_t project_states_n = COUNT(project_states);

#define WRITER .may = COMMUNITY_WRITE
#define APPROVER .may = COMMUNITY_APPROVE
static const struct project_step steps[] = {
    { "needs", "planning", T("进入服务策划"), WRITER, .forward = true },
    { "planning", "approval", T("送立项审批"), WRITER, .forward = true },
    { "planning", "needs", T("退回需求评估"), WRITER, .reason = true },
    { "approval", "executing", T("登记立项决定"), APPROVER, .forward = true, .decided = true },
    { "approval", "planning", T("退回策划"), APPROVER, .reason = true },
    { "approval", "rejected", T("不批准"), APPROVER, .reason = true },
    { "approval", "withdrawn", T("撤回申请"), WRITER, .reason = true },
    { "rejected", "planning", T("重新策划"), WRITER, .reason = true },
    { "withdrawn", "planning", T("重新策划"), WRITER, .reason = true },
    { "executing", "evaluating", T("进入评估"), WRITER, .forward = true },
    { "executing", "suspended", T("暂停"), APPROVER, .reason = true },
    { "executing", "terminated", T("终止"), APPROVER, .reason = true },
    { "suspended", "executing", T("恢复执行"), APPROVER, .reason = true },
    { "suspended", "terminated", T("终止"), APPROVER, .reason = true },
    { "evaluating", "improving", T("进入改进"), WRITER, .forward = true },
    { "evaluating", "executing", T("退回执行"), WRITER, .reason = true },
    { "improving", "closed", T("结项"), APPROVER, .forward = true, .reason = true },
    { "improving", "evaluating", T("退回评估"), WRITER, .reason = true },
};

const struct project_step *
project_step(struct str from, struct str to)
{
    for (size_t i = 0; i < COUNT(steps); i++)
        if (str_is(from, steps[i].from) && str_is(to, steps[i].to)) return &steps[i];
    return NULL;
}

/* They stand one after the other in the table. */
size_t
project_steps(struct str from, const struct project_step **first)
{
    size_t n = 0;
    for (size_t i = 0; i < COUNT(steps); i++) {
        if (!str_is(from, steps[i].from)) continue;
        if (n++ == 0) *first = &steps[i];
    }
    return n;
}

const char *
project_state_label(struct str state, enum lang lang)
{
    for (size_t i = 0; i < COUNT(project_states); i++)
        if (str_is(state, project_states[i].code)) return choice_label(&project_states[i], lang);
    return "";
}

const char *
project_state_badge(struct str state)
{
    static const char *const shut[] = { "rejected", "withdrawn", "terminated" };
    for (size_t i = 0; i < COUNT(shut); i++)
        if (str_is(state, shut[i])) return "bg-secondary-lt";
    return str_is(state, "closed") ? "bg-green-lt" : str_is(state, "suspended") ? "bg-yellow-lt" : "bg-blue-lt";
}

bool
project_is_over(struct str state)
{
    return str_is(state, "closed") || str_is(state, "rejected") || str_is(state, "withdrawn") || str_is(state, "terminated");
}

bool
project_is_running(struct str state)
{
    return str_is(state, "executing") || str_is(state, "evaluating") || str_is(state, "improving");
}

/* ---- Gates ---- */

enum { LACKS_MAX = 40 };
struct gate { struct rq *rq; const struct project_get_row *p; struct project_lack *list; size_t n; };

/* where: the page below the project's address on which it is mended. */
static void
lacks(struct gate *g, const char *why, const char *where)
{
    if (g->n == LACKS_MAX) return;
    g->list[g->n++] = (struct project_lack){ why, url_fmt(g->rq->arena, "/projects/%lld%s", (long long)g->p->id.v, where) };
}

static const char *
words(const struct gate *g, const char *zh)
{
    return tr(g->rq->lang, zh);
}

/* The address of the newest version of a form, below that of the project. */
static const char *
form_at(const struct gate *g, const char *form, struct str *status)
{
    struct project_form_last_row last;
    *status = NO_STR;
    if (!project_form_last(g->rq->db, &last, id_area(g->p->id.v), g->p->id, str_of(form))) return "";
    *status = last.status;
    return str_fmt(g->rq->arena, "/forms/%lld", (long long)last.id.v).p;
}

/* Each field that the form asks for and that is empty, by its name: a form that was handed in lacks nothing. */
static void
lacks_fields(struct gate *g, const char *form, const char *where)
{
    struct project_form_last_row last;
    const struct doc_form *f = doc_form(str_of(form));
    if (!project_form_last(g->rq->db, &last, id_area(g->p->id.v), g->p->id, str_of(form))) return;
    const json_t *doc = doc_parse(g->rq->arena, last.doc);
    struct doc_result r = doc_check(project_env(g->rq, g->p), f, doc, true);
    for (struct form_error *e = r.errors; e != NULL; e = e->next) {
        struct str rest = str_of(e->field != NULL ? e->field : ""), key = str_cut(&rest, '.');
        const struct doc_field *x = doc_field(f, key);
        const char *label = x != NULL ? field_label(&x->f, g->rq->lang) : e->label;
        lacks(g, label != NULL ? tr_fmt(g->rq->arena, g->rq->lang, T("%s：%s"), label, e->why).p : e->why,
              x != NULL ? str_fmt(g->rq->arena, "%s#f-%s", where, x->f.name).p : where);
    }
}

static void
gate_form(struct gate *g, const char *form, const char *begun, const char *open, const char *waits)
{
    struct str status;
    const char *where = form_at(g, form, &status);
    if (status.n == 0) lacks(g, words(g, begun), "");
    else if (str_is(status, "draft") || str_is(status, "returned")) {
        lacks(g, words(g, open), where);
        lacks_fields(g, form, where);
    } else if (waits != NULL && str_is(status, "submitted")) lacks(g, words(g, waits), where);
}

static void
gate_needs(struct gate *g)
{
    gate_form(g, "community_needs", T("还没有需求评估。"), T("需求评估还没有提交。"), NULL);
}

static void
gate_plan(struct gate *g)
{
    struct project_lines_count_row lines;
    gate_form(g, "community_plan", T("还没有策划书。"), T("策划书还没有提交。"), T("策划书还没有批准。"));
    if (!project_lines_count(g->rq->db, &lines, id_area(g->p->id.v), g->p->id) || lines.total == 0)
        lacks(g, words(g, T("没有回应的清单条目：请关联至少一条需求或问题。")), "#lines");
}

/* Every task of the schedule has somebody. */
static void
gate_division(struct gate *g)
{
    const json_t *plan = project_form_good(g->rq, g->p->id, "community_plan");
    struct str status;
    const char *where = form_at(g, "community_plan", &status);
    for (size_t i = 0; i < doc_rows(plan, "schedule"); i++)
        if (doc_cell(plan, "schedule", i, "owner").n == 0)
            lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("分工不完整：进度表第 %d 项任务没有责任人。"), (int)i + 1).p, where);
    if (status.n && !str_is(status, "approved")) lacks(g, words(g, T("策划书的新版本还没有批准。")), where);
}

static void
gate_executing(struct gate *g)
{
    struct activity_sums_row sums;
    struct review_gate_row r;
    int64_t area = id_area(g->p->id.v);
    gate_division(g);
    activity_sums(g->rq->db, &sums, area, g->p->id, today());
    if (sums.held == 0) lacks(g, words(g, T("没有已举办活动的记录。")), "/activities");
    if (sums.missing > 0) lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("%d 项活动已到日期，没有记录，也没有取消。"), (int)sums.missing).p, "/activities");
    review_gate(g->rq->db, &r, area, g->p->id);
    if (r.mid == 0) lacks(g, words(g, T("没有中期过程评估。")), "/reviews");
}

static void
gate_evaluating(struct gate *g)
{
    struct review_gate_row r;
    review_gate(g->rq->db, &r, id_area(g->p->id.v), g->p->id);
    if (r.finals == 0) lacks(g, words(g, T("没有末期评估。")), "/reviews");
    if (r.satisfaction == 0) lacks(g, words(g, T("没有末期满意度调查。")), "/reviews");
}

static void
gate_improving(struct gate *g)
{
    struct review_gate_row r;
    review_gate(g->rq->db, &r, id_area(g->p->id.v), g->p->id);
    if (r.open > 0) lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("%d 个评估发现既没有改进任务，也没有注明“无需”。"), (int)r.open).p, "/reviews");
    if (r.silent > 0) lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("%d 次评估没有登记发现，也没有注明未发现问题。"), (int)r.silent).p, "/reviews");
}

size_t
project_lacks(struct rq *rq, const struct project_get_row *p, const struct project_step *step, struct project_lack **list)
{
    static const struct { const char *from; void (*ask)(struct gate *); } gates[] = {
        { "needs", gate_needs }, { "planning", gate_plan }, { "executing", gate_executing }, { "evaluating", gate_evaluating },
        { "improving", gate_improving },
    };
    struct gate g = { rq, p, NEW(rq->arena, struct project_lack, LACKS_MAX), 0 };
    *list = g.list;
    for (size_t i = 0; i < COUNT(gates) && step->forward; i++)
        if (strcmp(step->from, gates[i].from) == 0) gates[i].ask(&g);
    return g.n;
}

/* ---- Going ---- */

void
project_tell(struct rq *rq, struct project_id id, const struct project_told *t)
{
    int64_t area = id_area(id.v);
    project_event_insert(rq->db, .area = area, .id = { id_next(area) }, .project = id, .kind = str_of(t->kind), .on = t->on, .at = instant_now(),
                         .by = rq->who.user, .from = t->from, .to = t->to, .what = t->what, .was = t->was, .became = t->became,
                         .reason = t->reason.n ? t->reason : NO_STR);
}

bool
project_enter(struct rq *rq, const struct project_get_row *p, const struct project_step *step, struct str reason)
{
    int64_t area = id_area(p->id.v);
    struct str to = str_of(step->to);
    struct audit_changes c = { 0 };
    bool closes = str_is(to, "closed"), stands = project_is_over(to) || str_is(to, "suspended");
    if (project_move(rq->db, .area = area, .id = p->id, .from = str_of(step->from), .to = to, .before = stands ? str_of(step->from) : NO_STR,
                     .reason = stands && !closes ? reason : NO_STR, .improvement = closes ? reason : NO_STR,
                     .closed = project_is_over(to) ? today() : NO_DATE) == 0)
        return false;
    project_tell(rq, p->id, &(struct project_told){ "state", today(), .from = str_of(step->from), .to = to, .reason = reason });
    if (step->decided) project_lines_planned(rq->db, area, p->id);
    audit_changed(&c, rq->arena, "state", str_of(step->from), to);
    audit_note(rq, area, "move", "project", p->id.v, &c, reason.n ? reason : NO_STR);
    return true;
}
