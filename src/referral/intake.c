/* A referral that is taken on becomes a person, found or new, and an intake, in one step; one to a colleague a hand-over. */
#include "audit/audit.h"
#include "auth/session.h"
#include "referral/referral_views.h"

struct accept { struct str client, reason, sign; struct user_id worker; };
static const struct field accept_fields[] = {
    FIELD_OFFERED(struct accept, client, "服务对象"),
    FIELD_ID(struct accept, worker, user_id, F_STAFF, "责任社工", .required = true),
    FIELD_LONG(struct accept, reason, "答复", .max = 1000, .help = "转出方会看到，例如首次联系的时间。"),
    FIELD_SIGN(struct accept, sign, "接收人签名", .required = true, .wide = true),
};
const struct form referral_accept_form = FORM(struct accept, accept_fields);

static struct person_new
client_in(struct rq *rq, const struct referral *f)
{
    const json_t *doc = share_open(rq->arena, f->r.shared);
    struct person_new p = { .area = id_area(f->r.id.v), .unit = f->r.to_unit, .name = f->r.name, .sex = doc_text(doc, "sex_code"),
            .idno = doc_text(doc, "idno"),
                            .phone = doc_text(doc, "phone"), .address = doc_text(doc, "address"), .born = NO_DATE };
    date_parse(doc_text(doc, "born"), &p.born);
    return p;
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    const struct referral_page *v = from->arg;
    struct rq *rq = v->rq;
    struct case_workers_row *rows;
    if (f->kind == F_SINGLE) return person_match_choices(rq, v->matches, v->matches_n, n);
    *n = case_workers(rq->db, &rows, v->f->r.to_unit);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)                      /* a worker takes it himself; the head gives it to somebody */
        if (may(rq, CASE_ASSIGN) || rows[i].id.v == rq->who.user.v)
            all[kept++] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
    *n = kept;
    return all;
}

void
referral_accept_fill(struct rq *rq, struct referral *f, struct referral_page *v)
{
    struct accept *fresh = NEW(rq->arena, struct accept, 1);
    if (f->r.person.v == 0) {
        struct person_new in = client_in(rq, f);
        v->matches_n = person_matches(rq, &in, &v->matches, &v->unseen);
    }
    bool sure = v->matches_n > 0 && v->matches[0].sure;
    *fresh = (struct accept){ .worker = f->r.to_account.v ? f->r.to_account : rq->who.user,
                              .client = sure ? str_fmt(rq->arena, "%lld", (long long)v->matches[0].id.v) : v->matches_n ? NO_STR : STR("new") };
    v->accept_from = (struct form_source){ .rq = rq, .values = fresh, .choices = offered, .arg = v };
}

/* ---- The step ---- */

static bool
worker_of(struct rq *rq, struct unit_id unit, struct user_id who)
{
    struct case_workers_row *rows;
    size_t n = case_workers(rq->db, &rows, unit);
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == who.v) return who.v == rq->who.user.v || may(rq, CASE_ASSIGN);
    return false;
}

static const char *
find_or_make(struct rq *rq, const struct referral *f, struct str chosen, struct person_id *person)
{
    struct person_new in = client_in(rq, f);
    return person_settle(rq, &in, chosen, doc_text(share_open(rq->arena, f->r.shared), "category_code"), f->r.no,
                         person);
}

/* What form A begins with: where the client comes from, and what was told. */
static void
begin_intake(struct rq *rq, const struct referral *f, struct doc_id form_a)
{
    const struct referral_get_row *r = &f->r;
    const json_t *doc = share_open(rq->arena, r->shared);
    const struct doc_preset values[] = {
        { "source", r->source.n ? r->source : STR("agency") }, { "source_detail", referral_sender(rq->arena, r) },
        { "presenting_problem", doc_text(doc, "summary") }, { "tried_before", doc_text(doc, "done") },
        { "urgency", str_fmt(rq->arena, "%lld", (long long)r->urgency) }, { "catalogue_codes", r->services },
    };
    case_preset(rq, form_a, values, COUNT(values));
}

/* The case: an intake, or the one that the person has here already.  An answer in words when it cannot be. */
static struct str
open_case(struct rq *rq, struct referral *f, struct person_id person, struct user_id worker, struct case_id *made)
{
    struct case_open_of_person_row open;
    struct casefile k;
    struct doc_id form_a;
    struct str why = case_open(rq, person, worker, f->r.case_, made, &form_a);
    if (why.n == 0) {
        referral_set_client(rq->db, id_area(f->r.id.v), f->r.id, person, *made);
        begin_intake(rq, f, form_a);
        return NO_STR;
    }
    bool here = case_open_of_person(rq->db, &open, id_area(person.v), person) && case_load(rq, id_area(person.v), open.id, &k) && scope_unit(rq, k.c.unit);
    if (!here) return why;
    *made = open.id;
    referral_set_client(rq->db, id_area(f->r.id.v), f->r.id, person, open.id);
    referral_case_moved(rq, &k);
    return NO_STR;
}

/* From one worker to another: an open case changes hands with both signatures. */
static bool
hand_over(struct rq *rq, struct referral *f, const struct accept *in)
{
    struct casefile k;
    if (!str_is(f->r.direction, "internal") || f->r.case_.v == 0 || !case_load(rq, id_area(f->r.case_.v), f->r.case_, &k)) return false;
    if (!state_is_open(k.c.state)) return false;
    case_hand_over(rq, f->r.case_, k.c.worker, in->worker, f->r.no, f->r.sign_from, in->sign);
    referral_set_client(rq->db, id_area(f->r.id.v), f->r.id, f->r.person, f->r.case_);
    k.c.worker = in->worker;
    referral_case_moved(rq, &k);
    return true;
}

static enum http
accept(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    const struct accept *in = rq->form;
    struct person_id person = f->r.person;
    struct person_head h;
    struct case_id made = f->r.case_;
    bool open = str_is(f->r.state, "sent") || str_is(f->r.state, "received");

    if (!f->receives) return HTTP_FORBIDDEN;
    if (!open) return rq_fail(rq, HTTP_CONFLICT, T("当前状态不能进行此操作。"));
    if (!worker_of(rq, f->r.to_unit, in->worker)) return rq_invalid(rq, "worker", T("请从列表中选择。"));
    const char *wrong = person.v ? NULL : find_or_make(rq, f, in->client, &person);
    if (wrong != NULL) return rq_invalid(rq, "client", wrong);
    if (!person_head(rq->db, person, &h)) return HTTP_NOT_FOUND;
    if (!referral_accept(rq, f, in->worker, in->reason, rq->who.name, in->sign)) return HTTP_CONFLICT;
    if (!hand_over(rq, f, in)) {
        if (f->r.person.v && h.unit.v != f->r.to_unit.v && !scope_unit(rq, h.unit))
            person_move_unit(rq, person, h.unit, f->r.to_unit, f->r.no);
        struct str why = open_case(rq, f, person, in->worker, &made);
        if (why.n) return rq_fail(rq, HTTP_CONFLICT, why.p);
    }
    return rq_done(rq, T("已接收，个案已建立"), "/cases/%lld", (long long)made.v);
}

const struct route intake_routes[] = {
    POST("/referrals/:referral/accept", CASE_WRITE, accept, .scope = referral_scope, .form = &referral_accept_form, .redraw = referral_show,
         .title = T("接收转介")),
};
const size_t intake_routes_n = COUNT(intake_routes);
