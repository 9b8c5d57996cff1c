/* Households as their views show them. */
#ifndef NUAN_HOUSEHOLD_VIEWS_H
#define NUAN_HOUSEHOLD_VIEWS_H
#include "people/household_sql.h"
#include "people/member_sql.h"
#include "people/people_views.h"

struct household_list_page {
    const struct rq *rq;
    struct str q, village;
    struct household_list_row *rows;
    size_t n;
    int64_t total, from;
    struct person_villages_row *villages;
    size_t villages_n;
    struct url next;
};
struct household_form_page {
    struct household_id id;
    const struct form *form;
    struct form_source from;
    struct household_id same;           /* the file that is there already */
    struct person_id person;            /* who is to be its head */
    bool offer_move;
    int64_t version;
};
struct household_page {
    struct rq *rq;
    struct household_id id;
    struct household_get_row h;
    struct str address, head;
    struct member_list_row *members;
    size_t n, present;
    struct axis_entry *axis;
    size_t axis_n;
    bool writes, economy;
    const struct form *member_form;
    struct form_source from;
    struct member_open_of_row *elsewhere;
};
struct person_household_tab {
    struct person_id id;
    struct household_id household;
    struct str no;
    struct member_list_row *members;
    size_t n;
    bool writes, opens;
};

/* Ends the membership of a person, wherever it is, and begins another; both are kept. */
void member_move(struct rq *rq, struct person_id person, const struct member_open_of_row *old, struct household_id to, struct str relation,
                 struct date on);
extern const struct form member_form;

/* The file drawn again, with the errors of the member form. */
enum http household_redraw(struct rq *rq);
#endif
