/* What a form of a case can ask for: prefilled values, computed fields, choices, rights. */
#include "casework/casework.h"
#include "codes/catalogue.h"
#include "referral/referral.h"
#include "report/report.h"
#include "seal/seal.h"

struct env_arg { struct rq *rq; struct casefile *k; struct case_client_row client; bool client_read; };

static struct env_arg *
arg_of(const struct doc_env *env)
{
    return env->arg;
}

const json_t *
case_form(struct rq *rq, const struct casefile *k, const char *form)
{
    struct docs_submitted_row *rows;
    if (!k->forms->loaded) {
        size_t n = docs_submitted(rq->db, &rows, id_area(k->c.id.v), k->c.id);
        *k->forms = (struct form_cache){ .loaded = true };
        for (size_t i = 0; i < n; i++)                  /* in the order of versions: the last one stays */
            if (rows[i].form.p[0] >= 'A' && rows[i].form.p[0] <= 'G') k->forms->text[rows[i].form.p[0] - 'A'] = rows[i].doc;
    }
    if (form[0] < 'A' || form[0] > 'G') return NULL;
    size_t i = (size_t)(form[0] - 'A');
    if (k->forms->doc[i] == NULL && k->forms->text[i].p != NULL) k->forms->doc[i] = doc_parse(rq->arena, k->forms->text[i]);
    return k->forms->doc[i];
}

void
case_forms_changed(struct casefile *k)
{
    k->forms->loaded = false;
}

static struct str
date_text(struct arena *a, struct date d)
{
    char *z = NEW(a, char, 16);
    return (struct str){ z, date_print(d, z) };
}

static struct str
time_text(struct arena *a, struct instant t)
{
    char *z = NEW(a, char, 24);
    size_t n = instant_print(t, z);
    if (n == 16) z[10] = 'T';           /* as a datetime-local control wants it */
    return (struct str){ z, n };
}

static struct str
id_text(struct arena *a, int64_t id)
{
    return id ? str_fmt(a, "%lld", (long long)id) : NO_STR;
}

/* Sealed values are opened only into forms of who may write in this case. */
static struct str
from_client(const struct doc_env *env, const char *name)
{
    struct env_arg *e = arg_of(env);
    struct case_client_row *c = &e->client;
    if (!e->client_read) e->client_read = case_client(e->rq->db, c, id_area(e->k->c.id.v), e->k->c.person);
    if (!e->client_read) return NO_STR;
    struct str n = str_of(name);
    bool open = case_may_write(e->rq, e->k);
    if (str_is(n, "sex")) return c->sex;
    if (str_is(n, "born")) return date_text(env->arena, c->born);
    if (str_is(n, "age")) {
        int age = date_age(c->born, today());
        return age < 0 ? NO_STR : str_fmt(env->arena, "%d", age);
    }
    if (str_is(n, "id_type")) return c->id_type.p ? c->id_type : c->idno_sealed.p ? STR("111") : NO_STR;
    if (str_is(n, "id_no")) return open ? unseal(env->arena, "person.idno", c->idno_sealed) : NO_STR;
    if (str_is(n, "ethnic")) return c->ethnic;
    if (str_is(n, "education")) return c->education;
    if (str_is(n, "marital")) return c->marital;
    if (str_is(n, "employment")) return c->employment;
    if (str_is(n, "phone")) return open ? unseal(env->arena, "person.phone", c->phone_sealed) : NO_STR;
    if (str_is(n, "division")) return c->division;
    if (str_is(n, "address")) return open ? unseal(env->arena, "person.address", c->address_sealed) : NO_STR;
    if (str_is(n, "reg_division")) return c->reg_division;
    if (str_is(n, "reg_address")) return open ? unseal(env->arena, "person.address", c->reg_address_sealed) : NO_STR;
    return NO_STR;
}

static struct str
from_case(const struct doc_env *env, const char *name)
{
    const struct case_get_row *c = &arg_of(env)->k->c;
    struct str n = str_of(name);
    if (str_is(n, "no")) return c->no;
    if (str_is(n, "opened_on")) return date_text(env->arena, c->opened);
    if (str_is(n, "contacts")) return str_fmt(env->arena, "%lld", (long long)c->contacts);
    if (str_is(n, "minutes")) return str_fmt(env->arena, "%lld", (long long)c->minutes);
    if (str_is(n, "person")) return c->name;
    if (str_is(n, "unit")) return id_text(env->arena, c->unit.v);
    if (str_is(n, "worker")) return id_text(env->arena, c->worker.v);
    return NO_STR;
}

/* Which forms the file holds, in words (7.4.2: the file is complete). */
static struct str
file_check(const struct doc_env *env)
{
    static const char *const letters[] = { "A", "B", "C", "D", "F" };
    struct env_arg *e = arg_of(env);
    struct buf b = { .arena = env->arena };
    for (size_t i = 0; i < COUNT(letters); i++)
        putf(&b, "%s%s %s", i ? "  " : "", letters[i],
             tr(env->lang, case_form(e->rq, e->k, letters[i]) != NULL ? T("有") : T("无")));
    putf(&b, "  E %lld", (long long)e->k->c.contacts);
    return buf_str(&b);
}

static struct str
consent_state(const struct doc_env *env, const char *kind)
{
    struct env_arg *e = arg_of(env);
    struct consent_held_row r;
    bool held = consent_held(e->rq->db, &r, id_area(e->k->c.id.v), e->k->c.person, str_of(kind)) && r.total > 0;
    return str_of(tr(env->lang, held ? T("已取得") : T("尚未取得")));
}

static struct str
source(const struct doc_env *env, const char *name)
{
    struct env_arg *e = arg_of(env);
    struct str n = str_of(name), rest = n, head = str_cut(&rest, '.');
    if (str_is(n, "now")) return time_text(env->arena, instant_now());
    if (str_is(n, "today")) return date_text(env->arena, today());
    if (str_is(n, "user")) return id_text(env->arena, e->rq->who.user.v);
    if (str_is(head, "person")) return from_client(env, rest.p);
    if (str_is(n, "case.file_check")) return file_check(env);
    if (str_is(head, "case")) return from_case(env, rest.p);
    if (str_is(n, "household.no")) {
        from_client(env, "sex");
        return e->client.household_no;
    }
    if (str_is(head, "referral")) return referral_text(e->rq, e->k->c.id, str_is(rest, "in"));
    if (str_is(n, "report.id")) return report_text(e->rq, e->k->c.id);
    if (str_is(n, "consent.data")) return consent_state(env, "processing");
    if (str_is(n, "consent.sensitive")) return consent_state(env, "sensitive");
    return NO_STR;
}

/* The household's other members as rows of the family table. */
static const json_t *
family(const struct doc_env *env)
{
    struct env_arg *e = arg_of(env);
    struct case_family_row *rows;
    json_t *list = json_array();
    if (e->k->c.household.v == 0) return list;
    size_t n = case_family(e->rq->db, &rows, id_area(e->k->c.id.v), e->k->c.household, e->k->c.person, e->rq->who.user);
    for (size_t i = 0; i < n; i++) {
        int age = date_age(rows[i].born, today());
        json_t *row = json_pack("{s:s%, s:s%, s:s%}", "name", rows[i].name.p, rows[i].name.n, "relation", rows[i].relation.p, rows[i].relation.n,
                                "sex", rows[i].sex.p, rows[i].sex.n);
        if (age >= 0) json_object_set_new(row, "age", json_string(str_fmt(env->arena, "%d", age).p));
        json_array_append_new(list, row);
    }
    return list;
}

static void
drop(void *j)
{
    json_decref(j);
}

static const json_t *
value(const struct doc_env *env, const char *name)
{
    struct env_arg *e = arg_of(env);
    struct str rest = str_of(name), head = str_cut(&rest, '.');
    if (strcmp(name, "household.members") == 0) {
        json_t *list = (json_t *)(uintptr_t)family(env);
        arena_defer(env->arena, drop, list);
        return list;
    }
    if (head.n != 1 || head.p[0] < 'A' || head.p[0] > 'G') return NULL;
    char letter[2] = { head.p[0], 0 };
    return json_object_get(case_form(e->rq, e->k, letter), rest.p);
}

static const struct choice *
villages(const struct doc_env *env, size_t *n)
{
    struct case_villages_row *rows;
    *n = case_villages(arg_of(env)->rq->db, &rows, arg_of(env)->k->c.unit);
    struct choice *all = NEW(env->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ rows[i].code.p, rows[i].name.p, rows[i].name.p };
    return all;
}

static const struct choice *
offer(const struct doc_env *env, const struct doc_field *x, size_t *n)
{
    struct env_arg *e = arg_of(env);
    *n = 0;
    if (x->catalogue != NULL) return catalogue_choices(x->catalogue, n);
    if (x->f.kind == F_DIVISION) return villages(env, n);
    if (x->f.kind == F_UNIT) {
        struct choice *one = NEW(env->arena, struct choice, 1);
        *n = 1;
        one[0] = (struct choice){ id_text(env->arena, e->k->c.unit.v).p, e->k->c.unit_name.p, e->k->c.unit_name.p };
        return one;
    }
    struct case_workers_row *rows;
    *n = case_workers(e->rq->db, &rows, e->k->c.unit);
    struct choice *all = NEW(env->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ id_text(env->arena, rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
    return all;
}

static bool
may_read(const struct doc_env *env, int level)
{
    return case_may_read(arg_of(env)->rq, arg_of(env)->k, level);
}

struct doc_env *
case_env(struct rq *rq, struct casefile *k)
{
    struct doc_env *env = NEW(rq->arena, struct doc_env, 1);
    struct env_arg *e = NEW(rq->arena, struct env_arg, 1);
    int age = date_age(k->c.born, today());
    const json_t *b = case_form(rq, k, "B"), *a = case_form(rq, k, "A");
    struct str risk = b ? doc_text(b, "risk_level") : NO_STR, capacity = a ? doc_text(a, "capacity") : k->c.capacity;
    const char **words = NEW(rq->arena, const char *, k->profile->words_n + 1);

    for (size_t i = 0; i < k->profile->words_n; i++) words[i] = k->profile->words[i].word.p;
    e->rq = rq;
    e->k = k;
    *env = (struct doc_env){
        .arena = rq->arena, .lang = rq->lang, .arg = e, .source = source, .value = value, .offer = offer, .may_read = may_read,
        .categories = k->c.categories, .label_words = words,
        .risky = str_is(risk, "medium") || str_is(risk, "high"),
        .full_capacity = !(age >= 0 && age < 18) && !str_is(capacity, "limited") && !str_is(capacity, "none"),
    };
    return env;
}
