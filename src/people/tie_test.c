/* The picture of a person's family and world: who sees it, who changes it, what a merge does with it. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static int64_t
in_household(const char *no, const char *head)
{
    return kit_id_in(kit_post(k, "worker_a", "/households/new", at(k, "no=%s&head=%s", no, head)).location, "/households/");
}

static void
the_family_is_drawn_from_the_household(void **state)
{
    (void)state;
    int64_t father = case_person_made(k, "worker_a", "图甲", "1950-01-01"), son = case_person_made(k, "worker_a", "图乙", "1980-01-01");
    int64_t house = in_household("G1", at(k, "%lld", (long long)father));
    assert_true(house > 0);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/households/%lld/members", (long long)house), at(k, "person=%lld&relation=21", (long long)son)).status,
                     HTTP_SEE_OTHER);
    struct kit_reply r = kit_get(k, "worker_a", at(k, "/people/%lld/ties", (long long)son));
    assert_true(kit_has(r, "<svg class=\"genogram\"") && kit_has(r, "图甲") && kit_has(r, "class=\"kin self\""));
    assert_true(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity_id = %lld", (long long)son)) > 0);
}

static void
ties_are_added_ended_and_put_back(void **state)
{
    (void)state;
    int64_t id = case_person_made(k, "worker_a", "图丙", "1950-01-01");
    const char *page = at(k, "/people/%lld/ties", (long long)id);
    assert_true(kit_has(kit_get(k, "worker_a", page), "还没有支持关系"));
    struct kit_reply r = kit_post(k, "worker_a", page, "kind=neighbour&name=%3Cb%3E&strength=nothing&flow=in");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "&lt;b&gt;"));                               /* nothing typed is lost, nothing runs */
    assert_int_equal(kit_post(k, "worker_a", page, "kind=neighbour&name=%3Cb%3E&strength=stressful&flow=both").status, HTTP_SEE_OTHER);
    r = kit_get(k, "worker_a", page);
    assert_true(kit_has(r, "<svg class=\"ecomap\"") && kit_has(r, "class=\"tie is-stressful\"") && !kit_has(r, "<b>"));
    int64_t tie = kit_number(k, at(k, "SELECT id FROM tie WHERE person_id = %lld", (long long)id));
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/%lld/end", page, (long long)tie), "").status, HTTP_SEE_OTHER);
    assert_false(kit_has(kit_get(k, "worker_a", page), "class=\"tie is-stressful\""));
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/%lld/again", page, (long long)tie), "").status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "worker_a", page), "class=\"tie is-stressful\""));
}

static void
others_neither_see_nor_change_it(void **state)
{
    (void)state;
    int64_t id = case_person_made(k, "worker_a", "图丁", "1950-01-01");
    const char *page = at(k, "/people/%lld/ties", (long long)id);
    kit_post(k, "worker_a", page, "kind=friend&name=%E9%9A%90%E5%8F%8B&strength=strong&flow=in");
    assert_true(kit_has(kit_get(k, "worker_a", page), "隐友"));
    static const char *const others[] = { "assistant_a", "worker_b", "county", "clerk_a", "grid_a", "village_a", "evaluator", "admin" };
    for (size_t i = 0; i < COUNT(others); i++) {
        if (kit_has(kit_get(k, others[i], page), "隐友")) fail_msg("%s sees it", others[i]);
        if (kit_post(k, others[i], page, "kind=friend&name=x&strength=strong&flow=in").status < 400) fail_msg("%s adds to it", others[i]);
    }
    assert_int_equal(kit_number(k, "SELECT count(*) FROM tie WHERE name = 'x'"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_family_is_drawn_from_the_household), cmocka_unit_test(ties_are_added_ended_and_put_back),
        cmocka_unit_test(others_neither_see_nor_change_it),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
