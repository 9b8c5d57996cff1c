/* The client reads his own file (GZ-34): what is in it, what is not, and that it is on record. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"

static struct kit *k;
static struct opened o;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    o = case_made(k, "worker_a", "查阅人", "1950-01-01");
    struct sheet a = sheet_of(k, "A"), b = sheet_of(k, "B");
    sheet_set(&a, "presenting_problem", "自己的困境");
    sheet_set(&a, "emergency_contact", "邻居老陈");
    sheet_set(&a, "source", "committee");
    sheet_set(&a, "source_detail", "举报人赵某");
    case_submit_sheet(k, "worker_a", o.id, "A", &a);
    case_to(k, "worker_a", o.id, "assessment");
    sheet_set(&b, "client_view", "自己的看法");
    sheet_set(&b, "barriers", "儿子欠债");
    sheet_set(&b, "participants.0.name", "儿媳小李");
    case_submit_sheet(k, "worker_a", o.id, "B", &b);
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static const char *
base(void)
{
    return at(k, "/cases/%lld/reading", (long long)o.id);
}

static int64_t
asked(void)
{
    struct kit_reply r = kit_post(k, "worker_a", base(), at(k, "asked_by=%s&relation=self&on=%s", kit_enc(k, "查阅人").p, day_text(k, 0)));
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    return kit_id_in(r.location, at(k, "%s/", base()));
}

/* Every item that is offered, but one. */
static const char *
ticked(struct kit_reply r, const char *but)
{
    struct buf b = { .arena = &k->arena };
    const char *mark = "name=\"show\" value=\"", *p = str_z(&k->arena, r.body);
    while ((p = strstr(p, mark)) != NULL) {
        p += strlen(mark);
        struct str key = { p, strcspn(p, "\"") };
        if (!str_is(key, but)) putf(&b, "show=%.*s&", FMT(key));
    }
    put(&b, "", 1);
    return b.p;
}

/* covers: GZ-34 */
static void
gz_34_the_client_reads_his_own_and_nothing_of_others(void **state)
{
    (void)state;
    int64_t id = asked();
    const char *one = at(k, "%s/%lld", base(), (long long)id);
    struct kit_reply r = kit_get(k, "worker_a", one);
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "自己的困境"));
    assert_true(kit_has(r, "儿子欠债"));
    assert_false(kit_has(r, "邻居老陈"));
    assert_false(kit_has(r, "举报人赵某"));
    assert_false(kit_has(r, "儿媳小李"));
    assert_int_equal(kit_get(k, "worker_a", at(k, "%s/print", one)).status, HTTP_NOT_FOUND);      /* not decided yet */

    const char *some = ticked(r, "B1.barriers");
    assert_int_equal(kit_post(k, "worker_a", one, at(k, "%swhat=show&sign=x", some)).status, HTTP_INVALID);                    /* not gone through */
    struct kit_reply why = kit_post(k, "worker_a", one, at(k, "%swhat=show&checked=1&sign=x", some));
    assert_int_equal(why.status, HTTP_INVALID);
    assert_true(kit_has(why, "略去了内容，请写明理由"));
    assert_int_equal(kit_post(k, "worker_a", one, at(k, "%swhat=show&checked=1&copy=1&left_why=x&sign=x", some)).status, HTTP_SEE_OTHER);
    r = kit_get(k, "worker_a", at(k, "%s/print", one));
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "自己的困境"));
    assert_true(kit_has(r, "自己的看法"));
    assert_false(kit_has(r, "儿子欠债"));
    assert_false(kit_has(r, "邻居老陈"));
    assert_false(kit_has(r, "督导"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM disclosure WHERE case_id = %lld AND kind = 'reading' AND receiver = '查阅人'",
            (long long)o.id)), 1);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE entity = 'case' AND entity_id = %lld AND action = 'read'"
                                         " AND changes LIKE '%%reading print%%'", (long long)o.id)), 1);
    assert_true(kit_has(kit_get(k, "worker_a", base()), "带走打印件"));
    assert_int_equal(kit_post(k, "worker_a", one, "what=refuse&why=x").status, HTTP_CONFLICT);
}

static void
a_refusal_needs_a_reason_and_shows_nothing(void **state)
{
    (void)state;
    int64_t id = asked();
    const char *one = at(k, "%s/%lld", base(), (long long)id);
    int64_t before = kit_number(k, "SELECT count(*) FROM disclosure");
    assert_int_equal(kit_post(k, "worker_a", one, "what=refuse&why=").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", one, "what=refuse&why=x").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "worker_a", at(k, "%s/print", one)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM disclosure"), before);
}

static void
nobody_else_prepares_it(void **state)
{
    (void)state;
    static const char *const others[] = { "worker_a2", "supervisor_a", "worker_b", "clerk_a", "county", "admin" };
    int64_t id = asked();
    for (size_t i = 0; i < COUNT(others); i++) {
        const char *pages[] = { base(), at(k, "%s/%lld", base(), (long long)id), at(k, "%s/%lld/print", base(), (long long)id) };
        for (size_t p = 0; p < COUNT(pages); p++) {
            struct kit_reply r = kit_get(k, others[i], pages[p]);
            if (r.status == HTTP_OK || kit_has(r, "自己的困境")) fail_msg("%s %s: %d", others[i], pages[p], (int)r.status);
        }
        assert_true(kit_post(k, others[i], pages[1], "what=refuse&why=x").status >= 400);
    }
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM reading WHERE id = %lld AND state = 'asked'", (long long)id)), 1);
}

static void
of_a_child_the_guardian_asks(void **state)
{
    (void)state;
    struct opened child = case_made(k, "worker_a", "小查", day_text(k, -3000));
    const char *path = at(k, "/cases/%lld/reading", (long long)child.id);
    struct kit_reply r = kit_post(k, "worker_a", path, at(k, "asked_by=x&relation=self&on=%s", day_text(k, 0)));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "须由监护人申请"));
    assert_int_equal(kit_post(k, "worker_a", path, at(k, "asked_by=x&relation=guardian&on=%s", day_text(k, 0))).status, HTTP_SEE_OTHER);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gz_34_the_client_reads_his_own_and_nothing_of_others), cmocka_unit_test(a_refusal_needs_a_reason_and_shows_nothing),
        cmocka_unit_test(nobody_else_prepares_it), cmocka_unit_test(of_a_child_the_guardian_asks),
    };
    return cmocka_run_group_tests_name("the client's own reading", tests, open_kit, close_kit);
}
