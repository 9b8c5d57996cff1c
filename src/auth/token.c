/* Tokens of programs, and the page where a user makes and ends his own. */
#include "auth/token.h"
#include "audit/audit.h"
#include "auth/role.h"
#include "auth/session.h"
#include "auth/token_html.h"
#include "auth/token_sql.h"
#include "db/writer.h"
#include "view/view.h"

enum { TOKENS_MAX = 20, DAYS_MAX = 366, USUAL_DAYS = 90, SEEN_STEP_MS = 5 * 60 * 1000 };

static void
seen(struct db *db, int64_t id)
{
    token_seen(db, (struct token_id){ id }, instant_now());
}

void
token_load(struct rq *rq)
{
    struct token_find_row t;
    rq->who = (struct who){ 0 };
    if (!token_find(rq->db, &t, secret_hash(rq->arena, rq->bearer), today())) return;
    const struct role *role = role_find(t.role);
    if (role == NULL || (role->expires && !date_known(t.expires_on))) return;
    rq->who = (struct who){
        .user = t.account, .name = t.name, .role = t.role, .staff = t.staff, .unit = t.unit, .focus = t.unit, .area = t.area,
        .may = role->may, .must_change_password = t.must_change, .minors = t.minors, .must_enrol = role->second_factor && !t.second,
        .token = t.id.v, .reads_only = !t.writes,
    };
    bool stale = !instant_known(t.used_at) || instant_now().ms - t.used_at.ms > SEEN_STEP_MS;
    if (stale && rq->method == METHOD_GET) writer_later(seen, t.id.v);
}

void
token_end_of(struct db *db, struct user_id account)
{
    token_end_all(db, account, instant_now());
}

/* ---- The page ---- */

struct token_form { struct str name, scope; int64_t days; };

static const struct choice scopes[] = { { "read", T("只读"), NULL }, { "write", T("读和写"), NULL } };
static const struct field fields[] = {
    FIELD_TEXT(struct token_form, name, "用途", .required = true, .max = 60, .placeholder = "例如：县平台数据对接"),
    FIELD_CHOICE(struct token_form, scope, scopes, "权限", .required = true),
    FIELD_INT(struct token_form, days, "有效天数", .required = true, .min = 1, .max = DAYS_MAX),
};

static bool
few_enough(struct rq *rq, void *form)
{
    struct token_list_row *rows;
    (void)form;
    if (token_list(rq->db, &rows, rq->who.user) < TOKENS_MAX) return true;
    rq_invalid(rq, NULL, T("令牌太多，请先停用不用的令牌。"));
    return false;
}

static const struct form token_form = FORM_CHECKED(struct token_form, fields, few_enough);

static enum http
page_with(struct rq *rq, struct str secret)
{
    static const struct token_form usual = { .scope = { "read", 4 }, .days = USUAL_DAYS };
    struct token_page v = { .form = &token_form, .from = { .rq = rq, .values = &usual }, .secret = secret };
    v.n = token_list(rq->db, &v.rows, rq->who.user);
    rq->title = str_of(tr(rq->lang, T("接口令牌")));
    token_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
page(struct rq *rq)
{
    return page_with(rq, NO_STR);
}

static enum http
make(struct rq *rq)
{
    const struct token_form *in = rq->form;
    struct token_id id = { id_next(0) };
    struct str secret = secret_new(rq->arena);
    token_insert(rq->db, .id = id, .account = rq->who.user, .name = in->name, .hash = secret_hash(rq->arena, secret), .writes = str_is(in->scope, "write"),
                 .now = instant_now(), .expires = date_add(today(), (int)in->days));
    struct audit_changes c = { 0 };
    audit_changed(&c, rq->arena, "scope", NO_STR, in->scope);
    audit_changed(&c, rq->arena, "days", NO_STR, str_fmt(rq->arena, "%lld", (long long)in->days));
    audit_note(rq, rq->who.area, "create", "token", id.v, &c, NO_STR);
    return page_with(rq, secret);
}

static bool
is_mine(struct rq *rq)
{
    (void)rq;                           /* the update itself is bound to the user's own account */
    return true;
}

static enum http
end_one(struct rq *rq)
{
    if (token_end(rq->db, (struct token_id){ rq->ids[0] }, rq->who.user, instant_now()) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, rq->who.area, "end", "token", rq->ids[0], NULL, NO_STR);
    return rq_done(rq, T("已停用该令牌"), "/me/tokens");
}

const struct route token_routes[] = {
    GET("/me/tokens", MAY_LOGIN, page, .title = T("接口令牌")),
    POST("/me/tokens", MAY_LOGIN, make, .form = &token_form, .redraw = page, .title = T("生成接口令牌")),
    POST("/me/tokens/:token/end", MAY_LOGIN, end_one, .scope = is_mine, .form = &no_fields, .title = T("停用接口令牌")),
};
const size_t token_routes_n = COUNT(token_routes);
