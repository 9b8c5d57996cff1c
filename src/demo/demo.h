/* The demo county: real divisions of Ninghua, made-up people.  The same on the same day. */
#ifndef NUAN_DEMO_H
#define NUAN_DEMO_H
#include "casework/casework.h"
#include "cli/cli.h"

struct demo_villages_row;
struct demo_user { struct user_id id; struct unit_id unit; struct str login, name, role; };
struct demo_station { struct unit_id id, centre; struct str name, division; const struct demo_villages_row *villages; size_t villages_n;
    struct demo_user head, workers[3], supervisor, clerk, grid; };  /* clerk, grid: of the first station */

struct demo {
    struct db *db;
    struct arena arena;                 /* lives as long as the filling */
    uint64_t seed;
    struct date today;
    struct unit_id top;
    struct demo_station stations[40];
    size_t stations_n;
    int cases, people, households, problems;
};

/* The next random number below n; the same row of numbers each time. */
unsigned demo_pick(struct demo *d, unsigned n);

/* Each fills one part, in transactions of its own; false after logging why. */
bool demo_people(struct demo *d);
bool demo_cases(struct demo *d);
bool demo_referrals(struct demo *d);
bool demo_reports(struct demo *d);

/* The duty to report that form A of a case opened is met, the same day: domestic violence is reported, for the rest the head agrees that
 * there is nothing to report.  The worker of the case acts. */
void demo_meet_duty(struct rq *rq, struct case_id id, const struct demo_user *head);
bool demo_doubles(struct demo *d);
bool demo_ties(struct demo *d);
bool demo_ledgers(struct demo *d);
bool demo_lists(struct demo *d);
bool demo_community(struct demo *d);
bool demo_life(struct demo *d);
bool demo_groups(struct demo *d);

extern const struct command demo_commands[];
#endif
