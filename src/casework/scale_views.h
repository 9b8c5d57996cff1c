/* The page with the scales of a case. */
#ifndef NUAN_SCALE_VIEWS_H
#define NUAN_SCALE_VIEWS_H
#include "casework/case_views.h"
#include "casework/scale.h"

struct scale_page { struct rq *rq; struct casefile *k; struct scale *scales; size_t n; bool write; const struct form *form; struct form_source from; };
#endif
