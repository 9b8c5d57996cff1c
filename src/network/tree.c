/* The service tree and the administrative tree of the same place, side by side (HN-01, HN-02). */
#include "network/tree.h"
#include "auth/session.h"
#include "codes/division.h"
#include "network/divisions.h"
#include "network/network.h"
#include "network/network_views.h"
#include "network/tree_html.h"

enum { MOST = 1000 };

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
    char parent[13], last[13];
    struct str top = u->division;
    struct unit_division_row d;
    struct tree_divisions_row *rows;

    if (division_level(top) == DIVISION_VILLAGE && division_parent(top, parent)) top = str_of(parent);
    division_last(top, last);
    if (unit_division(rq->db, &d, top)) v->division_name = d.name;
    v->divisions_n = tree_divisions(rq->db, &rows, rq->who.focus, top, str_of(last), (int64_t)division_level(top) + 1);
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

static enum http
tree(struct rq *rq)
{
    struct unit_get_row u;
    struct tree_units_row *rows;
    struct tree_page v = { .rq = rq, .may_write = may(rq, NETWORK_WRITE), .q = str_trim(rq_param(rq, "q")), .level = rq_param(rq, "level"),
                           .state = rq_param(rq, "state") };
    unsigned filters = 0;

    if (!unit_get(rq->db, &u, rq->who.focus)) return HTTP_NOT_FOUND;
    v.profile = profile_of(u.profile);
    if (v.profile == NULL) return rq_fail(rq, HTTP_CONFLICT, T("这个地方的网络配置读不到，请联系管理员。"));
    bool list = v.q.n > 0 || v.level.n > 0 || v.state.n > 0;
    if (v.q.n) filters |= TREE_UNITS_F_NAME;
    if (v.level.n) filters |= TREE_UNITS_F_LEVEL;
    if (str_is(v.state, "closed")) filters |= TREE_UNITS_F_CLOSED;
    else if (!str_is(v.state, "all")) filters |= TREE_UNITS_F_OPEN;
    v.n = tree_units(rq->db, &rows, filters, 0, rq->who.focus, v.level, str_fmt(rq->arena, "%%%.*s%%", FMT(v.q)), MOST + 1);
    v.more = v.n > MOST;
    if (v.more) v.n = MOST;
    v.rows = rows;
    if (!list) v.top = grow(rq->arena, rows, v.n);
    load_counts(rq, &v);
    load_divisions(rq, &v, &u);
    rq->title = str_of(tr(rq->lang, T("网络")));
    tree_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route tree_routes[] = {
    GET("/network", NETWORK_READ, tree, .title = T("网络")),
};
const size_t tree_routes_n = COUNT(tree_routes);
