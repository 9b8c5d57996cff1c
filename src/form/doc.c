/* Documents: from what was typed, from the database, new ones; their values. */
#include "codes/codes.h"
#include "form/doc.h"
#include "http/rq.h"

static void
drop(void *doc)
{
    json_decref(doc);
}

static json_t *
owned(struct arena *a, json_t *doc)
{
    if (doc != NULL) arena_defer(a, drop, doc);
    return doc;
}

json_t *
doc_parse(struct arena *a, struct str text)
{
    json_t *j = json_loadb(text.p ? text.p : "", text.n, JSON_REJECT_DUPLICATES, NULL);
    if (j != NULL && json_is_object(j)) return owned(a, j);
    json_decref(j);
    return NULL;
}

struct str
doc_dump(struct arena *a, const json_t *doc)
{
    char *z = json_dumps(doc, JSON_COMPACT | JSON_SORT_KEYS);
    if (z == NULL) log_fatal("a document cannot be written");
    struct str copy = str_dup(a, str_of(z));
    free(z);
    return copy;
}

static void
set(json_t *at, const char *key, struct str value)
{
    if (value.n) json_object_set_new(at, key, json_stringn(value.p, value.n));
}

/* Several values of one name are joined by commas. */
static void
add(json_t *at, const char *key, struct str value, bool many, struct arena *a)
{
    const json_t *have = many ? json_object_get(at, key) : NULL;
    if (value.n == 0) return;
    if (have != NULL) value = str_fmt(a, "%s,%.*s", json_string_value(have), FMT(value));
    set(at, key, value);
}

static json_t *
row_at(json_t *doc, const char *table, int64_t row, int64_t max)
{
    json_t *rows = json_object_get(doc, table);
    if (row < 0 || row >= max) return NULL;
    if (rows == NULL) {
        rows = json_array();
        json_object_set_new(doc, table, rows);
    }
    while ((int64_t)json_array_size(rows) <= row) json_array_append_new(rows, json_object());
    return json_array_get(rows, (size_t)row);
}

static const struct doc_field *
column_of(const struct doc_field *table, struct str key)
{
    for (size_t i = 0; i < table->columns_n; i++)
        if (str_is(key, table->columns[i].f.name)) return &table->columns[i];
    return NULL;
}

/* "goals.0.text" into the table, "satisfaction.attitude" into the scale, anything else by its name. */
static void
take(json_t *doc, const struct doc_form *f, const struct param *p, struct arena *a)
{
    struct str rest = p->name, key = str_cut(&rest, '.'), value = str_trim(p->value);
    const struct doc_field *x = doc_field(f, key);
    int64_t row;

    if (x == NULL || x->f.kind == F_COMPUTED || x->f.kind == F_FILE) return;
    if (x->f.kind == F_TABLE) {
        struct str number = str_cut(&rest, '.');
        const struct doc_field *c = column_of(x, rest);
        json_t *at = c != NULL && str_int(number, &row) ? row_at(doc, x->f.name, row, x->max_rows) : NULL;
        if (at != NULL) add(at, c->f.name, value, c->f.kind == F_MULTI, a);
    } else if (x->f.kind == F_SCALE && x->f.choices_n) {
        json_t *at = json_object_get(doc, x->f.name);
        if (at == NULL) json_object_set_new(doc, x->f.name, at = json_object());
        set(at, str_z(a, rest), value);
    } else if (rest.p == NULL) {
        add(doc, x->f.name, value, x->f.kind == F_MULTI, a);
    }
}

/* Rows in which nothing was typed are left out. */
static void
drop_empty_rows(json_t *doc)
{
    const char *key;
    json_t *v;
    void *next;
    json_object_foreach_safe(doc, next, key, v) {
        for (size_t i = json_array_size(v); i-- > 0;)
            if (json_object_size(json_array_get(v, i)) == 0) json_array_remove(v, i);
        if (json_is_array(v) && json_array_size(v) == 0) json_object_del(doc, key);
    }
}

json_t *
doc_read(const struct rq *rq, const struct doc_form *f)
{
    json_t *doc = owned(rq->arena, json_object());
    for (size_t i = 0; i < rq->params_n; i++) take(doc, f, &rq->params[i], rq->arena);
    drop_empty_rows(doc);
    return doc;
}

void
doc_propose(const struct doc_form *f, json_t *doc)
{
    for (size_t i = 0; i < f->rules_n; i++) {
        const struct doc_rule *r = &f->rules[i];
        if (strcmp(r->kind, "proposes") != 0 || doc_text(doc, r->fields[1]).n) continue;
        const struct doc_field *x = doc_field(f, str_of(r->fields[0]));
        const struct code_entry *e = x->f.codes ? codes_find(codes_table(x->f.codes), doc_text(doc, x->f.name)) : NULL;
        if (e != NULL) set(doc, r->fields[1], str_of(codes_text(e, "proposes")));
    }
}

/* Rows of another form, as far as they have columns of the same name. */
static void
prefill_rows(json_t *doc, const struct doc_field *x, const json_t *rows)
{
    json_t *made = json_array(), *row;
    size_t i;
    json_array_foreach(rows, i, row) {
        json_t *copy = json_object();
        for (size_t c = 0; c < x->columns_n; c++) {
            json_t *v = json_object_get(row, x->columns[c].f.name);
            if (v != NULL) json_object_set(copy, x->columns[c].f.name, v);
        }
        json_array_append_new(made, copy);
    }
    json_object_set_new(doc, x->f.name, made);
}

/* A table told in a long text: one line a row, the first value of it. */
static struct str
lines_of(struct arena *a, const json_t *rows)
{
    struct buf b = { .arena = a };
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row) {
        const char *key;
        json_t *v;
        bool first = true;
        json_object_foreach(row, key, v) {
            if (strcmp(key, "goal") != 0 && strcmp(key, "text") != 0) continue;
            if (!first) continue;
            putf(&b, "%zu. %s\n", i + 1, json_string_value(v));
            first = false;
        }
    }
    return str_trim(buf_str(&b));
}

/* What was chosen in another form ("D.evaluation_methods") becomes words where it fills a text. */
static struct str
as_words(const struct doc_env *env, const struct doc_field *x, struct str value)
{
    struct str rest = str_of(x->prefill);
    const struct doc_form *form = doc_form(str_cut(&rest, '.'));
    const struct doc_field *from = form ? doc_field(form, rest) : NULL;
    struct buf b = { .arena = env->arena };
    size_t n = 0;
    const struct choice *all = from && (x->f.kind == F_TEXT || x->f.kind == F_LONG) ? field_choices(&from->f, &n) : NULL;
    if (all == NULL || n == 0) return value;
    while (value.n) {
        struct str code = str_cut(&value, ',');
        const char *label = NULL;
        for (size_t i = 0; i < n && label == NULL; i++)
            if (str_is(code, all[i].code)) label = env->lang == LANG_EN ? all[i].en : all[i].zh;
        putf(&b, "%s%.*s", b.n ? (env->lang == LANG_EN ? ", " : "、") : "", FMT(label ? str_of(label) : code));       /* not shown */
    }
    return buf_str(&b);
}

static void
prefill(const struct doc_env *env, json_t *doc, const struct doc_field *x)
{
    const json_t *v = env->value ? env->value(env, x->prefill) : NULL;
    if (x->f.kind == F_TABLE) {
        if (json_is_array(v)) prefill_rows(doc, x, v);
    } else if (json_is_array(v)) {
        set(doc, x->f.name, lines_of(env->arena, v));
    } else if (json_is_string(v)) {
        set(doc, x->f.name, as_words(env, x, str_of(json_string_value(v))));
    } else if (env->source != NULL) {
        set(doc, x->f.name, env->source(env, x->prefill));
    }
}

json_t *
doc_new(const struct doc_env *env, const struct doc_form *f)
{
    json_t *doc = owned(env->arena, json_object());
    for (size_t i = 0; i < f->n; i++) {
        const struct doc_field *x = &f->fields[i];
        const char *text = env->lang == LANG_EN ? x->template_en : x->template_zh;
        if (x->prefill != NULL) prefill(env, doc, x);
        else if (text != NULL) set(doc, x->f.name, str_of(text));
    }
    return doc;
}

struct str
doc_text(const json_t *doc, const char *key)
{
    const json_t *v = json_object_get(doc, key);
    return json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) } : NO_STR;
}

size_t
doc_rows(const json_t *doc, const char *table)
{
    const json_t *v = json_object_get(doc, table);
    return json_is_array(v) ? json_array_size(v) : 0;
}

struct str
doc_cell(const json_t *doc, const char *table, size_t row, const char *column)
{
    return doc_text(json_array_get(json_object_get(doc, table), row), column);
}

bool
doc_asked(const struct doc_form *f, const struct doc_field *x, const json_t *doc)
{
    if (x->f.if_field == NULL) return true;
    const struct doc_field *other = doc_field(f, str_of(x->f.if_field));
    /* What hangs on a field that is itself not asked for is not asked for either. */
    return (other == NULL || doc_asked(f, other, doc)) && field_asked(&x->f, doc_text(doc, x->f.if_field));
}
