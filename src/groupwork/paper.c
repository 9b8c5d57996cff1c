/* Forms H–K as PDF; whoever has one has everybody's data who stands in it. */
#include "audit/disclose.h"
#include "groupwork/group_views.h"
#include "paper/give.h"
#include "paper/letterhead.h"
#include "paper/print.h"

void
group_given(struct rq *rq, const struct groupfile *k, struct disclosure *d, struct str what)
{
    struct group_persons_row *rows;
    size_t n = group_persons(rq->db, &rows, id_area(k->g.id.v), k->g.id);
    int64_t *persons = NEW(rq->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) persons[i] = rows[i].person.v;
    d->level = k->level;
    d->list = what;
    d->fields = what;
    d->rows = (int64_t)n;
    d->persons = persons;
    d->persons_n = n;
    disclosure_note_given(rq, d);
}

static struct str
time_text(struct arena *a, struct instant t)
{
    char text[24];
    instant_print(t, text);
    return str_dup(a, str_of(text));
}

static enum http
form(struct rq *rq)
{
    struct sheet_page v;
    char day[16];
    if (!group_sheet_open(rq, &v, (struct doc_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    struct letterhead h = letterhead(rq->db, v.k->g.unit);
    struct drawn_doc d = { .env = v.env, .form = v.form, .doc = v.doc };
    struct buf mark = { .arena = rq->arena };
    struct str title = str_of(doc_title(v.form, rq->lang));
    struct press *p = press_open(rq->arena, rq->lang, title, letterhead_foot(rq));
    put_raw(&mark, tr_fmt(rq->arena, rq->lang, T("表 %s"), v.form->code));
    if (v.row.seq) put_raw(&mark, tr_fmt(rq->arena, rq->lang, T(" · 第 %d 节"), (int)v.row.seq));
    put_raw(&mark, tr_fmt(rq->arena, rq->lang, T(" · 第 %d 版 · %s"), (int)v.row.version, doc_status_label(v.row.status, rq->lang)));
    press_begin(p, &(struct press_sheet){ .heading = h.heading, .title = title, .mark = buf_str(&mark), .number = v.k->g.no });
    print_doc(p, &d);
    date_print(v.row.filled_on, day);
    print_pairs(p, tr(rq->lang, T("填写人")), v.row.filled_by_name, tr(rq->lang, T("日期")), str_dup(rq->arena, str_of(day)));
    if (v.row.reviewed_name.n)
        print_pair(p, tr(rq->lang, T("督导意见")), str_fmt(rq->arena, "%.*s　%.*s %.*s", FMT(v.row.review.p ? v.row.review : STR("")),      /* not shown */
                                                          FMT(v.row.reviewed_name), FMT(time_text(rq->arena, v.row.reviewed_at))));
    press_seal(p, h.seal);
    group_given(rq, v.k, give_answered(rq, rq->form, v.k->g.unit, "print"), str_of(doc_title(v.form, LANG_ZH)));
    if (!press_write(p, &rq->body)) return HTTP_ERROR;
    rq->type = STR("application/pdf");
    rq->download = str_fmt(rq->arena, "%s-%.*s.pdf", v.form->code, FMT(v.k->g.no));
    rq_note_read(rq, "group", v.k->g.id.v, str_fmt(rq->arena, "pdf %s", v.form->code).p);
    return HTTP_OK;
}

const struct route group_paper_routes[] = {
    GIVEN("/groups/:group/forms/:sheet/pdf", GROUP_READ, form, .scope = group_scope, .title = T("打印 PDF")),
};
const size_t group_paper_routes_n = COUNT(group_paper_routes);
