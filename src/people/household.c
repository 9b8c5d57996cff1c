/* Households: one file for each (GD-15, R-GD-D1).  The list, the file, and what happened in it. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "paper/book.h"
#include "paper/give.h"
#include "people/household_html.h"
#include "people/household_views.h"
#include "people/merge_sql.h"
#include "people/person_json.h"
#include "people/person.h"
#include "people/person_views.h"
#include "seal/seal.h"

enum { MERGES_MAX = 16, PAGE = 50, COUNTER_BITS = 43 };

struct household_form { struct str no, division, address, housing, economy, note; struct person_id head; bool move; };
static const struct field household_fields[] = {
    FIELD_TEXT(struct household_form, no, "户编号", .max = 40, .help = "不填则自动编号。"),
    FIELD_ID(struct household_form, head, person_id, F_PERSON, "户主", .help = "输入姓名、拼音或证件号码查找；可以以后再加。"),
    FIELD_OFFERED(struct household_form, division, "村（社区）"),
    FIELD_TEXT(struct household_form, address, "住址", .max = 200, .secret = true, .wide = true),
    FIELD_CODE(struct household_form, housing, "housing", "居住类型"),
    FIELD_CODE(struct household_form, economy, "economy", "经济状况", .level = 2),
    FIELD_LONG(struct household_form, note, "备注", .max = 2000, .level = 2),
    FIELD_BOOL(struct household_form, move, "从原家庭转入"),
};
static const struct form household_form = FORM(struct household_form, household_fields);

bool
household_in_scope(struct rq *rq)
{
    struct household_get_row h;
    struct merge_house_into_row into;
    struct household_id id = { rq->ids[0] };
    for (int i = 0; i < MERGES_MAX && merge_house_into(rq->db, &into, id_area(id.v), id); i++) id = into.keep;
    if (!household_get(rq->db, &h, id_area(id.v), id) || !scope_unit(rq, h.unit)) return false;
    if (id.v != rq->ids[0]) rq_moved(rq, rq->ids[0], id.v);
    return true;
}

bool
household_make(struct db *db, int64_t area, struct unit_id unit, struct str no, struct str division, struct str address, struct date on,
               struct household_id *made)
{
    struct person_unit_division_row u;
    struct arena *a = db_arena(db);
    *made = (struct household_id){ id_next(area) };
    if (no.n == 0) {
        if (!person_unit_division(db, &u, unit)) return false;
        no = str_fmt(a, "%.*s-%lld", FMT(u.code), (long long)(made->v & ((INT64_C(1) << COUNTER_BITS) - 1)));
    }
    return household_insert(db, .area = area, .id = *made, .no = no, .unit = unit, .division = division.n ? division : NO_STR,
                            .address_sealed = seal(a, SEAL_ADDRESS, address.n ? address : NO_STR), .opened_on = on) == 1;
}

/* ---- List ---- */

/* What the address asks for. */
struct asked { unsigned filters; struct household_list_in in; };

static struct asked
asked(struct rq *rq)
{
    struct str q = str_trim(rq_param(rq, "q")), village = rq_param(rq, "village");
    return (struct asked){ (q.n ? HOUSEHOLD_LIST_F_NO : 0) | (village.n ? HOUSEHOLD_LIST_F_VILLAGE : 0),
                           { .area = rq->who.area, .top = rq->who.focus, .no = q, .village = village, .most = PAGE + 1,
                             .no_end = str_fmt(rq->arena, "%.*s\xf4\x8f\xbf\xbf", FMT(q)) } };
}

static size_t
households_after(struct rq *rq, struct asked *w, struct household_id last, struct household_list_row **rows)
{
    w->in.last = last;
    return household_list_with(rq->db, rows, w->filters | (last.v > 0 ? HOUSEHOLD_LIST_F_AFTER : 0), 0, &w->in);
}

static enum http
list(struct rq *rq)
{
    struct asked w = asked(rq);
    struct household_list_page v = { .rq = rq, .q = w.in.no, .village = w.in.village };
    struct household_count_row count = { 0 };

    v.from = rq_param_int(rq, "from", 1);
    size_t n = households_after(rq, &w, (struct household_id){ rq_param_int(rq, "after", 0) }, &v.rows);
    household_count(rq->db, &count, w.filters, 0, .area = w.in.area, .top = w.in.top, .no = w.in.no, .no_end = w.in.no_end, .village = w.in.village);
    v.total = count.total;
    v.n = n > PAGE ? PAGE : n;
    villages_of(rq, rq->who.focus, &v.villages, &v.villages_n);
    if (n > PAGE) {
        struct buf b = { .arena = rq->arena };
        LIT(&b, "/households?q=");
        put_url_str(&b, v.q);
        LIT(&b, "&village=");
        put_url_str(&b, v.village);
        putf(&b, "&after=%lld&from=%lld", (long long)v.rows[PAGE - 1].id.v, (long long)v.from + PAGE);
        v.next = (struct url){ buf_str(&b) };
    }
    if (shape_wanted(rq)) return household_list_json(rq, &v);
    rq->title = str_of(tr(rq->lang, T("家庭")));
    household_list_page(&rq->body, &v);
    return HTTP_OK;
}

static const struct book_column columns[] = {
    { T("户编号"), CELL_TEXT, 24 }, { T("户主"), CELL_TEXT, 14 }, { T("人数"), CELL_NUMBER, 8 }, { T("村（社区）"), CELL_TEXT, 22 },
    { T("单位"), CELL_TEXT, 32 }, { T("建档日期"), CELL_DATE, 12 },
};

/* The head is named in the list; the others of the household are only counted. */
static void
book_heads(struct rq *rq, struct book *b, const struct household_list_row *rows, size_t n)
{
    struct household_heads_row *heads;
    struct buf ids = { .arena = rq->arena };
    LIT(&ids, "[");
    for (size_t i = 0; i < n; i++) putf(&ids, "%s%lld", i ? "," : "", (long long)rows[i].id.v);
    LIT(&ids, "]");
    size_t heads_n = household_heads(rq->db, &heads, rq->who.area, buf_str(&ids));
    for (size_t i = 0; i < heads_n; i++) book_person(b, heads[i].person);
}

static enum http
export(struct rq *rq)
{
    struct asked w = asked(rq);
    struct household_list_row *rows;
    struct household_id last = { 0 };
    struct person_unit_division_row unit = { 0 };
    person_unit_division(rq->db, &unit, rq->who.focus);
    struct book *b = book_open(rq, T("家庭"), columns, COUNT(columns));
    size_t n;

    if (b == NULL) return HTTP_UNAVAILABLE;
    w.in.most = BOOK_CHUNK;
    do {
        if (!book_chunk(b)) break;
        n = households_after(rq, &w, last, &rows);
        book_heads(rq, b, rows, n);
        for (size_t i = 0; i < n; i++) {
            book_text(b, rows[i].no);
            book_text(b, rows[i].head_name);
            book_number(b, rows[i].members);
            book_text(b, rows[i].village_name);
            book_text(b, rows[i].unit_name);
            book_date(b, rows[i].opened_on);
            book_row(b);
            last = rows[i].id;
        }
    } while (n == BOOK_CHUNK);
    return book_send(b, "households", unit.name);
}

/* ---- The form ---- */

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    struct person_villages_row *villages;
    if (f->kind == F_PERSON) return NULL;
    villages_of(rq, rq->who.focus, &villages, n);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ villages[i].code.p, villages[i].name.p, villages[i].name.p };
    return all;
}

static enum http
form_page(struct rq *rq, struct household_form_page *v, const void *values)
{
    v->form = &household_form;
    v->from = (struct form_source){ .rq = rq, .values = values, .choices = offered, .arg = rq };
    if (rq->state != NULL) {
        const struct member_open_of_row *same = rq->state;
        v->same = same->household;
        v->offer_move = same->id.v != 0;
    }
    rq->title = str_of(tr(rq->lang, v->id.v ? T("修改家庭档案") : T("新建家庭档案")));
    household_form_page(&rq->body, v);
    return HTTP_OK;
}

static enum http
add(struct rq *rq)
{
    struct household_form_page v = { 0 };
    struct household_form fresh = { .head = { rq_param_int(rq, "person", 0) } };
    return form_page(rq, &v, &fresh);
}

/* One household, one file: the same number, or a head who belongs to another household, is refused with a link. */
static bool
refuse_second(struct rq *rq, const struct household_form *in, int64_t area)
{
    struct member_open_of_row *same = NEW(rq->arena, struct member_open_of_row, 1);
    struct household_by_no_row by_no;
    if (in->no.n && household_by_no(rq->db, &by_no, area, in->no)) {
        rq_invalid(rq, "no", T("该户已有家庭档案。"));
        if (!scope_unit(rq, by_no.unit)) return true;
        same->household = by_no.id;
    } else if (in->head.v && !in->move && member_open_of(rq->db, same, area, in->head)) {
        rq_invalid(rq, "head", T("此人已在另一家庭档案中。可以打开该档案，或选择“从原家庭转入”。"));
        if (!scope_unit(rq, same->unit)) return true;
    } else {
        return false;
    }
    rq->state = same;
    return true;
}

/* The head must be somebody whom the user may know. */
static bool
head_known(struct rq *rq, struct person_id head)
{
    struct person_scope_row p;
    return id_area(head.v) == rq->who.area && person_scope(rq->db, &p, rq->who.area, head, rq->who.user, instant_now()) && scope_unit(rq, p.unit);
}

static enum http
create(struct rq *rq)
{
    const struct household_form *in = rq->form;
    struct household_id id;
    struct member_open_of_row old;
    int64_t area = rq->who.area;

    if (in->head.v && !head_known(rq, in->head)) return rq_invalid(rq, "head", T("请从列表中选择。"));
    if (refuse_second(rq, in, area)) return HTTP_INVALID;
    if (!household_make(rq->db, area, rq->who.focus, in->no, in->division, in->address, today(), &id))
        return rq_invalid(rq, "no", T("该户已有家庭档案。"));
    household_update(rq->db, .area = area, .id = id, .version = 1, .division = in->division, .housing = in->housing, .economy = in->economy,
                     .address_sealed = seal(rq->arena, SEAL_ADDRESS, in->address), .note = in->note);
    if (in->head.v && member_open_of(rq->db, &old, area, in->head)) member_move(rq, in->head, &old, id, STR("02"), today());
    else if (in->head.v) household_join(rq->db, area, id, in->head, STR("02"), today());
    audit_note(rq, area, "create", "household", id.v, NULL, NO_STR);
    return rq_done(rq, T("已建立家庭档案"), "/households/%lld", (long long)id.v);
}

static enum http
edit(struct rq *rq)
{
    struct household_get_row h;
    struct household_form_page v = { .id = { rq->ids[0] } };
    if (!household_get(rq->db, &h, id_area(v.id.v), v.id)) return HTTP_NOT_FOUND;
    struct household_form values = { .no = h.no, .division = h.division, .address = unseal(rq->arena, SEAL_ADDRESS, h.address_sealed),
                                     .housing = h.housing, .economy = h.economy, .note = h.note };
    v.version = rq->again ? rq_param_int(rq, "version", 0) : h.version;
    return form_page(rq, &v, &values);
}

static enum http
update(struct rq *rq)
{
    const struct household_form *in = rq->form;
    struct household_id id = { rq->ids[0] };
    struct household_get_row h;
    struct audit_changes changes = { 0 };
    int64_t area = id_area(id.v);

    if (!household_get(rq->db, &h, area, id)) return HTTP_NOT_FOUND;
    if (rq_param_int(rq, "version", 0) != h.version) {
        struct household_form_page v = { .id = id, .version = h.version };
        rq_invalid(rq, NULL, T("您打开之后，别人已修改并保存。再次保存将以您填写的内容为准。"));
        form_page(rq, &v, in);
        return HTTP_CONFLICT;
    }
    household_update(rq->db, .area = area, .id = id, .version = h.version, .division = in->division, .housing = in->housing,
                     .economy = in->economy, .address_sealed = seal(rq->arena, SEAL_ADDRESS, in->address), .note = in->note);
    audit_changed(&changes, rq->arena, "division", h.division, in->division);
    audit_changed(&changes, rq->arena, "housing", h.housing, in->housing);
    audit_changed(&changes, rq->arena, "economy", h.economy, in->economy);
    audit_changed(&changes, rq->arena, "note", h.note, in->note);
    if (!str_eq(in->address, unseal(rq->arena, SEAL_ADDRESS, h.address_sealed))) audit_changed_secret(&changes, rq->arena, "address");
    audit_note(rq, area, "change", "household", id.v, &changes, NO_STR);
    return rq_done(rq, T("已保存"), "/households/%lld", (long long)id.v);
}

/* ---- The file ---- */

static void
load_axis(struct rq *rq, struct household_page *v)
{
    static const struct { const char *kind, *zh, *colour; } words[] = {
        { "member", T("%s 加入家庭"), "" }, { "member_end", T("%s 离开家庭"), "" }, { "case", T("个案 %s 接案"), "is-blue" },
        { "case_end", T("个案 %s 结案"), "is-green" },
    };
    struct household_axis_row *rows;
    size_t n = household_axis(rq->db, &rows, id_area(v->id.v), v->id, rq->who.user);
    v->axis = NEW(rq->arena, struct axis_entry, n + 1);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < COUNT(words); k++) {
            if (!str_is(rows[i].kind, words[k].kind)) continue;
            bool of_case = k >= 2;
            if (of_case && !may(rq, CASE_READ)) continue;
            v->axis[v->axis_n++] = (struct axis_entry){
                .on = rows[i].on, .colour = words[k].colour, .text = tr_fmt(rq->arena, rq->lang, words[k].zh, str_z(rq->arena, rows[i].name)),
                .link = url_fmt(rq->arena, of_case ? "/cases/%lld" : "/people/%lld", (long long)rows[i].ref),
            };
        }
}

static enum http
page(struct rq *rq)
{
    struct household_page v = { .rq = rq, .id = { rq->ids[0] }, .member_form = &member_form, .elsewhere = rq->state };
    struct household_head_row head;
    struct relation own = { .own = may(rq, PEOPLE_WRITE) };
    int64_t area = id_area(v.id.v);

    if (!household_get(rq->db, &v.h, area, v.id)) return HTTP_NOT_FOUND;
    if (household_head(rq->db, &head, area, v.id, rq->who.user)) v.head = head.name;
    v.n = member_list(rq->db, &v.members, area, v.id, rq->who.user);
    for (size_t i = 0; i < v.n; i++) v.present += !date_known(v.members[i].to_on);
    if (access_to(rq, 1, own) >= ACCESS_READ) v.address = unseal(rq->arena, SEAL_ADDRESS, v.h.address_sealed);
    v.economy = access_to(rq, 2, own) >= ACCESS_READ;
    v.writes = may(rq, PEOPLE_WRITE);
    if (shape_wanted(rq)) return household_json(rq, &v);
    v.from = (struct form_source){ .rq = rq };
    load_axis(rq, &v);
    rq->title = tr_fmt(rq->arena, rq->lang, T("家庭 %s"), str_z(rq->arena, v.h.no));
    household_page(&rq->body, &v);
    return HTTP_OK;
}

enum http
household_redraw(struct rq *rq)
{
    return page(rq);
}

const struct route household_routes[] = {
    GIVEN("/households/export", PEOPLE_READ, export, .title = T("导出家庭")),
    GET("/households", PEOPLE_READ, list, .title = T("家庭"), .shape = &household_row_shape, .many = true, .query = "q,village,after"),
    GET("/households/new", PEOPLE_WRITE, add, .title = T("新建家庭档案")),
    POST("/households/new", PEOPLE_WRITE, create, .form = &household_form, .redraw = add, .title = T("新建家庭档案")),
    GET("/households/:household", PEOPLE_READ, page, .scope = household_in_scope, .title = T("家庭"), .shape = &household_shape),
    GET("/households/:household/edit", PEOPLE_WRITE, edit, .scope = household_in_scope, .title = T("修改家庭档案")),
    POST("/households/:household/edit", PEOPLE_WRITE, update, .scope = household_in_scope, .form = &household_form, .redraw = edit,
         .title = T("修改家庭档案")),
};
const size_t household_routes_n = COUNT(household_routes);
