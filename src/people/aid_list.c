/* What units gave: the list with its totals, the spreadsheet, and figures without names. */
#include "auth/session.h"
#include "codes/codes.h"
#include "network/network.h"
#include "paper/book.h"
#include "paper/give.h"
#include "people/aid_html.h"
#include "people/aid_views.h"
#include "people/merge_sql.h"
#include "people/person_list_sql.h"

enum { PAGE = 50 };

/* What the address asks for. */
struct asked { unsigned filters; struct aid_list_in in; };

static struct asked
asked(struct rq *rq)
{
    struct asked w = { .in = { .area = rq->who.area, .unit = rq->who.focus, .me = rq->who.user, .kind = rq_param(rq, "kind"), .source = rq_param(rq, "source"),
                               .from_ = rq_param_date(rq, "from"), .to_ = rq_param_date(rq, "to"), .after = NO_DATE, .most = PAGE + 1 } };
    if (!may(rq, CASE_ASSIGN)) w.filters |= AID_LIST_F_MINE;
    if (w.in.kind.n) w.filters |= AID_LIST_F_KIND;
    if (w.in.source.n) w.filters |= AID_LIST_F_SOURCE;
    if (date_known(w.in.from_)) w.filters |= AID_LIST_F_FROM;
    if (date_known(w.in.to_)) w.filters |= AID_LIST_F_TO;
    return w;
}

/* What is about minors is S3 (regulation on minors' network protection art. 36). */
static void
note_rows(struct rq *rq, const struct aid_list_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int age = date_age(rows[i].born, today());
        if (rows[i].level >= 3 || (age >= 0 && age < 18)) rq_note_read(rq, "person", rows[i].person.v, "aid");
    }
}

static enum http
list(struct rq *rq)
{
    struct asked w = asked(rq);
    struct aid_list_row *rows;
    struct aid_list_page v = { .rq = rq, .kind = w.in.kind, .source = w.in.source, .from = rq_param(rq, "from"), .to = rq_param(rq, "to") };
    w.in.after = rq_param_date(rq, "after");
    w.in.after_id.v = rq_param_int(rq, "after_id", 0);
    bool next = date_known(w.in.after) && w.in.after_id.v > 0;
    size_t n = aid_list_with(rq->db, &rows, w.filters | (next ? DB_AFTER : 0), AID_LIST_BY_NEWEST, &w.in);
    aid_sums(rq->db, &v.sums, w.filters, 0, .area = w.in.area, .unit = w.in.unit, .me = w.in.me, .kind = w.in.kind, .source = w.in.source,
             .from_ = w.in.from_, .to_ = w.in.to_);
    v.rows = rows;
    v.n = n > PAGE ? PAGE : n;
    note_rows(rq, rows, v.n);
    v.first = rq_param_int(rq, "first", 1);
    if (n > PAGE) {
        struct buf b = { .arena = rq->arena };
        char day[16];
        LIT(&b, "/aid?kind=");
        put_url_str(&b, v.kind);
        LIT(&b, "&source=");
        put_url_str(&b, v.source);
        LIT(&b, "&from=");
        put_url_str(&b, v.from);
        LIT(&b, "&to=");
        put_url_str(&b, v.to);
        date_print(rows[PAGE - 1].on, day);
        putf(&b, "&after=%s&after_id=%lld&first=%lld", day, (long long)rows[PAGE - 1].id.v, (long long)v.first + PAGE);
        v.next = (struct url){ buf_str(&b) };
    }
    rq->title = str_of(tr(rq->lang, T("钱物登记")));
    aid_list_page(&rq->body, &v);
    return HTTP_OK;
}

static const struct book_column columns[] = {
    { T("领取日期"), CELL_DATE, 12 }, { T("服务对象"), CELL_TEXT, 14 }, { T("户编号"), CELL_TEXT, 22 }, { T("种类"), CELL_TEXT, 10 }, { T("用途"), CELL_TEXT, 10 },
    { T("名称"), CELL_TEXT, 24 }, { T("数量"), CELL_TEXT, 12 }, { T("金额或折价"), CELL_TEXT, 14 }, { T("来源"), CELL_TEXT, 10 }, { T("提供方"), CELL_TEXT, 22 },
    { T("领取人"), CELL_TEXT, 14 }, { T("单位"), CELL_TEXT, 28 },
};

static void
put_row(struct rq *rq, struct book *b, const struct aid_list_row *r)
{
    char money[40];
    money_print(r->money, money);
    book_date(b, r->on);
    book_text(b, r->name);
    book_text(b, r->no);
    book_cstr(b, codes_label(codes_table("aid_kind"), r->kind, rq->lang));
    book_cstr(b, codes_label(codes_table("resource_kind"), r->purpose, rq->lang));
    book_text(b, r->what);
    book_text(b, aid_quantity(rq->arena, r->quantity, r->measure));
    book_cstr(b, money);
    book_cstr(b, codes_label(codes_table("resource_source"), r->source, rq->lang));
    book_text(b, r->giver);
    book_text(b, r->receiver);
    book_text(b, r->unit_name);
    book_row(b);
}

static enum http
export(struct rq *rq)
{
    struct asked w = asked(rq);
    struct aid_list_row *rows;
    struct person_unit_division_row unit = { 0 };
    person_unit_division(rq->db, &unit, rq->who.focus);
    struct book *b = book_open(rq, T("钱物登记"), columns, COUNT(columns));
    size_t n;
    bool next = false;
    if (b == NULL) return HTTP_UNAVAILABLE;
    w.in.most = BOOK_CHUNK;
    do {
        if (!book_chunk(b)) break;
        n = aid_list_with(rq->db, &rows, w.filters | (next ? DB_AFTER : 0), AID_LIST_BY_NEWEST, &w.in);
        for (size_t i = 0; i < n; i++) {
            if (category_exported(rows[i].categories)) {
                if (rows[i].person.v) book_person(b, rows[i].person);
                put_row(rq, b, &rows[i]);
            }
            w.in.after = rows[i].on;
            w.in.after_id = rows[i].id;
        }
        next = true;
    } while (n == BOOK_CHUNK);
    return book_send(b, "aid", unit.name);
}

static enum http
figures(struct rq *rq)
{
    struct aid_units_row *rows;
    struct person_unit_division_row unit = { 0 };
    struct aid_figures_page v = { .rq = rq, .period = period_of(rq_param(rq, "period"), rq_param_date(rq, "from"), rq_param_date(rq, "to"), today()) };
    const struct span s = span_of(rq->arena, v.period.from, v.period.to);
    person_unit_division(rq->db, &unit, rq->who.focus);
    v.unit_name = unit.name;
    int64_t county = unit_county(rq->db, rq->who.focus);        /* 0: the unit lies above one */
    size_t n = aid_units(rq->db, &rows, county ? AID_UNITS_F_AREA : 0, 0, .area = county, .top = rq->who.focus, .months = s.months,
                         .months_to = s.months_to, .days = s.days, .days_to = s.days_to);
    v.rows = NEW(rq->arena, struct aid_unit, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool top = rows[i].id.v == rq->who.focus.v, same = v.n && v.rows[v.n - 1].id.v == rows[i].id.v;
        struct aid_unit *u = top ? &v.all : same ? &v.rows[v.n - 1] : &v.rows[v.n++];
        u->id = rows[i].id;
        u->name = rows[i].name;
        if (str_is(rows[i].measure, "aid")) u->times = rows[i].total;
        else if (str_is(rows[i].measure, "aid.fen")) u->fen = rows[i].total;
    }
    rq->title = str_of(tr(rq->lang, T("钱物汇总")));
    aid_figures_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route aid_list_routes[] = {
    GET("/aid", CASE_READ, list, .title = T("钱物登记")),
    GIVEN("/aid/export", CASE_READ, export, .title = T("导出钱物登记")),
    GET("/aid/figures", FIGURES_READ, figures, .title = T("钱物汇总")),
};
const size_t aid_list_routes_n = COUNT(aid_list_routes);
