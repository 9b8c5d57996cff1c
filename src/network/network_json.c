#include "network/network_json.h"

static const struct shape_field row_fields[] = {
    SHAPE_ID(struct tree_list_row, id, unit_id, "编号"), SHAPE_TEXT(struct tree_list_row, level, "层级"), SHAPE_TEXT(struct tree_list_row, code, "单位代码"),
    SHAPE_TEXT(struct tree_list_row, name, "单位"), SHAPE_DATE(struct tree_list_row, closed_on, "关闭日期"),
};
const struct shape unit_row_shape = SHAPE("UnitRow", "单位", struct tree_list_row, row_fields);

/* A list that is cut off has no next page: it is narrowed by name, level or state, as on its page. */
enum http
unit_list_json(struct rq *rq, const struct tree_page *v)
{
    return shape_list(rq, v->rows, v->n, (int64_t)v->n + v->more, NO_STR);
}

static const struct shape_field child_fields[] = {
    SHAPE_ID(struct place_children_row, id, unit_id, "编号"), SHAPE_TEXT(struct place_children_row, code, "单位代码"),
    SHAPE_TEXT(struct place_children_row, name, "单位"), SHAPE_TEXT(struct place_children_row, level, "层级"),
    SHAPE_DATE(struct place_children_row, closed_on, "关闭日期"),
};
static const struct shape child_shape = SHAPE("UnitBelow", "下级单位", struct place_children_row, child_fields);

static const struct shape_field staff_fields[] = {
    SHAPE_ID(struct place_staff_row, id, staff_id, "编号"), SHAPE_TEXT(struct place_staff_row, name, "姓名"),
    SHAPE_TEXT(struct place_staff_row, kind, "职务"), SHAPE_DATE(struct place_staff_row, from_on, "开始日期"),
};
static const struct shape staff_shape = SHAPE("UnitStaff", "人员", struct place_staff_row, staff_fields);

static const struct shape_field event_fields[] = {
    SHAPE_DATE(struct place_events_row, on_date, "日期"), SHAPE_TEXT(struct place_events_row, kind, "变动"), SHAPE_TEXT(struct place_events_row, was, "原值"),
    SHAPE_TEXT(struct place_events_row, became, "新值"), SHAPE_TEXT(struct place_events_row, by_name, "经办人"),
};
static const struct shape event_shape = SHAPE("UnitEvent", "变动", struct place_events_row, event_fields);

struct unit_json {
    struct unit_id id, parent, successor;
    struct str code, name, level, profile, division, region, run_mode, premises, address, hotline;
    struct date opened_on, closed_on;
    int64_t version;
    const struct place_children_row *below;
    const struct place_staff_row *staff;
    const struct place_events_row *events;
    size_t below_n, staff_n, events_n;
};
static const struct shape_field fields[] = {
    SHAPE_ID(struct unit_json, id, unit_id, "编号"), SHAPE_TEXT(struct unit_json, code, "单位代码"), SHAPE_TEXT(struct unit_json, name, "单位"),
    SHAPE_TEXT(struct unit_json, level, "层级"), SHAPE_TEXT(struct unit_json, profile, "配置"), SHAPE_ID(struct unit_json, parent, unit_id, "上级单位"),
    SHAPE_TEXT(struct unit_json, division, "行政区划"), SHAPE_TEXT(struct unit_json, region, "地区类型"), SHAPE_TEXT(struct unit_json, run_mode, "运营方式"),
    SHAPE_TEXT(struct unit_json, premises, "场所"), SHAPE_TEXT(struct unit_json, address, "地址"), SHAPE_TEXT(struct unit_json, hotline, "热线电话"),
    SHAPE_DATE(struct unit_json, opened_on, "开办日期"), SHAPE_DATE(struct unit_json, closed_on, "关闭日期"),
    SHAPE_ID(struct unit_json, successor, unit_id, "并入单位"), SHAPE_INT(struct unit_json, version, "版本"),
    SHAPE_MANY(struct unit_json, below, below_n, child_shape, "下级单位"), SHAPE_MANY(struct unit_json, staff, staff_n, staff_shape, "人员"),
    SHAPE_MANY(struct unit_json, events, events_n, event_shape, "变动"),
};
const struct shape unit_shape = SHAPE("Unit", "单位", struct unit_json, fields);

enum http
unit_json(struct rq *rq, const struct place_page *v)
{
    const struct unit_get_row *u = v->u;
    const struct unit_json row = {
        .id = u->id, .code = u->code, .name = u->name, .level = u->level, .profile = u->profile, .division = u->division, .region = u->region,
        .parent = v->parent_in_scope ? u->parent : (struct unit_id){ 0 }, .run_mode = u->run_mode, .premises = u->premises, .address = u->address,
        .hotline = u->hotline, .opened_on = u->opened_on, .closed_on = u->closed_on, .successor = u->successor, .version = u->version,
        .below = v->children, .below_n = v->children_n, .staff = v->staff, .staff_n = v->may_staff ? v->staff_n : 0,
        .events = v->events, .events_n = v->events_n,
    };
    return shape_one(rq, &row);
}
