#ifndef NUAN_LOGIN_H
#define NUAN_LOGIN_H
#include "auth/auth_views.h"
#include "http/route.h"
extern const struct route login_routes[];
extern const size_t login_routes_n;
#endif
