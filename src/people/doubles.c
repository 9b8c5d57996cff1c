/* Possible doubles: hints beside the form of a person, and the pairs of a station.  A hint never stops anybody. */
#include "audit/audit.h"
#include "people/doubles_html.h"
#include "people/doubles_views.h"
#include "people/person.h"
#include "seal/seal.h"

enum { PAGE = 30 };

struct hint_form { int64_t person; struct str name, born, division, address, idno, phone; };
static const struct field hint_fields[] = {
    FIELD_INT(struct hint_form, person, "服务对象"),
    FIELD_TEXT(struct hint_form, name, "姓名"),
    FIELD_TEXT(struct hint_form, born, "出生日期"),
    FIELD_TEXT(struct hint_form, division, "村（社区）"),
    FIELD_TEXT(struct hint_form, address, "住址"),
    FIELD_TEXT(struct hint_form, idno, "证件号码"),
    FIELD_TEXT(struct hint_form, phone, "联系电话"),
};
static const struct form hint_form = FORM(struct hint_form, hint_fields);

void
same_hints_find(struct rq *rq, const struct person_new *in, struct same_hints *out)
{
    struct person_match *all;
    size_t n = person_matches(rq, in, &all, &out->unseen);
    out->id = in->self;
    out->merges = may(rq, PEOPLE_MERGE);
    out->rows = all;
    for (size_t i = 0; i < n; i++)
        if (!all[i].weak) out->rows[out->n++] = all[i];
}

/* A POST, because names, addresses and numbers do not belong in an address; it changes nothing. */
static enum http
hints(struct rq *rq)
{
    const struct hint_form *in = rq->form;
    struct same_hints v = { 0 };
    struct person_new p = { .area = rq->who.area, .name = in->name, .idno = in->idno, .phone = in->phone, .division = in->division,
                            .address = in->address, .born = NO_DATE, .self = { in->person == NO_INT ? 0 : in->person } };
    date_parse(in->born, &p.born);
    same_hints_find(rq, &p, &v);
    v.merges = false;
    rq->fragment = true;
    same_hints(&rq->body, &v);
    return HTTP_OK;
}

static enum http
list(struct rq *rq)
{
    struct doubles_page v = { .rq = rq, .page = rq_param_int(rq, "page", 1), .per_page = PAGE };
    struct doubles_count_row total = { 0 };
    if (v.page < 1 || v.page > 10000) v.page = 1;
    v.n = doubles_list(rq->db, &v.rows, .area = rq->who.area, .top = rq->who.focus, .me = rq->who.user, .most = PAGE, .skip = (v.page - 1) * PAGE);
    doubles_count(rq->db, &total, rq->who.area, rq->who.focus, rq->who.user);
    v.total = total.total;
    rq->title = str_of(tr(rq->lang, T("可能重复")));
    doubles_page(&rq->body, &v);
    return HTTP_OK;
}

/* Both must be persons whom the user may know. */
static bool
pair_in_scope(struct rq *rq)
{
    struct rq other = *rq;
    other.ids[0] = rq->ids[1];
    return rq->ids[0] != rq->ids[1] && id_area(rq->ids[0]) == id_area(rq->ids[1]) && person_in_scope(rq) && person_in_scope(&other) &&
           rq->location.p == NULL && other.location.p == NULL;
}

static struct person_id
lower(const struct rq *rq, bool high)
{
    bool first = (rq->ids[0] < rq->ids[1]) != high;
    return (struct person_id){ rq->ids[first ? 0 : 1] };
}

static void
note(struct rq *rq, const char *action)
{
    struct audit_changes changes = { 0 };
    audit_changed(&changes, rq->arena, "other", NO_STR, str_fmt(rq->arena, "%lld", (long long)rq->ids[1]));
    audit_note(rq, id_area(rq->ids[0]), action, "person", rq->ids[0], &changes, NO_STR);
}

static enum http
tell_apart(struct rq *rq)
{
    distinct_put(rq->db, .area = id_area(rq->ids[0]), .low = lower(rq, false), .high = lower(rq, true), .at = instant_now(), .by = rq->who.user);
    note(rq, "distinct");
    return rq_done_undo(rq, T("已标为不是同一人"), str_fmt(rq->arena, "/people/%lld/alike/%lld", (long long)rq->ids[0], (long long)rq->ids[1]),
                        "/people/doubles");
}

static enum http
alike_again(struct rq *rq)
{
    distinct_drop(rq->db, id_area(rq->ids[0]), lower(rq, false), lower(rq, true));
    note(rq, "distinct_undone");
    return rq_done(rq, T("已撤销"), "/people/doubles");
}

const struct route doubles_routes[] = {
    GET("/people/doubles", PEOPLE_WRITE, list, .title = T("可能重复"), .slow = true),
    POST("/people/same", PEOPLE_WRITE, hints, .form = &hint_form, .title = T("可能重复")),
    POST("/people/:person/distinct/:double", PEOPLE_MERGE, tell_apart, .scope = pair_in_scope, .form = &no_fields, .title = T("不是同一人")),
    POST("/people/:person/alike/:double", PEOPLE_MERGE, alike_again, .scope = pair_in_scope, .form = &no_fields, .title = T("撤销“不是同一人”")),
};
const size_t doubles_routes_n = COUNT(doubles_routes);
