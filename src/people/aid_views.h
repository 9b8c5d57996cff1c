/* Money and goods beside services, as their views show them. */
#ifndef NUAN_AID_VIEWS_H
#define NUAN_AID_VIEWS_H
#include "figures/block.h"
#include "people/aid_sql.h"
#include "people/people_views.h"

/* One day on the common axis: what was received on the left, or a service on the right. */
struct aid_entry {
    struct date on;
    const struct aid_of_person_row *aid;
    struct str name;                    /* of whom, on the page of a household */
    const char *service;                /* the kind of a contact; NULL: the left track */
    struct url link;
    bool open;
};
struct aid_track {
    struct rq *rq;
    struct url to;                      /* where the form goes */
    struct aid_entry *all;
    size_t n;
    int64_t fen, times, services;
    bool shut, writes;
    const struct form *form;
    struct form_source from;
};
struct aid_house_page { struct household_id id; struct str no; struct aid_track track; };

struct aid_list_page {
    struct rq *rq;
    struct str kind, source, from, to;
    const struct aid_list_row *rows;
    size_t n;
    struct aid_sums_row sums;
    struct url next;
    int64_t first;
};
struct aid_unit { struct unit_id id; struct str name; int64_t times, fen; };
struct aid_figures_page { struct rq *rq; struct str unit_name; struct period period; struct aid_unit *rows; size_t n; struct aid_unit all; };

/* "25 袋". */
struct str aid_quantity(struct arena *a, int64_t quantity, struct str measure);
#endif
