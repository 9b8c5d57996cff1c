/* The yearly audit of minors' files. */
#ifndef NUAN_MINOR_AUDIT_VIEWS_H
#define NUAN_MINOR_AUDIT_VIEWS_H
#include "people/minor_audit_sql.h"
#include "people/people_views.h"

struct minor_audit_page {
    struct rq *rq;
    int64_t year, this_year;
    struct minor_openings_row *rows;
    size_t n, signed_n;
    struct minor_audits_row *audits;    /* signed before */
    struct url next;
    const struct form *form;
    struct form_source from;
};

const char *minor_ground(struct str ground, enum lang lang);
extern const struct choice minor_results[2];
#endif
