/* What somebody searches for is often a name or a number of a person, and addresses stay in histories and in logs of proxies.  So forms
 * that search are sent to /find, and the address of the list holds the words sealed; only the same user opens them again. */
#ifndef NUAN_FIND_H
#define NUAN_FIND_H
#include "http/route.h"

/* A gate hook: opens the parameter "q" of an address and remembers it as it stood there in rq->found. */
void find_open(struct rq *rq);

/* "q" for an address that is built from the request: sealed as it came, or as given. */
struct str find_word(const struct rq *rq, struct str q);

extern const struct route find_routes[];
extern const size_t find_routes_n;
#endif
