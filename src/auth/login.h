#ifndef NUAN_LOGIN_H
#define NUAN_LOGIN_H
#include "auth/auth_views.h"
#include "http/route.h"

/* The page of signing in, without the house around it. */
enum http login_draw(struct rq *rq, const struct login_page *v);

extern const struct route login_routes[];
extern const size_t login_routes_n;
#endif
