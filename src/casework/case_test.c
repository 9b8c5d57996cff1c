/* The way of a case: states, gates, clocks and figures (casework.md 1–4). */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "tally/tally.h"
#include "test/cases.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static int64_t
number(const char *what, int64_t id)
{
    return kit_number(k, at(k, "SELECT %s FROM casefile WHERE id = %lld", what, (long long)id));
}

static bool
due_is(int64_t id, const char *kind)
{
    return number(at(k, "CASE WHEN due_kind = '%s' THEN 1 ELSE 0 END", kind), id) == 1;
}

static void
refused(struct kit_reply r, enum http status, const char *words)
{
    assert_int_equal(r.status, status);
    if (words != NULL && !kit_has(r, words)) fail_msg("\"%s\" is not said: %.600s", words, str_z(&k->arena, r.body));
}

static void
not_counted(void *arg, const struct tally_differences_row *row)
{
    (void)arg; (void)row;
}

/* The counters are what a recount finds. */
static void
figures_are_right(void)
{
    kit_begin(k);
    size_t wrong = tally_check(k->db, not_counted, NULL);
    kit_commit(k);
    assert_int_equal(wrong, 0);
}

static void
gz_17_a_case_goes_through_all_stages(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "甲一", "1950-03-01");
    struct sheet g = sheet_of(k, "G");
    int64_t closed = tally_of(k, "case.closed"), for_goals = tally_of(k, "case.closed:1");
    case_to(k, "worker_a", o.id, "closing");
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, "还有未完成的内容");
    assert_true(kit_has(case_page_of(k, "worker_a", o.id), "结案表（G）尚未提交"));
    case_close(k, "worker_a", o.id, &g);
    assert_true(case_in(k, o.id, "closed"));
    assert_int_equal(tally_of(k, "case.closed"), closed + 1);
    assert_int_equal(tally_of(k, "case.closed:1"), for_goals + 1);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_event WHERE case_id = %lld AND kind = 'state'", (long long)o.id)), 7);
    refused(case_step(k, "worker_a", o.id, "begin/E", ""), HTTP_CONFLICT, NULL);
    assert_int_equal(case_step(k, "worker_a", o.id, "next", "").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "archived"));
    figures_are_right();
}

static void
every_gate_names_what_is_missing(void **state)
{
    (void)state;
    struct opened o = { .person = case_person_made(k, "worker_a", "甲二", "1950-03-02") };
    struct kit_reply r = kit_post(k, "worker_a", "/cases/new", at(k, "person=%lld", (long long)o.person));
    o.id = kit_id_in(r.location, "/cases/");
    r = case_page_of(k, "worker_a", o.id);
    assert_true(kit_has(r, "接案记录表（A）尚未提交") && kit_has(r, "尚未判定紧急程度") && kit_has(r, "尚未记录个人信息处理同意"));
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    case_submit(k, "worker_a", o.id, "A");
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    case_consent(k, "worker_a", o.person, "processing", "self");
    assert_int_equal(case_step(k, "worker_a", o.id, "next", "").status, HTTP_SEE_OTHER);
    assert_true(kit_has(case_page_of(k, "worker_a", o.id), "预估表（B）尚未提交"));
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    case_to(k, "worker_a", o.id, "planning");
    r = case_page_of(k, "worker_a", o.id);
    assert_true(kit_has(r, "计划表（D）尚未提交") && kit_has(r, "服务协议（C）尚未提交"));
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    case_to(k, "worker_a", o.id, "intervention");
    assert_true(kit_has(case_page_of(k, "worker_a", o.id), "计划步骤 1 尚未完成或取消"));
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
}

/* covers: GZ-29, GZ-30 */
static void
gz_29_30_a_file_says_how_complete_it_is(void **state)
{
    (void)state;
    struct opened o = { .person = case_person_made(k, "worker_a", "甲二二", "1950-03-02") };
    o.id = kit_id_in(kit_post(k, "worker_a", "/cases/new", at(k, "person=%lld", (long long)o.person)).location, "/cases/");
    struct kit_reply r = case_page_of(k, "worker_a", o.id);
    assert_true(kit_has(r, "基本服务档案 20%") && kit_has(r, "缺：服务对象的基本信息") && kit_has(r, "质量监督与评估档案 0%"));
    o = case_made(k, "worker_a", "甲二三", "1950-03-02");
    case_to(k, "worker_a", o.id, "intervention");
    case_submit(k, "worker_a", o.id, "E");
    r = case_page_of(k, "worker_a", o.id);
    assert_true(kit_has(r, "基本服务档案 80%") && kit_has(r, "缺：服务成效"));
    assert_false(kit_has(r, "缺：服务过程"));
    case_to(k, "worker_a", o.id, "closing");
    struct sheet g = sheet_of(k, "G");
    r = case_page_of(k, "worker_a", o.id);
    assert_true(kit_has(r, "基本服务档案 100%") && kit_has(r, "缺：是否符合基本服务要求"));
    case_close(k, "worker_a", o.id, &g);
    assert_true(kit_has(case_page_of(k, "worker_a", o.id), "质量监督与评估档案 100%"));
}

/* A step is done by a record that names it, or cancelled with a reason. */
static void
a_step_is_cancelled_only_with_a_reason(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "甲三", "1950-03-03");
    struct sheet e = sheet_of(k, "E");
    case_to(k, "worker_a", o.id, "intervention");
    sheet_set(&e, "goal_link", "D.goals:1");
    case_submit_sheet(k, "worker_a", o.id, "E", &e);
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    refused(case_step(k, "worker_a", o.id, "ticks", "item=D.steps:1&state=not_needed"), HTTP_INVALID, NULL);
    assert_int_equal(case_step(k, "worker_a", o.id, "ticks", "item=D.steps:1&state=not_needed&reason=x").status, HTTP_SEE_OTHER);
    assert_int_equal(case_step(k, "worker_a", o.id, "next", "").status, HTTP_SEE_OTHER);
}

static void
without_f_only_an_early_end_leads_to_closing(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "甲四", "1950-03-04");
    struct sheet g = sheet_of(k, "G");
    case_to(k, "worker_a", o.id, "evaluation");
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    refused(case_step(k, "worker_a", o.id, "close", ""), HTTP_INVALID, NULL);
    assert_int_equal(case_step(k, "worker_a", o.id, "close", "reason=x").status, HTTP_SEE_OTHER);
    int64_t form = case_begin(k, "worker_a", o.id, "G");
    refused(case_save(k, "worker_a", o.id, form, &g, "submit"), HTTP_INVALID, "没有评估表（F）时，只能选择提前结案的原因");
    sheet_set(&g, "close_reason", "2");
    refused(case_save(k, "worker_a", o.id, form, &g, "submit"), HTTP_INVALID, "服务对象的表达或告知记录");
    assert_true(case_in(k, o.id, "closing"));
    sheet_set(&g, "client_statement", "不想再来了，谢谢。");
    assert_int_equal(case_save(k, "worker_a", o.id, form, &g, "submit").status, HTTP_SEE_OTHER);
}

static void
reason_41_leads_to_hand_over(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "甲五", "1950-03-05");
    struct sheet g = sheet_of(k, "G");
    case_to(k, "worker_a", o.id, "closing");
    sheet_set(&g, "close_reason", "4");
    sheet_set(&g, "close_reason_sub", "41");
    int64_t form = case_begin(k, "worker_a", o.id, "G");
    refused(case_save(k, "worker_a", o.id, form, &g, "submit"), HTTP_INVALID, "应办理移交");
    struct kit_reply r = kit_get(k, "head_a", at(k, "/cases/reassign?worker=%lld", (long long)kit_user(k, "worker_a").v));
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "甲五"));
}

static void
urgency_1_begins_with_intervention_and_the_forms_follow(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "甲六", "1950-03-06"), calm = case_made(k, "worker_a", "甲七", "1950-03-07");
    struct sheet a = sheet_of(k, "A"), e = sheet_of(k, "E");
    sheet_set(&a, "urgency", "1");
    case_submit_sheet(k, "worker_a", o.id, "A", &a);
    case_submit(k, "worker_a", calm.id, "A");
    refused(case_step(k, "worker_a", calm.id, "crisis", ""), HTTP_CONFLICT, "只有危急个案");
    assert_int_equal(case_step(k, "worker_a", o.id, "crisis", "").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "intervention") && due_is(o.id, "first_contact"));
    sheet_set(&e, "goal_link", NULL);
    sheet_set(&e, "off_plan", "1");
    sheet_set(&e, "off_plan_reason", "危急");
    case_submit_sheet(k, "worker_a", o.id, "E", &e);
    assert_true(due_is(o.id, "crisis_forms"));
    assert_int_equal(number("due_at - opened_at", o.id), INT64_C(72) * 3600000);
    assert_true(kit_has(case_page_of(k, "worker_a", o.id), "危急个案须补齐预估表（B）"));
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    case_submit(k, "worker_a", o.id, "B");
    case_submit(k, "worker_a", o.id, "D");
    case_submit(k, "worker_a", o.id, "C");
    assert_false(due_is(o.id, "crisis_forms"));
}

static void
a_pending_decision_has_seven_days(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "甲八", "1950-03-08");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "decision", "pending");
    int64_t form = o.form_a;
    refused(case_save(k, "worker_a", o.id, form, &a, "submit"), HTTP_INVALID, NULL);       /* the reason is missing */
    sheet_set(&a, "decision_reason", "再核实");
    assert_int_equal(case_save(k, "worker_a", o.id, form, &a, "submit").status, HTTP_SEE_OTHER);
    assert_true(due_is(o.id, "decision"));
    assert_int_equal(number("due_at - opened_at", o.id), INT64_C(7) * 86400000);
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
}

static void
suspend_and_resume(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "甲九", "1950-03-09");
    case_to(k, "worker_a", o.id, "planning");
    refused(case_step(k, "worker_a", o.id, "suspend", ""), HTTP_INVALID, NULL);
    assert_int_equal(case_step(k, "worker_a", o.id, "suspend", "reason=x").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "suspended"));
    assert_int_equal(number("coalesce(due_at, 0)", o.id), 0);
    refused(case_step(k, "worker_a", o.id, "begin/D", ""), HTTP_CONFLICT, NULL);
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    assert_int_equal(case_step(k, "worker_a", o.id, "resume", "").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "planning"));
    figures_are_right();
}

static void
back_is_always_allowed_with_a_reason(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "甲十", "1950-03-10");
    case_to(k, "worker_a", o.id, "intervention");
    refused(case_step(k, "worker_a", o.id, "back/assessment", ""), HTTP_INVALID, NULL);
    refused(case_step(k, "worker_a", o.id, "back/evaluation", "reason=x"), HTTP_CONFLICT, NULL);
    assert_int_equal(case_step(k, "worker_a", o.id, "back/assessment", "reason=x").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "assessment"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_event WHERE case_id = %lld AND to_state = 'assessment'"
                                         " AND from_state = 'intervention' AND reason = 'x'", (long long)o.id)), 1);
}

static void
reopening_takes_the_figures_back(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "乙一", "1950-04-01");
    struct sheet g = sheet_of(k, "G");
    int64_t before = tally_of(k, "case.closed");
    case_to(k, "worker_a", o.id, "closing");
    case_close(k, "worker_a", o.id, &g);
    refused(case_step(k, "worker_a", o.id, "reopen", ""), HTTP_INVALID, NULL);
    assert_int_equal(case_step(k, "worker_a", o.id, "reopen", "reason=x").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "assessment"));
    assert_int_equal(tally_of(k, "case.closed"), before);
    figures_are_right();
    /* The old evaluation does not lead to closing again, nor does the old approval close it. */
    case_to(k, "worker_a", o.id, "evaluation");
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    assert_true(kit_has(case_page_of(k, "worker_a", o.id), "重新打开后尚未提交新的评估表"));
    case_step(k, "worker_a", o.id, "close", "reason=x");
    assert_true(case_in(k, o.id, "closing"));
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    assert_true(case_in(k, o.id, "closing"));
}

static void
follow_ups_are_recorded_and_then_archived(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "乙二", "1950-04-02");
    struct sheet g = sheet_of(k, "G"), e = sheet_of(k, "E");
    case_to(k, "worker_a", o.id, "closing");
    sheet_set(&g, "follow_up", "yes");
    sheet_set(&g, "follow_up_plan.0.on", day_text(k, 30));
    sheet_set(&g, "follow_up_plan.0.way", "phone");
    int64_t form = case_begin(k, "worker_a", o.id, "G");
    refused(case_save(k, "worker_a", o.id, form, &g, "submit"), HTTP_INVALID, NULL);       /* nobody is named for it */
    sheet_set(&g, "follow_up_plan.0.who", at(k, "%lld", (long long)kit_user(k, "worker_a").v));
    case_close(k, "worker_a", o.id, &g);
    assert_true(case_in(k, o.id, "follow_up") && due_is(o.id, "follow_up"));
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    assert_true(kit_has(case_page_of(k, "worker_a", o.id), "还有跟进没有完成"));
    sheet_set(&e, "kind", "follow");
    case_submit_sheet(k, "worker_a", o.id, "E", &e);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_follow WHERE case_id = %lld AND record_id IS NOT NULL", (long long)o.id)), 1);
    assert_int_equal(case_step(k, "worker_a", o.id, "next", "").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "archived"));
    refused(case_step(k, "worker_a", o.id, "begin/E", ""), HTTP_CONFLICT, NULL);
    figures_are_right();
}

/* A closing form that was returned and handed in again plans each follow-up once. */
static void
a_returned_closing_form_plans_follow_ups_once(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "乙三", "1950-04-03");
    struct sheet g = sheet_of(k, "G");
    case_to(k, "worker_a", o.id, "closing");
    sheet_set(&g, "follow_up", "yes");
    sheet_set(&g, "follow_up_plan.0.on", day_text(k, 30));
    sheet_set(&g, "follow_up_plan.0.way", "phone");
    sheet_set(&g, "follow_up_plan.0.who", at(k, "%lld", (long long)kit_user(k, "worker_a").v));
    int64_t form = case_submit_sheet(k, "worker_a", o.id, "G", &g);
    assert_int_equal(case_review_as(k, "head_a", o.id, form, "returned").status, HTTP_SEE_OTHER);
    assert_int_equal(case_save(k, "worker_a", o.id, form, &g, "submit").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_follow WHERE case_id = %lld", (long long)o.id)), 1);
}

/* covers: TY-08
 * TY-08: a consultation case is A, a record and a short G; upgraded it keeps them. */
static void
ty_08_a_consultation_case_is_upgraded(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "乙四", "1950-04-04");
    struct sheet a = sheet_of(k, "A"), e = sheet_of(k, "E");
    sheet_set(&a, "case_grade", "consultation");
    case_submit_sheet(k, "worker_a", o.id, "A", &a);
    assert_int_equal(case_step(k, "worker_a", o.id, "next", "").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "intervention"));
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    sheet_set(&e, "goal_link", NULL);
    sheet_set(&e, "off_plan", "1");
    sheet_set(&e, "off_plan_reason", "咨询");
    case_submit_sheet(k, "worker_a", o.id, "E", &e);
    assert_int_equal(case_step(k, "worker_a", o.id, "upgrade", "").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "assessment"));
    assert_int_equal(number("contacts", o.id), 1);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_form WHERE case_id = %lld AND status = 'submitted'", (long long)o.id)), 2);
    refused(case_step(k, "worker_a", o.id, "upgrade", ""), HTTP_CONFLICT, NULL);
    figures_are_right();
}

static void
ty_08_a_consultation_case_is_closed_without_b_to_f(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "乙五", "1950-04-05");
    struct sheet a = sheet_of(k, "A"), e = sheet_of(k, "E"), g = sheet_of(k, "G");
    sheet_set(&a, "case_grade", "consultation");
    case_submit_sheet(k, "worker_a", o.id, "A", &a);
    case_step(k, "worker_a", o.id, "next", "");
    sheet_set(&e, "goal_link", NULL);
    sheet_set(&e, "off_plan", "1");
    sheet_set(&e, "off_plan_reason", "咨询");
    case_submit_sheet(k, "worker_a", o.id, "E", &e);
    assert_int_equal(case_step(k, "worker_a", o.id, "next", "").status, HTTP_SEE_OTHER);
    case_close(k, "worker_a", o.id, &g);
    assert_true(case_in(k, o.id, "closed"));
}

/* GD-15, R-GD-D1: one plan of service for a person at a time. */
static void
gd_15_a_second_open_case_is_refused_with_a_link(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "乙六", "1950-04-06");
    int64_t cases = kit_number(k, "SELECT count(*) FROM casefile");
    struct kit_reply r = kit_post(k, "worker_a2", "/cases/new", at(k, "person=%lld", (long long)o.person));
    refused(r, HTTP_INVALID, "已有未结个案");
    assert_true(kit_has(r, at(k, "href=\"/cases/%lld\"", (long long)o.id)));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM casefile"), cases);
}

/* R-CW-8: 60 days without a record during intervention. */
static void
r_cw_8_dormant_cases_are_listed(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "乙七", "1950-04-07");
    case_to(k, "worker_a", o.id, "intervention");
    case_submit(k, "worker_a", o.id, "E");
    clock_stop(instant_at(date_add(today(), 60), 12, 0));
    assert_false(kit_has(kit_get(k, "worker_a", "/cases?view=dormant"), "乙七"));
    clock_stop(instant_at(date_add(today(), 1), 12, 0));
    assert_true(kit_has(kit_get(k, "worker_a", "/cases?view=dormant"), "乙七"));
    assert_true(kit_has(kit_get(k, "worker_a", "/"), "休眠个案"));
    clock_stop(NO_TIME);
}

static void
a_declined_case_is_closed_to_everything(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "乙八", "1950-04-08");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "decision", "decline");
    sheet_set(&a, "decision_ground", "scope");
    sheet_set(&a, "decision_reason", "不在范围");
    refused(case_save(k, "worker_a", o.id, o.form_a, &a, "submit"), HTTP_INVALID, "给予的建议");
    sheet_set(&a, "advice_given", "请到办事窗口");
    assert_int_equal(case_save(k, "worker_a", o.id, o.form_a, &a, "submit").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "declined"));
    refused(case_step(k, "worker_a", o.id, "next", ""), HTTP_CONFLICT, NULL);
    figures_are_right();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gz_17_a_case_goes_through_all_stages),
        cmocka_unit_test(every_gate_names_what_is_missing),
        cmocka_unit_test(gz_29_30_a_file_says_how_complete_it_is),
        cmocka_unit_test(a_step_is_cancelled_only_with_a_reason),
        cmocka_unit_test(without_f_only_an_early_end_leads_to_closing),
        cmocka_unit_test(reason_41_leads_to_hand_over),
        cmocka_unit_test(urgency_1_begins_with_intervention_and_the_forms_follow),
        cmocka_unit_test(a_pending_decision_has_seven_days),
        cmocka_unit_test(suspend_and_resume),
        cmocka_unit_test(back_is_always_allowed_with_a_reason),
        cmocka_unit_test(reopening_takes_the_figures_back),
        cmocka_unit_test(follow_ups_are_recorded_and_then_archived),
        cmocka_unit_test(a_returned_closing_form_plans_follow_ups_once),
        cmocka_unit_test(ty_08_a_consultation_case_is_upgraded),
        cmocka_unit_test(ty_08_a_consultation_case_is_closed_without_b_to_f),
        cmocka_unit_test(gd_15_a_second_open_case_is_refused_with_a_link),
        cmocka_unit_test(r_cw_8_dormant_cases_are_listed),
        cmocka_unit_test(a_declined_case_is_closed_to_everything),
    };
    return cmocka_run_group_tests_name("cases", tests, open_kit, close_kit);
}
