/* The service catalogues of data/catalogues/, read on first use and never changed after: any thread may use them. */
#ifndef NUAN_CATALOGUE_H
#define NUAN_CATALOGUE_H
#include "base/base.h"

struct catalogue_item {
    struct str code, parent;            /* "1.2", "NH.1"; parent: NO_STR at the top */
    const char *zh, *en;
    int level;                          /* S0-S4 of a case that has this code */
};
struct catalogue { struct str scheme; const char *title, *title_en; const struct catalogue_item *items; size_t n; };

/* scheme: "MZ071", "NH".  NULL when there is no such catalogue or its file is wrong (logged once). */
const struct catalogue *catalogue_of(struct str scheme);

/* NULL: no such item.  c may be NULL. */
const struct catalogue_item *catalogue_find(const struct catalogue *c, struct str code);
#endif
