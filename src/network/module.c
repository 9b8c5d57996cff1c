/* Table of contents: the two trees, one unit, the forms that change them. */
#include "network/network.h"
#include "network/tree.h"

static const struct route *const routes[] = { tree_routes, place_routes, change_routes };
static const size_t *const routes_n[] = { &tree_routes_n, &place_routes_n, &change_routes_n };
const struct module network_module = { "network", routes, routes_n, COUNT(routes) };
