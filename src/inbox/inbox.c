/* The inbox: telling somebody, his list, done and undone. */
#include "inbox/inbox.h"
#include "auth/role.h"
#include "inbox/inbox_html.h"
#include "form/doc.h"
#include "http/shape.h"
#include "seal/seal.h"

enum { PER_PAGE = 50, TOLD_MAX = 40 };

const json_t *
channel_open(struct db *db, struct arena *a, const char *name)
{
    struct channel_get_row row;
    if (!channel_get(db, &row, str_of(name))) return NULL;
    struct str text = unseal(a, name, row.value);
    return text.n ? doc_parse(a, text) : NULL;
}

/* ---- Telling ---- */

struct told { struct user_id list[TOLD_MAX]; size_t n; };

/* Nobody is told what he did himself, nor twice. */
static void
add(struct told *t, const struct rq *rq, struct user_id one)
{
    if (one.v == 0 || one.v == rq->who.user.v || t->n == TOLD_MAX) return;
    for (size_t i = 0; i < t->n; i++)
        if (t->list[i].v == one.v) return;
    t->list[t->n++] = one;
}

void
inbox_tell(struct rq *rq, const struct inbox_news *n, const struct user_id *to, size_t to_n, bool heads)
{
    struct told t = { 0 };
    struct inbox_heads_row *rows;
    int64_t area = id_area(n->id);
    struct instant now = instant_now();
    bool access = strcmp(n->kind, "opened") == 0 || strcmp(n->kind, "asked") == 0;
    enum may head = access ? ACCESS_APPROVE : REPORT_APPROVE;           /* who of those above must know */
    size_t added = 0, rows_n = heads ? inbox_heads(rq->db, &rows, n->unit, today()) : 0;

    for (size_t i = 0; i < to_n; i++) add(&t, rq, to[i]);
    for (size_t i = 0; i < rows_n; i++) {
        const struct role *role = role_find(rows[i].role);
        if (role != NULL && (role->may >> head & 1)) add(&t, rq, rows[i].id);
    }
    bool mail = t.n && channel_open(rq->db, rq->arena, "channel.mail") != NULL;
    for (size_t i = 0; i < t.n; i++) {
        if (inbox_add(rq->db, .area = area, .id = { id_next(area) }, .account = t.list[i], .kind = str_of(n->kind), .entity = str_of(n->entity),
                      .entity_id = n->id, .ref = n->ref, .at = now) == 0)
            continue;
        added++;
        if (mail) message_mail(rq->db, .area = area, .id = { id_next(area) }, .kind = str_of(n->kind), .account = t.list[i], .at = now);
    }
    if (added && channel_open(rq->db, rq->arena, "channel.webhook") != NULL)
        message_webhook(rq->db, area, (struct message_id){ id_next(area) }, str_of(n->kind), now);
}

const char *
inbox_kind_label(struct str kind, enum lang lang)
{
    static const struct { const char *kind, *zh; } words[] = {
        { "crisis", T("危急个案：生命或人身安全受到威胁") }, { "discovery", T("新的紧急发现，等待受理") }, { "duty", T("须办理强制报告") },
        { "waiver", T("申请不报告，等待审批") }, { "waived", T("不报告的申请已批准") }, { "named", T("您被指定为强制报告的知情人") },
        { "opened", T("有人紧急打开了敏感档案，请复核") }, { "asked", T("申请查阅敏感档案，等待审批") }, { "answered", T("您的查阅申请已答复") },
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(kind, words[i].kind)) return tr(lang, words[i].zh);
    return "";
}

/* ---- The list ---- */

struct url
inbox_where(struct arena *a, const struct inbox_list_row *r)
{
    if (str_is(r->entity, "case")) return url_fmt(a, "/cases/%lld", (long long)r->entity_id);
    if (str_is(r->entity, "grant")) return (struct url){ STR("/access") };
    return url_fmt(a, str_is(r->entity, "report") ? "/reports/%lld" : "/discoveries/%lld", (long long)r->entity_id);
}

static const struct shape_field row_fields[] = {
    SHAPE_ID(struct inbox_list_row, id, inbox_id, "编号"), SHAPE_TEXT(struct inbox_list_row, kind, "种类"),
    SHAPE_TEXT(struct inbox_list_row, entity, "记录种类"), SHAPE_INT(struct inbox_list_row, entity_id, "记录编号"),
    SHAPE_TEXT(struct inbox_list_row, ref, "单号"), SHAPE_TIME(struct inbox_list_row, at, "时间"), SHAPE_TIME(struct inbox_list_row, done_at, "处理时间"),
};
static const struct shape row_shape = SHAPE("InboxRow", "收件箱", struct inbox_list_row, row_fields);

static enum http
list(struct rq *rq)
{
    struct inbox_page v = { .rq = rq, .done = str_is(rq_param(rq, "view"), "done"), .per_page = PER_PAGE, .page = rq_param_int(rq, "page", 1) };
    struct inbox_list_row *rows;
    struct inbox_count_row count;
    unsigned f = v.done ? INBOX_LIST_F_DONE : INBOX_LIST_F_OPEN;
    if (v.page < 1 || v.page > 100000) v.page = 1;
    v.n = inbox_list(rq->db, &rows, f, INBOX_LIST_BY_NEWEST, rq->who.area, rq->who.user, (v.page - 1) * PER_PAGE, PER_PAGE);
    v.rows = rows;
    if (inbox_count(rq->db, &count, f, 0, rq->who.area, rq->who.user)) v.total = (size_t)count.total;
    if (shape_wanted(rq)) return shape_list(rq, v.rows, v.n, (int64_t)v.total, shape_next(rq, v.page, v.per_page, (int64_t)v.total));
    rq->title = str_of(tr(rq->lang, T("收件箱")));
    inbox_page(&rq->body, &v);
    return HTTP_OK;
}

static bool
mine(struct rq *rq)
{
    struct inbox_get_row row;
    struct inbox_id id = { rq->ids[0] };
    return inbox_get(rq->db, &row, id_area(id.v), id) && row.account.v == rq->who.user.v;
}

static enum http
mark(struct rq *rq)
{
    struct inbox_id id = { rq->ids[0] };
    bool done = str_is(rq->words[0], "done");
    if (!done && !str_is(rq->words[0], "undone")) return HTTP_NOT_FOUND;
    inbox_mark(rq->db, id_area(id.v), id, done ? instant_now() : NO_TIME);
    return rq_done(rq, done ? T("已标为办结") : T("已放回收件箱"), done ? "/inbox" : "/inbox?view=done");
}

const struct route inbox_routes[] = {
    GET("/inbox", MAY_LOGIN, list, .title = T("收件箱"), .shape = &row_shape, .many = true, .query = "view,page"),
    POST("/inbox/:item/@state", MAY_LOGIN, mark, .scope = mine, .form = &no_fields, .title = T("收件箱")),
};
const size_t inbox_routes_n = COUNT(inbox_routes);
static const struct route *const routes[] = { inbox_routes, channel_routes, hook_routes };
static const size_t *const routes_n[] = { &inbox_routes_n, &channel_routes_n, &hook_routes_n };
const struct module inbox_module = { "inbox", routes, routes_n, COUNT(routes) };
