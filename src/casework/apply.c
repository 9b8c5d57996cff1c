/* What a submitted form changes in the case, and the rules that hold across forms. */
#include "casework/casework.h"
#include "audit/audit.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "tally/tally.h"

static int64_t
number(struct str s, int64_t otherwise)
{
    int64_t v;
    return str_int(s, &v) ? v : otherwise;
}

static struct date
day(struct str s)
{
    struct date d;
    return date_parse(s, &d) ? d : NO_DATE;
}

static struct str
or_none(struct str s)
{
    return s.n ? s : NO_STR;
}

/* The highest of: two (a case is never less), the client's categories, the services, a minor (codes.md 9.2). */
static int64_t
level_of(const struct casefile *k, struct str codes)
{
    int64_t level = k->c.person_level > 2 ? k->c.person_level : 2;
    int age = date_age(k->c.born, today());
    if (age >= 0 && age < profile_param(k->profile, "minor_age", 18) && level < 3) level = 3;
    while (codes.n) {
        int one = catalogue_level(str_cut(&codes, ','));
        if (one > level) level = one;
    }
    return level;
}

static void
codes_of_case(struct rq *rq, struct casefile *k, struct str codes, struct str primary)
{
    int64_t area = id_area(k->c.id.v);
    if (!str_eq(k->c.code, primary)) {
        tally_add_code(rq->db, area, k->c.unit, k->c.opened, "case.code", k->c.code, -1);
        tally_add_code(rq->db, area, k->c.unit, k->c.opened, "case.code", primary, 1);
        k->c.code = primary;
    }
    case_code_clear(rq->db, area, k->c.id);
    while (codes.n) case_code_add(rq->db, area, k->c.id, str_cut(&codes, ','));
}

static void
apply_a(struct rq *rq, struct casefile *k, const json_t *doc)
{
    struct str codes = doc_text(doc, "catalogue_codes"), rest = codes, primary = str_cut(&rest, ','), decision = doc_text(doc, "decision");
    int64_t area = id_area(k->c.id.v), worker = number(doc_text(doc, "assigned_worker"), k->c.worker.v);

    codes_of_case(rq, k, codes, or_none(primary));
    k->c.urgency = number(doc_text(doc, "urgency"), 4);
    k->c.crisis = k->c.urgency == 1;
    k->c.level = level_of(k, codes);
    k->c.decision = decision;
    k->c.decided = str_is(decision, "pending") ? NO_DATE : today();
    k->c.grade = doc_text(doc, "case_grade");
    case_set_intake(rq->db, .area = area, .id = k->c.id, .grade = k->c.grade, .source = doc_text(doc, "source"),
                    .client_kind = doc_text(doc, "client_kind"), .urgency = k->c.urgency, .risk_flags = or_none(doc_text(doc, "risk_flags")),
                    .crisis = k->c.crisis, .service_category = or_none(doc_text(doc, "service_category")), .code = k->c.code,
                    .level = k->c.level, .decision = decision, .decided = k->c.decided, .worker = { worker });
    if (worker != k->c.worker.v) {
        k->c.worker.v = worker;
        case_event_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .at = instant_now(), .by = rq->who.user,
                       .kind = STR("assigned"), .reason = NO_STR);
    }
    if (str_is(k->c.state, "intake") && str_is(decision, "decline")) case_enter(rq, k, STR("declined"), doc_text(doc, "decision_reason"));
    else if (str_is(k->c.state, "intake") && str_is(decision, "refer")) case_enter(rq, k, STR("referred_out"), doc_text(doc, "decision_reason"));
}

/* One contact: a row for the time axis and the figures, the case's last contact, the counters of that day. */
static void
apply_e(struct rq *rq, struct casefile *k, struct doc_id id, const json_t *doc)
{
    int64_t area = id_area(k->c.id.v);
    struct instant from = NO_TIME, to = NO_TIME;
    instant_parse(doc_text(doc, "start_at"), &from);
    instant_parse(doc_text(doc, "end_at"), &to);
    int64_t minutes = instant_known(from) && instant_known(to) ? (to.ms - from.ms) / 60000 : 0;
    struct date on = instant_date(from), next = day(doc_text(doc, "next_on"));
    struct record_id record = { id_next(area) };

    record_insert(rq->db, .area = area, .id = record, .case_ = k->c.id, .doc = id, .unit = k->c.unit, .person = k->c.person,
                  .worker = rq->who.user, .kind = doc_text(doc, "kind"), .on = on, .start_at = from, .minutes = minutes,
                  .unplanned = str_is(doc_text(doc, "off_plan"), "1"));
    case_set_contact(rq->db, .area = area, .id = k->c.id, .last = on, .next = next, .minutes = minutes);
    tally_contact(rq->db, area, k->c.unit, on, k->c.person, minutes);
    k->c.contacts++;
    k->c.minutes += minutes;
    k->c.last = on;
    k->c.next = next;
    if (doc_text(doc, "risk_flags").n) case_set_risk(rq->db, area, k->c.id, NO_STR, doc_text(doc, "risk_flags"));
    if (str_is(k->c.state, "follow_up")) case_follow_done(rq->db, area, k->c.id, record);
}

/* A record that was returned or corrected keeps its place on the time axis; its figures are not counted twice. */
static bool
counted(struct rq *rq, struct doc_id id)
{
    struct record_counted_row r;
    return record_counted(rq->db, &r, id_area(id.v), id) && r.total > 0;
}

static void
apply_g(struct rq *rq, struct casefile *k, const json_t *doc)
{
    int64_t area = id_area(k->c.id.v);
    k->c.close_reason = doc_text(doc, "close_reason");
    k->c.close_sub = or_none(doc_text(doc, "close_reason_sub"));
    k->c.outcome = str_is(doc_text(doc, "referral"), "1") ? STR("referred") : NO_STR;
    case_set_close(rq->db, .area = area, .id = k->c.id, .reason = k->c.close_reason, .sub = k->c.close_sub, .outcome = k->c.outcome);
    case_follow_clear(rq->db, area, k->c.id);
    for (size_t i = 0; i < doc_rows(doc, "follow_up_plan") && str_is(doc_text(doc, "follow_up"), "yes"); i++) {
        struct date on = day(doc_cell(doc, "follow_up_plan", i, "on"));
        if (date_known(on))
            case_follow_add(rq->db, .area = area, .id = { id_next(area) }, .case_ = k->c.id, .on = on,
                            .way = or_none(doc_cell(doc, "follow_up_plan", i, "way")), .worker = k->c.worker);
    }
}

void
case_apply(struct rq *rq, struct casefile *k, const struct doc_form *f, struct doc_id id, const json_t *doc)
{
    switch (f->code[0]) {
    case 'A': apply_a(rq, k, doc); break;
    case 'B': case_set_risk(rq->db, id_area(k->c.id.v), k->c.id, or_none(doc_text(doc, "risk_level")), NO_STR); break;
    case 'E': if (!counted(rq, id)) apply_e(rq, k, id, doc); break;
    case 'G': apply_g(rq, k, doc); break;
    default: break;
    }
    case_clock(rq, k);
}

/* ---- Rules across forms ---- */

static const struct { char form; const char *field; } dates[] = {
    { 'A', "intake_date" }, { 'B', "assess_date" }, { 'D', "plan_date" }, { 'C', "sign_date" }, { 'F', "eval_date" }, { 'G', "close_date" },
};

static struct date
date_of_form(const json_t *doc, const char *field)
{
    struct str text = doc_text(doc, field);
    return day(text.n > 10 ? (struct str){ text.p, 10 } : text);
}

static void
add_error(struct rq *rq, const struct doc_form *f, struct doc_result *r, const char *field, const char *why)
{
    struct form_error **end = &r->errors;
    const struct doc_field *x = field ? doc_field(f, str_of(field)) : NULL;
    while (*end != NULL) end = &(*end)->next;
    *end = NEW(rq->arena, struct form_error, 1);
    **end = (struct form_error){ .field = field, .label = x ? field_label(&x->f, rq->lang) : NULL, .why = why };
}

/* R-CW-1: A ≤ B ≤ D ≤ C ≤ F ≤ G by date; each form is held against the ones before it. */
static void
check_order(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, struct doc_result *r)
{
    for (size_t i = 0; i < COUNT(dates); i++) {
        if (dates[i].form != f->code[0]) continue;
        struct date own = date_of_form(doc, dates[i].field);
        for (size_t b = 0; b < i && date_known(own); b++) {
            char letter[2] = { dates[b].form, 0 };
            const json_t *before = case_form(rq, k, letter);
            struct date then = before ? date_of_form(before, dates[b].field) : NO_DATE;
            if (!date_known(then) || then.days <= own.days) continue;
            char text[16];
            date_print(then, text);
            add_error(rq, f, r, dates[i].field, tr_fmt(rq->arena, rq->lang, T("不能早于表%s的日期（%s）。"), letter, text).p);
            return;
        }
    }
}

/* A record lies after the agreement, except in a crisis and in a consultation. */
static void
check_record(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, struct doc_result *r)
{
    struct date on = date_of_form(doc, "start_at");
    const json_t *c = case_form(rq, k, "C");
    if (date_known(on) && on.days > today().days) add_error(rq, f, r, "start_at", tr(rq->lang, T("记录的时间不能晚于今天。")));
    if (date_known(on) && on.days < k->c.opened.days) add_error(rq, f, r, "start_at", tr(rq->lang, T("记录的时间不能早于接案日期。")));
    if (c == NULL || k->c.crisis || str_is(k->c.grade, "consultation")) return;
    struct date agreed = date_of_form(c, "sign_date");
    if (date_known(on) && date_known(agreed) && on.days < agreed.days)
        add_error(rq, f, r, "start_at", tr(rq->lang, T("记录的时间不能早于服务协议的签订日期。")));
}

/* Is any value of level S3 or above filled in? */
static bool
has_sensitive(const struct doc_form *f, const json_t *doc)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->fields[i].f.level >= 3 && json_object_get(doc, f->fields[i].f.name) != NULL) return true;
    return false;
}

/* R-CW-7, PIPL art. 31: under 14 no sensitive value is saved before the guardian consented. */
static void
check_child(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, struct doc_result *r)
{
    int age = date_age(k->c.born, today());
    struct consent_held_row held;
    if (age < 0 || age >= profile_param(k->profile, "child_age", 14) || !has_sensitive(f, doc)) return;
    if (consent_held(rq->db, &held, id_area(k->c.id.v), k->c.person, STR("guardian")) && held.total > 0) return;
    add_error(rq, f, r, NULL, tr(rq->lang, T("服务对象未满14周岁：须先取得监护人同意，才能保存敏感信息。")));
}

void
case_check(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, bool final, struct doc_result *r)
{
    check_child(rq, k, f, doc, r);
    if (!final) return;
    if (f->code[0] == 'E') check_record(rq, k, f, doc, r);
    else check_order(rq, k, f, doc, r);
    if (f->code[0] == 'G') {
        const struct code_entry *e = codes_find(codes_table("case_close_reason"), doc_text(doc, "close_reason"));
        bool early = e != NULL && codes_flag(e, "early");
        if (!early && case_form(rq, k, "F") == NULL && !str_is(k->c.grade, "consultation"))
            add_error(rq, f, r, "close_reason", tr(rq->lang, T("没有评估表（F）时，只能选择提前结案的原因。")));
        if (str_is(doc_text(doc, "close_reason_sub"), "41"))
            add_error(rq, f, r, "close_reason_sub", tr(rq->lang, T("社工离职或调动应办理移交，不应结案。")));
    }
}

/* When a form may be begun: the order of the process, and the notice before form B (8.1.3(3), GZ-34). */
const char *
case_form_closed(struct rq *rq, struct casefile *k, struct str form)
{
    const json_t *a = case_form(rq, k, "A");
    bool begun = state_is_open(k->c.state) && !str_is(k->c.state, "suspended");
    if (str_is(form, "E")) {
        if (str_is(k->c.state, "intervention") || str_is(k->c.state, "follow_up") || str_is(k->c.state, "evaluation")) return NULL;
        if (str_is(k->c.grade, "consultation") && begun) return NULL;
        return begun && k->c.crisis ? NULL : tr(rq->lang, T("进入介入阶段后才能填写过程记录。"));
    }
    if (!begun) return tr(rq->lang, T("个案已结束或中止，不能再填写表单。"));
    if (str_is(form, "A")) return NULL;
    if (a == NULL) return tr(rq->lang, T("请先提交接案记录表（A）。"));
    if (!str_is(doc_text(a, "confidentiality_notice"), "1")) return tr(rq->lang, T("请先告知服务对象保密规定及资料用途。"));
    if (str_is(form, "B") && str_is(k->c.state, "intake") && !k->c.crisis) return tr(rq->lang, T("请先进入预估阶段。"));
    if (str_is(form, "D") || str_is(form, "C")) {
        const json_t *b = case_form(rq, k, "B");
        if (b == NULL) return tr(rq->lang, T("预估表（B）尚未完成，不能填写计划。"));
        if (str_is(form, "C") && case_form(rq, k, "D") == NULL) return tr(rq->lang, T("请先提交计划表（D）。"));
    }
    if (str_is(form, "F") && state_before(k->c.state, STR("evaluation"))) return tr(rq->lang, T("请先进入评估阶段。"));
    if (str_is(form, "G") && !str_is(k->c.state, "closing")) return tr(rq->lang, T("请先进入结案阶段。"));
    return NULL;
}
