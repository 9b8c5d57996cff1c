#include "people/genogram.h"

enum { COLUMN = 104, ROW = 112, MARGIN = 56, UP = 2 };         /* pixels; generations above the head */

/* Columns are counted in halves from the head of the household. */
struct place { const struct kin *kin; int generation, column; bool partner; };
struct layout {
    struct arena *a;
    struct place *all;
    size_t n;
    struct genogram *out;
};

static bool
is_one_of(struct str relation, const char *codes)
{
    for (struct str rest = str_of(codes); rest.n;)
        if (str_eq(str_cut(&rest, ' '), relation)) return true;
    return false;
}

static bool
taken(const struct layout *l, int generation, int column)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->all[i].generation == generation && l->all[i].column > column - 2 && l->all[i].column < column + 2) return true;
    return false;
}

/* Puts somebody at a column or, when that is taken, the next one in a direction. */
static struct place *
put_at(struct layout *l, const struct kin *kin, int generation, int column, int direction)
{
    while (taken(l, generation, column)) column += direction;
    l->all[l->n] = (struct place){ kin, generation, column, false };
    return &l->all[l->n++];
}

static const struct place *
found(const struct layout *l, const char *relations)
{
    for (size_t i = 0; i < l->n; i++)
        if (is_one_of(l->all[i].kin->relation, relations)) return &l->all[i];
    return NULL;
}

/* ---- Where everybody stands ---- */

static const struct { const char *relations; int generation, column, direction; } fixed[] = {
    { "01 02", 0, 0, 2 }, { "10 11 12", 0, 2, 2 },
    { "51 57", 1, -2, -2 }, { "52 58", 1, 0, -2 }, { "50 59", 1, -2, -2 },
    { "53 55", 1, 2, 2 }, { "54 56", 1, 4, 2 },
    { "61", 2, -4, -2 }, { "62", 2, -2, -2 }, { "63", 2, 0, 2 }, { "64", 2, 2, 2 }, { "60 66 67 69", 2, -6, -2 }, { "65 68", 2, 4, 2 },
    { "70 71 73 75 77 79", 0, -2, -2 }, { "72 74 76 78", 0, -2, -2 }, { "91 92", 0, -4, -2 },
    { "81 82 83 84 85 86 87 88 89 90", 1, -4, -2 },
};
static const char children[] = "20 21 22 23 24 25 26 27 29 30 31 32 33 34 35 36 37 39", partners[] = "28 38";
static const char grandchildren[] = "40 41 42 43 44 49", grand_partners[] = "45 46", nephews[] = "93 94 95 96", great[] = "47 48";

static size_t
pick(const struct kin *kin, size_t n, const char *relations, const struct kin **out)
{
    size_t found_n = 0;
    for (size_t i = 0; i < n; i++)
        if (is_one_of(kin[i].relation, relations)) out[found_n++] = &kin[i];
    return found_n;
}

/* A row below the couple, its middle under theirs. */
static void
put_row(struct layout *l, const struct kin **row, size_t n, int generation, int middle)
{
    int column = middle - (int)n + 1;
    for (size_t i = 0; i < n; i++, column += 2) put_at(l, row[i], generation, column, 2)->partner = is_one_of(row[i]->relation, partners);
}

/* Children, each followed by a son- or daughter-in-law of the other sex as long as there are any. */
static size_t
couples(const struct kin **kids, size_t kids_n, const struct kin **in_law, size_t in_law_n, const struct kin **row)
{
    size_t n = 0;
    for (size_t i = 0; i < kids_n; i++) {
        row[n++] = kids[i];
        for (size_t k = 0; k < in_law_n; k++)
            if (in_law[k] != NULL && !str_eq(in_law[k]->sex, kids[i]->sex)) {
                row[n++] = in_law[k];
                in_law[k] = NULL;
                break;
            }
    }
    for (size_t k = 0; k < in_law_n; k++)
        if (in_law[k] != NULL) row[n++] = in_law[k];
    return n;
}

static void
put_all(struct layout *l, const struct kin *kin, size_t n)
{
    const struct kin **a = NEW(l->a, const struct kin *, n + 1), **b = NEW(l->a, const struct kin *, n + 1), **row = NEW(l->a, const struct kin *, 2 * n + 1);
    for (size_t f = 0; f < COUNT(fixed); f++) {
        size_t some = pick(kin, n, fixed[f].relations, a);
        for (size_t i = 0; i < some; i++) put_at(l, a[i], fixed[f].generation, fixed[f].column, fixed[f].direction);
    }
    int middle = found(l, "10 11 12") ? 1 : 0;
    size_t kids = pick(kin, n, children, a), in_law = pick(kin, n, partners, b);
    put_row(l, row, couples(a, kids, b, in_law, row), -1, middle);
    kids = pick(kin, n, grandchildren, row);
    kids += pick(kin, n, grand_partners, row + kids);
    put_row(l, row, kids, -2, middle);
    put_row(l, row, pick(kin, n, great, row), -2, middle);
    kids = pick(kin, n, nephews, row);
    for (size_t i = 0; i < kids; i++) put_at(l, row[i], -1, middle + 6, 2);
}

/* ---- Lines ---- */

static int
x_of(int column)
{
    return column * COLUMN / 2;
}

static int
y_of(int generation)
{
    return (UP - generation) * ROW;
}

static void
line(struct layout *l, int x1, int y1, int x2, int y2, bool dashed)
{
    l->out->lines[l->out->lines_n++] = (struct gen_line){ x1, y1, x2, y2, dashed };
}

static void
married(struct layout *l, const struct place *a, const struct place *b, bool dashed)
{
    if (a != NULL && b != NULL) line(l, x_of(a->column), y_of(a->generation), x_of(b->column), y_of(b->generation), dashed);
}

/* From a couple, or from the one of them that is known, down to a row: a stem, a bar, and a line to each child. */
static void
descends(struct layout *l, const struct place *a, const struct place *b, const char *relations, bool dashed)
{
    const struct place *known = a ? a : b;
    int low = INT32_MAX, high = INT32_MIN, generation = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (known == NULL || l->all[i].partner || !is_one_of(l->all[i].kin->relation, relations)) continue;
        low = low < x_of(l->all[i].column) ? low : x_of(l->all[i].column);
        high = high > x_of(l->all[i].column) ? high : x_of(l->all[i].column);
        generation = l->all[i].generation;
    }
    if (low > high) return;
    int from = a && b ? (x_of(a->column) + x_of(b->column)) / 2 : x_of(known->column), bar = y_of(generation) - ROW / 2;
    line(l, from, y_of(known->generation), from, bar, dashed);
    line(l, low < from ? low : from, bar, high > from ? high : from, bar, dashed);
    for (size_t i = 0; i < l->n; i++)
        if (!l->all[i].partner && is_one_of(l->all[i].kin->relation, relations))
            line(l, x_of(l->all[i].column), bar, x_of(l->all[i].column), y_of(generation), dashed);
}

/* Whose children the grandchildren are is known when there is only one child that it could be. */
static const struct place *
only_child(const struct layout *l, size_t *n)
{
    const struct place *one = NULL;
    *n = 0;
    for (size_t i = 0; i < l->n; i++)
        if (is_one_of(l->all[i].kin->relation, children)) {
            one = &l->all[i];
            ++*n;
        }
    return one;
}

static void
draw_lines(struct layout *l)
{
    const struct place *head = found(l, "01 02"), *spouse = found(l, "10 11 12");
    const struct place *father = found(l, "51 57"), *mother = found(l, "52 58"), *his = found(l, "53 55"), *hers = found(l, "54 56");
    size_t kids, in_law = 0;
    const struct place *child = only_child(l, &kids);
    married(l, head, spouse, false);
    married(l, father, mother, false);
    married(l, his, hers, false);
    married(l, found(l, "61"), found(l, "62"), false);
    married(l, found(l, "63"), found(l, "64"), false);
    descends(l, father, mother, "01 02 70 71 73 75 77 79", false);
    descends(l, his, hers, "10 11 12", false);
    descends(l, found(l, "61"), found(l, "62"), "51 57", false);
    descends(l, found(l, "63"), found(l, "64"), "52 58", false);
    descends(l, head, spouse, children, false);
    for (size_t i = 0; i < l->n; i++) in_law += l->all[i].partner;
    for (size_t i = 0; i < l->n; i++)
        if (l->all[i].partner && i > 0 && !l->all[i - 1].partner) married(l, &l->all[i - 1], &l->all[i], in_law > 1 || kids > 1);
    if (kids > 0) descends(l, child, NULL, grandchildren, kids > 1);
    else descends(l, head, spouse, grandchildren, true);
}

/* ---- The picture ---- */

static void
frame(struct layout *l)
{
    int left = INT32_MAX, right = INT32_MIN, top = INT32_MAX, bottom = INT32_MIN;
    struct genogram *g = l->out;
    for (size_t i = 0; i < l->n; i++) {
        const struct place *p = &l->all[i];
        enum gen_shape shape = str_is(p->kin->sex, "1") ? GEN_MALE : str_is(p->kin->sex, "2") ? GEN_FEMALE : GEN_UNKNOWN;
        g->nodes[g->nodes_n++] = (struct gen_node){ x_of(p->column), y_of(p->generation), shape, p->kin };
        left = left < x_of(p->column) ? left : x_of(p->column);
        right = right > x_of(p->column) ? right : x_of(p->column);
        top = top < y_of(p->generation) ? top : y_of(p->generation);
        bottom = bottom > y_of(p->generation) ? bottom : y_of(p->generation);
    }
    if (g->nodes_n == 0) return;
    g->width = right - left + 2 * MARGIN;
    g->height = bottom - top + 2 * MARGIN;
    for (size_t i = 0; i < g->nodes_n; i++) {
        g->nodes[i].x += MARGIN - left;
        g->nodes[i].y += MARGIN - top;
    }
    for (size_t i = 0; i < g->lines_n; i++) {
        struct gen_line *line = &g->lines[i];
        line->x1 += MARGIN - left;
        line->x2 += MARGIN - left;
        line->y1 += MARGIN - top;
        line->y2 += MARGIN - top;
    }
}

void
genogram_lay(struct arena *a, const struct kin *kin, size_t n, struct genogram *out)
{
    struct layout l = { .a = a, .all = NEW(a, struct place, n + 1), .out = out };
    *out = (struct genogram){ .nodes = NEW(a, struct gen_node, n + 1), .lines = NEW(a, struct gen_line, 4 * n + 40),
                              .others = NEW(a, const struct kin *, n + 1) };
    put_all(&l, kin, n);
    draw_lines(&l);
    frame(&l);
    for (size_t i = 0; i < n; i++) {
        bool placed = false;
        for (size_t k = 0; k < l.n && !placed; k++) placed = l.all[k].kin == &kin[i];
        if (!placed) out->others[out->others_n++] = &kin[i];
    }
}
