/* What everything else needs to know of a person: who he is, who may see him, and making a new one. */
#include "auth/session.h"
#include "codes/pinyin.h"
#include "codes/text.h"
#include "http/may.h"
#include "people/people.h"
#include "people/person.h"
#include "people/merge_sql.h"
#include "people/person_sql.h"
#include "seal/seal.h"
#include "tally/tally.h"
#include "view/view.h"

enum { MERGES_MAX = 16, ADULT = 18, LEVEL_MINOR = 3 };

static bool
is_minor(struct date born)
{
    return date_known(born) && date_age(born, today()) < ADULT;
}

bool
person_head(struct db *db, struct person_id id, struct person_head *out)
{
    struct person_head_get_row p;
    int64_t area = id_area(id.v);
    if (!person_head_get(db, &p, area, id)) return false;
    *out = (struct person_head){ id, area, p.unit, p.household, p.name, p.sex, p.categories, p.capacity, p.born, (int)p.level };
    return true;
}

bool
person_in_scope(struct rq *rq)
{
    struct person_scope_row p;
    struct merge_into_row into;
    struct person_id id = { rq->ids[0] };
    int64_t area = id_area(id.v);
    for (int i = 0; i < MERGES_MAX && merge_into(rq->db, &into, area, id); i++) id = into.keep;
    if (!person_scope(rq->db, &p, area, id, rq->who.user, instant_now()) || !scope_unit(rq, p.unit)) return false;
    if (id.v != rq->ids[0]) rq_moved(rq, rq->ids[0], id.v);
    return true;
}

/* Of a minor nobody is the worker by default: it takes a case, or the head's approval for minors' files (regulation on minors'
 * network protection art. 36). */
struct relation
person_relation_of(const struct rq *rq, int64_t level, struct date born, bool mine, bool others, bool assigned, bool named)
{
    bool common = !others && may(rq, PEOPLE_WRITE) && (level < 4 || named) && (!is_minor(born) || rq->who.minors || may(rq, ACCESS_APPROVE));
    return (struct relation){ .own = mine || common, .assigned = assigned, .named = named };
}

struct relation
person_relation(struct rq *rq, struct person_id id)
{
    struct person_ties_row t;
    if (!person_ties(rq->db, &t, id_area(id.v), id, rq->who.user, instant_now())) return (struct relation){ 0 };
    struct relation rel = person_relation_of(rq, t.level, t.born, t.mine, t.others, t.assigned, t.named);
    rel.granted = t.granted;
    return rel;
}

struct str
person_call_warning(struct arena *a, enum lang lang, struct str rule, struct str hours)
{
    if (str_is(rule, "never")) return str_of(tr(lang, T("不可拨打此电话")));
    if (!str_is(rule, "hours")) return NO_STR;
    return hours.n ? tr_fmt(a, lang, T("只在安全时段联系：%s"), str_z(a, hours))
                   : str_of(tr(lang, T("只在安全时段联系")));
}

/* Regulation on minors' network protection art. 36: least authority, and each access on record. */
enum access
person_access(const struct rq *rq, int level, struct relation rel, struct date born)
{
    return access_to(rq, is_minor(born) && level < LEVEL_MINOR ? LEVEL_MINOR : level, rel);
}

void
person_terms_save(struct db *db, struct unit_id unit, struct person_id id, struct str name, struct str pinyin)
{
    struct str *terms;
    size_t n = text_terms(db_arena(db), name, pinyin, &terms);
    for (size_t i = 0; i < n; i++) term_insert(db, id_area(id.v), unit, terms[i], id);
}

void
person_terms_drop(struct db *db, struct unit_id unit, struct person_id id, struct str name, struct str pinyin)
{
    struct str *terms;
    size_t n = text_terms(db_arena(db), name, pinyin, &terms);
    for (size_t i = 0; i < n; i++) term_delete(db, id_area(id.v), unit, terms[i], id);
}

void
person_to_unit(struct db *db, struct person_id id, struct unit_id unit)
{
    struct person_names_row p;
    int64_t area = id_area(id.v);
    if (!person_names(db, &p, area, id)) return;
    person_set_unit(db, area, id, unit, instant_now());
    person_terms_drop(db, p.unit, id, p.name, p.pinyin);
    person_terms_save(db, unit, id, p.name, p.pinyin);
}

bool
person_make(struct db *db, const struct person_new *in, struct person_id *made)
{
    struct arena *a = db_arena(db);
    struct str pinyin = pinyin_of(a, in->name);
    struct instant now = instant_now();
    struct person_number_row taken;
    /* The index finds the same number under the same key; while the key is changed it may stand there under the one before. */
    if (in->idno.n && person_number(db, &taken, in->area, seal_hash_before(a, SEAL_IDNO, in->idno))) return false;
    *made = (struct person_id){ id_next(in->area) };
    size_t kept = person_insert(db, .area = in->area, .id = *made, .unit = in->unit, .name = in->name, .pinyin = pinyin.n ? pinyin : STR(""),
        .sex = in->sex.n ? in->sex : STR("9"), .born = in->born, .died_on = NO_DATE, .id_type = in->idno.n ? STR("111") : NO_STR,
        .idno_sealed = seal(a, SEAL_IDNO, in->idno), .idno_hash = in->idno.n ? seal_hash(a, SEAL_IDNO, in->idno) : NO_STR,
        .phone_sealed = seal(a, SEAL_PHONE, in->phone), .phone_hash = in->phone.n ? seal_hash(a, SEAL_PHONE, in->phone) : NO_STR,
        .division = in->division, .address_sealed = seal(a, SEAL_ADDRESS, in->address), .ethnic = in->ethnic,
        .categories = STR(""), .at = now);
    if (kept == 0) return false;
    person_terms_save(db, in->unit, *made, in->name, pinyin);
    tally_add(db, in->area, in->unit, instant_date(now), "person.registered", 1);
    return true;
}
