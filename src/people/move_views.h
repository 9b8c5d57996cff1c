/* The form of a move. */
#ifndef NUAN_MOVE_VIEWS_H
#define NUAN_MOVE_VIEWS_H
#include "people/people_views.h"
struct move_page { struct person_id id; const struct form *form; struct form_source from; };
#endif
