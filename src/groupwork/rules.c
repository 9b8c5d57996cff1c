/* Rules across the forms of a group: periods that only go forward, everybody in the attendance list, minutes that add up. */
#include "groupwork/group.h"
#include "codes/codes.h"

struct check { struct rq *rq; struct groupfile *k; const struct doc_form *f; const json_t *doc; struct doc_result *r; };

static void
put_last(struct check *c, struct form_error **first, const char *field, const char *why)
{
    struct form_error **end = first;
    struct str rest = str_of(field);
    const struct doc_field *x = doc_field(c->f, str_cut(&rest, '.'));
    while (*end != NULL) end = &(*end)->next;
    *end = NEW(c->rq->arena, struct form_error, 1);
    **end = (struct form_error){ .field = field, .label = x ? field_label(&x->f, c->rq->lang) : NULL, .why = why };
}

static void
wrong(struct check *c, const char *field, const char *zh)
{
    put_last(c, &c->r->errors, field, tr(c->rq->lang, zh));
}

static int64_t
number(struct str s, int64_t otherwise)
{
    int64_t v;
    return str_int(s, &v) ? v : otherwise;
}

/* "14:30" in minutes of the day; -1 when it is not a time. */
static int
minutes_of(struct str s)
{
    int64_t hour, minute;
    struct str rest = s, head = str_cut(&rest, ':');
    if (rest.n != 2 || head.n == 0 || head.n > 2 || !str_int(head, &hour) || !str_int(rest, &minute)) return -1;
    return hour < 0 || hour > 23 || minute < 0 || minute > 59 ? -1 : (int)(hour * 60 + minute);
}

static void
check_times(struct check *c, bool plan)
{
    struct str from = doc_text(c->doc, "time_from"), to = doc_text(c->doc, "time_to");
    int a = minutes_of(from), b = minutes_of(to), sum = 0;
    if (from.n && a < 0) wrong(c, "time_from", T("请写成 14:30 这样的时间。"));
    if (to.n && b < 0) wrong(c, "time_to", T("请写成 14:30 这样的时间。"));
    if (a >= 0 && b >= 0 && b <= a) wrong(c, "time_to", T("结束时间要晚于开始时间。"));
    if (!plan || a < 0 || b <= a) return;
    for (size_t i = 0; i < doc_rows(c->doc, "activities"); i++) sum += (int)number(doc_cell(c->doc, "activities", i, "minutes"), 0);
    if (sum != b - a)
        put_last(c, &c->r->warnings, "activities", tr_fmt(c->rq->arena, c->rq->lang, T("各项活动共 %d 分钟，计划时间是 %d 分钟。"), sum, b - a).p);
}

static void
check_plan(struct check *c)
{
    int64_t least = number(doc_text(c->doc, "min_size"), 0), plan = number(doc_text(c->doc, "size_plan"), 0), most = number(doc_text(c->doc, "max_size"), 0);
    int64_t before = 0;
    int period = -1;
    if (least && most && least > most) wrong(c, "min_size", T("最少人数不能多于最多人数。"));
    if (plan && ((least && plan < least) || (most && plan > most))) wrong(c, "size_plan", T("计划人数要在最少和最多人数之间。"));
    for (size_t i = 0; i < doc_rows(c->doc, "content"); i++) {
        int64_t no = number(doc_cell(c->doc, "content", i, "number"), 0);
        int at = group_place(doc_cell(c->doc, "content", i, "period"));
        if (no && no <= before) wrong(c, str_fmt(c->rq->arena, "content.%zu.number", i).p, T("节次要从小到大。"));
        if (at >= 0 && at < period) wrong(c, str_fmt(c->rq->arena, "content.%zu.period", i).p, T("时期只能向前，不能退回。"));
        if (no) before = no;
        if (at >= 0) period = at;
    }
    if ((int64_t)doc_rows(c->doc, "content") != number(doc_text(c->doc, "sessions_planned"), (int64_t)doc_rows(c->doc, "content")))
        put_last(c, &c->r->warnings, "content", tr(c->rq->lang, T("各节安排的行数与计划节数不同。")));
}

/* R-GW-3: held against the sessions before and after it. */
static void
check_period(struct check *c, int64_t seq)
{
    struct group_sessions_row *s;
    int own = group_place(doc_text(c->doc, "period"));
    size_t n = own >= 0 ? group_meetings(c->rq, c->k, &s) : 0;
    for (size_t i = 0; i < n; i++) {
        int other = group_place(s[i].period);
        if (other < 0 || str_is(s[i].state, "cancelled") || s[i].number == seq) continue;
        if (s[i].number < seq ? other <= own : other >= own) continue;
        const char *name = group_word("group_period", s[i].period, c->rq->lang);
        put_last(c, &c->r->errors, "period", tr_fmt(c->rq->arena, c->rq->lang, T("时期不能退回：第 %d 节是%s。"), (int)s[i].number, name).p);
        return;
    }
}

/* Members stand in a table at most once, and only those of the group. */
static void
check_members(struct check *c, const char *table)
{
    struct group_members_row *m;
    size_t n = group_people(c->rq, c->k, &m), rows = doc_rows(c->doc, table);
    for (size_t r = 0; r < rows; r++) {
        struct str one = doc_cell(c->doc, table, r, "member");
        int64_t id = number(one, 0);
        bool known = one.n == 0, twice = false;
        for (size_t i = 0; i < n && !known; i++) known = m[i].id.v == id && date_known(m[i].joined_on);
        for (size_t b = 0; b < r && one.n; b++) twice = twice || str_eq(one, doc_cell(c->doc, table, b, "member"));
        const char *at = str_fmt(c->rq->arena, "%s.%zu.member", table, r).p;
        if (!known) wrong(c, at, T("请从列表中选择。"));
        else if (twice) wrong(c, at, T("同一位组员写了两行。"));
    }
}

static void
check_record(struct check *c)
{
    struct group_members_row *m;
    struct date on;
    int own = group_place(doc_text(c->doc, "period"));
    size_t n = group_people(c->rq, c->k, &m);
    if (own > group_place(c->k->g.state)) {
        const char *why = T("小组还在%s：先进入下一阶段，再记录这一时期的小节。");
        put_last(c, &c->r->errors, "period", tr_fmt(c->rq->arena, c->rq->lang, why, group_word("group_states", c->k->g.state, c->rq->lang)).p);
    }
    check_members(c, "attendance");
    check_members(c, "member_notes");
    check_members(c, "special_members");
    if (!date_parse(doc_text(c->doc, "date"), &on)) return;
    if (on.days < c->k->g.opened.days) wrong(c, "date", T("不能早于小组的建立日期。"));
    for (size_t i = 0; i < n; i++) {
        bool there = !group_here(&m[i], on);
        for (size_t r = 0; r < doc_rows(c->doc, "attendance") && !there; r++)
            there = number(doc_cell(c->doc, "attendance", r, "member"), 0) == m[i].id.v;
        if (!there)
            put_last(c, &c->r->errors, "attendance", tr_fmt(c->rq->arena, c->rq->lang, T("缺少组员 %s 的出席。"),
                                                            str_z(c->rq->arena, group_member_name(c->rq, &m[i]))).p);
    }
}

void
group_check(struct rq *rq, struct groupfile *k, const struct doc_form *f, const json_t *doc, int64_t seq, bool final, struct doc_result *r)
{
    struct check c = { rq, k, f, doc, r };
    if (!final) return;
    switch (f->code[0]) {
    case 'H': check_plan(&c); break;
    case 'I':
        check_times(&c, true);
        check_period(&c, seq);
        break;
    case 'J':
        check_times(&c, false);
        check_period(&c, seq);
        check_record(&c);
        break;
    default: check_members(&c, "member_change"); break;
    }
}
