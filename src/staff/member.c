/* The page of a member of staff, in tabs: who he is, and what the ledgers record about him. */
#include "auth/session.h"
#include "ledger/ledger.h"
#include "seal/seal.h"
#include "staff/hours.h"
#include "staff/member_html.h"
#include "staff/staff_views.h"

static const char *const learning[] = { "training", "course", "exam", "ability", NULL };
static const char *const supervised[] = { "supervision", "session", NULL };
static const char *const conduct[] = { "pledge", "background", "credit", "staff_filing", "transfer", NULL };
static const char *const standing[] = { "office", "honour", NULL };
static const char *const working[] = { "grade", "timesheet", NULL };
const struct staff_tab staff_tabs[STAFF_TABS] = {
    { "learning", T("培训与能力"), learning }, { "supervision", T("督导工作"), supervised },
    { "conduct", T("承诺与备案"), conduct },   { "standing", T("任职与荣誉"), standing },
    { "working", T("薪酬与工时"), working },
};

bool
staff_load(struct rq *rq, struct staff_get_row *s)
{
    return staff_get(rq->db, s, id_area(rq->ids[0]), (struct staff_id){ rq->ids[0] });
}

bool
staff_scope(struct rq *rq)
{
    struct staff_get_row s;
    return staff_load(rq, &s) && scope_unit(rq, s.unit);
}

static bool
open_page(struct rq *rq, struct staff_get_row *s, struct staff_member_page *v)
{
    struct member_pledged_row pledged;
    if (!staff_load(rq, s)) return false;
    *v = (struct staff_member_page){ .rq = rq, .s = s, .may_write = may(rq, STAFF_WRITE) };
    v->qualified = is_qualified(rq->db, s->area, s->id, today());
    v->pledged = member_pledged(rq->db, &pledged, s->area, s->id, today()) && pledged.total > 0;
    rq->title = s->name;
    return true;
}

static enum http
member(struct rq *rq)
{
    struct staff_get_row s;
    struct staff_member_page v;
    struct unit_level level;
    if (!open_page(rq, &s, &v)) return HTTP_NOT_FOUND;
    v.posts_n = post_list(rq->db, &v.posts, s.area, s.id);
    v.certificates_n = certificate_list(rq->db, &v.certificates, s.area, s.id);
    if (unit_level_of(rq->db, s.unit, &level)) v.hours = hours_of(rq->db, level.profile, s.area, s.id, today());
    if (v.may_write) v.phone = unseal(rq->arena, "staff.phone", s.phone);
    staff_member_page(&rq->body, &v);
    return HTTP_OK;
}

const char *const ability_codes[ABILITIES] = { "advocate", "mobilise", "resources", "serve" };

/* Up, right, down, left of the middle, seven to a point. */
static void
draw_side(struct arena *a, struct radar_side *side)
{
    const int64_t *s = side->score;
    side->points = str_fmt(a, "100,%lld %lld,100 100,%lld %lld,100", (long long)(100 - 7 * s[0]),
                           (long long)(100 + 7 * s[1]), (long long)(100 + 7 * s[2]), (long long)(100 - 7 * s[3]));
}

static struct radar
radar_of(struct rq *rq, const struct staff_get_row *s)
{
    struct member_abilities_row *rows;
    struct radar r = { 0 };
    size_t n = member_abilities(rq->db, &rows, s->area, s->id);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < ABILITIES; k++)
            if (str_is(rows[i].kind, ability_codes[k]))
                (str_is(rows[i].mode, "self") ? &r.self : &r.supervisor)->score[k] = rows[i].score;
    r.any = n > 0;
    draw_side(rq->arena, &r.self);
    draw_side(rq->arena, &r.supervisor);
    return r;
}

static enum http
tab(struct rq *rq)
{
    struct staff_get_row s;
    struct staff_member_page v;
    for (size_t i = 0; i < STAFF_TABS; i++) {
        if (!str_is(rq->words[0], staff_tabs[i].path)) continue;
        if (!may(rq, LEDGER_READ) || !open_page(rq, &s, &v)) return HTTP_NOT_FOUND;
        v.here = staff_tabs[i].path;
        if (i == 0) v.radar = radar_of(rq, &s);
        staff_member_tab(&rq->body, &v, staff_tabs[i].ledgers);
        return HTTP_OK;
    }
    return HTTP_NOT_FOUND;
}

const struct route staff_member_routes[] = {
    GET("/staff/:staff", STAFF_READ, member, .scope = staff_scope, .title = T("人员")),
    GET("/staff/:staff/@tab", STAFF_READ, tab, .scope = staff_scope, .title = T("人员")),
};
const size_t staff_member_routes_n = COUNT(staff_member_routes);
