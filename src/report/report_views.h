/* Shared by the files of this folder, and what their views show. */
#ifndef NUAN_REPORT_VIEWS_H
#define NUAN_REPORT_VIEWS_H
#include "casework/case_views.h"
#include "files/proof.h"
#include "people/people.h"
#include "report/report.h"

/* One discovery, and how the user relates to it. */
struct discovery {
    struct rq *rq;
    struct discovery_get_row r;
    const struct profile *profile;
    const json_t *told, *reporter;      /* NULL: not for him */
    bool station;                       /* he deals with what comes to its station */
    bool handler;                       /* he took it up */
    bool reads;                         /* what was told */
    bool knows;                         /* who told it: the handler, the head, whoever wrote it down for a caller */
};
bool discovery_load(struct rq *rq, struct discovery_id id, struct discovery *out);
bool discovery_scope(struct rq *rq);
struct discovery *discovery_of(struct rq *rq);
struct str discovery_name(struct rq *rq, const struct discovery_get_row *r);
extern const struct form discovery_settle_form;
void discovery_settle_fill(struct rq *rq, const struct discovery *d, struct form_source *from);
bool discovery_may_settle(const struct discovery *d);
enum http discovery_show(struct rq *rq);

/* One report.  Who has no business with it does not load it. */
struct report {
    struct rq *rq;
    struct report_get_row r;
    const struct profile *profile;
    const struct code_entry *duty;      /* entry of report_duty */
    const json_t *content;
    bool head, owner;
};
bool report_load(struct rq *rq, struct report_id id, struct report *out);
bool report_scope(struct rq *rq);
struct report *report_of(struct rq *rq);
bool report_minor(const struct report *p);
enum http report_show(struct rq *rq);
extern const struct form report_file_form, report_follow_form, report_waive_form, report_decide_form, report_receipt_form, report_name_form;
void report_file_fill(struct rq *rq, const struct report *p, struct form_source *from);

/* A duty begins: the report, its lines of response, its clock.  Who must report is told. */
struct report_begin { struct unit_id unit; struct user_id owner; const char *duty, *opened_by; struct discovery_id discovery; struct case_id case_;
    struct person_id person; struct instant found; struct str name, facts, flags, situations; const struct profile *profile; };
struct report_id report_begin(struct rq *rq, const struct report_begin *in);
void report_log(struct rq *rq, int64_t subject, const char *kind, struct str code, struct str text, bool by_name);
struct str report_serial(struct rq *rq, struct unit_id unit, const char *kind);
struct instant hours_after(struct instant t, int64_t hours);
int64_t duty_hours(const struct profile *p, const struct code_entry *duty, bool warn);

/* JSON that only the key opens. */
struct str told_seal(struct arena *a, const json_t *doc);
const json_t *told_open(struct arena *a, struct str sealed);
json_t *told_new(struct arena *a);
void told_put(json_t *doc, const char *key, struct str value);
struct str line_seal(struct arena *a, struct str text);
struct str line_open(struct arena *a, struct str sealed);

/* ---- Responses ---- */
struct line { struct str code, state, note, who; struct instant at; };
size_t lines_of(struct rq *rq, int64_t subject, struct line **out);
void lines_begin(struct rq *rq, int64_t subject, struct str chosen, bool all);      /* chosen codes are open; all: the rest too */
size_t lines_left(struct rq *rq, int64_t subject);
extern const struct form line_form;
void line_set(struct rq *rq, int64_t subject);

/* ---- Pages ---- */
struct trail { const struct report_events_row *rows; size_t n; };
struct discovery_list_page {
    struct rq *rq;
    const struct discovery_list_row *rows;
    size_t n, total;
    const char *view;
    struct str q, state, source;
    int64_t page, per_page;
    bool own;                           /* of somebody who reports and does not deal with it */
};
struct discovery_page {
    struct rq *rq;
    struct discovery *d;
    const struct form *form;
    struct form_source from;
    struct line *lines;
    size_t lines_n;
    struct trail trail;
};
struct report_list_page {
    struct rq *rq;
    const struct report_list_row *rows;
    size_t n, total;
    const char *view;
    struct str q, duty;
    int64_t page, per_page;
};
struct report_page {
    struct rq *rq;
    struct proof_owner evidence;
    struct report *p;
    struct form_source file, name;
    struct line *lines;
    size_t lines_n;
    struct trail trail;
    const struct report_names_row *names;
    size_t names_n;
};
bool discovery_row_reads(const struct rq *rq, const struct discovery_list_row *r);
const char *discovery_state_colour(struct str state);
const char *report_event_text(enum lang lang, const struct report_events_row *e);

extern const struct route discovery_routes[], settle_routes[], report_routes[], report_slip_routes[], file_routes[];
extern const size_t discovery_routes_n, settle_routes_n, report_routes_n, report_slip_routes_n, file_routes_n;
#endif
