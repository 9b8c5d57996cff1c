/* /api/openapi.json: OpenAPI 3.1 from routes, forms and shapes, so that it cannot say anything else than the program does. */
#include "api/api.h"
#include "form/doc.h"
#include "http/gate.h"
#include "http/shape.h"
#include "view/view.h"
#include <ctype.h>

enum { SHAPES_MAX = 128 };

/* ---- Schemas ---- */

static void
put_labels(struct buf *o, const char *zh)
{
    LIT(o, ",\"description\":");
    put_json_str(o, str_of(tr(o->lang, zh)));
}

static void
put_enum(struct buf *o, const struct field *f)
{
    size_t n;
    const struct choice *c = field_choices(f, &n);
    if (n == 0) return;
    LIT(o, ",\"enum\":[");
    for (size_t i = 0; i < n; i++) {
        if (i) LIT(o, ",");
        put_json_str(o, str_of(c[i].code));
    }
    LIT(o, "]");
}

static void
put_range(struct buf *o, const struct field *f, const char *least, const char *most, int64_t otherwise)
{
    int64_t max = f->max ? f->max : otherwise;
    if (f->min) putf(o, ",\"%s\":%lld", least, (long long)f->min);
    if (max) putf(o, ",\"%s\":%lld", most, (long long)max);
}

static void
put_field(struct buf *o, const struct field *f)
{
    switch (f->kind) {
    case F_INT: case F_SCALE:
        LIT(o, "{\"type\":\"integer\"");
        put_range(o, f, "minimum", "maximum", 0);
        break;
    case F_BOOL: LIT(o, "{\"type\":\"boolean\""); break;
    case F_DATE: LIT(o, "{\"type\":\"string\",\"format\":\"date\""); break;
    case F_DATETIME: LIT(o, "{\"type\":\"string\",\"pattern\":\"^\\\\d{4}-\\\\d{2}-\\\\d{2}[ T]\\\\d{2}:\\\\d{2}$\""); break;
    case F_MULTI:
        LIT(o, "{\"type\":\"array\",\"items\":{\"type\":\"string\"");
        put_enum(o, f);
        LIT(o, "}");
        break;
    case F_SINGLE:
        LIT(o, "{\"type\":\"string\"");
        put_enum(o, f);
        break;
    case F_PERSON: case F_STAFF: case F_UNIT: LIT(o, "{\"type\":\"string\",\"pattern\":\"^[1-9]\\\\d*$\""); break;
    case F_DIVISION: LIT(o, "{\"type\":\"string\",\"pattern\":\"^\\\\d{12}$\""); break;
    case F_MONEY: case F_DEC: LIT(o, "{\"type\":\"string\",\"pattern\":\"^-?[\\\\d,]+(\\\\.\\\\d+)?$\""); break;
    case F_TEXT: case F_LONG: case F_PASSWORD: case F_HIDDEN: case F_SIGN:
        LIT(o, "{\"type\":\"string\"");
        put_range(o, f, "minLength", "maxLength", f->kind == F_TEXT ? 200 : f->kind == F_LONG ? 20000 : 0);
        break;
    case F_TABLE: case F_FILE: case F_NOTE: case F_COMPUTED: LIT(o, "{"); break;
    }
    if (f->label[0]) put_labels(o, f->label);
    LIT(o, "}");
}

static bool
is_sent(const struct field *f)
{
    return f->kind != F_TABLE && f->kind != F_FILE && f->kind != F_NOTE && f->kind != F_COMPUTED;
}

/* Official forms have no fields here: they are data, and take what their questionnaire asks for. */
static void
put_form(struct buf *o, const struct form *form)
{
    const char *sep = "";
    LIT(o, "{\"type\":\"object\",\"properties\":{");
    for (size_t i = 0; i < form->n; i++) {
        if (!is_sent(&form->fields[i])) continue;
        putf(o, "%s\"%s\":", sep, form->fields[i].name);
        put_field(o, &form->fields[i]);
        sep = ",";
    }
    LIT(o, "},\"required\":[");
    sep = "";
    for (size_t i = 0; i < form->n; i++)
        if (is_sent(&form->fields[i]) && form->fields[i].required && form->fields[i].if_field == NULL) {
            putf(o, "%s\"%s\"", sep, form->fields[i].name);
            sep = ",";
        }
    LIT(o, "]}");
}

/* The values of an official form, all texts: what was typed into a draft may be anything. */
static void
put_doc(struct buf *o, const struct doc_field *fields, size_t n)
{
    const char *sep = "";
    LIT(o, "{\"type\":\"object\",\"properties\":{");
    for (size_t i = 0; i < n; i++) {
        const struct field *f = &fields[i].f;
        if (f->kind == F_NOTE || f->kind == F_FILE) continue;
        putf(o, "%s\"%s\":{", sep, f->name);
        sep = ",";
        if (fields[i].columns != NULL) {
            LIT(o, "\"type\":\"array\",\"items\":");
            put_doc(o, fields[i].columns, fields[i].columns_n);
        } else if (f->kind == F_SCALE) LIT(o, "\"type\":[\"string\",\"object\"]");
        else LIT(o, "\"type\":\"string\"");
        put_labels(o, f->label);
        LIT(o, "}");
    }
    LIT(o, "}}");
}

static const char doc_codes[] = "ABCDEFG";

static void
put_docs(struct buf *o)
{
    for (const char *c = doc_codes; *c; c++) {
        const struct doc_form *f = doc_form((struct str){ c, 1 });
        if (f == NULL) continue;
        putf(o, ",\"Form%c\":", *c);
        put_doc(o, f->fields, f->n);
    }
}

static void
put_doc_kinds(struct buf *o)
{
    LIT(o, ",\"anyOf\":[{\"type\":\"null\"}");
    for (const char *c = doc_codes; *c; c++)
        if (doc_form((struct str){ c, 1 }) != NULL) putf(o, ",{\"$ref\":\"#/components/schemas/Form%c\"}", *c);
    LIT(o, "]");
}

static void
put_shape_field(struct buf *o, const struct shape_field *f)
{
    static const char *const types[] = {
        [SHAPE_KIND_ID] = "\"type\":[\"string\",\"null\"],\"pattern\":\"^[1-9][0-9]*$\"", [SHAPE_KIND_TEXT] = "\"type\":[\"string\",\"null\"]",
        [SHAPE_KIND_CODE] = "\"type\":[\"string\",\"null\"]", [SHAPE_KIND_CODES] = "\"type\":\"array\",\"items\":{\"type\":\"string\"}",
        [SHAPE_KIND_INT] = "\"type\":[\"integer\",\"null\"]", [SHAPE_KIND_BOOL] = "\"type\":\"boolean\"",
        [SHAPE_KIND_DOC] = "\"type\":[\"object\",\"null\"]", [SHAPE_KIND_MONEY] = "\"type\":[\"string\",\"null\"],\"pattern\":\"^-?[0-9]+[.][0-9]{2}$\"",
        [SHAPE_KIND_TEXTS] = "\"type\":[\"object\",\"null\"],\"additionalProperties\":{\"type\":\"string\"}",
        [SHAPE_KIND_MANY] = "\"type\":\"array\"",
        [SHAPE_KIND_DATE] = "\"type\":[\"string\",\"null\"],\"format\":\"date\"", [SHAPE_KIND_TIME] = "\"type\":[\"string\",\"null\"],\"format\":\"date-time\"",
    };
    putf(o, "\"%s\":{%s", f->name, types[f->kind]);
    put_labels(o, f->label);
    if (f->codes != NULL) putf(o, ",\"x-code-table\":\"%s\"", f->codes);
    if (f->of != NULL) putf(o, ",\"items\":{\"$ref\":\"#/components/schemas/%s\"}", f->of->name);
    if (f->kind == SHAPE_KIND_DOC) put_doc_kinds(o);
    LIT(o, "}");
}

static void
put_members(struct buf *o, const struct shape *s, void (*one)(struct buf *, const struct shape_field *))
{
    if (s->base != NULL) put_members(o, s->base, one);
    for (size_t i = 0; i < s->n; i++) {
        if (i || s->base != NULL) LIT(o, ",");
        one(o, &s->fields[i]);
    }
}

static void
put_shape_name(struct buf *o, const struct shape_field *f)
{
    putf(o, "\"%s\"", f->name);
}

static void
put_shape(struct buf *o, const struct shape *s)
{
    putf(o, "\"%s\":{\"type\":\"object\",\"additionalProperties\":false", s->name);
    put_labels(o, s->label);
    LIT(o, ",\"properties\":{");
    put_members(o, s, put_shape_field);
    LIT(o, "},\"required\":[");
    put_members(o, s, put_shape_name);
    LIT(o, "]}");
}

/* ---- Operations ---- */

/* "/cases/:case/forms/@form" as "/cases/{case}/forms/{form}". */
static struct str
path_of(struct arena *a, const char *path)
{
    struct buf b = { .arena = a };
    struct str rest = str_of(path + 1);
    while (rest.n) {
        struct str part = str_cut(&rest, '/');
        bool variable = part.n && (part.p[0] == ':' || part.p[0] == '@');
        LIT(&b, "/");
        if (variable) putf(&b, "{%.*s}", (int)part.n - 1, part.p + 1);
        else put_raw(&b, part);
    }
    return b.n ? buf_str(&b) : STR("/");
}

static void
put_parameters(struct buf *o, const struct route *r)
{
    struct str rest = str_of(r->path + 1), query = str_of(r->query);
    const char *sep = "";
    LIT(o, ",\"parameters\":[");
    while (rest.n) {
        struct str part = str_cut(&rest, '/');
        if (part.n == 0 || (part.p[0] != ':' && part.p[0] != '@')) continue;
        putf(o, "%s{\"name\":\"%.*s\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"%s}}", sep, (int)part.n - 1, part.p + 1,
             part.p[0] == ':' ? ",\"pattern\":\"^[1-9][0-9]*$\"" : "");
        sep = ",";
    }
    while (query.n) {
        putf(o, "%s{\"name\":\"%.*s\",\"in\":\"query\",\"schema\":{\"type\":\"string\"}}", sep, FMT(str_cut(&query, ',')));
        sep = ",";
    }
    if (!gate_reads(r)) putf(o, "%s{\"$ref\":\"#/components/parameters/IdempotencyKey\"}", sep);
    LIT(o, "]");
}

static void
put_answers(struct buf *o, const struct route *r)
{
    LIT(o, ",\"responses\":{\"200\":{\"description\":\"OK\",");
    if (r->shape == NULL) LIT(o, "\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/Done\"}}}");
    else {
        LIT(o, "\"headers\":{\"ETag\":{\"schema\":{\"type\":\"string\"}}},\"content\":{\"application/json\":{\"schema\":");
        if (r->many) putf(o, "{\"type\":\"object\",\"properties\":{\"items\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/%s\"}},"
                             "\"total\":{\"type\":\"integer\"},\"next\":{\"type\":[\"string\",\"null\"]}},"
                             "\"required\":[\"items\",\"total\",\"next\"]}", r->shape->name);
        else putf(o, "{\"$ref\":\"#/components/schemas/%s\"}", r->shape->name);
        LIT(o, "}}");
    }
    LIT(o, "}");
    if (r->shape != NULL && r->method == METHOD_GET) LIT(o, ",\"304\":{\"description\":\"Not modified\"}");
    LIT(o, ",\"default\":{\"$ref\":\"#/components/responses/Problem\"}}");
}

static void
put_operation(struct buf *o, const struct route *r)
{
    struct str rest = str_of(r->path + 1), tag = str_cut(&rest, '/');
    putf(o, "\"%s\":{\"operationId\":\"%s", r->method == METHOD_GET ? "get" : "post", r->method == METHOD_GET ? "get" : "post");
    for (const char *p = r->path; *p; p++) putf(o, "%c", isalnum((unsigned char)*p) ? *p : '_');
    putf(o, "\",\"tags\":[\"%.*s\"],\"summary\":", FMT(tag));
    put_json_str(o, str_of(tr(o->lang, r->title)));
    put_parameters(o, r);
    if (r->method == METHOD_POST && r->upload)
        LIT(o, ",\"requestBody\":{\"required\":true,\"content\":{\"multipart/form-data\":{\"schema\":{\"type\":\"object\"}}}}");
    else if (r->method == METHOD_POST) {
        putf(o, ",\"requestBody\":{\"required\":%s,\"content\":{\"application/json\":{\"schema\":", r->form->n ? "true" : "false");
        put_form(o, r->form);
        LIT(o, "}}}");
    }
    put_answers(o, r);
    LIT(o, "}");
}

/* Not the pages that only people look at. */
static bool
described(const struct route *r)
{
    return gate_for_programs(r) && r->title != NULL && (r->method == METHOD_POST || r->shape != NULL);
}

static void
put_paths(struct buf *o)
{
    const struct route *const *all;
    size_t n = gate_routes(&all);
    const char *sep = "";
    LIT(o, "\"paths\":{");
    for (size_t i = 0; i < n; i++) {
        bool first = true;
        for (size_t k = 0; k < i && first; k++) first = strcmp(all[k]->path, all[i]->path) != 0;
        bool opened = false;
        for (size_t k = i; first && k < n; k++) {
            if (strcmp(all[k]->path, all[i]->path) != 0 || !described(all[k])) continue;
            if (!opened) putf(o, "%s\"%.*s\":{", sep, FMT(path_of(o->arena, all[i]->path)));
            else LIT(o, ",");
            put_operation(o, all[k]);
            opened = true;
            sep = ",";
        }
        if (opened) LIT(o, "}");
    }
    LIT(o, "}");
}

struct shapes { const struct shape *one[SHAPES_MAX]; size_t n; };

/* A shape and those within it, each once. */
static void
put_shapes(struct buf *o, const struct shape *s, struct shapes *seen)
{
    for (size_t i = 0; i < seen->n; i++)
        if (seen->one[i] == s) return;
    if (seen->n == SHAPES_MAX) log_fatal("more than %d shapes", SHAPES_MAX);
    seen->one[seen->n++] = s;
    LIT(o, ",");
    put_shape(o, s);
    for (const struct shape *at = s; at != NULL; at = at->base)
        for (size_t i = 0; i < at->n; i++)
            if (at->fields[i].of != NULL) put_shapes(o, at->fields[i].of, seen);
}

static void
put_components(struct buf *o)
{
    static const char fixed[] =
        "\"Done\":{\"type\":\"object\",\"properties\":{\"location\":{\"type\":\"string\"}},\"required\":[\"location\"]},"
        "\"Problem\":{\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"title\":{\"type\":\"string\"},"
        "\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"field\":{\"type\":[\"string\",\"null\"]},"
        "\"detail\":{\"type\":\"string\"}},"
        "\"required\":[\"field\",\"detail\"]}}},\"required\":[\"type\",\"status\",\"title\"]}";
    struct shapes seen = { 0 };
    const struct route *const *all;
    size_t n = gate_routes(&all);
    LIT(o, ",\"components\":{\"schemas\":{");
    put(o, fixed, sizeof fixed - 1);
    put_docs(o);
    for (size_t i = 0; i < n; i++)
        if (all[i]->shape != NULL) put_shapes(o, all[i]->shape, &seen);
    LIT(o, "},\"responses\":{\"Problem\":{\"description\":\"RFC 9457\",\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":"
           "\"#/components/schemas/Problem\"}}}}},\"parameters\":{\"IdempotencyKey\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"schema\":{\"type\":"
           "\"string\"}}},\"securitySchemes\":{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}}}");
}

static enum http
openapi(struct rq *rq)
{
    struct buf *o = &rq->body;
    rq->type = STR("application/json");
    LIT(o, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"nuan\",\"version\":\"" NUAN_VERSION "\",\"description\":");
    put_json_str(o, str_of(tr(rq->lang, T("页面的地址就是程序接口的地址。请求头带 Authorization: Bearer 令牌；GET 回答 JSON，POST 收 JSON 并回答去向。"))));
    LIT(o, ",\"license\":{\"name\":\"Apache-2.0\",\"identifier\":\"Apache-2.0\"}},\"servers\":[{\"url\":\"/\"}],\"security\":[{\"token\":[]}],");
    put_paths(o);
    put_components(o);
    LIT(o, "}\n");
    return HTTP_OK;
}

static const struct route api_routes[] = {
    GET("/api/openapi.json", MAY_LOGIN, openapi, .title = T("程序接口说明")),
};
static const size_t api_routes_n = COUNT(api_routes);
static const struct route *const routes[] = { api_routes };
static const size_t *const routes_n[] = { &api_routes_n };
const struct module api_module = { "api", routes, routes_n, COUNT(routes) };
