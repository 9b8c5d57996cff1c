/* Projects of community work (社区社会工作): needs → planning → approval → executing → evaluating → improving → closed (clauses
 * 6.3.1–6.3.4 of the standard).  Each step has a gate; what a gate lacks is named where the step is taken.  A project holds no
 * personal data but names of staff: activities are counted, and persons and person-times are told apart. */
#ifndef NUAN_COMMUNITY_H
#define NUAN_COMMUNITY_H
#include "community/project_sql.h"
#include "form/doc.h"
#include "http/route.h"
#include "view/view.h"

/* Loads the project of the path's first id when it lies within the user's units.  A route.scope. */
bool project_scope(struct rq *rq);
const struct project_get_row *project_of(const struct rq *rq);         /* after it */

/* ---- States and gates ---- */

/* A step from one state to another. */
struct project_step {
    const char *from, *to, *label;      /* label: T() */
    enum may may;
    bool reason;                        /* it must be said why */
    bool decided;                       /* taken by recording the decision */
    bool forward;                       /* through a gate */
};
const struct project_step *project_step(struct str from, struct str to);        /* NULL: there is no such step */
size_t project_steps(struct str from, const struct project_step **steps);       /* all from a state, in the arena of nobody */

/* What the gate of a step lacks; 0: nothing.  In the user's language, with the page where it is mended. */
struct project_lack { const char *why; struct url where; };
size_t project_lacks(struct rq *rq, const struct project_get_row *p, const struct project_step *step, struct project_lack **list);

/* Takes the step: state, event, audit, and what hangs on it.  The gate was asked before.  False: somebody else moved it in between. */
bool project_enter(struct rq *rq, const struct project_get_row *p, const struct project_step *step, struct str reason);

const char *project_state_label(struct str state, enum lang lang);
const char *project_state_badge(struct str state);
bool project_is_over(struct str state);         /* closed, rejected, withdrawn, terminated */
bool project_is_running(struct str state);      /* executing or later: what is planned can be done and changed */

/* ---- For the program itself, within a write transaction ---- */

struct project_new { struct unit_id unit; struct str name, kind, slot; struct staff_id staff; };
struct project_id project_open(struct rq *rq, const struct project_new *in);

/* What happened, for the log.  what, was, became, reason: may be NO_STR. */
struct project_told { const char *kind; struct date on; struct str from, to, what, was, became, reason; };
void project_tell(struct rq *rq, struct project_id id, const struct project_told *told);

/* ---- Forms: "community_needs" and "community_plan" ---- */

struct doc_env *project_env(struct rq *rq, const struct project_get_row *p);

/* The version that counts: the assessment that was handed in, the plan that was approved.  NULL: none. */
const json_t *project_form_good(struct rq *rq, struct project_id id, const char *form);

/* Begins, hands in and reviews a version; what the demo uses too. */
struct doc_id project_form_begin(struct rq *rq, const struct project_get_row *p, const struct doc_form *f);
void project_form_hand_in(struct rq *rq, const struct project_get_row *p, const struct doc_form *f, struct doc_id id, const json_t *doc);
void project_form_decide(struct rq *rq, const struct project_get_row *p, const struct doc_form *f, struct doc_id id, struct str decision, struct str comment);

extern const struct module community_module;
#endif
