/* The service tree and the administrative tree of the same place, side by side (HN-01, HN-02). */
#include "network/tree.h"
#include "auth/session.h"
#include "codes/division.h"
#include "network/network.h"
#include "network/network_json.h"
#include "network/network_views.h"
#include "network/tree_html.h"

/* FEW: so many units are looked at one by one for a list; WIDE: more than a province has. */
enum { TREE_MOST = 1000, LIST_MOST = 300, FEW = 4000, WIDE = 60000 };

static void
hang(struct tree_node *nodes, size_t i)
{
    for (size_t p = 0; p < i; p++) {
        if (nodes[p].u->id.v != nodes[i].u->parent.v) continue;
        if (nodes[p].last != NULL) nodes[p].last->next = &nodes[i];
        else nodes[p].first = &nodes[i];
        nodes[p].last = &nodes[i];
        return;
    }
}

static const struct tree_node *
grow(struct arena *a, const struct tree_units_row *rows, size_t n)
{
    struct tree_node *nodes = NEW(a, struct tree_node, n + 1);
    for (size_t i = 0; i < n; i++) {
        nodes[i].u = &rows[i];
        hang(nodes, i);
    }
    return n > 0 ? nodes : NULL;
}

/* The two levels below the division that the unit works in; a village shows its township. */
static void
load_divisions(struct rq *rq, struct tree_page *v, const struct unit_get_row *u)
{
    char parent[13];
    struct str top = u->division;
    struct unit_division_row d;
    struct tree_divisions_row *rows;

    if (division_level(top) == DIVISION_VILLAGE && division_parent(top, parent)) top = str_of(parent);
    if (unit_division(rq->db, &d, top)) v->division_name = d.name;
    v->divisions_n = tree_divisions(rq->db, &rows, rq->who.focus, top);
    v->divisions = rows;
}

static void
load_counts(struct rq *rq, struct tree_page *v)
{
    struct tree_counts_row *rows;
    size_t n = tree_counts(rq->db, &rows, rq->who.focus);
    struct tree_count *all = NEW(rq->arena, struct tree_count, v->profile->levels_n + 1);
    for (size_t l = 0; l < v->profile->levels_n; l++)
        for (size_t i = 0; i < n; i++)
            if (str_eq(rows[i].level, v->profile->levels[l].code))
                all[v->counts_n++] = (struct tree_count){ &v->profile->levels[l], rows[i].total };
    v->counts = all;
}

size_t
children_of(const struct tree_node *node)
{
    size_t n = 0;
    for (const struct tree_node *c = node->first; c != NULL; c = c->next) n++;
    return n;
}

static void
load_tree(struct rq *rq, struct tree_page *v)
{
    struct tree_units_row *rows;
    v->most = TREE_MOST;
    v->n = tree_units(rq->db, &rows, rq->who.focus, TREE_MOST + 1);
    v->more = v->n > v->most;
    if (v->more) v->n = v->most;
    v->top = grow(rq->arena, rows, v->n);
}

size_t
tree_find(struct rq *rq, struct unit_id top, unsigned filters, struct str level, struct str name, size_t most, struct tree_list_row **rows)
{
    struct tree_counts_row *counts;
    struct unit_get_row u;
    int64_t total = 0;
    size_t n = tree_counts(rq->db, &counts, top);
    *rows = NULL;
    if (!unit_get(rq->db, &u, top)) return 0;
    for (size_t i = 0; i < n; i++) total += counts[i].total;
    struct str province = { u.division.p, 2 };
    bool all = str_is(province, "00");  /* above the provinces */
    return tree_list(rq->db, rows, filters | (total > FEW ? TREE_LIST_F_WIDE : TREE_LIST_F_BELOW), 0, .top = top,
                     .from = all ? STR("0") : province, .to = str_fmt(rq->arena, "%.*s9999999999", FMT(all ? STR("99") : province)),
                     .level = level, .name = str_fmt(rq->arena, "%%%.*s%%", FMT(name)), .most = (int64_t)most);
}

bool
unit_is_wide(struct db *db, struct unit_id unit)
{
    struct tree_counts_row *counts;
    int64_t total = 0;
    size_t n = tree_counts(db, &counts, unit);
    for (size_t i = 0; i < n; i++) total += counts[i].total;
    return total > WIDE;
}

static void
load_list(struct rq *rq, struct tree_page *v)
{
    struct tree_list_row *rows;
    unsigned filters = 0;

    if (v->q.n) filters |= TREE_LIST_F_NAME;
    if (v->level.n) filters |= TREE_LIST_F_LEVEL;
    if (str_is(v->state, "closed")) filters |= TREE_LIST_F_CLOSED;
    else if (!str_is(v->state, "all")) filters |= TREE_LIST_F_OPEN;
    v->most = LIST_MOST;
    v->n = tree_find(rq, rq->who.focus, filters, v->level, v->q, LIST_MOST + 1, &rows);
    v->more = v->n > v->most;
    if (v->more) v->n = v->most;
    v->rows = rows;
}

static enum http
tree(struct rq *rq)
{
    struct unit_get_row u;
    struct tree_page v = { .rq = rq, .may_write = may(rq, NETWORK_WRITE), .q = str_trim(rq_param(rq, "q")), .level = rq_param(rq, "level"),
                           .state = rq_param(rq, "state") };

    if (!unit_get(rq->db, &u, rq->who.focus)) return HTTP_NOT_FOUND;
    v.profile = profile_of(u.profile);
    if (v.profile == NULL) return rq_fail(rq, HTTP_CONFLICT, T("这个地方的网络配置读不到，请联系管理员。"));
    if (v.q.n > 0 || v.level.n > 0 || v.state.n > 0 || shape_wanted(rq)) load_list(rq, &v);
    else load_tree(rq, &v);
    if (shape_wanted(rq)) return unit_list_json(rq, &v);
    load_counts(rq, &v);
    load_divisions(rq, &v, &u);
    rq->title = str_of(tr(rq->lang, T("网络")));
    tree_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route tree_routes[] = {
    GET("/network", NETWORK_READ, tree, .title = T("网络"), .shape = &unit_row_shape, .many = true, .query = "q,level,state"),
};
const size_t tree_routes_n = COUNT(tree_routes);
