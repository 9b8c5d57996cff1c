/* Signing in with a second factor: enrolment, codes, recovery, locking, the administrator's reset, and roles that must have one. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "auth/role.h"
#include "auth/totp.h"
#include "base/data.h"
#include "http/csrf.h"
#include "http/params.h"
#include "test/kit.h"
#include <unistd.h>

static struct kit *k;
static unsigned char secret[TOTP_SECRET];
static struct str codes[10];
static int64_t minutes;                 /* the clock goes on, so that each code is a new one */

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; clock_stop(NO_TIME); kit_close(k); return 0; }

static void
later(int64_t by)
{
    minutes += by;
    clock_stop((struct instant){ INT64_C(1798700000000) + minutes * 60000 });
}

static const char *
code_now(int off)
{
    return totp_code(&k->arena, secret, totp_step(instant_now()) + off).p;
}

static struct str
between(struct str s, const char *before, const char *after)
{
    const char *p = strstr(str_z(&k->arena, s), before);
    if (p == NULL) return NO_STR;
    p += strlen(before);
    return str_dup(&k->arena, (struct str){ p, (size_t)(strstr(p, after) - p) });
}

/* The browser keeps what the server sets. */
static struct kit_reply
password(const char *login)
{
    k->cookie = NULL;
    struct kit_reply r = kit_post(k, NULL, "/login", str_fmt(&k->arena, "name=%s&password=nuan-test-1", login).p);
    struct str value = between(r.cookies, "nuan=", ";");
    k->cookie = value.n ? str_fmt(&k->arena, "nuan=%.*s", FMT(value)).p : NULL;
    return r;
}

static struct kit_reply
second(const char *code)
{
    struct str token = csrf_of(&k->arena, cookie_get(str_of(k->cookie), "nuan"));
    return kit_post(k, NULL, "/login/second", str_fmt(&k->arena, "csrf=%.*s&code=%s", FMT(token), code).p);
}

/* Is whoever holds the cookie signed in? */
static bool
inside(void)
{
    return kit_get(k, NULL, "/me/sessions").status == HTTP_OK;
}

static int64_t
audited(const char *action)
{
    return kit_number(k, str_fmt(&k->arena, "SELECT count(*) FROM audit WHERE action = '%s'", action).p);
}

static void
enrolment_shows_a_code_to_scan_and_the_recovery_codes_once(void **state)
{
    (void)state;
    later(1);
    assert_int_equal(kit_post(k, "worker_a", "/me/second/begin", "").status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_get(k, "worker_a", "/me/second");
    assert_true(kit_has(r, "<svg class=\"qr\""));
    assert_true(base32_to(between(r.body, "手工输入密钥：<code>", "</code>"), secret, TOTP_SECRET));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM account_totp WHERE secret_sealed LIKE '1:%' AND confirmed_at IS NULL"), 1);
    assert_true(str_is(password("worker_a").location, "/"));                    /* not before it is confirmed */
    assert_int_equal(kit_post(k, "worker_a", "/me/second/confirm", "code=000000").status, HTTP_INVALID);
    r = kit_post(k, "worker_a", "/me/second/confirm", str_fmt(&k->arena, "code=%s", code_now(0)).p);
    assert_int_equal(r.status, HTTP_OK);
    struct str rest = r.body;
    for (int i = 0; i < 10; i++) {
        codes[i] = between(rest, "<li><code>", "</code>");
        assert_int_equal(codes[i].n, 11);
        const char *at = strstr(rest.p, codes[i].p);
        rest = (struct str){ at, rest.n - (size_t)(at - rest.p) };
    }
    r = kit_get(k, "worker_a", "/me/second");
    assert_false(kit_has(r, codes[0].p));
    assert_false(kit_has(r, "<svg class=\"qr\""));                              /* the secret is never shown again */
    assert_true(kit_has(r, "10"));
    assert_int_equal(kit_number(k, str_fmt(&k->arena, "SELECT count(*) FROM account_recovery WHERE code_hash LIKE '%%%.5s%%'", codes[0].p).p), 0);
    assert_int_equal(audited("second_on"), 1);
    assert_int_equal(kit_post(k, "worker_a", "/me/second/begin", "").status, HTTP_SEE_OTHER);   /* and is not replaced */
    assert_int_equal(kit_number(k, "SELECT count(*) FROM account_totp WHERE confirmed_at IS NOT NULL"), 1);
}

static void
the_password_alone_opens_nothing(void **state)
{
    (void)state;
    later(1);
    int64_t before = audited("sign_in");
    assert_true(str_starts(password("worker_a").location, STR("/login/second")));
    assert_false(inside());
    assert_int_equal(kit_get(k, NULL, "/people").status, HTTP_SEE_OTHER);
    assert_int_equal(audited("sign_in"), before);
    const char *half = k->cookie;
    struct kit_reply r = second(code_now(0));
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_false(inside());                                                     /* the old cookie is worth nothing */
    k->cookie = str_fmt(&k->arena, "nuan=%.*s", FMT(between(r.cookies, "nuan=", ";"))).p;
    assert_string_not_equal(half, k->cookie);
    assert_true(inside());
    assert_int_equal(audited("sign_in"), before + 1);
}

static void
a_code_works_once_and_for_a_minute(void **state)
{
    (void)state;
    const char *used = code_now(0);
    password("worker_a");
    assert_int_equal(second(used).status, HTTP_INVALID);
    later(1);
    assert_int_equal(second(code_now(-2)).status, HTTP_INVALID);
    assert_int_equal(second(code_now(2)).status, HTTP_INVALID);
    assert_int_equal(second(code_now(-1)).status, HTTP_SEE_OTHER);              /* a slow clock */
    password("worker_a");
    assert_int_equal(second(code_now(1)).status, HTTP_SEE_OTHER);               /* a fast one */
    password("worker_a");
    assert_int_equal(second(code_now(0)).status, HTTP_INVALID);                 /* older than the last one */
}

static void
a_recovery_code_works_once(void **state)
{
    (void)state;
    later(1);
    password("worker_a");
    assert_int_equal(second(codes[3].p).status, HTTP_SEE_OTHER);
    password("worker_a");
    assert_int_equal(second(codes[3].p).status, HTTP_INVALID);
    assert_true(kit_has(kit_get(k, "worker_a", "/me/second"), "9"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM account_recovery WHERE used_at IS NOT NULL"), 1);
}

static void
guessing_locks_whatever_the_password_does(void **state)
{
    (void)state;
    later(1);
    password("worker_a");
    second(code_now(0));
    for (int i = 0; i < 5; i++) {
        password("worker_a");                                                   /* right: does not forgive the wrong codes */
        assert_int_equal(second("000001").status, HTTP_INVALID);
    }
    later(1);
    password("worker_a");
    struct kit_reply r = second(code_now(0));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "15 分钟"));
    assert_int_equal(second(codes[5].p).status, HTTP_INVALID);                  /* nor by a recovery code */
    later(16);
    password("worker_a");
    assert_int_equal(second(code_now(0)).status, HTTP_SEE_OTHER);
    assert_true(audited("second_failed") >= 5);
}

static void
the_step_waits_ten_minutes(void **state)
{
    (void)state;
    later(1);
    password("worker_a");
    later(11);
    assert_true(str_is(second(code_now(0)).location, "/login"));
}

static void
the_administrator_resets_it(void **state)
{
    (void)state;
    const char *path = str_fmt(&k->arena, "/users/%lld/second", (long long)kit_user(k, "worker_a").v).p;
    assert_int_equal(kit_post(k, "head_a", path, "").status, HTTP_FORBIDDEN);
    assert_true(kit_has(kit_get(k, "admin", "/users"), "两步验证"));
    assert_int_equal(kit_post(k, "admin", path, "").status, HTTP_SEE_OTHER);
    assert_int_equal(audited("reset_second"), 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM account_totp") + kit_number(k, "SELECT count(*) FROM account_recovery"), 0);
    assert_true(str_is(password("worker_a").location, "/"));
}

static void
write_roles(const char *role)
{
    struct str all = data_file("roles.json");
    const char *z = str_z(&k->arena, all), *mark = strstr(z, str_fmt(&k->arena, "{\"code\": \"%s\",", role).p);
    assert_non_null(mark);
    FILE *f = fopen(str_fmt(&k->arena, "%s/roles.json", k->dir).p, "we");
    assert_non_null(f);
    fprintf(f, "%.*s{\"second_factor\": true, %s", (int)(mark - z), z, mark + 1);
    fclose(f);
    data_dir_set(k->dir);
    assert_true(roles_load());
    data_dir_set(NULL);
}

static void
a_role_that_must_have_one_comes_to_nothing_else(void **state)
{
    (void)state;
    write_roles("supervisor");
    assert_int_equal(kit_get(k, "head_a", "/people").status, HTTP_OK);
    assert_true(str_is(kit_get(k, "supervisor_a", "/people").location, "/me/second"));
    assert_true(str_is(kit_get(k, "supervisor_a", "/").location, "/me/second"));
    assert_int_equal(kit_get(k, "supervisor_a", "/me/second").status, HTTP_OK);
    kit_post(k, "supervisor_a", "/me/second/begin", "");
    assert_true(base32_to(between(kit_get(k, "supervisor_a", "/me/second").body, "手工输入密钥：<code>", "</code>"), secret, TOTP_SECRET));
    assert_true(str_is(kit_get(k, "supervisor_a", "/people").location, "/me/second"));
    later(1);
    assert_int_equal(kit_post(k, "supervisor_a", "/me/second/confirm", str_fmt(&k->arena, "code=%s", code_now(0)).p).status, HTTP_OK);
    assert_int_equal(kit_get(k, "supervisor_a", "/people").status, HTTP_OK);
    later(1);
    assert_int_equal(kit_post(k, "supervisor_a", "/me/second/off", str_fmt(&k->arena, "code=%s", code_now(0)).p).status, HTTP_CONFLICT);
    assert_true(roles_load());
    later(1);
    assert_int_equal(kit_post(k, "supervisor_a", "/me/second/off", str_fmt(&k->arena, "code=%s", code_now(0)).p).status, HTTP_SEE_OTHER);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enrolment_shows_a_code_to_scan_and_the_recovery_codes_once), cmocka_unit_test(the_password_alone_opens_nothing),
        cmocka_unit_test(a_code_works_once_and_for_a_minute), cmocka_unit_test(a_recovery_code_works_once),
        cmocka_unit_test(guessing_locks_whatever_the_password_does), cmocka_unit_test(the_step_waits_ten_minutes),
        cmocka_unit_test(the_administrator_resets_it), cmocka_unit_test(a_role_that_must_have_one_comes_to_nothing_else),
    };
    return cmocka_run_group_tests_name("the second factor", tests, open_kit, close_kit);
}
