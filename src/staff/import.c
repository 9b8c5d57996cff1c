/* Importing a roster of staff: every row is read as the form of one member would be, so the same fields, words and
 * checks hold; nothing is written before all rows are right. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "ledger/ledger.h"
#include "paper/book.h"
#include "roster/sheet.h"
#include "rules/run.h"
#include "staff/import_html.h"
#include "staff/import_sql.h"
#include "staff/import_views.h"

enum { ROWS_MAX = 5000, PROBLEMS_MAX = 200, HEADER_LINES = 5 };

struct row_form {
    struct str name, sex, employment, contract, employer, source, phone, education, major, political, post, certificate,
        number;
    struct unit_id unit;
    struct date started_on, born, service_from, issued_on, registered_on, valid_to, pledged_on;
};
static const struct field row_fields[] = {
    FIELD_TEXT(struct row_form, name, "姓名", .required = true, .max = 40),
    FIELD_CODE(struct row_form, sex, "sex", "性别", .required = true),
    FIELD_ID(struct row_form, unit, unit_id, F_UNIT, "单位", .required = true),
    FIELD_CHOICE(struct row_form, employment, employments, "用工形式", .required = true),
    FIELD_DATE(struct row_form, started_on, "入职日期", .required = true, .check = "past"),
    { MEMBER(struct row_form, post, struct str), .kind = F_SINGLE, .choices = post_kinds, .choices_n = POST_KINDS,
      .label = "职务" },
    FIELD_CHOICE(struct row_form, contract, contracts, "聘用方式"),
    FIELD_TEXT(struct row_form, employer, "聘用单位", .max = 120),
    FIELD_CHOICE(struct row_form, source, sources, "来源"),
    FIELD_DATE(struct row_form, born, "出生日期", .check = "past"),
    FIELD_TEXT(struct row_form, phone, "电话", .check = "phone", .secret = true),
    FIELD_CODE(struct row_form, education, "education", "学历"),
    FIELD_TEXT(struct row_form, major, "专业", .max = 40),
    FIELD_CODE(struct row_form, political, "political", "政治面貌"),
    FIELD_DATE(struct row_form, service_from, "从事社会工作起始日期", .check = "past"),
    FIELD_CODE(struct row_form, certificate, "worker_certificate", "证书级别"),
    FIELD_TEXT(struct row_form, number, "证书编号", .max = 40),
    FIELD_DATE(struct row_form, issued_on, "发证日期", .check = "past"),
    FIELD_DATE(struct row_form, registered_on, "登记日期", .check = "past"),
    FIELD_DATE(struct row_form, valid_to, "登记有效期至"),
    FIELD_DATE(struct row_form, pledged_on, "公益服务承诺书签署日期", .check = "past"),
};
static bool row_check(struct rq *rq, void *form);
static const struct form row_form = FORM_CHECKED(struct row_form, row_fields, row_check);

static bool
row_check(struct rq *rq, void *form)
{
    const struct row_form *in = form;
    if (date_known(in->born) && date_diff(in->started_on, in->born) < 16 * 365)
        rq_invalid(rq, "born", T("入职时不满16岁。"));
    if (date_known(in->service_from) && date_diff(in->started_on, in->service_from) < 0)
        rq_invalid(rq, "service_from", T("从事社会工作起始日期不能晚于入职日期。"));
    if (in->certificate.n && in->number.n == 0) rq_invalid(rq, "number", T("此项必填。"));
    if (in->certificate.n && !date_known(in->issued_on)) rq_invalid(rq, "issued_on", T("此项必填。"));
    if (date_known(in->registered_on) && date_known(in->issued_on) && date_diff(in->registered_on, in->issued_on) < 0)
        rq_invalid(rq, "registered_on", T("登记日期不能早于发证日期。"));
    return rq->errors == NULL;
}

/* ---- Reading the file ---- */

struct reading {
    struct rq *rq;
    struct import_result *out;
    const struct field *column[SHEET_COLUMNS_MAX];
    size_t columns_n, cap;
    struct entry_units_row *units;
    size_t units_n;
};

static void
problem(struct import_result *out, int64_t line, const char *field, const char *why)
{
    out->problems_total++;
    if (out->problems_n < PROBLEMS_MAX) out->problems[out->problems_n++] = (struct staff_problem){ line, field, why };
}

/* The line with the headings, when the names of two columns are known. */
static bool
is_header(struct reading *r, const struct sheet_row *row)
{
    size_t known = 0;
    for (size_t i = 0; i < row->n && i < SHEET_COLUMNS_MAX; i++) {
        r->column[i] = NULL;
        for (size_t k = 0; k < COUNT(row_fields); k++)
            if (str_is(row->cells[i], row_fields[k].label) || str_is(row->cells[i], tr(LANG_EN, row_fields[k].label)))
                r->column[i] = &row_fields[k];
        known += r->column[i] != NULL;
    }
    r->columns_n = row->n < SHEET_COLUMNS_MAX ? row->n : SHEET_COLUMNS_MAX;
    return known >= 2;
}

/* What is typed in a sheet as the form has it: a code for its word, the number of a unit for its name. */
static struct str
value_of(const struct reading *r, const struct field *f, struct str cell)
{
    size_t n;
    if (f->kind == F_UNIT) {
        for (size_t i = 0; i < r->units_n; i++)
            if (str_eq(cell, r->units[i].name)) return str_fmt(r->rq->arena, "%lld", (long long)r->units[i].id.v);
        return cell;
    }
    if (f->kind != F_SINGLE) return cell;
    if (f->codes != NULL) {
        const struct code_entry *e = codes_by_label(codes_table(f->codes), cell);
        return e != NULL ? e->code : cell;
    }
    const struct choice *all = field_choices(f, &n);
    for (size_t i = 0; i < n; i++)
        if (str_is(cell, all[i].zh) || str_is(cell, all[i].en)) return str_of(all[i].code);
    return cell;
}

static void
read_row(struct reading *r, const struct sheet_row *row)
{
    struct rq *rq = r->rq;
    const struct param *kept = rq->params;
    size_t kept_n = rq->params_n, n = 0;
    struct param *params = NEW(rq->arena, struct param, r->columns_n + 1);
    for (size_t i = 0; i < row->n && i < r->columns_n; i++)
        if (r->column[i] != NULL && row->cells[i].n)
            params[n++] = (struct param){ str_of(r->column[i]->name), value_of(r, r->column[i], row->cells[i]) };
    if (n == 0) return;
    rq->params = params;
    rq->params_n = n;
    bool fine = form_parse(rq, &row_form);
    for (const struct form_error *e = rq->errors; e != NULL; e = e->next) {
        const struct field *f = row_fields;
        while (strcmp(f->name, e->field) != 0) f++;
        problem(r->out, row->line, field_label(f, rq->lang), e->why);
    }
    if (fine) r->out->rows[r->out->n++] = (struct staff_row){ row->line, rq->form, false };
    r->out->read++;
    rq->params = kept;
    rq->params_n = kept_n;
    rq->errors = NULL;
    rq->form = NULL;
}

static void
read_file(struct rq *rq, struct import_result *out, const char *path)
{
    struct reading r = { .rq = rq, .out = out };
    struct sheet_row row;
    bool header = false;
    int64_t lines = 0;
    r.units_n = entry_units(rq->db, &r.units, rq->who.unit);
    struct sheet *s = sheet_open(rq->arena, path, &out->why);
    if (s == NULL) return;
    out->rows = NEW(rq->arena, struct staff_row, ROWS_MAX);
    out->problems = NEW(rq->arena, struct staff_problem, PROBLEMS_MAX);
    while (out->why == NULL && sheet_next(s, rq->arena, &row)) {
        if (!header && lines++ == HEADER_LINES)
            out->why = T("前几行里没有表头，请使用模板。");
        else if (!header)
            header = is_header(&r, &row);
        else if (out->read == ROWS_MAX)
            out->why = T("一次最多导入 5000 人。");
        else
            read_row(&r, &row);
    }
    if (out->why == NULL) out->why = sheet_why(s);
    sheet_close(s);
    if (out->why == NULL && out->read == 0) out->why = T("文件里没有内容，至少要有表头和一行数据。");
}

/* ---- Rows against each other and against who is there ---- */

static int
by_name(const void *x, const void *y)
{
    const struct staff_row *a = x, *b = y;
    int order = str_cmp(a->in->name, b->in->name);
    if (order == 0) order = (a->in->unit.v > b->in->unit.v) - (a->in->unit.v < b->in->unit.v);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int
by_head(const void *x, const void *y)
{
    const struct staff_row *a = x, *b = y;
    bool head_a = str_is(a->in->post, "head"), head_b = str_is(b->in->post, "head");
    if (head_a != head_b) return head_a ? -1 : 1;
    int order = (a->in->unit.v > b->in->unit.v) - (a->in->unit.v < b->in->unit.v);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int
before(struct str name, struct unit_id unit, const struct row_form *in)
{
    int order = str_cmp(name, in->name);
    return order ? order : (unit.v > in->unit.v) - (unit.v < in->unit.v);
}

/* Two people of one name may work in one unit; their days of birth tell them apart. */
static bool
same_birth(struct date a, struct date b)
{
    return !date_known(a) || !date_known(b) || a.days == b.days;
}

/* Everybody who is in the register already is skipped; who stands twice in the file is named. */
static void
check_names(struct rq *rq, struct import_result *out, struct import_known_row *there, size_t there_n)
{
    size_t k = 0;
    if (out->n > 0) qsort(out->rows, out->n, sizeof *out->rows, by_name);
    for (size_t i = 0; i < out->n; i++) {
        struct staff_row *row = &out->rows[i];
        const struct row_form *in = row->in, *last = i > 0 ? out->rows[i - 1].in : NULL;
        while (k < there_n && before(there[k].name, there[k].unit, in) < 0) k++;
        for (size_t m = k; m < there_n && before(there[m].name, there[m].unit, in) == 0; m++)
            row->known = row->known || same_birth(there[m].born, in->born);
        out->known += row->known;
        if (last != NULL && before(last->name, last->unit, in) == 0 && same_birth(last->born, in->born))
            problem(out, row->line, tr(rq->lang, T("姓名")), tr(rq->lang, T("与名册中前面的一行重复。")));
    }
}

/* A unit has one head: neither two in the file, nor one beside the one it has. */
static void
check_heads(struct rq *rq, struct import_result *out, const struct import_heads_row *heads, size_t heads_n)
{
    size_t k = 0;
    if (out->n > 0) qsort(out->rows, out->n, sizeof *out->rows, by_head);
    for (size_t i = 0; i < out->n && str_is(out->rows[i].in->post, "head"); i++) {
        const struct staff_row *row = &out->rows[i];
        while (k < heads_n && heads[k].unit.v < row->in->unit.v) k++;
        if (i > 0 && out->rows[i - 1].in->unit.v == row->in->unit.v)
            problem(out, row->line, tr(rq->lang, T("职务")), tr(rq->lang, T("同一单位有两个负责人。")));
        else if (!row->known && k < heads_n && heads[k].unit.v == row->in->unit.v)
            problem(out, row->line, tr(rq->lang, T("职务")), tr(rq->lang, T("该单位已有在任负责人，请先结束其任职。")));
    }
}

/* What the place asks of who comes, and of a post; rows of one unit stand together now. */
static void
check_places(struct rq *rq, struct import_result *out)
{
    struct unit_level level;
    struct unit_id unit = { 0 };
    for (size_t i = 0; i < out->n; i++) {
        const struct staff_row *row = &out->rows[i];
        if (row->in->unit.v != unit.v && !unit_level_of(rq->db, row->in->unit, &level)) continue;
        unit = row->in->unit;
        const char *pledge = staff_pledge_refused(level.profile, row->in->pledged_on, row->in->started_on);
        const char *post = staff_post_refused(&level, row->in->post);
        if (pledge != NULL && !row->known)
            problem(out, row->line, tr(rq->lang, T("公益服务承诺书签署日期")), tr(rq->lang, pledge));
        if (post != NULL && !row->known) problem(out, row->line, tr(rq->lang, T("职务")), tr(rq->lang, post));
    }
}

static int
by_known(const void *x, const void *y)
{
    const struct import_known_row *a = x, *b = y;
    int order = str_cmp(a->name, b->name);
    return order ? order : (a->unit.v > b->unit.v) - (a->unit.v < b->unit.v);
}

static int
by_line(const void *x, const void *y)
{
    const struct staff_problem *a = x, *b = y;
    return (a->line > b->line) - (a->line < b->line);
}

/* On a worker thread: reads only. */
static void
look(struct rq *rq)
{
    struct import_result *out = NEW(rq->arena, struct import_result, 1);
    struct import_known_row *there;
    struct import_heads_row *heads;
    rq->state = out;
    out->dry = str_is(rq_param(rq, "dry"), "1");
    if (rq->uploads_n == 0 || rq->uploads[0].size == 0)
        out->why = T("请选择一个文件。");
    else
        read_file(rq, out, str_z(rq->arena, rq->uploads[0].path));
    if (out->why != NULL) return;
    int64_t area = unit_county(rq->db, rq->who.unit);
    size_t n = import_known(rq->db, &there, area ? IMPORT_KNOWN_F_AREA : 0, 0, area, rq->who.unit, today());
    if (n > 0) qsort(there, n, sizeof *there, by_known); /* in bytes, as names are compared here */
    check_names(rq, out, there, n);
    n = import_heads(rq->db, &heads, area ? IMPORT_HEADS_F_AREA : 0, 0, area, rq->who.unit, today());
    check_heads(rq, out, heads, n);
    check_places(rq, out);
    if (out->problems_n > 0) qsort(out->problems, out->problems_n, sizeof *out->problems, by_line);
}

/* ---- The page and the writing ---- */

static enum http
draw(struct rq *rq, const struct import_result *out)
{
    struct staff_import_page v = { .rq = rq, .out = out, .fields = row_fields, .fields_n = COUNT(row_fields) };
    rq->title = str_of(tr(rq->lang, T("导入人员")));
    staff_import_page(&rq->body, &v);
    return out != NULL && (out->why != NULL || out->problems_total > 0) ? HTTP_INVALID : HTTP_OK;
}

static enum http
page(struct rq *rq)
{
    return draw(rq, NULL);
}

/* What a head must be is known only once he is there (NH-11); a refusal takes everything back. */
static void
write_row(struct rq *rq, struct import_result *out, const struct staff_row *row)
{
    const struct row_form *in = row->in;
    int64_t area = unit_area(rq->db, in->unit);
    struct staff_new s = { in->unit,       in->name,      in->sex,      in->born,      in->phone,
                           in->employment, in->education, in->major,    in->political, in->service_from,
                           in->started_on, in->employer,  in->contract, in->source };
    struct staff_id id = staff_make(rq->db, area, &s);
    if (in->certificate.n)
        certificate_add(rq->db, area, id, in->certificate, in->number, in->issued_on, in->registered_on, in->valid_to);
    struct str why = in->post.n ? post_start(rq->db, rq->lang, area, id, in->unit, in->post, in->started_on) : NO_STR;
    if (why.n) problem(out, row->line, tr(rq->lang, T("职务")), str_z(rq->arena, why));
    staff_entered(rq, id, in->unit, in->started_on, in->pledged_on);
    audit_note(rq, area, "import", "staff", id.v, NULL, NO_STR);
}

static enum http
save(struct rq *rq)
{
    struct import_result *out = rq->state;
    if (out == NULL) return HTTP_BAD_REQUEST;
    if (out->why != NULL || out->problems_total > 0 || out->dry) return draw(rq, out);
    for (size_t i = 0; i < out->n; i++)
        if (!out->rows[i].known) write_row(rq, out, &out->rows[i]);
    if (out->problems_total > 0) return draw(rq, out);
    return rq_done(rq, T("名册已导入"), "/staff");
}

static enum http template(struct rq *rq) {
    struct book_column *columns = NEW(rq->arena, struct book_column, COUNT(row_fields));
    for (size_t i = 0; i < COUNT(row_fields); i++)
        columns[i] = (struct book_column){ row_fields[i].label, CELL_TEXT, 14 };
    struct book *b = book_open(rq, T("导入人员"), columns, COUNT(row_fields));
    return b != NULL ? book_send(b, "staff", str_of(tr(rq->lang, T("模板")))) : HTTP_UNAVAILABLE;
}

const struct route staff_import_routes[] = {
    GET("/staff/import", STAFF_WRITE, page, .title = T("导入人员")),
    POST("/staff/import", STAFF_WRITE, save, .form = &no_fields, .before = look, .upload = true,
         .title = T("导入人员")),
    GET("/staff/import/template", STAFF_WRITE, template, .title = T("下载模板"), .slow = true),
};
const size_t staff_import_routes_n = COUNT(staff_import_routes);
