/* Lists and their lines for programs: the same rows and rights as on their pages. */
#ifndef NUAN_LISTS_JSON_H
#define NUAN_LISTS_JSON_H
#include "http/shape.h"
#include "lists/lists_views.h"

extern const struct shape list_row_shape, list_line_shape;

enum http lists_json(struct rq *rq, const struct lists_page *v);
enum http list_lines_json(struct rq *rq, const struct list_page *v);
#endif
