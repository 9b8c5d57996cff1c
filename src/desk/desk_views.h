#ifndef NUAN_DESK_VIEWS_H
#define NUAN_DESK_VIEWS_H
#include "casework/case_views.h"
#include "desk/desk_sql.h"
#include "figures/block.h"
#include "groupwork/group_sql.h"
#include "referral/referral.h"
#include "report/report.h"

/* One thing to do. */
struct task {
    struct instant due, at;             /* its clock, and when what it is about happened; both may be unknown */
    struct str badge, what, why;
    const char *colour, *verb;
    struct url href;
    bool critical, draft;
    size_t nth;                         /* where it came in the lists it is made of */
};

struct desk_page {
    struct rq *rq;
    bool station;                       /* the head's: of the whole station */
    struct desk_due_row *due;
    size_t due_n;
    struct desk_drafts_row *drafts;
    size_t drafts_n;
    struct desk_waiting_row *waiting;
    size_t waiting_n;
    struct desk_dormant_row *dormant;
    size_t dormant_n;
    struct handover_waiting_row *handovers;
    size_t handovers_n;
    struct referral_todo_row *referrals;
    size_t referrals_n;
    struct referral_late_row *late;     /* overdue referrals of the units below */
    size_t late_n;
    struct discovery_todo_row *discoveries;
    size_t discoveries_n;
    struct report_todo_row *reports;
    size_t reports_n;
    struct resolution_todo_row *resolutions;    /* what conferences decided */
    size_t resolutions_n;
    struct group_todo_records_row *group_records;       /* sessions whose day has passed without a record */
    size_t group_records_n;
    struct group_todo_reviews_row *group_reviews;       /* forms of groups that wait for the user's answer */
    size_t group_reviews_n;
    struct desk_mine_row *mine;
    size_t mine_n;
    struct desk_month_row month;
    struct handover_loads_row *loads;
    size_t loads_n;
    struct task *tasks;                 /* all of them, the most urgent first */
    size_t tasks_n;
    struct tile tiles[TILES];           /* this month's, of who sees numbers only */
    size_t tiles_n;
};

/* Makes the tasks of the lists that were loaded. */
void desk_tasks(struct desk_page *v);
#endif
