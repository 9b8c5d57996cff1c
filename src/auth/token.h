/* Tokens: with them a program asks in the name of a user, with his rights or less, until a day that he sets. */
#ifndef NUAN_TOKEN_H
#define NUAN_TOKEN_H
#include "http/route.h"

/* Fills rq->who from rq->bearer; leaves it empty when the token is not good. */
void token_load(struct rq *rq);

/* Ends all tokens of an account.  In a write transaction. */
void token_end_of(struct db *db, struct user_id account);

extern const struct route token_routes[];
extern const size_t token_routes_n;
#endif
