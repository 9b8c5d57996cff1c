/* Staff for programs: the same rows and rights as on the list. */
#ifndef NUAN_STAFF_JSON_H
#define NUAN_STAFF_JSON_H
#include "http/shape.h"
#include "staff/staff_views.h"

extern const struct shape staff_row_shape;

enum http staff_list_json(struct rq *rq, const struct staff_page *v);
#endif
