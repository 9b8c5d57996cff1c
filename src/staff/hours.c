#include "staff/hours.h"

/* An assistant needs 72 hours in three years, a social worker and a senior one 90. */
static int64_t
needed(const struct profile *p, struct str level)
{
    return str_is(level, "1") ? profile_param(p, "hours_assistant", 72) : profile_param(p, "hours_social_worker", 90);
}

struct hours
hours_of(struct db *db, const struct profile *p, int64_t area, struct staff_id staff, struct date day)
{
    struct hours_period_row r;
    struct hours h = { .from = NO_DATE, .to = NO_DATE };
    if (!hours_period(db, &r, area, staff, day) || !date_known(r.registered_on)) return h;
    h.registered = true;
    h.from = r.registered_on;
    h.to = date_add_months(h.from, REGISTRATION_MONTHS);
    h.need = needed(p, r.level);
    h.kinds_n = hours_by_kind(db, &h.kinds, area, staff, h.from, h.to);
    int64_t degrees = 0;
    for (size_t i = 0; i < h.kinds_n; i++) {
        if (str_is(h.kinds[i].kind, "continuing")) h.have += h.kinds[i].hours;
        degrees += h.kinds[i].degrees;
    }
    if (degrees > 0) h.have += DEGREE_HOURS; /* once, however many */
    h.left = h.need > h.have ? h.need - h.have : 0;
    return h;
}
