/* Operational forms: parsing into a struct, drawing from it. */
#include "form/form.h"
#include "http/rq.h"
#include "view/view.h"

const struct form no_fields = { .name = "no_fields" };

/* All values of a name, joined by commas (several ticks of one list). */
static struct str
typed(const struct rq *rq, const struct field *f)
{
    struct str one = rq_param(rq, f->name);
    if (f->kind != F_MULTI) return f->kind == F_PASSWORD ? one : str_trim(one);
    struct buf b = { .arena = rq->arena };
    for (size_t i = 0; i < rq->params_n; i++)
        if (str_is(rq->params[i].name, f->name) && rq->params[i].value.n) {
            if (b.n) LIT(&b, ",");
            put_raw(&b, rq->params[i].value);
        }
    return b.n ? buf_str(&b) : one.p ? STR("") : NO_STR;
}

static void
store(const struct field *f, const struct field_value *v, void *at)
{
    switch (f->kind) {
    case F_TEXT: case F_LONG: case F_PASSWORD: case F_HIDDEN: case F_SINGLE: case F_MULTI: case F_DEC: case F_DIVISION: case F_SIGN:
        *(struct str *)at = v->text;
        break;
    case F_DATE: *(struct date *)at = v->date; break;
    case F_DATETIME: *(struct instant *)at = v->time; break;
    case F_INT: case F_SCALE: *(int64_t *)at = v->number; break;
    case F_PERSON: case F_STAFF: case F_UNIT: *(int64_t *)at = v->number == NO_INT ? 0 : v->number; break;
    case F_MONEY: *(struct money *)at = v->money; break;
    case F_BOOL: *(bool *)at = v->flag; break;
    case F_TABLE: case F_FILE: case F_NOTE: case F_COMPUTED: break;
    }
}

static const struct field *
field_of(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->n; i++)
        if (strcmp(form->fields[i].name, name) == 0) return &form->fields[i];
    return NULL;
}

static bool
asked(const struct rq *rq, const struct form *form, const struct field *f)
{
    const struct field *other = f->if_field ? field_of(form, f->if_field) : NULL;
    return other == NULL || field_asked(f, typed(rq, other));
}

bool
form_parse(struct rq *rq, const struct form *form)
{
    static const struct field_value nothing = { .date = { INT32_MIN }, .time = { INT64_MIN }, .money = { INT64_MIN }, .number = NO_INT };
    struct field_value v;

    rq->form = arena_alloc(rq->arena, form->size ? form->size : 1, _Alignof(max_align_t));
    rq->errors = NULL;
    if (form->fresh != NULL) memcpy(rq->form, form->fresh, form->size);
    for (size_t i = 0; i < form->n; i++) {
        const struct field *f = &form->fields[i];
        void *at = (char *)rq->form + f->offset;
        struct str text = typed(rq, f);
        store(f, &nothing, at);
        if (!asked(rq, form, f)) continue;
        if (text.n == 0) {
            if (f->required || (f->required_if_shown && f->if_field)) rq_invalid(rq, f->name, T("此项必填。"));
            continue;
        }
        const char *why = field_check(rq->arena, f, text, &v);
        if (why == NULL && f->kind == F_PERSON && (!str_int(text, &v.number) || v.number <= 0)) why = T("请从列表中选择。");
        if (why != NULL) rq_invalid(rq, f->name, why);
        else store(f, &v, at);
    }
    if (rq->errors == NULL && form->check != NULL) form->check(rq, rq->form);
    return rq->errors == NULL;
}

struct str
form_text(struct arena *a, const struct field *f, const void *values)
{
    const void *at = (const char *)values + f->offset;
    char *z = NEW(a, char, 40);
    switch (f->kind) {
    case F_TEXT: case F_LONG: case F_HIDDEN: case F_SINGLE: case F_MULTI: case F_DEC: case F_DIVISION: case F_SIGN:
        return *(const struct str *)at;
    case F_DATE: return (struct str){ z, date_print(*(const struct date *)at, z) };
    case F_DATETIME: return (struct str){ z, instant_print(*(const struct instant *)at, z) };
    case F_INT: case F_SCALE: {
        int64_t v = *(const int64_t *)at;
        return v == NO_INT ? NO_STR : str_fmt(a, "%lld", (long long)v);
    }
    case F_PERSON: case F_STAFF: case F_UNIT: {
        int64_t v = *(const int64_t *)at;
        return v == 0 ? NO_STR : str_fmt(a, "%lld", (long long)v);
    }
    case F_MONEY: return (struct str){ z, money_print(*(const struct money *)at, z) };
    case F_BOOL: return *(const bool *)at ? STR("1") : NO_STR;
    case F_PASSWORD: case F_TABLE: case F_FILE: case F_NOTE: case F_COMPUTED: return NO_STR;
    }
    return NO_STR;
}

static const char *
error_of(const struct rq *rq, const char *name)
{
    for (const struct form_error *e = rq ? rq->errors : NULL; e != NULL; e = e->next)
        if (e->field != NULL && strcmp(e->field, name) == 0) return e->why;
    return NULL;
}

static void
draw_one(struct buf *o, const struct field *f, struct form_source from)
{
    bool again = from.rq != NULL && (from.rq->errors != NULL || from.rq->again);
    struct control c = { .f = f, .name = str_of(f->name), .error = error_of(from.rq, f->name) };
    if (again && f->kind != F_PASSWORD) c.value = typed(from.rq, f);
    else if (from.values != NULL) c.value = form_text(o->arena, f, from.values);
    bool listed = (f->kind == F_SINGLE || f->kind == F_MULTI) && !f->choices && !f->codes;
    bool offered = f->kind == F_STAFF || f->kind == F_UNIT || f->kind == F_PERSON || listed;
    if (from.choices != NULL && offered) c.choices = from.choices(&from, f, &c.choices_n);
    if (f->kind == F_PERSON && c.choices == NULL) c.lookup = "/people/lookup";
    row_draw(o, &c);
}

void
form_draw(struct buf *o, const struct form *form, struct form_source from)
{
    for (size_t i = 0; i < form->n; i++) draw_one(o, &form->fields[i], from);
}

void
field_draw(struct buf *o, const struct form *form, const char *name, struct form_source from)
{
    const struct field *f = field_of(form, name);
    if (f == NULL) log_fatal("form %s has no field %s", form->name, name);
    draw_one(o, f, from);
}
