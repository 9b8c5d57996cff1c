/* The staff of a subtree: the list, its export, and what other modules call. */
#include "staff/staff_json.h"
#include "staff/staff.h"
#include "auth/session.h"
#include "paper/book.h"
#include "paper/give.h"
#include "rules/run.h"
#include "seal/seal.h"
#include "staff/staff_html.h"
#include "staff/staff_views.h"

enum { PAGE = 50 };

const struct choice employments[2] = { { "full", "专职", "Full time" }, { "part", "兼职", "Part time" } };
const struct choice contracts[3] = { { "direct", "镇街直接聘用", "Employed by the township" }, { "agency", "机构聘用", "Employed by an agency" },
                                     { "labour", "劳务派遣", "Sent by a labour agency" } };
const struct choice sources[3] = { { "purchase", "购买服务", "Purchased service" }, { "recruit", "公开招聘", "Open recruitment" },
                                   { "secondment", "挂职锻炼", "Temporary post" } };

const char *
employment_label(struct str code, enum lang lang)
{
    return str_is(code, "full") ? tr(lang, T("专职")) : tr(lang, T("兼职"));
}

const char *
staff_choice(const struct choice *all, size_t n, struct str code, enum lang lang)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(code, all[i].code)) return lang == LANG_EN ? all[i].en : all[i].zh;
    return "";
}

/* ---- For other modules ---- */

struct staff_id
staff_make(struct db *db, int64_t area, const struct staff_new *s)
{
    struct staff_id id = { id_next(area) };
    staff_insert(db, .area = area, .id = id, .unit = s->unit, .name = s->name, .sex = s->sex, .born = s->born,
                 .phone = seal(db_arena(db), "staff.phone", s->phone), .employment = s->employment, .education = s->education,
                 .major = s->major, .political = s->political, .service_from = s->service_from, .started_on = s->started_on,
                 .employer = s->employer, .contract = s->contract, .source = s->source);
    rules_touch(db, s->unit);
    return id;
}

struct certificate_id
certificate_add(struct db *db, int64_t area, struct staff_id staff, struct str level, struct str number, struct date issued_on,
                struct date registered_on, struct date valid_to)
{
    struct certificate_id id = { id_next(area) };
    certificate_insert(db, .area = area, .id = id, .staff = staff, .level = level, .number = number, .issued_on = issued_on,
                       .registered_on = registered_on, .valid_to = valid_to);
    return id;
}

struct str
post_start(struct db *db, enum lang lang, int64_t area, struct staff_id staff, struct unit_id unit, struct str kind, struct date from)
{
    struct str why = str_is(kind, "head") ? head_refused(db, lang, area, staff, unit, from) : NO_STR;
    if (why.n) return why;
    post_insert(db, .area = area, .id = { id_next(area) }, .unit = unit, .staff = staff, .kind = kind, .from_on = from);
    rules_touch(db, unit);
    return NO_STR;
}

/* ---- Reading ---- */

/* What the address asks for. */
struct asked { unsigned filters; struct staff_list_in in; };

static struct asked
asked(struct rq *rq, struct staff_page *v)
{
    *v = (struct staff_page){ .rq = rq, .q = str_trim(rq_param(rq, "q")), .unit = { rq_param_int(rq, "unit", rq->who.focus.v) }, .most = PAGE,
                              .skip = rq_param_int(rq, "skip", 0), .all = str_is(rq_param(rq, "all"), "1"), .source = rq_param(rq, "source"),
                              .unpledged = str_is(rq_param(rq, "pledge"), "none"), .may_write = may(rq, STAFF_WRITE) };
    int64_t area = unit_county(rq->db, v->unit);
    if (v->skip < 0) v->skip = 0;
    v->unit_name = unit_name(rq->db, v->unit);
    return (struct asked){ (v->q.n ? STAFF_LIST_F_NAME : 0) | (v->all ? 0 : STAFF_LIST_F_HERE) | (area ? STAFF_LIST_F_AREA : 0) |
                               (v->source.n ? STAFF_LIST_F_SOURCE : 0) | (v->unpledged ? STAFF_LIST_F_UNPLEDGED : 0),
                           { .area = area, .top = v->unit, .day = today(), .name = str_fmt(rq->arena, "%%%.*s%%", FMT(v->q)), .source = v->source,
                             .most = PAGE, .skip = v->skip } };
}

static enum http
list(struct rq *rq)
{
    struct staff_count_row count;
    struct staff_page v;
    struct asked w = asked(rq, &v);

    if (!scope_unit(rq, v.unit)) return HTTP_NOT_FOUND;
    v.n = staff_list_with(rq->db, &v.rows, w.filters, 0, &w.in);
    if (staff_count(rq->db, &count, w.filters, 0, .area = w.in.area, .top = v.unit, .day = today(), .name = w.in.name,
                    .source = w.in.source))
        v.total = count.total;
    if (shape_wanted(rq)) return staff_list_json(rq, &v);
    rq->title = str_of(tr(rq->lang, T("人员")));
    staff_page(&rq->body, &v);
    return HTTP_OK;
}

static const struct book_column columns[] = {
    { T("姓名"), CELL_TEXT, 14 }, { T("单位"), CELL_TEXT, 32 }, { T("职务"), CELL_TEXT, 14 }, { T("用工形式"), CELL_TEXT, 12 },
    { T("学历"), CELL_TEXT, 14 }, { T("证书"), CELL_TEXT, 20 }, { T("专业资质"), CELL_TEXT, 12 }, { T("来源"), CELL_TEXT, 12 }, { T("入职日期"), CELL_DATE, 12 },
    { T("离职日期"), CELL_DATE, 12 },
};

static void
book_member(struct book *b, const struct staff_list_row *s, enum lang lang)
{
    bool qualified = s->certificate.n || education_qualifies(s->major, s->education);
    book_text(b, s->name);
    book_text(b, s->unit_name);
    book_cstr(b, s->kind.n ? post_kind_label(s->kind, lang) : "");
    book_cstr(b, employment_label(s->employment, lang));
    book_cstr(b, s->education.n ? codes_label(codes_table("education"), s->education, lang) : "");
    book_cstr(b, s->certificate.n ? codes_label(codes_table("worker_certificate"), s->certificate, lang) : "");
    book_cstr(b, tr(lang, qualified ? T("具备") : T("不具备")));
    book_cstr(b, staff_choice(sources, COUNT(sources), s->source, lang));
    book_date(b, s->started_on);
    book_date(b, s->left_on);
    book_row(b);
}

static enum http
export(struct rq *rq)
{
    struct staff_page v;
    struct asked w = asked(rq, &v);
    if (!scope_unit(rq, v.unit)) return HTTP_NOT_FOUND;
    struct book *b = book_open(rq, T("人员"), columns, COUNT(columns));
    if (b == NULL) return HTTP_UNAVAILABLE;
    w.in.most = BOOK_CHUNK;
    w.in.skip = 0;
    do {
        if (!book_chunk(b)) break;
        v.n = staff_list_with(rq->db, &v.rows, w.filters, 0, &w.in);
        for (size_t i = 0; i < v.n; i++) book_member(b, &v.rows[i], rq->lang);
        w.in.skip += BOOK_CHUNK;
    } while (v.n == BOOK_CHUNK);
    return book_send(b, "staff", v.unit_name);
}

static const struct route staff_routes[] = {
    GIVEN("/staff/export", STAFF_READ, export, .title = T("导出人员")),
    GET("/staff", STAFF_READ, list, .title = T("人员"), .shape = &staff_row_shape, .many = true, .query = "q,unit,all,source,skip"),
};
static const size_t staff_routes_n = COUNT(staff_routes);

static const struct route *const routes[] = { staff_routes,        staff_import_routes, staff_change_routes, staff_transfer_routes,
                                             staff_member_routes, supervise_routes,    pay_routes,          places_routes,
                                             makeup_routes };
static const size_t *const routes_n[] = { &staff_routes_n,        &staff_import_routes_n, &staff_change_routes_n, &staff_transfer_routes_n,
                                          &staff_member_routes_n, &supervise_routes_n,    &pay_routes_n,          &places_routes_n,
                                          &makeup_routes_n };
const struct module staff_module = { "staff", routes, routes_n, COUNT(routes) };
