/* Is somebody registered already?  The same number is the same person; the same name is only a hint. */
#include "codes/pinyin.h"
#include "codes/text.h"
#include "people/people.h"
#include "people/same_sql.h"
#include "seal/seal.h"
#include "view/view.h"

static const char *
likeness(const struct person_new *in, const struct same_name_row *p, struct str phone_hash)
{
    if (date_known(in->born) && date_known(p->born) && in->born.days == p->born.days) return T("姓名和出生日期相同");
    return phone_hash.n && str_eq(phone_hash, p->phone_hash) ? T("姓名和电话相同") : T("姓名相同");
}

size_t
person_matches(struct rq *rq, const struct person_new *in, struct person_match **out, bool *unseen)
{
    struct same_idno_row by_number = { 0 };
    struct same_name_row *rows = NULL;
    struct str *terms, phone_hash = in->phone.n ? seal_hash(rq->arena, SEAL_PHONE, in->phone) : NO_STR;
    size_t n = 0, terms_n = text_terms(rq->arena, in->name, pinyin_of(rq->arena, in->name), &terms);
    bool known = in->idno.n && same_idno(rq->db, &by_number, in->area, rq->who.unit, rq->who.user, seal_hash(rq->arena, SEAL_IDNO, in->idno));
    size_t found = terms_n == 0 ? 0 : same_name(rq->db, &rows, .area = in->area, .top = rq->who.unit, .me = rq->who.user, .term = terms[0],
                                                .name = in->name);

    *unseen = known && !by_number.seen;
    *out = NEW(rq->arena, struct person_match, found + 2);
    if (known && by_number.seen)
        (*out)[n++] = (struct person_match){ by_number.id, by_number.name, by_number.sex, by_number.unit_name, by_number.born,
                                             tr(rq->lang, T("证件号码相同")), true };
    for (size_t i = 0; i < found; i++) {
        if (known && rows[i].id.v == by_number.id.v) continue;
        (*out)[n++] = (struct person_match){ rows[i].id, rows[i].name, rows[i].sex, rows[i].unit_name, rows[i].born,
                                             tr(rq->lang, likeness(in, &rows[i], phone_hash)), false };
    }
    return n;
}
