/* Secondment and transfer: no place of service is left empty, no open case without a worker (GD-07, R-GD-S3).  For a
 * time, his posts wait for him; for good, he goes with all that is recorded about him. */
#include "audit/audit.h"
#include "auth/session.h"
#include "casework/casework.h"
#include "ledger/ledger.h"
#include "rules/measures.h"
#include "rules/run.h"
#include "staff/staff_html.h"
#include "staff/staff_views.h"
#include "staff/transfer_sql.h"

struct transfer_form {
    struct str kind, reason, sign_from, sign_to;
    struct unit_id target;
    struct staff_id substitute;
    struct date on, until;
};
static const struct field transfer_fields[] = {
    FIELD_CHOICE(struct transfer_form, kind, transfer_kinds, "调配方式", .required = true),
    FIELD_ID(struct transfer_form, target, unit_id, F_UNIT, "调往单位", .required = true),
    FIELD_DATE(struct transfer_form, on, "起始日期", .required = true),
    FIELD_DATE(struct transfer_form, until, "返回日期", .if_field = "kind", .if_values = "time",
               .required_if_shown = true),
    FIELD_ID(struct transfer_form, substitute, staff_id, F_STAFF, "替补人员", .help = "接替他的岗位和在办个案。"),
    FIELD_TEXT(struct transfer_form, sign_from, "移交人签名", .max = 40),
    FIELD_TEXT(struct transfer_form, sign_to, "接收人签名", .max = 40),
    FIELD_LONG(struct transfer_form, reason, "原因", .required = true, .max = 500, .wide = true),
};
static const struct form transfer_form = FORM(struct transfer_form, transfer_fields);

/* ---- R-GD-S3 ---- */

struct weighed {
    int64_t empty, cases, before, after;
    struct value villages;
    bool substitute;
};

static struct value
weighed_value(void *arg, const struct metric *m)
{
    const struct weighed *w = arg;
    const struct {
        const char *code;
        int64_t n;
    } all[] = {
        { "villages_left_empty", w->empty }, { "cases_left_open", w->cases },       { "posts_before", w->before },
        { "posts_after", w->after },         { "substitute_named", w->substitute },
    };
    if (m == NULL) return (struct value){ 0 };
    for (size_t i = 0; i < COUNT(all); i++)
        if (str_is(m->code, all[i].code)) return (struct value){ .kind = VALUE_INT, .n = all[i].n };
    return str_is(m->code, "villages") ? w->villages : (struct value){ 0 };
}

static int64_t
measured(struct measures *f, const char *code, struct value *v)
{
    *v = f->units_n > 0 ? measures_of_unit(f, 0, metric_find(str_of(code))) : (struct value){ 0 };
    return v->kind == VALUE_INT ? v->n : 0;
}

/* The station whose service posts count: his unit, or the one above when he works in a village. */
static struct unit_id
station_of(struct db *db, struct unit_id unit)
{
    struct unit_level level;
    struct unit_id up;
    if (!unit_level_of(db, unit, &level) || !str_is(level.rule->scope, "village")) return unit;
    up = unit_parent_on(db, unit, today());
    return up.v ? up : unit;
}

static struct weighed
weigh(struct rq *rq, const struct staff_get_row *s, const struct transfer_form *in, bool covered)
{
    struct transfer_empty_row e;
    struct transfer_cases_row *cases;
    struct value posts;
    struct weighed w = { .substitute = in->substitute.v != 0 };
    struct measures *f = measures_open(rq->db, station_of(rq->db, s->unit), today());
    w.before = measured(f, "service_posts", &posts);
    measured(f, "villages", &w.villages);
    if (w.villages.kind == VALUE_NONE) w.villages = (struct value){ .kind = VALUE_INT };
    bool holds = transfer_empty(rq->db, &e, s->area, s->id, in->on) && e.posts > 0;
    w.empty = w.substitute ? 0 : e.empty;
    w.after = w.before - (holds ? 1 : 0) + (w.substitute ? 1 : 0);
    w.cases = covered ? 0 : (int64_t)transfer_cases(rq->db, &cases, s->area, s->id);
    return w;
}

static bool
allowed_by_rule(struct rq *rq, const struct profile *p, struct weighed *w)
{
    struct expr_error error;
    struct rule_ready ready;
    const struct rule *r = rule_find(STR("R-GD-S3"));
    if (!rule_on(r, p)) return true;
    struct evaluator *ev = evaluator_open();
    bool fine = rule_prepare(ev, rq->arena, r, p, NO_STR, NULL, &ready, &error);
    ready.any_part = false; /* all is given here */
    fine = fine && rule_ask(&ready, rq->arena, weighed_value, w).state == RULE_OK;
    evaluator_close(ev);
    return fine;
}

/* ---- The page ---- */

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    if (f->kind == F_UNIT) return ledger_units_offered(rq, n);
    return ledger_staff_offered(rq, n);
}

static enum http
transfer_page(struct rq *rq)
{
    struct staff_get_row s;
    struct transfer_form values = { .kind = STR("time"), .on = today(), .until = NO_DATE };
    if (!staff_load(rq, &s) || date_known(s.left_on)) return HTTP_NOT_FOUND;
    struct staff_form_page v = { .rq = rq,
                                 .s = &s,
                                 .form = &transfer_form,
                                 .from = { .rq = rq, .values = &values, .choices = offered, .arg = rq } };
    rq->title = str_of(tr(rq->lang, T("调配")));
    staff_form_page(&rq->body, &v);
    return rq->errors == NULL ? HTTP_OK : HTTP_INVALID;
}

/* ---- Doing it ---- */

static void
check(struct rq *rq, const struct staff_get_row *s, const struct transfer_form *in, struct user_id *account)
{
    struct staff_get_row sub;
    struct transfer_account_row a;
    if (!scope_unit(rq, in->target) || unit_area(rq->db, in->target) != s->area)
        rq_invalid(rq, "target", T("该单位不在您的范围内。"));
    if (in->target.v == s->unit.v) rq_invalid(rq, "target", T("他就在这个单位。"));
    if (date_known(in->until) && date_diff(in->until, in->on) <= 0)
        rq_invalid(rq, "until", T("返回日期须晚于起始日期。"));
    if (date_diff(in->on, s->started_on) < 0) rq_invalid(rq, "on", T("不能早于入职日期。"));
    if (in->substitute.v == 0) return;
    if (in->substitute.v == s->id.v || !staff_get(rq->db, &sub, s->area, in->substitute) || date_known(sub.left_on) ||
        !scope_unit(rq, sub.unit))
        rq_invalid(rq, "substitute", T("请从列表中选择。"));
    else if (transfer_account(rq->db, &a, in->substitute))
        *account = a.id;
}

static void
refuse(struct rq *rq, const struct weighed *w)
{
    if (w->empty > 0)
        rq_invalid(
            rq, "substitute",
            tr_fmt(rq->arena, rq->lang, T("调走后有 %lld 处服务岗位无人，请指定替补人员。"), (long long)w->empty).p);
    if (w->cases > 0)
        rq_invalid(
            rq, "substitute",
            tr_fmt(rq->arena, rq->lang, T("他还有 %lld 个在办个案，请指定有账号的替补人员接手。"), (long long)w->cases)
                .p);
    if (rq->errors == NULL) rq_invalid(rq, "substitute", T("调走后服务性岗位少于村（社区）数，请指定替补人员。"));
}

static void
move_posts(struct rq *rq, const struct staff_get_row *s, const struct transfer_form *in)
{
    struct transfer_posts_row *posts;
    bool back = str_is(in->kind, "time");
    size_t n = transfer_posts(rq->db, &posts, s->area, s->id, in->on);
    for (size_t i = 0; i < n; i++) {
        post_dates(rq->db, .area = s->area, .id = posts[i].id, .staff = s->id, .from_on = posts[i].from_on,
                   .to_on = in->on);
        if (in->substitute.v)
            transfer_post(rq->db, .area = s->area, .id = { id_next(s->area) }, .unit = posts[i].unit,
                          .staff = in->substitute, .kind = posts[i].kind, .from_on = in->on, .to_on = in->until);
        if (back)
            transfer_post(rq->db, .area = s->area, .id = { id_next(s->area) }, .unit = posts[i].unit, .staff = s->id,
                          .kind = posts[i].kind, .from_on = in->until, .to_on = NO_DATE);
    }
    struct str kind = n > 0 ? posts[0].kind : STR("worker");
    transfer_post(rq->db, .area = s->area, .id = { id_next(s->area) }, .unit = in->target, .staff = s->id, .kind = kind,
                  .from_on = in->on, .to_on = in->until);
}

static void
hand_over_cases(struct rq *rq, const struct staff_get_row *s, const struct transfer_form *in, struct user_id to)
{
    struct transfer_cases_row *cases;
    size_t n = transfer_cases(rq->db, &cases, s->area, s->id);
    for (size_t i = 0; i < n; i++)
        case_hand_over(rq, cases[i].id, cases[i].account, to, in->reason, in->sign_from, in->sign_to);
}

static enum http
save(struct rq *rq)
{
    const struct transfer_form *in = rq->form;
    struct staff_get_row s;
    struct unit_level level;
    struct user_id account = { 0 };
    struct change_cases_row open;
    struct audit_changes c = { 0 };

    if (!staff_load(rq, &s) || date_known(s.left_on) || !unit_level_of(rq->db, s.unit, &level)) return HTTP_NOT_FOUND;
    check(rq, &s, in, &account);
    bool cases = change_cases(rq->db, &open, s.area, s.id) && open.total > 0;
    if (cases && account.v && (in->sign_from.n == 0 || in->sign_to.n == 0))
        rq_invalid(rq, "sign_from", T("移交在办个案须双方签名。"));
    if (cases && account.v && !may(rq, CASE_ASSIGN)) rq_invalid(rq, "substitute", T("在办个案由站长移交。"));
    if (rq->errors != NULL) return HTTP_INVALID;
    struct weighed w = weigh(rq, &s, in, account.v != 0);
    if (w.cases > 0 || !allowed_by_rule(rq, level.profile, &w)) {
        refuse(rq, &w);
        return HTTP_INVALID;
    }
    if (cases) hand_over_cases(rq, &s, in, account);
    move_posts(rq, &s, in);
    if (str_is(in->kind, "good")) {
        transfer_home(rq->db, s.area, s.id, in->target);
        ledger_follow(rq->db, s.area, s.id, in->target);
        staff_file_change(rq, in->target, s.id, "move", in->on);
    }
    struct entry e = { NO_ENTRY,
                       .unit = str_is(in->kind, "good") ? in->target : s.unit,
                       .staff = s.id,
                       .other = in->substitute,
                       .target = in->target,
                       .kind = in->kind,
                       .on = in->on,
                       .until = in->until,
                       .body = in->reason };
    ledger_add(rq->db, s.area, "transfer", &e, rq->who.user);
    audit_changed(&c, rq->arena, "unit", s.unit_name, unit_name(rq->db, in->target));
    audit_note(rq, s.area, "transfer", "staff", s.id.v, &c, in->reason);
    rules_touch(rq->db, s.unit);
    rules_touch(rq->db, in->target);
    return rq_done(rq, T("已调配"), "/staff/%lld", (long long)s.id.v);
}

const struct route staff_transfer_routes[] = {
    GET("/staff/:staff/transfer", STAFF_WRITE, transfer_page, .scope = staff_scope, .title = T("调配")),
    POST("/staff/:staff/transfer", STAFF_WRITE, save, .scope = staff_scope, .form = &transfer_form,
         .redraw = transfer_page, .title = T("调配")),
};
const size_t staff_transfer_routes_n = COUNT(staff_transfer_routes);
