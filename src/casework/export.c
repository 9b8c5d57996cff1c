/* The list of cases as a spreadsheet. */
#include "casework/case.h"
#include "casework/case_views.h"
#include "network/network.h"
#include "paper/book.h"
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

const struct route export_routes[] = {
    GIVEN("/cases/export", CASE_READ, export, .title = T("导出个案")),
};
const size_t export_routes_n = COUNT(export_routes);
