/* The list of cases, and an official form, as a spreadsheet. */
#include "casework/case.h"
#include "casework/case_views.h"
#include "network/network.h"
#include "paper/book.h"
#include "paper/print.h"
#include "paper/give.h"
#include "people/people.h"

static const struct book_column columns[] = {
    { T("服务对象"), CELL_TEXT, 14 }, { T("性别"), CELL_TEXT, 8 }, { T("年龄"), CELL_NUMBER, 8 }, { T("编号"), CELL_TEXT, 22 },
    { T("个案类别"), CELL_TEXT, 14 }, { T("阶段"), CELL_TEXT, 12 }, { T("紧急程度"), CELL_TEXT, 12 }, { T("风险"), CELL_TEXT, 10 },
    { T("社工"), CELL_TEXT, 12 }, { T("单位"), CELL_TEXT, 32 }, { T("接案日期"), CELL_DATE, 12 }, { T("上次联系"), CELL_DATE, 12 },
    { T("下一时限"), CELL_TIME, 18 }, { T("时限事项"), CELL_TEXT, 18 },
};

static void
book_case(struct rq *rq, struct book *b, const struct case_list_row *c)
{
    int age = date_age(c->born, today());
    book_person(b, c->person);
    book_text(b, c->name);
    book_cstr(b, code_of("sex", c->sex, rq->lang));
    book_number(b, age >= 0 ? age : NO_INT);
    book_text(b, c->no);
    book_cstr(b, grade_label(c->grade, rq->lang));
    book_cstr(b, state_label(c->state, rq->lang));
    book_cstr(b, urgency_label(c->urgency, rq->lang));
    book_cstr(b, risk_label(c->risk, rq->lang));
    book_text(b, c->worker_name);
    book_text(b, c->unit_name);
    book_date(b, c->opened);
    book_date(b, c->last);
    book_time(b, c->due_at);
    book_cstr(b, due_label(c->due_kind, rq->lang));
    book_row(b);
}

/* The page is turned by the number of rows, so chunks are large here. */
static enum http
export(struct rq *rq)
{
    enum { CHUNK = 4 * BOOK_CHUNK };
    struct case_query q = case_query_asked(rq);
    struct case_list_row *rows;
    struct str unit = unit_name(rq->db, rq->who.focus);
    struct book *b = book_open(rq, T("个案"), columns, COUNT(columns));
    size_t n;

    if (b == NULL) return HTTP_UNAVAILABLE;
    if (q.sort == CASE_LIST_BY_OPENED) q.sort = CASE_LIST_BY_WALK;       /* everything is read anyway: no need to sort it for each chunk */
    q.in.limit = CHUNK;
    q.in.skip = 0;
    do {
        if (!book_chunk(b)) break;
        n = case_list_with(rq->db, &rows, q.filters, q.sort, &q.in);
        for (size_t i = 0; i < n; i++)
            if (category_exported(rows[i].categories)) book_case(rq, b, &rows[i]);
        q.in.skip += CHUNK;
    } while (n == CHUNK);
    return book_send(b, "cases", unit);
}

/* ---- One form: a line for each field that was filled in, also of its tables ---- */

static const struct book_column form_columns[] = { { T("部分"), CELL_TEXT, 22 }, { T("栏目"), CELL_TEXT, 34 }, { T("内容"), CELL_TEXT, 80 } };

struct line { struct book *b; struct str section; };

static void
line(const struct line *at, struct str label, struct str value)
{
    if (value.n == 0) return;
    book_text(at->b, at->section);
    book_text(at->b, label);
    book_text(at->b, value);
    book_row(at->b);
}

static void
book_table(const struct line *at, const struct drawn_doc *d, const struct doc_field *x)
{
    struct arena *a = d->env->arena;
    for (size_t r = 0, rows = doc_rows(d->doc, x->f.name); r < rows; r++)
        for (size_t i = 0; i < x->columns_n; i++) {
            const struct doc_field *c = &x->columns[i];
            if (c->f.kind == F_SIGN || c->f.kind == F_FILE || !doc_readable(d, c)) continue;
            struct str value = c->f.kind == F_COMPUTED ? doc_cell_computed(a, x, c, r, d->doc) : print_value(d, c, doc_cell(d->doc, x->f.name, r, c->f.name));
            line(at, str_fmt(a, "%s %zu · %s", field_label(&x->f, d->env->lang), r + 1, field_label(&c->f, d->env->lang)), value);
        }
}

static void
book_field(const struct line *at, const struct drawn_doc *d, const struct doc_field *x)
{
    const char *label = field_label(&x->f, d->env->lang);
    if (!doc_readable(d, x)) {
        line(at, str_of(label), str_of(tr(d->env->lang, T("无权查看"))));
    } else if (x->f.kind == F_TABLE) {
        book_table(at, d, x);
    } else if (x->f.kind == F_SIGN) {
        line(at, str_of(label), doc_shown_text(d, x, d->doc).n ? str_of(tr(d->env->lang, T("已签名"))) : NO_STR);
    } else if (x->f.kind == F_SCALE && x->f.choices_n) {
        for (size_t i = 0; i < x->f.choices_n; i++)
            line(at, str_fmt(d->env->arena, "%s · %s", label, choice_label(&x->f.choices[i], d->env->lang)), doc_scale_line(d, x, i));
    } else {
        line(at, str_of(label), print_value(d, x, doc_shown_text(d, x, d->doc)));
    }
}

static enum http
one_form(struct rq *rq)
{
    struct doc_page v;
    struct casefile *k = case_of(rq);
    if (!case_doc_open(rq, &v, (struct doc_id){ rq->ids[1] }) || !case_may_read(rq, k, 2)) return HTTP_NOT_FOUND;
    struct drawn_doc d = { .env = v.env, .form = v.form, .doc = v.doc };
    struct book *b = book_open(rq, T("个案表单"), form_columns, COUNT(form_columns));
    if (b == NULL) return HTTP_UNAVAILABLE;
    for (size_t s = 0; s < v.form->sections_n; s++) {
        const struct doc_section *sec = &v.form->sections[s];
        const struct line at = { b, str_of(section_label(sec, rq->lang)) };
        for (size_t i = 0; i < sec->n; i++) {
            const struct doc_field *x = &v.form->fields[sec->first + i];
            if (x->f.kind != F_FILE && x->f.kind != F_NOTE && doc_asked(v.form, x, v.doc)) book_field(&at, &d, x);
        }
    }
    book_case_of(b, k->c.id, k->c.person, k->c.level);
    rq_note_read(rq, "case", k->c.id.v, str_fmt(rq->arena, "xlsx %s", v.form->code).p);
    return book_send(b, "case_form", str_fmt(rq->arena, "%s-%.*s", v.form->code, FMT(k->c.no)));
}

const struct route export_routes[] = {
    GIVEN("/cases/export", CASE_READ, export, .title = T("导出个案")),
    GIVEN("/cases/:case/forms/:form/xlsx", CASE_READ, one_form, .scope = case_scope, .title = T("导出表单")),
};
const size_t export_routes_n = COUNT(export_routes);
