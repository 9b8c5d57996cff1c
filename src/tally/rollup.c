#include "codes/division.h"
#include "tally/rollup.h"
#include "tally/rollup_sql.h"
#include "tally/tally_sql.h"

void
rollup(struct db *db, struct unit_id unit, struct date day, struct str measure, int64_t n)
{
    struct rollup_lock_row *locked;
    if (db_driver(db) == DB_POSTGRES) rollup_lock(db, &locked, unit);
    rollup_add(db, unit, day, measure, n);
    if (str_starts(measure, STR("case.state:"))) rollup_stand(db, unit, measure, n);
}

/* The day by which a person is counted moves from one to another; either may be unknown. */
static void
moved(struct db *db, const struct rollup_firsts_row *at, const char *measure, struct date before, struct date after)
{
    if (date_known(before) == date_known(after) && (!date_known(before) || before.days == after.days)) return;
    if (date_known(before)) rollup_put(db, .area = at->above_area, .unit = at->above, .day = before, .measure = str_of(measure), .by = -1);
    if (date_known(after)) rollup_put(db, .area = at->above_area, .unit = at->above, .day = after, .measure = str_of(measure), .by = 1);
}

static struct date
first_of(int year, int month)
{
    struct date d = NO_DATE;
    date_of(year, month, 1, &d);
    return d;
}

static size_t
firsts(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id person, struct rollup_firsts_row **rows)
{
    struct ymd c = date_ymd(day);
    int quarter = (c.m - 1) / 3 * 3 + 1;
    struct date month = first_of(c.y, c.m), third = first_of(c.y, quarter), year = first_of(c.y, 1);
    return rollup_firsts(db, rows, .area = area, .unit = unit, .person = person, .month = month, .month_end = date_add(date_add_months(month, 1), -1),
                         .quarter = third, .quarter_end = date_add(date_add_months(third, 3), -1), .year = year,
                         .year_end = date_add(date_add_months(year, 12), -1));
}

void
rollup_served(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id person, int by)
{
    struct rollup_firsts_row *before, *after;
    size_t n = firsts(db, area, unit, day, person, &before);
    if (by > 0) {
        served_put(db, area, unit, day, person);
    } else {
        served_take(db, area, unit, day, person);
        served_clean(db, area, unit, day, person);
    }
    size_t now = firsts(db, area, unit, day, person, &after);
    for (size_t i = 0; i < n && i < now; i++) {
        moved(db, &after[i], "person.month", before[i].month, after[i].month);
        moved(db, &after[i], "person.quarter", before[i].quarter, after[i].quarter);
        moved(db, &after[i], "person.year", before[i].year, after[i].year);
    }
}

/* The first days of persons do not add up: they are counted anew for a unit and those above it. */
static void
count_persons(struct db *db, struct unit_id unit)
{
    struct rollup_above_row *rows;
    size_t n = unit.v ? rollup_above(db, &rows, unit) : 0;
    for (size_t i = 0; i < n; i++) {
        rollup_persons_clear(db, rows[i].area, rows[i].id);
        bool county = division_level(rows[i].division) >= DIVISION_COUNTY;
        rollup_persons_count(db, county ? ROLLUP_PERSONS_COUNT_F_AREA : 0, 0, rows[i].area, rows[i].id, rows[i].area);
        rollup_persons_months(db, rows[i].area, rows[i].id);
    }
}

void
rollup_leave(struct db *db, int64_t area, struct unit_id unit)
{
    rollup_hang(db, area, unit, -1);
    rollup_registered(db, area, unit, -1);
}

void
rollup_arrive(struct db *db, int64_t area, struct unit_id unit, struct unit_id old_parent, struct unit_id new_parent)
{
    rollup_hang(db, area, unit, 1);
    rollup_registered(db, area, unit, 1);
    count_persons(db, old_parent);
    count_persons(db, new_parent);
}
