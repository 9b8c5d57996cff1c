/* Asking all rules of all units, or of one, and keeping what they say. */
#ifndef NUAN_RUN_H
#define NUAN_RUN_H
#include "rules/rule.h"

/* Something that a rule looks at has changed: the unit and those above it will be looked at again soon.  In a write transaction. */
void rules_touch(struct db *db, struct unit_id unit);

/* What must be written so that the results are those of the day. */
struct rule_change {
    struct unit_id unit;
    int64_t area, version;
    struct str rule;
    bool ends;                          /* it holds no more; else it begins or says something else */
    enum rule_state state;
    struct str left, right, figures;
};
struct rule_changes { struct rule_change *all; size_t n, cap, units; };

/* Works out one unit, or all (0), as of a day, which must be today.  Reads only; all lies in the transaction's arena. */
struct rule_changes rules_work_out(struct db *db, struct unit_id one, struct date day);

/* What a rule with another expression and other parameters would say today of the units of a profile below top; nothing is
 * kept.  false: *error says why the expression is none. */
bool rules_try(struct db *db, const struct rule *r, const struct profile *p, struct str expr, const struct value *params, struct unit_id top,
               struct rule_changes *out, struct expr_error *error);

/* Writes some of them.  In a write transaction. */
void rules_write(struct db *db, const struct rule_change *some, size_t n, struct date day);

/* Both, in the caller's write transaction; returns how many results changed. */
size_t rules_run_unit(struct db *db, struct unit_id unit, struct date day);

/* Everything, with a read transaction and then short writes by the function given; false: the database failed. */
typedef bool rules_writer(struct arena *a, bool (*run)(struct db *db, void *arg), void *arg);
bool rules_run_all(struct db *db, rules_writer *write, struct date day, size_t *units, size_t *changed);
#endif
