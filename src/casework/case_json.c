#include "casework/case_json.h"

static const struct shape_field row_fields[] = {
    SHAPE_ID(struct case_list_row, id, case_id, "编号"), SHAPE_TEXT(struct case_list_row, no, "个案编号"),
    SHAPE_ID(struct case_list_row, person, person_id, "服务对象编号"), SHAPE_TEXT(struct case_list_row, name, "服务对象"),
    SHAPE_CODE(struct case_list_row, grade, "case_grade", "个案类别"), SHAPE_CODE(struct case_list_row, state, "case_states", "阶段"),
    SHAPE_INT(struct case_list_row, urgency, "紧急程度"), SHAPE_TEXT(struct case_list_row, worker_name, "责任社工"),
    SHAPE_TEXT(struct case_list_row, unit_name, "单位"), SHAPE_DATE(struct case_list_row, opened, "接案日期"),
    SHAPE_DATE(struct case_list_row, last, "上次联系"), SHAPE_DATE(struct case_list_row, next, "下次联系"),
    SHAPE_TIME(struct case_list_row, due_at, "时限"), SHAPE_TEXT(struct case_list_row, due_kind, "时限种类"),
    SHAPE_INT(struct case_list_row, contacts, "联系次数"),
};
const struct shape case_row_shape = SHAPE("CaseRow", "个案", struct case_list_row, row_fields);

enum http
case_list_json(struct rq *rq, const struct case_list_page *v)
{
    return shape_list(rq, v->rows, v->n, (int64_t)v->total, shape_next(rq, v->page, v->per_page, (int64_t)v->total));
}

static const struct shape_field fields[] = {
    SHAPE_ID(struct case_get_row, id, case_id, "编号"), SHAPE_TEXT(struct case_get_row, no, "个案编号"),
    SHAPE_ID(struct case_get_row, person, person_id, "服务对象编号"), SHAPE_TEXT(struct case_get_row, name, "服务对象"),
    SHAPE_CODE(struct case_get_row, grade, "case_grade", "个案类别"), SHAPE_CODE(struct case_get_row, state, "case_states", "阶段"),
    SHAPE_CODE(struct case_get_row, source, "case_source", "个案来源"), SHAPE_INT(struct case_get_row, urgency, "紧急程度"),
    SHAPE_TEXT(struct case_get_row, code, "服务项目"), SHAPE_TEXT(struct case_get_row, worker_name, "责任社工"),
    SHAPE_TEXT(struct case_get_row, supervisor_name, "督导"), SHAPE_TEXT(struct case_get_row, unit_name, "单位"),
    SHAPE_DATE(struct case_get_row, opened, "接案日期"), SHAPE_DATE(struct case_get_row, closed, "结案日期"),
    SHAPE_CODE(struct case_get_row, close_reason, "case_close_reason", "结案原因"), SHAPE_DATE(struct case_get_row, last, "上次联系"),
    SHAPE_DATE(struct case_get_row, next, "下次联系"), SHAPE_TIME(struct case_get_row, due_at, "时限"),
    SHAPE_TEXT(struct case_get_row, due_kind, "时限种类"), SHAPE_INT(struct case_get_row, contacts, "联系次数"),
    SHAPE_INT(struct case_get_row, minutes, "服务分钟"), SHAPE_INT(struct case_get_row, version, "版本"),
};
const struct shape case_shape = SHAPE("Case", "个案", struct case_get_row, fields);

/* Who may not read the case sees no more of it than on the head of its page. */
enum http
case_json(struct rq *rq, const struct case_page *v)
{
    struct case_get_row row = v->k->c;
    if (v->read) return shape_one(rq, &row);
    const struct case_get_row little = {
        .id = row.id, .no = row.no, .name = row.level < 4 ? row.name : NO_STR, .state = row.state, .grade = row.grade, .unit_name = row.unit_name,
        .worker_name = row.worker_name, .opened = row.opened, .version = row.version, .closed = NO_DATE, .last = NO_DATE, .next = NO_DATE,
        .due_at = NO_TIME, .urgency = NO_INT,
    };
    return shape_one(rq, &little);
}
