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
static const struct shape known_shape = SHAPE("CaseKnown", "个案", struct case_get_row, fields);

static const struct shape_field doc_row_fields[] = {
    SHAPE_ID(struct docs_of_case_row, id, doc_id, "编号"), SHAPE_TEXT(struct docs_of_case_row, form, "表"),
    SHAPE_INT(struct docs_of_case_row, seq, "次序"), SHAPE_INT(struct docs_of_case_row, version, "第几版"),
    SHAPE_TEXT(struct docs_of_case_row, status, "状态"), SHAPE_BOOL(struct docs_of_case_row, current, "现行"),
    SHAPE_TEXT(struct docs_of_case_row, filled_by_name, "填表人"), SHAPE_DATE(struct docs_of_case_row, filled_on, "填表日期"),
    SHAPE_TIME(struct docs_of_case_row, submitted_at, "提交时间"), SHAPE_TEXT(struct docs_of_case_row, reviewed_name, "审核人"),
    SHAPE_TIME(struct docs_of_case_row, reviewed_at, "审核时间"), SHAPE_TEXT(struct docs_of_case_row, review, "督导意见"),
};
static const struct shape doc_row_shape = SHAPE("FormRow", "表单", struct docs_of_case_row, doc_row_fields);

static const struct shape_field record_fields[] = {
    SHAPE_ID(struct case_records_row, id, record_id, "编号"), SHAPE_ID(struct case_records_row, doc, doc_id, "表单编号"),
    SHAPE_INT(struct case_records_row, seq, "次序"), SHAPE_TEXT(struct case_records_row, kind, "方式"),
    SHAPE_TIME(struct case_records_row, start_at, "开始时间"), SHAPE_INT(struct case_records_row, minutes, "服务分钟"),
    SHAPE_TEXT(struct case_records_row, worker_name, "责任社工"), SHAPE_BOOL(struct case_records_row, unplanned, "计划外"),
};
static const struct shape record_shape = SHAPE("CaseRecord", "服务记录", struct case_records_row, record_fields);

static const struct shape_field follow_fields[] = {
    SHAPE_ID(struct case_follows_row, id, event_id, "编号"), SHAPE_DATE(struct case_follows_row, on, "日期"),
    SHAPE_TEXT(struct case_follows_row, way, "方式"), SHAPE_BOOL(struct case_follows_row, done, "已完成"),
    SHAPE_TEXT(struct case_follows_row, cancelled, "取消原因"),
};
static const struct shape follow_shape = SHAPE("CaseFollowUp", "跟进", struct case_follows_row, follow_fields);

struct whole { struct case_get_row c; const struct docs_of_case_row *forms; const struct case_records_row *records;
               const struct case_follows_row *follow_ups; size_t forms_n, records_n, follows_n; };
static const struct shape_field whole_fields[] = {
    SHAPE_MANY(struct whole, forms, forms_n, doc_row_shape, "表单"), SHAPE_MANY(struct whole, records, records_n, record_shape, "服务记录"),
    SHAPE_MANY(struct whole, follow_ups, follows_n, follow_shape, "跟进"),
};
const struct shape case_shape = SHAPE_ON(known_shape, "Case", "个案", struct whole, whole_fields);

/* Who may not read the case sees no more of it than on the head of its page. */
enum http
case_json(struct rq *rq, const struct case_page *v)
{
    const struct case_get_row row = v->k->c;
    const struct whole all = { .c = row, .forms = v->docs, .forms_n = v->docs_n, .records = v->records, .records_n = v->records_n,
                               .follow_ups = v->follows, .follows_n = v->follows_n };
    if (v->read) return shape_one(rq, &all);
    const struct whole little = { .c = {
        .id = row.id, .no = row.no, .name = row.level < 4 ? row.name : NO_STR, .state = row.state, .grade = row.grade, .unit_name = row.unit_name,
        .worker_name = row.worker_name, .opened = row.opened, .version = row.version, .closed = NO_DATE, .last = NO_DATE, .next = NO_DATE,
        .due_at = NO_TIME, .urgency = NO_INT,
    } };
    return shape_one(rq, &little);
}

/* ---- One form ---- */

struct doc_json {
    struct doc_id id;
    struct case_id case_;
    struct str form, title, status, filled_by, reviewed_by, review, values;
    struct date filled_on;
    struct instant submitted_at, reviewed_at;
    int64_t seq, version, form_version, save;
    const struct file_list_row *files;
    size_t files_n;
};
static const struct shape_field file_fields[] = {
    SHAPE_ID(struct file_list_row, id, file_id, "编号"), SHAPE_TEXT(struct file_list_row, field, "栏目"), SHAPE_TEXT(struct file_list_row, name, "文件名"),
    SHAPE_TEXT(struct file_list_row, type, "类型"), SHAPE_INT(struct file_list_row, size, "大小"), SHAPE_TIME(struct file_list_row, at, "时间"),
};
static const struct shape file_shape = SHAPE("FormFile", "附件", struct file_list_row, file_fields);
static const struct shape_field doc_fields[] = {
    SHAPE_ID(struct doc_json, id, doc_id, "编号"), SHAPE_ID(struct doc_json, case_, case_id, "个案"), SHAPE_TEXT(struct doc_json, form, "表"),
    SHAPE_TEXT(struct doc_json, title, "标题"), SHAPE_TEXT(struct doc_json, status, "状态"), SHAPE_INT(struct doc_json, seq, "次序"),
    SHAPE_INT(struct doc_json, version, "第几版"), SHAPE_INT(struct doc_json, form_version, "表单版本"),
    SHAPE_INT(struct doc_json, save, "保存次数，保存时作为 version 传回"), SHAPE_TEXT(struct doc_json, filled_by, "填表人"),
    SHAPE_DATE(struct doc_json, filled_on, "填表日期"), SHAPE_TIME(struct doc_json, submitted_at, "提交时间"),
    SHAPE_TEXT(struct doc_json, reviewed_by, "审核人"), SHAPE_TIME(struct doc_json, reviewed_at, "审核时间"),
    SHAPE_TEXT(struct doc_json, review, "督导意见"), SHAPE_MANY(struct doc_json, files, files_n, file_shape, "附件"),
    SHAPE_DOC(struct doc_json, values, "填写的内容"),
};
const struct shape doc_shape = SHAPE("Form", "表单", struct doc_json, doc_fields);

enum http
doc_json(struct rq *rq, const struct doc_page *v)
{
    size_t files = 0;
    struct file_list_row *mine = NEW(rq->arena, struct file_list_row, v->files_n + 1);
    for (size_t i = 0; i < v->files_n; i++)
        if (v->env->may_read(v->env, (int)v->files[i].level)) mine[files++] = v->files[i];
    const struct doc_json row = {
        .id = v->id, .case_ = v->k->c.id, .form = v->row->form, .title = str_of(doc_title(v->form, rq->lang)), .status = v->row->status,
        .seq = v->row->seq, .version = v->row->version, .form_version = v->row->form_version, .save = v->row->saves,
        .filled_by = v->row->filled_by_name, .filled_on = v->row->filled_on, .submitted_at = v->row->submitted_at,
        .reviewed_by = v->row->reviewed_name, .reviewed_at = v->row->reviewed_at, .review = v->row->review,
        .files = mine, .files_n = files, .values = doc_public(v->env, v->form, v->doc),
    };
    return shape_one(rq, &row);
}
