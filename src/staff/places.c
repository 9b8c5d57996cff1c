/* Posts: planned, filled and vacant in each unit, and on which platforms (GZ-36, JL-11). */
#include "auth/session.h"
#include "ledger/ledger.h"
#include "paper/book.h"
#include "staff/places_html.h"
#include "staff/staff_views.h"

enum { PAGE = 100 };

static unsigned
asked(struct rq *rq, struct places_page *v, struct places_list_in *in)
{
    *v = (struct places_page){ .rq = rq,
                               .vacant = str_is(rq_param(rq, "show"), "vacant"),
                               .most = PAGE,
                               .skip = rq_param_int(rq, "skip", 0),
                               .unit_name = unit_name(rq->db, rq->who.focus),
                               .may_write = may(rq, STAFF_WRITE) };
    if (v->skip < 0) v->skip = 0;
    *in = (struct places_list_in){ .area = unit_county(rq->db, rq->who.focus),
                                   .top = rq->who.focus,
                                   .day = today(),
                                   .vacant = v->vacant,
                                   .most = BOOK_CHUNK };
    return in->area ? PLACES_LIST_F_AREA : 0;
}

static enum http
list(struct rq *rq)
{
    struct places_page v;
    struct places_list_in in;
    unsigned filters = asked(rq, &v, &in);
    size_t n;
    v.rows = NEW(rq->arena, struct places_list_row, PAGE);
    do {
        struct places_list_row *rows;
        n = places_list_with(rq->db, &rows, filters, 0, &in);
        for (size_t i = 0; i < n; i++) {
            v.planned += rows[i].planned;
            v.filled += rows[i].filled < rows[i].planned ? rows[i].filled : rows[i].planned;
            if (v.total++ >= v.skip && v.n < PAGE) v.rows[v.n++] = rows[i];
        }
        in.skip += BOOK_CHUNK;
    } while (n == BOOK_CHUNK && in.skip < BOOK_ROWS_MAX);
    v.platforms_n =
        places_platforms(rq->db, &v.platforms, in.area ? PLACES_PLATFORMS_F_AREA : 0, 0, in.area, in.top, in.day);
    rq->title = str_of(tr(rq->lang, T("岗位与空缺")));
    places_page(&rq->body, &v);
    return HTTP_OK;
}

static const struct book_column columns[] = {
    { T("单位"), CELL_TEXT, 32 },       { T("岗位"), CELL_TEXT, 24 },   { T("设岗平台"), CELL_TEXT, 20 },
    { T("计划人数"), CELL_NUMBER, 10 }, { T("到岗"), CELL_NUMBER, 10 }, { T("空缺"), CELL_NUMBER, 10 },
};

static enum http
to_book(struct rq *rq)
{
    struct places_page v;
    struct places_list_in in;
    unsigned filters = asked(rq, &v, &in);
    struct places_list_row *rows;
    size_t n;
    struct book *b = book_open(rq, T("岗位与空缺"), columns, COUNT(columns));
    if (b == NULL) return HTTP_UNAVAILABLE;
    do {
        if (!book_chunk(b)) break;
        n = places_list_with(rq->db, &rows, filters, 0, &in);
        for (size_t i = 0; i < n; i++) {
            book_text(b, rows[i].unit_name);
            book_cstr(b, post_kind_label(rows[i].kind, rq->lang));
            book_cstr(b, ledger_choice("post_plan", "mode", rows[i].platform, rq->lang));
            book_number(b, rows[i].planned);
            book_number(b, rows[i].filled);
            book_number(b, rows[i].filled < rows[i].planned ? rows[i].planned - rows[i].filled : 0);
            book_row(b);
        }
        in.skip += BOOK_CHUNK;
    } while (n == BOOK_CHUNK);
    return book_send(b, "posts", v.unit_name);
}

const struct route places_routes[] = {
    GET("/posts", STAFF_READ, list, .title = T("岗位与空缺")),
    GET("/posts/export", STAFF_READ, to_book, .title = T("导出岗位"), .slow = true),
};
const size_t places_routes_n = COUNT(places_routes);
