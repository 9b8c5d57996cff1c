/* The plan of a household 家庭服务计划 (HN-15, HN-19): what all stations and projects do for its members on one page, collected from the
 * plans of their cases, and lines of its own. */
#include "audit/audit.h"
#include "casework/case.h"
#include "casework/house_html.h"
#include "casework/house_views.h"
#include "people/person.h"

struct aim { struct str aim; struct date from_on, review; };
static const struct field aim_fields[] = {
    FIELD_LONG(struct aim, aim, "家庭总目标", .required = true, .max = 1000),
    FIELD_DATE(struct aim, from_on, "开始日期", .required = true),
    FIELD_DATE(struct aim, review, "回顾日期"),
};
static bool
aim_check(struct rq *rq, void *form)
{
    const struct aim *in = form;
    if (date_known(in->review) && in->review.days < in->from_on.days) rq_invalid(rq, "review", T("回顾日期不能早于开始日期。"));
    return rq->errors == NULL;
}
static const struct form aim_form = FORM_CHECKED(struct aim, aim_fields, aim_check);

struct line { struct str member, goal, action, who, project; struct date due; };
static const struct field line_fields[] = {
    FIELD_OFFERED(struct line, member, "成员", .help = "不选：全家。"),
    FIELD_TEXT(struct line, goal, "目标", .required = true, .max = 300, .wide = true),
    FIELD_TEXT(struct line, action, "服务或行动", .required = true, .max = 300, .wide = true),
    FIELD_TEXT(struct line, who, "负责人", .required = true, .max = 120),
    FIELD_TEXT(struct line, project, "项目或承接方", .max = 120),
    FIELD_DATE(struct line, due, "完成期限"),
};
static const struct form line_form = FORM(struct line, line_fields);

struct ending { struct str state, result; };
static const struct choice endings[] = { { "done", T("已完成"), NULL }, { "dropped", T("不再需要"), NULL } };
static const struct field ending_fields[] = {
    FIELD_CHOICE(struct ending, state, endings, "状态", .required = true),
    FIELD_TEXT(struct ending, result, "结果", .required = true, .max = 300),
};
static const struct form ending_form = FORM(struct ending, ending_fields);

/* ---- Collecting ---- */

static void
read_plan(struct rq *rq, struct house_case *c, const struct house_done_row *done, size_t done_n)
{
    const json_t *doc = doc_parse(rq->arena, c->c->doc);
    size_t goals = doc ? doc_rows(doc, "goals") : 0, steps = doc ? doc_rows(doc, "steps") : 0;
    c->goals = NEW(rq->arena, struct house_goal, goals + 1);
    c->steps = NEW(rq->arena, struct house_step, steps + 1);
    for (; c->goals_n < goals; c->goals_n++)
        c->goals[c->goals_n] = (struct house_goal){ doc_cell(doc, "goals", c->goals_n, "goal"), doc_cell(doc, "goals", c->goals_n, "indicator"),
                                                    doc_cell(doc, "goals", c->goals_n, "target"), doc_cell(doc, "goals", c->goals_n, "due") };
    for (; c->steps_n < steps; c->steps_n++) {
        struct house_step *s = &c->steps[c->steps_n];
        const char *item = str_fmt(rq->arena, "D.steps:%zu", c->steps_n + 1).p;
        *s = (struct house_step){ doc_cell(doc, "steps", c->steps_n, "action"), doc_cell(doc, "steps", c->steps_n, "who"),
                                  doc_cell(doc, "steps", c->steps_n, "on"), str_is(doc_cell(doc, "steps", c->steps_n, "state"), "done") };
        for (size_t i = 0; i < done_n && !s->done; i++)
            for (struct str rest = done[i].items; done[i].case_.v == c->c->id.v && rest.n;)
                s->done = str_is(str_cut(&rest, ','), item) || s->done;
    }
}

/* As on the page of the case: its worker, its supervisor, who is named, the head of its station. */
static bool
case_reads(const struct rq *rq, const struct house_cases_row *c)
{
    struct relation rel = { .own = c->worker.v == rq->who.user.v, .assigned = c->supervisor.v == rq->who.user.v };
    rel.named = rel.own || rel.assigned || c->level >= 4;       /* the query leaves out the rest of S4 */
    return may(rq, CASE_READ) && c->inside && access_to(rq, c->level >= 4 ? 4 : 2, rel) >= ACCESS_READ;
}

static void
load_members(struct rq *rq, struct house_page *v)
{
    struct member_related_row *members;
    struct house_cases_row *cases;
    struct house_done_row *done;
    int64_t area = id_area(v->id.v);
    v->n = member_related(rq->db, &members, area, v->id, rq->who.user, rq->who.unit);
    size_t cases_n = house_cases(rq->db, &cases, area, v->id, rq->who.user, rq->who.unit), done_n = house_done(rq->db, &done, area, v->id);
    v->members = NEW(rq->arena, struct house_member, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        struct house_member *m = &v->members[i];
        const struct member_related_row *r = &members[i];
        struct relation rel = person_relation_of(rq, r->level, r->born, r->mine, r->others, r->assigned, r->named);
        enum access how = person_access(rq, r->level >= 4 ? 4 : 2, rel, r->born);
        *m = (struct house_member){ .m = r, .age = date_age(r->born, today()), .reads = r->inside && how >= ACCESS_READ,
                                    .writes = v->writes && r->inside && how == ACCESS_WRITE };
        m->cases = NEW(rq->arena, struct house_case, cases_n + 1);
        for (size_t c = 0; c < cases_n; c++) {
            if (cases[c].person.v != r->person.v) continue;
            struct house_case *one = &m->cases[m->cases_n++];
            *one = (struct house_case){ .c = &cases[c], .reads = case_reads(rq, &cases[c]) };
            if (one->reads) read_plan(rq, one, done, done_n);
            if (one->reads && cases[c].level >= 3) rq_note_read(rq, "case", cases[c].id.v, "household plan");
        }
        if (m->reads && (r->level >= 3 || (m->age >= 0 && m->age < 18))) rq_note_read(rq, "person", r->person.v, "household plan");
    }
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    const struct house_page *v = from->arg;
    struct choice *all = NEW(v->rq->arena, struct choice, v->n + 1);
    (void)f;
    *n = 0;
    for (size_t i = 0; i < v->n; i++)
        if (v->members[i].writes)
            all[(*n)++] = (struct choice){ str_fmt(v->rq->arena, "%lld", (long long)v->members[i].m->person.v).p, v->members[i].m->name.p,
                                           v->members[i].m->name.p };
    return all;
}

/* False: there is no such household. */
static bool
open_plan(struct rq *rq, struct house_page *v)
{
    const struct relation own = { .own = may(rq, PEOPLE_WRITE) };
    *v = (struct house_page){ .rq = rq, .id = { rq->ids[0] } };
    if (!house_get(rq->db, &v->h, id_area(v->id.v), v->id)) return false;
    v->reads = access_to(rq, 2, own) >= ACCESS_READ;
    v->writes = may(rq, PEOPLE_WRITE) && may(rq, CASE_WRITE) && !date_known(v->h.closed);
    load_members(rq, v);
    return true;
}

static enum http
plan(struct rq *rq)
{
    struct house_page v;
    struct house_lines_row *lines;
    if (!open_plan(rq, &v)) return HTTP_NOT_FOUND;
    int64_t area = id_area(v.id.v);
    struct aim fresh = { .from_on = today(), .review = NO_DATE };
    struct line empty = { .due = NO_DATE };
    v.planned = house_plan_newest(rq->db, &v.plan, area, v.id);
    if (v.planned) fresh = (struct aim){ v.plan.aim, v.plan.from_on, v.plan.review };
    v.lines_n = house_lines(rq->db, &lines, area, v.id);
    v.lines = lines;
    v.aim_form = &aim_form;
    v.line_form = &line_form;
    v.aim_from = (struct form_source){ .rq = rq, .values = &fresh };
    v.line_from = (struct form_source){ .rq = rq, .values = &empty, .choices = offered, .arg = &v };
    rq->title = tr_fmt(rq->arena, rq->lang, T("家庭服务计划 %s"), str_z(rq->arena, v.h.no));
    house_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- Changing ---- */

static enum http
set_aim(struct rq *rq)
{
    const struct aim *in = rq->form;
    struct house_page v;
    if (!open_plan(rq, &v)) return HTTP_NOT_FOUND;
    if (!v.writes) return HTTP_FORBIDDEN;
    int64_t area = id_area(v.id.v);
    house_plan_insert(rq->db, .area = area, .id = { id_next(area) }, .household = v.id, .aim = in->aim, .from_on = in->from_on, .review = in->review,
                      .by = rq->who.user, .at = instant_now());
    audit_note(rq, area, "plan", "household", v.id.v, NULL, NO_STR);
    return rq_done(rq, T("已保存"), "/households/%lld/plan", (long long)v.id.v);
}

/* Of a household as a whole whoever may write there; of a member who may write about him. */
static bool
writes_about(const struct house_page *v, struct person_id person)
{
    if (person.v == 0) return v->writes;
    for (size_t i = 0; i < v->n; i++)
        if (v->members[i].m->person.v == person.v) return v->members[i].writes;
    return false;
}

static enum http
add_line(struct rq *rq)
{
    const struct line *in = rq->form;
    struct house_page v;
    struct person_id person = { 0 };
    if (!open_plan(rq, &v)) return HTTP_NOT_FOUND;
    if (!v.writes) return HTTP_FORBIDDEN;
    if (in->member.n && (!str_int(in->member, &person.v) || person.v <= 0 || !writes_about(&v, person)))
        return rq_invalid(rq, "member", T("请从列表中选择。"));
    int64_t area = id_area(v.id.v);
    house_line_insert(rq->db, .area = area, .id = { id_next(area) }, .household = v.id, .person = person, .goal = in->goal, .action = in->action,
                      .who = in->who, .project = in->project, .due = in->due, .by = rq->who.user, .at = instant_now());
    audit_note(rq, area, "plan_line", "household", v.id.v, NULL, NO_STR);
    return rq_done(rq, T("已保存"), "/households/%lld/plan", (long long)v.id.v);
}

static enum http
end_line(struct rq *rq)
{
    const struct ending *in = rq->form;
    struct house_page v;
    struct house_line_person_row line;
    const struct plan_id id = { rq->ids[1] };
    if (!open_plan(rq, &v) || !house_line_person(rq->db, &line, id_area(v.id.v), id, v.id)) return HTTP_NOT_FOUND;
    if (!v.writes || !writes_about(&v, line.person)) return HTTP_FORBIDDEN;
    house_line_end(rq->db, .area = id_area(v.id.v), .id = id, .household = v.id, .state = in->state, .on = today(), .result = in->result);
    audit_note(rq, id_area(v.id.v), "plan_line_end", "household", v.id.v, NULL, in->result);
    return rq_done(rq, T("已保存"), "/households/%lld/plan", (long long)v.id.v);
}

const struct route house_routes[] = {
    GET("/households/:household/plan", PEOPLE_READ, plan, .scope = household_in_scope, .title = T("家庭服务计划")),
    POST("/households/:household/plan", CASE_WRITE, set_aim, .scope = household_in_scope, .form = &aim_form, .redraw = plan, .title = T("家庭总目标")),
    POST("/households/:household/plan/lines", CASE_WRITE, add_line, .scope = household_in_scope, .form = &line_form, .redraw = plan,
         .title = T("增加计划内容")),
    POST("/households/:household/plan/lines/:line/end", CASE_WRITE, end_line, .scope = household_in_scope, .form = &ending_form, .redraw = plan,
         .title = T("结束计划内容")),
};
const size_t house_routes_n = COUNT(house_routes);
