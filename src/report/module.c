/* Table of contents: discoveries and how they are dealt with, mandatory reports and their steps. */
#include "report/report_views.h"

static const struct route *const routes[] = { discovery_routes, settle_routes, report_routes, report_slip_routes, file_routes };
static const size_t *const routes_n[] = { &discovery_routes_n, &settle_routes_n, &report_routes_n, &report_slip_routes_n, &file_routes_n };
const struct module report_module = { "report", routes, routes_n, COUNT(routes) };
