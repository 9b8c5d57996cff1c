#include "test/places.h"
#include "ledger/ledger.h"
#include "rules/run.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct kit *k;
struct date now;

void
sql(const char *text)
{
    kit_begin(k);
    db_exec(k->db, text);
    kit_commit(k);
}

int64_t
count(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct str text = str_vfmt(&k->arena, fmt, ap);
    va_end(ap);
    return kit_number(k, text.p);
}

void
division(const char *code, int level, const char *parent)
{
    db_exec(k->db, str_fmt(&k->arena, "INSERT INTO division (code, name, level, parent, edition) VALUES ('%s', '%s', %d, '%s', '2023-01-01')"
                           " ON CONFLICT (code) DO NOTHING", code, code, level, parent).p);
}

/* The division of the nth unit of a level, under the division of its parent (of the place itself on top). */
static struct str
division_of(const struct profile *p, const struct profile_level *l, struct str parent, size_t nth)
{
    struct str up = parent.n ? parent : p->division;
    int keep = str_is(l->scope, "city") ? 2 : str_is(l->scope, "county") ? 4 : str_is(l->scope, "township") ? 6 : 9;
    if (str_is(l->scope, "area") || str_is(l->scope, "province") || (parent.n == 0 && keep < 6 && memcmp(up.p + keep, "00", 2) != 0)) return up;
    if (parent.n == 0 && str_is(l->scope, "city")) return up;
    if (keep >= 6 && str_ends(up, STR("00000000"))) up = str_fmt(&k->arena, "%.2s0106000000", up.p[0] == '0' ? "11" : up.p);
    if (keep == 9 && str_ends(up, STR("000000"))) return str_fmt(&k->arena, "%.6s001%03zu", up.p, nth + 1);
    if (keep == 4) return str_fmt(&k->arena, "%.4s%02zu000000", up.p, nth + 1);
    if (keep == 2) return str_fmt(&k->arena, "%.2s%02zu00000000", up.p, nth + 1);
    return keep == 6 ? str_fmt(&k->arena, "%.6s%03zu000", up.p, nth + 1) : str_fmt(&k->arena, "%.9s%03zu", up.p, nth + 1);
}

struct net *
build(const char *profile, const size_t *counts)
{
    struct net *net = NEW(&k->arena, struct net, 1);
    const struct profile *p = profile_of(str_of(profile));
    assert_non_null(p);
    kit_begin(k);
    assert_true(profile_load(k->db, p->code));
    for (size_t l = 0; l < p->levels_n; l++)
        for (size_t i = 0; i < counts[l]; i++) {
            const struct profile_level *level = &p->levels[l];
            size_t up = l > 0 ? i % net->n[l - 1] : 0, nth = l > 0 ? i / net->n[l - 1] : i;
            struct str d = division_of(p, level, l > 0 ? net->divisions[l - 1][up] : NO_STR, nth);
            struct unit_new u = { .profile = p->code, .level = level->code, .parent = l > 0 ? net->at[l - 1][up] : (struct unit_id){ 0 }, .division = d,
                                  .region = p->regions_n ? str_of(p->regions[i % p->regions_n].code) : NO_STR,
                                  .code = str_fmt(&k->arena, "%s-%zu-%zu", profile, l, i), .opened_on = date_add(now, -400) };
            const char *parent = str_fmt(&k->arena, "%.*s000000", 6, d.p).p;
            int at = str_is(level->scope, "village") ? 5 : str_is(level->scope, "township") ? 4 : 3;
            if (at == 5) parent = str_fmt(&k->arena, "%.*s000", 9, d.p).p;
            division(d.p, at, parent);
            struct str why = unit_create(k->db, LANG_EN, &u, &net->at[l][i]);
            if (why.n) fail_msg("%s level %zu unit %zu (%.*s): %.*s", profile, l, i, FMT(d), FMT(why));
            net->divisions[l][i] = d;
            net->n[l] = i + 1;
        }
    kit_commit(k);
    return net;
}

bool
write_here(struct arena *a, bool (*run)(struct db *db, void *arg), void *arg)
{
    db_begin(k->db, a, DB_WRITE);
    bool ok = run(k->db, arg);
    return db_commit(k->db) && ok;
}

size_t
run_all(void)
{
    size_t units, changed;
    assert_true(rules_run_all(k->db, write_here, today(), &units, &changed));
    return changed;
}

const char *
text_at(struct unit_id unit, const char *rule, const char *column, struct date day)
{
    static const struct db_slot slot = { "v", DB_TEXT, true, 0 };
    char iso[16];
    date_print(day, iso);
    struct db_query *q = NEW(&k->arena, struct db_query, 1);
    const char *text = str_fmt(&k->arena, "SELECT %s FROM rule_result WHERE unit_id = %lld AND rule = '%s' AND from_on <= '%s'"
                               " AND (to_on IS NULL OR to_on > '%s')", column, (long long)unit.v, rule, iso, iso).p;
    void *rows;
    *q = (struct db_query){ .name = "text_at", .sql = { text, text }, .out = &slot, .out_n = 1, .row_size = sizeof(struct str) };
    db_begin(k->db, &k->arena, DB_READ);
    struct str v = db_run(k->db, q, NULL, &rows) ? *(struct str *)rows : STR("none");
    db_rollback(k->db);
    return v.n ? str_z(&k->arena, v) : "";
}

struct staff_id
worker(struct unit_id unit, const char *education, const char *certificate, const char *post)
{
    int64_t area = unit_area(k->db, unit);
    struct staff_new s = { .unit = unit, .name = STR("某"), .sex = STR("2"), .born = NO_DATE, .employment = STR("full"), .education = str_of(education),
                           .major = STR("会计"), .political = STR("01"), .service_from = date_add(now, -1000), .started_on = date_add(now, -300) };
    struct staff_id id = staff_make(k->db, area, &s);
    if (certificate != NULL) certificate_add(k->db, area, id, str_of(certificate), STR("1"), date_add(now, -200), NO_DATE, NO_DATE);
    if (post != NULL) assert_int_equal(post_start(k->db, LANG_ZH, area, id, unit, str_of(post), date_add(now, -100)).n, 0);
    return id;
}

void
fact(struct unit_id unit, const char *name, const char *value)
{
    char iso[16];
    date_print(date_add(now, -10), iso);
    db_exec(k->db, str_fmt(&k->arena, "INSERT INTO unit_fact (area_id, unit_id, fact, from_on, value, at) VALUES (%lld, %lld, '%s', '%s', '%s', 0)"
                           " ON CONFLICT (area_id, unit_id, fact, from_on) DO UPDATE SET value = excluded.value",
                           (long long)unit_area(k->db, unit), (long long)unit.v, name, iso, value).p);
}

void
entry_of(struct unit_id unit, const char *ledger, const struct entry *e)
{
    struct entry made = *e;
    made.unit = unit;
    if (!date_known(made.on)) made.on = date_add(now, -9);
    ledger_add(k->db, unit_area(k->db, unit), ledger, &made, (struct user_id){ 0 });
}

int
places_open(void **state)
{
    (void)state;
    k = kit_open();
    assert_true(date_of(2026, 3, 16, &now));
    clock_stop(instant_at(now, 9, 0));
    return 0;
}

int
places_close(void **state)
{
    (void)state;
    clock_stop(NO_TIME);
    kit_close(k);
    return 0;
}
