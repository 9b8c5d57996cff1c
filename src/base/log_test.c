/* Lines of the log and of /metrics are what programs expect that read them. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "base/base.h"
#include <unistd.h>

/* What fn writes to standard error. */
static struct str
said(struct arena *a, void (*fn)(void))
{
    int to[2], kept = dup(STDERR_FILENO);
    char *text = NEW(a, char, 4096);
    assert_int_equal(pipe(to), 0);
    dup2(to[1], STDERR_FILENO);
    fn();
    dup2(kept, STDERR_FILENO);
    close(to[1]);
    ssize_t n = read(to[0], text, 4095);
    close(to[0]);
    close(kept);
    return (struct str){ text, n > 0 ? (size_t)n : 0 };
}

static void bad(void) { log_error("it said \"no\\\" and\nended"); }
static void good(void) { log_for_request("42-1"); log_pairs("event=request route=/cases/:case status=%d", 200); log_for_request(NULL); }

static void
an_event_is_one_line_of_pairs(void **state)
{
    struct arena a = { 0 };
    (void)state;
    struct str t = said(&a, bad);
    assert_true(str_starts(t, STR("time=2")));
    assert_true(str_ends(t, STR("Z level=error msg=\"it said \\\"no\\\\\\\" and ended\"\n")));
    t = said(&a, good);
    assert_true(str_ends(t, STR("Z level=info request=42-1 event=request route=/cases/:case status=200\n")));
    t = said(&a, bad);
    assert_false(str_has(t, STR("request=")));
    arena_clear(&a);
}

static void
a_histogram_counts_up(void **state)
{
    struct arena a = { 0 };
    struct buf b = { .arena = &a };
    struct histogram h = { .bounds = { 1000, 5000 } };
    (void)state;
    histogram_add(&h, 1000);
    histogram_add(&h, 1001);
    histogram_add(&h, 900000);
    histogram_print(&b, &h, "x", "class=\"a\"", 1e6);
    put(&b, "", 1);
    assert_string_equal(b.p, "x_bucket{class=\"a\",le=\"0.001\"} 1\nx_bucket{class=\"a\",le=\"0.005\"} 2\nx_bucket{class=\"a\",le=\"+Inf\"} 3\n"
                             "x_sum{class=\"a\"} 0.902001\nx_count{class=\"a\"} 3\n");
    arena_clear(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(an_event_is_one_line_of_pairs), cmocka_unit_test(a_histogram_counts_up) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
