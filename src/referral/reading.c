/* The client reads his own file 案主查阅 (GZ-34, 8.1.3(3); PIPL arts. 44, 45): asked for, gone through by the worker so that
 * nobody else's data are in it, shown or printed, and put on record. */
#include "audit/audit.h"
#include "form/docdraw.h"
#include "referral/reading_html.h"
#include "referral/referral_views.h"

struct ask { struct str asked_by, relation, wish; struct date on; };
static const struct field ask_fields[] = {
    FIELD_TEXT(struct ask, asked_by, "申请人", .required = true, .max = 60),
    FIELD_CHOICE(struct ask, relation, consent_relations, "由谁申请", .required = true),
    FIELD_DATE(struct ask, on, "申请日期", .required = true, .check = "past"),
    FIELD_LONG(struct ask, wish, "想了解的内容", .max = 500),
};
static bool ask_check(struct rq *rq, void *form);
static const struct form ask_form = FORM_CHECKED(struct ask, ask_fields, ask_check);

struct decide { struct str what, why, left_why, sign; bool checked, copy; };
static const struct choice whats[] = { { "show", T("提供查阅"), NULL }, { "refuse", T("不提供"), NULL } };
static const struct field decide_fields[] = {
    FIELD_CHOICE(struct decide, what, whats, "处理", .required = true),
    FIELD_TEXT(struct decide, why, "不提供的理由", .max = 300, .if_field = "what", .if_values = "refuse", .required_if_shown = true),
    FIELD_TEXT(struct decide, left_why, "略去内容的理由", .max = 300, .if_field = "what", .if_values = "show"),
    FIELD_BOOL(struct decide, checked, "已逐项核对，不含他人信息", .if_field = "what", .if_values = "show"),
    FIELD_BOOL(struct decide, copy, "服务对象带走打印件", .if_field = "what", .if_values = "show"),
    FIELD_SIGN(struct decide, sign, "查阅人签名", .if_field = "what", .if_values = "show", .required_if_shown = true, .wide = true),
};
static bool decide_check(struct rq *rq, void *form);
static const struct form decide_form = FORM_CHECKED(struct decide, decide_fields, decide_check);

/* Of a child and of somebody without capacity the guardian asks. */
static bool
ask_check(struct rq *rq, void *form)
{
    const struct ask *in = form;
    const struct casefile *k = rq->record;
    int age = k ? date_age(k->c.born, today()) : -1;
    bool guardian = (age >= 0 && age < 14) || (k && str_is(k->c.capacity, "none"));
    if (guardian && !str_is(in->relation, "guardian")) rq_invalid(rq, "relation", T("须由监护人申请。"));
    return rq->errors == NULL;
}

static bool
decide_check(struct rq *rq, void *form)
{
    const struct decide *in = form;
    if (str_is(in->what, "show") && !in->checked) rq_invalid(rq, "checked", T("请逐项核对后确认。"));
    return rq->errors == NULL;
}

/* The worker of the case prepares it; the head may, when he reads the case. */
static bool
prepares(const struct rq *rq, const struct casefile *k)
{
    return may(rq, DISCLOSURE_WRITE) && (case_may_write(rq, k) || (case_may_decide(rq, k) && case_may_read(rq, k, 3)));
}

/* ---- What the file holds ---- */

/* Never: other people's data, level S4 (reports by others), what the supervisor writes, signatures and files. */
static bool
own(const struct doc_field *x)
{
    if (x->others || x->supervisor || x->f.level >= 4) return false;
    return x->f.kind != F_SIGN && x->f.kind != F_FILE && x->f.kind != F_NOTE && x->f.kind != F_COMPUTED;
}

static bool
left_out(struct str list, struct str key)
{
    while (list.n)
        if (str_eq(str_cut(&list, ','), key)) return true;
    return false;
}

static struct reading_part
part_of(struct rq *rq, struct casefile *k, const struct reading_forms_row *row, struct str out)
{
    const struct doc_form *f = doc_form(row->form);
    const json_t *doc = doc_parse(rq->arena, row->doc);
    struct drawn_doc d = { case_env(rq, k), f, doc, NULL, NULL };
    struct reading_part part = { .rows = NEW(rq->arena, struct reading_row, f->n + 1) };
    char day[16];
    date_print(row->on, day);
    part.title = str_is(row->form, "E") ? tr_fmt(rq->arena, rq->lang, T("%s 第 %d 次（%s）"), doc_title(f, rq->lang), (int)row->seq, day)
                                        : str_fmt(rq->arena, "%s（%s）", doc_title(f, rq->lang), day);      /* not shown */
    for (size_t i = 0; i < f->n; i++) {
        const struct doc_field *x = &f->fields[i];
        if (!own(x) || json_object_get(doc, x->f.name) == NULL || !doc_asked(f, x, doc) || !doc_readable(&d, x)) continue;
        struct buf b = { .arena = rq->arena, .lang = rq->lang, .rq = rq };
        struct reading_row *r = &part.rows[part.n++];
        r->key = str_fmt(rq->arena, "%.*s%lld.%s", FMT(row->form), (long long)row->seq, x->f.name);
        r->label = str_of(field_label(&x->f, rq->lang));
        r->out = left_out(out, r->key);
        doc_value(&b, &d, x, doc);
        r->text = buf_str(&b);
    }
    return part;
}

static void
load_parts(struct rq *rq, struct reading_page *v, struct str out)
{
    struct reading_forms_row *rows;
    size_t n = reading_forms(rq->db, &rows, id_area(v->k->c.id.v), v->k->c.id);
    v->parts = NEW(rq->arena, struct reading_part, n + 1);
    for (size_t i = 0; i < n; i++) v->parts[v->parts_n++] = part_of(rq, v->k, &rows[i], out);
}

static bool
open_one(struct rq *rq, struct reading_page *v)
{
    *v = (struct reading_page){ .rq = rq, .k = case_of(rq), .id = { rq->ids[1] } };
    v->write = prepares(rq, v->k);
    return reading_get(rq->db, &v->one, id_area(v->k->c.id.v), v->id) && v->one.case_.v == v->k->c.id.v;
}

/* ---- Pages ---- */

static enum http
list(struct rq *rq)
{
    struct reading_list_row *rows;
    struct reading_page v = { .rq = rq, .k = case_of(rq), .form = &ask_form };
    struct ask fresh = { .on = today(), .asked_by = v.k->c.name, .relation = STR("self") };
    if (!case_may_read(rq, v.k, 2)) return HTTP_FORBIDDEN;
    v.write = prepares(rq, v.k);
    v.from = (struct form_source){ .rq = rq, .values = &fresh };
    v.n = reading_list(rq->db, &rows, id_area(v.k->c.id.v), v.k->c.id);
    v.rows = rows;
    rq->title = str_of(tr(rq->lang, T("案主查阅")));
    reading_list_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
ask(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct ask *in = rq->form;
    int64_t area = id_area(k->c.id.v);
    struct reading_id id = { id_next(area) };
    if (!prepares(rq, k)) return HTTP_FORBIDDEN;
    reading_insert(rq->db, .area = area, .id = id, .case_ = k->c.id, .person = k->c.person, .on = in->on, .asked_by = in->asked_by,
                   .relation = in->relation, .wish = in->wish, .by = rq->who.user);
    audit_note(rq, area, "reading", "case", k->c.id.v, NULL, in->asked_by);
    return rq_done(rq, T("已登记申请"), "/cases/%lld/reading/%lld", (long long)k->c.id.v, (long long)id.v);
}

static enum http
prepare(struct rq *rq)
{
    struct reading_page v;
    if (!open_one(rq, &v)) return HTTP_NOT_FOUND;
    if (!v.write || !str_is(v.one.state, "asked")) return rq_redirect(rq, "/cases/%lld/reading", (long long)v.k->c.id.v);
    load_parts(rq, &v, NO_STR);
    v.form = &decide_form;
    v.from = (struct form_source){ .rq = rq };
    rq->title = str_of(tr(rq->lang, T("准备查阅材料")));
    rq_note_read(rq, "case", v.k->c.id.v, "reading");
    reading_prepare_page(&rq->body, &v);
    return HTTP_OK;
}

/* Ticked is what is shown; everything else of the file is left out. */
static struct str
not_ticked(struct rq *rq, const struct reading_page *v)
{
    struct buf b = { .arena = rq->arena };
    for (size_t p = 0; p < v->parts_n; p++)
        for (size_t r = 0; r < v->parts[p].n; r++) {
            bool ticked = false;
            for (size_t i = 0; i < rq->params_n && !ticked; i++)
                ticked = str_is(rq->params[i].name, "show") && str_eq(rq->params[i].value, v->parts[p].rows[r].key);
            if (ticked) continue;
            if (b.n) LIT(&b, ",");
            put_raw(&b, v->parts[p].rows[r].key);
        }
    return buf_str(&b);
}

static struct str
parts_text(struct rq *rq, const struct reading_page *v)
{
    struct buf b = { .arena = rq->arena };
    for (size_t i = 0; i < v->parts_n; i++) {
        if (b.n) LIT(&b, "、");                                  /* not shown */
        put_raw(&b, v->parts[i].title);
    }
    return b.n ? buf_str(&b) : STR("-");
}

static enum http
decide(struct rq *rq)
{
    const struct decide *in = rq->form;
    struct reading_page v;
    bool shown = str_is(in->what, "show");
    if (!open_one(rq, &v)) return HTTP_NOT_FOUND;
    if (!v.write) return HTTP_FORBIDDEN;
    load_parts(rq, &v, NO_STR);
    int64_t area = id_area(v.k->c.id.v);
    struct str out = shown ? not_ticked(rq, &v) : NO_STR;
    if (out.n && in->left_why.n == 0) return rq_invalid(rq, "left_why", T("略去了内容，请写明理由。"));
    if (reading_decide(rq->db, .area = area, .id = v.id, .state = shown ? STR("shown") : STR("refused"), .at = instant_now(), .by = rq->who.user,
                       .why = in->why, .left_out = out, .left_why = in->left_why, .copy = in->copy, .sign = in->sign) == 0) return HTTP_CONFLICT;
    audit_note(rq, area, shown ? "reading_shown" : "reading_refused", "case", v.k->c.id.v, NULL, in->why);
    if (!shown) return rq_done(rq, T("已记录"), "/cases/%lld/reading", (long long)v.k->c.id.v);
    disclosure_note(rq, &(struct disclosure){ .unit = v.k->c.unit, .person = v.k->c.person, .case_ = v.k->c.id, .kind = "reading", .level = v.k->c.level,
        .receiver = v.one.asked_by, .fields = parts_text(rq, &v), .purpose = str_of(tr(LANG_ZH, T("案主查阅"))),
        .basis = str_of(tr(LANG_ZH, T("个人信息保护法第四十五条"))), .told_on = today() });
    return rq_redirect(rq, "/cases/%lld/reading/%lld/print", (long long)v.k->c.id.v, (long long)v.id.v);
}

/* What he reads, as it was decided; each opening is on record. */
static enum http
print(struct rq *rq)
{
    struct reading_page v;
    if (!open_one(rq, &v) || !str_is(v.one.state, "shown")) return HTTP_NOT_FOUND;
    if (!v.write) return HTTP_FORBIDDEN;
    load_parts(rq, &v, v.one.left_out);
    rq->title = str_of(tr(rq->lang, T("案主查阅")));
    rq_note_read(rq, "case", v.k->c.id.v, "reading print");
    reading_paper(&rq->body, &v);
    return HTTP_OK;
}

const struct route reading_routes[] = {
    GET("/cases/:case/reading", DISCLOSURE_READ, list, .scope = case_scope, .title = T("案主查阅")),
    POST("/cases/:case/reading", DISCLOSURE_WRITE, ask, .scope = case_scope, .form = &ask_form, .redraw = list, .title = T("申请查阅")),
    GET("/cases/:case/reading/:reading", DISCLOSURE_WRITE, prepare, .scope = case_scope, .title = T("准备查阅材料")),
    POST("/cases/:case/reading/:reading", DISCLOSURE_WRITE, decide, .scope = case_scope, .form = &decide_form, .redraw = prepare, .title = T("提供查阅")),
    GET("/cases/:case/reading/:reading/print", DISCLOSURE_WRITE, print, .scope = case_scope, .title = T("查阅材料")),
};
const size_t reading_routes_n = COUNT(reading_routes);
