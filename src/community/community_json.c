#include "community/community_json.h"
#include "page/page.h"

struct project_row_json {
    struct project_id id;
    struct unit_id unit;
    struct str no, name, kind, unit_name, staff_name, state;
    struct date opened, closed;
    int64_t persons, times;
};
static const struct shape_field row_fields[] = {
    SHAPE_ID(struct project_row_json, id, project_id, "编号"), SHAPE_ID(struct project_row_json, unit, unit_id, "单位编号"),
    SHAPE_TEXT(struct project_row_json, no, "项目编号"), SHAPE_TEXT(struct project_row_json, name, "项目名称"),
    SHAPE_CODE(struct project_row_json, kind, "community_kind", "项目类别"), SHAPE_TEXT(struct project_row_json, unit_name, "单位"),
    SHAPE_TEXT(struct project_row_json, staff_name, "负责社工"), SHAPE_TEXT(struct project_row_json, state, "状态"),
    SHAPE_DATE(struct project_row_json, opened, "开始日期"), SHAPE_DATE(struct project_row_json, closed, "结束日期"),
    SHAPE_INT(struct project_row_json, persons, "服务人数"), SHAPE_INT(struct project_row_json, times, "服务人次"),
};
const struct shape project_row_shape = SHAPE("ProjectRow", "社区项目", struct project_row_json, row_fields);

enum http
projects_json(struct rq *rq, const struct projects_page *v)
{
    struct project_row_json *rows = NEW(rq->arena, struct project_row_json, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        const struct project_list_row *r = &v->rows[i];
        rows[i] = (struct project_row_json){ .id = r->id, .unit = r->unit, .no = r->no, .name = r->name, .kind = r->kind, .unit_name = r->unit_name,
                                             .staff_name = r->staff_name, .state = r->state, .opened = r->opened, .closed = r->closed,
                                             .persons = r->firsts, .times = r->times };
    }
    struct str next = v->more ? list_url(rq, "after", str_fmt(rq->arena, "%lld", (long long)v->rows[v->n - 1].id.v).p).s : NO_STR;
    return shape_list(rq, rows, v->n, v->total, next);
}
