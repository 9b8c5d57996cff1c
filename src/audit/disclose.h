/* What of clients' data was given out (GZ-13): the rows of the disclosure register 信息提供登记, which the folder referral shows. */
#ifndef NUAN_DISCLOSE_H
#define NUAN_DISCLOSE_H
#include "http/rq.h"

/* One handing-out of data.  fields: codes of the table referral_field, or words. */
struct disclosure {
    struct unit_id unit;
    struct person_id person;
    struct case_id case_;
    struct referral_id referral;
    const char *kind;                   /* code table disclosure_kind */
    int64_t level;
    struct str receiver, contact, fields, purpose, basis, measures;
    struct consent_id consent;
    struct date told_on;
    bool outside;                       /* nobody of the station did it: a link was opened */
    struct str list;                    /* a list that was exported, by its title */
    int64_t rows;                       /* how many lines it had */
    const int64_t *persons;             /* who stood in it: each has this row in his own register */
    size_t persons_n;
    struct disclosure *next;            /* of rq->given */
};

/* Makes the row, in the request's transaction.  Whoever hands out, exports or prints a client's data for others calls it. */
void disclosure_note(struct rq *rq, const struct disclosure *d);

/* The same of a handler that only reads: the row is made before the answer leaves.  d and what it points to live as long as the request. */
void disclosure_note_given(struct rq *rq, struct disclosure *d);

/* Makes the rows of rq->given. */
void disclosures_given(struct db *db, const struct rq *rq);
#endif
