/* Scales of a case: before and after, the difference, the picture on the page and on paper, and who sees them. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "casework/scale.h"
#include "test/cases.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static struct kit_reply
measure(const char *login, int64_t id, const char *scale, const char *stage, const char *score, int day)
{
    return kit_post(k, login, at(k, "/cases/%lld/scales", (long long)id), at(k, "scale=%s&better=lower&stage=%s&score=%s&on=%s", kit_enc(k, scale).p,
                    stage, score, day_text(k, day)));
}

static void
before_and_after_are_told_and_drawn(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "量表的人", "1950-01-01");
    const char *page = at(k, "/cases/%lld/scales", (long long)o.id);
    assert_true(kit_has(kit_get(k, "worker_a", page), "还没有量表得分"));
    assert_int_equal(measure("worker_a", o.id, "孤独感量表", "pre", "18", -20).status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_get(k, "worker_a", page);
    assert_true(kit_has(r, "再测一次后") && !kit_has(r, "class=\"drawing\""));
    assert_int_equal(measure("worker_a", o.id, "孤独感量表", "mid", "20", -10).status, HTTP_SEE_OTHER);
    assert_int_equal(measure("worker_a", o.id, "孤独感量表", "post", "9.5", -1).status, HTTP_SEE_OTHER);
    r = kit_get(k, "worker_a", page);
    assert_true(kit_has(r, "class=\"drawing\"") && kit_has(r, "18 → 9.5") && kit_has(r, "-8.5（改善）"));
    r = case_page_of(k, "worker_a", o.id);
    assert_true(kit_has(r, "class=\"drawing\"") && kit_has(r, "-8.5（改善）"));
    assert_true(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'case' AND entity_id = %lld", (long long)o.id)) > 0);
    int64_t last = kit_number(k, "SELECT id FROM case_score WHERE stage = 'post'");
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/%lld/void", page, (long long)last), "").status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "worker_a", page), "+2（变差）"));
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/%lld/again", page, (long long)last), "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/%lld/again", page, (long long)last), "").status, HTTP_CONFLICT);
}

/* The scores of form B stand there by themselves, and the print of form F shows the comparison. */
static void
those_of_the_assessment_count_and_the_evaluation_prints_them(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "预估量表的人", "1950-01-01");
    struct sheet b = sheet_of(k, "B");
    case_submit(k, "worker_a", o.id, "A");
    case_to(k, "worker_a", o.id, "assessment");
    sheet_set(&b, "scales.0.scale", "睡眠量表");
    sheet_set(&b, "scales.0.score", "12");
    sheet_set(&b, "scales.0.date", day_text(k, -3));
    sheet_set(&b, "scales.0.stage", "pre");
    case_submit_sheet(k, "worker_a", o.id, "B", &b);
    assert_int_equal(measure("worker_a", o.id, "睡眠量表", "post", "7", 0).status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_get(k, "worker_a", at(k, "/cases/%lld/scales", (long long)o.id));
    assert_true(kit_has(r, "来自预估表") && kit_has(r, "12 → 7") && kit_has(r, "-5（改善）"));
    case_to(k, "worker_a", o.id, "closing");
    int64_t f = kit_number(k, at(k, "SELECT max(id) FROM case_form WHERE case_id = %lld AND form = 'F' AND status <> 'draft'", (long long)o.id));
    assert_true(f > 0);
    const char *text = kit_told(k, kit_given(k, "worker_a", at(k, "/cases/%lld/forms/%lld/pdf", (long long)o.id, (long long)f)).body, "pdftotext -raw %s -");
    assert_non_null(strstr(text, "12 → 7"));
    assert_non_null(strstr(text, "睡眠量表"));
}

static void
bad_input_is_told(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "填错量表的人", "1950-01-01");
    static const char *const wrong[] = { "", "many", "1,2", "1.234", "%C2%A55", "--5" };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct kit_reply r = measure("worker_a", o.id, "<b>", "pre", wrong[i], -1);
        if (r.status != HTTP_INVALID || !kit_has(r, "&lt;b&gt;") || !kit_has(r, "id=\"e-score\"")) fail_msg("%s: %d", wrong[i], (int)r.status);
    }
    assert_int_equal(measure("worker_a", o.id, "x", "later", "5", -1).status, HTTP_INVALID);
    assert_int_equal(measure("worker_a", o.id, "x", "pre", "5", 2).status, HTTP_INVALID);
    assert_int_equal(measure("worker_a", o.id, "x", "pre", "-5.5", -1).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, at(k, "SELECT score FROM case_score WHERE case_id = %lld", (long long)o.id)), -550);
}

static void
others_neither_see_nor_change_it(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "他人的量表", "1950-01-01"), s = case_made(k, "worker_a", "敏感的量表", "1950-01-01");
    kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)s.person), at(k, "category=E04&from_on=%s&source=document", day_text(k, -9)));
    case_submit(k, "worker_a", s.id, "A");
    measure("worker_a", o.id, "记号量表", "pre", "5", -1);
    measure("worker_a", s.id, "记号量表", "pre", "5", -1);
    static const char *const others[] = { "worker_a2", "worker_b", "assistant_a", "supervisor_a", "clerk_a", "county", "evaluator", "admin" };
    for (size_t i = 0; i < COUNT(others); i++) {
        if (kit_has(kit_get(k, others[i], at(k, "/cases/%lld/scales", (long long)o.id)), "记号量表")) fail_msg("%s sees it", others[i]);
        if (kit_has(case_page_of(k, others[i], o.id), "记号量表")) fail_msg("%s sees it on the case", others[i]);
        if (measure(others[i], o.id, "x", "pre", "5", -1).status < 400) fail_msg("%s measures", others[i]);
    }
    assert_true(kit_has(kit_get(k, "head_a", at(k, "/cases/%lld/scales", (long long)o.id)), "记号量表"));
    assert_false(kit_has(kit_get(k, "head_a", at(k, "/cases/%lld/scales", (long long)s.id)), "记号量表"));
    assert_false(kit_has(case_page_of(k, "head_a", s.id), "记号量表"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_and_after_are_told_and_drawn), cmocka_unit_test(those_of_the_assessment_count_and_the_evaluation_prints_them),
        cmocka_unit_test(bad_input_is_told), cmocka_unit_test(others_neither_see_nor_change_it),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
