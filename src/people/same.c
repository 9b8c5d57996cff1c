/* Is somebody registered already?  The same number is the same person; the same name is only a hint. */
#include "audit/audit.h"
#include "codes/pinyin.h"
#include "people/people.h"
#include "people/same_sql.h"
#include "seal/seal.h"
#include "view/view.h"

enum { MATCHES_MAX = 20 };

struct typed { const struct person_new *in; struct str idno_hash, idno_before, phone_hash, phone_before; };

static void
hash_typed(struct arena *a, struct typed *t)
{
    struct str idno = t->in->idno, phone = t->in->phone;
    if (idno.n) {
        t->idno_hash = seal_hash(a, SEAL_IDNO, idno);
        t->idno_before = seal_hash_before(a, SEAL_IDNO, idno);
    }
    if (phone.n) {
        t->phone_hash = seal_hash(a, SEAL_PHONE, phone);
        t->phone_before = seal_hash_before(a, SEAL_PHONE, phone);
    }
}


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
    if (t->idno_hash.n && p->idno_hash.n && !str_eq(t->idno_hash, p->idno_hash) && !str_eq(t->idno_before, p->idno_hash)) return NULL;
    if (born) return name ? T("姓名和出生日期相同") : T("姓名读音和出生日期相同");
    if (equal(t->phone_hash, p->phone_hash) || equal(t->phone_before, p->phone_hash)) return name ? T("姓名和电话相同") : T("姓名读音和电话相同");
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
    struct typed t = { .in = in };
    hash_typed(a, &t);
    struct str pinyin = in->name.n ? pinyin_of(a, in->name) : NO_STR;
    size_t n = 0;
    bool known = t.idno_hash.n && same_idno(rq->db, &by_number, .area = in->area, .top = rq->who.unit, .me = rq->who.user, .hash = t.idno_hash,
                                            .before = t.idno_before) && by_number.id.v != in->self.v;
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
