/* Referral 转介 (seed 002 转介机制; casework.md 5): a record of its own that goes from one worker, station or agency to another,
 * with consent, a deadline, an answer and feedback.  What other parts of the work may call. */
#ifndef NUAN_REFERRAL_H
#define NUAN_REFERRAL_H
#include "casework/casework.h"
#include "referral/referral_sql.h"

/* A form of the case says that the client is to be referred: an empty referral out of the case, unless one is on its way. */
void referral_of_decision(struct rq *rq, const struct casefile *k);

/* An empty referral out of a station, to be completed by its worker; 0 when there is no such person. */
struct referral_begin {
    struct unit_id unit;
    struct user_id worker;
    struct person_id person;
    struct case_id case_;
    int64_t level, urgency;
    struct str unit_name, summary, services, ref;
};
struct referral_id referral_draft(struct rq *rq, const struct referral_begin *in);

/* Why a case that ends with a referral cannot end yet (G: accepted, or refused and answered); NULL: it can. */
const char *referral_unanswered(struct rq *rq, const struct casefile *k);

/* The newest referral out of a case was taken on by its receiver. */
bool referral_taken(struct rq *rq, const struct casefile *k);

/* The case that a referral became goes on: its referral is in service. */
void referral_case_moved(struct rq *rq, const struct casefile *k);

/* What stands in the forms of a case: "ZS-Z-2026-0003 · 已接收"; NO_STR when there is none. */
struct str referral_text(struct rq *rq, struct case_id id, bool incoming);

const char *referral_state_label(struct str state, enum lang lang);
const char *referral_state_colour(struct str state);
const char *referral_due_label(struct str kind, enum lang lang);

/* May the user read the name in a row of a list? */
bool referral_name_shown(const struct rq *rq, int64_t level, bool mine);

extern const struct module referral_module;
#endif
