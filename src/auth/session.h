/* Sessions: a random secret in a cookie, its hash in the database. */
#ifndef NUAN_SESSION_H
#define NUAN_SESSION_H
#include "http/route.h"

/* Fills rq->who and rq->csrf from the cookie; a gate hook.  Leaves rq->who empty when the session is not good. */
void session_load(struct rq *rq);

/* How many sessions of all accounts are open; a gate hook. */
int64_t session_count(struct db *db);

/* A new random text that only its holder knows, and the hash that is kept of one. */
struct str secret_new(struct arena *a);
struct str secret_hash(struct arena *a, struct str secret);

/* For a form that is open to everybody: sets the cookie that its CSRF token is derived from. */
void session_guest(struct rq *rq);

/* Starts a session for an account and sets the cookie.  In a write transaction. */
void session_start(struct rq *rq, struct user_id account);

/* The same for who still owes the second factor: the cookie opens nothing but the page that asks for it, for ten minutes. */
void session_start_half(struct rq *rq, struct user_id account);
void session_drop(struct rq *rq, struct session_id session, struct user_id account);

/* Ends this session, or all sessions of the account but this one, and then its tokens too. */
void session_end(struct rq *rq);
size_t session_end_others(struct rq *rq, struct user_id account);

/* Scope: does the unit lie in the subtree of the user's unit? */
bool scope_unit(struct rq *rq, struct unit_id unit);

extern const struct route session_routes[];
extern const size_t session_routes_n;
#endif
