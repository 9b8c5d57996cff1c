/* Signing in and out.  Wrong passwords lock an account for a while (per account in the database, per address in memory);
 * the answer is the same whether the name or the password was wrong, and takes the same time. */
#include "audit/audit.h"
#include "auth/login.h"
#include "auth/limit.h"
#include "auth/auth_views.h"
#include "auth/login_html.h"
#include "auth/password.h"
#include "auth/role.h"
#include "auth/session.h"
#include "auth/user.h"
#include "auth/user_sql.h"

enum { FAILED_MAX = 5, LOCK_MS = 15 * 60 * 1000, PER_MINUTE = 30 };

struct login { struct str name, password, next; };
static const struct field login_fields[] = {
    FIELD_TEXT(struct login, name, "用户名", .required = true, .max = 60),
    FIELD_PASSWORD(struct login, password, "密码", .required = true, .max = 128),
    FIELD_HIDDEN(struct login, next),
};
static const struct form login_form = FORM(struct login, login_fields);

enum http
login_draw(struct rq *rq, const struct login_page *v)
{
    rq->title = str_of(tr(rq->lang, T("登录")));
    rq->bare = true;
    login_page(&rq->body, v);
    return HTTP_OK;
}

static enum http
draw(struct rq *rq, const char *why)
{
    return login_draw(rq, &(struct login_page){ .next = rq_param(rq, "next"), .login = rq_param(rq, "name"), .why = why });
}

static enum http
show(struct rq *rq)
{
    if (rq->who.user.v != 0) return rq_redirect(rq, "/");
    session_guest(rq);
    return draw(rq, NULL);
}

static enum http
redraw(struct rq *rq)
{
    return draw(rq, T("请填写用户名和密码。"));
}

/* argon2 on a worker thread; a name that does not exist costs the same time. */
static void
verify(struct rq *rq)
{
    static const char nobody[] =
        "$argon2id$v=19$m=19456,t=2,p=1$aqTLpTGTUR1kQzDZzGXhlg$0PyrBfSgxtLWBAVmx6MbJ4Hx1VDPHTn8mX5rUOLBZhM";
    const struct login *in = rq->form;
    struct user_by_login_row u;
    bool there = user_by_login(rq->db, &u, str_lower(rq->arena, in->name));
    bool *ok = NEW(rq->arena, bool, 1);
    *ok = password_ok(there ? u.password : str_of(nobody), in->password) && there;
    rq->state = ok;
}

static enum http
refuse(struct rq *rq, enum http status, const char *why)
{
    rq->keep = true;
    draw(rq, why);
    return status;
}

static enum http
login(struct rq *rq)
{
    const struct login *in = rq->form;
    const bool *password = rq->state;
    struct user_by_login_row u;
    struct instant now = instant_now();

    if (limit_over("login", rq->ip, PER_MINUTE)) return refuse(rq, HTTP_TOO_MANY, T("尝试次数过多，请一分钟后再试。"));
    if (!user_by_login(rq->db, &u, str_lower(rq->arena, in->name))) return refuse(rq, HTTP_INVALID, T("用户名或密码不正确。"));
    if (instant_known(u.locked_until) && u.locked_until.ms > now.ms)
        return refuse(rq, HTTP_TOO_MANY, T("密码错误次数过多，账号已锁定 15 分钟。"));
    if (password == NULL || !*password) {
        bool lock = u.failed + 1 >= FAILED_MAX;
        user_failed(rq->db, u.id, lock ? 0 : u.failed + 1, lock ? (struct instant){ now.ms + LOCK_MS } : NO_TIME);
        audit_note(rq, id_area(u.unit.v), lock ? "locked" : "sign_in_failed", "account", u.id.v, NULL, NO_STR);
        return refuse(rq, HTTP_INVALID, lock ? T("密码错误次数过多，账号已锁定 15 分钟。") : T("用户名或密码不正确。"));
    }
    bool over = user_closed(u.closed_on) || (date_known(u.expires_on) && u.expires_on.days < today().days);
    const struct role *role = role_find(u.role);
    if (over || role == NULL || (role->expires && !date_known(u.expires_on))) return refuse(rq, HTTP_INVALID, T("此账号已停用，请联系管理员。"));
    user_failed(rq->db, u.id, 0, NO_TIME);
    limit_forgive("login", rq->ip);
    if (u.second) {
        struct buf b = { .arena = rq->arena };
        session_start_half(rq, u.id);
        LIT(&b, "/login/second?next=");
        put_url_str(&b, rq_local(in->next) ? in->next : STR("/"));
        return rq_redirect(rq, "%.*s", FMT(buf_str(&b)));
    }
    session_start(rq, u.id);
    rq->who = (struct who){ .user = u.id, .name = u.name };
    audit_note(rq, id_area(u.unit.v), "sign_in", "account", u.id.v, NULL, NO_STR);
    return rq_local(in->next) ? rq_redirect(rq, "%.*s", FMT(in->next)) : rq_redirect(rq, "/");
}

static enum http
logout(struct rq *rq)
{
    session_end(rq);
    audit_note(rq, rq->who.area, "sign_out", "account", rq->who.user.v, NULL, NO_STR);
    return rq_redirect(rq, "/login");
}

const struct route login_routes[] = {
    GET("/login", MAY_PUBLIC, show, .title = T("登录")),
    POST("/login", MAY_PUBLIC, login, .form = &login_form, .before = verify, .redraw = redraw, .title = T("登录")),
    POST("/logout", MAY_LOGIN, logout, .form = &no_fields, .title = T("退出登录")),
};
const size_t login_routes_n = COUNT(login_routes);
