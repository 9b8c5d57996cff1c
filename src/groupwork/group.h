/* Group work 小组工作: from recruiting to the archive (MZ/T 095-2017).  What the files of this folder share, and what others may ask. */
#ifndef NUAN_GROUP_H
#define NUAN_GROUP_H
#include "auth/role.h"
#include "form/doc.h"
#include "groupwork/group_sql.h"
#include "groupwork/roster_sql.h"
#include "groupwork/sheets_sql.h"
#include "http/route.h"
#include "network/profile.h"
#include "view/view.h"

/* A form that was handed in: the newest such version. */
struct sheet_done { const struct sheet_handed_row *row; const json_t *doc; };

/* A group and how the user relates to it.  Lists are loaded when they are asked for. */
struct groupfile {
    struct group_get_row g;
    struct relation rel;
    int64_t level;                      /* of everybody on its list, S2 at least; a minor makes it S3 */
    const struct profile *profile;      /* of its unit; never NULL */
    struct group_members_row *members;
    size_t members_n;
    struct group_sessions_row *sessions;
    size_t sessions_n;
    struct sheet_done *sheets;
    size_t sheets_n;
    bool members_known, sessions_known, sheets_known;
};

/* Loads the group of the path's first id when the user may know that it exists.  A route.scope. */
bool group_scope(struct rq *rq);
struct groupfile *group_of(struct rq *rq);
bool group_load(struct rq *rq, int64_t area, struct group_id id, struct groupfile *out);

/* May the user read values of a level of this group?  Write (its leader)?  Decide (its supervisor, the head of its station)? */
bool group_may_read(const struct rq *rq, const struct groupfile *k, int level);
bool group_may_write(const struct rq *rq, const struct groupfile *k);
bool group_may_decide(const struct rq *rq, const struct groupfile *k);

size_t group_people(struct rq *rq, struct groupfile *k, struct group_members_row **rows);
size_t group_meetings(struct rq *rq, struct groupfile *k, struct group_sessions_row **rows);
void group_changed(struct groupfile *k);                /* the lists are loaded anew when next asked for */

/* The newest version of a form that was handed in; seq: the session of I and J, else 0.  doc NULL: there is none. */
struct sheet_done group_sheet(struct rq *rq, struct groupfile *k, const char *form, int64_t seq);

/* Makes a group and its empty plan; no check of rights. */
struct group_id group_make(struct rq *rq, struct unit_id unit, struct str name, struct user_id leader, struct user_id supervisor, struct doc_id *plan);

/* Words */
struct str group_member_name(struct rq *rq, const struct group_members_row *m);     /* masked where the user may not know him */
const char *group_word(const char *table, struct str code, enum lang lang);
const char *group_state_colour(struct str state);
bool group_minor(const struct groupfile *k, const struct group_members_row *m);
bool group_here(const struct group_members_row *m, struct date on);                 /* a member on that day */

/* ---- States and gates ---- */

bool group_is_open(struct str state);                   /* not archived, cancelled or stopped */
int group_place(struct str state);                      /* in the order of the process, prepare is 0; -1: outside of it */
struct str group_next(const struct groupfile *k);       /* NO_STR at the end */
struct lack { const char *why; struct url where; };     /* why: translated */

/* What is missing before the group may go to a state. */
size_t group_missing(struct rq *rq, struct groupfile *k, struct str to, struct lack **list);
void group_enter(struct rq *rq, struct groupfile *k, struct str to);

/* What should be minded meanwhile (R-GW-1, 3, 4): not yet a gate. */
size_t group_prompts(struct rq *rq, struct groupfile *k, struct lack **list);

/* ---- Periods: check lists and guidance, data/forms/group_stages.json ---- */

bool group_stages_load(void);
struct group_tick { const char *code, *text, *clause; bool done, by_hand, not_needed; struct str reason; };
size_t group_check_list(struct rq *rq, struct groupfile *k, struct group_tick **ticks, const char ***prompts, size_t *prompts_n);

/* "边缘位置;促进者…": the worker's place, role and tone in a period; NO_STR when nothing is said. */
struct str group_guidance(struct arena *a, enum lang lang, struct str period);

/* ---- Forms ---- */

struct doc_env *group_env(struct rq *rq, struct groupfile *k, int64_t seq);
void group_check(struct rq *rq, struct groupfile *k, const struct doc_form *f, const json_t *doc, int64_t seq, bool final, struct doc_result *r);

/* Begins a form (seq as above) or goes on with its draft. */
struct doc_id group_begin(struct rq *rq, struct groupfile *k, const char *form, int64_t seq, struct meeting_id session);
void group_hand_in(struct rq *rq, struct groupfile *k, const struct doc_form *f, struct doc_id id, int64_t seq, const json_t *doc);
void group_review(struct rq *rq, struct groupfile *k, const struct sheet_get_row *row, struct doc_id id, struct str decision,
                  struct str comment, struct str sign);
const struct group_sessions_row *group_meeting(struct rq *rq, struct groupfile *k, int64_t seq);
struct group_sums { int64_t expected, present, full; };
struct group_sums group_attendance_sums(struct rq *rq, struct groupfile *k, struct group_attendance_list_row **rows, size_t *n);

/* What was answered when a form of the group is given out, with all whose data it holds. */
struct disclosure;
void group_given(struct rq *rq, const struct groupfile *k, struct disclosure *d, struct str what);

/* An audit row about the group. */
void group_note(struct rq *rq, const struct groupfile *k, const char *action, struct str why);

extern const struct module groupwork_module;
extern const struct route group_routes[], roster_routes[], sheet_routes[], group_paper_routes[];
extern const size_t group_routes_n, roster_routes_n, sheet_routes_n, group_paper_routes_n;
#endif
