/* The states of a group, and what must be there before it goes on (R-GW-1…6): each gate names all that is missing. */
#include "groupwork/group.h"
#include "audit/audit.h"
#include "codes/codes.h"
#include "people/people.h"

enum { LACKS_MAX = 60 };

static const char *const order[] = { "prepare", "forming", "transition", "working", "ending", "follow_up", "archived" };

int
group_place(struct str state)
{
    for (size_t i = 0; i < COUNT(order); i++)
        if (str_is(state, order[i])) return (int)i;
    return -1;
}

bool
group_is_open(struct str state)
{
    int at = group_place(state);
    return at >= 0 && at + 1 < (int)COUNT(order);
}

struct str
group_next(const struct groupfile *k)
{
    return group_is_open(k->g.state) ? str_of(order[group_place(k->g.state) + 1]) : NO_STR;
}

/* ---- Gates ---- */

struct gate { struct rq *rq; struct groupfile *k; struct lack *list; size_t n; };

static void
lacks(struct gate *g, struct str why, const char *tail)
{
    if (g->n < LACKS_MAX) g->list[g->n++] = (struct lack){ str_z(g->rq->arena, why), url_fmt(g->rq->arena, "/groups/%lld%s", (long long)g->k->g.id.v, tail) };
}

static struct str
say(struct gate *g, const char *zh)
{
    return str_of(tr(g->rq->lang, zh));
}

static const char *
name_of(struct gate *g, const struct group_members_row *m)
{
    return str_z(g->rq->arena, group_member_name(g->rq, m));
}

static bool
approved(struct gate *g, const char *form)
{
    struct sheet_done s = group_sheet(g->rq, g->k, form, 0);
    return s.doc != NULL && str_is(s.row->status, "approved");
}

/* R-GW-6: a guardian consents for whoever is a minor, and for a child to the use of his data as well. */
static void
minors(struct gate *g)
{
    struct group_members_row *m;
    size_t n = group_people(g->rq, g->k, &m);
    int child = (int)profile_param(g->k->profile, "child_age", 14);
    for (size_t i = 0; i < n; i++) {
        if (!str_is(m[i].state, "accepted") || !group_minor(g->k, &m[i])) continue;
        if (!date_known(m[i].guardian_on))
            lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("未成年组员 %s 没有监护人同意"), name_of(g, &m[i])), "/members");
        if (date_age(m[i].born, today()) < child && !consent_valid(g->rq->db, id_area(g->k->g.id.v), m[i].person, STR("guardian")))
            lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("组员 %s 未满 %d 周岁，个人信息的处理还没有监护人同意"), name_of(g, &m[i]), child), "/members");
    }
}

static void
to_forming(struct gate *g)
{
    struct group_members_row *m;
    size_t n = group_people(g->rq, g->k, &m), here = 0;
    bool plan = false;
    if (!approved(g, "H")) lacks(g, say(g, T("小组计划书（H）还没有通过审批")), "/forms");
    for (size_t i = 0; i < g->k->sheets_n; i++)
        plan = plan || (str_is(g->k->sheets[i].row->form, "I") && str_is(g->k->sheets[i].row->status, "approved"));
    if (!plan) lacks(g, say(g, T("至少一节的单元计划书（I）要先通过审批")), "/sessions");
    for (size_t i = 0; i < n; i++) here += str_is(m[i].state, "accepted");
    int64_t least = g->k->g.min_size != NO_INT ? g->k->g.min_size : 1;
    if ((int64_t)here < least)
        lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("录取的组员有 %d 人，少于最少人数 %d 人"), (int)here, (int)least), "/members");
    minors(g);
}

/* R-GW-2, and what each member wants for himself (6.2.2). */
static void
to_transition(struct gate *g)
{
    struct group_members_row *m;
    struct group_sessions_row *s;
    size_t n = group_people(g->rq, g->k, &m), sessions = group_meetings(g->rq, g->k, &s);
    bool held = false;
    if (g->k->g.contract.n == 0) lacks(g, say(g, T("还没有小组契约")), "/members#contract");
    for (size_t i = 0; i < n; i++) {
        if (!str_is(m[i].state, "accepted")) continue;
        if (!date_known(m[i].signed_on)) lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("组员 %s 还没有签订小组契约"), name_of(g, &m[i])), "/members#contract");
        if (m[i].personal_goal.n == 0) lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("组员 %s 还没有个人目标"), name_of(g, &m[i])), "/members");
    }
    for (size_t i = 0; i < sessions; i++) held = held || (str_is(s[i].state, "held") && str_is(s[i].period, "forming"));
    if (!held) lacks(g, say(g, T("形成期还没有过程记录（J）")), "/sessions");
    minors(g);
}

/* R-GW-1: a session whose day has passed was held or cancelled; at the end that holds for all of them. */
static void
records(struct gate *g, bool all)
{
    struct group_sessions_row *s;
    size_t n = group_meetings(g->rq, g->k, &s);
    for (size_t i = 0; i < n; i++)
        if (str_is(s[i].state, "planned") && (all || (date_known(s[i].on) && s[i].on.days < today().days)))
            lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("第 %d 节没有过程记录（J），也没有取消"), (int)s[i].number), "/sessions");
}

static void
sessions_as_planned(struct gate *g)
{
    struct group_sessions_row *s;
    size_t n = group_meetings(g->rq, g->k, &s), held = 0, cancelled = 0;
    for (size_t i = 0; i < n; i++) {
        held += str_is(s[i].state, "held");
        cancelled += str_is(s[i].state, "cancelled");
    }
    if (g->k->g.sessions_planned != NO_INT && (int64_t)(held + cancelled) != g->k->g.sessions_planned)
        lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("已开展 %d 节、取消 %d 节，计划是 %d 节：请补齐，或修订计划书（H）"), (int)held, (int)cancelled,
                        (int)g->k->g.sessions_planned), "/sessions");
}

/* R-GW-3 */
static void
last_is_ending(struct gate *g)
{
    struct group_sessions_row *s;
    size_t n = group_meetings(g->rq, g->k, &s);
    struct str last = NO_STR;
    for (size_t i = 0; i < n; i++)
        if (str_is(s[i].state, "held")) last = s[i].period;
    if (!str_is(last, "ending")) lacks(g, say(g, T("最后一节应当属于结束期")), "/sessions");
}

/* R-GW-4 */
static void
goals_used(struct gate *g)
{
    struct sheet_done h = group_sheet(g->rq, g->k, "H", 0);
    size_t goals = h.doc ? doc_rows(h.doc, "goals") : 0;
    for (size_t goal = 0; goal < goals; goal++) {
        struct str number = str_fmt(g->rq->arena, "%zu", goal + 1);
        bool used = false;
        for (size_t i = 0; i < g->k->sheets_n; i++) {
            const struct sheet_done *s = &g->k->sheets[i];
            for (size_t r = 0; str_is(s->row->form, "I") && r < doc_rows(s->doc, "goals"); r++)
                used = used || str_eq(doc_cell(s->doc, "goals", r, "group_goal"), number);
        }
        if (!used) lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("具体目标 %d 还没有出现在任何一节的计划书（I）里"), (int)goal + 1), "/sessions");
    }
}

/* Everybody who was a member on the day of a session stands in its record. */
static void
attendance_complete(struct gate *g)
{
    struct group_sessions_row *s;
    struct group_members_row *m;
    struct group_attendance_list_row *a;
    size_t n = group_meetings(g->rq, g->k, &s), people = group_people(g->rq, g->k, &m), rows;
    group_attendance_sums(g->rq, g->k, &a, &rows);
    for (size_t i = 0; i < n; i++) {
        if (!str_is(s[i].state, "held")) continue;
        for (size_t p = 0; p < people; p++) {
            bool there = !group_here(&m[p], s[i].on);
            for (size_t r = 0; r < rows && !there; r++) there = a[r].session.v == s[i].id.v && a[r].member.v == m[p].id.v;
            if (!there) lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("第 %d 节缺少组员 %s 的出席记录"), (int)s[i].number, name_of(g, &m[p])), "/attendance");
        }
    }
}

static void
follow_ups_done(struct gate *g)
{
    struct group_ticks_row *rows;
    struct sheet_done s = group_sheet(g->rq, g->k, "K", 0);
    size_t n = group_ticks(g->rq->db, &rows, id_area(g->k->g.id.v), g->k->g.id);
    for (size_t i = 0; s.doc != NULL && i < doc_rows(s.doc, "follow_up"); i++) {
        struct str item = str_fmt(g->rq->arena, "K.follow_up:%zu", i + 1);
        bool done = false;
        for (size_t r = 0; r < n; r++) done = done || str_eq(rows[r].item, item);
        if (!done) lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("跟进事项 %d 还没有完成：%s"), (int)i + 1,
                               str_z(g->rq->arena, doc_cell(s.doc, "follow_up", i, "what"))), "#follow");
    }
}

size_t
group_missing(struct rq *rq, struct groupfile *k, struct str to, struct lack **list)
{
    struct gate g = { rq, k, NEW(rq->arena, struct lack, LACKS_MAX), 0 };
    int at = group_place(to);
    group_sheet(rq, k, "H", 0);
    if (str_is(to, "forming")) to_forming(&g);
    if (str_is(to, "transition")) to_transition(&g);
    if (at > 1) records(&g, at >= group_place(STR("follow_up")));
    if (str_is(to, "follow_up")) {
        sessions_as_planned(&g);
        last_is_ending(&g);
        goals_used(&g);
    }
    if (at >= group_place(STR("follow_up")) && !approved(&g, "K")) lacks(&g, say(&g, T("评估总结报告（K）还没有通过审批")), "/forms");
    if (str_is(to, "archived")) {
        attendance_complete(&g);
        follow_ups_done(&g);
    }
    *list = g.list;
    return g.n;
}

size_t
group_prompts(struct rq *rq, struct groupfile *k, struct lack **list)
{
    struct gate g = { rq, k, NEW(rq->arena, struct lack, LACKS_MAX), 0 };
    int at = group_place(k->g.state);
    group_sheet(rq, k, "H", 0);
    if (at >= group_place(STR("working")) && at <= group_place(STR("ending"))) goals_used(&g);
    if (at == group_place(STR("ending"))) {
        sessions_as_planned(&g);
        last_is_ending(&g);
    }
    if (at > 0 && at <= group_place(STR("ending"))) minors(&g);
    *list = g.list;
    return g.n;
}

void
group_enter(struct rq *rq, struct groupfile *k, struct str to)
{
    int64_t area = id_area(k->g.id.v);
    bool over = !group_is_open(to);
    if (!group_set_state(rq->db, .area = area, .id = k->g.id, .from = k->g.state, .to = to, .closed = over ? today() : NO_DATE)) return;
    group_event_add(rq->db, .area = area, .id = { id_next(area) }, .group = k->g.id, .at = instant_now(), .by = rq->who.user, .kind = STR("state"),
                    .from_state = k->g.state, .to_state = to);
    group_note(rq, k, "state", to);
    k->g.state = to;
}
