/* Who supervises whom, and for whom a session is due (GZ-24, GZ-25). */
#include "auth/session.h"
#include "paper/book.h"
#include "paper/give.h"
#include "rules/rule.h"
#include "staff/staff_views.h"
#include "staff/supervise_html.h"

enum { PAGE = 50, INTERVAL_DAYS = 30 };

/* The interval of the rule in the place of the unit. */
static int64_t
interval(struct rq *rq, struct unit_id unit)
{
    struct unit_level level;
    const struct rule *r = rule_find(STR("R-GZ-V2"));
    bool set = false;
    if (r == NULL || !unit_level_of(rq->db, unit, &level)) return INTERVAL_DAYS;
    struct value v = profile_rule_param(level.profile, r, STR("interval"), &set);
    return set ? v.n : r->params[0].value.n;
}

static unsigned
asked(struct rq *rq, struct supervise_page *v, struct supervise_list_in *in)
{
    *v = (struct supervise_page){ .rq = rq,
                                  .show = rq_param(rq, "show"),
                                  .most = PAGE,
                                  .skip = rq_param_int(rq, "skip", 0),
                                  .unit_name = unit_name(rq->db, rq->who.focus),
                                  .interval = interval(rq, rq->who.focus) };
    if (v->skip < 0) v->skip = 0;
    *in = (struct supervise_list_in){ .area = unit_county(rq->db, rq->who.focus),
                                      .top = rq->who.focus,
                                      .day = today(),
                                      .interval = v->interval,
                                      .most = PAGE,
                                      .skip = v->skip };
    return (in->area ? SUPERVISE_LIST_F_AREA : 0) | (str_is(v->show, "none") ? SUPERVISE_LIST_F_NONE : 0) |
           (str_is(v->show, "late") ? SUPERVISE_LIST_F_LATE : 0);
}

static enum http
list(struct rq *rq)
{
    struct supervise_page v;
    struct supervise_list_in in;
    unsigned filters = asked(rq, &v, &in);
    supervise_count(rq->db, &v.count, in.area ? SUPERVISE_COUNT_F_AREA : 0, 0, in.area, in.top, in.day, in.interval);
    v.n = supervise_list_with(rq->db, &v.rows, filters, 0, &in);
    rq->title = str_of(tr(rq->lang, T("督导安排")));
    supervise_page(&rq->body, &v);
    return HTTP_OK;
}

static const struct book_column columns[] = {
    { T("姓名"), CELL_TEXT, 14 },     { T("单位"), CELL_TEXT, 32 },     { T("督导"), CELL_TEXT, 14 },
    { T("建立日期"), CELL_DATE, 12 }, { T("上次督导"), CELL_DATE, 12 }, { T("距今天数"), CELL_NUMBER, 10 },
    { T("间隔"), CELL_NUMBER, 10 },
};

static enum http
to_book(struct rq *rq)
{
    struct supervise_page v;
    struct supervise_list_in in;
    unsigned filters = asked(rq, &v, &in);
    struct book *b = book_open(rq, T("督导安排"), columns, COUNT(columns));
    if (b == NULL) return HTTP_UNAVAILABLE;
    in.most = BOOK_CHUNK;
    in.skip = 0;
    do {
        if (!book_chunk(b)) break;
        v.n = supervise_list_with(rq->db, &v.rows, filters, 0, &in);
        for (size_t i = 0; i < v.n; i++) {
            const struct supervise_list_row *r = &v.rows[i];
            book_text(b, r->name);
            book_text(b, r->unit_name);
            book_text(b, r->supervisor);
            book_date(b, r->since);
            book_date(b, r->last);
            book_number(b, r->days);
            book_number(b, r->interval);
            book_row(b);
        }
        in.skip += BOOK_CHUNK;
    } while (v.n == BOOK_CHUNK);
    return book_send(b, "supervision", v.unit_name);
}

const struct route supervise_routes[] = {
    GET("/supervision", LEDGER_READ, list, .title = T("督导安排")),
    GIVEN("/supervision/export", LEDGER_READ, to_book, .title = T("导出督导安排")),
};
const size_t supervise_routes_n = COUNT(supervise_routes);
