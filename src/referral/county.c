/* A person moves to another county.  Its ids and its data are another's: a new person is made there from what the receiver may
 * know (PIPL art. 23: consent, or statute), the old one is closed and leads to him, and what happened stays where it happened. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "people/consent_sql.h"
#include "people/contact_sql.h"
#include "people/member_sql.h"
#include "people/people_views.h"
#include "people/person.h"
#include "referral/county_html.h"
#include "referral/county_views.h"
#include "referral/referral_views.h"
#include "seal/seal.h"

struct county_form { struct unit_id unit; struct date on; struct str reason, fields, consent_how, consent_by, consent_relation, consent_way, legal_basis;
                     struct date consent_on; };
static const struct field county_fields[] = {
    FIELD_ID(struct county_form, unit, unit_id, F_UNIT, "接收的站点", .required = true),
    FIELD_DATE(struct county_form, on, "日期", .required = true, .check = "past"),
    FIELD_TEXT(struct county_form, reason, "原因", .required = true, .max = 200),
    FIELD_OFFERED_SEVERAL(struct county_form, fields, "提供的内容", .wide = true, .help = "姓名总是提供；高度敏感的类别不随迁。"),
    AGREED_FIELDS(struct county_form),
};
static const struct form county_form = FORM(struct county_form, county_fields);

/* What of a person can go along; cases and their texts never do (that is a referral). */
static const char *const offered_codes[] = { "sex", "born", "phone", "phone_note", "category", "guardian", "idno", "address", "health" };

static bool
has(struct str list, const char *code)
{
    while (list.n)
        if (str_is(str_cut(&list, ','), code)) return true;
    return false;
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    struct county_units_row *units;
    if (f->kind == F_UNIT) {
        *n = county_units(rq->db, &units, rq_param_int(rq, "area", 0));
        struct choice *all = NEW(rq->arena, struct choice, *n + 1);
        for (size_t i = 0; i < *n; i++)
            all[i] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)units[i].id.v).p, units[i].name.p, units[i].name.p };
        return all;
    }
    struct choice *all = NEW(rq->arena, struct choice, COUNT(offered_codes));
    for (size_t i = 0; i < COUNT(offered_codes); i++) {
        const struct code_entry *e = codes_find(codes_table("referral_field"), str_of(offered_codes[i]));
        all[i] = (struct choice){ offered_codes[i], e ? e->zh : "", e ? e->en : "" };
    }
    *n = COUNT(offered_codes);
    return all;
}

static enum http
show(struct rq *rq)
{
    struct county_page v = { .rq = rq, .id = { rq->ids[0] }, .form = &county_form };
    struct county_form fresh = { .on = today(), .consent_on = NO_DATE, .fields = STR("sex,born,phone") };
    struct case_open_of_person_row open;
    struct person_get_row p;
    int64_t area = id_area(v.id.v);
    if (!person_get(rq->db, &p, area, v.id) || date_known(p.closed_on)) return HTTP_NOT_FOUND;
    v.name = p.name;
    v.areas_n = county_areas(rq->db, &v.areas, area);
    for (size_t i = 0; i < v.areas_n; i++)
        if (v.areas[i].area == rq_param_int(rq, "area", 0)) v.area = v.areas[i].area;
    if (case_open_of_person(rq->db, &open, area, v.id)) {
        v.open = open.id;
        v.open_no = open.no;
    }
    v.from = (struct form_source){ .rq = rq, .values = &fresh, .choices = offered, .arg = rq };
    rq->title = str_of(tr(rq->lang, T("转到其他县（市、区）")));
    county_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- The new person ---- */

static struct person_new
given(struct rq *rq, const struct person_get_row *p, const struct county_form *in, struct unit_id unit)
{
    struct arena *a = rq->arena;
    return (struct person_new){
        .unit = unit, .name = p->name, .sex = has(in->fields, "sex") ? p->sex : NO_STR,
        .born = has(in->fields, "born") ? p->born : NO_DATE, .idno = has(in->fields, "idno") ? unseal(a, SEAL_IDNO, p->idno_sealed) : NO_STR,
        .phone = has(in->fields, "phone") ? unseal(a, SEAL_PHONE, p->phone_sealed) : NO_STR,
        .address = has(in->fields, "address") ? unseal(a, SEAL_ADDRESS, p->address_sealed) : NO_STR,
    };
}

/* Health, how to reach him, categories and guardians: what person_make does not know. */
static void
complete(struct rq *rq, const struct person_get_row *p, struct person_id old, struct person_id made, const struct county_form *in)
{
    struct person_get_row row;
    struct person_fields f;
    struct county_guardians_row *guardians;
    int64_t area = id_area(made.v);
    if (!person_get(rq->db, &row, area, made)) return;
    person_open_row(rq->arena, &row, &f);
    if (has(in->fields, "phone_note")) f.phone_note = p->phone_note;
    if (has(in->fields, "health")) {
        f.health = p->health;
        f.disability = p->disability;
        f.disability_grade = p->disability_grade;
        f.self_care = p->self_care;
    }
    person_save(rq, made, &row, &f);
    for (struct str rest = has(in->fields, "category") ? p->categories : NO_STR; rest.n;) {
        struct str code = str_cut(&rest, ',');
        const struct code_entry *e = codes_find(codes_table("client_category"), code);
        if (e != NULL && e->level < 4) category_give(rq->db, area, made, code, in->on, STR("statement"));
    }
    size_t n = has(in->fields, "guardian") ? county_guardians(rq->db, &guardians, id_area(old.v), old) : 0;
    for (size_t i = 0; i < n; i++)
        contact_insert(rq->db, .area = area, .id = { id_next(area) }, .person = made, .kind = STR("guardian"), .name = guardians[i].name,
                       .relation = guardians[i].relation, .phone_sealed = guardians[i].phone, .from_on = in->on);
}

static struct consent_id
keep_consent(struct rq *rq, struct person_id person, const struct person_get_row *p, const struct county_form *in, struct str receiver)
{
    int64_t area = id_area(person.v);
    struct consent_id id = { id_next(area) };
    if (str_is(in->consent_how, "legal") || !consent_texts_load(rq->db)) return (struct consent_id){ 0 };
    consent_insert(rq->db, .area = area, .id = id, .person = person, .kind = STR("share"), .text_version = consent_version(rq->db, STR("share")),
                   .capacity = p->capacity.n ? p->capacity : STR("full"), .given_by = in->consent_by, .relation = in->consent_relation,
                   .way = in->consent_way, .receiver = receiver, .given_on = in->consent_on, .by = rq->who.user);
    return id;
}

static void
register_it(struct rq *rq, struct person_id person, const struct person_get_row *p, const struct county_form *in, struct str receiver)
{
    struct str fields = in->fields.n ? str_fmt(rq->arena, "name,%.*s", FMT(in->fields)) : STR("name");
    struct consent_id consent = keep_consent(rq, person, p, in, receiver);
    disclosure_note(rq, &(struct disclosure){
        .unit = p->unit, .person = person, .kind = "move", .level = share_level(fields, p->level, p->born), .receiver = receiver, .fields = fields,
        .purpose = in->reason, .consent = consent, .told_on = in->on,
        .basis = consent.v ? in->consent_by : in->legal_basis });
}

/* The old one ends here: household, list and search; his history stays. */
static bool
leave(struct rq *rq, struct person_id person, const struct person_get_row *p, struct person_id made, const struct county_form *in)
{
    struct member_open_of_row home;
    struct audit_changes changes = { 0 };
    int64_t area = id_area(person.v), there = id_area(made.v);
    if (member_open_of(rq->db, &home, area, person)) member_close(rq->db, area, home.id, in->on, STR("moved"));
    if (county_leave(rq->db, .area = area, .id = person, .new = made, .on = in->on, .at = instant_now()) != 1) return false;
    person_terms_drop(rq->db, p->unit, person, p->name, p->pinyin);
    member_move_insert(rq->db, .area = area, .id = { id_next(area) }, .person = person, .on = in->on, .from_unit = p->unit, .to_unit = in->unit,
                       .reason = in->reason, .by = rq->who.user);
    audit_changed(&changes, rq->arena, "unit", str_fmt(rq->arena, "%lld", (long long)p->unit.v), str_fmt(rq->arena, "%lld", (long long)in->unit.v));
    audit_note(rq, area, "move_county", "person", person.v, &changes, in->reason);
    audit_note(rq, there, "arrive", "person", made.v, NULL, in->reason);
    return true;
}

/* Why it cannot be; the message stands at the field. */
static enum http
refused(struct rq *rq, struct person_id person, const struct person_get_row *p, const struct county_form *in, const struct person_unit_division_row *to)
{
    struct case_open_of_person_row open;
    if (to->area == id_area(person.v)) return rq_invalid(rq, "unit", T("请从列表中选择。"));
    if (p->level >= 4) return rq_invalid(rq, NULL, T("高度敏感服务对象不能随迁，请使用转介。"));
    if (case_open_of_person(rq->db, &open, id_area(person.v), person)) return rq_invalid(rq, NULL, T("此人有未结的个案，请先结案或转介。"));
    for (struct str rest = in->fields; rest.n;) {
        struct str one = str_cut(&rest, ',');
        size_t i = 0;
        while (i < COUNT(offered_codes) && !str_is(one, offered_codes[i])) i++;
        if (i == COUNT(offered_codes)) return rq_invalid(rq, "fields", T("请从列表中选择。"));
    }
    if (share_refused(rq, person, in->fields) != NULL) return rq_invalid(rq, "fields", T("其中有您自己无权查看的内容。"));
    agreed_check(rq, &(struct agreed){ in->consent_how, in->consent_by, in->consent_relation, in->consent_way, in->legal_basis, p->capacity,
                                       in->consent_on }, p->born);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
move(struct rq *rq)
{
    const struct county_form *in = rq->form;
    struct person_id person = { rq->ids[0] }, made;
    struct person_get_row p;
    struct person_unit_division_row to;
    struct county_known_row known;
    if (!person_get(rq->db, &p, id_area(person.v), person) || date_known(p.closed_on)) return HTTP_NOT_FOUND;
    if (person_access(rq, 1, person_relation(rq, person), p.born) < ACCESS_WRITE) return HTTP_FORBIDDEN;
    if (!person_unit_division(rq->db, &to, in->unit)) return rq_invalid(rq, "unit", T("请从列表中选择。"));
    enum http wrong = refused(rq, person, &p, in, &to);
    if (wrong != HTTP_OK) return wrong;
    struct person_new fresh = given(rq, &p, in, in->unit);
    fresh.area = to.area;
    /* Who is registered there already is not told here: the old file leads to him, and nothing is handed over. */
    if (fresh.idno.n && county_known(rq->db, &known, to.area, seal_hash(rq->arena, SEAL_IDNO, fresh.idno),
                                     seal_hash_before(rq->arena, SEAL_IDNO, fresh.idno))) {
        made = known.id;
    } else {
        if (!person_make(rq->db, &fresh, &made)) return HTTP_CONFLICT;
        complete(rq, &p, person, made, in);
        county_arrive(rq->db, to.area, made, person);
        member_move_insert(rq->db, .area = to.area, .id = { id_next(to.area) }, .person = made, .on = in->on, .from_unit = p.unit, .to_unit = in->unit,
                           .reason = in->reason, .by = rq->who.user);
        register_it(rq, person, &p, in, to.name);
    }
    if (!leave(rq, person, &p, made, in)) return HTTP_CONFLICT;
    return rq_done(rq, T("已转出"), "/people/%lld", (long long)person.v);
}

const struct route county_routes[] = {
    GET("/people/:person/county", PEOPLE_WRITE, show, .scope = person_in_scope, .title = T("转到其他县（市、区）")),
    POST("/people/:person/county", PEOPLE_WRITE, move, .scope = person_in_scope, .form = &county_form, .redraw = show, .title = T("转到其他县（市、区）")),
};
const size_t county_routes_n = COUNT(county_routes);
