/* Entries of the ledgers for programs: the same rows and rights as on their pages. */
#ifndef NUAN_LEDGER_JSON_H
#define NUAN_LEDGER_JSON_H
#include "http/shape.h"
#include "ledger/ledger_views.h"

extern const struct shape entry_row_shape;

enum http entry_list_json(struct rq *rq, const struct ledger_page *v);
#endif
