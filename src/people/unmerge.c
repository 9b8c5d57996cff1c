/* The merges of a station, and taking one back: everything goes back where it was, or it is told what came since. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "people/merge_html.h"
#include "people/merge_views.h"
#include "people/person.h"
#include "people/person_views.h"
#include "seal/seal.h"

enum { PAGE = 30 };

struct undo_form { struct str reason; };
static const struct field undo_fields[] = { FIELD_TEXT(struct undo_form, reason, "撤销的理由", .max = 200) };
static const struct form undo_form = FORM(struct undo_form, undo_fields);

static bool
in_scope(struct rq *rq)
{
    struct merge_get_row m;
    struct person_scope_row p;
    struct merge_id id = { rq->ids[0] };
    int64_t area = id_area(id.v);
    if (!merge_get(rq->db, &m, area, id) || !scope_unit(rq, m.unit)) return false;
    if (str_is(m.kind, "household")) return true;
    struct person_id who = { m.keep };
    struct merge_into_row into;
    for (int i = 0; i < 16 && merge_into(rq->db, &into, area, who); i++) who = into.keep;
    return person_scope(rq->db, &p, area, who, rq->who.user, instant_now());
}

static enum http
list(struct rq *rq)
{
    struct merge_list_page v = { .rq = rq, .page = rq_param_int(rq, "page", 1), .per_page = PAGE };
    if (v.page < 1 || v.page > 10000) v.page = 1;
    v.n = merge_list(rq->db, &v.rows, .area = rq->who.area, .top = rq->who.focus, .me = rq->who.user, .most = PAGE + 1, .skip = (v.page - 1) * PAGE);
    rq->title = str_of(tr(rq->lang, T("合并记录")));
    merge_list_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
show(struct rq *rq)
{
    struct merge_show_page v = { .rq = rq, .id = { rq->ids[0] }, .form = &undo_form, .from = { .rq = rq } };
    struct person_names_row keep = { 0 }, gone = { 0 };
    struct household_get_row h = { 0 }, f = { 0 };
    int64_t area = id_area(v.id.v);
    if (!merge_get(rq->db, &v.m, area, v.id)) return HTTP_NOT_FOUND;
    v.house = str_is(v.m.kind, "household");
    if (v.house) {
        household_get(rq->db, &h, area, (struct household_id){ v.m.keep });
        household_get(rq->db, &f, area, (struct household_id){ v.m.gone });
        v.keep = h.no;
        v.gone = f.no;
    } else {
        person_names(rq->db, &keep, area, (struct person_id){ v.m.keep });
        person_names(rq->db, &gone, area, (struct person_id){ v.m.gone });
        v.keep = keep.name;
        v.gone = gone.name;
    }
    v.newer = rq->state;
    while (v.newer != NULL && v.newer[v.newer_n].p != NULL) v.newer_n++;
    rq->title = str_of(tr(rq->lang, T("合并记录")));
    merge_show_page(&rq->body, &v);
    return HTTP_OK;
}

/* What stands in the way, each with its name; NULL: nothing. */
static struct str *
in_the_way(struct rq *rq, const struct merge_get_row *m, struct merge_id id, struct str idno)
{
    struct merge_newer_row *rows;
    struct merge_number_taken_row *taken;
    struct merge_number_row gone;
    struct person_id keep = { m->keep };
    int64_t area = id_area(id.v);
    size_t n = merge_newer(rq->db, &rows, area, id, keep), out = 0, taken_n = 0;
    if (merge_number(rq->db, &gone, area, (struct person_id){ m->gone }))
        taken_n = merge_number_taken(rq->db, &taken, .area = area, .a = gone.hash, .b = idno.n ? seal_hash(rq->arena, SEAL_IDNO, idno) : NO_STR,
                                     .c = idno.n ? seal_hash_before(rq->arena, SEAL_IDNO, idno) : NO_STR, .keep = keep);
    if (n + taken_n == 0) return NULL;
    struct str *all = NEW(rq->arena, struct str, n + taken_n + 1);
    for (size_t i = 0; i < n; i++) {
        bool code = str_is(rows[i].what, "person_category");
        const char *label = code ? codes_label(codes_table("client_category"), rows[i].text, rq->lang) : str_z(rq->arena, rows[i].text);
        all[out++] = str_fmt(rq->arena, "%s %s", merge_what(rows[i].what, rq->lang), label);
    }
    for (size_t i = 0; i < taken_n; i++)
        all[out++] = taken[i].level >= 4 ? str_of(tr(rq->lang, T("证件号码已由他人登记")))
                                         : tr_fmt(rq->arena, rq->lang, T("证件号码已由他人登记：%s"), str_z(rq->arena, taken[i].name));
    return all;
}

/* The one that stays as he was, then the other one opened again: never two open persons with one number. */
static bool
part(struct rq *rq, struct merge_id id, const struct merge_get_row *m, const struct person_get_row *now, struct str why)
{
    struct person_id keep = { m->keep }, gone = { m->gone };
    struct person_fields before;
    struct person_get_row old = *now;
    struct household_id home;
    struct person_names_row names;
    struct merge_number_row other;
    int64_t area = id_area(id.v);
    if (!merge_unseal(rq->arena, m->before, &before, &old.reg_division, &home)) return false;
    merge_send(rq->db, area, id, keep, gone);
    merge_open_categories(rq->db, area, id);
    merge_open_members(rq->db, area, id);
    if (!person_save(rq, keep, &old, &before)) return false;
    if (merge_open(rq->db, area, gone, keep, instant_now()) != 1 || !person_names(rq->db, &names, area, gone)) return false;
    person_terms_save(rq->db, names.unit, gone, names.name, names.pinyin);
    merge_home(rq->db, area, keep, home);
    category_summarise(rq->db, area, keep);
    category_summarise(rq->db, area, gone);
    if (!merge_number(rq->db, &other, area, gone)) return false;
    merge_version(rq->db, area, keep.v, m->keep_version, now->version + 1);
    merge_version(rq->db, area, gone.v, m->gone_version, other.version);
    return merge_undone(rq->db, .area = area, .id = id, .at = instant_now(), .by = rq->who.user, .why = why) == 1;
}

static enum http
undo(struct rq *rq)
{
    const struct undo_form *in = rq->form;
    struct merge_id id = { rq->ids[0] };
    struct merge_get_row m;
    struct person_get_row now;
    struct person_fields before;
    struct str reg, why = in->reason.n ? in->reason : STR("");
    struct household_id home;
    int64_t area = id_area(id.v);
    if (!merge_get(rq->db, &m, area, id)) return HTTP_NOT_FOUND;
    if (instant_known(m.undone_at)) return rq_invalid(rq, NULL, T("此次合并已经撤销。"));
    if (str_is(m.kind, "household")) return merge_house_undo(rq, id, &m, why);
    struct person_id keep = { m.keep };
    if (!person_get(rq->db, &now, area, keep) || !merge_unseal(rq->arena, m.before, &before, &reg, &home)) return HTTP_NOT_FOUND;
    if (date_known(now.closed_on)) return rq_invalid(rq, NULL, T("保留的登记已停用或又合并到别处。请先撤销后一次合并。"));
    rq->state = in_the_way(rq, &m, id, before.idno);
    if (rq->state != NULL) return rq_invalid(rq, NULL, T("合并之后又有了新的内容，无法确定归属，不能撤销。"));
    if (now.version != m.version) return rq_invalid(rq, NULL, T("合并之后修改过基本资料，不能撤销。"));
    if (!part(rq, id, &m, &now, why)) return HTTP_CONFLICT;
    audit_note(rq, area, "merge_undone", "person", m.keep, NULL, why);
    audit_note(rq, area, "merge_undone", "person", m.gone, NULL, why);
    return rq_done(rq, T("已撤销合并"), "/people/%lld", (long long)m.gone);
}

const struct route unmerge_routes[] = {
    GET("/merges", PEOPLE_MERGE, list, .title = T("合并记录")),
    GET("/merges/:merge", PEOPLE_MERGE, show, .scope = in_scope, .title = T("合并记录")),
    POST("/merges/:merge/undo", PEOPLE_MERGE, undo, .scope = in_scope, .form = &undo_form, .redraw = show, .alone = true,
         .title = T("撤销合并")),
};
const size_t unmerge_routes_n = COUNT(unmerge_routes);
