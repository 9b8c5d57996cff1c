/* The service tree: general station, centre, station, point … as the profile of the place names them (HN-02), each working in
 * an administrative division (HN-01).  Nothing is deleted: units are closed or merged, and what the tree was on any day
 * can be told. */
#ifndef NUAN_NETWORK_H
#define NUAN_NETWORK_H
#include "cli/cli.h"
#include "http/route.h"
#include "network/profile.h"

/* A unit to be opened.  code and name may be missing: they are made from the division and the profile. */
struct unit_new {
    struct str profile, level;
    struct unit_id parent;              /* 0: the top of a profile */
    struct str code, name;
    struct str division;                /* 12 digits */
    struct str region, run_mode, premises, address, hotline;
    struct date opened_on;
    struct user_id by;                  /* 0: the program itself */
};

/* Each of these writes within the caller's transaction and answers NO_STR, or refuses, writes nothing and answers why, in
 * the language given.  on: the day of the change, which also may lie in the past, but not before an earlier change. */
struct str unit_create(struct db *db, enum lang lang, const struct unit_new *unit, struct unit_id *made);
struct str unit_rename(struct db *db, enum lang lang, struct unit_id unit, struct str name, struct date on, struct user_id by);
struct str unit_move(struct db *db, enum lang lang, struct unit_id unit, struct unit_id parent, struct date on, struct user_id by);
struct str unit_close(struct db *db, enum lang lang, struct unit_id unit, struct date on, struct user_id by);

/* The unit is closed; what hangs below it moves to the successor, of the same level.  The closed unit itself then lies
 * below the successor, so that who works there sees its old files. */
struct str unit_merge(struct db *db, enum lang lang, struct unit_id unit, struct unit_id into, struct date on, struct user_id by);

/* What a unit was called, and what it hung under (0: nothing), on a day. */
struct str unit_name_on(struct db *db, struct unit_id unit, struct date day);
struct unit_id unit_parent_on(struct db *db, struct unit_id unit, struct date day);

/* The open unit with this station code; false: none. */
bool unit_by_code(struct db *db, struct str code, struct unit_id *unit);
struct str unit_name(struct db *db, struct unit_id unit);       /* now; NO_STR: no such unit */
int64_t unit_area(struct db *db, struct unit_id unit);          /* 0: no such unit */

/* So many units lie below it that a query had better begin with what it looks for than with the units. */
bool unit_is_wide(struct db *db, struct unit_id unit);

/* The area that the unit and everything below it lie in; 0: it works above the counties, or there is no such unit. */
int64_t unit_county(struct db *db, struct unit_id unit);

/* The level that the unit has in its profile; false: no such unit. */
struct unit_level { const struct profile *profile; const struct profile_level *rule; };
bool unit_level_of(struct db *db, struct unit_id unit, struct unit_level *out);

/* The whole network of a county from the divisions that were imported (NH-09): one general station, a centre for each
 * region, a station in each township under the centre of its region, a point in each village.  False: the reason is
 * logged, and the caller must roll back. */
bool network_build_county(struct db *db, const char *profile, const char *county, struct date on, struct unit_id *top);

/* What a member of staff does in a unit: head, worker, supervisor … */
enum { POST_KINDS = 7 };
extern const struct choice post_kinds[POST_KINDS];
const char *post_kind_label(struct str kind, enum lang lang);

extern const struct module network_module;
extern const struct command network_commands[];
#endif
