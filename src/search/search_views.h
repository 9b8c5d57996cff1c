/* What the page of results shows. */
#ifndef NUAN_SEARCH_VIEWS_H
#define NUAN_SEARCH_VIEWS_H
#include "people/people_views.h"
#include "people/person_views.h"
#include "search/search_sql.h"

struct search_hit {
    const struct search_people_row *p;
    const char *found_by;
    int age;
    struct category_badge *badges;
    size_t badges_n;
    struct str phone, warning;
};
struct search_page {
    struct str q;
    struct search_hit hits[72];
    size_t n;
    struct search_cases_row *cases;
    size_t cases_n;
};
#endif
