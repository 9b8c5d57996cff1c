/* Bars: the known symbols of the standard, the check symbol, and what cannot be a bar code. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "paper/code128.h"

static void
assert_widths(const uint8_t *got, const char *want)
{
    for (size_t i = 0; want[i]; i++)
        if (got[i] != want[i] - '0') fail_msg("element %zu of %s is %d", i, want, got[i]);
}

/* PJJ123C in set B: (104 + 48·1 + 42·2 + 42·3 + 17·4 + 18·5 + 19·6 + 35·7) mod 103 = 55, printed 11101000110. */
static void
a_known_text_has_its_known_symbols(void **state)
{
    (void)state;
    uint8_t w[CODE128_BARS_MAX];
    assert_int_equal(code128(STR("PJJ123C"), w), 9 * 6 + 7);
    assert_widths(w, "211214");                         /* start B 11010010000 */
    assert_widths(w + 6, "313121");                     /* P 11101110110 */
    assert_widths(w + 8 * 6, "311321");
    assert_widths(w + 9 * 6, "2331112");                /* stop */
}

static void
every_symbol_is_eleven_modules_wide(void **state)
{
    (void)state;
    uint8_t w[CODE128_BARS_MAX];
    char one[2] = "";
    for (char c = ' '; c <= '~'; c++) {
        one[0] = c;
        size_t n = code128(str_of(one), w), sum = 0;
        for (size_t i = 0; i < n; i++) sum += w[i];
        assert_int_equal(sum, 3 * 11 + 13);
    }
}

static void
what_a_scanner_cannot_read_has_no_bars(void **state)
{
    (void)state;
    uint8_t w[CODE128_BARS_MAX];
    assert_int_equal(code128(STR(""), w), 0);
    assert_int_equal(code128(STR("个案1"), w), 0);
    assert_int_equal(code128(STR("a\nb"), w), 0);
    assert_int_equal(code128(STR("01234567890123456789012345678901234567890"), w), 0);
    assert_true(code128(STR("0123456789012345678901234567890123456789"), w) > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_known_text_has_its_known_symbols),
        cmocka_unit_test(every_symbol_is_eleven_modules_wide),
        cmocka_unit_test(what_a_scanner_cannot_read_has_no_bars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
