/* What changes a member of staff: entry, corrections, posts, certificates, leaving. */
#include "audit/audit.h"
#include "auth/session.h"
#include "auth/user.h"
#include "ledger/ledger.h"
#include "rules/run.h"
#include "seal/seal.h"
#include "staff/staff_html.h"
#include "staff/staff_views.h"

struct member_form {
    struct str version, name, sex, phone, employment, education, major, political, employer, contract, source;
    struct unit_id unit;
    struct date born, service_from, started_on, pledged_on;
};
#define MEMBER_FIELDS                                                                                                  \
    FIELD_HIDDEN(struct member_form, version),                                                                         \
        FIELD_TEXT(struct member_form, name, "姓名", .required = true, .max = 40),                                     \
        FIELD_CODE(struct member_form, sex, "sex", "性别", .required = true),                                          \
        FIELD_ID(struct member_form, unit, unit_id, F_UNIT, "所属单位", .required = true),                             \
        FIELD_CHOICE(struct member_form, employment, employments, "用工形式", .required = true),                       \
        FIELD_CHOICE(struct member_form, contract, contracts, "聘用方式"),                                             \
        FIELD_TEXT(struct member_form, employer, "聘用单位", .max = 120),                                              \
        FIELD_CHOICE(struct member_form, source, sources, "来源"),                                                     \
        FIELD_DATE(struct member_form, started_on, "入职日期", .required = true, .check = "past"),                     \
        FIELD_DATE(struct member_form, born, "出生日期", .check = "past"),                                             \
        FIELD_TEXT(struct member_form, phone, "电话", .check = "phone", .secret = true),                               \
        FIELD_CODE(struct member_form, education, "education", "学历"),                                                \
        FIELD_TEXT(struct member_form, major, "专业", .max = 40),                                                      \
        FIELD_CODE(struct member_form, political, "political", "政治面貌"),                                            \
        FIELD_DATE(struct member_form, service_from, "从事社会工作起始日期", .check = "past")
static const struct field member_fields[] = { MEMBER_FIELDS };
static const struct field entry_fields[] = {
    MEMBER_FIELDS,
    FIELD_DATE(struct member_form, pledged_on, "公益服务承诺书签署日期", .check = "past"),
};
static bool member_check(struct rq *rq, void *form);
static bool entry_check(struct rq *rq, void *form);
static const struct form member_form = FORM_CHECKED(struct member_form, member_fields, member_check);
static const struct form entry_form = FORM_CHECKED(struct member_form, entry_fields, entry_check);

struct post_form {
    struct str kind;
    struct unit_id unit;
    struct date from;
};
static const struct field post_fields[] = {
    FIELD_CHOICE(struct post_form, kind, post_kinds, "职务", .required = true),
    FIELD_ID(struct post_form, unit, unit_id, F_UNIT, "单位", .required = true),
    FIELD_DATE(struct post_form, from, "任职日期", .required = true),
};
static const struct form post_form = FORM(struct post_form, post_fields);

struct period_form {
    struct date from, to;
};
static const struct field period_fields[] = {
    FIELD_DATE(struct period_form, from, "任职日期", .required = true),
    FIELD_DATE(struct period_form, to, "结束日期", .check = "past"),
};
static const struct form period_form = FORM(struct period_form, period_fields);

struct certificate_form {
    struct str level, number;
    struct date issued_on, registered_on, valid_to;
};
static bool certificate_check(struct rq *rq, void *form);
static const struct field certificate_fields[] = {
    FIELD_CODE(struct certificate_form, level, "worker_certificate", "证书级别", .required = true),
    FIELD_TEXT(struct certificate_form, number, "证书编号", .required = true, .max = 40),
    FIELD_DATE(struct certificate_form, issued_on, "发证日期", .required = true, .check = "past"),
    FIELD_DATE(struct certificate_form, registered_on, "登记日期", .check = "past"),
    FIELD_DATE(struct certificate_form, valid_to, "登记有效期至"),
};
static const struct form certificate_form =
    FORM_CHECKED(struct certificate_form, certificate_fields, certificate_check);

struct leave_form {
    struct date day;
};
static const struct field leave_fields[] = { FIELD_DATE(struct leave_form, day, "离职日期", .required = true) };
static const struct form leave_form = FORM(struct leave_form, leave_fields);

/* ---- Forms ---- */

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    (void)f;
    return ledger_units_offered(from->arg, n);
}

static enum http
draw(struct rq *rq, const struct form *form, const void *values, const struct staff_get_row *s, const char *title)
{
    struct staff_form_page v = { .rq = rq, .s = s, .form = form };
    int64_t seen;
    v.from = (struct form_source){ .rq = rq, .values = values, .choices = offered, .arg = rq };
    if (s != NULL && form == &member_form && str_int(rq_param(rq, "version"), &seen) && seen != s->version)
        v.theirs = s;
    rq->title = str_of(tr(rq->lang, title));
    staff_form_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
add_page(struct rq *rq)
{
    struct member_form values = { .version = STR("0"),
                                  .unit = rq->who.focus,
                                  .employment = STR("full"),
                                  .born = NO_DATE,
                                  .service_from = NO_DATE,
                                  .started_on = today(),
                                  .pledged_on = NO_DATE };
    return draw(rq, &entry_form, &values, NULL, T("登记人员"));
}

static enum http
edit_page(struct rq *rq)
{
    struct staff_get_row s;
    if (!staff_load(rq, &s)) return HTTP_NOT_FOUND;
    struct member_form values = { str_fmt(rq->arena, "%lld", (long long)s.version),
                                  s.name,
                                  s.sex,
                                  unseal(rq->arena, "staff.phone", s.phone),
                                  s.employment,
                                  s.education,
                                  s.major,
                                  s.political,
                                  s.employer,
                                  s.contract,
                                  s.source,
                                  s.unit,
                                  s.born,
                                  s.service_from,
                                  s.started_on,
                                  NO_DATE };
    return draw(rq, &member_form, &values, &s, T("修改人员"));
}

static enum http
post_page(struct rq *rq)
{
    struct staff_get_row s;
    if (!staff_load(rq, &s)) return HTTP_NOT_FOUND;
    struct post_form values = { NO_STR, s.unit, today() };
    return draw(rq, &post_form, &values, &s, T("登记任职"));
}

static enum http
period_page(struct rq *rq)
{
    struct staff_get_row s;
    struct post_get_row p;
    if (!staff_load(rq, &s) || !post_get(rq->db, &p, s.area, (struct post_id){ rq->ids[1] }, s.id))
        return HTTP_NOT_FOUND;
    struct period_form values = { p.from_on, date_known(p.to_on) ? p.to_on : today() };
    return draw(rq, &period_form, &values, &s, T("修改任职"));
}

/* With a second id: a certificate that is corrected, else a new one. */
static enum http
certificate_page(struct rq *rq)
{
    struct staff_get_row s;
    struct certificate_get_row c;
    struct certificate_form values = { NO_STR, NO_STR, NO_DATE, NO_DATE, NO_DATE };
    if (!staff_load(rq, &s)) return HTTP_NOT_FOUND;
    if (rq->ids[1] == 0) return draw(rq, &certificate_form, &values, &s, T("登记证书"));
    if (!certificate_get(rq->db, &c, s.area, (struct certificate_id){ rq->ids[1] }, s.id)) return HTTP_NOT_FOUND;
    values = (struct certificate_form){ c.level, c.number, c.issued_on, c.registered_on, c.valid_to };
    return draw(rq, &certificate_form, &values, &s, T("修改证书"));
}

static enum http
leave_page(struct rq *rq)
{
    struct staff_get_row s;
    struct leave_form values = { today() };
    return staff_load(rq, &s) ? draw(rq, &leave_form, &values, &s, T("登记离职")) : HTTP_NOT_FOUND;
}

/* ---- Changes ---- */

static struct str
iso(struct arena *a, struct date d)
{
    char z[16];
    return str_dup(a, (struct str){ z, date_print(d, z) });
}

static bool
member_check(struct rq *rq, void *form)
{
    const struct member_form *in = form;
    if (!scope_unit(rq, in->unit)) rq_invalid(rq, "unit", T("该单位不在您的范围内。"));
    if (date_known(in->service_from) && date_diff(in->started_on, in->service_from) < 0)
        rq_invalid(rq, "service_from", T("从事社会工作起始日期不能晚于入职日期。"));
    return rq->errors == NULL;
}

/* Where the pledge comes before the entry, nobody is entered without it (HNG-15, R-HNG-N1). */
const char *
staff_pledge_refused(const struct profile *p, struct date pledged_on, struct date started_on)
{
    if (!rule_on(rule_find(STR("R-HNG-N1")), p)) return NULL;
    if (!date_known(pledged_on)) return T("当地规定入职前须签署公益服务承诺书。");
    return date_diff(pledged_on, started_on) > 0 ? T("承诺书须在入职当日或以前签署。") : NULL;
}

/* Affairs are handled in the township, services are given in the villages (GD-08). */
const char *
staff_post_refused(const struct unit_level *level, struct str kind)
{
    bool refused = str_is(kind, "service") && rule_on(rule_find(STR("R-GD-S2")), level->profile) &&
                   !str_is(level->rule->scope, "village");
    return refused ? T("服务性岗位设在村（社区），请选择社工点。") : NULL;
}

static bool
entry_check(struct rq *rq, void *form)
{
    const struct member_form *in = form;
    struct unit_level level;
    if (!member_check(rq, form) || !unit_level_of(rq->db, in->unit, &level)) return false;
    const char *why = staff_pledge_refused(level.profile, in->pledged_on, in->started_on);
    if (why != NULL) rq_invalid(rq, "pledged_on", why);
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

void
staff_file_change(struct rq *rq, struct unit_id unit, struct staff_id staff, const char *kind, struct date on)
{
    struct unit_level level;
    const struct rule *r = rule_find(STR("R-HNG-N2"));
    bool set = false;
    if (!unit_level_of(rq->db, unit, &level) || !rule_on(r, level.profile)) return;
    struct value days = profile_rule_param(level.profile, r, STR("days"), &set);
    if (!set) days = r->params[0].value;
    struct entry e = { NO_ENTRY,       .unit = unit,
                       .staff = staff, .kind = str_of(kind),
                       .on = on,       .until = date_add(on, (int)days.n) };
    ledger_add(rq->db, unit_area(rq->db, unit), "staff_filing", &e, rq->who.user);
}

void
staff_entered(struct rq *rq, struct staff_id staff, struct unit_id unit, struct date on, struct date pledged_on)
{
    struct entry pledge = { NO_ENTRY, .unit = unit, .staff = staff, .kind = STR("service"), .on = pledged_on };
    pledge.title = str_of(tr(rq->lang, T("入职时签署")));
    if (date_known(pledged_on)) ledger_add(rq->db, unit_area(rq->db, unit), "pledge", &pledge, rq->who.user);
    staff_file_change(rq, unit, staff, "join", on);
}

static enum http
add_save(struct rq *rq)
{
    const struct member_form *in = rq->form;
    int64_t area = unit_area(rq->db, in->unit);
    struct staff_new s = { in->unit,       in->name,      in->sex,      in->born,      in->phone,
                           in->employment, in->education, in->major,    in->political, in->service_from,
                           in->started_on, in->employer,  in->contract, in->source };
    struct staff_get_row made = { .id = staff_make(rq->db, area, &s), .area = area };
    staff_entered(rq, made.id, in->unit, in->started_on, in->pledged_on);
    return done(rq, &made, "create", NULL);
}

static enum http
edit_save(struct rq *rq)
{
    const struct member_form *in = rq->form;
    struct staff_get_row s;
    struct audit_changes c = { 0 };
    int64_t seen = 0;

    if (!staff_load(rq, &s)) return HTTP_NOT_FOUND;
    str_int(in->version, &seen);
    if (in->unit.v != s.unit.v) return rq_invalid(rq, "unit", T("换单位请用“调配”，以免岗位和个案无人负责。"));
    struct str phone = unseal(rq->arena, "staff.phone", s.phone);
    if (staff_update(rq->db, .area = s.area, .id = s.id, .version = seen, .unit = in->unit, .name = in->name,
                     .sex = in->sex, .born = in->born, .phone = seal(rq->arena, "staff.phone", in->phone),
                     .employment = in->employment, .education = in->education, .major = in->major,
                     .political = in->political, .service_from = in->service_from, .started_on = in->started_on,
                     .employer = in->employer, .contract = in->contract, .source = in->source) == 0)
        return rq_invalid(rq, NULL, T("您打开后别人保存过，请对照后再保存。"));
    audit_changed(&c, rq->arena, "name", s.name, in->name);
    audit_changed(&c, rq->arena, "employer", s.employer, in->employer);
    audit_changed(&c, rq->arena, "contract", s.contract, in->contract);
    audit_changed(&c, rq->arena, "source", s.source, in->source);
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
    struct unit_level level;
    struct post_heads_row heads;
    if (!staff_load(rq, &s)) return HTTP_NOT_FOUND;
    if (!scope_unit(rq, in->unit) || unit_area(rq->db, in->unit) != s.area || !unit_level_of(rq->db, in->unit, &level))
        return rq_invalid(rq, "unit", T("该单位不在您的范围内。"));
    const char *refused = staff_post_refused(&level, in->kind);
    if (refused != NULL) return rq_invalid(rq, "unit", refused);
    if (str_is(in->kind, "head") && post_heads(rq->db, &heads, s.area, in->unit, in->from) && heads.total > 0)
        return rq_invalid(rq, "kind", T("该单位已有在任负责人，请先结束其任职。"));
    struct str why = post_start(rq->db, rq->lang, s.area, s.id, in->unit, in->kind, in->from);
    return why.n ? rq_invalid(rq, "kind", str_z(rq->arena, why)) : done(rq, &s, "post", NULL);
}

static enum http
period_save(struct rq *rq)
{
    const struct period_form *in = rq->form;
    struct staff_get_row s;
    struct post_get_row p;
    struct audit_changes c = { 0 };
    if (!staff_load(rq, &s) || !post_get(rq->db, &p, s.area, (struct post_id){ rq->ids[1] }, s.id))
        return HTTP_NOT_FOUND;
    if (date_known(in->to) && date_diff(in->to, in->from) < 0)
        return rq_invalid(rq, "to", T("结束日期不能早于任职日期。"));
    post_dates(rq->db, .area = s.area, .id = { rq->ids[1] }, .staff = s.id, .from_on = in->from, .to_on = in->to);
    audit_changed(&c, rq->arena, "from", iso(rq->arena, p.from_on), iso(rq->arena, in->from));
    audit_changed(&c, rq->arena, "to", iso(rq->arena, p.to_on), iso(rq->arena, in->to));
    rules_touch(rq->db, p.unit);
    return done(rq, &s, "change_post", &c);
}

static enum http
certificate_save(struct rq *rq)
{
    const struct certificate_form *in = rq->form;
    struct staff_get_row s;
    if (!staff_load(rq, &s)) return HTTP_NOT_FOUND;
    if (rq->ids[1] == 0)
        certificate_add(rq->db, s.area, s.id, in->level, in->number, in->issued_on, in->registered_on, in->valid_to);
    else if (certificate_update(rq->db, .area = s.area, .id = { rq->ids[1] }, .staff = s.id, .level = in->level,
                                .number = in->number, .issued_on = in->issued_on, .registered_on = in->registered_on,
                                .valid_to = in->valid_to) == 0)
        return HTTP_NOT_FOUND;
    return done(rq, &s, rq->ids[1] ? "change_certificate" : "certificate", NULL);
}

static enum http
leave_save(struct rq *rq)
{
    const struct leave_form *in = rq->form;
    struct staff_get_row s;
    struct change_cases_row cases;
    if (!staff_load(rq, &s)) return HTTP_NOT_FOUND;
    if (date_diff(in->day, s.started_on) < 0) return rq_invalid(rq, "day", T("离职日期不能早于入职日期。"));
    if (change_cases(rq->db, &cases, s.area, s.id) && cases.total > 0)
        return rq_invalid(
            rq, "day",
            tr_fmt(rq->arena, rq->lang, T("他还是 %lld 个在办个案的责任社工，请先移交。"), (long long)cases.total).p);
    staff_leave(rq->db, s.area, s.id, in->day);
    post_end_all(rq->db, s.area, s.id, in->day);
    change_supervision(rq->db, s.area, s.id, in->day);
    user_left(rq, s.id, s.left_on, in->day);
    staff_file_change(rq, s.unit, s.id, "leave", in->day);
    return done(rq, &s, "leave", NULL);
}

const struct route staff_change_routes[] = {
    GET("/staff/new", STAFF_WRITE, add_page, .title = T("登记人员")),
    POST("/staff/new", STAFF_WRITE, add_save, .form = &entry_form, .redraw = add_page, .title = T("登记人员")),
    GET("/staff/:staff/edit", STAFF_WRITE, edit_page, .scope = staff_scope, .title = T("修改人员")),
    POST("/staff/:staff/edit", STAFF_WRITE, edit_save, .scope = staff_scope, .form = &member_form, .redraw = edit_page,
         .title = T("修改人员")),
    GET("/staff/:staff/post", STAFF_WRITE, post_page, .scope = staff_scope, .title = T("登记任职")),
    POST("/staff/:staff/post", STAFF_WRITE, post_save, .scope = staff_scope, .form = &post_form, .redraw = post_page,
         .title = T("登记任职")),
    GET("/staff/:staff/post/:post", STAFF_WRITE, period_page, .scope = staff_scope, .title = T("修改任职")),
    POST("/staff/:staff/post/:post", STAFF_WRITE, period_save, .scope = staff_scope, .form = &period_form,
         .redraw = period_page, .title = T("修改任职")),
    GET("/staff/:staff/certificate", STAFF_WRITE, certificate_page, .scope = staff_scope, .title = T("登记证书")),
    POST("/staff/:staff/certificate", STAFF_WRITE, certificate_save, .scope = staff_scope, .form = &certificate_form,
         .redraw = certificate_page, .title = T("登记证书")),
    GET("/staff/:staff/certificate/:certificate", STAFF_WRITE, certificate_page, .scope = staff_scope,
        .title = T("修改证书")),
    POST("/staff/:staff/certificate/:certificate", STAFF_WRITE, certificate_save, .scope = staff_scope,
         .form = &certificate_form, .redraw = certificate_page, .title = T("修改证书")),
    GET("/staff/:staff/leave", STAFF_WRITE, leave_page, .scope = staff_scope, .title = T("登记离职")),
    POST("/staff/:staff/leave", STAFF_WRITE, leave_save, .scope = staff_scope, .form = &leave_form,
         .redraw = leave_page, .title = T("登记离职")),
};
const size_t staff_change_routes_n = COUNT(staff_change_routes);
