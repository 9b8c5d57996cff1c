/* Who opened a client's file, when and why: for the head and the worker, and to be shown to the client himself (GZ-34; PIPL art. 44). */
#include "auth/role.h"
#include "people/readers_html.h"
#include "people/readers_sql.h"
#include "people/readers_views.h"

enum { PER_PAGE = 100, LEVEL_READERS = 3 };

const char *
reader_action(struct str action, enum lang lang)
{
    static const struct { const char *action, *zh; } words[] = {
        { "read", T("查看") }, { "reveal", T("查看完整号码") }, { "print", T("打印") }, { "export", T("导出") }, { "break_glass", T("紧急打开档案") },
        { "ask_access", T("申请查阅") }, { "grant_access", T("同意他人查阅") }, { "refuse_access", T("拒绝他人查阅") }, { "end_access", T("关闭查阅") },
        { "review_right", T("复核紧急打开：理由成立") }, { "review_wrong", T("复核紧急打开：理由不成立") }, { "name", T("指定知情人") },
        { "unname", T("取消指定") }, { "reading_shown", T("服务对象查阅档案") },
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(action, words[i].action)) return tr(lang, words[i].zh);
    return "";
}

static enum http
list(struct rq *rq)
{
    struct readers_page t = { .rq = rq };
    struct person_page v;
    if (!person_page_open(rq, "readers", &v)) return HTTP_NOT_FOUND;
    if (person_access(rq, LEVEL_READERS, v.rel, v.p.born) < ACCESS_READ) return HTTP_FORBIDDEN;
    t.page = rq_param_int(rq, "page", 1);
    if (t.page < 1 || t.page > 1000) t.page = 1;
    t.n = readers_list(rq->db, &t.rows, id_area(v.id.v), v.id, (t.page - 1) * PER_PAGE, PER_PAGE + 1);
    t.more = t.n > PER_PAGE;
    if (t.more) t.n = PER_PAGE;
    struct buf tab = person_tab_buf(rq);
    readers_tab(&tab, &t);
    return person_page_done(rq, &v, &tab);
}

const struct route readers_routes[] = {
    GET("/people/:person/readers", PEOPLE_WRITE, list, .scope = person_in_scope, .title = T("查阅记录")),
};
const size_t readers_routes_n = COUNT(readers_routes);
