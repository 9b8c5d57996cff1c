/* What the views of this folder show. */
#ifndef NUAN_STAFF_VIEWS_H
#define NUAN_STAFF_VIEWS_H
#include "codes/codes.h"
#include "network/network.h"
#include "staff/change_sql.h"
#include "staff/hours.h"
#include "staff/makeup_sql.h"
#include "staff/member_sql.h"
#include "staff/pay_sql.h"
#include "staff/places_sql.h"
#include "staff/rule.h"
#include "staff/staff.h"
#include "staff/supervise_sql.h"
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

/* The four abilities, scored from 1 to 10; 0: not scored.  points: of the polygon in a box of 200. */
enum { ABILITIES = 4 };
struct radar { bool any; struct radar_side { int64_t score[ABILITIES]; struct str points; } self, supervisor; };
extern const char *const ability_codes[ABILITIES];

struct staff_member_page {
    struct radar radar;
    struct rq *rq;
    const char *here; /* the tab; NULL: the first */
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

struct supervise_page {
    struct rq *rq;
    struct supervise_list_row *rows;
    size_t n;
    struct supervise_count_row count;
    int64_t skip, most, interval;
    struct str show, unit_name;
};

struct pay_line {
    const struct pay_list_row *r;
    struct money pay, allowance, sum;
};
struct pay_page {
    struct rq *rq;
    const struct profile *profile;
    struct date first, last;
    struct str month, unit_name;
    struct pay_line *lines;
    size_t n;
    int64_t total, skip, most, held[3]; /* held: by level of the certificate, the highest of each */
    struct money sum_pay, sum_allowance;
    bool has_allowance;
};

struct places_page {
    struct rq *rq;
    struct places_list_row *rows;
    struct places_platforms_row *platforms;
    size_t n, platforms_n;
    int64_t total, skip, most, planned, filled;
    struct str unit_name;
    bool vacant, may_write;
};

enum { MAKEUP_LINES = 12 };
struct makeup_line {
    const char *label;
    int64_t total;
};
struct makeup_part {
    const char *title;
    struct makeup_line *lines;
    size_t n;
};
struct makeup_page {
    struct rq *rq;
    struct date day;
    struct str unit_name;
    struct makeup_part parts[4];
    size_t parts_n;
    int64_t total, certified, promoted;
    struct str turnover, certified_share, paid;         /* "12.5 %" or "—" */
};

/* A tab of the page of a member of staff: the ledgers that it shows. */
enum { STAFF_TABS = 5 };
struct staff_tab {
    const char *path, *title;
    const char *const *ledgers;
};
extern const struct staff_tab staff_tabs[STAFF_TABS];

extern const struct choice employments[2], contracts[3], sources[3];
const char *employment_label(struct str code, enum lang lang);
const char *staff_choice(const struct choice *all, size_t n, struct str code, enum lang lang); /* "": none of them */

/* member.c: the member of the path's first id, and whether he is in the user's scope. */
bool staff_load(struct rq *rq, struct staff_get_row *s);
bool staff_scope(struct rq *rq);

/* change.c: why nobody may be entered, or put on a post of a kind, in a place (T(), to be translated); NULL: he may. */
const char *staff_pledge_refused(const struct profile *p, struct date pledged_on, struct date started_on);
const char *staff_post_refused(const struct unit_level *level, struct str kind);

/* What follows when somebody was entered: his pledge (pledged_on may be missing), and the clock of the filing. */
void staff_entered(struct rq *rq, struct staff_id staff, struct unit_id unit, struct date on, struct date pledged_on);

/* Where changes of staff must be filed (R-HNG-N2), begins the clock. */
void staff_file_change(struct rq *rq, struct unit_id unit, struct staff_id staff, const char *kind, struct date on);

extern const struct route staff_change_routes[], staff_import_routes[], staff_transfer_routes[], staff_member_routes[];
extern const size_t staff_change_routes_n, staff_import_routes_n, staff_transfer_routes_n, staff_member_routes_n;
extern const struct route makeup_routes[], supervise_routes[], pay_routes[], places_routes[];
extern const size_t makeup_routes_n, supervise_routes_n, pay_routes_n, places_routes_n;
#endif
