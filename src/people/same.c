/* Is somebody registered already?  The same number is the same person; the same name is only a hint. */
#include "codes/pinyin.h"
#include "people/people.h"
#include "people/same_sql.h"
#include "seal/seal.h"
#include "view/view.h"

enum { MATCHES_MAX = 20 };

struct typed { const struct person_new *in; struct str idno_hash, phone_hash; };

static bool
equal(struct str a, struct str b)
{
    return a.n != 0 && str_eq(a, b);
}

/* Why the two may be one; NULL: nothing but the sound of the name speaks for it.  Two numbers are two people. */
static const char *
likeness(struct arena *a, const struct typed *t, const struct same_pinyin_row *p, bool *weak)
{
    const struct person_new *in = t->in;
    bool name = str_eq(in->name, p->name), born = date_known(in->born) && date_known(p->born) && in->born.days == p->born.days;
    *weak = false;
    if (t->idno_hash.n && p->idno_hash.n && !str_eq(t->idno_hash, p->idno_hash)) return NULL;
    if (born) return name ? T("姓名和出生日期相同") : T("姓名读音和出生日期相同");
    if (equal(t->phone_hash, p->phone_hash)) return name ? T("姓名和电话相同") : T("姓名读音和电话相同");
    if (in->address.n && equal(in->address, unseal(a, SEAL_ADDRESS, p->address_sealed)))
        return name ? T("姓名和住址相同") : T("姓名读音和住址相同");
    if (equal(in->division, p->division)) return name ? T("姓名和村（社区）相同") : T("姓名读音和村（社区）相同");
    *weak = true;
    return name ? T("姓名相同") : NULL;
}

size_t
person_matches(struct rq *rq, const struct person_new *in, struct person_match **out, bool *unseen)
{
    struct same_idno_row by_number = { 0 };
    struct same_pinyin_row *rows = NULL;
    struct arena *a = rq->arena;
    struct typed t = { in, in->idno.n ? seal_hash(a, SEAL_IDNO, in->idno) : NO_STR, in->phone.n ? seal_hash(a, SEAL_PHONE, in->phone) : NO_STR };
    struct str pinyin = in->name.n ? pinyin_of(a, in->name) : NO_STR;
    size_t n = 0;
    bool known = t.idno_hash.n && same_idno(rq->db, &by_number, in->area, rq->who.unit, rq->who.user, t.idno_hash) &&
                 by_number.id.v != in->self.v;
    size_t found = pinyin.n == 0 ? 0 : same_pinyin(rq->db, &rows, .area = in->area, .top = rq->who.unit, .me = rq->who.user, .pinyin = pinyin,
                                                   .self = in->self.v);

    *unseen = known && !by_number.seen;
    *out = NEW(a, struct person_match, MATCHES_MAX + 1);
    if (known && by_number.seen)
        (*out)[n++] = (struct person_match){ by_number.id, by_number.name, by_number.sex, by_number.unit_name, by_number.born,
                                             tr(rq->lang, T("证件号码相同")), true, false };
    for (size_t i = 0; i < found && n < MATCHES_MAX; i++) {
        bool weak;
        const char *why = likeness(a, &t, &rows[i], &weak);
        if (why == NULL || (known && rows[i].id.v == by_number.id.v)) continue;
        (*out)[n++] = (struct person_match){ rows[i].id, rows[i].name, rows[i].sex, rows[i].unit_name, rows[i].born, tr(rq->lang, why), false, weak };
    }
    return n;
}
