/* What the staff of a subtree are made up of: education, certificates, employment, where they came from (NH-10). */
#include "auth/session.h"
#include "codes/codes.h"
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
    rq->title = str_of(tr(rq->lang, T("人员统计")));
    makeup_page(&rq->body, &v);
    return HTTP_OK;
}

const struct route makeup_routes[] = {
    GET("/staff/makeup", STAFF_READ, makeup, .title = T("人员统计")),
};
const size_t makeup_routes_n = COUNT(makeup_routes);
