/* Words and colours of casework. */
#include "casework/case_views.h"

const char *
code_of(const char *table, struct str code, enum lang lang)
{
    return code.n ? codes_label(codes_table(table), code, lang) : "";
}

const char *
state_label(struct str state, enum lang lang)
{
    return code_of("case_states", state, lang);
}

const char *
state_colour(struct str state)
{
    if (str_is(state, "closed") || str_is(state, "follow_up")) return "bg-green-lt";
    if (str_is(state, "suspended")) return "bg-yellow-lt";
    return state_is_open(state) ? "bg-blue-lt" : "bg-secondary-lt";
}

const char *
urgency_label(int64_t urgency, enum lang lang)
{
    char digit[2] = { (char)('0' + urgency % 10), 0 };
    return urgency == NO_INT ? "" : code_of("urgency", str_of(digit), lang);
}

const char *
risk_label(struct str risk, enum lang lang)
{
    if (str_is(risk, "high")) return tr(lang, T("高风险"));
    if (str_is(risk, "medium")) return tr(lang, T("中风险"));
    return str_is(risk, "low") ? tr(lang, T("低风险")) : "";
}

const char *
due_label(struct str kind, enum lang lang)
{
    static const struct { const char *kind, *zh; } words[] = {
        { "decision", T("作出接案决定") }, { "first_contact", T("首次联系") }, { "contact", T("约定联系") },
        { "crisis_forms", T("补齐危急个案表单") }, { "reassess", T("重新预估") }, { "follow_up", T("跟进") },
        { "referral", T("发出转介") },
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(kind, words[i].kind)) return tr(lang, words[i].zh);
    return "";
}

const char *
doc_status_label(struct str status, enum lang lang)
{
    if (str_is(status, "submitted")) return tr(lang, T("已提交"));
    if (str_is(status, "approved")) return tr(lang, T("已通过"));
    if (str_is(status, "returned")) return tr(lang, T("已退回"));
    return tr(lang, T("草稿"));
}

const char *
doc_status_colour(struct str status)
{
    if (str_is(status, "approved")) return "bg-green-lt";
    if (str_is(status, "submitted")) return "bg-blue-lt";
    return str_is(status, "returned") ? "bg-red-lt" : "bg-yellow-lt";
}

const char *
grade_label(struct str grade, enum lang lang)
{
    return code_of("case_grade", grade, lang);
}

struct str
due_text(struct arena *a, enum lang lang, struct instant due)
{
    if (!instant_known(due)) return NO_STR;
    int64_t ms = due.ms - instant_now().ms;
    int days = date_diff(instant_date(due), today());
    if (ms < 0 && days == 0) return tr_fmt(a, lang, T("逾期 %d 小时"), (int)(-ms / 3600000) + 1);
    if (days < 0) return tr_fmt(a, lang, T("逾期 %d 天"), -days);
    if (days == 0) return str_of(tr(lang, T("今天")));
    if (days == 1) return str_of(tr(lang, T("明天")));
    return tr_fmt(a, lang, T("%d天后"), days);
}

const char *
due_colour(struct instant due)
{
    if (!instant_known(due)) return "bg-secondary-lt";
    int64_t ms = due.ms - instant_now().ms;
    return ms < 0 ? "bg-red-lt" : ms < INT64_C(3) * 86400000 ? "bg-yellow-lt" : "bg-secondary-lt";
}

const char *
axis_text(const struct case_axis_row *e, enum lang lang)
{
    if (str_is(e->kind, "record")) return code_of("record_kind", e->from_state, lang);
    if (str_is(e->kind, "state")) return state_label(e->to_state, lang);
    if (str_is(e->kind, "handover")) return tr(lang, T("移交"));
    if (str_is(e->kind, "assigned")) return tr(lang, T("指定责任社工"));
    if (str_is(e->kind, "supervisor")) return tr(lang, T("指定督导"));
    if (str_is(e->kind, "named")) return tr(lang, T("指定可查看人员"));
    if (str_is(e->kind, "conference")) return tr(lang, T("个案会议"));
    if (str_is(e->kind, "team")) return tr(lang, T("个案团队"));
    if (str_is(e->kind, "upgraded")) return tr(lang, T("升级为专业个案"));
    if (str_is(e->kind, "returned")) return tr(lang, T("退回表单"));
    if (str_is(e->kind, "approved")) return tr(lang, T("批准表单"));
    return str_is(e->kind, "submitted") ? tr(lang, T("提交表单")) : "";
}

struct str
person_line(struct arena *a, enum lang lang, struct str sex, struct date born)
{
    int age = date_age(born, today());
    const char *word = code_of("sex", sex, lang);
    return age < 0 ? str_of(word) : tr_fmt(a, lang, T("%s，%d岁"), word, age);
}

static const char *const professional[] = { "intake", "assessment", "planning", "intervention", "evaluation", "closing", "closed" };
static const char *const consultation[] = { "intake", "intervention", "closing", "closed" };

size_t
stages_shown(const struct casefile *k, const char *const **codes)
{
    bool short_way = str_is(k->c.grade, "consultation");
    *codes = short_way ? consultation : professional;
    return short_way ? COUNT(consultation) : COUNT(professional);
}

const char *
stage_class(const struct casefile *k, size_t stage)
{
    const char *const *codes;
    stages_shown(k, &codes);
    struct str here = str_is(k->c.state, "suspended") ? k->c.suspended_from : k->c.state, one = str_of(codes[stage]);
    if (str_eq(here, one)) return str_is(one, "closed") ? "done" : instant_known(k->c.due_at) && k->c.due_at.ms < instant_now().ms ? "late" : "now";
    return state_before(one, here) ? "done" : "";
}
