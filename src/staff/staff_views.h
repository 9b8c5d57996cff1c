/* What the views of this folder show. */
#ifndef NUAN_STAFF_VIEWS_H
#define NUAN_STAFF_VIEWS_H
#include "codes/codes.h"
#include "network/network.h"
#include "staff/change_sql.h"
#include "staff/hours.h"
#include "staff/member_sql.h"
#include "staff/rule.h"
#include "staff/staff.h"
#include "view/view.h"

struct staff_page {
    struct rq *rq;
    struct staff_list_row *rows;
    size_t n;
    int64_t total, skip, most;
    struct str q, unit_name, source;
    struct unit_id unit;
    bool all, unpledged, may_write;
};

struct staff_member_page {
    struct rq *rq;
    const char *here;                   /* the tab; NULL: the first */
    const struct staff_get_row *s;
    struct post_list_row *posts;
    struct certificate_list_row *certificates;
    size_t posts_n, certificates_n;
    struct hours hours;
    struct str phone;
    bool qualified, pledged, may_write;
};

struct staff_form_page {
    const struct rq *rq;
    const struct staff_get_row *s;      /* NULL: a new one */
    const struct staff_get_row *theirs; /* what somebody else saved in between */
    const struct form *form;
    struct form_source from;
};

/* A tab of the page of a member of staff: the ledgers that it shows. */
enum { STAFF_TABS = 5 };
struct staff_tab { const char *path, *title; const char *const *ledgers; };
extern const struct staff_tab staff_tabs[STAFF_TABS];

extern const struct choice employments[2], contracts[3], sources[3];
const char *employment_label(struct str code, enum lang lang);
const char *staff_choice(const struct choice *all, size_t n, struct str code, enum lang lang);    /* "": none of them */

/* member.c: the member of the path's first id, and whether he is in the user's scope. */
bool staff_load(struct rq *rq, struct staff_get_row *s);
bool staff_scope(struct rq *rq);

/* change.c: where changes of staff must be filed (R-HNG-N2), begins the clock. */
void staff_file_change(struct rq *rq, struct unit_id unit, struct staff_id staff, const char *kind, struct date on);

extern const struct route staff_change_routes[], staff_transfer_routes[], staff_member_routes[];
extern const size_t staff_change_routes_n, staff_transfer_routes_n, staff_member_routes_n;
#endif
