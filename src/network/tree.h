#ifndef NUAN_TREE_H
#define NUAN_TREE_H
#include "http/route.h"
#include "network/tree_sql.h"

/* Units of a subtree: filters are TREE_LIST_F_LEVEL, _NAME, _OPEN and _CLOSED; name: a part of it.  By division and code. */
size_t tree_find(struct rq *rq, struct unit_id top, unsigned filters, struct str level, struct str name, size_t most,
                 struct tree_list_row **rows);

extern const struct route tree_routes[], place_routes[], change_routes[];
extern const size_t tree_routes_n, place_routes_n, change_routes_n;
#endif
