/* Groups: the list, a new one, the page of one, and the steps of the process. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "groupwork/group_html.h"
#include "groupwork/group_views.h"

enum { PAGE = 50 };

/* ---- The list ---- */

struct asked { unsigned filters; struct group_list_in in; struct str view; };

static struct asked
asked(struct rq *rq)
{
    struct str view = rq_param(rq, "view"), q = str_trim(rq_param(rq, "q")), state = rq_param(rq, "state");
    if (view.n == 0) view = may(rq, GROUP_WRITE) && !may(rq, CASE_ASSIGN) ? STR("mine") : STR("open");
    struct asked w = { .view = view, .in = { .area = rq->who.area, .unit = rq->who.focus, .me = rq->who.user, .after = NO_DATE } };
    if (str_is(view, "mine")) w.filters |= GROUP_LIST_F_MINE;
    else if (str_is(view, "open")) w.filters |= GROUP_LIST_F_OPEN;
    else if (str_is(view, "done")) w.filters |= GROUP_LIST_F_DONE;
    if (state.n) {
        w.filters |= GROUP_LIST_F_STATE;
        w.in.state = state;
    }
    if (q.n) {
        w.filters |= GROUP_LIST_F_NAME;
        w.in.name = case_like(rq, q, true);
    }
    return w;
}

static struct url
next_page(struct rq *rq, const struct group_list_page *v, const struct group_list_row *last)
{
    struct buf b = { .arena = rq->arena };
    char day[16];
    date_print(last->opened, day);
    LIT(&b, "/groups?view=");
    put_url_str(&b, v->view);
    LIT(&b, "&state=");
    put_url_str(&b, v->state);
    LIT(&b, "&q=");
    put_url_str(&b, v->q);
    putf(&b, "&after=%s&after_id=%lld", day, (long long)last->id.v);
    return (struct url){ buf_str(&b) };
}

/* Who sees numbers only gets numbers: no name, no process record. */
static enum http
figures(struct rq *rq)
{
    struct group_figures_page v = { .rq = rq };
    v.n = group_figures(rq->db, &v.rows, rq->who.area, rq->who.focus);
    rq->title = str_of(tr(rq->lang, T("小组工作情况")));
    group_figures_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
list(struct rq *rq)
{
    struct asked w = asked(rq);
    struct group_count_row count;
    struct group_list_page v = { .rq = rq, .view = w.view, .q = rq_param(rq, "q"), .state = rq_param(rq, "state") };
    w.in.after = rq_param_date(rq, "after");
    w.in.after_id.v = rq_param_int(rq, "after_id", 0);
    w.in.most = PAGE + 1;
    bool next = date_known(w.in.after) && w.in.after_id.v > 0;
    size_t n = group_list_with(rq->db, &v.rows, w.filters | (next ? DB_AFTER : 0), GROUP_LIST_BY_OPENED, &w.in);
    if (group_count(rq->db, &count, w.filters, 0, .area = w.in.area, .unit = w.in.unit, .me = w.in.me, .state = w.in.state, .name = w.in.name))
        v.total = (size_t)count.total;
    v.n = n > PAGE ? PAGE : n;
    if (n > PAGE) v.next = next_page(rq, &v, &v.rows[PAGE - 1]);
    rq->title = str_of(tr(rq->lang, T("小组")));
    group_list_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- A new group ---- */

struct fresh { struct str name; };
static const struct field fresh_fields[] = { FIELD_TEXT(struct fresh, name, "小组名称", .required = true, .max = 80, .autofocus = true) };
static const struct form fresh_form = FORM(struct fresh, fresh_fields);

struct group_id
group_make(struct rq *rq, struct unit_id unit, struct str name, struct user_id leader, struct user_id supervisor, struct doc_id *plan)
{
    int64_t area = id_area(unit.v);
    struct case_unit_row u;
    struct group_serial_next_row serial;
    struct groupfile k;
    struct group_id id = { id_next(area) };
    int year = date_ymd(today()).y;
    case_unit(rq->db, &u, unit);
    group_serial_next(rq->db, &serial, unit, year);
    group_insert(rq->db, .area = area, .id = id, .no = str_fmt(rq->arena, "%.*s-G%d-%03lld", FMT(u.code), year, (long long)serial.last), .name = name,
                 .unit = unit, .leader = leader, .supervisor = supervisor, .on = today(), .at = instant_now());
    group_load(rq, area, id, &k);
    group_event_add(rq->db, .area = area, .id = { id_next(area) }, .group = id, .at = instant_now(), .by = rq->who.user, .kind = STR("state"),
                    .to_state = STR("prepare"));
    group_note(rq, &k, "create", NO_STR);
    *plan = group_begin(rq, &k, "H", 0, (struct meeting_id){ 0 });
    return id;
}

static enum http
add(struct rq *rq)
{
    struct group_new_page v = { .rq = rq, .form = &fresh_form, .from = { .rq = rq } };
    rq->title = str_of(tr(rq->lang, T("新小组")));
    group_new_page(&rq->body, &v);
    return HTTP_OK;
}

/* In the worker's own unit; with one supervisor there, he is the group's. */
static enum http
create(struct rq *rq)
{
    const struct fresh *in = rq->form;
    struct case_supervisors_row *s;
    struct doc_id plan;
    size_t n = case_supervisors(rq->db, &s, rq->who.unit);
    struct group_id id = group_make(rq, rq->who.unit, in->name, rq->who.user, n == 1 ? s[0].id : (struct user_id){ 0 }, &plan);
    return rq_redirect(rq, "/groups/%lld/forms/%lld", (long long)id.v, (long long)plan.v);
}

/* ---- One group ---- */

bool
group_marked(const struct group_page *v, struct str item)
{
    for (size_t i = 0; i < v->marks_n; i++)
        if (str_eq(v->marks[i].item, item)) return true;
    return false;
}

const char *
group_axis_text(const struct group_axis_row *e, enum lang lang)
{
    if (str_is(e->kind, "state")) return group_word("group_states", e->to_state, lang);
    if (str_is(e->kind, "submitted")) return tr(lang, T("提交表单"));
    if (str_is(e->kind, "approved")) return tr(lang, T("批准表单"));
    if (str_is(e->kind, "returned")) return tr(lang, T("退回表单"));
    if (str_is(e->kind, "supervisor")) return tr(lang, T("指定督导"));
    return str_is(e->kind, "leader") ? tr(lang, T("更换带领社工")) : "";
}

static enum http
opened(struct rq *rq)
{
    struct groupfile *k = group_of(rq);
    int64_t area = id_area(k->g.id.v);
    struct group_page v = { .rq = rq, .k = k, .here = "", .write = group_may_write(rq, k), .decide = group_may_decide(rq, k),
                            .read = group_may_read(rq, k, 2) };
    v.next = group_next(k);
    if (v.read) {
        v.members_n = group_people(rq, k, &v.members);
        v.sessions_n = group_meetings(rq, k, &v.sessions);
        v.sums = group_attendance_sums(rq, k, &v.attendance, &v.attendance_n);
        v.axis_n = group_axis(rq->db, &v.axis, area, k->g.id);
        v.ticks_n = group_check_list(rq, k, &v.ticks, &v.minded, &v.minded_n);
        v.marks_n = group_ticks(rq->db, &v.marks, area, k->g.id);
        v.summary = group_sheet(rq, k, "K", 0).doc;
        if (v.next.n) v.missing_n = group_missing(rq, k, v.next, &v.missing);
        v.prompts_n = group_prompts(rq, k, &v.prompts);
        if (k->level >= 3) rq_note_read(rq, "group", k->g.id.v, "page");
    }
    if ((v.decide || v.write) && group_is_open(k->g.state)) v.supervisors_n = case_supervisors(rq->db, &v.supervisors, k->g.unit);
    if (may(rq, CASE_ASSIGN) && group_is_open(k->g.state)) v.workers_n = case_workers(rq->db, &v.workers, k->g.unit);
    rq->title = k->level >= 4 && !v.read ? k->g.no : str_fmt(rq->arena, "%.*s · %.*s", FMT(k->g.no), FMT(k->g.name));
    group_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- Steps of the process ---- */

static enum http
refuse(struct rq *rq, const char *zh)
{
    return rq_fail(rq, HTTP_CONFLICT, zh);
}

static enum http
back_to_page(struct rq *rq, const char *zh)
{
    return rq_done(rq, zh, "/groups/%lld", (long long)group_of(rq)->g.id.v);
}

/* Forward through the gate; the page names what is missing. */
static enum http
advance(struct rq *rq)
{
    struct groupfile *k = group_of(rq);
    struct lack *list;
    struct str to = group_next(k);
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (to.n == 0) return refuse(rq, T("当前状态没有下一步。"));
    if (!str_eq(rq_param(rq, "to"), to)) return refuse(rq, T("小组已经在另一阶段，请重新打开页面。"));
    if (group_missing(rq, k, to, &list)) return refuse(rq, T("还有未完成的内容，不能进入下一阶段。"));
    group_enter(rq, k, to);
    return back_to_page(rq, T("已进入下一阶段"));
}

struct ending { struct str reason, note; };
static const struct field cancel_fields[] = {
    FIELD_CODE(struct ending, reason, "group_cancel", "取消原因", .required = true),
    FIELD_LONG(struct ending, note, "说明", .max = 500),
};
static const struct form cancel_form = FORM(struct ending, cancel_fields);
struct stopping { struct str note, care; };
static const struct field stop_fields[] = {
    FIELD_LONG(struct stopping, note, "提前结束的原因", .required = true, .max = 500),
    FIELD_LONG(struct stopping, care, "对组员的安排", .required = true, .max = 1000),
};
static const struct form stop_form = FORM(struct stopping, stop_fields);

static enum http
over(struct rq *rq, struct str to, struct str reason, struct str note, struct str care)
{
    struct groupfile *k = group_of(rq);
    int64_t area = id_area(k->g.id.v);
    if (!group_set_state(rq->db, .area = area, .id = k->g.id, .from = k->g.state, .to = to, .closed = today(), .reason = reason, .note = note, .care = care))
        return refuse(rq, T("小组已经在另一阶段，请重新打开页面。"));
    group_event_add(rq->db, .area = area, .id = { id_next(area) }, .group = k->g.id, .at = instant_now(), .by = rq->who.user, .kind = STR("state"),
                    .from_state = k->g.state, .to_state = to, .reason = note.n ? note : NO_STR);
    group_note(rq, k, "state", to);
    return back_to_page(rq, T("已保存"));
}

/* Before it began: too few, no place, not approved. */
static enum http
cancel(struct rq *rq)
{
    const struct ending *in = rq->form;
    if (!group_may_write(rq, group_of(rq))) return HTTP_FORBIDDEN;
    if (!str_is(group_of(rq)->g.state, "prepare")) return refuse(rq, T("小组已经开始，不能取消；可以提前结束。"));
    return over(rq, STR("cancelled"), in->reason, in->note.n ? in->note : NO_STR, NO_STR);
}

static enum http
stop(struct rq *rq)
{
    const struct stopping *in = rq->form;
    int at = group_place(group_of(rq)->g.state);
    if (!group_may_write(rq, group_of(rq))) return HTTP_FORBIDDEN;
    if (at < group_place(STR("forming")) || at > group_place(STR("ending"))) return refuse(rq, T("只有进行中的小组可以提前结束。"));
    return over(rq, STR("stopped"), NO_STR, in->note, in->care);
}

struct ticking { struct str item, state, reason; };
static const struct choice tick_states[] = { { "done", T("已完成"), NULL }, { "not_needed", T("不需要"), NULL }, { "open", T("未完成"), NULL } };
static const struct field tick_fields[] = {
    FIELD_TEXT(struct ticking, item, "事项", .required = true, .max = 40),
    FIELD_CHOICE(struct ticking, state, tick_states, "状态", .required = true),
    FIELD_TEXT(struct ticking, reason, "原因", .max = 300, .if_field = "state", .if_values = "not_needed", .required_if_shown = true),
};
static const struct form tick_form = FORM(struct ticking, tick_fields);

/* Of the check list of the period, or a follow-up of the summary. */
static bool
tickable(struct rq *rq, struct groupfile *k, struct str item)
{
    struct group_tick *ticks;
    const char **prompts;
    size_t prompts_n, n = group_check_list(rq, k, &ticks, &prompts, &prompts_n);
    const json_t *summary = group_sheet(rq, k, "K", 0).doc;
    for (size_t i = 0; i < n; i++)
        if (str_is(item, ticks[i].code)) return true;
    for (size_t i = 0; summary != NULL && i < doc_rows(summary, "follow_up"); i++)
        if (str_eq(item, str_fmt(rq->arena, "K.follow_up:%zu", i + 1))) return true;
    return false;
}

static enum http
tick(struct rq *rq)
{
    const struct ticking *in = rq->form;
    struct groupfile *k = group_of(rq);
    int64_t area = id_area(k->g.id.v);
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!group_is_open(k->g.state) || !tickable(rq, k, in->item)) return refuse(rq, T("该事项不在当前阶段。"));
    if (str_is(in->state, "open")) group_tick_clear(rq->db, area, k->g.id, in->item);
    else group_tick_set(rq->db, .area = area, .id = k->g.id, .item = in->item, .state = in->state, .reason = in->reason.n ? in->reason : NO_STR,
                        .by = rq->who.user, .at = instant_now());
    group_note(rq, k, "tick", in->item);
    return back_to_page(rq, T("已保存"));
}

/* ---- Who leads, who supervises ---- */

struct somebody { struct user_id who; };
static const struct field who_fields[] = { FIELD_ID(struct somebody, who, user_id, F_STAFF, "人员", .required = true) };
static const struct form who_form = FORM(struct somebody, who_fields);

static enum http
supervisor(struct rq *rq)
{
    const struct somebody *in = rq->form;
    struct groupfile *k = group_of(rq);
    struct case_supervisors_row *s;
    int64_t area = id_area(k->g.id.v);
    bool known = false;
    size_t n = case_supervisors(rq->db, &s, k->g.unit);
    if (!group_may_write(rq, k) && !group_may_decide(rq, k)) return HTTP_FORBIDDEN;
    for (size_t i = 0; i < n; i++) known = known || s[i].id.v == in->who.v;
    if (!known || !group_is_open(k->g.state)) return refuse(rq, T("请从列表中选择。"));
    group_set_supervisor(rq->db, area, k->g.id, in->who);
    group_event_add(rq->db, .area = area, .id = { id_next(area) }, .group = k->g.id, .at = instant_now(), .by = rq->who.user, .kind = STR("supervisor"));
    group_note(rq, k, "supervisor", NO_STR);
    return back_to_page(rq, T("已保存"));
}

/* The head gives the group to another worker of the station; not one of level S4 that he may not know. */
static enum http
leader(struct rq *rq)
{
    const struct somebody *in = rq->form;
    struct groupfile *k = group_of(rq);
    struct case_workers_row *w;
    int64_t area = id_area(k->g.id.v);
    bool known = false;
    size_t n = case_workers(rq->db, &w, k->g.unit);
    if (k->level >= 4 && !k->rel.named) return HTTP_FORBIDDEN;
    for (size_t i = 0; i < n; i++) known = known || w[i].id.v == in->who.v;
    if (!known || !group_is_open(k->g.state)) return refuse(rq, T("请从列表中选择。"));
    group_set_leader(rq->db, area, k->g.id, in->who);
    group_event_add(rq->db, .area = area, .id = { id_next(area) }, .group = k->g.id, .at = instant_now(), .by = rq->who.user, .kind = STR("leader"));
    group_note(rq, k, "leader", NO_STR);
    return back_to_page(rq, T("已保存"));
}

const struct route group_routes[] = {
    GET("/groups", GROUP_READ, list, .title = T("小组")),
    GET("/groups/figures", GROUP_COUNT, figures, .title = T("小组工作情况")),
    GET("/groups/new", GROUP_WRITE, add, .title = T("新小组")),
    POST("/groups/new", GROUP_WRITE, create, .form = &fresh_form, .redraw = add, .title = T("新小组")),
    GET("/groups/:group", GROUP_READ, opened, .scope = group_scope, .title = T("小组")),
    POST("/groups/:group/advance", GROUP_WRITE, advance, .scope = group_scope, .form = &no_fields, .title = T("进入下一阶段")),
    POST("/groups/:group/cancel", GROUP_WRITE, cancel, .scope = group_scope, .form = &cancel_form, .title = T("取消小组")),
    POST("/groups/:group/stop", GROUP_WRITE, stop, .scope = group_scope, .form = &stop_form, .title = T("提前结束小组")),
    POST("/groups/:group/ticks", GROUP_WRITE, tick, .scope = group_scope, .form = &tick_form, .title = T("阶段清单")),
    POST("/groups/:group/supervisor", GROUP_READ, supervisor, .scope = group_scope, .form = &who_form, .title = T("指定督导")),
    POST("/groups/:group/leader", CASE_ASSIGN, leader, .scope = group_scope, .form = &who_form, .title = T("更换带领社工")),
};
const size_t group_routes_n = COUNT(group_routes);
