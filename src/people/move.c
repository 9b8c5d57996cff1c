/* A person moves to another station: what happened before stays counted where it happened. */
#include "audit/audit.h"
#include "auth/session.h"
#include "people/member_sql.h"
#include "people/move_html.h"
#include "people/move_sql.h"
#include "people/move_views.h"
#include "people/person.h"
#include "people/person_views.h"

struct move_form { struct unit_id unit; struct date on; struct str reason; };
static const struct field move_fields[] = {
    FIELD_ID(struct move_form, unit, unit_id, F_UNIT, "转到", .required = true),
    FIELD_DATE(struct move_form, on, "日期", .required = true, .check = "past"),
    FIELD_TEXT(struct move_form, reason, "原因", .required = true, .max = 200),
};
static const struct form move_form = FORM(struct move_form, move_fields);

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    struct move_targets_row *units;
    (void)f;
    *n = move_targets(rq->db, &units, id_area(rq->ids[0]));
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ id_text(rq->arena, units[i].id.v), units[i].name.p, units[i].name.p };
    return all;
}

static enum http
show(struct rq *rq)
{
    struct person_page v;
    struct move_form fresh = { .on = today() };
    if (!person_page_open(rq, "move", &v)) return HTTP_NOT_FOUND;
    struct move_page m = { v.id, &move_form, { .rq = rq, .values = &fresh, .choices = offered, .arg = rq } };
    struct buf b = person_tab_buf(rq);
    move_page(&b, &m);
    return person_page_done(rq, &v, &b);
}

static void
change_unit(struct rq *rq, struct person_id person, struct unit_id from, const struct move_form *in)
{
    struct audit_changes changes = { 0 };
    int64_t area = id_area(person.v);
    person_to_unit(rq->db, person, in->unit);
    member_move_insert(rq->db, .area = area, .id = { id_next(area) }, .person = person, .on = in->on, .from_unit = from, .to_unit = in->unit,
                       .reason = in->reason, .by = rq->who.user);
    audit_changed(&changes, rq->arena, "unit", str_fmt(rq->arena, "%lld", (long long)from.v), str_fmt(rq->arena, "%lld", (long long)in->unit.v));
    audit_note(rq, area, "move", "person", person.v, &changes, in->reason);
}

void
person_move_unit(struct rq *rq, struct person_id person, struct unit_id from, struct unit_id to, struct str reason)
{
    change_unit(rq, person, from, &(struct move_form){ .unit = to, .on = today(), .reason = reason });
}

static enum http
save(struct rq *rq)
{
    const struct move_form *in = rq->form;
    struct person_id person = { rq->ids[0] };
    struct person_unit_division_row to;
    struct person_head h;
    int64_t area = id_area(person.v);

    if (!person_head(rq->db, person, &h)) return HTTP_NOT_FOUND;
    if (person_access(rq, 1, person_relation(rq, person), h.born) < ACCESS_WRITE) return HTTP_FORBIDDEN;
    if (!person_unit_division(rq->db, &to, in->unit) || to.area != area) return rq_invalid(rq, "unit", T("请从列表中选择。"));
    if (in->unit.v == h.unit.v) return rq_invalid(rq, "unit", T("此人已在该单位。"));
    change_unit(rq, person, h.unit, in);
    return scope_unit(rq, in->unit) ? rq_done(rq, T("已转出"), "/people/%lld", (long long)person.v) : rq_done(rq, T("已转出"), "/people");
}

const struct route move_routes[] = {
    GET("/people/:person/move", PEOPLE_WRITE, show, .scope = person_in_scope, .title = T("转到其他单位")),
    POST("/people/:person/move", PEOPLE_WRITE, save, .scope = person_in_scope, .form = &move_form, .redraw = show, .title = T("转到其他单位")),
};
const size_t move_routes_n = COUNT(move_routes);
