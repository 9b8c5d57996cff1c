#include "ledger/ledger_json.h"

struct entry_json { struct entry_id id; struct str ledger, unit, values; struct unit_id unit_id; };
static const struct shape_field fields[] = {
    SHAPE_ID(struct entry_json, id, entry_id, "编号"), SHAPE_TEXT(struct entry_json, ledger, "台账"), SHAPE_ID(struct entry_json, unit_id, unit_id, "单位编号"),
    SHAPE_TEXT(struct entry_json, unit, "单位"), SHAPE_TEXTS(struct entry_json, values, "填写的内容"),
};
const struct shape entry_row_shape = SHAPE("LedgerEntry", "台账", struct entry_json, fields);

/* What was filled in, by the names of the form's fields: codes and ISO dates as they are sent, people and units by name. */
static struct str
values_of(struct arena *a, const struct shown *s, enum lang lang)
{
    struct buf b = { .arena = a };
    const struct form *form = &s->l->form;
    const char *sep = "{";
    for (size_t i = 1; i < form->n; i++) {              /* the first field is the hidden version */
        const struct field *f = &form->fields[i];
        struct str text = f->kind == F_STAFF || f->kind == F_UNIT ? entry_text(a, f, s, lang) : form_text(a, f, &s->e);
        if (text.n == 0) continue;
        putf(&b, "%s\"%s\":", sep, f->name);
        put_json_str(&b, text);
        sep = ",";
    }
    if (sep[0] == '{') LIT(&b, "{");
    LIT(&b, "}");
    return buf_str(&b);
}

enum http
entry_list_json(struct rq *rq, const struct ledger_page *v)
{
    struct entry_json *rows = NEW(rq->arena, struct entry_json, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        const struct shown *s = &v->rows[i];
        rows[i] = (struct entry_json){ .id = s->id, .ledger = str_of(v->l->code), .unit_id = s->e.unit, .unit = s->unit_name,
                                       .values = values_of(rq->arena, s, rq->lang) };
    }
    return shape_list(rq, rows, v->n, v->total, shape_next_skip(rq, v->skip, v->most, v->total));
}
