/* Case conferences and teams: nothing goes outside without a consent that names the receiver, and what goes has a row in the register. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"

static struct kit *k;
static struct opened o;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    o = case_made(k, "worker_a", "会议对象", "1950-01-01");
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static int64_t
planned(int64_t case_, const char *parts)
{
    struct kit_reply r = kit_post(k, "worker_a", at(k, "/cases/%lld/conferences/new", (long long)case_),
                                  at(k, "on=%s&topic=%s&place=x%s", day_text(k, 0), kit_enc(k, "出院后怎么照顾").p, parts));
    if (r.status != HTTP_SEE_OTHER) fail_msg("%d %.900s", (int)r.status, str_z(&k->arena, r.body));
    return kit_id_in(r.location, "/conferences/");
}

static struct kit_reply
join(int64_t id, const char *params)
{
    return kit_post(k, "worker_a", at(k, "/conferences/%lld/people", (long long)id), params);
}

static const char *
doctor(void)
{
    return at(k, "person=%s&profession=doctor&org=%s", kit_enc(k, "王医生").p, kit_enc(k, "县医院").p);
}

static struct kit_reply
hold(int64_t id, const char *parts)
{
    return kit_post(k, "worker_a", at(k, "/conferences/%lld/hold", (long long)id), at(k, "minutes=%s%s", kit_enc(k, "谈妥了分工").p, parts));
}

static int64_t
shared(int64_t case_)
{
    return kit_number(k, at(k, "SELECT count(*) FROM disclosure WHERE case_id = %lld AND kind = 'conference'", (long long)case_));
}

static const char *
agree(void)
{
    return at(k, "consent_how=consent&consent_by=x&consent_relation=self&consent_way=written&consent_on=%s", day_text(k, 0));
}

/* covers: MZT-11 */
static void
mzt_11_nothing_goes_outside_without_a_consent_that_names_the_receiver(void **state)
{
    (void)state;
    int64_t id = planned(o.id, "&parts=basic&parts=plan");
    assert_int_equal(join(id, doctor()).status, HTTP_SEE_OTHER);
    assert_int_equal(join(id, at(k, "user=%lld", (long long)kit_user(k, "worker_a2").v)).status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/conferences/%lld", (long long)id)), "服务对象还没有同意"));
    struct kit_reply r = hold(id, "&shared=basic&shared=plan");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "县医院 王医生") && kit_has(r, "谈妥了分工"));                     /* nothing typed is lost */
    assert_int_equal(shared(o.id), 0);
    r = kit_post(k, "worker_a", at(k, "/people/%lld/consents", (long long)o.person), at(k, "kind=share&capacity=full&relation=self&given_by=x&way=written"
                 "&given_on=%s&receiver=%s", day_text(k, 0), kit_enc(k, "第一中学").p));
    assert_int_equal(r.status, HTTP_SEE_OTHER);                                              /* one that names somebody else */
    assert_int_equal(hold(id, "&shared=basic").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/conferences/%lld/consent", (long long)id), "consent_how=consent").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/conferences/%lld/consent", (long long)id), agree()).status, HTTP_SEE_OTHER);
    assert_int_equal(hold(id, "&shared=basic&shared=plan").status, HTTP_SEE_OTHER);
    assert_int_equal(shared(o.id), 1);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM disclosure d JOIN consent c ON c.id = d.consent_id WHERE d.case_id = %lld AND d.fields ="
        " 'basic,plan' AND d.receiver = '县医院 王医生' AND c.receiver LIKE '%%县医院%%' AND d.told_on IS NOT NULL", (long long)o.id)), 1);
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/conferences/%lld", (long long)id)), at(k, "/people/%lld/consents", (long long)o.person)));
    r = kit_get(k, "worker_a", at(k, "/cases/%lld/disclosures", (long long)o.id));
    assert_true(kit_has(r, "目标与计划") && kit_has(r, "县医院 王医生"));
    r = case_page_of(k, "worker_a", o.id);
    assert_true(kit_has(r, "出院后怎么照顾") && kit_has(r, "2 人参加"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_event WHERE case_id = %lld AND kind = 'conference'", (long long)o.id)), 1);
    const char *file = kit_told(k, kit_given(k, "worker_a", at(k, "/cases/%lld/file", (long long)o.id)).body, "pdftotext -raw %s -");
    assert_non_null(strstr(file, "王医生"));                                                 /* it goes into the file of the case */
    assert_non_null(strstr(file, "谈妥了分工"));
    assert_int_equal(hold(id, "&shared=safety").status, HTTP_CONFLICT);                      /* what was shared stays as it was */
    assert_int_equal(join(id, "person=y&profession=lawyer").status, HTTP_CONFLICT);
}

static void
a_withdrawn_consent_does_not_do_and_a_statute_does(void **state)
{
    (void)state;
    struct opened p = case_made(k, "worker_a", "撤回的人", "1950-02-01");
    int64_t id = planned(p.id, "");
    join(id, doctor());
    kit_post(k, "worker_a", at(k, "/conferences/%lld/consent", (long long)id), agree());
    int64_t consent = kit_number(k, at(k, "SELECT max(id) FROM consent WHERE person_id = %lld AND kind = 'share'", (long long)p.person));
    kit_post(k, "worker_a", at(k, "/people/%lld/consents/%lld/withdraw", (long long)p.person, (long long)consent), "why=x");
    assert_int_equal(hold(id, "&shared=needs").status, HTTP_INVALID);
    struct kit_reply r = kit_post(k, "worker_a", at(k, "/conferences/%lld/consent", (long long)id), "consent_how=legal");
    assert_int_equal(r.status, HTTP_INVALID);
    r = kit_post(k, "worker_a", at(k, "/conferences/%lld/consent", (long long)id), at(k, "consent_how=legal&legal_basis=%s",
                 kit_enc(k, "反家庭暴力法第十四条").p));
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_int_equal(hold(id, "&shared=needs&shared=safety").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM disclosure WHERE case_id = %lld AND basis LIKE '%%反家庭暴力法%%' AND level = 3",
                                      (long long)p.id)), 1);
}

static void
inside_the_station_sensitive_content_takes_a_consent_too(void **state)
{
    (void)state;
    int64_t person = case_person_made(k, "worker_a", "站内的人", "1950-03-01");
    int64_t case_ = kit_id_in(kit_post(k, "worker_a", "/cases/new", at(k, "person=%lld", (long long)person)).location, "/cases/");
    int64_t id = planned(case_, "");
    join(id, at(k, "user=%lld", (long long)kit_user(k, "worker_a2").v));
    join(id, at(k, "person=%s&profession=client", kit_enc(k, "站内的人").p));
    assert_int_equal(hold(id, "&shared=condition").status, HTTP_INVALID);
    case_consent(k, "worker_a", person, "sensitive", "self");
    assert_int_equal(hold(id, "&shared=condition").status, HTTP_SEE_OTHER);
    assert_int_equal(shared(case_), 0);                                                      /* nobody from outside heard it */
}

static void
bad_input_is_told_and_a_conference_of_tomorrow_has_no_minutes(void **state)
{
    (void)state;
    const char *page = at(k, "/cases/%lld/conferences/new", (long long)o.id);
    struct kit_reply r = kit_post(k, "worker_a", page, "on=soon&topic=%3Cb%3E");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "&lt;b&gt;") && !kit_has(r, "<b>"));
    r = kit_post(k, "worker_a", page, at(k, "on=%s&topic=x&parts=nonsense", day_text(k, 0)));
    assert_int_equal(r.status, HTTP_INVALID);
    r = kit_post(k, "worker_a", page, at(k, "on=%s&topic=later", day_text(k, 5)));
    int64_t id = kit_id_in(r.location, "/conferences/");
    assert_int_equal(hold(id, "").status, HTTP_INVALID);                                     /* nobody there */
    r = join(id, "person=&profession=doctor");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "id=\"e-person\""));
    assert_int_equal(join(id, "user=99").status, HTTP_INVALID);
    assert_int_equal(join(id, doctor()).status, HTTP_SEE_OTHER);
    assert_int_equal(join(id, doctor()).status, HTTP_INVALID);
    assert_int_equal(hold(id, "").status, HTTP_INVALID);                                     /* not yet */
    assert_int_equal(kit_post(k, "worker_a", at(k, "/conferences/%lld/edit", (long long)id), at(k, "version=77&on=%s&topic=x", day_text(k, 0))).status,
                     HTTP_CONFLICT);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/conferences/%lld/edit", (long long)id), at(k, "version=1&on=%s&topic=x", day_text(k, 0))).status,
                     HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/conferences/%lld/cancel", (long long)id), "reason=").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/conferences/%lld/cancel", (long long)id), "reason=x").status, HTTP_SEE_OTHER);
    assert_int_equal(hold(id, "").status, HTTP_CONFLICT);
}

static void
decisions_have_somebody_and_a_day(void **state)
{
    (void)state;
    int64_t id = planned(o.id, "");
    join(id, at(k, "user=%lld", (long long)kit_user(k, "head_a").v));
    const char *page = at(k, "/conferences/%lld/decisions", (long long)id);
    assert_int_equal(kit_post(k, "worker_a", page, "text=x&who=y").status, HTTP_CONFLICT);       /* before it was held */
    assert_int_equal(hold(id, "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", page, "text=x&who=").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", page, at(k, "text=x&who=y&due=%s", day_text(k, -2))).status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", page, at(k, "text=%s&who=y&due=%s", kit_enc(k, "联系康复科").p, day_text(k, 9))).status, HTTP_SEE_OTHER);
    assert_true(kit_has(case_page_of(k, "worker_a", o.id), "1 项决定未完成"));
    assert_false(kit_has(kit_get(k, "worker_a", "/"), "联系康复科"));                         /* in nine days */
    assert_int_equal(kit_post(k, "worker_a", page, at(k, "text=%s&who=y&due=%s", kit_enc(k, "三天内的事").p, day_text(k, 3))).status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "worker_a", "/"), "三天内的事"));
    assert_false(kit_has(kit_get(k, "worker_a2", "/"), "三天内的事"));
    int64_t soon = kit_number(k, "SELECT max(id) FROM resolution");
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/%lld/done", page, (long long)soon), "result=ok").status, HTTP_SEE_OTHER);
    assert_false(kit_has(kit_get(k, "worker_a", "/"), "三天内的事"));
    int64_t one = kit_number(k, at(k, "SELECT id FROM resolution WHERE conference_id = %lld AND done_on IS NULL", (long long)id));
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/%lld/done", page, (long long)one), "result=ok").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/%lld/done", page, (long long)one), "result=ok").status, HTTP_NOT_FOUND);
    assert_false(kit_has(case_page_of(k, "worker_a", o.id), "1 项决定未完成"));
}

/* covers: MZT-19 */
static void
mzt_19_the_team_stands_on_the_case_and_opens_nothing(void **state)
{
    (void)state;
    struct opened p = case_made(k, "worker_a", "团队的人", "1950-04-01");
    const char *page = at(k, "/cases/%lld/team", (long long)p.id);
    assert_int_equal(kit_post(k, "worker_a", page, "person=x&profession=police&task=y").status, HTTP_INVALID);      /* no organisation */
    assert_int_equal(kit_post(k, "worker_a", page, at(k, "person=%s&profession=police&org=%s&task=%s&parts=needs", kit_enc(k, "张警官").p,
                              kit_enc(k, "派出所").p, kit_enc(k, "出警").p)).status, HTTP_SEE_OTHER);
    assert_true(kit_has(case_page_of(k, "worker_a", p.id), "张警官"));
    int closed = (int)kit_get(k, "worker_a2", page).status;
    assert_int_equal(kit_post(k, "worker_a", page, at(k, "user=%lld&profession=social_worker&task=z&parts=basic",
                              (long long)kit_user(k, "worker_a2").v)).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "worker_a2", page).status, closed);                          /* a colleague still does not read the case */
    assert_true(closed >= 400);
    assert_false(kit_has(case_page_of(k, "worker_a2", p.id), "张警官"));
    int64_t mate = kit_number(k, at(k, "SELECT id FROM case_mate WHERE case_id = %lld AND profession = 'police'", (long long)p.id)), id = planned(p.id, "");
    assert_int_equal(join(id, at(k, "mate=%lld", (long long)mate)).status, HTTP_SEE_OTHER);
    kit_post(k, "worker_a", at(k, "/conferences/%lld/consent", (long long)id), agree());
    struct kit_reply r = hold(id, "&shared=needs&shared=safety");                            /* more than the team agreed on */
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "张警官（风险情形）"));
    assert_int_equal(hold(id, "&shared=needs").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/%lld/end", page, (long long)mate), "").status, HTTP_SEE_OTHER);
    assert_false(kit_has(case_page_of(k, "worker_a", p.id), "出警"));
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/%lld/again", page, (long long)mate), "").status, HTTP_SEE_OTHER);
    assert_true(kit_has(case_page_of(k, "worker_a", p.id), "出警"));
}

static void
others_neither_see_nor_change_it(void **state)
{
    (void)state;
    int64_t id = planned(o.id, "");
    join(id, at(k, "user=%lld", (long long)kit_user(k, "head_a").v));
    hold(id, "");
    static const char *const others[] = { "worker_a2", "worker_b", "county", "clerk_a", "grid_a", "village_a", "evaluator", "admin", "supervisor_a" };
    const char *page = at(k, "/conferences/%lld", (long long)id);
    assert_true(kit_has(kit_get(k, "worker_a", page), "谈妥了分工") && kit_has(kit_get(k, "head_a", page), "谈妥了分工"));
    for (size_t i = 0; i < COUNT(others); i++) {
        if (kit_has(kit_get(k, others[i], page), "谈妥了分工")) fail_msg("%s reads it", others[i]);
        if (kit_post(k, others[i], at(k, "%s/decisions", page), "text=x&who=y").status < 400) fail_msg("%s decides", others[i]);
    }
    assert_true(kit_post(k, "head_a", at(k, "%s/decisions", page), "text=x&who=y").status >= 400);       /* reads, does not write */
}

/* Of a case of level S4 nobody learns who is not named, not even that a conference is there. */
static void
an_s4_case_does_not_show_through(void **state)
{
    (void)state;
    struct opened s = case_made(k, "worker_a", "敏感的人", "1950-05-01");
    kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)s.person), at(k, "category=E04&from_on=%s&source=document", day_text(k, -9)));
    case_submit(k, "worker_a", s.id, "A");
    int64_t id = planned(s.id, "");
    assert_int_equal(kit_number(k, at(k, "SELECT level FROM conference WHERE id = %lld", (long long)id)), 4);
    join(id, doctor());
    kit_post(k, "worker_a", at(k, "/conferences/%lld/consent", (long long)id), agree());
    assert_int_equal(hold(id, "&shared=basic").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, at(k, "SELECT level FROM disclosure WHERE case_id = %lld", (long long)s.id)), 4);
    static const char *const others[] = { "head_a", "worker_a2", "worker_b", "county", "supervisor_a" };
    for (size_t i = 0; i < COUNT(others); i++) {
        struct kit_reply r = kit_get(k, others[i], at(k, "/conferences/%lld", (long long)id));
        assert_true(r.status >= 400);
        if (kit_has(r, "出院后怎么照顾")) fail_msg("%s sees it", others[i]);
        if (kit_has(kit_get(k, others[i], "/disclosures"), "敏感的人")) fail_msg("%s sees the register", others[i]);
    }
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/conferences/%lld", (long long)id)), "谈妥了分工"));
    assert_true(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'conference' AND entity_id = %lld",
                                 (long long)id)) > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mzt_11_nothing_goes_outside_without_a_consent_that_names_the_receiver),
        cmocka_unit_test(a_withdrawn_consent_does_not_do_and_a_statute_does),
        cmocka_unit_test(inside_the_station_sensitive_content_takes_a_consent_too),
        cmocka_unit_test(bad_input_is_told_and_a_conference_of_tomorrow_has_no_minutes),
        cmocka_unit_test(decisions_have_somebody_and_a_day), cmocka_unit_test(mzt_19_the_team_stands_on_the_case_and_opens_nothing),
        cmocka_unit_test(others_neither_see_nor_change_it), cmocka_unit_test(an_s4_case_does_not_show_through),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
