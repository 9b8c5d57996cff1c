/* R-CW-2: one responsible worker at any time; he changes by a hand-over with both signatures. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static bool
works(const char *login, int64_t id)
{
    return kit_number(k, at(k, "SELECT worker_id FROM casefile WHERE id = %lld", (long long)id)) == kit_user(k, login).v;
}

static struct kit_reply
hand_over(const char *login, int64_t id, const char *to, const char *sign)
{
    return case_step(k, login, id, "handover", at(k, "to=%lld&reason=left&note=x&sign=%s", (long long)kit_user(k, to).v, kit_enc(k, sign).p));
}

static int64_t
waiting(int64_t id)
{
    return kit_number(k, at(k, "SELECT id FROM case_handover WHERE case_id = %lld AND accepted_at IS NULL", (long long)id));
}

static void
r_cw_2_both_sign_before_the_worker_changes(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "己一", "1950-08-01");
    assert_int_equal(hand_over("worker_a", o.id, "worker_a2", "").status, HTTP_INVALID);
    assert_int_equal(hand_over("worker_a2", o.id, "worker_a2", case_sign).status, HTTP_FORBIDDEN);
    assert_int_equal(hand_over("worker_a", o.id, "worker_b", case_sign).status, HTTP_INVALID);
    assert_int_equal(waiting(o.id), 0);
    assert_int_equal(hand_over("worker_a", o.id, "worker_a2", case_sign).status, HTTP_SEE_OTHER);
    assert_int_equal(hand_over("worker_a", o.id, "head_a", case_sign).status, HTTP_CONFLICT);
    assert_true(works("worker_a", o.id));
    const char *accept = at(k, "/handovers/%lld/accept", (long long)waiting(o.id)), *sign = at(k, "sign=%s", kit_enc(k, case_sign).p);
    assert_true(kit_has(kit_get(k, "worker_a2", "/handovers"), "己一"));
    assert_int_equal(kit_post(k, "worker_a2", accept, "").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", accept, sign).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_b", accept, sign).status, HTTP_NOT_FOUND);
    assert_true(works("worker_a", o.id));
    assert_int_equal(kit_post(k, "worker_a2", accept, sign).status, HTTP_SEE_OTHER);
    assert_true(works("worker_a2", o.id));
    assert_int_equal(kit_post(k, "worker_a2", accept, sign).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_handover WHERE case_id = %lld AND sign_from IS NOT NULL"
                                         " AND sign_to IS NOT NULL", (long long)o.id)), 1);
    assert_int_equal(case_step(k, "worker_a", o.id, "begin/A", "").status, HTTP_FORBIDDEN);
    assert_int_equal(case_submit(k, "worker_a2", o.id, "A") != 0, 1);
}

/* Form A names the first worker; it is no way around the two signatures. */
static void
r_cw_2_form_a_does_not_change_the_worker_later(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "己二", "1950-08-02");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "assigned_worker", at(k, "%lld", (long long)kit_user(k, "worker_b").v));
    assert_int_equal(case_save(k, "worker_a", o.id, o.form_a, &a, "submit").status, HTTP_INVALID);
    case_to(k, "worker_a", o.id, "assessment");
    struct kit_reply r = kit_post(k, "worker_a", at(k, "/cases/%lld/forms/%lld/revise", (long long)o.id, (long long)o.form_a), "");
    int64_t two = kit_id_in(r.location, at(k, "/cases/%lld/forms/", (long long)o.id));
    sheet_set(&a, "assigned_worker", at(k, "%lld", (long long)kit_user(k, "worker_a2").v));
    r = case_save(k, "worker_a", o.id, two, &a, "submit");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "更换责任社工须办理移交"));
    assert_true(works("worker_a", o.id));
}

static void
form_a_names_the_first_worker(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "己三", "1950-08-03");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "assigned_worker", at(k, "%lld", (long long)kit_user(k, "worker_a2").v));
    assert_int_equal(case_save(k, "worker_a", o.id, o.form_a, &a, "submit").status, HTTP_SEE_OTHER);
    assert_true(works("worker_a2", o.id));
}

static void
the_head_hands_over_all_cases_of_who_leaves(void **state)
{
    (void)state;
    struct opened one = case_made(k, "worker_a", "己四", "1950-08-04"), two = case_made(k, "worker_a", "己五", "1950-08-05");
    const char *params = at(k, "id=%lld&id=%lld&to=%lld&reason=left&sign=%s", (long long)one.id, (long long)two.id,
                            (long long)kit_user(k, "worker_a2").v, kit_enc(k, case_sign).p);
    assert_int_equal(kit_post(k, "worker_a", "/cases/reassign", params).status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "head_b", "/cases/reassign", params).status, HTTP_CONFLICT);
    assert_int_equal(waiting(one.id), 0);
    assert_int_equal(kit_post(k, "head_a", "/cases/reassign", params).status, HTTP_SEE_OTHER);
    assert_true(waiting(one.id) && waiting(two.id));
    assert_true(works("worker_a", one.id));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r_cw_2_both_sign_before_the_worker_changes),
        cmocka_unit_test(r_cw_2_form_a_does_not_change_the_worker_later),
        cmocka_unit_test(form_a_names_the_first_worker),
        cmocka_unit_test(the_head_hands_over_all_cases_of_who_leaves),
    };
    return cmocka_run_group_tests_name("hand-over", tests, open_kit, close_kit);
}
