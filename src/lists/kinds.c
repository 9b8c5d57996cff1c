/* What a line of each list says, and which lists a place has. */
#include "lists/lists.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include <jansson.h>

const struct line no_line = { NO_LINE };

#define VERSION FIELD_HIDDEN(struct line, version)
#define TEXT(label_) FIELD_TEXT(struct line, text, label_, .required = true, .max = 200, .wide = true)
#define KIND(label_) FIELD_OFFERED(struct line, kind, label_, .required = true)
#define SOURCE FIELD_OFFERED(struct line, source, "来源", .required = true)
#define TOPIC FIELD_CODE(struct line, topic, "resource_kind", "领域", .required = true)
#define STAFF(label_) FIELD_ID(struct line, staff, staff_id, F_STAFF, label_)
#define PARTY(label_) FIELD_TEXT(struct line, party, label_, .max = 120)
#define CONTENT(label_) FIELD_LONG(struct line, content, label_, .max = 2000, .wide = true)
#define SERVICE FIELD_OFFERED(struct line, catalogue, "对应的服务项目")

static const struct choice priorities[] = {
    { "high", "急", "Urgent" },
    { "medium", "一般", "Normal" },
    { "low", "不急", "Can wait" },
};
#define PRIORITY FIELD_CHOICE(struct line, priority, priorities, "缓急", .required = true)
#define NO_NAMES .help = "写事情，不写居民的姓名和电话。"

static const struct field needs[] = {
    VERSION, FIELD_TEXT(struct line, text, "需求", .required = true, .max = 200, .wide = true, NO_NAMES), KIND("分类"), TOPIC, SOURCE, PRIORITY,
    SERVICE, STAFF("负责人"), CONTENT("说明"),
};
static const struct field problems[] = {
    VERSION, FIELD_TEXT(struct line, text, "问题", .required = true, .max = 200, .wide = true, NO_NAMES), KIND("分类"), SOURCE, PRIORITY,
    STAFF("负责人"), CONTENT("说明"),
};
static const struct field resources[] = {
    VERSION, TEXT("资源"), KIND("资源类别"), TOPIC, FIELD_CODE(struct line, sector, "resource_source", "来源方", .required = true),
    PARTY("提供单位"), FIELD_INT(struct line, amount, "可以支持几项", .min = 0, .max = 100000, .help = "同时能回应多少项需求；不限的不填。"),
    STAFF("联系人"), CONTENT("可以提供什么、有什么条件"),
};
static const struct field services[] = {
    VERSION, TEXT("服务事项"), KIND("服务类别"), FIELD_OFFERED(struct line, audience, "服务对象", .required = true), SERVICE,
    CONTENT("服务内容"), FIELD_LONG(struct line, standard, "服务标准", .max = 2000, .wide = true),
    FIELD_TEXT(struct line, frequency, "服务频次", .max = 60), FIELD_TEXT(struct line, record_form, "记录表单", .max = 60), PARTY("提供方"),
    STAFF("负责人"),
};
static const struct field projects[] = {
    VERSION, TEXT("项目名称"), KIND("项目类别"), PARTY("承接方"), STAFF("负责社工"),
    FIELD_INT(struct line, amount, "计划服务人次", .min = 0, .max = 10000000), FIELD_DATE(struct line, due, "完成期限"), CONTENT("目标与内容"),
};
static const struct field tasks[] = {
    VERSION, TEXT("任务"), KIND("任务类别"), FIELD_INT(struct line, amount, "数量", .required = true, .min = 1, .max = 1000000),
    FIELD_DATE(struct line, due, "完成期限", .required = true), STAFF("负责人"), CONTENT("要求"),
};
static const struct field institutions[] = {
    VERSION, TEXT("制度机制"), KIND("类别"), PARTY("责任部门"), STAFF("负责人"), FIELD_DATE(struct line, due, "下次修订"), CONTENT("主要内容"),
};

static const struct choice need_states[] = {
    { "open", "未处理", "Open" },
    { "planned", "已立项", "Has a project" },
    { "answered", "已回应", "Answered" },
    { "refused", "不受理", "Not taken up" },
};
static const struct choice project_states[] = {
    { "open", "策划中", "Being planned" },
    { "running", "实施中", "Running" },
    { "done", "已完成", "Done" },
    { "stopped", "已终止", "Stopped" },
};
static const struct choice task_states[] = { { "open", "未完成", "Open" }, { "done", "已完成", "Done" } };
static const struct choice standing_states[] = { { "on", "可用", "In use" }, { "off", "停用", "Not in use" } };

#define SHAPE_OF(fields_, states_) .fields = fields_, .n = COUNT(fields_), .states = states_, .states_n = COUNT(states_)
const struct list_shape list_shapes[] = {
    { "needs", "text kind topic source priority staff", SHAPE_OF(needs, need_states), .reasons = "refused", .answered = true },
    { "problems", "text kind source priority staff", SHAPE_OF(problems, need_states), .reasons = "refused", .answered = true },
    { "resources", "text kind topic sector party amount", SHAPE_OF(resources, standing_states) },
    { "services", "text kind audience frequency party staff", SHAPE_OF(services, standing_states) },
    { "projects", "text kind party staff amount due", SHAPE_OF(projects, project_states), .reasons = "stopped" },
    { "tasks", "text kind amount due staff", SHAPE_OF(tasks, task_states), .counted = true },
    { "institutions", "text kind party due", SHAPE_OF(institutions, standing_states) },
};
const size_t list_shapes_n = COUNT(list_shapes);

/* ---- Which lists a place has ---- */

static const char *
member(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s != NULL ? s : "";
}

/* What the profile, or the one it stands on, says under a name. */
static const json_t *
said(const struct profile *p, const char *key)
{
    const json_t *own = p != NULL ? json_object_get(p->doc, key) : NULL;
    if (own != NULL || p == NULL) return own;
    const struct profile *base = profile_of(str_of(member(p->doc, "base")));
    return base != NULL && base != p ? json_object_get(base->doc, key) : NULL;
}

static const struct choice *
choices(struct arena *a, const json_t *array, size_t *n)
{
    *n = json_array_size(array);
    struct choice *all = NEW(a, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const json_t *o = json_array_get(array, i);
        all[i] = (struct choice){ member(o, "code"), member(o, "zh"), member(o, "en") };
    }
    return all;
}

static const struct list_shape *
shape_of(const json_t *o)
{
    const char *code = *member(o, "shape") ? member(o, "shape") : member(o, "code");
    for (size_t i = 0; i < list_shapes_n; i++)
        if (strcmp(list_shapes[i].code, code) == 0) return &list_shapes[i];
    return NULL;
}

static struct list_kind
kind_of(struct arena *a, const struct profile *p, const json_t *o)
{
    struct list_kind k = { .code = str_of(member(o, "code")), .zh = member(o, "zh"), .en = member(o, "en"), .shape = shape_of(o),
                           .scheme = str_z(a, p->catalogue) };
    bool services_of = k.shape != NULL && strcmp(k.shape->code, "services") == 0;
    const json_t *kinds = json_object_get(o, "kinds");
    if (kinds == NULL && services_of) kinds = json_object_get(p->doc, "service_kinds");
    k.kinds = choices(a, kinds, &k.kinds_n);
    int64_t *least = NEW(a, int64_t, k.kinds_n + 1);
    for (size_t i = 0; i < k.kinds_n; i++) least[i] = json_integer_value(json_object_get(json_array_get(kinds, i), "least"));
    k.least = least;
    if (services_of) k.audiences = choices(a, json_object_get(p->doc, "audiences"), &k.audiences_n);
    k.sources = choices(a, json_object_get(p->doc, "list_sources"), &k.sources_n);
    return k;
}

const struct list_kind *
list_kinds(struct arena *a, const struct profile *p, size_t *n)
{
    const json_t *lists = said(p, "lists");
    struct list_kind *all = NEW(a, struct list_kind, json_array_size(lists) + 1);
    *n = 0;
    for (size_t i = 0; i < json_array_size(lists); i++) {
        struct list_kind k = kind_of(a, p, json_array_get(lists, i));
        if (k.shape != NULL) all[(*n)++] = k;           /* "服务标准" is a column of another list, not one of its own */
    }
    return all;
}

const struct list_kind *
list_kind(struct arena *a, const struct profile *p, struct str code)
{
    size_t n;
    const struct list_kind *all = list_kinds(a, p, &n);
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].code, code)) return &all[i];
    return NULL;
}

/* ---- The form ---- */

/* What a field chooses from; false: from nothing, so that it is left out. */
static bool
offer(const struct list_kind *k, struct field *f)
{
    if (strcmp(f->name, "kind") == 0) f->choices = k->kinds, f->choices_n = k->kinds_n;
    else if (strcmp(f->name, "audience") == 0 && k->audiences_n) f->choices = k->audiences, f->choices_n = k->audiences_n;
    else if (strcmp(f->name, "audience") == 0) f->kind = F_TEXT, f->max = 60;           /* the place names no audiences: written freely */
    else if (strcmp(f->name, "catalogue") == 0) f->choices = catalogue_choices(k->scheme, &f->choices_n);
    else if (strcmp(f->name, "source") == 0 && k->sources_n) f->choices = k->sources, f->choices_n = k->sources_n;
    else if (strcmp(f->name, "source") == 0) f->codes = "list_source";
    else return true;
    return f->kind != F_SINGLE || f->choices_n > 0 || f->codes != NULL;
}

const struct form *
list_form(struct arena *a, const struct list_kind *k)
{
    struct form *form = NEW(a, struct form, 1);
    struct field *fields = NEW(a, struct field, k->shape->n);
    *form = (struct form){ .name = "line", .fields = fields, .size = sizeof(struct line), .fresh = &no_line };
    for (size_t i = 0; i < k->shape->n; i++) {
        struct field f = k->shape->fields[i];
        if (offer(k, &f)) fields[form->n++] = f;
    }
    return form;
}
