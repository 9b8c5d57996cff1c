/* What the views of this folder show. */
#ifndef NUAN_STAFF_VIEWS_H
#define NUAN_STAFF_VIEWS_H
#include "codes/codes.h"
#include "network/network.h"
#include "staff/rule.h"
#include "staff/staff.h"
#include "view/view.h"

struct staff_page {
    const struct rq *rq;
    struct staff_list_row *rows;
    size_t n;
    int64_t total, skip, most;
    struct str q, unit_name;
    struct unit_id unit;
    bool all, may_write;
};

struct staff_member_page {
    const struct rq *rq;
    const struct staff_get_row *s;
    struct post_list_row *posts;
    struct certificate_list_row *certificates;
    size_t posts_n, certificates_n;
    struct str phone;
    bool qualified, may_write;
};

struct staff_form_page {
    const struct rq *rq;
    const struct staff_get_row *s;      /* NULL: a new one */
    const struct staff_get_row *theirs; /* what somebody else saved in between */
    const struct form *form;
    struct form_source from;
    const char *button;                 /* translated */
};

const char *employment_label(struct str code, enum lang lang);
#endif
