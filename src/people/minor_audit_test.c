/* The yearly audit of minors' files: who opened whose, on what ground, and the signature. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"

static struct kit *k;
static struct opened child, secret;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    child = case_made(k, "worker_a", "小明被查", day_text(k, -3000));
    secret = case_made(k, "worker_a", "小红被查", day_text(k, -3000));
    struct opened grown = case_made(k, "worker_a", "大人被查", "1960-01-01");
    kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)secret.person), at(k, "category=D03&from_on=%s&source=document", day_text(k, -9)));
    case_page_of(k, "worker_a", child.id);
    kit_get(k, "worker_a", at(k, "/people/%lld", (long long)child.person));
    kit_get(k, "worker_a", at(k, "/people/%lld", (long long)child.person));
    kit_get(k, "worker_a", at(k, "/people/%lld", (long long)secret.person));
    kit_get(k, "worker_a", at(k, "/people/%lld", (long long)grown.person));
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static const char *
this_year(void)
{
    return at(k, "/access/minors/audit?year=%d", date_ymd(today()).y);
}

/* covers: GZ-28 */
static void
the_list_names_who_opened_a_minors_file(void **state)
{
    (void)state;
    struct kit_reply r = kit_get(k, "head_a", this_year());
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "小明被查") && kit_has(r, "worker_a") && kit_has(r, "个案指派"));
    assert_false(kit_has(r, "大人被查"));
    assert_false(kit_has(r, "小红被查"));               /* S4: there was an opening, of somebody */
    assert_true(kit_has(r, "高度敏感服务对象"));
    assert_true(kit_has(kit_get(k, "head_a", at(k, "/access/minors/audit?year=%d", date_ymd(today()).y - 1)), "没有人打开过"));
    assert_false(kit_has(kit_get(k, "head_b", this_year()), "小明被查"));
    assert_int_equal(kit_get(k, "worker_a", this_year()).status, HTTP_FORBIDDEN);
    assert_int_equal(kit_get(k, "county", this_year()).status, HTTP_FORBIDDEN);
}

static const char *
signed_with(const char *result, const char *finding)
{
    return at(k, "year=%d&result=%s&finding=%s", date_ymd(today()).y, result, kit_enc(k, finding).p);
}

static void
it_is_signed_with_what_was_found(void **state)
{
    (void)state;
    struct kit_reply r = kit_post(k, "head_a", "/access/minors/audit", signed_with("", "写了一半"));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "写了一半"));
    assert_int_equal(kit_post(k, "worker_a", "/access/minors/audit", signed_with("fit", "x")).status, HTTP_FORBIDDEN);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM minor_audit"), 0);
    assert_int_equal(kit_post(k, "head_a", "/access/minors/audit", signed_with("fit", "全部有指派")).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM minor_audit WHERE openings >= 2 AND unapproved = 0 AND result = 'fit'"), 1);
    assert_true(kit_has(kit_get(k, "head_a", this_year()), "全部有指派"));
    assert_false(kit_has(kit_get(k, "head_b", this_year()), "全部有指派"));
}

static void
an_opening_without_ground_is_not_called_fit(void **state)
{
    (void)state;
    kit_post(k, "head_a", at(k, "/access/minors/%lld/forbid", (long long)kit_user(k, "worker_a2").v), "");
    kit_begin(k);
    db_exec(k->db, at(k, "UPDATE account SET role = 'head' WHERE login = 'worker_a2'"));
    kit_commit(k);
    assert_int_equal(kit_get(k, "worker_a2", at(k, "/people/%lld", (long long)child.person)).status, HTTP_OK);
    kit_begin(k);
    db_exec(k->db, at(k, "UPDATE account SET role = 'worker' WHERE login = 'worker_a2'"));
    kit_commit(k);
    assert_true(kit_has(kit_get(k, "head_a", this_year()), "bg-red-lt\">没有批准"));
    assert_int_equal(kit_post(k, "head_a", "/access/minors/audit", signed_with("fit", "x")).status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "head_a", "/access/minors/audit", signed_with("faults", "须整改")).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM minor_audit WHERE unapproved >= 1 AND result = 'faults'"), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_names_who_opened_a_minors_file),
        cmocka_unit_test(it_is_signed_with_what_was_found),
        cmocka_unit_test(an_opening_without_ground_is_not_called_fit),
    };
    return cmocka_run_group_tests_name("audit of minors' files", tests, open_kit, close_kit);
}
