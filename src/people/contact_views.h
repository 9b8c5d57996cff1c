/* The tab of contacts and guardians. */
#ifndef NUAN_CONTACT_VIEWS_H
#define NUAN_CONTACT_VIEWS_H
#include "people/contact_sql.h"
#include "people/people_views.h"

struct contact_row { const struct contact_list_row *c; struct str phone; };
struct contact_tab {
    struct person_id id;
    struct contact_row *rows;
    size_t n;
    bool shut, writes;
    const struct form *form;
    struct form_source from;
};
extern const struct choice contact_kinds[3];
#endif
