/* The rules of casework, each test named after its rule (casework.md 7, systems.md GZ). */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "codes/codes.h"
#include "test/cases.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static int64_t
status_is(int64_t form, const char *status)
{
    return kit_number(k, at(k, "SELECT count(*) FROM case_form WHERE id = %lld AND status = '%s'", (long long)form, status));
}

static void
refused(struct kit_reply r, const char *words)
{
    assert_int_equal(r.status, HTTP_INVALID);
    if (!kit_has(r, words)) fail_msg("\"%s\" is not said: %.600s", words, str_z(&k->arena, r.body));
}

static void
taken(struct kit_reply r)
{
    const char *body = str_z(&k->arena, r.body), *why = strstr(body, "alert-danger");
    if (r.status != HTTP_SEE_OTHER) fail_msg("%d %.800s", (int)r.status, why ? why : body);
}

/* A form that can be begun, with one value that must not pass. */
static int64_t
begun(struct opened o, const char *letter)
{
    int64_t form = case_begin(k, "worker_a", o.id, letter);
    assert_true(form != 0);
    return form;
}

static void
r_cw_1_the_forms_follow_each_other_by_date(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "丙一", "1950-05-01");
    struct sheet b = sheet_of(k, "B"), d = sheet_of(k, "D"), c = sheet_of(k, "C"), e = sheet_of(k, "E");
    case_to(k, "worker_a", o.id, "assessment");
    int64_t form = begun(o, "B");
    sheet_set(&b, "assess_date", day_text(k, -1));
    refused(case_save(k, "worker_a", o.id, form, &b, "submit"), "不能早于表A的日期");
    assert_int_equal(status_is(form, "draft"), 1);
    case_to(k, "worker_a", o.id, "planning");
    sheet_set(&d, "plan_date", day_text(k, -1));
    refused(case_save(k, "worker_a", o.id, begun(o, "D"), &d, "submit"), "不能早于表A的日期");
    case_submit(k, "worker_a", o.id, "D");
    sheet_set(&c, "sign_date", day_text(k, -1));
    refused(case_save(k, "worker_a", o.id, begun(o, "C"), &c, "submit"), "不能早于");
    case_to(k, "worker_a", o.id, "intervention");
    sheet_set(&e, "start_at", at(k, "%sT09:00", day_text(k, -1)));
    refused(case_save(k, "worker_a", o.id, begun(o, "E"), &e, "submit"), "记录的时间不能早于");
    sheet_set(&e, "start_at", at(k, "%sT09:00", day_text(k, 1)));
    sheet_set(&e, "end_at", at(k, "%sT10:00", day_text(k, 1)));
    refused(case_save(k, "worker_a", o.id, begun(o, "E"), &e, "submit"), "记录的时间不能晚于今天");
}

static void
r_cw_3_notice_comes_before_closing(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "丙二", "1950-05-02");
    struct sheet g = sheet_of(k, "G");
    case_to(k, "worker_a", o.id, "closing");
    int64_t form = begun(o, "G");
    sheet_set(&g, "notice_date", day_text(k, 0));
    refused(case_save(k, "worker_a", o.id, form, &g, "submit"), "提前告知日期须早于结案日期");
    sheet_set(&g, "notice_date", NULL);
    refused(case_save(k, "worker_a", o.id, form, &g, "submit"), "此项必填");
    sheet_set(&g, "close_reason", "4");
    sheet_set(&g, "close_reason_sub", "43");        /* nobody to tell */
    sheet_set(&g, "notice_way", NULL);
    sheet_set(&g, "client_reaction", NULL);
    taken(case_save(k, "worker_a", o.id, form, &g, "submit"));
}

static void
r_cw_4_goals_steps_and_records_are_linked(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "丙三", "1950-05-03");
    struct sheet d = sheet_of(k, "D"), e = sheet_of(k, "E");
    case_to(k, "worker_a", o.id, "planning");
    int64_t form = begun(o, "D");
    sheet_set(&d, "goals.0.need", "7");
    refused(case_save(k, "worker_a", o.id, form, &d, "submit"), "每个目标须对应一项需要");
    sheet_set(&d, "goals.0.need", "1");
    sheet_set(&d, "steps.0.goal", "2");
    refused(case_save(k, "worker_a", o.id, form, &d, "submit"), "每个步骤须对应一个目标");
    case_to(k, "worker_a", o.id, "intervention");
    form = begun(o, "E");
    sheet_set(&e, "goal_link", NULL);
    refused(case_save(k, "worker_a", o.id, form, &e, "submit"), "每次记录须对应计划");
    sheet_set(&e, "goal_link", "D.goals:9");
    refused(case_save(k, "worker_a", o.id, form, &e, "submit"), "计划中没有这个目标或步骤");
    sheet_set(&e, "goal_link", NULL);
    sheet_set(&e, "off_plan", "1");
    refused(case_save(k, "worker_a", o.id, form, &e, "submit"), "计划外原因");
    sheet_set(&e, "off_plan_reason", "临时来访");
    taken(case_save(k, "worker_a", o.id, form, &e, "submit"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_record WHERE case_id = %lld AND unplanned = 1", (long long)o.id)), 1);
}

static void
r_cw_5_effect_and_process_by_both_kinds_of_method(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "丙四", "1950-05-04");
    case_to(k, "worker_a", o.id, "evaluation");
    int64_t form = begun(o, "F");
    static const char *const parts[] = { "methods_quantitative", "methods_qualitative", "client_change", "staff_performance", "reflection" };
    for (size_t i = 0; i < COUNT(parts); i++) {
        struct sheet f = sheet_of(k, "F");
        sheet_set(&f, parts[i], NULL);
        refused(case_save(k, "worker_a", o.id, form, &f, "submit"), "此项必填");
        assert_int_equal(status_is(form, "draft"), 1);
    }
    struct sheet f = sheet_of(k, "F");
    sheet_set(&f, "client_participated", "0");
    sheet_set(&f, "client_absent_reason", "住院");
    taken(case_save(k, "worker_a", o.id, form, &f, "submit"));
}

/* covers: GZ-10
 * GZ-10, R-CW-6: the grounds of 4.2.4 are not among the reasons. */
static void
gz_10_no_ground_of_discrimination_can_be_chosen(void **state)
{
    (void)state;
    static const char *const grounds[] = { "年龄", "性别", "民族", "宗教", "态度", "行为", "生理", "身体", "心理", "精神" };
    size_t n;
    const struct doc_field *x = doc_field(doc_form(STR("A")), STR("decision_ground"));
    const struct choice *all = field_choices(&x->f, &n);
    assert_true(n >= 3);
    for (size_t i = 0; i < n; i++)
        for (size_t g = 0; g < COUNT(grounds); g++)
            if (strstr(all[i].zh, grounds[g])) fail_msg("%s", all[i].zh);
    struct opened o = case_made(k, "worker_a", "丙五", "1950-05-05");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "decision", "decline");
    sheet_set(&a, "decision_ground", "attitude");
    sheet_set(&a, "decision_reason", "x");
    sheet_set(&a, "advice_given", "x");
    assert_int_equal(case_save(k, "worker_a", o.id, o.form_a, &a, "submit").status, HTTP_INVALID);
    sheet_set(&a, "decision_ground", NULL);
    refused(case_save(k, "worker_a", o.id, o.form_a, &a, "submit"), "不接案的原因类别");
}

/* covers: GZ-08 */
static void
gz_08_the_relation_of_interest_is_declared(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "丙六", "1950-05-06");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "interest_relation", NULL);
    refused(case_save(k, "worker_a", o.id, o.form_a, &a, "submit"), "利益关系");
    sheet_set(&a, "interest_relation", "yes");
    refused(case_save(k, "worker_a", o.id, o.form_a, &a, "submit"), "利益关系说明");
    sheet_set(&a, "interest_relation_note", "邻居");
    taken(case_save(k, "worker_a", o.id, o.form_a, &a, "submit"));
}

/* covers: GZ-11 */
static void
gz_11_a_label_word_gets_a_hint_and_is_saved(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "丙七", "1950-05-07");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "presenting_problem", "村里说他是问题少年。");
    struct kit_reply r = case_save(k, "worker_a", o.id, o.form_a, &a, "submit");
    taken(r);
    r = kit_get(k, "worker_a", at(k, "/cases/%lld/forms/%lld", (long long)o.id, (long long)o.form_a));
    assert_true(kit_has(r, "问题少年"));
    assert_true(kit_has(r, "可能给人贴标签"));
}

/* covers: GZ-12
 * GZ-12: what age says about capacity, and the guardian that follows from it. */
static void
gz_12_a_minor_has_a_guardian(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "丙八", at(k, "%d-01-01", date_ymd(today()).y - 9));
    struct sheet a = sheet_of(k, "A"), c;
    refused(case_save(k, "worker_a", o.id, o.form_a, &a, "submit"), "未成年人");
    sheet_set(&a, "capacity", "limited");
    refused(case_save(k, "worker_a", o.id, o.form_a, &a, "submit"), "监护人");
    sheet_set(&a, "guardian", "母亲");
    sheet_set(&a, "guardian_relation", "52");
    sheet_set(&a, "guardian_phone", "13800000002");
    sheet_set(&a, "catalogue_codes", "1.1");
    taken(case_save(k, "worker_a", o.id, o.form_a, &a, "submit"));
    case_to(k, "worker_a", o.id, "planning");
    case_submit(k, "worker_a", o.id, "D");
    c = sheet_of(k, "C");
    sheet_set(&c, "sign_guardian", NULL);
    refused(case_save(k, "worker_a", o.id, begun(o, "C"), &c, "submit"), "须由监护人签订");
    sheet_set(&c, "party_guardian", "母亲");
    sheet_set(&c, "sign_guardian", case_sign);
    taken(case_save(k, "worker_a", o.id, begun(o, "C"), &c, "submit"));
    struct opened small = case_made(k, "worker_a", "丙九", at(k, "%d-01-01", date_ymd(today()).y - 5));
    sheet_set(&a, "capacity", "limited");
    refused(case_save(k, "worker_a", small.id, small.form_a, &a, "submit"), "不满8周岁");
}

/* R-CW-7, PIPL art. 31: not even a draft, and nothing that is filled in by itself. */
static void
r_cw_7_no_sensitive_value_of_a_child_before_consent(void **state)
{
    (void)state;
    const char *born = at(k, "%d-02-01", date_ymd(today()).y - 10);
    struct kit_reply r = kit_post(k, "worker_a", "/people/new",
                                  at(k, "name=%s&born=%s&phone=13800000009&division=350424100001&address=%s", kit_enc(k, "丙十").p, born, kit_enc(k, "某路九号").p));
    struct opened o = { .person = kit_id_in(r.location, "/people/") };
    taken(r);
    r = kit_post(k, "worker_a", "/cases/new", at(k, "person=%lld", (long long)o.person));
    taken(r);
    o.id = kit_id_in(r.location, "/cases/");
    o.form_a = kit_id_in(r.location, at(k, "/cases/%lld/forms/", (long long)o.id));
    const char *sql = at(k, "SELECT count(*) FROM case_form WHERE case_id = %lld AND (doc LIKE '%%address_live\":%%' OR doc LIKE '%%risk_flags\":%%')",
                         (long long)o.id);
    assert_int_equal(kit_number(k, sql), 0);
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "capacity", "limited");
    refused(case_save(k, "worker_a", o.id, o.form_a, &a, "draft"), "须先取得监护人同意");
    assert_int_equal(kit_number(k, sql), 0);
    case_consent(k, "worker_a", o.person, "guardian", "guardian");
    taken(case_save(k, "worker_a", o.id, o.form_a, &a, "draft"));
    assert_int_equal(kit_number(k, sql), 1);
}

/* covers: GZ-09 */
static void
gz_09_a_copied_plan_gets_a_warning(void **state)
{
    (void)state;
    struct opened one = case_made(k, "worker_a", "丁一", "1950-06-01"), two = case_made(k, "worker_a", "丁二", "1950-06-02");
    struct sheet d = sheet_of(k, "D");
    sheet_set(&d, "purpose", "改善独居老人的日常照料和社会交往，使其能够继续在熟悉的家中安全生活，并与邻里保持联系。");
    sheet_set(&d, "strategies", "每周探访一次，联系网格员和邻居建立守望名单，协助申请居家养老服务补贴，鼓励参加社区活动。");
    case_to(k, "worker_a", one.id, "planning");
    case_to(k, "worker_a", two.id, "planning");
    case_submit_sheet(k, "worker_a", one.id, "D", &d);
    int64_t form = begun(two, "D");
    struct kit_reply r = case_save(k, "worker_a", two.id, form, &d, "submit");
    taken(r);
    r = kit_get(k, "worker_a", at(k, "/cases/%lld/forms/%lld", (long long)two.id, (long long)form));
    assert_true(kit_has(r, "与另一位服务对象的计划文字相同"));
    sheet_set(&d, "purpose", "另一个目的，按本人的情况写成，与他人的计划并不相同，也没有抄写他人的内容。");
    r = kit_post(k, "worker_a", at(k, "/cases/%lld/forms/%lld/revise", (long long)two.id, (long long)form), "");
    form = kit_id_in(r.location, at(k, "/cases/%lld/forms/", (long long)two.id));
    taken(case_save(k, "worker_a", two.id, form, &d, "submit"));
    assert_false(kit_has(kit_get(k, "worker_a", at(k, "/cases/%lld/forms/%lld", (long long)two.id, (long long)form)), "计划文字相同"));
}

/* covers: HN-18 */
static void
hn_18_the_same_service_twice_shows_the_first(void **state)
{
    (void)state;
    struct opened one = case_made(k, "worker_a", "丁重复", "1950-06-03");
    struct sheet a = sheet_of(k, "A"), other = a;
    sheet_set(&a, "catalogue_codes", "1.1");
    case_submit_sheet(k, "worker_a", one.id, "A", &a);
    kit_begin(k);
    db_exec(k->db, at(k, "UPDATE casefile SET state = 'declined', closed_on = opened_on WHERE id = %lld", (long long)one.id));
    kit_commit(k);
    struct kit_reply r = kit_post(k, "worker_a", "/cases/new", at(k, "person=%lld", (long long)one.person));
    taken(r);
    int64_t two = kit_id_in(r.location, "/cases/"), form = kit_number(k, at(k, "SELECT id FROM case_form WHERE case_id = %lld", (long long)two));
    sheet_set(&other, "catalogue_codes", "1.1");
    taken(case_save(k, "worker_a", two, form, &other, "submit"));
    const char *page = at(k, "/cases/%lld/forms/%lld", (long long)two, (long long)form);
    const char *no = at(k, "CJ-%d-%04lld", date_ymd(today()).y, (long long)kit_number(k, at(k, "SELECT CAST(substr(no, 9) AS INTEGER) FROM casefile"
                                                                                              " WHERE id = %lld", (long long)one.id)));
    assert_true(kit_has(kit_get(k, "worker_a", page), at(k, "服务项目 1.1 同一时期已在个案 %s", no)));
    struct user_id stranger = kit_user(k, "worker_b");
    kit_begin(k);
    db_exec(k->db, at(k, "UPDATE casefile SET level = 4, worker_id = %lld WHERE id = %lld", (long long)stranger.v, (long long)one.id));
    kit_commit(k);
    assert_false(kit_has(kit_get(k, "worker_a", page), "同一时期已在个案"));             /* who may not know of it learns nothing */
}

/* covers: MZT-23 */
static void
mzt_23_sensitive_services_open_their_part(void **state)
{
    (void)state;
    struct opened one = case_made(k, "worker_a", "丁敏感", "1950-06-04");
    struct sheet a = sheet_of(k, "A");
    const char *page = at(k, "/cases/%lld/forms/%lld", (long long)one.id, (long long)one.form_a);
    sheet_set(&a, "catalogue_codes", "1.1");
    taken(case_save(k, "worker_a", one.id, one.form_a, &a, "draft"));
    struct kit_reply r = kit_get(k, "worker_a", page);
    assert_false(kit_has(r, "涉及强制报告") || kit_has(r, "由医院转介来的") || kit_has(r, "属于突发事件"));
    sheet_set(&a, "catalogue_codes", "1.6");
    taken(case_save(k, "worker_a", one.id, one.form_a, &a, "draft"));
    r = kit_get(k, "worker_a", page);
    assert_true(kit_has(r, "服务项目 1.6 涉及强制报告（家庭暴力）：发现后 24 小时内报告"));
    assert_true(kit_has(r, at(k, "/cases/%lld/report", (long long)one.id)));
    sheet_set(&a, "catalogue_codes", "1.7");
    taken(case_save(k, "worker_a", one.id, one.form_a, &a, "draft"));
    r = kit_get(k, "worker_a", page);
    assert_true(kit_has(r, "由医院转介来的") && kit_has(r, "href=\"/referrals/in\""));
    sheet_set(&a, "catalogue_codes", "1.8");
    taken(case_save(k, "worker_a", one.id, one.form_a, &a, "draft"));
    assert_true(kit_has(kit_get(k, "worker_a", page), "服务项目 1.8 属于突发事件"));
}

/* covers: GZ-14
 * Severity proposes the class of service; the worker may choose another. */
static void
gz_14_severity_proposes_the_service_class(void **state)
{
    (void)state;
    static const struct { const char *severity, *class; } all[] = { { "severe", "GZ.1" }, { "light", "GZ.2" }, { "none", "GZ.3" }, { "community", "GZ.4" } };
    struct opened o = case_made(k, "worker_a", "丁三", "1950-06-03");
    struct sheet a = sheet_of(k, "A");
    for (size_t i = 0; i < COUNT(all); i++) {
        sheet_set(&a, "severity", all[i].severity);
        sheet_set(&a, "service_category", NULL);
        taken(case_save(k, "worker_a", o.id, o.form_a, &a, "draft"));
        assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_form WHERE id = %lld AND doc LIKE '%%\"service_category\":\"%s\"%%'",
                                            (long long)o.form_a, all[i].class)), 1);
    }
    sheet_set(&a, "severity", "severe");
    sheet_set(&a, "service_category", "GZ.2");
    taken(case_save(k, "worker_a", o.id, o.form_a, &a, "submit"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM casefile WHERE id = %lld AND service_category = 'GZ.2'", (long long)o.id)), 1);
}

/* covers: GZ-34 */
static void
gz_34_form_b_waits_for_the_notice(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "丁四", "1950-06-04");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "confidentiality_notice", "0");
    refused(case_save(k, "worker_a", o.id, o.form_a, &a, "submit"), "保密告知");
    sheet_set(&a, "decision", "pending");
    sheet_set(&a, "decision_reason", "再核实");
    taken(case_save(k, "worker_a", o.id, o.form_a, &a, "submit"));
    struct kit_reply r = case_step(k, "worker_a", o.id, "begin/B", "");
    assert_int_equal(r.status, HTTP_CONFLICT);
    assert_true(kit_has(r, "请先告知服务对象保密规定"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_form WHERE case_id = %lld AND form = 'B'", (long long)o.id)), 0);
}

/* casework.md 3: three attempts on different days within one month. */
static void
lost_contact_needs_three_days_within_a_month(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "丁五", "1950-06-05");
    struct sheet g = sheet_of(k, "G");
    case_to(k, "worker_a", o.id, "closing");
    int64_t form = begun(o, "G");
    sheet_set(&g, "close_reason", "8");
    for (size_t i = 0; i < 3; i++) {
        sheet_set(&g, at(k, "contact_attempts.%zu.at", i), at(k, "%sT0%zu:00", day_text(k, -1), i + 1));
        sheet_set(&g, at(k, "contact_attempts.%zu.way", i), "phone");
        sheet_set(&g, at(k, "contact_attempts.%zu.result", i), "无人接听");
    }
    refused(case_save(k, "worker_a", o.id, form, &g, "submit"), "一个月内");
    sheet_set(&g, "contact_attempts.1.at", at(k, "%sT10:00", day_text(k, -5)));
    sheet_set(&g, "contact_attempts.0.at", at(k, "%sT10:00", day_text(k, -60)));
    refused(case_save(k, "worker_a", o.id, form, &g, "submit"), "一个月内");
    sheet_set(&g, "contact_attempts.0.at", NULL);
    sheet_set(&g, "contact_attempts.0.way", NULL);
    sheet_set(&g, "contact_attempts.0.result", NULL);
    refused(case_save(k, "worker_a", o.id, form, &g, "submit"), "至少填写 3 行");
    sheet_set(&g, "contact_attempts.0.at", at(k, "%sT18:00", day_text(k, -12)));
    sheet_set(&g, "contact_attempts.0.way", "phone");
    sheet_set(&g, "contact_attempts.0.result", "无人接听");
    taken(case_save(k, "worker_a", o.id, form, &g, "submit"));
}

static void
a_late_record_gets_a_hint(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "丁六", "1950-06-06");
    struct sheet e = sheet_of(k, "E");
    case_to(k, "worker_a", o.id, "intervention");
    int64_t form = case_submit_sheet(k, "worker_a", o.id, "E", &e);
    const char *page = at(k, "/cases/%lld/forms/%lld", (long long)o.id, (long long)form);
    assert_false(kit_has(kit_get(k, "worker_a", page), "24小时"));
    clock_stop(instant_at(date_add(today(), 3), 12, 0));
    form = begun(o, "E");
    struct kit_reply r = case_save(k, "worker_a", o.id, form, &e, "submit");
    clock_stop(NO_TIME);
    taken(r);
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/cases/%lld/forms/%lld", (long long)o.id, (long long)form)), "超过24小时"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r_cw_1_the_forms_follow_each_other_by_date),
        cmocka_unit_test(r_cw_3_notice_comes_before_closing),
        cmocka_unit_test(r_cw_4_goals_steps_and_records_are_linked),
        cmocka_unit_test(r_cw_5_effect_and_process_by_both_kinds_of_method),
        cmocka_unit_test(gz_08_the_relation_of_interest_is_declared),
        cmocka_unit_test(gz_09_a_copied_plan_gets_a_warning),
        cmocka_unit_test(hn_18_the_same_service_twice_shows_the_first),
        cmocka_unit_test(mzt_23_sensitive_services_open_their_part),
        cmocka_unit_test(gz_10_no_ground_of_discrimination_can_be_chosen),
        cmocka_unit_test(gz_11_a_label_word_gets_a_hint_and_is_saved),
        cmocka_unit_test(gz_12_a_minor_has_a_guardian),
        cmocka_unit_test(gz_14_severity_proposes_the_service_class),
        cmocka_unit_test(gz_34_form_b_waits_for_the_notice),
        cmocka_unit_test(r_cw_7_no_sensitive_value_of_a_child_before_consent),
        cmocka_unit_test(lost_contact_needs_three_days_within_a_month),
        cmocka_unit_test(a_late_record_gets_a_hint),
    };
    return cmocka_run_group_tests_name("rules of casework", tests, open_kit, close_kit);
}
