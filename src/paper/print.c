#include "paper/print.h"
#include "codes/codes.h"

enum { TICKS_MAX = 12, SHORT_VALUE = 22, SHORT_LABEL = 14 };
#define LABEL 0.18
#define HALF 0.32

/* ---- Values as text ---- */

static void
add(struct buf *o, const char *s)
{
    put(o, s, strlen(s));
}

/* "☑ 男　☐ 女": all choices, those that were chosen ticked.  A box and its word stay together. */
static void
boxes(struct buf *o, const struct choice *all, size_t n, struct str value)
{
    for (size_t i = 0; i < n; i++) {
        if (i) add(o, "　");                                                     /* not shown */
        add(o, list_has(value, all[i].code) ? "☑\u00a0" : "☐\u00a0");           /* not shown */
        add(o, choice_label(&all[i], o->lang));
    }
}

static void
labels(struct buf *o, const struct field *f, const struct choice *all, size_t n, struct str value)
{
    for (bool first = true; value.n; first = false) {
        struct str code = str_cut(&value, ',');
        const char *label = f->codes != NULL ? codes_label(codes_table(f->codes), code, o->lang) : "";
        for (size_t i = 0; i < n && label[0] == '\0'; i++)
            if (str_is(code, all[i].code)) label = choice_label(&all[i], o->lang);
        if (!first) add(o, o->lang == LANG_ZH ? "、" : ", ");                    /* not shown */
        if (label[0]) add(o, label);
        else put_raw(o, code);
    }
}

static struct str
value_text(const struct drawn_doc *d, const struct doc_field *x, struct str value, bool in_cell)
{
    struct buf o = { .arena = d->env->arena, .lang = d->env->lang };
    size_t n;
    const struct choice *all = doc_offered(d, x, &n);
    bool fixed = x->f.kind == F_SINGLE || x->f.kind == F_MULTI;
    LIT(&o, "");
    bool same_on_every_form = all == NULL && fixed;      /* not the rows of a plan, or a station's staff */
    if (same_on_every_form) all = field_choices(&x->f, &n);
    if (same_on_every_form && !in_cell && n > 0 && n <= TICKS_MAX) boxes(&o, all, n, value);
    else if (fixed || all != NULL) labels(&o, &x->f, all, all ? n : 0, value);
    else if (x->f.kind == F_DATETIME && value.n > 10) putf(&o, "%.10s %.*s", value.p, (int)value.n - 11, value.p + 11);     /* the "T" of ISO */
    else if (x->f.kind == F_BOOL) add(&o, tr(o.lang, str_is(value, "1") ? T("是") : T("否")));
    else put_raw(&o, value);
    return buf_str(&o);
}

struct str
print_value(const struct drawn_doc *d, const struct doc_field *x, struct str value)
{
    return value.n ? value_text(d, x, value, true) : NO_STR;
}

/* Each line of a scale with its marks: "☐ 1　☑ 2　☐ 3". */
static struct str
marks_text(const struct drawn_doc *d, const struct doc_field *x, struct str mark)
{
    struct buf o = { .arena = d->env->arena };
    for (int64_t v = x->f.min; v <= x->f.max; v++) {
        struct str number = str_fmt(d->env->arena, "%lld", (long long)v);
        putf(&o, "%s%s\u00a0%.*s", v > x->f.min ? "　" : "", str_eq(mark, number) ? "☑" : "☐", FMT(number));       /* not shown */
    }
    return buf_str(&o);
}

/* ---- Rows ---- */

void
print_band(struct press *p, struct str text)
{
    press_row(p, &(struct press_cell){ 1, LOOK_BAND, text }, 1);
}

void
print_pair(struct press *p, const char *label, struct str value)
{
    struct press_cell cells[] = { { LABEL, LOOK_LABEL, str_of(label) }, { 1 - LABEL, LOOK_VALUE, value } };
    press_row(p, cells, COUNT(cells));
}

void
print_pairs(struct press *p, const char *label, struct str value, const char *label2, struct str value2)
{
    struct press_cell cells[] = { { LABEL, LOOK_LABEL, str_of(label) }, { HALF, LOOK_VALUE, value },
                                  { LABEL, LOOK_LABEL, str_of(label2) }, { HALF, LOOK_VALUE, value2 } };
    press_row(p, cells, COUNT(cells));
}

void
print_sign(struct press *p, const char *label, struct str sign)
{
    struct press_cell cells[] = { { LABEL, LOOK_LABEL, str_of(label) }, { 1 - LABEL, LOOK_SIGN, sign } };
    press_row(p, cells, COUNT(cells));
}

/* How wide a column is beside others. */
static double
weight(const struct doc_field *c)
{
    switch (c->f.kind) {
    case F_LONG: return 2.4;
    case F_TEXT: case F_SINGLE: case F_MULTI: return 1.5;
    case F_DATE: case F_DATETIME: return 1.4;
    case F_DEC: case F_MONEY: case F_BOOL: case F_PERSON: case F_STAFF: case F_UNIT: case F_DIVISION: case F_TABLE: case F_SCALE: case F_SIGN:
    case F_FILE: case F_PASSWORD: case F_HIDDEN: case F_NOTE: case F_COMPUTED: return 1;
    case F_INT: return 0.7;
    }
    return 1;
}

static void
print_table(struct press *p, const struct drawn_doc *d, const struct doc_field *x)
{
    enum lang lang = d->env->lang;
    struct press_cell cells[PRESS_CELLS_MAX];
    size_t n = x->columns_n < PRESS_CELLS_MAX ? x->columns_n : PRESS_CELLS_MAX;
    double whole = 0;
    press_row(p, &(struct press_cell){ 1, LOOK_LABEL, str_of(field_label(&x->f, lang)) }, 1);
    for (size_t i = 0; i < n; i++) whole += weight(&x->columns[i]);
    for (size_t i = 0; i < n; i++)
        cells[i] = (struct press_cell){ weight(&x->columns[i]) / whole, LOOK_LABEL, str_of(field_label(&x->columns[i].f, lang)) };
    press_heads(p, cells, n);
    size_t rows = doc_rows(d->doc, x->f.name);
    for (size_t r = 0; r < rows || r == 0; r++) {
        for (size_t i = 0; i < n; i++) {
            const struct doc_field *c = &x->columns[i];
            struct str value = c->f.kind == F_COMPUTED ? doc_cell_computed(d->env->arena, x, c, r, d->doc)
                                                       : value_text(d, c, doc_cell(d->doc, x->f.name, r, c->f.name), true);
            cells[i].look = c->f.kind == F_SIGN ? LOOK_SIGN : LOOK_VALUE;
            cells[i].text = rows ? value : NO_STR;
        }
        press_row(p, cells, n);
    }
    press_heads(p, NULL, 0);
}

static void
print_scale(struct press *p, const struct drawn_doc *d, const struct doc_field *x)
{
    print_pair(p, field_label(&x->f, d->env->lang), NO_STR);
    for (size_t i = 0; i < x->f.choices_n; i++) {
        struct press_cell cells[] = { { 0.5, LOOK_VALUE, str_of(choice_label(&x->f.choices[i], d->env->lang)) },
                                      { 0.5, LOOK_VALUE, marks_text(d, x, doc_scale_line(d, x, i)) } };
        press_row(p, cells, COUNT(cells));
    }
}

/* Does it take half a line? */
static bool
is_short(const char *label, struct str value, const struct field *f)
{
    return f->kind != F_LONG && !f->wide && utf8_len(str_of(label)) <= SHORT_LABEL && utf8_len(value) <= SHORT_VALUE
           && memchr(value.p ? value.p : "", '\n', value.n) == NULL;
}

struct waiting { const char *label; struct str value; };

static void
flush(struct press *p, struct waiting *w)
{
    if (w->label != NULL) print_pair(p, w->label, w->value);
    w->label = NULL;
}

static void
print_field(struct press *p, const struct drawn_doc *d, const struct doc_field *x, struct waiting *w)
{
    const char *label = field_label(&x->f, d->env->lang);
    bool shut = !doc_readable(d, x);
    struct str value = shut ? str_of(tr(d->env->lang, T("无权查看"))) : value_text(d, x, doc_shown_text(d, x, d->doc), false);

    if (!shut && x->f.kind == F_SCALE && !x->f.choices_n) value = marks_text(d, x, doc_text(d->doc, x->f.name));
    if (!shut && (x->f.kind == F_TABLE || (x->f.kind == F_SCALE && x->f.choices_n) || x->f.kind == F_SIGN)) {
        flush(p, w);
        if (x->f.kind == F_TABLE) print_table(p, d, x);
        else if (x->f.kind == F_SIGN) print_sign(p, label, value);
        else print_scale(p, d, x);
    } else if (!is_short(label, value, &x->f)) {
        flush(p, w);
        print_pair(p, label, value);
    } else if (w->label == NULL) {
        *w = (struct waiting){ label, value };
    } else {
        print_pairs(p, w->label, w->value, label, value);
        w->label = NULL;
    }
}

void
print_doc(struct press *p, const struct drawn_doc *d)
{
    for (size_t s = 0; s < d->form->sections_n; s++) {
        const struct doc_section *sec = &d->form->sections[s];
        struct waiting w = { 0 };
        print_band(p, str_of(section_label(sec, d->env->lang)));
        for (size_t i = 0; i < sec->n; i++) {
            const struct doc_field *x = &d->form->fields[sec->first + i];
            if (x->f.kind == F_FILE || x->f.kind == F_NOTE || !doc_asked(d->form, x, d->doc)) continue;
            print_field(p, d, x, &w);
        }
        flush(p, &w);
    }
}
