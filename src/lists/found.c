/* Looking for lines through all lists of a kind: a resource that somebody needs (JL-35), all needs that came from visits (JLP-07). */
#include "auth/session.h"
#include "lists/found_html.h"
#include "lists/lists_views.h"
#include "network/network.h"
#include "page/page.h"

enum { PAGE = 50 };

/* How many of what was found have this topic, source or sector. */
int64_t
found_of(const struct found_page *v, const char *by, struct str code)
{
    int64_t n = 0;
    for (size_t i = 0; i < v->groups_n; i++) {
        const struct line_found_groups_row *g = &v->groups[i];
        struct str has = strcmp(by, "topic") == 0 ? g->topic : strcmp(by, "source") == 0 ? g->source : g->sector;
        if (str_eq(has, code)) n += g->total;
    }
    return n;
}

static enum http
found(struct rq *rq)
{
    struct unit_level level;
    struct found_page v = { .rq = rq, .q = str_trim(rq_param(rq, "q")), .topic = rq_param(rq, "topic"), .source = rq_param(rq, "source"),
                            .sector = rq_param(rq, "sector"), .state = rq_param(rq, "state"), .unit_name = unit_name(rq->db, rq->who.focus) };
    int64_t area = unit_county(rq->db, rq->who.focus), after = rq_param_int(rq, "after", 0);
    struct str like = str_fmt(rq->arena, "%%%.*s%%", FMT(v.q));
    if (unit_level_of(rq->db, rq->who.focus, &level)) v.kinds = list_kinds(rq->arena, level.profile, &v.kinds_n);
    for (size_t i = 0; i < v.kinds_n; i++)
        if (v.kind == NULL || str_eq(v.kinds[i].code, rq_param(rq, "kind"))) v.kind = &v.kinds[i];
    rq->title = str_of(tr(rq->lang, T("查找条目")));
    if (v.kind != NULL) {
        unsigned on = (area ? LINE_FOUND_F_AREA : 0) | (v.q.n ? LINE_FOUND_F_TEXT : 0) | (v.topic.n ? LINE_FOUND_F_TOPIC : 0)
                      | (v.source.n ? LINE_FOUND_F_SOURCE : 0) | (v.sector.n ? LINE_FOUND_F_SECTOR : 0) | (v.state.n ? LINE_FOUND_F_STATE : 0);
        v.n = line_found(rq->db, &v.rows, on | (after ? DB_AFTER : 0), LINE_FOUND_BY_NEW, .area = area, .top = rq->who.focus,
                         .kind = v.kind->code, .text = like, .topic = v.topic, .source = v.source, .sector = v.sector, .state = v.state,
                         .after = { after }, .most = PAGE + 1);
        v.groups_n = line_found_groups(rq->db, &v.groups, on, 0, .area = area, .top = rq->who.focus, .kind = v.kind->code, .text = like,
                                       .topic = v.topic, .source = v.source, .sector = v.sector, .state = v.state);
        for (size_t i = 0; i < v.groups_n; i++) v.total += v.groups[i].total;
        v.more = v.n > PAGE;
        if (v.more) v.n = PAGE;
    }
    found_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route list_found_routes[] = {
    GET("/lists/lines", LIST_READ, found, .title = T("查找条目")),
};
const size_t list_found_routes_n = COUNT(list_found_routes);
