/* One entry: its page, its form, striking it out, and a new version of a document. */
#include "audit/audit.h"
#include "auth/session.h"
#include "auth/session_sql.h"
#include "files/proof.h"
#include "ledger/entry_html.h"
#include "ledger/ledger.h"
#include "ledger/ledger_views.h"
#include "network/network.h"
#include "rules/run.h"

bool
entry_load(struct rq *rq, struct entry_get_row *row)
{
    if (rq->record != NULL) {
        *row = *(const struct entry_get_row *)rq->record;
        return true;
    }
    return entry_get(rq->db, row, id_area(rq->ids[0]), (struct entry_id){ rq->ids[0] });
}

/* What a unit has entered for those below is read by them; only the unit itself and who stands above it write. */
bool
entry_scope(struct rq *rq)
{
    struct session_scope_row r;
    struct entry_get_row *row = NEW(rq->arena, struct entry_get_row, 1);
    if (!entry_get(rq->db, row, id_area(rq->ids[0]), (struct entry_id){ rq->ids[0] })) return false;
    const struct ledger *l = ledger_find(row->ledger);
    if (l == NULL || !str_is(rq->words[0], l->code) || !ledger_may_read(rq, l, row->staff)) return false;
    rq->record = row;
    if (scope_unit(rq, row->unit)) return true;
    return l->down && rq->method == METHOD_GET && session_scope(rq->db, &r, row->unit, rq->who.unit) && r.total > 0;
}

/* What the user may change; NULL: nothing. */
const struct ledger *
entry_writable(struct rq *rq, const struct entry_get_row *row)
{
    const struct ledger *l = ledger_find(rq->words[0]);
    if (l == NULL || !ledger_may_write(rq, l, row != NULL ? row->staff : (struct staff_id){ 0 })) return NULL;
    return row == NULL || scope_unit(rq, row->unit) ? l : NULL;
}

/* ---- Its proof ---- */

static void
note_proof(struct rq *rq)
{
    struct entry_get_row row;
    if (!entry_load(rq, &row)) return;
    const struct ledger *l = ledger_find(row.ledger);
    struct shown s = SHOWN(l, &row);
    ledger_note_read(rq, l, &s, 1);
}

static struct proof_owner
proof_of(struct rq *rq, const struct entry_get_row *row)
{
    const struct ledger *l = ledger_find(row->ledger);
    return (struct proof_owner){ .kind = "entry", .area = row->area, .id = row->id.v, .note = str_of(l->code), .show = entry_show,
                                 .path = url_fmt(rq->arena, "/ledgers/%s/%lld", l->code, (long long)row->id.v), .note_read = note_proof,
                                 .hint = T("证书扫描件、备案回执、签到表的照片或 PDF，每个不超过10 MB。"),
                                 .may_write = !date_known(row->void_on) && entry_writable(rq, row) != NULL };
}

static bool
find_proof(struct rq *rq, struct proof_owner *out)
{
    struct entry_get_row row;
    if (!entry_load(rq, &row)) return false;
    *out = proof_of(rq, &row);
    return true;
}
PROOF_PART(find_proof)

enum http
entry_show(struct rq *rq)
{
    struct entry_get_row row;
    if (!entry_load(rq, &row)) return HTTP_NOT_FOUND;
    struct entry_page v = { .rq = rq, .l = ledger_find(row.ledger), .row = &row };
    v.s = SHOWN(v.l, &row);
    v.may_write = !date_known(row.void_on) && entry_writable(rq, &row) != NULL;
    ledger_note_read(rq, v.l, &v.s, 1);
    rq->title = entry_name(rq->arena, rq->lang, &v.s);
    entry_page(&rq->body, &v);
    struct proof_owner proof = proof_of(rq, &row);
    proof_card(&rq->body, rq, &proof);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

/* ---- The form ---- */

const struct choice *
ledger_units_offered(struct rq *rq, size_t *n)
{
    struct entry_units_row *rows;
    *n = entry_units(rq->db, &rows, rq->who.unit);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++)
        all[i] =
            (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
    return all;
}

static const struct choice *
staff_offered(struct rq *rq, struct staff_id only, size_t *n)
{
    struct entry_staff_offered_row *rows;
    int64_t area = unit_county(rq->db, rq->who.unit);
    size_t found =
        entry_staff_offered(rq->db, &rows, area ? ENTRY_STAFF_OFFERED_F_AREA : 0, 0, area, rq->who.unit, today());
    struct choice *all = NEW(rq->arena, struct choice, found + 1);
    *n = 0;
    for (size_t i = 0; i < found; i++) {
        if (only.v != 0 && rows[i].id.v != only.v) continue;
        const char *name =
            str_fmt(rq->arena, "%.*s · %.*s", FMT(rows[i].name), FMT(rows[i].unit_name)).p; /* not shown */
        all[(*n)++] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, name, name };
    }
    return all;
}

const struct choice *
ledger_staff_offered(struct rq *rq, size_t *n)
{
    return staff_offered(rq, (struct staff_id){ 0 }, n);
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    const struct ledger *l = ledger_find(rq->words[0]);
    /* who writes only about himself is offered nobody else */
    bool only_self =
        strcmp(f->name, "staff") == 0 && !may(rq, STAFF_WRITE) && (l->writes == MAY_NOTHING || !may(rq, l->writes));
    return f->kind == F_UNIT ? ledger_units_offered(rq, n)
                             : staff_offered(rq, only_self ? rq->who.staff : (struct staff_id){ 0 }, n);
}

static enum http
draw(struct rq *rq, const struct ledger *l, const struct entry *values, const struct entry_get_row *row,
     const char *title)
{
    struct entry_form_page v = { .rq = rq,
                                 .l = l,
                                 .from = { .rq = rq, .values = values, .choices = offered, .arg = rq } };
    int64_t seen;
    v.back = row != NULL ? url_fmt(rq->arena, "/ledgers/%s/%lld", l->code, (long long)row->id.v)
                         : url_fmt(rq->arena, "/ledgers/%s", l->code);
    if (row != NULL && str_int(rq_param(rq, "version"), &seen) && seen != row->version) v.theirs = SHOWN(l, row);
    rq->title = tr_fmt(rq->arena, rq->lang, title, tr(rq->lang, l->title));
    entry_form_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
add_page(struct rq *rq)
{
    const struct ledger *l = entry_writable(rq, NULL);
    struct entry e = {
        .version = STR("0"), .unit = rq->who.focus, .staff = { rq_param_int(rq, "staff", 0) }, NO_ENTRY
    };
    if (l == NULL) return HTTP_NOT_FOUND;
    if (e.staff.v == 0 && l->own) e.staff = rq->who.staff;
    e.on = today();
    if (l->days != NULL) e.until = date_add(e.on, l->days());
    return draw(rq, l, &e, NULL, T("登记：%s"));
}

static enum http
edit_page(struct rq *rq)
{
    struct entry_get_row row;
    const struct ledger *l;
    if (!entry_load(rq, &row) || date_known(row.void_on) || (l = entry_writable(rq, &row)) == NULL) return HTTP_NOT_FOUND;
    struct entry e = SHOWN(l, &row).e;
    e.version = str_fmt(rq->arena, "%lld", (long long)row.version);
    return draw(rq, l, &e, &row, T("修改：%s"));
}

static enum http
revise_page(struct rq *rq)
{
    struct entry_get_row row;
    const struct ledger *l;
    if (!entry_load(rq, &row) || (l = entry_writable(rq, &row)) == NULL || !l->versions || row.newer.v) return HTTP_NOT_FOUND;
    struct entry e = SHOWN(l, &row).e;
    e.version = STR("0");
    e.number = NO_STR;
    e.on = today();
    e.until = NO_DATE;
    return draw(rq, l, &e, &row, T("修订：%s"));
}

/* ---- Saving ---- */

static size_t
step_of(const struct form *form, struct str state)
{
    size_t n = 0;
    for (size_t i = 0; i < form->n; i++) {
        if (strcmp(form->fields[i].name, "state") != 0) continue;
        const struct choice *all = field_choices(&form->fields[i], &n);
        for (size_t k = 0; k < n; k++)
            if (str_is(state, all[k].code)) return k;
    }
    return n;
}

/* The unit of a member of staff is the entry's; all whom it names lie in the user's scope and in one county. */
static int64_t
place(struct rq *rq, const struct ledger *l, struct entry *in)
{
    struct entry_staff_unit_row s, o;
    if (l->about == ABOUT_STAFF) {
        if (!entry_staff_unit(rq->db, &s, id_area(in->staff.v), in->staff) || !scope_unit(rq, s.unit) ||
            !ledger_may_write(rq, l, in->staff))
            rq_invalid(rq, "staff", T("请从列表中选择。"));
        else
            in->unit = s.unit;
    } else if (!scope_unit(rq, in->unit)) {
        rq_invalid(rq, "unit", T("该单位不在您的范围内。"));
    }
    int64_t area = rq->errors == NULL ? unit_area(rq->db, in->unit) : 0;
    if (in->other.v && rq->errors == NULL &&
        (!entry_staff_unit(rq->db, &o, id_area(in->other.v), in->other) || !scope_unit(rq, o.unit) ||
         id_area(in->other.v) != area))
        rq_invalid(rq, "other", T("请从列表中选择。"));
    return area;
}

/* One post level has one pay (R-HNG-A1). */
static void
check_unique(struct rq *rq, const struct ledger *l, const struct entry *in, int64_t area, struct entry_id self)
{
    struct entry_same_row same;
    if (strcmp(l->code, "pay_table") != 0 || rq->errors != NULL) return;
    if (entry_same(rq->db, &same, .area = area, .unit = in->unit, .ledger = str_of(l->code), .title = in->title,
                   .amount = in->amount, .id = self) &&
        same.total > 0)
        rq_invalid(rq, "amount", T("这个岗位的这一等级已经有薪酬，一岗一酬。"));
}

/* What was typed, whole and allowed; NULL: the page must be drawn again. */
static struct entry *
parsed(struct rq *rq, const struct ledger *l, const struct entry_get_row *row, int64_t *area)
{
    if (!form_parse(rq, &l->form)) return NULL;
    struct entry *in = rq->form;
    *area = place(rq, l, in);
    if (row != NULL && rq->errors == NULL && *area != row->area)
        rq_invalid(rq, l->about == ABOUT_STAFF ? "staff" : "unit", T("不能改到另一个县。"));
    if (l->steps && rq->errors == NULL) {
        size_t was = row != NULL ? step_of(&l->form, row->state) : 0, now = step_of(&l->form, in->state);
        if (row == NULL ? now != 0 : now < was || now > was + 1) rq_invalid(rq, "state", T("进展须一步一步地推进。"));
    }
    check_unique(rq, l, in, *area, row != NULL ? row->id : (struct entry_id){ 0 });
    return rq->errors == NULL ? in : NULL;
}

static void
note_changes(struct rq *rq, const struct ledger *l, const struct entry *was, const struct entry *is,
             struct audit_changes *c)
{
    for (size_t i = 1; i < l->form.n; i++) { /* the first field is the hidden version */
        const struct field *f = &l->form.fields[i];
        struct str from = form_text(rq->arena, f, was), to = form_text(rq->arena, f, is);
        if (str_eq(from, to)) continue;
        if (f->secret)
            audit_changed_secret(c, rq->arena, f->name);
        else
            audit_changed(c, rq->arena, f->name, from, to);
    }
}

static enum http
done(struct rq *rq, const struct ledger *l, const struct entry *was, const struct entry *is, const char *action,
     struct entry_id id)
{
    struct audit_changes c = { 0 };
    note_changes(rq, l, was, is, &c);
    audit_note(rq, id_area(id.v), action, "entry", id.v, &c, str_of(l->code));
    rules_touch(rq->db, is->unit);
    return rq_done(rq, T("已保存"), "/ledgers/%s/%lld", l->code, (long long)id.v);
}

static enum http
add_save(struct rq *rq)
{
    const struct ledger *l = entry_writable(rq, NULL);
    int64_t area;
    if (l == NULL) return HTTP_NOT_FOUND;
    const struct entry *in = parsed(rq, l, NULL, &area);
    if (in == NULL) return draw(rq, l, NULL, NULL, T("登记：%s"));
    return done(rq, l, &no_entry, in, "create", ledger_add(rq->db, area, l->code, in, rq->who.user));
}

static enum http
edit_save(struct rq *rq)
{
    struct entry_get_row row;
    const struct ledger *l;
    int64_t area, seen = 0;
    if (!entry_load(rq, &row) || date_known(row.void_on) || (l = entry_writable(rq, &row)) == NULL) return HTTP_NOT_FOUND;
    const struct entry *in = parsed(rq, l, &row, &area);
    if (in == NULL) return draw(rq, l, NULL, &row, T("修改：%s"));
    str_int(in->version, &seen);
    const struct entry was = SHOWN(l, &row).e;
    if (entry_update(rq->db, .area = row.area, .id = row.id, .version = seen, .unit = in->unit, .staff = in->staff,
                     .other = in->other, .target = in->target, .kind = in->kind, .mode = in->mode, .state = in->state,
                     .title = in->title, .party = in->party, .number = in->number, .body = in->body, .on = in->on,
                     .until = in->until, .done = in->done, .amount = in->amount, .amount_2 = in->amount_2,
                     .money = in->money) == 0) {
        rq_invalid(rq, NULL, T("您打开后别人保存过，请对照后再保存。"));
        return draw(rq, l, NULL, &row, T("修改：%s"));
    }
    rules_touch(rq->db, row.unit);
    return done(rq, l, &was, in, "change", row.id);
}

/* The new version points at the old one, which can still be read. */
static enum http
revise_save(struct rq *rq)
{
    struct entry_get_row row;
    const struct ledger *l;
    int64_t area;
    if (!entry_load(rq, &row) || (l = entry_writable(rq, &row)) == NULL || !l->versions || row.newer.v) return HTTP_NOT_FOUND;
    const struct entry *in = parsed(rq, l, NULL, &area);
    if (in != NULL && area != row.area) rq_invalid(rq, "unit", T("不能改到另一个县。"));
    if (in == NULL || rq->errors != NULL) return draw(rq, l, NULL, &row, T("修订：%s"));
    const struct entry was = SHOWN(l, &row).e;
    struct entry_id id = ledger_add(rq->db, area, l->code, in, rq->who.user);
    entry_replace(rq->db, area, id, row.id);
    return done(rq, l, &was, in, "revise", id);
}

static enum http
strike(struct rq *rq)
{
    struct entry_get_row row;
    const struct ledger *l;
    if (!entry_load(rq, &row) || (l = entry_writable(rq, &row)) == NULL || entry_void(rq->db, row.area, row.id, today()) == 0)
        return HTTP_NOT_FOUND;
    audit_note(rq, row.area, "void", "entry", row.id.v, NULL, str_of(l->code));
    rules_touch(rq->db, row.unit);
    return rq_done_undo(rq, T("已作废"), str_fmt(rq->arena, "/ledgers/%s/%lld/restore", l->code, (long long)row.id.v),
                        "/ledgers/%s", l->code);
}

static enum http
restore(struct rq *rq)
{
    struct entry_get_row row;
    const struct ledger *l;
    if (!entry_load(rq, &row) || (l = entry_writable(rq, &row)) == NULL) return HTTP_NOT_FOUND;
    if (!audit_recent(rq, "void", "entry", row.id.v)) return rq_fail(rq, HTTP_CONFLICT, T("已超过可以撤销的时间。"));
    if (entry_restore(rq->db, row.area, row.id) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, row.area, "restore", "entry", row.id.v, NULL, str_of(l->code));
    rules_touch(rq->db, row.unit);
    return rq_done(rq, T("已撤销"), "/ledgers/%s/%lld", l->code, (long long)row.id.v);
}

const struct route entry_routes[] = {
    GET("/ledgers/@ledger/new", LEDGER_WRITE, add_page, .title = T("登记")),
    POST("/ledgers/@ledger/new", LEDGER_WRITE, add_save, .form = &no_fields, .title = T("登记")),
    GET("/ledgers/@ledger/:entry", LEDGER_READ, entry_show, .scope = entry_scope, .title = T("台账记录")),
    GET("/ledgers/@ledger/:entry/edit", LEDGER_WRITE, edit_page, .scope = entry_scope, .title = T("修改")),
    POST("/ledgers/@ledger/:entry/edit", LEDGER_WRITE, edit_save, .scope = entry_scope, .form = &no_fields,
         .title = T("修改")),
    GET("/ledgers/@ledger/:entry/revise", LEDGER_WRITE, revise_page, .scope = entry_scope, .title = T("修订")),
    POST("/ledgers/@ledger/:entry/revise", LEDGER_WRITE, revise_save, .scope = entry_scope, .form = &no_fields,
         .title = T("修订")),
    POST("/ledgers/@ledger/:entry/void", LEDGER_WRITE, strike, .scope = entry_scope, .form = &no_fields,
         .title = T("作废")),
    POST("/ledgers/@ledger/:entry/restore", LEDGER_WRITE, restore, .scope = entry_scope, .form = &no_fields,
         .title = T("撤销作废")),
    PROOF_ROUTES("/ledgers/@ledger/:entry", "file", LEDGER_READ, LEDGER_WRITE, entry_scope),
};
const size_t entry_routes_n = COUNT(entry_routes);
