/* Table of contents: persons, what belongs to them, and households. */
#include "people/module.h"
#include "people/people_views.h"

static const struct route *const routes[] = {
    person_list_routes, person_form_routes, person_page_routes, category_routes, tie_routes, kin_routes, aid_routes, aid_list_routes, contact_routes,
    consent_routes, household_routes, member_routes, move_routes, named_routes, doubles_routes, merge_routes, unmerge_routes, merge_house_routes,
    grant_routes, minor_audit_routes, readers_routes,
};
static const size_t *const routes_n[] = {
    &person_list_routes_n, &person_form_routes_n, &person_page_routes_n, &category_routes_n, &tie_routes_n, &kin_routes_n, &aid_routes_n,
    &aid_list_routes_n, &contact_routes_n, &consent_routes_n,
    &household_routes_n, &member_routes_n, &move_routes_n, &named_routes_n, &doubles_routes_n, &merge_routes_n, &unmerge_routes_n, &merge_house_routes_n,
    &grant_routes_n, &minor_audit_routes_n, &readers_routes_n,
};
const struct module people_module = { "people", routes, routes_n, COUNT(routes) };
