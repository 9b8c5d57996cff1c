/* What the files and views of this folder share. */
#ifndef NUAN_LISTS_VIEWS_H
#define NUAN_LISTS_VIEWS_H
#include "lists/line_sql.h"
#include "lists/lists.h"
#include "lists/lists_sql.h"
#include "view/view.h"

/* A line as it is shown: what it says, and how far it is. */
struct line_shown {
    struct list_id list;
    struct line_id id;
    struct line e;
    struct str staff_name, state, reason;
    int64_t done;
};
#define LINE_OF(r)                                                                                                                          \
    ((struct line){ .text = (r)->text, .kind = (r)->kind, .topic = (r)->topic, .source = (r)->source, .sector = (r)->sector,                 \
                    .priority = (r)->priority, .audience = (r)->audience, .catalogue = (r)->catalogue, .content = (r)->content,              \
                    .standard = (r)->standard, .frequency = (r)->frequency, .record_form = (r)->record_form, .party = (r)->party,            \
                    .staff = (r)->staff, .amount = (r)->amount, .due = (r)->due })

/* The list that the address names, with its kind: loaded by the scope. */
struct list_open { struct list_get_row l; const struct list_kind *kind; };
const struct list_open *list_of(const struct rq *rq);
bool list_scope(struct rq *rq);                 /* reading: within the user's units */
bool list_scope_draft(struct rq *rq);           /* changing what it says: only of a draft */

struct str list_kind_name(struct arena *a, struct str profile, struct str kind, enum lang lang);
const char *list_state_label(struct str state, enum lang lang);
const char *list_state_badge(struct str state);
const char *line_state_label(const struct list_shape *s, struct str state, enum lang lang);
const char *line_state_badge(struct str state);
bool line_listed(const struct list_kind *k, const struct field *f);
struct str line_text(struct arena *a, const struct field *f, const struct line_shown *s, enum lang lang);
struct line_shown *lines_shown(struct arena *a, struct list_id list, const struct list_lines_row *rows, size_t n);
bool line_late(const struct line_shown *s);

struct lists_page {
    struct rq *rq;
    struct list_index_row *rows;
    size_t n;
    int64_t total;
    struct str q, kind, show, unit_name;
    const struct list_kind *kinds;      /* of the unit that the user looks at */
    size_t kinds_n;
    bool may_write, filtered, more;
};

/* How many lines there are of each kind, in each cell of the matrix of audiences, from each source. */
struct list_sums { int64_t *kinds, *cells, *sources, *states, total, done; const struct choice *sources_of; size_t sources_n; };

struct list_page {
    struct rq *rq;
    const struct list_open *o;
    const struct form *form;
    struct line_shown *lines;
    struct list_linked_row *linked;
    struct list_versions_row *versions;
    struct list_sums sums;
    size_t n, linked_n, versions_n;
    int64_t total;
    struct str q, kind, state, source;
    bool may_write, may_publish, filtered, more;
};

struct list_form_page {
    struct rq *rq;
    const struct list_open *o;          /* NULL: a new one */
    const struct form *form;
    struct form_source from;
    struct url back, action;
    const char *button, *hint;          /* hint: T() or NULL */
};

struct line_page {
    struct rq *rq;
    const struct list_open *o;
    const struct form *form, *progress, *link;
    struct line_shown s;
    struct form_source progress_from, link_from;
    struct line_links_row *links;
    struct line_matches_row *matches;
    size_t links_n, matches_n;
    struct date void_on;
    bool may_write, draft, live, project;
};

struct compare_pair { const struct line_shown *was, *is; };
struct compare_page {
    struct rq *rq;
    const struct list_open *o;
    struct list_get_row was;
    const struct form *form;
    struct compare_pair *pairs;
    size_t n;
    struct line_id last;
    bool more;
};

struct found_page {
    struct rq *rq;
    const struct list_kind *kind, *kinds;
    size_t kinds_n;
    struct line_found_row *rows;
    struct line_found_groups_row *groups;
    size_t n, groups_n;
    int64_t total;
    struct str q, topic, source, sector, state, unit_name;
    bool more;
};
int64_t found_of(const struct found_page *v, const char *by, struct str code);

/* The next page, behind this line or list. */
struct url list_next(struct rq *rq, int64_t after);

extern const struct route list_edit_routes[], list_line_routes[], list_answer_routes[], list_compare_routes[], list_found_routes[], list_sheet_routes[];
extern const size_t list_edit_routes_n, list_line_routes_n, list_answer_routes_n, list_compare_routes_n, list_found_routes_n, list_sheet_routes_n;
#endif
