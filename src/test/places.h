/* For tests of rules: a network of any profile in the kit's database, its staff, what is entered, and what the rules say. */
#ifndef NUAN_TEST_PLACES_H
#define NUAN_TEST_PLACES_H
#include "network/network.h"
#include "staff/staff.h"
#include "test/kit.h"

enum { MANY = 1024 };

extern struct kit *k;
extern struct date now;                 /* the clock stands at nine on this day */
int places_open(void **state);          /* for cmocka: before and after each test */
int places_close(void **state);

/* A network with so many units on each level, parents taking turns. */
struct net { struct unit_id at[6][MANY]; struct str divisions[6][MANY]; size_t n[6]; };
struct net *build(const char *profile, const size_t *counts);

void division(const char *code, int level, const char *parent);         /* within kit_begin and kit_commit */
void sql(const char *text);
int64_t count(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
size_t run_all(void);                   /* asks all rules; how many results changed */
bool write_here(struct arena *a, bool (*run)(struct db *db, void *arg), void *arg);

/* Within kit_begin and kit_commit.  certificate: its level, or NULL; post: its kind, or NULL. */
struct staff_id worker(struct unit_id unit, const char *education, const char *certificate, const char *post);
void fact(struct unit_id unit, const char *name, const char *value);

/* An entry of a ledger about the unit, nine days ago when the entry says no day.  Within kit_begin and kit_commit. */
struct entry;
void entry_of(struct unit_id unit, const char *ledger, const struct entry *e);

/* A column of what a rule said of a unit on a day; "none" when it said nothing. */
const char *text_at(struct unit_id unit, const char *rule, const char *column, struct date day);
#define SAYS(unit, rule, want) assert_string_equal(text_at(unit, rule, "state", today()), want)
#define SHOWS(unit, rule, want) assert_string_equal(text_at(unit, rule, "left_value", today()), want)
#endif
