/* One unit: facts, what is below it, its service circle (NH-06), its staff and its history; also as of a day. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/division.h"
#include "network/divisions.h"
#include "network/network.h"
#include "network/network_json.h"
#include "network/network_views.h"
#include "network/place_html.h"
#include "network/tree.h"
#include "rules/run.h"

struct village_form { struct str division; int64_t minutes; };
static const struct field village_fields[] = {
    FIELD_OFFERED(struct village_form, division, "村（社区）", .required = true),
    FIELD_INT(struct village_form, minutes, "最远居民步行分钟", .required = true, .min = 0, .max = 600),
};
static const struct form village_form = FORM(struct village_form, village_fields);

const struct choice post_kinds[POST_KINDS] = {
    { "head", "负责人", "Head" },
    { "worker", "社工", "Social worker" },
    { "supervisor", "督导", "Supervisor" },
    { "assistant", "社工助理", "Assistant" },
    { "intern", "实习生", "Intern" },
    { "affairs", "事务性岗位社工", "Worker on an administrative-affairs post" },
    { "service", "服务性岗位社工", "Worker on a service post" },
};

const char *
post_kind_label(struct str kind, enum lang lang)
{
    for (size_t i = 0; i < POST_KINDS; i++)
        if (str_is(kind, post_kinds[i].code)) return tr(lang, post_kinds[i].zh);
    return "";
}

const char *
run_mode_label(struct str code, enum lang lang)
{
    if (str_is(code, "purchase")) return tr(lang, T("政府购买服务"));
    if (str_is(code, "direct")) return tr(lang, T("镇街直接聘用"));
    if (str_is(code, "mixed")) return tr(lang, T("购买与直聘结合"));
    return "";
}

const char *
unit_event_label(struct str kind, enum lang lang)
{
    if (str_is(kind, "opened")) return tr(lang, T("成立"));
    if (str_is(kind, "renamed")) return tr(lang, T("更名"));
    if (str_is(kind, "moved")) return tr(lang, T("调整上级"));
    if (str_is(kind, "merged")) return tr(lang, T("并入"));
    if (str_is(kind, "closed")) return tr(lang, T("关闭"));
    return "";
}

static bool
in_scope(struct rq *rq)
{
    return scope_unit(rq, (struct unit_id){ rq->ids[0] });
}

static const struct choice *
offered_villages(const struct form_source *from, const struct field *f, size_t *n)
{
    const struct place_page *v = from->arg;
    struct unit_divisions_in_row *rows;
    char last[13];

    (void)f;
    division_last(v->u->division, last);
    *n = unit_divisions_in(v->rq->db, &rows, DIVISION_VILLAGE, v->u->division, str_of(last));
    struct choice *all = NEW(v->rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) all[i] = (struct choice){ rows[i].code.p, rows[i].name.p, rows[i].name.p };
    return all;
}

static void
load_lists(struct rq *rq, struct place_page *v)
{
    char last[13];
    division_last(v->u->division, last);
    v->minutes = profile_param(v->profile, "travel_minutes", 15);
    v->children_n = place_children(rq->db, &v->children, v->u->id);
    v->villages_n = place_villages(rq->db, &v->villages, v->u->id);
    v->above = division_level(v->u->division) < DIVISION_COUNTY;
    if (!v->above) v->far_n = place_far(rq->db, &v->far, v->u->division, str_of(last), v->minutes);
    v->events_n = place_events(rq->db, &v->events, v->u->id);
    if (may(rq, STAFF_READ)) v->staff_n = place_staff(rq->db, &v->staff, v->u->area, v->u->id, date_known(v->on) ? v->on : today());
}

static enum http
place(struct rq *rq)
{
    struct unit_get_row u;
    struct unit_division_row d;
    struct unit_id id = { rq->ids[0] };
    if (!unit_get(rq->db, &u, id)) return HTTP_NOT_FOUND;
    struct place_page v = { .rq = rq, .profile = profile_of(u.profile), .u = &u, .on = rq_param_date(rq, "on"),
                            .may_write = may(rq, NETWORK_WRITE), .may_staff = may(rq, STAFF_READ) };

    v.below = profile_below(v.profile, u.level);
    v.division = unit_division(rq->db, &d, u.division) ? d.name : u.division;
    if (u.parent.v) v.parent = unit_name(rq->db, u.parent);
    if (u.successor.v) v.successor = unit_name(rq->db, u.successor);
    v.parent_in_scope = u.parent.v != 0 && scope_unit(rq, u.parent);
    if (date_known(v.on)) {
        struct unit_id up = unit_parent_on(rq->db, id, v.on);
        v.name_on = unit_name_on(rq->db, id, v.on);
        if (up.v) v.parent_on = unit_name_on(rq->db, up, v.on);
    }
    load_lists(rq, &v);
    v.functions_n = profile_functions_of(v.profile, u.level, rq->arena, &v.functions);
    v.actors_n = profile_actors(v.profile, rq->arena, &v.actors);
    if (shape_wanted(rq)) return unit_json(rq, &v);
    rq->title = u.name;
    place_page(&rq->body, &v, &village_form, (struct form_source){ .rq = rq, .choices = offered_villages, .arg = &v });
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

static enum http
put_village(struct rq *rq)
{
    const struct village_form *in = rq->form;
    struct unit_get_row u;
    struct unit_division_row d;
    struct unit_id id = { rq->ids[0] };

    if (!unit_get(rq->db, &u, id)) return HTTP_NOT_FOUND;
    if (date_known(u.closed_on)) return rq_fail(rq, HTTP_CONFLICT, T("这个单位已经关闭。"));
    if (division_level(in->division) != DIVISION_VILLAGE || !division_in(in->division, u.division) || !unit_division(rq->db, &d, in->division))
        return rq_invalid(rq, "division", T("请从列表中选择。"));
    place_village_end(rq->db, id, in->division, today());
    place_village_put(rq->db, id, in->division, in->minutes, today());
    rules_touch(rq->db, id);
    audit_note(rq, u.area, "serve", "unit", id.v, NULL, d.name);
    return rq_done(rq, T("已保存"), "/network/%lld", (long long)id.v);
}

static enum http
end_village(struct rq *rq)
{
    struct unit_get_row u;
    struct unit_id id = { rq->ids[0] };
    if (!unit_get(rq->db, &u, id) || place_village_end(rq->db, id, rq->words[0], today()) == 0) return HTTP_NOT_FOUND;
    rules_touch(rq->db, id);
    audit_note(rq, u.area, "end_serve", "unit", id.v, NULL, rq->words[0]);
    return rq_done(rq, T("已保存"), "/network/%lld", (long long)id.v);
}

const struct route place_routes[] = {
    GET("/network/:unit", NETWORK_READ, place, .scope = in_scope, .title = T("单位"), .shape = &unit_shape),
    POST("/network/:unit/villages", NETWORK_WRITE, put_village, .scope = in_scope, .form = &village_form, .redraw = place, .title = T("服务的村（社区）")),
    POST("/network/:unit/villages/@division/end", NETWORK_WRITE, end_village, .scope = in_scope, .form = &no_fields, .title = T("不再服务的村（社区）")),
};
const size_t place_routes_n = COUNT(place_routes);
