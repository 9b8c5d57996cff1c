/* Family and support out of the forms: proposed, taken over only when the worker says so, drawn on the page and on paper. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"

static struct kit *k;
static struct opened o;
static const char *page;

static void
told(struct opened *p, const char *name)
{
    struct sheet a = sheet_of(k, "A"), b = sheet_of(k, "B");
    *p = case_made(k, "worker_a", name, "1950-01-01");
    sheet_set(&a, "family_members.0.name", "外地的女儿");
    sheet_set(&a, "family_members.0.relation", "30");
    sheet_set(&a, "family_members.0.sex", "2");
    sheet_set(&a, "family_members.0.age", "41");
    case_submit_sheet(k, "worker_a", p->id, "A", &a);
    case_to(k, "worker_a", p->id, "assessment");
    sheet_set(&b, "support_network.0.supporter", "张婶");
    sheet_set(&b, "support_network.0.relation", "邻居");
    sheet_set(&b, "support_network.0.kinds", "care");
    sheet_set(&b, "support_network.0.strength", "strong");
    case_submit_sheet(k, "worker_a", p->id, "B", &b);
}

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    told(&o, "图中的人");
    page = at(k, "/people/%lld/ties", (long long)o.person);
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static int64_t
count(const char *table)
{
    return kit_number(k, at(k, "SELECT count(*) FROM %s WHERE person_id = %lld AND to_on IS NULL", table, (long long)o.person));
}

static const char *
pdf_of(const char *login)
{
    int64_t b = kit_number(k, at(k, "SELECT max(id) FROM case_form WHERE case_id = %lld AND form = 'B' AND status <> 'draft'", (long long)o.id));
    struct kit_reply r = kit_given(k, login, at(k, "/cases/%lld/forms/%lld/pdf", (long long)o.id, (long long)b));
    return r.status == HTTP_OK ? kit_told(k, r.body, "pdftotext -raw %s -") : "";
}

static void
nothing_is_taken_over_silently(void **state)
{
    (void)state;
    struct kit_reply r = kit_get(k, "worker_a", page);
    assert_true(kit_has(r, "外地的女儿") && kit_has(r, "张婶") && kit_has(r, "采用所选"));
    assert_false(kit_has(r, "<svg class=\"genogram\"") || kit_has(r, "<svg class=\"ecomap\""));
    assert_int_equal(count("tie") + count("kin"), 0);
    const char *accept = at(k, "%s/accept", page);
    assert_int_equal(kit_post(k, "worker_a", accept, "").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", accept, "tie=0&kind.0=nothing&strength.0=strong").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", accept, "tie=7&kind.7=friend&strength.7=strong").status, HTTP_INVALID);     /* not in the form */
    r = kit_post(k, "worker_a", accept, "kin=0&relation.0=");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "请为每一位家人选择关系"));
    assert_int_equal(count("tie") + count("kin"), 0);
}

static void
what_is_accepted_is_drawn_and_proposed_no_more(void **state)
{
    (void)state;
    const char *accept = at(k, "%s/accept", page);
    assert_int_equal(kit_post(k, "worker_a", accept, "tie=0&kind.0=neighbour&strength.0=strong&kin=0&relation.0=30").status, HTTP_SEE_OTHER);
    assert_int_equal(count("tie"), 1);
    assert_int_equal(count("kin"), 1);
    struct kit_reply r = kit_get(k, "worker_a", page);
    assert_true(kit_has(r, "<svg class=\"genogram\"") && kit_has(r, "<svg class=\"ecomap\"") && kit_has(r, "未登记的家人"));
    assert_false(kit_has(r, "采用所选"));
    assert_int_equal(kit_post(k, "worker_a", accept, "tie=0&kind.0=neighbour&strength.0=strong").status, HTTP_INVALID);      /* not twice */
    assert_int_equal(count("tie"), 1);
    int64_t kin = kit_number(k, at(k, "SELECT id FROM kin WHERE person_id = %lld", (long long)o.person));
    const char *one = at(k, "/people/%lld/kin/%lld", (long long)o.person, (long long)kin);
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/end", one), "").status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "worker_a", page), "采用所选"));
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/again", one), "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/again", one), "").status, HTTP_CONFLICT);
}

static void
the_print_of_the_assessment_shows_both_pictures(void **state)
{
    (void)state;
    const char *text = pdf_of("worker_a");
    assert_non_null(strstr(text, "生态图"));
    assert_non_null(strstr(text, "邻里"));
    assert_non_null(strstr(text, "外地的女儿"));
    struct kit_reply r = kit_given(k, "worker_a", at(k, "/cases/%lld/file", (long long)o.id));
    assert_int_equal(r.status, HTTP_OK);
    assert_non_null(strstr(kit_told(k, r.body, "pdftotext -raw %s -"), "邻里"));
}

static void
others_neither_see_nor_take_over(void **state)
{
    struct opened s;
    static const char *const others[] = { "worker_a2", "worker_b", "assistant_a", "supervisor_a", "clerk_a", "grid_a", "county", "admin" };
    (void)state;
    told(&s, "敏感图的人");
    kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)s.person), at(k, "category=E04&from_on=%s&source=document", day_text(k, -9)));
    for (size_t i = 0; i < COUNT(others); i++) {
        if (kit_has(kit_get(k, others[i], page), "张婶")) fail_msg("%s sees it", others[i]);
        if (kit_post(k, others[i], at(k, "%s/accept", page), "tie=0&kind.0=friend&strength.0=weak").status < 400) fail_msg("%s takes over", others[i]);
        if (strstr(pdf_of(others[i]), "张婶")) fail_msg("%s prints it", others[i]);
    }
    const char *secret = at(k, "/people/%lld/ties", (long long)s.person);
    assert_true(kit_get(k, "head_a", secret).status >= 400);
    assert_true(kit_post(k, "head_a", at(k, "%s/accept", secret), "tie=0&kind.0=friend&strength.0=weak").status >= 400);
    assert_true(kit_has(kit_get(k, "worker_a", secret), "张婶"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_taken_over_silently), cmocka_unit_test(what_is_accepted_is_drawn_and_proposed_no_more),
        cmocka_unit_test(the_print_of_the_assessment_shows_both_pictures), cmocka_unit_test(others_neither_see_nor_take_over),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
