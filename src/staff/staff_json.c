#include "staff/staff_json.h"

static const struct shape_field row_fields[] = {
    SHAPE_ID(struct staff_list_row, id, staff_id, "编号"), SHAPE_TEXT(struct staff_list_row, name, "姓名"),
    SHAPE_ID(struct staff_list_row, unit, unit_id, "单位编号"), SHAPE_TEXT(struct staff_list_row, unit_name, "单位"),
    SHAPE_TEXT(struct staff_list_row, kind, "职务"), SHAPE_TEXT(struct staff_list_row, employment, "用工形式"),
    SHAPE_CODE(struct staff_list_row, education, "education", "学历"), SHAPE_TEXT(struct staff_list_row, major, "专业"),
    SHAPE_CODE(struct staff_list_row, certificate, "worker_certificate", "证书"), SHAPE_TEXT(struct staff_list_row, source, "来源"),
    SHAPE_DATE(struct staff_list_row, started_on, "入职日期"), SHAPE_DATE(struct staff_list_row, left_on, "离职日期"),
};
const struct shape staff_row_shape = SHAPE("StaffRow", "人员", struct staff_list_row, row_fields);

enum http
staff_list_json(struct rq *rq, const struct staff_page *v)
{
    return shape_list(rq, v->rows, v->n, v->total, shape_next_skip(rq, v->skip, v->most, v->total));
}
