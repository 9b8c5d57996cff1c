/* RFC 6238 appendix B and RFC 4648 section 10; the window, and that no code is taken twice. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "auth/totp.h"

static const unsigned char secret[] = "12345678901234567890";           /* of the RFC, for SHA-1 */

static struct instant
second(int64_t s)
{
    return (struct instant){ s * 1000 };
}

static void
the_vectors_of_the_rfc(void **state)
{
    static const struct { int64_t at; const char *code; } vectors[] = {     /* the last six of its eight digits */
        { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" }, { 2000000000, "279037" },
        { 20000000000, "353130" },
    };
    struct arena a = { 0 };
    (void)state;
    for (size_t i = 0; i < COUNT(vectors); i++)
        assert_string_equal(totp_code(&a, secret, totp_step(second(vectors[i].at))).p, vectors[i].code);
    arena_clear(&a);
}

static void
a_clock_may_be_half_a_minute_wrong_and_no_more(void **state)
{
    struct arena a = { 0 };
    struct instant now = second(1111111111);
    (void)state;
    for (int off = -3; off <= 3; off++) {
        int64_t step = totp_step(now) + off;
        int64_t found = totp_match(secret, totp_code(&a, secret, step), now, 0);
        assert_int_equal(found, off >= -1 && off <= 1 ? step : 0);
    }
    arena_clear(&a);
}

static void
a_code_is_taken_once(void **state)
{
    struct arena a = { 0 };
    struct instant now = second(1234567890);
    int64_t step = totp_step(now);
    (void)state;
    assert_int_equal(totp_match(secret, totp_code(&a, secret, step), now, step), 0);
    assert_int_equal(totp_match(secret, totp_code(&a, secret, step - 1), now, step), 0);        /* nor an earlier one */
    assert_int_equal(totp_match(secret, totp_code(&a, secret, step + 1), now, step), step + 1);
    assert_int_equal(totp_match(secret, STR(""), now, 0) + totp_match(secret, STR("00592"), now, 0) + totp_match(secret, STR("0059244"), now, 0), 0);
    arena_clear(&a);
}

static void
base32_goes_there_and_back(void **state)
{
    unsigned char back[TOTP_SECRET];
    struct arena a = { 0 };
    (void)state;
    assert_string_equal(base32_of(&a, (const unsigned char *)"foobar", 6).p, "MZXW6YTBOI");      /* RFC 4648 */
    assert_string_equal(base32_of(&a, (const unsigned char *)"fooba", 5).p, "MZXW6YTB");
    assert_string_equal(base32_of(&a, secret, TOTP_SECRET).p, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_true(base32_to(STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), back, TOTP_SECRET));
    assert_memory_equal(back, secret, TOTP_SECRET);
    assert_false(base32_to(STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ"), back, TOTP_SECRET));
    assert_false(base32_to(STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1"), back, TOTP_SECRET));
    assert_false(base32_to(STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBV"), back, TOTP_SECRET));
    assert_string_equal(totp_url(&a, STR("zhou.yq"), STR("ABC")).p, "otpauth://totp/nuan:zhou.yq?secret=ABC&issuer=nuan");
    arena_clear(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_the_rfc), cmocka_unit_test(a_clock_may_be_half_a_minute_wrong_and_no_more),
        cmocka_unit_test(a_code_is_taken_once), cmocka_unit_test(base32_goes_there_and_back),
    };
    return cmocka_run_group_tests_name("one-time passwords", tests, NULL, NULL);
}
