/* The client's consent to a referral that names its receiver, or the statute that makes it unnecessary (PIPL arts. 13, 23, 31). */
#include "audit/audit.h"
#include "people/consent_sql.h"
#include "people/consent_views.h"
#include "referral/referral_views.h"

const struct choice agreed_how[2] = { { "consent", T("已取得同意"), NULL }, { "legal", T("依法无需同意"), NULL } };

struct consent_form { struct str consent_how, consent_by, consent_relation, consent_way, legal_basis; struct date consent_on; };
static const struct field consent_fields[] = { AGREED_FIELDS(struct consent_form) };
static bool check(struct rq *rq, void *form);
const struct form referral_consent_form = FORM_CHECKED(struct consent_form, consent_fields, check);

bool
agreed_check(struct rq *rq, const struct agreed *in, struct date born)
{
    if (str_is(in->how, "legal")) return rq->errors == NULL;
    struct str capacity = in->capacity.n ? in->capacity : STR("full");
    bool guardian = consent_needs_guardian(STR("share"), capacity, born, date_known(in->on) ? in->on : today());
    if (guardian && !str_is(in->relation, "guardian")) rq_invalid(rq, "consent_relation", T("须由监护人同意。"));
    return rq->errors == NULL;
}

static bool
check(struct rq *rq, void *form)
{
    const struct consent_form *in = form;
    const struct referral *f = rq->record;
    struct person_head h;
    if (f == NULL || !person_head(rq->db, f->r.person, &h)) return true;
    return agreed_check(rq, &(struct agreed){ in->consent_how, in->consent_by, in->consent_relation, in->consent_way, in->legal_basis, h.capacity,
            in->consent_on }, h.born);
}

struct consent_id
agreed_keep(struct rq *rq, struct person_id person, struct case_id case_, const struct agreed *in, struct str receiver)
{
    int64_t area = id_area(person.v);
    struct consent_id id = { id_next(area) };
    if (!consent_texts_load(rq->db)) return (struct consent_id){ 0 };
    consent_insert(rq->db, .area = area, .id = id, .person = person, .case_file = case_, .kind = STR("share"),
                   .text_version = consent_version(rq->db, STR("share")), .capacity = in->capacity.n ? in->capacity : STR("full"),
                   .given_by = in->by, .relation = in->relation, .way = in->way, .receiver = receiver, .given_on = in->on, .by = rq->who.user);
    audit_note(rq, area, "change", "person", person.v, NULL, STR("consent share"));
    return id;
}

static struct consent_id
keep(struct rq *rq, const struct referral *f, const struct consent_form *in)
{
    struct person_head h;
    if (!person_head(rq->db, f->r.person, &h)) return (struct consent_id){ 0 };
    const struct agreed agreed = { in->consent_how, in->consent_by, in->consent_relation, in->consent_way, in->legal_basis, h.capacity, in->consent_on };
    return agreed_keep(rq, f->r.person, f->r.case_, &agreed, referral_receiver(rq->arena, &f->r));
}

static enum http
consent(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    const struct consent_form *in = rq->form;
    bool legal = str_is(in->consent_how, "legal");
    if (!f->sends) return HTTP_FORBIDDEN;
    if (f->r.person.v == 0 || !str_is(f->r.state, "draft")) return rq_fail(rq, HTTP_CONFLICT, T("当前状态不能进行此操作。"));
    if (!referral_complete(f)) return rq_fail(rq, HTTP_CONFLICT, T("请先把转介单填写完整：同意书须写明接收方。"));
    struct consent_id id = legal ? (struct consent_id){ 0 } : keep(rq, f, in);
    referral_set_consent(rq->db, .area = id_area(f->r.id.v), .id = f->r.id, .consent = id, .by = legal ? NO_STR : in->consent_by,
                         .relation = legal ? NO_STR : in->consent_relation, .way = legal ? NO_STR : in->consent_way,
                         .on = legal ? NO_DATE : in->consent_on, .basis = legal ? in->legal_basis : NO_STR);
    if (!referral_step(rq, f, "consented", legal ? in->legal_basis : in->consent_by)) return HTTP_CONFLICT;
    return rq_done(rq, T("已记录同意"), "/referrals/%lld", (long long)f->r.id.v);
}

const struct route agree_routes[] = {
    POST("/referrals/:referral/consent", CASE_WRITE, consent, .scope = referral_scope, .form = &referral_consent_form, .redraw = referral_show,
         .title = T("记录转介同意")),
};
const size_t agree_routes_n = COUNT(agree_routes);
