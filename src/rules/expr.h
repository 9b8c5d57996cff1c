/* One SQL expression over named values (":certified >= :min_certified"), evaluated by a SQLite without a file whose authorizer
 * lets nothing through but operators and a few functions.  No table can be read, nothing written, nothing asked of the clock. */
#ifndef NUAN_EXPR_H
#define NUAN_EXPR_H
#include "base/base.h"

/* What a metric, a parameter or an expression is worth.  VALUE_NONE: not known. */
enum value_kind { VALUE_NONE, VALUE_INT, VALUE_REAL, VALUE_TEXT };
struct value { enum value_kind kind; int64_t n; double r; struct str text; };

/* Why a text is no expression: a sentence in Chinese (T) with one %s for what, and the character where it is, from 1. */
struct expr_error { const char *zh; struct str what; int column; };

struct evaluator;
struct evaluator *evaluator_open(void);
void evaluator_close(struct evaluator *ev);             /* and all its expressions */

/* NULL: *error says why.  The names lie in the arena. */
struct expr {
    void *statement;
    const char **names;                 /* without the colon, each once */
    size_t names_n;
};
struct expr *expr_compile(struct evaluator *ev, struct arena *a, struct str text, struct expr_error *error);

/* inputs: one value for each name.  A text lies in the arena. */
struct value expr_value(struct expr *e, struct arena *a, const struct value *inputs);

/* Functions that expressions may call, for the help of the author's page; ends with NULL. */
extern const char *const expr_functions[];

struct str value_text(struct arena *a, struct value v);         /* "5", "41.5", text; NO_STR: not known */
bool value_eq(struct value a, struct value b);
#endif
