#include "audit/disclose.h"
#include "audit/audit.h"
#include "audit/disclose_sql.h"
#include "view/view.h"

enum { CHUNK = 1000 };

/* Who stood in a list, some at a time, as JSON arrays. */
static void
persons(struct db *db, struct arena *a, int64_t area, struct disclosure_id id, const struct disclosure *d)
{
    for (size_t from = 0; from < d->persons_n; from += CHUNK) {
        struct buf ids = { .arena = a };
        LIT(&ids, "[");
        for (size_t i = from; i < d->persons_n && i < from + CHUNK; i++) putf(&ids, "%s%lld", i > from ? "," : "", (long long)d->persons[i]);
        LIT(&ids, "]");
        disclosure_persons(db, area, id, buf_str(&ids));
    }
}

static struct disclosure_id
insert(struct db *db, const struct rq *rq, const struct disclosure *d)
{
    int64_t area = id_area(d->unit.v);
    struct disclosure_id id = { id_next(area) };
    disclosure_insert(db, .area = area, .id = id, .unit = d->unit, .person = d->person, .case_ = d->case_, .referral = d->referral,
        .kind = str_of(d->kind), .level = d->level, .at = instant_now(), .by = d->outside ? (struct user_id){ 0 } : rq->who.user,
        .receiver = d->receiver, .contact = d->contact.n ? d->contact : NO_STR, .fields = d->fields, .purpose = d->purpose, .consent = d->consent,
        .basis = d->basis, .told_on = d->told_on, .measures = d->measures.n ? d->measures : NO_STR, .list = d->list.n ? d->list : NO_STR,
        .lines = d->list.n ? d->rows : NO_INT);
    persons(db, rq->arena, area, id, d);
    return id;
}

void
disclosure_note(struct rq *rq, const struct disclosure *d)
{
    struct disclosure_id id = insert(rq->db, rq, d);
    audit_note(rq, id_area(d->unit.v), "disclose", "disclosure", id.v, NULL, str_of(d->kind));
}

void
disclosure_note_given(struct rq *rq, struct disclosure *d)
{
    d->next = rq->given;
    rq->given = d;
}

/* The audit row of the reading or the export says the rest. */
void
disclosures_given(struct db *db, const struct rq *rq)
{
    for (const struct disclosure *d = rq->given; d != NULL; d = d->next) insert(db, rq, d);
}
