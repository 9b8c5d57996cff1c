/* The desk: what is most urgent stands first, of whatever kind it is, and nobody sees another's work. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

/* Where a text stands in a page; the test ends when it is not there. */
static size_t
place(struct kit_reply r, const char *text)
{
    const char *found = memmem(r.body.p, r.body.n, text, strlen(text));
    if (found == NULL) fail_msg("not on the desk: %s", text);
    return (size_t)(found - r.body.p);
}

static struct opened
urgent_case(const char *name, const char *urgency, const char *risk)
{
    struct opened c = case_made(k, "worker_a", name, "1960-01-01");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "urgency", urgency);
    sheet_set(&a, "risk_flags", risk);
    if (strcmp(risk, "none") != 0) sheet_set(&a, "mandatory_report", "1");
    case_submit_sheet(k, "worker_a", c.id, "A", &a);
    return c;
}

static void
the_most_urgent_stands_first(void **state)
{
    (void)state;
    urgent_case("一般的人", "4", "none");
    urgent_case("较急的人", "3", "domestic");       /* with a mandatory report that runs a day */
    struct opened critical = urgent_case("危急的人", "1", "none");
    struct kit_reply r = kit_get(k, "worker_a", "/desk");
    assert_true(place(r, "危急的人") < place(r, "· 强制报告"));
    assert_true(place(r, "· 强制报告") < place(r, "较急的人"));
    assert_true(place(r, "较急的人") < place(r, "一般的人"));
    case_begin(k, "worker_a", critical.id, "B");            /* a draft waits longer than a clock */
    r = kit_get(k, "worker_a", "/desk");
    assert_true(place(r, "一般的人 · 首次联系") < place(r, "危急的人 · B"));
}

static void
nobody_sees_the_work_of_another(void **state)
{
    (void)state;
    urgent_case("只归甲的人", "2", "none");
    place(kit_get(k, "worker_a", "/desk"), "只归甲的人");
    place(kit_get(k, "head_a", "/desk"), "只归甲的人");
    static const char *const others[] = { "worker_a2", "worker_b", "head_b", "county", "admin" };
    for (size_t i = 0; i < COUNT(others); i++) assert_false(kit_has(kit_get(k, others[i], "/desk"), "只归甲的人"));
}

static void
an_empty_desk_says_so(void **state)
{
    (void)state;
    assert_true(kit_has(kit_get(k, "worker_b", "/desk"), "没有到期的事"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_urgent_stands_first),
        cmocka_unit_test(nobody_sees_the_work_of_another),
        cmocka_unit_test(an_empty_desk_says_so),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
