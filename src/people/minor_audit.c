/* The yearly audit of minors' files: who opened whose, on what ground, from the trail itself; signed by who is in charge (regulation on
 * minors' network protection arts. 36, 37). */
#include "people/minor_audit_views.h"
#include "audit/audit.h"
#include "people/minor_audit_html.h"

enum { PER_PAGE = 100, ADULT = 18, FIRST_YEAR = 2020, CHUNK = 1000 };

const struct choice minor_results[2] = { { "fit", T("合规"), NULL }, { "faults", T("发现问题"), NULL } };

struct sign_form { struct str year, result, finding; };
static const struct field sign_fields[] = {
    FIELD_HIDDEN(struct sign_form, year),
    FIELD_CHOICE(struct sign_form, result, minor_results, "审计结论", .required = true, .wide = true),
    FIELD_LONG(struct sign_form, finding, "情况和整改要求", .required = true, .max = 2000, .wide = true),
};
static const struct form sign_form = FORM(struct sign_form, sign_fields);

const char *
minor_ground(struct str ground, enum lang lang)
{
    return tr(lang, str_is(ground, "assigned") ? T("个案指派") : str_is(ground, "standing") ? T("站长长期批准") : str_is(ground, "once") ? T("单次批准")
                    : str_is(ground, "head") ? T("站长职责") : T("没有批准"));
}

static int64_t
year_of(struct rq *rq)
{
    int64_t now = date_ymd(today()).y, year = rq_param_int(rq, "year", now);
    return year < FIRST_YEAR || year > now ? now : year;
}

/* The openings of a year after a key. */
static size_t
openings(struct rq *rq, int64_t year, struct person_id person, struct user_id account, int64_t most, struct minor_openings_row **rows)
{
    struct date first, next;
    if (!date_of((int)year, 1, 1, &first) || !date_of((int)year + 1, 1, 1, &next)) return 0;
    return minor_openings(rq->db, rows, .area = rq->who.area, .top = rq->who.focus, .me = rq->who.user, .born = date_add_months(first, -12 * ADULT),
                          .from_ = instant_at(first, 0, 0), .to_ = instant_at(next, 0, 0), .last_person = person.v,
                          .last_account = account.v, .most = most);
}

static enum http
show(struct rq *rq)
{
    struct minor_audit_page v = { .rq = rq, .year = year_of(rq), .this_year = date_ymd(today()).y, .form = &sign_form };
    struct sign_form fresh = { .year = str_fmt(rq->arena, "%lld", (long long)v.year) };
    struct person_id person = { rq_param_int(rq, "person", 0) };
    struct user_id account = { rq_param_int(rq, "account", 0) };
    size_t n = openings(rq, v.year, person, account, PER_PAGE + 1, &v.rows);
    v.n = n > PER_PAGE ? PER_PAGE : n;
    if (n > v.n)
        v.next = url_fmt(rq->arena, "/access/minors/audit?year=%lld&person=%lld&account=%lld", (long long)v.year, (long long)v.rows[v.n - 1].person.v,
                         (long long)v.rows[v.n - 1].account.v);
    v.signed_n = minor_audits(rq->db, &v.audits, rq->who.area, rq->who.focus, v.year);
    v.from = (struct form_source){ .rq = rq, .values = &fresh };
    rq->title = str_of(tr(rq->lang, T("未成年人档案年度审计")));
    minor_audit_page(&rq->body, &v);
    return HTTP_OK;
}

/* What is signed holds the numbers of that moment. */
static enum http
sign(struct rq *rq)
{
    const struct sign_form *in = rq->form;
    struct minor_openings_row *rows;
    struct minor_audit_id id = { id_next(rq->who.area) };
    struct person_id person = { 0 };
    struct user_id account = { 0 };
    int64_t times = 0, without = 0, year = year_of(rq);
    size_t n;
    do {
        n = openings(rq, year, person, account, CHUNK, &rows);
        for (size_t i = 0; i < n; i++) {
            times += rows[i].times;
            without += rows[i].ground.n ? 0 : rows[i].times;
        }
        if (n > 0) person = rows[n - 1].person, account = rows[n - 1].account;
    } while (n == CHUNK);
    if (without > 0 && str_is(in->result, "fit")) return rq_invalid(rq, "result", T("有没有批准的查阅，结论不能是合规。"));
    minor_audit_insert(rq->db, .area = rq->who.area, .id = id, .unit = rq->who.focus, .year = year, .openings = times, .unapproved = without,
                       .result = in->result, .finding = in->finding, .at = instant_now(), .by = rq->who.user);
    audit_note(rq, rq->who.area, "sign", "minor_audit", id.v, NULL, NO_STR);
    return rq_done(rq, T("已签署"), "/access/minors/audit?year=%lld", (long long)year);
}

const struct route minor_audit_routes[] = {
    GET("/access/minors/audit", ACCESS_APPROVE, show, .title = T("未成年人档案年度审计"), .slow = true),
    POST("/access/minors/audit", ACCESS_APPROVE, sign, .form = &sign_form, .redraw = show, .title = T("签署年度审计")),
};
const size_t minor_audit_routes_n = COUNT(minor_audit_routes);
