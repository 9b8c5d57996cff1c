#ifndef NUAN_CASE_H
#define NUAN_CASE_H
#include "casework/casework.h"

extern const struct route case_routes[], docs_routes[], handover_routes[], export_routes[], pdf_routes[], printing_routes[], follow_routes[],
    house_routes[], scale_routes[];
extern const size_t case_routes_n, docs_routes_n, handover_routes_n, export_routes_n, pdf_routes_n, printing_routes_n, follow_routes_n, house_routes_n,
    scale_routes_n;
#endif
