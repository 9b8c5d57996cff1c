/* The tab of categories. */
#ifndef NUAN_CATEGORY_VIEWS_H
#define NUAN_CATEGORY_VIEWS_H
#include "people/category_sql.h"
#include "people/people_views.h"

struct category_tab {
    struct person_id id;
    struct category_list_row *rows;
    size_t n, hidden;
    bool writes;
    const struct form *form, *end_form;
    struct form_source from;
};
extern const struct choice category_sources[4];
#endif
