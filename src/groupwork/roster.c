/* Members, sessions and attendance of a group. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "groupwork/group_views.h"
#include "groupwork/roster_html.h"

enum { LATE_AFTER = 2 };                /* sessions of a closed group after which joining needs approval, when the profile says nothing */

static enum http
refuse(struct rq *rq, const char *zh)
{
    return rq_fail(rq, HTTP_CONFLICT, zh);
}

static enum http
to_tab(struct rq *rq, const char *zh, const char *tab)
{
    return rq_done(rq, zh, "/groups/%lld/%s", (long long)group_of(rq)->g.id.v, tab);
}

/* ---- The tabs ---- */

static bool
open_tab(struct rq *rq, struct group_page *v, const char *here)
{
    struct groupfile *k = group_of(rq);
    *v = (struct group_page){ .rq = rq, .k = k, .here = here, .write = group_may_write(rq, k) && group_is_open(k->g.state), .decide = group_may_decide(rq, k),
                              .read = group_may_read(rq, k, 2) };
    if (!v->read) return false;
    v->members_n = group_people(rq, k, &v->members);
    v->sessions_n = group_meetings(rq, k, &v->sessions);
    v->sheets_n = sheet_list(rq->db, &v->sheets, id_area(k->g.id.v), k->g.id);
    v->sums = group_attendance_sums(rq, k, &v->attendance, &v->attendance_n);
    v->from = (struct form_source){ .rq = rq };
    rq->title = str_fmt(rq->arena, "%.*s · %.*s", FMT(k->g.no), FMT(k->g.name));
    if (k->level >= 3) rq_note_read(rq, "group", k->g.id.v, here);
    return true;
}

static enum http
members(struct rq *rq)
{
    struct group_page v;
    if (!open_tab(rq, &v, "members")) return HTTP_NOT_FOUND;
    group_members_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
sessions(struct rq *rq)
{
    struct group_page v;
    if (!open_tab(rq, &v, "sessions")) return HTTP_NOT_FOUND;
    group_sessions_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
forms(struct rq *rq)
{
    struct group_page v;
    if (!open_tab(rq, &v, "forms")) return HTTP_NOT_FOUND;
    group_forms_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
attendance(struct rq *rq)
{
    struct group_page v;
    if (!open_tab(rq, &v, "attendance")) return HTTP_NOT_FOUND;
    group_attendance_page(&rq->body, &v);
    return HTTP_OK;
}

const struct sheet_list_row *
group_newest(const struct group_page *v, const char *form, int64_t seq)
{
    for (size_t i = 0; i < v->sheets_n; i++)
        if (v->sheets[i].seq == seq && v->sheets[i].current && str_is(v->sheets[i].form, form)) return &v->sheets[i];
    return NULL;
}

const struct group_attendance_list_row *
group_came(const struct group_page *v, struct meeting_id s, struct participant_id m)
{
    for (size_t i = 0; i < v->attendance_n; i++)
        if (v->attendance[i].session.v == s.v && v->attendance[i].member.v == m.v) return &v->attendance[i];
    return NULL;
}

struct str
group_rate(struct arena *a, int64_t present, int64_t expected)
{
    return expected ? str_fmt(a, "%lld%%", (long long)((present * 100 + expected / 2) / expected)) : NO_STR;
}

struct str
group_member_rate(struct arena *a, const struct group_page *v, struct participant_id m)
{
    int64_t asked = 0, came = 0;
    for (size_t i = 0; i < v->attendance_n; i++)
        if (v->attendance[i].member.v == m.v) {
            asked++;
            came += v->attendance[i].present;
        }
    return group_rate(a, came, asked);
}

/* ---- Candidates ---- */

struct candidate { struct person_id person; struct date on; };
static const struct field candidate_fields[] = {
    FIELD_ID(struct candidate, person, person_id, F_PERSON, "服务对象", .required = true),
    FIELD_DATE(struct candidate, on, "报名日期", .required = true, .check = "past"),
};
static const struct form candidate_form = FORM(struct candidate, candidate_fields);
const struct form *const group_member_form = &candidate_form;

static enum http
apply(struct rq *rq)
{
    const struct candidate *in = rq->form;
    struct groupfile *k = group_of(rq);
    struct group_person_row p;
    struct group_member_of_row there;
    int64_t area = id_area(k->g.id.v);
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!group_is_open(k->g.state) || group_place(k->g.state) > group_place(STR("ending"))) return refuse(rq, T("小组已经结束，不能增加组员。"));
    bool known = id_area(in->person.v) == area && group_person(rq->db, &p, area, in->person, rq->who.user) && p.seen && scope_unit(rq, p.unit);
    if (!known) rq_invalid(rq, "person", T("找不到该服务对象。"));
    else if (date_known(p.died)) rq_invalid(rq, "person", T("服务对象已去世，不能加入小组。"));
    else if (group_member_of(rq->db, &there, area, k->g.id, in->person)) rq_invalid(rq, "person", T("该服务对象已在名单上。"));
    if (rq->errors) {
        members(rq);
        return HTTP_INVALID;
    }
    struct participant_id id = { id_next(area) };
    group_member_insert(rq->db, .area = area, .id = id, .group = k->g.id, .person = in->person, .on = in->on);
    group_note(rq, k, "apply", NO_STR);
    return to_tab(rq, T("已加入名单"), "members");
}

/* The member of the path's second id; NULL: there is none, or the user may not know him. */
static const struct group_members_row *
member_of(struct rq *rq)
{
    struct group_members_row *m;
    struct groupfile *k = group_of(rq);
    size_t n = group_may_read(rq, k, 2) ? group_people(rq, k, &m) : 0;
    for (size_t i = 0; i < n; i++)
        if (m[i].id.v == rq->ids[1] && m[i].seen) return &m[i];
    return NULL;
}

struct screening { struct str way, state, reason; };
static const struct choice results[] = { { "accepted", T("录取"), NULL }, { "waiting", T("候补"), NULL }, { "refused", T("不录"), NULL },
                                         { "referred", T("转介"), NULL } };
static const struct field screening_fields[] = {
    FIELD_CODE(struct screening, way, "group_screening", "筛选方式", .required = true),
    FIELD_CHOICE(struct screening, state, results, "结果", .required = true),
    FIELD_TEXT(struct screening, reason, "理由", .required = true, .max = 300, .wide = true),
};
static const struct form screening_form = FORM(struct screening, screening_fields);

struct details { struct str goal, before, after, guardian, notes; struct date guardian_on; bool photo; };
static const struct field details_fields[] = {
    FIELD_LONG(struct details, goal, "个人目标", .max = 500, .help = "形成期结束前必填。"),
    FIELD_TEXT(struct details, before, "前测", .max = 200),
    FIELD_TEXT(struct details, after, "后测", .max = 200),
    FIELD_TEXT(struct details, guardian, "同意的监护人", .max = 80, .level = 3, .help = "未成年组员必填。"),
    FIELD_DATE(struct details, guardian_on, "监护人同意日期", .check = "past"),
    FIELD_BOOL(struct details, photo, "同意拍照"),
    FIELD_LONG(struct details, notes, "备注", .max = 1000),
};
static bool
details_check(struct rq *rq, void *form)
{
    const struct details *in = form;
    if (date_known(in->guardian_on) && in->guardian.n == 0) rq_invalid(rq, "guardian", T("请写明监护人姓名。"));
    if (in->guardian.n && !date_known(in->guardian_on)) rq_invalid(rq, "guardian_on", T("请填写同意日期。"));
    return rq->errors == NULL;
}
static const struct form details_form = FORM_CHECKED(struct details, details_fields, details_check);

struct leaving { struct date on; struct str reason, note; };
static const struct field leaving_fields[] = {
    FIELD_DATE(struct leaving, on, "退出日期", .required = true, .check = "past"),
    FIELD_CODE(struct leaving, reason, "group_leave", "退出原因", .required = true),
    FIELD_TEXT(struct leaving, note, "说明", .max = 300, .wide = true),
};
static const struct form leaving_form = FORM(struct leaving, leaving_fields);

static enum http
member(struct rq *rq)
{
    struct groupfile *k = group_of(rq);
    const struct group_members_row *m = member_of(rq);
    if (m == NULL) return HTTP_NOT_FOUND;
    struct details d = { m->personal_goal, m->pre_test, m->post_test, m->guardian, m->notes, m->guardian_on, m->photo };
    struct screening s = { m->screened_by, str_is(m->state, "applied") ? NO_STR : m->state, m->reason };
    struct leaving l = { .on = today() };
    const struct form *posted = rq->errors ? rq->route->form : NULL;
    struct rq *none = NULL;
    struct member_page v = { .rq = rq, .k = k, .m = m, .write = group_may_write(rq, k) && group_is_open(k->g.state), .form = &details_form,
                             .screen_form = &screening_form, .leave_form = &leaving_form };
    v.from = (struct form_source){ .rq = posted && posted != &details_form ? none : rq, .values = &d };
    v.screen_from = (struct form_source){ .rq = posted && posted != &screening_form ? none : rq, .values = &s };
    v.leave_from = (struct form_source){ .rq = posted && posted != &leaving_form ? none : rq, .values = &l };
    rq->title = m->name;
    if (group_minor(k, m) || m->level >= 3) rq_note_read(rq, "person", m->person.v, "group");
    group_member_page(&rq->body, &v);
    return HTTP_OK;
}

/* How many sessions were held. */
static int64_t
held(struct rq *rq, struct groupfile *k)
{
    struct group_sessions_row *s;
    size_t n = group_meetings(rq, k, &s);
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += str_is(s[i].state, "held");
    return sum;
}

static enum http
wrong_member(struct rq *rq, const char *field, const char *zh)
{
    rq_invalid(rq, field, zh);
    member(rq);
    return HTTP_INVALID;
}

/* Accepted at once, but not beyond the largest size, and not into a closed group that has begun: that waits for approval. */
static enum http
screen(struct rq *rq)
{
    const struct screening *in = rq->form;
    struct groupfile *k = group_of(rq);
    struct group_members_row *all;
    const struct group_members_row *m = member_of(rq);
    size_t n = group_people(rq, k, &all);
    int64_t others = 0;
    if (m == NULL) return HTTP_NOT_FOUND;
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!group_is_open(k->g.state) || str_is(m->state, "left")) return refuse(rq, T("不能再修改筛选结果。"));
    bool joined = str_is(m->state, "accepted") && !str_is(k->g.state, "prepare");
    if (joined) return refuse(rq, T("小组已经开始，组员离开时请办理退出。"));
    bool accept = str_is(in->state, "accepted");
    for (size_t i = 0; i < n; i++) others += all[i].id.v != m->id.v && str_is(all[i].state, "accepted");
    if (accept && k->g.max_size != NO_INT && others >= k->g.max_size) return wrong_member(rq, "state", T("已达到小组的最多人数。"));
    bool late = accept && str_is(k->g.open_kind, "closed") && held(rq, k) >= profile_param(k->profile, "group_closed_after", LATE_AFTER);
    group_member_screen(rq->db, .area = id_area(k->g.id.v), .id = m->id, .state = late ? STR("waiting") : in->state, .way = in->way, .on = today(),
                        .reason = in->reason, .late = late, .joined = accept && !late ? today() : NO_DATE);
    group_note(rq, k, "screen", late ? STR("late") : in->state);
    return to_tab(rq, late ? T("封闭式小组已开始：等待督导或站长同意") : T("已保存"), "members");
}

static enum http
approve(struct rq *rq)
{
    struct groupfile *k = group_of(rq);
    const struct group_members_row *m = member_of(rq);
    if (m == NULL) return HTTP_NOT_FOUND;
    if (!group_may_decide(rq, k)) return HTTP_FORBIDDEN;
    if (!group_is_open(k->g.state) || !group_member_approve(rq->db, id_area(k->g.id.v), m->id, rq->who.user, today()))
        return refuse(rq, T("该组员不在等待同意。"));
    group_note(rq, k, "approve_member", NO_STR);
    return to_tab(rq, T("已同意加入"), "members");
}

static enum http
keep_details(struct rq *rq)
{
    const struct details *in = rq->form;
    struct groupfile *k = group_of(rq);
    const struct group_members_row *m = member_of(rq);
    if (m == NULL) return HTTP_NOT_FOUND;
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!group_is_open(k->g.state)) return refuse(rq, T("小组已经结束。"));
    group_member_save(rq->db, .area = id_area(k->g.id.v), .id = m->id, .goal = in->goal, .before = in->before, .after = in->after, .guardian = in->guardian,
                      .guardian_on = in->guardian_on, .photo = in->photo, .notes = in->notes);
    group_note(rq, k, "member", NO_STR);
    return to_tab(rq, T("已保存"), "members");
}

static enum http
leave(struct rq *rq)
{
    const struct leaving *in = rq->form;
    struct groupfile *k = group_of(rq);
    const struct group_members_row *m = member_of(rq);
    if (m == NULL) return HTTP_NOT_FOUND;
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!group_is_open(k->g.state) || !str_is(m->state, "accepted")) return refuse(rq, T("该服务对象不是现在的组员。"));
    if (date_known(m->joined_on) && in->on.days < m->joined_on.days) return wrong_member(rq, "on", T("不能早于加入日期。"));
    group_member_leave(rq->db, .area = id_area(k->g.id.v), .id = m->id, .on = in->on, .reason = in->reason, .note = in->note.n ? in->note : NO_STR);
    group_note(rq, k, "leave", in->reason);
    return to_tab(rq, T("已办理退出"), "members");
}

/* A member becomes a client of his own; the link stays. */
static enum http
to_case(struct rq *rq)
{
    struct groupfile *k = group_of(rq);
    struct group_person_row p;
    struct case_id made;
    struct doc_id form;
    const struct group_members_row *m = member_of(rq);
    if (m == NULL) return HTTP_NOT_FOUND;
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (m->case_.v) return refuse(rq, T("该组员已转为个案。"));
    if (!date_known(m->joined_on) || !group_person(rq->db, &p, id_area(m->person.v), m->person, rq->who.user) || !scope_unit(rq, p.unit))
        return refuse(rq, T("找不到该服务对象。"));
    struct str why = case_open(rq, m->person, rq->who.user, (struct case_id){ 0 }, &made, &form);
    if (why.n) return refuse(rq, str_z(rq->arena, why));
    group_member_case(rq->db, id_area(k->g.id.v), m->id, made);
    group_note(rq, k, "to_case", NO_STR);
    return rq_done(rq, T("已建立个案"), "/cases/%lld/forms/%lld", (long long)made.v, (long long)form.v);
}

/* ---- The contract ---- */

struct contract { struct str rules, members; struct date on; };
static const struct field contract_fields[] = {
    FIELD_LONG(struct contract, rules, "小组规范", .required = true, .max = 2000),
    FIELD_DATE(struct contract, on, "签订日期", .required = true, .check = "past"),
    FIELD_OFFERED_SEVERAL(struct contract, members, "已签订的组员"),
};
static const struct form contract_form = FORM(struct contract, contract_fields);
const struct form *const group_contract_form = &contract_form;

static enum http
sign(struct rq *rq)
{
    const struct contract *in = rq->form;
    struct groupfile *k = group_of(rq);
    struct group_members_row *m;
    int64_t area = id_area(k->g.id.v);
    size_t n = group_people(rq, k, &m);
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!group_is_open(k->g.state)) return refuse(rq, T("小组已经结束。"));
    group_set_contract(rq->db, area, k->g.id, in->rules, in->on);
    for (size_t i = 0; i < n; i++) {                    /* as many as a group has members */
        bool named = false;
        for (struct str rest = in->members; rest.n && !named;) {
            int64_t id;
            named = str_int(str_cut(&rest, ','), &id) && id == m[i].id.v;
        }
        if (named == date_known(m[i].signed_on) || !str_is(m[i].state, "accepted") || !m[i].seen) continue;
        group_member_sign(rq->db, area, m[i].id, named ? in->on : NO_DATE);
    }
    group_note(rq, k, "contract", NO_STR);
    return to_tab(rq, T("已保存"), "members");
}

/* ---- Sessions ---- */

static enum http
add_session(struct rq *rq)
{
    struct groupfile *k = group_of(rq);
    struct group_sessions_row *s;
    int64_t area = id_area(k->g.id.v), number = 1;
    size_t n = group_meetings(rq, k, &s);
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!group_is_open(k->g.state) || group_place(k->g.state) > group_place(STR("ending"))) return refuse(rq, T("小组已经结束，不能增加小节。"));
    if (group_sheet(rq, k, "H", 0).doc == NULL) return refuse(rq, T("请先提交小组计划书（H）：小节的目标来自小组目标。"));
    if (n) number = s[n - 1].number + 1;
    if (number > 60) return refuse(rq, T("小节太多。"));
    struct meeting_id id = { id_next(area) };
    group_session_insert(rq->db, area, id, k->g.id, number);
    group_changed(k);
    group_note(rq, k, "session", NO_STR);
    return rq_redirect(rq, "/groups/%lld/forms/%lld", (long long)k->g.id.v, (long long)group_begin(rq, k, "I", number, id).v);
}

static const struct group_sessions_row *
session_of(struct rq *rq)
{
    struct group_sessions_row *s;
    size_t n = group_may_read(rq, group_of(rq), 2) ? group_meetings(rq, group_of(rq), &s) : 0;
    for (size_t i = 0; i < n; i++)
        if (s[i].id.v == rq->ids[1]) return &s[i];
    return NULL;
}

static enum http
record(struct rq *rq)
{
    struct groupfile *k = group_of(rq);
    const struct group_sessions_row *s = session_of(rq);
    if (s == NULL) return HTTP_NOT_FOUND;
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!group_is_open(k->g.state) || str_is(s->state, "cancelled")) return refuse(rq, T("这一节已取消，或小组已经结束。"));
    if (group_sheet(rq, k, "I", s->number).doc == NULL) return refuse(rq, T("请先提交这一节的单元计划书（I）。"));
    return rq_redirect(rq, "/groups/%lld/forms/%lld", (long long)k->g.id.v, (long long)group_begin(rq, k, "J", s->number, s->id).v);
}

struct why { struct str why; };
static const struct field why_fields[] = { FIELD_TEXT(struct why, why, "原因", .required = true, .max = 300) };
static const struct form why_form = FORM(struct why, why_fields);

static enum http
cancel_session(struct rq *rq)
{
    const struct why *in = rq->form;
    struct groupfile *k = group_of(rq);
    const struct group_sessions_row *s = session_of(rq);
    if (s == NULL) return HTTP_NOT_FOUND;
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!group_is_open(k->g.state) || !group_session_cancel(rq->db, id_area(k->g.id.v), s->id, in->why)) return refuse(rq, T("只有还没有开展的小节可以取消。"));
    group_note(rq, k, "cancel_session", NO_STR);
    return to_tab(rq, T("已取消"), "sessions");
}

static enum http
summary(struct rq *rq)
{
    struct groupfile *k = group_of(rq);
    if (!group_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!str_is(k->g.state, "ending")) return refuse(rq, T("到结束期再写评估总结报告（K）。"));
    return rq_redirect(rq, "/groups/%lld/forms/%lld", (long long)k->g.id.v, (long long)group_begin(rq, k, "K", 0, (struct meeting_id){ 0 }).v);
}

const struct route roster_routes[] = {
    GET("/groups/:group/members", GROUP_READ, members, .scope = group_scope, .title = T("组员")),
    POST("/groups/:group/members", GROUP_WRITE, apply, .scope = group_scope, .form = &candidate_form, .redraw = members, .title = T("报名")),
    GET("/groups/:group/members/:participant", GROUP_READ, member, .scope = group_scope, .title = T("组员")),
    POST("/groups/:group/members/:participant", GROUP_WRITE, keep_details, .scope = group_scope, .form = &details_form, .redraw = member, .title = T("组员资料")),
    POST("/groups/:group/members/:participant/screen", GROUP_WRITE, screen, .scope = group_scope, .form = &screening_form, .redraw = member, .title = T("筛选")),
    POST("/groups/:group/members/:participant/approve", GROUP_READ, approve, .scope = group_scope, .form = &no_fields, .title = T("同意加入")),
    POST("/groups/:group/members/:participant/leave", GROUP_WRITE, leave, .scope = group_scope, .form = &leaving_form, .redraw = member, .title = T("退出小组")),
    POST("/groups/:group/members/:participant/case", CASE_WRITE, to_case, .scope = group_scope, .form = &no_fields, .title = T("转为个案")),
    POST("/groups/:group/contract", GROUP_WRITE, sign, .scope = group_scope, .form = &contract_form, .redraw = members, .title = T("小组契约")),
    GET("/groups/:group/sessions", GROUP_READ, sessions, .scope = group_scope, .title = T("小节")),
    POST("/groups/:group/sessions", GROUP_WRITE, add_session, .scope = group_scope, .form = &no_fields, .title = T("增加小节")),
    POST("/groups/:group/sessions/:meeting/record", GROUP_WRITE, record, .scope = group_scope, .form = &no_fields, .title = T("过程记录")),
    POST("/groups/:group/sessions/:meeting/cancel", GROUP_WRITE, cancel_session, .scope = group_scope, .form = &why_form, .redraw = sessions,
         .title = T("取消小节")),
    GET("/groups/:group/forms", GROUP_READ, forms, .scope = group_scope, .title = T("小组表单")),
    POST("/groups/:group/summary", GROUP_WRITE, summary, .scope = group_scope, .form = &no_fields, .title = T("评估总结报告")),
    GET("/groups/:group/attendance", GROUP_READ, attendance, .scope = group_scope, .title = T("出席")),
};
const size_t roster_routes_n = COUNT(roster_routes);
