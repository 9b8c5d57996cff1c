/* Mandatory reports: the list, one report. */
#include "auth/session.h"
#include "http/shape.h"
#include "report/report_html.h"
#include "report/report_views.h"

enum { PER_PAGE = 50 };

bool
report_load(struct rq *rq, struct report_id id, struct report *out)
{
    *out = (struct report){ .rq = rq };
    if (!report_get(rq->db, &out->r, id_area(id.v), id, rq->who.user)) return false;
    out->profile = profile_of(out->r.profile);
    out->duty = codes_find(codes_table("report_duty"), out->r.duty);
    out->owner = out->r.owner.v == rq->who.user.v;
    out->head = may(rq, REPORT_APPROVE) && scope_unit(rq, out->r.unit);
    out->content = told_open(rq->arena, out->r.content);
    return true;
}

bool
report_scope(struct rq *rq)
{
    struct report *p = NEW(rq->arena, struct report, 1);
    if (!report_load(rq, (struct report_id){ rq->ids[0] }, p)) return false;
    if (!p->owner && !p->head && !p->r.named) return false;
    rq->record = p;
    return true;
}

struct report *
report_of(struct rq *rq)
{
    assert(rq->record != NULL);
    return rq->record;
}

/* Harm to a minor is always reported. */
bool
report_minor(const struct report *p)
{
    int age = date_age(p->r.born, today());
    return str_is(p->r.duty, "minor") || (age >= 0 && age < profile_param(p->profile, "minor_age", 18));
}

/* ---- The list ---- */

static unsigned
filters_of(struct rq *rq, struct str view, struct report_list_in *in)
{
    unsigned f = 0;
    if (str_is(view, "open")) f |= REPORT_LIST_F_OPEN;
    if (str_is(view, "filed")) f |= REPORT_LIST_F_FILED;
    if (str_is(view, "done")) f |= REPORT_LIST_F_DONE;
    if (str_is(view, "late")) {
        f |= REPORT_LIST_F_LATE;
        in->now = instant_now();
    }
    if ((in->duty = rq_param(rq, "duty")).n) f |= REPORT_LIST_F_DUTY;
    if (str_trim(rq_param(rq, "q")).n) {
        f |= REPORT_LIST_F_NO;
        in->no = case_like(rq, str_trim(rq_param(rq, "q")), true);
    }
    return f;
}

static const struct shape_field row_fields[] = {
    SHAPE_ID(struct report_list_row, id, report_id, "编号"), SHAPE_TEXT(struct report_list_row, no, "报告编号"),
    SHAPE_CODE(struct report_list_row, duty, "report_duty", "报告义务"), SHAPE_CODE(struct report_list_row, state, "report_state", "状态"),
    SHAPE_TEXT(struct report_list_row, unit_name, "单位"), SHAPE_TEXT(struct report_list_row, owner_name, "经办社工"),
    SHAPE_TIME(struct report_list_row, found_at, "发现时间"), SHAPE_TIME(struct report_list_row, due_at, "时限"),
    SHAPE_TIME(struct report_list_row, reported_at, "报告时间"), SHAPE_TEXT(struct report_list_row, receiver_unit, "接报单位"),
    SHAPE_TEXT(struct report_list_row, receipt, "回执编号"),
};
static const struct shape row_shape = SHAPE("ReportRow", "强制报告", struct report_list_row, row_fields);

static enum http
list(struct rq *rq)
{
    struct str view = rq_param(rq, "view").n ? rq_param(rq, "view") : STR("open");
    struct report_list_page v = { .rq = rq, .view = str_z(rq->arena, view), .q = rq_param(rq, "q"), .duty = rq_param(rq, "duty"), .per_page = PER_PAGE,
                                  .page = rq_param_int(rq, "page", 1) };
    struct report_list_in in = { .area = rq->who.area, .unit = rq->who.focus, .me = rq->who.user, .head = may(rq, REPORT_APPROVE), .now = NO_TIME,
                                 .limit = PER_PAGE };
    struct report_list_row *rows;
    struct report_count_row count;
    if (v.page < 1 || v.page > 100000) v.page = 1;
    in.skip = (v.page - 1) * PER_PAGE;
    unsigned filters = filters_of(rq, view, &in);
    bool by_due = str_is(view, "open") || str_is(view, "late");
    v.n = report_list_with(rq->db, &rows, filters, by_due ? REPORT_LIST_BY_DUE : REPORT_LIST_BY_NEWEST, &in);
    v.rows = rows;
    const struct report_count_in n = { .area = in.area, .unit = in.unit, .me = in.me, .head = in.head, .now = in.now, .duty = in.duty, .no = in.no };
    if (report_count_with(rq->db, &count, filters, 0, &n)) v.total = (size_t)count.total;
    for (size_t i = 0; i < v.n; i++) rq_note_read(rq, "report", rows[i].id.v, "list");
    if (shape_wanted(rq)) return shape_list(rq, rows, v.n, (int64_t)v.total, shape_next(rq, v.page, PER_PAGE, (int64_t)v.total));
    rq->title = str_of(tr(rq->lang, T("强制报告")));
    report_list_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- One ---- */

static void
fill(struct rq *rq, struct report *p, struct report_page *v)
{
    struct report_events_row *events;
    struct report_names_row *names;
    int64_t area = id_area(p->r.id.v);
    *v = (struct report_page){ .rq = rq, .p = p };
    v->lines_n = lines_of(rq, p->r.id.v, &v->lines);
    v->trail.n = report_events(rq->db, &events, area, p->r.id.v);
    v->trail.rows = events;
    v->names_n = report_names(rq->db, &names, area, p->r.id);
    v->names = names;
    rq_note_read(rq, "report", p->r.id.v, "page");
    rq->title = p->r.no;
}

static void
note_file(struct rq *rq)
{
    rq_note_read(rq, "report", rq->ids[0], "file");
}

/* Evidence: photos of injuries, recordings' transcripts.  For those who may read the report. */
static bool
evidence(struct rq *rq, struct proof_owner *out)
{
    const struct report *p = report_of(rq);
    *out = (struct proof_owner){ .kind = "report", .area = id_area(p->r.id.v), .id = p->r.id.v, .note = p->r.no, .show = report_show,
                                 .path = url_fmt(rq->arena, "/reports/%lld", (long long)p->r.id.v), .note_read = note_file,
                                 .hint = T("伤情照片、书面材料的照片或 PDF，每个不超过10 MB；只有可以查看报告的人可以查看。"),
                                 .may_write = may(rq, REPORT_WRITE) && !str_is(p->r.state, "closed") };
    return true;
}
PROOF_PART(evidence)

enum http
report_show(struct rq *rq)
{
    struct report_page v;
    fill(rq, report_of(rq), &v);
    report_file_fill(rq, v.p, &v.file);
    v.name = (struct form_source){ .rq = rq, .choices = v.file.choices, .arg = v.file.arg };
    evidence(rq, &v.evidence);
    report_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

const struct route report_routes[] = {
    GET("/reports", REPORT_READ, list, .title = T("强制报告"), .shape = &row_shape, .many = true, .query = "view,q,duty,page"),
    GET("/reports/:report", REPORT_READ, report_show, .scope = report_scope, .title = T("强制报告")),
    PROOF_ROUTES("/reports/:report", "evidence", REPORT_READ, REPORT_WRITE, report_scope),
};
const size_t report_routes_n = COUNT(report_routes);
