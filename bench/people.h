/* Made-up people, written with the program's own statements.  The same on every run, but for the sealed texts. */
#ifndef BENCH_PEOPLE_H
#define BENCH_PEOPLE_H
#include "db/db.h"
#include "demo/demo_sql.h"

enum { ORDERS_OF_ROSTER = 500 };        /* ID numbers of a roster do not meet those of the people */

struct fill_station {
    int64_t area;
    struct unit_id id;
    struct str division;
    struct demo_villages_row *villages;
    size_t villages_n;
};
struct fill {
    const char *path;                   /* of the SQLite file */
    struct db *db;
    uint64_t seed;
    struct fill_station *stations;      /* they get people in turn */
    size_t stations_n;
    struct household_id home;           /* of the last person */
};

unsigned pick(struct fill *f, size_t n);
struct str name_of(struct fill *f, struct arena *a);
struct str idno_of(struct arena *a, int64_t i, int64_t order);

/* The person numbered i: three in a row share a household and a station. */
void put_person(struct fill *f, struct arena *a, int64_t i);

/* All stations of the database with their villages; the arena is the caller's. */
void fill_network(struct fill *f, struct arena *a);

/* People 0 … n-1, so many in a transaction.  Ends the program when they cannot be written. */
void fill_people(struct fill *f, int64_t n);
#endif
