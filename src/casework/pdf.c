/* Papers of a case as PDF: one form, the whole file, and the summary that the client may take along. */
#include "casework/case.h"
#include "casework/pdf.h"
#include "casework/scale.h"
#include "paper/give.h"
#include "referral/conference_views.h"

struct str
pdf_name(const struct rq *rq, const char *what, const struct casefile *k)
{
    return str_fmt(rq->arena, "%s-%.*s.pdf", what, FMT(k->c.no));
}

static enum http
answer(struct rq *rq, struct casefile *k, const char *what, bool written)
{
    if (!written) return HTTP_ERROR;
    rq->type = STR("application/pdf");
    rq->download = pdf_name(rq, what, k);
    rq_note_read(rq, "case", k->c.id.v, str_fmt(rq->arena, "pdf %s", what).p);
    return HTTP_OK;
}

void
pdf_given(struct rq *rq, const struct casefile *k, struct disclosure *d, struct str what)
{
    d->person = k->c.person;
    d->case_ = k->c.id;
    d->level = k->c.level;
    d->fields = what;
    disclosure_note_given(rq, d);
}

/* ---- One form ---- */

static struct str
time_text(struct arena *a, struct instant t)
{
    char text[24];
    instant_print(t, text);
    return str_dup(a, str_of(text));
}

static struct str
date_text(struct arena *a, struct date d)
{
    char text[16];
    date_print(d, text);
    return str_dup(a, str_of(text));
}

static void
drawn(struct press *p, struct str title, const struct picture *picture)
{
    if (picture->n == 0) return;
    print_band(p, title);
    press_space(p, 6);
    press_picture(p, picture);
}

/* Below the assessment: family and support as they are known today; below the evaluation: how the scales went before and after. */
static void
pictures(struct press *p, struct rq *rq, const struct casefile *k, char form)
{
    struct scale *scales;
    struct picture family, world;
    if (!case_may_read(rq, k, 3)) return;
    if (form == 'B') {
        person_pictures(rq, k->c.person, &family, &world);
        drawn(p, str_of(tr(rq->lang, T("家庭结构图"))), &family);
        drawn(p, str_of(tr(rq->lang, T("生态图"))), &world);
    }
    if (form != 'F') return;
    size_t n = scale_load(rq, k, &scales);
    for (size_t i = 0; i < n; i++) {
        if (scales[i].last == NULL) continue;
        drawn(p, str_fmt(rq->arena, "%.*s　%.*s → %.*s　%.*s", FMT(scales[i].name), FMT(score_text(rq->arena, scales[i].first->score)),       /* not shown */
                         FMT(score_text(rq->arena, scales[i].last->score)), FMT(change_text(rq->arena, rq->lang, &scales[i]))), &scales[i].picture);
    }
}

void
pdf_form(struct press *p, struct rq *rq, struct casefile *k, const struct letterhead *h, const struct pdf_docs_row *row)
{
    const struct doc_form *f = doc_form(row->form);
    const json_t *doc = doc_parse(rq->arena, row->doc);
    struct drawn_doc d = { .env = case_env(rq, k), .form = f, .doc = doc };
    struct buf mark = { .arena = rq->arena };

    if (f == NULL || doc == NULL) return;
    put_raw(&mark, tr_fmt(rq->arena, rq->lang, T("表 %s"), f->code));
    if (f->code[0] == 'E') put_raw(&mark, tr_fmt(rq->arena, rq->lang, T(" · 第 %d 次"), (int)row->seq));
    put_raw(&mark, tr_fmt(rq->arena, rq->lang, T(" · 第 %d 版 · %s"), (int)row->version, doc_status_label(row->status, rq->lang)));
    press_begin(p, &(struct press_sheet){ .heading = h->heading, .title = str_of(doc_title(f, rq->lang)), .mark = buf_str(&mark), .number = k->c.no });
    print_doc(p, &d);
    pictures(p, rq, k, f->code[0]);
    print_pairs(p, tr(rq->lang, T("填写人")), row->filled_by_name, tr(rq->lang, T("日期")), date_text(rq->arena, row->filled_on));
    if (row->reviewed_name.n)
        print_pair(p, tr(rq->lang, T("督导意见")), str_fmt(rq->arena, "%.*s　%.*s %.*s", FMT(row->review), FMT(row->reviewed_name),      /* not shown */
                                                          FMT(time_text(rq->arena, row->reviewed_at))));
    press_seal(p, h->seal);
}

static enum http
form(struct rq *rq)
{
    struct doc_page v;
    struct casefile *k = case_of(rq);
    if (!case_doc_open(rq, &v, (struct doc_id){ rq->ids[1] }) || !case_may_read(rq, k, 2)) return HTTP_NOT_FOUND;
    struct letterhead h = letterhead(rq->db, k->c.unit);
    struct pdf_docs_row row = { .form = v.row->form, .seq = v.row->seq, .version = v.row->version, .status = v.row->status, .doc = v.row->doc,
                                .filled_by_name = v.row->filled_by_name, .filled_on = v.row->filled_on, .reviewed_name = v.row->reviewed_name,
                                .reviewed_at = v.row->reviewed_at, .review = v.row->review };
    struct press *p = press_open(rq->arena, rq->lang, str_of(doc_title(v.form, rq->lang)), letterhead_foot(rq));
    pdf_form(p, rq, k, &h, &row);
    pdf_given(rq, k, give_answered(rq, rq->form, k->c.unit, "print"), str_of(doc_title(v.form, LANG_ZH)));
    return answer(rq, k, v.form->code, press_write(p, &rq->body));
}

/* ---- The whole file ---- */

struct entry { struct str text; int page; };

/* How long the file is kept: what form G says, else the profile's term. */
static struct str
retention(struct rq *rq, const struct casefile *k)
{
    const json_t *g = case_form(rq, k, "G");
    const struct doc_field *x = g ? doc_field(doc_form(STR("G")), STR("archive_period")) : NULL;
    struct str code = g ? doc_text(g, "archive_period") : NO_STR;
    int age = date_age(k->c.born, k->c.opened);
    const char *term = age >= 0 && age < 18 ? "case_minor" : "case";
    size_t n = 0;
    const struct choice *all = x ? field_choices(&x->f, &n) : NULL;
    for (size_t i = 0; i < n && code.n; i++)
        if (str_is(code, all[i].code)) return str_of(choice_label(&all[i], rq->lang));
    for (size_t i = 0; i < k->profile->retention_n; i++)
        if (str_is(k->profile->retention[i].code, term)) return tr_fmt(rq->arena, rq->lang, T("%d 年"), (int)k->profile->retention[i].years);
    return NO_STR;
}

static void
cover(struct press *p, struct rq *rq, const struct casefile *k, const struct letterhead *h, size_t forms)
{
    const struct case_get_row *c = &k->c;
    enum lang lang = rq->lang;
    struct str reason = c->close_sub.n ? c->close_sub : c->close_reason;
    press_begin(p, &(struct press_sheet){ .title = STR(""), .front = true });
    press_space(p, 90);
    press_text(p, h->heading, 16, true, false);
    press_space(p, 24);
    press_text(p, str_of(tr(lang, T("个案工作案卷"))), 28, true, true);
    press_space(p, 50);
    print_pair(p, tr(lang, T("个案编号")), c->no);
    print_pair(p, tr(lang, T("服务对象")), str_fmt(rq->arena, "%.*s　%.*s", FMT(c->name), FMT(person_line(rq->arena, lang, c->sex, c->born))));    /* not shown */
    print_pair(p, tr(lang, T("个案类别")), str_of(grade_label(c->grade, lang)));
    print_pair(p, tr(lang, T("单位")), c->unit_name);
    print_pairs(p, tr(lang, T("责任社工")), c->worker_name, tr(lang, T("督导")), c->supervisor_name);
    print_pairs(p, tr(lang, T("接案日期")), date_text(rq->arena, c->opened), tr(lang, T("结案日期")), date_text(rq->arena, c->closed));
    print_pair(p, tr(lang, T("结案原因")), str_of(code_of("case_close_reason", reason, lang)));
    print_pairs(p, tr(lang, T("保管期限")), retention(rq, k), tr(lang, T("页数")), tr_fmt(rq->arena, lang, T("%d 份 %d 页"), (int)forms, press_page(p)));
    press_seal(p, h->seal);
}

static void
contents(struct press *p, struct rq *rq, const struct entry *entries, size_t n)
{
    press_begin(p, &(struct press_sheet){ .title = STR(""), .front = true });
    press_text(p, str_of(tr(rq->lang, T("目录"))), 18, true, true);
    press_space(p, 14);
    for (size_t i = 0; i < n; i++) press_entry(p, entries[i].text, str_fmt(rq->arena, "%d", entries[i].page));
}

static void
contacts(struct press *p, struct rq *rq, const struct casefile *k)
{
    struct pdf_contacts_row *rows;
    size_t n = pdf_contacts(rq->db, &rows, id_area(k->c.id.v), k->c.id);
    struct press_cell cells[] = { { 0.08, LOOK_LABEL, str_of(tr(rq->lang, T("序号"))) }, { 0.27, LOOK_LABEL, str_of(tr(rq->lang, T("时间"))) },
                                  { 0.3, LOOK_LABEL, str_of(tr(rq->lang, T("方式"))) }, { 0.15, LOOK_LABEL, str_of(tr(rq->lang, T("分钟"))) },
                                  { 0.2, LOOK_LABEL, str_of(tr(rq->lang, T("社工"))) } };
    press_heads(p, cells, COUNT(cells));
    for (size_t i = 0; i < n; i++) {
        struct press_cell row[] = { { 0.08, LOOK_CENTRED, str_fmt(rq->arena, "%zu", i + 1) }, { 0.27, LOOK_VALUE, time_text(rq->arena, rows[i].start_at) },
                                    { 0.3, LOOK_VALUE, str_of(code_of("record_kind", rows[i].kind, rq->lang)) },
                                    { 0.15, LOOK_CENTRED, str_fmt(rq->arena, "%lld", (long long)rows[i].minutes) }, { 0.2, LOOK_VALUE, rows[i].worker_name } };
        press_row(p, row, COUNT(row));
    }
    press_heads(p, NULL, 0);
}

static void
events(struct press *p, struct rq *rq, const struct casefile *k, const struct letterhead *h)
{
    struct pdf_events_row *rows;
    size_t n = pdf_events(rq->db, &rows, id_area(k->c.id.v), k->c.id);
    struct str title = str_of(tr(rq->lang, T("个案办理过程")));
    struct press_cell cells[] = { { 0.22, LOOK_LABEL, str_of(tr(rq->lang, T("时间"))) }, { 0.26, LOOK_LABEL, str_of(tr(rq->lang, T("事项"))) },
                                  { 0.16, LOOK_LABEL, str_of(tr(rq->lang, T("经办人"))) }, { 0.36, LOOK_LABEL, str_of(tr(rq->lang, T("原因"))) } };
    press_begin(p, &(struct press_sheet){ .heading = h->heading, .title = title, .mark = h->unit, .number = k->c.no });
    press_heads(p, cells, COUNT(cells));
    for (size_t i = 0; i < n; i++) {
        struct case_axis_row e = { .kind = rows[i].kind, .to_state = rows[i].to_state, .from_state = rows[i].from_state };
        bool of_form = str_is(e.kind, "submitted") || str_is(e.kind, "approved") || str_is(e.kind, "returned");
        struct str what = of_form ? str_fmt(rq->arena, "%s %.*s", axis_text(&e, rq->lang), FMT(rows[i].reason)) : str_of(axis_text(&e, rq->lang));
        struct press_cell row[] = { { 0.22, LOOK_VALUE, time_text(rq->arena, rows[i].at) }, { 0.26, LOOK_VALUE, what }, { 0.16, LOOK_VALUE, rows[i].who },
                                    { 0.36, LOOK_VALUE, of_form ? NO_STR : rows[i].reason } };
        press_row(p, row, COUNT(row));
    }
    press_heads(p, NULL, 0);
    press_space(p, 16);
    press_text(p, str_of(tr(rq->lang, T("历次接触"))), 12, false, true);
    press_space(p, 6);
    contacts(p, rq, k);
}

/* ---- Conferences ---- */

static struct str
who_came(struct rq *rq, struct conference_id id, const struct pdf_attendees_row *rows, size_t n)
{
    struct buf b = { .arena = rq->arena };
    for (size_t i = 0; i < n; i++) {
        if (rows[i].conference.v != id.v) continue;
        putf(&b, "%s%.*s（%s%s%.*s）", b.n ? "、" : "", FMT(rows[i].name), code_of("profession", rows[i].profession, rq->lang),     /* not shown */
             rows[i].org.n ? " " : "", FMT(rows[i].org.n ? rows[i].org : STR("")));
    }
    return buf_str(&b);
}

/* Those that the user may read, each with its decisions; how many there are. */
static size_t
conferences(struct press *p, struct rq *rq, const struct casefile *k, const struct letterhead *h)
{
    struct pdf_conferences_row *rows;
    struct pdf_attendees_row *people;
    struct pdf_resolutions_row *decided;
    int64_t area = id_area(k->c.id.v);
    struct str title = str_of(tr(rq->lang, T("个案会议")));
    size_t n = pdf_conferences(rq->db, &rows, area, k->c.id), people_n = pdf_attendees(rq->db, &people, area, k->c.id);
    size_t decided_n = pdf_resolutions(rq->db, &decided, area, k->c.id), shown = 0;
    for (size_t i = 0; i < n; i++) {
        if (!case_may_read(rq, k, (int)rows[i].level)) continue;
        if (shown++ == 0) press_begin(p, &(struct press_sheet){ .heading = h->heading, .title = title, .mark = h->unit, .number = k->c.no });
        print_band(p, rows[i].topic);
        print_pairs(p, tr(rq->lang, T("会议日期")), date_text(rq->arena, rows[i].on), tr(rq->lang, T("地点")), rows[i].place);
        print_pair(p, tr(rq->lang, T("参加人")), who_came(rq, rows[i].id, people, people_n));
        print_pair(p, tr(rq->lang, T("实际共享的内容")), parts_labels(rq->arena, rq->lang, rows[i].parts));
        if (rows[i].basis.n) print_pair(p, tr(rq->lang, T("法律依据")), rows[i].basis);
        print_pair(p, tr(rq->lang, T("会议记录")), rows[i].minutes);
        for (size_t r = 0; r < decided_n; r++)
            if (decided[r].conference.v == rows[i].id.v)
                print_pair(p, tr(rq->lang, T("决定")), str_fmt(rq->arena, "%.*s　%.*s %.*s　%.*s", FMT(decided[r].text),              /* not shown */
                    FMT(decided[r].who), FMT(date_text(rq->arena, decided[r].due)), FMT(decided[r].result.n ? decided[r].result : STR(""))));
    }
    return shown;
}

bool
pdf_case(struct rq *rq, struct casefile *k, struct buf *out)
{
    struct pdf_docs_row *rows;
    struct letterhead h = letterhead(rq->db, k->c.unit);
    size_t n = pdf_docs(rq->db, &rows, id_area(k->c.id.v), k->c.id);
    struct entry *entries = NEW(rq->arena, struct entry, n + 2);
    struct str name = str_fmt(rq->arena, "%s %.*s", tr(rq->lang, T("个案工作案卷")), FMT(k->c.no));
    struct press *p = press_open(rq->arena, rq->lang, name, letterhead_foot(rq));
    for (size_t i = 0; i < n; i++) {
        const char *title = doc_title(doc_form(rows[i].form), rq->lang), *day = date_text(rq->arena, rows[i].filled_on).p;
        entries[i].page = press_page(p) + 1;
        entries[i].text = str_is(rows[i].form, "E") ? tr_fmt(rq->arena, rq->lang, T("%s 第 %d 次（%s）"), title, (int)rows[i].seq, day)
                                                    : str_fmt(rq->arena, "%.*s %s", FMT(rows[i].form), title);
        pdf_form(p, rq, k, &h, &rows[i]);
    }
    size_t parts = n;
    entries[parts] = (struct entry){ str_of(tr(rq->lang, T("个案会议"))), press_page(p) + 1 };
    parts += conferences(p, rq, k, &h) > 0;
    entries[parts++] = (struct entry){ str_of(tr(rq->lang, T("个案办理过程"))), press_page(p) + 1 };
    events(p, rq, k, &h);
    cover(p, rq, k, &h, n);
    contents(p, rq, entries, parts);
    return press_write(p, out);
}

static enum http
whole(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    if (!case_may_read(rq, k, 2)) return HTTP_NOT_FOUND;
    pdf_given(rq, k, give_answered(rq, rq->form, k->c.unit, "print"), str_of(tr(LANG_ZH, T("个案工作案卷"))));
    return answer(rq, k, "file", pdf_case(rq, k, &rq->body));
}

/* ---- The client's summary (GZ-21, 7.2.3: the client's right to know) ---- */

/* Goals as they were agreed with the client, out of the newest plan. */
static void
goals(struct press *p, struct rq *rq, const struct casefile *k)
{
    const json_t *d = case_form(rq, k, "D");
    size_t n = d ? doc_rows(d, "goals") : 0;
    print_band(p, str_of(tr(rq->lang, T("约定的服务目标"))));
    for (size_t i = 0; i < n; i++)
        print_pair(p, str_fmt(rq->arena, "%zu", i + 1).p, doc_cell(d, "goals", i, "goal"));
    if (n == 0) print_pair(p, "—", str_of(tr(rq->lang, T("还没有约定"))));
}

static enum http
summary(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct case_get_row *c = &k->c;
    enum lang lang = rq->lang;
    if (!case_may_read(rq, k, 2)) return HTTP_NOT_FOUND;
    struct letterhead h = letterhead(rq->db, c->unit);
    struct str title = str_of(tr(lang, T("我的服务记录摘要")));
    struct press *p = press_open(rq->arena, lang, title, letterhead_foot(rq));
    press_begin(p, &(struct press_sheet){ .heading = h.heading, .title = title, .mark = str_of(tr(lang, T("交服务对象本人或其监护人"))), .number = c->no });
    print_pairs(p, tr(lang, T("姓名")), c->name, tr(lang, T("阶段")), str_of(state_label(c->state, lang)));
    print_pairs(p, tr(lang, T("单位")), c->unit_name, tr(lang, T("服务热线")), h.hotline);
    print_pairs(p, tr(lang, T("责任社工")), c->worker_name, tr(lang, T("下次约定")), date_text(rq->arena, c->next));
    print_pairs(p, tr(lang, T("接案日期")), date_text(rq->arena, c->opened), tr(lang, T("结案日期")), date_text(rq->arena, c->closed));
    print_pairs(p, tr(lang, T("服务次数")), str_fmt(rq->arena, "%lld", (long long)c->contacts), tr(lang, T("服务时长（分钟）")),
                str_fmt(rq->arena, "%lld", (long long)c->minutes));
    goals(p, rq, k);
    print_band(p, str_of(tr(lang, T("提供过的服务"))));
    contacts(p, rq, k);
    print_band(p, str_of(tr(lang, T("您的权利"))));
    press_row(p, &(struct press_cell){ 1, LOOK_VALUE, str_of(tr(lang, T("您可以随时了解服务的内容和进展，查阅自己的档案，要求更正有误的信息，"
        "撤回同意，更换社工或停止服务；对服务有意见，可以向社工站或民政部门提出。"))) }, 1);
    press_seal(p, h.seal);
    struct disclosure *d = NEW(rq->arena, struct disclosure, 1);
    *d = (struct disclosure){ .unit = c->unit, .kind = "reading", .receiver = str_of(tr(LANG_ZH, T("服务对象本人或其监护人"))), .told_on = today(),
                              .purpose = str_of(tr(LANG_ZH, T("告知服务情况"))), .basis = str_of(tr(LANG_ZH, T("个人信息保护法第四十五条"))) };
    pdf_given(rq, k, d, str_of(tr(LANG_ZH, T("我的服务记录摘要"))));
    return answer(rq, k, "summary", press_write(p, &rq->body));
}

const struct route pdf_routes[] = {
    GIVEN("/cases/:case/forms/:form/pdf", CASE_READ, form, .scope = case_scope, .title = T("打印 PDF")),
    GIVEN("/cases/:case/file", CASE_READ, whole, .scope = case_scope, .title = T("打印整卷")),
    GET("/cases/:case/summary", CASE_READ, summary, .scope = case_scope, .title = T("我的服务记录摘要"), .slow = true),
};
const size_t pdf_routes_n = COUNT(pdf_routes);
