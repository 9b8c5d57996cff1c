/* What the staff of a subtree are made up of: education, certificates, employment, where they came from (NH-10). */
#include "auth/session.h"
#include "codes/codes.h"
#include "rules/measures.h"
#include "staff/makeup_html.h"
#include "staff/staff_views.h"

static const struct choice degrees[] = {
    { "1", "研究生", "Postgraduate" },
    { "2", "本科", "Bachelor" },
    { "3", "专科", "Junior college" },
    { "4", "中专", "Technical school" },
    { "6", "高中", "High school" },
    { "7", "初中及以下", "Middle school or less" },
    { "8", "初中及以下", "Middle school or less" },
};

static struct makeup_part *
part(struct rq *rq, struct makeup_page *v, const char *title)
{
    struct makeup_part *p = &v->parts[v->parts_n++];
    *p = (struct makeup_part){ .title = title, .lines = NEW(rq->arena, struct makeup_line, MAKEUP_LINES) };
    return p;
}

/* Adds to the line of a label; a new label is a new line. */
static void
count(struct makeup_part *p, const char *label, int64_t n)
{
    size_t i = 0;
    while (i < p->n && strcmp(p->lines[i].label, label) != 0) i++;
    if (i == MAKEUP_LINES) return;
    if (i == p->n) p->lines[p->n++] = (struct makeup_line){ label, 0 };
    p->lines[i].total += n;
}

static const char *
named(const char *label, enum lang lang)
{
    return *label != '\0' ? label : tr(lang, T("未填"));
}

/* "12.5 %" of a whole; "—" of nothing. */
static struct str
share(struct rq *rq, int64_t part, int64_t whole)
{
    if (whole <= 0 || part < 0) return STR("—"); /* not shown */
    int64_t tenths = (part * 2000 + whole) / (whole * 2);
    return str_fmt(rq->arena, "%lld.%lld%%", (long long)(tenths / 10), (long long)(tenths % 10));
}

static int64_t
measured(struct measures *f, const char *code)
{
    struct value v = f->units_n > 0 ? measures_of_unit(f, 0, metric_find(str_of(code))) : (struct value){ 0 };
    return v.kind == VALUE_INT ? v.n : -1;
}

/* How steady and how well paid the posts are (GX-07); the same figures as the rules have. */
static void
indicators(struct rq *rq, struct makeup_page *v, int64_t area)
{
    struct makeup_pay_row pay = { 0 };
    struct measures *f = measures_open(rq->db, rq->who.focus, v->day);
    int64_t promoted = measured(f, "promotions");
    makeup_pay(rq->db, &pay, area ? MAKEUP_PAY_F_AREA : 0, 0, area, rq->who.focus, v->day);
    v->turnover = share(rq, measured(f, "turnover_left"), measured(f, "mean_staff"));
    v->certified_share = share(rq, measured(f, "certified"), measured(f, "full_time"));
    v->paid = share(rq, pay.enough, pay.known);
    v->promoted = promoted < 0 ? 0 : promoted;
}

static enum http
makeup(struct rq *rq)
{
    struct makeup_groups_row *rows;
    struct makeup_page v = { .rq = rq, .day = rq_param_date(rq, "on"), .unit_name = unit_name(rq->db, rq->who.focus) };
    int64_t area = unit_county(rq->db, rq->who.focus);
    if (!date_known(v.day)) v.day = today();
    size_t n = makeup_groups(rq->db, &rows, area ? MAKEUP_GROUPS_F_AREA : 0, 0, area, rq->who.focus, v.day);
    struct makeup_part *education = part(rq, &v, T("学历")), *certificate = part(rq, &v, T("证书"));
    struct makeup_part *employment = part(rq, &v, T("用工形式")), *source = part(rq, &v, T("来源"));
    for (size_t i = 0; i < n; i++) {
        const struct makeup_groups_row *r = &rows[i];
        bool held = r->certificate.n > 0;
        v.total += r->total;
        v.certified += held ? r->total : 0;
        count(education, named(staff_choice(degrees, COUNT(degrees), r->education, rq->lang), rq->lang), r->total);
        count(certificate,
              held ? codes_label(codes_table("worker_certificate"), r->certificate, rq->lang)
                   : tr(rq->lang, T("未持证")),
              r->total);
        count(employment, employment_label(r->employment, rq->lang), r->total);
        count(source, named(staff_choice(sources, COUNT(sources), r->source, rq->lang), rq->lang), r->total);
    }
    indicators(rq, &v, area);
    rq->title = str_of(tr(rq->lang, T("人员统计")));
    makeup_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route makeup_routes[] = {
    GET("/staff/makeup", STAFF_READ, makeup, .title = T("人员统计")),
};
const size_t makeup_routes_n = COUNT(makeup_routes);
