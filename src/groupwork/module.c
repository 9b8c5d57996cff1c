/* Table of contents: groups, their members and sessions, their forms. */
#include "groupwork/group.h"

static const struct route *const routes[] = { group_routes, roster_routes, sheet_routes, group_paper_routes };
static const size_t *const routes_n[] = { &group_routes_n, &roster_routes_n, &sheet_routes_n, &group_paper_routes_n };
const struct module groupwork_module = { "groupwork", routes, routes_n, COUNT(routes) };
