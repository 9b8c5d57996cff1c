/* Money and goods beside services: both tracks on one page, totals that agree, and who sees what. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "tally/tally.h"
#include "test/cases.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static struct kit_reply
give(const char *login, const char *where, const char *what, const char *more)
{
    return kit_post(k, login, where, at(k, "purpose=living&what=%s&source=government&receiver=x&on=%s&%s", kit_enc(k, what).p, day_text(k, -1), more));
}

/* covers: SA-02 */
static void
sa_02_money_and_services_stand_side_by_side(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "受助的人", "1950-01-01");
    int64_t house = kit_id_in(kit_post(k, "worker_a", "/households/new", at(k, "no=S1&head=%lld", (long long)o.person)).location, "/households/");
    const char *page = at(k, "/people/%lld/aid", (long long)o.person), *of_house = at(k, "/households/%lld/aid", (long long)house);
    case_to(k, "worker_a", o.id, "intervention");
    case_submit(k, "worker_a", o.id, "E");
    assert_true(kit_has(kit_get(k, "worker_a", page), "收到的钱物"));
    assert_int_equal(give("worker_a", page, "紧急救助款", "kind=cash&money=1%2C234.50").status, HTTP_SEE_OTHER);
    assert_int_equal(give("worker_a", of_house, "白面粉", "kind=goods&quantity=2&measure=%E8%A2%8B&money=100").status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_get(k, "worker_a", page);
    assert_true(kit_has(r, "紧急救助款") && kit_has(r, "1,234.50") && kit_has(r, at(k, "/cases/%lld", (long long)o.id)));
    assert_false(kit_has(r, "白面粉"));
    r = kit_get(k, "worker_a", of_house);
    assert_true(kit_has(r, "紧急救助款") && kit_has(r, "白面粉") && kit_has(r, "2 袋") && kit_has(r, at(k, "/cases/%lld", (long long)o.id)));
    assert_true(kit_has(r, "1,334.50"));
    r = kit_get(k, "worker_a", "/aid");
    assert_true(kit_has(r, "1,334.50") && kit_has(r, "白面粉") && kit_has(r, "受助的人"));
    r = kit_get(k, "worker_a", "/aid?kind=cash");
    assert_true(kit_has(r, "1,234.50") && !kit_has(r, "白面粉"));
    r = kit_get(k, "county", "/aid/figures");
    assert_true(kit_has(r, "1,334.50") && !kit_has(r, "受助的人") && !kit_has(r, "白面粉"));
}

static void
bad_input_is_told(void **state)
{
    (void)state;
    int64_t id = case_person_made(k, "worker_a", "填错的人", "1950-01-01");
    const char *page = at(k, "/people/%lld/aid", (long long)id);
    static const char *const wrong[] = { "kind=cash", "kind=cash&money=-5", "kind=cash&money=0", "kind=goods", "kind=goods&quantity=0", "kind=nothing&money=5",
                                         "kind=goods&quantity=many", "kind=cash&money=five" };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct kit_reply r = give("worker_a", page, "<b>", wrong[i]);
        if (r.status != HTTP_INVALID || !kit_has(r, "&lt;b&gt;")) fail_msg("%s: %d", wrong[i], (int)r.status);
    }
    struct kit_reply r = kit_post(k, "worker_a", page, at(k, "kind=cash&money=5&purpose=living&what=x&source=society&receiver=x&on=%s", day_text(k, 3)));
    assert_int_equal(r.status, HTTP_INVALID);                                                /* not in the future */
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM aid WHERE person_id = %lld", (long long)id)), 0);
}

static int64_t
fen(void)
{
    return kit_number(k, "SELECT coalesce(sum(n), 0) FROM tally WHERE measure = 'aid.fen'");
}

static void
tell(void *arg, const struct tally_differences_row *row)
{
    (void)arg;
    (void)row;
}

static void
what_was_entered_by_mistake_is_taken_back_and_counts_no_more(void **state)
{
    (void)state;
    int64_t id = case_person_made(k, "worker_a", "作废的人", "1950-01-01"), before = fen();
    const char *page = at(k, "/people/%lld/aid", (long long)id);
    give("worker_a", page, "记错的钱", "kind=cash&money=77");
    assert_int_equal(fen() - before, 7700);
    int64_t row = kit_number(k, at(k, "SELECT id FROM aid WHERE person_id = %lld", (long long)id));
    const char *one = at(k, "%s/%lld", page, (long long)row);
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/void", one), "why=").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/people/%lld/aid/%lld/void", (long long)case_person_made(k, "worker_a", "别人", "1950-01-01"),
                     (long long)row), "why=x").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/void", one), "why=x").status, HTTP_SEE_OTHER);
    assert_int_equal(fen() - before, 0);
    assert_false(kit_has(kit_get(k, "worker_a", "/aid"), "记错的钱"));
    assert_true(kit_has(kit_get(k, "worker_a", page), "已作废"));
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/void", one), "why=x").status, HTTP_CONFLICT);
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/again", one), "").status, HTTP_SEE_OTHER);
    assert_int_equal(fen() - before, 7700);
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/again", one), "").status, HTTP_CONFLICT);
    kit_begin(k);
    size_t differences = tally_check(k->db, tell, NULL);
    kit_commit(k);
    assert_int_equal(differences, 0);
}

static void
the_list_is_paged_by_key(void **state)
{
    (void)state;
    int64_t id = case_person_made(k, "worker_a", "翻页的人", "1950-01-01");
    for (int i = 0; i < 51; i++)
        assert_int_equal(give("worker_a", at(k, "/people/%lld/aid", (long long)id), at(k, "page%02d", i), "kind=voucher&quantity=1").status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_get(k, "worker_a", "/aid?kind=voucher");
    assert_true(kit_has(r, "page50") && !kit_has(r, "page00") && kit_has(r, "下一页"));
    int64_t last = kit_number(k, "SELECT id FROM aid WHERE what = 'page01'");
    r = kit_get(k, "worker_a", at(k, "/aid?kind=voucher&after=%s&after_id=%lld", day_text(k, -1), (long long)last));
    assert_true(kit_has(r, "page00") && !kit_has(r, "page01"));
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/aid?from=%s", day_text(k, 1))), "没有钱物登记"));
}

static void
others_neither_see_nor_change_it(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "有社工的人", "1950-01-01"), s = case_made(k, "worker_a", "敏感受助者", "1950-01-01");
    const char *page = at(k, "/people/%lld/aid", (long long)o.person), *secret = at(k, "/people/%lld/aid", (long long)s.person);
    kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)s.person), at(k, "category=E04&from_on=%s&source=document", day_text(k, -9)));
    give("worker_a", page, "只给看的钱", "kind=cash&money=5");
    give("worker_a", secret, "暗中的钱", "kind=cash&money=5");
    assert_true(kit_has(kit_get(k, "worker_a", "/aid"), "暗中的钱") && kit_has(kit_get(k, "head_a", "/aid"), "只给看的钱"));
    static const char *const others[] = { "worker_a2", "assistant_a", "clerk_a", "grid_a", "village_a", "worker_b", "head_b", "county", "evaluator", "admin",
                                          "supervisor_a" };
    for (size_t i = 0; i < COUNT(others); i++) {
        if (kit_has(kit_get(k, others[i], page), "只给看的钱") || kit_has(kit_get(k, others[i], "/aid"), "只给看的钱")) fail_msg("%s sees it", others[i]);
        if (give(others[i], page, "x", "kind=cash&money=5").status < 400) fail_msg("%s adds to it", others[i]);
    }
    assert_false(kit_has(kit_get(k, "head_a", "/aid"), "暗中的钱"));
    assert_false(kit_has(kit_get(k, "head_a", "/aid"), "敏感受助者"));
    assert_true(kit_get(k, "head_a", secret).status >= 400);
    struct kit_reply r = kit_given(k, "head_a", "/aid/export");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'export' AND entity = 'aid'") > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sa_02_money_and_services_stand_side_by_side), cmocka_unit_test(bad_input_is_told),
        cmocka_unit_test(what_was_entered_by_mistake_is_taken_back_and_counts_no_more), cmocka_unit_test(the_list_is_paged_by_key),
        cmocka_unit_test(others_neither_see_nor_change_it),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
