/* Paper: A4 pages as PDF, by pango and cairo.  A document is a title and rows of bordered cells; long cells go on on the next
 * page.  Fonts are embedded as subsets.
 *
 * One document is made at a time in the whole program: press_open takes a lock that press_write gives back, so between the two
 * nothing may return early. */
#ifndef NUAN_PRESS_H
#define NUAN_PRESS_H
#include "base/base.h"
#include "paper/picture.h"

/* What stands at the top and the bottom of the pages of a document. */
struct press_sheet {
    struct str heading;                 /* of the unit */
    struct str title;
    struct str mark;                    /* below the title, and on every page: "表 A · 第 2 版" */
    struct str number;                  /* case number, also as a bar code; NO_STR: none */
    bool front;                         /* cover and contents: no head, no numbers, before all others */
};

enum cell_look { LOOK_VALUE, LOOK_LABEL, LOOK_BAND, LOOK_CENTRED, LOOK_SIGN };
struct press_cell {
    double share;                       /* of the width; all of a row are 1 */
    enum cell_look look;
    struct str text;                    /* LOOK_SIGN: a drawing as in docs/ui.md, or a typed name */
};
enum { PRESS_CELLS_MAX = 16 };

struct press;

/* a: lives as long as the document.  foot: at the right of every foot, who printed it and when. */
struct press *press_open(struct arena *a, enum lang lang, struct str title, struct str foot);

/* Begins a document on a new page. */
void press_begin(struct press *p, const struct press_sheet *sheet);

/* The number of the present page among those that are numbered. */
int press_page(const struct press *p);

/* A row of cells with borders. */
void press_row(struct press *p, const struct press_cell *cells, size_t n);

/* The same, repeated on each new page until press_heads(p, NULL, 0). */
void press_heads(struct press *p, const struct press_cell *cells, size_t n);

/* Text without borders; size in points; centred or from the left.  Space in points. */
void press_text(struct press *p, struct str text, double size, bool centred, bool bold);
void press_space(struct press *p, double points);

/* A line of contents: a text, dots, a page. */
void press_entry(struct press *p, struct str text, struct str page);

/* A drawing, as wide as the page at most; on the next page when it does not fit on this one. */
void press_picture(struct press *p, const struct picture *picture);

/* Where the seal goes, with the date below: "right", "left" or "none". */
void press_seal(struct press *p, struct str place);

/* All pages as PDF into out, and gives back the lock.  False after logging what went wrong. */
bool press_write(struct press *p, struct buf *out);
#endif
