/* What is searched for stands sealed in the address, and only for who typed it. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static void
a_search_leaves_no_name_in_the_address(void **state)
{
    (void)state;
    case_person_made(k, "worker_a", "宇文寻安", "1950-01-02");
    case_person_made(k, "worker_a", "宇文不同", "1950-01-02");
    struct str name = kit_enc(k, "宇文寻安");
    struct kit_reply r = kit_post(k, "worker_a", "/find", at(k, "to=/people&q=%.*s&sex=1&village=&sort=newest", FMT(name)));
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    const char *address = str_z(&k->arena, r.location);
    assert_true(str_starts(r.location, STR("/people?")));
    assert_false(str_has(r.location, name) || str_has(r.location, STR("宇文")));
    assert_true(str_has(r.location, STR("sex=1")) && str_has(r.location, STR("sort=newest")));
    assert_false(str_has(r.location, STR("village")) || str_has(r.location, STR("csrf")) || str_has(r.location, STR("to=")));
    struct kit_reply list = kit_get(k, "worker_a", address), other = kit_get(k, "worker_a2", address);
    assert_true(kit_has(list, "宇文寻安"));
    assert_false(kit_has(list, "宇文不同"));
    assert_true(kit_has(list, "value=\"宇文寻安\""));            /* in the box it stands as typed */
    assert_false(kit_has(list, str_z(&k->arena, name)));            /* and in no address of the page */
    assert_false(kit_has(other, "value=\"宇文寻安\""));           /* somebody else opens nothing with it */
}

static void
a_search_goes_nowhere_else(void **state)
{
    static const char *const bad[] = { "https://example.org/", "//example.org", "people", "", "/people?x=1" };
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(kit_post(k, "worker_a", "/find", at(k, "q=x&to=%s", kit_enc(k, bad[i]).p)).status, HTTP_BAD_REQUEST);
    assert_int_equal(kit_post(k, "worker_a", "/find", "csrf=0123456789abcdef0123456789abcdef&to=/people&q=x").status, HTTP_FORBIDDEN);
}

/* What is typed goes by POST, but such a POST runs as a page does: it cannot write, nothing of it is kept, and the token of the form is
 * asked for all the same. */
static void
a_post_that_only_reads_is_a_read(void **state)
{
    static const char *const paths[] = { "/find", "/people/lookup" };
    const struct route *const *all;
    size_t found = 0, n = gate_routes(&all);
    (void)state;
    for (size_t i = 0; i < n; i++)
        for (size_t p = 0; p < COUNT(paths); p++)
            if (all[i]->method == METHOD_POST && strcmp(all[i]->path, paths[p]) == 0) found += gate_reads(all[i]);
    assert_int_equal(found, COUNT(paths));
    case_person_made(k, "worker_a", "宇文被查", "1950-01-04");
    const char *typed = at(k, "q=%s&to=/people&_once=abc", kit_enc(k, "宇文被查").p);
    assert_true(kit_has(kit_post(k, "worker_a", "/people/lookup", typed), "宇文被查"));
    assert_int_equal(kit_post(k, "worker_a", "/find", typed).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM once"), 0);
    for (size_t p = 0; p < COUNT(paths); p++) {
        assert_int_equal(kit_post(k, "worker_a", paths[p], at(k, "csrf=0123456789abcdef0123456789abcdef&%s", typed)).status, HTTP_FORBIDDEN);
        assert_int_equal(kit_post(k, NULL, paths[p], typed).status, HTTP_UNAUTHORIZED);
    }
    assert_int_equal(kit_post(k, "volunteer_a", "/people/lookup", typed).status, HTTP_FORBIDDEN);
}

/* Titles go into histories and onto screens that are shared: they say what a page is, never whose. */
static void
no_title_names_anybody(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "宇文有题", "1950-01-03");
    const char *pages[] = { at(k, "/people/%lld", (long long)o.person), at(k, "/people/%lld/axis", (long long)o.person), at(k, "/cases/%lld", (long long)o.id),
                            at(k, "/cases/%lld/forms/%lld", (long long)o.id, (long long)o.form_a), at(k, "/people/%lld/edit", (long long)o.person) };
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct kit_reply r = kit_get(k, "worker_a", pages[i]);
        assert_int_equal(r.status, HTTP_OK);
        const char *title = strstr(str_z(&k->arena, r.body), "<title>"), *end = strstr(title, "</title>");
        assert_true(end - title > 10);
        if (str_has((struct str){ title, (size_t)(end - title) }, STR("宇文"))) fail_msg("%s: %.*s", pages[i], (int)(end - title), title);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_leaves_no_name_in_the_address), cmocka_unit_test(a_search_goes_nowhere_else),
        cmocka_unit_test(a_post_that_only_reads_is_a_read), cmocka_unit_test(no_title_names_anybody),
    };
    return cmocka_run_group_tests_name("searching", tests, open_kit, close_kit);
}
