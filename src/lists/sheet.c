/* A list taken out of the program: as a spreadsheet and on paper. */
#include "codes/codes.h"
#include "lists/lists_views.h"
#include "network/network.h"
#include "paper/book.h"
#include "paper/letterhead.h"
#include "paper/print.h"

static size_t
some_lines(struct rq *rq, const struct list_open *o, struct line_id after, struct line_shown **lines)
{
    struct list_lines_row *rows;
    size_t n = list_lines(rq->db, &rows, after.v ? DB_AFTER : 0, LIST_LINES_BY_LINE, .area = id_area(o->l.id.v), .id = o->l.id, .after = after,
                          .most = BOOK_CHUNK);
    *lines = lines_shown(rq->arena, o->l.id, rows, n);
    return n;
}

static void
book_line(struct book *b, struct rq *rq, const struct list_open *o, const struct form *form, const struct line_shown *s, int64_t number)
{
    book_number(b, number);
    for (size_t i = 1; i < form->n; i++) {              /* the first field is the hidden version */
        const struct field *f = &form->fields[i];
        if (f->kind == F_INT) book_number(b, s->e.amount);
        else if (f->kind == F_DATE) book_date(b, s->e.due);
        else book_text(b, line_text(rq->arena, f, s, rq->lang));
    }
    book_cstr(b, line_state_label(o->kind->shape, s->state, rq->lang));
    if (o->kind->shape->counted) book_number(b, s->done);
    book_text(b, s->reason);
    book_row(b);
}

static enum http
to_book(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    const struct form *form = list_form(rq->arena, o->kind);
    struct book_column *columns = NEW(rq->arena, struct book_column, form->n + 4);
    struct line_shown *lines;
    struct line_id after = { 0 };
    size_t n = 0, found;
    int64_t number = 0;
    columns[n++] = (struct book_column){ T("序号"), CELL_NUMBER, 6 };
    for (size_t i = 1; i < form->n; i++)
        columns[n++] = (struct book_column){ form->fields[i].label, form->fields[i].kind == F_INT ? CELL_NUMBER : form->fields[i].kind == F_DATE ? CELL_DATE
                                             : CELL_TEXT, i == 1 ? 40 : 16 };
    columns[n++] = (struct book_column){ T("进展"), CELL_TEXT, 12 };
    if (o->kind->shape->counted) columns[n++] = (struct book_column){ T("完成数量"), CELL_NUMBER, 10 };
    columns[n++] = (struct book_column){ T("说明"), CELL_TEXT, 24 };
    struct book *b = book_open(rq, T("清单"), columns, n);
    if (b == NULL) return HTTP_UNAVAILABLE;
    do {
        if (!book_chunk(b)) break;
        found = some_lines(rq, o, after, &lines);
        for (size_t i = 0; i < found; i++) book_line(b, rq, o, form, &lines[i], ++number);
        if (found) after = lines[found - 1].id;
    } while (found == BOOK_CHUNK);
    return book_send(b, "list", o->l.unit_name);
}

/* ---- On paper: a number, what it says, up to four columns of its list, how far it is ---- */

enum { LISTED_MAX = 4, LINES_MAX = 2000 };

struct sheet { const struct field *fields[LISTED_MAX]; size_t n; };

static struct sheet
sheet_of(const struct list_open *o, const struct form *form)
{
    struct sheet s = { 0 };
    for (size_t i = 2; i < form->n && s.n < LISTED_MAX; i++)
        if (line_listed(o->kind, &form->fields[i])) s.fields[s.n++] = &form->fields[i];
    return s;
}

static void
row(struct press *p, const struct sheet *s, enum cell_look look, struct str number, struct str text, const struct str *values, struct str state)
{
    struct press_cell cells[LISTED_MAX + 3];
    size_t n = 0;
    double share = s->n ? 0.46 / (double)s->n : 0;
    cells[n++] = (struct press_cell){ 0.06, look == LOOK_LABEL ? look : LOOK_CENTRED, number };
    cells[n++] = (struct press_cell){ s->n ? 0.36 : 0.82, look, text };
    for (size_t i = 0; i < s->n; i++) cells[n++] = (struct press_cell){ share, look, values[i] };
    cells[n++] = (struct press_cell){ 0.12, look, state };
    press_row(p, cells, n);
}

/* What is too long for a column stands below the row. */
static void
print_longer(struct press *p, struct rq *rq, const struct list_open *o, const struct form *form, const struct line_shown *line)
{
    for (size_t i = 2; i < form->n; i++) {
        const struct field *f = &form->fields[i];
        struct str text = line_listed(o->kind, f) ? NO_STR : line_text(rq->arena, f, line, rq->lang);
        const struct press_cell cells[] = { { 0.06, LOOK_VALUE, STR("") }, { 0.16, LOOK_LABEL, str_of(field_label(f, rq->lang)) }, { 0.78, LOOK_VALUE, text } };
        if (text.n) press_row(p, cells, COUNT(cells));
    }
}

static void
print_head(struct press *p, struct rq *rq, const struct list_open *o)
{
    char from[16], to[16];
    const struct list_get_row *l = &o->l;
    struct str period = str_fmt(rq->arena, "%.*s — %.*s", (int)date_print(l->from, from), from, (int)date_print(l->to, to), to);
    print_pairs(p, tr(rq->lang, T("单位")), l->unit_name, tr(rq->lang, T("适用期")), period);
    if (!date_known(l->meeting_on)) return;
    print_pairs(p, tr(rq->lang, T("形成清单的会议")), l->meeting, tr(rq->lang, T("会议日期")),
                str_fmt(rq->arena, "%.*s", (int)date_print(l->meeting_on, from), from));
    print_pairs(p, tr(rq->lang, T("召集单位")), l->called_by, tr(rq->lang, T("参加方")), codes_joined(rq->arena, rq->lang, "list_party", l->parties));
}

static void
print_lines(struct press *p, struct rq *rq, const struct list_open *o)
{
    const struct form *form = list_form(rq->arena, o->kind);
    struct sheet s = sheet_of(o, form);
    struct str values[LISTED_MAX];
    struct line_shown *lines;
    struct line_id after = { 0 };
    int64_t number = 0;
    size_t found;
    for (size_t i = 0; i < s.n; i++) values[i] = str_of(field_label(s.fields[i], rq->lang));
    row(p, &s, LOOK_LABEL, str_of(tr(rq->lang, T("序号"))), str_of(field_label(&form->fields[1], rq->lang)), values, str_of(tr(rq->lang, T("进展"))));
    do {
        found = some_lines(rq, o, after, &lines);
        for (size_t i = 0; i < found && number < LINES_MAX; i++) {
            for (size_t k = 0; k < s.n; k++) values[k] = line_text(rq->arena, s.fields[k], &lines[i], rq->lang);
            number++;
            row(p, &s, LOOK_VALUE, str_fmt(rq->arena, "%lld", (long long)number), lines[i].e.text, values,
                str_of(line_state_label(o->kind->shape, lines[i].state, rq->lang)));
            print_longer(p, rq, o, form, &lines[i]);
        }
        if (found) after = lines[found - 1].id;
    } while (found == BOOK_CHUNK && number < LINES_MAX);
    if (number == LINES_MAX) press_text(p, str_of(tr(rq->lang, T("只印前2000条；全部条目请导出表格。"))), 9, false, false);
}

static enum http
to_paper(struct rq *rq)
{
    const struct list_open *o = list_of(rq);
    struct letterhead h = letterhead(rq->db, o->l.unit);
    struct str mark = tr_fmt(rq->arena, rq->lang, T("第 %d 版 · %s"), (int)o->l.number, list_state_label(o->l.state, rq->lang));
    struct press *p = press_open(rq->arena, rq->lang, o->l.title, letterhead_foot(rq));
    press_begin(p, &(struct press_sheet){ .heading = h.heading, .title = o->l.title, .mark = mark });
    print_head(p, rq, o);
    press_space(p, 8);
    print_lines(p, rq, o);
    press_seal(p, h.seal);
    if (!press_write(p, &rq->body)) return HTTP_ERROR;
    rq->type = STR("application/pdf");
    rq->download = str_fmt(rq->arena, "%.*s.pdf", FMT(o->l.title));
    return HTTP_OK;
}

const struct route list_sheet_routes[] = {
    GET("/lists/:list/export", LIST_READ, to_book, .scope = list_scope, .title = T("导出清单"), .slow = true),
    GET("/lists/:list/pdf", LIST_READ, to_paper, .scope = list_scope, .title = T("打印 PDF"), .slow = true),
};
const size_t list_sheet_routes_n = COUNT(list_sheet_routes);
