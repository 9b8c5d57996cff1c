/* The page where the administrator makes, pauses and ends hooks. */
#include "inbox/hook.h"
#include "inbox/hook_html.h"
#include "inbox/hook_views.h"
#include "inbox/inbox.h"
#include "audit/audit.h"
#include "auth/session.h"
#include "form/doc.h"
#include "seal/seal.h"
#include "view/view.h"

enum { HOOKS_MAX = 20 };

struct hook_form { struct str name, url, secret, entities; };

static const struct choice entities[] = {
    { "case", T("个案"), NULL }, { "person", T("服务对象"), NULL }, { "household", T("家庭"), NULL }, { "referral", T("转介"), NULL },
    { "unit", T("单位"), NULL }, { "staff", T("人员"), NULL }, { "entry", T("台账"), NULL }, { "import", T("名册导入"), NULL },
};
static const struct field fields[] = {
    FIELD_TEXT(struct hook_form, name, "用途", .required = true, .max = 60, .placeholder = "例如：县平台数据对接"),
    FIELD_TEXT(struct hook_form, url, "地址", .required = true, .max = 500, .wide = true, .help = "接收方的 https 地址。"),
    FIELD_CHOICES(struct hook_form, entities, entities, "通知哪些记录的变动", .required = true, .wide = true),
    FIELD_PASSWORD(struct hook_form, secret, "签名密钥", .max = 200, .wide = true, .help = "留空即自动生成，只显示一次。"),
};

static bool
check(struct rq *rq, void *form)
{
    const struct hook_form *in = form;
    struct hook_list_row *rows;
    if (in->url.n && !post_address_ok(in->url)) rq_invalid(rq, "url", T("地址须以 https:// 开头，中间不能有空格。"));
    if (hook_list(rq->db, &rows, rq->who.area) >= HOOKS_MAX) rq_invalid(rq, NULL, T("变动通知太多，请先停用不用的。"));
    return rq->errors == NULL;
}
static const struct form hook_form = FORM_CHECKED(struct hook_form, fields, check);

bool
hook_tells(struct str entities_, struct str entity)
{
    while (entities_.n)
        if (str_eq(str_cut(&entities_, ','), entity)) return true;
    return false;
}

struct str
hook_entities_text(struct arena *a, enum lang lang, struct str codes)
{
    struct buf b = { .arena = a };
    for (size_t i = 0; i < COUNT(entities); i++)
        if (hook_tells(codes, str_of(entities[i].code))) putf(&b, "%s%s", b.n == 0 ? "" : lang == LANG_ZH ? "、" : ", ", choice_label(&entities[i], lang));
    return buf_str(&b);
}

static enum http
page_with(struct rq *rq, struct str secret)
{
    static const struct hook_form usual = { .entities = { "case,referral", 13 } };
    struct hook_page v = { .rq = rq, .form = &hook_form, .from = { .rq = rq, .values = &usual }, .secret = secret };
    v.n = hook_list(rq->db, &v.rows, rq->who.area);
    rq->title = str_of(tr(rq->lang, T("变动通知")));
    hook_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
page(struct rq *rq)
{
    return page_with(rq, NO_STR);
}

/* "https://a.cn/x?key=1" as "a.cn": the rest may hold a secret. */
static struct str
host_of(struct str url)
{
    struct str rest = url, part = NO_STR;
    for (int i = 0; i < 3; i++) part = str_cut(&rest, '/');
    return part;
}

static enum http
make(struct rq *rq)
{
    const struct hook_form *in = rq->form;
    int64_t area = rq->who.area;
    struct hook_id id = { id_next(area) };
    struct str secret = in->secret.n ? in->secret : secret_new(rq->arena);
    json_t *doc = json_pack("{s:s#,s:s#}", "url", in->url.p, (int)in->url.n, "secret", secret.p, (int)secret.n);
    hook_insert(rq->db, .area = area, .id = id, .name = in->name, .settings = seal(rq->arena, "hook", doc_dump(rq->arena, doc)),
                .host = host_of(in->url), .entities = in->entities, .account = rq->who.user, .now = instant_now());
    json_decref(doc);
    hook_from_here(rq->db, area, id);
    struct audit_changes c = { 0 };
    audit_changed(&c, rq->arena, "entities", NO_STR, in->entities);
    audit_note(rq, area, "create", "hook", id.v, &c, NO_STR);           /* and the first thing that it is told */
    return page_with(rq, in->secret.n ? STR("") : secret);
}

static bool
is_mine(struct rq *rq)
{
    struct hook_list_row *rows;
    size_t n = hook_list(rq->db, &rows, rq->who.area);
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == rq->ids[0]) return true;
    return false;
}

static enum http
act(struct rq *rq)
{
    struct hook_id id = { rq->ids[0] };
    int64_t area = rq->who.area;
    struct str what = rq->words[0];
    if (str_is(what, "pause")) hook_pause(rq->db, area, id, instant_now());
    else if (str_is(what, "resume")) hook_pause(rq->db, area, id, NO_TIME);
    else if (str_is(what, "end")) hook_end(rq->db, area, id, instant_now());
    else if (!str_is(what, "test")) return HTTP_NOT_FOUND;
    if (str_is(what, "resume") || str_is(what, "test")) hook_now(rq->db, area, id, instant_now());
    audit_note(rq, area, str_z(rq->arena, what), "hook", id.v, NULL, NO_STR);
    return rq_done(rq, str_is(what, "test") ? T("已放入发送队列，几秒后刷新查看结果") : T("已保存"), "/settings/hooks");
}

const struct route hook_routes[] = {
    GET("/settings/hooks", SETTINGS_ADMIN, page, .title = T("变动通知")),
    POST("/settings/hooks", SETTINGS_ADMIN, make, .form = &hook_form, .redraw = page, .title = T("新建变动通知")),
    POST("/settings/hooks/:hook/@what", SETTINGS_ADMIN, act, .scope = is_mine, .form = &no_fields, .title = T("变动通知")),
};
const size_t hook_routes_n = COUNT(hook_routes);
