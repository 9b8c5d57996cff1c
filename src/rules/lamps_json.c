#include "rules/lamps_json.h"

struct lamp_json { struct str rule, state, sentence, left, right, remedy, source; struct date since; };
static const struct shape_field fields[] = {
    SHAPE_TEXT(struct lamp_json, rule, "规则"), SHAPE_TEXT(struct lamp_json, state, "状态"), SHAPE_TEXT(struct lamp_json, sentence, "内容"),
    SHAPE_TEXT(struct lamp_json, left, "实际"), SHAPE_TEXT(struct lamp_json, right, "要求"), SHAPE_TEXT(struct lamp_json, remedy, "办法"),
    SHAPE_TEXT(struct lamp_json, source, "来源"), SHAPE_DATE(struct lamp_json, since, "开始日期"),
};
const struct shape lamp_shape = SHAPE("Lamp", "达标情况", struct lamp_json, fields);

enum http
lamps_json(struct rq *rq, const struct lamps_page *v)
{
    struct lamp_json *rows = NEW(rq->arena, struct lamp_json, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        const struct lamp *l = &v->lamps[i];
        rows[i] = (struct lamp_json){ .rule = l->rule->id, .state = rule_state_code(l->state), .sentence = l->sentence, .left = l->left, .right = l->right,
                                      .remedy = l->remedy ? str_of(l->remedy) : NO_STR, .source = l->rule->source ? str_of(l->rule->source) : NO_STR,
                                      .since = l->since };
    }
    return shape_list(rq, rows, v->n, (int64_t)v->n, NO_STR);
}
