/* What the forms of a case tell of family and support, proposed for the pictures; the worker accepts it row by row, nothing goes there by
 * itself.  And the pictures themselves for paper. */
#include "audit/audit.h"
#include "codes/codes.h"
#include "form/doc.h"
#include "people/tie_views.h"

enum { NAME_MAX_CHARS = 40 };

/* ---- Proposals ---- */

/* Where a supporter stands, by a word in what the form says of him; the worker sees and corrects it. */
static struct str
kind_of(struct str relation)
{
    static const struct { const char *words, *kind; } known[] = {
        { "邻", "neighbour" }, { "友 同学", "friend" }, { "学校 老师 教师 班主任", "school" }, { "医 卫生 诊所", "health" }, { "志愿 协会 慈善 社会组织", "society" },   /* not shown */
        { "村 居委 社区 网格", "community" }, { "政府 民政 镇 乡 街道", "government" }, { "单位 公司 同事 工厂", "work" },                           /* not shown */
        { "父 母 子 女 兄 弟 姐 妹 夫 妻 配偶 孙 叔 伯 姑 舅 姨 婆 公 媳 婿 亲 侄 家", "family" },                                                   /* not shown */
    };
    for (size_t i = 0; i < COUNT(known); i++)
        for (struct str rest = str_of(known[i].words); rest.n;)
            if (str_has(relation, str_cut(&rest, ' '))) return str_of(known[i].kind);
    return STR("other");
}

static bool
named(const struct tie_tab *t, struct str name)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(t->rows[i].name, name)) return true;
    return false;
}

static void
propose_ties(struct rq *rq, struct tie_tab *t, const json_t *b)
{
    size_t n = doc_rows(b, "support_network");
    t->offers = NEW(rq->arena, struct tie_offer, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct str name = str_trim(doc_cell(b, "support_network", i, "supporter")), relation = doc_cell(b, "support_network", i, "relation");
        if (name.n == 0 || utf8_len(name) > NAME_MAX_CHARS || named(t, name)) continue;
        bool strong = str_is(doc_cell(b, "support_network", i, "strength"), "strong");
        t->offers[t->offers_n++] = (struct tie_offer){ .row = i, .name = name, .relation = relation, .kind = kind_of(relation.n ? relation : name),
                                                       .strength = strong ? STR("strong") : STR("weak") };
    }
}

static bool
drawn_already(const struct tie_tab *t, struct str name)
{
    for (size_t i = 0; i < t->family.nodes_n; i++)
        if (str_eq(t->family.nodes[i].kin->name, name)) return true;
    for (size_t i = 0; i < t->family.others_n; i++)
        if (str_eq(t->family.others[i]->name, name)) return true;
    return str_eq(t->name, name);
}

static void
propose_kin(struct rq *rq, struct tie_tab *t, const json_t *a, struct date filled)
{
    size_t n = doc_rows(a, "family_members");
    t->kin_offers = NEW(rq->arena, struct kin_offer, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct str name = str_trim(doc_cell(a, "family_members", i, "name")), sex = doc_cell(a, "family_members", i, "sex");
        int64_t age;
        if (name.n == 0 || utf8_len(name) > NAME_MAX_CHARS || drawn_already(t, name)) continue;
        bool aged = str_int(doc_cell(a, "family_members", i, "age"), &age) && age >= 0 && age <= 150;
        t->kin_offers[t->kin_offers_n++] = (struct kin_offer){ .row = i, .name = name, .relation = doc_cell(a, "family_members", i, "relation"),
                                                               .sex = sex.n ? sex : STR("9"), .year = aged ? date_ymd(filled).y - age : NO_INT };
    }
}

void
kin_propose(struct rq *rq, struct tie_tab *t)
{
    struct kin_forms_row *rows;
    size_t n = kin_forms(rq->db, &rows, id_area(t->id.v), t->id, rq->who.user);
    bool a = false, b = false;
    for (size_t i = 0; i < n && !(a && b); i++) {
        const json_t *doc = doc_parse(rq->arena, rows[i].doc);
        if (doc == NULL) continue;
        if (str_is(rows[i].form, "A") && !a) propose_kin(rq, t, doc, rows[i].filled);
        if (str_is(rows[i].form, "B") && !b) propose_ties(rq, t, doc);
        a = a || str_is(rows[i].form, "A");
        b = b || str_is(rows[i].form, "B");
    }
}

static bool
ticked(const struct rq *rq, const char *name, size_t row)
{
    int64_t n;
    for (size_t i = 0; i < rq->params_n; i++)
        if (str_is(rq->params[i].name, name) && str_int(rq->params[i].value, &n) && n == (int64_t)row) return true;
    return false;
}

/* What was chosen for a row of the proposal: a code of the table; NO_STR when it is none. */
static struct str
chosen(struct rq *rq, const char *name, size_t row, const char *table)
{
    struct str code = rq_param(rq, str_fmt(rq->arena, "%s.%zu", name, row).p);
    return codes_valid(codes_table(table), code, today()) ? code : NO_STR;
}

/* The rows that were ticked, of the proposal as it is now. */
static enum http
accept(struct rq *rq)
{
    struct tie_tab t;
    size_t taken = 0;
    if (!tie_open(rq, &t)) return HTTP_NOT_FOUND;
    if (!t.writes) return HTTP_FORBIDDEN;
    int64_t area = id_area(t.id.v);
    for (size_t i = 0; i < t.offers_n; i++) {
        const struct tie_offer *o = &t.offers[i];
        if (!ticked(rq, "tie", o->row)) continue;
        struct str kind = chosen(rq, "kind", o->row, "tie_kind"), strength = chosen(rq, "strength", o->row, "tie_strength");
        if (kind.n == 0 || strength.n == 0) return rq_invalid(rq, NULL, T("请为每一条选择来源和关系。"));
        tie_insert(rq->db, .area = area, .id = { id_next(area) }, .person = t.id, .kind = kind, .name = o->name, .strength = strength, .flow = STR("in"),
                   .note = o->relation, .from_on = today());
        taken++;
    }
    for (size_t i = 0; i < t.kin_offers_n; i++) {
        const struct kin_offer *o = &t.kin_offers[i];
        if (!ticked(rq, "kin", o->row)) continue;
        struct str relation = chosen(rq, "relation", o->row, "family");
        if (relation.n == 0) return rq_invalid(rq, NULL, T("请为每一位家人选择关系。"));
        kin_insert(rq->db, .area = area, .id = { id_next(area) }, .person = t.id, .name = o->name, .relation = relation, .sex = o->sex, .year = o->year,
                   .on = today());
        taken++;
    }
    if (taken == 0) return rq_invalid(rq, NULL, T("请先选择要采用的内容。"));
    audit_note(rq, area, "accept_ties", "person", t.id.v, NULL, NO_STR);
    return rq_done(rq, T("已采用"), "/people/%lld/ties", (long long)t.id.v);
}

/* ---- Kin who are drawn without being registered ---- */

static enum http
end(struct rq *rq)
{
    struct tie_tab t;
    if (!tie_open(rq, &t)) return HTTP_NOT_FOUND;
    if (!t.writes) return HTTP_FORBIDDEN;
    if (kin_end(rq->db, id_area(t.id.v), (struct kin_id){ rq->ids[1] }, t.id, today()) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, id_area(t.id.v), "end_kin", "person", t.id.v, NULL, NO_STR);
    return rq_done_undo(rq, T("已移出"), str_fmt(rq->arena, "/people/%lld/kin/%lld/again", (long long)t.id.v, (long long)rq->ids[1]), "/people/%lld/ties",
                        (long long)t.id.v);
}

static enum http
again(struct rq *rq)
{
    struct tie_tab t;
    if (!tie_open(rq, &t)) return HTTP_NOT_FOUND;
    if (!t.writes) return HTTP_FORBIDDEN;
    if (!audit_recent(rq, "end_kin", "person", t.id.v) || kin_again(rq->db, id_area(t.id.v), (struct kin_id){ rq->ids[1] }, t.id) == 0)
        return rq_fail(rq, HTTP_CONFLICT, T("已不能撤销，请重新登记。"));
    audit_note(rq, id_area(t.id.v), "undo_end_kin", "person", t.id.v, NULL, NO_STR);
    return rq_done(rq, T("已撤销"), "/people/%lld/ties", (long long)t.id.v);
}

/* ---- On paper ---- */

static void
draw_family(struct rq *rq, const struct genogram *g, struct picture *p)
{
    const double half = GEN_SIZE / 2.0;
    *p = picture_make(rq->arena, g->width, g->height + 10);
    for (size_t i = 0; i < g->lines_n; i++)
        picture_line(p, g->lines[i].dashed ? PEN_DASHED : PEN_THIN, g->lines[i].x1, g->lines[i].y1, g->lines[i].x2, g->lines[i].y2);
    for (size_t i = 0; i < g->nodes_n; i++) {
        const struct gen_node *n = &g->nodes[i];
        enum stroke_kind kind = n->shape == GEN_MALE ? STROKE_BOX : n->shape == GEN_FEMALE ? STROKE_CIRCLE : STROKE_DIAMOND;
        picture_shape(p, kind, n->x, n->y, half, false);
        if (n->kin->self) picture_shape(p, kind, n->x, n->y, half - 4, false);
        if (n->kin->died) {
            picture_line(p, PEN_THIN, n->x - half, n->y - half, n->x + half, n->y + half);
            picture_line(p, PEN_THIN, n->x + half, n->y - half, n->x - half, n->y + half);
        }
        if (n->kin->age >= 0) picture_text(p, n->x, n->y + 5, 11, str_fmt(rq->arena, "%d", n->kin->age));
        picture_text(p, n->x, n->y + half + 15, 12, n->kin->name);
    }
}

static void
draw_world(struct rq *rq, const struct tie_tab *t, struct picture *p)
{
    *p = picture_make(rq->arena, ECOMAP_WIDTH, ECOMAP_HEIGHT + 10);
    for (size_t i = 0; i < t->drawn_n; i++) {
        const struct tie_drawn *d = &t->drawn[i];
        struct str strength = d->tie->strength;
        bool broken = str_is(strength, "broken"), weak = str_is(strength, "weak");
        if (str_is(strength, "stressful")) picture_zigzag(p, d->x1, d->y1, d->x2, d->y2);
        else picture_line(p, str_is(strength, "strong") ? PEN_THICK : weak || broken ? PEN_DASHED : PEN_THIN, d->x1, d->y1, d->x2, d->y2);
        if (broken) {
            picture_line(p, PEN_THIN, d->cut_x - 8, d->cut_y - 8, d->cut_x + 2, d->cut_y + 8);
            picture_line(p, PEN_THIN, d->cut_x - 2, d->cut_y - 8, d->cut_x + 8, d->cut_y + 8);
        }
        if (d->head.n) picture_arrow(p, d->x1, d->y1, d->x2, d->y2);
        if (d->tail.n) picture_arrow(p, d->x2, d->y2, d->x1, d->y1);
        picture_shape(p, STROKE_CIRCLE, d->x, d->y, BUBBLE, false);
        picture_text(p, d->x, d->y + 5, 13, d->label);
        picture_text(p, d->x, d->kind_y, 11, str_of(codes_label(codes_table("tie_kind"), d->tie->kind, rq->lang)));
    }
    picture_shape(p, STROKE_CIRCLE, ECOMAP_WIDTH / 2.0, ECOMAP_HEIGHT / 2.0, BUBBLE, false);
    picture_shape(p, STROKE_CIRCLE, ECOMAP_WIDTH / 2.0, ECOMAP_HEIGHT / 2.0, BUBBLE - 4, false);
    picture_text(p, ECOMAP_WIDTH / 2.0, ECOMAP_HEIGHT / 2.0 + 5, 13, t->name);
}

void
person_pictures(struct rq *rq, struct person_id person, struct picture *family, struct picture *world)
{
    struct person_head h;
    *family = *world = (struct picture){ 0 };
    if (!person_head(rq->db, person, &h)) return;
    struct tie_tab t = { .id = person, .name = h.name, .household = h.household };
    tie_load(rq, &t);
    if (t.family.nodes_n > 1) draw_family(rq, &t.family, family);
    if (t.drawn_n > 0) draw_world(rq, &t, world);
}

const struct route kin_routes[] = {
    POST("/people/:person/ties/accept", PEOPLE_WRITE, accept, .scope = person_in_scope, .form = &no_fields, .redraw = tie_show,
         .title = T("采用表单中的家庭与支持网络")),
    POST("/people/:person/kin/:kin/end", PEOPLE_WRITE, end, .scope = person_in_scope, .form = &no_fields, .title = T("移出家庭结构图")),
    POST("/people/:person/kin/:kin/again", PEOPLE_WRITE, again, .scope = person_in_scope, .form = &no_fields, .title = T("撤销移出家庭结构图")),
};
const size_t kin_routes_n = COUNT(kin_routes);
