#include "paper/press.h"
#include "paper/code128.h"
#include "view/view.h"
#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <pthread.h>

enum { PAGES_FIRST = 16, LINE_MAX_POINTS = 40, SIGN_HEIGHT = 42 };
#define A4_WIDTH 595.28
#define A4_HEIGHT 841.89
#define LEFT 62.0                       /* wider: the file is bound at the left */
#define RIGHT 50.0
#define TOP 50.0
#define BOTTOM 60.0
#define WIDTH (A4_WIDTH - LEFT - RIGHT)
#define FLOOR (A4_HEIGHT - BOTTOM)
#define PAD_X 5.0
#define PAD_Y 4.0
#define TEXT_SIZE 9.5
#define FONTS "Noto Sans CJK SC, DejaVu Sans"   /* not shown; the second has the boxes of choices */

struct page { cairo_surface_t *surface; struct press_sheet sheet; };

struct press {
    struct arena *arena;
    enum lang lang;
    struct str title, foot;
    PangoContext *context;
    struct page *pages;
    size_t n, cap;
    int numbered;
    cairo_t *cr;                        /* of the present page */
    double y;
    struct press_sheet sheet;
    struct press_cell heads[PRESS_CELLS_MAX];
    size_t heads_n;
};

/* One font map for the program: each holds the fonts it loaded, some 70 MB. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static PangoFontMap *fonts;

/* ---- Text ---- */

static PangoLayout *
layout_of(struct press *p, struct str text, double size, double width, bool bold, PangoAlignment align)
{
    PangoLayout *l = pango_layout_new(p->context);
    PangoFontDescription *d = pango_font_description_from_string(FONTS);
    pango_font_description_set_absolute_size(d, size * PANGO_SCALE);
    pango_font_description_set_weight(d, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(l, d);
    pango_font_description_free(d);
    pango_layout_set_width(l, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(l, align);
    pango_layout_set_text(l, text.n ? text.p : "", (int)text.n);
    return l;
}

static double
height_of(PangoLayout *l)
{
    PangoRectangle r;
    pango_layout_get_extents(l, NULL, &r);
    return (double)r.height / PANGO_SCALE;
}

/* Text at a place of the present page; its height. */
static double
put_at(struct press *p, struct str text, double size, double x, double y, double width, bool bold, PangoAlignment align)
{
    PangoLayout *l = layout_of(p, text, size, width, bold, align);
    cairo_move_to(p->cr, x, y);
    pango_cairo_show_layout(p->cr, l);
    double height = height_of(l);
    g_object_unref(l);
    return height;
}

/* ---- Pages ---- */

static void
page_end(struct press *p)
{
    if (p->cr != NULL) cairo_destroy(p->cr);
    p->cr = NULL;
}

static void
page_begin(struct press *p)
{
    cairo_rectangle_t whole = { 0, 0, A4_WIDTH, A4_HEIGHT };
    page_end(p);
    if (p->n == p->cap) {
        struct page *grown = NEW(p->arena, struct page, p->cap ? 2 * p->cap : PAGES_FIRST);
        if (p->n) memcpy(grown, p->pages, p->n * sizeof *grown);
        p->cap = p->cap ? 2 * p->cap : PAGES_FIRST;
        p->pages = grown;
    }
    p->numbered += !p->sheet.front;
    p->pages[p->n++] = (struct page){ cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &whole), p->sheet };
    p->cr = cairo_create(p->pages[p->n - 1].surface);
    cairo_set_line_width(p->cr, 0.6);
    p->y = TOP;
}

static void
bar_code(struct press *p, struct str text, double right, double y)
{
    uint8_t widths[CODE128_BARS_MAX];
    size_t n = code128(text, widths), modules = 0;
    for (size_t i = 0; i < n; i++) modules += widths[i];
    double x = right - (double)modules * 0.62;
    for (size_t i = 0; i < n; i++) {
        double w = widths[i] * 0.62;
        if (i % 2 == 0) cairo_rectangle(p->cr, x, y, w, 22);
        x += w;
    }
    cairo_fill(p->cr);
}

/* The head of a document: unit, title, bar code; on its further pages one small line. */
static void
head(struct press *p, bool first)
{
    const struct press_sheet *s = &p->sheet;
    double right = A4_WIDTH - RIGHT;
    if (s->front) return;
    if (!first) {
        put_at(p, s->title, 8.5, LEFT, p->y, WIDTH * 0.6, false, PANGO_ALIGN_LEFT);
        p->y += put_at(p, s->number, 8.5, LEFT + WIDTH * 0.6, p->y, WIDTH * 0.4, false, PANGO_ALIGN_RIGHT) + 6;
        return;
    }
    bar_code(p, s->number, right, p->y);
    put_at(p, s->heading, 10, LEFT, p->y + 4, WIDTH * 0.58, false, PANGO_ALIGN_LEFT);
    p->y += 34;
    p->y += put_at(p, s->title, 17, LEFT, p->y, WIDTH, true, PANGO_ALIGN_CENTER) + 8;
    double mark = put_at(p, s->mark, 9, LEFT, p->y, WIDTH * 0.55, false, PANGO_ALIGN_LEFT);
    put_at(p, s->number, 9, LEFT + WIDTH * 0.55, p->y, WIDTH * 0.45, false, PANGO_ALIGN_RIGHT);
    p->y += mark + 4;
}

static void
page_next(struct press *p)
{
    page_begin(p);
    head(p, false);
    if (p->heads_n) {
        size_t n = p->heads_n;
        p->heads_n = 0;                 /* they do not repeat themselves */
        press_row(p, p->heads, n);
        p->heads_n = n;
    }
}

struct press *
press_open(struct arena *a, enum lang lang, struct str title, struct str foot)
{
    struct press *p = NEW(a, struct press, 1);
    *p = (struct press){ .arena = a, .lang = lang, .title = title, .foot = foot };
    pthread_mutex_lock(&lock);
    if (fonts == NULL) fonts = pango_cairo_font_map_new();
    p->context = pango_font_map_create_context(fonts);
    pango_context_set_language(p->context, pango_language_from_string(lang == LANG_EN ? "en" : "zh-cn"));
    pango_cairo_context_set_resolution(p->context, 72);
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(p->context, o);
    cairo_font_options_destroy(o);
    return p;
}

void
press_begin(struct press *p, const struct press_sheet *sheet)
{
    p->sheet = *sheet;
    p->heads_n = 0;
    page_begin(p);
    head(p, true);
}

int
press_page(const struct press *p)
{
    return p->numbered;
}

/* ---- Rows ---- */

/* A cell on its way: which lines are still to be drawn. */
struct flow { PangoLayout *layout; double x, width; int line, lines; };

static struct flow
flow_of(struct press *p, const struct press_cell *c, double x)
{
    struct flow f = { .x = x, .width = c->share * WIDTH };
    bool bold = c->look == LOOK_BAND;
    PangoAlignment align = c->look == LOOK_CENTRED || c->look == LOOK_LABEL ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT;
    f.layout = layout_of(p, c->text, TEXT_SIZE, f.width - 2 * PAD_X, bold, align);
    f.lines = pango_layout_get_line_count(f.layout);
    return f;
}

static double
line_height(const struct flow *f, int line)
{
    PangoRectangle r;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(f->layout, line), NULL, &r);
    return (double)r.height / PANGO_SCALE;
}

/* How many of its lines fit into a height, and how high they are. */
static int
lines_in(const struct flow *f, double room, double *height)
{
    int n = 0;
    *height = 0;
    while (f->line + n < f->lines) {
        double h = line_height(f, f->line + n);
        if (*height + h > room) break;
        *height += h;
        n++;
    }
    return n;
}

static void
draw_lines(struct press *p, struct flow *f, int n, double used, double height)
{
    bool whole = f->line == 0 && n == f->lines;          /* else it comes from the page before, or goes on on the next */
    double y = p->y + PAD_Y + (whole ? (height - 2 * PAD_Y - used) / 2 : 0);
    for (int i = 0; i < n; i++, f->line++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(f->layout, f->line);
        PangoRectangle r;
        double x = f->x + PAD_X, h = line_height(f, f->line);
        pango_layout_line_get_extents(line, NULL, &r);
        if (pango_layout_get_alignment(f->layout) == PANGO_ALIGN_CENTER) x += (f->width - 2 * PAD_X - (double)r.width / PANGO_SCALE) / 2;
        cairo_move_to(p->cr, x, y - (double)r.y / PANGO_SCALE);
        pango_cairo_show_layout_line(p->cr, line);
        y += h;
    }
}

static void
box(struct press *p, const struct flow *f, enum cell_look look, double height)
{
    if (look == LOOK_LABEL || look == LOOK_BAND) {
        cairo_set_source_rgb(p->cr, look == LOOK_BAND ? 0.88 : 0.955, look == LOOK_BAND ? 0.88 : 0.955, look == LOOK_BAND ? 0.88 : 0.955);
        cairo_rectangle(p->cr, f->x, p->y, f->width, height);
        cairo_fill(p->cr);
        cairo_set_source_rgb(p->cr, 0, 0, 0);
    }
    cairo_rectangle(p->cr, f->x, p->y, f->width, height);
    cairo_stroke(p->cr);
}

/* "M12 40L14 42 16 50…" in a box of 600 × 200: pairs of numbers, lines between them, a new stroke at each M.  What lies outside of
 * the box is cut off. */
static void
draw_sign(struct press *p, struct str path, double x, double y, double height)
{
    double scale = height / 200, at[2] = { 0, 0 };
    bool move = true;
    size_t k = 0;
    cairo_save(p->cr);
    cairo_rectangle(p->cr, x, y, 600 * scale, height);
    cairo_clip(p->cr);
    for (size_t i = 0; i < path.n;) {
        if (path.p[i] == 'M') move = true;
        if (path.p[i] < '0' || path.p[i] > '9') {
            i++;
            continue;
        }
        for (at[k] = 0; i < path.n && path.p[i] >= '0' && path.p[i] <= '9'; i++)
            if (at[k] < 10000) at[k] = at[k] * 10 + (path.p[i] - '0');
        if (k == 1 && move) cairo_move_to(p->cr, x + at[0] * scale, y + at[1] * scale);
        else if (k == 1) cairo_line_to(p->cr, x + at[0] * scale, y + at[1] * scale);
        if (k == 1) move = false;
        k = 1 - k;
    }
    cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(p->cr, 1.1);
    cairo_stroke(p->cr);
    cairo_restore(p->cr);
}

static bool
is_drawing(const struct press_cell *c)
{
    return c->look == LOOK_SIGN && c->text.n > 3 && c->text.p[0] == 'M' && c->text.p[1] >= '0' && c->text.p[1] <= '9';
}

/* The height that the rest of a row needs. */
static double
row_height(const struct press_cell *cells, const struct flow *f, size_t n)
{
    double most = 0, h;
    for (size_t i = 0; i < n; i++) {
        lines_in(&f[i], 1e9, &h);
        if (is_drawing(&cells[i])) h = SIGN_HEIGHT;
        if (h > most) most = h;
    }
    return most + 2 * PAD_Y;
}

static void
draw_part(struct press *p, const struct press_cell *cells, struct flow *f, size_t n, double height)
{
    double used;
    for (size_t i = 0; i < n; i++) {
        box(p, &f[i], cells[i].look, height);
        if (is_drawing(&cells[i])) {
            draw_sign(p, cells[i].text, f[i].x + PAD_X, p->y + PAD_Y, SIGN_HEIGHT);
            f[i].line = f[i].lines;
            continue;
        }
        int lines = lines_in(&f[i], height - 2 * PAD_Y + 0.01, &used);
        draw_lines(p, &f[i], lines, used, height);
    }
    p->y += height;
}

static bool
all_drawn(const struct flow *f, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (f[i].line < f[i].lines) return false;
    return true;
}

/* What does not fit goes on on the next page; a row that is not high goes there whole. */
void
press_row(struct press *p, const struct press_cell *cells, size_t n)
{
    struct flow f[PRESS_CELLS_MAX] = { 0 };
    double x = LEFT;
    assert(n > 0 && n <= PRESS_CELLS_MAX);
    for (size_t i = 0; i < n; i++) {
        struct press_cell c = cells[i];
        if (is_drawing(&c)) c.text = NO_STR;
        f[i] = flow_of(p, &c, x);
        x += f[i].width;
    }
    double high = row_height(cells, f, n), band = n == 1 && cells[0].look == LOOK_BAND ? 3 * LINE_MAX_POINTS : 0;
    if (p->y + high + band > FLOOR && (high < 5 * LINE_MAX_POINTS || FLOOR - p->y < 2 * LINE_MAX_POINTS)) page_next(p);
    while (!all_drawn(f, n)) {
        high = row_height(cells, f, n);
        bool fits = p->y + high <= FLOOR;
        draw_part(p, cells, f, n, fits ? high : FLOOR - p->y);
        if (!all_drawn(f, n)) page_next(p);
    }
    for (size_t i = 0; i < n; i++) g_object_unref(f[i].layout);
}

void
press_heads(struct press *p, const struct press_cell *cells, size_t n)
{
    if (n) press_row(p, cells, n);
    for (size_t i = 0; i < n; i++) p->heads[i] = cells[i];
    p->heads_n = n;
}

/* ---- Without borders ---- */

void
press_text(struct press *p, struct str text, double size, bool centred, bool bold)
{
    PangoLayout *l = layout_of(p, text, size, WIDTH, bold, centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
    double height = height_of(l);
    if (p->y + height > FLOOR && height < FLOOR - TOP) page_next(p);
    cairo_move_to(p->cr, LEFT, p->y);
    pango_cairo_show_layout(p->cr, l);
    g_object_unref(l);
    p->y += height;
}

void
press_space(struct press *p, double points)
{
    p->y += points;
}

void
press_entry(struct press *p, struct str text, struct str page)
{
    if (p->y + 20 > FLOOR) page_next(p);
    double h = put_at(p, text, 10.5, LEFT, p->y, WIDTH - 60, false, PANGO_ALIGN_LEFT);
    put_at(p, page, 10.5, LEFT + WIDTH - 50, p->y, 50, false, PANGO_ALIGN_RIGHT);
    p->y += h + 3;
    cairo_set_source_rgb(p->cr, 0.7, 0.7, 0.7);
    cairo_move_to(p->cr, LEFT, p->y);
    cairo_line_to(p->cr, LEFT + WIDTH, p->y);
    cairo_stroke(p->cr);
    cairo_set_source_rgb(p->cr, 0, 0, 0);
    p->y += 3;
}

static void
outline(cairo_t *cr, const struct stroke *s)
{
    double angle = atan2(s->y2 - s->y, s->x2 - s->x), head = 10;
    switch (s->kind) {
    case STROKE_LINE:
        cairo_move_to(cr, s->x, s->y);
        cairo_line_to(cr, s->x2, s->y2);
        break;
    case STROKE_BOX: cairo_rectangle(cr, s->x - s->x2, s->y - s->x2, 2 * s->x2, 2 * s->x2); break;
    case STROKE_DIAMOND:
        cairo_move_to(cr, s->x, s->y - s->x2);
        cairo_line_to(cr, s->x + s->x2, s->y);
        cairo_line_to(cr, s->x, s->y + s->x2);
        cairo_line_to(cr, s->x - s->x2, s->y);
        cairo_close_path(cr);
        break;
    case STROKE_CIRCLE:
        cairo_new_sub_path(cr);
        cairo_arc(cr, s->x, s->y, s->x2, 0, 2 * G_PI);
        break;
    case STROKE_ARROW:
        cairo_move_to(cr, s->x, s->y);
        cairo_line_to(cr, s->x + head * cos(angle + 0.4), s->y + head * sin(angle + 0.4));
        cairo_line_to(cr, s->x + head * cos(angle - 0.4), s->y + head * sin(angle - 0.4));
        cairo_close_path(cr);
        break;
    case STROKE_TEXT: break;
    }
}

/* Shapes hide the lines that end in them. */
static void
draw_stroke(struct press *p, const struct stroke *s)
{
    static const double dashes[] = { 5, 4 };
    double width = 160;
    if (s->kind == STROKE_TEXT) {
        put_at(p, s->text, s->x2, s->x - width / 2, s->y - s->x2 * 1.1, width, false, PANGO_ALIGN_CENTER);
        return;
    }
    outline(p->cr, s);
    if (s->filled) {
        cairo_fill(p->cr);
        return;
    }
    if (s->kind != STROKE_LINE) {
        cairo_set_source_rgb(p->cr, 1, 1, 1);
        cairo_fill_preserve(p->cr);
        cairo_set_source_rgb(p->cr, 0, 0, 0);
    }
    cairo_set_line_width(p->cr, s->pen == PEN_THICK ? 2.4 : 1);
    if (s->pen == PEN_DASHED) cairo_set_dash(p->cr, dashes, 2, 0);
    cairo_stroke(p->cr);
    cairo_set_dash(p->cr, NULL, 0, 0);
}

void
press_picture(struct press *p, const struct picture *picture)
{
    double scale = picture->width > WIDTH ? WIDTH / picture->width : 1;
    if (picture->n == 0) return;
    if (picture->height * scale > (FLOOR - TOP) * 0.8) scale = (FLOOR - TOP) * 0.8 / picture->height;
    if (p->y + picture->height * scale > FLOOR) page_next(p);
    cairo_save(p->cr);
    cairo_translate(p->cr, LEFT + (WIDTH - picture->width * scale) / 2, p->y);
    cairo_scale(p->cr, scale, scale);
    for (size_t i = 0; i < picture->n; i++) draw_stroke(p, &picture->all[i]);
    cairo_restore(p->cr);
    p->y += picture->height * scale + 6;
}

void
press_seal(struct press *p, struct str place)
{
    static const double dashes[] = { 2, 2 };
    double r = 40, x = str_is(place, "left") ? LEFT + r + 20 : A4_WIDTH - RIGHT - r - 20;
    if (str_is(place, "none")) return;
    if (p->y + 2 * r + 50 > FLOOR) page_next(p);
    p->y += 14;
    cairo_set_dash(p->cr, dashes, 2, 0);
    cairo_set_source_rgb(p->cr, 0.6, 0.6, 0.6);
    cairo_new_sub_path(p->cr);
    cairo_arc(p->cr, x, p->y + r, r, 0, 2 * G_PI);
    cairo_stroke(p->cr);
    cairo_set_dash(p->cr, NULL, 0, 0);
    put_at(p, str_of(tr(p->lang, T("（盖章处）"))), 9, x - r, p->y + r - 7, 2 * r, false, PANGO_ALIGN_CENTER);
    cairo_set_source_rgb(p->cr, 0, 0, 0);
    p->y += 2 * r + 6;
    p->y += put_at(p, str_of(tr(p->lang, T("　　　年　　月　　日"))), 9.5, x - 80, p->y, 160, false, PANGO_ALIGN_CENTER);
}

/* ---- Writing ---- */

static cairo_status_t
sink(void *out, const unsigned char *bytes, unsigned n)
{
    put(out, (const char *)bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

static void
feet(struct press *p, const struct press_sheet *s, int page)
{
    struct str number = tr_fmt(p->arena, p->lang, T("第 %d 页　共 %d 页"), page, p->numbered);
    double y = A4_HEIGHT - 40;
    put_at(p, s->mark, 8, LEFT, y, WIDTH * 0.36, false, PANGO_ALIGN_LEFT);
    put_at(p, number, 8, LEFT + WIDTH * 0.36, y, WIDTH * 0.28, false, PANGO_ALIGN_CENTER);
    put_at(p, p->foot, 8, LEFT + WIDTH * 0.64, y, WIDTH * 0.36, false, PANGO_ALIGN_RIGHT);
}

static void
emit(struct press *p, bool front)
{
    int page = 0;
    for (size_t i = 0; i < p->n; i++) {
        const struct page *q = &p->pages[i];
        if (q->sheet.front != front) continue;
        cairo_set_source_surface(p->cr, q->surface, 0, 0);
        cairo_paint(p->cr);
        cairo_set_source_rgb(p->cr, 0, 0, 0);
        if (!front) feet(p, &q->sheet, ++page);
        cairo_show_page(p->cr);
    }
}

bool
press_write(struct press *p, struct buf *out)
{
    char now[24];
    page_end(p);
    cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(sink, out, A4_WIDTH, A4_HEIGHT);
    instant_print(instant_now(), now);
    now[10] = 'T';
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, str_z(p->arena, p->title));
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, str_fmt(p->arena, "%s:00+08:00", now).p);
    p->cr = cairo_create(pdf);
    emit(p, true);
    emit(p, false);
    page_end(p);
    cairo_surface_finish(pdf);
    cairo_status_t status = cairo_surface_status(pdf);
    cairo_surface_destroy(pdf);
    for (size_t i = 0; i < p->n; i++) cairo_surface_destroy(p->pages[i].surface);
    p->n = 0;
    g_object_unref(p->context);
    pthread_mutex_unlock(&lock);
    if (status != CAIRO_STATUS_SUCCESS) log_error("cannot print: %s", cairo_status_to_string(status));
    return status == CAIRO_STATUS_SUCCESS;
}
