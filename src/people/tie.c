/* The family and the world around a person, drawn: the genogram out of his household, the ecomap out of his ties. */
#include "audit/audit.h"
#include "codes/codes.h"
#include "people/person.h"
#include "people/tie_html.h"
#include "people/tie_views.h"
#include <math.h>

struct tie_form { struct str kind, name, strength, flow, note; };
static const struct field tie_fields[] = {
    FIELD_CODE(struct tie_form, kind, "tie_kind", "支持来源", .required = true),
    FIELD_TEXT(struct tie_form, name, "名称", .required = true, .max = 40, .help = "谁，或哪个单位。"),
    FIELD_CODE(struct tie_form, strength, "tie_strength", "关系", .required = true),
    FIELD_CODE(struct tie_form, flow, "tie_flow", "支持方向", .required = true),
    FIELD_TEXT(struct tie_form, note, "说明", .max = 200),
};
static const struct form tie_form = FORM(struct tie_form, tie_fields);

/* ---- The ecomap ---- */

enum { ZIGS = 10, ZIG = 5, HEAD = 10, FITS = 12 };

static struct str
straight(struct arena *a, double x1, double y1, double x2, double y2)
{
    return str_fmt(a, "M%.1f %.1fL%.1f %.1f", x1, y1, x2, y2);
}

static struct str
zigzag(struct arena *a, double x1, double y1, double x2, double y2)
{
    struct buf b = { .arena = a };
    double length = hypot(x2 - x1, y2 - y1), across_x = -(y2 - y1) / length * ZIG, across_y = (x2 - x1) / length * ZIG;
    putf(&b, "M%.1f %.1f", x1, y1);
    for (int i = 1; i < ZIGS; i++) {
        double t = (double)i / ZIGS, side = i % 2 ? 1 : -1;
        putf(&b, "L%.1f %.1f", x1 + (x2 - x1) * t + across_x * side, y1 + (y2 - y1) * t + across_y * side);
    }
    putf(&b, "L%.1f %.1f", x2, y2);
    return buf_str(&b);
}

/* An arrow head with its point at x, y, coming from an angle. */
static struct str
arrow(struct arena *a, double x, double y, double angle)
{
    return str_fmt(a, "M%.1f %.1fL%.1f %.1fL%.1f %.1fZ", x, y, x + HEAD * cos(angle + 0.4), y + HEAD * sin(angle + 0.4), x + HEAD * cos(angle - 0.4),
                   y + HEAD * sin(angle - 0.4));
}

/* As much of a name as a bubble holds; a Chinese character is as wide as two letters. */
static struct str
fitting(struct arena *a, struct str name)
{
    struct str rest = name;
    uint32_t c;
    size_t wide = 0, fits = 0;
    while (utf8_next(&rest, &c)) {
        wide += c < 0x2e80 ? 1 : 2;
        if (wide <= FITS - 1) fits = (size_t)(rest.p - name.p);
    }
    return wide <= FITS ? name : str_fmt(a, "%.*s…", (int)fits, name.p);
}

static void
draw_ties(struct arena *a, struct tie_tab *t)
{
    const double middle_x = ECOMAP_WIDTH / 2.0, middle_y = ECOMAP_HEIGHT / 2.0, far_x = middle_x - BUBBLE - 50, far_y = middle_y - BUBBLE - 22;
    size_t open = 0;
    for (size_t i = 0; i < t->n; i++) open += !date_known(t->rows[i].to_on);
    t->drawn = NEW(a, struct tie_drawn, open + 1);
    for (size_t i = 0; i < t->n; i++) {
        const struct tie_list_row *r = &t->rows[i];
        if (date_known(r->to_on)) continue;
        double turn = 2 * M_PI * (double)t->drawn_n / (double)open - M_PI / 2;
        double x = middle_x + far_x * cos(turn), y = middle_y + far_y * sin(turn), angle = atan2(y - middle_y, x - middle_x);
        double x1 = middle_x + BUBBLE * cos(angle), y1 = middle_y + BUBBLE * sin(angle), x2 = x - BUBBLE * cos(angle), y2 = y - BUBBLE * sin(angle);
        struct tie_drawn *d = &t->drawn[t->drawn_n++];
        bool in = str_is(r->flow, "in") || str_is(r->flow, "both"), out = str_is(r->flow, "out") || str_is(r->flow, "both");
        *d = (struct tie_drawn){ .tie = r, .x = (int)x, .y = (int)y, .x1 = (int)x1, .y1 = (int)y1, .x2 = (int)x2, .y2 = (int)y2,
                                 .cut_x = (int)((x1 + x2) / 2), .cut_y = (int)((y1 + y2) / 2),
                                 .kind_y = (int)y + (y < middle_y ? -BUBBLE - 7 : BUBBLE + 15) };
        d->label = fitting(a, r->name);
        d->path = str_is(r->strength, "stressful") ? zigzag(a, x1, y1, x2, y2) : straight(a, x1, y1, x2, y2);
        d->head = in ? arrow(a, x1, y1, angle) : STR("");
        d->tail = out ? arrow(a, x2, y2, angle + M_PI) : STR("");
    }
}

/* ---- The tab ---- */

static void
load_family(struct rq *rq, struct tie_tab *t)
{
    struct tie_kin_row *rows;
    struct kin_list_row *more;
    int64_t area = id_area(t->id.v);
    size_t n = t->household.v ? tie_kin(rq->db, &rows, area, t->household, rq->who.user) : 0, others = kin_list(rq->db, &more, area, t->id), drawn = 0;
    struct kin *kin = NEW(rq->arena, struct kin, n + others + 2);
    for (size_t i = 0; i < n; i++)
        kin[drawn++] = (struct kin){ .name = rows[i].name, .relation = rows[i].relation, .sex = rows[i].sex, .died = date_known(rows[i].died_on),
                                     .age = date_age(rows[i].born, date_known(rows[i].died_on) ? rows[i].died_on : today()),
                                     .self = rows[i].person.v == t->id.v };
    struct person_head h;
    if (n == 0 && others > 0 && person_head(rq->db, t->id, &h))
        kin[drawn++] = (struct kin){ .name = h.name, .relation = STR("01"), .sex = h.sex, .age = date_age(h.born, today()), .self = true };
    for (size_t i = 0; i < others; i++)
        kin[drawn++] = (struct kin){ .name = more[i].name, .relation = more[i].relation, .sex = more[i].sex,
                                     .age = more[i].year == NO_INT ? -1 : date_ymd(today()).y - (int)more[i].year };
    t->kin = more;
    t->kin_n = others;
    genogram_lay(rq->arena, kin, drawn, &t->family);
}

void
tie_load(struct rq *rq, struct tie_tab *t)
{
    load_family(rq, t);
    t->n = tie_list(rq->db, &t->rows, id_area(t->id.v), t->id);
    draw_ties(rq->arena, t);
}

/* Family is level S3 (codes.md 9.2). */
static void
fill(struct rq *rq, const struct person_page *v, struct tie_tab *t)
{
    enum access how = person_access(rq, 3, v->rel, v->p.born);
    *t = (struct tie_tab){ .rq = rq, .id = v->id, .name = v->p.name, .household = v->p.household, .form = &tie_form, .from = { .rq = rq },
                           .shut = how < ACCESS_READ, .writes = v->writes && how == ACCESS_WRITE };
    if (!t->shut) tie_load(rq, t);
    if (t->writes) kin_propose(rq, t);
}

bool
tie_open(struct rq *rq, struct tie_tab *t)
{
    struct person_page v;
    if (!person_page_open(rq, "ties", &v)) return false;
    fill(rq, &v, t);
    return true;
}

enum http
tie_show(struct rq *rq)
{
    struct person_page v;
    struct tie_tab t;
    if (!person_page_open(rq, "ties", &v)) return HTTP_NOT_FOUND;
    fill(rq, &v, &t);
    if (!t.shut) rq_note_read(rq, "person", v.id.v, "ties");
    struct buf b = person_tab_buf(rq);
    tie_tab(&b, &t);
    return person_page_done(rq, &v, &b);
}

static bool
may_write(struct rq *rq, struct person_id person)
{
    struct person_head h;
    return person_head(rq->db, person, &h) && person_access(rq, 3, person_relation(rq, person), h.born) == ACCESS_WRITE;
}

static enum http
add(struct rq *rq)
{
    const struct tie_form *in = rq->form;
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    struct audit_changes changes = { 0 };
    if (!may_write(rq, person)) return HTTP_FORBIDDEN;
    tie_insert(rq->db, .area = area, .id = { id_next(area) }, .person = person, .kind = in->kind, .name = in->name, .strength = in->strength,
               .flow = in->flow, .note = in->note, .from_on = today());
    audit_changed(&changes, rq->arena, "tie", NO_STR, in->kind);
    audit_note(rq, area, "change", "person", person.v, &changes, NO_STR);
    return rq_done(rq, T("已保存"), "/people/%lld/ties", (long long)person.v);
}

static enum http
end(struct rq *rq)
{
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    if (!may_write(rq, person)) return HTTP_FORBIDDEN;
    if (tie_end(rq->db, area, (struct tie_id){ rq->ids[1] }, person, today()) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, area, "end_tie", "person", person.v, NULL, NO_STR);
    return rq_done_undo(rq, T("已终止"), str_fmt(rq->arena, "/people/%lld/ties/%lld/again", (long long)person.v, (long long)rq->ids[1]),
                        "/people/%lld/ties", (long long)person.v);
}

static enum http
again(struct rq *rq)
{
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    if (!may_write(rq, person)) return HTTP_FORBIDDEN;
    if (!audit_recent(rq, "end_tie", "person", person.v) || tie_again(rq->db, area, (struct tie_id){ rq->ids[1] }, person) == 0)
        return rq_fail(rq, HTTP_CONFLICT, T("已不能撤销，请重新登记。"));
    audit_note(rq, area, "undo_end_tie", "person", person.v, NULL, NO_STR);
    return rq_done(rq, T("已撤销"), "/people/%lld/ties", (long long)person.v);
}

const struct route tie_routes[] = {
    GET("/people/:person/ties", PEOPLE_READ, tie_show, .scope = person_in_scope, .title = T("家庭图与生态图")),
    POST("/people/:person/ties", PEOPLE_WRITE, add, .scope = person_in_scope, .form = &tie_form, .redraw = tie_show, .title = T("增加支持关系")),
    POST("/people/:person/ties/:tie/end", PEOPLE_WRITE, end, .scope = person_in_scope, .form = &no_fields, .title = T("终止支持关系")),
    POST("/people/:person/ties/:tie/again", PEOPLE_WRITE, again, .scope = person_in_scope, .form = &no_fields, .title = T("撤销终止支持关系")),
};
const size_t tie_routes_n = COUNT(tie_routes);
