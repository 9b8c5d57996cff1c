/* The page of a person: the head, what is known, his cases, and everything on one time axis. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "codes/idno.h"
#include "codes/phone.h"
#include "people/people_views.h"
#include "people/person.h"
#include "people/person_json.h"
#include "people/person_page_html.h"
#include "people/person_page_sql.h"
#include "people/person_page_views.h"
#include "seal/seal.h"

struct reveal_form { struct str why; };
static const struct field reveal_fields[] = {
    FIELD_TEXT(struct reveal_form, why, "理由", .required = true, .max = 200),
};
static const struct form reveal_form = FORM(struct reveal_form, reveal_fields);

bool
person_page_open(struct rq *rq, const char *here, struct person_page *v)
{
    *v = (struct person_page){ .rq = rq, .id = { rq->ids[0] }, .here = here };
    if (!person_get(rq->db, &v->p, id_area(v->id.v), v->id)) return false;
    v->rel = person_relation(rq, v->id);
    v->age = date_age(v->p.born, date_known(v->p.died_on) ? v->p.died_on : today());
    v->badges_n = category_badges(rq, v->p.categories, v->rel, v->p.born, &v->badges);
    v->writes = may(rq, PEOPLE_WRITE) && person_access(rq, 1, v->rel, v->p.born) == ACCESS_WRITE;
    if (person_access(rq, 3, v->rel, v->p.born) >= ACCESS_MASKED)
        v->idno = v->p.idno_sealed.p ? idno_mask(rq->arena, unseal(rq->arena, SEAL_IDNO, v->p.idno_sealed)) : NO_STR;
    int level = v->p.level > 3 ? (int)v->p.level : 3;
    struct relation before = v->rel;
    before.granted = false;
    v->reads = person_access(rq, 3, v->rel, v->p.born) >= ACCESS_READ;
    v->asks = may(rq, ACCESS_ASK) && person_access(rq, level, v->rel, v->p.born) == ACCESS_APPROVAL;
    v->until = NO_TIME;
    if (v->rel.granted && person_access(rq, level, before, v->p.born) == ACCESS_APPROVAL) v->until = person_open_until(rq, v->id);
    enum access phone = person_access(rq, 1, v->rel, v->p.born);
    v->phone = person_phone(rq->arena, v->p.phone_sealed, phone);
    v->warning = person_call_warning(rq->arena, rq->lang, v->p.call_rule, v->p.safe_hours);
    if (v->p.safe_phone_sealed.p != NULL && phone >= ACCESS_READ && phone != ACCESS_APPROVAL)
        v->safe_phone = unseal(rq->arena, SEAL_SAFE_PHONE, v->p.safe_phone_sealed);
    rq->title = v->p.name;
    return true;
}

struct str
person_phone(struct arena *a, struct str sealed, enum access how)
{
    if (sealed.p == NULL || how < ACCESS_MASKED || how == ACCESS_APPROVAL) return NO_STR;
    struct str plain = unseal(a, SEAL_PHONE, sealed);
    return how >= ACCESS_READ ? plain : phone_mask(a, plain);
}

struct buf
person_tab_buf(struct rq *rq)
{
    return (struct buf){ .arena = rq->arena, .lang = rq->lang, .rq = rq };
}

/* Opening the file of a minor or of an S4 person is an access that stays on record, and so is all that was opened for a time. */
static void
note_opening(struct rq *rq, const struct person_page *v)
{
    bool minor = v->age >= 0 && v->age < 18;
    if (minor || v->p.level >= 3 || v->rel.granted) rq_note_read(rq, "person", v->id.v, *v->here ? v->here : "page");
}

enum http
person_page_done(struct rq *rq, struct person_page *v, const struct buf *tab)
{
    note_opening(rq, v);
    v->body = (struct html){ buf_str(tab) };
    person_page(&rq->body, v);
    return HTTP_OK;
}

/* ---- What is known ---- */

struct person_fact
person_fact_of(struct rq *rq, struct relation rel, struct date born, const struct field *f, const struct person_fields *values, bool reveal)
{
    struct person_fact out = { f, person_field_text(rq->arena, f, values), SHOWN_HIDDEN };
    enum access how = person_access(rq, f->level, rel, f->level ? born : NO_DATE);
    bool number = f->level == 3 && f->secret;
    if (out.value.n == 0 || how < ACCESS_MASKED) return out;
    out.shown = how == ACCESS_APPROVAL ? SHOWN_APPROVAL : how == ACCESS_MASKED || (number && !reveal) ? SHOWN_MASKED : SHOWN_PLAIN;
    if (out.shown == SHOWN_APPROVAL) out.value = NO_STR;
    if (out.shown != SHOWN_MASKED) return out;
    if (number) out.value = idno_mask(rq->arena, (struct str){ out.value.p, out.value.n > 18 ? 18 : out.value.n });
    else if (f->check != NULL && strcmp(f->check, "phone") == 0) out.value = phone_mask(rq->arena, out.value);
    else out.value = STR("••••");
    return out;
}

static enum http
overview_with(struct rq *rq, bool reveal)
{
    struct person_overview o = { .reveal_form = &reveal_form };
    struct person_fields values;
    if (!person_page_open(rq, "", &o.page)) return HTTP_NOT_FOUND;
    if (shape_wanted(rq)) {
        bool plain = reveal && person_access(rq, 3, o.page.rel, o.page.p.born) >= ACCESS_READ && o.page.p.idno_sealed.p != NULL;
        note_opening(rq, &o.page);
        return person_json(rq, &o.page, plain ? unseal(rq->arena, SEAL_IDNO, o.page.p.idno_sealed) : o.page.idno);
    }
    person_open_row(rq->arena, &o.page.p, &values);
    o.facts = NEW(rq->arena, struct person_fact, person_form.n);
    for (size_t i = 0; i < person_form.n; i++) {
        const struct field *f = &person_form.fields[i];
        if (f->kind == F_UNIT) continue;
        struct person_fact one = person_fact_of(rq, o.page.rel, o.page.p.born, f, &values, reveal);
        if (one.shown == SHOWN_HIDDEN) continue;
        if (f->offset == offsetof(struct person_fields, division)) one.value = o.page.p.division_name;
        o.facts[o.facts_n++] = one;
        o.masked = o.masked || (one.shown == SHOWN_MASKED && f->level == 3);
        if (one.shown == SHOWN_PLAIN && f->level >= 3) rq_note_read(rq, "person", o.page.id.v, f->name);
    }
    if (o.page.writes && !date_known(o.page.p.closed_on)) {
        struct person_new self = { .area = id_area(o.page.id.v), .name = values.name, .idno = values.idno, .phone = values.phone,
                                   .division = values.division, .address = values.address, .born = values.born, .self = o.page.id };
        same_hints_find(rq, &self, &o.same);
    }
    if (move_county(rq->db, &o.moved, id_area(o.page.id.v), o.page.id)) {
        struct person_head other;
        struct person_id there = o.moved.new.v ? o.moved.new : o.moved.old;
        o.moved_seen = there.v && person_head(rq->db, there, &other) && other.level < 4 && scope_unit(rq, other.unit);
    }
    if (may(rq, PEOPLE_MERGE)) o.merges_n = merge_of(rq->db, &o.merges, id_area(o.page.id.v), o.page.id.v);
    o.masked = o.masked && person_access(rq, 3, o.page.rel, o.page.p.born) >= ACCESS_READ;
    struct buf tab = person_tab_buf(rq);
    person_overview(&tab, &o);
    return person_page_done(rq, &o.page, &tab);
}

static enum http
overview(struct rq *rq)
{
    return overview_with(rq, false);
}

/* The numbers in full, with a reason, on record. */
static enum http
reveal(struct rq *rq)
{
    const struct reveal_form *in = rq->form;
    struct person_id id = { rq->ids[0] };
    struct person_head h;
    if (!person_head(rq->db, id, &h) || person_access(rq, 3, person_relation(rq, id), h.born) < ACCESS_READ) return HTTP_FORBIDDEN;
    audit_note(rq, h.area, "reveal", "person", id.v, NULL, in->why);
    return overview_with(rq, true);
}

/* ---- Cases and the time axis ---- */

static enum http
cases(struct rq *rq)
{
    struct person_case_tab t = { 0 };
    struct person_page v;
    if (!person_page_open(rq, "cases", &v)) return HTTP_NOT_FOUND;
    t.n = person_cases(rq->db, &t.rows, id_area(v.id.v), v.id, rq->who.user);
    t.id = v.id;
    t.may_open = may(rq, CASE_WRITE);
    struct buf tab = person_tab_buf(rq);
    person_case_tab(&tab, &t);
    return person_page_done(rq, &v, &tab);
}

static const struct { const char *kind, *table, *colour, *zh; } words[] = {
    { "category", "client_category", "", T("类别起：%s") }, { "category_end", "client_category", "", T("类别止：%s") },
    { "member", "family", "", T("加入家庭（%s）") }, { "member_end", "family", "", T("离开家庭（%s）") },
    { "move", NULL, "is-blue", T("转到 %s") }, { "contact", NULL, "", T("联系人：%s") },
    { "consent", NULL, "is-green", T("同意或告知：%s") }, { "withdrawn", NULL, "is-red", T("撤回同意：%s") },
    { "state", "case_states", "is-blue", T("个案：%s") }, { "record", "record_kind", "is-blue", T("个案记录：%s") },
    { "handover", NULL, "is-blue", T("个案交接") }, { "named", NULL, "", T("指定知情人") }, { "comment", NULL, "", T("督导意见") },
    { "group", NULL, "is-blue", T("加入小组：%s") }, { "group_end", NULL, "", T("离开小组：%s") },
    { "form", NULL, "", T("个案表单") }, { "conference", NULL, "is-blue", T("个案会议") }, { "team", NULL, "", T("个案团队") },
};

static struct str
words_of(struct rq *rq, struct str kind, struct str code, struct str label, const char **colour)
{
    for (size_t i = 0; i < COUNT(words); i++) {
        if (!str_is(kind, words[i].kind)) continue;
        const char *what = words[i].table ? codes_label(codes_table(words[i].table), code, rq->lang) : label.p ? label.p : "";
        if (str_starts(kind, STR("consent")) || str_starts(kind, STR("withdrawn"))) what = consent_kind_label(code, rq->lang);
        *colour = words[i].colour;
        return tr_fmt(rq->arena, rq->lang, words[i].zh, what);
    }
    return NO_STR;
}

static int
newest_first(const void *a, const void *b)
{
    const struct axis_entry *x = a, *y = b;
    return x->on.days != y->on.days ? (x->on.days < y->on.days) - (x->on.days > y->on.days) : (x->at.ms < y->at.ms) - (x->at.ms > y->at.ms);
}

static bool
dated_visible(struct rq *rq, const struct person_page *v, const struct person_axis_dated_row *r)
{
    const struct code_entry *e = str_starts(r->kind, STR("category")) ? codes_find(codes_table("client_category"), r->code) : NULL;
    int level = e ? e->level : str_is(r->kind, "contact") ? 2 : 1;
    return person_access(rq, level, v->rel, v->p.born) >= ACCESS_READ;
}

static enum http
axis(struct rq *rq)
{
    struct person_page v;
    struct person_axis_dated_row *dated;
    struct person_axis_cases_row *events;
    struct person_axis_groups_row *groups;
    struct axis_tab t = { 0 };
    if (!person_page_open(rq, "axis", &v)) return HTTP_NOT_FOUND;
    int64_t area = id_area(v.id.v);
    size_t n = person_axis_dated(rq->db, &dated, area, v.id), m = person_axis_cases(rq->db, &events, area, v.id, rq->who.user);
    size_t g = may(rq, GROUP_READ) ? person_axis_groups(rq->db, &groups, area, v.id, rq->who.user) : 0;
    t.all = NEW(rq->arena, struct axis_entry, n + m + g + 1);
    for (size_t i = 0; i < n; i++) {
        struct axis_entry *e = &t.all[t.n];
        if (!dated_visible(rq, &v, &dated[i])) continue;
        *e = (struct axis_entry){ .on = dated[i].on, .at = NO_TIME, .colour = "" };
        e->text = words_of(rq, dated[i].kind, dated[i].code, dated[i].label, &e->colour);
        if (dated[i].ref) e->link = url_fmt(rq->arena, "/households/%lld", (long long)dated[i].ref);
        t.n++;
    }
    bool opens = may(rq, CASE_READ) && person_access(rq, 1, v.rel, v.p.born) >= ACCESS_READ;
    for (size_t i = 0; opens && i < m; i++) {
        struct axis_entry *e = &t.all[t.n++];
        *e = (struct axis_entry){ .on = instant_date(events[i].at), .at = events[i].at, .colour = "" };
        struct str text = words_of(rq, events[i].kind, events[i].code, NO_STR, &e->colour);
        e->text = str_fmt(rq->arena, "%.*s · %.*s", FMT(text), FMT(events[i].no));
        e->link = url_fmt(rq->arena, "/cases/%lld", (long long)events[i].ref);
    }
    for (size_t i = 0; i < g && person_access(rq, 2, v.rel, v.p.born) >= ACCESS_READ; i++) {
        struct axis_entry *e = &t.all[t.n++];
        *e = (struct axis_entry){ .on = groups[i].on, .at = NO_TIME, .link = url_fmt(rq->arena, "/groups/%lld", (long long)groups[i].ref) };
        e->text = words_of(rq, groups[i].kind, NO_STR, groups[i].name, &e->colour);
    }
    t.all[t.n++] = (struct axis_entry){ .on = instant_date(v.p.created_at), .at = v.p.created_at, .colour = "is-green",
                                        .text = str_of(tr(rq->lang, T("登记"))) };
    qsort(t.all, t.n, sizeof *t.all, newest_first);
    struct buf tab = person_tab_buf(rq);
    axis_tab(&tab, &t);
    return person_page_done(rq, &v, &tab);
}

const struct route person_page_routes[] = {
    GET("/people/:person", PEOPLE_READ, overview, .scope = person_in_scope, .title = T("服务对象"), .shape = &person_shape),
    POST("/people/:person/reveal", PEOPLE_READ, reveal, .scope = person_in_scope, .form = &reveal_form, .redraw = overview, .title = T("查看证件号码"),
        .shape = &person_shape),
    GET("/people/:person/cases", CASE_READ, cases, .scope = person_in_scope, .title = T("个案")),
    GET("/people/:person/axis", PEOPLE_READ, axis, .scope = person_in_scope, .title = T("时间轴")),
};
const size_t person_page_routes_n = COUNT(person_page_routes);
