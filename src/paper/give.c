#include "paper/give.h"
#include "codes/codes.h"
#include "paper/book.h"
#include "paper/give_html.h"

#define OUTSIDE .if_field = "give_purpose", .if_values = "client|authority|partner|other", .required_if_shown = true
static const struct field give_questions[] = {
    FIELD_CODE(struct give, give_purpose, "disclosure_purpose", "用途", .required = true, .wide = true),
    FIELD_TEXT(struct give, give_receiver, "提供给谁", .max = 120, OUTSIDE, .help = "单位和姓名。", .wide = true),
    FIELD_TEXT(struct give, give_basis, "依据", .max = 300, OUTSIDE, .help = "同意人和日期，或者法律名称和条款。", .wide = true),
    FIELD_TEXT(struct give, give_note, "用途说明", .max = 200, .if_field = "give_purpose", .if_values = "other", .required_if_shown = true,
               .wide = true),
};
const struct form give_form = FORM(struct give, give_questions);
static const struct give usual = { .give_purpose = { "internal", 8 } };

void
give_fields(struct buf *o, const struct rq *rq)
{
    form_draw(o, &give_form, (struct form_source){ .rq = rq != NULL && rq->route->form == &give_form ? rq : NULL, .values = &usual });
}

enum http
give_ask(struct rq *rq)
{
    rq->title = str_of(tr(rq->lang, rq->route->title));
    give_page(&rq->body, rq, book_url(rq, str_z(rq->arena, rq->path)));
    return HTTP_OK;
}

struct disclosure *
give_answered(struct rq *rq, const struct give *in, struct unit_id unit, const char *kind)
{
    struct disclosure *d = NEW(rq->arena, struct disclosure, 1);
    const struct code_entry *e = codes_find(codes_table("disclosure_purpose"), in->give_purpose);
    const char *label = e != NULL ? e->zh : "";
    bool outside = e != NULL && codes_flag(e, "outside");
    *d = (struct disclosure){ .unit = unit, .kind = kind, .told_on = NO_DATE };
    d->purpose = in->give_note.n ? str_fmt(rq->arena, "%s：%.*s", label, FMT(in->give_note)) : str_of(label);      /* not shown */
    d->receiver = outside ? in->give_receiver : str_of(tr(LANG_ZH, T("本单位")));
    d->basis = outside ? in->give_basis : str_of(tr(LANG_ZH, T("本单位履行职责使用，未对外提供")));
    return d;
}
