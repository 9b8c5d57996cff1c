/* The house around every page: menu, unit switcher, search box, breadcrumb, message. */
#ifndef NUAN_PAGE_H
#define NUAN_PAGE_H
#include "http/route.h"
#include "view/view.h"

/* A gate hook: prints the whole page around rq->body. */
void page_draw(struct rq *rq, struct buf *out);

/* One entry of the menu; shown to who may use it. */
struct menu_entry { const char *title, *icon, *href; enum may may; };

/* What the view shows. */
struct page {
    const struct rq *rq;
    struct str title, flash, unit_name, here, role;
    struct str tab;                     /* title of the document: what kind of page it is, never whose */
    struct url here_url, undo;
    const struct menu_entry *menu;
    size_t menu_n;
    const struct page_units_row *units;
    size_t units_n;
    int64_t inbox;                      /* what waits there */
    struct instant typed;               /* something was typed here and not saved */
    bool header;                        /* the body has no header of its own */
};
bool menu_here(struct str here, const char *href);        /* is the page below this entry? */
struct url list_url(struct rq *rq, const char *key, const char *value);     /* this list with one value changed, from its first page */
struct str asset_version(const char *name);     /* hash of a static file, for its address */

extern const struct route page_routes[];
extern const size_t page_routes_n;
#endif
