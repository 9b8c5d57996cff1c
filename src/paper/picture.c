#include "paper/picture.h"
#include <math.h>

enum { ZIGS = 10, ZIG = 5, FEW = 32 };

struct picture
picture_make(struct arena *a, double width, double height)
{
    return (struct picture){ .arena = a, .width = width, .height = height };
}

static struct stroke *
more(struct picture *p)
{
    if (p->n == p->cap) {
        size_t cap = p->cap ? 2 * p->cap : FEW;
        struct stroke *grown = NEW(p->arena, struct stroke, cap);
        if (p->n) memcpy(grown, p->all, p->n * sizeof *grown);
        p->all = grown;
        p->cap = cap;
    }
    return &p->all[p->n++];
}

void
picture_line(struct picture *p, enum stroke_pen pen, double x, double y, double x2, double y2)
{
    *more(p) = (struct stroke){ .kind = STROKE_LINE, .pen = pen, .x = x, .y = y, .x2 = x2, .y2 = y2 };
}

void
picture_zigzag(struct picture *p, double x, double y, double x2, double y2)
{
    double length = hypot(x2 - x, y2 - y), last_x = x, last_y = y;
    if (length <= 0) return;
    for (int i = 1; i <= ZIGS; i++) {
        double t = (double)i / ZIGS, side = i == ZIGS ? 0 : i % 2 ? ZIG : -ZIG;
        double at_x = x + (x2 - x) * t - (y2 - y) / length * side, at_y = y + (y2 - y) * t + (x2 - x) / length * side;
        picture_line(p, PEN_THIN, last_x, last_y, at_x, at_y);
        last_x = at_x;
        last_y = at_y;
    }
}

void
picture_shape(struct picture *p, enum stroke_kind kind, double x, double y, double half, bool filled)
{
    *more(p) = (struct stroke){ .kind = kind, .x = x, .y = y, .x2 = half, .filled = filled };
}

void
picture_arrow(struct picture *p, double x, double y, double from_x, double from_y)
{
    *more(p) = (struct stroke){ .kind = STROKE_ARROW, .x = x, .y = y, .x2 = from_x, .y2 = from_y, .filled = true };
}

void
picture_text(struct picture *p, double x, double y, double size, struct str text)
{
    *more(p) = (struct stroke){ .kind = STROKE_TEXT, .x = x, .y = y, .x2 = size, .text = text };
}
