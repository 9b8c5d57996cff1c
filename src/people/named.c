/* Who is named on a person of level S4.  The head of a station knows that such persons exist, and may name somebody
 * with a reason; what he names is on record (codes.md 9.2, 9.3). */
#include "audit/audit.h"
#include "auth/session.h"
#include "people/named_html.h"
#include "people/named_sql.h"
#include "people/named_views.h"
#include "people/person_views.h"

struct name_form { struct str account; struct str reason; };
static const struct field name_fields[] = {
    FIELD_OFFERED(struct name_form, account, "指定给", .required = true),
    FIELD_TEXT(struct name_form, reason, "理由", .required = true, .max = 200),
};
static const struct form name_form = FORM(struct name_form, name_fields);

void
person_name_account(struct db *db, int64_t area, struct person_id person, struct user_id account, struct user_id by, struct str reason)
{
    named_insert(db, .area = area, .person = person, .account = account, .on = today(), .by = by, .reason = reason);
}

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    struct named_accounts_row *rows;
    (void)f;
    *n = named_accounts(rq->db, &rows, rq->who.unit);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ id_text(rq->arena, rows[i].id.v), rows[i].name.p, rows[i].name.p };
    return all;
}

bool
person_exists_for(struct rq *rq)
{
    struct named_unit_row p;
    struct person_id id = { rq->ids[0] };
    if (person_in_scope(rq)) return true;
    bool approves = access_to(rq, 4, (struct relation){ 0 }) == ACCESS_APPROVAL;
    return approves && named_unit(rq->db, &p, id_area(id.v), id) && p.level >= 4 && scope_unit(rq, p.unit);
}

static enum http
sealed_list(struct rq *rq)
{
    struct sealed_page v = { 0 };
    if (access_to(rq, 4, (struct relation){ 0 }) != ACCESS_APPROVAL) return HTTP_FORBIDDEN;
    v.n = named_sealed(rq->db, &v.rows, rq->who.area, rq->who.focus, rq->who.user);
    rq->title = str_of(tr(rq->lang, T("高度敏感服务对象")));
    sealed_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
show(struct rq *rq)
{
    struct named_page v = { .id = { rq->ids[0] }, .form = &name_form };
    v.n = named_list(rq->db, &v.rows, id_area(v.id.v), v.id);
    v.from = (struct form_source){ .rq = rq, .choices = offered, .arg = rq };
    v.known = person_in_scope(rq);
    rq->title = str_of(tr(rq->lang, T("知情人")));
    named_page(&rq->body, &v);
    return HTTP_OK;
}

static bool
may_be_named(struct rq *rq, int64_t account)
{
    struct named_accounts_row *rows;
    size_t n = named_accounts(rq->db, &rows, rq->who.unit);
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == account) return true;
    return false;
}

static enum http
add(struct rq *rq)
{
    const struct name_form *in = rq->form;
    struct person_id person = { rq->ids[0] };
    struct audit_changes changes = { 0 };
    int64_t area = id_area(person.v), account;
    if (!str_int(in->account, &account) || !may_be_named(rq, account)) return rq_invalid(rq, "account", T("请从列表中选择。"));
    person_name_account(rq->db, area, person, (struct user_id){ account }, rq->who.user, in->reason);
    audit_changed(&changes, rq->arena, "named", NO_STR, in->account);
    audit_note(rq, area, "name", "person", person.v, &changes, in->reason);
    return rq_done(rq, T("已指定"), "/people/%lld/named", (long long)person.v);
}

static enum http
drop(struct rq *rq)
{
    struct person_id person = { rq->ids[0] };
    int64_t area = id_area(person.v);
    if (named_delete(rq->db, area, person, (struct user_id){ rq->ids[1] }) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, area, "unname", "person", person.v, NULL, str_fmt(rq->arena, "%lld", (long long)rq->ids[1]));
    return rq_done(rq, T("已取消指定"), "/people");
}

const struct route named_routes[] = {
    GET("/people/sealed", PEOPLE_WRITE, sealed_list, .title = T("高度敏感服务对象")),
    GET("/people/:person/named", PEOPLE_WRITE, show, .scope = person_exists_for, .title = T("知情人")),
    POST("/people/:person/named", PEOPLE_WRITE, add, .scope = person_exists_for, .form = &name_form, .redraw = show, .title = T("指定知情人")),
    POST("/people/:person/named/:account/drop", PEOPLE_WRITE, drop, .scope = person_exists_for, .form = &no_fields, .title = T("取消指定")),
};
const size_t named_routes_n = COUNT(named_routes);
