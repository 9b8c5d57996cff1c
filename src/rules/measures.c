#include "rules/measures.h"
#include "network/network.h"
#include "rules/metrics_sql.h"
#include "rules/run_sql.h"

static int
by_id(const void *key, const void *unit)
{
    int64_t a = *(const int64_t *)key, b = ((const struct run_unit *)unit)->id.v;
    return a < b ? -1 : a > b;
}

size_t
measures_unit(const struct measures *f, struct unit_id id)
{
    const struct run_unit *u = f->units_n ? bsearch(&id.v, f->units, f->units_n, sizeof *f->units, by_id) : NULL;
    return u != NULL ? (size_t)(u - f->units) : NO_UNIT;
}

struct measures *
measures_open(struct db *db, struct unit_id one, struct date day)
{
    struct run_units_row *rows;
    char text[16];
    size_t metrics_n;
    struct measures *f = NEW(db_arena(db), struct measures, 1);
    *f = (struct measures){ .db = db, .arena = db_arena(db), .day = day, .one = one };
    f->day_text = str_dup(f->arena, (struct str){ text, date_print(day, text) });
    f->units_n = run_units(db, &rows, one.v ? RUN_UNITS_F_ONE : 0, 0, day, one);
    f->units = NEW(f->arena, struct run_unit, f->units_n + 1);
    for (size_t i = 0; i < f->units_n; i++) {
        const struct profile *p = profile_of(rows[i].profile);
        const struct profile_level *level = profile_holds_in(p, rows[i].division) ? profile_level(p, rows[i].level) : NULL;
        f->units[i] = (struct run_unit){ rows[i].id, rows[i].area, p, level, NO_UNIT, 0, 0 };
    }
    for (size_t i = 0; i < f->units_n; i++)
        if (rows[i].parent.v) f->units[i].parent = measures_unit(f, rows[i].parent);
    metrics_all(&metrics_n);
    f->columns = NEW(f->arena, struct value *, metrics_n + 1);
    return f;
}

static struct value
slot_value(const struct db_slot *s, const char *row)
{
    if (s->kind == DB_INT) {
        int64_t n = *(const int64_t *)(const void *)(row + s->offset);
        return n == NO_INT ? (struct value){ 0 } : (struct value){ .kind = VALUE_INT, .n = n };
    }
    struct str t = *(const struct str *)(const void *)(row + s->offset);
    return t.n == 0 ? (struct value){ 0 } : (struct value){ .kind = VALUE_TEXT, .text = t };
}

struct value
metric_value(const struct metric *m, struct str text)
{
    int64_t n;
    if (text.n == 0) return (struct value){ 0 };
    if (m->type == METRIC_DATE || m->type == METRIC_TEXT) return (struct value){ .kind = VALUE_TEXT, .text = text };
    return str_int(text, &n) ? (struct value){ .kind = VALUE_INT, .n = n } : (struct value){ 0 };
}

/* All metric queries take the day and a unit, and begin their rows with the unit. */
struct metric_in { struct date day; struct unit_id unit; };
_Static_assert(sizeof(struct metric_in) == sizeof(struct metric_staff_in) && offsetof(struct metric_staff_in, unit) == offsetof(struct metric_in, unit),
               "metric queries take a day and a unit");

static size_t
run_query(const struct measures *f, const struct db_query *q, void **rows)
{
    const struct metric_in in = { f->day, f->one };
    bool wide = f->one.v != 0 && (q == &metric_staff_query || q == &metric_turnover_query) && unit_is_wide(f->db, f->one);
    _Static_assert((int)METRIC_STAFF_F_WIDE == (int)METRIC_TURNOVER_F_WIDE, "one bit for both");
    return db_run_list(f->db, q, wide ? METRIC_STAFF_F_WIDE : f->one.v ? 1u : 0, 0, &in, rows);
}

/* Every metric that is a column of the query gets its values; a unit that no row names has 0 or nothing. */
static void
fill_from_query(struct measures *f, const struct db_query *q)
{
    size_t n;
    const struct metric *all = metrics_all(&n);
    void *found = NULL;
    size_t rows_n = run_query(f, q, &found);
    for (size_t m = 0; m < n; m++) {
        if (all[m].query != q) continue;
        f->columns[m] = NEW(f->arena, struct value, f->units_n + 1);
        for (size_t u = 0; u < f->units_n && all[m].zero; u++) f->columns[m][u] = (struct value){ .kind = VALUE_INT };
    }
    for (size_t r = 0; r < rows_n; r++) {
        const char *row = (const char *)found + r * q->row_size;
        size_t u = measures_unit(f, *(const struct unit_id *)(const void *)(row + q->out[0].offset));
        if (u == NO_UNIT) continue;
        for (size_t m = 0; m < n; m++)
            if (all[m].query == q) f->columns[m][u] = slot_value(all[m].column, row);
    }
}

/* What was entered goes before what was counted; some of it holds for the units below too. */
static void
fill_from_facts(struct measures *f, const struct metric *m, struct value *column)
{
    if (!f->facts_read) {
        void *found = NULL;
        f->facts_n = run_query(f, &metric_facts_query, &found);
        f->facts = found;
        f->facts_read = true;
    }
    bool *entered = NEW(f->arena, bool, f->units_n + 1);
    for (size_t i = 0; i < f->facts_n; i++) {
        size_t u = measures_unit(f, f->facts[i].unit);
        if (u == NO_UNIT || !str_eq(f->facts[i].fact, m->code)) continue;
        column[u] = metric_value(m, f->facts[i].value);
        entered[u] = true;
    }
    for (size_t u = 0; m->inherit && u < f->units_n; u++) {
        size_t up = u;
        for (int depth = 0; up != NO_UNIT && !entered[up] && depth < 16; depth++) up = f->units[up].parent;
        if (up != NO_UNIT && entered[up]) column[u] = column[up];
    }
}

struct value
measures_of_unit(struct measures *f, size_t unit, const struct metric *m)
{
    size_t n;
    const struct metric *all = metrics_all(&n);
    size_t at = (size_t)(m - all);
    if (f->columns[at] != NULL) return f->columns[at][unit];
    bool asked = m->query != NULL && m->of.n == 0;
    if (asked) fill_from_query(f, m->query);
    else f->columns[at] = NEW(f->arena, struct value, f->units_n + 1);
    for (size_t k = 0; k < n; k++)
        if (all[k].given && (k == at || (asked && all[k].query == m->query))) fill_from_facts(f, &all[k], f->columns[k]);
    return f->columns[at][unit];
}

void
measures_read_workers(struct measures *f)
{
    void *found = NULL;
    if (f->worker_query != NULL) return;
    f->worker_query = &metric_workers_query;
    f->workers_n = run_query(f, f->worker_query, &found);
    f->workers = found;
    for (size_t i = 0; i < f->workers_n; i++) {
        const struct metric_workers_row *row = (const void *)(f->workers + i * f->worker_query->row_size);
        size_t u = measures_unit(f, row->unit);
        if (u == NO_UNIT) continue;
        if (f->units[u].workers_n++ == 0) f->units[u].workers = i;
    }
}

static const char *
worker_row(const struct measures *f, size_t unit, size_t nth)
{
    return f->workers + (f->units[unit].workers + nth) * f->worker_query->row_size;
}

struct value
measures_of_worker(struct measures *f, size_t unit, size_t nth, const struct metric *m)
{
    if (m->of.n == 0) return measures_of_unit(f, unit, m);
    return m->query == f->worker_query ? slot_value(m->column, worker_row(f, unit, nth)) : (struct value){ 0 };
}

struct staff_id
measures_worker(const struct measures *f, size_t unit, size_t nth)
{
    return ((const struct metric_workers_row *)(const void *)worker_row(f, unit, nth))->worker;
}
