/* The lamps of a unit for programs. */
#ifndef NUAN_LAMPS_JSON_H
#define NUAN_LAMPS_JSON_H
#include "http/shape.h"
#include "rules/lamps_views.h"

extern const struct shape lamp_shape;

enum http lamps_json(struct rq *rq, const struct lamps_page *v);
#endif
