/* Continuing education: hours in the registration period of a certificate (three years from the registration). */
#ifndef NUAN_HOURS_H
#define NUAN_HOURS_H
#include "network/profile.h"
#include "staff/hours_sql.h"

enum { REGISTRATION_MONTHS = 36, DEGREE_HOURS = 90 };

struct hours {
    bool registered;                    /* else the rest is nothing */
    struct date from, to;               /* to: the first day of the next period */
    int64_t need, have, left;           /* left: never below 0 */
    struct hours_by_kind_row *kinds;
    size_t kinds_n;
};

/* As of a day; profile: of his unit, whose numbers of hours go before the national ones. */
struct hours hours_of(struct db *db, const struct profile *p, int64_t area, struct staff_id staff, struct date day);
#endif
