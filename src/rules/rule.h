/* Rules as data: metrics (data/metrics.json) and rules (data/rules/), read once at start.  docs/data.md tells the format. */
#ifndef NUAN_RULE_H
#define NUAN_RULE_H
#include "db/db.h"
#include "form/form.h"
#include "network/profile.h"
#include "rules/expr.h"

enum metric_type { METRIC_INT, METRIC_BOOL, METRIC_MONEY, METRIC_DATE, METRIC_TEXT };

/* A named figure as of a day.  Where it comes from: a column of a query, or somebody enters it, or nowhere yet. */
struct metric {
    struct str code;
    const char *zh, *en, *unit, *unit_en, *doc, *doc_en;
    enum metric_type type;
    struct str of;                      /* "worker", "project", "case"; NO_STR: of a unit */
    bool given;                         /* somebody enters it (unit_fact); goes before the query's */
    bool inherit;                       /* what was entered for a unit holds for those below it */
    bool zero;                          /* a unit that the query does not name has 0, not nothing */
    const struct choice *part;          /* the part of the work that does not record it yet; NULL */
    const struct db_query *query;
    const struct db_slot *column;
    const struct choice *choices;       /* METRIC_TEXT that is given */
    size_t choices_n;
};

/* The answer of a rule for one unit on one day. */
enum rule_state { RULE_OK, RULE_NOTE, RULE_WARN, RULE_ERROR, RULE_UNKNOWN, RULE_NA, RULE_FIGURE, RULE_STATES };
struct str rule_state_code(enum rule_state s);          /* "ok", "note", "warn", "error", "unknown", "na", "figure" */
enum rule_state rule_state_of(struct str code);         /* RULE_UNKNOWN for a wrong one */
const char *rule_state_label(enum rule_state s, enum lang lang);
const char *rule_state_badge(enum rule_state s);        /* class of its badge */

struct rule_param { struct str code; struct value value; const char *zh, *en; };

struct rule {
    struct str id, group;
    const char *zh, *en;                /* with {code} for parameters */
    const char *remedy, *remedy_en, *source;
    struct str mark;                    /* "[derived]" …; NO_STR: from the policy text */
    const struct str *scope, *rows, *all_of;
    size_t scope_n, rows_n, all_of_n;
    enum rule_state unmet;              /* what it is when it is not met; RULE_FIGURE: it only shows a figure */
    bool nulls;                         /* the expression itself deals with what is missing */
    bool personal;                      /* whom it concerns is told only to those who manage staff */
    struct str when, expr, left, right;
    const struct rule_param *params;
    size_t params_n;
    struct json_t *tests;
};

/* Reads data/metrics.json and data/rules/; false after logging "data/rules/x.json:12: …" for the first mistake. */
bool rules_load(void);

const struct metric *metric_find(struct str code);      /* NULL: none */
const struct metric *metrics_all(size_t *n);
const struct rule *rule_find(struct str id);            /* NULL: none */
const struct rule *rules_all(size_t *n);                /* by group, in the order of the files */
const char *rule_group_title(struct str group, enum lang lang);         /* "" for an unknown group */
const char *rule_group_source(struct str group);

/* The standard that a group of rules belongs to (code table standard); NO_STR: none. */
struct str rule_group_standard(struct str group);

/* The sentence with its parameters filled in; params: of the rule's length, or NULL for its own. */
struct str rule_text(struct arena *a, const char *text, const struct rule *r, const struct value *params);

/* Is the rule of a group that the profile uses, and not switched off there? */
bool rule_on(const struct rule *r, const struct profile *p);

/* The rules of a profile hold in its divisions only (GZ-43); a profile that names none holds everywhere. */
bool profile_holds_in(const struct profile *p, struct str division);

/* Does the rule look at units of this scope ("township" → station)? */
bool rule_of_scope(const struct rule *r, struct str level_scope);
bool rule_of_objects(const struct rule *r);             /* workers, projects or cases, each one by itself */

/* What a name in an expression stands for: a parameter (its index), a metric, or with neither the day itself. */
struct rule_input { const char *name; int param; const struct metric *metric; };

/* A rule ready to be asked, in one place: its parameters after the profile and the place's own version. */
struct rule_ready {
    const struct rule *rule;
    int64_t version;                    /* 0: as delivered */
    struct value *params;
    struct rule_part { struct expr *expr; struct rule_input *inputs; } when, expr, left, right;     /* expr NULL: has none */
    struct rule_input *inputs;          /* all that the expressions name, each once */
    size_t inputs_n;
    bool any_part;                      /* some input is recorded by no part yet */
};

/* expr: NO_STR takes the rule's own; params: NULL takes profile's or the rule's own.  false: *error says why. */
bool rule_prepare(struct evaluator *ev, struct arena *a, const struct rule *r, const struct profile *p, struct str expr,
                  const struct value *params, struct rule_ready *out, struct expr_error *error);

/* The value of a metric; m NULL: the day, as text. */
typedef struct value rule_lookup(void *arg, const struct metric *m);
struct rule_answer { enum rule_state state; struct str left, right; };
struct rule_answer rule_ask(const struct rule_ready *r, struct arena *a, rule_lookup *lookup, void *arg);

/* The profile's parameter of a rule ("R-NH-F1.percent"); VALUE_NONE with *set false: it says nothing. */
struct value profile_rule_param(const struct profile *p, const struct rule *r, struct str code, bool *set);
#endif
