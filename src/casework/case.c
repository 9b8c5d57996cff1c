/* Cases: the list, one case, a new case, and the steps of the process. */
#include "audit/audit.h"
#include "auth/session.h"
#include "casework/case.h"
#include "casework/case_html.h"
#include "casework/case_json.h"
#include "casework/case_views.h"
#include "network/network.h"
#include "referral/referral.h"
#include "tally/tally.h"

enum { PER_PAGE = 50, MINUTE = 60000, MANY = 400 };     /* MANY: from so many on the newest are walked to */

/* ---- Rights ---- */

bool
case_load(struct rq *rq, int64_t area, struct case_id id, struct casefile *out)
{
    struct case_is_named_row named;
    *out = (struct casefile){ .forms = NEW(rq->arena, struct form_cache, 1) };
    if (!case_get(rq->db, &out->c, area, id)) return false;
    const struct case_get_row *c = &out->c;
    out->profile = profile_of(c->profile);
    if (out->profile == NULL) log_fatal("profile %.*s is not there", FMT(c->profile));
    out->rel.own = c->worker.v != 0 && c->worker.v == rq->who.user.v;
    out->rel.assigned = c->supervisor.v != 0 && c->supervisor.v == rq->who.user.v;
    out->rel.named = out->rel.own || out->rel.assigned
                     || (c->level >= 4 && case_is_named(rq->db, &named, area, id, rq->who.user) && named.total > 0);
    if (!out->rel.named) out->rel.granted = person_granted(rq, c->person) >= c->level;
    return true;
}

bool
case_scope(struct rq *rq)
{
    struct casefile *k = NEW(rq->arena, struct casefile, 1);
    struct case_id id = { rq->ids[0] };
    if (!case_load(rq, id_area(id.v), id, k) || !scope_unit(rq, k->c.unit)) return false;
    /* Level S4: who is not named does not learn that the case exists; the head may (codes.md 9.2). */
    if (k->c.level >= 4 && access_to(rq, 4, k->rel) < ACCESS_APPROVAL) return false;
    rq->record = k;
    return true;
}

struct casefile *
case_of(struct rq *rq)
{
    assert(rq->record != NULL);
    return rq->record;
}

bool
case_may_read(const struct rq *rq, const struct casefile *k, int level)
{
    int needed = k->c.level >= 4 ? 4 : level;           /* everything in an S4 case is S4 */
    return access_to(rq, needed, k->rel) >= ACCESS_READ;
}

bool
case_may_write(const struct rq *rq, const struct casefile *k)
{
    return may(rq, CASE_WRITE) && k->rel.own;
}

bool
case_may_decide(const struct rq *rq, const struct casefile *k)
{
    if (may(rq, CASE_SUPERVISE) && k->rel.assigned) return true;
    return may(rq, CASE_ASSIGN) && !k->rel.own && (k->c.level < 4 || k->rel.named);
}

/* ---- The list ---- */

struct str
case_like(struct rq *rq, struct str text, bool both)
{
    struct buf b = { .arena = rq->arena };
    if (both) LIT(&b, "%");
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '%' && text.p[i] != '_') put(&b, text.p + i, 1);
    LIT(&b, "%");
    return buf_str(&b);
}

struct date
case_dormant_before(struct rq *rq)
{
    struct unit_level l = { 0 };
    bool known = unit_level_of(rq->db, rq->who.focus, &l) && l.profile != NULL;
    return date_add(today(), -(int)(known ? profile_param(l.profile, "dormant_days", 60) : 60));
}

static void
view_filter(struct rq *rq, struct str view, struct case_query *q)
{
    if (str_is(view, "mine")) {
        q->filters |= CASE_LIST_F_OPEN | CASE_LIST_F_WORKER;
        q->in.worker = rq->who.user;
    } else if (str_is(view, "open")) q->filters |= CASE_LIST_F_OPEN;
    else if (str_is(view, "late")) {
        q->filters |= CASE_LIST_F_OPEN | CASE_LIST_F_LATE;
        q->in.until = (struct instant){ instant_now().ms / MINUTE * MINUTE };       /* so that the count can be kept */
    } else if (str_is(view, "dormant")) {
        q->filters |= CASE_LIST_F_DORMANT;
        q->in.dormant = case_dormant_before(rq);
    } else if (str_is(view, "done")) q->filters |= CASE_LIST_F_DONE;
}

struct case_query
case_query_asked(struct rq *rq)
{
    struct str view = rq_param(rq, "view");
    if (view.n == 0) view = may(rq, CASE_WRITE) && !may(rq, CASE_ASSIGN) ? STR("mine") : STR("open");
    struct case_query q = { .view = view, .in = { .area = rq->who.area, .unit = rq->who.focus, .me = rq->who.user, .today = date_add(today(), 1),
                               .dormant = NO_DATE, .until = NO_TIME, .urgency = NO_INT } };
    struct str text = str_trim(rq_param(rq, "q")), state = rq_param(rq, "state");
    int64_t worker = rq_param_int(rq, "worker", 0), urgency = rq_param_int(rq, "urgency", 0);

    view_filter(rq, view, &q);
    if (state.n) {
        q.filters |= CASE_LIST_F_STATE;
        q.in.state = state;
    }
    if (worker > 0) {
        q.filters |= CASE_LIST_F_WORKER;
        q.in.worker.v = worker;
    }
    if (urgency > 0) {
        q.filters |= CASE_LIST_F_URGENCY;
        q.in.urgency = urgency;
    }
    if (text.n && (unsigned char)text.p[0] < 0x80) {
        q.filters |= CASE_LIST_F_NO;
        q.in.no = case_like(rq, text, false);
    } else if (text.n) {
        q.filters |= CASE_LIST_F_NAME;
        q.in.name = case_like(rq, text, true);
    }
    q.sort = str_is(rq_param(rq, "sort"), "due") || str_is(view, "late") ? CASE_LIST_BY_DUE
             : str_is(rq_param(rq, "sort"), "last") ? CASE_LIST_BY_LAST
             : str_is(rq_param(rq, "sort"), "no")   ? CASE_LIST_BY_NO : CASE_LIST_BY_OPENED;
    return q;
}

static const struct choice *
worker_choices(struct rq *rq, struct unit_id unit, size_t *n)
{
    struct case_workers_row *rows;
    *n = case_workers(rq->db, &rows, unit);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++)
        all[i] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
    return all;
}

static enum http
list(struct rq *rq)
{
    struct case_query q = case_query_asked(rq);
    struct case_count_row count;
    struct case_list_page v = { .rq = rq, .view = q.view.p, .q = rq_param(rq, "q"), .state = rq_param(rq, "state"), .per_page = PER_PAGE,
                                .worker = rq_param(rq, "worker"), .urgency = rq_param(rq, "urgency"), .can_assign = may(rq, CASE_ASSIGN) };
    v.page = rq_param_int(rq, "page", 1);
    if (v.page < 1 || v.page > 100000) v.page = 1;
    q.in.limit = PER_PAGE;
    q.in.skip = (v.page - 1) * PER_PAGE;
    const struct case_count_in n = { .area = q.in.area, .unit = q.in.unit, .me = q.in.me, .today = q.in.today, .state = q.in.state,
                                     .worker = q.in.worker, .urgency = q.in.urgency, .code = q.in.code, .category = q.in.category,
                                     .dormant = q.in.dormant, .no = q.in.no, .name = q.in.name, .until = q.in.until };
    if (case_count_with(rq->db, &count, q.filters, 0, &n)) v.total = (size_t)count.total;
    if (q.sort == CASE_LIST_BY_OPENED && v.total >= MANY) q.sort = CASE_LIST_BY_WALK;
    v.n = case_list_with(rq->db, &v.rows, q.filters, q.sort, &q.in);
    if (shape_wanted(rq)) return case_list_json(rq, &v);
    v.workers = worker_choices(rq, rq->who.focus, &v.workers_n);
    bool head = may(rq, CASE_ASSIGN) && access_to(rq, 4, (struct relation){ 0 }) == ACCESS_APPROVAL;
    if (head && str_is(q.view, "open") && v.page == 1) v.sealed_n = case_sealed(rq->db, &v.sealed, rq->who.area, rq->who.focus, rq->who.user);
    rq->title = str_of(tr(rq->lang, T("个案")));
    case_list_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- One case ---- */

static enum http
view(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    int64_t area = id_area(k->c.id.v);
    struct case_page v = { .rq = rq, .k = k, .write = case_may_write(rq, k), .decide = case_may_decide(rq, k), .read = case_may_read(rq, k, 2) };

    rq->title = k->c.level >= 4 && !v.read ? k->c.no : str_fmt(rq->arena, "%.*s · %.*s", FMT(k->c.no), FMT(k->c.name));
    if (k->c.level >= 3 || k->rel.granted) rq_note_read(rq, "case", k->c.id.v, "page");
    v.next = case_next_state(k);
    if (v.read) {
        v.docs_n = docs_of_case(rq->db, &v.docs, area, k->c.id);
        v.records_n = case_records(rq->db, &v.records, area, k->c.id);
        v.follows_n = case_follows(rq->db, &v.follows, area, k->c.id);
    }
    if (shape_wanted(rq)) return case_json(rq, &v);
    if (v.read) {
        v.axis_n = case_axis(rq->db, &v.axis, area, k->c.id);
        v.steps_n = case_steps(rq, k, &v.steps);
        v.ticks_n = case_check_list(rq, k, &v.ticks, &v.prompts, &v.prompts_n);
        v.referrals_n = referral_of_case(rq->db, &v.referrals, area, k->c.id);
        v.reports_n = report_of_case(rq->db, &v.reports, area, k->c.id, rq->who.user);
        v.conferences_n = conference_of_case(rq->db, &v.conferences, area, k->c.id);
        v.mates_n = mate_list(rq->db, &v.mates, area, k->c.id);
        v.measures = case_may_read(rq, k, 3);
        if (v.measures) v.scales_n = scale_load(rq, k, &v.scales);
        if (v.scales_n && k->c.level < 3 && !k->rel.granted) rq_note_read(rq, "case", k->c.id.v, "scales");
        if (v.next.n) v.missing_n = case_missing(rq, k, v.next, &v.missing);
    }
    if (v.decide || v.write) v.supervisors_n = case_supervisors(rq->db, &v.supervisors, k->c.unit);
    case_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- A new case ---- */

/* S4: only who is named on him learns that the person exists. */
static bool
person_visible(struct rq *rq, struct person_id person, int64_t level)
{
    struct case_person_named_row named;
    return level < 4 || (case_person_named(rq->db, &named, id_area(person.v), person, rq->who.user) && named.total > 0);
}

struct str
case_open(struct rq *rq, struct person_id person, struct user_id worker, struct case_id beside, struct case_id *made, struct doc_id *form_a)
{
    int64_t area = id_area(person.v);
    struct case_person_row p;
    struct case_open_of_person_row open;
    struct case_serial_next_row serial;
    struct casefile k;
    struct case_unit_row unit;
    struct instant now = instant_now();

    if (!case_person(rq->db, &p, area, person) || !case_unit(rq->db, &unit, p.unit)) return str_of(tr(rq->lang, T("找不到该服务对象。")));
    if (date_known(p.died)) return str_of(tr(rq->lang, T("服务对象已去世，不能新建个案。")));
    if (case_open_of_person(rq->db, &open, area, person) && open.id.v != beside.v)
        return tr_fmt(rq->arena, rq->lang, T("该服务对象已有未结个案 %s；一人同一时间只有一份服务计划。"), str_z(rq->arena, open.no));
    case_serial_next(rq->db, &serial, p.unit, date_ymd(today()).y);
    *made = (struct case_id){ id_next(area) };
    int age = date_age(p.born, today());
    int64_t level = p.level > 2 ? p.level : age >= 0 && age < 18 ? 3 : 2;
    case_insert(rq->db, .area = area, .id = *made, .unit = p.unit, .person = person, .household = p.household, .level = level,
                .no = str_fmt(rq->arena, "%.*s-%d-%04lld", FMT(unit.code), date_ymd(today()).y, (long long)serial.last),
                .worker = worker, .opened = today(), .opened_at = now, .due_at = NO_TIME);
    case_load(rq, area, *made, &k);
    tally_add(rq->db, area, p.unit, today(), "case.opened", 1);
    for (struct str rest = k.c.categories; rest.n;) {
        struct str category = str_cut(&rest, ',');
        if (category.n && case_category_insert(rq->db, area, *made, category))
            tally_add_code(rq->db, area, p.unit, today(), "case.opened", category, 1);
    }
    tally_state(rq->db, area, p.unit, today(), NO_STR, STR("intake"));
    case_event_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = *made, .at = now, .by = rq->who.user, .kind = STR("state"),
                   .to_state = STR("intake"));
    audit_note(rq, area, "create", "case", made->v, NULL, NO_STR);
    case_clock(rq, &k);
    *form_a = doc_begin(rq, &k, doc_form(STR("A")));
    return NO_STR;
}

struct new_case { struct person_id person; };
static const struct field new_fields[] = { FIELD_ID(struct new_case, person, person_id, F_PERSON, "服务对象", .required = true) };
static const struct form new_form = FORM(struct new_case, new_fields);

static void
draw_new(struct rq *rq, struct case_id open)
{
    struct handover_page v = { .rq = rq, .form = &new_form, .from = { .rq = rq }, .open_case = open };
    rq->title = str_of(tr(rq->lang, T("新个案")));
    case_new_page(&rq->body, &v);
}

static enum http
add(struct rq *rq)
{
    draw_new(rq, (struct case_id){ 0 });
    return HTTP_OK;
}

static enum http
create(struct rq *rq)
{
    const struct new_case *in = rq->form;
    struct case_person_row p;
    struct case_id made;
    struct doc_id form;
    /* The person must be one the user may work with: in his scope, and S4 only when named on him. */
    if (!case_person(rq->db, &p, id_area(in->person.v), in->person) || !scope_unit(rq, p.unit) || !person_visible(rq, in->person, p.level))
        return rq_invalid(rq, "person", T("找不到该服务对象。"));
    struct str why = case_open(rq, in->person, rq->who.user, (struct case_id){ 0 }, &made, &form);
    if (why.n) {
        rq->errors = NEW(rq->arena, struct form_error, 1);
        *rq->errors = (struct form_error){ .field = "person", .why = why.p };
        struct case_open_of_person_row open;
        if (case_open_of_person(rq->db, &open, id_area(in->person.v), in->person)) draw_new(rq, open.id);     /* a click away (GD-15) */
        return HTTP_INVALID;
    }
    return rq_redirect(rq, "/cases/%lld/forms/%lld", (long long)made.v, (long long)form.v);
}

/* ---- Steps of the process ---- */

struct reason { struct str reason; };
static const struct field reason_fields[] = { FIELD_LONG(struct reason, reason, "原因", .required = true, .max = 500) };
static const struct form reason_form = FORM(struct reason, reason_fields);

static enum http
refuse(struct rq *rq, const char *zh)
{
    return rq_fail(rq, HTTP_CONFLICT, zh);
}

/* Forward through the gate; the page names what is missing. */
static enum http
advance(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    struct missing *list;
    struct str to = case_next_state(k);
    if (!case_may_write(rq, k) && !(case_may_decide(rq, k) && str_is(to, "archived"))) return HTTP_FORBIDDEN;
    if (to.n == 0 || str_is(k->c.state, "suspended")) return refuse(rq, T("当前状态没有下一步。"));
    if (case_missing(rq, k, to, &list)) return refuse(rq, T("还有未完成的内容，不能进入下一阶段。"));
    if (str_is(to, "closed")) case_close_ready(rq, k);
    else case_enter(rq, k, to, NO_STR);
    return rq_done(rq, T("已进入下一阶段"), "/cases/%lld", (long long)k->c.id.v);
}

/* Back to an earlier stage: always allowed, with a reason; the forms get new versions. */
static enum http
back(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct reason *in = rq->form;
    struct str to = rq->words[0];
    bool open = state_is_open(k->c.state) && !str_is(k->c.state, "suspended");
    bool known = str_is(to, "assessment") || str_is(to, "planning") || str_is(to, "intervention") || str_is(to, "evaluation");
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!open || !known || !state_before(to, k->c.state)) return refuse(rq, T("不能退回到该阶段。"));
    case_enter(rq, k, to, in->reason);
    return rq_done(rq, T("已退回"), "/cases/%lld", (long long)k->c.id.v);
}

/* The crisis path: intervention begins now, forms B to D follow within 72 hours. */
static enum http
crisis(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (k->c.urgency != 1 || !state_is_open(k->c.state) || !state_before(k->c.state, STR("intervention")))
        return refuse(rq, T("只有危急个案可以先介入。"));
    k->c.crisis = true;
    case_enter(rq, k, STR("intervention"), str_of(tr(LANG_ZH, T("危急个案先行介入"))));
    return rq_done(rq, T("已进入介入阶段，请在72小时内补齐表单"), "/cases/%lld", (long long)k->c.id.v);
}

static enum http
suspend_case(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct reason *in = rq->form;
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!state_is_open(k->c.state) || str_is(k->c.state, "suspended")) return refuse(rq, T("个案不在办理中。"));
    case_enter(rq, k, STR("suspended"), in->reason);
    return rq_done(rq, T("已中止"), "/cases/%lld", (long long)k->c.id.v);
}

static enum http
resume_case(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!str_is(k->c.state, "suspended")) return refuse(rq, T("个案没有中止。"));
    case_enter(rq, k, k->c.suspended_from.n ? k->c.suspended_from : STR("assessment"), NO_STR);
    return rq_done(rq, T("已恢复"), "/cases/%lld", (long long)k->c.id.v);
}

/* Early end (6.1.6.2 ②③④, 失联): form F is not asked for, form G then asks for what the reason needs. */
static enum http
end_early(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct reason *in = rq->form;
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!state_is_open(k->c.state) || str_is(k->c.state, "suspended") || !state_before(k->c.state, STR("closing")))
        return refuse(rq, T("个案不在办理中。"));
    case_enter(rq, k, STR("closing"), in->reason);
    return rq_done(rq, T("已进入结案阶段，请填写结案表"), "/cases/%lld", (long long)k->c.id.v);
}

static enum http
reopen(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct reason *in = rq->form;
    struct case_open_of_person_row open;
    if (!case_may_write(rq, k) && !case_may_decide(rq, k)) return HTTP_FORBIDDEN;
    if (!str_is(k->c.state, "closed") && !str_is(k->c.state, "follow_up")) return refuse(rq, T("只有已结案的个案可以重新打开。"));
    if (case_open_of_person(rq->db, &open, id_area(k->c.id.v), k->c.person)) return refuse(rq, T("该服务对象另有未结个案。"));
    case_enter(rq, k, STR("assessment"), in->reason);
    return rq_done(rq, T("已重新打开"), "/cases/%lld", (long long)k->c.id.v);
}

static enum http
upgrade(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    int64_t area = id_area(k->c.id.v);
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!str_is(k->c.grade, "consultation") || !state_is_open(k->c.state)) return refuse(rq, T("只有办理中的咨询个案可以升级。"));
    case_set_grade(rq->db, area, k->c.id, STR("professional"));
    case_event_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .at = instant_now(), .by = rq->who.user, .kind = STR("upgraded"));
    k->c.grade = STR("professional");
    if (!str_is(k->c.state, "intake")) case_enter(rq, k, STR("assessment"), NO_STR);
    return rq_done(rq, T("已升级为专业个案，原有记录全部保留"), "/cases/%lld", (long long)k->c.id.v);
}

/* ---- Ticks, steps, supervisor ---- */

struct tick_form { struct str item, state, reason; };
static const struct choice tick_states[] = { { "done", "完成", NULL }, { "not_needed", "不需要", NULL }, { "clear", "撤销", NULL } };
static const struct field tick_fields[] = {
    FIELD_TEXT(struct tick_form, item, "项目", .required = true, .max = 40),
    FIELD_CHOICE(struct tick_form, state, tick_states, "状态", .required = true),
    FIELD_TEXT(struct tick_form, reason, "原因", .max = 200, .if_field = "state", .if_values = "not_needed", .required_if_shown = true),
};
static const struct form tick_form = FORM(struct tick_form, tick_fields);

static enum http
tick(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct tick_form *in = rq->form;
    int64_t area = id_area(k->c.id.v);
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (str_is(in->state, "clear")) case_tick_clear(rq->db, area, k->c.id, in->item);
    else case_tick_set(rq->db, .area = area, .id = k->c.id, .item = in->item, .state = in->state, .reason = in->reason, .by = rq->who.user,
                       .at = instant_now());
    return rq_done(rq, T("已保存"), "/cases/%lld", (long long)k->c.id.v);
}

struct supervisor_form { struct user_id supervisor; };
static const struct field supervisor_fields[] = { FIELD_ID(struct supervisor_form, supervisor, user_id, F_STAFF, "督导", .required = true) };
static const struct form supervisor_form = FORM(struct supervisor_form, supervisor_fields);

static enum http
set_supervisor(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct supervisor_form *in = rq->form;
    struct case_supervisors_row *rows;
    int64_t area = id_area(k->c.id.v);
    size_t n = case_supervisors(rq->db, &rows, k->c.unit);
    bool known = false;
    if (!case_may_write(rq, k) && !case_may_decide(rq, k)) return HTTP_FORBIDDEN;
    for (size_t i = 0; i < n; i++) known = known || rows[i].id.v == in->supervisor.v;
    if (!known) return refuse(rq, T("请从列表中选择督导。"));
    case_set_supervisor(rq->db, area, k->c.id, in->supervisor);
    case_event_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .at = instant_now(), .by = rq->who.user, .kind = STR("supervisor"));
    audit_note(rq, area, "supervisor", "case", k->c.id.v, NULL, NO_STR);
    return rq_done(rq, T("已指定督导"), "/cases/%lld", (long long)k->c.id.v);
}

/* To the page where consent is recorded, and back. */
static enum http
consent(struct rq *rq)
{
    return rq_redirect(rq, "/people/%lld/consents", (long long)case_of(rq)->c.person.v);
}

static enum http
close_page(struct rq *rq)
{
    struct handover_page v = { .rq = rq, .k = case_of(rq), .form = &reason_form, .from = { .rq = rq } };
    rq->title = str_of(tr(rq->lang, T("提前结案")));
    case_close_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route case_routes[] = {
    GET("/cases", CASE_READ, list, .title = T("个案"), .shape = &case_row_shape, .many = true, .query = "view,q,state,worker,urgency,sort,page"),
    GET("/cases/new", CASE_WRITE, add, .title = T("新个案")),
    POST("/cases/new", CASE_WRITE, create, .form = &new_form, .redraw = add, .title = T("新个案")),
    GET("/cases/:case", CASE_READ, view, .scope = case_scope, .title = T("个案"), .shape = &case_shape),
    GET("/cases/:case/consent", CASE_READ, consent, .scope = case_scope, .title = T("同意与告知")),
    GET("/cases/:case/close", CASE_WRITE, close_page, .scope = case_scope, .title = T("提前结案")),
    POST("/cases/:case/close", CASE_WRITE, end_early, .scope = case_scope, .form = &reason_form, .redraw = close_page, .title = T("提前结案")),
    POST("/cases/:case/next", CASE_READ, advance, .scope = case_scope, .form = &no_fields, .title = T("进入下一阶段")),
    POST("/cases/:case/back/@state", CASE_WRITE, back, .scope = case_scope, .form = &reason_form, .title = T("退回前一阶段")),
    POST("/cases/:case/crisis", CASE_WRITE, crisis, .scope = case_scope, .form = &no_fields, .title = T("危急个案先行介入")),
    POST("/cases/:case/suspend", CASE_WRITE, suspend_case, .scope = case_scope, .form = &reason_form, .title = T("中止个案")),
    POST("/cases/:case/resume", CASE_WRITE, resume_case, .scope = case_scope, .form = &no_fields, .title = T("恢复个案")),
    POST("/cases/:case/reopen", CASE_READ, reopen, .scope = case_scope, .form = &reason_form, .title = T("重新打开个案")),
    POST("/cases/:case/upgrade", CASE_WRITE, upgrade, .scope = case_scope, .form = &no_fields, .title = T("升级为专业个案")),
    POST("/cases/:case/ticks", CASE_WRITE, tick, .scope = case_scope, .form = &tick_form, .title = T("阶段清单")),
    POST("/cases/:case/supervisor", CASE_READ, set_supervisor, .scope = case_scope, .form = &supervisor_form, .title = T("指定督导")),
};
const size_t case_routes_n = COUNT(case_routes);
