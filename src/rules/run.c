#include "rules/run.h"
#include "rules/measures.h"
#include "rules/run_sql.h"
#include "view/view.h"
#include <jansson.h>

enum { CHUNK = 2000, NAMED_MAX = 50 };

/* The rules of one profile, ready to be asked. */
struct place {
    const struct profile *profile;
    struct rule_ready *ready;
    size_t n;
    struct place *next;
};

struct run {
    struct db *db;
    struct arena *arena;
    struct date day;
    struct measures *measures;
    struct evaluator *ev;
    struct place *places;
    struct run_versions_row *versions;
    size_t versions_n;
    struct run_standing_row *standing;
    bool *still;                        /* of standing: the rule is asked today too */
    size_t standing_n;
    struct rule_changes out;
    size_t unit;                        /* who is being asked now */
    size_t worker;
    bool of_worker;
};

void
rules_touch(struct db *db, struct unit_id unit)
{
    run_touch(db, unit, instant_now());
}

/* ---- Getting ready ---- */

/* The place's own version: its expression, and its parameters over those of the profile. */
static bool
prepare_version(struct run *r, const struct profile *p, const struct rule *rule, const struct run_versions_row *v, struct rule_ready *out)
{
    struct expr_error error;
    if (!rule_prepare(r->ev, r->arena, rule, p, v->expr, NULL, out, &error)) return false;
    json_t *doc = json_loadb(v->parameters.p, v->parameters.n, 0, NULL);
    for (size_t i = 0; i < rule->params_n; i++) {
        const json_t *value = json_object_get(doc, str_z(r->arena, rule->params[i].code));
        if (json_is_integer(value)) out->params[i] = (struct value){ .kind = VALUE_INT, .n = json_integer_value(value) };
        else if (json_is_string(value))
            out->params[i] = (struct value){ .kind = VALUE_TEXT, .text = str_dup(r->arena, str_of(json_string_value(value))) };
    }
    json_decref(doc);
    out->version = v->version;
    return true;
}

static void
prepare(struct run *r, const struct profile *p, const struct rule *rule, struct rule_ready *out)
{
    struct expr_error error;
    for (size_t i = 0; i < r->versions_n; i++)
        if (str_eq(r->versions[i].profile, p->code) && str_eq(r->versions[i].rule, rule->id) && prepare_version(r, p, rule, &r->versions[i], out))
            return;
    if (!rule_prepare(r->ev, r->arena, rule, p, NO_STR, NULL, out, &error)) log_fatal("rule %.*s was fine when it was read", FMT(rule->id));
}

static const struct place *
place_of(struct run *r, const struct profile *p)
{
    size_t n;
    const struct rule *all = rules_all(&n);
    for (struct place *at = r->places; at != NULL; at = at->next)
        if (at->profile == p) return at;
    struct place *made = NEW(r->arena, struct place, 1);
    *made = (struct place){ p, NEW(r->arena, struct rule_ready, n + 1), 0, r->places };
    for (size_t i = 0; i < n; i++)
        if (rule_on(&all[i], p)) prepare(r, p, &all[i], &made->ready[made->n++]);
    r->places = made;
    return made;
}

/* ---- Asking ---- */

static struct value
lookup(void *arg, const struct metric *m)
{
    struct run *r = arg;
    if (m == NULL) return (struct value){ .kind = VALUE_TEXT, .text = r->measures->day_text };
    return r->of_worker ? measures_of_worker(r->measures, r->unit, r->worker, m) : measures_of_unit(r->measures, r->unit, m);
}

/* A comma unless it is the first of its object or list. */
static void
next_text(struct buf *b, struct str text)
{
    if (b->p[b->n - 1] != '{' && b->p[b->n - 1] != '[') LIT(b, ",");
    put_json_str(b, text);
}

static bool
is_part(const struct metric *m)
{
    return m != NULL && m->part != NULL && m->column == NULL;
}

/* {"in":{"full_time":"5","least":"6"},"missing":["is_large"],"parts":["volunteers"] – the end is the caller's. */
static void
put_inputs(struct run *r, struct buf *b, const struct rule_ready *ready)
{
    struct buf missing = { .arena = r->arena }, parts = { .arena = r->arena };
    LIT(b, "{\"in\":{");
    LIT(&missing, "[");
    LIT(&parts, "[");
    for (size_t i = 0; i < ready->inputs_n; i++) {
        const struct rule_input *input = &ready->inputs[i];
        if (input->param < 0 && input->metric == NULL) continue;
        if (is_part(input->metric)) {
            struct str code = str_of(input->metric->part->code);
            if (!str_has(buf_str(&parts), code)) next_text(&parts, code);
            continue;
        }
        struct value v = input->param >= 0 ? ready->params[input->param] : lookup(r, input->metric);
        struct str text = value_text(r->arena, v);
        next_text(text.n ? b : &missing, str_of(input->name));
        if (text.n == 0) continue;
        LIT(b, ":");
        put_json_str(b, text);
    }
    LIT(b, "}");
    if (missing.n > 1) putf(b, ",\"missing\":%.*s]", FMT(buf_str(&missing)));
    if (parts.n > 1) putf(b, ",\"parts\":%.*s]", FMT(buf_str(&parts)));
}

/* The worst of two answers; what does not apply says nothing. */
static enum rule_state
worse(enum rule_state a, enum rule_state b)
{
    static const int rank[RULE_STATES] = { [RULE_NA] = 0, [RULE_FIGURE] = 1, [RULE_OK] = 1, [RULE_NOTE] = 2, [RULE_UNKNOWN] = 3,
                                            [RULE_WARN] = 4, [RULE_ERROR] = 5 };
    return rank[b] > rank[a] ? b : a;
}

static void
put_staff(struct buf *b, const char *name, const struct staff_id *ids, size_t n)
{
    if (n == 0) return;
    putf(b, ",\"%s\":[", name);
    for (size_t i = 0; i < n && i < NAMED_MAX; i++) putf(b, "%s%lld", i ? "," : "", (long long)ids[i].v);
    LIT(b, "]");
}

/* A rule for workers: each one by himself; the unit's lamp is the worst of them, and says who (HNG-06). */
static void
ask_workers(struct run *r, const struct rule_ready *ready, struct rule_change *c)
{
    size_t n = r->measures->units[r->unit].workers_n, bad_n = 0, open_n = 0, asked = 0;
    struct staff_id *bad = NEW(r->arena, struct staff_id, n + 1), *open = NEW(r->arena, struct staff_id, n + 1);
    struct buf b = { .arena = r->arena };
    c->state = ready->any_part && n > 0 ? RULE_UNKNOWN : RULE_NA;
    r->of_worker = true;
    for (r->worker = 0; r->worker < n && !ready->any_part; r->worker++) {
        struct rule_answer answer = rule_ask(ready, r->arena, lookup, r);
        if (answer.state == RULE_NA) continue;
        asked++;
        c->state = worse(c->state, answer.state);
        if (answer.state == RULE_UNKNOWN) open[open_n++] = measures_worker(r->measures, r->unit, r->worker);
        else if (answer.state != RULE_OK) bad[bad_n++] = measures_worker(r->measures, r->unit, r->worker);
    }
    r->of_worker = false;
    LIT(&b, "{\"in\":{");
    for (size_t i = 0; i < ready->rule->params_n; i++) {
        struct str text = value_text(r->arena, ready->params[i]);
        if (text.n == 0) continue;
        next_text(&b, ready->rule->params[i].code);
        LIT(&b, ":");
        put_json_str(&b, text);
    }
    LIT(&b, "}");
    if (ready->any_part) {
        struct buf parts = { .arena = r->arena };
        LIT(&parts, "[");
        for (size_t i = 0; i < ready->inputs_n; i++)
            if (is_part(ready->inputs[i].metric) && !str_has(buf_str(&parts), str_of(ready->inputs[i].metric->part->code)))
                next_text(&parts, str_of(ready->inputs[i].metric->part->code));
        putf(&b, ",\"parts\":%.*s]", FMT(buf_str(&parts)));
    } else {
        c->left = str_fmt(r->arena, "%zu", asked - bad_n - open_n);
        c->right = str_fmt(r->arena, "%zu", asked);
    }
    put_staff(&b, "failing", bad, bad_n);
    put_staff(&b, "unclear", open, open_n);
    LIT(&b, "}");
    c->figures = buf_str(&b);
}

static void
ask_unit(struct run *r, const struct rule_ready *ready, struct rule_change *c)
{
    struct buf b = { .arena = r->arena };
    struct rule_answer answer = rule_ask(ready, r->arena, lookup, r);
    c->state = answer.state;
    c->left = answer.left;
    c->right = answer.right;
    put_inputs(r, &b, ready);
    LIT(&b, "}");
    c->figures = buf_str(&b);
}

/* A summary: the worst of the rules that it sums up, found among the answers of this unit (from "first" on). */
static void
sum_up(struct run *r, const struct rule *rule, const struct rule_change *first, size_t n, struct rule_change *c)
{
    struct buf b = { .arena = r->arena };
    c->state = RULE_NA;
    LIT(&b, "{\"in\":{},\"of\":[");
    for (size_t k = 0; k < rule->all_of_n; k++)
        for (size_t i = 0; i < n; i++) {
            if (!str_eq(first[i].rule, rule->all_of[k])) continue;
            c->state = worse(c->state, first[i].state);
            next_text(&b, first[i].rule);
        }
    LIT(&b, "]}");
    c->figures = buf_str(&b);
}

static bool
asked_here(const struct rule *rule, const struct run_unit *u)
{
    bool station = str_is(u->level->scope, "township");
    if (str_is(rule->scope[0], "worker")) return u->workers_n > 0 || station;
    return rule_of_objects(rule) ? station : rule_of_scope(rule, u->level->scope);
}

static struct rule_change *
answers_of(struct run *r, size_t unit, size_t *n)
{
    const struct run_unit *u = &r->measures->units[unit];
    const struct place *p = place_of(r, u->profile);
    struct rule_change *all = NEW(r->arena, struct rule_change, p->n + 1);
    *n = 0;
    r->unit = unit;
    for (int round = 0; round < 2; round++)             /* summaries come last */
        for (size_t i = 0; i < p->n; i++) {
            const struct rule *rule = p->ready[i].rule;
            struct rule_change *c = &all[*n];
            if (!asked_here(rule, u) || (rule->all_of_n > 0) != (round == 1)) continue;
            *c = (struct rule_change){ .unit = u->id, .area = u->area, .version = p->ready[i].version, .rule = rule->id };
            if (rule->all_of_n) sum_up(r, rule, all, *n, c);
            else if (str_is(rule->scope[0], "worker")) ask_workers(r, &p->ready[i], c);
            else ask_unit(r, &p->ready[i], c);
            ++*n;
        }
    return all;
}

/* ---- What changed ---- */

static void
note(struct run *r, struct rule_change c)
{
    struct rule_changes *o = &r->out;
    if (o->n == o->cap) {
        size_t cap = o->cap ? o->cap * 2 : 256;
        struct rule_change *more = NEW(r->arena, struct rule_change, cap);
        if (o->n) memcpy(more, o->all, o->n * sizeof *more);
        o->all = more;
        o->cap = cap;
    }
    o->all[o->n++] = c;
}

/* Rows come by unit; the few of one unit are looked through, for databases order texts in their own ways. */
static size_t
standing_of(const struct run *r, struct unit_id unit, struct str rule)
{
    size_t low = 0, high = r->standing_n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (r->standing[mid].unit.v < unit.v) low = mid + 1;
        else high = mid;
    }
    for (; low < r->standing_n && r->standing[low].unit.v == unit.v; low++)
        if (str_eq(r->standing[low].rule, rule)) return low;
    return r->standing_n;
}

static bool
says_the_same(const struct run_standing_row *s, const struct rule_change *c)
{
    return rule_state_of(s->state) == c->state && str_eq(s->left_value, c->left) && str_eq(s->right_value, c->right) && str_eq(s->figures, c->figures)
        && s->version == c->version;
}

static void
compare(struct run *r, const struct rule_change *answers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t s = standing_of(r, answers[i].unit, answers[i].rule);
        if (s < r->standing_n) r->still[s] = true;
        if (s < r->standing_n && says_the_same(&r->standing[s], &answers[i])) continue;
        note(r, answers[i]);
    }
}

struct rule_changes
rules_work_out(struct db *db, struct unit_id one, struct date day)
{
    struct run r = { .db = db, .arena = db_arena(db), .day = day, .ev = evaluator_open() };
    r.measures = measures_open(db, one, day);
    measures_read_workers(r.measures);
    r.versions_n = run_versions(db, &r.versions);
    r.standing_n = run_standing(db, &r.standing, one.v ? RUN_STANDING_F_ONE : 0, 0, one);
    r.still = NEW(r.arena, bool, r.standing_n + 1);
    for (size_t u = 0; u < r.measures->units_n; u++) {
        size_t n;
        const struct run_unit *unit = &r.measures->units[u];
        if (unit->level == NULL || (one.v && unit->id.v != one.v)) continue;
        const struct rule_change *answers = answers_of(&r, u, &n);
        compare(&r, answers, n);
        r.out.units++;
    }
    for (size_t s = 0; s < r.standing_n; s++)
        if (!r.still[s]) note(&r, (struct rule_change){ .unit = r.standing[s].unit, .area = r.standing[s].area, .rule = r.standing[s].rule, .ends = true });
    evaluator_close(r.ev);
    return r.out;
}

bool
rules_try(struct db *db, const struct rule *rule, const struct profile *p, struct str expr, const struct value *params, struct unit_id top,
          struct rule_changes *out, struct expr_error *error)
{
    struct run r = { .db = db, .arena = db_arena(db), .day = today(), .ev = evaluator_open() };
    struct place only = { .profile = p, .n = 1, .ready = NEW(r.arena, struct rule_ready, 1) };
    struct run_below_row *below;
    bool fine = rule_prepare(r.ev, r.arena, rule, p, expr, params, only.ready, error);
    if (fine) {
        r.places = &only;
        r.measures = measures_open(db, (struct unit_id){ 0 }, r.day);
        if (str_is(rule->scope[0], "worker")) measures_read_workers(r.measures);
        size_t n = run_below(db, &below, top, p->code);
        for (size_t i = 0; i < n; i++) {
            size_t answers_n, u = measures_unit(r.measures, below[i].id);
            if (u == NO_UNIT || r.measures->units[u].level == NULL) continue;
            const struct rule_change *answers = answers_of(&r, u, &answers_n);
            for (size_t k = 0; k < answers_n; k++) note(&r, answers[k]);
            r.out.units++;
        }
    }
    *out = r.out;
    evaluator_close(r.ev);
    return fine;
}

/* ---- Writing ---- */

void
rules_write(struct db *db, const struct rule_change *some, size_t n, struct date day)
{
    struct instant now = instant_now();
    for (size_t i = 0; i < n; i++) {
        const struct rule_change *c = &some[i];
        run_end(db, c->area, c->unit, c->rule, day);
        if (c->ends) run_drop(db, c->area, c->unit, c->rule, day);
        else
            run_put(db, .area = c->area, .unit = c->unit, .rule = c->rule, .day = day, .state = rule_state_code(c->state), .left_value = c->left,
                    .right_value = c->right, .figures = c->figures, .version = c->version, .at = now);
    }
}

size_t
rules_run_unit(struct db *db, struct unit_id unit, struct date day)
{
    struct rule_changes c = rules_work_out(db, unit, day);
    rules_write(db, c.all, c.n, day);
    return c.n;
}

struct chunk { const struct rule_change *some; size_t n; struct date day; };

static bool
write_chunk(struct db *db, void *arg)
{
    const struct chunk *c = arg;
    rules_write(db, c->some, c->n, c->day);
    return db_error(db) == NULL;
}

bool
rules_run_all(struct db *db, rules_writer *write, struct date day, size_t *units, size_t *changed)
{
    struct arena a = { 0 }, w = { 0 };
    db_begin(db, &a, DB_READ);
    struct rule_changes c = rules_work_out(db, (struct unit_id){ 0 }, day);
    bool ok = db_error(db) == NULL;
    db_rollback(db);
    *units = c.units;
    *changed = c.n;
    for (size_t at = 0; ok && at < c.n; at += CHUNK) {
        struct chunk chunk = { c.all + at, c.n - at < CHUNK ? c.n - at : CHUNK, day };
        ok = write(&w, write_chunk, &chunk);
        arena_clear(&w);
    }
    arena_clear(&a);
    return ok;
}
