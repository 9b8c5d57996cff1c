/* Referrals (casework.md 5; SA-13, MZT-25): from the clerk to the case and back, between stations and workers, late answers. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "tally/tally.h"
#include "test/cases.h"
#include "test/refer.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static int64_t
number(const char *what, int64_t id)
{
    return kit_number(k, at(k, "SELECT %s FROM referral WHERE id = %lld", what, (long long)id));
}

static bool
in_state(int64_t id, const char *state)
{
    return number(at(k, "CASE WHEN state = '%s' THEN 1 ELSE 0 END", state), id) == 1;
}

static void
says(struct kit_reply r, const char *words)
{
    if (!kit_has(r, words)) fail_msg("\"%s\" is not said: %d %.3000s", words, (int)r.status, str_z(&k->arena, r.body));
}

static struct kit_reply
page(const char *login, int64_t id)
{
    return kit_get(k, login, at(k, "/referrals/%lld", (long long)id));
}

static void
late_now(int64_t id)
{
    kit_begin(k);
    db_exec(k->db, at(k, "UPDATE referral SET due_at = 1000 WHERE id = %lld", (long long)id));
    kit_commit(k);
}

/* ---- The clerk ---- */

/* covers: SA-13 */

static void
a_clerk_refers_and_sees_status_and_feedback_never_the_notes(void **state)
{
    (void)state;
    int64_t id = refer_clerk(k, "低保户甲", "");
    assert_true(in_state(id, "sent"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM referral_event WHERE referral_id = %lld AND kind = 'state'", (long long)id)), 2);
    says(kit_get(k, "worker_a", "/"), "低保户甲");                      /* in the worker's to-do, with its age */
    says(kit_get(k, "worker_a", "/"), "已等 0 小时");
    struct kit_reply r = refer_accept(k, "worker_a", id, "new");
    int64_t c = kit_id_in(r.location, "/cases/");
    assert_true(in_state(id, "accepted"));
    assert_true(case_in(k, c, "intake"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM casefile c JOIN person p ON p.id = c.person_id WHERE c.id = %lld AND p.name = '低保户甲'",
            (long long)c)), 1);
    says(kit_get(k, "worker_a", at(k, "/cases/%lld/forms/%lld", (long long)c, (long long)kit_number(k, at(k,
            "SELECT id FROM case_form WHERE case_id = %lld", (long long)c)))),
         "独居，缺少照料");                                              /* form A begins with what was told */

    int64_t person = kit_number(k, at(k, "SELECT person_id FROM casefile WHERE id = %lld", (long long)c));
    case_consent(k, "worker_a", person, "processing", "self");
    case_consent(k, "worker_a", person, "sensitive", "self");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "presenting_problem", "只有社工知道的困境");
    case_submit_sheet(k, "worker_a", c, "A", &a);
    case_to(k, "worker_a", c, "assessment");
    assert_true(in_state(id, "serving"));
    r = page("clerk_a", id);
    says(r, "服务中");
    assert_false(kit_has(r, "只有社工知道的困境"));
    assert_false(kit_has(r, at(k, "/cases/%lld", (long long)c)));
    assert_int_equal(case_page_of(k, "clerk_a", c).status, HTTP_FORBIDDEN);

    const char *own = at(k, "/referrals/%lld/feedback", (long long)id);
    assert_int_equal(kit_post(k, "clerk_a", own, "text=x").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "worker_a", own, at(k, "text=%s", kit_enc(k, "已安排每日助餐").p)).status, HTTP_SEE_OTHER);
    says(page("clerk_a", id), "已安排每日助餐");
    says(kit_get(k, "clerk_a", "/referrals"), "已反馈");
    assert_int_equal(kit_post(k, "clerk_a", at(k, "/referrals/%lld/close", (long long)id), "note=").status, HTTP_SEE_OTHER);
    assert_true(in_state(id, "closed"));
    assert_int_equal(kit_post(k, "worker_a", own, "text=x").status, HTTP_CONFLICT);
}

static void
a_clerk_sees_nothing_but_his_own(void **state)
{
    (void)state;
    int64_t other = refer_in(k, "worker_a", "hospital", "医院转来的人", "");
    assert_int_equal(page("clerk_a", other).status, HTTP_NOT_FOUND);
    assert_false(kit_has(kit_get(k, "clerk_a", "/referrals?view=all"), "医院转来的人"));
    assert_false(kit_has(kit_get(k, "clerk_a", "/referrals?view=inbox"), "医院转来的人"));
    assert_int_equal(kit_get(k, "clerk_a", "/referrals/in").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_get(k, "clerk_a", "/disclosures").status, HTTP_FORBIDDEN);
    says(kit_get(k, "clerk_a", "/referrals/refer"), "接收单位");
    assert_int_equal(kit_get(k, "clerk_a", "/").status, HTTP_SEE_OTHER);
    assert_true(str_is(kit_get(k, "clerk_a", "/").location, "/referrals"));
}

static void
what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost(void **state)
{
    (void)state;
    int64_t before = kit_number(k, "SELECT count(*) FROM referral");
    struct kit_reply r = kit_post(k, "clerk_a", "/referrals/refer", at(k, "name=%s&services=99.9&consent_how=consent&consent_relation=self&born=2020-01-01",
                                                                       kit_enc(k, "半份转介").p));
    assert_int_equal(r.status, HTTP_INVALID);
    says(r, "半份转介");
    says(r, "id=\"e-summary\"");
    says(r, "id=\"e-consent_by\"");
    r = kit_post(k, "clerk_a", "/referrals/refer", refer_params(k, "小孩",
            "born=2020-01-01&consent_how=consent&consent_by=x&consent_relation=self&consent_way=oral&consent_on=2026-01-01"));
    assert_int_equal(r.status, HTTP_INVALID);
    says(r, "须由监护人同意");
    r = kit_post(k, "clerk_a", "/referrals/refer", refer_params(k, "号码不对", "idno=350499195001011230"));
    assert_int_equal(r.status, HTTP_INVALID);
    says(r, "id=\"e-idno\"");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM referral"), before);
}

/* ---- Into the station ---- */

/* covers: MZT-25 */

static void
mzt_25_a_hospital_referral_waits_with_its_age_and_first_contact(void **state)
{
    (void)state;
    int64_t id = refer_in(k, "worker_a", "hospital", "出院患者", "&urgency=2");
    assert_true(in_state(id, "received"));
    says(kit_get(k, "worker_a2", "/"), "医院转介 · 已等 0 小时");
    int64_t due = number("(due_at - sent_at) / 3600000", id);
    assert_int_equal(due, 24);                                            /* urgent: first contact within 24 h */
    struct kit_reply r = refer_accept(k, "worker_a2", id, "new");
    int64_t c = kit_id_in(r.location, "/cases/");
    says(kit_get(k, "worker_a2", at(k, "/cases/%lld", (long long)c)), "县医院");
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM casefile WHERE id = %lld AND worker_id = %lld", (long long)c, (long long)kit_user(k,
            "worker_a2").v)), 1);
    assert_int_equal(refer_accept(k, "worker_a", id, "new").status, HTTP_FORBIDDEN);       /* somebody else's now */
}

static void
a_known_person_is_found_and_not_registered_twice(void **state)
{
    (void)state;
    int64_t known = case_person_made(k, "worker_a", "老熟人", "1948-03-03"), n = kit_number(k, "SELECT count(*) FROM person");
    int64_t id = refer_in(k, "worker_a", "school", "老熟人", "&born=1948-03-03");
    says(page("worker_a", id), "姓名和出生日期相同");
    struct kit_reply r = refer_accept(k, "worker_a", id, "");
    assert_int_equal(r.status, HTTP_INVALID);
    says(r, "请选择是已登记的哪一位");
    assert_int_equal(refer_accept(k, "worker_a", id, at(k, "%lld", (long long)k->county.v)).status, HTTP_INVALID);
    assert_true(in_state(id, "received"));
    r = refer_accept(k, "worker_a", id, at(k, "%lld", (long long)known));
    int64_t c = kit_id_in(r.location, "/cases/");
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM casefile WHERE id = %lld AND person_id = %lld", (long long)c, (long long)known)), 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person"), n);
    int64_t again = refer_in(k, "worker_a", "hotline", "老熟人", "&born=1948-03-03");       /* his case is open: no second one */
    r = refer_accept(k, "worker_a", again, at(k, "%lld", (long long)known));
    assert_int_equal(kit_id_in(r.location, "/cases/"), c);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM casefile WHERE person_id = %lld", (long long)known)), 1);
}

static void
a_refusal_names_a_reason_and_goes_back(void **state)
{
    (void)state;
    int64_t id = refer_clerk(k, "被拒的人", "");
    const char *refuse = at(k, "/referrals/%lld/refuse", (long long)id);
    assert_int_equal(kit_post(k, "worker_a", refuse, "reason=").status, HTTP_INVALID);
    assert_true(in_state(id, "sent"));
    assert_int_equal(kit_post(k, "worker_b", refuse, "reason=x").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_a", refuse, at(k, "reason=%s", kit_enc(k, "户籍办理请到窗口").p)).status, HTTP_SEE_OTHER);
    says(page("clerk_a", id), "户籍办理请到窗口");
    assert_int_equal(kit_post(k, "worker_a", at(k, "/referrals/%lld/feedback", (long long)id), "text=x").status, HTTP_CONFLICT);
    assert_int_equal(refer_accept(k, "worker_a", id, "new").status, HTTP_CONFLICT);
    assert_int_equal(refer_accept(k, "worker_a2", id, "new").status, HTTP_FORBIDDEN);
}

/* ---- Overdue ---- */

static void
an_overdue_referral_is_shown_to_the_head_and_the_levels_above(void **state)
{
    (void)state;
    int64_t id = refer_clerk(k, "等很久的人", "");
    const char *no = str_z(&k->arena, str_fmt(&k->arena, "CJ-Z-%d-", date_ymd(today()).y));
    assert_int_equal(number("(due_at - sent_at) / 86400000", id), 7);
    assert_false(kit_has(kit_get(k, "head_a", "/"), "逾期的转介"));
    says(kit_get(k, "county", "/"), "没有逾期的转介");
    late_now(id);
    struct kit_reply head = kit_get(k, "head_a", "/"), county = kit_get(k, "county", "/"), other = kit_get(k, "head_b", "/");
    says(head, "逾期的转介");
    says(head, "等很久的人");
    says(county, no);
    says(county, "翠江镇社工站");
    assert_false(kit_has(county, "等很久的人"));                          /* numbers only (codes.md 9.3) */
    assert_false(kit_has(other, "逾期的转介"));
    says(kit_get(k, "worker_a", "/referrals?view=late"), "等很久的人");
    refer_accept(k, "worker_a", id, "new");
    assert_false(kit_has(kit_get(k, "county", "/"), "逾期的转介 <span class=\"count\">1"));
}

/* ---- Out ---- */

static void
a_referral_to_another_station_moves_the_person_when_it_is_accepted(void **state)
{
    (void)state;
    int64_t person = case_person_made(k, "worker_a", "迁走的人", "1950-01-01");
    int64_t id = refer_out(k, "worker_a", at(k, "person=%lld", (long long)person), at(k, "target=station&to_unit=%lld", (long long)k->station_b.v));
    assert_int_equal(page("worker_b", id).status, HTTP_NOT_FOUND);        /* not sent yet */
    assert_int_equal(kit_post(k, "worker_a", at(k, "/referrals/%lld/send", (long long)id), "sign=x").status, HTTP_CONFLICT);
    refer_agree(k, "worker_a", id);
    refer_send(k, "worker_a", id);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM consent WHERE person_id = %lld AND kind = 'share' AND receiver LIKE '泉上镇社工站%%'",
            (long long)person)), 1);
    says(page("worker_b", id), "迁走的人");
    assert_int_equal(page("head_b", id).status, HTTP_OK);
    struct kit_reply r = refer_accept(k, "worker_b", id, "");
    int64_t c = kit_id_in(r.location, "/cases/");
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM person WHERE id = %lld AND unit_id = %lld", (long long)person, (long long)k->station_b.v)), 1);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM person_move WHERE person_id = %lld", (long long)person)), 1);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM casefile WHERE id = %lld AND unit_id = %lld", (long long)c, (long long)k->station_b.v)), 1);
    assert_int_equal(case_page_of(k, "worker_a", c).status, HTTP_NOT_FOUND);
    says(page("worker_a", id), "已接收");
}

static void
form_a_refers_out_when_the_referral_is_sent_and_comes_back_when_refused(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "转介案主", "1950-05-05");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "decision", "refer");
    sheet_set(&a, "decision_reason", "需要专科治疗");
    case_submit_sheet(k, "worker_a", o.id, "A", &a);
    assert_true(case_in(k, o.id, "intake"));                              /* nothing has been sent yet */
    int64_t id = kit_number(k, at(k, "SELECT id FROM referral WHERE case_id = %lld", (long long)o.id));
    assert_true(in_state(id, "draft"));
    says(case_page_of(k, "worker_a", o.id), at(k, "/referrals/%lld/edit", (long long)id));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM casefile WHERE id = %lld AND due_kind = 'referral'", (long long)o.id)), 1);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/referrals/%lld/consent", (long long)id), refer_consent(k)).status, HTTP_CONFLICT);
    refer_edit(k, "worker_a", id, at(k, "case_=%lld", (long long)o.id),
            "target=agency&to_org=%E7%B2%BE%E7%A5%9E%E5%8D%AB%E7%94%9F%E4%B8%AD%E5%BF%83&to_person=x&to_phone=13800000000");
    refer_agree(k, "worker_a", id);
    refer_send(k, "worker_a", id);
    assert_true(case_in(k, o.id, "referred_out"));
    assert_int_equal(case_step(k, "worker_a", o.id, "next", "").status, HTTP_CONFLICT);     /* archive needs the receipt */
    const char *answer = at(k, "/referrals/%lld/answer", (long long)id);
    assert_int_equal(kit_post(k, "worker_a", answer, "decision=refuse&by=x&reason=").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", answer, at(k, "decision=refuse&by=x&reason=%s", kit_enc(k, "床位已满").p)).status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "intake"));
    says(kit_get(k, "worker_a", "/"), "转介的答复");

    int64_t second = refer_out(k, "worker_a", at(k, "case_=%lld", (long long)o.id), "target=agency&to_org=y&to_person=y&to_phone=13800000000");
    refer_agree(k, "worker_a", second);
    refer_send(k, "worker_a", second);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/referrals/%lld/answer", (long long)second), "decision=accept&by=y&reason=").status, HTTP_SEE_OTHER);
    assert_int_equal(case_step(k, "worker_a", o.id, "next", "").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "archived"));
}

static void
a_closing_with_referral_waits_for_the_answer(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "结案转介", "1950-06-06");
    case_to(k, "worker_a", o.id, "closing");
    struct sheet g = sheet_of(k, "G");
    sheet_set(&g, "referral", "1");
    sheet_set(&g, "follow_up", "yes");
    sheet_set(&g, "follow_up_plan.0.on", day_text(k, 30));
    sheet_set(&g, "follow_up_plan.0.way", "phone");
    sheet_set(&g, "follow_up_plan.0.who", at(k, "%lld", (long long)kit_user(k, "worker_a").v));
    case_close(k, "worker_a", o.id, &g);
    assert_true(case_in(k, o.id, "closing"));                             /* approved, but not answered */
    says(case_page_of(k, "worker_a", o.id), "转介尚未得到答复");
    int64_t id = kit_number(k, at(k, "SELECT id FROM referral WHERE case_id = %lld", (long long)o.id));
    refer_edit(k, "worker_a", id, at(k, "case_=%lld", (long long)o.id), at(k, "target=station&to_unit=%lld", (long long)k->station_b.v));
    refer_agree(k, "worker_a", id);
    refer_send(k, "worker_a", id);
    assert_true(case_in(k, o.id, "closing"));
    assert_int_equal(refer_accept(k, "worker_b", id, "").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "follow_up"));                           /* closed, and its follow-up begins */
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM casefile WHERE person_id = %lld AND state = 'intake'", (long long)o.person)), 1);
}

static void
to_a_colleague_the_case_changes_hands_with_both_signatures(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "站内转介", "1950-07-07");
    case_submit(k, "worker_a", o.id, "A");
    case_to(k, "worker_a", o.id, "assessment");
    int64_t to = kit_user(k, "worker_a2").v;
    int64_t id = refer_out(k, "worker_a", at(k, "case_=%lld", (long long)o.id), at(k, "target=internal&to_worker=%lld", (long long)to));
    refer_agree(k, "worker_a", id);
    refer_send(k, "worker_a", id);
    assert_true(case_in(k, o.id, "assessment"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM disclosure WHERE referral_id = %lld", (long long)id)), 0);   /* it stays in the house */
    assert_int_equal(refer_accept(k, "worker_a", id, "").status, HTTP_FORBIDDEN);
    struct kit_reply r = refer_accept(k, "worker_a2", id, "");
    assert_int_equal(kit_id_in(r.location, "/cases/"), o.id);
    assert_int_equal(kit_number(k, at(k, "SELECT worker_id FROM casefile WHERE id = %lld", (long long)o.id)), to);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_handover WHERE case_id = %lld AND sign_from = 'x' AND sign_to = 'x'", (long long)o.id)), 1);
    assert_true(in_state(id, "serving"));
}

/* ---- Only what the receiver needs ---- */

static void
only_the_chosen_fields_are_given_and_none_that_the_sender_may_not_read(void **state)
{
    (void)state;
    int64_t person = case_person_made(k, "worker_a", "少给信息", "1950-08-08");
    kit_post(k, "worker_a", at(k, "/people/%lld/edit", (long long)person), at(k, "version=1&name=%s&born=1950-08-08&phone=13912345678&address=%s",
             kit_enc(k, "少给信息").p, kit_enc(k, "秘密路9号").p));
    int64_t id = refer_out(k, "worker_a", at(k, "person=%lld", (long long)person), at(k, "target=station&to_unit=%lld&fields=born", (long long)k->station_b.v));
    refer_agree(k, "worker_a", id);
    refer_send(k, "worker_a", id);
    struct kit_reply r = page("worker_b", id);
    says(r, "1950-08-08");
    assert_false(kit_has(r, "13912345678"));
    assert_false(kit_has(r, "秘密路9号"));
    assert_int_equal(number("level", id), 2);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM referral WHERE shared_sealed LIKE '%少给信息%'"), 0);
    r = kit_post(k, "worker_a", "/referrals/new", refer_out_params(k, at(k, "person=%lld", (long long)person),
                 at(k, "target=station&to_unit=%lld&fields=nothing", (long long)k->station_b.v)));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_b", "/referrals/new", refer_out_params(k, at(k, "person=%lld", (long long)person),
                     at(k, "target=station&to_unit=%lld", (long long)k->station_a.v))).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_b", at(k, "/referrals/new?person=%lld", (long long)person)).status, HTTP_NOT_FOUND);
}

static void
of_level_s4_only_the_named_worker_reads(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "高敏对象", "1950-09-09");
    kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)o.person), at(k, "category=D03&from_on=%s&source=document", day_text(k, -9)));
    case_submit(k, "worker_a", o.id, "A");
    const char *who = at(k, "case_=%lld", (long long)o.id), *to = at(k, "target=station&to_unit=%lld", (long long)k->station_b.v);
    struct kit_reply r = kit_post(k, "worker_a", "/referrals/new", refer_out_params(k, who, to));
    assert_int_equal(r.status, HTTP_INVALID);
    says(r, "须指定接收人");
    int64_t id = refer_out(k, "worker_a", who, at(k, "%s&to_named=%lld&fields=category", to, (long long)kit_user(k, "worker_b").v));
    assert_int_equal(number("level", id), 4);
    refer_agree(k, "worker_a", id);
    refer_send(k, "worker_a", id);
    r = page("head_b", id);                                               /* existence, not content */
    assert_int_equal(r.status, HTTP_OK);
    assert_false(kit_has(r, "高敏对象"));
    assert_false(kit_has(kit_get(k, "head_b", "/referrals?view=inbox"), "高敏对象"));
    assert_int_equal(page("worker_a2", id).status, HTTP_NOT_FOUND);
    const char *pdf = at(k, "/referrals/%lld/pdf", (long long)id);
    assert_int_equal(kit_get(k, "head_b", pdf).status, HTTP_NOT_FOUND);
    const char *text = kit_told(k, kit_get(k, "worker_b", pdf).body, "pdftotext -raw %s -");
    assert_non_null(strstr(text, "转介单"));
    assert_non_null(strstr(text, "高敏对象"));
    assert_non_null(strstr(text, "提供的信息"));
    assert_null(strstr(text, "精神"));
    says(page("worker_b", id), "高敏对象");
    r = page("worker_b", id);
    assert_false(kit_has(r, "精神"));                                     /* the category itself was not given along */
}

static void
a_consent_that_was_withdrawn_stops_the_sending(void **state)
{
    (void)state;
    int64_t person = case_person_made(k, "worker_a", "反悔的人", "1950-10-10");
    int64_t id = refer_out(k, "worker_a", at(k, "person=%lld", (long long)person), "target=agency&to_org=x&to_person=x&to_phone=13800000000");
    refer_agree(k, "worker_a", id);
    int64_t consent = kit_number(k, at(k, "SELECT id FROM consent WHERE person_id = %lld AND kind = 'share'", (long long)person));
    kit_post(k, "worker_a", at(k, "/people/%lld/consents/%lld/withdraw", (long long)person, (long long)consent), "why=x");
    struct kit_reply r = kit_post(k, "worker_a", at(k, "/referrals/%lld/send", (long long)id), "sign=x");
    assert_int_equal(r.status, HTTP_CONFLICT);
    says(r, "已撤回同意");
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM disclosure WHERE referral_id = %lld", (long long)id)), 0);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/referrals/%lld/withdraw", (long long)id), "note=x").status, HTTP_SEE_OTHER);
    assert_true(in_state(id, "withdrawn"));
}

static void
a_changed_draft_asks_for_consent_again(void **state)
{
    (void)state;
    int64_t person = case_person_made(k, "worker_a", "改过的人", "1950-11-11");
    const char *who = at(k, "person=%lld", (long long)person), *to = "target=agency&to_org=x&to_person=x&to_phone=13800000000";
    int64_t id = refer_out(k, "worker_a", who, to);
    refer_agree(k, "worker_a", id);
    refer_edit(k, "worker_a", id, who, "target=agency&to_org=y&to_person=x&to_phone=13800000000");
    assert_true(in_state(id, "draft"));
    assert_int_equal(number("coalesce(consent_id, 0)", id), 0);
    struct kit_reply r = kit_post(k, "worker_a", at(k, "/referrals/%lld/edit", (long long)id), at(k, "%s&version=1", refer_out_params(k, who, to)));
    assert_int_equal(r.status, HTTP_CONFLICT);                            /* somebody saved in between */
}

/* covers: GZ-14 */
static void
gz_14_each_service_class_lists_its_services(void **state)
{
    static const struct { const char *code; size_t n; } classes[] = { { "GZ.1", 7 }, { "GZ.2", 6 }, { "GZ.3", 7 }, { "GZ.4", 6 } };
    static const char *const keys[] = { "services_remedial", "services_supportive", "services_preventive", "services_developmental" };
    (void)state;
    for (size_t i = 0; i < COUNT(classes); i++) {
        const struct doc_field *x = doc_field(doc_form(STR("A")), str_of(keys[i]));
        assert_int_equal(x->f.choices_n, classes[i].n);
        assert_true(field_asked(&x->f, str_of(classes[i].code)));
        assert_false(field_asked(&x->f, str_of(classes[(i + 1) % 4].code)));
    }
    struct opened o = case_made(k, "worker_a", "补救对象", "1950-12-12");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "severity", "severe");
    sheet_set(&a, "service_category", NULL);
    sheet_set(&a, "services_remedial", "GZ.1.6");
    int64_t form = case_submit_sheet(k, "worker_a", o.id, "A", &a);
    struct kit_reply r = kit_get(k, "worker_a", at(k, "/cases/%lld/forms/%lld", (long long)o.id, (long long)form));
    says(r, "补救性服务");
    says(r, "危机干预");
}

static void
not_counted(void *arg, const struct tally_differences_row *row)
{
    (void)arg; (void)row;
}

/* The last one: after all that went out and came back, the counters are what a recount finds. */
static void
the_figures_are_right(void **state)
{
    (void)state;
    kit_begin(k);
    size_t wrong = tally_check(k->db, not_counted, NULL);
    kit_commit(k);
    assert_int_equal(wrong, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_overdue_referral_is_shown_to_the_head_and_the_levels_above),
        cmocka_unit_test(a_clerk_refers_and_sees_status_and_feedback_never_the_notes),
        cmocka_unit_test(a_clerk_sees_nothing_but_his_own),
        cmocka_unit_test(what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost),
        cmocka_unit_test(mzt_25_a_hospital_referral_waits_with_its_age_and_first_contact),
        cmocka_unit_test(a_known_person_is_found_and_not_registered_twice),
        cmocka_unit_test(a_refusal_names_a_reason_and_goes_back),
        cmocka_unit_test(a_referral_to_another_station_moves_the_person_when_it_is_accepted),
        cmocka_unit_test(form_a_refers_out_when_the_referral_is_sent_and_comes_back_when_refused),
        cmocka_unit_test(a_closing_with_referral_waits_for_the_answer),
        cmocka_unit_test(to_a_colleague_the_case_changes_hands_with_both_signatures),
        cmocka_unit_test(only_the_chosen_fields_are_given_and_none_that_the_sender_may_not_read),
        cmocka_unit_test(of_level_s4_only_the_named_worker_reads),
        cmocka_unit_test(a_consent_that_was_withdrawn_stops_the_sending),
        cmocka_unit_test(a_changed_draft_asks_for_consent_again),
        cmocka_unit_test(gz_14_each_service_class_lists_its_services), cmocka_unit_test(the_figures_are_right),
    };
    return cmocka_run_group_tests_name("referrals", tests, open_kit, close_kit);
}
