#include "people/person_json.h"
#include "codes/codes.h"
#include "people/person.h"

struct person_row_json {
    struct person_id id;
    struct str name, sex, categories, phone, call_warning, village, unit;
    int64_t age;
};
static const struct shape_field row_fields[] = {
    SHAPE_ID(struct person_row_json, id, person_id, "编号"), SHAPE_TEXT(struct person_row_json, name, "姓名"),
    SHAPE_CODE(struct person_row_json, sex, "sex", "性别"), SHAPE_INT(struct person_row_json, age, "年龄"),
    SHAPE_CODES(struct person_row_json, categories, "client_category", "类别"), SHAPE_TEXT(struct person_row_json, phone, "电话"),
    SHAPE_TEXT(struct person_row_json, call_warning, "致电提示"), SHAPE_TEXT(struct person_row_json, village, "村（社区）"),
    SHAPE_TEXT(struct person_row_json, unit, "单位"),
};
const struct shape person_row_shape = SHAPE("PersonRow", "服务对象", struct person_row_json, row_fields);

/* The categories that this reader may know. */
static struct str
open_categories(struct rq *rq, struct str categories, struct relation rel, struct date born)
{
    const struct code_table *t = codes_table("client_category");
    struct buf b = { .arena = rq->arena };
    LIT(&b, "");
    while (categories.n) {
        struct str code = str_cut(&categories, ',');
        const struct code_entry *e = codes_find(t, code);
        if (e == NULL || person_access(rq, e->level, rel, born) < ACCESS_READ) continue;
        putf(&b, "%s%.*s", b.n ? "," : "", FMT(code));
    }
    return buf_str(&b);
}

static int64_t
age_or_unknown(int age)
{
    return age < 0 ? NO_INT : age;
}

enum http
person_list_json(struct rq *rq, const struct person_list_page *v)
{
    struct person_row_json *rows = NEW(rq->arena, struct person_row_json, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        const struct person_list_row *p = v->rows[i].p;
        struct relation rel = person_relation_of(rq, p->level, p->born, p->mine, p->others, p->assigned, p->named);
        rows[i] = (struct person_row_json){ .id = p->id, .name = p->name, .sex = p->sex, .phone = v->rows[i].phone, .call_warning = v->rows[i].warning,
                                            .categories = open_categories(rq, p->categories, rel, p->born), .village = p->village_name,
                                            .unit = p->unit_name, .age = age_or_unknown(v->rows[i].age) };
    }
    return shape_list(rq, rows, v->n, v->total, v->next.s);
}

struct person_json {
    struct person_id id;
    struct str name, sex, categories, idno, phone, call_warning, unit;
    struct household_id household;
    int64_t age, version;
    struct instant registered_at;
};
static const struct shape_field fields[] = {
    SHAPE_ID(struct person_json, id, person_id, "编号"), SHAPE_TEXT(struct person_json, name, "姓名"),
    SHAPE_CODE(struct person_json, sex, "sex", "性别"), SHAPE_INT(struct person_json, age, "年龄"),
    SHAPE_CODES(struct person_json, categories, "client_category", "类别"), SHAPE_TEXT(struct person_json, idno, "证件号码"),
    SHAPE_TEXT(struct person_json, phone, "电话"), SHAPE_TEXT(struct person_json, call_warning, "致电提示"),
    SHAPE_ID(struct person_json, household, household_id, "家庭"), SHAPE_TEXT(struct person_json, unit, "单位"),
    SHAPE_TIME(struct person_json, registered_at, "登记时间"), SHAPE_INT(struct person_json, version, "版本"),
};
const struct shape person_shape = SHAPE("Person", "服务对象", struct person_json, fields);

enum http
person_json(struct rq *rq, const struct person_page *v, struct str idno)
{
    const struct person_json row = {
        .id = v->id, .name = v->p.name, .sex = v->p.sex, .age = age_or_unknown(v->age), .idno = idno, .phone = v->phone, .call_warning = v->warning,
        .categories = open_categories(rq, v->p.categories, v->rel, v->p.born), .household = v->p.household, .unit = v->p.unit_name,
        .registered_at = v->p.created_at, .version = v->p.version,
    };
    return shape_one(rq, &row);
}

/* ---- Households ---- */

static const struct shape_field household_row_fields[] = {
    SHAPE_ID(struct household_list_row, id, household_id, "编号"), SHAPE_TEXT(struct household_list_row, no, "家庭档案号"),
    SHAPE_TEXT(struct household_list_row, head_name, "户主"), SHAPE_INT(struct household_list_row, members, "人数"),
    SHAPE_TEXT(struct household_list_row, village_name, "村（社区）"), SHAPE_TEXT(struct household_list_row, unit_name, "单位"),
    SHAPE_DATE(struct household_list_row, opened_on, "建档日期"),
};
const struct shape household_row_shape = SHAPE("HouseholdRow", "家庭", struct household_list_row, household_row_fields);

enum http
household_list_json(struct rq *rq, const struct household_list_page *v)
{
    return shape_list(rq, v->rows, v->n, v->total, v->next.s);
}

struct household_json {
    struct household_id id;
    struct str no, head, economy, village, unit;
    int64_t members, version;
    struct date opened_on, closed_on;
};
static const struct shape_field household_fields[] = {
    SHAPE_ID(struct household_json, id, household_id, "编号"), SHAPE_TEXT(struct household_json, no, "家庭档案号"),
    SHAPE_TEXT(struct household_json, head, "户主"), SHAPE_INT(struct household_json, members, "人数"),
    SHAPE_CODE(struct household_json, economy, "economy", "经济情况"), SHAPE_TEXT(struct household_json, village, "村（社区）"),
    SHAPE_TEXT(struct household_json, unit, "单位"), SHAPE_DATE(struct household_json, opened_on, "建档日期"),
    SHAPE_DATE(struct household_json, closed_on, "撤销日期"), SHAPE_INT(struct household_json, version, "版本"),
};
const struct shape household_shape = SHAPE("Household", "家庭", struct household_json, household_fields);

enum http
household_json(struct rq *rq, const struct household_page *v)
{
    const struct household_json row = {
        .id = v->id, .no = v->h.no, .head = v->head, .members = (int64_t)v->present, .economy = v->economy ? v->h.economy : NO_STR,
        .village = v->h.division_name, .unit = v->h.unit_name, .opened_on = v->h.opened_on, .closed_on = v->h.closed_on, .version = v->h.version,
    };
    return shape_one(rq, &row);
}
