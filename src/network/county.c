/* The network of a whole county out of its divisions and its profile: general station, centres, stations, points. */
#include "codes/division.h"
#include "network/divisions.h"
#include "network/network.h"
#include "network/place_sql.h"
#include "network/unit_sql.h"
#include "view/view.h"

struct county {
    struct db *db;
    const struct profile *profile;
    struct date on;
    struct unit_id regions[16];
};

static bool
make(struct county *c, size_t level, struct unit_id parent, struct str division, struct str region, struct unit_id *made)
{
    const struct profile_level *l = &c->profile->levels[level];
    struct str premises = c->profile->premises_n > level ? str_of(c->profile->premises[level].code) : NO_STR;
    struct unit_new u = { .profile = c->profile->code, .level = l->code, .parent = parent, .division = division, .region = region,
                          .run_mode = c->profile->run_mode, .premises = premises, .opened_on = c->on };
    struct str why = unit_create(c->db, LANG_EN, &u, made);
    if (why.n) log_error("%.*s: %.*s", FMT(division), FMT(why));
    return why.n == 0;
}

static bool
make_points(struct county *c, struct unit_id station, struct str township, struct str region)
{
    struct unit_divisions_in_row *villages;
    struct unit_id made;
    char last[13];

    division_last(township, last);
    size_t n = unit_divisions_in(c->db, &villages, DIVISION_VILLAGE, township, str_of(last));
    for (size_t i = 0; i < n; i++) {
        if (!make(c, 3, station, villages[i].code, region, &made)) return false;
        place_village_put(c->db, made, villages[i].code, NO_INT, c->on);
    }
    return true;
}

static bool
make_stations(struct county *c, struct str county)
{
    struct unit_divisions_in_row *towns;
    char last[13];

    division_last(county, last);
    size_t n = unit_divisions_in(c->db, &towns, DIVISION_TOWNSHIP, county, str_of(last));
    if (n == 0) log_error("no townships of %.*s are known: import the divisions first", FMT(county));
    for (size_t i = 0; i < n; i++) {
        struct str region = profile_region_of(c->profile, towns[i].code);
        struct unit_id station, centre = { 0 };
        for (size_t r = 0; r < c->profile->regions_n; r++)
            if (str_is(region, c->profile->regions[r].code)) centre = c->regions[r];
        if (centre.v == 0) {
            log_error("profile: no region for %.*s", FMT(towns[i].code));
            return false;
        }
        if (!make(c, 2, centre, towns[i].code, region, &station) || !make_points(c, station, towns[i].code, region)) return false;
    }
    return n > 0;
}

bool
network_build_county(struct db *db, const char *profile, const char *county, struct date on, struct unit_id *top)
{
    struct county c = { .db = db, .profile = profile_of(str_of(profile)), .on = on };
    char code[13];

    if (c.profile == NULL || c.profile->levels_n != 4 || c.profile->regions_n > COUNT(c.regions)
        || !division_full(str_of(county), code) || !profile_load(db, c.profile->code)) {
        log_error("profile %s cannot build county %s", profile, county);
        return false;
    }
    struct str division = str_dup(db_arena(db), str_of(code));
    if (!make(&c, 0, (struct unit_id){ 0 }, division, NO_STR, top)) return false;
    for (size_t r = 0; r < c.profile->regions_n; r++)
        if (!make(&c, 1, *top, division, str_of(c.profile->regions[r].code), &c.regions[r])) return false;
    return make_stations(&c, division);
}
