/* Casework 个案: from intake to closing (MZ/T 094-2017; domain rules R-CW-1…8).
 * This is what other parts may call, and what the files of this folder share. */
#ifndef NUAN_CASEWORK_H
#define NUAN_CASEWORK_H
#include "auth/role.h"
#include "casework/case_sql.h"
#include "casework/docs_sql.h"
#include "form/doc.h"
#include "http/route.h"
#include "network/profile.h"
#include "view/view.h"

/* A case and how the user relates to it. */
struct casefile {
    struct case_get_row c;
    struct relation rel;
    const struct profile *profile;      /* of its unit; never NULL */
    struct form_cache { bool loaded; struct str text[8]; const json_t *doc[8]; } *forms;  /* newest submitted A–G, parsed when
                                                                            * asked for; case_forms_changed empties it */
};

/* Loads the case of the path's first id when the user may know that it exists.  A route.scope. */
bool case_scope(struct rq *rq);

/* After case_scope: the case.  Asserts that it was loaded. */
struct casefile *case_of(struct rq *rq);

/* Loads a case by id, without any check of rights. */
bool case_load(struct rq *rq, int64_t area, struct case_id id, struct casefile *out);

/* May the user read values of a level in this case?  May he write (the responsible worker)?  May he decide as its supervisor
 * or as the head of its station? */
bool case_may_read(const struct rq *rq, const struct casefile *k, int level);
bool case_may_write(const struct rq *rq, const struct casefile *k);
bool case_may_decide(const struct rq *rq, const struct casefile *k);

/* Opens a case for a person: writes the case and an empty form A.  Answers NO_STR, or why not, in the user's language.
 * beside: a case that is about to end by referral and may still be open; usually 0. */
struct str case_open(struct rq *rq, struct person_id person, struct user_id worker, struct case_id beside, struct case_id *made,
                     struct doc_id *form_a);

/* Writes values into a draft, where nothing stands yet: what a form begins with that comes from elsewhere. */
struct doc_preset { const char *key; struct str value; };
void case_preset(struct rq *rq, struct doc_id id, const struct doc_preset *values, size_t n);

/* The responsible worker changes with both signatures at once (R-CW-2). */
void case_hand_over(struct rq *rq, struct case_id id, struct user_id from, struct user_id to, struct str note, struct str sign_from,
                    struct str sign_to);

/* What was typed as a pattern for LIKE: the beginning, or any part. */
struct str case_like(struct rq *rq, struct str text, bool both);

/* R-CW-8: cases in intervention whose last record lies before this day are dormant; by the profile of the unit looked at. */
struct date case_dormant_before(struct rq *rq);

/* ---- States and gates ---- */

bool state_is_open(struct str state);
bool state_before(struct str a, struct str b);          /* in the order of the process */

struct missing { const char *why; struct url where; };  /* why: translated */

/* What is missing before the case may go to a state; 0: nothing.  A backward move needs nothing. */
size_t case_missing(struct rq *rq, const struct casefile *k, struct str to, struct missing **list);

/* Moves the case: state, event, counters, clocks.  The gate was asked before. */
void case_enter(struct rq *rq, struct casefile *k, struct str to, struct str reason);

/* The state that comes next in the process; NO_STR at the end. */
struct str case_next_state(const struct casefile *k);

/* Closes a case in closing when nothing is missing any more (G approved, its referral answered); planned follow-ups begin. */
void case_close_ready(struct rq *rq, struct casefile *k);

/* Until when the forms that a crisis may leave for later must be there. */
struct instant case_crisis_due(const struct casefile *k);

/* Sets the nearest clock that runs. */
void case_clock(struct rq *rq, struct casefile *k);

/* ---- Forms ---- */

/* The environment of a form of the case: prefilled values, choices, rights. */
struct doc_env *case_env(struct rq *rq, struct casefile *k);

/* What a submitted form changes in the case: decision, urgency, record, risk, reason of closing … */
void case_apply(struct rq *rq, struct casefile *k, const struct doc_form *f, struct doc_id id, const json_t *doc);

/* The newest version of a form that was handed in; NULL when there is none. */
const json_t *case_form(struct rq *rq, const struct casefile *k, const char *form);

void case_forms_changed(struct casefile *k);

/* Begins a form: an empty, prefilled draft; the next record for form E. */
struct doc_id doc_begin(struct rq *rq, struct casefile *k, const struct doc_form *f);

/* Hands a saved and checked form in, and applies it to the case. */
void case_hand_in(struct rq *rq, struct casefile *k, const struct doc_form *f, struct doc_id id, const json_t *doc);

/* The supervisor's or head's answer to a form that was handed in: "approved" or "returned". */
void case_review(struct rq *rq, struct casefile *k, const struct doc_form *f, struct doc_id id, json_t *doc, struct str decision,
                 struct str comment, struct str sign);

/* May a form be begun now?  NULL, or why not, translated. */
const char *case_form_closed(struct rq *rq, struct casefile *k, struct str form);

/* Is the client a child whose guardian has not consented?  Then no value of level S3 is saved (R-CW-7, PIPL art. 31). */
bool case_waits_for_guardian(struct rq *rq, const struct casefile *k);

/* Rules across forms: the order of their dates (R-CW-1), the guardian's consent (R-CW-7) and others; adds to the errors. */
void case_check(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, bool final,
                struct doc_result *result);

/* Hints at a form as it stands: a copied plan (GZ-09), a record written late.  written: when it was handed in, or now. */
struct str case_text_hash(struct rq *rq, const struct doc_form *f, const json_t *doc);
void case_hints(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, struct instant written,
                struct doc_result *result);

/* Steps of the plan, and which of them are done. */
struct step { struct str action; int64_t number; bool done; struct str reason; };
size_t case_steps(struct rq *rq, const struct casefile *k, struct step **list);

/* Ticks of a stage's check list, out of the forms and by hand. */
struct tick { const char *code, *text, *clause; bool done, by_hand, not_needed; struct str reason; };
struct prompt { const char *text; };
size_t case_check_list(struct rq *rq, const struct casefile *k, struct tick **ticks, struct prompt **prompts, size_t *prompts_n);
bool stages_load(void);

extern const struct module casework_module;
#endif
