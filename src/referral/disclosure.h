/* The disclosure register 信息提供登记 (GZ-13): what was given to whom, why, and on what ground. */
#ifndef NUAN_DISCLOSURE_H
#define NUAN_DISCLOSURE_H
#include "http/route.h"
#include "referral/disclosure_sql.h"

/* One handing-out of data outside of the station.  fields: codes of the table referral_field, or words. */
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
};

/* Makes the row, in the request's transaction.  Whoever hands out, exports or prints a client's data for others calls it. */
void disclosure_note(struct rq *rq, const struct disclosure *d);
#endif
