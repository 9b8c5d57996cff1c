/* Scales before and after: entered, listed, drawn. */
#include "casework/scale.h"
#include "audit/audit.h"
#include "casework/case.h"
#include "casework/case_views.h"
#include "casework/scale_html.h"
#include "casework/scale_views.h"

enum { CHART_WIDTH = 340, CHART_HEIGHT = 190, MARGIN = 40, TOP = 26, FLOOR = 150, SCORES_MAX = 400 };

static const struct choice stages[] = { { "pre", T("前测"), NULL }, { "mid", T("中测"), NULL }, { "post", T("后测"), NULL } };
static const struct choice betters[] = {
    { "lower", T("分数越低越好"), NULL }, { "higher", T("分数越高越好"), NULL }, { "none", T("没有高低之分"), NULL },
};

struct entry { struct str scale, stage, score, better, note; struct date on; };
static const struct field entry_fields[] = {
    FIELD_TEXT(struct entry, scale, "量表名称", .required = true, .max = 80, .help = "同一量表每次写相同的名称。"),
    FIELD_CHOICE(struct entry, better, betters, "分数的含义", .required = true),
    FIELD_CHOICE(struct entry, stage, stages, "前测或后测", .required = true),
    FIELD_TEXT(struct entry, score, "得分", .required = true, .max = 10),
    FIELD_DATE(struct entry, on, "测评日期", .required = true, .check = "past"),
    FIELD_TEXT(struct entry, note, "说明", .max = 200),
};
static bool entry_check(struct rq *rq, void *form);
static const struct form entry_form = FORM_CHECKED(struct entry, entry_fields, entry_check);

/* A number with two decimals at most has the form of money. */
static bool
hundredths(struct str text, int64_t *out)
{
    struct money m;
    for (size_t i = 0; i < text.n; i++)
        if ((text.p[i] < '0' || text.p[i] > '9') && text.p[i] != '.' && !(i == 0 && text.p[i] == '-')) return false;
    if (text.n == 0 || !money_parse(text, &m)) return false;
    *out = m.fen;
    return true;
}

static bool
entry_check(struct rq *rq, void *form)
{
    const struct entry *in = form;
    int64_t score;
    if (!hundredths(in->score, &score)) rq_invalid(rq, "score", T("请填写数字，最多两位小数。"));
    return rq->errors == NULL;
}

struct str
score_text(struct arena *a, int64_t h)
{
    long long whole = (long long)(h < 0 ? -h : h);
    const char *minus = h < 0 ? "-" : "";
    if (whole % 100 == 0) return str_fmt(a, "%s%lld", minus, whole / 100);
    return whole % 10 == 0 ? str_fmt(a, "%s%lld.%lld", minus, whole / 100, whole % 100 / 10) : str_fmt(a, "%s%lld.%02lld", minus, whole / 100, whole % 100);
}

struct str
change_text(struct arena *a, enum lang lang, const struct scale *s)
{
    struct str number = str_fmt(a, "%s%.*s", s->change > 0 ? "+" : "", FMT(score_text(a, s->change)));
    bool better = str_is(s->better, "lower") ? s->change < 0 : s->change > 0;
    if (s->change == 0) return tr_fmt(a, lang, T("%s（没有变化）"), str_z(a, number));
    if (!str_is(s->better, "lower") && !str_is(s->better, "higher")) return number;
    return tr_fmt(a, lang, better ? T("%s（改善）") : T("%s（变差）"), str_z(a, number));
}

const char *
stage_of_score(struct str stage, enum lang lang)
{
    for (size_t i = 0; i < COUNT(stages); i++)
        if (str_is(stage, stages[i].code)) return tr(lang, stages[i].zh);
    return "";
}

/* ---- Collecting ---- */

static bool
known(const struct score *all, size_t n, const struct score *one)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].scale, one->scale) && all[i].on.days == one->on.days && all[i].score == one->score && str_eq(all[i].stage, one->stage)) return true;
    return false;
}

static int
by_day(const void *a, const void *b)
{
    const struct score *x = a, *y = b;
    return (x->on.days > y->on.days) - (x->on.days < y->on.days);
}

static size_t
collect(struct rq *rq, const struct casefile *k, struct score *all, struct scale_list_row **own, size_t *own_n)
{
    const json_t *b = case_form(rq, k, "B");
    size_t n = 0, rows = b ? doc_rows(b, "scales") : 0;
    *own_n = scale_list(rq->db, own, id_area(k->c.id.v), k->c.id);
    for (size_t i = 0; i < *own_n; i++) {
        const struct scale_list_row *r = &(*own)[i];
        all[n++] = (struct score){ r->scale, r->stage, r->note, r->score, r->on, r->id };
    }
    for (size_t i = 0; i < rows && n < SCORES_MAX; i++) {
        struct score one = { .scale = doc_cell(b, "scales", i, "scale"), .stage = doc_cell(b, "scales", i, "stage") };
        if (!hundredths(doc_cell(b, "scales", i, "score"), &one.score) || !date_parse(doc_cell(b, "scales", i, "date"), &one.on)) continue;
        if (one.scale.n && !known(all, n, &one)) all[n++] = one;
    }
    qsort(all, n, sizeof *all, by_day);
    return n;
}

/* ---- The picture ---- */

static void
draw(struct rq *rq, struct scale *s)
{
    struct picture *p = &s->picture;
    int64_t low = s->scores[0].score, high = low;
    int from = s->scores[0].on.days, days = s->scores[s->n - 1].on.days - from;
    char day[16];
    double last_x = 0, last_y = 0;
    *p = picture_make(rq->arena, CHART_WIDTH, CHART_HEIGHT);
    for (size_t i = 1; i < s->n; i++) {
        low = s->scores[i].score < low ? s->scores[i].score : low;
        high = s->scores[i].score > high ? s->scores[i].score : high;
    }
    picture_line(p, PEN_THIN, MARGIN, FLOOR, CHART_WIDTH - MARGIN, FLOOR);
    for (size_t i = 0; i < s->n; i++) {
        const struct score *c = &s->scores[i];
        double along = days ? (double)(c->on.days - from) / days : s->n > 1 ? (double)i / (double)(s->n - 1) : 0.5;
        double up = high > low ? (double)(c->score - low) / (double)(high - low) : 0.5;
        double x = MARGIN + along * (CHART_WIDTH - 2 * MARGIN), y = FLOOR - 20 - up * (FLOOR - 20 - TOP - 10);
        if (i) picture_line(p, PEN_THICK, last_x, last_y, x, y);
        picture_line(p, PEN_DASHED, x, y + 6, x, FLOOR);
        picture_text(p, x, y - 9, 12, score_text(rq->arena, c->score));
        bool crowded = i > 0 && i + 1 < s->n && (x - MARGIN < 80 || CHART_WIDTH - MARGIN - x < 80);
        date_print(c->on, day);
        if (!crowded && (i == 0 || i + 1 == s->n || s->n <= 5)) {
            picture_text(p, x, FLOOR + 15, 10, str_dup(rq->arena, str_of(day)));
            picture_text(p, x, FLOOR + 30, 10, str_of(stage_of_score(c->stage, rq->lang)));
        }
        last_x = x;
        last_y = y;
        picture_shape(p, STROKE_CIRCLE, x, y, 4, true);
    }
}

static void
finish(struct rq *rq, struct scale *s, const struct scale_list_row *own, size_t own_n)
{
    for (size_t i = 0; i < own_n; i++)
        if (str_eq(own[i].scale, s->name)) s->better = own[i].better;
    for (size_t i = 0; i < s->n; i++) {
        if (s->first == NULL || (str_is(s->scores[i].stage, "pre") && !str_is(s->first->stage, "pre"))) s->first = &s->scores[i];
        if (s->last == NULL || !str_is(s->last->stage, "post") || str_is(s->scores[i].stage, "post")) s->last = &s->scores[i];
    }
    if (s->last == s->first) s->last = NULL;
    if (s->last != NULL) s->change = s->last->score - s->first->score;
    if (s->n > 1) draw(rq, s);
}

size_t
scale_load(struct rq *rq, const struct casefile *k, struct scale **out)
{
    struct score *all = NEW(rq->arena, struct score, SCORES_MAX + 1), *sorted = NEW(rq->arena, struct score, SCORES_MAX + 1);
    struct scale_list_row *own;
    size_t own_n, n = collect(rq, k, all, &own, &own_n), scales_n = 0, used = 0;
    *out = NEW(rq->arena, struct scale, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool there = false;
        for (size_t s = 0; s < scales_n && !there; s++) there = str_eq((*out)[s].name, all[i].scale);
        if (there) continue;
        struct scale *s = &(*out)[scales_n++];
        *s = (struct scale){ .name = all[i].scale, .better = STR("none"), .scores = sorted + used };
        for (size_t j = i; j < n; j++)
            if (str_eq(all[j].scale, s->name)) sorted[used++] = all[j];
        s->n = (size_t)(sorted + used - s->scores);
        finish(rq, s, own, own_n);
    }
    return scales_n;
}

/* ---- The page ---- */

static enum http
scales(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    struct entry fresh = { .on = today() };
    if (!case_may_read(rq, k, 3)) return HTTP_FORBIDDEN;
    struct scale_page v = { .rq = rq, .k = k, .write = case_may_write(rq, k), .form = &entry_form, .from = { .rq = rq, .values = &fresh } };
    v.n = scale_load(rq, k, &v.scales);
    if (v.n > 0) fresh = (struct entry){ .scale = v.scales[v.n - 1].name, .better = v.scales[v.n - 1].better, .on = today() };
    rq_note_read(rq, "case", k->c.id.v, "scales");
    rq->title = str_of(tr(rq->lang, T("量表测评")));
    scale_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
add(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct entry *in = rq->form;
    int64_t area = id_area(k->c.id.v), score;
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (case_waits_for_guardian(rq, k)) return rq_invalid(rq, "scale", T("须先取得监护人同意。"));
    if (!hundredths(in->score, &score)) return HTTP_INVALID;
    struct score_id id = { id_next(area) };
    scale_insert(rq->db, .area = area, .id = id, .case_ = k->c.id, .scale = in->scale, .stage = in->stage, .score = score, .better = in->better,
                 .on = in->on, .note = in->note, .by = rq->who.user, .at = instant_now());
    audit_note(rq, area, "score", "case", k->c.id.v, NULL, in->scale);
    return rq_done(rq, T("已登记"), "/cases/%lld/scales", (long long)k->c.id.v);
}

static enum http
take_back(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    int64_t area = id_area(k->c.id.v);
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (scale_void(rq->db, area, (struct score_id){ rq->ids[1] }, k->c.id, today()) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, area, "score_void", "case", k->c.id.v, NULL, NO_STR);
    return rq_done_undo(rq, T("已作废"), str_fmt(rq->arena, "/cases/%lld/scales/%lld/again", (long long)k->c.id.v, (long long)rq->ids[1]),
                        "/cases/%lld/scales", (long long)k->c.id.v);
}

static enum http
again(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    int64_t area = id_area(k->c.id.v);
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!audit_recent(rq, "score_void", "case", k->c.id.v) || scale_again(rq->db, area, (struct score_id){ rq->ids[1] }, k->c.id) == 0)
        return rq_fail(rq, HTTP_CONFLICT, T("已不能撤销，请重新登记。"));
    audit_note(rq, area, "undo_score_void", "case", k->c.id.v, NULL, NO_STR);
    return rq_done(rq, T("已撤销"), "/cases/%lld/scales", (long long)k->c.id.v);
}

const struct route scale_routes[] = {
    GET("/cases/:case/scales", CASE_READ, scales, .scope = case_scope, .title = T("量表测评")),
    POST("/cases/:case/scales", CASE_WRITE, add, .scope = case_scope, .form = &entry_form, .redraw = scales, .title = T("登记量表得分")),
    POST("/cases/:case/scales/:score/void", CASE_WRITE, take_back, .scope = case_scope, .form = &no_fields, .title = T("作废量表得分")),
    POST("/cases/:case/scales/:score/again", CASE_WRITE, again, .scope = case_scope, .form = &no_fields, .title = T("撤销作废量表得分")),
};
const size_t scale_routes_n = COUNT(scale_routes);
