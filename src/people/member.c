/* Who lives in which household: joining, leaving, moving; nothing is overwritten. */
#include "audit/audit.h"
#include "auth/session.h"
#include "people/household_views.h"
#include "people/member_html.h"
#include "people/person.h"

struct member_form { struct person_id person; struct str relation; bool move; };
static const struct field member_fields[] = {
    FIELD_ID(struct member_form, person, person_id, F_PERSON, "成员", .required = true, .help = "输入姓名、拼音或证件号码查找。"),
    FIELD_CODE(struct member_form, relation, "family", "与户主关系", .required = true),
    FIELD_BOOL(struct member_form, move, "从原家庭转入"),
};
const struct form member_form = FORM(struct member_form, member_fields);

static const struct choice reasons[] = {
    { "moved", T("迁出"), NULL }, { "married", T("婚嫁"), NULL }, { "died", T("去世"), NULL }, { "split", T("分户"), NULL },
    { "error", T("登记有误"), NULL }, { "other", T("其他"), NULL },
};
struct leave_form { struct str reason; struct date on; };
static const struct field leave_fields[] = {
    FIELD_CHOICE(struct leave_form, reason, reasons, "原因", .required = true),
    FIELD_DATE(struct leave_form, on, "日期", .required = true, .check = "past"),
};
static const struct form leave_form = FORM(struct leave_form, leave_fields);

bool
household_join(struct db *db, int64_t area, struct household_id household, struct person_id person, struct str relation, struct date on)
{
    if (member_insert(db, .area = area, .id = { id_next(area) }, .household = household, .person = person, .relation = relation,
                      .from_on = on) == 0)
        return false;
    member_person_household(db, area, person, household);
    return true;
}

void
member_move(struct rq *rq, struct person_id person, const struct member_open_of_row *old, struct household_id to, struct str relation,
            struct date on)
{
    int64_t area = id_area(person.v);
    member_close(rq->db, area, old->id, on, STR("moved"));
    household_join(rq->db, area, to, person, relation, on);
    member_move_insert(rq->db, .area = area, .id = { id_next(area) }, .person = person, .on = on, .from_household = old->household,
                       .to_household = to, .by = rq->who.user);
}

static bool
person_known(struct rq *rq, struct person_id person)
{
    struct person_scope_row p;
    int64_t area = id_area(rq->ids[0]);
    return id_area(person.v) == area && person_scope(rq->db, &p, area, person, rq->who.user, instant_now()) && scope_unit(rq, p.unit);
}

static enum http
add(struct rq *rq)
{
    const struct member_form *in = rq->form;
    struct household_id household = { rq->ids[0] };
    struct member_open_of_row *old = NEW(rq->arena, struct member_open_of_row, 1);
    struct member_has_head_row head = { 0 };
    struct audit_changes changes = { 0 };
    int64_t area = id_area(household.v);

    if (!person_known(rq, in->person)) return rq_invalid(rq, "person", T("请从列表中选择。"));
    member_has_head(rq->db, &head, area, household);
    if (str_is(in->relation, "02") && head.total > 0) return rq_invalid(rq, "relation", T("该户已有户主。"));
    if (member_open_of(rq->db, old, area, in->person)) {
        if (old->household.v == household.v) return rq_invalid(rq, "person", T("此人已是该户成员。"));
        if (!in->move) {
            if (scope_unit(rq, old->unit)) rq->state = old;
            return rq_invalid(rq, "person", T("此人已在另一家庭档案中。可以打开该档案，或选择“从原家庭转入”。"));
        }
        member_move(rq, in->person, old, household, in->relation, today());
    } else {
        household_join(rq->db, area, household, in->person, in->relation, today());
    }
    audit_changed(&changes, rq->arena, "member", NO_STR, str_fmt(rq->arena, "%lld", (long long)in->person.v));
    audit_note(rq, area, "change", "household", household.v, &changes, NO_STR);
    return rq_done(rq, T("已保存"), "/households/%lld", (long long)household.v);
}

static enum http
leave(struct rq *rq)
{
    const struct leave_form *in = rq->form;
    struct household_id household = { rq->ids[0] };
    struct member_id id = { rq->ids[1] };
    struct member_get_row m;
    int64_t area = id_area(household.v);

    if (!member_get(rq->db, &m, area, id, household) || !person_known(rq, m.person)) return HTTP_NOT_FOUND;
    if (member_close(rq->db, area, id, in->on, in->reason) == 0)
        return rq_fail(rq, HTTP_CONFLICT, T("该成员已离开，或日期早于加入日期。"));
    member_person_household(rq->db, area, m.person, (struct household_id){ 0 });
    member_move_insert(rq->db, .area = area, .id = { id_next(area) }, .person = m.person, .on = in->on, .from_household = household,
                       .reason = in->reason, .by = rq->who.user);
    audit_note(rq, area, "remove_member", "household", household.v, NULL, in->reason);
    return rq_done_undo(rq, T("已离开家庭"), str_fmt(rq->arena, "/households/%lld/members/%lld/again", (long long)household.v, (long long)id.v),
                        "/households/%lld", (long long)household.v);
}

static enum http
again(struct rq *rq)
{
    struct household_id household = { rq->ids[0] };
    struct member_id id = { rq->ids[1] };
    struct member_get_row m;
    int64_t area = id_area(household.v);
    if (!member_get(rq->db, &m, area, id, household) || !person_known(rq, m.person)) return HTTP_NOT_FOUND;
    if (!audit_recent(rq, "remove_member", "household", household.v) || member_again(rq->db, area, id, household) == 0)
        return rq_fail(rq, HTTP_CONFLICT, T("已不能撤销，请重新登记。"));
    member_person_household(rq->db, area, m.person, household);
    member_move_drop(rq->db, area, m.person, household);
    audit_note(rq, area, "undo_remove_member", "household", household.v, NULL, NO_STR);
    return rq_done(rq, T("已撤销"), "/households/%lld", (long long)household.v);
}

static enum http
tab(struct rq *rq)
{
    struct person_page v;
    struct person_household_tab t = { 0 };
    struct household_get_row h;
    if (!person_page_open(rq, "household", &v)) return HTTP_NOT_FOUND;
    int64_t area = id_area(v.id.v);
    t.id = v.id;
    t.household = v.p.household;
    t.writes = v.writes;
    if (t.household.v && household_get(rq->db, &h, area, t.household)) {
        t.no = h.no;
        t.opens = scope_unit(rq, h.unit);
        t.n = member_list(rq->db, &t.members, area, t.household, rq->who.user);
    }
    struct buf b = person_tab_buf(rq);
    person_household_tab(&b, &t);
    return person_page_done(rq, &v, &b);
}

const struct route member_routes[] = {
    GET("/people/:person/household", PEOPLE_READ, tab, .scope = person_in_scope, .title = T("家庭")),
    POST("/households/:household/members", PEOPLE_WRITE, add, .scope = household_in_scope, .form = &member_form, .redraw = household_redraw,
         .title = T("增加成员")),
    POST("/households/:household/members/:member/leave", PEOPLE_WRITE, leave, .scope = household_in_scope, .form = &leave_form,
         .redraw = household_redraw, .title = T("成员离开")),
    POST("/households/:household/members/:member/again", PEOPLE_WRITE, again, .scope = household_in_scope, .form = &no_fields,
         .title = T("撤销成员离开")),
};
const size_t member_routes_n = COUNT(member_routes);
