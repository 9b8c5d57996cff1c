/* A list as a document: begun, renamed, struck out, published, and begun anew from what is in force. */
#include "audit/audit.h"
#include "auth/session.h"
#include "ledger/ledger.h"
#include "lists/edit_html.h"
#include "lists/lists_views.h"
#include "network/network.h"
#include "rules/run.h"

struct head_form { struct str version, kind, title; struct unit_id unit; struct date from, to; };
#define PERIOD                                                                                                                              \
    FIELD_TEXT(struct head_form, title, "清单名称", .required = true, .max = 120, .wide = true),                                             \
    FIELD_DATE(struct head_form, from, "适用起", .required = true), FIELD_DATE(struct head_form, to, "适用止", .help = "不限的不填。")

static bool
to_after_from(struct rq *rq, void *form)
{
    const struct head_form *in = form;
    if (date_known(in->to) && date_diff(in->to, in->from) < 0) rq_invalid(rq, "to", T("不能早于开始的日期。"));
    return rq->errors == NULL;
}
static const struct field new_fields[] = {
    FIELD_ID(struct head_form, unit, unit_id, F_UNIT, "单位", .required = true),
    FIELD_OFFERED(struct head_form, kind, "哪种清单", .required = true),
    PERIOD,
};
static const struct field head_fields[] = { FIELD_HIDDEN(struct head_form, version), PERIOD };
static const struct form new_form = FORM_CHECKED(struct head_form, new_fields, to_after_from);
static const struct form head_form = FORM_CHECKED(struct head_form, head_fields, to_after_from);

/* ---- For the program and for other files ---- */

struct list_id
list_make(struct db *db, const struct list_new *in)
{
    int64_t area = unit_area(db, in->unit);
    struct list_id id = { id_next(area) };
    list_insert(db, .area = area, .id = id, .first = id, .number = 1, .unit = in->unit, .kind = str_of(in->kind), .title = str_of(in->title),
                .from = in->from, .to = in->to, .by = in->by, .at = instant_now());
    return id;
}

struct line_id
list_add(struct db *db, struct list_id list, const struct list_kind *k, const struct line *in)
{
    int64_t area = id_area(list.v);
    struct line_id id = { id_next(area) };
    line_insert(db, .area = area, .list = list, .line = id, .text = in->text, .kind = in->kind, .topic = in->topic, .source = in->source,
                .sector = in->sector, .priority = in->priority, .audience = in->audience, .catalogue = in->catalogue, .content = in->content,
                .standard = in->standard, .frequency = in->frequency, .record_form = in->record_form, .party = in->party, .staff = in->staff,
                .amount = in->amount, .due = in->due, .state = str_of(k->shape->states[0].code));
    return id;
}

/* ---- Beginning ---- */

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    struct unit_level level;
    if (f->kind == F_UNIT) return ledger_units_offered(rq, n);
    *n = 0;
    if (!unit_level_of(rq->db, rq->who.focus, &level)) return NULL;
    const struct list_kind *all = list_kinds(rq->arena, level.profile, n);
    struct choice *c = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) c[i] = (struct choice){ all[i].code.p, all[i].zh, all[i].en };
    return c;
}

static enum http
draw(struct rq *rq, struct list_form_page *v, const char *title)
{
    v->rq = rq;
    v->from.rq = rq;
    v->from.arg = rq;
    if (v->o == NULL) v->back = (struct url){ STR("/lists") };
    else v->back = url_fmt(rq->arena, "/lists/%lld", (long long)v->o->l.id.v);
    rq->title = str_of(tr(rq->lang, title));
    list_form_page(&rq->body, v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
new_page(struct rq *rq)
{
    struct ymd d = date_ymd(today());
    struct head_form start = { .unit = rq->who.focus, .kind = rq_param(rq, "kind"), .from = NO_DATE, .to = NO_DATE };
    const struct list_kind *k = NULL;
    struct unit_level level;
    if (start.kind.n && unit_level_of(rq->db, rq->who.focus, &level)) k = list_kind(rq->arena, level.profile, start.kind);
    if (k != NULL) start.title = tr_fmt(rq->arena, rq->lang, T("%d年%s"), d.y, rq->lang == LANG_EN ? k->en : k->zh);
    date_of(d.y, 1, 1, &start.from);
    date_of(d.y, 12, 31, &start.to);
    struct list_form_page v = { .form = &new_form, .from = { .values = &start, .choices = offered }, .button = T("建立草稿"),
                                .hint = T("先是草稿，写好各条以后发布；发布以后内容不再改，要改就建立新版本。") };
    return draw(rq, &v, T("新建清单"));
}

static enum http
new_save(struct rq *rq)
{
    const struct head_form *in = rq->form;
    struct unit_level level;
    if (!scope_unit(rq, in->unit) || !unit_level_of(rq->db, in->unit, &level)) return rq_invalid(rq, "unit", T("该单位不在您的范围内。"));
    if (list_kind(rq->arena, level.profile, in->kind) == NULL) return rq_invalid(rq, "kind", T("该单位没有这种清单。"));
    struct list_id id = list_make(rq->db, &(struct list_new){ .unit = in->unit, .kind = str_z(rq->arena, in->kind), .from = in->from, .to = in->to,
                                                              .title = str_z(rq->arena, in->title), .by = rq->who.user });
    audit_note(rq, id_area(id.v), "create", "list", id.v, NULL, in->kind);
    return rq_done(rq, T("已建立草稿"), "/lists/%lld", (long long)id.v);
}

/* ---- The head of a draft ---- */

static enum http
head_page(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    struct head_form is = { .version = str_fmt(rq->arena, "%lld", (long long)o->l.version), .title = o->l.title, .from = o->l.from, .to = o->l.to };
    struct list_form_page v = { .o = o, .form = &head_form, .from = { .values = &is }, .button = T("保存") };
    return draw(rq, &v, T("修改清单"));
}

static enum http
head_save(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    const struct head_form *in = rq->form;
    struct audit_changes c = { 0 };
    int64_t seen = 0;
    str_int(in->version, &seen);
    if (list_update(rq->db, .area = id_area(o->l.id.v), .id = o->l.id, .version = seen, .title = in->title, .from = in->from, .to = in->to) == 0)
        return rq_invalid(rq, NULL, T("您打开后别人保存过，请对照后再保存。"));
    if (!str_eq(in->title, o->l.title)) audit_changed(&c, rq->arena, "title", o->l.title, in->title);
    for (size_t i = 2; i < COUNT(head_fields); i++) {
        struct head_form was = { .from = o->l.from, .to = o->l.to };
        struct str a = form_text(rq->arena, &head_fields[i], &was), b = form_text(rq->arena, &head_fields[i], in);
        if (!str_eq(a, b)) audit_changed(&c, rq->arena, head_fields[i].name, a, b);
    }
    audit_note(rq, id_area(o->l.id.v), "change", "list", o->l.id.v, &c, NO_STR);
    return rq_done(rq, T("已保存"), "/lists/%lld", (long long)o->l.id.v);
}

static enum http
strike(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    if (list_void(rq->db, id_area(o->l.id.v), o->l.id) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, id_area(o->l.id.v), "void", "list", o->l.id.v, NULL, NO_STR);
    return rq_done_undo(rq, T("已作废"), str_fmt(rq->arena, "/lists/%lld/restore", (long long)o->l.id.v), "/lists");
}

static enum http
restore(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    if (!audit_recent(rq, "void", "list", o->l.id.v)) return rq_fail(rq, HTTP_CONFLICT, T("已超过可以撤销的时间。"));
    if (list_unvoid(rq->db, id_area(o->l.id.v), o->l.id, o->l.first) == 0) return rq_fail(rq, HTTP_CONFLICT, T("已经有另一份草稿。"));
    audit_note(rq, id_area(o->l.id.v), "restore", "list", o->l.id.v, NULL, NO_STR);
    return rq_done(rq, T("已撤销"), "/lists/%lld", (long long)o->l.id.v);
}

/* ---- Publishing (OR-16: which meeting made it, and who was there) ---- */

struct publish_form { struct date on, meeting_on; struct str called_by, meeting, parties; };
static bool
meeting_before(struct rq *rq, void *form)
{
    const struct publish_form *in = form;
    bool met = date_known(in->meeting_on);
    if (met && date_diff(in->on, in->meeting_on) < 0) rq_invalid(rq, "on", T("不能早于会议的日期。"));
    if (!met && (in->meeting.n || in->parties.n || in->called_by.n)) rq_invalid(rq, "meeting_on", T("请填写会议的日期。"));
    return rq->errors == NULL;
}
static const struct field publish_fields[] = {
    FIELD_DATE(struct publish_form, on, "发布日期", .required = true, .check = "past"),
    FIELD_TEXT(struct publish_form, meeting, "形成清单的会议", .max = 120, .help = "没有开会的，会议各项不填。"),
    FIELD_DATE(struct publish_form, meeting_on, "会议日期", .check = "past"),
    FIELD_TEXT(struct publish_form, called_by, "召集单位", .max = 120),
    FIELD_CODES(struct publish_form, parties, "list_party", "参加方", .wide = true),
};
static const struct form publish_form = FORM_CHECKED(struct publish_form, publish_fields, meeting_before);

static enum http
publish_page(struct rq *rq)
{
    struct publish_form start = { .on = today(), .meeting_on = NO_DATE };
    struct list_form_page v = { .o = list_of(rq), .form = &publish_form, .from = { .values = &start }, .button = T("发布"),
                                .hint = T("发布以后，内容不再改；各条的进展还可以登记。原来的版本成为旧版本，随时可以查看。") };
    return draw(rq, &v, T("发布清单"));
}

static bool
publish(struct db *db, const struct list_get_row *l, const struct publish_form *in)
{
    int64_t area = id_area(l->id.v);
    struct list_lines_count_row lines;
    if (!list_lines_count(db, &lines, 0, 0, .area = area, .id = l->id) || lines.total == 0) return false;
    if (list_state_publish(db, .area = area, .id = l->id, .day = in->on, .called_by = in->called_by, .meeting = in->meeting,
                           .meeting_on = in->meeting_on, .parties = in->parties) == 0)
        return false;
    list_state_old(db, area, l->first, l->id, in->on);
    rules_touch(db, l->unit);
    return true;
}

bool
list_publish(struct db *db, struct list_id list, struct date day)
{
    struct list_get_row l;
    struct publish_form in = { .on = day, .meeting_on = NO_DATE };
    return list_get(db, &l, id_area(list.v), list) && publish(db, &l, &in);
}

/* A version is not published before the one that it replaces. */
static bool
too_early(struct rq *rq, const struct list_get_row *l, struct date on)
{
    struct list_versions_row *all;
    size_t n = list_versions(rq->db, &all, id_area(l->id.v), l->first);
    for (size_t i = 0; i < n; i++)
        if (date_known(all[i].published) && date_diff(on, all[i].published) < 0) return true;
    return false;
}

static enum http
publish_save(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    const struct publish_form *in = rq->form;
    if (too_early(rq, &o->l, in->on)) return rq_invalid(rq, "on", T("不能早于上一版本的发布日期。"));
    if (!publish(rq->db, &o->l, in)) return rq_invalid(rq, NULL, T("清单还没有条目，不能发布。"));
    audit_note(rq, id_area(o->l.id.v), "publish", "list", o->l.id.v, NULL, NO_STR);
    return rq_done(rq, T("已发布"), "/lists/%lld", (long long)o->l.id.v);
}

/* ---- A new version ---- */

struct list_id
list_revise(struct db *db, struct list_id list, struct user_id by)
{
    struct list_get_row l;
    struct list_draft_row d;
    int64_t area = id_area(list.v);
    if (!list_get(db, &l, area, list) || !list_draft(db, &d, area, l.first) || d.draft > 0) return (struct list_id){ 0 };
    struct list_id id = { id_next(area) };
    list_insert(db, .area = area, .id = id, .first = l.first, .number = d.number + 1, .unit = l.unit, .kind = l.kind, .title = l.title,
                .from = l.from, .to = l.to, .by = by, .at = instant_now());
    list_copy(db, area, list, id);
    return id;
}

static enum http
revise(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    if (!str_is(o->l.state, "valid")) return rq_fail(rq, HTTP_CONFLICT, T("只有现行的版本可以建立新版本。"));
    struct list_id id = list_revise(rq->db, o->l.id, rq->who.user);
    if (id.v == 0) return rq_fail(rq, HTTP_CONFLICT, T("已经有一份新版本的草稿。"));
    audit_note(rq, id_area(id.v), "revise", "list", id.v, NULL, NO_STR);
    return rq_done(rq, T("已建立新版本的草稿"), "/lists/%lld", (long long)id.v);
}

const struct route list_edit_routes[] = {
    GET("/lists/new", LIST_WRITE, new_page, .title = T("新建清单")),
    POST("/lists/new", LIST_WRITE, new_save, .form = &new_form, .redraw = new_page, .title = T("新建清单")),
    GET("/lists/:list/edit", LIST_WRITE, head_page, .scope = list_scope_draft, .title = T("修改清单")),
    POST("/lists/:list/edit", LIST_WRITE, head_save, .scope = list_scope_draft, .form = &head_form, .redraw = head_page, .title = T("修改清单")),
    POST("/lists/:list/void", LIST_WRITE, strike, .scope = list_scope_draft, .form = &no_fields, .title = T("作废")),
    POST("/lists/:list/restore", LIST_WRITE, restore, .scope = list_scope, .form = &no_fields, .title = T("撤销作废")),
    GET("/lists/:list/publish", LIST_PUBLISH, publish_page, .scope = list_scope_draft, .title = T("发布清单")),
    POST("/lists/:list/publish", LIST_PUBLISH, publish_save, .scope = list_scope_draft, .form = &publish_form, .redraw = publish_page,
         .title = T("发布清单")),
    POST("/lists/:list/revise", LIST_WRITE, revise, .scope = list_scope, .form = &no_fields, .title = T("建立新版本")),
};
const size_t list_edit_routes_n = COUNT(list_edit_routes);
