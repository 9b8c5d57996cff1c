/* The tabs of a person's page. */
#ifndef NUAN_PERSON_PAGE_VIEWS_H
#define NUAN_PERSON_PAGE_VIEWS_H
#include "people/doubles_views.h"
#include "people/merge_sql.h"
#include "people/move_sql.h"
#include "people/people_views.h"
#include "people/person_page_sql.h"

struct person_overview {
    struct person_page page;
    struct person_fact *facts;
    size_t facts_n;
    struct same_hints same;
    struct move_county_row moved;       /* the same person in another county */
    bool moved_seen;                    /* the user may open him there */
    struct merge_of_row *merges;
    size_t merges_n;
    bool masked;                        /* there is a number that the user may see in full */
    const struct form *reveal_form;
};
struct person_case_tab { struct person_id id; struct person_cases_row *rows; size_t n; bool may_open; };
struct axis_tab { struct axis_entry *all; size_t n; };

/* A sealed phone as its reader may see it; NO_STR: not at all. */
struct str person_phone(struct arena *a, struct str sealed, enum access how);

/* "隐私告知"; "" for an unknown kind. */
const char *consent_kind_label(struct str kind, enum lang lang);
#endif
