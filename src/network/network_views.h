/* What the views of this folder show. */
#ifndef NUAN_NETWORK_VIEWS_H
#define NUAN_NETWORK_VIEWS_H
#include "form/form.h"
#include "network/network.h"
#include "network/place_sql.h"
#include "network/tree_sql.h"
#include "network/unit_sql.h"
#include "view/view.h"

struct tree_node { const struct tree_units_row *u; struct tree_node *first, *last, *next; };
size_t children_of(const struct tree_node *node);
struct tree_count { const struct profile_level *level; int64_t total; };
struct tree_page {
    const struct rq *rq;
    const struct profile *profile;
    const struct tree_node *top;        /* NULL when a list was asked for */
    const struct tree_list_row *rows;   /* then these */
    const struct tree_divisions_row *divisions;
    const struct tree_count *counts;
    size_t n, divisions_n, counts_n;
    struct str q, level, state, division_name;
    size_t most;                        /* rows that are shown at most */
    bool more, may_write;
};

struct place_page {
    const struct rq *rq;
    const struct profile *profile;
    const struct unit_get_row *u;
    const struct profile_level *below;
    struct str division, parent, successor;                 /* names */
    struct date on;                     /* NO_DATE: now */
    struct str name_on, parent_on;
    struct place_children_row *children;
    struct place_villages_row *villages;
    bool above;                         /* the counties: its service circles are told by each of them */
    struct place_far_row *far;
    struct place_events_row *events;
    struct place_staff_row *staff;
    size_t children_n, villages_n, far_n, events_n, staff_n;
    int64_t minutes;
    const struct profile_saying *functions, *actors;       /* of its level; of the place */
    size_t functions_n, actors_n;
    bool parent_in_scope, may_write, may_staff;
};

struct change_page {
    const struct rq *rq;
    const struct unit_get_row *u;
    const struct form *form;
    struct form_source from;
    const char *button, *note;          /* translated */
    const struct unit_get_row *theirs;  /* what somebody else saved in between */
    const struct profile *profile;
    bool danger;
};

const char *run_mode_label(struct str code, enum lang lang);
const char *unit_event_label(struct str kind, enum lang lang);
#endif
