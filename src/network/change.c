/* The forms that change the service tree: open, edit, rename, move, merge, close. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/division.h"
#include "network/change_html.h"
#include "network/divisions.h"
#include "network/network.h"
#include "network/network_views.h"
#include "network/tree.h"

static const struct choice run_modes[] = {
    { "purchase", "政府购买服务", "Purchased service" },
    { "direct", "镇街直接聘用", "Employed by the township" },
    { "mixed", "购买与直聘结合", "Purchased and employed" },
};

struct open_form { struct str level, division, name, code, region, run_mode, premises, address, hotline; struct date opened_on; };
static const struct field open_fields[] = {
    FIELD_OFFERED(struct open_form, level, "级别", .required = true, .help = "由上级单位决定。"),
    FIELD_OFFERED(struct open_form, division, "行政区划", .required = true),
    FIELD_TEXT(struct open_form, name, "名称", .max = 60, .help = "不填则按行政区划命名。"),
    FIELD_TEXT(struct open_form, code, "站点编号", .max = 20, .help = "个案编号的第一部分；不填则用行政区划代码。"),
    FIELD_OFFERED(struct open_form, region, "片区"),
    FIELD_CHOICE(struct open_form, run_mode, run_modes, "运行方式"),
    FIELD_OFFERED(struct open_form, premises, "场所"),
    FIELD_TEXT(struct open_form, hotline, "服务热线", .max = 40, .check = "phone"),
    FIELD_TEXT(struct open_form, address, "地址", .max = 120, .wide = true),
    FIELD_DATE(struct open_form, opened_on, "成立日期", .required = true, .check = "past"),
};
static const struct form open_form = FORM(struct open_form, open_fields);

struct facts_form { struct str version, region, run_mode, premises, address, hotline; };
static const struct field facts_fields[] = {
    FIELD_HIDDEN(struct facts_form, version),
    FIELD_OFFERED(struct facts_form, region, "片区"),
    FIELD_CHOICE(struct facts_form, run_mode, run_modes, "运行方式"),
    FIELD_OFFERED(struct facts_form, premises, "场所"),
    FIELD_TEXT(struct facts_form, hotline, "服务热线", .max = 40, .check = "phone"),
    FIELD_TEXT(struct facts_form, address, "地址", .max = 120, .wide = true),
};
static const struct form facts_form = FORM(struct facts_form, facts_fields);

struct rename_form { struct str name; struct date on; };
static const struct field rename_fields[] = {
    FIELD_TEXT(struct rename_form, name, "新名称", .required = true, .max = 60, .autofocus = true),
    FIELD_DATE(struct rename_form, on, "生效日期", .required = true, .check = "past"),
};
static const struct form rename_form = FORM(struct rename_form, rename_fields);

struct to_form { struct unit_id to; struct date on; };
static const struct field to_fields[] = {
    FIELD_ID(struct to_form, to, unit_id, F_UNIT, "单位", .required = true),
    FIELD_DATE(struct to_form, on, "生效日期", .required = true, .check = "past"),
};
static const struct form to_form = FORM(struct to_form, to_fields);

struct close_form { struct date on; };
static const struct field close_fields[] = {
    FIELD_DATE(struct close_form, on, "关闭日期", .required = true, .check = "past"),
};
static const struct form close_form = FORM(struct close_form, close_fields);

static bool
in_scope(struct rq *rq)
{
    return scope_unit(rq, (struct unit_id){ rq->ids[0] });
}

/* ---- What the selects offer ---- */

static const struct choice *
offered_divisions(struct rq *rq, const struct change_page *v, size_t *n)
{
    const struct profile_level *below = profile_below(v->profile, v->u->level);
    struct unit_divisions_in_row *rows;
    enum division_level want = division_level(v->u->division);
    char last[13];

    if (below != NULL && str_is(below->scope, "township")) want = DIVISION_TOWNSHIP;
    if (below != NULL && str_is(below->scope, "village")) want = DIVISION_VILLAGE;
    division_last(v->u->division, last);
    *n = unit_divisions_in(rq->db, &rows, want, v->u->division, str_of(last));
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ rows[i].code.p, rows[i].name.p, rows[i].name.p };
    return all;
}

/* For a move the open units of the parent's level, for a merger those of the unit's own, in the user's subtree. */
static const struct choice *
offered_units(struct rq *rq, const struct change_page *v, size_t *n)
{
    struct tree_list_row *rows;
    const struct profile_level *l = profile_level(v->profile, v->u->level);
    bool move = str_ends(rq->path, STR("/move"));
    struct str level = l != NULL && move && l->parent.n ? l->parent : v->u->level;
    size_t total = tree_find(rq, rq->who.unit, TREE_LIST_F_OPEN | TREE_LIST_F_LEVEL, level, NO_STR, 2000, &rows);
    struct choice *all = NEW(rq->arena, struct choice, total + 1);
    *n = 0;
    for (size_t i = 0; i < total; i++)
        if (rows[i].id.v != v->u->id.v)
            all[(*n)++] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
    return all;
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    const struct change_page *v = from->arg;
    struct rq *rq = (struct rq *)(uintptr_t)v->rq;
    struct str name = str_of(f->name);
    const struct profile_level *below = profile_below(v->profile, v->u->level);

    if (f->kind == F_UNIT) return offered_units(rq, v, n);
    if (str_is(name, "division")) return offered_divisions(rq, v, n);
    *n = 0;
    if (v->profile == NULL) return NULL;
    if (str_is(name, "region")) {
        *n = v->profile->regions_n;
        return v->profile->regions;
    }
    if (str_is(name, "premises")) {
        *n = v->profile->premises_n;
        return v->profile->premises;
    }
    if (below == NULL) return NULL;
    struct choice *one = NEW(rq->arena, struct choice, 1);
    *one = (struct choice){ below->code.p, below->zh, below->en };
    *n = 1;
    return one;
}

/* ---- Pages ---- */

/* title, button: T() literals; note: what the reader should know before, or NULL. */
static enum http
draw(struct rq *rq, const struct form *form, const void *values, const char *title, const char *button, const char *text)
{
    struct unit_get_row *u = NEW(rq->arena, struct unit_get_row, 1);
    if (!unit_get(rq->db, u, (struct unit_id){ rq->ids[0] })) return HTTP_NOT_FOUND;
    struct change_page v = { .rq = rq, .u = u, .form = form, .profile = profile_of(u->profile), .button = tr(rq->lang, button),
                             .note = text != NULL ? tr(rq->lang, text) : NULL, .danger = form == &close_form };
    v.from = (struct form_source){ .rq = rq, .values = values, .choices = offered, .arg = &v };
    int64_t seen;
    if (form == &facts_form && str_int(rq_param(rq, "version"), &seen) && seen != u->version) v.theirs = u;
    rq->title = str_of(tr(rq->lang, title));
    change_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
open_page(struct rq *rq)
{
    struct open_form values = { .opened_on = today() };
    struct unit_get_row u;
    const struct profile_level *below = NULL;
    if (unit_get(rq->db, &u, (struct unit_id){ rq->ids[0] })) {
        below = profile_below(profile_of(u.profile), u.level);
        values.region = u.region;
        values.run_mode = u.run_mode;
    }
    if (below == NULL) return rq_fail(rq, HTTP_CONFLICT, T("这一级是网络的最下一级，不能再开设下级单位。"));
    values.level = below->code;
    return draw(rq, &open_form, &values, T("开设下级单位"), T("开设"), NULL);
}

static enum http
edit_page(struct rq *rq)
{
    struct unit_get_row u;
    if (!unit_get(rq->db, &u, (struct unit_id){ rq->ids[0] })) return HTTP_NOT_FOUND;
    struct facts_form values = { str_fmt(rq->arena, "%lld", (long long)u.version), u.region, u.run_mode, u.premises, u.address, u.hotline };
    return draw(rq, &facts_form, &values, T("修改单位"), T("保存"), NULL);
}

static enum http
rename_page(struct rq *rq)
{
    struct rename_form values = { unit_name(rq->db, (struct unit_id){ rq->ids[0] }), today() };
    return draw(rq, &rename_form, &values, T("单位更名"), T("更名"), T("原来的名称留在沿革里，以前的记录仍显示当时的名称。"));
}

static enum http
move_page(struct rq *rq)
{
    struct to_form values = { { 0 }, today() };
    return draw(rq, &to_form, &values, T("调整上级"), T("调整"), T("单位连同下级一起移到新的上级单位。"));
}

static enum http
merge_page(struct rq *rq)
{
    struct to_form values = { { 0 }, today() };
    return draw(rq, &to_form, &values, T("并入其他单位"), T("并入"), T("本单位关闭，下级单位移到并入的单位；原有档案由并入的单位查看。"));
}

static enum http
close_page(struct rq *rq)
{
    struct close_form values = { today() };
    return draw(rq, &close_form, &values, T("关闭单位"), T("关闭"), T("关闭后不能再接新的个案，历史记录保留。"));
}

/* ---- Changes ---- */

/* A refusal stands beside the field it is about; what was done is audited. */
static enum http
finish(struct rq *rq, struct unit_id id, const char *action, const char *field, struct str refused, const struct audit_changes *changes)
{
    if (refused.n) return rq_invalid(rq, field, str_z(rq->arena, refused));
    audit_note(rq, unit_area(rq->db, id), action, "unit", id.v, changes, NO_STR);
    return rq_done(rq, T("已保存"), "/network/%lld", (long long)id.v);
}

static enum http
open_save(struct rq *rq)
{
    const struct open_form *in = rq->form;
    struct unit_get_row up;
    struct unit_id made;
    if (!unit_get(rq->db, &up, (struct unit_id){ rq->ids[0] })) return HTTP_NOT_FOUND;
    struct unit_new unit = { .profile = up.profile, .level = in->level, .parent = up.id, .code = in->code, .name = in->name,
                             .division = in->division, .region = in->region, .run_mode = in->run_mode, .premises = in->premises,
                             .address = in->address, .hotline = in->hotline, .opened_on = in->opened_on, .by = rq->who.user };
    struct str refused = unit_create(rq->db, rq->lang, &unit, &made);
    return finish(rq, made, "open", "level", refused, NULL);
}

static enum http
edit_save(struct rq *rq)
{
    const struct facts_form *in = rq->form;
    struct unit_get_row u;
    struct audit_changes changes = { 0 };
    int64_t seen = 0;

    if (!unit_get(rq->db, &u, (struct unit_id){ rq->ids[0] })) return HTTP_NOT_FOUND;
    str_int(in->version, &seen);
    if (unit_set_facts(rq->db, .id = u.id, .version = seen, .region = in->region, .run_mode = in->run_mode, .premises = in->premises,
                       .address = in->address, .hotline = in->hotline) == 0)
        return rq_invalid(rq, NULL, T("您打开后别人保存过，请对照后再保存。"));
    audit_changed(&changes, rq->arena, "region", u.region, in->region);
    audit_changed(&changes, rq->arena, "run_mode", u.run_mode, in->run_mode);
    audit_changed(&changes, rq->arena, "premises", u.premises, in->premises);
    audit_changed(&changes, rq->arena, "address", u.address, in->address);
    audit_changed(&changes, rq->arena, "hotline", u.hotline, in->hotline);
    return finish(rq, u.id, "change", NULL, NO_STR, &changes);
}

static enum http
rename_save(struct rq *rq)
{
    const struct rename_form *in = rq->form;
    struct audit_changes changes = { 0 };
    struct unit_id id = { rq->ids[0] };
    audit_changed(&changes, rq->arena, "name", unit_name(rq->db, id), in->name);
    return finish(rq, id, "rename", "name", unit_rename(rq->db, rq->lang, id, in->name, in->on, rq->who.user), &changes);
}

static enum http
move_save(struct rq *rq)
{
    const struct to_form *in = rq->form;
    struct unit_id id = { rq->ids[0] };
    if (!scope_unit(rq, in->to)) return rq_invalid(rq, "to", T("该单位不在您的范围内。"));
    return finish(rq, id, "move", "to", unit_move(rq->db, rq->lang, id, in->to, in->on, rq->who.user), NULL);
}

static enum http
merge_save(struct rq *rq)
{
    const struct to_form *in = rq->form;
    struct unit_id id = { rq->ids[0] };
    if (!scope_unit(rq, in->to)) return rq_invalid(rq, "to", T("该单位不在您的范围内。"));
    return finish(rq, id, "merge", "to", unit_merge(rq->db, rq->lang, id, in->to, in->on, rq->who.user), NULL);
}

static enum http
close_save(struct rq *rq)
{
    const struct close_form *in = rq->form;
    struct unit_id id = { rq->ids[0] };
    return finish(rq, id, "close", "on", unit_close(rq->db, rq->lang, id, in->on, rq->who.user), NULL);
}

const struct route change_routes[] = {
    GET("/network/:unit/open", NETWORK_WRITE, open_page, .scope = in_scope, .title = T("开设下级单位")),
    POST("/network/:unit/open", NETWORK_WRITE, open_save, .scope = in_scope, .form = &open_form, .redraw = open_page, .alone = true,
         .title = T("开设下级单位")),
    GET("/network/:unit/edit", NETWORK_WRITE, edit_page, .scope = in_scope, .title = T("修改单位")),
    POST("/network/:unit/edit", NETWORK_WRITE, edit_save, .scope = in_scope, .form = &facts_form, .redraw = edit_page, .title = T("修改单位")),
    GET("/network/:unit/rename", NETWORK_WRITE, rename_page, .scope = in_scope, .title = T("单位更名")),
    POST("/network/:unit/rename", NETWORK_WRITE, rename_save, .scope = in_scope, .form = &rename_form, .redraw = rename_page, .title = T("单位更名")),
    GET("/network/:unit/move", NETWORK_WRITE, move_page, .scope = in_scope, .title = T("调整上级")),
    POST("/network/:unit/move", NETWORK_WRITE, move_save, .scope = in_scope, .form = &to_form, .redraw = move_page, .alone = true,
         .title = T("调整上级")),
    GET("/network/:unit/merge", NETWORK_WRITE, merge_page, .scope = in_scope, .title = T("并入其他单位")),
    POST("/network/:unit/merge", NETWORK_WRITE, merge_save, .scope = in_scope, .form = &to_form, .redraw = merge_page, .alone = true,
         .title = T("并入其他单位")),
    GET("/network/:unit/close", NETWORK_WRITE, close_page, .scope = in_scope, .title = T("关闭单位")),
    POST("/network/:unit/close", NETWORK_WRITE, close_save, .scope = in_scope, .form = &close_form, .redraw = close_page, .alone = true,
         .title = T("关闭单位")),
};
const size_t change_routes_n = COUNT(change_routes);
