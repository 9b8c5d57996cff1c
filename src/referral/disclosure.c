/* The disclosure register 信息提供登记 (GZ-13): per station, per person and per case, with entries by hand. */
#include "audit/audit.h"
#include "auth/session.h"
#include "referral/disclosure_html.h"
#include "referral/referral_views.h"

enum { PER_PAGE = 50 };

/* ---- The list ---- */

struct query { unsigned filters; struct disclosure_list_in in; };

static struct query
query_of(struct rq *rq, struct disclosure_page *v)
{
    struct query q = { .in = { .area = rq->who.area, .unit = rq->who.focus, .me = rq->who.user, .person = v->person, .case_ = v->case_,
                               .from_ = NO_TIME, .to_ = NO_TIME, .limit = PER_PAGE } };
    struct date from = rq_param_date(rq, "from"), to = rq_param_date(rq, "to");
    struct str text = str_trim(v->q);
    if (v->person.v) q.filters |= DISCLOSURE_LIST_F_PERSON;
    else if (v->case_.v) q.filters |= DISCLOSURE_LIST_F_CASE;
    else q.filters |= DISCLOSURE_LIST_F_TREE;
    if (!may(rq, CASE_ASSIGN) && v->case_.v == 0 && v->person.v == 0) q.filters |= DISCLOSURE_LIST_F_MINE;
    if (v->kind.n) {
        q.filters |= DISCLOSURE_LIST_F_KIND;
        q.in.kind = v->kind;
    }
    if (text.n) {
        q.filters |= DISCLOSURE_LIST_F_RECEIVER;
        q.in.receiver = case_like(rq, text, true);
    }
    if (date_known(from)) {
        q.filters |= DISCLOSURE_LIST_F_FROM;
        q.in.from_ = instant_at(from, 0, 0);
    }
    if (date_known(to)) {
        q.filters |= DISCLOSURE_LIST_F_TO;
        q.in.to_ = instant_at(date_add(to, 1), 0, 0);
    }
    if (str_is(rq_param(rq, "waiting"), "1")) q.filters |= DISCLOSURE_LIST_F_WAITING;
    return q;
}

static enum http
draw_list(struct rq *rq, struct disclosure_page *v)
{
    struct disclosure_list_row *rows;
    struct disclosure_count_row count;
    v->rq = rq;
    v->kind = rq_param(rq, "kind");
    v->q = rq_param(rq, "q");
    v->from = rq_param(rq, "from");
    v->to = rq_param(rq, "to");
    v->per_page = PER_PAGE;
    v->page = rq_param_int(rq, "page", 1);
    if (v->page < 1 || v->page > 100000) v->page = 1;
    struct query q = query_of(rq, v);
    q.in.skip = (v->page - 1) * PER_PAGE;
    v->n = disclosure_list_with(rq->db, &rows, q.filters, DISCLOSURE_LIST_BY_NEWEST, &q.in);
    v->rows = rows;
    const struct disclosure_count_in n = { .area = q.in.area, .unit = q.in.unit, .me = q.in.me, .kind = q.in.kind, .receiver = q.in.receiver,
                                           .from_ = q.in.from_, .to_ = q.in.to_, .person = q.in.person, .case_ = q.in.case_ };
    if (disclosure_count_with(rq->db, &count, q.filters, 0, &n)) v->total = (size_t)count.total;
    rq->title = str_of(tr(rq->lang, T("信息提供登记")));
    disclosure_list_page(&rq->body, v);
    return HTTP_OK;
}

static enum http
list(struct rq *rq)
{
    return draw_list(rq, &(struct disclosure_page){ 0 });
}

static enum http
list_of_person(struct rq *rq)
{
    struct person_head h;
    struct disclosure_page v = { .person = { rq->ids[0] } };
    if (!person_head(rq->db, v.person, &h)) return HTTP_NOT_FOUND;
    if (person_access(rq, 2, person_relation(rq, v.person), h.born) < ACCESS_READ) return HTTP_FORBIDDEN;
    v.about = h.name;
    return draw_list(rq, &v);
}

static enum http
list_of_case(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    struct disclosure_page v = { .case_ = k->c.id, .about = k->c.no };
    if (!case_may_read(rq, k, 2)) return HTTP_FORBIDDEN;
    return draw_list(rq, &v);
}

/* ---- By hand ---- */

struct by_hand { struct str case_, person, kind, receiver, contact, fields, other, purpose, how, basis, measures; struct date told_on; };
static const struct field hand_fields[] = {
    FIELD_HIDDEN(struct by_hand, case_), FIELD_HIDDEN(struct by_hand, person),
    FIELD_OFFERED(struct by_hand, kind, "方式", .required = true),
    FIELD_TEXT(struct by_hand, receiver, "提供给谁", .required = true, .max = 120, .help = "单位和姓名。"),
    FIELD_TEXT(struct by_hand, contact, "联系方式", .max = 60),
    FIELD_CODES(struct by_hand, fields, "referral_field", "提供的信息", .wide = true),
    FIELD_TEXT(struct by_hand, other, "其他信息", .max = 300),
    FIELD_TEXT(struct by_hand, purpose, "目的", .required = true, .max = 300),
    FIELD_CHOICE(struct by_hand, how, agreed_how, "依据", .required = true),
    FIELD_TEXT(struct by_hand, basis, "依据说明", .required = true, .max = 300, .help = "同意人、方式和日期，或者法律名称和条款。"),
    FIELD_DATE(struct by_hand, told_on, "告知服务对象的日期", .check = "past"),
    FIELD_TEXT(struct by_hand, measures, "与对方共同采取的措施", .max = 300),
};
static bool hand_check(struct rq *rq, void *form);
static const struct form hand_form = FORM_CHECKED(struct by_hand, hand_fields, hand_check);

static const struct choice *
hand_kinds(const struct form_source *from, const struct field *f, size_t *n)
{
    size_t all_n, kept = 0;
    const struct code_entry *all = codes_entries(codes_table("disclosure_kind"), &all_n);
    struct choice *some = NEW(from->rq->arena, struct choice, all_n + 1);
    (void)f;
    for (size_t i = 0; i < all_n; i++)
        if (codes_flag(&all[i], "by_hand")) some[kept++] = (struct choice){ all[i].code.p, all[i].zh, all[i].en };
    *n = kept;
    return some;
}

static bool
hand_check(struct rq *rq, void *form)
{
    const struct by_hand *in = form;
    const struct code_entry *e = codes_find(codes_table("disclosure_kind"), in->kind);
    if (e == NULL || !codes_flag(e, "by_hand")) rq_invalid(rq, "kind", T("请从列表中选择。"));
    if (in->fields.n == 0 && in->other.n == 0) rq_invalid(rq, "fields", T("请写明提供了哪些信息。"));
    return rq->errors == NULL;
}

/* Whose data: a case that the user may read, or a person whom he may work with. */
static bool
subject(struct rq *rq, struct disclosure *d, struct person_head *h)
{
    struct casefile k;
    int64_t id;
    if (str_int(rq_param(rq, "case_"), &id) && id > 0) {
        if (!case_load(rq, id_area(id), (struct case_id){ id }, &k) || !scope_unit(rq, k.c.unit) || !case_may_read(rq, &k, 2)) return false;
        d->case_ = k.c.id;
        d->person = k.c.person;
        d->unit = k.c.unit;
        d->level = k.c.level;
        return person_head(rq->db, d->person, h);
    }
    if (!str_int(rq_param(rq, "person"), &id) || id <= 0) return false;
    rq->ids[0] = id;
    d->person.v = id;
    if (!person_in_scope(rq) || !person_head(rq->db, d->person, h)) return false;
    d->unit = h->unit;
    d->level = h->level;
    return person_access(rq, 2, person_relation(rq, d->person), h->born) >= ACCESS_READ;
}

static enum http
add(struct rq *rq)
{
    struct disclosure d = { 0 };
    struct person_head h;
    if (!subject(rq, &d, &h)) return HTTP_NOT_FOUND;
    struct by_hand fresh = { .case_ = rq_param(rq, "case_"), .person = rq_param(rq, "person"), .told_on = NO_DATE, .how = STR("consent") };
    struct disclosure_page v = { .rq = rq, .form = &hand_form, .source = { .rq = rq, .values = &fresh, .choices = hand_kinds }, .person = d.person,
                                 .case_ = d.case_, .about = h.name };
    rq->title = str_of(tr(rq->lang, T("登记一次信息提供")));
    disclosure_new_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
create(struct rq *rq)
{
    const struct by_hand *in = rq->form;
    struct disclosure d = { .told_on = in->told_on };
    struct person_head h;
    if (!subject(rq, &d, &h)) return HTTP_NOT_FOUND;
    int64_t level = share_level(in->fields, h.level, h.born);
    if (level > d.level) d.level = level;
    d.kind = str_z(rq->arena, in->kind);
    d.receiver = in->receiver;
    d.contact = in->contact;
    d.fields = in->other.n && in->fields.n ? str_fmt(rq->arena, "%.*s,%.*s", FMT(in->fields), FMT(in->other)) : in->fields.n ? in->fields : in->other;
    d.purpose = in->purpose;
    d.basis = tr_fmt(rq->arena, LANG_ZH, str_is(in->how, "legal") ? T("无需同意：%s") : T("同意：%s"), str_z(rq->arena, in->basis));
    d.measures = in->measures;
    disclosure_note(rq, &d);
    return d.case_.v ? rq_done(rq, T("已登记"), "/cases/%lld/disclosures", (long long)d.case_.v)
                     : rq_done(rq, T("已登记"), "/people/%lld/disclosures", (long long)d.person.v);
}

/* ---- The head's confirmation ---- */

static bool
row_scope(struct rq *rq)
{
    struct disclosure_get_row *row = NEW(rq->arena, struct disclosure_get_row, 1);
    if (!disclosure_get(rq->db, row, id_area(rq->ids[0]), (struct disclosure_id){ rq->ids[0] })) return false;
    rq->record = row;
    return scope_unit(rq, row->unit);
}

/* Somebody else than who gave it. */
static enum http
confirm(struct rq *rq)
{
    const struct disclosure_get_row *row = rq->record;
    int64_t area = id_area(rq->ids[0]);
    struct str back = rq_param(rq, "back");
    if (row->by.v == rq->who.user.v) return rq_fail(rq, HTTP_CONFLICT, T("本人提供的信息须由他人确认。"));
    if (disclosure_confirm(rq->db, area, (struct disclosure_id){ rq->ids[0] }, rq->who.user, instant_now()) == 0) return HTTP_CONFLICT;
    audit_note(rq, area, "confirm", "disclosure", rq->ids[0], NULL, NO_STR);
    return rq_local(back) ? rq_done(rq, T("已确认"), "%.*s", FMT(back)) : rq_done(rq, T("已确认"), "/disclosures");
}

const struct route disclosure_routes[] = {
    GET("/disclosures", DISCLOSURE_READ, list, .title = T("信息提供登记")),
    GET("/disclosures/new", DISCLOSURE_WRITE, add, .title = T("登记一次信息提供")),
    POST("/disclosures/new", DISCLOSURE_WRITE, create, .form = &hand_form, .redraw = add, .title = T("登记一次信息提供")),
    POST("/disclosures/:disclosure/confirm", CASE_ASSIGN, confirm, .scope = row_scope, .form = &no_fields, .title = T("确认信息提供")),
    GET("/people/:person/disclosures", DISCLOSURE_READ, list_of_person, .scope = person_in_scope, .title = T("信息提供登记")),
    GET("/cases/:case/disclosures", DISCLOSURE_READ, list_of_case, .scope = case_scope, .title = T("信息提供登记")),
};
const size_t disclosure_routes_n = COUNT(disclosure_routes);
