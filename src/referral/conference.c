/* Case conferences 个案会议 (MZT-11): planned, held, and what was decided.  What is shared there, and on what
 * ground, is in meeting.c. */
#include "audit/audit.h"
#include "auth/session.h"
#include "referral/conference_html.h"
#include "referral/conference_views.h"

/* ---- Rights ---- */

bool
conference_scope(struct rq *rq)
{
    struct conference *c = NEW(rq->arena, struct conference, 1);
    struct conference_id id = { rq->ids[0] };
    int64_t area = id_area(id.v);
    if (!conference_get(rq->db, &c->r, area, id) || !case_load(rq, area, c->r.case_, &c->k) || !scope_unit(rq, c->k.c.unit)) return false;
    int level = (int)(c->r.level > c->k.c.level ? c->r.level : c->k.c.level);
    c->reads = case_may_read(rq, &c->k, level);
    c->writes = case_may_write(rq, &c->k);
    if (c->k.c.level >= 4 && !c->reads) return false;   /* who is not named learns nothing of it */
    rq->record = c;
    return true;
}

enum http
conference_not_now(struct rq *rq)
{
    return rq_fail(rq, HTTP_CONFLICT, T("当前状态不能进行此操作。"));
}

enum http
conference_back(struct rq *rq, const char *zh, struct conference_id id)
{
    return rq_done(rq, zh, "/conferences/%lld", (long long)id.v);
}

const struct choice *
conference_colleagues(struct rq *rq, struct unit_id unit, size_t *n)
{
    struct case_workers_row *workers;
    struct case_supervisors_row *above;
    size_t workers_n = case_workers(rq->db, &workers, unit), above_n = case_supervisors(rq->db, &above, unit);
    struct choice *all = NEW(rq->arena, struct choice, workers_n + above_n + 1);
    *n = 0;
    for (size_t i = 0; i < workers_n; i++)
        all[(*n)++] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)workers[i].id.v).p, workers[i].name.p, workers[i].name.p };
    for (size_t i = 0; i < above_n; i++)
        all[(*n)++] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)above[i].id.v).p, above[i].name.p, above[i].name.p };
    return all;
}

struct str
conference_colleague(struct rq *rq, struct unit_id unit, struct user_id account)
{
    size_t n;
    const struct choice *all = conference_colleagues(rq, unit, &n);
    int64_t id;
    for (size_t i = 0; i < n; i++)
        if (str_int(str_of(all[i].code), &id) && id == account.v) return str_of(all[i].zh);
    return NO_STR;
}

/* ---- Planning ---- */

struct plan { struct date on; struct str topic, place, parts; };
static const struct field plan_fields[] = {
    FIELD_DATE(struct plan, on, "会议日期", .required = true),
    FIELD_TEXT(struct plan, topic, "议题", .required = true, .max = 120),
    FIELD_TEXT(struct plan, place, "地点", .max = 120),
    FIELD_CODES(struct plan, parts, "case_part", "共享范围", .wide = true, .help = "只选会上需要的内容。本站以外的人参加的，须有写明接收方的同意或法律依据。"),
};
static const struct form plan_form = FORM(struct plan, plan_fields);

static enum http
draw_plan(struct rq *rq, struct casefile *k, const struct conference *c)
{
    struct plan values = { .on = c ? c->r.on : today() };
    struct conference_form_page v = { .rq = rq, .k = k, .form = &plan_form, .from = { .rq = rq, .values = &values } };
    if (c != NULL) {
        values = (struct plan){ c->r.on, c->r.topic, c->r.place, c->r.parts };
        v.id = c->r.id;
        v.version = rq->again ? rq_param_int(rq, "version", 0) : c->r.version;
    }
    rq->title = str_of(tr(rq->lang, c ? T("修改个案会议") : T("新的个案会议")));
    conference_form_page(&rq->body, &v);
    return HTTP_OK;
}

static enum http
add(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    return case_may_write(rq, k) ? draw_plan(rq, k, NULL) : HTTP_FORBIDDEN;
}

static enum http
create(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct plan *in = rq->form;
    int64_t area = id_area(k->c.id.v);
    struct conference_id id = { id_next(area) };
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    conference_insert(rq->db, .area = area, .id = id, .unit = k->c.unit, .case_ = k->c.id, .on = in->on, .place = in->place, .topic = in->topic,
                      .parts = in->parts, .level = conference_level(k, in->parts), .by = rq->who.user, .at = instant_now());
    audit_note(rq, area, "create", "conference", id.v, NULL, k->c.no);
    return conference_back(rq, T("已安排会议，请登记参加人"), id);
}

static enum http
edit(struct rq *rq)
{
    struct conference *c = rq->record;
    if (!c->writes) return HTTP_FORBIDDEN;
    return str_is(c->r.state, "planned") ? draw_plan(rq, &c->k, c) : conference_not_now(rq);
}

static enum http
update(struct rq *rq)
{
    struct conference *c = rq->record;
    const struct plan *in = rq->form;
    struct audit_changes changes = { 0 };
    int64_t area = id_area(c->r.id.v);
    if (!c->writes) return HTTP_FORBIDDEN;
    if (!str_is(c->r.state, "planned")) return conference_not_now(rq);
    if (conference_update(rq->db, .area = area, .id = c->r.id, .version = rq_param_int(rq, "version", 0), .on = in->on, .place = in->place,
                          .topic = in->topic, .parts = in->parts, .level = conference_level(&c->k, in->parts)) == 0) {
        rq_invalid(rq, NULL, T("您打开之后，别人已修改并保存。再次保存将以您填写的内容为准。"));
        rq->again = false;
        draw_plan(rq, &c->k, c);
        return HTTP_CONFLICT;
    }
    audit_changed(&changes, rq->arena, "topic", c->r.topic, in->topic);
    audit_changed(&changes, rq->arena, "parts", c->r.parts, in->parts);
    audit_note(rq, area, "change", "conference", c->r.id.v, &changes, NO_STR);
    return conference_back(rq, T("已保存"), c->r.id);
}

/* ---- Who takes part ---- */

struct joining { struct str mate, person, profession, org; struct user_id user; };
static const struct field joining_fields[] = {
    FIELD_OFFERED(struct joining, mate, "团队成员", .help = "选了团队成员或本站人员的，下面可以不填。"),
    FIELD_ID(struct joining, user, user_id, F_STAFF, "本站人员"),
    FIELD_TEXT(struct joining, person, "姓名", .max = 60),
    FIELD_CODE(struct joining, profession, "profession", "专业或身份"),
    FIELD_TEXT(struct joining, org, "单位", .max = 120),
};
const struct form conference_join_form = FORM(struct joining, joining_fields);

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    const struct conference_page *v = from->arg;
    struct mate_list_row *rows;
    if (f->kind == F_STAFF) return conference_colleagues(v->rq, v->c->k.c.unit, n);
    size_t all_n = mate_list(v->rq->db, &rows, id_area(v->c->r.id.v), v->c->r.case_);
    struct choice *all = NEW(v->rq->arena, struct choice, all_n + 1);
    *n = 0;
    for (size_t i = 0; i < all_n; i++)
        if (!date_known(rows[i].to))
            all[(*n)++] = (struct choice){ str_fmt(v->rq->arena, "%lld", (long long)rows[i].id.v).p, rows[i].name.p, rows[i].name.p };
    return all;
}

/* Who was chosen or typed, as a row; false with messages at the fields. */
static bool
joins(struct rq *rq, const struct conference *c, const struct joining *in, struct attendee_list_row *who)
{
    int64_t area = id_area(c->r.id.v), id;
    struct mate_list_row *mates;
    *who = (struct attendee_list_row){ .name = in->person, .profession = in->profession, .org = in->org, .account = in->user };
    if (in->mate.n) {
        size_t n = mate_list(rq->db, &mates, area, c->r.case_);
        for (size_t i = 0; i < n && str_int(in->mate, &id); i++)
            if (mates[i].id.v == id && !date_known(mates[i].to))
                *who = (struct attendee_list_row){ .mate = mates[i].id, .account = mates[i].account, .name = mates[i].name,
                                                   .profession = mates[i].profession, .org = mates[i].org };
        if (who->mate.v == 0) rq_invalid(rq, "mate", T("请从列表中选择。"));
        return rq->errors == NULL;
    }
    if (in->user.v) {
        who->name = conference_colleague(rq, c->k.c.unit, in->user);
        if (who->profession.n == 0) who->profession = STR("social_worker");
        if (who->name.n == 0) rq_invalid(rq, "user", T("请从列表中选择。"));
        return rq->errors == NULL;
    }
    if (who->name.n == 0) rq_invalid(rq, "person", T("请填写姓名，或选择团队成员、本站人员。"));
    if (who->profession.n == 0) rq_invalid(rq, "profession", T("请选择专业或身份。"));
    return rq->errors == NULL;
}

static enum http
join(struct rq *rq)
{
    struct conference *c = rq->record;
    struct attendee_list_row who, *there;
    int64_t area = id_area(c->r.id.v);
    if (!c->writes) return HTTP_FORBIDDEN;
    if (!str_is(c->r.state, "planned")) return conference_not_now(rq);
    if (!joins(rq, c, rq->form, &who)) return HTTP_INVALID;
    size_t n = attendee_list(rq->db, &there, area, c->r.id);
    for (size_t i = 0; i < n; i++)
        if (str_eq(there[i].name, who.name) && str_eq(there[i].org, who.org) && there[i].account.v == who.account.v)
            return rq_invalid(rq, who.mate.v ? "mate" : who.account.v ? "user" : "person", T("此人已在参加人中。"));
    attendee_insert(rq->db, .area = area, .id = { id_next(area) }, .conference = c->r.id, .mate = who.mate, .account = who.account, .name = who.name,
                    .profession = who.profession, .org = who.org);
    audit_note(rq, area, "change", "conference", c->r.id.v, NULL, STR("join"));
    return conference_back(rq, T("已登记参加人"), c->r.id);
}

/* Who does not come after all; once it was held the list stays as it was. */
static enum http
leave(struct rq *rq)
{
    struct conference *c = rq->record;
    int64_t area = id_area(c->r.id.v);
    if (!c->writes) return HTTP_FORBIDDEN;
    if (!str_is(c->r.state, "planned")) return conference_not_now(rq);
    if (attendee_drop(rq->db, area, (struct attendee_id){ rq->ids[1] }, c->r.id) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, area, "change", "conference", c->r.id.v, NULL, STR("leave"));
    return conference_back(rq, T("已移出参加人"), c->r.id);
}

/* ---- The page ---- */

enum http
conference_show(struct rq *rq)
{
    struct conference *c = rq->record;
    struct attendee_list_row *people;
    struct resolution_list_row *resolutions;
    int64_t area = id_area(c->r.id.v);
    if (!c->reads) return HTTP_FORBIDDEN;
    struct conference_page v = { .rq = rq, .c = c, .add = &conference_join_form, .consent = &conference_consent_form, .hold = &conference_hold_form,
                                 .decide = &conference_decide_form };
    v.people_n = attendee_list(rq->db, &people, area, c->r.id);
    v.resolutions_n = resolution_list(rq->db, &resolutions, area, c->r.id);
    v.people = people;
    v.resolutions = resolutions;
    v.from = (struct form_source){ .rq = rq, .choices = offered, .arg = &v };
    conference_sharing(rq, &v);
    if (c->r.level >= 3 || c->k.c.level >= 3 || c->k.rel.granted) rq_note_read(rq, "conference", c->r.id.v, "page");
    rq->title = str_of(tr(rq->lang, T("个案会议")));
    conference_page(&rq->body, &v);
    return HTTP_OK;
}

const char *
conference_state_label(struct str state, enum lang lang)
{
    if (str_is(state, "held")) return tr(lang, T("已召开"));
    return str_is(state, "cancelled") ? tr(lang, T("已取消")) : tr(lang, T("已安排"));
}

const char *
conference_state_colour(struct str state)
{
    return str_is(state, "held") ? "bg-green-lt" : str_is(state, "cancelled") ? "bg-secondary-lt" : "bg-blue-lt";
}

const struct route conference_routes[] = {
    GET("/cases/:case/conferences/new", CASE_WRITE, add, .scope = case_scope, .title = T("新的个案会议")),
    POST("/cases/:case/conferences/new", CASE_WRITE, create, .scope = case_scope, .form = &plan_form, .redraw = add, .title = T("新的个案会议")),
    GET("/conferences/:conference", CASE_READ, conference_show, .scope = conference_scope, .title = T("个案会议")),
    GET("/conferences/:conference/edit", CASE_WRITE, edit, .scope = conference_scope, .title = T("修改个案会议")),
    POST("/conferences/:conference/edit", CASE_WRITE, update, .scope = conference_scope, .form = &plan_form, .redraw = edit, .title = T("修改个案会议")),
    POST("/conferences/:conference/people", CASE_WRITE, join, .scope = conference_scope, .form = &conference_join_form, .redraw = conference_show,
         .title = T("登记参加人")),
    POST("/conferences/:conference/people/:attendee/leave", CASE_WRITE, leave, .scope = conference_scope, .form = &no_fields, .title = T("移出参加人")),
};
const size_t conference_routes_n = COUNT(conference_routes);
