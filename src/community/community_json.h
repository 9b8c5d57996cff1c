/* Projects for programs: the same rows and rights as on their page. */
#ifndef NUAN_COMMUNITY_JSON_H
#define NUAN_COMMUNITY_JSON_H
#include "community/project_views.h"
#include "http/shape.h"

extern const struct shape project_row_shape;
enum http projects_json(struct rq *rq, const struct projects_page *v);
#endif
