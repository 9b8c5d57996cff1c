/* Categories of a person: several, each with its days and its source; ended, never deleted (codes.md 8). */
#include "audit/audit.h"
#include "codes/codes.h"
#include "people/category_html.h"
#include "people/category_sql.h"
#include "people/category_views.h"
#include "people/person.h"

const struct choice category_sources[4] = {
    { "list", T("名册"), NULL }, { "document", T("证件"), NULL }, { "statement", T("本人陈述"), NULL }, { "assessment", T("社工评估"), NULL },
};

struct category_form { struct str category, source, document; struct date from_on; };
static const struct field category_fields[] = {
    FIELD_CODE(struct category_form, category, "client_category", "类别", .required = true),
    FIELD_DATE(struct category_form, from_on, "起始日期", .required = true, .check = "past"),
    FIELD_CHOICE(struct category_form, source, category_sources, "来源", .required = true),
    FIELD_TEXT(struct category_form, document, "证明材料", .max = 200, .help = "例如证号、名册名称。"),
};
static const struct form category_form = FORM(struct category_form, category_fields);

struct end_form { struct date on; };
static const struct field end_fields[] = { FIELD_DATE(struct end_form, on, "终止日期", .required = true, .check = "past") };
static const struct form end_form = FORM(struct end_form, end_fields);

/* The current categories and their highest level, kept with the person for lists and for the gate. */
void
category_summarise(struct db *db, int64_t area, struct person_id person)
{
    struct category_open_row *rows;
    const struct code_table *t = codes_table("client_category");
    struct buf b = { .arena = db_arena(db) };
    int level = 0;
    size_t n = category_open(db, &rows, area, person);
    for (size_t i = 0; i < n; i++) {
        const struct code_entry *e = codes_find(t, rows[i].category);
        if (b.n) LIT(&b, ",");
        put_raw(&b, rows[i].category);
        if (e != NULL && e->level > level) level = e->level;
    }
    category_summary(db, area, person, b.n ? buf_str(&b) : STR(""), level);
}

static bool
has_open(struct db *db, int64_t area, struct person_id person, struct str category)
{
    struct category_open_row *rows;
    size_t n = category_open(db, &rows, area, person);
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].category, category)) return true;
    return false;
}

bool
category_exported(struct str categories)
{
    const struct code_table *t = codes_table("client_category");
    while (categories.n) {
        const struct code_entry *e = codes_find(t, str_cut(&categories, ','));
        if (e != NULL && codes_flag(e, "no_export")) return false;
    }
    return true;
}

bool
category_give(struct db *db, int64_t area, struct person_id person, struct str category, struct date from, struct str source)
{
    if (has_open(db, area, person, category)) return false;
    category_insert(db, .area = area, .id = { id_next(area) }, .person = person, .category = category, .from_on = from, .to_on = NO_DATE,
                    .source = source, .checked_on = NO_DATE);
    category_summarise(db, area, person);
    return true;
}

static enum http
tab(struct rq *rq)
{
    struct person_page v;
    struct category_tab t = { .form = &category_form, .end_form = &end_form };
    struct category_list_row *rows;
    struct category_form fresh = { .from_on = today() };
    if (!person_page_open(rq, "categories", &v)) return HTTP_NOT_FOUND;
    size_t n = category_list(rq->db, &rows, id_area(v.id.v), v.id);
    t.rows = NEW(rq->arena, struct category_list_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct code_entry *e = codes_find(codes_table("client_category"), rows[i].category);
        enum access how = person_access(rq, e ? e->level : 3, v.rel, v.p.born);
        if (how >= ACCESS_READ) t.rows[t.n++] = rows[i];
        else if (how >= ACCESS_MASKED) t.hidden++;
    }
    t.id = v.id;
    t.writes = v.writes;
    t.from = (struct form_source){ .rq = rq, .values = &fresh };
    struct buf b = person_tab_buf(rq);
    category_tab(&b, &t);
    return person_page_done(rq, &v, &b);
}

/* Whoever gives an S4 category stays able to see the person: he is named at once. */
static enum http
add(struct rq *rq)
{
    const struct category_form *in = rq->form;
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    struct audit_changes changes = { 0 };
    const struct code_entry *e = codes_find(codes_table("client_category"), in->category);

    if (has_open(rq->db, area, person, in->category)) return rq_invalid(rq, "category", T("已有此类别。"));
    category_insert(rq->db, .area = area, .id = { id_next(area) }, .person = person, .category = in->category, .from_on = in->from_on,
                    .to_on = NO_DATE, .source = in->source, .document = in->document, .checked_on = today(), .checked_by = rq->who.user);
    if (e->level >= 4) person_name_account(rq->db, area, person, rq->who.user, rq->who.user, STR("category"));
    category_summarise(rq->db, area, person);
    audit_changed(&changes, rq->arena, "category", NO_STR, in->category);
    audit_note(rq, area, "change", "person", person.v, &changes, NO_STR);
    return rq_done(rq, T("已保存"), "/people/%lld/categories", (long long)person.v);
}

static enum http
end(struct rq *rq)
{
    const struct end_form *in = rq->form;
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    struct audit_changes changes = { 0 };
    if (category_end(rq->db, area, (struct category_id){ rq->ids[1] }, person, in->on) == 0)
        return rq_fail(rq, HTTP_CONFLICT, T("该类别已终止，或终止日期早于起始日期。"));
    category_summarise(rq->db, area, person);
    audit_changed(&changes, rq->arena, "category_end", NO_STR, str_fmt(rq->arena, "%lld", (long long)rq->ids[1]));
    audit_note(rq, area, "end_category", "person", person.v, &changes, NO_STR);
    return rq_done_undo(rq, T("已终止"), str_fmt(rq->arena, "/people/%lld/categories/%lld/again", (long long)person.v, (long long)rq->ids[1]),
                        "/people/%lld/categories", (long long)person.v);
}

/* A slip: the category goes on as if it had not been ended. */
static enum http
again(struct rq *rq)
{
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    if (!audit_recent(rq, "end_category", "person", person.v) || category_again(rq->db, area, (struct category_id){ rq->ids[1] }, person) == 0)
        return rq_fail(rq, HTTP_CONFLICT, T("已不能撤销，请重新登记。"));
    category_summarise(rq->db, area, person);
    audit_note(rq, area, "undo_end_category", "person", person.v, NULL, NO_STR);
    return rq_done(rq, T("已撤销"), "/people/%lld/categories", (long long)person.v);
}

const struct route category_routes[] = {
    GET("/people/:person/categories", PEOPLE_READ, tab, .scope = person_in_scope, .title = T("类别")),
    POST("/people/:person/categories", PEOPLE_WRITE, add, .scope = person_in_scope, .form = &category_form, .redraw = tab, .title = T("增加类别")),
    POST("/people/:person/categories/:category/end", PEOPLE_WRITE, end, .scope = person_in_scope, .form = &end_form, .redraw = tab,
         .title = T("终止类别")),
    POST("/people/:person/categories/:category/again", PEOPLE_WRITE, again, .scope = person_in_scope, .form = &no_fields, .title = T("撤销终止类别")),
};
const size_t category_routes_n = COUNT(category_routes);
