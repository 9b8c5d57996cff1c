/* The team of a case 个案团队 (MZT-19): who works on it together, from which profession, and what may be shared with each.  Being of the
 * team opens no page: access stays with the roles. */
#include "audit/audit.h"
#include "referral/conference_html.h"
#include "referral/conference_views.h"

struct mate { struct str person, profession, org, task, parts; struct user_id user; };
static const struct field mate_fields[] = {
    FIELD_ID(struct mate, user, user_id, F_STAFF, "本站人员", .help = "本站以外的人，填写姓名和单位。"),
    FIELD_TEXT(struct mate, person, "姓名", .max = 60),
    FIELD_CODE(struct mate, profession, "profession", "专业或身份", .required = true),
    FIELD_TEXT(struct mate, org, "单位", .max = 120),
    FIELD_TEXT(struct mate, task, "分工", .required = true, .max = 200, .wide = true),
    FIELD_CODES(struct mate, parts, "case_part", "共享范围", .wide = true, .help = "此人最多可以知道哪些内容；加入团队本身不开放任何页面。"),
};
static const struct form mate_form = FORM(struct mate, mate_fields);

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    const struct team_page *v = from->arg;
    (void)f;
    return conference_colleagues(v->rq, v->k->c.unit, n);
}

static enum http
team(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    struct mate_list_row *rows;
    if (!case_may_read(rq, k, 2)) return HTTP_FORBIDDEN;
    struct team_page v = { .rq = rq, .k = k, .writes = case_may_write(rq, k), .form = &mate_form };
    v.n = mate_list(rq->db, &rows, id_area(k->c.id.v), k->c.id);
    v.rows = rows;
    v.from = (struct form_source){ .rq = rq, .choices = offered, .arg = &v };
    if (k->c.level >= 3 || k->rel.granted) rq_note_read(rq, "case", k->c.id.v, "team");
    rq->title = str_of(tr(rq->lang, T("个案团队")));
    team_page(&rq->body, &v);
    return HTTP_OK;
}

static void
note(struct rq *rq, const struct casefile *k, const char *action, struct str what)
{
    int64_t area = id_area(k->c.id.v);
    case_event_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .at = instant_now(), .by = rq->who.user, .kind = STR("team"),
                   .reason = what);
    audit_note(rq, area, action, "case", k->c.id.v, NULL, what);
}

static enum http
add(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    const struct mate *in = rq->form;
    struct mate_list_row *there;
    int64_t area = id_area(k->c.id.v);
    struct str name = in->user.v ? conference_colleague(rq, k->c.unit, in->user) : in->person;
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (name.n == 0) return rq_invalid(rq, in->user.v ? "user" : "person", in->user.v ? T("请从列表中选择。") : T("请填写姓名，或选择本站人员。"));
    if (conference_outside(in->user, in->profession) && in->org.n == 0 && !str_is(in->profession, "relative"))
        return rq_invalid(rq, "org", T("站外人员请写明单位；服务对象的同意要写明接收方。"));
    size_t n = mate_list(rq->db, &there, area, k->c.id);
    for (size_t i = 0; i < n; i++)
        if (!date_known(there[i].to) && str_eq(there[i].name, name) && str_eq(there[i].org, in->org))
            return rq_invalid(rq, in->user.v ? "user" : "person", T("此人已在团队中。"));
    mate_insert(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .account = in->user, .name = name, .profession = in->profession,
                .org = in->org, .task = in->task, .parts = in->parts, .from = today(), .by = rq->who.user);
    note(rq, k, "join_team", tr_fmt(rq->arena, LANG_ZH, T("%s 加入"), str_z(rq->arena, name)));
    return rq_done(rq, T("已加入团队"), "/cases/%lld/team", (long long)k->c.id.v);
}

static enum http
end(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    int64_t area = id_area(k->c.id.v);
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (mate_end(rq->db, area, (struct mate_id){ rq->ids[1] }, k->c.id, today()) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, area, "leave_team", "case", k->c.id.v, NULL, NO_STR);
    return rq_done_undo(rq, T("已退出团队"), str_fmt(rq->arena, "/cases/%lld/team/%lld/again", (long long)k->c.id.v, (long long)rq->ids[1]),
                        "/cases/%lld/team", (long long)k->c.id.v);
}

static enum http
again(struct rq *rq)
{
    struct casefile *k = case_of(rq);
    int64_t area = id_area(k->c.id.v);
    if (!case_may_write(rq, k)) return HTTP_FORBIDDEN;
    if (!audit_recent(rq, "leave_team", "case", k->c.id.v) || mate_again(rq->db, area, (struct mate_id){ rq->ids[1] }, k->c.id) == 0)
        return rq_fail(rq, HTTP_CONFLICT, T("已不能撤销，请重新登记。"));
    audit_note(rq, area, "undo_leave_team", "case", k->c.id.v, NULL, NO_STR);
    return rq_done(rq, T("已撤销"), "/cases/%lld/team", (long long)k->c.id.v);
}

const struct route team_routes[] = {
    GET("/cases/:case/team", CASE_READ, team, .scope = case_scope, .title = T("个案团队")),
    POST("/cases/:case/team", CASE_WRITE, add, .scope = case_scope, .form = &mate_form, .redraw = team, .title = T("加入个案团队")),
    POST("/cases/:case/team/:mate/end", CASE_WRITE, end, .scope = case_scope, .form = &no_fields, .title = T("退出个案团队")),
    POST("/cases/:case/team/:mate/again", CASE_WRITE, again, .scope = case_scope, .form = &no_fields, .title = T("撤销退出个案团队")),
};
const size_t team_routes_n = COUNT(team_routes);
