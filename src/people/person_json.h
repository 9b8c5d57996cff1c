/* People and households for programs: the same rows, rights and masks as on their pages. */
#ifndef NUAN_PERSON_JSON_H
#define NUAN_PERSON_JSON_H
#include "http/shape.h"
#include "people/household_views.h"
#include "people/people_views.h"

extern const struct shape person_row_shape, person_shape, household_row_shape, household_shape;

enum http person_list_json(struct rq *rq, const struct person_list_page *v);
enum http person_json(struct rq *rq, const struct person_page *v, struct str idno);
enum http household_list_json(struct rq *rq, const struct household_list_page *v);
enum http household_json(struct rq *rq, const struct household_page *v);
#endif
