/* The forms of a group: fill in, hand in, revise, compare, approve, attach files. */
#include "audit/audit.h"
#include "files/attach.h"
#include "groupwork/group_views.h"
#include "groupwork/sheets_html.h"

static enum http
refuse(struct rq *rq, const char *zh)
{
    return rq_fail(rq, HTTP_CONFLICT, zh);
}

static void
event(struct rq *rq, const struct groupfile *k, struct str kind, struct str why)
{
    int64_t area = id_area(k->g.id.v);
    group_event_add(rq->db, .area = area, .id = { id_next(area) }, .group = k->g.id, .at = instant_now(), .by = rq->who.user, .kind = kind, .reason = why);
}

/* "J 3": the record of the third session. */
static struct str
named(struct rq *rq, const char *form, int64_t seq)
{
    return seq ? str_fmt(rq->arena, "%s %lld", form, (long long)seq) : str_of(form);
}

struct doc_id
group_begin(struct rq *rq, struct groupfile *k, const char *form, int64_t seq, struct meeting_id session)
{
    int64_t area = id_area(k->g.id.v);
    const struct doc_form *f = doc_form(str_of(form));
    struct sheet_newest_row newest;
    struct doc_id id = { id_next(area) };
    if (sheet_newest(rq->db, &newest, area, k->g.id, str_of(form), seq)) return newest.id;
    json_t *doc = doc_new(group_env(rq, k, seq), f);
    sheet_insert(rq->db, .area = area, .id = id, .group = k->g.id, .session = session, .form = str_of(form), .seq = seq, .version = 1,
                 .form_version = f->version, .doc = doc_dump(rq->arena, doc), .by = rq->who.user, .on = today(), .at = instant_now());
    return id;
}

/* ---- Loading ---- */

bool
group_sheet_open(struct rq *rq, struct sheet_page *v, struct doc_id id)
{
    struct groupfile *k = group_of(rq);
    *v = (struct sheet_page){ .rq = rq, .k = k, .id = id };
    if (!sheet_get(rq->db, &v->row, id_area(k->g.id.v), id) || v->row.group.v != k->g.id.v || !group_may_read(rq, k, 2)) return false;
    v->form = doc_form(v->row.form);
    v->env = group_env(rq, k, v->row.seq);
    v->doc = doc_parse(rq->arena, v->row.doc);
    v->saves = v->row.saves;
    if (rq->again && v->form != NULL) {                                 /* typed in a session that ended */
        v->doc = doc_read(rq, v->form);
        v->saves = rq_param_int(rq, "version", 0);
    }
    return v->form != NULL && v->doc != NULL;
}

static bool
editable(const struct sheet_page *v)
{
    bool draft = str_is(v->row.status, "draft") || str_is(v->row.status, "returned");
    return draft && v->row.current && group_may_write(v->rq, v->k) && group_is_open(v->k->g.state);
}

static void
load_extras(struct sheet_page *v)
{
    int64_t area = id_area(v->k->g.id.v);
    v->versions_n = sheet_versions(v->rq->db, &v->versions, area, v->k->g.id, v->row.form, v->row.seq);
    v->files_n = sheet_files(v->rq->db, &v->files, area, v->k->g.id, v->row.form, v->row.seq);
    v->edit = editable(v);
    v->review = str_is(v->row.status, "submitted") && v->row.current && group_may_decide(v->rq, v->k);
    v->revise = !v->edit && v->row.current && group_may_write(v->rq, v->k) && group_is_open(v->k->g.state)
                && (str_is(v->row.status, "submitted") || str_is(v->row.status, "approved"));
    if (v->form->code[0] == 'J') v->guidance = group_guidance(v->rq->arena, v->rq->lang, doc_text(v->doc, "period"));
    v->rq->title = str_fmt(v->rq->arena, "%s %s · %.*s", v->form->code, doc_title(v->form, v->rq->lang), FMT(v->k->g.no));
}

static void
note_reading(struct rq *rq, const struct sheet_page *v)
{
    rq_note_read(rq, "group", v->k->g.id.v, str_fmt(rq->arena, "form %s", v->form->code).p);
}

static enum http
show(struct rq *rq)
{
    struct sheet_page v;
    if (!group_sheet_open(rq, &v, (struct doc_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    load_extras(&v);
    note_reading(rq, &v);
    if (group_may_write(rq, v.k)) {
        struct doc_result r = doc_check(v.env, v.form, v.doc, instant_known(v.row.submitted_at));
        group_check(rq, v.k, v.form, v.doc, v.row.seq, instant_known(v.row.submitted_at), &r);
        v.warnings = r.warnings;
    }
    if (v.edit) sheet_edit_page(&rq->body, &v);
    else sheet_read_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
compare(struct rq *rq)
{
    struct sheet_page v;
    struct sheet_get_row other;
    if (!group_sheet_open(rq, &v, (struct doc_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    if (!sheet_get(rq->db, &other, id_area(v.k->g.id.v), (struct doc_id){ rq->ids[2] }) || other.group.v != v.k->g.id.v
        || !str_eq(other.form, v.row.form) || other.seq != v.row.seq) return HTTP_NOT_FOUND;
    v.other = doc_parse(rq->arena, other.doc);
    v.other_version = other.version;
    load_extras(&v);
    note_reading(rq, &v);
    sheet_compare_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- Saving ---- */

static enum http
redraw(struct rq *rq, struct sheet_page *v, const json_t *doc, struct doc_result result, enum http status)
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
    sheet_edit_page(&rq->body, v);
    return status;
}

/* Somebody else saved in between: both values are shown, what was typed stays in the form. */
static enum http
conflict(struct rq *rq, struct sheet_page *v, const json_t *doc)
{
    if (rq->json) return refuse(rq, T("该内容已被其他人修改，请核对后再保存。"));
    v->other = v->doc;
    v->other_version = v->row.version;
    return redraw(rq, v, doc, (struct doc_result){ 0 }, HTTP_CONFLICT);
}

/* Who came, for the sums; a corrected record replaces what stood there. */
static void
apply_record(struct rq *rq, struct groupfile *k, struct meeting_id session, const json_t *doc)
{
    int64_t area = id_area(k->g.id.v), member;
    group_attendance_clear(rq->db, area, session);
    for (size_t i = 0; i < doc_rows(doc, "attendance"); i++) {
        struct str state = doc_cell(doc, "attendance", i, "state");
        bool present = str_is(state, "present") || str_is(state, "late") || str_is(state, "early");
        if (str_int(doc_cell(doc, "attendance", i, "member"), &member))
            group_attendance_put(rq->db, .area = area, .session = session, .member = { member }, .group = k->g.id, .state = state, .present = present,
                                 .reason = doc_cell(doc, "attendance", i, "reason"));
    }
}

void
group_hand_in(struct rq *rq, struct groupfile *k, const struct doc_form *f, struct doc_id id, int64_t seq, const json_t *doc)
{
    int64_t area = id_area(k->g.id.v);
    const struct group_sessions_row *s = seq ? group_meeting(rq, k, seq) : NULL;
    struct date on = NO_DATE;
    sheet_submit(rq->db, area, id, instant_now());
    date_parse(doc_text(doc, "date"), &on);
    bool record = f->code[0] == 'J';
    if (s != NULL && (record || !str_is(s->state, "held")))
        group_session_set(rq->db, .area = area, .id = s->id, .state = record ? STR("held") : STR("planned"), .period = doc_text(doc, "period"),
                          .theme = doc_text(doc, "theme"), .on = on);
    if (s != NULL && record) apply_record(rq, k, s->id, doc);
    group_changed(k);
    event(rq, k, STR("submitted"), named(rq, f->code, seq));
}

/* Keeps what was uploaded with the form; what is too large or of a kind that is not allowed becomes an error of the form. */
static bool
keep_uploads(struct rq *rq, const struct sheet_page *v, struct doc_result *r)
{
    const struct form_error *before = r->errors;
    int64_t area = id_area(v->k->g.id.v);
    for (size_t i = 0; i < rq->uploads_n; i++) {
        const struct upload *u = &rq->uploads[i];
        const struct doc_field *x = doc_field(v->form, u->field);
        struct attached kept;
        if (u->size == 0 || x == NULL || x->f.kind != F_FILE) continue;
        const char *why = attach_keep(rq, u, &kept);
        if (why == NULL) {
            sheet_file_insert(rq->db, .area = area, .id = { id_next(area) }, .group = v->k->g.id, .doc = v->id, .field = u->field, .name = u->filename,
                              .type = kept.type, .size = u->size, .hash = kept.hash, .by = rq->who.user, .at = instant_now());
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
note_change(struct rq *rq, const struct sheet_page *v, const json_t *doc, bool final)
{
    struct audit_changes changes = { 0 };
    for (size_t i = 0; i < v->form->n; i++) {
        const char *name = v->form->fields[i].f.name;
        if (doc_differs(&v->form->fields[i], v->doc, doc)) audit_changed_secret(&changes, rq->arena, name);
    }
    if (changes.any || final)
        audit_note(rq, id_area(v->k->g.id.v), final ? "submit" : "change", "group", v->k->g.id.v, &changes,
                   str_fmt(rq->arena, "form %.*s", FMT(named(rq, v->form->code, v->row.seq))));
}

static enum http
saved(struct rq *rq, const struct sheet_page *v, bool final, bool hints)
{
    long long group = (long long)v->k->g.id.v, id = (long long)v->id.v;
    if (rq->json) {
        rq->type = STR("application/json");
        putf(&rq->body, "{\"version\":%lld}\n", (long long)v->saves);
        return HTTP_OK;
    }
    if (!final) return rq_done(rq, T("草稿已保存"), "/groups/%lld/forms/%lld", group, id);
    if (hints) return rq_done(rq, T("已提交；有提示请留意"), "/groups/%lld/forms/%lld", group, id);
    return rq_done(rq, T("已提交"), v->row.seq ? "/groups/%lld/sessions" : "/groups/%lld/forms", group);
}

static enum http
save(struct rq *rq)
{
    struct sheet_page v;
    if (!group_sheet_open(rq, &v, (struct doc_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    if (!group_may_write(rq, v.k)) return HTTP_FORBIDDEN;
    if (!editable(&v)) return refuse(rq, T("该表已提交；需要修改时请新建版本。"));
    bool final = str_is(rq_param(rq, "do"), "submit");
    json_t *doc = doc_read(rq, v.form);
    if (rq_param_int(rq, "version", 0) != v.row.saves) return conflict(rq, &v, doc);
    struct doc_result result = doc_check(v.env, v.form, doc, final);
    group_check(rq, v.k, v.form, doc, v.row.seq, final, &result);
    if (!sheet_save(rq->db, .area = id_area(v.k->g.id.v), .id = v.id, .doc = doc_dump(rq->arena, doc), .by = rq->who.user, .on = today(),
                    .at = instant_now(), .saves = v.row.saves)) return conflict(rq, &v, doc);
    v.saves = v.row.saves + 1;
    bool refused = !keep_uploads(rq, &v, &result);
    note_change(rq, &v, doc, final && result.errors == NULL);
    if (rq_param(rq, "add").n || (final && result.errors != NULL) || refused) {
        rq->keep = true;                                /* a draft keeps everything that was typed, right or wrong */
        return redraw(rq, &v, doc, result, result.errors != NULL ? HTTP_INVALID : HTTP_OK);
    }
    if (final) group_hand_in(rq, v.k, v.form, v.id, v.row.seq, doc);
    return saved(rq, &v, final, result.warnings != NULL);
}

/* A new version out of the newest one: nothing is overwritten. */
static enum http
revise(struct rq *rq)
{
    struct sheet_page v;
    if (!group_sheet_open(rq, &v, (struct doc_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    load_extras(&v);
    if (!v.revise) return refuse(rq, T("只能从最新的已提交版本新建版本。"));
    int64_t area = id_area(v.k->g.id.v);
    struct doc_id id = { id_next(area) };
    sheet_not_current(rq->db, area, v.id);
    sheet_insert(rq->db, .area = area, .id = id, .group = v.k->g.id, .session = v.row.session, .form = v.row.form, .seq = v.row.seq,
                 .version = v.row.version + 1, .form_version = v.form->version, .doc = v.row.doc, .by = rq->who.user, .on = today(), .at = instant_now());
    group_note(rq, v.k, "revise", str_fmt(rq->arena, "form %.*s", FMT(named(rq, v.form->code, v.row.seq))));
    return rq_redirect(rq, "/groups/%lld/forms/%lld", (long long)v.k->g.id.v, (long long)id.v);
}

/* ---- Approval ---- */

struct approval { struct str decision, comment, sign; };
static const struct choice decisions[] = { { "approved", "通过", NULL }, { "returned", "退回修改", NULL } };
static const struct field review_fields[] = {
    FIELD_CHOICE(struct approval, decision, decisions, "意见", .required = true),
    FIELD_LONG(struct approval, comment, "督导意见", .max = 2000, .help = "退回时请写明需要修改的地方。"),
    FIELD_SIGN(struct approval, sign, "签名", .if_field = "decision", .if_values = "approved", .required_if_shown = true, .wide = true),
};
static bool
review_check(struct rq *rq, void *form)
{
    const struct approval *in = form;
    if (str_is(in->decision, "returned") && in->comment.n == 0) rq_invalid(rq, "comment", T("退回时请写明原因。"));
    return rq->errors == NULL;
}
static const struct form review_form = FORM_CHECKED(struct approval, review_fields, review_check);
const struct form *const group_review_form = &review_form;

/* The fields of who approves: the comment, and the signature of the head where he has one of his own. */
static void
fill_approval(const struct groupfile *k, json_t *doc, const struct doc_form *f, struct str comment, struct str sign)
{
    const struct doc_field *place = k->rel.assigned ? NULL : doc_field(f, STR("sign_head"));
    for (size_t i = 0; i < f->n; i++) {
        const struct doc_field *x = &f->fields[i];
        if (!x->supervisor) continue;
        if (x->f.kind == F_LONG && comment.n) json_object_set_new(doc, x->f.name, json_stringn(comment.p, comment.n));
        if (x->f.kind == F_SIGN && place == NULL) place = x;
    }
    if (place != NULL && sign.n) json_object_set_new(doc, place->f.name, json_stringn(sign.p, sign.n));
}

static int64_t
number(const json_t *doc, const char *key)
{
    int64_t v;
    return str_int(doc_text(doc, key), &v) ? v : NO_INT;
}

void
group_review(struct rq *rq, struct groupfile *k, const struct sheet_get_row *row, struct doc_id id, struct str decision, struct str comment, struct str sign)
{
    int64_t area = id_area(k->g.id.v);
    const struct doc_form *f = doc_form(row->form);
    json_t *doc = doc_parse(rq->arena, row->doc);
    if (str_is(decision, "approved")) fill_approval(k, doc, f, comment, sign);
    sheet_review(rq->db, .area = area, .id = id, .status = decision, .by = rq->who.user, .at = instant_now(), .review = comment.n ? comment : NO_STR,
                 .doc = doc_dump(rq->arena, doc));
    if (str_is(decision, "approved") && f->code[0] == 'H')
        group_set_plan(rq->db, .area = area, .id = k->g.id, .name = doc_text(doc, "group_name"), .nature = doc_text(doc, "nature"),
                       .open_kind = doc_text(doc, "open_kind"), .min_size = number(doc, "min_size"), .max_size = number(doc, "max_size"),
                       .sessions_planned = number(doc, "sessions_planned"));
    group_changed(k);
    event(rq, k, decision, named(rq, f->code, row->seq));
    group_note(rq, k, str_z(rq->arena, decision), str_fmt(rq->arena, "form %.*s", FMT(named(rq, f->code, row->seq))));
}

static enum http
review(struct rq *rq)
{
    const struct approval *in = rq->form;
    struct sheet_page v;
    if (!group_sheet_open(rq, &v, (struct doc_id){ rq->ids[1] })) return HTTP_NOT_FOUND;
    load_extras(&v);
    if (!group_may_decide(rq, v.k)) return HTTP_FORBIDDEN;
    if (!v.review) return refuse(rq, T("该表不在等待审批。"));
    group_review(rq, v.k, &v.row, v.id, in->decision, in->comment, in->sign);
    return rq_done(rq, str_is(in->decision, "approved") ? T("已通过") : T("已退回"), "/groups/%lld/forms", (long long)v.k->g.id.v);
}

static enum http
download(struct rq *rq)
{
    struct sheet_file_row f;
    struct groupfile *k = group_of(rq);
    if (!group_may_read(rq, k, 2) || !sheet_file(rq->db, &f, id_area(k->g.id.v), (struct file_id){ rq->ids[1] })
        || f.group.v != k->g.id.v) return HTTP_NOT_FOUND;
    rq->file = attach_path(rq->arena, f.hash);
    rq->type = f.type;
    rq->download = f.name;
    rq_note_read(rq, "group", k->g.id.v, "file");
    return HTTP_OK;
}

const struct route sheet_routes[] = {
    GET("/groups/:group/forms/:sheet", GROUP_READ, show, .scope = group_scope, .title = T("小组表单")),
    POST("/groups/:group/forms/:sheet", GROUP_WRITE, save, .scope = group_scope, .form = &no_fields, .upload = true, .title = T("保存表单")),
    GET("/groups/:group/forms/:sheet/compare/:other", GROUP_READ, compare, .scope = group_scope, .title = T("版本对比")),
    POST("/groups/:group/forms/:sheet/revise", GROUP_WRITE, revise, .scope = group_scope, .form = &no_fields, .title = T("新建版本")),
    POST("/groups/:group/forms/:sheet/review", GROUP_READ, review, .scope = group_scope, .form = &review_form, .redraw = show, .title = T("督导意见")),
    GET("/groups/:group/files/:file", GROUP_READ, download, .scope = group_scope, .title = T("附件")),
};
const size_t sheet_routes_n = COUNT(sheet_routes);
