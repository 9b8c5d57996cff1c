/* The state machine of a referral: who may see it, its steps and clocks, and what they mean for the case that it comes from. */
#include "audit/audit.h"
#include "auth/session.h"
#include "referral/referral_views.h"

/* ---- Rights ---- */

/* Who may act for a station: a worker or the head, where it lies in his subtree. */
static bool
acts_for(struct rq *rq, struct unit_id unit)
{
    return may(rq, REFERRAL_WRITE) && may(rq, CASE_WRITE) && scope_unit(rq, unit);
}

static bool
undecided(struct str state)
{
    return str_is(state, "sent") || str_is(state, "received");
}

/* Own is what one sends or receives oneself.  One that nobody has taken up yet belongs to all workers of the station it came to,
 * except on level S4: that goes to a person by name. */
static void
relate(struct rq *rq, struct referral *f)
{
    const struct referral_get_row *r = &f->r;
    int64_t me = rq->who.user.v;
    bool reader = may(rq, CASE_READ), head = may(rq, CASE_ASSIGN);
    bool there = reader && scope_unit(rq, r->to_unit), here = reader && scope_unit(rq, r->from_unit);
    bool to_me = me != 0 && (r->to_account.v == me || r->new_worker.v == me);
    bool open = r->to_account.v == 0 && r->level < 4 && undecided(r->state) && acts_for(rq, r->to_unit);

    f->author = me != 0 && r->from_account.v == me;
    f->rel.own = f->author || to_me || open || (here && r->case_worker.v == me);
    f->rel.assigned = (here && r->case_supervisor.v == me);
    f->rel.named = f->rel.own || f->rel.assigned;
    f->reads = f->author || ((there || here) && access_to(rq, r->level > 2 ? (int)r->level : 2, f->rel) >= ACCESS_READ);
    f->sends = may(rq, REFERRAL_WRITE) && (f->author || (here && (r->case_worker.v == me || (head && f->reads))));
    f->receives = there && acts_for(rq, r->to_unit) && (to_me || open || (head && f->reads));
}

bool
referral_load(struct rq *rq, struct referral_id id, struct referral *out)
{
    *out = (struct referral){ 0 };
    if (!referral_get(rq->db, &out->r, id_area(id.v), id)) return false;
    out->profile = profile_of(out->r.profile);          /* one of its units is always there */
    out->outside = out->r.to_unit.v == 0;
    relate(rq, out);
    return true;
}

bool
referral_scope(struct rq *rq)
{
    struct referral *f = NEW(rq->arena, struct referral, 1);
    if (!referral_load(rq, (struct referral_id){ rq->ids[0] }, f)) return false;
    bool side = may(rq, CASE_READ) && (scope_unit(rq, f->r.from_unit) || scope_unit(rq, f->r.to_unit));
    bool begun = !str_is(f->r.state, "draft") && !str_is(f->r.state, "consented");
    if (!f->author && !begun && !(may(rq, CASE_READ) && scope_unit(rq, f->r.from_unit))) return false;   /* not sent: not there yet */
    if (!f->author && !side) return false;
    if (f->r.level >= 4 && !f->rel.named && access_to(rq, 4, f->rel) < ACCESS_APPROVAL) return false;
    rq->record = f;
    return true;
}

struct referral *
referral_of(struct rq *rq)
{
    assert(rq->record != NULL);
    return rq->record;
}

/* ---- Steps ---- */

static const struct { const char *from, *to; } steps[] = {
    { "draft", "consented" }, { "consented", "sent" }, { "sent", "received" }, { "received", "accepted" }, { "received", "refused" },
    { "accepted", "serving" }, { "accepted", "feedback" }, { "serving", "feedback" }, { "feedback", "closed" }, { "refused", "closed" },
    { "draft", "withdrawn" }, { "consented", "withdrawn" }, { "sent", "withdrawn" }, { "received", "withdrawn" },
};

static bool
step_known(struct str from, const char *to)
{
    for (size_t i = 0; i < COUNT(steps); i++)
        if (str_is(from, steps[i].from) && strcmp(to, steps[i].to) == 0) return true;
    return false;
}

/* An urgent one is answered as soon as its client must be contacted, at the earliest within an hour. */
static int64_t
answer_minutes(const struct referral *f)
{
    const char digit[2] = { (char)('0' + f->r.urgency % 10), 0 };
    const struct code_entry *e = codes_find(codes_table("urgency"), str_of(digit));
    int64_t days = profile_param(f->profile, "referral_answer_days", 7) * 1440, urgent = e != NULL ? codes_int(e, "minutes", days) : days;
    if (urgent < 60) urgent = 60;
    return urgent < days ? urgent : days;
}

static struct instant
due_of(const struct referral *f, const char *state, struct instant now, const char **kind)
{
    int64_t minutes = 0;
    *kind = NULL;
    if (strcmp(state, "received") == 0) {               /* the answer is due since it was sent */
        *kind = "answer";
        return f->r.due_at;
    }
    if (strcmp(state, "serving") == 0) {
        *kind = "feedback";
        return f->r.due_at;
    }
    if (strcmp(state, "sent") == 0) *kind = "answer", minutes = answer_minutes(f);
    else if (strcmp(state, "accepted") == 0) *kind = "feedback", minutes = profile_param(f->profile, "referral_feedback_days", 30) * 1440;
    else if (strcmp(state, "refused") == 0) *kind = "handle", minutes = profile_param(f->profile, "referral_handle_days", 3) * 1440;
    return *kind == NULL ? NO_TIME : (struct instant){ now.ms + minutes * 60000 };
}

void
referral_event(struct rq *rq, const struct referral *f, const char *kind, struct str text)
{
    int64_t area = id_area(f->r.id.v);
    referral_event_add(rq->db, .area = area, .id = { id_next(area) }, .referral = f->r.id, .at = instant_now(), .account = rq->who.user,
                       .who = rq->who.name.p ? rq->who.name : STR(""), .kind = str_of(kind), .text = text.n ? text : NO_STR);
}

bool
referral_step(struct rq *rq, struct referral *f, const char *to, struct str text)
{
    int64_t area = id_area(f->r.id.v);
    const char *kind;
    struct instant now = instant_now(), due = due_of(f, to, now, &kind);
    struct str from = f->r.state;
    struct audit_changes changes = { 0 };
    bool answer = strcmp(to, "accepted") == 0 || strcmp(to, "refused") == 0;

    if (!step_known(from, to)) return false;
    size_t moved = referral_set_state(rq->db, .area = area, .id = f->r.id, .from_ = from, .to_ = str_of(to), .due_at = due, .due_kind = str_of(kind),
        .sent_at = strcmp(to, "sent") == 0 ? now : NO_TIME, .received_at = strcmp(to, "received") == 0 ? now : NO_TIME,
        .decided_at = answer ? now : NO_TIME, .feedback_at = strcmp(to, "feedback") == 0 ? now : NO_TIME,
        .closed_at = strcmp(to, "closed") == 0 || strcmp(to, "withdrawn") == 0 ? now : NO_TIME);
    if (moved == 0) return false;
    referral_event_add(rq->db, .area = area, .id = { id_next(area) }, .referral = f->r.id, .at = now, .account = rq->who.user,
                       .who = rq->who.name.p ? rq->who.name : STR(""), .kind = STR("state"), .from_state = from, .to_state = str_of(to),
                       .text = text.n ? text : NO_STR);
    audit_changed(&changes, rq->arena, "state", from, str_of(to));
    audit_note(rq, area, "state", "referral", f->r.id.v, &changes, NO_STR);
    f->r.state = str_of(to);
    f->r.due_at = due;
    f->r.due_kind = str_of(kind);
    return true;
}

/* ---- What the steps mean for the case that it comes from ---- */

/* The case's own event needs an account: an answer through the link counts as brought in by the worker who sent the link. */
static bool
load_case(struct rq *rq, const struct referral *f, struct casefile *k)
{
    if (f->r.case_.v == 0 || str_is(f->r.direction, "internal")) return false;
    return case_load(rq, id_area(f->r.case_.v), f->r.case_, k);
}

static void
case_after_answer(struct rq *rq, const struct referral *f, bool accepted, struct str reason)
{
    struct casefile k;
    struct who who = rq->who;
    if (who.user.v == 0) rq->who.user = f->r.from_account;
    if (load_case(rq, f, &k)) {
        if (!accepted && str_is(k.c.state, "referred_out")) case_enter(rq, &k, STR("intake"), reason);     /* back with its worker */
        case_close_ready(rq, &k);
    }
    rq->who = who;
}

bool
referral_send(struct rq *rq, struct referral *f, struct str sign)
{
    struct casefile k;
    if (!referral_step(rq, f, "sent", NO_STR)) return false;
    referral_set_sent(rq->db, .area = id_area(f->r.id.v), .id = f->r.id, .sign = sign, .shared = f->r.shared, .level = f->r.level);
    if (load_case(rq, f, &k) && str_is(k.c.state, "intake") && str_is(k.c.decision, "refer")) case_enter(rq, &k, STR("referred_out"), f->r.no);
    return true;
}

static bool
answer(struct rq *rq, struct referral *f, bool yes, struct user_id worker, struct str reason, struct str by, struct str sign)
{
    int64_t area = id_area(f->r.id.v);
    if (str_is(f->r.state, "sent") && !referral_step(rq, f, "received", NO_STR)) return false;
    if (!referral_step(rq, f, yes ? "accepted" : "refused", reason)) return false;
    referral_set_answer(rq->db, .area = area, .id = f->r.id, .reason = reason.n ? reason : NO_STR, .by = by, .sign = sign.n ? sign : NO_STR,
                        .to_account = worker);
    case_after_answer(rq, f, yes, reason);
    return true;
}

bool
referral_accept(struct rq *rq, struct referral *f, struct user_id worker, struct str reason, struct str by, struct str sign)
{
    return answer(rq, f, true, worker, reason, by, sign);
}

bool
referral_refuse(struct rq *rq, struct referral *f, struct user_id worker, struct str reason, struct str by, struct str sign)
{
    return answer(rq, f, false, worker, reason, by, sign);
}

/* Feedback may be given again until the sender closes. */
bool
referral_feedback(struct rq *rq, struct referral *f, struct str text)
{
    bool more = str_is(f->r.state, "feedback");
    if (!more && !referral_step(rq, f, "feedback", NO_STR)) return false;
    referral_event(rq, f, "feedback", text);
    return true;
}

/* ---- What casework asks ---- */

void
referral_case_moved(struct rq *rq, const struct casefile *k)
{
    struct referral_accepted_of_case_row *rows;
    struct referral f;
    if (!state_is_open(k->c.state) || str_is(k->c.state, "intake")) return;
    size_t n = referral_accepted_of_case(rq->db, &rows, id_area(k->c.id.v), k->c.id);
    for (size_t i = 0; i < n; i++)
        if (referral_load(rq, rows[i].id, &f)) referral_step(rq, &f, "serving", NO_STR);
}

struct referral_id
referral_draft(struct rq *rq, const struct referral_begin *in)
{
    struct person_head h;
    int64_t area = id_area(in->person.v);
    struct str fields = share_fields(rq->arena, STR("sex,born,phone"));
    if (!person_head(rq->db, in->person, &h)) return (struct referral_id){ 0 };
    int64_t level = share_level(fields, h.level, h.born);
    struct referral_id id = { id_next(area) };
    referral_insert(rq->db, .area = area, .id = id, .no = referral_number(rq, in->unit), .direction = STR("out"),
                    .from_unit = in->unit, .from_account = in->worker, .from_org = in->unit_name, .person = in->person,
                    .case_ = in->case_, .client_kind = STR("person"), .name = h.name,
                    .level = in->level > level ? in->level : level,
                    .shared = share_seal(rq->arena, share_build(rq, in->person, in->case_, fields,
                                                                (struct share_text){ .summary = in->summary })),
                    .fields = fields, .services = in->services, .urgency = in->urgency, .at = instant_now());
    audit_note(rq, area, "create", "referral", id.v, NULL, in->ref);
    return id;
}

void
referral_of_decision(struct rq *rq, const struct casefile *k)
{
    struct referral_open_of_case_row open;
    const json_t *a = case_form(rq, k, "A");
    if (referral_open_of_case(rq->db, &open, id_area(k->c.id.v), k->c.id)) return;
    referral_draft(rq, &(struct referral_begin){ .unit = k->c.unit, .unit_name = k->c.unit_name, .worker = k->c.worker.v ? k->c.worker : rq->who.user,
        .person = k->c.person, .case_ = k->c.id, .level = k->c.level >= 4 ? 4 : 0, .summary = a ? doc_text(a, "presenting_problem") : NO_STR,
        .services = k->c.code, .urgency = k->c.urgency == NO_INT ? 4 : k->c.urgency, .ref = k->c.no });
}

bool
referral_taken(struct rq *rq, const struct casefile *k)
{
    struct referral_last_of_case_row last;
    if (!referral_last_of_case(rq->db, &last, id_area(k->c.id.v), k->c.id) || !instant_known(last.decided_at)) return false;
    return str_is(last.state, "accepted") || str_is(last.state, "serving") || str_is(last.state, "feedback") || str_is(last.state, "closed");
}

const char *
referral_unanswered(struct rq *rq, const struct casefile *k)
{
    struct referral_last_of_case_row last;
    if (!referral_last_of_case(rq->db, &last, id_area(k->c.id.v), k->c.id)) return T("结案表写明转介，尚未填写转介单");
    return instant_known(last.decided_at) ? NULL : T("转介尚未得到答复");
}

struct str
referral_text(struct rq *rq, struct case_id id, bool incoming)
{
    struct referral_last_of_case_row last;
    struct referral_origin_of_case_row origin;
    int64_t area = id_area(id.v);
    if (incoming) return referral_origin_of_case(rq->db, &origin, area, id) ? origin.no : NO_STR;
    if (!referral_last_of_case(rq->db, &last, area, id)) return NO_STR;
    return str_fmt(rq->arena, "%.*s · %s", FMT(last.no), referral_state_label(last.state, rq->lang));
}
