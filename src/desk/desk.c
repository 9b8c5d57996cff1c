/* The desk of each role: workers and heads see what is due; levels above see figures; administrators see accounts. */
#include "desk/desk.h"
#include "casework/handover_sql.h"
#include "desk/desk_html.h"
#include "desk/desk_views.h"

enum { AHEAD_DAYS = 7 };

/* Referrals that nobody answers: for the head, and for the levels above him. */
static void
load_late(struct rq *rq, struct desk_page *v)
{
    if (may(rq, REFERRAL_WATCH)) v->late_n = referral_late(rq->db, &v->late, rq->who.area, rq->who.focus, instant_now());
}

static void
load(struct rq *rq, struct desk_page *v)
{
    int64_t area = rq->who.area;
    struct instant until = { instant_now().ms + INT64_C(86400000) * AHEAD_DAYS };
    struct ymd t = date_ymd(today());
    struct date first = today();

    date_of(t.y, t.m, 1, &first);
    v->due_n = desk_due(rq->db, &v->due, v->station ? DESK_DUE_F_STATION : DESK_DUE_F_MINE, 0, area, rq->who.focus, rq->who.user, until);
    v->dormant_n = desk_dormant(rq->db, &v->dormant, v->station ? DESK_DORMANT_F_STATION : DESK_DORMANT_F_MINE, 0, area, rq->who.focus,
                                rq->who.user, case_dormant_before(rq));
    v->resolutions_n = resolution_todo(rq->db, &v->resolutions, area, rq->who.user, date_add(today(), AHEAD_DAYS));
    v->drafts_n = desk_drafts(rq->db, &v->drafts, area, rq->who.user);
    v->mine_n = desk_mine(rq->db, &v->mine, area, rq->who.user);
    v->handovers_n = handover_waiting(rq->db, &v->handovers, area, rq->who.user);
    desk_month(rq->db, &v->month, area, rq->who.unit, rq->who.user, first);
    if (may(rq, CASE_SUPERVISE)) v->waiting_n = desk_waiting(rq->db, &v->waiting, DESK_WAITING_F_SUPERVISOR, 0, area, rq->who.focus, rq->who.user);
    else if (may(rq, CASE_ASSIGN)) v->waiting_n = desk_waiting(rq->db, &v->waiting, DESK_WAITING_F_HEAD, 0, area, rq->who.focus, rq->who.user);
    if (may(rq, GROUP_WRITE)) v->group_records_n = group_todo_records(rq->db, &v->group_records, area, rq->who.user, today());
    if (may(rq, CASE_SUPERVISE) || may(rq, CASE_ASSIGN))
        v->group_reviews_n = group_todo_reviews(rq->db, &v->group_reviews, may(rq, CASE_SUPERVISE) ? GROUP_TODO_REVIEWS_F_SUPERVISOR
                                                : GROUP_TODO_REVIEWS_F_HEAD, 0, area, rq->who.user, rq->who.focus);
    if (v->station) v->loads_n = handover_loads(rq->db, &v->loads, area, rq->who.focus);
    if (may(rq, REFERRAL_WRITE)) v->referrals_n = referral_todo(rq->db, &v->referrals, area, rq->who.focus, rq->who.user);
    if (may(rq, REPORT_WRITE)) {
        v->discoveries_n = discovery_todo(rq->db, &v->discoveries, area, rq->who.focus, rq->who.user);
        v->reports_n = report_todo(rq->db, &v->reports, area, rq->who.focus, rq->who.user, may(rq, REPORT_APPROVE));
    }
    load_late(rq, v);
    desk_tasks(v);
}

static enum http
desk(struct rq *rq)
{
    struct desk_page v = { .rq = rq, .station = may(rq, CASE_ASSIGN) };
    if (may(rq, USERS_ADMIN)) return rq_redirect(rq, "/users");
    if (!may(rq, CASE_READ) && may(rq, REFERRAL_WATCH)) {
        load_late(rq, &v);
        if (may(rq, FIGURES_READ)) {
            figures_of_month(rq, rq->who.focus, v.tiles);
            v.tiles_n = TILES;
        }
        rq->title = str_of(tr(rq->lang, T("工作台")));
        desk_watch_page(&rq->body, &v);
        return HTTP_OK;
    }
    if (!may(rq, CASE_READ) && may(rq, REFERRAL_READ)) return rq_redirect(rq, "/referrals");
    if (!may(rq, CASE_READ) && may(rq, EVENT_WRITE)) return rq_redirect(rq, "/discoveries");
    if (!may(rq, CASE_READ) && may(rq, FIGURES_READ)) return rq_redirect(rq, "/figures");
    if (!may(rq, CASE_READ) && may(rq, PEOPLE_READ)) return rq_redirect(rq, "/people");
    if (!may(rq, CASE_READ)) return rq_redirect(rq, may(rq, NETWORK_READ) ? "/network" : "/me/password");
    load(rq, &v);
    rq->title = str_of(tr(rq->lang, T("工作台")));
    desk_page(&rq->body, &v);
    return HTTP_OK;
}

static const struct route desk_routes[] = {
    GET("/", MAY_LOGIN, desk, .title = T("工作台")),
    GET("/desk", MAY_LOGIN, desk, .title = T("工作台")),
};
static const size_t desk_routes_n = COUNT(desk_routes);
static const struct route *const routes[] = { desk_routes };
static const size_t *const routes_n[] = { &desk_routes_n };
const struct module desk_module = { "desk", routes, routes_n, COUNT(routes) };
