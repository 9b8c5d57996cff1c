/* Documents on the screen; the markup stands in docdraw.html. */
#include "form/docdraw.h"
#include "form/docdraw_html.h"

enum { FROM_MAX = 200, FROM_NEW = 8 };

const char *
section_label(const struct doc_section *s, enum lang lang)
{
    return lang == LANG_EN ? s->en : s->zh;
}

struct str
row_name(struct arena *a, const char *table, const char *row, const char *column)
{
    return str_fmt(a, "%s.%s.%s", table, row, column);
}

struct str
number_text(struct arena *a, size_t i)
{
    return str_fmt(a, "%zu", i);
}

int64_t
number_from_1(struct arena *a, struct str number)
{
    int64_t v = 0;
    (void)a;
    str_int(number, &v);
    return v + 1;
}

const char *
doc_error_of(const struct drawn_doc *d, struct str name)
{
    for (const struct form_error *e = d->errors; e != NULL; e = e->next)
        if (e->field != NULL && str_is(name, e->field)) return e->why;
    return NULL;
}

size_t
table_rows_drawn(const struct drawn_doc *d, const struct doc_field *x)
{
    size_t rows = doc_rows(d->doc, x->f.name), least = x->min_rows > 0 ? (size_t)x->min_rows : 1;
    return rows > least ? rows : least;
}

bool
doc_readable(const struct drawn_doc *d, const struct doc_field *x)
{
    return d->env->may_read == NULL || d->env->may_read(d->env, x->f.level);
}

/* What a row is called where it can be chosen: its first text. */
static const char *
row_label(const json_t *row)
{
    static const char *const names[] = { "goal", "description", "action", "text", "need" };
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *v = json_string_value(json_object_get(row, names[i]));
        if (v != NULL) return v;
    }
    return "";
}

static size_t
offer_rows(const struct doc_env *env, const char *table, const char *prefix, const json_t *rows, bool own, struct choice *all, size_t n)
{
    size_t count = json_array_size(rows), shown = own ? count + FROM_NEW : count;
    (void)table;
    for (size_t i = 0; i < shown && n < FROM_MAX; i++, n++) {
        struct str label = str_of(row_label(json_array_get(rows, i)));
        if (label.n > 60) {
            size_t cut = 60;
            while (cut && ((unsigned char)label.p[cut] & 0xC0) == 0x80) cut--;
            label.n = cut;
        }
        const char *text = str_fmt(env->arena, "%zu %.*s", i + 1, FMT(label)).p;
        all[n] = (struct choice){ str_fmt(env->arena, "%s%zu", prefix, i + 1).p, text, text };
    }
    return n;
}

const struct choice *
doc_from(const struct doc_env *env, const struct doc_field *x, const json_t *doc, size_t *n)
{
    struct choice *all = NEW(env->arena, struct choice, FROM_MAX);
    struct str list = str_of(x->from);
    bool several = memchr(list.p, ',', list.n) != NULL;
    *n = 0;
    while (list.n) {
        const char *name = str_z(env->arena, str_cut(&list, ','));
        bool other = strchr(name, '.') != NULL;
        const json_t *rows = other ? (env->value ? env->value(env, name) : NULL) : json_object_get(doc, name);
        const char *prefix = several ? str_fmt(env->arena, "%s:", name).p : "";
        *n = offer_rows(env, name, prefix, rows, !other, all, *n);
    }
    return all;
}

const struct choice *
doc_offered(const struct drawn_doc *d, const struct doc_field *x, size_t *n)
{
    *n = 0;
    if (x->from != NULL) return doc_from(d->env, x, d->doc, n);
    bool asks = x->catalogue != NULL || x->f.kind == F_STAFF || x->f.kind == F_UNIT || x->f.kind == F_DIVISION;
    return asks && d->env->offer != NULL ? d->env->offer(d->env, x, n) : NULL;
}

struct str
doc_shown_text(const struct drawn_doc *d, const struct doc_field *x, const json_t *doc)
{
    if (x->f.kind != F_COMPUTED) return doc_text(doc, x->f.name);
    return x->computed != NULL && d->env->source != NULL ? d->env->source(d->env, x->computed) : NO_STR;
}

void
doc_control(struct buf *o, const struct drawn_doc *d, const struct doc_field *x)
{
    if (x->supervisor && !d->env->reviewing) return;
    if (x->f.kind == F_TABLE) {
        rows_table(o, d, x);
        return;
    }
    if (x->f.kind == F_SCALE && x->f.choices_n) {
        scale_lines(o, d, x);
        return;
    }
    struct field f = x->f;
    f.required = x->needed;
    f.required_if_shown = x->conditional && f.if_field != NULL;
    struct control c = { .f = &f, .name = str_of(f.name), .value = doc_shown_text(d, x, d->doc), .error = doc_error_of(d, str_of(f.name)) };
    c.choices = doc_offered(d, x, &c.choices_n);
    row_draw(o, &c);
}

void
doc_cell_control(struct buf *o, const struct drawn_doc *d, const struct doc_field *table, const struct doc_field *col, struct str name,
                 struct str value)
{
    struct control c = { .f = &col->f, .name = name, .value = value, .error = doc_error_of(d, name), .in_cell = true };
    (void)table;
    if (col->f.kind == F_COMPUTED) return;
    c.choices = doc_offered(d, col, &c.choices_n);
    control_draw(o, &c);
    if (c.error != NULL) {
        LIT(o, "<p class=\"form-error\">");
        put_cstr(o, c.error);
        LIT(o, "</p>");
    }
}

/* A value by its label where it was chosen, else as it is. */
static void
show(struct buf *o, const struct drawn_doc *d, const struct doc_field *x, struct str value)
{
    size_t n;
    const struct choice *all = doc_offered(d, x, &n);
    if (all == NULL || n == 0) {
        value_show(o, &x->f, value);
        return;
    }
    for (bool first = true; value.n; first = false) {
        struct str one = str_cut(&value, ',');
        const char *label = NULL;
        for (size_t i = 0; i < n && label == NULL; i++)
            if (str_is(one, all[i].code)) label = choice_label(&all[i], o->lang);
        if (!first) put_cstr(o, o->lang == LANG_ZH ? "、" : ", ");       /* not shown */
        if (label != NULL) put_cstr(o, label);
        else put_str(o, one);
    }
}

void
doc_value(struct buf *o, const struct drawn_doc *d, const struct doc_field *x, const json_t *doc)
{
    if (x->f.kind == F_TABLE) {
        if (doc_rows(doc, x->f.name)) doc_table_shown(o, d, x, doc);
    } else if (x->f.kind == F_SCALE && x->f.choices_n) {
        doc_scale_shown(o, d, x, doc);
    } else {
        show(o, d, x, doc_shown_text(d, x, doc));
    }
}

static double
number(struct arena *a, struct str s)
{
    return s.n ? strtod(str_z(a, s), NULL) : 0;
}

struct str
doc_cell_computed(struct arena *arena, const struct doc_field *table, const struct doc_field *col, size_t row, const json_t *doc)
{
    struct buf o = { .arena = arena };
    struct str rest = str_of(col->computed), first = str_cut(&rest, '-');          /* "after-before" */
    if (rest.n == 0) return NO_STR;
    struct str a = doc_cell(doc, table->f.name, row, str_z(arena, first)), b = doc_cell(doc, table->f.name, row, str_z(arena, rest));
    if (a.n && b.n) put_real(&o, number(arena, a) - number(arena, b));
    return buf_str(&o);
}

void
doc_cell_value(struct buf *o, const struct drawn_doc *d, const struct doc_field *table, const struct doc_field *col, size_t row,
               const json_t *doc)
{
    if (col->f.kind == F_COMPUTED) put_str(o, doc_cell_computed(o->arena, table, col, row, doc));
    else show(o, d, col, doc_cell(doc, table->f.name, row, col->f.name));
}

struct str
doc_scale_line(const struct drawn_doc *d, const struct doc_field *x, size_t line)
{
    return doc_text(json_object_get(d->doc, x->f.name), x->f.choices[line].code);
}

bool
doc_differs(const struct doc_field *x, const json_t *a, const json_t *b)
{
    const json_t *va = json_object_get(a, x->f.name), *vb = json_object_get(b, x->f.name);
    if (va == NULL || vb == NULL) return va != vb;
    return !json_equal(va, vb);
}

size_t
doc_differences(const struct doc_form *f, const json_t *a, const json_t *b)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) n += doc_differs(&f->fields[i], a, b);
    return n;
}

void
doc_draw(struct buf *o, const struct doc_env *env, const struct doc_form *f, const json_t *doc, const struct form_error *errors)
{
    doc_sections(o, &(struct drawn_doc){ env, f, doc, NULL, errors });
}

void
doc_show(struct buf *o, const struct doc_env *env, const struct doc_form *f, const json_t *doc)
{
    doc_shown(o, &(struct drawn_doc){ env, f, doc, NULL, NULL });
}

void
doc_diff(struct buf *o, const struct doc_env *env, const struct doc_form *f, const json_t *old, const json_t *fresh)
{
    doc_compared(o, &(struct drawn_doc){ env, f, fresh, old, NULL });
}

struct str
doc_public(const struct doc_env *env, const struct doc_form *f, const json_t *doc)
{
    const struct drawn_doc d = { env, f, doc, NULL, NULL };
    json_t *seen = json_object();
    for (size_t i = 0; i < f->n; i++) {
        const struct doc_field *x = &f->fields[i];
        json_t *v = json_object_get(doc, x->f.name);
        if (v == NULL || !doc_readable(&d, x)) continue;
        json_object_set_new(seen, x->f.name, v = json_deep_copy(v));
        for (size_t row = 0; row < json_array_size(v); row++)
            for (size_t c = 0; c < x->columns_n; c++)
                if (!doc_readable(&d, &x->columns[c])) json_object_del(json_array_get(v, row), x->columns[c].f.name);
    }
    struct str text = doc_dump(env->arena, seen);
    json_decref(seen);
    return text;
}
