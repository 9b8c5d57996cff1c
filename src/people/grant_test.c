/* Break-glass, asking the head, and the standing approval for minors' files (codes.md 9.1, 9.3). */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"

static struct kit *k;
static struct opened plain, secret, child;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    struct sheet a = sheet_of(k, "A");
    plain = case_made(k, "worker_a", "辛一", "1950-09-01");
    sheet_set(&a, "presenting_problem", "秘密的困境");
    case_submit_sheet(k, "worker_a", plain.id, "A", &a);
    secret = case_made(k, "worker_a", "辛二", "1950-09-02");
    assert_int_equal(kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)secret.person),
                              at(k, "category=D03&from_on=%s&source=document", day_text(k, -9))).status, HTTP_SEE_OTHER);
    case_submit_sheet(k, "worker_a", secret.id, "A", &a);
    child.person = case_person_made(k, "worker_a", "辛小", day_text(k, -3000));
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static struct kit_reply
person(const char *login, int64_t id, const char *tab)
{
    return kit_get(k, login, at(k, "/people/%lld%s", (long long)id, tab));
}

static struct kit_reply
ask(const char *login, int64_t id, const char *way, const char *reason)
{
    return kit_post(k, login, at(k, "/people/%lld/open", (long long)id), at(k, "way=%s&reason=%s", way, kit_enc(k, reason).p));
}

static const char *
form_a(struct opened o)
{
    return at(k, "/cases/%lld/forms/%lld", (long long)o.id, (long long)o.form_a);
}

static int64_t
newest_grant(void)
{
    return kit_number(k, "SELECT max(id) FROM access_grant");
}

static int64_t
told(const char *login, const char *kind)
{
    return kit_number(k, at(k, "SELECT count(*) FROM inbox WHERE kind = '%s' AND account_id = %lld", kind, (long long)kit_user(k, login).v));
}

static struct kit_reply
review(const char *login, int64_t grant, const char *params)
{
    return kit_post(k, login, at(k, "/access/%lld/review", (long long)grant), params);
}

static void
pass(int hours)
{
    clock_stop((struct instant){ instant_now().ms + (int64_t)hours * 3600 * 1000 });
}

/* covers: GZ-28 */
static void
an_emergency_opens_tells_and_shuts_again(void **state)
{
    (void)state;
    assert_int_equal(kit_get(k, "worker_a2", form_a(plain)).status, HTTP_NOT_FOUND);
    assert_true(kit_has(person("worker_a2", plain.person, ""), "/open\""));
    assert_int_equal(ask("worker_a2", plain.person, "emergency", "急").status, HTTP_INVALID);
    assert_int_equal(newest_grant(), 0);
    assert_int_equal(ask("worker_a2", plain.person, "emergency", "深夜来电说要自伤，须马上上门").status, HTTP_SEE_OTHER);
    assert_int_equal(told("head_a", "opened"), 1);
    assert_int_equal(told("worker_a", "opened"), 1);            /* who works with him */
    assert_int_equal(told("head_b", "opened") + told("worker_a2", "opened"), 0);
    assert_true(kit_has(kit_get(k, "worker_a2", form_a(plain)), "秘密的困境"));
    assert_true(kit_has(kit_get(k, "worker_a2", at(k, "/cases/%lld", (long long)plain.id)), "秘密的困境")
                || kit_get(k, "worker_a2", at(k, "/cases/%lld", (long long)plain.id)).status == HTTP_OK);
    assert_int_equal(kit_post(k, "worker_a2", form_a(plain), "version=1&do=draft").status, HTTP_FORBIDDEN);     /* reads, never writes */
    assert_int_equal(kit_get(k, "supervisor_a", form_a(plain)).status, HTTP_NOT_FOUND);                         /* nobody else */
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE action = 'break_glass' AND entity_id = %lld AND reason LIKE '深夜%%'",
                                      (long long)plain.person)), 1);
    pass(25);
    assert_int_equal(kit_get(k, "worker_a2", form_a(plain)).status, HTTP_NOT_FOUND);
    clock_stop(NO_TIME);
}

static void
the_head_sees_the_reason_and_reviews(void **state)
{
    (void)state;
    int64_t grant = newest_grant();
    struct kit_reply list = kit_get(k, "head_a", "/access?view=review");
    assert_true(kit_has(list, "辛一"));
    assert_true(kit_has(list, "深夜来电说要自伤"));
    assert_false(kit_has(kit_get(k, "head_b", "/access?view=all"), "辛一"));
    assert_true(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity_id = %lld AND account_id = %lld",
                                 (long long)plain.id, (long long)kit_user(k, "worker_a2").v)) >= 1);
    assert_int_equal(review("worker_a2", grant, "finding=right").status, HTTP_FORBIDDEN);
    assert_int_equal(review("head_b", grant, "finding=right").status, HTTP_NOT_FOUND);
    assert_int_equal(review("head_a", grant, "finding=wrong&remark=x").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "worker_a2", form_a(plain)).status, HTTP_NOT_FOUND);            /* shut at once */
    assert_int_equal(review("head_a", grant, "finding=right").status, HTTP_CONFLICT);
    assert_true(kit_has(kit_get(k, "head_a", "/access?view=all"), "理由不成立"));
}

/* covers: GZ-34 */
static void
the_client_can_be_shown_who_read_his_file(void **state)
{
    (void)state;
    struct kit_reply r = person("worker_a", plain.person, "/readers");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "紧急打开档案"));
    assert_true(kit_has(r, "深夜来电说要自伤"));
    assert_true(kit_has(r, "worker_a2"));
    assert_int_equal(person("worker_a2", plain.person, "/readers").status, HTTP_FORBIDDEN);
    assert_int_equal(person("clerk_a", plain.person, "/readers").status, HTTP_FORBIDDEN);
}

static void
asked_for_it_waits_for_the_head(void **state)
{
    (void)state;
    assert_int_equal(ask("worker_a2", plain.person, "asked", "接手前需要了解情况").status, HTTP_SEE_OTHER);
    int64_t grant = newest_grant();
    const char *decide = at(k, "/access/%lld/decide", (long long)grant);
    assert_int_equal(told("head_a", "asked"), 1);
    assert_int_equal(kit_get(k, "worker_a2", form_a(plain)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_a2", decide, "decision=open").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "head_a", decide, "decision=refused").status, HTTP_INVALID);   /* why? */
    assert_int_equal(kit_post(k, "head_a", decide, "decision=open").status, HTTP_SEE_OTHER);
    assert_int_equal(told("worker_a2", "answered"), 1);
    assert_true(kit_has(kit_get(k, "worker_a2", form_a(plain)), "秘密的困境"));
    assert_int_equal(kit_post(k, "worker_a2", at(k, "/access/%lld/end", (long long)grant), "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "worker_a2", form_a(plain)).status, HTTP_NOT_FOUND);
}

static void
who_has_no_a_cannot_open_anything(void **state)
{
    static const char *const shut[] = { "supervisor_a", "grid_a", "village_a", "assistant_a", "volunteer_a", "county", "bureau", "evaluator",
                                        "client_a", "admin", "worker_b", "head_b" };
    int64_t before = newest_grant();
    (void)state;
    for (size_t i = 0; i < COUNT(shut); i++) {
        struct kit_reply r = ask(shut[i], plain.person, "emergency", "我想看一看这份档案");
        if (r.status != HTTP_FORBIDDEN && r.status != HTTP_NOT_FOUND) fail_msg("%s: %d", shut[i], (int)r.status);
    }
    assert_int_equal(ask("clerk_a", plain.person, "emergency", "我想看一看这份档案").status, HTTP_FORBIDDEN);  /* may ask, not break */
    assert_int_equal(ask("worker_a", plain.person, "emergency", "我想看一看这份档案").status, HTTP_CONFLICT);  /* it is open to him */
    assert_int_equal(newest_grant(), before);
}

/* S4: a colleague learns nothing; the head may open it, and others are told. */
static void
level_four_opens_to_the_head_alone(void **state)
{
    (void)state;
    assert_int_equal(ask("worker_a2", secret.person, "emergency", "我想看一看这份档案").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_a2", at(k, "/people/%lld/open", (long long)secret.person)).status, HTTP_NOT_FOUND);
    struct kit_reply r = kit_get(k, "head_a", at(k, "/people/%lld/open", (long long)secret.person));
    assert_int_equal(r.status, HTTP_OK);
    assert_false(kit_has(r, "辛二"));
    assert_int_equal(person("head_a", secret.person, "").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "head_a", form_a(secret)).status, HTTP_NOT_FOUND);
    assert_int_equal(ask("head_a", secret.person, "emergency", "派出所来电，人已走失").status, HTTP_SEE_OTHER);
    int64_t grant = newest_grant();
    assert_true(kit_has(person("head_a", secret.person, ""), "辛二"));
    assert_true(kit_has(kit_get(k, "head_a", form_a(secret)), "秘密的困境"));
    assert_int_equal(told("worker_a", "opened"), 2);
    assert_int_equal(review("head_a", grant, "finding=right").status, HTTP_FORBIDDEN);          /* not his own */
    assert_false(kit_has(kit_get(k, "head_a", "/people"), "辛二"));                              /* still not in lists */
    pass(25);
    assert_int_equal(person("head_a", secret.person, "").status, HTTP_NOT_FOUND);
    clock_stop(NO_TIME);
    assert_true(kit_has(person("worker_a", secret.person, "/readers"), "派出所来电"));
}

static void
a_minors_file_takes_approval(void **state)
{
    (void)state;
    const char *user = at(k, "/access/minors/%lld", (long long)kit_user(k, "worker_a2").v);
    assert_int_equal(kit_post(k, "worker_a2", at(k, "%s/forbid", user), "").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "head_b", at(k, "%s/forbid", user), "").status, HTTP_NOT_FOUND);
    assert_true(kit_has(person("worker_a2", child.person, "/readers"), "查阅记录"));             /* approved: works with him */
    assert_int_equal(kit_post(k, "head_a", at(k, "%s/forbid", user), "").status, HTTP_SEE_OTHER);
    struct kit_reply r = person("worker_a2", child.person, "");
    assert_true(kit_has(r, "申请查阅"));
    assert_int_equal(person("worker_a2", child.person, "/readers").status, HTTP_FORBIDDEN);
    assert_int_equal(person("worker_a2", child.person, "/edit").status, HTTP_FORBIDDEN);
    assert_int_equal(ask("worker_a2", child.person, "asked", "家长来站里问补助的事").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "head_a", at(k, "/access/%lld/decide", (long long)newest_grant()), "decision=open").status, HTTP_SEE_OTHER);
    assert_int_equal(person("worker_a2", child.person, "/readers").status, HTTP_OK);
    int64_t reads = kit_number(k, at(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity_id = %lld AND account_id = %lld",
                                     (long long)child.person, (long long)kit_user(k, "worker_a2").v));
    person("worker_a2", child.person, "");
    assert_true(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity_id = %lld AND account_id = %lld",
                                 (long long)child.person, (long long)kit_user(k, "worker_a2").v)) > reads);
    assert_int_equal(kit_post(k, "head_a", at(k, "%s/allow", user), "").status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "head_a", "/access/minors"), "head_a"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_emergency_opens_tells_and_shuts_again),
        cmocka_unit_test(the_head_sees_the_reason_and_reviews),
        cmocka_unit_test(the_client_can_be_shown_who_read_his_file),
        cmocka_unit_test(asked_for_it_waits_for_the_head),
        cmocka_unit_test(who_has_no_a_cannot_open_anything),
        cmocka_unit_test(level_four_opens_to_the_head_alone),
        cmocka_unit_test(a_minors_file_takes_approval),
    };
    return cmocka_run_group_tests_name("files opened for a time", tests, open_kit, close_kit);
}
