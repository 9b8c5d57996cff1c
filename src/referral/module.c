/* Table of contents: referrals, the link for agencies, the disclosure register, the client's own reading, case
 * conferences and teams. */
#include "referral/conference_views.h"

static const struct route *const routes[] = { referral_routes, out_routes, in_routes, agree_routes, act_routes, intake_routes, link_routes,
                                              disclosure_routes, reading_routes, slip_routes, county_routes,
                                              conference_routes, meeting_routes, team_routes };
static const size_t *const routes_n[] = { &referral_routes_n, &out_routes_n, &in_routes_n, &agree_routes_n, &act_routes_n, &intake_routes_n,
                                          &link_routes_n, &disclosure_routes_n, &reading_routes_n, &slip_routes_n, &county_routes_n,
                                          &conference_routes_n, &meeting_routes_n, &team_routes_n };
const struct module referral_module = { "referral", routes, routes_n, COUNT(routes) };
