/* The monthly sheet: pay of the grade, and the allowance of the place for the highest certificate (OR-12, R-OR-A1). */
#include "auth/session.h"
#include "codes/codes.h"
#include "paper/book.h"
#include "paper/give.h"
#include "staff/pay_html.h"
#include "staff/staff_views.h"
#include <jansson.h>

enum { PAGE = 50 };

/* The allowance of a level in the profile, in fen; NO_INT: the place has none for it. */
static int64_t
allowance(const struct profile *p, struct str level)
{
    const json_t *all = p != NULL ? json_object_get(p->doc, "allowances") : NULL;
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *a = json_array_get(all, i);
        if (str_is(level, json_string_value(json_object_get(a, "code"))))
            return json_integer_value(json_object_get(a, "value")) * 100;
    }
    return NO_INT;
}

/* Whole for whoever worked in the month, or by days where the place says so; half a fen counts. */
static int64_t
earned(const struct pay_page *v, const struct pay_list_row *r)
{
    int64_t whole = allowance(v->profile, r->certificate);
    if (whole == NO_INT) return 0;
    struct date from = date_diff(r->started_on, v->first) > 0 ? r->started_on : v->first;
    struct date to = date_known(r->left_on) && date_diff(v->last, r->left_on) >= 0 ? date_add(r->left_on, -1) : v->last;
    int64_t days = date_diff(to, from) + 1, month = date_diff(v->last, v->first) + 1;
    if (!profile_param(v->profile, "allowance_by_days", 0)) return whole;
    return (whole * days * 2 + month) / (month * 2);
}

/* The month asked for, else this one; false: it is none. */
static bool
month_of(struct rq *rq, struct pay_page *v)
{
    struct str typed = rq_param(rq, "month");
    struct ymd now = date_ymd(today());
    if (typed.n == 0) typed = str_fmt(rq->arena, "%04d-%02d", now.y, now.m);
    if (typed.n != 7 || !date_parse(str_fmt(rq->arena, "%.*s-01", FMT(typed)), &v->first)) return false;
    v->last = date_add(date_add_months(v->first, 1), -1);
    v->month = typed;
    return true;
}

static bool
open_sheet(struct rq *rq, struct pay_page *v, struct pay_list_in *in)
{
    struct unit_level level;
    *v = (struct pay_page){
        .rq = rq, .most = PAGE, .skip = rq_param_int(rq, "skip", 0), .unit_name = unit_name(rq->db, rq->who.focus)
    };
    if (!month_of(rq, v) || !unit_level_of(rq->db, rq->who.focus, &level)) return false;
    v->profile = level.profile;
    v->has_allowance = json_array_size(json_object_get(v->profile->doc, "allowances")) > 0;
    if (v->skip < 0) v->skip = 0;
    *in = (struct pay_list_in){ .area = unit_county(rq->db, rq->who.focus),
                                .top = rq->who.focus,
                                .first = v->first,
                                .last = v->last,
                                .most = BOOK_CHUNK };
    return true;
}

static struct pay_line
line_of(const struct pay_page *v, const struct pay_list_row *r)
{
    struct pay_line l = { .r = r,
                          .allowance = { earned(v, r) },
                          .pay = { r->pay.fen == NO_MONEY.fen ? 0 : r->pay.fen } };
    l.sum = (struct money){ l.allowance.fen + l.pay.fen };
    return l;
}

static void
add_up(struct pay_page *v, const struct pay_line *l)
{
    v->total++;
    v->sum_allowance.fen += l->allowance.fen;
    v->sum_pay.fen += l->pay.fen;
    if (l->r->certificate.n && l->r->certificate.p[0] >= '1' && l->r->certificate.p[0] <= '3')
        v->held[l->r->certificate.p[0] - '1']++;
}

static enum http
sheet(struct rq *rq)
{
    struct pay_page v;
    struct pay_list_in in;
    struct pay_list_row *rows;
    size_t n;
    if (!open_sheet(rq, &v, &in)) return rq_fail(rq, HTTP_BAD_REQUEST, T("月份应写成 2026-11 的样子。"));
    v.lines = NEW(rq->arena, struct pay_line, PAGE);
    do {
        n = pay_list_with(rq->db, &rows, in.area ? PAY_LIST_F_AREA : 0, 0, &in);
        for (size_t i = 0; i < n; i++) {
            struct pay_line l = line_of(&v, &rows[i]);
            add_up(&v, &l);
            if (v.total > v.skip && v.n < PAGE) v.lines[v.n++] = l;
        }
        in.skip += BOOK_CHUNK;
    } while (n == BOOK_CHUNK && in.skip < BOOK_ROWS_MAX);
    rq_note_read(rq, "unit", rq->who.focus.v, "pay");
    rq->title = str_of(tr(rq->lang, T("薪酬与津贴表")));
    pay_page(&rq->body, &v);
    return HTTP_OK;
}

static const struct book_column columns[] = {
    { T("姓名"), CELL_TEXT, 14 },   { T("单位"), CELL_TEXT, 32 },     { T("证书"), CELL_TEXT, 20 },
    { T("月薪酬"), CELL_TEXT, 14 }, { T("岗位津贴"), CELL_TEXT, 14 }, { T("合计"), CELL_TEXT, 14 },
};

static void
book_money(struct book *b, struct arena *a, struct money m)
{
    char z[40];
    book_text(b, str_dup(a, (struct str){ z, money_print(m, z) }));
}

static void
book_line(struct book *b, struct arena *a, const struct pay_line *l, enum lang lang)
{
    book_text(b, l->r->name);
    book_text(b, l->r->unit_name);
    book_cstr(b, l->r->certificate.n ? codes_label(codes_table("worker_certificate"), l->r->certificate, lang) : "");
    book_money(b, a, l->pay);
    book_money(b, a, l->allowance);
    book_money(b, a, l->sum);
    book_row(b);
}

static enum http
to_book(struct rq *rq)
{
    struct pay_page v;
    struct pay_list_in in;
    struct pay_list_row *rows;
    size_t n;
    if (!open_sheet(rq, &v, &in)) return rq_fail(rq, HTTP_BAD_REQUEST, T("月份应写成 2026-11 的样子。"));
    struct book *b = book_open(rq, T("薪酬与津贴表"), columns, COUNT(columns));
    if (b == NULL) return HTTP_UNAVAILABLE;
    do {
        if (!book_chunk(b)) break;
        n = pay_list_with(rq->db, &rows, in.area ? PAY_LIST_F_AREA : 0, 0, &in);
        for (size_t i = 0; i < n; i++) {
            struct pay_line l = line_of(&v, &rows[i]);
            add_up(&v, &l);
            book_line(b, rq->arena, &l, rq->lang);
        }
        in.skip += BOOK_CHUNK;
    } while (n == BOOK_CHUNK);
    struct pay_list_row all = { .name = str_of(tr(rq->lang, T("合计"))) };
    struct pay_line sum = { &all, v.sum_pay, v.sum_allowance, { v.sum_pay.fen + v.sum_allowance.fen } };
    book_line(b, rq->arena, &sum, rq->lang);
    return book_send(b, "pay", str_fmt(rq->arena, "%.*s %.*s", FMT(v.unit_name), FMT(v.month)));
}

/* What somebody earns is for those who manage staff. */
const struct route pay_routes[] = {
    GET("/pay", STAFF_WRITE, sheet, .title = T("薪酬与津贴表")),
    GIVEN("/pay/export", STAFF_WRITE, to_book, .title = T("导出薪酬与津贴表")),
};
const size_t pay_routes_n = COUNT(pay_routes);
