/* What belongs to a line of a list: shared by the files of this folder. */
#ifndef NUAN_LISTS_ANSWER_H
#define NUAN_LISTS_ANSWER_H
#include "lists/lists_views.h"

bool line_load(struct rq *rq, struct line_get_row *r, struct line_shown *s);    /* the line of the address */
enum http line_show(struct rq *rq);                                             /* the page of the line of the address */
void answer_load(struct rq *rq, struct line_page *v);                           /* what belongs to it, and could */
#endif
