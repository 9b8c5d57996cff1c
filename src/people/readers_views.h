/* Who opened a file. */
#ifndef NUAN_READERS_VIEWS_H
#define NUAN_READERS_VIEWS_H
#include "people/people_views.h"
#include "people/readers_sql.h"
struct readers_page { struct rq *rq; struct readers_list_row *rows; size_t n; int64_t page; bool more; };
const char *reader_action(struct str action, enum lang lang);
#endif
