/* The rules that hold across the forms of a case (casework.md 7), hints, and when a form may be begun. */
#include "casework/casework.h"
#include "codes/codes.h"
#include "seal/seal.h"

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


static const struct { char form; const char *field; } dates[] = {
    { 'A', "intake_date" }, { 'B', "assess_date" }, { 'D', "plan_date" }, { 'C', "sign_date" }, { 'F', "eval_date" }, { 'G', "close_date" },
};

/* The day of a date or of a time. */
static struct date
date_part(struct str text)
{
    return day(text.n > 10 ? (struct str){ text.p, 10 } : text);
}

static struct date
date_in(const json_t *doc, const char *field)
{
    return date_part(doc_text(doc, field));
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
        struct date own = date_in(doc, dates[i].field);
        for (size_t b = 0; b < i && date_known(own); b++) {
            char letter[2] = { dates[b].form, 0 };
            const json_t *before = case_form(rq, k, letter);
            struct date then = before ? date_in(before, dates[b].field) : NO_DATE;
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
    struct date on = date_in(doc, "start_at");
    const json_t *c = case_form(rq, k, "C");
    if (date_known(on) && on.days > today().days) add_error(rq, f, r, "start_at", tr(rq->lang, T("记录的时间不能晚于今天。")));
    if (date_known(on) && on.days < k->c.opened.days) add_error(rq, f, r, "start_at", tr(rq->lang, T("记录的时间不能早于接案日期。")));
    if (c == NULL || k->c.crisis || str_is(k->c.grade, "consultation")) return;
    struct date agreed = date_in(c, "sign_date");
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

bool
case_waits_for_guardian(struct rq *rq, const struct casefile *k)
{
    int age = date_age(k->c.born, today());
    struct consent_held_row held;
    if (age < 0 || age >= profile_param(k->profile, "child_age", 14)) return false;
    return !consent_held(rq->db, &held, id_area(k->c.id.v), k->c.person, STR("guardian")) || held.total == 0;
}

static void
check_child(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, struct doc_result *r)
{
    if (!has_sensitive(f, doc) || !case_waits_for_guardian(rq, k)) return;
    add_error(rq, f, r, NULL, tr(rq->lang, T("服务对象未满14周岁：须先取得监护人同意，才能保存敏感信息。")));
}

/* What age says about civil capacity (民法典第十七条至第二十条; GZ-12).  From 16 on who lives by his own work has full capacity. */
static void
check_capacity(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, struct doc_result *r)
{
    int age = date_age(k->c.born, today());
    struct str capacity = doc_text(doc, "capacity");
    if (age >= 0 && age < 8 && !str_is(capacity, "none"))
        add_error(rq, f, r, "capacity", tr(rq->lang, T("不满8周岁的未成年人无民事行为能力。")));
    else if (age >= 0 && age < 16 && str_is(capacity, "full"))
        add_error(rq, f, r, "capacity", tr(rq->lang, T("不满16周岁的未成年人没有完全民事行为能力。")));
}

/* R-CW-2: form A names the first responsible worker, one of the station; after that he changes by hand-over only. */
static void
check_worker(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, struct doc_result *r)
{
    struct case_workers_row *rows;
    struct str text = doc_text(doc, "assigned_worker");
    int64_t worker = number(text, 0);
    size_t n = case_workers(rq->db, &rows, k->c.unit), i = 0;
    if (text.n == 0 || worker == k->c.worker.v) return;
    while (i < n && rows[i].id.v != worker) i++;
    if (i == n) add_error(rq, f, r, "assigned_worker", tr(rq->lang, T("请从列表中选择。")));
    else if (!str_is(k->c.state, "intake"))
        add_error(rq, f, r, "assigned_worker", tr(rq->lang, T("更换责任社工须办理移交，由双方签名。")));
}

/* Contact counts as lost after attempts on different days within one month (casework.md 3, reason 8). */
static void
check_attempts(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, struct doc_result *r)
{
    size_t rows = doc_rows(doc, "contact_attempts"), days = 0;
    int64_t least = profile_param(k->profile, "contact_attempts", 3);
    struct date *on = NEW(rq->arena, struct date, rows + 1), last = NO_DATE;
    for (size_t i = 0; i < rows; i++) {
        on[i] = date_part(doc_cell(doc, "contact_attempts", i, "at"));
        if (date_known(on[i]) && (!date_known(last) || on[i].days > last.days)) last = on[i];
    }
    for (size_t i = 0; i < rows; i++) {
        bool counts = date_known(on[i]) && on[i].days >= date_add_months(last, -1).days;
        for (size_t j = 0; j < i && counts; j++) counts = on[j].days != on[i].days;
        days += counts;
    }
    if ((int64_t)days < least)
        add_error(rq, f, r, "contact_attempts", tr_fmt(rq->arena, rq->lang, T("一个月内至少在 %d 个不同的日期联系过，才算失联。"), (int)least).p);
}

static void
check_closing(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, struct doc_result *r)
{
    struct str reason = doc_text(doc, "close_reason");
    const struct code_entry *e = codes_find(codes_table("case_close_reason"), reason);
    bool early = e != NULL && codes_flag(e, "early");
    if (!early && case_form(rq, k, "F") == NULL && !str_is(k->c.grade, "consultation"))
        add_error(rq, f, r, "close_reason", tr(rq->lang, T("没有评估表（F）时，只能选择提前结案的原因。")));
    if (str_is(doc_text(doc, "close_reason_sub"), "41"))
        add_error(rq, f, r, "close_reason_sub", tr(rq->lang, T("社工离职或调动应办理移交，不应结案。")));
    if (str_is(reason, "8")) check_attempts(rq, k, f, doc, r);
}

void
case_check(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, bool final, struct doc_result *r)
{
    check_child(rq, k, f, doc, r);
    if (!final) return;
    if (f->code[0] == 'E') check_record(rq, k, f, doc, r);
    else check_order(rq, k, f, doc, r);
    if (f->code[0] == 'A') {
        check_capacity(rq, k, f, doc, r);
        check_worker(rq, k, f, doc, r);
    }
    if (f->code[0] == 'G') check_closing(rq, k, f, doc, r);
}

/* ---- Hints ---- */

static void
hint(struct rq *rq, const struct doc_form *f, struct doc_result *r, const char *field, const char *why)
{
    struct form_error *e = NEW(rq->arena, struct form_error, 1);
    const struct doc_field *x = doc_field(f, str_of(field));
    *e = (struct form_error){ .field = field, .label = field_label(&x->f, rq->lang), .why = why, .next = r->warnings };
    r->warnings = e;
}

/* What makes a plan: two clients with the same words get a hint (GZ-09: 个别化). */
struct str
case_text_hash(struct rq *rq, const struct doc_form *f, const json_t *doc)
{
    struct buf b = { .arena = rq->arena };
    if (f->code[0] != 'D') return NO_STR;
    put_raw(&b, doc_text(doc, "purpose"));
    for (size_t i = 0; i < doc_rows(doc, "goals"); i++) put_raw(&b, doc_cell(doc, "goals", i, "goal"));
    put_raw(&b, doc_text(doc, "strategies"));
    return b.n > 60 ? seal_hash(rq->arena, "case.plan", buf_str(&b)) : NO_STR;         /* a few words are no copy */
}

/* The same service from two sides (R-HN-3, HN-18): a hint that shows the first one. */
static void
same_service(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, struct doc_result *r)
{
    struct docs_same_service_row first;
    struct str codes = doc_text(doc, "catalogue_codes");
    char day[16];
    if (f->code[0] != 'A' || codes.n == 0) return;
    if (!docs_same_service(rq->db, &first, .area = id_area(k->c.id.v), .case_ = k->c.id, .person = k->c.person, .me = rq->who.user,
                           .opened = k->c.opened, .closed = k->c.closed, .codes = codes)) return;
    date_print(first.opened, day);
    hint(rq, f, r, "catalogue_codes", tr_fmt(rq->arena, rq->lang, T("服务项目 %s 同一时期已在个案 %s（%s，%s 接案）提供，请避免重复。"),
         str_z(rq->arena, first.code), str_z(rq->arena, first.no), str_z(rq->arena, first.unit_name), day).p);
}

void
case_hints(struct rq *rq, const struct casefile *k, const struct doc_form *f, const json_t *doc, struct instant written, struct doc_result *r)
{
    struct docs_same_text_row same;
    struct str hash = case_text_hash(rq, f, doc);
    struct instant end;
    int64_t hours = profile_param(k->profile, "record_hours", 24);
    if (hash.n && docs_same_text(rq->db, &same, id_area(k->c.id.v), k->c.id, hash) && same.total > 0)
        hint(rq, f, r, "purpose", tr(rq->lang, T("这份计划与另一位服务对象的计划文字相同，请按本人情况调整。")));
    same_service(rq, k, f, doc, r);
    if (f->code[0] == 'E' && instant_parse(doc_text(doc, "end_at"), &end) && written.ms - end.ms > hours * 3600000)
        hint(rq, f, r, "end_at", tr_fmt(rq->arena, rq->lang, T("记录在接触后超过%d小时才完成。"), (int)hours).p);
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
