/* Guardians, emergency contacts and carers of a person. */
#include "audit/audit.h"
#include "codes/codes.h"
#include "people/contact_html.h"
#include "people/contact_views.h"
#include "people/person.h"
#include "people/person_page_views.h"
#include "seal/seal.h"

const struct choice contact_kinds[3] = {
    { "guardian", T("监护人"), NULL }, { "emergency", T("紧急联系人"), NULL }, { "carer", T("主要照顾者"), NULL },
};

struct contact_form { struct str kind, name, relation, phone, note; };
static const struct field contact_fields[] = {
    FIELD_CHOICE(struct contact_form, kind, contact_kinds, "身份", .required = true),
    FIELD_TEXT(struct contact_form, name, "姓名", .required = true, .max = 60),
    FIELD_CODE(struct contact_form, relation, "family", "与本人关系"),
    FIELD_TEXT(struct contact_form, phone, "电话", .check = "phone", .max = 30, .secret = true),
    FIELD_TEXT(struct contact_form, note, "说明", .max = 200, .help = "非亲属请注明，例如邻居、护工、寄养家庭。"),
};
static const struct form contact_form = FORM(struct contact_form, contact_fields);

static enum http
tab(struct rq *rq)
{
    struct person_page v;
    struct contact_tab t = { .form = &contact_form };
    struct contact_list_row *rows;
    if (!person_page_open(rq, "contacts", &v)) return HTTP_NOT_FOUND;
    enum access how = person_access(rq, 2, v.rel, v.p.born);
    size_t n = how >= ACCESS_MASKED && how != ACCESS_APPROVAL ? contact_list(rq->db, &rows, id_area(v.id.v), v.id) : 0;
    t.rows = NEW(rq->arena, struct contact_row, n + 1);
    for (size_t i = 0; i < n; i++) t.rows[t.n++] = (struct contact_row){ &rows[i], person_phone(rq->arena, rows[i].phone_sealed, how) };
    t.id = v.id;
    t.shut = how < ACCESS_MASKED || how == ACCESS_APPROVAL;
    t.writes = v.writes && how == ACCESS_WRITE;
    t.from = (struct form_source){ .rq = rq };
    struct buf b = person_tab_buf(rq);
    contact_tab(&b, &t);
    return person_page_done(rq, &v, &b);
}

static bool
may_write(struct rq *rq, struct person_id person)
{
    struct person_head h;
    return person_head(rq->db, person, &h) && person_access(rq, 2, person_relation(rq, person), h.born) == ACCESS_WRITE;
}

static enum http
add(struct rq *rq)
{
    const struct contact_form *in = rq->form;
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    struct audit_changes changes = { 0 };
    if (!may_write(rq, person)) return HTTP_FORBIDDEN;
    contact_insert(rq->db, .area = area, .id = { id_next(area) }, .person = person, .kind = in->kind, .name = in->name,
                   .relation = in->relation, .phone_sealed = seal(rq->arena, SEAL_PHONE, in->phone), .note = in->note, .from_on = today());
    audit_changed(&changes, rq->arena, "contact", NO_STR, in->kind);
    audit_note(rq, area, "change", "person", person.v, &changes, NO_STR);
    return rq_done(rq, T("已保存"), "/people/%lld/contacts", (long long)person.v);
}

static enum http
end(struct rq *rq)
{
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    if (!may_write(rq, person)) return HTTP_FORBIDDEN;
    if (contact_end(rq->db, area, (struct contact_id){ rq->ids[1] }, person, today()) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, area, "end_contact", "person", person.v, NULL, NO_STR);
    return rq_done_undo(rq, T("已终止"), str_fmt(rq->arena, "/people/%lld/contacts/%lld/again", (long long)person.v, (long long)rq->ids[1]),
                        "/people/%lld/contacts", (long long)person.v);
}

static enum http
again(struct rq *rq)
{
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    if (!may_write(rq, person)) return HTTP_FORBIDDEN;
    if (!audit_recent(rq, "end_contact", "person", person.v) || contact_again(rq->db, area, (struct contact_id){ rq->ids[1] }, person) == 0)
        return rq_fail(rq, HTTP_CONFLICT, T("已不能撤销，请重新登记。"));
    audit_note(rq, area, "undo_end_contact", "person", person.v, NULL, NO_STR);
    return rq_done(rq, T("已撤销"), "/people/%lld/contacts", (long long)person.v);
}

const struct route contact_routes[] = {
    GET("/people/:person/contacts", PEOPLE_READ, tab, .scope = person_in_scope, .title = T("联系人与监护人")),
    POST("/people/:person/contacts", PEOPLE_WRITE, add, .scope = person_in_scope, .form = &contact_form, .redraw = tab, .title = T("增加联系人")),
    POST("/people/:person/contacts/:contact/end", PEOPLE_WRITE, end, .scope = person_in_scope, .form = &no_fields, .title = T("终止联系人")),
    POST("/people/:person/contacts/:contact/again", PEOPLE_WRITE, again, .scope = person_in_scope, .form = &no_fields, .title = T("撤销终止联系人")),
};
const size_t contact_routes_n = COUNT(contact_routes);
