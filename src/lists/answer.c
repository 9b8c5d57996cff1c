/* What answers a need: the resource, the service and the project that belong to it (need → resource → service → who), and the
 * one action that makes a project of it. */
#include "audit/audit.h"
#include "auth/session.h"
#include "ledger/ledger.h"
#include "lists/answer.h"
#include "lists/edit_html.h"
#include "network/network.h"
#include "rules/run.h"

struct link_form { struct str to; };
static const struct field link_fields[] = {
    FIELD_OFFERED(struct link_form, to, "关联的条目", .required = true, .wide = true, .help = "本单位和下级单位其他清单中的条目。"),
};
static const struct form link_form = FORM(struct link_form, link_fields);

/* ---- What belongs together ---- */

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    const struct list_open *o = list_of(rq);
    struct line_offered_row *rows;
    (void)f;
    *n = line_offered(rq->db, &rows, id_area(o->l.id.v), rq->who.unit, o->l.first, (struct line_id){ rq->ids[1] });
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        struct str kind = list_kind_name(rq->arena, rows[i].profile, rows[i].kind, rq->lang);
        const char *name = str_fmt(rq->arena, "%.*s · %.*s · %.*s", FMT(kind), FMT(rows[i].text), FMT(rows[i].unit_name)).p; /* not shown */
        all[i] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].line.v).p, name, name };
    }
    return all;
}

static const struct list_kind *
project_kind(struct rq *rq, const struct list_get_row *l)
{
    size_t n;
    const struct list_kind *all = list_kinds(rq->arena, profile_of(l->profile), &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].shape->code, "projects") == 0) return &all[i];
    return NULL;
}

void
answer_load(struct rq *rq, struct line_page *v)
{
    const struct list_get_row *l = &v->o->l;
    int64_t area = id_area(l->id.v);
    v->link = &link_form;
    v->link_from = (struct form_source){ .rq = rq, .choices = offered, .arg = rq };
    v->links_n = line_links(rq->db, &v->links, area, v->s.id);
    v->project = v->may_write && v->o->kind->shape->answered && !str_is(v->s.state, "refused") && project_kind(rq, l) != NULL;
    if (v->may_write && v->s.e.topic.n && v->o->kind->shape->answered)
        v->matches_n = line_matches(rq->db, &v->matches, .area = area, .top = rq->who.unit, .unit = l->unit, .topic = v->s.e.topic, .line = v->s.id);
}

void
list_join(struct db *db, struct line_id a, struct line_id b)
{
    struct line_id low = a.v < b.v ? a : b, high = a.v < b.v ? b : a;
    link_put(db, id_area(a.v), low, high);
}

static enum http
link_save(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    struct line_get_row r;
    struct line_shown s;
    size_t n, i = 0;
    struct form_source from = { .arg = rq };
    if (!line_load(rq, &r, &s) || date_known(r.void_on) || str_is(o->l.state, "old") || str_is(o->l.state, "void")) return HTTP_NOT_FOUND;
    const struct link_form *in = rq->form;
    const struct choice *all = offered(&from, &link_fields[0], &n);
    while (i < n && !str_is(in->to, all[i].code)) i++;
    if (i == n) return rq_invalid(rq, "to", T("请从列表中选择。"));
    struct line_id to = { 0 };
    str_int(in->to, &to.v);
    list_join(rq->db, s.id, to);
    audit_note(rq, id_area(s.id.v), "link", "list_line", s.id.v, NULL, in->to);
    return rq_done(rq, T("已关联"), "/lists/%lld/lines/%lld", (long long)o->l.id.v, (long long)s.id.v);
}

static enum http
link_stop(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    struct line_id a = { rq->ids[1] }, b = { rq->ids[2] };
    if (link_end(rq->db, id_area(a.v), a.v < b.v ? a : b, a.v < b.v ? b : a, today()) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, id_area(a.v), "unlink", "list_line", a.v, NULL, str_fmt(rq->arena, "%lld", (long long)b.v));
    return rq_done(rq, T("已取消关联"), "/lists/%lld/lines/%lld", (long long)o->l.id.v, (long long)a.v);
}

/* ---- A project out of it ---- */

struct project_form { struct str into, kind; struct line line; };
static const struct field into_field = FIELD_OFFERED(struct project_form, into, "写入哪份清单", .required = true);

/* "into", and the fields of a project but for the hidden version. */
static const struct form *
project_form(struct arena *a, const struct list_kind *k)
{
    const struct form *line = list_form(a, k);
    struct form *form = NEW(a, struct form, 1);
    struct field *fields = NEW(a, struct field, line->n + 1);
    struct project_form *fresh = NEW(a, struct project_form, 1);
    fresh->line = no_line;
    *form = (struct form){ .name = "project", .fields = fields, .n = line->n, .size = sizeof(struct project_form), .fresh = fresh };
    fields[0] = into_field;
    for (size_t i = 1; i < line->n; i++) {
        fields[i] = line->fields[i];
        fields[i].offset = (uint16_t)(fields[i].offset + offsetof(struct project_form, line));
    }
    return form;
}

static const struct choice *
project_offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    const struct list_open *o = list_of(rq);
    const struct list_kind *k = project_kind(rq, &o->l);
    struct line_drafts_row *rows;
    if (f->kind == F_STAFF) return ledger_staff_offered(rq, n);
    size_t found = line_drafts(rq->db, &rows, id_area(o->l.id.v), rq->who.unit, k->code);
    struct choice *all = NEW(rq->arena, struct choice, found + 1);
    const char *fresh = tr_fmt(rq->arena, rq->lang, T("新的一份：%s"), str_z(rq->arena, o->l.unit_name)).p;
    all[0] = (struct choice){ "new", fresh, fresh };
    for (size_t i = 0; i < found; i++) {
        const char *name = str_fmt(rq->arena, "%.*s · %.*s", FMT(rows[i].title), FMT(rows[i].unit_name)).p; /* not shown */
        all[i + 1] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, name, name };
    }
    *n = found + 1;
    return all;
}

static bool
open_need(struct rq *rq, struct line_get_row *r, struct line_shown *s, const struct list_kind **k)
{
    const struct list_open *o = list_of(rq);
    *k = project_kind(rq, &o->l);
    return *k != NULL && o->kind->shape->answered && line_load(rq, r, s) && !date_known(r->void_on) && !str_is(s->state, "refused")
           && (str_is(o->l.state, "valid") || str_is(o->l.state, "draft"));
}

static enum http
draw_project(struct rq *rq, const struct list_kind *k, const struct line_shown *s)
{
    struct project_form *start = NEW(rq->arena, struct project_form, 1);
    *start = (struct project_form){ .into = STR("new"), .line = no_line };
    start->line.text = s->e.text;
    start->line.staff = s->e.staff;
    struct list_form_page v = { .rq = rq, .o = list_of(rq), .form = project_form(rq->arena, k), .button = T("立项"),
                                .from = { .rq = rq, .values = start, .choices = project_offered, .arg = rq },
                                .hint = T("这条需求成为项目清单中的一条，两条互相关联，需求记为“已立项”。") };
    v.back = url_fmt(rq->arena, "/lists/%lld/lines/%lld", (long long)rq->ids[0], (long long)rq->ids[1]);
    rq->title = tr_fmt(rq->arena, rq->lang, T("立项：%s"), str_z(rq->arena, s->e.text));
    list_form_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
project_page(struct rq *rq)
{
    struct line_get_row r;
    struct line_shown s;
    const struct list_kind *k;
    return open_need(rq, &r, &s, &k) ? draw_project(rq, k, &s) : HTTP_NOT_FOUND;
}

static bool
is_offered(struct rq *rq, const struct field *f, struct str value)
{
    size_t n;
    struct form_source from = { .arg = rq };
    const struct choice *all = project_offered(&from, f, &n);
    for (size_t i = 0; i < n; i++)
        if (str_is(value, all[i].code)) return true;
    return false;
}

/* The draft that was chosen, or a new one of the need's unit for this year. */
static struct list_id
into_list(struct rq *rq, const struct list_kind *k, struct str into)
{
    const struct list_open *o = list_of(rq);
    struct list_id id = { 0 };
    struct ymd d = date_ymd(today());
    if (!str_is(into, "new")) {
        str_int(into, &id.v);
        return id;
    }
    struct list_new in = { .unit = o->l.unit, .kind = str_z(rq->arena, k->code), .by = rq->who.user, .from = NO_DATE, .to = NO_DATE };
    in.title = tr_fmt(rq->arena, LANG_ZH, T("%d年%s"), d.y, k->zh).p;
    date_of(d.y, 1, 1, &in.from);
    date_of(d.y, 12, 31, &in.to);
    id = list_make(rq->db, &in);
    audit_note(rq, id_area(id.v), "create", "list", id.v, NULL, k->code);
    return id;
}

static enum http
project_save(struct rq *rq)
{
    struct line_get_row r;
    struct line_shown s;
    const struct list_kind *k;
    struct audit_changes c = { 0 };
    if (!open_need(rq, &r, &s, &k)) return HTTP_NOT_FOUND;
    if (!form_parse(rq, project_form(rq->arena, k))) return draw_project(rq, k, &s);
    const struct project_form *in = rq->form;
    const struct field staff = { .kind = F_STAFF };
    if (!is_offered(rq, &into_field, in->into)) rq_invalid(rq, "into", T("请从列表中选择。"));
    if (in->line.staff.v && !is_offered(rq, &staff, str_fmt(rq->arena, "%lld", (long long)in->line.staff.v)))
        rq_invalid(rq, "staff", T("请从列表中选择。"));
    if (rq->errors != NULL) return draw_project(rq, k, &s);
    int64_t area = id_area(s.id.v);
    struct list_id list = into_list(rq, k, in->into);
    struct line_id made = list_add(rq->db, list, k, &in->line);
    list_join(rq->db, s.id, made);
    line_progress(rq->db, .area = area, .line = s.id, .state = STR("planned"), .reason = s.reason, .done = s.done);
    audit_note(rq, area, "create", "list_line", made.v, NULL, k->code);
    audit_changed(&c, rq->arena, "state", s.state, STR("planned"));
    audit_note(rq, area, "progress", "list_line", s.id.v, &c, NO_STR);
    rules_touch(rq->db, list_of(rq)->l.unit);
    return rq_done(rq, T("已立项"), "/lists/%lld/lines/%lld", (long long)list.v, (long long)made.v);
}

const struct route list_answer_routes[] = {
    POST("/lists/:list/lines/:line/links", LIST_WRITE, link_save, .scope = list_scope, .form = &link_form, .redraw = line_show,
         .title = T("关联条目")),
    POST("/lists/:list/lines/:line/links/:line/end", LIST_WRITE, link_stop, .scope = list_scope, .form = &no_fields, .title = T("取消关联")),
    GET("/lists/:list/lines/:line/project", LIST_WRITE, project_page, .scope = list_scope, .title = T("立项")),
    POST("/lists/:list/lines/:line/project", LIST_WRITE, project_save, .scope = list_scope, .form = &no_fields, .title = T("立项")),
};
const size_t list_answer_routes_n = COUNT(list_answer_routes);
