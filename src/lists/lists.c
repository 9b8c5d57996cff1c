/* The lists of a subtree, and one version of a list with its lines. */
#include "auth/session.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "form/draw.h"
#include "lists/lists_html.h"
#include "lists/lists_json.h"
#include "lists/lists_views.h"
#include "network/network.h"
#include "page/page.h"
#include "rules/run.h"

enum { PAGE = 50 };

/* ---- Words ---- */

static const struct choice list_states[] = {
    { "draft", "草稿", "Draft" },
    { "valid", "现行", "In force" },
    { "old", "旧版本", "Replaced" },
    { "void", "已作废", "Struck out" },
};

static const char *
label(const struct choice *all, size_t n, struct str code, enum lang lang)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(code, all[i].code)) return choice_label(&all[i], lang);
    return "";
}

const char *
list_state_label(struct str state, enum lang lang)
{
    return label(list_states, COUNT(list_states), state, lang);
}

const char *
list_state_badge(struct str state)
{
    return str_is(state, "valid") ? "bg-green-lt" : str_is(state, "draft") ? "bg-blue-lt" : "bg-secondary-lt";
}

const char *
line_state_label(const struct list_shape *s, struct str state, enum lang lang)
{
    return label(s->states, s->states_n, state, lang);
}

const char *
line_state_badge(struct str state)
{
    static const char *const done[] = { "answered", "done", "on" }, *const in_work[] = { "planned", "running" };
    for (size_t i = 0; i < COUNT(done); i++)
        if (str_is(state, done[i])) return "bg-green-lt";
    for (size_t i = 0; i < COUNT(in_work); i++)
        if (str_is(state, in_work[i])) return "bg-blue-lt";
    return str_is(state, "open") ? "bg-yellow-lt" : "bg-secondary-lt";
}

struct str
list_kind_name(struct arena *a, struct str profile, struct str kind, enum lang lang)
{
    const struct list_kind *k = list_kind(a, profile_of(profile), kind);
    return k == NULL ? kind : str_of(lang == LANG_EN ? k->en : k->zh);
}

bool
line_listed(const struct list_kind *k, const struct field *f)
{
    for (struct str rest = str_of(k->shape->columns); rest.n;)
        if (str_is(str_cut(&rest, ' '), f->name)) return true;
    return false;
}

struct str
line_text(struct arena *a, const struct field *f, const struct line_shown *s, enum lang lang)
{
    size_t n;
    if (f->kind == F_STAFF) return s->staff_name;
    struct str code = form_text(a, f, &s->e);
    if (f->kind != F_SINGLE || code.n == 0) return code;
    if (strcmp(f->name, "catalogue") == 0) return str_fmt(a, "%.*s %s", FMT(code), catalogue_label(code, lang)); /* not shown */
    const struct choice *all = field_choices(f, &n);
    const char *word = label(all, n, code, lang);
    return *word ? str_of(word) : code;
}

/* What had to be done by a day, and is not. */
bool
line_late(const struct line_shown *s)
{
    bool open = str_is(s->state, "open") || str_is(s->state, "running") || str_is(s->state, "on");
    return open && date_known(s->e.due) && date_diff(s->e.due, today()) < 0;
}

struct line_shown *
lines_shown(struct arena *a, struct list_id list, const struct list_lines_row *rows, size_t n)
{
    struct line_shown *all = NEW(a, struct line_shown, n + 1);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct line_shown){ .list = list, .id = rows[i].line, .e = LINE_OF(&rows[i]), .staff_name = rows[i].staff_name,
                                      .state = rows[i].state, .reason = rows[i].reason, .done = rows[i].done };
    return all;
}

struct url
list_next(struct rq *rq, int64_t after)
{
    return list_url(rq, "after", str_fmt(rq->arena, "%lld", (long long)after).p);
}

/* ---- Which list ---- */

const struct list_open *
list_of(const struct rq *rq)
{
    return rq->record;
}

bool
list_scope(struct rq *rq)
{
    struct list_open *o = NEW(rq->arena, struct list_open, 1);
    if (!list_get(rq->db, &o->l, id_area(rq->ids[0]), (struct list_id){ rq->ids[0] }) || !scope_unit(rq, o->l.unit)) return false;
    o->kind = list_kind(rq->arena, profile_of(o->l.profile), o->l.kind);
    rq->record = o;
    return o->kind != NULL;
}

bool
list_scope_draft(struct rq *rq)
{
    return list_scope(rq) && str_is(list_of(rq)->l.state, "draft");
}

/* ---- All lists ---- */

static enum http
index_page(struct rq *rq)
{
    struct unit_level level;
    struct list_index_count_row count;
    int64_t area = unit_county(rq->db, rq->who.focus);
    struct lists_page v = { .rq = rq, .q = str_trim(rq_param(rq, "q")), .kind = rq_param(rq, "kind"), .show = rq_param(rq, "show"),
                            .unit_name = unit_name(rq->db, rq->who.focus), .may_write = may(rq, LIST_WRITE) };
    struct str like = str_fmt(rq->arena, "%%%.*s%%", FMT(v.q));
    int64_t after = rq_param_int(rq, "after", 0);
    unsigned on = (area ? LIST_INDEX_F_AREA : 0) | (v.kind.n ? LIST_INDEX_F_KIND : 0) | (v.q.n ? LIST_INDEX_F_TEXT : 0)
                  | (str_is(v.show, "draft") ? LIST_INDEX_F_DRAFT : 0) | (str_is(v.show, "valid") ? LIST_INDEX_F_VALID : 0);
    if (unit_level_of(rq->db, rq->who.focus, &level)) v.kinds = list_kinds(rq->arena, level.profile, &v.kinds_n);
    v.filtered = v.q.n || v.kind.n || v.show.n;
    v.n = list_index(rq->db, &v.rows, on | (after ? DB_AFTER : 0), LIST_INDEX_BY_NEW, .area = area, .top = rq->who.focus, .kind = v.kind,
                     .text = like, .after = { after }, .most = PAGE + 1);
    if (list_index_count(rq->db, &count, on, 0, .area = area, .top = rq->who.focus, .kind = v.kind, .text = like)) v.total = count.total;
    v.more = v.n > PAGE;
    if (v.more) v.n = PAGE;
    if (shape_wanted(rq)) return lists_json(rq, &v);
    rq->title = str_of(tr(rq->lang, T("清单")));
    lists_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- One version ---- */

static size_t
place_of(const struct choice *all, size_t n, struct str code)
{
    size_t i = 0;
    while (i < n && !str_is(code, all[i].code)) i++;
    return i;
}

static struct list_sums
sums(struct rq *rq, const struct list_open *o, const struct form *form)
{
    struct list_groups_row *rows;
    const struct list_kind *k = o->kind;
    struct list_sums s = { .kinds = NEW(rq->arena, int64_t, k->kinds_n + 1), .states = NEW(rq->arena, int64_t, k->shape->states_n + 1),
                           .cells = NEW(rq->arena, int64_t, k->kinds_n * k->audiences_n + 1) };
    for (size_t i = 0; i < form->n; i++)
        if (strcmp(form->fields[i].name, "source") == 0) s.sources_of = field_choices(&form->fields[i], &s.sources_n);
    s.sources = NEW(rq->arena, int64_t, s.sources_n + 1);
    size_t n = list_groups(rq->db, &rows, id_area(o->l.id.v), o->l.id);
    for (size_t i = 0; i < n; i++) {
        size_t kind = place_of(k->kinds, k->kinds_n, rows[i].kind), audience = place_of(k->audiences, k->audiences_n, rows[i].audience);
        s.total += rows[i].total;
        s.done += rows[i].done;
        s.kinds[kind] += rows[i].total;
        s.states[place_of(k->shape->states, k->shape->states_n, rows[i].state)] += rows[i].total;
        s.sources[place_of(s.sources_of, s.sources_n, rows[i].source)] += rows[i].total;
        if (kind < k->kinds_n && audience < k->audiences_n) s.cells[kind * k->audiences_n + audience] += rows[i].total;
    }
    return s;
}

static enum http
one_page(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    struct list_lines_row *rows;
    struct list_lines_count_row count;
    int64_t area = id_area(o->l.id.v), after = rq_param_int(rq, "after", 0);
    struct list_page v = { .rq = rq, .o = o, .form = list_form(rq->arena, o->kind), .q = str_trim(rq_param(rq, "q")),
                           .kind = rq_param(rq, "kind"), .state = rq_param(rq, "state"), .source = rq_param(rq, "source") };
    struct str like = str_fmt(rq->arena, "%%%.*s%%", FMT(v.q));
    bool draft = str_is(o->l.state, "draft");
    unsigned on = (v.q.n ? LIST_LINES_F_TEXT : 0) | (v.kind.n ? LIST_LINES_F_KIND : 0) | (v.state.n ? LIST_LINES_F_STATE : 0)
                  | (v.source.n ? LIST_LINES_F_SOURCE : 0);

    v.may_write = draft && may(rq, LIST_WRITE);
    v.may_publish = may(rq, LIST_PUBLISH);
    v.filtered = v.q.n || v.kind.n || v.state.n || v.source.n;
    v.n = list_lines(rq->db, &rows, on | (after ? DB_AFTER : 0), LIST_LINES_BY_LINE, .area = area, .id = o->l.id, .text = like, .kind = v.kind,
                     .state = v.state, .source = v.source, .after = { after }, .most = PAGE + 1);
    if (list_lines_count(rq->db, &count, on, 0, .area = area, .id = o->l.id, .text = like, .kind = v.kind, .state = v.state, .source = v.source))
        v.total = count.total;
    v.more = v.n > PAGE;
    if (v.more) v.n = PAGE;
    v.lines = lines_shown(rq->arena, o->l.id, rows, v.n);
    if (shape_wanted(rq)) return list_lines_json(rq, &v);
    if (v.n) v.linked_n = list_linked(rq->db, &v.linked, area, o->l.id, v.lines[0].id, v.lines[v.n - 1].id);
    v.versions_n = list_versions(rq->db, &v.versions, area, o->l.first);
    v.sums = sums(rq, o, v.form);
    rq->title = o->l.title;
    list_page(&rq->body, &v);
    return HTTP_OK;
}

static const struct route lists_routes[] = {
    GET("/lists", LIST_READ, index_page, .title = T("清单"), .shape = &list_row_shape, .many = true, .query = "q,kind,show,after"),
    GET("/lists/:list", LIST_READ, one_page, .scope = list_scope, .title = T("清单条目"), .shape = &list_line_shape, .many = true,
        .query = "q,kind,state,source,after"),
};
static const size_t lists_routes_n = COUNT(lists_routes);

static const struct route *const routes[] = { lists_routes, list_found_routes, list_edit_routes, list_line_routes, list_answer_routes,
                                              list_compare_routes, list_sheet_routes };
static const size_t *const routes_n[] = { &lists_routes_n, &list_found_routes_n, &list_edit_routes_n, &list_line_routes_n, &list_answer_routes_n,
                                          &list_compare_routes_n, &list_sheet_routes_n };
const struct module lists_module = { "lists", routes, routes_n, COUNT(routes) };
