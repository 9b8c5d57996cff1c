#include "rules/module.h"
#include "rules/lamps_views.h"

static const struct route *const routes[] = { lamps_routes, matrix_routes, facts_routes, author_routes };
static const size_t *const routes_n[] = { &lamps_routes_n, &matrix_routes_n, &facts_routes_n, &author_routes_n };
const struct module rules_module = { "rules", routes, routes_n, COUNT(routes) };
