/* Cases for programs: the same rows and rights as on their pages. */
#ifndef NUAN_CASE_JSON_H
#define NUAN_CASE_JSON_H
#include "casework/case_views.h"
#include "http/shape.h"

extern const struct shape case_row_shape, case_shape, doc_shape;

enum http case_list_json(struct rq *rq, const struct case_list_page *v);
enum http case_json(struct rq *rq, const struct case_page *v);
enum http doc_json(struct rq *rq, const struct doc_page *v);
#endif
