/* Registering a person and correcting what is known of him. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "codes/disability.h"
#include "codes/idno.h"
#include "codes/pinyin.h"
#include "people/people_views.h"
#include "people/person.h"
#include "people/person_form_html.h"
#include "people/person_views.h"
#include "seal/seal.h"
#include "tally/tally.h"

const struct choice capacities[3] = {
    { "full", T("完全民事行为能力"), NULL }, { "limited", T("限制民事行为能力"), NULL }, { "none", T("无民事行为能力"), NULL },
};

static const struct choice call_rules[] = { { "hours", T("只在安全时段拨打"), NULL }, { "never", T("不可拨打"), NULL } };

#define IDENTITY .section = T("身份")
#define CONTACT .section = T("联系方式与住址"), .level = 1
#define BACKGROUND .section = T("背景"), .level = 1
#define HEALTH .section = T("健康"), .level = 3
#define REMARKS .section = T("备注"), .level = 2

static const struct field fields[] = {
    FIELD_TEXT(struct person_fields, name, "姓名", .required = true, .max = 60, .autofocus = true, IDENTITY),
    FIELD_CODE(struct person_fields, id_type, "id_type", "证件类型", IDENTITY, .help = "不选即为居民身份证。"),
    FIELD_TEXT(struct person_fields, idno, "证件号码", .max = 30, .level = 3, .secret = true, IDENTITY,
               .help = "居民身份证号码会核对；出生日期和性别可由号码得出。"),
    FIELD_CODE(struct person_fields, sex, "sex", "性别", IDENTITY),
    FIELD_DATE(struct person_fields, born, "出生日期", .check = "past", IDENTITY),
    FIELD_CODE(struct person_fields, ethnic, "ethnic", "民族", IDENTITY, .level = 1),
    FIELD_DATE(struct person_fields, died_on, "去世日期", .check = "past", IDENTITY, .level = 1),
    FIELD_ID(struct person_fields, unit, unit_id, F_UNIT, "服务单位", IDENTITY),
    FIELD_TEXT(struct person_fields, phone, "联系电话", .check = "phone", .max = 30, .secret = true, CONTACT),
    FIELD_TEXT(struct person_fields, phone2, "备用电话", .check = "phone", .max = 30, .secret = true, CONTACT),
    FIELD_TEXT(struct person_fields, phone_note, "联系说明", .max = 200, CONTACT, .help = "例如安全联系时段、不可拨打。"),
    FIELD_CHOICE(struct person_fields, call_rule, call_rules, "电话联系的限制", CONTACT,
                 .help = "拨打可能使当事人陷入危险时填写；凡显示电话的地方都会提示。"),
    FIELD_TEXT(struct person_fields, safe_hours, "安全联系时段", .max = 100, CONTACT, .if_field = "call_rule", .if_values = "hours",
               .required_if_shown = true),
    FIELD_TEXT(struct person_fields, safe_phone, "安全联系电话", .check = "phone", .max = 30, .secret = true, CONTACT),
    FIELD_OFFERED(struct person_fields, division, "村（社区）", CONTACT),
    FIELD_TEXT(struct person_fields, address, "住址", .max = 200, .secret = true, .wide = true, CONTACT),
    FIELD_TEXT(struct person_fields, reg_address, "户籍地址", .max = 200, .secret = true, .wide = true, CONTACT),
    FIELD_CODE(struct person_fields, residence_state, "residence_state", "人户状态", CONTACT),
    FIELD_CODE(struct person_fields, education, "education", "学历", BACKGROUND),
    FIELD_CODE(struct person_fields, marital, "marital", "婚姻状况", BACKGROUND),
    FIELD_CODE(struct person_fields, employment, "employment", "从业状况", BACKGROUND),
    FIELD_TEXT(struct person_fields, occupation, "职业", .max = 60, BACKGROUND),
    FIELD_CODE(struct person_fields, political, "political", "政治面貌", BACKGROUND),
    FIELD_CODE(struct person_fields, health, "health", "健康状况", HEALTH),
    FIELD_CODE(struct person_fields, self_care, "self_care", "自理能力", HEALTH),
    FIELD_CODE(struct person_fields, disability, "disability_category", "残疾类别", HEALTH),
    FIELD_CODE(struct person_fields, disability_grade, "disability_grade", "残疾等级", HEALTH),
    FIELD_TEXT(struct person_fields, disability_no, "残疾人证号", .max = 22, .secret = true, HEALTH,
               .help = "20位：身份证号、类别、等级；换证的后面有 B 和序号。"),
    FIELD_CHOICE(struct person_fields, capacity, capacities, "民事行为能力", HEALTH),
    FIELD_LONG(struct person_fields, note, "备注", .max = 2000, REMARKS),
};
static bool check(struct rq *rq, void *form);
const struct form person_form = FORM_CHECKED(struct person_fields, fields, check);

/* ---- The stored row and the form ---- */

void
person_open_row(struct arena *a, const struct person_get_row *p, struct person_fields *out)
{
    *out = (struct person_fields){
        .name = p->name, .sex = p->sex, .id_type = p->id_type, .idno = unseal(a, SEAL_IDNO, p->idno_sealed), .ethnic = p->ethnic,
        .born = p->born, .died_on = p->died_on, .unit = p->unit, .phone = unseal(a, SEAL_PHONE, p->phone_sealed),
        .phone2 = unseal(a, SEAL_PHONE, p->phone2_sealed), .phone_note = p->phone_note, .call_rule = p->call_rule, .safe_hours = p->safe_hours,
        .safe_phone = unseal(a, SEAL_SAFE_PHONE, p->safe_phone_sealed), .division = p->division,
        .address = unseal(a, SEAL_ADDRESS, p->address_sealed), .reg_address = unseal(a, SEAL_ADDRESS, p->reg_address_sealed),
        .residence_state = p->residence_state, .education = p->education, .marital = p->marital, .employment = p->employment,
        .occupation = p->occupation, .political = p->political, .health = p->health, .disability = p->disability,
        .disability_grade = p->disability_grade, .disability_no = unseal(a, SEAL_DISABILITY, p->disability_no_sealed),
        .self_care = p->self_care, .capacity = p->capacity, .note = p->note,
    };
}

struct str
person_field_text(struct arena *a, const struct field *f, const void *values)
{
    const void *at = (const char *)values + f->offset;
    if (f->kind == F_DATE) {
        char *z = NEW(a, char, 16);
        return (struct str){ z, date_print(*(const struct date *)at, z) };
    }
    return f->kind == F_UNIT ? NO_STR : *(const struct str *)at;
}

/* ---- Rules across fields ---- */

static void
check_idno(struct rq *rq, struct person_fields *in)
{
    struct idno id;
    enum idno_fault fault = idno_parse(in->idno, today(), IDNO_AGE_LIMIT, &id);
    char born[16];
    if (fault != IDNO_OK) {
        rq_invalid(rq, "idno", idno_fault_text(fault));
        return;
    }
    in->idno = str_dup(rq->arena, str_of(id.text));
    date_print(id.born, born);
    if (!date_known(in->born)) in->born = id.born;
    if (in->born.days != id.born.days)
        rq_invalid(rq, "born", tr_fmt(rq->arena, rq->lang, T("与证件号码不一致：号码中的出生日期是 %s。"), born).p);
    if (in->sex.n == 0 || str_is(in->sex, "0") || str_is(in->sex, "9")) in->sex = str_fmt(rq->arena, "%c", id.sex);
    if (in->sex.p[0] != id.sex) rq_invalid(rq, "sex", T("与证件号码不一致。"));
}

static void
check_disability(struct rq *rq, struct person_fields *in)
{
    struct disability d;
    enum disability_fault fault = disability_parse(in->disability_no, in->idno, today(), IDNO_AGE_LIMIT, &d);
    if (fault != DISABILITY_OK) {
        rq_invalid(rq, "disability_no", fault == DISABILITY_IDNO ? idno_fault_text(d.idno_fault) : disability_fault_text(fault));
        return;
    }
    struct str category = str_fmt(rq->arena, "%d", d.category), grade = str_fmt(rq->arena, "%d", d.grade);
    if (in->disability.n == 0) in->disability = category;
    if (in->disability_grade.n == 0) in->disability_grade = grade;
    if (!str_eq(in->disability, category)) rq_invalid(rq, "disability", T("与残疾人证号不一致。"));
    if (!str_eq(in->disability_grade, grade)) rq_invalid(rq, "disability_grade", T("与残疾人证号不一致。"));
}

/* One person once: the same number in the same area is refused, with a link when the user may know who it is. */
static void
check_same(struct rq *rq, const struct person_fields *in)
{
    struct person_by_idno_row *same = NEW(rq->arena, struct person_by_idno_row, 1);
    int64_t area = rq->ids[0] ? id_area(rq->ids[0]) : rq->who.area;
    if (!person_by_idno(rq->db, same, area, seal_hash(rq->arena, SEAL_IDNO, in->idno),
                        seal_hash_before(rq->arena, SEAL_IDNO, in->idno), rq->who.user)) return;
    if (same->id.v == rq->ids[0]) return;
    rq_invalid(rq, "idno", T("该号码已登记。"));
    if (same->seen && scope_unit(rq, same->unit)) rq->state = same;
}

static bool
division_exists(struct rq *rq, struct str code)
{
    struct person_villages_row *rows;
    return person_villages(rq->db, &rows, code, str_fmt(rq->arena, "%.*s~", FMT(code))) == 1;
}

bool
person_fields_agree(struct rq *rq, struct person_fields *in)
{
    bool resident = in->id_type.n == 0 || str_is(in->id_type, "111");
    if (in->idno.n && resident) check_idno(rq, in);
    if (in->disability_no.n) check_disability(rq, in);
    if (in->division.n && !division_exists(rq, in->division)) rq_invalid(rq, "division", T("请从列表中选择。"));
    if (date_known(in->died_on) && date_known(in->born) && in->died_on.days < in->born.days)
        rq_invalid(rq, "died_on", T("去世日期不能早于出生日期。"));
    if (in->idno.n && in->id_type.n == 0) in->id_type = STR("111");
    if (in->sex.n == 0) in->sex = STR("9");
    return rq->errors == NULL;
}

static bool
check(struct rq *rq, void *form)
{
    struct person_fields *in = form;
    person_fields_agree(rq, in);
    if (in->unit.v && !scope_unit(rq, in->unit)) rq_invalid(rq, "unit", T("该单位不在您的范围内。"));
    if (in->idno.n && rq->errors == NULL) check_same(rq, in);
    return rq->errors == NULL;
}

/* ---- Drawing ---- */

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    struct person_units_row *units;
    struct person_villages_row *villages;
    if (f->kind == F_UNIT) {
        *n = person_units(rq->db, &units, rq->who.focus);
        struct choice *all = NEW(rq->arena, struct choice, *n + 1);
        for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ id_text(rq->arena, units[i].id.v), units[i].name.p, units[i].name.p };
        return all;
    }
    villages_of(rq, rq->who.focus, &villages, n);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ villages[i].code.p, villages[i].name.p, villages[i].name.p };
    return all;
}

/* Groups the fields that the user may write into their sections.  A hidden field keeps what is stored. */
static void
sections(struct rq *rq, struct person_form_page *v)
{
    const char *last = NULL;
    v->sections = NEW(rq->arena, struct person_section, COUNT(fields));
    for (size_t i = 0; i < COUNT(fields); i++) {
        if (last == NULL || strcmp(last, fields[i].section) != 0) {
            struct person_section *s = &v->sections[v->sections_n++];
            *s = (struct person_section){ fields[i].section, str_fmt(rq->arena, "s%zu", v->sections_n).p, &fields[i], 0 };
            last = fields[i].section;
        }
        v->sections[v->sections_n - 1].n++;
    }
}

bool
person_field_writable(const struct rq *rq, const struct field *f, struct relation rel, struct date born)
{
    return person_access(rq, f->level, rel, f->level ? born : NO_DATE) == ACCESS_WRITE;
}

static enum http
form_page(struct rq *rq, struct person_form_page *v, const void *values)
{
    v->form = &person_form;
    v->from = (struct form_source){ .rq = rq, .values = values, .choices = offered, .arg = rq };
    v->same = rq->state;
    sections(rq, v);
    rq->title = str_of(tr(rq->lang, v->id.v ? T("修改资料") : T("登记服务对象")));
    person_form_page(&rq->body, v);
    return HTTP_OK;
}

static enum http
add(struct rq *rq)
{
    struct person_form_page v = { .rel = { .own = true } };
    struct person_fields fresh = { .born = NO_DATE, .died_on = NO_DATE, .unit = rq->who.focus, .ethnic = STR("01") };
    return form_page(rq, &v, &fresh);
}

static enum http
edit(struct rq *rq)
{
    struct person_get_row p;
    struct person_fields values;
    struct person_form_page v = { .id = { rq->ids[0] } };
    if (!person_get(rq->db, &p, id_area(v.id.v), v.id)) return HTTP_NOT_FOUND;
    person_open_row(rq->arena, &p, &values);
    v.version = rq->again ? rq_param_int(rq, "version", 0) : p.version;      /* a draft of before a change is still a conflict */
    v.born = p.born;
    v.rel = person_relation(rq, v.id);
    if (person_access(rq, 0, v.rel, NO_DATE) < ACCESS_WRITE) return HTTP_FORBIDDEN;
    if (p.level >= 3 || p.idno_sealed.p != NULL) rq_note_read(rq, "person", v.id.v, "edit");
    return form_page(rq, &v, &values);
}

/* ---- Saving ---- */

/* Who registers somebody in several stations' unit must say where; a station's worker need not. */
static enum http
create(struct rq *rq)
{
    struct person_fields *in = rq->form;
    struct arena *a = rq->arena;
    struct person_unit_division_row u;
    struct unit_id unit = in->unit.v ? in->unit : rq->who.focus;
    if (!person_unit_division(rq->db, &u, unit)) return rq_invalid(rq, "unit", T("请从列表中选择。"));
    struct person_id id = { id_next(u.area) };
    struct str pinyin = pinyin_of(a, in->name);
    struct instant now = instant_now();
    size_t kept = person_insert(rq->db, .area = u.area, .id = id, .unit = unit, .name = in->name, .pinyin = pinyin.n ? pinyin : STR(""),
        .sex = in->sex, .born = in->born, .died_on = in->died_on, .id_type = in->id_type, .idno_sealed = seal(a, SEAL_IDNO, in->idno),
        .idno_hash = in->idno.n ? seal_hash(a, SEAL_IDNO, in->idno) : NO_STR, .phone_sealed = seal(a, SEAL_PHONE, in->phone),
        .phone_hash = in->phone.n ? seal_hash(a, SEAL_PHONE, in->phone) : NO_STR, .phone2_sealed = seal(a, SEAL_PHONE, in->phone2),
        .phone_note = in->phone_note, .call_rule = in->call_rule, .safe_hours = in->safe_hours,
        .safe_phone_sealed = seal(a, SEAL_SAFE_PHONE, in->safe_phone), .division = in->division, .address_sealed = seal(a, SEAL_ADDRESS, in->address),
        .reg_address_sealed = seal(a, SEAL_ADDRESS, in->reg_address), .residence_state = in->residence_state, .ethnic = in->ethnic,
        .education = in->education, .marital = in->marital, .employment = in->employment, .occupation = in->occupation,
        .political = in->political, .health = in->health, .disability = in->disability, .disability_grade = in->disability_grade,
        .disability_no_sealed = seal(a, SEAL_DISABILITY, in->disability_no), .self_care = in->self_care, .capacity = in->capacity,
        .categories = STR(""), .note = in->note, .at = now);
    if (kept == 0) return rq_invalid(rq, "idno", T("该号码已登记。"));
    person_terms_save(rq->db, unit, id, in->name, pinyin);
    tally_add(rq->db, u.area, unit, instant_date(now), "person.registered", 1);
    audit_note(rq, u.area, "create", "person", id.v, NULL, NO_STR);
    return rq_done(rq, T("已登记"), "/people/%lld", (long long)id.v);
}

/* What is not in the user's form stays as it is; what changed goes on record. */
static void
merge(struct rq *rq, struct relation rel, const struct person_fields *old, struct person_fields *in, struct audit_changes *changes)
{
    for (size_t i = 0; i < COUNT(fields); i++) {
        const struct field *f = &fields[i];
        if (f->kind == F_UNIT) continue;
        if (!person_field_writable(rq, f, rel, old->born)) {
            size_t size = f->kind == F_DATE ? sizeof(struct date) : sizeof(struct str);
            memcpy((char *)in + f->offset, (const char *)old + f->offset, size);
            continue;
        }
        struct str from = person_field_text(rq->arena, f, old), to = person_field_text(rq->arena, f, in);
        if (str_eq(from, to)) continue;
        if (f->secret) audit_changed_secret(changes, rq->arena, f->name);
        else audit_changed(changes, rq->arena, f->name, from, to);
    }
}

/* Somebody else saved in between: his values beside what was typed; the user decides and saves again. */
static enum http
conflict(struct rq *rq, const struct person_get_row *now, const struct person_fields *old, const struct person_fields *in, struct relation rel)
{
    struct person_form_page v = { .id = { rq->ids[0] }, .version = now->version, .rel = rel, .born = now->born };
    v.theirs = NEW(rq->arena, struct person_fact, COUNT(fields));
    for (size_t i = 0; i < COUNT(fields); i++) {
        const struct field *f = &fields[i];
        struct str theirs = person_field_text(rq->arena, f, old), mine = person_field_text(rq->arena, f, in);
        if (f->kind == F_UNIT || !person_field_writable(rq, f, rel, now->born) || str_eq(theirs, mine)) continue;
        v.theirs[v.theirs_n++] = (struct person_fact){ f, theirs, SHOWN_PLAIN };
    }
    rq_invalid(rq, NULL, T("您打开之后，别人已修改并保存。请核对下面的差异；再次保存将以您填写的内容为准。"));
    form_page(rq, &v, in);
    return HTTP_CONFLICT;
}

bool
person_save(struct rq *rq, struct person_id id, const struct person_get_row *old, const struct person_fields *in)
{
    struct arena *a = rq->arena;
    struct str pinyin = pinyin_of(a, in->name);
    bool kept = person_update(rq->db, .area = id_area(id.v), .id = id, .version = old->version, .name = in->name, .pinyin = pinyin.n ? pinyin : STR(""),
        .sex = in->sex, .born = in->born, .died_on = in->died_on, .id_type = in->id_type, .idno_sealed = seal(a, SEAL_IDNO, in->idno),
        .idno_hash = in->idno.n ? seal_hash(a, SEAL_IDNO, in->idno) : NO_STR, .phone_sealed = seal(a, SEAL_PHONE, in->phone),
        .phone_hash = in->phone.n ? seal_hash(a, SEAL_PHONE, in->phone) : NO_STR, .phone2_sealed = seal(a, SEAL_PHONE, in->phone2),
        .phone_note = in->phone_note, .call_rule = in->call_rule, .safe_hours = in->safe_hours,
        .safe_phone_sealed = seal(a, SEAL_SAFE_PHONE, in->safe_phone), .division = in->division, .address_sealed = seal(a, SEAL_ADDRESS, in->address),
        .reg_division = old->reg_division, .reg_address_sealed = seal(a, SEAL_ADDRESS, in->reg_address),
        .residence_state = in->residence_state, .ethnic = in->ethnic, .education = in->education, .marital = in->marital,
        .employment = in->employment, .occupation = in->occupation, .political = in->political, .health = in->health,
        .disability = in->disability, .disability_grade = in->disability_grade,
        .disability_no_sealed = seal(a, SEAL_DISABILITY, in->disability_no), .self_care = in->self_care, .capacity = in->capacity,
        .note = in->note, .at = instant_now()) == 1;
    if (kept && !str_eq(old->name, in->name)) {
        person_terms_drop(rq->db, old->unit, id, old->name, old->pinyin);
        person_terms_save(rq->db, old->unit, id, in->name, pinyin);
    }
    return kept;
}

static enum http
update(struct rq *rq)
{
    struct person_fields *in = rq->form, old;
    struct person_id id = { rq->ids[0] };
    struct person_get_row p;
    struct audit_changes changes = { 0 };
    struct relation rel = person_relation(rq, id);

    if (!person_get(rq->db, &p, id_area(id.v), id)) return HTTP_NOT_FOUND;
    if (person_access(rq, 0, rel, NO_DATE) < ACCESS_WRITE) return HTTP_FORBIDDEN;
    person_open_row(rq->arena, &p, &old);
    merge(rq, rel, &old, in, &changes);
    if (rq_param_int(rq, "version", 0) != p.version) return conflict(rq, &p, &old, in, rel);
    if (!person_save(rq, id, &p, in)) return HTTP_CONFLICT;
    audit_note(rq, id_area(id.v), "change", "person", id.v, &changes, NO_STR);
    return rq_done(rq, T("已保存"), "/people/%lld", (long long)id.v);
}

const struct route person_form_routes[] = {
    GET("/people/new", PEOPLE_WRITE, add, .title = T("登记服务对象")),
    POST("/people/new", PEOPLE_WRITE, create, .form = &person_form, .redraw = add, .title = T("登记服务对象")),
    GET("/people/:person/edit", PEOPLE_WRITE, edit, .scope = person_in_scope, .title = T("修改资料")),
    POST("/people/:person/edit", PEOPLE_WRITE, update, .scope = person_in_scope, .form = &person_form, .redraw = edit, .title = T("修改资料")),
};
const size_t person_form_routes_n = COUNT(person_form_routes);
