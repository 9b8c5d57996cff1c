/* The service catalogues, and one item of them: the standard it rests on, and the services, posts and indicators with its code. */
#include "auth/session.h"
#include "figures/block.h"
#include "network/network.h"
#include "network/unit_sql.h"
#include "standards/item_html.h"
#include "standards/standards.h"

/* SMALL: the smallest number of cases that is told, where the profile says nothing. */
enum { SHOWN = 50, SMALL = 5 };

static enum http
items(struct rq *rq)
{
    size_t n;
    struct unit_get_row u;
    const struct catalogue_item *all = catalogue_items(&n);
    const struct profile *p = unit_get(rq->db, &u, rq->who.focus) ? profile_of(u.profile) : NULL;
    struct str scheme = rq_param(rq, "scheme");
    struct items_page v = { .rq = rq, .q = str_trim(rq_param(rq, "q")), .rows = NEW(rq->arena, const struct catalogue_item *, n + 1) };
    v.all = catalogues_all(&v.all_n);
    v.catalogue = catalogue_of(scheme.n || p == NULL ? scheme : p->national_catalogue);
    if (v.catalogue == NULL) v.catalogue = &v.all[0];
    for (size_t i = 0; i < n; i++) {
        const struct catalogue_item *it = &all[i];
        if (strcmp(it->scheme, v.catalogue->scheme) != 0) continue;
        if (v.q.n == 0 || str_is(v.q, it->code) || str_has(str_of(it->zh), v.q) || str_has(str_of(it->full), v.q) || str_has(str_of(it->en), v.q))
            v.rows[v.n++] = it;
    }
    rq->title = str_of(tr(rq->lang, T("服务目录")));
    items_page(&rq->body, &v);
    return HTTP_OK;
}

/* The items on the other side of the map: of a local one the national, of a national one the local. */
static void
load_same(struct rq *rq, struct item_page *v)
{
    size_t n;
    const struct catalogue_map *maps = catalogue_maps(&n);
    v->same = NEW(rq->arena, const struct catalogue_item *, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *other = strcmp(maps[i].code, v->item->code) == 0 ? maps[i].mz071 : strcmp(maps[i].mz071, v->item->code) == 0 ? maps[i].code : "";
        const struct catalogue_item *it = catalogue_item(str_of(other));
        if (it != NULL && it != v->item) v->same[v->same_n++] = it;
    }
}

/* How many cases were opened under the code this year.  In steps for every code: an exact number of the others would tell those of an S4
 * code by subtraction from the total. */
static void
load_cases(struct rq *rq, struct item_page *v)
{
    struct item_cases_row row;
    struct unit_level level;
    char day[16];
    struct str year = { day, date_print(today(), day) };
    year.n = 4;
    int64_t n = 0, area = unit_area(rq->db, rq->who.focus);
    if (!may(rq, FIGURES_READ)) return;
    if (item_cases(rq->db, &row, .area = area, .top = rq->who.focus, .measure = str_fmt(rq->arena, "case.code:%s", v->item->code),
                   .months = str_fmt(rq->arena, "m%.*s-01", FMT(year)), .months_to = str_fmt(rq->arena, "m%.*s-12", FMT(year))))
        n = row.total;
    int64_t small = unit_level_of(rq->db, rq->who.focus, &level) ? profile_param(level.profile, "small_number", SMALL) : SMALL;
    v->cases = figure_text(rq->arena, n, true, small);
}

static enum http
item(struct rq *rq)
{
    struct item_page v = { .rq = rq, .item = catalogue_item(rq->words[0]), .unit_name = unit_name(rq->db, rq->who.focus) };
    if (v.item == NULL) return HTTP_NOT_FOUND;
    int64_t area = unit_county(rq->db, rq->who.focus);
    struct str code = str_of(v.item->code);
    v.catalogue = catalogue_of(str_of(v.item->scheme));
    v.heading = catalogue_item(str_of(v.item->parent));
    v.standard = codes_find(codes_table("standard"), str_of(v.catalogue->standard));
    load_same(rq, &v);
    load_cases(rq, &v);
    if (may(rq, LIST_READ))
        v.services_n = item_services(rq->db, &v.services, area ? ITEM_SERVICES_F_AREA : 0, 0, area, rq->who.focus, code, SHOWN);
    v.posts_n = item_entries(rq->db, &v.posts, area ? ITEM_ENTRIES_F_AREA : 0, 0, .area = area, .top = rq->who.focus, .ledger = STR("post_plan"),
                             .code = code, .most = SHOWN);
    v.indicators_n = item_entries(rq->db, &v.indicators, 0, 0, .top = rq->who.focus, .up = 1, .ledger = STR("indicator"), .code = code, .most = SHOWN);
    rq->title = str_of(rq->lang == LANG_EN ? v.item->en : v.item->zh);
    item_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route item_routes[] = {
    GET("/catalogue", LEDGER_READ, items, .title = T("服务目录")),
    GET("/catalogue/@item", LEDGER_READ, item, .title = T("服务项目")),
};
const size_t item_routes_n = COUNT(item_routes);
