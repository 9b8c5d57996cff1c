/* A ledger summed up: by what its entries belong to (a grid member and his informants, a university and its districts), with how many
 * there should be each (JN-09, ZL-05); and a ledger with terms by the units directly below (GD-21). */
#include "auth/session.h"
#include "ledger/cluster_html.h"
#include "ledger/cluster_sql.h"
#include "ledger/ledger_views.h"
#include "network/network.h"
#include "rules/rule.h"

enum { ROWS = 2000 };

/* How many the rule of the place asks for each; 0: no rule. */
static int64_t
each_of(struct rq *rq, const struct ledger *l)
{
    struct unit_level level;
    bool set = false;
    const struct rule *r = rule_find(str_of(l->each));
    if (r == NULL || !unit_level_of(rq->db, rq->who.focus, &level) || !rule_on(r, level.profile)) return 0;
    struct value v = profile_rule_param(level.profile, r, STR("each"), &set);
    return set ? v.n : r->params[0].value.n;
}

static void
fill(struct rq *rq, struct clusters_page *v, const struct cluster_list_row *rows, size_t n)
{
    v->clusters = NEW(rq->arena, struct cluster, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct cluster_list_row *r = &rows[i];
        bool same = v->n > 0 && str_eq(v->clusters[v->n - 1].mode, r->mode) && str_eq(v->clusters[v->n - 1].party, r->party);
        if (!same) v->clusters[v->n++] = (struct cluster){ .mode = r->mode, .party = r->party, .rows = r };
        struct cluster *g = &v->clusters[v->n - 1];
        g->rows_n++;
        g->have += !v->named || r->title.n > 0;
    }
    for (size_t i = 0; i < v->n; i++) v->wrong += v->each > 0 && v->clusters[i].have != v->each;
}

static enum http
groups(struct rq *rq)
{
    struct cluster_list_row *rows;
    const struct ledger *l = ledger_find(rq->words[0]);
    if (l == NULL || l->each == NULL || !ledger_may_read(rq, l, rq->who.staff)) return HTTP_NOT_FOUND;
    struct clusters_page v = { .rq = rq, .l = l, .unit_name = unit_name(rq->db, rq->who.focus), .each = each_of(rq, l) };
    int64_t area = unit_county(rq->db, rq->who.focus);
    for (size_t i = 0; i < l->form.n; i++) {
        const struct field *f = &l->form.fields[i];
        if (strcmp(f->name, "mode") == 0) v.chief = f;
        if (strcmp(f->name, "party") == 0) v.owner = f;
        if (strcmp(f->name, "unit") == 0 && v.member == NULL) v.member = f;
        if (strcmp(f->name, "title") == 0) v.member = f, v.named = true;
    }
    size_t n = cluster_list(rq->db, &rows, area ? CLUSTER_LIST_F_AREA : 0, 0, .area = area, .top = rq->who.focus, .ledger = str_of(l->code), .day = today(),
                          .most = ROWS + 1);
    v.more = n > ROWS;
    fill(rq, &v, rows, v.more ? ROWS : n);
    rq->title = str_of(tr(rq->lang, l->title));
    clusters_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
below(struct rq *rq)
{
    const struct ledger *l = ledger_find(rq->words[0]);
    if (l == NULL || l->clock != CLOCK_TERM || l->closed || !ledger_may_read(rq, l, rq->who.staff)) return HTTP_NOT_FOUND;
    struct below_page v = { .rq = rq, .l = l, .unit_name = unit_name(rq->db, rq->who.focus) };
    int64_t area = unit_county(rq->db, rq->who.focus);
    v.n = cluster_below(rq->db, &v.rows, area ? CLUSTER_BELOW_F_AREA : 0, 0, area, rq->who.focus, str_of(l->code), today());
    for (size_t i = 0; i < v.n; i++) {
        v.total += v.rows[i].total;
        v.done += v.rows[i].done;
        v.late += v.rows[i].late;
    }
    rq->title = str_of(tr(rq->lang, l->title));
    below_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route cluster_routes[] = {
    GET("/ledgers/@ledger/groups", LEDGER_READ, groups, .title = T("按对象汇总")),
    GET("/ledgers/@ledger/below", LEDGER_READ, below, .title = T("按下级汇总")),
};
const size_t cluster_routes_n = COUNT(cluster_routes);
