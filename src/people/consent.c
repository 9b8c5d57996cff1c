/* Consents and notices: which text, given by whom, and withdrawn when (GZ-12, PIPL arts. 13-18, 29-31). */
#include "audit/audit.h"
#include "people/consent_html.h"
#include "people/consent_rule.h"
#include "people/consent_views.h"
#include "people/person.h"

const struct choice consent_ways[3] = { { "written", T("书面"), NULL }, { "oral", T("口头"), NULL }, { "online", T("电子"), NULL } };
const struct choice consent_relations[2] = { { "self", T("本人"), NULL }, { "guardian", T("监护人"), NULL } };

struct consent_form { struct str kind, capacity, relation, given_by, way, receiver, legal_basis; struct date given_on; };
static const struct field consent_fields[] = {
    FIELD_OFFERED(struct consent_form, kind, "事项", .required = true),
    FIELD_CHOICE(struct consent_form, capacity, capacities, "民事行为能力", .required = true),
    FIELD_CHOICE(struct consent_form, relation, consent_relations, "由谁同意", .required = true,
                 .help = "不满8岁或无民事行为能力的，须由监护人同意；处理不满14岁人员的个人信息，也须由监护人同意。"),
    FIELD_TEXT(struct consent_form, given_by, "同意人姓名", .required = true, .max = 60),
    FIELD_CHOICE(struct consent_form, way, consent_ways, "方式", .required = true),
    FIELD_DATE(struct consent_form, given_on, "日期", .required = true, .check = "past"),
    FIELD_TEXT(struct consent_form, receiver, "接收方", .max = 120, .if_field = "kind", .if_values = "share", .required_if_shown = true),
    FIELD_TEXT(struct consent_form, legal_basis, "法定依据", .max = 200, .help = "依法无需同意时，填写法律名称和条款。"),
};
static bool check(struct rq *rq, void *form);
static const struct form consent_form = FORM_CHECKED(struct consent_form, consent_fields, check);

struct withdraw_form { struct str why; };
static const struct field withdraw_fields[] = { FIELD_TEXT(struct withdraw_form, why, "撤回原因", .required = true, .max = 200) };
static const struct form withdraw_form = FORM(struct withdraw_form, withdraw_fields);

static bool
check(struct rq *rq, void *form)
{
    const struct consent_form *in = form;
    struct person_head h;
    if (consent_kind_find(in->kind) == NULL) rq_invalid(rq, "kind", T("请从列表中选择。"));
    if (!person_head(rq->db, (struct person_id){ rq->ids[0] }, &h)) return false;
    int age = date_age(h.born, in->given_on);
    if (age >= 0 && age < 8 && !str_is(in->capacity, "none")) rq_invalid(rq, "capacity", T("不满8岁的未成年人无民事行为能力。"));
    if (in->legal_basis.n == 0 && consent_needs_guardian(in->kind, in->capacity, h.born, in->given_on) && !str_is(in->relation, "guardian"))
        rq_invalid(rq, "relation", T("须由监护人同意。"));
    return rq->errors == NULL;
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    const struct consent_kind *all = consent_kinds(n);
    const struct rq *rq = from->rq;
    (void)f;
    struct choice *out = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) out[i] = all[i].label;
    return out;
}

static enum http
tab(struct rq *rq)
{
    struct person_page v;
    struct consent_tab t = { .form = &consent_form };
    if (!person_page_open(rq, "consents", &v)) return HTTP_NOT_FOUND;
    struct consent_form fresh = { .given_on = today(), .given_by = v.p.name, .capacity = v.p.capacity.n ? v.p.capacity : STR("full") };
    t.shut = person_access(rq, 2, v.rel, v.p.born) < ACCESS_READ;
    if (!t.shut) t.n = consent_list(rq->db, &t.rows, id_area(v.id.v), v.id);
    t.id = v.id;
    t.kinds = consent_kinds(&t.kinds_n);
    t.writes = v.writes;
    t.guardian = consent_needs_guardian(STR("processing"), fresh.capacity, v.p.born, today());
    if (t.guardian) fresh.relation = STR("guardian"), fresh.given_by = NO_STR;
    if (v.age >= 0 && v.age < 8) fresh.capacity = STR("none");
    t.from = (struct form_source){ .rq = rq, .values = &fresh, .choices = offered, .arg = rq };
    struct buf b = person_tab_buf(rq);
    consent_tab(&b, &t);
    return person_page_done(rq, &v, &b);
}

static enum http
add(struct rq *rq)
{
    const struct consent_form *in = rq->form;
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    struct audit_changes changes = { 0 };
    if (!consent_texts_load(rq->db)) return HTTP_ERROR;
    consent_insert(rq->db, .area = area, .id = { id_next(area) }, .person = person, .kind = in->kind,
                   .text_version = consent_version(rq->db, in->kind), .capacity = in->capacity, .given_by = in->given_by,
                   .relation = in->relation, .way = in->way, .receiver = in->receiver, .legal_basis = in->legal_basis,
                   .given_on = in->given_on, .by = rq->who.user);
    audit_changed(&changes, rq->arena, "consent", NO_STR, in->kind);
    audit_note(rq, area, "change", "person", person.v, &changes, in->legal_basis);
    return rq_done(rq, T("已保存"), "/people/%lld/consents", (long long)person.v);
}

/* Withdrawing is as easy as giving, and stops what comes after (PIPL arts. 15, 16). */
static enum http
withdraw(struct rq *rq)
{
    const struct withdraw_form *in = rq->form;
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    if (consent_withdraw(rq->db, .area = area, .id = { rq->ids[1] }, .person = person, .on = today(), .why = in->why) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, area, "withdraw_consent", "person", person.v, NULL, in->why);
    return rq_done(rq, T("已撤回"), "/people/%lld/consents", (long long)person.v);
}

const struct route consent_routes[] = {
    GET("/people/:person/consents", PEOPLE_READ, tab, .scope = person_in_scope, .title = T("同意与告知")),
    POST("/people/:person/consents", PEOPLE_WRITE, add, .scope = person_in_scope, .form = &consent_form, .redraw = tab, .title = T("记录同意")),
    POST("/people/:person/consents/:consent/withdraw", PEOPLE_WRITE, withdraw, .scope = person_in_scope, .form = &withdraw_form,
         .redraw = tab, .title = T("撤回同意")),
};
const size_t consent_routes_n = COUNT(consent_routes);
