/* Two files of one household become one (一户一档): members, cases and history go to the file that stays, with a journal. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "form/doc.h"
#include "people/merge_house_sql.h"
#include "people/merge_html.h"
#include "people/merge_views.h"
#include "people/person_views.h"
#include "seal/seal.h"

struct house_form { struct str reason, relation; };
static const struct field house_fields[] = {
    FIELD_CODE(struct house_form, relation, "family", "另一位户主改为与户主的关系"),
    FIELD_TEXT(struct house_form, reason, "合并的理由", .required = true, .max = 200, .help = "例如：同住一处、共同生活。"),
};
static const struct form house_form = FORM(struct house_form, house_fields);

struct find_form { struct str no; };
static const struct field find_fields[] = { FIELD_TEXT(struct find_form, no, "户编号", .required = true, .max = 40) };
static const struct form find_form = FORM(struct find_form, find_fields);

struct houses { int64_t area; struct household_id keep, gone; struct household_get_row k, g; };

static bool
pair_in_scope(struct rq *rq)
{
    struct rq other = *rq;
    other.ids[0] = rq->ids[1];
    if (rq->ids[0] == rq->ids[1] || id_area(rq->ids[0]) != id_area(rq->ids[1]) || !household_in_scope(rq) || !household_in_scope(&other)) return false;
    return rq->location.p != NULL || other.location.p == NULL;
}

static bool
load(struct rq *rq, struct houses *p)
{
    *p = (struct houses){ .area = id_area(rq->ids[0]), .keep = { rq->ids[0] }, .gone = { rq->ids[1] } };
    return household_get(rq->db, &p->k, p->area, p->keep) && household_get(rq->db, &p->g, p->area, p->gone) && !date_known(p->k.closed_on) &&
           !date_known(p->g.closed_on);
}

/* The five facts of a household in one order, plain. */
enum { FACTS = 5 };
static const char *const names[FACTS] = { "division", "address", "housing", "economy", "note" };
static const char *const labels[FACTS] = { T("村（社区）"), T("住址"), T("居住类型"), T("经济状况"), T("备注") };

static void
facts_of(struct arena *a, const struct household_get_row *h, struct str out[FACTS])
{
    const struct str all[FACTS] = { h->division, unseal(a, SEAL_ADDRESS, h->address_sealed), h->housing, h->economy, h->note };
    memcpy(out, all, sizeof all);
}

static bool
picks_gone(struct rq *rq, size_t i, struct str keep, struct str gone)
{
    struct str chosen = rq_param(rq, str_fmt(rq->arena, "pick.%s", names[i]).p);
    return !str_eq(keep, gone) && (chosen.n ? str_is(chosen, "gone") : keep.n == 0);
}

static struct str
fact_label(struct rq *rq, size_t i, struct str value, const struct household_get_row *h)
{
    if (i == 0) return h->division_name;
    if (i == 2 || i == 3) return str_of(codes_label(codes_table(names[i]), value, rq->lang));
    return value;
}

static bool
two_heads(struct rq *rq, const struct houses *p, struct merge_house_heads_row **heads, size_t *n)
{
    *n = merge_house_heads(rq->db, heads, p->area, p->keep, p->gone);
    for (size_t i = 1; i < *n; i++)
        if ((*heads)[i].household.v != (*heads)[0].household.v) return true;
    return false;
}

static enum http
show(struct rq *rq)
{
    struct houses p;
    struct merge_house_page v = { .rq = rq, .form = &house_form, .from = { .rq = rq }, .chosen = true };
    struct merge_house_heads_row *heads;
    struct str keep[FACTS], gone[FACTS];
    size_t n;
    if (!load(rq, &p)) return HTTP_NOT_FOUND;
    v.keep = p.keep;
    v.gone = p.gone;
    v.k = p.k;
    v.g = p.g;
    facts_of(rq->arena, &p.k, keep);
    facts_of(rq->arena, &p.g, gone);
    for (size_t i = 0; i < FACTS; i++)
        v.rows[i] = (struct merge_house_row){ names[i], tr(rq->lang, labels[i]), fact_label(rq, i, keep[i], &p.k), fact_label(rq, i, gone[i], &p.g),
                                              str_eq(keep[i], gone[i]), picks_gone(rq, i, keep[i], gone[i]) };
    v.members_n = member_list(rq->db, &v.members, p.area, p.gone, rq->who.user);
    v.heads = two_heads(rq, &p, &heads, &n);
    rq->title = str_of(tr(rq->lang, T("合并家庭档案")));
    merge_house_page(&rq->body, &v);
    return HTTP_OK;
}

static void
facts_save(struct rq *rq, const struct houses *p, const struct str facts[FACTS], int64_t version)
{
    household_update(rq->db, .area = p->area, .id = p->keep, .version = version, .division = facts[0],
                     .address_sealed = seal(rq->arena, SEAL_ADDRESS, facts[1]), .housing = facts[2], .economy = facts[3], .note = facts[4]);
}

static struct str
sealed(struct rq *rq, const struct str facts[FACTS])
{
    struct buf b = { .arena = rq->arena };
    LIT(&b, "{");
    for (size_t i = 0; i < FACTS; i++) {
        if (facts[i].n == 0) continue;
        putf(&b, "%s\"%s\":", b.n > 1 ? "," : "", names[i]);
        put_json_str(&b, facts[i]);
    }
    LIT(&b, "}");
    return seal(rq->arena, SEAL_MERGE, buf_str(&b));
}

/* All that hangs on one household goes to the other; on the way back the same rows, and no others. */
static void
send(struct db *db, int64_t area, struct merge_id merge, struct household_id old, struct household_id household)
{
    merge_house_member(db, area, merge, old, household);
    merge_house_person(db, area, merge, old, household);
    merge_house_case(db, area, merge, old, household);
    merge_house_aid(db, area, merge, old, household);
    merge_house_house_line(db, area, merge, old, household);
    merge_house_house_plan(db, area, merge, old, household);
}

/* One household, one head: the other one is told apart by his relation to him. */
static bool
one_head(struct rq *rq, const struct houses *p, struct merge_id id, struct str relation)
{
    struct merge_house_heads_row *heads;
    size_t n;
    if (!two_heads(rq, p, &heads, &n)) return true;
    if (relation.n == 0 || str_is(relation, "02")) return false;
    struct household_id other = str_is(rq_param(rq, "head"), "gone") ? p->keep : p->gone;
    for (size_t i = 0; i < n; i++) {
        if (heads[i].household.v != other.v) continue;
        merge_part_put(rq->db, .area = p->area, .merge = id, .what = STR("member"), .row_id = heads[i].id.v, .how = STR("relation"), .was = STR("02"));
        merge_house_relation(rq->db, p->area, heads[i].id, relation);
    }
    return true;
}

static enum http
merge(struct rq *rq)
{
    const struct house_form *in = rq->form;
    struct houses p;
    struct str keep[FACTS], gone[FACTS], facts[FACTS];
    struct audit_changes changes = { 0 };
    struct merge_house_heads_row *heads;
    size_t n;
    if (!load(rq, &p)) return HTTP_NOT_FOUND;
    if (two_heads(rq, &p, &heads, &n) && (in->relation.n == 0 || str_is(in->relation, "02")))
        return rq_invalid(rq, "relation", T("两户都有户主，请选择另一位与户主的关系。"));
    struct merge_id id = { id_next(p.area) };
    facts_of(rq->arena, &p.k, keep);
    facts_of(rq->arena, &p.g, gone);
    for (size_t i = 0; i < FACTS; i++) facts[i] = picks_gone(rq, i, keep[i], gone[i]) ? gone[i] : keep[i];
    merge_insert(rq->db, .area = p.area, .id = id, .kind = STR("household"), .unit = p.k.unit, .keep = p.keep.v, .gone = p.gone.v,
                 .at = instant_now(), .by = rq->who.user, .reason = in->reason, .before = sealed(rq, keep), .keep_version = p.k.version,
                 .gone_version = p.g.version);
    merge_house_note(rq->db, p.area, id, p.keep, p.gone);
    one_head(rq, &p, id, in->relation);
    if (merge_house_close(rq->db, .area = p.area, .id = p.gone, .version = p.g.version, .keep = p.keep, .on = today()) != 1) return HTTP_CONFLICT;
    send(rq->db, p.area, id, p.gone, p.keep);
    facts_save(rq, &p, facts, p.k.version);
    audit_changed(&changes, rq->arena, "merged", NO_STR, p.g.no);
    audit_note(rq, p.area, "merge", "household", p.keep.v, &changes, in->reason);
    audit_note(rq, p.area, "merged", "household", p.gone.v, NULL, in->reason);
    return rq_done_undo(rq, T("已合并"), str_fmt(rq->arena, "/merges/%lld/undo", (long long)id.v), "/households/%lld", (long long)p.keep.v);
}

static struct str *
in_the_way(struct rq *rq, int64_t area, struct merge_id id, struct household_id keep)
{
    struct merge_house_newer_row *rows;
    size_t n = merge_house_newer(rq->db, &rows, area, id, keep);
    struct str *all = n ? NEW(rq->arena, struct str, n + 1) : NULL;
    for (size_t i = 0; i < n; i++) all[i] = str_fmt(rq->arena, "%s %.*s", merge_what(rows[i].what, rq->lang), FMT(rows[i].text));
    return all;
}

enum http
merge_house_undo(struct rq *rq, struct merge_id id, const struct merge_get_row *m, struct str why)
{
    struct houses p = { .area = id_area(id.v), .keep = { m->keep }, .gone = { m->gone } };
    struct str text = unseal(rq->arena, SEAL_MERGE, m->before), facts[FACTS];
    const json_t *doc = text.n ? doc_parse(rq->arena, text) : NULL;
    if (doc == NULL || !household_get(rq->db, &p.k, p.area, p.keep)) return HTTP_NOT_FOUND;
    if (date_known(p.k.closed_on)) return rq_invalid(rq, NULL, T("保留的登记已停用或又合并到别处。请先撤销后一次合并。"));
    rq->state = in_the_way(rq, p.area, id, p.keep);
    if (rq->state != NULL) return rq_invalid(rq, NULL, T("合并之后又有了新的内容，无法确定归属，不能撤销。"));
    if (p.k.version != m->version) return rq_invalid(rq, NULL, T("合并之后修改过基本资料，不能撤销。"));
    for (size_t i = 0; i < FACTS; i++) {
        struct str v = doc_text(doc, names[i]);
        facts[i] = v.n ? v : NO_STR;
    }
    send(rq->db, p.area, id, p.keep, p.gone);
    merge_house_relations(rq->db, p.area, id);
    facts_save(rq, &p, facts, p.k.version);
    if (merge_house_open(rq->db, p.area, p.gone, p.keep) != 1) return HTTP_CONFLICT;
    merge_version(rq->db, p.area, p.keep.v, m->keep_version, p.k.version + 1);
    if (household_get(rq->db, &p.g, p.area, p.gone)) merge_version(rq->db, p.area, p.gone.v, m->gone_version, p.g.version);
    merge_undone(rq->db, .area = p.area, .id = id, .at = instant_now(), .by = rq->who.user, .why = why);
    audit_note(rq, p.area, "merge_undone", "household", p.keep.v, NULL, why);
    audit_note(rq, p.area, "merge_undone", "household", p.gone.v, NULL, why);
    return rq_done(rq, T("已撤销合并"), "/households/%lld", (long long)p.gone.v);
}

/* ---- Which other household ---- */

static enum http
ask(struct rq *rq)
{
    struct merge_house_page v = { .rq = rq, .keep = { rq->ids[0] }, .form = &find_form, .from = { .rq = rq } };
    if (!household_get(rq->db, &v.k, id_area(v.keep.v), v.keep) || date_known(v.k.closed_on)) return HTTP_NOT_FOUND;
    rq->title = str_of(tr(rq->lang, T("合并家庭档案")));
    merge_house_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
find(struct rq *rq)
{
    const struct find_form *in = rq->form;
    struct merge_house_by_no_row other;
    if (!merge_house_by_no(rq->db, &other, id_area(rq->ids[0]), rq->who.unit, in->no)) return rq_invalid(rq, "no", T("没有这个编号的家庭档案。"));
    if (other.id.v == rq->ids[0]) return rq_invalid(rq, "no", T("这是同一份档案。"));
    return rq_redirect(rq, "/households/%lld/merge/%lld", (long long)rq->ids[0], (long long)other.id.v);
}

const struct route merge_house_routes[] = {
    GET("/households/:household/merge", PEOPLE_MERGE, ask, .scope = household_in_scope, .title = T("合并家庭档案")),
    POST("/households/:household/merge", PEOPLE_MERGE, find, .scope = household_in_scope, .form = &find_form, .redraw = ask, .title = T("合并家庭档案")),
    GET("/households/:household/merge/:home", PEOPLE_MERGE, show, .scope = pair_in_scope, .title = T("合并家庭档案")),
    POST("/households/:household/merge/:home", PEOPLE_MERGE, merge, .scope = pair_in_scope, .form = &house_form, .redraw = show,
         .alone = true, .title = T("合并家庭档案")),
};
const size_t merge_house_routes_n = COUNT(merge_house_routes);
