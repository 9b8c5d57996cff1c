/* What the views of group work show. */
#ifndef NUAN_GROUP_VIEWS_H
#define NUAN_GROUP_VIEWS_H
#include "casework/case_views.h"
#include "groupwork/group.h"

struct group_list_page {
    struct rq *rq;
    struct group_list_row *rows;
    size_t n, total;
    struct str view, q, state;
    struct url next;
};
struct group_figures_page { struct rq *rq; struct group_figures_row *rows; size_t n; };
struct group_new_page { struct rq *rq; const struct form *form; struct form_source from; };

struct group_page {
    struct rq *rq;
    struct groupfile *k;
    const char *here;                   /* the tab: "", members, sessions, forms, attendance */
    bool write, decide, read;
    struct group_members_row *members;
    size_t members_n;
    struct group_sessions_row *sessions;
    size_t sessions_n;
    struct sheet_list_row *sheets;
    size_t sheets_n;
    struct group_axis_row *axis;
    size_t axis_n;
    struct lack *missing, *prompts;
    size_t missing_n, prompts_n;
    struct str next;
    struct group_tick *ticks;
    size_t ticks_n;
    const char **minded;
    size_t minded_n;
    struct group_ticks_row *marks;
    size_t marks_n;
    const json_t *summary;              /* form K that was handed in */
    struct group_attendance_list_row *attendance;
    size_t attendance_n;
    struct group_sums sums;
    struct case_supervisors_row *supervisors;
    size_t supervisors_n;
    struct case_workers_row *workers;
    size_t workers_n;
    const struct form *form;            /* of the tab */
    struct form_source from;
};
bool group_marked(const struct group_page *v, struct str item);
const struct group_attendance_list_row *group_came(const struct group_page *v, struct meeting_id s, struct participant_id m);
const struct sheet_list_row *group_newest(const struct group_page *v, const char *form, int64_t seq);
struct str group_rate(struct arena *a, int64_t present, int64_t expected);
const char *group_axis_text(const struct group_axis_row *e, enum lang lang);
struct str group_member_rate(struct arena *a, const struct group_page *v, struct participant_id m);

struct member_page {
    struct rq *rq;
    struct groupfile *k;
    const struct group_members_row *m;
    bool write;
    const struct form *form, *screen_form, *leave_form;
    struct form_source from, screen_from, leave_from;
};

struct sheet_page {
    struct rq *rq;
    struct groupfile *k;
    struct doc_id id;
    struct sheet_get_row row;
    const struct doc_form *form;
    struct doc_env *env;
    const json_t *doc, *other;
    const struct form_error *errors, *warnings;
    bool edit, review, revise;
    int64_t saves, other_version;
    struct sheet_versions_row *versions;
    size_t versions_n;
    struct sheet_files_row *files;
    size_t files_n;
    struct str guidance;
};
/* A form of the group that group_scope loaded.  False: there is none of that id. */
bool group_sheet_open(struct rq *rq, struct sheet_page *v, struct doc_id id);
extern const struct form *const group_review_form;
extern const struct form *const group_member_form;      /* adding a candidate */
extern const struct form *const group_contract_form;
#endif
