/* A referral to the station: from a clerk with an account, or from a hospital, school, authority, grid worker … by a worker. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/idno.h"
#include "codes/phone.h"
#include "referral/in_html.h"
#include "referral/referral_views.h"

struct in_form {
    struct str source, from_org, from_person, from_phone, client_kind, name, sex, idno, phone, address, category, guardian;
    struct str reason, reason_note, services, service_class, urgency, summary, done;
    struct str consent_how, consent_by, consent_relation, consent_way, legal_basis, sign;
    struct unit_id unit;
    struct date born, consent_on;
};
static const struct choice kinds[] = { { "person", T("个人"), NULL }, { "family", T("家庭"), NULL } };

#define FIELDS_OF_ALL \
    FIELD_CHOICE(struct in_form, client_kind, kinds, "转介对象", .required = true), \
    FIELD_TEXT(struct in_form, name, "姓名", .required = true, .max = 60, .help = "家庭填写户主或主要联系人。"), \
    FIELD_CODE(struct in_form, sex, "sex", "性别"), \
    FIELD_DATE(struct in_form, born, "出生日期", .check = "past"), \
    FIELD_TEXT(struct in_form, idno, "证件号码", .max = 30, .secret = true, .help = "居民身份证号码会核对；没有时可以不填。"), \
    FIELD_TEXT(struct in_form, phone, "联系电话", .max = 30, .check = "phone", .secret = true), \
    FIELD_TEXT(struct in_form, address, "住址", .max = 200, .secret = true, .wide = true), \
    FIELD_OFFERED(struct in_form, category, "人群类别"), \
    FIELD_TEXT(struct in_form, guardian, "监护人及其电话", .max = 120), \
    FIELD_CODE(struct in_form, reason, "referral_reason", "转介原因", .required = true), \
    FIELD_TEXT(struct in_form, reason_note, "原因说明", .max = 200, .if_field = "reason", .if_values = "other", .required_if_shown = true), \
    FIELD_OFFERED_SEVERAL(struct in_form, services, "期望服务", .required = true, .wide = true), \
    FIELD_CODE(struct in_form, service_class, "referral_class", "服务类型", .required = true), \
    FIELD_CODE(struct in_form, urgency, "urgency", "紧急程度", .required = true), \
    FIELD_LONG(struct in_form, summary, "案情摘要", .required = true, .max = 3000, .help = "只写社工站提供服务所需要的内容。"), \
    FIELD_LONG(struct in_form, done, "已提供的帮助", .max = 2000), \
    AGREED_FIELDS(struct in_form)

static const struct field clerk_fields[] = {
    FIELD_ID(struct in_form, unit, unit_id, F_UNIT, "接收单位", .required = true),
    FIELD_TEXT(struct in_form, from_org, "转出单位", .required = true, .max = 120),
    FIELD_TEXT(struct in_form, from_phone, "经办人电话", .required = true, .max = 30, .check = "phone"),
    FIELDS_OF_ALL,
    FIELD_SIGN(struct in_form, sign, "经办人签名", .required = true, .wide = true),
};
static const struct field worker_fields[] = {
    FIELD_OFFERED(struct in_form, source, "转介来源", .required = true),
    FIELD_TEXT(struct in_form, from_org, "转出单位", .required = true, .max = 120),
    FIELD_TEXT(struct in_form, from_person, "经办人", .required = true, .max = 60),
    FIELD_TEXT(struct in_form, from_phone, "经办人电话", .required = true, .max = 30, .check = "phone"),
    FIELDS_OF_ALL,
};
static bool check(struct rq *rq, void *form);
static const struct form clerk_form = FORM_CHECKED(struct in_form, clerk_fields, check);
static const struct form worker_form = FORM_CHECKED(struct in_form, worker_fields, check);

/* Where somebody may be referred from, and the categories that may be named on the way. */
static size_t
sources(struct arena *a, const struct choice **out)
{
    size_t n, kept = 0;
    const struct code_entry *all = codes_entries(codes_table("case_source"), &n);
    struct choice *some = NEW(a, struct choice, n + 1);
    for (size_t i = 0; i < n; i++)
        if (codes_flag(&all[i], "referral") || str_is(all[i].code, "hotline") || str_is(all[i].code, "relatives") || str_is(all[i].code, "self"))
            some[kept++] = (struct choice){ all[i].code.p, all[i].zh, all[i].en };
    *out = some;
    return kept;
}

static size_t
categories(struct arena *a, const struct choice **out)
{
    size_t n, kept = 0;
    const struct code_entry *all = codes_entries(codes_table("client_category"), &n);
    struct choice *some = NEW(a, struct choice, n + 1);
    for (size_t i = 0; i < n; i++)
        if (all[i].level <= 2 && codes_valid(codes_table("client_category"), all[i].code, today()))
            some[kept++] = (struct choice){ all[i].code.p, all[i].zh, all[i].en };
    *out = some;
    return kept;
}

static bool
among(struct str code, const struct choice *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(code, all[i].code)) return true;
    return false;
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    const struct choice *list;
    struct referral_stations_row *stations;
    if (f->kind == F_MULTI) return service_choices(n);
    if (f->kind == F_UNIT) {
        size_t kept = 0;
        *n = referral_stations(rq->db, &stations, rq->who.area);
        struct choice *all = NEW(rq->arena, struct choice, *n + 1);
        for (size_t i = 0; i < *n; i++)
            all[kept++] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)stations[i].id.v).p, stations[i].name.p, stations[i].name.p };
        return all;
    }
    *n = strcmp(f->name, "source") == 0 ? sources(rq->arena, &list) : categories(rq->arena, &list);
    return list;
}

static void
check_idno(struct rq *rq, struct in_form *in)
{
    struct idno id;
    enum idno_fault fault = idno_parse(in->idno, today(), IDNO_AGE_LIMIT, &id);
    if (fault != IDNO_OK) {
        rq_invalid(rq, "idno", idno_fault_text(fault));
        return;
    }
    in->idno = str_dup(rq->arena, str_of(id.text));
    if (!date_known(in->born)) in->born = id.born;
    if (in->sex.n == 0) in->sex = str_fmt(rq->arena, "%c", id.sex);
    if (in->born.days != id.born.days) rq_invalid(rq, "born", T("与证件号码不一致。"));
}

static bool
check(struct rq *rq, void *form)
{
    struct in_form *in = form;
    const struct choice *groups, *from;
    struct referral_stations_row *stations;
    struct phone phone;
    size_t n = referral_stations(rq->db, &stations, rq->who.area), i = 0, groups_n = categories(rq->arena, &groups), from_n = sources(rq->arena, &from);
    bool clerk = rq->route->form == &clerk_form;
    if (!services_known(in->services)) rq_invalid(rq, "services", T("请从列表中选择。"));
    if (in->category.n && !among(in->category, groups, groups_n)) rq_invalid(rq, "category", T("请从列表中选择。"));
    if (!clerk && !among(in->source, from, from_n)) rq_invalid(rq, "source", T("请从列表中选择。"));
    while (i < n && stations[i].id.v != in->unit.v) i++;
    if (clerk && i == n) rq_invalid(rq, "unit", T("请从列表中选择。"));
    if (in->idno.n) check_idno(rq, in);
    if (in->phone.n && phone_parse(in->phone, &phone) != PHONE_BAD) in->phone = str_dup(rq->arena, str_of(phone.text));
    return agreed_check(rq, &(struct agreed){ in->consent_how, in->consent_by, in->consent_relation, in->consent_way, in->legal_basis, NO_STR, in->consent_on },
                        in->born);
}

static enum http
draw(struct rq *rq, const struct form *form)
{
    struct in_form *fresh = NEW(rq->arena, struct in_form, 1);
    struct referral_form_page v = { .rq = rq, .form = form, .from = { .rq = rq, .values = fresh, .choices = offered, .arg = rq },
            .back = url_of("/referrals") };
    *fresh = (struct in_form){ .client_kind = STR("person"), .urgency = STR("4"), .born = NO_DATE, .consent_on = today(), .unit = rq->who.unit,
                               .consent_how = STR("consent") };
    rq->title = str_of(tr(rq->lang, form == &clerk_form ? T("转介给社工站") : T("登记转入")));
    in_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
add_worker(struct rq *rq)
{
    return draw(rq, &worker_form);
}

static enum http
add_clerk(struct rq *rq)
{
    if (may(rq, CASE_WRITE)) return rq_redirect(rq, "/referrals/in");
    return draw(rq, &clerk_form);
}

static json_t *
given(struct rq *rq, const struct in_form *in, struct str *fields)
{
    char born[16];
    date_print(in->born, born);
    struct { const char *key; struct str value; } all[] = {
        { "name", in->name }, { "sex", in->sex.n ? str_of(codes_label(codes_table("sex"), in->sex, LANG_ZH)) : NO_STR }, { "born", str_of(born) },
        { "phone", in->phone }, { "category", in->category.n ? str_of(codes_label(codes_table("client_category"), in->category, LANG_ZH)) : NO_STR },
        { "summary", in->summary }, { "done", in->done }, { "guardian", in->guardian }, { "idno", in->idno }, { "address", in->address },
        { "sex_code", in->sex }, { "category_code", in->category },
    };
    struct buf list = { .arena = rq->arena };
    json_t *doc = json_object();
    for (size_t i = 0; i < COUNT(all); i++) {
        if (all[i].value.n == 0) continue;
        json_object_set_new(doc, all[i].key, json_stringn(all[i].value.p, all[i].value.n));
        if (strstr(all[i].key, "_code") == NULL) putf(&list, "%s,", all[i].key);
    }
    *fields = share_fields(rq->arena, buf_str(&list));
    return doc;
}

/* All steps at once: who refers has asked the client before he came here. */
static bool
make(struct rq *rq, const struct in_form *in, struct unit_id to, struct str source, struct str person, struct referral *f)
{
    struct str fields;
    json_t *doc = given(rq, in, &fields);
    int64_t area = rq->who.area, urgency;
    struct referral_id id = { id_next(area) };
    bool legal = str_is(in->consent_how, "legal");
    referral_insert(rq->db, .area = area, .id = id, .no = referral_number(rq, to), .direction = STR("in"), .source = source, .from_account = rq->who.user,
        .from_org = in->from_org, .from_person = person, .from_phone = in->from_phone, .to_unit = to, .client_kind = in->client_kind, .name = in->name,
        .level = share_level(fields, 0, in->born), .shared = share_seal(rq->arena, doc), .fields = fields, .reason = in->reason,
        .reason_note = in->reason_note, .services = in->services, .service_class = in->service_class,
        .urgency = str_int(in->urgency, &urgency) ? urgency : 4, .at = instant_now());
    json_decref(doc);
    referral_set_consent(rq->db, .area = area, .id = id, .by = legal ? NO_STR : in->consent_by, .relation = legal ? NO_STR : in->consent_relation,
                         .way = legal ? NO_STR : in->consent_way, .on = legal ? NO_DATE : in->consent_on, .basis = legal ? in->legal_basis : NO_STR);
    audit_note(rq, area, "create", "referral", id.v, NULL, NO_STR);
    return referral_load(rq, id, f) && referral_step(rq, f, "consented", NO_STR) && referral_send(rq, f, in->sign);
}

static enum http
create_clerk(struct rq *rq)
{
    const struct in_form *in = rq->form;
    struct referral f;
    if (may(rq, CASE_WRITE)) return HTTP_FORBIDDEN;
    if (!make(rq, in, in->unit, STR("clerk"), rq->who.name, &f)) return HTTP_CONFLICT;
    return rq_done(rq, T("已发出，社工站会尽快答复"), "/referrals/%lld", (long long)f.r.id.v);
}

/* On paper or by telephone: it is here already. */
static enum http
create_worker(struct rq *rq)
{
    const struct in_form *in = rq->form;
    struct referral f;
    if (!make(rq, in, rq->who.unit, in->source, in->from_person, &f) || !referral_step(rq, &f, "received", NO_STR)) return HTTP_CONFLICT;
    return rq_done(rq, T("已登记"), "/referrals/%lld", (long long)f.r.id.v);
}

const struct route in_routes[] = {
    GET("/referrals/in", CASE_WRITE, add_worker, .title = T("登记转入")),
    POST("/referrals/in", CASE_WRITE, create_worker, .form = &worker_form, .redraw = add_worker, .title = T("登记转入")),
    GET("/referrals/refer", REFERRAL_WRITE, add_clerk, .title = T("转介给社工站")),
    POST("/referrals/refer", REFERRAL_WRITE, create_clerk, .form = &clerk_form, .redraw = add_clerk, .title = T("转介给社工站")),
};
const size_t in_routes_n = COUNT(in_routes);
