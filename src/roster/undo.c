#include "roster/undo.h"
#include "db/writer.h"
#include "roster/running.h"
#include "roster/undo_sql.h"
#include "roster/work_sql.h"
#include "tally/tally.h"
#include "view/view.h"

enum { CHUNK = 8000 };        /* each piece looks at all search terms of the unit */

struct undo {
    struct arena arena;                 /* owns itself */
    int64_t area, first, last, from, done;      /* the batch's ids; what is before "from" is gone */
    struct import_id id;
    bool households, more;
    const char *why;
};

size_t
undo_in_use(struct db *db, struct import_id id, const struct import_get_row *i, struct undo_held_row **rows)
{
    return undo_held(db, rows, id_area(id.v), id, i->first, i->last);
}

static void
take_figures_back(struct db *db, const struct undo *u, int64_t to)
{
    struct undo_registered_row *days;
    size_t n = undo_registered(db, &days, u->area, u->id, u->from, to);
    for (size_t i = 0; i < n; i++)
        tally_add(db, u->area, days[i].unit, (struct date){ (int32_t)days[i].day }, "person.registered", -days[i].people);
}

/* The next people of the batch. */
static void
people_back(struct db *db, struct undo *u)
{
    struct undo_held_row *held;
    struct undo_people_edge_row edge;
    if (!undo_people_edge(db, &edge, u->area, u->id, u->from, u->last, CHUNK) || edge.people == 0) {
        u->households = true;
        u->from = u->first;
        return;
    }
    if (undo_held(db, &held, u->area, u->id, u->from, edge.last) > 0) {
        u->why = T("有人在撤销途中被使用，其余的人没有撤销。");
        return;
    }
    take_figures_back(db, u, edge.last);
    undo_categories(db, u->area, u->id, u->from, edge.last);
    undo_members(db, u->area, u->id, u->from, edge.last);
    undo_terms(db, u->area, u->id, u->from, edge.last);
    undo_named(db, u->area, u->id, u->from, edge.last);
    undo_people(db, u->area, u->id, u->from, edge.last);
    u->from = edge.last + 1;
    u->done += edge.people;
}

/* One piece, in a write of its own.  The first change waits for whoever writes the import's row: on PostgreSQL the request that
 * set it to "undoing" may still be on its way, or may have failed. */
static bool
piece(struct db *db, void *arg)
{
    struct undo *u = arg;
    struct undo_households_edge_row edge;
    struct import_get_row now;
    work_progress(db, u->area, u->id, u->done, u->last);
    u->more = import_get(db, &now, u->area, u->id) && str_is(now.state, "undoing");
    if (!u->more) return true;
    if (!u->households) people_back(db, u);
    else if (undo_households_edge(db, &edge, u->area, u->id, u->from, u->last, CHUNK) && edge.households > 0) {
        undo_households(db, u->area, u->id, u->from, edge.last);
        u->from = edge.last + 1;
    } else u->more = false;
    if (u->why != NULL) u->more = false;
    if (!u->more) undo_finish(db, u->area, u->id, u->why ? STR("failed") : STR("undone"), str_of(u->why));
    return true;
}

static void
run(void *arg)
{
    struct undo *u = arg;
    struct arena a = { 0 }, owner = u->arena;
    u->more = true;
    while (u->more) {
        struct undo before = *u;
        if (!writer_run(&a, piece, u)) {        /* the database is away: it stays "undoing" and can be started again */
            *u = before;
            u->more = false;
        }
        arena_clear(&a);
    }
    arena_clear(&owner);
}

bool
undo_start(struct import_id id, const struct import_get_row *i)
{
    struct arena a = { 0 };
    struct undo *u = NEW(&a, struct undo, 1);
    *u = (struct undo){ .area = id_area(id.v), .first = i->first, .last = i->last, .from = i->first, .id = id };
    u->arena = a;
    if (running_start(id, run, u)) return true;
    arena_clear(&a);
    return false;
}
