/* Standards and normative documents (MZT-01, GZ-01), and the service catalogues that rest on them: an item of a catalogue with the
 * services, posts and indicators that have its code (MZT-03). */
#ifndef NUAN_STANDARDS_H
#define NUAN_STANDARDS_H
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "form/doc.h"
#include "http/route.h"
#include "rules/rule.h"
#include "standards/item_sql.h"
#include "view/view.h"

/* A place in another document that names this one. */
struct standard_use { const struct code_entry *by; struct str clause, title, title_en; };

struct standard_page {
    const struct rq *rq;
    const struct code_entry *rows;      /* all of them; of one page: the one */
    size_t n;
    const struct standard_use *uses, *refers;   /* clauses elsewhere that name it; its own clauses that name others */
    size_t uses_n, refers_n;
    const struct catalogue **catalogues;        /* that rest on it */
    struct str *groups;                         /* groups of rules */
    const struct doc_form **forms;
    size_t catalogues_n, groups_n, forms_n;
};

struct items_page {
    const struct rq *rq;
    const struct catalogue *catalogue, *all;
    const struct catalogue_item **rows;
    size_t n, all_n;
    struct str q;
};

struct item_page {
    const struct rq *rq;
    const struct catalogue_item *item, *heading;        /* heading: NULL when it is one itself */
    const struct catalogue *catalogue;
    const struct code_entry *standard;                  /* NULL: it rests on none */
    const struct catalogue_item **same;                 /* national or local items that stand for the same */
    size_t same_n;
    struct item_services_row *services;
    struct item_entries_row *posts, *indicators;
    size_t services_n, posts_n, indicators_n;
    struct str cases, unit_name;                        /* cases that were opened this year, in steps; NO_STR: may not be told */
};

/* "推荐性行业标准". */
const char *standard_kind(const struct code_entry *e, enum lang lang);

extern const struct module standards_module;
extern const struct route item_routes[];
extern const size_t item_routes_n;
#endif
