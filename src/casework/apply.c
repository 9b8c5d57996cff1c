/* What a submitted form changes in the case. */
#include "casework/casework.h"
#include "audit/audit.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "referral/referral.h"
#include "report/report.h"
#include "tally/tally.h"

static int64_t
number(struct str s, int64_t otherwise)
{
    int64_t v;
    return str_int(s, &v) ? v : otherwise;
}

static struct date
day(struct str s)
{
    struct date d;
    return date_parse(s, &d) ? d : NO_DATE;
}

static struct str
or_none(struct str s)
{
    return s.n ? s : NO_STR;
}

/* The highest of: two (a case is never less), the client's categories, the services, a minor (codes.md 9.2). */
static int64_t
level_of(const struct casefile *k, struct str codes)
{
    int64_t level = k->c.person_level > 2 ? k->c.person_level : 2;
    int age = date_age(k->c.born, today());
    if (age >= 0 && age < profile_param(k->profile, "minor_age", 18) && level < 3) level = 3;
    while (codes.n) {
        int one = catalogue_level(str_cut(&codes, ','));
        if (one > level) level = one;
    }
    return level;
}

static void
codes_of_case(struct rq *rq, struct casefile *k, struct str codes, struct str primary)
{
    int64_t area = id_area(k->c.id.v);
    if (!str_eq(k->c.code, primary)) {
        tally_add_code(rq->db, area, k->c.unit, k->c.opened, "case.code", k->c.code, -1);
        tally_add_code(rq->db, area, k->c.unit, k->c.opened, "case.code", primary, 1);
        k->c.code = primary;
    }
    case_code_clear(rq->db, area, k->c.id);
    while (codes.n) case_code_add(rq->db, area, k->c.id, str_cut(&codes, ','));
}

static void
apply_a(struct rq *rq, struct casefile *k, const json_t *doc)
{
    struct str codes = doc_text(doc, "catalogue_codes"), rest = codes, primary = str_cut(&rest, ','), decision = doc_text(doc, "decision");
    int64_t area = id_area(k->c.id.v), worker = number(doc_text(doc, "assigned_worker"), k->c.worker.v);

    codes_of_case(rq, k, codes, or_none(primary));
    k->c.urgency = number(doc_text(doc, "urgency"), 4);
    k->c.crisis = k->c.urgency == 1;
    k->c.level = level_of(k, codes);
    k->c.decision = decision;
    k->c.decided = str_is(decision, "pending") ? NO_DATE : today();
    k->c.grade = doc_text(doc, "case_grade");
    case_set_intake(rq->db, .area = area, .id = k->c.id, .grade = k->c.grade, .source = doc_text(doc, "source"),
                    .client_kind = doc_text(doc, "client_kind"), .urgency = k->c.urgency, .risk_flags = or_none(doc_text(doc, "risk_flags")),
                    .crisis = k->c.crisis, .service_category = or_none(doc_text(doc, "service_category")), .code = k->c.code,
                    .level = k->c.level, .decision = decision, .decided = k->c.decided, .worker = { worker });
    if (worker != k->c.worker.v) {
        k->c.worker.v = worker;
        case_event_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .at = instant_now(), .by = rq->who.user,
                       .kind = STR("assigned"), .reason = NO_STR);
    }
    report_of_form(rq, k, doc);
    if (str_is(k->c.state, "intake") && str_is(decision, "decline")) case_enter(rq, k, STR("declined"), doc_text(doc, "decision_reason"));
    else if (str_is(k->c.state, "intake") && str_is(decision, "refer")) referral_of_decision(rq, k);   /* referred out when it is sent */
}

/* What a record says of its contact. */
struct contact_told { struct instant from; struct date on, next; int64_t minutes; };

static struct contact_told
contact_told(const json_t *doc)
{
    struct contact_told t = { NO_TIME, NO_DATE, day(doc_text(doc, "next_on")), 0 };
    struct instant to = NO_TIME;
    instant_parse(doc_text(doc, "start_at"), &t.from);
    instant_parse(doc_text(doc, "end_at"), &to);
    t.on = instant_date(t.from);
    if (instant_known(t.from) && instant_known(to)) t.minutes = (to.ms - t.from.ms) / 60000;
    return t;
}

/* One contact: a row for the time axis and the figures, the case's last contact, the counters of that day. */
static void
add_contact(struct rq *rq, struct casefile *k, struct doc_id id, const json_t *doc)
{
    int64_t area = id_area(k->c.id.v);
    struct contact_told t = contact_told(doc);
    struct record_id record = { id_next(area) };

    record_insert(rq->db, .area = area, .id = record, .case_ = k->c.id, .doc = id, .unit = k->c.unit, .person = k->c.person,
                  .worker = rq->who.user, .kind = doc_text(doc, "kind"), .on = t.on, .start_at = t.from, .minutes = t.minutes,
                  .unplanned = str_is(doc_text(doc, "off_plan"), "1"));
    case_set_contact(rq->db, .area = area, .id = k->c.id, .last = t.on, .next = t.next, .minutes = t.minutes);
    tally_contact(rq->db, area, k->c.unit, t.on, k->c.person, t.minutes);
    k->c.contacts++;
    k->c.minutes += t.minutes;
    k->c.last = t.on;
    k->c.next = t.next;
    if (str_is(k->c.state, "follow_up")) case_follow_done(rq->db, area, k->c.id, record);
}

/* A record that was returned or corrected stays one contact; its day and its minutes are those of the newest version,
 * counted where the contact was. */
static void
correct_contact(struct rq *rq, struct casefile *k, struct doc_id id, const json_t *doc, const struct record_of_doc_row *r)
{
    int64_t area = id_area(k->c.id.v);
    struct contact_told t = contact_told(doc);
    struct record_sums_row sums = { .last = NO_DATE };

    tally_contact_back(rq->db, area, r->unit, r->on, r->person, r->minutes);
    tally_contact(rq->db, area, r->unit, t.on, r->person, t.minutes);
    record_correct(rq->db, .area = area, .id = r->id, .doc = id, .kind = doc_text(doc, "kind"), .on = t.on, .start_at = t.from,
                   .minutes = t.minutes, .unplanned = str_is(doc_text(doc, "off_plan"), "1"));
    record_sums(rq->db, &sums, area, k->c.id);
    if (date_known(sums.last) && t.on.days >= sums.last.days) k->c.next = t.next;     /* the last contact says when the next is */
    k->c.last = sums.last;
    k->c.minutes = sums.minutes;
    case_set_contacts(rq->db, .area = area, .id = k->c.id, .last = k->c.last, .next = k->c.next, .minutes = k->c.minutes);
}

static void
apply_e(struct rq *rq, struct casefile *k, struct doc_id id, const json_t *doc)
{
    struct record_of_doc_row before;
    if (record_of_doc(rq->db, &before, id_area(k->c.id.v), id)) correct_contact(rq, k, id, doc, &before);
    else add_contact(rq, k, id, doc);
    if (doc_text(doc, "risk_flags").n) case_set_risk(rq->db, id_area(k->c.id.v), k->c.id, NO_STR, doc_text(doc, "risk_flags"));
    report_of_form(rq, k, doc);
}

static void
apply_g(struct rq *rq, struct casefile *k, const json_t *doc)
{
    int64_t area = id_area(k->c.id.v);
    k->c.close_reason = doc_text(doc, "close_reason");
    k->c.close_sub = or_none(doc_text(doc, "close_reason_sub"));
    k->c.outcome = str_is(doc_text(doc, "referral"), "1") ? STR("referred") : NO_STR;
    case_set_close(rq->db, .area = area, .id = k->c.id, .reason = k->c.close_reason, .sub = k->c.close_sub, .outcome = k->c.outcome);
    if (k->c.outcome.n) referral_of_decision(rq, k);
    case_follow_clear(rq->db, area, k->c.id);
    for (size_t i = 0; i < doc_rows(doc, "follow_up_plan") && str_is(doc_text(doc, "follow_up"), "yes"); i++) {
        struct date on = day(doc_cell(doc, "follow_up_plan", i, "on"));
        if (date_known(on))
            case_follow_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .on = on,
                            .way = or_none(doc_cell(doc, "follow_up_plan", i, "way")), .worker = k->c.worker);
    }
}

void
case_apply(struct rq *rq, struct casefile *k, const struct doc_form *f, struct doc_id id, const json_t *doc)
{
    switch (f->code[0]) {
    case 'A': apply_a(rq, k, doc); break;
    case 'B': case_set_risk(rq->db, id_area(k->c.id.v), k->c.id, or_none(doc_text(doc, "risk_level")), NO_STR); break;
    case 'E': apply_e(rq, k, id, doc); break;
    case 'G': apply_g(rq, k, doc); break;
    default: break;
    }
    case_clock(rq, k);
}
