/* Discovery 发现报告 and mandatory report 强制报告 (MZT-24, SA-09, SA-10; Anti-Domestic-Violence Law art. 14, Law on the Protection of Minors
 * art. 11): a need that somebody noticed becomes a note, a case, a referral or a report; a duty to report runs against a clock until
 * it is reported, or the head agrees that it is not.  What other parts of the work may call. */
#ifndef NUAN_REPORT_H
#define NUAN_REPORT_H
#include "casework/casework.h"
#include "report/discovery_sql.h"
#include "report/report_sql.h"

/* What a form of the case says may open a duty: urgency 1, the risk flags that are marked so (A, E), or its own tick. */
void report_of_form(struct rq *rq, const struct casefile *k, const json_t *doc);

/* The number of a report that is neither filed nor excused, and the case therefore cannot be closed; NO_STR: none. */
struct str report_open_in(struct rq *rq, struct case_id id);

/* What stands in form A: "ZS-Q-2026-0003 · 已报告"; NO_STR when there is none. */
struct str report_text(struct rq *rq, struct case_id id);

/* How many hours there are to report, in this place. */
int64_t report_hours(const struct profile *p, struct str duty);

const char *report_duty_label(struct str duty, enum lang lang);
const char *report_state_label(struct str state, enum lang lang);
const char *report_state_colour(struct str state);
/* "发现后 3 小时", and its colour: yellow from the hour of warning on, red when it is too late. */
struct str found_text(struct arena *a, enum lang lang, struct instant found);
const char *report_clock_colour(const struct profile *p, struct str duty, struct instant found, struct instant due);

extern const struct module report_module;
#endif
