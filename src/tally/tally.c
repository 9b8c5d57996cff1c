/* Counters that grow with each write, and the recount that proves them right. */
#include "tally/tally.h"
#include "tally/rollup.h"
#include "tally/rollup_sql.h"
#include "tally/tally_sql.h"

void
tally_add(struct db *db, int64_t area, struct unit_id unit, struct date day, const char *measure, int64_t n)
{
    if (n == 0) return;
    tally_put(db, .area = area, .unit = unit, .day = day, .measure = str_of(measure), .by = n);
    rollup(db, unit, day, str_of(measure), n);
}

void
tally_add_code(struct db *db, int64_t area, struct unit_id unit, struct date day, const char *measure, struct str code, int64_t n)
{
    if (code.n != 0) tally_add(db, area, unit, day, str_fmt(db_arena(db), "%s:%.*s", measure, FMT(code)).p, n);
}

void
served_add(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id person)
{
    rollup_served(db, area, unit, day, person, 1);
}

void
served_other(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id old, struct person_id person, int64_t times)
{
    for (int64_t i = 0; i < times; i++) {
        rollup_served(db, area, unit, day, old, -1);
        rollup_served(db, area, unit, day, person, 1);
    }
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
    rollup_served(db, area, unit, day, person, -1);
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
    struct rollup_differences_row *sums;
    size_t sums_n = rollup_differences(db, &sums);
    for (size_t i = 0; i < n; i++) tell(arg, &rows[i]);
    for (size_t i = 0; i < sums_n; i++) {
        struct tally_differences_row row = { .area = sums[i].area, .unit = sums[i].unit, .day = NO_DATE,
            .measure = str_fmt(db_arena(db), "%.*s (sum)", FMT(sums[i].measure)), .kept = sums[i].kept, .counted = sums[i].counted };
        date_parse(sums[i].day, &row.day);
        tell(arg, &row);
    }
    return n + sums_n;
}
