/* A referral out of the station, or to a colleague: the draft and its corrections. */
#include "audit/audit.h"
#include "auth/session.h"
#include "referral/out_html.h"
#include "referral/referral_views.h"

/* ---- The draft ---- */

struct out_form {
    struct str case_, person;
    struct str target, to_org, to_person, to_phone, reason, reason_note, services, service_class, urgency, summary, done, fields;
    struct unit_id to_unit;
    struct user_id to_worker, to_named;
};
static const struct choice targets[] = { { "agency", T("站外机构或部门"), NULL }, { "station", T("其他社工站"), NULL }, { "internal", T("本站其他社工"), NULL } };
static const struct field out_fields[] = {
    FIELD_HIDDEN(struct out_form, case_), FIELD_HIDDEN(struct out_form, person),
    FIELD_CHOICE(struct out_form, target, targets, "转给", .required = true),
    FIELD_TEXT(struct out_form, to_org, "接收机构", .max = 120, .if_field = "target", .if_values = "agency", .required_if_shown = true),
    FIELD_TEXT(struct out_form, to_person, "接收人", .max = 60, .if_field = "target", .if_values = "agency", .required_if_shown = true),
    FIELD_TEXT(struct out_form, to_phone, "接收人电话", .max = 30, .check = "phone", .if_field = "target", .if_values = "agency", .required_if_shown = true),
    FIELD_ID(struct out_form, to_unit, unit_id, F_UNIT, "接收单位", .if_field = "target", .if_values = "station", .required_if_shown = true),
    FIELD_ID(struct out_form, to_named, user_id, F_STAFF, "指定接收社工", .if_field = "target", .if_values = "station",
             .help = "高度敏感的服务对象须指定接收人。"),
    FIELD_ID(struct out_form, to_worker, user_id, F_STAFF, "接收社工", .if_field = "target", .if_values = "internal", .required_if_shown = true),
    FIELD_CODE(struct out_form, reason, "referral_reason", "转介原因", .required = true),
    FIELD_TEXT(struct out_form, reason_note, "原因说明", .max = 200, .if_field = "reason", .if_values = "other", .required_if_shown = true),
    FIELD_OFFERED_SEVERAL(struct out_form, services, "期望服务", .required = true, .wide = true),
    FIELD_CODE(struct out_form, service_class, "referral_class", "服务类型", .required = true),
    FIELD_CODE(struct out_form, urgency, "urgency", "紧急程度", .required = true),
    FIELD_LONG(struct out_form, summary, "案情摘要", .required = true, .max = 3000, .help = "只写接收方提供服务所需要的内容。"),
    FIELD_LONG(struct out_form, done, "已提供的服务", .max = 2000),
    FIELD_CODES(struct out_form, fields, "referral_field", "提供的信息", .wide = true, .help = "只勾选接收方需要的；姓名和案情摘要总会提供。"),
};
static bool check(struct rq *rq, void *form);
static const struct form out_form = FORM_CHECKED(struct out_form, out_fields, check);

struct client { struct person_id person; struct case_id case_; struct unit_id unit; struct str unit_name, unit_code; int64_t level; struct person_head head; };

/* Whose referral: a case that the user is responsible for, or a person whom he may work with. */
static bool
client_of(struct rq *rq, struct client *c)
{
    struct casefile k;
    int64_t id;
    *c = (struct client){ 0 };
    if (str_int(rq_param(rq, "case_"), &id) && id > 0) {
        if (!case_load(rq, id_area(id), (struct case_id){ id }, &k) || !scope_unit(rq, k.c.unit) || !case_may_write(rq, &k)) return false;
        *c = (struct client){ .person = k.c.person, .case_ = k.c.id, .unit = k.c.unit, .unit_name = k.c.unit_name, .level = k.c.level };
        return person_head(rq->db, c->person, &c->head);
    }
    if (!str_int(rq_param(rq, "person"), &id) || id <= 0) return false;
    rq->ids[0] = id;
    c->person.v = id;
    if (!person_in_scope(rq) || !person_head(rq->db, c->person, &c->head)) return false;
    c->unit = c->head.unit;
    c->level = c->head.level;
    return person_access(rq, 1, person_relation(rq, c->person), c->head.born) == ACCESS_WRITE;
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    const struct client *c = rq->state;
    struct referral_workers_row *workers;
    struct referral_stations_row *stations;
    size_t kept = 0;
    if (f->kind == F_MULTI) return service_choices(n);
    if (f->kind == F_UNIT) {
        *n = referral_stations(rq->db, &stations, rq->who.area);
        struct choice *all = NEW(rq->arena, struct choice, *n + 1);
        for (size_t i = 0; i < *n; i++)
            if (stations[i].id.v != c->unit.v)
                all[kept++] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)stations[i].id.v).p, stations[i].name.p, stations[i].name.p };
        *n = kept;
        return all;
    }
    *n = referral_workers(rq->db, &workers, rq->who.area);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    bool internal = strcmp(f->name, "to_worker") == 0;
    for (size_t i = 0; i < *n; i++) {
        if ((workers[i].unit.v == c->unit.v) != internal || workers[i].id.v == rq->who.user.v) continue;
        const char *label = internal ? workers[i].name.p : str_fmt(rq->arena, "%.*s · %.*s", FMT(workers[i].unit_name), FMT(workers[i].name)).p;
        all[kept++] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)workers[i].id.v).p, label, label };
    }
    *n = kept;
    return all;
}

static bool
worker_in(struct rq *rq, struct user_id worker, struct unit_id unit)
{
    struct referral_workers_row *rows;
    size_t n = referral_workers(rq->db, &rows, rq->who.area);
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == worker.v) return rows[i].unit.v == unit.v && worker.v != rq->who.user.v;
    return false;
}

static bool
station_known(struct rq *rq, struct unit_id unit)
{
    struct referral_stations_row *rows;
    size_t n = referral_stations(rq->db, &rows, rq->who.area);
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == unit.v) return true;
    return false;
}

static bool
check(struct rq *rq, void *form)
{
    struct out_form *in = form;
    struct client *c = NEW(rq->arena, struct client, 1);
    if (!client_of(rq, c)) return true;                  /* the handler answers that there is nobody */
    rq->state = c;
    bool station = str_is(in->target, "station"), secret = c->level >= 4;
    in->fields = share_fields(rq->arena, in->fields);
    const char *refused = share_refused(rq, c->person, in->fields);
    if (refused != NULL) rq_invalid(rq, "fields", tr_fmt(rq->arena, rq->lang, T("您无权查看，因此不能提供：%s"), refused).p);
    if (!services_known(in->services)) rq_invalid(rq, "services", T("请从列表中选择。"));
    if (station && (!station_known(rq, in->to_unit) || in->to_unit.v == c->unit.v)) rq_invalid(rq, "to_unit", T("请从列表中选择。"));
    if (station && in->to_named.v && !worker_in(rq, in->to_named, in->to_unit)) rq_invalid(rq, "to_named", T("此人不在接收单位。"));
    if (station && secret && in->to_named.v == 0) rq_invalid(rq, "to_named", T("高度敏感的服务对象须指定接收人。"));
    if (str_is(in->target, "internal") && !worker_in(rq, in->to_worker, c->unit)) rq_invalid(rq, "to_worker", T("请从列表中选择。"));
    return rq->errors == NULL;
}

static enum http
draw(struct rq *rq, const struct client *c, const struct out_form *values, const struct referral *f)
{
    struct referral_form_page v = { .rq = rq, .form = &out_form, .from = { .rq = rq, .values = values, .choices = offered, .arg = rq },
                                    .name = c->head.name, .case_ = c->case_, .person = c->person };
    rq->title = str_of(tr(rq->lang, f ? T("修改转介单") : T("新转介")));
    if (f != NULL) {
        v.id = f->r.id;
        v.version = f->r.version;
        v.back = url_fmt(rq->arena, "/referrals/%lld", (long long)f->r.id.v);
    } else v.back = c->case_.v ? url_fmt(rq->arena, "/cases/%lld", (long long)c->case_.v) : url_fmt(rq->arena, "/people/%lld", (long long)c->person.v);
    out_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
add(struct rq *rq)
{
    struct client *c = NEW(rq->arena, struct client, 1);
    struct casefile k;
    if (!client_of(rq, c)) return HTTP_NOT_FOUND;
    struct out_form fresh = { .case_ = rq_param(rq, "case_"), .person = rq_param(rq, "person"), .fields = STR("sex,born,phone"), .urgency = STR("4") };
    if (c->case_.v && case_load(rq, id_area(c->case_.v), c->case_, &k)) {
        const json_t *a = case_form(rq, &k, "A");
        fresh.summary = a ? doc_text(a, "presenting_problem") : NO_STR;
        fresh.services = k.c.code;
        if (k.c.urgency != NO_INT) fresh.urgency = str_fmt(rq->arena, "%lld", (long long)k.c.urgency);
    }
    rq->state = c;
    return draw(rq, c, &fresh, NULL);
}

/* What the form says, as it is stored. */
struct stored { struct str direction, shared; struct unit_id unit; struct user_id to; int64_t level, urgency; };

static struct stored
stored_of(struct rq *rq, const struct client *c, const struct out_form *in)
{
    bool internal = str_is(in->target, "internal"), station = str_is(in->target, "station");
    struct share_text text = { in->summary, in->done };
    struct stored s = { .direction = internal ? STR("internal") : STR("out"), .unit = internal ? c->unit : station ? in->to_unit : (struct unit_id){ 0 },
                        .to = internal ? in->to_worker : in->to_named };
    s.level = share_level(in->fields, c->level, c->head.born);
    s.shared = share_seal(rq->arena, share_build(rq, c->person, c->case_, in->fields, text));
    if (!str_int(in->urgency, &s.urgency)) s.urgency = 4;
    return s;
}

static enum http
create(struct rq *rq)
{
    const struct out_form *in = rq->form;
    const struct client *c = rq->state;
    if (c == NULL) return HTTP_NOT_FOUND;
    int64_t area = id_area(c->person.v);
    struct referral_id id = { id_next(area) };
    struct stored s = stored_of(rq, c, in);
    referral_insert(rq->db, .area = area, .id = id, .no = referral_number(rq, c->unit), .direction = s.direction, .from_unit = c->unit,
        .from_account = rq->who.user, .to_unit = s.unit, .to_account = s.to, .to_org = in->to_org, .to_person = in->to_person, .to_phone = in->to_phone,
        .person = c->person, .case_ = c->case_, .client_kind = STR("person"), .name = c->head.name, .level = s.level, .shared = s.shared,
        .fields = in->fields, .reason = in->reason, .reason_note = in->reason_note, .services = in->services, .service_class = in->service_class,
        .urgency = s.urgency, .at = instant_now());
    audit_note(rq, area, "create", "referral", id.v, NULL, NO_STR);
    return rq_done(rq, T("已保存草稿"), "/referrals/%lld", (long long)id.v);
}

/* ---- A draft is corrected ---- */

static bool
draft_scope(struct rq *rq)
{
    return referral_scope(rq) && referral_of(rq)->r.person.v != 0;
}

static bool
editable(const struct referral *f)
{
    return f->sends && f->r.from_unit.v != 0 && (str_is(f->r.state, "draft") || str_is(f->r.state, "consented"));
}

static bool
client_of_referral(struct rq *rq, const struct referral *f, struct client *c)
{
    *c = (struct client){ .person = f->r.person, .case_ = f->r.case_, .unit = f->r.from_unit, .level = f->r.level };
    rq->state = c;
    return person_head(rq->db, f->r.person, &c->head);
}

static enum http
edit(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    const struct referral_get_row *r = &f->r;
    struct client *c = NEW(rq->arena, struct client, 1);
    if (!editable(f) || !client_of_referral(rq, f, c)) return HTTP_FORBIDDEN;
    const json_t *doc = share_open(rq->arena, r->shared);
    bool internal = str_is(r->direction, "internal");
    struct out_form now = { .case_ = str_fmt(rq->arena, "%lld", (long long)r->case_.v), .person = str_fmt(rq->arena, "%lld", (long long)r->person.v),
        .target = internal ? STR("internal") : r->to_unit.v ? STR("station") : STR("agency"), .to_org = r->to_org, .to_person = r->to_person,
        .to_phone = r->to_phone, .reason = r->reason, .reason_note = r->reason_note, .services = r->services, .service_class = r->service_class,
        .urgency = str_fmt(rq->arena, "%lld", (long long)r->urgency), .summary = doc_text(doc, "summary"), .done = doc_text(doc, "done"),
        .fields = r->fields, .to_unit = r->to_unit, .to_worker = internal ? r->to_account : (struct user_id){ 0 },
        .to_named = internal ? (struct user_id){ 0 } : r->to_account };
    return draw(rq, c, &now, f);
}

static enum http
update(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    const struct out_form *in = rq->form;
    const struct client *c = rq->state;
    if (!editable(f)) return HTTP_FORBIDDEN;
    if (c == NULL || c->person.v != f->r.person.v || c->case_.v != f->r.case_.v) return HTTP_NOT_FOUND;
    struct stored s = stored_of(rq, c, in);
    size_t kept = referral_update(rq->db, .area = id_area(f->r.id.v), .id = f->r.id, .version = rq_param_int(rq, "version", 0), .direction = s.direction,
        .to_unit = s.unit, .to_account = s.to, .to_org = in->to_org, .to_person = in->to_person, .to_phone = in->to_phone, .level = s.level,
        .shared = s.shared, .fields = in->fields, .reason = in->reason, .reason_note = in->reason_note, .services = in->services,
        .service_class = in->service_class, .urgency = s.urgency);
    if (kept == 0) return HTTP_CONFLICT;
    audit_note(rq, id_area(f->r.id.v), "change", "referral", f->r.id.v, NULL, NO_STR);
    return rq_done(rq, T("已保存草稿"), "/referrals/%lld", (long long)f->r.id.v);
}

const struct route out_routes[] = {
    GET("/referrals/new", CASE_WRITE, add, .title = T("新转介")),
    POST("/referrals/new", CASE_WRITE, create, .form = &out_form, .redraw = add, .title = T("新转介")),
    GET("/referrals/:referral/edit", CASE_WRITE, edit, .scope = draft_scope, .title = T("修改转介单")),
    POST("/referrals/:referral/edit", CASE_WRITE, update, .scope = draft_scope, .form = &out_form, .redraw = edit, .title = T("修改转介单")),
};
const size_t out_routes_n = COUNT(out_routes);
