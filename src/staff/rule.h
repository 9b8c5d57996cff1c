#ifndef NUAN_STAFF_RULE_H
#define NUAN_STAFF_RULE_H
#include "staff/staff_sql.h"

/* The half of R-MZT-Q1 that needs no certificate: a social-work major with junior college or higher. */
bool education_qualifies(struct str major, struct str education);
#endif
