/* Hand-over of cases: one responsible worker at any time; the change carries both signatures (R-CW-2). */
#include "audit/audit.h"
#include "auth/session.h"
#include "casework/case.h"
#include "casework/case_views.h"
#include "casework/handover_html.h"
#include "casework/handover_sql.h"

struct handover { struct user_id to; struct str reason, note, sign; };
static const struct choice reasons[] = {
    { "left", "社工离职", NULL }, { "moved", "社工调动", NULL }, { "balance", "工作量调整", NULL },
    { "fit", "服务需要", NULL }, { "client", "服务对象要求", NULL }, { "other", "其他", NULL },
};
static const struct field handover_fields[] = {
    FIELD_ID(struct handover, to, user_id, F_STAFF, "接收社工", .required = true),
    FIELD_CHOICE(struct handover, reason, reasons, "移交原因", .required = true),
    FIELD_LONG(struct handover, note, "移交说明", .max = 2000, .help = "目前进展、注意事项、已约定的联系。"),
    FIELD_SIGN(struct handover, sign, "移交人签名", .required = true, .wide = true),
};
static const struct form handover_form = FORM(struct handover, handover_fields);

struct accept { struct str sign; };
static const struct field accept_fields[] = { FIELD_SIGN(struct accept, sign, "接收人签名", .required = true, .wide = true) };
static const struct form accept_form = FORM(struct accept, accept_fields);

static const struct choice *
workers(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    struct casefile *k = rq->record;
    struct case_workers_row *rows;
    (void)f;
    *n = case_workers(rq->db, &rows, k ? k->c.unit : rq->who.focus);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (k == NULL || rows[i].id.v != k->c.worker.v)
            all[kept++] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
    *n = kept;
    return all;
}

static bool
is_worker_of(struct rq *rq, struct unit_id unit, struct user_id who)
{
    struct case_workers_row *rows;
    size_t n = case_workers(rq->db, &rows, unit);
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == who.v) return true;
    return false;
}

static enum http
form_page(struct rq *rq)
{
    struct handover_page v = { .rq = rq, .k = case_of(rq), .form = &handover_form, .from = { .rq = rq, .choices = workers, .arg = rq } };
    if (!case_may_write(rq, v.k) && !case_may_decide(rq, v.k)) return HTTP_FORBIDDEN;
    rq->title = str_of(tr(rq->lang, T("移交个案")));
    handover_page(&rq->body, &v);
    return HTTP_OK;
}

static void
ask(struct rq *rq, const struct casefile *k, const struct handover *in)
{
    int64_t area = id_area(k->c.id.v);
    struct handover_id id = { id_next(area) };
    handover_insert(rq->db, .area = area, .id = id, .case_ = k->c.id, .from_ = k->c.worker, .to_ = in->to, .on = today(), .reason = in->reason,
                    .note = in->note.n ? in->note : NO_STR, .sign_from = in->sign, .by = rq->who.user);
    audit_note(rq, area, "hand_over", "case", k->c.id.v, NULL, in->reason);
}

static enum http
create(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct handover *in = rq->form;
    struct handover_open_row open;
    if (!case_may_write(rq, k) && !case_may_decide(rq, k)) return HTTP_FORBIDDEN;
    if (!is_worker_of(rq, k->c.unit, in->to) || in->to.v == k->c.worker.v) return rq_invalid(rq, "to", T("请从列表中选择。"));
    if (handover_open(rq->db, &open, id_area(k->c.id.v), k->c.id) && open.total > 0)
        return rq_fail(rq, HTTP_CONFLICT, T("该个案已有一项移交等待接收。"));
    ask(rq, k, in);
    return rq_done(rq, T("已发出移交，待接收人签名"), "/cases/%lld", (long long)k->c.id.v);
}

/* ---- Accepting ---- */

static bool
waits_for_me(struct rq *rq)
{
    struct handover_get_row h;
    struct handover_id id = { rq->ids[0] };
    return handover_get(rq->db, &h, id_area(id.v), id) && h.to_.v == rq->who.user.v && !instant_known(h.accepted_at);
}

static enum http
accept_page(struct rq *rq)
{
    struct handover_waiting_row *rows;
    struct handover_inbox v = { .rq = rq, .form = &accept_form, .from = { .rq = rq } };
    v.n = handover_waiting(rq->db, &rows, rq->who.area, rq->who.user);
    v.rows = rows;
    rq->title = str_of(tr(rq->lang, T("待接收的个案")));
    handover_inbox(&rq->body, &v);
    return HTTP_OK;
}

static void
change_worker(struct rq *rq, struct case_id id, struct user_id from, struct user_id to)
{
    int64_t area = id_area(id.v);
    struct audit_changes changes = { 0 };
    case_set_worker(rq->db, area, id, to);
    case_event_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = id, .at = instant_now(), .by = rq->who.user, .kind = STR("handover"));
    audit_changed(&changes, rq->arena, "worker", str_fmt(rq->arena, "%lld", (long long)from.v), str_fmt(rq->arena, "%lld", (long long)to.v));
    audit_note(rq, area, "accept", "case", id.v, &changes, NO_STR);
}

void
case_hand_over(struct rq *rq, struct case_id id, struct user_id from, struct user_id to, struct str note, struct str sign_from,
               struct str sign_to)
{
    int64_t area = id_area(id.v);
    struct handover_id made = { id_next(area) };
    handover_insert(rq->db, .area = area, .id = made, .case_ = id, .from_ = from, .to_ = to, .on = today(), .reason = STR("fit"), .note = note,
                    .sign_from = sign_from, .by = rq->who.user);
    handover_accept(rq->db, area, made, instant_now(), sign_to);
    change_worker(rq, id, from, to);
}

static enum http
accept(struct rq *rq)
{
    struct handover_id id = { rq->ids[0] };
    int64_t area = id_area(id.v);
    const struct accept *in = rq->form;
    struct handover_get_row h;
    if (!handover_get(rq->db, &h, area, id) || handover_accept(rq->db, area, id, instant_now(), in->sign) == 0) return HTTP_NOT_FOUND;
    change_worker(rq, h.case_, h.from_, h.to_);
    return rq_done(rq, T("已接收"), "/cases/%lld", (long long)h.case_.v);
}

/* ---- Several cases at once: a worker leaves, or the load is spread ---- */

static enum http
bulk(struct rq *rq)
{
    const struct handover *in = rq->form;
    size_t asked = 0;
    for (size_t i = 0; i < rq->params_n; i++) {
        struct casefile k;
        struct case_id id;
        struct handover_open_row open;
        if (!str_is(rq->params[i].name, "id") || !str_int(rq->params[i].value, &id.v)) continue;
        if (!case_load(rq, id_area(id.v), id, &k) || !scope_unit(rq, k.c.unit) || !case_may_decide(rq, &k)) continue;
        bool waiting = handover_open(rq->db, &open, id_area(id.v), id) && open.total > 0;
        if (waiting || k.c.worker.v == in->to.v || !is_worker_of(rq, k.c.unit, in->to)) continue;
        ask(rq, &k, in);
        asked++;
    }
    if (asked == 0) return rq_fail(rq, HTTP_CONFLICT, T("没有可以移交的个案：请先选择个案，接收人须属于同一站。"));
    return rq_done(rq, T("已发出移交，待接收人签名"), "/cases");
}

static enum http
bulk_page(struct rq *rq)
{
    struct handover_page v = { .rq = rq, .form = &handover_form, .from = { .rq = rq, .choices = workers, .arg = rq } };
    struct str who = rq_param(rq, "worker");
    int64_t worker;
    rq->title = str_of(tr(rq->lang, T("批量移交")));
    if (str_int(who, &worker)) {
        const struct case_list_in in = { .area = rq->who.area, .unit = rq->who.focus, .me = rq->who.user, .today = date_add(today(), 1),
                                         .worker = { worker }, .limit = 200, .dormant = NO_DATE, .until = NO_TIME, .urgency = NO_INT };
        v.n = case_list_with(rq->db, &v.rows, CASE_LIST_F_OPEN | CASE_LIST_F_WORKER, CASE_LIST_BY_OPENED, &in);
    }
    handover_bulk_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
loads(struct rq *rq)
{
    struct handover_loads_row *rows;
    struct handover_loads_page v = { .rq = rq };
    v.n = handover_loads(rq->db, &rows, rq->who.area, rq->who.focus);
    v.rows = rows;
    rq->title = str_of(tr(rq->lang, T("个案分布")));
    handover_loads_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route handover_routes[] = {
    GET("/cases/:case/handover", CASE_READ, form_page, .scope = case_scope, .title = T("移交个案")),
    POST("/cases/:case/handover", CASE_READ, create, .scope = case_scope, .form = &handover_form, .redraw = form_page, .title = T("移交个案")),
    GET("/handovers", CASE_WRITE, accept_page, .title = T("待接收的个案")),
    POST("/handovers/:handover/accept", CASE_WRITE, accept, .scope = waits_for_me, .form = &accept_form, .redraw = accept_page, .title = T("接收个案")),
    GET("/cases/loads", CASE_ASSIGN, loads, .title = T("个案分布")),
    GET("/cases/reassign", CASE_ASSIGN, bulk_page, .title = T("批量移交")),
    POST("/cases/reassign", CASE_ASSIGN, bulk, .form = &handover_form, .redraw = bulk_page, .title = T("批量移交")),
};
const size_t handover_routes_n = COUNT(handover_routes);
