/* The needs assessment and the plan of a project: begin, fill in, hand in, revise, compare; the plan is approved. */
#include "audit/audit.h"
#include "codes/catalogue.h"
#include "community/doc_html.h"
#include "community/project_views.h"
#include "view/view.h"

#define NEEDS "community_needs"
#define PLAN "community_plan"

static const struct choice statuses[] = {
    { "draft", "草稿", "Draft" }, { "submitted", "已提交", "Handed in" }, { "approved", "已批准", "Approved" }, { "returned", "退回修改", "Returned" },
};

const char *
project_form_status(struct str status, enum lang lang)
{
    for (size_t i = 0; i < COUNT(statuses); i++)
        if (str_is(status, statuses[i].code)) return choice_label(&statuses[i], lang);
    return "";
}

const char *
project_form_badge(struct str status)
{
    return str_is(status, "approved") || str_is(status, "submitted") ? "bg-green-lt" : str_is(status, "returned") ? "bg-yellow-lt" : "bg-blue-lt";
}

/* ---- What the forms ask for ---- */

struct env_arg { struct rq *rq; const struct project_get_row *p; };

static struct str
source(const struct doc_env *env, const char *name)
{
    const struct env_arg *e = env->arg;
    char z[16];
    if (strcmp(name, "today") == 0) return str_dup(env->arena, (struct str){ z, date_print(today(), z) });
    if (strcmp(name, "project.unit") == 0) return e->p->unit_name;
    return NO_STR;
}

static const json_t *
value(const struct doc_env *env, const char *name)
{
    const struct env_arg *e = env->arg;
    struct str rest = str_of(name), form = str_cut(&rest, '.');
    if (!str_is(form, NEEDS) && !str_is(form, PLAN)) return NULL;
    return json_object_get(project_form_good(e->rq, e->p->id, str_z(env->arena, form)), rest.p);
}

static const struct choice *
offer(const struct doc_env *env, const struct doc_field *x, size_t *n)
{
    (void)env;
    *n = 0;
    return x->catalogue != NULL ? catalogue_choices(x->catalogue, n) : NULL;
}

struct doc_env *
project_env(struct rq *rq, const struct project_get_row *p)
{
    static const char *const no_words[] = { NULL };
    struct doc_env *env = NEW(rq->arena, struct doc_env, 1);
    struct env_arg *e = NEW(rq->arena, struct env_arg, 1);
    *e = (struct env_arg){ rq, p };
    *env = (struct doc_env){ .arena = rq->arena, .lang = rq->lang, .arg = e, .source = source, .value = value, .offer = offer, .full_capacity = true,
                             .label_words = no_words };
    return env;
}

const json_t *
project_form_good(struct rq *rq, struct project_id id, const char *form)
{
    struct project_form_standing_row row;
    struct str status = strcmp(form, PLAN) == 0 ? STR("approved") : STR("submitted");
    return project_form_standing(rq->db, &row, id_area(id.v), id, str_of(form), status) ? doc_parse(rq->arena, row.doc) : NULL;
}

/* ---- When: the assessment in its stage, the plan in its stage and again while the work goes on ---- */

static bool
open_for(const struct rq *rq, const struct project_get_row *p, struct str form)
{
    if (!project_writable(rq, p)) return false;
    if (str_is(form, NEEDS)) return str_is(p->state, "needs");
    return str_is(p->state, "planning") || str_is(p->state, "executing");
}

struct doc_id
project_form_begin(struct rq *rq, const struct project_get_row *p, const struct doc_form *f)
{
    int64_t area = id_area(p->id.v);
    struct project_form_last_row last;
    struct doc_id id = { id_next(area) };
    bool again = project_form_last(rq->db, &last, area, p->id, str_of(f->code));
    if (again && (str_is(last.status, "draft") || str_is(last.status, "returned"))) return last.id;
    project_form_insert(rq->db, .area = area, .id = id, .project = p->id, .form = str_of(f->code), .version = again ? last.version + 1 : 1,
                        .form_version = f->version, .doc = again ? last.doc : doc_dump(rq->arena, doc_new(project_env(rq, p), f)), .by = rq->who.user,
                        .on = today(), .at = instant_now());
    audit_note(rq, area, again ? "revise" : "begin", "project", p->id.v, NULL, str_of(f->code));
    return id;
}

/* Begins the first version, or the next after one that stands; a draft is gone on with. */
static enum http
begin(struct rq *rq)
{
    const struct project_get_row *p = project_of(rq);
    struct project_form_last_row last;
    const struct doc_form *f = doc_form(rq->words[0]);
    if (f == NULL || (!str_is(rq->words[0], NEEDS) && !str_is(rq->words[0], PLAN))) return HTTP_NOT_FOUND;
    if (!open_for(rq, p, rq->words[0])) return rq_fail(rq, HTTP_CONFLICT, T("项目现在的阶段不能填写这张表。"));
    if (project_form_last(rq->db, &last, id_area(p->id.v), p->id, rq->words[0]) && str_is(last.status, "submitted") && str_is(rq->words[0], PLAN))
        return rq_fail(rq, HTTP_CONFLICT, T("策划书已提交，正在等待审批。"));
    return rq_redirect(rq, "/projects/%lld/forms/%lld", (long long)p->id.v, (long long)project_form_begin(rq, p, f).v);
}

/* ---- Reading ---- */

static bool
open_doc(struct rq *rq, struct project_doc_page *v)
{
    const struct project_get_row *p = project_of(rq);
    *v = (struct project_doc_page){ .rq = rq, .p = p, .id = { rq->ids[1] }, .env = project_env(rq, p) };
    if (!project_form_get(rq->db, &v->row, id_area(p->id.v), p->id, v->id)) return false;
    v->form = doc_form(v->row.form);
    v->doc = doc_parse(rq->arena, v->row.doc);
    v->saves = v->row.saves;
    if (v->form == NULL || v->doc == NULL) return false;
    if (rq->again) {                                    /* typed in a session that ended */
        v->doc = doc_read(rq, v->form);
        v->saves = rq_param_int(rq, "version", 0);
    }
    bool newest = v->row.version == v->row.newest, draft = str_is(v->row.status, "draft") || str_is(v->row.status, "returned");
    v->edit = newest && draft && open_for(rq, p, v->row.form);
    v->revise = newest && !draft && open_for(rq, p, v->row.form) && !(str_is(v->row.form, PLAN) && str_is(v->row.status, "submitted"));
    v->review = newest && str_is(v->row.form, PLAN) && str_is(v->row.status, "submitted") && may(rq, COMMUNITY_APPROVE)
                && v->row.filled_by.v != rq->who.user.v && !project_is_over(p->state);
    return true;
}

static void
load_versions(struct project_doc_page *v)
{
    struct project_forms_row *all;
    size_t n = project_forms(v->rq->db, &all, id_area(v->p->id.v), v->p->id);
    v->versions = NEW(v->rq->arena, struct project_forms_row, n + 1);
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].form, v->row.form)) v->versions[v->versions_n++] = all[i];
}

static void
titled(struct rq *rq, const struct project_doc_page *v)
{
    rq->title = str_fmt(rq->arena, "%s · %.*s", doc_title(v->form, rq->lang), FMT(v->p->no));
}

struct review { struct str decision, comment; };
static const struct choice decisions[] = { { "approved", "批准", "Approve" }, { "returned", "退回修改", "Return" } };
static bool
review_check(struct rq *rq, void *form)
{
    const struct review *in = form;
    if (str_is(in->decision, "returned") && in->comment.n == 0) rq_invalid(rq, "comment", T("退回时请写明原因。"));
    return rq->errors == NULL;
}
static const struct field review_fields[] = {
    FIELD_CHOICE(struct review, decision, decisions, "审批", .required = true),
    FIELD_LONG(struct review, comment, "审批意见", .max = 2000, .wide = true, .help = "退回时请写明需要修改的地方。"),
};
static const struct form review_form = FORM_CHECKED(struct review, review_fields, review_check);

static enum http
show(struct rq *rq)
{
    struct project_doc_page v;
    if (!open_doc(rq, &v)) return HTTP_NOT_FOUND;
    load_versions(&v);
    v.review_form = &review_form;
    titled(rq, &v);
    if (v.edit) project_doc_edit(&rq->body, &v);
    else project_doc_read(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
compare(struct rq *rq)
{
    struct project_doc_page v;
    struct project_form_get_row other;
    if (!open_doc(rq, &v) || !project_form_get(rq->db, &other, id_area(v.p->id.v), v.p->id, (struct doc_id){ rq->ids[2] })
        || !str_eq(other.form, v.row.form))
        return HTTP_NOT_FOUND;
    v.other = doc_parse(rq->arena, other.doc);
    v.other_version = other.version;
    titled(rq, &v);
    project_doc_compare(&rq->body, &v);
    return HTTP_OK;
}

/* ---- Saving ---- */

static enum http
redraw(struct rq *rq, struct project_doc_page *v, const json_t *doc, const struct doc_result *result, enum http status)
{
    if (rq->json) {
        rq->errors = result->errors;
        return status;
    }
    v->doc = doc;
    v->errors = result->errors;
    v->warnings = result->warnings;
    v->edit = true;
    load_versions(v);
    titled(rq, v);
    project_doc_edit(&rq->body, v);
    return status;
}

/* Somebody else saved in between: both values are shown, what was typed stays in the form. */
static enum http
conflict(struct rq *rq, struct project_doc_page *v, const json_t *doc)
{
    if (rq->json) return rq_fail(rq, HTTP_CONFLICT, T("该内容已被其他人修改，请核对后再保存。"));
    v->other = v->doc;
    v->other_version = v->row.version;
    return redraw(rq, v, doc, &(struct doc_result){ 0 }, HTTP_CONFLICT);
}

void
project_form_hand_in(struct rq *rq, const struct project_get_row *p, const struct doc_form *f, struct doc_id id, const json_t *doc)
{
    int64_t area = id_area(p->id.v);
    project_form_submit(rq->db, area, id, instant_now());
    if (strcmp(f->code, NEEDS) == 0) project_guides(rq->db, area, p->id, doc_text(doc, "party_org"), doc_text(doc, "residents_org"));
    project_tell(rq, p->id, &(struct project_told){ "submitted", today(), .what = str_of(f->code) });
}

/* Which fields changed; what they say stays in the versions. */
static void
note_change(struct rq *rq, const struct project_doc_page *v, const json_t *doc, bool final)
{
    struct audit_changes changes = { 0 };
    for (size_t i = 0; i < v->form->n; i++) {
        const char *name = v->form->fields[i].f.name;
        const json_t *a = json_object_get(v->doc, name), *b = json_object_get(doc, name);
        if (!(a == NULL || b == NULL ? a == b : json_equal(a, b))) audit_changed_secret(&changes, rq->arena, name);
    }
    if (!changes.any && !final) return;
    audit_note(rq, id_area(v->p->id.v), final ? "submit" : "change", "project", v->p->id.v, &changes, v->row.form);
}

static enum http
save(struct rq *rq)
{
    struct project_doc_page v;
    if (!open_doc(rq, &v)) return HTTP_NOT_FOUND;
    if (!v.edit) return rq_fail(rq, HTTP_CONFLICT, T("该表已提交；需要修改时请新建版本。"));
    bool final = str_is(rq_param(rq, "do"), "submit");
    json_t *doc = doc_read(rq, v.form);
    if (rq_param_int(rq, "version", 0) != v.row.saves) return conflict(rq, &v, doc);
    struct doc_result result = doc_check(v.env, v.form, doc, final);
    /* A draft keeps everything that was typed, right or wrong. */
    if (project_form_save(rq->db, .area = id_area(v.p->id.v), .id = v.id, .doc = doc_dump(rq->arena, doc), .by = rq->who.user, .on = today(),
                          .at = instant_now(), .saves = v.row.saves) == 0)
        return conflict(rq, &v, doc);
    v.saves = v.row.saves + 1;
    note_change(rq, &v, doc, final && result.errors == NULL);
    if (rq_param(rq, "add").n || (final && result.errors != NULL)) {
        rq->keep = true;
        return redraw(rq, &v, doc, &result, result.errors != NULL ? HTTP_INVALID : HTTP_OK);
    }
    if (rq->json) {
        rq->type = STR("application/json");
        putf(&rq->body, "{\"version\":%lld}\n", (long long)v.saves);
        return HTTP_OK;
    }
    if (!final) return rq_done(rq, T("草稿已保存"), "/projects/%lld/forms/%lld", (long long)v.p->id.v, (long long)v.id.v);
    project_form_hand_in(rq, v.p, v.form, v.id, doc);
    return rq_done(rq, T("已提交"), "/projects/%lld", (long long)v.p->id.v);
}

/* ---- Approval of the plan ---- */

/* The names of the fields in which two versions differ. */
static struct str
differing(struct arena *a, const struct doc_form *f, const json_t *was, const json_t *is)
{
    struct buf b = { .arena = a };
    for (size_t i = 0; i < f->n; i++)
        if (doc_differs(&f->fields[i], was, is)) putf(&b, "%s%s", b.n ? "、" : "", f->fields[i].f.label);     /* not shown */
    return buf_str(&b);
}

/* While the work goes on a new plan is a change of the project: the log says in what (clause 6.3.3). */
static void
tell_change(struct rq *rq, const struct project_get_row *p, const struct doc_form *f, const struct project_form_get_row *is, struct str comment)
{
    struct project_form_standing_row old;
    if (!project_form_standing(rq->db, &old, id_area(p->id.v), p->id, str_of(PLAN), STR("approved"))) return;
    struct str fields = differing(rq->arena, f, doc_parse(rq->arena, old.doc), doc_parse(rq->arena, is->doc));
    struct str was = tr_fmt(rq->arena, LANG_ZH, T("策划书第 %d 版"), (int)old.version);
    struct str became = tr_fmt(rq->arena, LANG_ZH, T("策划书第 %d 版"), (int)is->version);
    project_tell(rq, p->id, &(struct project_told){ "change", today(), .what = fields.n ? fields : was, .was = was, .became = became, .reason = comment });
}

void
project_form_decide(struct rq *rq, const struct project_get_row *p, const struct doc_form *f, struct doc_id id, struct str decision, struct str comment)
{
    struct project_form_get_row row;
    int64_t area = id_area(p->id.v);
    bool good = str_is(decision, "approved");
    if (good && project_is_running(p->state) && project_form_get(rq->db, &row, area, p->id, id)) tell_change(rq, p, f, &row, comment);
    project_form_review(rq->db, .area = area, .id = id, .status = decision, .by = rq->who.user, .at = instant_now(), .review = comment.n ? comment : NO_STR);
    project_tell(rq, p->id, &(struct project_told){ good ? "approved" : "returned", today(), .what = str_of(f->code), .reason = comment });
    audit_note(rq, area, good ? "approve" : "return", "project", p->id.v, NULL, str_of(f->code));
}

static enum http
review(struct rq *rq)
{
    const struct review *in = rq->form;
    struct project_doc_page v;
    if (!open_doc(rq, &v)) return HTTP_NOT_FOUND;
    if (v.row.filled_by.v == rq->who.user.v) return rq_fail(rq, HTTP_CONFLICT, T("自己提交的策划书不能自己审批。"));
    if (!v.review) return rq_fail(rq, HTTP_CONFLICT, T("这张表现在不能审批。"));
    project_form_decide(rq, v.p, v.form, v.id, in->decision, in->comment);
    return rq_done(rq, str_is(in->decision, "approved") ? T("已批准") : T("已退回"), "/projects/%lld", (long long)v.p->id.v);
}

const struct route project_doc_routes[] = {
    POST("/projects/:project/begin/@form", COMMUNITY_WRITE, begin, .scope = project_scope, .form = &no_fields, .title = T("填写表单")),
    GET("/projects/:project/forms/:form", COMMUNITY_READ, show, .scope = project_scope, .title = T("项目表单")),
    POST("/projects/:project/forms/:form", COMMUNITY_WRITE, save, .scope = project_scope, .form = &no_fields, .title = T("保存表单")),
    GET("/projects/:project/forms/:form/compare/:other", COMMUNITY_READ, compare, .scope = project_scope, .title = T("版本对比")),
    POST("/projects/:project/forms/:form/review", COMMUNITY_APPROVE, review, .scope = project_scope, .form = &review_form, .redraw = show,
         .title = T("审批策划书")),
};
const size_t project_doc_routes_n = COUNT(project_doc_routes);
