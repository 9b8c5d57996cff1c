#include "lists/lists_json.h"

struct list_row_json {
    struct list_id id;
    struct unit_id unit;
    struct str unit_name, kind, title, state;
    struct date from, to, published;
    int64_t number, lines;
};
static const struct shape_field row_fields[] = {
    SHAPE_ID(struct list_row_json, id, list_id, "编号"), SHAPE_ID(struct list_row_json, unit, unit_id, "单位编号"),
    SHAPE_TEXT(struct list_row_json, unit_name, "单位"), SHAPE_TEXT(struct list_row_json, kind, "哪种清单"),
    SHAPE_TEXT(struct list_row_json, title, "清单名称"), SHAPE_TEXT(struct list_row_json, state, "状态"),
    SHAPE_DATE(struct list_row_json, from, "适用起"), SHAPE_DATE(struct list_row_json, to, "适用止"),
    SHAPE_DATE(struct list_row_json, published, "发布日期"), SHAPE_INT(struct list_row_json, number, "版本"),
    SHAPE_INT(struct list_row_json, lines, "条目"),
};
const struct shape list_row_shape = SHAPE("ListRow", "清单", struct list_row_json, row_fields);

enum http
lists_json(struct rq *rq, const struct lists_page *v)
{
    struct list_row_json *rows = NEW(rq->arena, struct list_row_json, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        const struct list_index_row *r = &v->rows[i];
        rows[i] = (struct list_row_json){ .id = r->id, .unit = r->unit, .unit_name = r->unit_name, .kind = r->kind, .title = r->title,
                                          .state = r->state, .from = r->from, .to = r->to, .published = r->published, .number = r->number,
                                          .lines = r->lines };
    }
    return shape_list(rq, rows, v->n, v->total, v->more ? list_next(rq, v->rows[v->n - 1].id.v).s : NO_STR);
}

/* Kinds and states are those of the place and of the list, not of a code table of the country. */
struct list_line_json {
    struct line_id id;
    struct staff_id staff;
    struct str text, kind, topic, source, sector, priority, audience, catalogue, content, standard, frequency, record_form, party, staff_name, state,
        reason;
    int64_t amount, done;
    struct date due;
};
#define LINE_TEXT(m, zh) SHAPE_TEXT(struct list_line_json, m, zh)
static const struct shape_field line_fields[] = {
    SHAPE_ID(struct list_line_json, id, line_id, "编号"), LINE_TEXT(text, "条目"), LINE_TEXT(kind, "类别"),
    SHAPE_CODE(struct list_line_json, topic, "resource_kind", "领域"), LINE_TEXT(source, "来源"),
    SHAPE_CODE(struct list_line_json, sector, "resource_source", "来源方"), LINE_TEXT(priority, "缓急"), LINE_TEXT(audience, "服务对象"),
    LINE_TEXT(catalogue, "对应的服务项目"), LINE_TEXT(content, "服务内容"), LINE_TEXT(standard, "服务标准"), LINE_TEXT(frequency, "服务频次"),
    LINE_TEXT(record_form, "记录表单"), LINE_TEXT(party, "提供方"), SHAPE_ID(struct list_line_json, staff, staff_id, "负责人编号"),
    LINE_TEXT(staff_name, "负责人"), SHAPE_INT(struct list_line_json, amount, "数量"), SHAPE_INT(struct list_line_json, done, "完成数量"),
    SHAPE_DATE(struct list_line_json, due, "完成期限"), LINE_TEXT(state, "进展"), LINE_TEXT(reason, "说明"),
};
const struct shape list_line_shape = SHAPE("ListLine", "清单条目", struct list_line_json, line_fields);

enum http
list_lines_json(struct rq *rq, const struct list_page *v)
{
    struct list_line_json *rows = NEW(rq->arena, struct list_line_json, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        const struct line_shown *s = &v->lines[i];
        rows[i] = (struct list_line_json){ .id = s->id, .staff = s->e.staff, .text = s->e.text, .kind = s->e.kind, .topic = s->e.topic,
                                           .source = s->e.source, .sector = s->e.sector, .priority = s->e.priority, .audience = s->e.audience,
                                           .catalogue = s->e.catalogue, .content = s->e.content, .standard = s->e.standard,
                                           .frequency = s->e.frequency, .record_form = s->e.record_form, .party = s->e.party,
                                           .staff_name = s->staff_name, .state = s->state, .reason = s->reason, .amount = s->e.amount,
                                           .done = s->done, .due = s->e.due };
    }
    return shape_list(rq, rows, v->n, v->total, v->more ? list_next(rq, v->lines[v->n - 1].id.v).s : NO_STR);
}
