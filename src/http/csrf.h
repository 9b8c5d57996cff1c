/* Cross-site request forgery: a token derived from the session, in every form that posts. */
#ifndef NUAN_CSRF_H
#define NUAN_CSRF_H
#include "http/rq.h"

/* The token of a session secret (hex, in the arena). */
struct str csrf_of(struct arena *a, struct str session_secret);

/* Does the POST carry the right token (field "csrf" or header)?  Before sign-in the token of the "pre" cookie counts. */
bool csrf_ok(const struct rq *rq);
#endif
