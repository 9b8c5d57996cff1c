/* People whom a station registered twice: once from a list and once at the door. */
#include "demo/demo.h"
#include "demo/demo_sql.h"
#include "people/people.h"

struct twins { struct demo *d; const struct demo_station *st; };

static bool
twins(struct db *db, void *arg)
{
    static const size_t places[] = { 3, 11, 17 };
    const struct demo_station *st = ((struct twins *)arg)->st;
    struct demo_clients_row *rows;
    size_t n = demo_clients(db, &rows, .area = id_area(st->id.v), .unit = st->id, .category = STR("%"), .from_ = STR("1935"), .to_ = STR("1965"));
    for (size_t i = 0; i < COUNT(places) && places[i] < n; i++) {
        const struct demo_clients_row *r = &rows[places[i]];
        struct person_id twin;
        struct person_new in = { .area = id_area(st->id.v), .unit = st->id, .name = r->name, .born = r->born,
                                 .division = st->villages_n ? st->villages[0].code : NO_STR };
        if (r->level < 4) person_make(db, &in, &twin);
    }
    return db_error(db) == NULL;
}

bool
demo_doubles(struct demo *d)
{
    for (size_t i = 0; i < d->stations_n; i++)
        if (!cli_write(d->db, twins, &(struct twins){ d, &d->stations[i] })) return false;
    return true;
}
