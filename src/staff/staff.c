/* The staff of a subtree: list, page of a member, and what changes it. */
#include "staff/staff.h"
#include "audit/audit.h"
#include "auth/session.h"
#include "paper/book.h"
#include "rules/run.h"
#include "seal/seal.h"
#include "staff/staff_html.h"
#include "staff/staff_views.h"

enum { PAGE = 50 };

static const struct choice employments[] = { { "full", "专职", "Full time" }, { "part", "兼职", "Part time" } };

struct member_form {
    struct str version, name, sex, phone, employment, education, major, political;
    struct unit_id unit;
    struct date born, service_from, started_on;
};
static const struct field member_fields[] = {
    FIELD_HIDDEN(struct member_form, version),
    FIELD_TEXT(struct member_form, name, "姓名", .required = true, .max = 40),
    FIELD_CODE(struct member_form, sex, "sex", "性别", .required = true),
    FIELD_ID(struct member_form, unit, unit_id, F_UNIT, "所属单位", .required = true),
    FIELD_CHOICE(struct member_form, employment, employments, "用工形式", .required = true),
    FIELD_DATE(struct member_form, started_on, "入职日期", .required = true, .check = "past"),
    FIELD_DATE(struct member_form, born, "出生日期", .check = "past"),
    FIELD_TEXT(struct member_form, phone, "电话", .check = "phone", .secret = true),
    FIELD_CODE(struct member_form, education, "education", "学历"),
    FIELD_TEXT(struct member_form, major, "专业", .max = 40),
    FIELD_CODE(struct member_form, political, "political", "政治面貌"),
    FIELD_DATE(struct member_form, service_from, "从事社会工作起始日期", .check = "past"),
};
static bool member_check(struct rq *rq, void *form);
static const struct form member_form = FORM_CHECKED(struct member_form, member_fields, member_check);

struct post_form { struct str kind; struct unit_id unit; struct date from; };
static const struct field post_fields[] = {
    FIELD_CHOICE(struct post_form, kind, post_kinds, "职务", .required = true),
    FIELD_ID(struct post_form, unit, unit_id, F_UNIT, "单位", .required = true),
    FIELD_DATE(struct post_form, from, "任职日期", .required = true),
};
static const struct form post_form = FORM(struct post_form, post_fields);

struct certificate_form { struct str level, number; struct date issued_on, registered_on, valid_to; };
static bool certificate_check(struct rq *rq, void *form);
static const struct field certificate_fields[] = {
    FIELD_CODE(struct certificate_form, level, "worker_certificate", "证书级别", .required = true),
    FIELD_TEXT(struct certificate_form, number, "证书编号", .required = true, .max = 40),
    FIELD_DATE(struct certificate_form, issued_on, "发证日期", .required = true, .check = "past"),
    FIELD_DATE(struct certificate_form, registered_on, "登记日期", .check = "past"),
    FIELD_DATE(struct certificate_form, valid_to, "登记有效期至"),
};
static const struct form certificate_form = FORM_CHECKED(struct certificate_form, certificate_fields, certificate_check);

struct leave_form { struct date day; };
static const struct field leave_fields[] = { FIELD_DATE(struct leave_form, day, "离职日期", .required = true) };
static const struct form leave_form = FORM(struct leave_form, leave_fields);

const char *
employment_label(struct str code, enum lang lang)
{
    return str_is(code, "full") ? tr(lang, T("专职")) : tr(lang, T("兼职"));
}

/* ---- For other modules ---- */

struct staff_id
staff_make(struct db *db, int64_t area, const struct staff_new *s)
{
    struct staff_id id = { id_next(area) };
    staff_insert(db, .area = area, .id = id, .unit = s->unit, .name = s->name, .sex = s->sex, .born = s->born,
                 .phone = seal(db_arena(db), "staff.phone", s->phone), .employment = s->employment, .education = s->education,
                 .major = s->major, .political = s->political, .service_from = s->service_from, .started_on = s->started_on);
    rules_touch(db, s->unit);
    return id;
}

struct certificate_id
certificate_add(struct db *db, int64_t area, struct staff_id staff, struct str level, struct str number, struct date issued_on,
                struct date registered_on, struct date valid_to)
{
    struct certificate_id id = { id_next(area) };
    certificate_insert(db, .area = area, .id = id, .staff = staff, .level = level, .number = number, .issued_on = issued_on,
                       .registered_on = registered_on, .valid_to = valid_to);
    return id;
}

struct str
post_start(struct db *db, enum lang lang, int64_t area, struct staff_id staff, struct unit_id unit, struct str kind, struct date from)
{
    struct str why = str_is(kind, "head") ? head_refused(db, lang, area, staff, unit, from) : NO_STR;
    if (why.n) return why;
    post_insert(db, .area = area, .id = { id_next(area) }, .unit = unit, .staff = staff, .kind = kind, .from_on = from);
    rules_touch(db, unit);
    return NO_STR;
}

/* ---- Reading ---- */

static bool
load(struct rq *rq, struct staff_get_row *s)
{
    return staff_get(rq->db, s, id_area(rq->ids[0]), (struct staff_id){ rq->ids[0] });
}

static bool
in_scope(struct rq *rq)
{
    struct staff_get_row s;
    return load(rq, &s) && scope_unit(rq, s.unit);
}

/* What the address asks for. */
struct asked { unsigned filters; struct staff_list_in in; };

static struct asked
asked(struct rq *rq, struct staff_page *v)
{
    *v = (struct staff_page){ .rq = rq, .q = str_trim(rq_param(rq, "q")), .unit = { rq_param_int(rq, "unit", rq->who.focus.v) }, .most = PAGE,
                              .skip = rq_param_int(rq, "skip", 0), .all = str_is(rq_param(rq, "all"), "1"), .may_write = may(rq, STAFF_WRITE) };
    int64_t area = unit_county(rq->db, v->unit);
    if (v->skip < 0) v->skip = 0;
    v->unit_name = unit_name(rq->db, v->unit);
    return (struct asked){ (v->q.n ? STAFF_LIST_F_NAME : 0) | (v->all ? 0 : STAFF_LIST_F_HERE) | (area ? STAFF_LIST_F_AREA : 0),
                           { .area = area, .top = v->unit, .day = today(), .name = str_fmt(rq->arena, "%%%.*s%%", FMT(v->q)),
                             .most = PAGE, .skip = v->skip } };
}

static enum http
list(struct rq *rq)
{
    struct staff_count_row count;
    struct staff_page v;
    struct asked w = asked(rq, &v);

    if (!scope_unit(rq, v.unit)) return HTTP_NOT_FOUND;
    v.n = staff_list_with(rq->db, &v.rows, w.filters, 0, &w.in);
    if (staff_count(rq->db, &count, w.filters, 0, w.in.area, v.unit, today(), w.in.name)) v.total = count.total;
    rq->title = str_of(tr(rq->lang, T("人员")));
    staff_page(&rq->body, &v);
    return HTTP_OK;
}

static const struct book_column columns[] = {
    { T("姓名"), CELL_TEXT, 14 }, { T("单位"), CELL_TEXT, 32 }, { T("职务"), CELL_TEXT, 14 }, { T("用工形式"), CELL_TEXT, 12 },
    { T("学历"), CELL_TEXT, 14 }, { T("证书"), CELL_TEXT, 20 }, { T("专业资质"), CELL_TEXT, 12 }, { T("入职日期"), CELL_DATE, 12 },
    { T("离职日期"), CELL_DATE, 12 },
};

static void
book_member(struct book *b, const struct staff_list_row *s, enum lang lang)
{
    bool qualified = s->certificate.n || education_qualifies(s->major, s->education);
    book_text(b, s->name);
    book_text(b, s->unit_name);
    book_cstr(b, s->kind.n ? post_kind_label(s->kind, lang) : "");
    book_cstr(b, employment_label(s->employment, lang));
    book_cstr(b, s->education.n ? codes_label(codes_table("education"), s->education, lang) : "");
    book_cstr(b, s->certificate.n ? codes_label(codes_table("worker_certificate"), s->certificate, lang) : "");
    book_cstr(b, tr(lang, qualified ? T("具备") : T("不具备")));
    book_date(b, s->started_on);
    book_date(b, s->left_on);
    book_row(b);
}

static enum http
export(struct rq *rq)
{
    struct staff_page v;
    struct asked w = asked(rq, &v);
    if (!scope_unit(rq, v.unit)) return HTTP_NOT_FOUND;
    struct book *b = book_open(rq, T("人员"), columns, COUNT(columns));
    if (b == NULL) return HTTP_UNAVAILABLE;
    w.in.most = BOOK_CHUNK;
    w.in.skip = 0;
    do {
        if (!book_chunk(b)) break;
        v.n = staff_list_with(rq->db, &v.rows, w.filters, 0, &w.in);
        for (size_t i = 0; i < v.n; i++) book_member(b, &v.rows[i], rq->lang);
        w.in.skip += BOOK_CHUNK;
    } while (v.n == BOOK_CHUNK);
    return book_send(b, "staff", v.unit_name);
}

static enum http
member(struct rq *rq)
{
    struct staff_get_row s;
    if (!load(rq, &s)) return HTTP_NOT_FOUND;
    struct staff_member_page v = { .rq = rq, .s = &s, .may_write = may(rq, STAFF_WRITE) };
    v.qualified = is_qualified(rq->db, s.area, s.id, today());
    v.posts_n = post_list(rq->db, &v.posts, s.area, s.id);
    v.certificates_n = certificate_list(rq->db, &v.certificates, s.area, s.id);
    if (v.may_write) v.phone = unseal(rq->arena, "staff.phone", s.phone);
    rq->title = s.name;
    staff_member_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- Forms ---- */

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    struct staff_units_row *rows;
    (void)f;
    *n = staff_units(rq->db, &rows, rq->who.unit);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++)
        all[i] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
    return all;
}

static enum http
draw(struct rq *rq, const struct form *form, const void *values, const struct staff_get_row *s, const char *title)
{
    struct staff_form_page v = { .rq = rq, .s = s, .form = form, .button = tr(rq->lang, T("保存")) };
    int64_t seen;
    v.from = (struct form_source){ .rq = rq, .values = values, .choices = offered, .arg = rq };
    if (form == &member_form && s != NULL && str_int(rq_param(rq, "version"), &seen) && seen != s->version) v.theirs = s;
    rq->title = str_of(tr(rq->lang, title));
    staff_form_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
add_page(struct rq *rq)
{
    struct member_form values = { .version = STR("0"), .unit = rq->who.focus, .employment = STR("full"), .born = NO_DATE,
                                  .service_from = NO_DATE, .started_on = today() };
    return draw(rq, &member_form, &values, NULL, T("登记人员"));
}

static enum http
edit_page(struct rq *rq)
{
    struct staff_get_row s;
    if (!load(rq, &s)) return HTTP_NOT_FOUND;
    struct member_form values = { str_fmt(rq->arena, "%lld", (long long)s.version), s.name, s.sex,
                                  unseal(rq->arena, "staff.phone", s.phone), s.employment, s.education, s.major, s.political, s.unit,
                                  s.born, s.service_from, s.started_on };
    return draw(rq, &member_form, &values, &s, T("修改人员"));
}

static enum http
post_page(struct rq *rq)
{
    struct staff_get_row s;
    if (!load(rq, &s)) return HTTP_NOT_FOUND;
    struct post_form values = { NO_STR, s.unit, today() };
    return draw(rq, &post_form, &values, &s, T("登记任职"));
}

static enum http
certificate_page(struct rq *rq)
{
    struct staff_get_row s;
    struct certificate_form values = { NO_STR, NO_STR, NO_DATE, NO_DATE, NO_DATE };
    return load(rq, &s) ? draw(rq, &certificate_form, &values, &s, T("登记证书")) : HTTP_NOT_FOUND;
}

static enum http
leave_page(struct rq *rq)
{
    struct staff_get_row s;
    struct leave_form values = { today() };
    return load(rq, &s) ? draw(rq, &leave_form, &values, &s, T("登记离职")) : HTTP_NOT_FOUND;
}

/* ---- Changes ---- */

static bool
member_check(struct rq *rq, void *form)
{
    const struct member_form *in = form;
    if (!scope_unit(rq, in->unit)) rq_invalid(rq, "unit", T("该单位不在您的范围内。"));
    if (date_known(in->service_from) && date_diff(in->started_on, in->service_from) < 0)
        rq_invalid(rq, "service_from", T("从事社会工作起始日期不能晚于入职日期。"));
    return rq->errors == NULL;
}

static bool
certificate_check(struct rq *rq, void *form)
{
    const struct certificate_form *in = form;
    if (date_known(in->registered_on) && date_diff(in->registered_on, in->issued_on) < 0)
        rq_invalid(rq, "registered_on", T("登记日期不能早于发证日期。"));
    return rq->errors == NULL;
}

static enum http
done(struct rq *rq, const struct staff_get_row *s, const char *action, const struct audit_changes *changes)
{
    audit_note(rq, s->area, action, "staff", s->id.v, changes, NO_STR);
    if (s->unit.v) rules_touch(rq->db, s->unit);
    return rq_done(rq, T("已保存"), "/staff/%lld", (long long)s->id.v);
}

static enum http
add_save(struct rq *rq)
{
    const struct member_form *in = rq->form;
    int64_t area = unit_area(rq->db, in->unit);
    struct staff_new s = { in->unit, in->name, in->sex, in->born, in->phone, in->employment, in->education, in->major, in->political,
                           in->service_from, in->started_on };
    struct staff_get_row made = { .id = staff_make(rq->db, area, &s), .area = area };
    return done(rq, &made, "create", NULL);
}

static enum http
edit_save(struct rq *rq)
{
    const struct member_form *in = rq->form;
    struct staff_get_row s;
    struct audit_changes c = { 0 };
    int64_t seen = 0;

    if (!load(rq, &s)) return HTTP_NOT_FOUND;
    str_int(in->version, &seen);
    if (unit_area(rq->db, in->unit) != s.area) return rq_invalid(rq, "unit", T("人员不能改到另一个县的单位，请在那里登记。"));
    struct str phone = unseal(rq->arena, "staff.phone", s.phone);
    if (staff_update(rq->db, .area = s.area, .id = s.id, .version = seen, .unit = in->unit, .name = in->name, .sex = in->sex, .born = in->born,
                     .phone = seal(rq->arena, "staff.phone", in->phone), .employment = in->employment, .education = in->education,
                     .major = in->major, .political = in->political, .service_from = in->service_from, .started_on = in->started_on) == 0)
        return rq_invalid(rq, NULL, T("您打开后别人保存过，请对照后再保存。"));
    rules_touch(rq->db, in->unit);      /* done() touches the unit he came from */
    audit_changed(&c, rq->arena, "name", s.name, in->name);
    audit_changed(&c, rq->arena, "unit", s.unit_name, unit_name(rq->db, in->unit));
    audit_changed(&c, rq->arena, "employment", s.employment, in->employment);
    audit_changed(&c, rq->arena, "education", s.education, in->education);
    audit_changed(&c, rq->arena, "major", s.major, in->major);
    audit_changed(&c, rq->arena, "political", s.political, in->political);
    if (!str_eq(phone, in->phone)) audit_changed_secret(&c, rq->arena, "phone");
    return done(rq, &s, "change", &c);
}

static enum http
post_save(struct rq *rq)
{
    const struct post_form *in = rq->form;
    struct staff_get_row s;
    if (!load(rq, &s)) return HTTP_NOT_FOUND;
    if (!scope_unit(rq, in->unit) || unit_area(rq->db, in->unit) != s.area) return rq_invalid(rq, "unit", T("该单位不在您的范围内。"));
    struct str why = post_start(rq->db, rq->lang, s.area, s.id, in->unit, in->kind, in->from);
    return why.n ? rq_invalid(rq, "kind", str_z(rq->arena, why)) : done(rq, &s, "post", NULL);
}

static enum http
post_stop(struct rq *rq)
{
    struct staff_get_row s;
    if (!load(rq, &s) || post_end(rq->db, s.area, (struct post_id){ rq->ids[1] }, s.id, today()) == 0) return HTTP_NOT_FOUND;
    return done(rq, &s, "end_post", NULL);
}

static enum http
certificate_save(struct rq *rq)
{
    const struct certificate_form *in = rq->form;
    struct staff_get_row s;
    if (!load(rq, &s)) return HTTP_NOT_FOUND;
    certificate_add(rq->db, s.area, s.id, in->level, in->number, in->issued_on, in->registered_on, in->valid_to);
    return done(rq, &s, "certificate", NULL);
}

static enum http
leave_save(struct rq *rq)
{
    const struct leave_form *in = rq->form;
    struct staff_get_row s;
    if (!load(rq, &s)) return HTTP_NOT_FOUND;
    if (date_diff(in->day, s.started_on) < 0) return rq_invalid(rq, "day", T("离职日期不能早于入职日期。"));
    staff_leave(rq->db, s.area, s.id, in->day);
    post_end_all(rq->db, s.area, s.id, in->day);
    return done(rq, &s, "leave", NULL);
}

static const struct route staff_routes[] = {
    GET("/staff/export", STAFF_READ, export, .title = T("导出人员"), .slow = true),
    GET("/staff", STAFF_READ, list, .title = T("人员")),
    GET("/staff/new", STAFF_WRITE, add_page, .title = T("登记人员")),
    POST("/staff/new", STAFF_WRITE, add_save, .form = &member_form, .redraw = add_page, .title = T("登记人员")),
    GET("/staff/:staff", STAFF_READ, member, .scope = in_scope, .title = T("人员")),
    GET("/staff/:staff/edit", STAFF_WRITE, edit_page, .scope = in_scope, .title = T("修改人员")),
    POST("/staff/:staff/edit", STAFF_WRITE, edit_save, .scope = in_scope, .form = &member_form, .redraw = edit_page, .title = T("修改人员")),
    GET("/staff/:staff/post", STAFF_WRITE, post_page, .scope = in_scope, .title = T("登记任职")),
    POST("/staff/:staff/post", STAFF_WRITE, post_save, .scope = in_scope, .form = &post_form, .redraw = post_page, .title = T("登记任职")),
    POST("/staff/:staff/post/:post/end", STAFF_WRITE, post_stop, .scope = in_scope, .form = &no_fields, .title = T("结束任职")),
    GET("/staff/:staff/certificate", STAFF_WRITE, certificate_page, .scope = in_scope, .title = T("登记证书")),
    POST("/staff/:staff/certificate", STAFF_WRITE, certificate_save, .scope = in_scope, .form = &certificate_form,
         .redraw = certificate_page, .title = T("登记证书")),
    GET("/staff/:staff/leave", STAFF_WRITE, leave_page, .scope = in_scope, .title = T("登记离职")),
    POST("/staff/:staff/leave", STAFF_WRITE, leave_save, .scope = in_scope, .form = &leave_form, .redraw = leave_page, .title = T("登记离职")),
};
static const size_t staff_routes_n = COUNT(staff_routes);

static const struct route *const routes[] = { staff_routes };
static const size_t *const routes_n[] = { &staff_routes_n };
const struct module staff_module = { "staff", routes, routes_n, COUNT(routes) };
