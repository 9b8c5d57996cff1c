/* Who is named on a person. */
#ifndef NUAN_NAMED_VIEWS_H
#define NUAN_NAMED_VIEWS_H
#include "people/named_sql.h"
#include "people/people_views.h"
struct named_page {
    struct person_id id;
    struct named_list_row *rows;
    size_t n;
    bool known;                         /* the user may open the person's page */
    const struct form *form;
    struct form_source from;
};
struct sealed_page { struct named_sealed_row *rows; size_t n; };
#endif
