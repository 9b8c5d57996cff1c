/* A month of dated entries: courses, meetings, plans (GZ-27, OR-02).  A grid of weeks; on a phone the days that hold something. */
#include "auth/session.h"
#include "ledger/calendar_html.h"
#include "ledger/calendar_sql.h"
#include "ledger/ledger_views.h"
#include "network/network.h"

enum { MOST = 500 };

const char *const week_days[7] = { T("周一"), T("周二"), T("周三"), T("周四"), T("周五"), T("周六"), T("周日") };

/* ",lesson,meeting," */
static struct str
codes(struct rq *rq, bool down)
{
    static const struct { const struct ledger *all; const size_t *n; } sets[] = { { unit_ledgers, &unit_ledgers_n }, { network_ledgers, &network_ledgers_n } };
    struct buf b = { .arena = rq->arena };
    LIT(&b, ",");
    for (size_t s = 0; s < COUNT(sets); s++)
        for (size_t i = 0; i < *sets[s].n; i++) {
            const struct ledger *l = &sets[s].all[i];
            if (l->calendar && (l->down || !down) && ledger_may_read(rq, l, rq->who.staff)) putf(&b, "%s,", l->code);
        }
    return buf_str(&b);
}

static struct str
month_text(struct rq *rq, struct date d)
{
    struct ymd y = date_ymd(d);
    return str_fmt(rq->arena, "%04d-%02d", y.y, y.m);
}

static enum http
calendar(struct rq *rq)
{
    struct date first;
    struct str asked = rq_param(rq, "month");
    struct ymd now = date_ymd(today());
    if (!date_parse(str_fmt(rq->arena, "%.*s-01", FMT(asked)), &first)) date_of(now.y, now.m, 1, &first);
    struct calendar_page v = { .rq = rq, .unit_name = unit_name(rq->db, rq->who.focus), .first = first, .next = date_add_months(first, 1) };
    int64_t area = unit_county(rq->db, rq->who.focus);
    v.month = month_text(rq, first);
    v.before = month_text(rq, date_add_months(first, -1));
    v.after = month_text(rq, v.next);
    v.from = date_add(first, 1 - date_weekday(first));
    v.days = (date_diff(v.next, v.from) + 6) / 7 * 7;
    struct str down = codes(rq, true);
    v.n = calendar_days(rq->db, &v.rows, down.n > 1 ? 0 : area ? CALENDAR_DAYS_F_AREA : 0, 0, .area = area, .top = rq->who.focus, .first = first,
                        .last = date_add(v.next, -1), .ledgers = codes(rq, false), .up = down, .most = MOST);
    rq->title = tr_fmt(rq->arena, rq->lang, T("日历 %s"), v.month.p);
    calendar_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route calendar_routes[] = { GET("/calendar", LEDGER_READ, calendar, .title = T("日历")) };
const size_t calendar_routes_n = COUNT(calendar_routes);
