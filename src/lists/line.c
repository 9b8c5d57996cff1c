/* One line of a list: its page, its form, how far it is, striking it out. */
#include "audit/audit.h"
#include "auth/session.h"
#include "form/draw.h"
#include "ledger/ledger.h"
#include "lists/answer.h"
#include "lists/line_html.h"
#include "lists/lists_views.h"
#include "network/network.h"
#include "rules/run.h"

static struct line_id
line_id(const struct rq *rq)
{
    return (struct line_id){ rq->ids[1] };
}

bool
line_load(struct rq *rq, struct line_get_row *r, struct line_shown *s)
{
    const struct list_open *o = list_of(rq);
    if (!line_get(rq->db, r, id_area(o->l.id.v), o->l.id, line_id(rq))) return false;
    *s = (struct line_shown){ .list = o->l.id, .id = line_id(rq), .e = LINE_OF(r), .staff_name = r->staff_name, .state = r->state,
                              .reason = r->reason, .done = r->done };
    return true;
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    (void)f;
    return ledger_staff_offered(from->arg, n);
}

static enum http
form_page(struct rq *rq, const struct line *values, const char *title, struct url back)
{
    const struct list_open *o = list_of(rq);
    struct list_form_page v = { .rq = rq, .o = o, .form = list_form(rq->arena, o->kind), .back = back, .button = T("保存"),
                                .from = { .rq = rq, .values = values, .choices = offered, .arg = rq } };
    rq->title = tr_fmt(rq->arena, rq->lang, title, rq->lang == LANG_EN ? o->kind->en : o->kind->zh);
    line_form_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static struct url
list_back(struct rq *rq)
{
    return url_fmt(rq->arena, "/lists/%lld", (long long)rq->ids[0]);
}

static struct url
line_back(struct rq *rq)
{
    return url_fmt(rq->arena, "/lists/%lld/lines/%lld", (long long)rq->ids[0], (long long)rq->ids[1]);
}

/* Whoever looks after it is in service within the user's units and county. */
static struct line *
parsed(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    size_t n;
    if (!form_parse(rq, list_form(rq->arena, o->kind))) return NULL;
    struct line *in = rq->form;
    if (in->staff.v == 0) return in;
    const struct choice *all = ledger_staff_offered(rq, &n);
    for (size_t i = 0; i < n && id_area(in->staff.v) == id_area(o->l.id.v); i++)
        if (str_is(str_fmt(rq->arena, "%lld", (long long)in->staff.v), all[i].code)) return in;
    rq_invalid(rq, "staff", T("请从列表中选择。"));
    return NULL;
}

static enum http
add_page(struct rq *rq)
{
    struct line start = no_line;
    return form_page(rq, &start, T("增加条目：%s"), list_back(rq));
}

static enum http
add_save(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    const struct line *in = parsed(rq);
    if (in == NULL) return form_page(rq, NULL, T("增加条目：%s"), list_back(rq));
    struct line_id id = list_add(rq->db, o->l.id, o->kind, in);
    audit_note(rq, id_area(id.v), "create", "list_line", id.v, NULL, o->l.kind);
    return str_is(rq_param(rq, "then"), "more") ? rq_done(rq, T("已保存，可以接着写下一条"), "/lists/%lld/lines/new", (long long)o->l.id.v)
                                                 : rq_done(rq, T("已保存"), "/lists/%lld", (long long)o->l.id.v);
}

static enum http
edit_page(struct rq *rq)
{
    struct line_get_row r;
    struct line_shown s;
    if (!line_load(rq, &r, &s) || date_known(r.void_on)) return HTTP_NOT_FOUND;
    s.e.version = str_fmt(rq->arena, "%lld", (long long)r.version);
    return form_page(rq, &s.e, T("修改条目：%s"), line_back(rq));
}

static enum http
edit_save(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    struct line_get_row r;
    struct line_shown s;
    struct audit_changes c = { 0 };
    int64_t seen = 0;
    if (!line_load(rq, &r, &s) || date_known(r.void_on)) return HTTP_NOT_FOUND;
    const struct line *in = parsed(rq);
    if (in == NULL) return form_page(rq, NULL, T("修改条目：%s"), line_back(rq));
    str_int(in->version, &seen);
    if (line_update(rq->db, .area = id_area(o->l.id.v), .list = o->l.id, .line = s.id, .version = seen, .text = in->text, .kind = in->kind,
                    .topic = in->topic, .source = in->source, .sector = in->sector, .priority = in->priority, .audience = in->audience,
                    .catalogue = in->catalogue, .content = in->content, .standard = in->standard, .frequency = in->frequency,
                    .record_form = in->record_form, .party = in->party, .staff = in->staff, .amount = in->amount, .due = in->due) == 0) {
        rq_invalid(rq, NULL, T("您打开后别人保存过，请对照后再保存。"));
        return form_page(rq, NULL, T("修改条目：%s"), line_back(rq));
    }
    const struct form *form = list_form(rq->arena, o->kind);
    for (size_t i = 1; i < form->n; i++) {              /* the first field is the hidden version */
        struct str a = form_text(rq->arena, &form->fields[i], &s.e), b = form_text(rq->arena, &form->fields[i], in);
        if (!str_eq(a, b)) audit_changed(&c, rq->arena, form->fields[i].name, a, b);
    }
    audit_note(rq, id_area(s.id.v), "change", "list_line", s.id.v, &c, NO_STR);
    return rq_done(rq, T("已保存"), "/lists/%lld/lines/%lld", (long long)o->l.id.v, (long long)s.id.v);
}

static enum http
strike(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    if (line_void(rq->db, id_area(o->l.id.v), o->l.id, line_id(rq), today()) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, id_area(o->l.id.v), "void", "list_line", rq->ids[1], NULL, NO_STR);
    return rq_done_undo(rq, T("已删去这一条"), str_fmt(rq->arena, "/lists/%lld/lines/%lld/restore", (long long)rq->ids[0], (long long)rq->ids[1]),
                        "/lists/%lld", (long long)o->l.id.v);
}

static enum http
restore(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    if (!audit_recent(rq, "void", "list_line", rq->ids[1])) return rq_fail(rq, HTTP_CONFLICT, T("已超过可以撤销的时间。"));
    if (line_restore(rq->db, id_area(o->l.id.v), o->l.id, line_id(rq)) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, id_area(o->l.id.v), "restore", "list_line", rq->ids[1], NULL, NO_STR);
    return rq_done(rq, T("已撤销"), "/lists/%lld", (long long)o->l.id.v);
}

/* ---- How far it is ---- */

struct progress { struct str state, reason; int64_t done; };
static const struct field progress_fields[] = {
    FIELD_OFFERED(struct progress, state, "进展", .required = true),
    FIELD_TEXT(struct progress, reason, "说明", .max = 200),
};
static const struct field done_fields[] = {
    FIELD_INT(struct progress, done, "完成数量", .required = true, .min = 0, .max = 1000000),
    FIELD_TEXT(struct progress, reason, "说明", .max = 200),
};

static const struct form *
progress_form(struct arena *a, const struct list_shape *s)
{
    struct form *form = NEW(a, struct form, 1);
    struct field *fields = NEW(a, struct field, COUNT(progress_fields));
    memcpy(fields, s->counted ? done_fields : progress_fields, sizeof progress_fields);
    if (!s->counted) fields[0].choices = s->states, fields[0].choices_n = s->states_n;
    *form = (struct form){ .name = "progress", .fields = fields, .n = COUNT(progress_fields), .size = sizeof(struct progress) };
    return form;
}

enum http
line_show(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    struct line_get_row r;
    struct line_page v = { .rq = rq, .o = o, .form = list_form(rq->arena, o->kind), .progress = progress_form(rq->arena, o->kind->shape) };
    if (!line_load(rq, &r, &v.s)) return HTTP_NOT_FOUND;
    struct progress *is = NEW(rq->arena, struct progress, 1);
    *is = (struct progress){ .state = r.state, .reason = r.reason, .done = r.done == NO_INT ? 0 : r.done };
    v.draft = str_is(o->l.state, "draft");
    v.live = (v.draft || str_is(o->l.state, "valid")) && !date_known(r.void_on);
    v.may_write = v.live && may(rq, LIST_WRITE);
    v.void_on = r.void_on;
    v.progress_from = (struct form_source){ .rq = rq, .values = is };
    answer_load(rq, &v);
    rq->title = v.s.e.text;
    line_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
progress(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    const struct list_shape *shape = o->kind->shape;
    struct line_get_row r;
    struct line_shown s;
    struct audit_changes c = { 0 };
    if (!line_load(rq, &r, &s) || date_known(r.void_on) || !(str_is(o->l.state, "draft") || str_is(o->l.state, "valid"))) return HTTP_NOT_FOUND;
    if (!form_parse(rq, progress_form(rq->arena, shape))) return line_show(rq);
    struct progress *in = rq->form;
    if (!shape->counted) in->done = NO_INT;
    else in->state = str_of(shape->states[in->done >= s.e.amount ? 1 : 0].code);
    if (shape->reasons != NULL && str_is(in->state, shape->reasons) && in->reason.n == 0) {
        rq_invalid(rq, "reason", T("请写明原因。"));
        return line_show(rq);
    }
    line_progress(rq->db, .area = id_area(s.id.v), .line = s.id, .state = in->state, .reason = in->reason, .done = in->done);
    if (!str_eq(in->state, s.state)) audit_changed(&c, rq->arena, "state", s.state, in->state);
    if (!str_eq(in->reason, s.reason)) audit_changed(&c, rq->arena, "reason", s.reason, in->reason);
    if (in->done != s.done) audit_changed(&c, rq->arena, "done", NO_STR, str_fmt(rq->arena, "%lld", (long long)in->done));
    audit_note(rq, id_area(s.id.v), "progress", "list_line", s.id.v, &c, NO_STR);
    rules_touch(rq->db, o->l.unit);
    return rq_done(rq, T("已保存"), "/lists/%lld/lines/%lld", (long long)o->l.id.v, (long long)s.id.v);
}

const struct route list_line_routes[] = {
    GET("/lists/:list/lines/new", LIST_WRITE, add_page, .scope = list_scope_draft, .title = T("增加条目")),
    POST("/lists/:list/lines/new", LIST_WRITE, add_save, .scope = list_scope_draft, .form = &no_fields, .title = T("增加条目")),
    GET("/lists/:list/lines/:line", LIST_READ, line_show, .scope = list_scope, .title = T("清单条目")),
    GET("/lists/:list/lines/:line/edit", LIST_WRITE, edit_page, .scope = list_scope_draft, .title = T("修改条目")),
    POST("/lists/:list/lines/:line/edit", LIST_WRITE, edit_save, .scope = list_scope_draft, .form = &no_fields, .title = T("修改条目")),
    POST("/lists/:list/lines/:line/void", LIST_WRITE, strike, .scope = list_scope_draft, .form = &no_fields, .title = T("删去条目")),
    POST("/lists/:list/lines/:line/restore", LIST_WRITE, restore, .scope = list_scope_draft, .form = &no_fields, .title = T("撤销删去条目")),
    POST("/lists/:list/lines/:line/progress", LIST_WRITE, progress, .scope = list_scope, .form = &no_fields, .title = T("登记进展")),
};
const size_t list_line_routes_n = COUNT(list_line_routes);
