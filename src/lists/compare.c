/* Two versions of a list side by side: what was added, dropped and changed. */
#include "lists/compare_html.h"
#include "lists/lists_views.h"

enum { PAGE = 50 };

static void
load_pairs(struct rq *rq, struct compare_page *v, int64_t after)
{
    struct list_compare_row *rows;
    struct list_sides_row *sides;
    int64_t area = id_area(v->o->l.id.v);
    v->n = list_compare(rq->db, &rows, .area = area, .was = v->was.id, .is = v->o->l.id, .after = after, .most = PAGE + 1);
    v->more = v->n > PAGE;
    if (v->more) v->n = PAGE;
    v->pairs = NEW(rq->arena, struct compare_pair, v->n + 1);
    if (v->n == 0) return;
    v->last = rows[v->n - 1].line;
    size_t n = list_sides(rq->db, &sides, .area = area, .was = v->was.id, .is = v->o->l.id, .first = rows[0].line, .last = v->last), k = 0;
    struct line_shown *all = NEW(rq->arena, struct line_shown, n + 1);
    for (size_t i = 0; i < n; i++) {
        all[i] = (struct line_shown){ .list = sides[i].list, .id = sides[i].line, .e = LINE_OF(&sides[i]), .staff_name = sides[i].staff_name,
                                      .state = sides[i].state, .reason = sides[i].reason, .done = sides[i].done };
        while (k < v->n && rows[k].line.v < all[i].id.v) k++;
        if (k == v->n || rows[k].line.v != all[i].id.v) continue;
        if (all[i].list.v == v->was.id.v) v->pairs[k].was = &all[i];
        else v->pairs[k].is = &all[i];
    }
}

/* With the version before it, or with the one that is asked for. */
static enum http
compare(struct rq *rq)
{
    struct list_versions_row *all;
    struct compare_page v = { .rq = rq, .o = list_of(rq) };
    const struct list_get_row *l = &v.o->l;
    struct list_id with = { rq_param_int(rq, "with", 0) };
    size_t n = list_versions(rq->db, &all, id_area(l->id.v), l->first);
    for (size_t i = 0; i < n && with.v == 0; i++)
        if (all[i].number < l->number) with = all[i].id;
    if (with.v == 0 || !list_get(rq->db, &v.was, id_area(l->id.v), with) || v.was.first.v != l->first.v || v.was.id.v == l->id.v)
        return HTTP_NOT_FOUND;
    v.form = list_form(rq->arena, v.o->kind);
    load_pairs(rq, &v, rq_param_int(rq, "after", 0));
    rq->title = str_of(tr(rq->lang, T("版本对照")));
    compare_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route list_compare_routes[] = {
    GET("/lists/:list/compare", LIST_READ, compare, .scope = list_scope, .title = T("版本对照")),
};
const size_t list_compare_routes_n = COUNT(list_compare_routes);
