/* The pages of an import. */
#ifndef NUAN_IMPORT_VIEWS_H
#define NUAN_IMPORT_VIEWS_H
#include "form/form.h"
#include "roster/import_sql.h"
#include "roster/roster.h"
#include "roster/undo_sql.h"
#include "view/view.h"

struct import_list_page { const struct rq *rq; struct import_list_row *rows; size_t n; const char *why; };
struct import_problem { struct str line; const char *field, *why; };
struct import_page {
    const struct rq *rq;
    struct import_id id;
    struct import_get_row i;
    bool running;
    /* mapping */
    struct roster_mapping mapping;
    struct sheet_row sample[6];         /* the headings, and up to five rows */
    size_t sample_n, columns_n;
    /* report */
    struct import_problem *problems;
    size_t problems_n;
    int64_t from, problems_total;
    struct undo_held_row *held;
    size_t held_n;
};
const char *import_state_label(struct str state);       /* Chinese, to be translated */
#endif
