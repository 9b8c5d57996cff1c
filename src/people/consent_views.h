/* The tab of consents. */
#ifndef NUAN_CONSENT_VIEWS_H
#define NUAN_CONSENT_VIEWS_H
#include "people/consent_rule.h"
#include "people/consent_sql.h"
#include "people/people_views.h"

struct consent_tab {
    struct person_id id;
    struct consent_list_row *rows;
    size_t n;
    const struct consent_kind *kinds;
    size_t kinds_n;
    bool shut, writes, guardian;
    const struct form *form;
    struct form_source from;
};
extern const struct choice consent_ways[3], consent_relations[2];
#endif
