/* Nothing typed is lost and nothing is done twice. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "http/csrf.h"
#include "test/kit.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static void
sql(const char *text)
{
    kit_begin(k);
    assert_true(db_exec(k->db, text));
    kit_commit(k);
}

static void
a_form_sent_twice_is_done_once(void **state)
{
    (void)state;
    static const char form[] = "name=%E5%8D%95%E6%9F%90&born=1950-01-01&_once=a1&_page=/people/new";
    struct kit_reply one = kit_post(k, "worker_a", "/people/new", form), two = kit_post(k, "worker_a", "/people/new", form);
    assert_int_equal(one.status, HTTP_SEE_OTHER);
    assert_int_equal(two.status, HTTP_SEE_OTHER);
    assert_true(str_eq(one.location, two.location) && str_eq(one.cookies, two.cookies));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE name = '单某'"), 1);
    /* Who goes back and changes it means another one; so does a new form, and another user. */
    kit_post(k, "worker_a", "/people/new", "name=%E5%8D%95%E6%9F%90&born=1950-01-02&_once=a1&_page=/people/new");
    kit_post(k, "worker_a", "/people/new", "name=%E5%8D%95%E6%9F%90&born=1950-01-01&_once=a2&_page=/people/new");
    kit_post(k, "worker_a2", "/people/new", form);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE name = '单某'"), 4);
    /* What was refused is not remembered: corrected elsewhere, the same form passes. */
    static const char no[] = "no=X-1&_once=b1", again[] = "no=X-2&_once=b2";
    assert_int_equal(kit_post(k, "worker_a", "/households/new", no).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", "/households/new", "no=X-1&_once=b9").status, HTTP_INVALID);
    sql("UPDATE household SET no = 'X-3' WHERE no = 'X-1'");
    assert_int_equal(kit_post(k, "worker_a", "/households/new", "no=X-1&_once=b9").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", "/households/new", again).status, HTTP_SEE_OTHER);
    /* For a day. */
    sql("UPDATE once SET at = at - 90000000");
    kit_post(k, "worker_a", "/households/new", "no=X-4&_once=b3");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM once"), 1);
}

static void
what_is_typed_is_found_again(void **state)
{
    (void)state;
    struct kit_reply r = kit_get(k, "worker_a", "/people/new");
    assert_true(kit_has(r, "name=\"_once\"") && kit_has(r, "name=\"_page\" value=\"/people/new\""));
    assert_false(kit_has(r, "恢复填写的内容"));
    assert_int_equal(kit_post(k, "worker_a", "/drafts", "name=%E5%8D%8A%E5%8F%A5&note=half&_page=/people/new").status, HTTP_OK);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM draft WHERE typed_sealed LIKE '%half%'"), 0);
    assert_true(kit_has(kit_get(k, "worker_a", "/people/new"), "恢复填写的内容"));
    assert_false(kit_has(kit_get(k, "worker_a2", "/people/new"), "恢复填写的内容"));
    assert_false(kit_has(kit_get(k, "worker_a2", "/people/new?draft=1"), "half"));
    assert_false(kit_has(kit_get(k, "worker_a", "/people/new"), "half"));
    r = kit_get(k, "worker_a", "/people/new?draft=1");
    assert_true(kit_has(r, "half") && kit_has(r, "半句") && kit_has(r, "已恢复"));
    assert_true(kit_has(r, "name=\"_page\" value=\"/people/new\""));
    assert_int_equal(kit_post(k, "worker_a", "/people/new", "name=%E5%8D%8A%E5%8F%A5&_once=c1&_page=/people/new").status, HTTP_SEE_OTHER);
    assert_false(kit_has(kit_get(k, "worker_a", "/people/new"), "恢复填写的内容"));
    kit_post(k, "worker_a", "/drafts", "name=x&_page=/people/new");
    assert_int_equal(kit_post(k, "worker_a", "/drafts/drop", "_page=/people/new").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM draft"), 0);
}

static void
a_session_that_ends_in_a_form_loses_nothing(void **state)
{
    (void)state;
    struct str secret = STR("secret-of-worker_a");
    kit_get(k, "worker_a", "/");
    sql("UPDATE session SET expires_at = 1, seen_at = 8000000000000 WHERE account_id = (SELECT id FROM account WHERE login = 'worker_a')");
    k->cookie = "nuan=secret-of-worker_a";
    const char *form = str_fmt(&k->arena, "csrf=%.*s&name=%%E6%%96%%AD%%E7%%BA%%BF&note=cut&_once=d1&_page=/people/new", FMT(csrf_of(&k->arena, secret))).p;
    struct kit_reply r = kit_post(k, NULL, "/people/new", form);
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_string_equal(str_z(&k->arena, r.location), "/login?next=%2Fpeople%2Fnew%3Fdraft%3D1");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE name = '断线'"), 0);
    /* A foreign page cannot put words into somebody's form; an unknown session has nobody to keep them for. */
    assert_int_equal(kit_post(k, NULL, "/people/new", "name=evil&_once=d2&_page=/people/new").status, HTTP_UNAUTHORIZED);
    k->cookie = "nuan=unknown";
    assert_int_equal(kit_post(k, NULL, "/people/new", "name=evil&_page=/people/new").status, HTTP_UNAUTHORIZED);
    k->cookie = NULL;
    assert_int_equal(kit_number(k, "SELECT count(*) FROM draft"), 1);
    sql("UPDATE session SET expires_at = 9000000000000");
    assert_true(kit_has(kit_get(k, "worker_a", "/people/new?draft=1"), "cut"));
    assert_false(kit_has(kit_get(k, "worker_a2", "/people/new?draft=1"), "cut"));
}

/* A draft of before somebody else's change is still a conflict. */
static void
a_draft_does_not_overwrite_what_came_later(void **state)
{
    (void)state;
    struct kit_reply made = kit_post(k, "worker_a", "/people/new", "name=%E7%94%B2");
    int64_t id = kit_id_in(made.location, "/people/");
    const char *page = str_fmt(&k->arena, "/people/%lld/edit", (long long)id).p;
    kit_post(k, "worker_a", "/drafts", str_fmt(&k->arena, "name=%%E4%%B9%%99&version=1&_page=%s", page).p);
    assert_int_equal(kit_post(k, "worker_a2", page, "name=%E4%B8%99&version=1").status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_get(k, "worker_a", str_fmt(&k->arena, "%s?draft=1", page).p);
    assert_true(kit_has(r, "name=\"version\" value=\"1\""));
    assert_int_equal(kit_post(k, "worker_a", page, "name=%E4%B9%99&version=1").status, HTTP_CONFLICT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_sent_twice_is_done_once),
        cmocka_unit_test(what_is_typed_is_found_again),
        cmocka_unit_test(a_session_that_ends_in_a_form_loses_nothing),
        cmocka_unit_test(a_draft_does_not_overwrite_what_came_later),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
