#include "page/page.h"
#include "auth/role.h"
#include "auth/session.h"
#include "base/asset.h"
#include "http/params.h"
#include "page/find.h"
#include "page/page_html.h"
#include "page/page_sql.h"
#include "page/typed.h"
#include "view/view.h"

/* The map of the product; parts that do not exist yet are not in it. */
static const struct menu_entry menu[] = {
    { T("工作台"), "desk", "/", MAY_LOGIN },
    { T("服务对象"), "people", "/people", PEOPLE_READ },
    { T("家庭名册"), "household", "/households", PEOPLE_READ },
    { T("个案"), "case", "/cases", CASE_READ },
    { T("小组"), "group", "/groups", GROUP_READ },
    { T("钱物登记"), "fund", "/aid", CASE_READ },
    { T("转介"), "referral", "/referrals", REFERRAL_READ },
    { T("发现报告"), "report", "/discoveries", EVENT_WRITE },
    { T("强制报告"), "alert", "/reports", REPORT_READ },
    { T("信息提供登记"), "shield", "/disclosures", DISCLOSURE_READ },
    { T("名册导入"), "upload", "/imports", PEOPLE_IMPORT },
    { T("查阅审批"), "eye", "/access", ACCESS_ASK },
    { T("数据"), "chart", "/figures", FIGURES_READ },
    { T("达标情况"), "flag", "/lamps", RULES_READ },
    { T("网络"), "network", "/network", NETWORK_READ },
    { T("人员"), "people", "/staff", STAFF_READ },
    { T("小组工作情况"), "group", "/groups/figures", GROUP_COUNT },
    { T("社区项目"), "community", "/projects", COMMUNITY_READ },
    { T("清单"), "list", "/lists", LIST_READ },
    { T("台账"), "evaluation", "/ledgers", LEDGER_READ },
    { T("用户与权限"), "lock", "/users", USERS_ADMIN },
    { T("紧急通知"), "send", "/settings/channels", SETTINGS_ADMIN },
    { T("变动通知"), "link", "/settings/hooks", SETTINGS_ADMIN },
};

struct str
asset_version(const char *name)
{
    const struct asset *a = asset_find(&static_assets, str_of(name));
    return a != NULL ? str_of(a->hash) : STR("0");
}

bool
menu_here(struct str here, const char *href)
{
    struct str h = str_of(href);
    if (h.n == 1) return here.n == 1;
    return str_starts(here, h) && (here.n == h.n || here.p[h.n] == '/');
}

void
page_draw(struct rq *rq, struct buf *out)
{
    struct page_unit_row unit = { 0 };
    struct page_units_row *units = NULL;
    const char *tab = rq->route != NULL && rq->route->title != NULL ? rq->route->title : T("社会工作站工作系统");
    struct page v = { .rq = rq, .title = rq->title, .tab = str_of(tr(rq->lang, tab)), .here = rq->path, .here_url = { rq->path }, .menu = menu };
    struct menu_entry *mine = NEW(rq->arena, struct menu_entry, COUNT(menu));
    struct str flash = cookie_get(rq->cookie, "flash");

    for (size_t i = 0; i < COUNT(menu); i++)
        if (may(rq, menu[i].may)) mine[v.menu_n++] = menu[i];
    v.menu = mine;
    v.header = !str_has(buf_str(&rq->body), STR("class=\"page-header\""));
    if (flash.n && url_decode(rq->arena, flash, false, &v.flash)) {
        struct str undo = v.flash;
        rq_cookie(rq, STR("flash=; Path=/; Max-Age=0"));
        v.flash = str_cut(&undo, '\n');
        if (rq_local(undo)) v.undo = (struct url){ undo };
    }
    v.typed = NO_TIME;
    if (rq->who.user.v != 0 && rq->db != NULL) {
        if (str_has(buf_str(&rq->body), STR(" data-warn"))) v.typed = typed_at(rq);
        if (page_unit(rq->db, &unit, rq->who.focus)) v.unit_name = unit.name;
        v.units_n = page_units(rq->db, &units, rq->who.unit);
        v.units = units;
        struct page_inbox_row inbox;
        if (page_inbox(rq->db, &inbox, rq->who.area, rq->who.user)) v.inbox = inbox.total;
        v.role = str_of(role_label(rq->who.role, rq->lang));
    }
    page(out, &v);
}

/* The list's own address with one value changed; the page goes back to the first. */
struct url
list_url(struct rq *rq, const char *key, const char *value)
{
    struct buf b = { .arena = rq->arena };
    put_raw(&b, rq->path);
    LIT(&b, "?");
    for (size_t i = 0; i < rq->params_n; i++) {
        struct str name = rq->params[i].name;
        if (str_is(name, key) || str_is(name, "page") || str_is(name, "lang") || rq->params[i].value.n == 0) continue;
        put_url_str(&b, name);
        LIT(&b, "=");
        put_url_str(&b, str_is(name, "q") ? find_word(rq, rq->params[i].value) : rq->params[i].value);
        LIT(&b, "&");
    }
    putf(&b, "%s=", key);
    put_url_cstr(&b, value);
    return (struct url){ buf_str(&b) };
}

/* Looks at another unit of one's own subtree until it is changed again. */
static bool
unit_in_scope(struct rq *rq)
{
    return scope_unit(rq, (struct unit_id){ rq->ids[0] });
}

static enum http
change_unit(struct rq *rq)
{
    struct str back = rq_param(rq, "back");
    rq_cookie(rq, str_fmt(rq->arena, "unit=%lld; Path=/; HttpOnly; SameSite=Lax", (long long)rq->ids[0]));
    return rq_local(back) ? rq_redirect(rq, "%.*s", FMT(back)) : rq_redirect(rq, "/");
}

static enum http
large_type(struct rq *rq)
{
    bool on = !str_is(cookie_get(rq->cookie, "large"), "1");
    rq_cookie(rq, on ? STR("large=1; Path=/; Max-Age=31536000; SameSite=Lax") : STR("large=; Path=/; Max-Age=0"));
    return rq_redirect(rq, "/");
}

const struct route page_routes[] = {
    GET("/unit/:unit", MAY_LOGIN, change_unit, .scope = unit_in_scope, .title = T("切换单位")),
    GET("/me/type", MAY_LOGIN, large_type, .title = T("大字模式")),
};
const size_t page_routes_n = COUNT(page_routes);
