/* One box: name, part of a name, pinyin, initials, ID number, telephone, case number. */
#include "audit/audit.h"
#include "codes/idno.h"
#include "codes/phone.h"
#include "people/person.h"
#include "search/module.h"
#include "search/search_html.h"
#include "search/search_views.h"
#include "seal/seal.h"

enum { MOST = 30, MOST_LOOKUP = 12 };

static struct search_hit
hit(struct rq *rq, const struct search_people_row *p)
{
    struct search_hit h = { .p = p, .age = date_age(p->born, today()) };
    struct relation rel = person_relation_of(rq, p->level, p->born, p->mine, p->others, p->assigned, p->named);
    h.badges_n = category_badges(rq, p->categories, rel, p->born, &h.badges);
    h.phone = phone_shown(rq, p->phone, person_access(rq, 1, rel, p->born));
    if (h.phone.n) h.warning = person_call_warning(rq->arena, rq->lang, p->call_rule, p->safe_hours);
    return h;
}

static void
add_hits(struct rq *rq, struct search_page *v, const struct search_people_row *rows, size_t n, const char *found_by)
{
    for (size_t i = 0; i < n && v->n < COUNT(v->hits); i++) {
        v->hits[v->n] = hit(rq, &rows[i]);
        v->hits[v->n++].found_by = found_by;
    }
}

/* The rows of both queries have the same members. */
static void
add_exact(struct rq *rq, struct search_page *v, const struct search_hash_row *rows, size_t n, const char *found_by)
{
    struct search_people_row *same = NEW(rq->arena, struct search_people_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct search_hash_row *r = &rows[i];
        same[i] = (struct search_people_row){ r->id, r->name, r->sex, r->born, r->categories, r->level, r->phone, r->call_rule, r->safe_hours, r->village_name,
                                              r->unit_name, r->mine, r->others, r->assigned, r->named };
    }
    add_hits(rq, v, same, n, found_by);
}

/* An ID number found or not: that somebody looked for it goes on record, the number itself does not. */
static void
by_idno(struct rq *rq, struct search_page *v)
{
    struct idno id;
    struct search_hash_row *rows;
    if (idno_parse(v->q, today(), IDNO_AGE_LIMIT, &id) != IDNO_OK) return;
    struct str hash = seal_hash(rq->arena, SEAL_IDNO, str_of(id.text));
    size_t n = search_hash(rq->db, &rows, SEARCH_HASH_F_IDNO, 0, .area = rq->who.area, .top = rq->who.unit, .me = rq->who.user, .hash = hash,
                           .before = seal_hash_before(rq->arena, SEAL_IDNO, str_of(id.text)));
    add_exact(rq, v, rows, n, T("证件号码"));
    rq_note_read(rq, "person", n ? rows[0].id.v : 0, "search by ID number");
}

static void
by_phone(struct rq *rq, struct search_page *v)
{
    struct phone phone;
    struct search_hash_row *rows;
    if (phone_parse(v->q, &phone) == PHONE_BAD) return;
    struct str hash = seal_hash(rq->arena, SEAL_PHONE, str_of(phone.text));
    size_t n = search_hash(rq->db, &rows, SEARCH_HASH_F_PHONE, 0, .area = rq->who.area, .top = rq->who.unit, .me = rq->who.user, .hash = hash,
                           .before = seal_hash_before(rq->arena, SEAL_PHONE, str_of(phone.text)));
    add_exact(rq, v, rows, n, T("电话"));
}

static size_t
by_name(struct rq *rq, struct str q, int64_t most, struct search_people_row **rows)
{
    struct name_query name;
    *rows = NULL;
    if (!name_query(rq->arena, q, &name)) return 0;
    return search_people(rq->db, rows, name.pattern.n ? SEARCH_PEOPLE_F_PATTERN : 0, 0, .area = rq->who.area, .top = rq->who.unit,
        .me = rq->who.user, .term = name.term, .term_end = name.term_end, .term2 = name.term2, .term2_end = name.term2_end,
        .pattern = name.pattern, .most = most);
}

static enum http
search(struct rq *rq)
{
    struct search_page *v = NEW(rq->arena, struct search_page, 1);
    struct search_people_row *rows;
    v->q = str_trim(rq_param(rq, "q"));
    rq->title = str_of(tr(rq->lang, T("搜索")));
    if (v->q.n > 0 && v->q.n <= 120) {
        by_idno(rq, v);
        by_phone(rq, v);
        size_t n = by_name(rq, v->q, MOST, &rows);
        add_hits(rq, v, rows, n, T("姓名"));
        if (may(rq, CASE_READ))
            v->cases_n = search_cases(rq->db, &v->cases, .area = rq->who.area, .top = rq->who.unit, .me = rq->who.user, .no = v->q,
                                      .no_end = str_fmt(rq->arena, "%.*s\x7f", FMT(v->q)));
    }
    search_page(&rq->body, v);
    return HTTP_OK;
}

/* For pickers: [{"value", "text", "note"}]; by name or by ID number. */
static enum http
lookup(struct rq *rq)
{
    struct search_page *v = NEW(rq->arena, struct search_page, 1);
    struct search_people_row *rows;
    struct buf *o = &rq->body;
    v->q = str_trim(rq_param(rq, "q"));
    if (v->q.n > 0 && v->q.n <= 120) {
        by_idno(rq, v);
        size_t n = by_name(rq, v->q, MOST_LOOKUP, &rows);
        add_hits(rq, v, rows, n, "");
    }
    rq->type = STR("application/json");
    LIT(o, "[");
    for (size_t i = 0; i < v->n; i++) {
        const struct search_hit *h = &v->hits[i];
        struct str age = h->age >= 0 ? tr_fmt(rq->arena, rq->lang, T("%d 岁"), h->age) : STR("");
        putf(o, "%s{\"value\":\"%lld\",\"text\":", i ? "," : "", (long long)h->p->id.v);
        put_json_str(o, h->p->name);
        LIT(o, ",\"note\":");
        put_json_str(o, str_fmt(rq->arena, "%.*s %.*s", FMT(age), FMT(h->p->village_name.p ? h->p->village_name : h->p->unit_name)));
        LIT(o, "}");
    }
    LIT(o, "]\n");
    return HTTP_OK;
}

static const struct route search_routes[] = {
    GET("/search", PEOPLE_READ, search, .title = T("搜索")),
    POST("/people/lookup", PEOPLE_READ, lookup, .form = &no_fields, .reads = true, .title = T("查找服务对象")),     /* what is typed is no part of an address */
};
static const size_t search_routes_n = COUNT(search_routes);

static const struct route *const routes[] = { search_routes };
static const size_t *const routes_n[] = { &search_routes_n };
const struct module search_module = { "search", routes, routes_n, COUNT(routes) };
