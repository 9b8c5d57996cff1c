/* Units for programs: the same rows and rights as on their pages. */
#ifndef NUAN_NETWORK_JSON_H
#define NUAN_NETWORK_JSON_H
#include "http/shape.h"
#include "network/network_views.h"

extern const struct shape unit_row_shape, unit_shape;

enum http unit_list_json(struct rq *rq, const struct tree_page *v);
enum http unit_json(struct rq *rq, const struct place_page *v);
#endif
