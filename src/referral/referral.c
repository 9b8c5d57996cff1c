/* Referrals: the list, one referral as each side may see it, its papers. */
#include "audit/audit.h"
#include "http/shape.h"
#include "referral/referral_html.h"
#include "referral/referral_views.h"

enum { PER_PAGE = 50 };

/* ---- Words ---- */

const char *
referral_state_label(struct str state, enum lang lang)
{
    return codes_label(codes_table("referral_state"), state, lang);
}

const char *
referral_state_colour(struct str state)
{
    if (str_is(state, "refused")) return "bg-red-lt";
    if (str_is(state, "draft") || str_is(state, "consented") || str_is(state, "feedback")) return "bg-yellow-lt";
    if (str_is(state, "closed") || str_is(state, "withdrawn")) return "bg-secondary-lt";
    return str_is(state, "accepted") || str_is(state, "serving") ? "bg-green-lt" : "bg-blue-lt";
}

const char *
referral_due_label(struct str kind, enum lang lang)
{
    if (str_is(kind, "answer")) return tr(lang, T("等待答复"));
    if (str_is(kind, "feedback")) return tr(lang, T("等待反馈"));
    return str_is(kind, "handle") ? tr(lang, T("等待另行安排")) : "";
}

struct str
referral_receiver(struct arena *a, const struct referral_get_row *r)
{
    struct str place = r->to_unit.v ? r->to_unit_name : r->to_org, who = r->to_unit.v ? r->to_name : r->to_person;
    return who.n ? str_fmt(a, "%.*s · %.*s", FMT(place), FMT(who)) : place;
}

struct str
referral_sender(struct arena *a, const struct referral_get_row *r)
{
    struct str place = r->from_unit.v ? r->from_unit_name : r->from_org, who = r->from_unit.v ? r->from_name : r->from_person;
    return who.n ? str_fmt(a, "%.*s · %.*s", FMT(place), FMT(who)) : place;
}

bool
referral_name_shown(const struct rq *rq, int64_t level, bool mine)
{
    return mine || (level < 4 && access_to(rq, 1, (struct relation){ 0 }) >= ACCESS_READ);
}

struct str
referral_number(struct rq *rq, struct unit_id unit)
{
    struct referral_serial_next_row serial;
    struct case_unit_row u;
    int year = date_ymd(today()).y;
    if (!case_unit(rq->db, &u, unit) || !referral_serial_next(rq->db, &serial, unit, year)) return STR("");
    return str_fmt(rq->arena, "%.*s-Z-%d-%04lld", FMT(u.code), year, (long long)serial.last);
}

/* ---- The list ---- */

static unsigned
filters_of(struct rq *rq, struct str view, struct referral_list_in *in)
{
    unsigned f = 0;
    bool clerk = !may(rq, CASE_READ);
    if (str_is(view, "inbox")) f |= REFERRAL_LIST_F_INBOX;
    else if (str_is(view, "in")) f |= REFERRAL_LIST_F_TO_US;
    else if (str_is(view, "out")) f |= REFERRAL_LIST_F_FROM_US;
    else f |= REFERRAL_LIST_F_STATION;
    if (clerk) f = REFERRAL_LIST_F_AUTHOR;              /* nothing but his own */
    if (str_is(view, "open")) f |= REFERRAL_LIST_F_OPEN;
    if (str_is(view, "done")) f |= REFERRAL_LIST_F_DONE;
    if (str_is(view, "late")) {
        f |= REFERRAL_LIST_F_LATE;
        in->now = instant_now();
    }
    if ((in->state = rq_param(rq, "state")).n) f |= REFERRAL_LIST_F_STATE;
    if ((in->source = rq_param(rq, "source")).n) f |= REFERRAL_LIST_F_SOURCE;
    struct str q = str_trim(rq_param(rq, "q"));
    if (q.n && (unsigned char)q.p[0] < 0x80) {
        f |= REFERRAL_LIST_F_NO;
        in->no = case_like(rq, q, false);
    } else if (q.n) {
        f |= REFERRAL_LIST_F_NAME;
        in->name = case_like(rq, q, true);
    }
    return f;
}

static const struct shape_field row_fields[] = {
    SHAPE_ID(struct referral_list_row, id, referral_id, "编号"), SHAPE_TEXT(struct referral_list_row, no, "转介编号"),
    SHAPE_CODE(struct referral_list_row, state, "referral_state", "状态"), SHAPE_CODE(struct referral_list_row, source, "case_source", "来源"),
    SHAPE_TEXT(struct referral_list_row, name, "服务对象"), SHAPE_INT(struct referral_list_row, urgency, "紧急程度"),
    SHAPE_TEXT(struct referral_list_row, from_unit_name, "转出单位"), SHAPE_TEXT(struct referral_list_row, to_unit_name, "接收单位"),
    SHAPE_TEXT(struct referral_list_row, to_org, "接收机构"), SHAPE_TIME(struct referral_list_row, created_at, "登记时间"),
    SHAPE_TIME(struct referral_list_row, sent_at, "转出时间"), SHAPE_TIME(struct referral_list_row, due_at, "时限"),
};
static const struct shape row_shape = SHAPE("ReferralRow", "转介", struct referral_list_row, row_fields);

static enum http
list_json(struct rq *rq, const struct referral_list_page *v)
{
    struct referral_list_row *rows = NEW(rq->arena, struct referral_list_row, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        rows[i] = v->rows[i];
        if (!referral_name_shown(rq, rows[i].level, rows[i].mine)) rows[i].name = NO_STR;
    }
    return shape_list(rq, rows, v->n, (int64_t)v->total, shape_next(rq, v->page, v->per_page, (int64_t)v->total));
}

static enum http
list(struct rq *rq)
{
    struct str view = rq_param(rq, "view");
    bool clerk = !may(rq, CASE_READ);
    if (view.n == 0) view = clerk ? STR("all") : STR("inbox");
    struct referral_list_page v = { .rq = rq, .view = str_z(rq->arena, view), .q = rq_param(rq, "q"), .state = rq_param(rq, "state"),
            .source = rq_param(rq, "source"),
                                    .per_page = PER_PAGE, .page = rq_param_int(rq, "page", 1), .clerk = clerk };
    struct referral_list_in in = { .area = rq->who.area, .unit = rq->who.focus, .me = rq->who.user, .now = NO_TIME,
                                   .head = access_to(rq, 4, (struct relation){ 0 }) == ACCESS_APPROVAL, .limit = PER_PAGE };
    struct referral_count_row count;
    struct referral_list_row *rows;
    if (v.page < 1 || v.page > 100000) v.page = 1;
    in.skip = (v.page - 1) * PER_PAGE;
    unsigned filters = filters_of(rq, view, &in);
    bool by_due = str_is(view, "inbox") || str_is(view, "late");
    v.n = referral_list_with(rq->db, &rows, filters, by_due ? REFERRAL_LIST_BY_DUE : REFERRAL_LIST_BY_NEWEST, &in);
    v.rows = rows;
    const struct referral_count_in n = { .area = in.area, .unit = in.unit, .me = in.me, .head = in.head, .now = in.now, .state = in.state,
                                         .source = in.source, .no = in.no, .name = in.name };
    if (referral_count_with(rq->db, &count, filters, 0, &n)) v.total = (size_t)count.total;
    if (shape_wanted(rq)) return list_json(rq, &v);
    rq->title = str_of(tr(rq->lang, T("转介")));
    referral_list_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- One ---- */

/* The agreement in a line: who, how, when, or the statute. */
struct str
agreed_text(struct arena *a, enum lang lang, const struct referral_get_row *r)
{
    char day[16];
    if (r->legal_basis.n) return tr_fmt(a, lang, T("无需同意：%s"), str_z(a, r->legal_basis));
    if (r->consent_by.n == 0) return NO_STR;
    date_print(r->consent_on, day);
    return tr_fmt(a, lang, T("%s（%s）%s同意，%s"), str_z(a, r->consent_by),
                  tr(lang, str_is(r->consent_relation, "guardian") ? T("监护人") : T("本人")),
                  tr(lang, str_is(r->consent_way, "oral") ? T("口头") : str_is(r->consent_way, "online") ? T("电子") : T("书面")), day);
}

void
referral_page_fill(struct rq *rq, struct referral *f, struct referral_page *v)
{
    struct referral_events_row *events;
    struct link_list_row *links;
    int64_t area = id_area(f->r.id.v);
    *v = (struct referral_page){ .rq = rq, .f = f, .consent = &referral_consent_form, .send = &referral_send_form, .refuse = &referral_refuse_form,
                                 .answer = &referral_answer_form, .feedback = &referral_feedback_form, .close = &referral_close_form,
                                 .accept = &referral_accept_form, .from = { .rq = rq } };
    v->services = services_text(rq->arena, rq->lang, f->r.services);
    v->agreed = agreed_text(rq->arena, rq->lang, &f->r);
    v->events_n = referral_events(rq->db, &events, area, f->r.id);
    v->events = events;
    if (f->outside && f->sends) v->links_n = link_list(rq->db, &links, area, f->r.id);
    if (v->links_n) v->links = links;
    if (!f->reads) return;
    v->shared_n = share_list(rq->arena, rq->lang, f->r.fields, share_open(rq->arena, f->r.shared), &v->shared);
    rq_note_read(rq, "referral", f->r.id.v, "page");
}

/* ---- Its papers ---- */

static void
note_file(struct rq *rq)
{
    rq_note_read(rq, "referral", rq->ids[0], "file");
}

/* Certificates and copies.  They stay in the house: an agency without an account gets what was shared, not these; and a clerk, who
 * sees no notes, sees only what he added himself. */
static bool
papers(struct rq *rq, struct proof_owner *out)
{
    const struct referral *f = referral_of(rq);
    bool over = str_is(f->r.state, "closed") || str_is(f->r.state, "withdrawn");
    *out = (struct proof_owner){ .kind = "referral", .area = id_area(f->r.id.v), .id = f->r.id.v, .note = f->r.no, .show = referral_show,
                                 .path = url_fmt(rq->arena, "/referrals/%lld", (long long)f->r.id.v), .note_read = note_file,
                                 .hint = T("证件、证明、病历的照片或 PDF，每个不超过10 MB；只有双方经办人可以查看。"),
                                 .may_write = (f->sends || f->receives) && !over };
    if (!may(rq, CASE_READ)) out->only = rq->who.user;
    return f->reads;
}
PROOF_PART(papers)

enum http
referral_show(struct rq *rq)
{
    struct referral *f = referral_of(rq);
    struct referral_page v;
    referral_page_fill(rq, f, &v);
    if (f->receives && (str_is(f->r.state, "sent") || str_is(f->r.state, "received"))) referral_accept_fill(rq, f, &v);
    rq->title = f->r.no;
    v.papers_shown = papers(rq, &v.papers);
    referral_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

const struct route referral_routes[] = {
    GET("/referrals", REFERRAL_READ, list, .title = T("转介"), .shape = &row_shape, .many = true, .query = "view,q,state,source,page"),
    GET("/referrals/:referral", REFERRAL_READ, referral_show, .scope = referral_scope, .title = T("转介单")),
    PROOF_ROUTES("/referrals/:referral", "paper", REFERRAL_READ, REFERRAL_WRITE, referral_scope),
};
const size_t referral_routes_n = COUNT(referral_routes);
