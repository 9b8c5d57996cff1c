/* Table of contents: cases, their forms, hand-over, plans of households. */
#include "casework/case.h"

static const struct route *const routes[] = { handover_routes, case_routes, docs_routes, export_routes, pdf_routes, printing_routes, follow_routes,
                                              house_routes, scale_routes };
static const size_t *const routes_n[] = { &handover_routes_n, &case_routes_n, &docs_routes_n, &export_routes_n, &pdf_routes_n, &printing_routes_n,
                                          &follow_routes_n, &house_routes_n, &scale_routes_n };
const struct module casework_module = { "casework", routes, routes_n, COUNT(routes) };
