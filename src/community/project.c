/* The projects of a subtree, one project, what its head says, and which needs it answers. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "community/community_json.h"
#include "community/project_html.h"
#include "community/project_views.h"
#include "ledger/ledger.h"
#include "network/network.h"
#include "paper/book.h"

enum { PAGE = 50 };

/* ---- Words and rights ---- */

struct str
project_word(const char *table, struct str code, enum lang lang)
{
    const char *word = codes_label(codes_table(table), code, lang);
    return *word ? str_of(word) : code;
}

/* How the place sorts its list of projects (HNG: 123X); nothing where it does not. */
static const struct choice *
slots(struct arena *a, const struct profile *p, size_t *n)
{
    const struct list_kind *k = list_kind(a, p, STR("projects"));
    *n = k != NULL ? k->kinds_n : 0;
    return k != NULL ? k->kinds : NULL;
}

struct str
project_slot(struct arena *a, const struct project_get_row *p, enum lang lang)
{
    size_t n;
    const struct choice *all = slots(a, profile_of(p->profile), &n);
    for (size_t i = 0; i < n; i++)
        if (str_is(p->slot, all[i].code)) return str_of(choice_label(&all[i], lang));
    return p->slot;
}

const struct project_get_row *
project_of(const struct rq *rq)
{
    return rq->record;
}

bool
project_scope(struct rq *rq)
{
    struct project_get_row *p = NEW(rq->arena, struct project_get_row, 1);
    rq->record = p;
    return project_get(rq->db, p, id_area(rq->ids[0]), (struct project_id){ rq->ids[0] }) && scope_unit(rq, p->unit);
}

bool
project_writable(const struct rq *rq, const struct project_get_row *p)
{
    return may(rq, COMMUNITY_WRITE) && !project_is_over(p->state);
}

/* ---- The list ---- */

struct asked { unsigned on; struct project_list_in in; };

static struct asked
asked_of(struct rq *rq)
{
    struct str q = str_trim(rq_param(rq, "q")), state = rq_param(rq, "state"), kind = rq_param(rq, "kind");
    struct unit_id unit = { rq_param_int(rq, "unit", 0) };
    struct asked a = { .in = { .area = unit_county(rq->db, rq->who.focus), .top = rq->who.focus, .unit = unit, .state = state, .kind = kind,
                               .text = str_fmt(rq->arena, "%%%.*s%%", FMT(q)), .after = { rq_param_int(rq, "after", 0) }, .most = PAGE + 1 } };
    bool running = str_is(state, "running");
    a.on = (a.in.area ? PROJECT_LIST_F_AREA : 0) | (unit.v ? PROJECT_LIST_F_UNIT : 0) | (running ? PROJECT_LIST_F_RUNNING : 0)
           | (state.n && !running ? PROJECT_LIST_F_STATE : 0) | (kind.n ? PROJECT_LIST_F_KIND : 0) | (q.n ? PROJECT_LIST_F_TEXT : 0);
    return a;
}

static enum http
index_page(struct rq *rq)
{
    struct project_count_row count;
    struct asked a = asked_of(rq);
    struct projects_page v = { .rq = rq, .q = str_trim(rq_param(rq, "q")), .kind = a.in.kind, .state = a.in.state, .unit = a.in.unit.v,
                               .unit_name = unit_name(rq->db, rq->who.focus) };
    v.filtered = v.q.n || v.kind.n || v.state.n || v.unit;
    v.n = project_list_with(rq->db, &v.rows, a.on | (a.in.after.v ? DB_AFTER : 0), PROJECT_LIST_BY_NEW, &a.in);
    if (project_count(rq->db, &count, a.on, 0, .area = a.in.area, .top = a.in.top, .unit = a.in.unit, .state = a.in.state, .kind = a.in.kind,
                      .text = a.in.text))
        v.total = count.total;
    v.more = v.n > PAGE;
    if (v.more) v.n = PAGE;
    if (shape_wanted(rq)) return projects_json(rq, &v);
    v.units_n = project_units(rq->db, &v.units, a.in.area ? PROJECT_UNITS_F_AREA : 0, 0, a.in.area, a.in.top);
    v.kinds = codes_choices(codes_table("community_kind"), &v.kinds_n);
    rq->title = str_of(tr(rq->lang, T("社区项目")));
    projects_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
to_book(struct rq *rq)
{
    static const struct book_column columns[] = {
        { T("编号"), CELL_TEXT, 16 }, { T("项目名称"), CELL_TEXT, 36 }, { T("项目类别"), CELL_TEXT, 14 }, { T("单位"), CELL_TEXT, 24 },
        { T("负责社工"), CELL_TEXT, 12 }, { T("状态"), CELL_TEXT, 12 }, { T("开始日期"), CELL_DATE, 12 }, { T("结束日期"), CELL_DATE, 12 },
        { T("服务人数"), CELL_NUMBER, 10 }, { T("服务人次"), CELL_NUMBER, 10 }, { T("未安排的发现"), CELL_NUMBER, 12 },
    };
    struct asked a = asked_of(rq);
    struct project_list_row *rows;
    size_t n;
    a.in.most = BOOK_CHUNK;
    a.in.after = (struct project_id){ 0 };
    struct book *b = book_open(rq, T("社区项目"), columns, COUNT(columns));
    if (b == NULL) return HTTP_UNAVAILABLE;
    do {
        if (!book_chunk(b)) break;
        n = project_list_with(rq->db, &rows, a.on | (a.in.after.v ? DB_AFTER : 0), PROJECT_LIST_BY_NEW, &a.in);
        for (size_t i = 0; i < n; i++) {
            const struct project_list_row *r = &rows[i];
            book_text(b, r->no);
            book_text(b, r->name);
            book_text(b, project_word("community_kind", r->kind, rq->lang));
            book_text(b, r->unit_name);
            book_text(b, r->staff_name);
            book_cstr(b, project_state_label(r->state, rq->lang));
            book_date(b, r->opened);
            book_date(b, r->closed);
            book_number(b, r->firsts);
            book_number(b, r->times);
            book_number(b, r->open_findings);
            book_row(b);
        }
        if (n) a.in.after = rows[n - 1].id;
    } while (n == BOOK_CHUNK);
    return book_send(b, "project", unit_name(rq->db, rq->who.focus));
}

/* ---- The head ---- */

struct head_form { struct str version; struct unit_id unit; struct str name, kind, slot; struct staff_id staff; };
#define ABOUT                                                                                                                               \
    FIELD_TEXT(struct head_form, name, "项目名称", .required = true, .max = 120, .wide = true),                                              \
    FIELD_CODE(struct head_form, kind, "community_kind", "项目类别", .required = true),                                                      \
    FIELD_OFFERED(struct head_form, slot, "项目清单栏目", .help = "所在地区的项目清单怎样分类。"),                                           \
    FIELD_ID(struct head_form, staff, staff_id, F_STAFF, "负责社工")
static const struct field new_fields[] = { FIELD_ID(struct head_form, unit, unit_id, F_UNIT, "单位", .required = true), ABOUT };
static const struct field head_fields[] = { FIELD_HIDDEN(struct head_form, version), ABOUT };
static const struct form new_form = FORM(struct head_form, new_fields);
static const struct form head_form = FORM(struct head_form, head_fields);

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    struct unit_level level;
    if (f->kind == F_UNIT) return ledger_units_offered(rq, n);
    if (f->kind == F_STAFF) return ledger_staff_offered(rq, n);
    *n = 0;
    const struct project_get_row *p = rq->ids[0] ? project_of(rq) : NULL;
    if (p != NULL) return slots(rq->arena, profile_of(p->profile), n);
    return unit_level_of(rq->db, rq->who.focus, &level) ? slots(rq->arena, level.profile, n) : NULL;
}

enum http
project_form_draw(struct rq *rq, struct project_form_page *v, const char *title)
{
    v->rq = rq;
    v->from.rq = rq;
    v->from.arg = rq;
    if (v->back.s.n == 0 && v->p == NULL) v->back = (struct url){ STR("/projects") };
    else if (v->back.s.n == 0) v->back = url_fmt(rq->arena, "/projects/%lld", (long long)v->p->id.v);
    rq->title = str_of(tr(rq->lang, title));
    project_form_view(&rq->body, v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
new_page(struct rq *rq)
{
    struct head_form start = { .unit = rq->who.focus };
    struct project_form_page v = { .form = &new_form, .from = { .values = &start, .choices = offered }, .button = T("建立项目"),
                                   .hint = T("项目从需求评估开始：评估、策划、立项、执行、评估、改进，逐步进行。") };
    return project_form_draw(rq, &v, T("新建社区项目"));
}

/* What was chosen must have been offered: a slot of the place, somebody in service. */
static bool
chosen(struct rq *rq, const struct profile *place, struct unit_id unit, const struct head_form *in)
{
    size_t n, i = 0;
    const struct choice *all = slots(rq->arena, place, &n);
    while (in->slot.n && i < n && !str_is(in->slot, all[i].code)) i++;
    if (in->slot.n && i == n) rq_invalid(rq, "slot", T("请从列表中选择。"));
    if (in->staff.v == 0) return rq->errors == NULL;
    struct str id = str_fmt(rq->arena, "%lld", (long long)in->staff.v);
    all = ledger_staff_offered(rq, &n);
    for (i = 0; i < n && !str_is(id, all[i].code);) i++;
    if (i == n || id_area(in->staff.v) != id_area(unit.v)) rq_invalid(rq, "staff", T("请从列表中选择。"));
    return rq->errors == NULL;
}

struct project_id
project_open(struct rq *rq, const struct project_new *in)
{
    int64_t area = unit_area(rq->db, in->unit);
    struct project_id id = { id_next(area) };
    struct project_serial_next_row serial;
    int year = date_ymd(today()).y;
    project_serial_next(rq->db, &serial, in->unit, year);
    project_insert(rq->db, .area = area, .id = id, .unit = in->unit, .name = in->name, .kind = in->kind, .slot = in->slot.n ? in->slot : NO_STR,
                   .no = str_fmt(rq->arena, "%.*s-SQ%d-%03lld", FMT(serial.code), year, (long long)serial.last), .staff = in->staff,
                   .opened = today(), .by = rq->who.user, .at = instant_now());
    project_tell(rq, id, &(struct project_told){ "state", today(), .to = STR("needs") });
    audit_note(rq, area, "create", "project", id.v, NULL, NO_STR);
    return id;
}

static enum http
new_save(struct rq *rq)
{
    const struct head_form *in = rq->form;
    struct unit_level level;
    if (!scope_unit(rq, in->unit) || !unit_level_of(rq->db, in->unit, &level) || unit_area(rq->db, in->unit) == 0)
        return rq_invalid(rq, "unit", T("该单位不在您的范围内。"));
    if (!chosen(rq, level.profile, in->unit, in)) return HTTP_INVALID;
    struct project_id id = project_open(rq, &(struct project_new){ in->unit, in->name, in->kind, in->slot, in->staff });
    return rq_done(rq, T("已建立项目"), "/projects/%lld", (long long)id.v);
}

static struct head_form
head_of(struct arena *a, const struct project_get_row *p)
{
    return (struct head_form){ .version = str_fmt(a, "%lld", (long long)p->version), .unit = p->unit, .name = p->name, .kind = p->kind, .slot = p->slot,
                               .staff = p->staff };
}

static enum http
head_page(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    struct head_form is = head_of(rq->arena, p);
    struct project_form_page v = { .p = p, .form = &head_form, .from = { .values = &is, .choices = offered }, .button = T("保存") };
    if (project_is_over(p->state)) return rq_fail(rq, HTTP_CONFLICT, T("项目已结束，不能修改。"));
    return project_form_draw(rq, &v, T("修改项目"));
}

static enum http
head_save(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    const struct head_form *in = rq->form;
    struct head_form was = head_of(rq->arena, p);
    struct audit_changes c = { 0 };
    int64_t seen = 0;
    if (project_is_over(p->state)) return rq_fail(rq, HTTP_CONFLICT, T("项目已结束，不能修改。"));
    if (!chosen(rq, profile_of(p->profile), p->unit, in)) return HTTP_INVALID;
    str_int(in->version, &seen);
    if (project_update(rq->db, .area = id_area(p->id.v), .id = p->id, .version = seen, .name = in->name, .kind = in->kind,
                       .slot = in->slot.n ? in->slot : NO_STR, .staff = in->staff) == 0)
        return rq_invalid(rq, NULL, T("您打开后别人保存过，请对照后再保存。"));
    for (size_t i = 1; i < COUNT(head_fields); i++) {           /* the first field is the hidden version */
        struct str a = form_text(rq->arena, &head_fields[i], &was), b = form_text(rq->arena, &head_fields[i], in);
        if (!str_eq(a, b)) audit_changed(&c, rq->arena, head_fields[i].name, a, b);
    }
    audit_note(rq, id_area(p->id.v), "change", "project", p->id.v, &c, NO_STR);
    return rq_done(rq, T("已保存"), "/projects/%lld", (long long)p->id.v);
}

/* ---- One project, and the needs it answers ---- */

struct line_form { struct str line; };
static const struct field line_fields[] = {
    FIELD_OFFERED(struct line_form, line, "回应的清单条目", .required = true, .wide = true, .help = "本单位、上级和下级单位现行清单中的需求和问题。"),
};
static const struct form line_form = FORM(struct line_form, line_fields);

static const struct choice *
lines_offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    const struct project_get_row *p = project_of(rq);
    struct project_lines_offered_row *rows;
    (void)f;
    *n = project_lines_offered(rq->db, &rows, id_area(p->id.v), p->unit, p->id);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const char *text = str_fmt(rq->arena, "%.*s · %.*s", FMT(rows[i].text), FMT(rows[i].unit_name)).p;      /* not shown */
        all[i] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].line.v).p, text, text };
    }
    return all;
}

static enum http
show(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    int64_t area = id_area(p->id.v);
    const struct project_step *first = NULL;
    struct project_page v = { .head = { rq, p, "" }, .line_form = &line_form, .line_from = { .rq = rq, .choices = lines_offered, .arg = rq },
                              .write = project_writable(rq, p) };
    v.steps_n = project_steps(p->state, &first);
    v.steps = NEW(rq->arena, struct project_step_shown, v.steps_n + 1);
    for (size_t i = 0; i < v.steps_n; i++) {
        v.steps[i] = (struct project_step_shown){ .step = first + i, .may = may(rq, first[i].may) };
        if (v.steps[i].may) v.steps[i].lacks_n = project_lacks(rq, p, first + i, &v.steps[i].lacks);
    }
    v.lines_n = project_lines(rq->db, &v.lines, area, p->id);
    v.forms_n = project_forms(rq->db, &v.forms, area, p->id);
    rq->title = p->name;
    project_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
line_add(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    const struct line_form *in = rq->form;
    struct form_source from = { .rq = rq, .arg = rq };
    struct line_id line = { 0 };
    size_t n, i = 0;
    if (!project_writable(rq, p)) return rq_fail(rq, HTTP_CONFLICT, T("项目已结束，不能修改。"));
    const struct choice *all = lines_offered(&from, &line_fields[0], &n);
    while (i < n && !str_is(in->line, all[i].code)) i++;
    if (i == n) return rq_invalid(rq, "line", T("请从列表中选择。"));
    str_int(in->line, &line.v);
    project_line_put(rq->db, id_area(p->id.v), p->id, line);
    if (project_is_running(p->state)) project_lines_planned(rq->db, id_area(p->id.v), p->id);
    audit_note(rq, id_area(p->id.v), "link", "project", p->id.v, NULL, in->line);
    return rq_done(rq, T("已关联"), "/projects/%lld#lines", (long long)p->id.v);
}

static enum http
line_drop(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    if (!project_writable(rq, p)) return rq_fail(rq, HTTP_CONFLICT, T("项目已结束，不能修改。"));
    if (project_line_end(rq->db, id_area(p->id.v), p->id, (struct line_id){ rq->ids[1] }, today()) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, id_area(p->id.v), "unlink", "project", p->id.v, NULL, str_fmt(rq->arena, "%lld", (long long)rq->ids[1]));
    return rq_done(rq, T("已取消关联"), "/projects/%lld#lines", (long long)p->id.v);
}

static const struct route project_routes[] = {
    GET("/projects", COMMUNITY_READ, index_page, .title = T("社区项目"), .shape = &project_row_shape, .many = true, .query = "q,state,kind,unit,after"),
    GET("/projects/export", COMMUNITY_READ, to_book, .title = T("导出社区项目"), .slow = true),
    GET("/projects/new", COMMUNITY_WRITE, new_page, .title = T("新建社区项目")),
    POST("/projects/new", COMMUNITY_WRITE, new_save, .form = &new_form, .redraw = new_page, .title = T("新建社区项目")),
    GET("/projects/:project", COMMUNITY_READ, show, .scope = project_scope, .title = T("社区项目")),
    GET("/projects/:project/edit", COMMUNITY_WRITE, head_page, .scope = project_scope, .title = T("修改项目")),
    POST("/projects/:project/edit", COMMUNITY_WRITE, head_save, .scope = project_scope, .form = &head_form, .redraw = head_page, .title = T("修改项目")),
    POST("/projects/:project/lines", COMMUNITY_WRITE, line_add, .scope = project_scope, .form = &line_form, .redraw = show, .title = T("关联清单条目")),
    POST("/projects/:project/lines/:line/end", COMMUNITY_WRITE, line_drop, .scope = project_scope, .form = &no_fields, .title = T("取消关联")),
};
static const size_t project_routes_n = COUNT(project_routes);

static const struct route *const routes[] = { project_routes, project_step_routes, project_doc_routes, project_activity_routes, project_review_routes,
                                              project_paper_routes };
static const size_t *const routes_n[] = { &project_routes_n, &project_step_routes_n, &project_doc_routes_n, &project_activity_routes_n,
                                          &project_review_routes_n, &project_paper_routes_n };
const struct module community_module = { "community", routes, routes_n, COUNT(routes) };
