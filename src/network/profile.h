/* A profile is a place's rules and names (data/profiles/, docs/data.md): levels of the service tree, regions, numbers that
 * the rules need, words to avoid, how long files are kept.  Read once, never changed after, so any thread may use it. */
#ifndef NUAN_PROFILE_H
#define NUAN_PROFILE_H
#include "base/base.h"
#include "db/db.h"
#include "form/form.h"

struct profile_level {
    struct str code;
    const char *zh, *en;
    struct str parent;                  /* level code that a unit's parent must have; NO_STR: this is the top */
    struct str scope;                   /* county, area, township, village: the division it works in */
    struct str name;                    /* what a new unit is called, with {division} and {region} */
    struct str head_rule;               /* rule for its head, "R-NH-S2"; NO_STR: none */
    int64_t order, count;               /* from 1; how many there should be, 0: not said */
};
struct profile_param { struct str code; int64_t value; const char *zh, *en; };
struct profile_word { struct str word, instead; };
struct profile_term { struct str code, from; int64_t years; const char *zh, *en; };
struct profile_region_of { struct str division, region; };

struct json_t;
struct profile {
    const struct json_t *doc;                               /* the whole file, for parts that have members of their own in it */
    struct str code, area, division, run_mode, catalogue, national_catalogue;
    const char *title, *title_en;
    const struct profile_level *levels;                     /* by order */
    const struct choice *regions, *premises;
    const struct profile_param *params;
    const struct profile_word *words;                       /* labels to avoid, and what to write */
    const struct profile_term *retention;
    const struct profile_region_of *regions_of;             /* township, 9 digits → region */
    size_t levels_n, regions_n, premises_n, params_n, words_n, retention_n, regions_of_n;
};

/* NULL when there is no such profile or its file is wrong (logged once). */
const struct profile *profile_of(struct str code);

/* Takes the profiles that the database runs on into use; at the start of the program, before other threads run. */
void profiles_take(struct db *db);

/* Puts the file into the table profile, and keeps it as a version when it differs from the last; false when profile_of finds none.  In a write transaction. */
bool profile_load(struct db *db, struct str code);

const struct profile_level *profile_level(const struct profile *p, struct str code);        /* NULL: none */
const char *profile_level_label(const struct profile *p, struct str code, enum lang lang);  /* the code when unknown */
int64_t profile_param(const struct profile *p, const char *code, int64_t otherwise);

/* Does a level have the function ("functions" of the file)?  level NO_STR: does any?  */
bool profile_has_function(const struct profile *p, const char *function, struct str level);

/* What the file says of a level or of the whole place, for showing: each with its role, "" when it has none. */
struct profile_saying { const char *zh, *en, *role, *role_en; };
size_t profile_functions_of(const struct profile *p, struct str level, struct arena *a, const struct profile_saying **out);
size_t profile_actors(const struct profile *p, struct arena *a, const struct profile_saying **out);
const char *profile_actors_title(const struct profile *p, enum lang lang);      /* "五社联动"; "": none */
/* "规划者": the role of a level on the administrative side; NULL: none. */
bool profile_role_of(const struct profile *p, struct str level, struct profile_saying *out);

/* The level below another; NULL: it is the last. */
const struct profile_level *profile_below(const struct profile *p, struct str code);

/* "": unknown code. */
const char *profile_region_label(const struct profile *p, struct str code, enum lang lang);
const char *profile_premises_label(const struct profile *p, struct str code, enum lang lang);

/* The region of a township or of a village in it (12 digits); NO_STR: none is given. */
struct str profile_region_of(const struct profile *p, struct str division);
#endif
