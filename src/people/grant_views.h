/* Files that were opened to somebody for a time. */
#ifndef NUAN_GRANT_VIEWS_H
#define NUAN_GRANT_VIEWS_H
#include "people/grant_sql.h"
#include "people/people_views.h"

struct grant_page {                     /* asking for one person's file */
    struct rq *rq;
    struct person_id id;
    struct str name;                    /* NO_STR: he does not know who it is */
    bool shut, waits, may_break;
    struct instant until;               /* open until then */
    int hours;                          /* how long an emergency opens it */
    const struct form *form;
    struct form_source from;
};

struct grant_list_page {
    struct rq *rq;
    struct str view;                    /* "", review, all, mine */
    struct grant_list_row *rows;
    size_t n, total, waiting, review;
    int64_t page, per_page;
    struct instant now;
    bool heads;
};

struct minors_page { struct rq *rq; struct minor_accounts_row *rows; size_t n; };
#endif
