/* A project on paper: the plan, and the report of the needs assessment that is put together out of its blocks. */
#include "community/paper_html.h"
#include "community/project_views.h"
#include "paper/letterhead.h"
#include "paper/print.h"

static const struct doc_form *
needs_form(void)
{
    return doc_form(STR("community_needs"));
}

/* The assessment that was handed in; while it is still being written, as far as it is. */
static bool
load_report(struct rq *rq, struct report_page *v)
{
    const struct project_get_row *p = project_of(rq);
    struct project_form_last_row last;
    *v = (struct report_page){ .rq = rq, .p = p, .env = project_env(rq, p), .form = needs_form() };
    if (!project_form_last(rq->db, &last, id_area(p->id.v), p->id, str_of(v->form->code))) return false;
    v->id = last.id;
    v->needs = doc_parse(rq->arena, last.doc);
    v->lines_n = project_lines(rq->db, &v->lines, id_area(p->id.v), p->id);
    rq->title = str_of(tr(rq->lang, T("社区需求评估报告")));
    return v->needs != NULL;
}

static enum http
report(struct rq *rq)
{
    struct report_page v;
    if (!load_report(rq, &v)) return rq_fail(rq, HTTP_NOT_FOUND, T("还没有需求评估。"));
    project_report_page(&rq->body, &v);
    return HTTP_OK;
}

/* On every paper of a project: whose it is, and who leads and guides it (MZT-16). */
static void
print_head(struct press *p, struct rq *rq, const struct project_get_row *r)
{
    print_pairs(p, tr(rq->lang, T("项目名称")), r->name, tr(rq->lang, T("项目类别")), project_word("community_kind", r->kind, rq->lang));
    print_pairs(p, tr(rq->lang, T("单位")), r->unit_name, tr(rq->lang, T("负责社工")), r->staff_name);
    print_pair(p, tr(rq->lang, T("党组织领导")), r->party_org);
    print_pair(p, tr(rq->lang, T("自治组织指导")), r->residents_org);
}

static void
print_lines(struct press *p, struct rq *rq, const struct project_lines_row *lines, size_t n)
{
    print_band(p, str_of(tr(rq->lang, T("回应的清单条目"))));
    for (size_t i = 0; i < n; i++) print_pair(p, str_z(rq->arena, lines[i].title), lines[i].text);
}

static enum http
to_paper(struct rq *rq, const struct doc_form *form, const json_t *doc, struct str title, struct str mark)
{
    const struct project_get_row *r = project_of(rq);
    struct letterhead h = letterhead(rq->db, r->unit);
    struct project_lines_row *lines;
    size_t n = project_lines(rq->db, &lines, id_area(r->id.v), r->id);
    struct doc_env *env = project_env(rq, r);
    if (strcmp(form->code, "community_plan") == 0) project_form_good(rq, r->id, "community_needs");      /* read before the lock of the press */
    struct drawn_doc d = { env, form, doc, NULL, NULL };
    struct press *p = press_open(rq->arena, rq->lang, title, letterhead_foot(rq));
    press_begin(p, &(struct press_sheet){ .heading = h.heading, .title = title, .mark = mark, .number = r->no });
    print_head(p, rq, r);
    print_lines(p, rq, lines, n);
    print_doc(p, &d);
    press_seal(p, h.seal);
    if (!press_write(p, &rq->body)) return HTTP_ERROR;
    rq->type = STR("application/pdf");
    rq->download = str_fmt(rq->arena, "%.*s %.*s.pdf", FMT(r->no), FMT(title));
    return HTTP_OK;
}

static enum http
report_pdf(struct rq *rq)
{
    struct report_page v;
    if (!load_report(rq, &v)) return rq_fail(rq, HTTP_NOT_FOUND, T("还没有需求评估。"));
    return to_paper(rq, v.form, v.needs, rq->title, NO_STR);
}

static enum http
form_pdf(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    struct project_form_get_row row;
    if (!project_form_get(rq->db, &row, id_area(p->id.v), p->id, (struct doc_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    const struct doc_form *f = doc_form(row.form);
    const json_t *doc = doc_parse(rq->arena, row.doc);
    if (f == NULL || doc == NULL) return HTTP_NOT_FOUND;
    struct str mark = tr_fmt(rq->arena, rq->lang, T("第 %d 版 · %s"), (int)row.version, project_form_status(row.status, rq->lang));
    return to_paper(rq, f, doc, str_of(doc_title(f, rq->lang)), mark);
}

const struct route project_paper_routes[] = {
    GET("/projects/:project/report", COMMUNITY_READ, report, .scope = project_scope, .title = T("社区需求评估报告")),
    GET("/projects/:project/report/pdf", COMMUNITY_READ, report_pdf, .scope = project_scope, .title = T("打印 PDF"), .slow = true),
    GET("/projects/:project/forms/:form/pdf", COMMUNITY_READ, form_pdf, .scope = project_scope, .title = T("打印 PDF"), .slow = true),
};
const size_t project_paper_routes_n = COUNT(project_paper_routes);
