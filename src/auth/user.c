/* Accounts: who may sign in.  The administrator sees accounts and configuration, never content (codes.md 9.3). */
#include "auth/user.h"
#include "audit/audit.h"
#include "auth/auth_views.h"
#include "auth/password.h"
#include "auth/role.h"
#include "auth/second.h"
#include "auth/session.h"
#include "auth/user_html.h"
#include "auth/user_sql.h"
#include <sodium.h>

enum { LONGEST_DAYS = 366, PSEUDONYM = 4 };

struct user_form { struct str login, name, role; struct unit_id unit; struct staff_id staff; struct date expires_on; };
static const struct field user_fields[] = {
    FIELD_TEXT(struct user_form, login, "用户名", .required = true, .min = 3, .max = 40, .help = "小写字母、数字和连字符，登录时使用。"),
    FIELD_TEXT(struct user_form, name, "姓名", .required = true, .max = 40, .help = "评估方账号由系统生成代号，不保存姓名。"),
    FIELD_OFFERED(struct user_form, role, "角色", .required = true),
    FIELD_ID(struct user_form, unit, unit_id, F_UNIT, "所属单位", .required = true, .help = "该用户能看到此单位及其下级。"),
    FIELD_ID(struct user_form, staff, staff_id, F_STAFF, "对应人员", .help = "人员离职时，账号当天自动停用。"),
    FIELD_DATE(struct user_form, expires_on, "有效期至", .check = "future", .help = "评估方等临时账号必须填写。"),
};
static bool user_check(struct rq *rq, void *form);
static const struct form user_form = FORM_CHECKED(struct user_form, user_fields, user_check);

struct own_password { struct str old, fresh, again; };
static const struct field own_fields[] = {
    FIELD_PASSWORD(struct own_password, old, "当前密码", .required = true, .max = 128, .autofocus = true),
    FIELD_PASSWORD(struct own_password, fresh, "新密码", .required = true, .max = 128, .help = "至少 8 个字符。"),
    FIELD_PASSWORD(struct own_password, again, "再输一次新密码", .required = true, .max = 128),
};
static const struct form own_form = FORM(struct own_password, own_fields);

bool
user_make(struct db *db, int64_t area, const char *login, const char *name, const char *role, struct unit_id unit,
          struct staff_id staff, struct str password_hash_, bool must_change, struct user_id *made)
{
    *made = (struct user_id){ id_next(area) };
    return user_insert(db, .id = *made, .login = str_of(login), .name = str_of(name), .role = str_of(role), .unit = unit, .staff = staff,
                       .password = password_hash_, .must_change = must_change, .expires_on = NO_DATE, .at = instant_now()) == 1;
}

static bool
user_check(struct rq *rq, void *form)
{
    const struct user_form *in = form;
    bool ok = true;
    for (size_t i = 0; i < in->login.n; i++) {
        char c = in->login.p[i];
        ok = ok && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.');
    }
    if (!ok) rq_invalid(rq, "login", T("用户名只能用小写字母、数字、点和连字符。"));
    if (!scope_unit(rq, in->unit)) rq_invalid(rq, "unit", T("该单位不在您的范围内。"));
    if (role_find(in->role) == NULL) rq_invalid(rq, "role", T("请从列表中选择。"));
    const struct role *role = role_find(in->role);
    struct user_staff_unit_row staff;
    bool is_staff = in->staff.v == 0 || (user_staff_unit(rq->db, &staff, id_area(in->staff.v), in->staff) && scope_unit(rq, staff.unit));
    if (!is_staff) rq_invalid(rq, "staff", T("请从列表中选择。"));
    bool ends = date_known(in->expires_on);
    if (role != NULL && role->expires && !ends) rq_invalid(rq, "expires_on", T("评估方账号必须有期限。"));
    if (role != NULL && role->expires && ends && date_diff(in->expires_on, today()) > LONGEST_DAYS)
        rq_invalid(rq, "expires_on", T("评估方账号的期限不超过一年。"));
    return rq->errors == NULL;
}

static enum http
list_with(struct rq *rq, struct str login, struct str password)
{
    struct user_page v = { .first_login = login, .first_password = password };
    v.n = user_list(rq->db, &v.rows, str_is(rq_param(rq, "all"), "1") ? 0 : USER_LIST_F_OPEN, 0, rq->who.unit, today());
    rq->title = str_of(tr(rq->lang, T("用户与权限")));
    user_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
list(struct rq *rq)
{
    return list_with(rq, NO_STR, NO_STR);
}

static const struct choice *
offered_roles(struct rq *rq, size_t *n)
{
    const struct role *roles = roles_all(n);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ roles[i].code.p, roles[i].zh, roles[i].en };
    return all;
}

static const struct choice *
offered_staff(struct rq *rq, size_t *n)
{
    struct user_staff_row *rows;
    *n = user_staff(rq->db, &rows, rq->who.area, rq->who.unit, today());
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const char *label = str_fmt(rq->arena, "%.*s · %.*s", FMT(rows[i].name), FMT(rows[i].unit_name)).p;
        all[i] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, label, label };
    }
    return all;
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    struct user_units_row *rows;
    if (f->kind == F_STAFF) return offered_staff(rq, n);
    if (f->kind != F_UNIT) return offered_roles(rq, n);
    *n = user_units(rq->db, &rows, rq->who.unit);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++)
        all[i] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
    return all;
}

static enum http
form_page(struct rq *rq, struct user_id id, const struct user_form *values)
{
    struct user_form_page v = { .form = &user_form, .id = id };
    v.from = (struct form_source){ .rq = rq, .values = values, .choices = offered, .arg = rq };
    rq->title = str_of(tr(rq->lang, id.v ? T("修改用户") : T("新建用户")));
    user_form_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
add(struct rq *rq)
{
    return form_page(rq, (struct user_id){ 0 }, NULL);
}

/* The first password is made by the program and must be changed. */
static void
make_password(struct rq *rq)
{
    struct str *pair = NEW(rq->arena, struct str, 2);
    pair[0] = password_make(rq->arena);
    pair[1] = password_hash(rq->arena, pair[0]);
    rq->state = pair;
}

/* Who evaluates is named to nobody: the program makes a name, and the agency knows whose it is (codes.md 9.3). */
static struct str
pseudonym(struct rq *rq)
{
    static const char letters[] = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    char text[PSEUDONYM + 1] = "";
    for (int i = 0; i < PSEUDONYM; i++) text[i] = letters[randombytes_uniform(sizeof letters - 1)];
    return tr_fmt(rq->arena, LANG_ZH, T("评估员 %s"), text);
}

static enum http
create(struct rq *rq)
{
    const struct user_form *in = rq->form;
    const struct str *password = rq->state;
    struct user_id id = { id_next(rq->who.area) };
    struct str name = role_find(in->role)->expires ? pseudonym(rq) : in->name;
    size_t made = user_insert(rq->db, .id = id, .login = in->login, .name = name, .role = in->role, .unit = in->unit, .staff = in->staff,
                              .password = password[1], .must_change = true, .expires_on = in->expires_on, .at = instant_now());
    if (made == 0) return rq_invalid(rq, "login", T("这个用户名已经有人用了。"));
    audit_note(rq, rq->who.area, "create", "account", id.v, NULL, NO_STR);
    return list_with(rq, in->login, password[0]);
}

static bool
in_scope(struct rq *rq)
{
    struct user_get_row u;
    return user_get(rq->db, &u, (struct user_id){ rq->ids[0] }) && scope_unit(rq, u.unit);
}

static enum http
edit(struct rq *rq)
{
    struct user_get_row u;
    struct user_id id = { rq->ids[0] };
    if (!user_get(rq->db, &u, id)) return HTTP_NOT_FOUND;
    struct user_form values = { u.login, u.name, u.role, u.unit, u.staff, u.expires_on };
    return form_page(rq, id, &values);
}

static enum http
redraw(struct rq *rq)
{
    return form_page(rq, (struct user_id){ rq->ids[0] }, NULL);
}

static enum http
update(struct rq *rq)
{
    const struct user_form *in = rq->form;
    struct user_get_row old;
    struct user_id id = { rq->ids[0] };
    struct audit_changes changes = { 0 };

    if (!user_get(rq->db, &old, id)) return HTTP_NOT_FOUND;
    if (!str_eq(old.login, in->login)) return rq_invalid(rq, "login", T("用户名不能修改。"));
    struct str name = role_find(in->role)->expires ? old.name : in->name;
    char from[16], to[16];
    date_print(old.expires_on, from);
    date_print(in->expires_on, to);
    user_update(rq->db, .id = id, .name = name, .role = in->role, .unit = in->unit, .staff = in->staff, .expires_on = in->expires_on);
    audit_changed(&changes, rq->arena, "expires_on", str_of(from), str_of(to));
    audit_changed(&changes, rq->arena, "name", old.name, name);
    audit_changed(&changes, rq->arena, "role", old.role, in->role);
    audit_changed(&changes, rq->arena, "unit", str_fmt(rq->arena, "%lld", (long long)old.unit.v), str_fmt(rq->arena, "%lld", (long long)in->unit.v));
    audit_changed(&changes, rq->arena, "staff", str_fmt(rq->arena, "%lld", (long long)old.staff.v), str_fmt(rq->arena, "%lld", (long long)in->staff.v));
    audit_note(rq, rq->who.area, "change", "account", id.v, &changes, NO_STR);
    return rq_done(rq, T("已保存"), "/users");
}

static enum http
reset(struct rq *rq)
{
    struct user_get_row u;
    struct user_id id = { rq->ids[0] };
    const struct str *password = rq->state;
    if (!user_get(rq->db, &u, id)) return HTTP_NOT_FOUND;
    user_password_set(rq->db, id, password[1], true);
    session_end_others(rq, id);
    audit_note(rq, rq->who.area, "reset_password", "account", id.v, NULL, NO_STR);
    return list_with(rq, u.login, password[0]);
}

static enum http
reset_second(struct rq *rq)
{
    second_reset(rq, (struct user_id){ rq->ids[0] });
    return rq_done(rq, T("已重置两步验证"), "/users");
}

static enum http
close_account(struct rq *rq)
{
    struct user_id id = { rq->ids[0] };
    struct user_get_row u;
    if (!user_get(rq->db, &u, id)) return HTTP_NOT_FOUND;
    if (id.v == rq->who.user.v) return rq_fail(rq, HTTP_CONFLICT, T("不能停用自己的账号。"));
    bool open = !user_closed(u.closed_on);
    user_close(rq->db, id, open ? today() : NO_DATE);
    if (open) session_end_others(rq, id);
    audit_note(rq, rq->who.area, open ? "close" : "reopen", "account", id.v, NULL, NO_STR);
    return rq_done(rq, open ? T("已停用") : T("已恢复"), "/users");
}

bool
user_closed(struct date on)
{
    return date_known(on) && date_diff(on, today()) <= 0;
}

size_t
user_left(struct rq *rq, struct staff_id staff, struct date was, struct date day)
{
    struct user_of_staff_row *rows;
    size_t n = user_of_staff(rq->db, &rows, staff, was, day);
    if (n == 0) return 0;
    user_close_staff(rq->db, staff, was, day);
    for (size_t i = 0; i < n; i++) {
        if (user_closed(day)) session_end_others(rq, rows[i].id);
        audit_note(rq, rq->who.area, "close", "account", rows[i].id.v, NULL, str_of(tr(LANG_ZH, T("离职"))));
    }
    return n;
}

static enum http
own(struct rq *rq)
{
    struct user_form_page v = { .form = &own_form, .id = rq->who.user, .first = rq->who.must_change_password };
    v.from = (struct form_source){ .rq = rq };
    rq->title = str_of(tr(rq->lang, T("修改密码")));
    own_password_page(&rq->body, &v);
    return HTTP_OK;
}

struct own_state { bool old_ok; struct str hash; };

static void
own_verify(struct rq *rq)
{
    const struct own_password *in = rq->form;
    struct user_password_row u;
    struct own_state *st = NEW(rq->arena, struct own_state, 1);
    st->old_ok = user_password(rq->db, &u, rq->who.user) && password_ok(u.password, in->old);
    if (st->old_ok) st->hash = password_hash(rq->arena, in->fresh);
    rq->state = st;
}

static enum http
own_save(struct rq *rq)
{
    const struct own_password *in = rq->form;
    const struct own_state *st = rq->state;
    struct user_password_row u;

    user_password(rq->db, &u, rq->who.user);
    const char *weak = password_weak(in->fresh, u.login);
    if (st == NULL || !st->old_ok) rq_invalid(rq, "old", T("当前密码不正确。"));
    if (weak != NULL) rq_invalid(rq, "fresh", weak);
    if (!str_eq(in->fresh, in->again)) rq_invalid(rq, "again", T("两次输入不一致。"));
    if (str_eq(in->fresh, in->old)) rq_invalid(rq, "fresh", T("新密码不能与当前密码相同。"));
    if (rq->errors != NULL) return HTTP_INVALID;
    user_password_set(rq->db, rq->who.user, st->hash, false);
    session_end_others(rq, rq->who.user);
    audit_note(rq, rq->who.area, "change_password", "account", rq->who.user.v, NULL, NO_STR);
    return rq_done(rq, T("密码已修改"), "/");
}

const struct route user_routes[] = {
    GET("/users", USERS_ADMIN, list, .title = T("用户与权限")),
    GET("/users/new", USERS_ADMIN, add, .title = T("新建用户")),
    POST("/users/new", USERS_ADMIN, create, .form = &user_form, .before = make_password, .redraw = add, .title = T("新建用户")),
    GET("/users/:user", USERS_ADMIN, edit, .scope = in_scope, .title = T("修改用户")),
    POST("/users/:user", USERS_ADMIN, update, .scope = in_scope, .form = &user_form, .redraw = redraw, .title = T("修改用户")),
    POST("/users/:user/reset", USERS_ADMIN, reset, .scope = in_scope, .form = &no_fields, .before = make_password, .title = T("重置密码")),
    POST("/users/:user/second", USERS_ADMIN, reset_second, .scope = in_scope, .form = &no_fields, .title = T("重置两步验证")),
    POST("/users/:user/close", USERS_ADMIN, close_account, .scope = in_scope, .form = &no_fields, .title = T("停用或恢复用户")),
    GET("/me/password", MAY_LOGIN, own, .title = T("修改密码")),
    POST("/me/password", MAY_LOGIN, own_save, .form = &own_form, .before = own_verify, .redraw = own, .title = T("修改密码")),
};
const size_t user_routes_n = COUNT(user_routes);
