/* Who sees what of a case (codes.md 9.3). */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"

static struct kit *k;
static struct opened plain, secret;     /* secret: level S4 */
static int64_t plain_b;

static void
no_case_text(struct kit_reply r, const char *who)
{
    if (kit_has(r, "秘密的困境") || kit_has(r, "秘密的身体")) fail_msg("%s reads the case", who);
}

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    struct sheet a = sheet_of(k, "A"), b = sheet_of(k, "B");
    plain = case_made(k, "worker_a", "庚一", "1950-09-01");
    sheet_set(&a, "presenting_problem", "秘密的困境");
    case_submit_sheet(k, "worker_a", plain.id, "A", &a);
    case_to(k, "worker_a", plain.id, "assessment");
    sheet_set(&b, "physical", "秘密的身体");
    plain_b = case_submit_sheet(k, "worker_a", plain.id, "B", &b);
    secret = case_made(k, "worker_a", "庚二", "1950-09-02");
    struct kit_reply r = kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)secret.person),
                                  at(k, "category=D03&from_on=%s&source=document", day_text(k, -9)));
    if (r.status != HTTP_SEE_OTHER) fail_msg("category: %d", (int)r.status);
    case_submit_sheet(k, "worker_a", secret.id, "A", &a);
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static const char *
form_page(struct opened o, int64_t form)
{
    return at(k, "/cases/%lld/forms/%lld", (long long)o.id, (long long)form);
}

static void
a_colleague_reads_no_form(void **state)
{
    (void)state;
    struct kit_reply r = case_page_of(k, "worker_a2", plain.id);
    no_case_text(r, "a colleague");
    assert_int_equal(kit_get(k, "worker_a2", form_page(plain, plain.form_a)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_a2", form_page(plain, plain_b)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_a2", at(k, "%s/pdf", form_page(plain, plain_b)), "give_purpose=internal").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_a2", at(k, "%s/compare/%lld", form_page(plain, plain_b), (long long)plain_b)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_a2", form_page(plain, plain_b), "version=1&do=draft").status, HTTP_FORBIDDEN);
    assert_int_equal(case_step(k, "worker_a2", plain.id, "next", "").status, HTTP_FORBIDDEN);
    assert_int_equal(case_step(k, "worker_a2", plain.id, "begin/D", "").status, HTTP_FORBIDDEN);
    assert_int_equal(case_step(k, "worker_a2", plain.id, "close", "reason=x").status, HTTP_FORBIDDEN);
}

static void
another_station_learns_nothing(void **state)
{
    (void)state;
    static const char *const others[] = { "worker_b", "head_b" };
    for (size_t i = 0; i < COUNT(others); i++) {
        assert_int_equal(case_page_of(k, others[i], plain.id).status, HTTP_NOT_FOUND);
        assert_int_equal(kit_get(k, others[i], form_page(plain, plain_b)).status, HTTP_NOT_FOUND);
        assert_int_equal(case_step(k, others[i], plain.id, "reopen", "reason=x").status, HTTP_NOT_FOUND);
        assert_false(kit_has(kit_get(k, others[i], "/cases?view=open"), "庚一"));
    }
}

/* covers: HN-10 */
static void
figures_people_assistants_and_clerks_open_no_case(void **state)
{
    (void)state;
    static const char *const others[] = { "admin", "county", "bureau", "evaluator", "assistant_a", "clerk_a", "grid_a", "village_a",
                                          "volunteer_a", "client_a" };
    for (size_t i = 0; i < COUNT(others); i++) {
        const char *pages[] = { at(k, "/cases/%lld", (long long)plain.id), form_page(plain, plain_b), at(k, "%s/pdf", form_page(plain, plain_b)) };
        for (size_t p = 0; p < COUNT(pages); p++) {
            struct kit_reply r = kit_get(k, others[i], pages[p]);
            if (r.status != HTTP_FORBIDDEN && r.status != HTTP_NOT_FOUND) fail_msg("%s %s: %d", others[i], pages[p], (int)r.status);
            no_case_text(r, others[i]);
        }
        assert_true(case_step(k, others[i], plain.id, "next", "").status >= 400);
    }
    assert_int_not_equal(kit_get(k, NULL, at(k, "/cases/%lld", (long long)plain.id)).status, HTTP_OK);
}

static void
the_head_reads_and_the_supervisor_when_assigned(void **state)
{
    (void)state;
    assert_true(kit_has(kit_get(k, "head_a", form_page(plain, plain_b)), "秘密的身体"));
    no_case_text(kit_get(k, "supervisor_a", form_page(plain, plain_b)), "a supervisor of other cases");
    case_step(k, "worker_a", plain.id, "supervisor", at(k, "supervisor=%lld", (long long)kit_user(k, "supervisor_a").v));
    assert_true(kit_has(kit_get(k, "supervisor_a", form_page(plain, plain_b)), "秘密的身体"));
    assert_int_equal(kit_post(k, "head_a", form_page(plain, plain_b), "version=1&do=draft").status, HTTP_FORBIDDEN);
}

static void
s4_is_there_for_who_is_named_only(void **state)
{
    (void)state;
    static const char *const others[] = { "worker_a2", "supervisor_a", "worker_b" };
    assert_int_equal(kit_number(k, at(k, "SELECT level FROM casefile WHERE id = %lld", (long long)secret.id)), 4);
    for (size_t i = 0; i < COUNT(others); i++) {
        assert_int_equal(case_page_of(k, others[i], secret.id).status, HTTP_NOT_FOUND);
        assert_int_equal(kit_get(k, others[i], form_page(secret, secret.form_a)).status, HTTP_NOT_FOUND);
        assert_false(kit_has(kit_get(k, others[i], "/cases?view=open"), "庚二"));
        assert_false(kit_has(kit_get(k, others[i], "/cases?view=open"), at(k, "/cases/%lld", (long long)secret.id)));
    }
    struct kit_reply list = kit_get(k, "head_a", "/cases?view=open");               /* its number, never the name */
    assert_true(kit_has(list, at(k, "/cases/%lld", (long long)secret.id)));
    assert_false(kit_has(list, "庚二"));
    assert_false(kit_has(kit_get(k, "head_b", "/cases?view=open"), at(k, "/cases/%lld", (long long)secret.id)));
    struct kit_reply r = case_page_of(k, "head_a", secret.id);                     /* existence, not content */
    assert_int_equal(r.status, HTTP_OK);
    assert_false(kit_has(r, "庚二"));
    assert_true(kit_has(r, "高度敏感"));
    no_case_text(r, "the head");
    assert_int_equal(kit_get(k, "head_a", form_page(secret, secret.form_a)).status, HTTP_NOT_FOUND);
    assert_true(kit_has(kit_get(k, "worker_a", form_page(secret, secret.form_a)), "秘密的困境"));
    case_step(k, "worker_a", secret.id, "supervisor", at(k, "supervisor=%lld", (long long)kit_user(k, "supervisor_a").v));
    assert_true(kit_has(kit_get(k, "supervisor_a", form_page(secret, secret.form_a)), "秘密的困境"));
}

static int64_t
reads_of(const char *login, int64_t id)
{
    return kit_number(k, at(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity_id = %lld AND account_id = %lld", (long long)id,
                            (long long)kit_user(k, login).v));
}

static void
reading_sensitive_content_is_written_down(void **state)
{
    (void)state;
    int64_t before = reads_of("head_a", plain.id);
    kit_get(k, "head_a", form_page(plain, plain_b));
    assert_int_equal(reads_of("head_a", plain.id), before + 1);
    kit_given(k, "head_a", at(k, "%s/pdf", form_page(plain, plain_b)));
    assert_int_equal(reads_of("head_a", plain.id), before + 2);
    before = reads_of("worker_a", secret.id);
    case_page_of(k, "worker_a", secret.id);
    assert_int_equal(reads_of("worker_a", secret.id), before + 1);
    before = reads_of("worker_a2", plain.id);
    kit_get(k, "worker_a2", form_page(plain, plain_b));                             /* refused: nothing was read */
    assert_int_equal(reads_of("worker_a2", plain.id), before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_colleague_reads_no_form),
        cmocka_unit_test(another_station_learns_nothing),
        cmocka_unit_test(figures_people_assistants_and_clerks_open_no_case),
        cmocka_unit_test(the_head_reads_and_the_supervisor_when_assigned),
        cmocka_unit_test(s4_is_there_for_who_is_named_only),
        cmocka_unit_test(reading_sensitive_content_is_written_down),
    };
    return cmocka_run_group_tests_name("access to cases", tests, open_kit, close_kit);
}
