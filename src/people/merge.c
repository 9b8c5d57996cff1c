/* Two registrations of one person become one (一人一案): a reviewer picks the value of each field, and all that hangs on the
 * one that goes is handed to the one that stays, with a journal, so that it can be taken back. */
#include "audit/audit.h"
#include "auth/session.h"
#include "form/doc.h"
#include "people/merge_html.h"
#include "people/merge_views.h"
#include "people/person.h"
#include "people/person_views.h"
#include "seal/seal.h"
#include "tally/tally.h"
#include <jansson.h>

struct merge_form { struct str reason; };
static const struct field merge_fields[] = {
    FIELD_TEXT(struct merge_form, reason, "合并的理由", .required = true, .max = 200, .help = "例如：同一身份证件、经家属确认。"),
};
static const struct form merge_form = FORM(struct merge_form, merge_fields);

static const struct { const char *table, *zh; } whats[] = {
    { "casefile", T("个案") }, { "case_record", T("服务记录") }, { "person_category", T("类别") }, { "contact", T("联系人与监护人") }, { "tie", T("支持关系") },
    { "kin", T("未登记的家人") }, { "aid", T("钱物登记") }, { "house_line", T("家庭服务计划") }, { "group_member", T("小组") }, { "house_plan", T("家庭服务计划") },
    { "consent", T("同意与告知") }, { "referral", T("转介") }, { "disclosure", T("信息提供登记") }, { "member", T("家庭") },
    { "discovery", T("发现报告") }, { "report", T("强制报告") },
    { "person_move", T("迁移") }, { "reading", T("查阅档案") }, { "person_named", T("知情人") }, { "person", T("服务对象") },
};

const char *
merge_what(struct str table, enum lang lang)
{
    for (size_t i = 0; i < COUNT(whats); i++)
        if (str_is(table, whats[i].table)) return tr(lang, whats[i].zh);
    return "";
}

/* ---- The one that stays, as he was ---- */

struct str
merge_seal(struct rq *rq, const struct person_fields *fields, const struct person_get_row *row)
{
    struct buf b = { .arena = rq->arena };
    putf(&b, "{\"_household\":%lld,\"_reg\":", (long long)row->household.v);
    put_json_str(&b, row->reg_division.n ? row->reg_division : STR(""));
    for (size_t i = 0; i < person_form.n; i++) {
        struct str text = person_field_text(rq->arena, &person_form.fields[i], fields);
        if (text.n == 0) continue;
        putf(&b, ",\"%s\":", person_form.fields[i].name);
        put_json_str(&b, text);
    }
    LIT(&b, "}");
    return seal(rq->arena, SEAL_MERGE, buf_str(&b));
}

bool
merge_unseal(struct arena *a, struct str sealed, struct person_fields *fields, struct str *reg_division, struct household_id *household)
{
    struct str text = unseal(a, SEAL_MERGE, sealed), reg;
    const json_t *doc = text.n ? doc_parse(a, text) : NULL;
    if (doc == NULL) return false;
    *fields = (struct person_fields){ .born = NO_DATE, .died_on = NO_DATE };
    for (size_t i = 0; i < person_form.n; i++) {
        const struct field *f = &person_form.fields[i];
        struct str value = doc_text(doc, f->name);
        if (f->kind == F_UNIT || value.n == 0) continue;
        if (f->kind == F_DATE) date_parse(value, (struct date *)(void *)((char *)fields + f->offset));
        else *(struct str *)(void *)((char *)fields + f->offset) = value;
    }
    reg = doc_text(doc, "_reg");
    *reg_division = reg.n ? reg : NO_STR;
    household->v = json_integer_value(json_object_get(doc, "_household"));
    return true;
}

void
merge_send(struct db *db, int64_t area, struct merge_id merge, struct person_id old, struct person_id person)
{
    static size_t (*const moves[])(struct db *, int64_t, struct merge_id, struct person_id, struct person_id) = {
        merge_move_member, merge_move_category, merge_move_contact, merge_move_tie, merge_move_kin, merge_move_aid, merge_move_house_line,
        merge_move_group_member,
        merge_move_consent, merge_move_move, merge_move_case,
        merge_move_record, merge_move_referral, merge_move_discovery, merge_move_report, merge_move_grant, merge_move_disclosure,
        merge_move_list, merge_move_reading, merge_move_named,
    };
    struct merge_served_row *served;
    size_t n = merge_served(db, &served, area, merge, old);
    for (size_t i = 0; i < n; i++) served_other(db, area, served[i].unit, served[i].day, old, person, served[i].times);
    for (size_t i = 0; i < COUNT(moves); i++) moves[i](db, area, merge, old, person);
}

/* ---- The pair ---- */

struct pair { int64_t area; struct person_id keep, gone; struct person_get_row k, g; struct person_fields kf, gf; struct relation kr, gr; };

bool
merge_pair_in_scope(struct rq *rq)
{
    struct rq other = *rq;
    other.ids[0] = rq->ids[1];
    if (rq->ids[0] == rq->ids[1] || id_area(rq->ids[0]) != id_area(rq->ids[1])) return false;
    if (!person_in_scope(rq) || !person_in_scope(&other)) return false;
    return rq->location.p != NULL || other.location.p == NULL;
}

static bool
pair_load(struct rq *rq, struct pair *p)
{
    *p = (struct pair){ .area = id_area(rq->ids[0]), .keep = { rq->ids[0] }, .gone = { rq->ids[1] } };
    if (!person_get(rq->db, &p->k, p->area, p->keep) || !person_get(rq->db, &p->g, p->area, p->gone)) return false;
    if (date_known(p->k.closed_on) || date_known(p->g.closed_on)) return false;
    person_open_row(rq->arena, &p->k, &p->kf);
    person_open_row(rq->arena, &p->g, &p->gf);
    p->kr = person_relation(rq, p->keep);
    p->gr = person_relation(rq, p->gone);
    return true;
}

/* An unknown or unstated sex (GB/T 2261.1: 0, 9) says as little as an empty field. */
static bool
says_nothing(const struct field *f, struct str value)
{
    return value.n == 0 || (f->offset == offsetof(struct person_fields, sex) && (str_is(value, "0") || str_is(value, "9")));
}

/* What was chosen, else what is filled in. */
static bool
picks_gone(struct rq *rq, const struct field *f, struct str keep, struct str gone)
{
    struct str chosen = rq_param(rq, str_fmt(rq->arena, "pick.%s", f->name).p);
    return !str_eq(keep, gone) && (chosen.n ? str_is(chosen, "gone") : says_nothing(f, keep) && !says_nothing(f, gone));
}

static struct person_fact
shown(struct rq *rq, const struct field *f, struct relation rel, const struct person_get_row *row, const struct person_fields *values)
{
    struct person_fact fact = person_fact_of(rq, rel, row->born, f, values, false);
    if (f->offset == offsetof(struct person_fields, division) && fact.shown == SHOWN_PLAIN) fact.value = row->division_name;
    return fact;
}

static void
load_rows(struct rq *rq, const struct pair *p, struct merge_page *v)
{
    v->rows = NEW(rq->arena, struct merge_row, person_form.n);
    for (size_t i = 0; i < person_form.n; i++) {
        const struct field *f = &person_form.fields[i];
        struct str keep = person_field_text(rq->arena, f, &p->kf), gone = person_field_text(rq->arena, f, &p->gf);
        if (f->kind == F_UNIT || (keep.n == 0 && gone.n == 0)) continue;
        v->rows[v->rows_n++] = (struct merge_row){ f, shown(rq, f, p->kr, &p->k, &p->kf), shown(rq, f, p->gr, &p->g, &p->gf),
                                                   str_eq(keep, gone), picks_gone(rq, f, keep, gone) };
    }
}

static void
load_attached(struct rq *rq, const struct pair *p, struct merge_page *v)
{
    struct merge_counts_row *rows;
    size_t n = merge_counts(rq->db, &rows, p->area, p->keep, p->gone);
    v->attached = NEW(rq->arena, struct merge_attached, COUNT(whats));
    for (size_t w = 0; w < COUNT(whats); w++) {
        struct merge_attached one = { tr(rq->lang, whats[w].zh), 0, 0 };
        for (size_t i = 0; i < n; i++)
            if (str_is(rows[i].what, whats[w].table)) *(rows[i].person.v == p->keep.v ? &one.keep : &one.gone) = rows[i].total;
        if (one.keep + one.gone > 0) v->attached[v->attached_n++] = one;
    }
}

/* Open cases of both: which one goes on is for people to decide, before (GD-15). */
static bool
two_plans(const struct merge_open_cases_row *cases, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (cases[i].person.v != cases[0].person.v) return true;
    return false;
}

static enum http
show(struct rq *rq)
{
    struct pair p;
    struct merge_page v = { .rq = rq, .form = &merge_form, .from = { .rq = rq } };
    if (!pair_load(rq, &p)) return HTTP_NOT_FOUND;
    v.keep = p.keep;
    v.gone = p.gone;
    v.k = p.k;
    v.g = p.g;
    load_rows(rq, &p, &v);
    load_attached(rq, &p, &v);
    v.cases_n = merge_open_cases(rq->db, &v.cases, p.area, p.keep, p.gone, rq->who.user);
    v.blocked = two_plans(v.cases, v.cases_n);
    v.choose_home = merge_pair_member(rq->db, &v.homes, p.area, p.keep, p.gone) == 2 && v.homes[0].household.v != v.homes[1].household.v;
    rq_note_read(rq, "person", p.keep.v, "merge");
    rq_note_read(rq, "person", p.gone.v, "merge");
    rq->title = str_of(tr(rq->lang, T("合并登记")));
    merge_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- Merging ---- */

/* The values that were picked; what the reviewer may not see goes by the same rule as what he did not touch. */
static void
choose(struct rq *rq, const struct pair *p, struct person_fields *out, struct audit_changes *changes)
{
    *out = p->kf;
    for (size_t i = 0; i < person_form.n; i++) {
        const struct field *f = &person_form.fields[i];
        struct str keep = person_field_text(rq->arena, f, &p->kf), gone = person_field_text(rq->arena, f, &p->gf);
        if (f->kind == F_UNIT || !picks_gone(rq, f, keep, gone)) continue;
        memcpy((char *)out + f->offset, (const char *)&p->gf + f->offset, f->kind == F_DATE ? sizeof(struct date) : sizeof(struct str));
        if (f->secret) audit_changed_secret(changes, rq->arena, f->name);
        else audit_changed(changes, rq->arena, f->name, keep, gone);
    }
}

/* One person lives in one household: of two open memberships one ends, and both stay in the history. */
static struct household_id
one_home(struct rq *rq, const struct pair *p, struct merge_id merge)
{
    struct merge_pair_member_row *m;
    size_t n = merge_pair_member(rq->db, &m, p->area, p->keep, p->gone);
    if (n == 0) return (struct household_id){ 0 };
    if (n == 1) return m[0].household;
    bool gone_stays = str_is(rq_param(rq, "home"), "gone") && m[0].household.v != m[1].household.v;
    size_t end = (m[0].person.v == p->keep.v) == gone_stays ? 0 : 1;
    merge_end_member(rq->db, p->area, m[end].id, today());
    merge_part_put(rq->db, .area = p->area, .merge = merge, .what = STR("member"), .row_id = m[end].id.v, .how = STR("ended"));
    return m[1 - end].household;
}

static void
audit_both(struct rq *rq, const struct pair *p, const char *keep, const char *gone, struct audit_changes *changes, struct str reason)
{
    struct audit_changes other = { 0 };
    audit_changed(changes, rq->arena, "merged", NO_STR, str_fmt(rq->arena, "%lld", (long long)p->gone.v));
    audit_changed(&other, rq->arena, "into", NO_STR, str_fmt(rq->arena, "%lld", (long long)p->keep.v));
    audit_note(rq, p->area, keep, "person", p->keep.v, changes, reason);
    audit_note(rq, p->area, gone, "person", p->gone.v, &other, reason);
}

/* Journal first, then everything that it names; false: somebody changed one of the two meanwhile. */
static bool
join(struct rq *rq, const struct pair *p, struct merge_id id, const struct person_fields *fields, struct str reason)
{
    struct person_get_row old = p->k;
    merge_insert(rq->db, .area = p->area, .id = id, .kind = STR("person"), .unit = p->k.unit, .keep = p->keep.v, .gone = p->gone.v,
                 .at = instant_now(), .by = rq->who.user, .reason = reason, .before = merge_seal(rq, &p->kf, &p->k), .keep_version = p->k.version,
                 .gone_version = p->g.version);
    merge_note(rq->db, p->area, id, p->keep, p->gone);
    merge_end_note(rq->db, p->area, id, p->keep, p->gone);
    merge_end_categories(rq->db, p->area, id, today());
    struct household_id home = one_home(rq, p, id);
    if (merge_close(rq->db, .area = p->area, .id = p->gone, .version = p->g.version, .keep = p->keep, .on = today(), .at = instant_now()) != 1)
        return false;
    person_terms_drop(rq->db, p->g.unit, p->gone, p->g.name, p->g.pinyin);
    merge_send(rq->db, p->area, id, p->gone, p->keep);
    if (old.reg_division.n == 0) old.reg_division = p->g.reg_division;
    if (!person_save(rq, p->keep, &old, fields)) return false;
    merge_home(rq->db, p->area, p->keep, home);
    category_summarise(rq->db, p->area, p->keep);
    return true;
}

static enum http
merge(struct rq *rq)
{
    const struct merge_form *in = rq->form;
    struct pair p;
    struct person_fields fields;
    struct audit_changes changes = { 0 };
    struct merge_open_cases_row *cases;
    if (!pair_load(rq, &p)) return HTTP_NOT_FOUND;
    size_t n = merge_open_cases(rq->db, &cases, p.area, p.keep, p.gone, rq->who.user);
    if (two_plans(cases, n)) return rq_invalid(rq, NULL, T("两份登记都有未结的个案，一人同时只能有一个个案。请先结案其中一个。"));
    if (rq_param_int(rq, "keep_version", p.k.version) != p.k.version || rq_param_int(rq, "gone_version", p.g.version) != p.g.version)
        return rq_invalid(rq, NULL, T("您打开之后，资料有了变动。请核对后再合并。"));
    choose(rq, &p, &fields, &changes);
    if (!person_fields_agree(rq, &fields)) return HTTP_INVALID;
    struct merge_id id = { id_next(p.area) };
    if (!join(rq, &p, id, &fields, in->reason)) return HTTP_CONFLICT;
    audit_both(rq, &p, "merge", "merged", &changes, in->reason);
    return rq_done_undo(rq, T("已合并"), str_fmt(rq->arena, "/merges/%lld/undo", (long long)id.v), "/people/%lld", (long long)p.keep.v);
}

const struct route merge_routes[] = {
    GET("/people/:person/merge/:double", PEOPLE_MERGE, show, .scope = merge_pair_in_scope, .title = T("合并登记")),
    POST("/people/:person/merge/:double", PEOPLE_MERGE, merge, .scope = merge_pair_in_scope, .form = &merge_form, .redraw = show,
         .alone = true, .title = T("合并登记")),
};
const size_t merge_routes_n = COUNT(merge_routes);
