/* Discoveries: written down by who noticed a need, listed with their deadlines; who reports learns only that it was taken up. */
#include "report/discovery_html.h"
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/phone.h"
#include "http/shape.h"
#include "inbox/inbox.h"
#include "network/network.h"
#include "report/report_views.h"

enum { PER_PAGE = 50 };

/* ---- Rights ---- */

static bool
deals(struct rq *rq, struct unit_id unit)
{
    return may(rq, REPORT_WRITE) && scope_unit(rq, unit);
}

/* Level S4 is opened by taking it up: then it is known who read it.  What nobody has taken up yet belongs to all workers of the station. */
static bool
reads(const struct rq *rq, int64_t level, struct str state, bool handler)
{
    struct relation rel = { .own = handler, .named = handler };
    if (handler || may(rq, REPORT_APPROVE)) return true;
    return level < 4 && (str_is(state, "new") || access_to(rq, (int)level, rel) >= ACCESS_READ);
}

bool
discovery_load(struct rq *rq, struct discovery_id id, struct discovery *out)
{
    *out = (struct discovery){ .rq = rq };
    if (!discovery_get(rq->db, &out->r, id_area(id.v), id)) return false;
    const struct discovery_get_row *r = &out->r;
    out->profile = profile_of(r->profile);
    out->station = deals(rq, r->unit);
    out->handler = out->station && r->taken_by.v == rq->who.user.v;
    out->reads = out->station && reads(rq, r->level, r->state, out->handler);
    out->knows = out->station && (out->handler || may(rq, REPORT_APPROVE) || r->reporter_id.v == rq->who.user.v);
    if (out->reads) out->told = told_open(rq->arena, r->told);
    if (out->knows) out->reporter = told_open(rq->arena, r->reporter);
    return true;
}

bool
discovery_scope(struct rq *rq)
{
    struct discovery *d = NEW(rq->arena, struct discovery, 1);
    if (!discovery_load(rq, (struct discovery_id){ rq->ids[0] }, d)) return false;
    if (!d->station && d->r.reporter_id.v != rq->who.user.v) return false;
    rq->record = d;
    return true;
}

struct discovery *
discovery_of(struct rq *rq)
{
    assert(rq->record != NULL);
    return rq->record;
}

struct str
discovery_name(struct rq *rq, const struct discovery_get_row *r)
{
    return line_open(rq->arena, r->name);
}

bool
discovery_row_reads(const struct rq *rq, const struct discovery_list_row *r)
{
    return may(rq, REPORT_WRITE) && reads(rq, r->level, r->state, r->taken_by.v == rq->who.user.v);
}

const char *
discovery_state_colour(struct str state)
{
    if (str_is(state, "new")) return "bg-yellow-lt";
    return str_is(state, "taken") ? "bg-blue-lt" : str_is(state, "dismissed") ? "bg-secondary-lt" : "bg-green-lt";
}

/* ---- The form ---- */

struct discovery_form {
    struct str source, kind, situations, urgency, minor, name, sex, phone, contact_note, place, facts, reporter, reporter_phone;
    struct instant found;
};
static const struct choice minors[] = { { "yes", T("是"), NULL }, { "no", T("否"), NULL }, { "unknown", T("不清楚"), NULL } };

#define FIELDS_OF_ALL \
    FIELD_CODE(struct discovery_form, kind, "discovery_kind", "情形", .required = true), \
    FIELD_CODES(struct discovery_form, situations, "minor_harm", "侵害情形", .if_field = "kind", .if_values = "minor_harm", \
                .required_if_shown = true, .wide = true), \
    FIELD_CODE(struct discovery_form, urgency, "urgency", "紧急程度", .required = true), \
    FIELD_CHOICE(struct discovery_form, minor, minors, "是否未成年人", .required = true), \
    FIELD_TIME(struct discovery_form, found, "发现时间", .required = true, .help = "报告时限从发现时起算。"), \
    FIELD_TEXT(struct discovery_form, name, "当事人姓名或称呼", .max = 60, .secret = true, .help = "不清楚时可以不填。"), \
    FIELD_CODE(struct discovery_form, sex, "sex", "性别"), \
    FIELD_TEXT(struct discovery_form, phone, "当事人电话", .max = 30, .check = "phone", .secret = true), \
    FIELD_TEXT(struct discovery_form, contact_note, "联系注意事项", .max = 200, .help = "例如安全联系时段、不可拨打。"), \
    FIELD_TEXT(struct discovery_form, place, "地点", .required = true, .max = 200, .wide = true), \
    FIELD_LONG(struct discovery_form, facts, "看到或听到的情况", .required = true, .max = 3000, .help = "写事实，不下结论；有生命危险请先拨打110或120。")

static const struct field station_fields[] = {
    FIELD_CODE(struct discovery_form, source, "discovery_source", "发现渠道", .required = true),
    FIELDS_OF_ALL,
    FIELD_TEXT(struct discovery_form, reporter, "反映人姓名", .max = 60, .secret = true, .help = "依法保密，只有受理人和站长可见；可以匿名。"),
    FIELD_TEXT(struct discovery_form, reporter_phone, "反映人电话", .max = 30, .check = "phone", .secret = true),
};
static const struct field reporter_fields[] = {
    FIELDS_OF_ALL,
    FIELD_TEXT(struct discovery_form, reporter_phone, "您的联系电话", .max = 30, .check = "phone", .secret = true, .help = "您的姓名和电话依法保密，只有受理人和站长可见。"),
};
static bool check(struct rq *rq, void *form);
static const struct form station_form = FORM_CHECKED(struct discovery_form, station_fields, check);
static const struct form reporter_form = FORM_CHECKED(struct discovery_form, reporter_fields, check);

static bool
check(struct rq *rq, void *form)
{
    struct discovery_form *in = form;
    struct phone phone;
    if (instant_known(in->found) && in->found.ms > instant_now().ms + 60000) rq_invalid(rq, "found", T("不能晚于现在。"));
    if (str_is(in->kind, "minor_harm") && str_is(in->minor, "no")) rq_invalid(rq, "minor", T("与所选情形不一致。"));
    if (in->phone.n && phone_parse(in->phone, &phone) != PHONE_BAD) in->phone = str_dup(rq->arena, str_of(phone.text));
    return rq->errors == NULL;
}

static const struct form *
form_for(struct rq *rq)
{
    return may(rq, REPORT_WRITE) ? &station_form : &reporter_form;
}

static enum http
add(struct rq *rq)
{
    struct discovery_form *fresh = NEW(rq->arena, struct discovery_form, 1);
    struct discovery_page v = { .rq = rq, .form = form_for(rq), .from = { .rq = rq, .values = fresh } };
    *fresh = (struct discovery_form){ .found = instant_now(), .minor = STR("no"), .urgency = STR("4"), .source = STR("visit") };
    rq->title = str_of(tr(rq->lang, T("登记发现")));
    discovery_form_page(&rq->body, &v);
    return HTTP_OK;
}

/* As soon as the client must be contacted, or the duty of the case calls for it; at the earliest within an hour. */
static struct instant
due_of(struct rq *rq, const struct discovery_form *in)
{
    struct unit_level l = { 0 };
    const struct profile *p = unit_level_of(rq->db, rq->who.unit, &l) ? l.profile : NULL;
    const struct code_entry *e = codes_find(codes_table("urgency"), in->urgency), *kind = codes_find(codes_table("discovery_kind"), in->kind);
    const char *duty = kind ? codes_text(kind, "duty") : "";
    int64_t minutes = p ? profile_param(p, "discovery_hours", 24) * 60 : 1440, urgent = e ? codes_int(e, "minutes", minutes) : minutes;
    if (urgent < minutes) minutes = urgent;
    if (p && *duty) {
        int64_t warn = duty_hours(p, codes_find(codes_table("report_duty"), str_of(duty)), true) * 60;
        if (warn < minutes) minutes = warn;
    }
    return (struct instant){ in->found.ms + (minutes < 60 ? 60 : minutes) * 60000 };
}

/* A report by somebody outside of the station's staff is his own: his name is sealed with it. */
static json_t *
reporter_of(struct rq *rq, const struct discovery_form *in)
{
    json_t *doc = told_new(rq->arena);
    told_put(doc, "name", may(rq, REPORT_WRITE) ? in->reporter : rq->who.name);
    told_put(doc, "phone", in->reporter_phone);
    return doc;
}

static struct str
source_of(struct rq *rq, const struct discovery_form *in)
{
    if (may(rq, REPORT_WRITE)) return in->source;
    return str_is(rq->who.role, "village") ? STR("committee") : STR("grid");
}

static enum http
create(struct rq *rq)
{
    const struct discovery_form *in = rq->form;
    const struct code_entry *kind = codes_find(codes_table("discovery_kind"), in->kind);
    int64_t area = rq->who.area, urgency = 4, level = kind != NULL ? kind->level : 2;
    struct discovery_id id = { id_next(area) };
    struct str no = report_serial(rq, rq->who.unit, "F");
    json_t *told = told_new(rq->arena), *by = reporter_of(rq, in);

    str_int(in->urgency, &urgency);
    if (str_is(in->minor, "yes") && level < 3) level = 3;
    told_put(told, "sex", in->sex);
    told_put(told, "phone", in->phone);
    told_put(told, "contact_note", in->contact_note);
    told_put(told, "place", in->place);
    told_put(told, "facts", in->facts);
    discovery_insert(rq->db, .area = area, .id = id, .no = no, .unit = rq->who.unit, .source = source_of(rq, in), .kind = in->kind,
        .situations = in->situations.n ? in->situations : NO_STR, .minor = in->minor, .urgency = urgency, .level = level,
        .name = line_seal(rq->arena, in->name), .told = told_seal(rq->arena, told),
        .reporter = json_object_size(by) ? told_seal(rq->arena, by) : NO_STR, .reporter_id = rq->who.user,
        .found_at = in->found, .at = instant_now(), .due_at = due_of(rq, in));
    report_log(rq, id.v, "created", NO_STR, NO_STR, false);
    audit_note(rq, area, "create", "discovery", id.v, NULL, no);
    if (urgency == 1 || (kind != NULL && *codes_text(kind, "duty")))
        inbox_tell(rq, &(struct inbox_news){ "discovery", "discovery", id.v, no, rq->who.unit }, NULL, 0, true);
    return rq_done(rq, may(rq, REPORT_WRITE) ? T("已登记") : T("已报告，社工站会尽快受理"), "/discoveries/%lld", (long long)id.v);
}

/* Grid workers and committees: the form without source and caller. */
static enum http
create_own(struct rq *rq)
{
    return may(rq, REPORT_WRITE) ? HTTP_FORBIDDEN : create(rq);
}

/* ---- The list ---- */

static unsigned
filters_of(struct rq *rq, struct str view, struct discovery_list_in *in)
{
    unsigned f = may(rq, REPORT_WRITE) ? DISCOVERY_LIST_F_STATION : DISCOVERY_LIST_F_MINE;
    if (str_is(view, "waiting")) f |= DISCOVERY_LIST_F_WAITING;
    if (str_is(view, "done")) f |= DISCOVERY_LIST_F_DONE;
    if (str_is(view, "late")) {
        f |= DISCOVERY_LIST_F_LATE;
        in->now = instant_now();
    }
    if (!may(rq, REPORT_WRITE)) return f;
    if ((in->state = rq_param(rq, "state")).n) f |= DISCOVERY_LIST_F_STATE;
    if ((in->source = rq_param(rq, "source")).n) f |= DISCOVERY_LIST_F_SOURCE;
    if ((in->kind = rq_param(rq, "kind")).n) f |= DISCOVERY_LIST_F_KIND;
    if (str_trim(rq_param(rq, "q")).n) {
        f |= DISCOVERY_LIST_F_NO;
        in->no = case_like(rq, str_trim(rq_param(rq, "q")), true);
    }
    return f;
}

/* Kind and name are for who deals with it, on its page; who reported learns only whether it was taken up. */
static const struct shape_field row_fields[] = {
    SHAPE_ID(struct discovery_list_row, id, discovery_id, "编号"), SHAPE_TEXT(struct discovery_list_row, no, "报告编号"),
    SHAPE_CODE(struct discovery_list_row, state, "discovery_state", "状态"), SHAPE_CODE(struct discovery_list_row, source, "discovery_source", "来源"),
    SHAPE_INT(struct discovery_list_row, urgency, "紧急程度"), SHAPE_TEXT(struct discovery_list_row, unit_name, "单位"),
    SHAPE_TEXT(struct discovery_list_row, taken_name, "受理人"), SHAPE_TIME(struct discovery_list_row, found_at, "发现时间"),
    SHAPE_TIME(struct discovery_list_row, due_at, "时限"),
};
static const struct shape row_shape = SHAPE("DiscoveryRow", "发现报告", struct discovery_list_row, row_fields);

static enum http
list_json(struct rq *rq, const struct discovery_list_page *v)
{
    struct discovery_list_row *rows = NEW(rq->arena, struct discovery_list_row, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        rows[i] = v->rows[i];
        if (!v->own) continue;
        if (!str_is(rows[i].state, "new")) rows[i].state = STR("taken");
        rows[i].taken_name = NO_STR;
        rows[i].due_at = NO_TIME;
    }
    return shape_list(rq, rows, v->n, (int64_t)v->total, shape_next(rq, v->page, PER_PAGE, (int64_t)v->total));
}

static enum http
list(struct rq *rq)
{
    struct str view = rq_param(rq, "view");
    bool own = !may(rq, REPORT_WRITE);
    if (view.n == 0) view = own ? STR("all") : STR("waiting");
    struct discovery_list_page v = { .rq = rq, .view = str_z(rq->arena, view), .q = rq_param(rq, "q"), .state = rq_param(rq, "state"),
                                     .source = rq_param(rq, "source"), .per_page = PER_PAGE, .page = rq_param_int(rq, "page", 1), .own = own };
    struct discovery_list_in in = { .area = rq->who.area, .unit = rq->who.focus, .me = rq->who.user, .now = NO_TIME, .limit = PER_PAGE };
    struct discovery_count_row count;
    struct discovery_list_row *rows;
    if (v.page < 1 || v.page > 100000) v.page = 1;
    in.skip = (v.page - 1) * PER_PAGE;
    unsigned filters = filters_of(rq, view, &in);
    bool by_due = str_is(view, "waiting") || str_is(view, "late");
    v.n = discovery_list_with(rq->db, &rows, filters, by_due ? DISCOVERY_LIST_BY_DUE : DISCOVERY_LIST_BY_NEWEST, &in);
    v.rows = rows;
    const struct discovery_count_in n = { .area = in.area, .unit = in.unit, .me = in.me, .now = in.now, .state = in.state, .source = in.source,
                                          .kind = in.kind, .no = in.no };
    if (discovery_count_with(rq->db, &count, filters, 0, &n)) v.total = (size_t)count.total;
    if (shape_wanted(rq)) return list_json(rq, &v);
    rq->title = str_of(tr(rq->lang, T("发现报告")));
    discovery_list_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- One ---- */

enum http
discovery_show(struct rq *rq)
{
    struct discovery *d = discovery_of(rq);
    struct discovery_page v = { .rq = rq, .d = d, .form = &discovery_settle_form, .from = { .rq = rq } };
    struct report_events_row *events;
    rq->title = d->r.no;
    if (!d->station) {
        discovery_receipt(&rq->body, &v);
        return HTTP_OK;
    }
    if (d->reads) {
        v.lines_n = lines_of(rq, d->r.id.v, &v.lines);
        v.trail.n = report_events(rq->db, &events, id_area(d->r.id.v), d->r.id.v);
        v.trail.rows = events;
        if (discovery_may_settle(d)) discovery_settle_fill(rq, d, &v.from);
        if (d->r.level >= 3) rq_note_read(rq, "discovery", d->r.id.v, "page");
        if (d->reporter != NULL) rq_note_read(rq, "discovery", d->r.id.v, "reporter");
    }
    discovery_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route discovery_routes[] = {
    GET("/discoveries", EVENT_WRITE, list, .title = T("发现报告"), .shape = &row_shape, .many = true, .query = "view,q,state,source,page"),
    GET("/discoveries/new", EVENT_WRITE, add, .title = T("登记发现")),
    POST("/discoveries/new", REPORT_WRITE, create, .form = &station_form, .redraw = add, .title = T("登记发现")),
    POST("/discoveries/report", EVENT_WRITE, create_own, .form = &reporter_form, .redraw = add, .title = T("上报发现")),
    GET("/discoveries/:discovery", EVENT_WRITE, discovery_show, .scope = discovery_scope, .title = T("发现报告")),
};
const size_t discovery_routes_n = COUNT(discovery_routes);
