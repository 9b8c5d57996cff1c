/* Table of contents: signing in, sessions, accounts, and the house around every page. */
#include "auth/module.h"
#include "auth/login.h"
#include "auth/second.h"
#include "auth/session.h"
#include "auth/token.h"
#include "auth/user.h"
#include "page/find.h"
#include "page/page.h"
#include "page/typed.h"

static const struct route *const routes[] = {
    login_routes, session_routes, token_routes, user_routes, second_routes, page_routes, typed_routes, find_routes,
};
static const size_t *const routes_n[] = {
    &login_routes_n, &session_routes_n, &token_routes_n, &user_routes_n, &second_routes_n, &page_routes_n, &typed_routes_n, &find_routes_n,
};
const struct module auth_module = { "auth", routes, routes_n, COUNT(routes) };
