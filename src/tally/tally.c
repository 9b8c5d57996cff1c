/* Counters that grow with each write, and the recount that proves them right. */
#include "tally/tally.h"
#include "tally/tally_sql.h"

void
tally_add(struct db *db, int64_t area, struct unit_id unit, struct date day, const char *measure, int64_t n)
{
    if (n != 0) tally_put(db, .area = area, .unit = unit, .day = day, .measure = str_of(measure), .by = n);
}

void
tally_add_code(struct db *db, int64_t area, struct unit_id unit, struct date day, const char *measure, struct str code, int64_t n)
{
    if (code.n != 0) tally_add(db, area, unit, day, str_fmt(db_arena(db), "%s:%.*s", measure, FMT(code)).p, n);
}

void
served_add(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id person)
{
    served_put(db, area, unit, day, person);
}

void
tally_contact(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id person, int64_t minutes)
{
    tally_add(db, area, unit, day, "contact", 1);
    tally_add(db, area, unit, day, "minutes", minutes);
    served_add(db, area, unit, day, person);
}

void
tally_contact_back(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id person, int64_t minutes)
{
    tally_add(db, area, unit, day, "contact", -1);
    tally_add(db, area, unit, day, "minutes", -minutes);
    served_take(db, area, unit, day, person);
    served_clean(db, area, unit, day, person);
}

void
tally_state(struct db *db, int64_t area, struct unit_id unit, struct date day, struct str from, struct str to)
{
    tally_add_code(db, area, unit, day, "case.state", from, -1);
    tally_add_code(db, area, unit, day, "case.state", to, 1);
}

size_t
tally_check(struct db *db, void (*tell)(void *, const struct tally_differences_row *), void *arg)
{
    struct tally_differences_row *rows;
    size_t n = tally_differences(db, &rows);
    for (size_t i = 0; i < n; i++) tell(arg, &rows[i]);
    return n;
}
