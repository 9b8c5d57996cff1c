#ifndef NUAN_CASE_H
#define NUAN_CASE_H
#include "casework/casework.h"

/* Begins a form: an empty, prefilled draft; the next record for form E. */
struct doc_id doc_begin(struct rq *rq, struct casefile *k, const struct doc_form *f);

extern const struct route case_routes[], docs_routes[], handover_routes[];
extern const size_t case_routes_n, docs_routes_n, handover_routes_n;
#endif
