/* The list of people: filters, pages by key, exact counts.  S4 persons exist only for those named on them. */
#include "codes/codes.h"
#include "codes/phone.h"
#include "codes/text.h"
#include "page/find.h"
#include "paper/book.h"
#include "paper/give.h"
#include "people/people_views.h"
#include "people/person.h"
#include "people/person_json.h"
#include "people/person_list_html.h"
#include "people/person_views.h"
#include "seal/seal.h"

enum { USUAL_PAGE = 50, CHILD = 14, MINOR = 18, ELDER = 60, OLD = 80 };

const struct choice age_groups[] = {
    { "child", T("不满14岁"), NULL }, { "minor", T("不满18岁"), NULL }, { "adult", T("18至59岁"), NULL }, { "elder", T("60岁以上"), NULL },
    { "old", T("80岁以上"), NULL },
};
const size_t age_groups_n = COUNT(age_groups);

const char *
id_text(struct arena *a, int64_t id)
{
    return str_fmt(a, "%lld", (long long)id).p;
}

/* The first text behind all that begin with s: its last byte is one higher. */
static struct str
prefix_end(struct arena *a, struct str s)
{
    struct str end = str_dup(a, s);
    char *last = (char *)(uintptr_t)end.p + end.n - 1;
    *last = (char)(*last + 1);
    return end;
}

bool
name_query(struct arena *a, struct str typed, struct name_query *out)
{
    struct text_query q[2];
    size_t n = text_query(a, str_trim(typed), q);
    *out = (struct name_query){ .pattern = STR("") };
    if (n == 0) return false;
    out->term2 = out->term2_end = STR("");              /* an empty range */
    out->term = q[0].term;
    out->term_end = q[0].match == TERM_PREFIX ? prefix_end(a, q[0].term) : str_fmt(a, "%.*s\x01", FMT(q[0].term));
    if (n > 1) {
        out->term2 = q[1].term;
        out->term2_end = q[1].match == TERM_PREFIX ? prefix_end(a, q[1].term) : str_fmt(a, "%.*s\x01", FMT(q[1].term));
    }
    if (q[0].match == TERM_VERIFY) {
        struct buf b = { .arena = a };
        LIT(&b, "%");
        for (struct str rest = typed; rest.n;) {
            uint32_t c;
            char utf8[4];
            if (!utf8_next(&rest, &c)) break;
            if (c >= 0x2e80 && c != 0x3000) put(&b, utf8, utf8_put(utf8, c));       /* the characters; no blanks, no dots */
        }
        LIT(&b, "%");
        out->pattern = buf_str(&b);
    }
    return true;
}

size_t
category_badges(struct rq *rq, struct str categories, struct relation rel, struct date born, struct category_badge **out)
{
    const struct code_table *t = codes_table("client_category");
    size_t n = 0;
    *out = NEW(rq->arena, struct category_badge, categories.n / 4 + 2);
    while (categories.n) {
        const struct code_entry *e = codes_find(t, str_cut(&categories, ','));
        if (e == NULL) continue;
        enum access how = person_access(rq, e->level, rel, born);
        if (how < ACCESS_MASKED) continue;
        (*out)[n++] = (struct category_badge){ rq->lang == LANG_EN ? e->en : e->zh, how < ACCESS_READ };
    }
    return n;
}

/* Births after .from and until .to. */
static unsigned
age_range(struct str group, struct date *from, struct date *to)
{
    struct date on = today();
    if (str_is(group, "child")) *from = date_add_months(on, -12 * CHILD);
    else if (str_is(group, "minor")) *from = date_add_months(on, -12 * MINOR);
    else if (str_is(group, "adult")) {
        *from = date_add_months(on, -12 * ELDER);
        *to = date_add_months(on, -12 * MINOR);
        return PERSON_LIST_F_FROM | PERSON_LIST_F_TO;
    } else if (str_is(group, "elder")) *to = date_add_months(on, -12 * ELDER);
    else if (str_is(group, "old")) *to = date_add_months(on, -12 * OLD);
    else return 0;
    return date_known(*from) ? PERSON_LIST_F_FROM : PERSON_LIST_F_TO;
}

/* What the address asks for. */
struct wanted {
    unsigned filters, sort;
    struct unit_id unit;
    struct name_query name;
    struct date born_from, born_to;
    struct str pinyin;
    struct person_id last;
    struct { bool adults, minors, writes; } may;       /* whose category of that level he may know besides his own clients' */
};

/* Who is asked for by a category is given away by it: only those whose category the user may read. */
static void
readable_only(struct rq *rq, const struct person_list_page *v, struct wanted *w)
{
    const struct code_entry *e = codes_find(codes_table("client_category"), v->category);
    const struct relation others = { 0 };
    int level = e ? (int)e->level : 4, minors = level < 3 ? 3 : level;
    w->may.adults = access_to(rq, level, others) >= ACCESS_READ;
    w->may.minors = rq->who.minors || may(rq, ACCESS_APPROVE);
    w->may.writes = may(rq, PEOPLE_WRITE);
    if (!w->may.adults || access_to(rq, minors, others) < ACCESS_READ) w->filters |= PERSON_LIST_F_READABLE;
}

static struct wanted
wanted(struct rq *rq, const struct person_list_page *v)
{
    struct wanted w = { .born_from = NO_DATE, .born_to = NO_DATE, .unit = rq->who.focus };
    struct person_key_row key;
    int64_t id;

    if (v->units_n > 1 && str_int(v->unit, &id) && id > 0) w.unit = (struct unit_id){ id };
    w.filters = v->units_n > 1 && w.unit.v == rq->who.focus.v ? PERSON_LIST_F_TREE : PERSON_LIST_F_TREE | PERSON_LIST_F_UNIT;
    if (v->units_n <= 1) w.filters = PERSON_LIST_F_UNIT;
    struct person_peopled_row *peopled;
    if (w.filters == PERSON_LIST_F_TREE && v->sort.n == 0 && person_peopled(rq->db, &peopled, rq->who.area, rq->who.focus) == 1) {
        w.filters = PERSON_LIST_F_UNIT;                         /* of one unit the list is read in its order, not sorted */
        w.unit = peopled[0].id;
    }
    if (v->q.n) {
        w.filters |= PERSON_LIST_F_NAME;
        if (!name_query(rq->arena, v->q, &w.name)) w.name.term = w.name.term_end = w.name.term2 = w.name.term2_end = STR("");
        if (w.name.pattern.n) w.filters |= PERSON_LIST_F_PATTERN;
    }
    if (v->category.n) {
        w.filters |= PERSON_LIST_F_CATEGORY;
        readable_only(rq, v, &w);
    }
    if (v->village.n) w.filters |= PERSON_LIST_F_VILLAGE;
    if (v->sex.n) w.filters |= PERSON_LIST_F_SEX;
    w.filters |= age_range(v->age, &w.born_from, &w.born_to);
    w.sort = str_is(v->sort, "newest") ? PERSON_LIST_BY_NEWEST : PERSON_LIST_BY_NAME;
    w.last.v = rq_param_int(rq, "after", 0);
    if (w.last.v > 0 && person_key(rq->db, &key, rq->who.area, w.last)) w.pinyin = key.pinyin;
    else w.last.v = 0;
    return w;
}

static const int64_t pages[PERSON_PAGES] = { 20, 50, 100 };

/* The address of this list with other sorting or the next page; q and the filters stay. */
static struct url
people_url(struct rq *rq, const struct person_list_page *v, const char *sort, int64_t per, int64_t after, int64_t from)
{
    const struct { const char *name; struct str value; } parts[] = {
        { "q", find_word(rq, v->q) }, { "category", v->category }, { "village", v->village }, { "sex", v->sex }, { "age", v->age }, { "unit", v->unit },
        { "sort", str_of(sort) }, { "per", per == USUAL_PAGE ? NO_STR : str_fmt(rq->arena, "%lld", (long long)per) },
    };
    struct buf b = { .arena = rq->arena };
    LIT(&b, "/people?");
    for (size_t i = 0; i < COUNT(parts); i++)
        if (parts[i].value.n) {
            putf(&b, "%s=", parts[i].name);
            put_url_str(&b, parts[i].value);
            LIT(&b, "&");
        }
    if (after) putf(&b, "after=%lld&from=%lld", (long long)after, (long long)from);
    else b.n--;
    return (struct url){ buf_str(&b) };
}

struct str
phone_shown(struct rq *rq, struct str sealed, enum access how)
{
    if (sealed.p == NULL || how < ACCESS_MASKED || how == ACCESS_APPROVAL) return NO_STR;
    return phone_mask(rq->arena, unseal(rq->arena, SEAL_PHONE, sealed));
}

static void
fill_rows(struct rq *rq, struct person_list_page *v, const struct person_list_row *rows)
{
    v->rows = NEW(rq->arena, struct person_row, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        const struct person_list_row *p = &rows[i];
        struct relation rel = person_relation_of(rq, p->level, p->born, p->mine, p->others, p->assigned, p->named);
        struct person_row *r = &v->rows[i];
        *r = (struct person_row){ .p = p, .age = date_age(p->born, today()) };
        r->badges_n = category_badges(rq, p->categories, rel, p->born, &r->badges);
        r->phone = phone_shown(rq, p->phone, person_access(rq, 1, rel, p->born));
        if (r->phone.n) r->warning = person_call_warning(rq->arena, rq->lang, p->call_rule, p->safe_hours);
    }
}

void
villages_of(struct rq *rq, struct unit_id unit, struct person_villages_row **rows, size_t *n)
{
    struct person_unit_division_row u;
    *n = 0;
    if (!person_unit_division(rq->db, &u, unit) || u.division.n != 12) return;
    size_t keep = 12;
    while (keep > 6 && memcmp(u.division.p + keep - 3, "000", 3) == 0) keep -= 3;
    struct str low = str_dup(rq->arena, (struct str){ u.division.p, keep });
    *n = person_villages(rq->db, rows, low, prefix_end(rq->arena, low));
}

static void
read_params(struct rq *rq, struct person_list_page *v)
{
    *v = (struct person_list_page){
        .rq = rq, .q = str_trim(rq_param(rq, "q")), .category = rq_param(rq, "category"), .village = rq_param(rq, "village"),
        .sex = rq_param(rq, "sex"), .age = rq_param(rq, "age"), .unit = rq_param(rq, "unit"), .sort = rq_param(rq, "sort"),
    };
    v->filtered = v->q.n || v->category.n || v->village.n || v->sex.n || v->age.n || v->unit.n;
    int64_t per = rq_param_int(rq, "per", 0);
    v->per = USUAL_PAGE;
    for (size_t i = 0; i < COUNT(pages); i++)
        if (per == pages[i]) v->per = per;
    v->from = rq_param_int(rq, "from", 1);
    if (v->from < 1) v->from = 1;
    v->units_n = person_units(rq->db, &v->units, rq->who.focus);
    villages_of(rq, rq->who.focus, &v->villages, &v->villages_n);
    v->categories = codes_choices(codes_table("client_category"), &v->categories_n);
}

/* Up to "most" people after w->last. */
static size_t
people_after(struct rq *rq, const struct person_list_page *v, const struct wanted *w, int64_t most, struct person_list_row **rows)
{
    return person_list(rq->db, rows, w->filters | (w->last.v ? DB_AFTER : 0), w->sort, .area = rq->who.area, .top = rq->who.focus,
        .me = rq->who.user, .unit = w->unit, .term = w->name.term, .term_end = w->name.term_end, .term2 = w->name.term2,
        .term2_end = w->name.term2_end, .pattern = w->name.pattern, .category = v->category, .village = v->village, .sex = v->sex,
        .born_from = w->born_from, .born_to = w->born_to, .adults = w->may.adults, .minors = w->may.minors,
        .writes = w->may.writes, .minor_born = date_add_months(today(), -12 * MINOR), .pinyin = w->pinyin, .last = w->last, .most = most);
}

static enum http
list(struct rq *rq)
{
    struct person_list_page v;
    struct person_list_row *rows;
    struct person_count_row count = { 0 };
    struct person_hidden_count_row hidden = { 0 };
    struct relation nobody = { 0 };

    read_params(rq, &v);
    struct wanted w = wanted(rq, &v);
    size_t n = people_after(rq, &v, &w, v.per + 1, &rows);
    person_count(rq->db, &count, w.filters, 0, .area = rq->who.area, .top = rq->who.focus, .me = rq->who.user, .unit = w.unit,
        .term = w.name.term, .term_end = w.name.term_end, .term2 = w.name.term2, .term2_end = w.name.term2_end,
        .pattern = w.name.pattern, .category = v.category, .village = v.village, .sex = v.sex,
        .born_from = w.born_from, .born_to = w.born_to, .adults = w.may.adults, .minors = w.may.minors, .writes = w.may.writes,
        .minor_born = date_add_months(today(), -12 * MINOR));
    if (access_to(rq, 4, nobody) == ACCESS_APPROVAL && !v.filtered) person_hidden_count(rq->db, &hidden, rq->who.area, rq->who.focus, rq->who.user);
    v.total = count.total;
    v.hidden = hidden.total;
    v.n = n > (size_t)v.per ? (size_t)v.per : n;
    fill_rows(rq, &v, rows);
    const char *sort = v.sort.n ? "newest" : "";
    v.by_name = people_url(rq, &v, "", v.per, 0, 0);
    v.newest = people_url(rq, &v, "newest", v.per, 0, 0);
    for (size_t i = 0; i < PERSON_PAGES; i++) v.pages[i] = (struct person_page_size){ pages[i], people_url(rq, &v, sort, pages[i], 0, 0) };
    if (n > v.n) v.next = people_url(rq, &v, sort, v.per, rows[v.n - 1].id.v, v.from + v.per);
    if (shape_wanted(rq)) return person_list_json(rq, &v);
    rq->title = str_of(tr(rq->lang, T("服务对象")));
    person_list_page(&rq->body, &v);
    return HTTP_OK;
}

/* ---- The same as a spreadsheet ---- */

static const struct book_column columns[] = {
    { T("姓名"), CELL_TEXT, 14 }, { T("性别"), CELL_TEXT, 8 }, { T("年龄"), CELL_NUMBER, 8 }, { T("村（社区）"), CELL_TEXT, 22 },
    { T("类别"), CELL_TEXT, 40 }, { T("电话"), CELL_TEXT, 16 }, { T("单位"), CELL_TEXT, 32 },
};

/* The categories that may be seen, and how many may not. */
static struct str
badges_text(struct rq *rq, const struct person_row *r)
{
    struct buf o = { .arena = rq->arena };
    int shut = 0;
    LIT(&o, "");
    for (size_t i = 0; i < r->badges_n; i++) {
        shut += r->badges[i].hidden;
        if (!r->badges[i].hidden) putf(&o, "%s%s", o.n ? "; " : "", r->badges[i].label);
    }
    if (shut) putf(&o, "%s%s", o.n ? "; " : "", tr_fmt(rq->arena, rq->lang, T("%d 个类别须经审批"), shut).p);
    return buf_str(&o);
}

static void
book_people(struct rq *rq, struct book *b, struct person_list_page *v, const struct person_list_row *rows)
{
    fill_rows(rq, v, rows);
    for (size_t i = 0; i < v->n; i++) {
        const struct person_row *r = &v->rows[i];
        if (!category_exported(r->p->categories)) continue;
        book_person(b, r->p->id);
        book_text(b, r->p->name);
        book_cstr(b, codes_label(codes_table("sex"), r->p->sex, rq->lang));
        book_number(b, r->age >= 0 ? r->age : NO_INT);
        book_text(b, r->p->village_name);
        book_text(b, badges_text(rq, r));
        book_text(b, r->warning.n ? str_fmt(rq->arena, "%.*s · %.*s", FMT(r->phone), FMT(r->warning)) : r->phone);
        book_text(b, r->p->unit_name);
        book_row(b);
    }
}

static enum http
export(struct rq *rq)
{
    struct person_list_page v;
    struct person_list_row *rows;
    struct person_key_row key;
    struct person_unit_division_row unit = { 0 };

    read_params(rq, &v);
    person_unit_division(rq->db, &unit, rq->who.focus);
    struct wanted w = wanted(rq, &v);
    struct book *b = book_open(rq, T("服务对象"), columns, COUNT(columns));
    if (b == NULL) return HTTP_UNAVAILABLE;
    w.last.v = 0;
    do {
        if (!book_chunk(b)) break;
        if (w.last.v && person_key(rq->db, &key, rq->who.area, w.last)) w.pinyin = key.pinyin;
        v.n = people_after(rq, &v, &w, BOOK_CHUNK, &rows);
        book_people(rq, b, &v, rows);
        if (v.n) w.last = rows[v.n - 1].id;
    } while (v.n == BOOK_CHUNK);
    return book_send(b, "people", unit.name);
}

const struct route person_list_routes[] = {
    GET("/people", PEOPLE_READ, list, .title = T("服务对象"), .shape = &person_row_shape, .many = true,
        .query = "q,category,village,sex,age,unit,sort,per,after"),
    GIVEN("/people/export", PEOPLE_READ, export, .title = T("导出服务对象")),
};
const size_t person_list_routes_n = COUNT(person_list_routes);
