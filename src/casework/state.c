/* The state machine: order, gates with what is missing named, transitions (casework.md 1). */
#include "casework/casework.h"
#include "audit/audit.h"
#include "codes/codes.h"
#include "referral/referral.h"
#include "report/report.h"
#include "tally/tally.h"
#include "view/view.h"

static const char *const order[] = { "intake", "assessment", "planning", "intervention", "evaluation", "closing", "closed", "follow_up", "archived" };

static int
place(struct str state)
{
    for (size_t i = 0; i < COUNT(order); i++)
        if (str_is(state, order[i])) return (int)i;
    return -1;
}

bool
state_before(struct str a, struct str b)
{
    return place(a) < place(b);
}

bool
state_is_open(struct str state)
{
    return str_is(state, "suspended") || (place(state) >= 0 && place(state) < 6);
}

struct str
case_next_state(const struct casefile *k)
{
    bool short_way = str_is(k->c.grade, "consultation");
    int at = place(k->c.state);
    if (str_is(k->c.state, "referred_out")) return STR("archived");
    if (at < 0 || at + 1 >= (int)COUNT(order)) return NO_STR;
    if (short_way && at == 0) return STR("intervention");
    if (short_way && at == 3) return STR("closing");
    if (at == 6) return STR("archived");
    return str_of(order[at + 1]);
}

/* ---- Gates ---- */

struct gate { struct rq *rq; const struct casefile *k; struct missing *list; size_t n; };

static void
lacks(struct gate *g, const char *zh, const char *tail)
{
    if (g->n == 30) return;
    g->list[g->n++] = (struct missing){ tr(g->rq->lang, zh), url_fmt(g->rq->arena, "/cases/%lld%s", (long long)g->k->c.id.v, tail) };
}

static bool
handed_in(struct gate *g, const char *form)
{
    return case_form(g->rq, g->k, form) != NULL;
}

static bool
consented(struct gate *g, const char *kind)
{
    struct consent_held_row r;
    return consent_held(g->rq->db, &r, id_area(g->k->c.id.v), g->k->c.person, str_of(kind)) && r.total > 0;
}

static void
to_assessment(struct gate *g)
{
    const json_t *a = case_form(g->rq, g->k, "A");
    if (a == NULL) lacks(g, T("接案记录表（A）尚未提交"), "#forms");
    else if (!str_is(doc_text(a, "decision"), "accept")) lacks(g, T("接案意见不是“接案”"), "#forms");
    if (g->k->c.urgency == NO_INT) lacks(g, T("尚未判定紧急程度"), "#forms");
    if (a != NULL && !str_is(doc_text(a, "confidentiality_notice"), "1")) lacks(g, T("尚未告知保密规定及资料用途"), "#forms");
    if (!consented(g, "processing")) lacks(g, T("尚未记录个人信息处理同意"), "/consent");
    int age = date_age(g->k->c.born, today());
    if (age >= 0 && age < profile_param(g->k->profile, "child_age", 14) && !consented(g, "guardian"))
        lacks(g, T("服务对象未满14周岁，尚未取得监护人同意"), "/consent");
}

static void
to_intervention(struct gate *g)
{
    if (str_is(g->k->c.grade, "consultation") && str_is(g->k->c.state, "intake")) {
        to_assessment(g);
        return;
    }
    if (g->k->c.crisis && state_before(g->k->c.state, STR("intervention"))) return;     /* crisis: the forms follow within 72 hours */
    const json_t *d = case_form(g->rq, g->k, "D"), *c = case_form(g->rq, g->k, "C");
    if (!handed_in(g, "B")) lacks(g, T("预估表（B）尚未提交"), "#forms");
    if (d == NULL) lacks(g, T("计划表（D）尚未提交"), "#forms");
    if (c == NULL) {
        lacks(g, T("服务协议（C）尚未提交"), "#forms");
        return;
    }
    if (str_is(doc_text(c, "form_kind"), "oral")) return;       /* an oral agreement gives its reason in the form */
    if (!doc_text(c, "sign_client").n && !doc_text(c, "sign_guardian").n) lacks(g, T("服务协议缺少服务对象或监护人签名"), "#forms");
    if (!doc_text(c, "sign_worker").n) lacks(g, T("服务协议缺少社工签名"), "#forms");
}

static void
to_evaluation(struct gate *g)
{
    struct step *steps;
    size_t n = case_steps(g->rq, g->k, &steps);
    if (g->k->c.contacts == 0) lacks(g, T("还没有过程记录（E）"), "#records");
    if (g->k->c.crisis) {
        if (!handed_in(g, "B")) lacks(g, T("危急个案须补齐预估表（B）"), "#forms");
        if (!handed_in(g, "D")) lacks(g, T("危急个案须补齐计划表（D）"), "#forms");
        if (!handed_in(g, "C")) lacks(g, T("危急个案须补齐服务协议（C）"), "#forms");
    }
    for (size_t i = 0; i < n; i++)
        if (!steps[i].done)
            lacks(g, tr_fmt(g->rq->arena, g->rq->lang, T("计划步骤 %d 尚未完成或取消"), (int)steps[i].number).p, "#steps");
}

/* Without form F only an early-end reason leads to closing (6.1.6.2 b/c/d). */
static void
to_closing(struct gate *g)
{
    if (str_is(g->k->c.grade, "consultation")) {
        if (g->k->c.contacts == 0) lacks(g, T("还没有过程记录（E）"), "#records");
        return;
    }
    struct docs_since_reopened_row r;
    if (!handed_in(g, "F")) lacks(g, T("评估表（F）尚未提交；提前结案请说明原因"), "/close");
    else if (!docs_since_reopened(g->rq->db, &r, id_area(g->k->c.id.v), g->k->c.id, STR("F")) || r.total == 0)
        lacks(g, T("重新打开后尚未提交新的评估表（F）；提前结案请说明原因"), "/close");
}

/* MZT-24: neither reported nor excused, the case stays open. */
static void
no_open_duty(struct gate *g)
{
    struct str no = report_open_in(g->rq, g->k->c.id);
    const char *why = T("强制报告 %s 尚未报告，也未经站长同意不报告");
    if (no.n) lacks(g, tr_fmt(g->rq->arena, g->rq->lang, why, str_z(g->rq->arena, no)).p, "#reports");
}

static void
to_closed(struct gate *g)
{
    struct docs_approved_row r;
    if (!handed_in(g, "G")) lacks(g, T("结案表（G）尚未提交"), "#forms");
    else if (!docs_approved(g->rq->db, &r, id_area(g->k->c.id.v), g->k->c.id, STR("G")) || r.total == 0)
        lacks(g, T("结案表（G）尚未经督导或站长批准"), "#forms");
    const json_t *form = case_form(g->rq, g->k, "G");
    const char *why = form != NULL && str_is(doc_text(form, "referral"), "1") ? referral_unanswered(g->rq, g->k) : NULL;
    if (why != NULL) lacks(g, why, "#referrals");
    no_open_duty(g);
}

static void
to_archived(struct gate *g)
{
    struct case_follows_row *rows;
    size_t n = case_follows(g->rq->db, &rows, id_area(g->k->c.id.v), g->k->c.id);
    no_open_duty(g);
    if (str_is(g->k->c.state, "referred_out") && !referral_taken(g->rq, g->k)) lacks(g, T("转介尚未被接收"), "#referrals");
    for (size_t i = 0; i < n; i++)
        if (!rows[i].done && rows[i].cancelled.p == NULL) {
            lacks(g, T("还有跟进没有完成"), "#follow");
            return;
        }
}

size_t
case_missing(struct rq *rq, const struct casefile *k, struct str to, struct missing **list)
{
    struct gate g = { rq, k, NEW(rq->arena, struct missing, 30), 0 };
    *list = g.list;
    if (!state_before(k->c.state, to)) return 0;                /* backward: always allowed, makes a new version */
    if (str_is(to, "assessment")) to_assessment(&g);
    else if (str_is(to, "planning")) { if (!handed_in(&g, "B")) lacks(&g, T("预估表（B）尚未提交"), "#forms"); }
    else if (str_is(to, "intervention")) to_intervention(&g);
    else if (str_is(to, "evaluation")) to_evaluation(&g);
    else if (str_is(to, "closing")) to_closing(&g);
    else if (str_is(to, "closed")) to_closed(&g);
    else if (str_is(to, "archived")) to_archived(&g);
    return g.n;
}

/* ---- Clocks ---- */

struct clock { struct instant at; struct str kind; };

static void
sooner(struct clock *best, struct instant at, const char *kind)
{
    if (!instant_known(at) || (instant_known(best->at) && best->at.ms <= at.ms)) return;
    *best = (struct clock){ at, str_of(kind) };
}

static struct instant
later(struct instant t, int64_t minutes)
{
    return (struct instant){ t.ms + minutes * 60000 };
}

static void
clock_of_intake(struct clock *best, const struct casefile *k)
{
    if (!str_is(k->c.state, "intake")) return;
    int64_t days = profile_param(k->profile, "decision_days", 7);
    if (k->c.decision.p == NULL || str_is(k->c.decision, "pending")) sooner(best, later(k->c.opened_at, days * 1440), "decision");
    if (str_is(k->c.decision, "refer")) sooner(best, later(k->c.opened_at, days * 1440), "referral");
}

static void
clock_of_contact(struct clock *best, const struct casefile *k)
{
    if (k->c.contacts == 0 && k->c.urgency != NO_INT) {
        const char digit[2] = { (char)('0' + k->c.urgency), 0 };
        const struct code_entry *e = codes_find(codes_table("urgency"), str_of(digit));
        if (e != NULL) sooner(best, later(k->c.opened_at, codes_int(e, "minutes", 10080)), "first_contact");
    }
    if (date_known(k->c.next)) sooner(best, instant_at(k->c.next, 18, 0), "contact");
}

struct instant
case_crisis_due(const struct casefile *k)
{
    return later(k->c.opened_at, profile_param(k->profile, "crisis_forms_hours", 72) * 60);
}

void
case_clock(struct rq *rq, struct casefile *k)
{
    struct clock best = { NO_TIME, NO_STR };
    int64_t area = id_area(k->c.id.v);
    bool suspended = str_is(k->c.state, "suspended");

    if (state_is_open(k->c.state) && !suspended) {
        clock_of_intake(&best, k);
        clock_of_contact(&best, k);
        bool forms = k->c.crisis && case_form(rq, k, "C") == NULL;
        if (forms) sooner(&best, case_crisis_due(k), "crisis_forms");
        const json_t *b = case_form(rq, k, "B");
        struct date again = NO_DATE;
        if (b != NULL && date_parse(doc_text(b, "reassess_on"), &again)) sooner(&best, instant_at(again, 18, 0), "reassess");
    } else if (str_is(k->c.state, "follow_up")) {
        struct case_follows_row *rows;
        size_t n = case_follows(rq->db, &rows, area, k->c.id);
        for (size_t i = 0; i < n; i++)
            if (!rows[i].done && rows[i].cancelled.p == NULL) sooner(&best, instant_at(rows[i].on, 18, 0), "follow_up");
    }
    k->c.due_at = best.at;
    k->c.due_kind = best.kind;
    case_set_due(rq->db, area, k->c.id, best.at, best.kind);
}

/* ---- Transitions ---- */

/* A closing that is taken back leaves the figures of its day. */
static void
count_closing(struct rq *rq, const struct casefile *k, struct date day, int64_t n)
{
    int64_t area = id_area(k->c.id.v);
    struct str reason = k->c.close_sub.n ? k->c.close_sub : k->c.close_reason;
    tally_add(rq->db, area, k->c.unit, day, "case.closed", n);
    tally_add_code(rq->db, area, k->c.unit, day, "case.closed", reason, n);
}

void
case_enter(struct rq *rq, struct casefile *k, struct str to, struct str reason)
{
    int64_t area = id_area(k->c.id.v);
    struct str from = k->c.state;
    bool closes = str_is(to, "closed"), was_closed = date_known(k->c.closed);

    if (was_closed && state_is_open(to)) {
        count_closing(rq, k, k->c.closed, -1);
        k->c.closed = NO_DATE;
    }
    if (closes && !was_closed) {
        k->c.closed = today();
        count_closing(rq, k, k->c.closed, 1);
    }
    k->c.suspended_from = str_is(to, "suspended") ? from : NO_STR;
    k->c.state = to;
    case_set_state(rq->db, .area = area, .id = k->c.id, .state = to, .suspended_from = k->c.suspended_from, .closed = k->c.closed,
                   .due_at = k->c.due_at, .due_kind = k->c.due_kind);
    case_event_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .at = instant_now(), .by = rq->who.user,
                   .kind = STR("state"), .from_state = from, .to_state = to, .reason = reason.n ? reason : NO_STR);
    tally_state(rq->db, area, k->c.unit, today(), from, to);
    struct audit_changes changes = { 0 };
    audit_changed(&changes, rq->arena, "state", from, to);
    audit_note(rq, area, "state", "case", k->c.id.v, &changes, reason);
    case_clock(rq, k);
    referral_case_moved(rq, k);
}
