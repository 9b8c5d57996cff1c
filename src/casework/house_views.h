/* The plan of a household, as its view shows it. */
#ifndef NUAN_HOUSE_VIEWS_H
#define NUAN_HOUSE_VIEWS_H
#include "casework/case_views.h"
#include "casework/house_sql.h"
#include "people/member_sql.h"

struct house_goal { struct str goal, indicator, target, due; };
struct house_step { struct str action, who, on; bool done; };
struct house_case {
    const struct house_cases_row *c;
    bool reads;                         /* goals and steps may be shown */
    struct house_goal *goals;
    size_t goals_n;
    struct house_step *steps;
    size_t steps_n;
};
struct house_member {
    const struct member_related_row *m;
    int age;
    bool reads, writes;                 /* his lines */
    struct house_case *cases;
    size_t cases_n;
};
struct house_page {
    struct rq *rq;
    struct household_id id;
    struct house_get_row h;
    struct house_plan_newest_row plan;
    bool planned, reads, writes;        /* what is about the household as a whole */
    struct house_member *members;
    size_t n;
    const struct house_lines_row *lines;
    size_t lines_n;
    const struct form *aim_form, *line_form, *end_form;
    struct form_source aim_from, line_from;
};
#endif
