/* Signing in, locking, sessions, and the rule of the gate. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/kit.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static struct kit_reply
sign_in(const char *login, const char *password)
{
    return kit_post(k, NULL, "/login", str_fmt(&k->arena, "name=%s&password=%s", login, password).p);
}

static void
right_password_signs_in(void **state)
{
    (void)state;
    struct kit_reply r = sign_in("worker_a", "nuan-test-1");
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_true(str_is(r.location, "/"));
    assert_true(str_has(r.cookies, STR("HttpOnly")));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'sign_in'"), 1);
}

static void
wrong_password_and_unknown_name_look_the_same(void **state)
{
    (void)state;
    struct kit_reply wrong = sign_in("worker_a", "nuan-test-2"), nobody = sign_in("nobody", "nuan-test-2");
    assert_int_equal(wrong.status, HTTP_INVALID);
    assert_int_equal(nobody.status, HTTP_INVALID);
    assert_true(kit_has(wrong, "用户名或密码不正确") && kit_has(nobody, "用户名或密码不正确"));
    assert_false(kit_has(wrong, "nuan-test-2"));
}

static void
five_wrong_passwords_lock_the_account(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) sign_in("worker_b", "no");
    struct kit_reply r = sign_in("worker_b", "nuan-test-1");
    assert_int_equal(r.status, HTTP_TOO_MANY);
    assert_true(kit_has(r, "锁定"));
    clock_stop((struct instant){ instant_now().ms + 16 * 60 * 1000 });
    assert_int_equal(sign_in("worker_b", "nuan-test-1").status, HTTP_SEE_OTHER);
    clock_stop(NO_TIME);
}

/* An office signs in at half past eight behind one address; who only guesses is stopped. */
static void
an_address_has_few_wrong_tries_and_many_right_ones(void **state)
{
    (void)state;
    clock_stop((struct instant){ (instant_now().ms / 60000 + 60) * 60000 });
    for (int i = 0; i < 40; i++) assert_int_equal(sign_in("worker_a", "nuan-test-1").status, HTTP_SEE_OTHER);
    for (int i = 0; i < 30; i++) assert_int_equal(sign_in("nobody", "no").status, HTTP_INVALID);
    assert_int_equal(sign_in("nobody", "no").status, HTTP_TOO_MANY);
    assert_int_equal(sign_in("worker_a", "nuan-test-1").status, HTTP_TOO_MANY);
    clock_stop((struct instant){ instant_now().ms + 60000 });
    assert_int_equal(sign_in("worker_a", "nuan-test-1").status, HTTP_SEE_OTHER);
    clock_stop(NO_TIME);
}

static void
a_foreign_next_address_is_not_followed(void **state)
{
    (void)state;
    const char *bad[] = { "https://example.org/", "//example.org/", "/\\example.org" };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct kit_reply r = kit_post(k, NULL, "/login", str_fmt(&k->arena, "name=head_a&password=nuan-test-1&next=%.*s", FMT(kit_enc(k, bad[i]))).p);
        assert_true(str_is(r.location, "/"));
    }
}

static void
the_way_back_may_be_long_but_not_broken(void **state)
{
    (void)state;
    char *way = NEW(&k->arena, char, 9001);
    memset(way, 'a', 9000);
    struct kit_reply r = kit_get(k, "worker_a", str_fmt(&k->arena, "/unit/%lld?back=/%s", (long long)k->station_a.v, way).p);
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_int_equal(r.location.n, 9001);
    r = kit_get(k, "worker_a", str_fmt(&k->arena, "/unit/%lld?back=/x%%0d%%0aSet-Cookie:%%20a=b", (long long)k->station_a.v).p);
    assert_true(str_is(r.location, "/"));
}

static void
closed_account_cannot_sign_in(void **state)
{
    (void)state;
    kit_begin(k);
    db_exec(k->db, "UPDATE account SET closed_on = '2026-01-01' WHERE login = 'village_a'");
    kit_commit(k);
    struct kit_reply r = sign_in("village_a", "nuan-test-1");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "停用"));
}

static void
nobody_is_sent_to_the_sign_in_page(void **state)
{
    (void)state;
    struct kit_reply r = kit_get(k, NULL, "/me/sessions");
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_true(str_starts(r.location, STR("/login?next=")));
}

static void
a_post_without_the_token_is_refused(void **state)
{
    (void)state;
    struct kit_reply r = kit_post(k, "worker_a", "/me/sessions/end", "csrf=0123456789abcdef0123456789abcdef");
    assert_int_equal(r.status, HTTP_FORBIDDEN);         /* the first value counts */
}

static void
only_an_administrator_sees_accounts(void **state)
{
    (void)state;
    assert_int_equal(kit_get(k, "worker_a", "/users").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_get(k, "head_a", "/users").status, HTTP_FORBIDDEN);
    struct kit_reply r = kit_get(k, "admin", "/users");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "worker_a"));
}

static void
a_new_user_must_change_the_first_password(void **state)
{
    (void)state;
    struct str unit = str_fmt(&k->arena, "login=new.one&name=%.*s&role=worker&unit=%lld", FMT(kit_enc(k, "新人")), (long long)k->station_a.v);
    struct kit_reply r = kit_post(k, "admin", "/users/new", unit.p);
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "初始密码"));
    assert_int_equal(kit_number(k, "SELECT must_change FROM account WHERE login = 'new.one'"), 1);
    r = kit_get(k, "new.one", "/me/sessions");
    assert_true(str_is(r.location, "/me/password"));
    assert_int_equal(kit_post(k, "admin", "/users/new", unit.p).status, HTTP_INVALID);     /* the name is taken */
}

static void
ending_other_sessions_keeps_ones_own(void **state)
{
    (void)state;
    sign_in("supervisor_a", "nuan-test-1");
    sign_in("supervisor_a", "nuan-test-1");
    kit_get(k, "supervisor_a", "/me/sessions");
    kit_post(k, "supervisor_a", "/me/sessions/end", "");
    assert_int_equal(kit_get(k, "supervisor_a", "/me/sessions").status, HTTP_OK);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM session s JOIN account a ON a.id = s.account_id"
                                   " WHERE a.login = 'supervisor_a' AND s.ended_at IS NULL"), 1);
}

/* An evaluator is there for a time and under a name that is not his own (codes.md 9.3). */
static void
an_evaluator_has_an_end_and_no_name(void **state)
{
    char until[16], far[16];
    (void)state;
    date_print(date_add(today(), 30), until);
    date_print(date_add(today(), 500), far);
    const char *wanted = str_fmt(&k->arena, "login=eval.one&name=%.*s&role=evaluator&unit=%lld", FMT(kit_enc(k, "郑某真名")), (long long)k->county.v).p;
    assert_int_equal(kit_post(k, "admin", "/users/new", wanted).status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "admin", "/users/new", str_fmt(&k->arena, "%s&expires_on=%s", wanted, far).p).status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "admin", "/users/new", str_fmt(&k->arena, "%s&expires_on=%s", wanted, until).p).status, HTTP_OK);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM account WHERE login = 'eval.one' AND name LIKE '评估员 ____'"), 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM account WHERE name LIKE '%真名%'"), 0);
    const char *path = str_fmt(&k->arena, "/users/%lld", (long long)kit_user(k, "eval.one").v).p;
    assert_int_equal(kit_post(k, "admin", path, str_fmt(&k->arena, "%s&expires_on=%s", wanted, until).p).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM account WHERE name LIKE '%真名%'"), 0);
}

/* The gate asks each time: an account ends on its day, also in the middle of a session. */
static void
an_account_ends_on_its_day(void **state)
{
    (void)state;
    assert_int_equal(kit_get(k, "evaluator", "/figures").status, HTTP_OK);
    clock_stop(instant_at(date_add(today(), 30), 12, 0));
    assert_int_equal(kit_get(k, "evaluator", "/figures").status, HTTP_OK);      /* the last day counts */
    clock_stop(instant_at(date_add(today(), 1), 0, 1));
    struct kit_reply r = kit_get(k, "evaluator", "/figures");
    assert_true(str_starts(r.location, STR("/login")));
    assert_true(kit_has(sign_in("evaluator", "nuan-test-1"), "停用"));
    clock_stop(NO_TIME);
    kit_begin(k);
    db_exec(k->db, "UPDATE account SET expires_on = NULL WHERE login = 'evaluator'");
    kit_commit(k);
    assert_true(str_starts(kit_get(k, "evaluator", "/figures").location, STR("/login")));       /* no end: no evaluator */
    assert_int_equal(sign_in("evaluator", "nuan-test-1").status, HTTP_INVALID);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_password_signs_in), cmocka_unit_test(wrong_password_and_unknown_name_look_the_same),
        cmocka_unit_test(five_wrong_passwords_lock_the_account),
        cmocka_unit_test(an_address_has_few_wrong_tries_and_many_right_ones), cmocka_unit_test(a_foreign_next_address_is_not_followed),
        cmocka_unit_test(the_way_back_may_be_long_but_not_broken),
        cmocka_unit_test(closed_account_cannot_sign_in), cmocka_unit_test(nobody_is_sent_to_the_sign_in_page),
        cmocka_unit_test(a_post_without_the_token_is_refused), cmocka_unit_test(only_an_administrator_sees_accounts),
        cmocka_unit_test(a_new_user_must_change_the_first_password), cmocka_unit_test(ending_other_sessions_keeps_ones_own),
        cmocka_unit_test(an_evaluator_has_an_end_and_no_name), cmocka_unit_test(an_account_ends_on_its_day),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
