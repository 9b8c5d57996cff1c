/* What the views of casework show. */
#ifndef NUAN_CASE_VIEWS_H
#define NUAN_CASE_VIEWS_H
#include "casework/casework.h"
#include "casework/handover_sql.h"
#include "casework/scale.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "people/people.h"
#include "referral/conference_sql.h"
#include "referral/referral_sql.h"
#include "report/report.h"

/* What the address of the list asks for. */
struct case_query { struct str view; unsigned filters, sort; struct case_list_in in; };
struct case_query case_query_asked(struct rq *rq);

struct case_list_page {
    struct rq *rq;
    struct case_list_row *rows;
    size_t n, total, sealed_n;
    struct case_sealed_row *sealed;     /* open S4 cases whose existence alone the head may know (codes.md 9.2) */
    const char *view;                   /* the tab: mine, open, late, dormant, done, all */
    struct str q, state;
    int64_t page, per_page;
    const struct choice *workers;
    size_t workers_n;
    struct str worker, urgency;
    bool can_assign;
};
struct case_page {
    struct rq *rq;
    struct casefile *k;
    bool write, decide, read;           /* what the user may do */
    struct docs_of_case_row *docs;
    size_t docs_n;
    struct case_records_row *records;
    size_t records_n;
    struct case_axis_row *axis;
    size_t axis_n;
    struct missing *missing;
    size_t missing_n;
    struct str next;
    struct step *steps;
    size_t steps_n;
    struct tick *ticks;
    size_t ticks_n;
    struct prompt *prompts;
    size_t prompts_n;
    struct case_follows_row *follows;
    size_t follows_n;
    struct referral_of_case_row *referrals;
    size_t referrals_n;
    struct report_of_case_row *reports;
    size_t reports_n;
    struct conference_of_case_row *conferences;
    size_t conferences_n;
    struct mate_list_row *mates;
    size_t mates_n;
    struct scale *scales;
    size_t scales_n;
    bool measures;                      /* the user may read what scales gave */
    struct case_supervisors_row *supervisors;
    size_t supervisors_n;
};
/* A part that a file must have, and whether it is there; how many parts there are.  quality: of the file on quality. */
enum { FILE_PARTS_MAX = 5 };
struct file_part { const char *label; bool there; };            /* label: T() */
size_t case_parts(const struct case_page *v, bool quality, struct file_part parts[FILE_PARTS_MAX]);

struct doc_page {
    struct rq *rq;
    struct casefile *k;
    struct docs_get_row *row;
    struct doc_id id;
    const struct doc_form *form;
    struct doc_env *env;
    const json_t *doc, *other;
    const struct form_error *errors, *warnings;
    bool edit, review, revise;
    int64_t saves;
    const struct docs_versions_row *versions;
    size_t versions_n;
    const struct file_list_row *files;
    size_t files_n;
    int64_t other_version;
};
/* The catalogue codes that a form names, joined by commas; the first of them that belongs to a part of the program (catalogue_opens). */
struct str case_doc_services(struct rq *rq, const struct doc_form *f, const json_t *doc);
struct str case_service_opening(struct str codes, const char *what);

/* A form of the case that case_scope loaded.  False: there is none of that id. */
bool case_doc_open(struct rq *rq, struct doc_page *v, struct doc_id id);

struct handover_page {
    struct rq *rq;
    struct casefile *k;
    const struct form *form;
    struct form_source from;
    struct case_list_row *rows;         /* of a leaving worker */
    size_t n;
    struct str worker_name;
    struct case_id open_case;           /* why there can be no new one */
};

struct handover_inbox {
    struct rq *rq;
    const struct handover_waiting_row *rows;
    size_t n;
    const struct form *form;
    struct form_source from;
};
struct handover_loads_page { struct rq *rq; const struct handover_loads_row *rows; size_t n; };
extern const struct form *const docs_review_form;

const char *state_label(struct str state, enum lang lang);
const char *state_colour(struct str state);             /* badge class */
const char *urgency_label(int64_t urgency, enum lang lang);
const char *risk_label(struct str risk, enum lang lang);
const char *due_label(struct str kind, enum lang lang);
const char *doc_status_label(struct str status, enum lang lang);
const char *doc_status_colour(struct str status);
const char *grade_label(struct str grade, enum lang lang);
const char *code_of(const char *table, struct str code, enum lang lang);
struct str due_text(struct arena *a, enum lang lang, struct instant due);      /* "逾期 2 天", "3天后" */
const char *due_colour(struct instant due);
const char *axis_text(const struct case_axis_row *e, enum lang lang);
struct str person_line(struct arena *a, enum lang lang, struct str sex, struct date born);
const char *stage_class(const struct casefile *k, size_t stage);        /* done, now, late or "" */
size_t stages_shown(const struct casefile *k, const char *const **codes);
#endif
