/* The forms of a case: begin, fill in, hand in, revise, compare, review, attach files. */
#include "audit/audit.h"
#include "casework/case.h"
#include "casework/case_json.h"
#include "casework/case_views.h"
#include "casework/docs_html.h"
#include "files/attach.h"

static enum http
refuse(struct rq *rq, const char *zh)
{
    return rq_fail(rq, HTTP_CONFLICT, zh);
}

struct doc_id
doc_begin(struct rq *rq, struct casefile *k, const struct doc_form *f)
{
    int64_t area = id_area(k->c.id.v);
    struct docs_last_row last;
    struct str form = str_of(f->code);
    bool record = f->code[0] == 'E';
    struct doc_id id = { id_next(area) };
    struct docs_draft_row draft;

    if (!record && docs_draft(rq->db, &draft, area, k->c.id, form)) return draft.id;
    docs_last(rq->db, &last, area, k->c.id, form);
    int64_t seq = record && last.seq != NO_INT ? last.seq + 1 : 1;
    json_t *doc = doc_new(case_env(rq, k), f);
    for (size_t i = 0; i < f->n && case_waits_for_guardian(rq, k); i++)
        if (f->fields[i].f.level >= 3) json_object_del(doc, f->fields[i].f.name);
    docs_insert(rq->db, .area = area, .id = id, .case_ = k->c.id, .form = form, .seq = seq, .version = 1, .form_version = f->version,
                .doc = doc_dump(rq->arena, doc), .by = rq->who.user, .on = today(), .at = instant_now());
    return id;
}

void
case_preset(struct rq *rq, struct doc_id id, const struct doc_preset *values, size_t n)
{
    struct docs_get_row row;
    int64_t area = id_area(id.v);
    json_t *doc = docs_get(rq->db, &row, area, id) ? doc_parse(rq->arena, row.doc) : NULL;
    for (size_t i = 0; i < n && doc != NULL; i++)
        if (values[i].value.n && json_object_get(doc, values[i].key) == NULL)
            json_object_set_new(doc, values[i].key, json_stringn(values[i].value.p, values[i].value.n));
    if (doc != NULL)
        docs_save(rq->db, .area = area, .id = id, .doc = doc_dump(rq->arena, doc), .by = rq->who.user, .on = today(), .at = instant_now(),
                  .saves = row.saves);
}

static enum http
begin(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct doc_form *f = doc_form(rq->words[0]);
    struct docs_draft_row draft;
    if (f == NULL || rq->words[0].n != 1 || f->code[0] > 'G') return HTTP_NOT_FOUND;           /* the others belong to no case */
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    int64_t area = id_area(k->c.id.v);
    bool handed_in = f->code[0] != 'E' && case_form(rq, k, f->code) != NULL;
    if (handed_in && !docs_draft(rq->db, &draft, area, k->c.id, rq->words[0])) return refuse(rq, T("该表已提交；需要修改时请新建版本。"));
    const char *why = case_form_closed(rq, k, rq->words[0]);
    if (why != NULL) return rq_fail(rq, HTTP_CONFLICT, why);
    return rq_redirect(rq, "/cases/%lld/forms/%lld", (long long)k->c.id.v, (long long)doc_begin(rq, k, f).v);
}

/* ---- Loading ---- */

bool
case_doc_open(struct rq *rq, struct doc_page *v, struct doc_id id)
{
    struct casefile *k = case_of(rq);
    struct docs_get_row *row = NEW(rq->arena, struct docs_get_row, 1);
    if (!docs_get(rq->db, row, id_area(k->c.id.v), id) || row->case_.v != k->c.id.v) return false;
    *v = (struct doc_page){ .rq = rq, .k = k, .row = row, .id = id, .form = doc_form(row->form), .env = case_env(rq, k), .saves = row->saves };
    v->doc = doc_parse(rq->arena, row->doc);
    if (rq->again && v->form != NULL) {                                 /* typed in a session that ended */
        v->doc = doc_read(rq, v->form);
        v->saves = rq_param_int(rq, "version", 0);
    }
    return v->form != NULL && v->doc != NULL;
}

static bool
editable(const struct doc_page *v)
{
    bool draft = str_is(v->row->status, "draft") || str_is(v->row->status, "returned");
    return draft && v->row->current && case_may_write(v->rq, v->k);
}

static void
load_extras(struct doc_page *v)
{
    struct docs_versions_row *versions;
    struct file_list_row *files;
    int64_t area = id_area(v->k->c.id.v);
    v->versions_n = docs_versions(v->rq->db, &versions, area, v->k->c.id, v->row->form, v->row->seq);
    v->versions = versions;
    v->files_n = file_list(v->rq->db, &files, area, v->id);
    v->files = files;
    v->edit = editable(v);
    v->review = str_is(v->row->status, "submitted") && v->row->current && case_may_decide(v->rq, v->k);
    v->revise = !v->edit && v->row->current && case_may_write(v->rq, v->k) && state_is_open(v->k->c.state)
                && !str_is(v->row->status, "draft") && !str_is(v->row->status, "returned");
}

/* What its writer is told beside a form that stands: words that label, a copied plan, a late record. */
static void
load_hints(struct doc_page *v)
{
    bool final = instant_known(v->row->submitted_at);
    struct doc_result r = doc_check(v->env, v->form, v->doc, final);
    if (final) case_hints(v->rq, v->k, v->form, v->doc, v->row->submitted_at, &r);
    v->warnings = r.warnings;
}

static void
titled(struct rq *rq, const struct doc_page *v)
{
    rq->title = str_fmt(rq->arena, "%s %s · %.*s", v->form->code, doc_title(v->form, rq->lang), FMT(v->k->c.no));
}

static void
note_reading(struct rq *rq, const struct doc_page *v)
{
    rq_note_read(rq, "case", v->k->c.id.v, str_fmt(rq->arena, "form %s", v->form->code).p);
}

static enum http
show(struct rq *rq)
{
    struct doc_page v;
    if (!case_doc_open(rq, &v, (struct doc_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    if (!case_may_read(rq, v.k, 2)) return HTTP_NOT_FOUND;
    load_extras(&v);
    note_reading(rq, &v);
    if (shape_wanted(rq)) return doc_json(rq, &v);
    if (case_may_write(rq, v.k)) load_hints(&v);
    titled(rq, &v);
    if (v.edit) doc_edit_page(&rq->body, &v);
    else doc_read_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
compare(struct rq *rq)
{
    struct doc_page v;
    struct docs_get_row other;
    if (!case_doc_open(rq, &v, (struct doc_id){ rq->ids[1] }) || !case_may_read(rq, v.k, 2)) return HTTP_NOT_FOUND;
    if (!docs_get(rq->db, &other, id_area(v.k->c.id.v), (struct doc_id){ rq->ids[2] }) || other.case_.v != v.k->c.id.v
        || !str_eq(other.form, v.row->form)) return HTTP_NOT_FOUND;
    v.other = doc_parse(rq->arena, other.doc);
    v.other_version = other.version;
    titled(rq, &v);
    note_reading(rq, &v);
    doc_compare_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- Saving ---- */

static enum http
redraw(struct rq *rq, struct doc_page *v, json_t *doc, struct doc_result result, enum http status)
{
    if (rq->json) {
        rq->errors = result.errors;
        return status;
    }
    v->doc = doc;
    v->errors = result.errors;
    v->warnings = result.warnings;
    load_extras(v);
    v->edit = true;
    titled(rq, v);
    doc_edit_page(&rq->body, v);
    return status;
}

/* Somebody else saved in between: both values are shown, what was typed stays in the form. */
static enum http
conflict(struct rq *rq, struct doc_page *v, json_t *doc)
{
    if (rq->json) return rq_fail(rq, HTTP_CONFLICT, T("该内容已被其他人修改，请核对后再保存。"));
    v->other = v->doc;
    v->other_version = v->row->version;
    return redraw(rq, v, doc, (struct doc_result){ 0 }, HTTP_CONFLICT);
}

static enum http
saved(struct rq *rq, const struct doc_page *v, struct doc_result result, const json_t *doc)
{
    if (rq->json) {
        rq->type = STR("application/json");
        putf(&rq->body, "{\"version\":%lld}\n", (long long)v->saves + 1);
        return HTTP_OK;
    }
    (void)result;
    (void)doc;
    return rq_done(rq, T("草稿已保存"), "/cases/%lld/forms/%lld", (long long)v->k->c.id.v, (long long)v->id.v);
}

void
case_hand_in(struct rq *rq, struct casefile *k, const struct doc_form *f, struct doc_id id, const json_t *doc)
{
    int64_t area = id_area(k->c.id.v);
    docs_submit(rq->db, area, id, instant_now());
    case_forms_changed(k);
    case_apply(rq, k, f, id, doc);
    case_event_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .at = instant_now(), .by = rq->who.user,
                   .kind = STR("submitted"), .reason = str_of(f->code));
}

static enum http
hand_in(struct rq *rq, struct doc_page *v, const json_t *doc, struct doc_result result)
{
    case_hand_in(rq, v->k, v->form, v->id, doc);
    return result.warnings != NULL
           ? rq_done(rq, T("已提交；有提示请留意"), "/cases/%lld/forms/%lld", (long long)v->k->c.id.v, (long long)v->id.v)
           : rq_done(rq, T("已提交"), "/cases/%lld", (long long)v->k->c.id.v);
}

/* Keeps what was uploaded with the form.  What is too large or of a kind that is not allowed becomes an error of the form; false when
 * there was one. */
static bool
keep_uploads(struct rq *rq, struct casefile *k, const struct doc_page *v, struct doc_result *r)
{
    const struct form_error *before = r->errors;
    int64_t area = id_area(k->c.id.v);
    for (size_t i = 0; i < rq->uploads_n; i++) {
        const struct upload *u = &rq->uploads[i];
        const struct doc_field *x = doc_field(v->form, u->field);
        struct attached kept;
        if (u->size == 0 || x == NULL || x->f.kind != F_FILE) continue;
        const char *why = attach_keep(rq, u, &kept);
        if (why == NULL) {
            file_insert(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .doc = v->id, .field = u->field, .name = u->filename,
                        .type = kept.type, .size = u->size, .hash = kept.hash, .level = k->c.level, .by = rq->who.user, .at = instant_now());
            continue;
        }
        struct form_error *e = NEW(rq->arena, struct form_error, 1);
        *e = (struct form_error){ .field = u->field.p, .label = u->filename.p, .why = tr(rq->lang, why), .next = r->errors };
        r->errors = e;
    }
    return r->errors == before;
}

/* Which fields changed, for the trail; values of official forms stay in the versions. */
static void
note_change(struct rq *rq, const struct doc_page *v, const json_t *doc, bool final)
{
    struct audit_changes changes = { 0 };
    for (size_t i = 0; i < v->form->n; i++) {
        const char *name = v->form->fields[i].f.name;
        const json_t *a = json_object_get(v->doc, name), *b = json_object_get(doc, name);
        bool same = a == NULL || b == NULL ? a == b : json_equal(a, b);
        if (!same) audit_changed_secret(&changes, rq->arena, name);
    }
    if (!changes.any && !final) return;
    audit_note(rq, id_area(v->k->c.id.v), final ? "submit" : "change", "case", v->k->c.id.v, &changes, str_fmt(rq->arena, "form %s", v->form->code));
}

static enum http
save(struct rq *rq)
{
    struct doc_page v;
    if (!case_doc_open(rq, &v, (struct doc_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    if (!case_may_write(rq, v.k)) return HTTP_FORBIDDEN;
    if (!editable(&v)) return refuse(rq, T("该表已提交；需要修改时请新建版本。"));
    bool final = str_is(rq_param(rq, "do"), "submit");
    json_t *doc = doc_read(rq, v.form);
    doc_propose(v.form, doc);
    if (rq_param_int(rq, "version", 0) != v.row->saves) return conflict(rq, &v, doc);
    struct doc_result result = doc_check(v.env, v.form, doc, final);
    case_check(rq, v.k, v.form, doc, final, &result);
    struct str hash = case_text_hash(rq, v.form, doc);
    if (final) case_hints(rq, v.k, v.form, doc, instant_now(), &result);
    /* A draft keeps everything that was typed, right or wrong, but a child's sensitive values not before consent. */
    bool child = result.errors != NULL && result.errors->field == NULL;
    for (struct form_error *e = result.errors; e != NULL && !child; e = e->next) child = e->field == NULL;
    bool refused = false;
    if (!child) {
        size_t kept = docs_save(rq->db, .area = id_area(v.k->c.id.v), .id = v.id, .doc = doc_dump(rq->arena, doc), .text_hash = hash,
                                .by = rq->who.user, .on = today(), .at = instant_now(), .saves = v.row->saves);
        if (kept == 0) return conflict(rq, &v, doc);
        v.saves = v.row->saves + 1;
        refused = !keep_uploads(rq, v.k, &v, &result);
        note_change(rq, &v, doc, final && result.errors == NULL);
    }
    if (rq_param(rq, "add").n || (final && result.errors != NULL) || child || refused) {
        rq->keep = true;
        return redraw(rq, &v, doc, result, result.errors != NULL ? HTTP_INVALID : HTTP_OK);
    }
    v.saves--;
    return final ? hand_in(rq, &v, doc, result) : saved(rq, &v, result, doc);
}

/* A new version out of the newest one: nothing is overwritten. */
static enum http
revise(struct rq *rq)
{
    struct doc_page v;
    if (!case_doc_open(rq, &v, (struct doc_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    load_extras(&v);
    if (!v.revise) return refuse(rq, T("只能从最新的已提交版本新建版本。"));
    int64_t area = id_area(v.k->c.id.v);
    struct doc_id id = { id_next(area) };
    docs_not_current(rq->db, area, v.id);
    docs_insert(rq->db, .area = area, .id = id, .case_ = v.k->c.id, .form = v.row->form, .seq = v.row->seq, .version = v.row->version + 1,
                .form_version = v.form->version, .doc = v.row->doc, .by = rq->who.user, .on = today(), .at = instant_now());
    audit_note(rq, area, "revise", "case", v.k->c.id.v, NULL, str_fmt(rq->arena, "form %s", v.form->code));
    return rq_redirect(rq, "/cases/%lld/forms/%lld", (long long)v.k->c.id.v, (long long)id.v);
}

/* ---- Review ---- */

struct review { struct str decision, comment, sign; };
static const struct choice decisions[] = { { "approved", "通过", NULL }, { "returned", "退回修改", NULL } };
static const struct field review_fields[] = {
    FIELD_CHOICE(struct review, decision, decisions, "意见", .required = true),
    FIELD_LONG(struct review, comment, "督导意见", .max = 2000, .if_field = "decision", .if_values = "returned|approved", .help = "退回时请写明需要修改的地方。"),
    FIELD_SIGN(struct review, sign, "签名", .if_field = "decision", .if_values = "approved", .required_if_shown = true, .wide = true),
};
static bool
review_check(struct rq *rq, void *form)
{
    const struct review *in = form;
    if (str_is(in->decision, "returned") && in->comment.n == 0) rq_invalid(rq, "comment", T("退回时请写明原因。"));
    return rq->errors == NULL;
}
static const struct form review_form = FORM_CHECKED(struct review, review_fields, review_check);

/* The supervisor's own fields of a form: comment and signature. */
static void
fill_supervisor(json_t *doc, const struct doc_form *f, struct str comment, struct str sign)
{
    bool signed_ = false;
    for (size_t i = 0; i < f->n; i++) {
        const struct doc_field *x = &f->fields[i];
        if (!x->supervisor) continue;
        if (x->f.kind == F_LONG && comment.n) json_object_set_new(doc, x->f.name, json_stringn(comment.p, comment.n));
        if (x->f.kind == F_SIGN && sign.n && !signed_) {
            json_object_set_new(doc, x->f.name, json_stringn(sign.p, sign.n));
            signed_ = true;
        }
    }
}

void
case_close_ready(struct rq *rq, struct casefile *k)
{
    struct missing *list;
    if (!str_is(k->c.state, "closing") || case_missing(rq, k, STR("closed"), &list) > 0) return;
    const json_t *doc = case_form(rq, k, "G");
    case_enter(rq, k, STR("closed"), NO_STR);
    if (doc != NULL && str_is(doc_text(doc, "follow_up"), "yes")) case_enter(rq, k, STR("follow_up"), NO_STR);
}

void
case_review(struct rq *rq, struct casefile *k, const struct doc_form *f, struct doc_id id, json_t *doc, struct str decision,
            struct str comment, struct str sign)
{
    int64_t area = id_area(k->c.id.v);
    fill_supervisor(doc, f, comment, sign);
    docs_review(rq->db, .area = area, .id = id, .status = decision, .by = rq->who.user, .at = instant_now(),
                .review = comment.n ? comment : NO_STR, .doc = doc_dump(rq->arena, doc));
    case_forms_changed(k);
    case_event_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .at = instant_now(), .by = rq->who.user,
                   .kind = decision, .reason = str_of(f->code));
    audit_note(rq, area, str_z(rq->arena, decision), "case", k->c.id.v, NULL, str_fmt(rq->arena, "form %s", f->code));
    if (str_is(decision, "approved") && f->code[0] == 'G') case_close_ready(rq, k);
}

static enum http
review(struct rq *rq)
{
    const struct review *in = rq->form;
    struct doc_page v;
    if (!case_doc_open(rq, &v, (struct doc_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    load_extras(&v);
    if (!v.review) return HTTP_FORBIDDEN;
    case_review(rq, v.k, v.form, v.id, doc_parse(rq->arena, v.row->doc), in->decision, in->comment, in->sign);
    return rq_done(rq, str_is(in->decision, "approved") ? T("已通过") : T("已退回"), "/cases/%lld", (long long)v.k->c.id.v);
}

/* ---- Files ---- */

static enum http
download(struct rq *rq)
{
    struct file_get_row f;
    struct casefile *k = case_of(rq);
    int64_t area = id_area(k->c.id.v);
    if (!file_get(rq->db, &f, area, (struct file_id){ rq->ids[1] }) || f.case_.v != k->c.id.v || !case_may_read(rq, k, (int)f.level))
        return HTTP_NOT_FOUND;
    rq->file = attach_path(rq->arena, f.hash);
    rq->type = f.type;
    rq->download = f.name;
    rq_note_read(rq, "case", k->c.id.v, "file");
    return HTTP_OK;
}

const struct route docs_routes[] = {
    POST("/cases/:case/begin/@form", CASE_WRITE, begin, .scope = case_scope, .form = &no_fields, .title = T("填写表单")),
    GET("/cases/:case/forms/:form", CASE_READ, show, .scope = case_scope, .title = T("表单"), .shape = &doc_shape),
    POST("/cases/:case/forms/:form", CASE_WRITE, save, .scope = case_scope, .form = &no_fields, .upload = true, .title = T("保存表单")),
    GET("/cases/:case/forms/:form/compare/:other", CASE_READ, compare, .scope = case_scope, .title = T("版本对比")),
    POST("/cases/:case/forms/:form/revise", CASE_WRITE, revise, .scope = case_scope, .form = &no_fields, .title = T("新建版本")),
    POST("/cases/:case/forms/:form/review", CASE_READ, review, .scope = case_scope, .form = &review_form, .redraw = show, .title = T("督导意见")),
    GET("/cases/:case/files/:file", CASE_READ, download, .scope = case_scope, .title = T("附件")),
};
const size_t docs_routes_n = COUNT(docs_routes);
const struct form *const docs_review_form = &review_form;
