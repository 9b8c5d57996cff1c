/* The page of a move to another county. */
#ifndef NUAN_COUNTY_VIEWS_H
#define NUAN_COUNTY_VIEWS_H
#include "form/form.h"
#include "referral/county_sql.h"
struct county_page {
    struct rq *rq;
    struct person_id id;
    struct str name;
    struct county_areas_row *areas;
    size_t areas_n;
    int64_t area;                       /* the county that was chosen; 0: none yet */
    struct case_id open;                /* an open case stands in the way */
    struct str open_no;
    const struct form *form;
    struct form_source from;
};
#endif
