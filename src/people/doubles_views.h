/* Who may be registered twice. */
#ifndef NUAN_DOUBLES_VIEWS_H
#define NUAN_DOUBLES_VIEWS_H
#include "people/people_views.h"
#include "people/same_sql.h"

struct doubles_page {
    struct rq *rq;
    struct doubles_list_row *rows;
    size_t n;
    int64_t total, page, per_page;
};
/* Beside a form, and on the page of a person (id: his own). */
struct same_hints {
    struct person_id id;
    struct person_match *rows;
    size_t n;
    bool unseen, merges;
};
/* Everybody but those of whom only the name is equal. */
void same_hints_find(struct rq *rq, const struct person_new *in, struct same_hints *out);
#endif
