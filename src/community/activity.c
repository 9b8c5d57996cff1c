/* Activities of a project (clause 6.3.3): planned, held or cancelled.  Persons and person-times are counted apart; who of them comes to
 * the project for the first time makes up the persons served. */
#include "audit/audit.h"
#include "codes/catalogue.h"
#include "community/activity_html.h"
#include "community/project_views.h"
#include "network/network.h"
#include "page/page.h"

enum { PAGE = 50 };

static const struct choice states[] = { { "planned", "计划", "Planned" }, { "held", "已举办", "Held" }, { "cancelled", "已取消", "Cancelled" } };

const char *
activity_state_label(struct str state, enum lang lang)
{
    for (size_t i = 0; i < COUNT(states); i++)
        if (str_is(state, states[i].code)) return choice_label(&states[i], lang);
    return "";
}

const char *
activity_state_badge(struct str state)
{
    return str_is(state, "held") ? "bg-green-lt" : str_is(state, "planned") ? "bg-blue-lt" : "bg-secondary-lt";
}

struct activity {
    struct str version, state, name, service, method;
    struct date on;
    struct str time, place, audience;
    int64_t planned, persons, firsts, times, volunteers, hours;
    struct str staff, process;
    struct money cost;
    struct str goods;
    int64_t asked, satisfaction;
    struct str problems, reflection, link, reason;
};
static const struct activity no_activity = { .on = { INT32_MIN }, .planned = NO_INT, .persons = NO_INT, .firsts = NO_INT, .times = NO_INT,
                                             .volunteers = NO_INT, .hours = NO_INT, .cost = { INT64_MIN }, .asked = NO_INT, .satisfaction = NO_INT };

#define HELD .if_field = "state", .if_values = "held"
#define COUNTED(m, label_, ...) FIELD_INT(struct activity, m, label_, .max = 1000000, HELD, __VA_ARGS__)

static bool
check(struct rq *rq, void *form)
{
    const struct activity *in = form;
    bool held = str_is(in->state, "held");
    if (held && date_known(in->on) && date_diff(in->on, today()) > 0) rq_invalid(rq, "on", T("还没到日期，不能记为已举办。"));
    if (str_is(in->state, "planned") && date_known(in->on) && date_diff(in->on, today()) < 0) rq_invalid(rq, "on", T("计划的日期不能早于今天。"));
    if (held && in->firsts != NO_INT && in->persons != NO_INT && in->firsts > in->persons)
        rq_invalid(rq, "firsts", T("首次参加的人数不能多于参加人数。"));
    if (held && in->times != NO_INT && in->persons != NO_INT && in->times < in->persons) rq_invalid(rq, "times", T("人次不能少于参加人数。"));
    if (held && (in->asked == NO_INT || in->asked == 0) != (in->satisfaction == NO_INT))
        rq_invalid(rq, "satisfaction", T("调查人数和满意度要一起填写。"));
    return rq->errors == NULL;
}
static const struct field fields[] = {
    FIELD_HIDDEN(struct activity, version),
    FIELD_CHOICE(struct activity, state, states, "状态", .required = true),
    FIELD_TEXT(struct activity, name, "活动名称", .required = true, .max = 120),
    FIELD_OFFERED(struct activity, service, "服务项目"),
    FIELD_CODE(struct activity, method, "community_method", "服务方法", .required = true),
    FIELD_DATE(struct activity, on, "日期", .required = true),
    FIELD_TEXT(struct activity, time, "时间", .max = 40, .placeholder = "9:30—11:00"),
    FIELD_TEXT(struct activity, place, "地点", .max = 120),
    FIELD_CODES(struct activity, audience, "community_audience", "参加对象", .wide = true),
    FIELD_INT(struct activity, planned, "计划人数", .max = 1000000),
    COUNTED(persons, "参加人数", .required_if_shown = true),
    COUNTED(firsts, "其中首次参加本项目", .required_if_shown = true, .help = "各次活动首次参加的人数相加，就是项目的服务人数。"),
    COUNTED(times, "服务人次", .required_if_shown = true, .help = "同一人参加几场，算几人次。"),
    COUNTED(volunteers, "志愿者人数", .min = 0), COUNTED(hours, "志愿服务小时", .min = 0),
    FIELD_TEXT(struct activity, staff, "工作人员", .max = 120, HELD, .required_if_shown = true),
    FIELD_LONG(struct activity, process, "活动过程", .max = 5000, .wide = true, HELD, .required_if_shown = true, .help = "写事情，不写居民的姓名和电话。"),
    FIELD_MONEY(struct activity, cost, "花费", HELD),
    FIELD_TEXT(struct activity, goods, "发放物资", .max = 200, HELD),
    COUNTED(asked, "满意度调查人数", .min = 0), FIELD_INT(struct activity, satisfaction, "平均满意度（百分制）", .max = 100, HELD),
    FIELD_LONG(struct activity, problems, "存在的问题", .max = 2000, .wide = true, HELD),
    FIELD_LONG(struct activity, reflection, "反思", .max = 2000, .wide = true, HELD),
    FIELD_TEXT(struct activity, link, "宣传报道", .max = 200, .wide = true, HELD),
    FIELD_LONG(struct activity, reason, "取消的原因", .max = 500, .wide = true, .if_field = "state", .if_values = "cancelled", .required_if_shown = true),
};
static const struct form form = { .name = "activity", .fields = fields, .n = COUNT(fields), .size = sizeof(struct activity), .check = check,
                                  .fresh = &no_activity };

#define OF(r)                                                                                                                               \
    ((struct activity){ .state = (r)->state, .name = (r)->name, .service = (r)->service, .method = (r)->method, .on = (r)->on,               \
                        .time = (r)->time, .place = (r)->place, .audience = (r)->audience, .planned = (r)->planned,                          \
                        .persons = (r)->persons, .firsts = (r)->firsts, .times = (r)->times, .volunteers = (r)->volunteers,                  \
                        .hours = (r)->hours, .staff = (r)->staff, .process = (r)->process, .cost = (r)->cost, .goods = (r)->goods,           \
                        .asked = (r)->asked, .satisfaction = (r)->satisfaction, .problems = (r)->problems, .reflection = (r)->reflection,    \
                        .link = (r)->link, .reason = (r)->reason })

static bool
writable(const struct rq *rq)
{
    return may(rq, COMMUNITY_WRITE) && str_is(project_of(rq)->state, "executing");
}

/* ---- The list, with what was planned beside what was done ---- */

static void
planned_by(struct rq *rq, struct activities_page *v)
{
    const json_t *plan = project_form_good(rq, v->head.p->id, "community_plan");
    v->budget = (struct money){ 0 };
    for (size_t i = 0; i < doc_rows(plan, "budget"); i++) {
        struct money m;
        if (money_parse(doc_cell(plan, "budget", i, "amount"), &m)) v->budget.fen += m.fen;
    }
    str_int(doc_text(plan, "target_count"), &v->target);
    for (size_t i = 0; i < doc_rows(plan, "indicators"); i++)
        if (str_is(doc_cell(plan, "indicators", i, "indicator"), "times")) str_int(doc_cell(plan, "indicators", i, "count"), &v->expected);
}

static enum http
list(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    int64_t area = id_area(p->id.v), after = rq_param_int(rq, "after", 0);
    struct activities_page v = { .head = { rq, p, "activities" }, .write = writable(rq) };
    v.n = activity_list(rq->db, &v.rows, after ? DB_AFTER : 0, ACTIVITY_LIST_BY_NEW, area, p->id, after, PAGE + 1);
    v.more = v.n > PAGE;
    if (v.more) v.n = PAGE;
    activity_sums(rq->db, &v.sums, area, p->id, today());
    planned_by(rq, &v);
    rq->title = p->name;
    activities_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- One ---- */

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    (void)from;
    (void)f;
    return catalogue_choices("MZ071", n);
}

static enum http
draw(struct rq *rq, const struct activity *values, const char *title)
{
    const struct project_get_row *p = project_of(rq);
    struct project_form_page v = { .p = p, .form = &form, .from = { .values = values, .choices = offered }, .button = T("保存"),
                                   .back = url_fmt(rq->arena, "/projects/%lld/activities", (long long)p->id.v) };
    return project_form_draw(rq, &v, title);
}

static enum http
shut(struct rq *rq)
{
    return rq_fail(rq, HTTP_CONFLICT, T("只有执行中的项目登记活动。"));
}

static enum http
new_page(struct rq *rq)
{
    struct activity start = no_activity;
    if (!writable(rq)) return shut(rq);
    start.version = STR("0");
    start.state = STR("held");
    return draw(rq, &start, T("登记活动"));
}

/* What belongs to another state is not kept; a service must be one of the catalogue. */
static bool
cleaned(struct rq *rq, struct activity *in)
{
    struct activity all = *in, bare = no_activity;
    if (!str_is(in->state, "held")) {
        *in = bare;
        in->version = all.version, in->state = all.state, in->name = all.name, in->service = all.service, in->method = all.method, in->on = all.on;
        in->time = all.time, in->place = all.place, in->audience = all.audience, in->planned = all.planned;
    }
    in->reason = str_is(in->state, "cancelled") ? all.reason : NO_STR;
    if (in->service.n && *catalogue_label(in->service, rq->lang) == '\0') rq_invalid(rq, "service", T("请从列表中选择。"));
    return rq->errors == NULL;
}

#define TEXT_OR_NOT(s) ((s).n ? (s) : NO_STR)
#define VALUES                                                                                                                              \
    .name = in->name, .state = in->state, .service = TEXT_OR_NOT(in->service), .method = in->method, .on = in->on,                           \
    .time = TEXT_OR_NOT(in->time), .place = TEXT_OR_NOT(in->place), .audience = TEXT_OR_NOT(in->audience), .planned = in->planned,           \
    .persons = in->persons, .firsts = in->firsts, .times = in->times, .volunteers = in->volunteers, .hours = in->hours,                      \
    .staff = TEXT_OR_NOT(in->staff), .process = TEXT_OR_NOT(in->process), .cost = in->cost, .goods = TEXT_OR_NOT(in->goods),                 \
    .asked = in->asked, .satisfaction = in->satisfaction, .problems = TEXT_OR_NOT(in->problems), .reflection = TEXT_OR_NOT(in->reflection),  \
    .link = TEXT_OR_NOT(in->link), .reason = TEXT_OR_NOT(in->reason)

static enum http
new_save(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    struct activity *in = rq->form;
    int64_t area = id_area(p->id.v);
    if (!writable(rq)) return shut(rq);
    if (!cleaned(rq, in)) return HTTP_INVALID;
    struct activity_id id = { id_next(area) };
    activity_insert(rq->db, .area = area, .id = id, .project = p->id, VALUES, .by = rq->who.user, .at = instant_now());
    audit_note(rq, area, "create", "project_activity", id.v, NULL, NO_STR);
    return rq_done(rq, T("已登记活动"), "/projects/%lld/activities", (long long)p->id.v);
}

static enum http
show(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    struct activity_page v = { .head = { rq, p, "activities" }, .id = { rq->ids[1] }, .write = writable(rq) };
    if (!activity_get(rq->db, &v.a, id_area(p->id.v), p->id, v.id)) return HTTP_NOT_FOUND;
    rq->title = v.a.name;
    activity_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
edit_page(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    struct activity_get_row r;
    if (!activity_get(rq->db, &r, id_area(p->id.v), p->id, (struct activity_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    if (!writable(rq)) return shut(rq);
    struct activity is = OF(&r);
    is.version = str_fmt(rq->arena, "%lld", (long long)r.version);
    return draw(rq, &is, T("修改活动"));
}

static enum http
edit_save(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    struct activity *in = rq->form;
    struct activity_get_row r;
    struct audit_changes c = { 0 };
    struct activity_id id = { rq->ids[1] };
    int64_t area = id_area(p->id.v), seen = 0;
    if (!activity_get(rq->db, &r, area, p->id, id)) return HTTP_NOT_FOUND;
    if (!writable(rq)) return shut(rq);
    if (!cleaned(rq, in)) return HTTP_INVALID;
    str_int(in->version, &seen);
    if (activity_update(rq->db, .area = area, .id = id, .version = seen, VALUES) == 0)
        return rq_invalid(rq, NULL, T("您打开后别人保存过，请对照后再保存。"));
    struct activity was = OF(&r);
    for (size_t i = 1; i < COUNT(fields); i++) {                /* the first field is the hidden version */
        struct str a = form_text(rq->arena, &fields[i], &was), b = form_text(rq->arena, &fields[i], in);
        if (!str_eq(a, b)) audit_changed(&c, rq->arena, fields[i].name, a, b);
    }
    audit_note(rq, area, "change", "project_activity", id.v, &c, NO_STR);
    return rq_done(rq, T("已保存"), "/projects/%lld/activities/%lld", (long long)p->id.v, (long long)id.v);
}

/* ---- By method (MZT-44) ---- */

static enum http
methods(struct rq *rq)
{
    struct methods_page v = { .rq = rq, .from = rq_param_date(rq, "from"), .to = rq_param_date(rq, "to"), .unit_name = unit_name(rq->db, rq->who.focus) };
    int64_t area = unit_county(rq->db, rq->who.focus);
    if (!date_known(v.from)) date_of(date_ymd(today()).y, 1, 1, &v.from);
    if (!date_known(v.to)) v.to = today();
    v.n = activity_methods(rq->db, &v.rows, area ? ACTIVITY_METHODS_F_AREA : 0, 0, area, rq->who.focus, v.from, v.to);
    v.methods = codes_choices(codes_table("community_method"), &v.methods_n);
    rq->title = str_of(tr(rq->lang, T("按方法统计")));
    methods_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route project_activity_routes[] = {
    GET("/projects/methods", COMMUNITY_READ, methods, .title = T("按方法统计")),
    GET("/projects/:project/activities", COMMUNITY_READ, list, .scope = project_scope, .title = T("项目活动")),
    GET("/projects/:project/activities/new", COMMUNITY_WRITE, new_page, .scope = project_scope, .title = T("登记活动")),
    POST("/projects/:project/activities/new", COMMUNITY_WRITE, new_save, .scope = project_scope, .form = &form, .redraw = new_page, .title = T("登记活动")),
    GET("/projects/:project/activities/:activity", COMMUNITY_READ, show, .scope = project_scope, .title = T("项目活动")),
    GET("/projects/:project/activities/:activity/edit", COMMUNITY_WRITE, edit_page, .scope = project_scope, .title = T("修改活动")),
    POST("/projects/:project/activities/:activity/edit", COMMUNITY_WRITE, edit_save, .scope = project_scope, .form = &form, .redraw = edit_page,
         .title = T("修改活动")),
};
const size_t project_activity_routes_n = COUNT(project_activity_routes);
