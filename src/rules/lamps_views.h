/* What the views of this folder show. */
#ifndef NUAN_LAMPS_VIEWS_H
#define NUAN_LAMPS_VIEWS_H
#include "network/network.h"
#include "network/unit_sql.h"
#include "rules/lamps_sql.h"
#include "rules/run.h"
#include "view/view.h"

struct lamp_figure { const char *label; struct str value; struct url href; };   /* href.s.p NULL: leads nowhere */
struct lamp {
    const struct rule *rule;
    enum rule_state state;
    struct str sentence, left, right;
    const char *remedy;
    struct lamp_figure *figures;
    struct lamp_figure *missing;        /* what is not there, and where it is entered */
    const char **parts;                 /* the parts of the work that do not record it yet */
    struct lamp_figure *people;         /* whom it concerns */
    struct str *of;                     /* a summary: the rules it sums up */
    size_t figures_n, missing_n, parts_n, people_n, people_more, of_n;
    struct date since;
    int64_t version;
};

struct lamps_tab { const char *title, *code; size_t n; };
struct lamps_level { const struct profile_level *level; int64_t total; };

struct lamps_page {
    const struct rq *rq;
    const struct unit_get_row *u;
    const struct profile *profile;
    struct lamp *lamps;
    size_t n;                           /* those of the tab */
    struct lamps_tab tabs[RULE_STATES + 1];
    size_t tabs_n;
    struct str state;                   /* of the tab; NO_STR: all */
    struct date day;
    bool past, never, may_facts, may_rules;
    const struct lamps_level *levels;
    size_t levels_n;
};

struct matrix_column { const struct rule *rule; struct str sentence; int64_t total[RULE_STATES]; };
struct matrix_row { struct unit_id id; struct str name; int64_t errors, warnings, unknown; enum rule_state *cells; bool *asked; };
struct matrix_page {
    const struct rq *rq;
    const struct unit_get_row *u;
    const struct profile *profile;
    const struct profile_level *level;
    const struct lamps_level *levels;
    struct matrix_column *columns;
    struct matrix_row *rows;
    size_t levels_n, columns_n, n;
    int64_t total, skip, most;
    struct str sort, rule;
    struct date day;
    struct str trend;                   /* JSON of the chart; NO_STR: nothing to draw */
    struct date months[12];
    int64_t by_month[RULE_STATES][12];
};

struct fact_row { const struct metric *m; struct control control; struct str value; struct date since; struct str source; };
struct facts_page {
    const struct rq *rq;
    const struct unit_get_row *u;
    const struct profile *profile;
    struct fact_row *rows;
    size_t n;
    struct str from_on, source;
};

struct rule_line { const struct rule *rule; struct str sentence; int64_t version; bool draft; int64_t total[RULE_STATES]; };
struct rules_page { const struct rq *rq; const struct profile *profile; struct rule_line *rows; size_t n; };

struct preview_row { struct unit_id id; struct str name, left, right; enum rule_state was, is; };
struct preview {
    const struct rq *rq;
    struct preview_row *rows;
    size_t n, shown;
    size_t was[RULE_STATES], is[RULE_STATES], changed;
    struct str wrong;                   /* why the expression is none; NO_STR: it is one */
};
struct author_param { const struct rule_param *p; struct str value; };
struct author_page {
    const struct rq *rq;
    const struct profile *profile;
    const struct rule *rule;
    struct str sentence, expr, reason;
    struct author_param *params;
    const struct metric **metrics;
    struct lamps_versions_row *versions;
    size_t metrics_n, versions_n;
    bool draft;
    struct preview preview;
};

const char *group_title(const struct lamp *l, enum lang lang);
struct str value_shown(struct arena *a, const struct metric *m, struct str value, enum lang lang);
size_t lamp_levels(struct rq *rq, struct unit_id top, const struct profile *p, const struct lamps_level **out);
bool lamps_scope(struct rq *rq);

extern const struct route lamps_routes[], matrix_routes[], facts_routes[], author_routes[];
extern const size_t lamps_routes_n, matrix_routes_n, facts_routes_n, author_routes_n;
#endif
