/* What the files and views of this folder share. */
#ifndef NUAN_PROJECT_VIEWS_H
#define NUAN_PROJECT_VIEWS_H
#include "codes/codes.h"
#include "community/activity_sql.h"
#include "community/community.h"
#include "community/doc_sql.h"
#include "community/review_sql.h"
#include "form/docdraw.h"
#include "lists/lists.h"

extern const struct choice project_states[];
extern const size_t project_states_n;

/* The word for a code of one of the tables; the code itself when it is unknown. */
struct str project_word(const char *table, struct str code, enum lang lang);
struct str project_slot(struct arena *a, const struct project_get_row *p, enum lang lang);

/* May the user change what the project says now?  Running or before; not once it is over. */
bool project_writable(const struct rq *rq, const struct project_get_row *p);

struct projects_page {
    struct rq *rq;
    struct project_list_row *rows;
    struct project_units_row *units;
    const struct choice *kinds;
    size_t n, units_n, kinds_n;
    int64_t total, unit;
    struct str q, kind, state, unit_name;
    bool more, filtered;
};

/* The head of every page of a project: name, facts, stages, tabs. */
struct project_head { struct rq *rq; const struct project_get_row *p; const char *tab; };

struct project_step_shown { const struct project_step *step; struct project_lack *lacks; size_t lacks_n; bool may; };
struct project_page {
    struct project_head head;
    struct project_step_shown *steps;
    struct project_lines_row *lines;
    struct project_forms_row *forms;
    size_t steps_n, lines_n, forms_n;
    const struct form *line_form;
    struct form_source line_from;
    bool write;
};

struct project_form_page {
    struct rq *rq;
    const struct project_get_row *p;    /* NULL: a new one */
    const struct form *form;
    struct form_source from;
    struct url back;
    const char *button, *hint;          /* hint: T() or NULL */
    struct project_lack *lacks;         /* why it cannot be done yet */
    size_t lacks_n;
    bool no_button;
};
enum http project_form_draw(struct rq *rq, struct project_form_page *v, const char *title);

struct project_log_page {
    struct project_head head;
    struct project_events_row *rows;
    size_t n;
    bool more, write;
    const struct form *form;
    struct form_source from;
};

struct project_doc_page {
    struct rq *rq;
    const struct project_get_row *p;
    struct doc_id id;
    struct project_form_get_row row;
    const struct doc_form *form;
    struct doc_env *env;
    const json_t *doc, *other;
    const struct form_error *errors, *warnings;
    struct project_forms_row *versions;
    size_t versions_n;
    int64_t saves, other_version;
    const struct form *review_form;
    bool edit, review, revise;
};
const char *project_form_status(struct str status, enum lang lang);
const char *project_form_badge(struct str status);

struct activities_page {
    struct project_head head;
    struct activity_list_row *rows;
    struct activity_sums_row sums;
    struct money budget;                /* of the plan */
    int64_t target, expected;           /* people of the plan; person-times of the plan */
    size_t n;
    bool more, write;
};
struct activity_page {
    struct project_head head;
    struct activity_get_row a;
    struct activity_id id;
    bool write;
};
const char *activity_state_label(struct str state, enum lang lang);
const char *activity_state_badge(struct str state);

struct methods_page {
    struct rq *rq;
    struct activity_methods_row *rows;
    size_t n;
    struct date from, to;
    struct str unit_name;
    const struct choice *methods;
    size_t methods_n;
};

struct reviews_page {
    struct project_head head;
    struct review_list_row *rows;
    struct finding_list_row *findings;
    size_t n, findings_n;
    const json_t *needs, *plan;         /* the versions that count; may be NULL */
    struct doc_id needs_id, plan_id;
    bool write;
};
struct str project_phase(struct str phase, enum lang lang);

struct findings_page {
    struct rq *rq;
    struct finding_all_row *rows;
    size_t n;
    int64_t total;
    struct str show, unit_name;
    bool more;
};

struct report_page {
    struct rq *rq;
    const struct project_get_row *p;
    const json_t *needs;
    struct doc_id id;
    struct doc_env *env;
    const struct doc_form *form;
    struct project_lines_row *lines;
    size_t lines_n;
};

extern const struct route project_step_routes[], project_doc_routes[], project_activity_routes[], project_review_routes[], project_paper_routes[];
extern const size_t project_step_routes_n, project_doc_routes_n, project_activity_routes_n, project_review_routes_n, project_paper_routes_n;
#endif
