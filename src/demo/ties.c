/* The world around the clients who are in intervention: neighbours, kin far away, the village doctor. */
#include "demo/demo.h"
#include "demo/demo_sql.h"
#include "people/tie_sql.h"

struct ties { struct demo *d; const struct demo_station *st; };

static const struct { const char *kind, *name, *strength, *flow, *note; } world[] = {
    { "neighbour", "邻居张婶", "strong", "in", "每天来看一次，送过饭" }, { "family", "外地的女儿", "weak", "both", "每月通一次电话" },
    { "health", "村卫生所", "strong", "in", "每周量血压" }, { "community", "村委会", "weak", "in", NULL },
    { "family", "同村的弟弟", "stressful", "none", "为宅基地有争执" }, { "friend", "老年协会", "weak", "out", NULL },
    { "work", "原来的单位", "broken", "none", "单位已撤销" }, { "government", "低保与高龄补贴", "strong", "in", NULL },
};

static bool
put_ties(struct db *db, void *arg)
{
    const struct ties *t = arg;
    struct demo_serving_row *rows;
    int64_t area = id_area(t->st->id.v);
    size_t n = demo_serving(db, &rows, area, t->st->id);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < COUNT(world); k++)
            if (i == 0 || demo_pick(t->d, 2))
                tie_insert(db, .area = area, .id = { id_next(area) }, .person = rows[i].person, .kind = str_of(world[k].kind),
                           .name = str_of(world[k].name), .strength = str_of(world[k].strength), .flow = str_of(world[k].flow),
                           .note = str_of(world[k].note), .from_on = date_add(t->d->today, -(int)(20 + 10 * k)));
    return db_error(db) == NULL;
}

bool
demo_ties(struct demo *d)
{
    for (size_t i = 0; i < d->stations_n; i++)
        if (!cli_write(d->db, put_ties, &(struct ties){ d, &d->stations[i] })) return false;
    return true;
}
