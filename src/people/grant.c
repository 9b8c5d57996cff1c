/* Files that need-to-know shuts, opened for a time: the head approves it beforehand, or somebody opens it himself in an emergency
 * (break-glass) and the head, who is told at once, reviews it.  And the head's standing approval for minors' files (regulation on
 * minors' network protection art. 36; codes.md 9.1, 9.3 of the domain). */
#include "audit/audit.h"
#include "auth/session.h"
#include "inbox/inbox.h"
#include "network/network.h"
#include "people/grant_html.h"
#include "people/grant_sql.h"
#include "people/grant_views.h"

enum { PER_PAGE = 50, HOUR_MS = 3600 * 1000, HOURS_USUAL = 24, DAYS_USUAL = 14, LEVEL_OPENED = 3, REASON_LEAST = 6 };

static bool ask_check(struct rq *rq, void *form);
struct ask_form { struct str way, reason; };
static const struct choice ways[] = {
    { "asked", T("申请查阅，由站长审批"), NULL }, { "emergency", T("紧急情况，立即打开，由站长复核"), NULL },
};
static const struct field ask_fields[] = {
    FIELD_CHOICE(struct ask_form, way, ways, "方式", .required = true, .wide = true),
    FIELD_LONG(struct ask_form, reason, "理由", .required = true, .max = 300, .help = "写明为什么现在必须知道。理由会给站长看，也会在服务对象查阅时出示。"),
};
static const struct form ask_form = FORM_CHECKED(struct ask_form, ask_fields, ask_check);

struct decide_form { struct str decision, answer; };
static const struct choice decisions[] = { { "open", T("同意"), NULL }, { "refused", T("不同意"), NULL } };
static const struct field decide_fields[] = {
    FIELD_CHOICE(struct decide_form, decision, decisions, "决定", .required = true),
    FIELD_TEXT(struct decide_form, answer, "说明", .max = 200, .if_field = "decision", .if_values = "refused", .required_if_shown = true),
};
static const struct form decide_form = FORM(struct decide_form, decide_fields);

struct review_form { struct str finding, remark; };
static const struct choice findings[] = { { "right", T("理由成立"), NULL }, { "wrong", T("理由不成立，立即关闭"), NULL } };
static const struct field review_fields[] = {
    FIELD_CHOICE(struct review_form, finding, findings, "复核", .required = true),
    FIELD_TEXT(struct review_form, remark, "意见", .max = 200),
};
static const struct form review_form = FORM(struct review_form, review_fields);

static bool
ask_check(struct rq *rq, void *form)
{
    const struct ask_form *in = form;
    if ((int)utf8_len(in->reason) < REASON_LEAST) rq_invalid(rq, "reason", T("请把理由写清楚。"));
    return rq->errors == NULL;
}

int
person_granted(struct rq *rq, struct person_id person)
{
    struct grant_opens_row g;
    return grant_opens(rq->db, &g, id_area(person.v), person, rq->who.user, instant_now()) ? (int)g.level : 0;
}

struct instant
person_open_until(struct rq *rq, struct person_id person)
{
    struct grant_opens_row g;
    bool open = grant_opens(rq->db, &g, id_area(person.v), person, rq->who.user, instant_now()) && g.level > 0;
    return open ? g.until : NO_TIME;
}

/* A number of the place ("emergency_hours"), by the profile of the person's station. */
static int64_t
param_of(struct rq *rq, struct unit_id unit, const char *code, int64_t otherwise)
{
    struct unit_level l;
    return unit_level_of(rq->db, unit, &l) && l.profile != NULL ? profile_param(l.profile, code, otherwise) : otherwise;
}

/* ---- Asking, and opening in an emergency ---- */

/* Is the file shut to him, and may it be opened?  level: what opening it takes. */
static bool
is_shut(struct rq *rq, const struct person_head *h, int *level)
{
    struct relation rel = person_relation(rq, h->id);
    *level = h->level > LEVEL_OPENED ? h->level : LEVEL_OPENED;
    rel.granted = false;
    return person_access(rq, *level, rel, h->born) == ACCESS_APPROVAL;
}

static enum http
show(struct rq *rq)
{
    struct person_head h;
    struct grant_waits_row waits;
    int level;
    struct grant_page v = { .rq = rq, .id = { rq->ids[0] }, .form = &ask_form, .from = { .rq = rq } };
    if (!person_head(rq->db, v.id, &h)) return HTTP_NOT_FOUND;
    v.shut = is_shut(rq, &h, &level);
    v.until = person_granted(rq, v.id) >= level ? person_open_until(rq, v.id) : NO_TIME;
    v.waits = grant_waits(rq->db, &waits, h.area, v.id, rq->who.user) && waits.total > 0;
    v.may_break = may(rq, ACCESS_BREAK);
    v.hours = (int)param_of(rq, h.unit, "emergency_hours", HOURS_USUAL);
    if (person_in_scope(rq)) v.name = h.name;
    rq->title = str_of(tr(rq->lang, T("申请查阅")));
    grant_page(&rq->body, &v);
    return HTTP_OK;
}

static void
tell_heads(struct rq *rq, const char *kind, struct grant_id id, const struct person_head *h)
{
    struct grant_workers_row *rows;
    size_t n = grant_workers(rq->db, &rows, h->area, h->id);
    struct user_id *to = NEW(rq->arena, struct user_id, n + 1);
    for (size_t i = 0; i < n; i++) to[i] = rows[i].id;
    bool emergency = strcmp(kind, "opened") == 0;
    inbox_tell(rq, &(struct inbox_news){ .kind = kind, .entity = "grant", .id = id.v, .ref = rq->who.name, .unit = h->unit },
               to, emergency ? n : 0, true);
}

static enum http
ask(struct rq *rq)
{
    const struct ask_form *in = rq->form;
    struct person_head h;
    struct person_id person = { rq->ids[0] };
    bool emergency = str_is(in->way, "emergency");
    int level;
    if (!person_head(rq->db, person, &h)) return HTTP_NOT_FOUND;
    if (!is_shut(rq, &h, &level)) return rq_fail(rq, HTTP_CONFLICT, T("这份档案无需申请，或者不能申请。"));
    if (emergency && !may(rq, ACCESS_BREAK)) return HTTP_FORBIDDEN;
    struct instant now = instant_now();
    int64_t hours = param_of(rq, h.unit, "emergency_hours", HOURS_USUAL);
    struct grant_id id = { id_next(h.area) };
    grant_insert(rq->db, .area = h.area, .id = id, .person = person, .account = rq->who.user, .unit = h.unit, .level = level, .way = in->way,
                 .reason = in->reason, .at = now, .state = emergency ? STR("open") : STR("waiting"),
                 .until = emergency ? (struct instant){ now.ms + hours * HOUR_MS } : NO_TIME);
    audit_note(rq, h.area, emergency ? "break_glass" : "ask_access", "person", person.v, NULL, in->reason);
    tell_heads(rq, emergency ? "opened" : "asked", id, &h);
    if (!emergency) return rq_done(rq, T("申请已送站长审批"), "/access?view=mine");
    return rq_done(rq, T("档案已打开，有关负责人已收到通知"), "/people/%lld", (long long)person.v);
}

/* ---- What the head decides and reviews ---- */

static size_t
counted(struct rq *rq, unsigned filters)
{
    struct grant_count_row c;
    return grant_count(rq->db, &c, filters, 0, rq->who.area, rq->who.focus, rq->who.user) ? (size_t)c.total : 0;
}

static enum http
list(struct rq *rq)
{
    struct grant_list_page v = { .rq = rq, .view = rq_param(rq, "view"), .heads = may(rq, ACCESS_APPROVE), .per_page = PER_PAGE, .now = instant_now() };
    unsigned filters = GRANT_LIST_F_BELOW;
    v.page = rq_param_int(rq, "page", 1);
    if (v.page < 1 || v.page > 100000) v.page = 1;
    if (!v.heads || str_is(v.view, "mine")) {
        v.view = STR("mine");
        filters = GRANT_LIST_F_MINE;
    } else if (str_is(v.view, "review")) {
        filters |= GRANT_LIST_F_REVIEW;
    } else if (!str_is(v.view, "all")) {
        filters |= GRANT_LIST_F_WAITING;
    }
    if (v.heads) {
        v.waiting = counted(rq, GRANT_LIST_F_BELOW | GRANT_LIST_F_WAITING);
        v.review = counted(rq, GRANT_LIST_F_BELOW | GRANT_LIST_F_REVIEW);
    }
    v.total = counted(rq, filters);
    v.n = grant_list(rq->db, &v.rows, filters, 0, .area = rq->who.area, .top = rq->who.focus, .me = rq->who.user, .skip = (v.page - 1) * PER_PAGE,
                     .most = PER_PAGE);
    rq->title = str_of(tr(rq->lang, T("查阅审批")));
    grant_list_page(&rq->body, &v);
    return HTTP_OK;
}

/* Of a station below the head's; nobody decides on what he asked for himself. */
static bool
grant_in_scope(struct rq *rq)
{
    struct grant_get_row *g = NEW(rq->arena, struct grant_get_row, 1);
    struct grant_id id = { rq->ids[0] };
    if (!grant_get(rq->db, g, id_area(id.v), id)) return false;
    rq->record = g;
    bool mine = g->account.v == rq->who.user.v;
    return mine || (may(rq, ACCESS_APPROVE) && scope_unit(rq, g->unit));
}

static bool
is_mine(const struct rq *rq)
{
    const struct grant_get_row *g = rq->record;
    return g->account.v == rq->who.user.v;
}

static enum http
decide(struct rq *rq)
{
    const struct decide_form *in = rq->form;
    const struct grant_get_row *g = rq->record;
    struct grant_id id = { rq->ids[0] };
    int64_t area = id_area(id.v);
    struct instant now = instant_now();
    bool open = str_is(in->decision, "open");
    if (is_mine(rq)) return rq_fail(rq, HTTP_FORBIDDEN, T("不能审批或复核自己的申请。"));
    int64_t days = param_of(rq, g->unit, "approval_days", DAYS_USUAL);
    if (grant_decide(rq->db, .area = area, .id = id, .state = in->decision, .by = rq->who.user, .at = now, .answer = in->answer,
                     .until = open ? (struct instant){ now.ms + days * 24 * HOUR_MS } : NO_TIME) == 0)
        return rq_fail(rq, HTTP_CONFLICT, T("这份申请已经处理过了。"));
    audit_note(rq, area, open ? "grant_access" : "refuse_access", "person", g->person.v, NULL, in->answer);
    inbox_tell(rq, &(struct inbox_news){ .kind = "answered", .entity = "grant", .id = id.v, .ref = rq->who.name, .unit = g->unit }, &g->account, 1, false);
    return rq_done(rq, open ? T("已同意") : T("已拒绝"), "/access");
}

static enum http
review(struct rq *rq)
{
    const struct review_form *in = rq->form;
    const struct grant_get_row *g = rq->record;
    struct grant_id id = { rq->ids[0] };
    int64_t area = id_area(id.v);
    if (is_mine(rq)) return rq_fail(rq, HTTP_FORBIDDEN, T("不能审批或复核自己的申请。"));
    if (grant_review(rq->db, .area = area, .id = id, .by = rq->who.user, .at = instant_now(), .finding = in->finding, .remark = in->remark) == 0)
        return rq_fail(rq, HTTP_CONFLICT, T("这份申请已经处理过了。"));
    audit_note(rq, area, str_is(in->finding, "wrong") ? "review_wrong" : "review_right", "person", g->person.v, NULL, in->remark);
    return rq_done(rq, T("已复核"), "/access?view=review");
}

/* Before its time, by whoever has it or by the head. */
static enum http
end(struct rq *rq)
{
    const struct grant_get_row *g = rq->record;
    struct grant_id id = { rq->ids[0] };
    if (grant_end(rq->db, id_area(id.v), id, instant_now()) == 0) return rq_fail(rq, HTTP_CONFLICT, T("这份申请已经处理过了。"));
    audit_note(rq, id_area(id.v), "end_access", "person", g->person.v, NULL, NO_STR);
    return rq_done(rq, T("已关闭"), is_mine(rq) ? "/access?view=mine" : "/access?view=all");
}

/* ---- Minors' files ---- */

static bool
works_with_people(struct str role)
{
    const struct role *r = role_find(role);
    return r != NULL && (r->may >> PEOPLE_WRITE & 1) && !(r->may >> ACCESS_APPROVE & 1);
}

static enum http
minors(struct rq *rq)
{
    struct minor_accounts_row *rows;
    struct minors_page v = { .rq = rq };
    size_t n = minor_accounts(rq->db, &rows, rq->who.focus);
    v.rows = rows;
    for (size_t i = 0; i < n; i++)
        if (works_with_people(rows[i].role)) v.rows[v.n++] = rows[i];
    rq->title = str_of(tr(rq->lang, T("未成年人档案")));
    minors_page(&rq->body, &v);
    return HTTP_OK;
}

static bool
account_in_scope(struct rq *rq)
{
    struct minor_unit_row a;
    return minor_unit(rq->db, &a, (struct user_id){ rq->ids[0] }) && works_with_people(a.role) && scope_unit(rq, a.unit);
}

static enum http
allow(struct rq *rq)
{
    struct user_id account = { rq->ids[0] };
    if (minor_allow(rq->db, account, instant_now(), rq->who.user)) audit_note(rq, rq->who.area, "allow_minors", "account", account.v, NULL, NO_STR);
    return rq_done(rq, T("已批准"), "/access/minors");
}

static enum http
forbid(struct rq *rq)
{
    struct user_id account = { rq->ids[0] };
    if (minor_end(rq->db, account, instant_now(), rq->who.user)) audit_note(rq, rq->who.area, "forbid_minors", "account", account.v, NULL, NO_STR);
    return rq_done(rq, T("已撤回批准"), "/access/minors");
}

const struct route grant_routes[] = {
    GET("/people/:person/open", ACCESS_ASK, show, .scope = person_exists_for, .title = T("申请查阅")),
    POST("/people/:person/open", ACCESS_ASK, ask, .scope = person_exists_for, .form = &ask_form, .redraw = show, .title = T("申请查阅")),
    GET("/access", ACCESS_ASK, list, .title = T("查阅审批")),
    POST("/access/:grant/decide", ACCESS_APPROVE, decide, .scope = grant_in_scope, .form = &decide_form, .title = T("审批查阅申请")),
    POST("/access/:grant/review", ACCESS_APPROVE, review, .scope = grant_in_scope, .form = &review_form, .title = T("复核紧急查阅")),
    POST("/access/:grant/end", ACCESS_ASK, end, .scope = grant_in_scope, .form = &no_fields, .title = T("关闭查阅")),
    GET("/access/minors", ACCESS_APPROVE, minors, .title = T("未成年人档案")),
    POST("/access/minors/:user/allow", ACCESS_APPROVE, allow, .scope = account_in_scope, .form = &no_fields, .title = T("批准查阅未成年人档案")),
    POST("/access/minors/:user/forbid", ACCESS_APPROVE, forbid, .scope = account_in_scope, .form = &no_fields, .title = T("撤回批准")),
};
const size_t grant_routes_n = COUNT(grant_routes);
