/* A small drawing of lines, shapes and words, made once and drawn twice: as SVG on a page and by cairo on paper (press_picture). */
#ifndef NUAN_PICTURE_H
#define NUAN_PICTURE_H
#include "base/base.h"

enum stroke_kind { STROKE_LINE, STROKE_BOX, STROKE_DIAMOND, STROKE_CIRCLE, STROKE_ARROW, STROKE_TEXT };
enum stroke_pen { PEN_THIN, PEN_THICK, PEN_DASHED };

/* LINE: from x, y to x2, y2.  BOX, DIAMOND, CIRCLE: around x, y, half as wide as x2.  ARROW: its point at x, y, coming from x2, y2.
 * TEXT: its middle at x, on the line y; size x2. */
struct stroke { enum stroke_kind kind; enum stroke_pen pen; double x, y, x2, y2; struct str text; bool filled; };

struct picture { struct arena *arena; double width, height; struct stroke *all; size_t n, cap; };

/* An empty picture; everything added lies in the arena. */
struct picture picture_make(struct arena *a, double width, double height);

void picture_line(struct picture *p, enum stroke_pen pen, double x, double y, double x2, double y2);
void picture_zigzag(struct picture *p, double x, double y, double x2, double y2);
void picture_shape(struct picture *p, enum stroke_kind kind, double x, double y, double half, bool filled);
void picture_arrow(struct picture *p, double x, double y, double from_x, double from_y);
void picture_text(struct picture *p, double x, double y, double size, struct str text);
#endif
