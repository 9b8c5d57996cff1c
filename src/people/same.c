/* Is somebody registered already?  The same number is the same person; the same name is only a hint. */
#include "audit/audit.h"
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

const struct choice *
person_match_choices(struct rq *rq, const struct person_match *m, size_t n, size_t *out_n)
{
    struct choice *all = NEW(rq->arena, struct choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        char born[16];
        date_print(m[i].born, born);
        const char *label =
            str_fmt(rq->arena, "%.*s %s · %.*s · %s", FMT(m[i].name), born, FMT(m[i].unit_name), m[i].why).p;
        all[i] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)m[i].id.v).p, label, label };
    }
    all[n] = (struct choice){ "new", T("新登记"), NULL };
    *out_n = n + 1;
    return all;
}

const char *
person_settle(struct rq *rq, const struct person_new *in, struct str chosen, struct str category, struct str ref,
              struct person_id *person)
{
    struct person_match *m;
    bool unseen, known = false;
    size_t n = person_matches(rq, in, &m, &unseen);
    int64_t id;
    if (chosen.n == 0) return T("请选择是已登记的哪一位，还是新登记。");
    if (!str_is(chosen, "new")) {
        if (!str_int(chosen, &id)) return T("请从列表中选择。");
        for (size_t i = 0; i < n; i++) known = known || m[i].id.v == id;
        person->v = id;
        return known ? NULL : T("请从列表中选择。");
    }
    if (unseen) return T("该证件号码已登记在您看不到的档案中，请联系站长核对。");
    if (!person_make(rq->db, in, person)) return T("该号码已登记。");
    if (category.n) category_give(rq->db, in->area, *person, category, today(), STR("statement"));
    audit_note(rq, in->area, "create", "person", person->v, NULL, ref);
    return NULL;
}
