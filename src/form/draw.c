/* Chooses the control for a field; the markup stands in draw.html. */
#include "codes/codes.h"
#include "form/draw.h"
#include "form/draw_html.h"
#include "http/rq.h"
#include <sodium.h>

enum { TICKS_MAX = 12 };                /* up to so many choices are shown as ticks, more as a list */

const char *
choice_label(const struct choice *c, enum lang lang)
{
    if (lang == LANG_ZH) return c->zh;
    return c->en != NULL ? c->en : tr(lang, c->zh);
}

bool
list_has(struct str list, const char *code)
{
    while (list.n)
        if (str_is(str_cut(&list, ','), code)) return true;
    return false;
}

size_t
errors_count(const struct form_error *e)
{
    size_t n = 0;
    for (; e != NULL; e = e->next) n++;
    return n;
}

const struct form_error *
error_at(const struct form_error *e, size_t i)
{
    while (i-- > 0) e = e->next;
    return e;
}

/* "goals.0.text" names the column of a table: its own label behind the table's. */
const char *
error_label(const struct form *form, const char *name, enum lang lang)
{
    struct str rest = str_of(name), first = str_cut(&rest, '.');
    for (size_t i = 0; form != NULL && i < form->n; i++)
        if (str_is(first, form->fields[i].name)) return field_label(&form->fields[i], lang);
    return name;
}

void
control_draw(struct buf *o, const struct control *c)
{
    size_t n = c->choices_n;
    const struct choice *all = c->choices;
    if (all == NULL) all = field_choices(c->f, &n);
    switch (c->f->kind) {
    case F_TEXT: control_text(o, c, "text"); break;
    case F_PASSWORD: control_text(o, c, "password"); break;
    case F_HIDDEN: control_text(o, c, "hidden"); break;
    case F_DATE: control_text(o, c, "date"); break;
    case F_DATETIME: control_text(o, c, "datetime-local"); break;
    case F_INT: case F_DEC: case F_MONEY: control_number(o, c); break;
    case F_LONG: control_long(o, c); break;
    case F_BOOL: control_bool(o, c); break;
    case F_SCALE: control_number(o, c); break;
    case F_SINGLE:
        if (n <= TICKS_MAX && !c->in_cell) control_ticks(o, c, all, n, "radio");
        else control_select(o, c, all, n, false);
        break;
    case F_MULTI:
        if (n <= TICKS_MAX && !c->in_cell) control_ticks(o, c, all, n, "checkbox");
        else control_select(o, c, all, n, true);
        break;
    case F_STAFF: case F_UNIT: control_select(o, c, all, n, false); break;
    case F_DIVISION: case F_PERSON:
        if (all != NULL) control_select(o, c, all, n, false);
        else control_text(o, c, "text");
        break;
    case F_SIGN: control_sign(o, c); break;
    case F_FILE: control_file(o, c); break;
    case F_TABLE: case F_NOTE: break;
    case F_COMPUTED: value_show(o, c->f, c->value); break;
    }
}

void
row_draw(struct buf *o, const struct control *c)
{
    size_t n = c->choices_n;
    if (c->choices == NULL) field_choices(c->f, &n);
    bool group = (c->f->kind == F_SINGLE || c->f->kind == F_MULTI) && n <= TICKS_MAX && n > 0;
    if (c->f->kind == F_HIDDEN) control_text(o, c, "hidden");
    else row_whole(o, c, c->f->required || c->f->required_if_shown, group);
}

static void
show_codes(struct buf *o, const struct field *f, struct str value)
{
    size_t n;
    const struct choice *all = field_choices(f, &n);
    for (bool first = true; value.n; first = false) {
        struct str code = str_cut(&value, ',');
        const char *label = f->codes != NULL ? codes_label(codes_table(f->codes), code, o->lang) : "";
        for (size_t i = 0; i < n && label[0] == '\0'; i++)
            if (str_is(code, all[i].code)) label = choice_label(&all[i], o->lang);
        if (!first) put_cstr(o, o->lang == LANG_ZH ? "、" : ", ");       /* not shown */
        if (label[0]) put_cstr(o, label);
        else put_str(o, code);
    }
}

void
value_show(struct buf *o, const struct field *f, struct str value)
{
    if (value.n == 0) return;
    switch (f->kind) {
    case F_SINGLE: case F_MULTI: show_codes(o, f, value); break;
    case F_BOOL: put_bool(o, str_is(value, "1")); break;
    case F_TEXT: case F_LONG: case F_DATE: case F_DATETIME: case F_INT: case F_DEC: case F_MONEY: case F_PERSON: case F_STAFF:
    case F_UNIT: case F_DIVISION: case F_SCALE: case F_HIDDEN: case F_COMPUTED: put_str(o, value); break;
    case F_SIGN: signature(o, value); break;
    case F_PASSWORD: case F_TABLE: case F_FILE: case F_NOTE: break;
    }
}

/* "M12 40L14 42…": what the signature pad draws, and nothing else. */
bool
signature_drawn(struct str v)
{
    if (v.n < 4 || v.p[0] != 'M') return false;
    for (size_t i = 0; i < v.n; i++)
        if (v.p[i] != 'M' && v.p[i] != 'L' && v.p[i] != ' ' && (v.p[i] < '0' || v.p[i] > '9')) return false;
    return true;
}

void
form_errors(struct buf *o, const struct form *form, const struct rq *rq)
{
    if (rq->errors != NULL) errors_list(o, rq->errors, form, false);
}

void
csrf_field(struct buf *o)
{
    if (o->rq == NULL) return;
    uint64_t once;
    randombytes_buf(&once, sizeof once);
    csrf_input(o, o->rq->csrf, str_fmt(o->arena, "%016llx", (unsigned long long)once), rq_page(o->rq));
}
