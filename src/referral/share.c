/* What a referral gives to its receiver: the fields that were chosen, as they were when it was sent (PIPL arts. 6, 23). */
#include "codes/phone.h"
#include "network/profile.h"
#include "referral/referral_views.h"
#include "seal/seal.h"

#define SEAL_SHARED "referral.shared"

const struct choice *
service_choices(size_t *n)
{
    return catalogue_choices("MZ071", n);
}

bool
services_known(struct str codes)
{
    size_t n;
    const struct choice *all = service_choices(&n);
    while (codes.n) {
        struct str one = str_cut(&codes, ',');
        size_t i = 0;
        while (i < n && !str_is(one, all[i].code)) i++;
        if (i == n) return false;
    }
    return true;
}

struct str
services_text(struct arena *a, enum lang lang, struct str codes)
{
    struct buf b = { .arena = a };
    while (codes.n) {
        struct str one = str_cut(&codes, ',');
        if (b.n) put_raw(&b, lang == LANG_ZH ? STR("；") : STR("; "));        /* not shown */
        putf(&b, "%.*s %s", FMT(one), catalogue_label(one, lang));
    }
    return buf_str(&b);
}

static bool
has(struct str list, struct str code)
{
    while (list.n)
        if (str_eq(str_cut(&list, ','), code)) return true;
    return false;
}

/* In the order of the table, so that equal choices are equal texts. */
struct str
share_fields(struct arena *a, struct str fields)
{
    size_t n;
    const struct code_entry *all = codes_entries(codes_table("referral_field"), &n);
    struct buf b = { .arena = a };
    for (size_t i = 0; i < n; i++) {
        if (!codes_flag(&all[i], "always") && !has(fields, all[i].code)) continue;
        if (b.n) LIT(&b, ",");
        put_raw(&b, all[i].code);
    }
    return buf_str(&b);
}

struct str
share_labels(struct arena *a, enum lang lang, struct str fields)
{
    struct buf b = { .arena = a };
    while (fields.n) {
        struct str one = str_cut(&fields, ',');
        const char *label = codes_label(codes_table("referral_field"), one, lang);
        if (label[0] == '\0') label = codes_label(codes_table("case_part"), one, lang);
        if (b.n) put_raw(&b, lang == LANG_ZH ? STR("、") : STR(", "));        /* not shown */
        put_raw(&b, label[0] ? str_of(label) : one);
    }
    return buf_str(&b);
}

/* A minor's data are S3 (the regulation on minors' network protection, art. 36); all about a person of level S4 is S4. */
int64_t
share_level(struct str fields, int64_t person_level, struct date born)
{
    int age = date_age(born, today());
    int64_t level = 2;
    if (age >= 0 && age < 18) level = 3;
    while (fields.n) {
        const struct code_entry *e = codes_find(codes_table("referral_field"), str_cut(&fields, ','));
        if (e != NULL && e->level > level) level = e->level;
    }
    return person_level >= 4 ? 4 : level;
}

const char *
share_refused(struct rq *rq, struct person_id person, struct str fields)
{
    struct person_head h;
    if (!person_head(rq->db, person, &h)) return "";
    struct relation rel = person_relation(rq, person);
    while (fields.n) {
        const struct code_entry *e = codes_find(codes_table("referral_field"), str_cut(&fields, ','));
        int level = e == NULL ? LEVELS : h.level >= 4 ? 4 : e->level;
        if (e == NULL || person_access(rq, level, rel, h.born) < ACCESS_READ) return e == NULL ? "" : rq->lang == LANG_EN ? e->en : e->zh;
    }
    return NULL;
}

/* ---- The values ---- */

static struct str
codes_text_of(struct rq *rq, const char *table, struct str code)
{
    return code.n ? str_of(codes_label(codes_table(table), code, rq->lang)) : NO_STR;
}

/* Highly sensitive categories are never given along with the others. */
static struct str
categories(struct rq *rq, struct str codes)
{
    struct buf b = { .arena = rq->arena };
    while (codes.n) {
        const struct code_entry *e = codes_find(codes_table("client_category"), str_cut(&codes, ','));
        if (e == NULL || e->level >= 4) continue;
        if (b.n) LIT(&b, "、");                                  /* not shown */
        put_raw(&b, str_of(e->zh));
    }
    return buf_str(&b);
}

static struct str
health(struct rq *rq, const struct referral_client_row *p)
{
    struct str parts[] = { codes_text_of(rq, "health", p->health), codes_text_of(rq, "disability_category", p->disability),
                           codes_text_of(rq, "disability_grade", p->disability_grade), codes_text_of(rq, "self_care", p->self_care) };
    struct buf b = { .arena = rq->arena };
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (parts[i].n == 0) continue;
        if (b.n) LIT(&b, " · ");
        put_raw(&b, parts[i]);
    }
    return buf_str(&b);
}

static struct str
risks(struct rq *rq, struct case_id id)
{
    struct casefile k;
    struct buf b = { .arena = rq->arena };
    if (id.v == 0 || !case_load(rq, id_area(id.v), id, &k) || !case_may_read(rq, &k, 3)) return NO_STR;
    for (struct str rest = k.c.risk_flags; rest.n;) {
        if (b.n) LIT(&b, "、");                                  /* not shown */
        put_raw(&b, codes_text_of(rq, "risk_flag", str_cut(&rest, ',')));
    }
    return buf_str(&b);
}

static struct str
day_of(struct arena *a, struct date d)
{
    char *z = NEW(a, char, 16);
    return (struct str){ z, date_print(d, z) };
}

static struct str
value(struct rq *rq, const struct referral_client_row *p, struct case_id c, struct str code, struct share_text text)
{
    struct arena *a = rq->arena;
    if (str_is(code, "name")) return p->name;
    if (str_is(code, "sex")) return codes_text_of(rq, "sex", p->sex);
    if (str_is(code, "born")) return day_of(a, p->born);
    if (str_is(code, "phone")) {
        struct str phone = unseal(a, SEAL_PHONE, p->phone),
                   warning = person_call_warning(a, LANG_ZH, p->call_rule, p->safe_hours);
        return phone.n && warning.n ? str_fmt(a, "%.*s（%.*s）", FMT(phone), FMT(warning)) : phone; /* not shown */
    }
    if (str_is(code, "phone_note")) return p->phone_note;
    if (str_is(code, "category")) return categories(rq, p->categories);
    if (str_is(code, "family")) return p->household.v ? tr_fmt(a, LANG_ZH, T("%d 人"), (int)p->members) : NO_STR;
    if (str_is(code, "economy")) return codes_text_of(rq, "economy", p->economy);
    if (str_is(code, "guardian")) {
        struct str phone = unseal(a, SEAL_PHONE, p->guardian_phone);
        return p->guardian.n ? str_fmt(a, "%.*s %.*s", FMT(p->guardian), FMT(phone)) : NO_STR;
    }
    if (str_is(code, "idno")) return unseal(a, SEAL_IDNO, p->idno);
    if (str_is(code, "address")) return str_fmt(a, "%.*s %.*s", FMT(p->division_name), FMT(unseal(a, SEAL_ADDRESS, p->address)));
    if (str_is(code, "health")) return health(rq, p);
    if (str_is(code, "risk")) return risks(rq, c);
    if (str_is(code, "done")) return text.done;
    return str_is(code, "summary") ? text.summary : NO_STR;
}

static void
drop(void *j)
{
    json_decref(j);
}

json_t *
share_build(struct rq *rq, struct person_id person, struct case_id c, struct str fields, struct share_text text)
{
    struct referral_client_row p;
    json_t *doc = json_object();
    arena_defer(rq->arena, drop, doc);
    if (!referral_client(rq->db, &p, id_area(person.v), person)) return doc;
    while (fields.n) {
        struct str code = str_cut(&fields, ','), v = value(rq, &p, c, code, text);
        if (v.n) json_object_set_new(doc, str_z(rq->arena, code), json_stringn(v.p, v.n));
    }
    return doc;
}

struct str
share_seal(struct arena *a, const json_t *doc)
{
    return seal(a, SEAL_SHARED, doc_dump(a, doc));
}

const json_t *
share_open(struct arena *a, struct str sealed)
{
    struct str text = unseal(a, SEAL_SHARED, sealed);
    return text.n ? doc_parse(a, text) : NULL;
}

size_t
share_list(struct arena *a, enum lang lang, struct str fields, const json_t *doc, struct shared **out)
{
    size_t n = 0, most = 1;
    for (size_t i = 0; i < fields.n; i++) most += fields.p[i] == ',';
    *out = NEW(a, struct shared, most + 1);
    while (fields.n) {
        struct str code = str_cut(&fields, ',');
        const char *key = str_z(a, code);
        (*out)[n++] = (struct shared){ key, codes_label(codes_table("referral_field"), code, lang), doc_text(doc, key) };
    }
    return n;
}
