/* The forms of a case: drafts, versions, review, files, and two people on one form. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "files/attach.h"
#include "tally/tally.h"
#include "test/cases.h"

static struct kit *k;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    attach_dir_set(k->dir);
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static const char *
page(int64_t id, int64_t form)
{
    return at(k, "/cases/%lld/forms/%lld", (long long)id, (long long)form);
}

static void
d_waits_for_b_and_the_draft_is_kept(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "戊一", "1950-07-01");
    struct sheet b = sheet_of(k, "B");
    case_to(k, "worker_a", o.id, "assessment");
    int64_t form = case_begin(k, "worker_a", o.id, "B");
    sheet_set(&b, "needs.0.category", NULL);
    sheet_set(&b, "needs.0.severity", NULL);
    sheet_set(&b, "barriers", NULL);
    sheet_set(&b, "physical", "高血压，按时服药。");
    struct kit_reply r = case_save(k, "worker_a", o.id, form, &b, "submit");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "障碍") && kit_has(r, "第 1 行：此项必填") && kit_has(r, "高血压，按时服药。"));
    assert_true(kit_has(kit_get(k, "worker_a", page(o.id, form)), "高血压，按时服药。"));
    r = case_step(k, "worker_a", o.id, "begin/D", "");
    assert_int_equal(r.status, HTTP_CONFLICT);
    assert_true(kit_has(r, "预估表（B）尚未完成"));
}

static void
a_changed_goal_makes_plan_2_and_plan_1_stays(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "戊二", "1950-07-02");
    struct sheet d = sheet_of(k, "D");
    case_to(k, "worker_a", o.id, "planning");
    sheet_set(&d, "goals.0.goal", "每周出门一次");
    int64_t one = case_submit_sheet(k, "worker_a", o.id, "D", &d);
    case_to(k, "worker_a", o.id, "intervention");
    assert_int_equal(case_save(k, "worker_a", o.id, one, &d, "submit").status, HTTP_CONFLICT);     /* what was handed in stays */
    struct kit_reply r = kit_post(k, "worker_a", at(k, "%s/revise", page(o.id, one)), "");
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    int64_t two = kit_id_in(r.location, at(k, "/cases/%lld/forms/", (long long)o.id));
    sheet_set(&d, "goals.0.goal", "每周出门三次");
    assert_int_equal(case_save(k, "worker_a", o.id, two, &d, "submit").status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "intervention"));
    assert_true(kit_has(kit_get(k, "worker_a", page(o.id, one)), "每周出门一次"));
    assert_true(kit_has(kit_get(k, "worker_a", page(o.id, two)), "每周出门三次"));
    r = kit_get(k, "worker_a", at(k, "%s/compare/%lld", page(o.id, two), (long long)one));
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "每周出门一次") && kit_has(r, "每周出门三次"));
    assert_int_equal(kit_post(k, "worker_a", at(k, "%s/revise", page(o.id, one)), "").status, HTTP_CONFLICT);
    assert_int_equal(kit_number(k, at(k, "SELECT max(version) FROM case_form WHERE case_id = %lld AND form = 'D'", (long long)o.id)), 2);
}

static void
two_tabs_on_one_form_lose_nothing(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "戊三", "1950-07-03");
    struct sheet a = sheet_of(k, "A");
    const char *where = page(o.id, o.form_a);
    int64_t saves = kit_number(k, at(k, "SELECT saves FROM case_form WHERE id = %lld", (long long)o.form_a));
    sheet_set(&a, "presenting_problem", "甲页写的话");
    assert_int_equal(case_save(k, "worker_a", o.id, o.form_a, &a, "draft").status, HTTP_SEE_OTHER);
    sheet_set(&a, "presenting_problem", "乙页写的话");
    struct kit_reply r = kit_post(k, "worker_a", where, str_fmt(&k->arena, "%s&version=%lld&do=submit", sheet_params(&a), (long long)saves).p);
    assert_int_equal(r.status, HTTP_CONFLICT);
    assert_true(kit_has(r, "甲页写的话") && kit_has(r, "乙页写的话"));
    assert_true(kit_has(r, at(k, "name=\"version\" value=\"%lld\"", (long long)saves + 1)));
    r = kit_get(k, "worker_a", where);
    assert_true(kit_has(r, "甲页写的话") && !kit_has(r, "乙页写的话"));
    assert_int_equal(case_save(k, "worker_a", o.id, o.form_a, &a, "submit").status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "worker_a", where), "乙页写的话"));
}

static void
the_supervisor_returns_a_form_to_the_desk(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "戊四", "1950-07-04");
    case_to(k, "worker_a", o.id, "assessment");
    int64_t form = case_submit(k, "worker_a", o.id, "B");
    assert_int_equal(case_review_as(k, "supervisor_a", o.id, form, "approved").status, HTTP_FORBIDDEN);      /* not his case yet */
    case_step(k, "worker_a", o.id, "supervisor", at(k, "supervisor=%lld", (long long)kit_user(k, "supervisor_a").v));
    assert_int_equal(case_review_as(k, "worker_a", o.id, form, "approved").status, HTTP_FORBIDDEN);
    struct kit_reply r = kit_post(k, "supervisor_a", at(k, "%s/review", page(o.id, form)), "decision=returned");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "退回时请写明原因"));
    assert_int_equal(case_review_as(k, "supervisor_a", o.id, form, "returned").status, HTTP_SEE_OTHER);
    r = kit_get(k, "worker_a", "/");
    assert_true(kit_has(r, "戊四") && kit_has(r, "请补充目标。"));
    assert_true(kit_has(kit_get(k, "worker_a", page(o.id, form)), "请补充目标。"));
    assert_int_equal(case_step(k, "worker_a", o.id, "next", "").status, HTTP_CONFLICT);                      /* B is not in any more */
    struct sheet b = sheet_of(k, "B");
    assert_int_equal(case_save(k, "worker_a", o.id, form, &b, "submit").status, HTTP_SEE_OTHER);
    assert_int_equal(case_step(k, "worker_a", o.id, "next", "").status, HTTP_SEE_OTHER);
}

static void
ignore(void *arg, const struct tally_differences_row *row)
{
    (void)arg; (void)row;
}

/* A record that was returned, or that gets a second version, is one contact. */
static void
a_returned_record_is_counted_once(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "戊五", "1950-07-05");
    struct sheet e = sheet_of(k, "E");
    case_to(k, "worker_a", o.id, "intervention");
    int64_t contacts = tally_of(k, "contact"), form = case_submit_sheet(k, "worker_a", o.id, "E", &e);
    assert_int_equal(tally_of(k, "contact"), contacts + 1);
    assert_int_equal(case_review_as(k, "head_a", o.id, form, "returned").status, HTTP_SEE_OTHER);
    assert_int_equal(case_save(k, "worker_a", o.id, form, &e, "submit").status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_post(k, "worker_a", at(k, "%s/revise", page(o.id, form)), "");
    int64_t two = kit_id_in(r.location, at(k, "/cases/%lld/forms/", (long long)o.id));
    assert_int_equal(case_save(k, "worker_a", o.id, two, &e, "submit").status, HTTP_SEE_OTHER);
    assert_int_equal(tally_of(k, "contact"), contacts + 1);
    assert_int_equal(kit_number(k, at(k, "SELECT contacts FROM casefile WHERE id = %lld", (long long)o.id)), 1);
}

/* The figures are those of the newest version; the old day and its minutes are taken back. */
static void
a_corrected_record_moves_its_figures(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "戊八", "1950-07-08");
    struct sheet e = sheet_of(k, "E");
    case_to(k, "worker_a", o.id, "intervention");
    int64_t minutes = tally_of(k, "minutes"), contacts = tally_of(k, "contact");
    sheet_set(&e, "start_at", at(k, "%sT09:00", day_text(k, 0)));
    sheet_set(&e, "end_at", at(k, "%sT10:00", day_text(k, 0)));
    int64_t form = case_submit_sheet(k, "worker_a", o.id, "E", &e);
    assert_int_equal(tally_of(k, "minutes"), minutes + 60);
    sheet_set(&e, "end_at", at(k, "%sT09:20", day_text(k, 0)));
    struct kit_reply r = kit_post(k, "worker_a", at(k, "%s/revise", page(o.id, form)), "");
    int64_t two = kit_id_in(r.location, at(k, "/cases/%lld/forms/", (long long)o.id));
    assert_int_equal(tally_of(k, "minutes"), minutes + 60);             /* not before it is handed in */
    assert_int_equal(case_save(k, "worker_a", o.id, two, &e, "submit").status, HTTP_SEE_OTHER);
    assert_int_equal(tally_of(k, "minutes"), minutes + 20);
    assert_int_equal(tally_of(k, "contact"), contacts + 1);
    assert_int_equal(kit_number(k, at(k, "SELECT minutes FROM casefile WHERE id = %lld", (long long)o.id)), 20);
    assert_int_equal(kit_number(k, at(k, "SELECT times FROM served WHERE person_id = %lld", (long long)o.person)), 1);
    kit_begin(k);
    assert_int_equal(tally_check(k->db, ignore, NULL), 0);
    kit_commit(k);
}

static void
computed_fields_cannot_be_typed(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "戊六", "1950-07-06");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "data_consent", "伪造");
    sheet_set(&a, "nothing_of_the_kind", "伪造");
    assert_int_equal(case_save(k, "worker_a", o.id, o.form_a, &a, "draft").status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_get(k, "worker_a", page(o.id, o.form_a));
    assert_true(kit_has(r, "已取得"));
    assert_false(kit_has(r, "伪造"));
}

static void
files_are_checked_and_follow_the_case(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "戊七", "1950-07-07");
    struct sheet e = sheet_of(k, "E");
    case_to(k, "worker_a", o.id, "intervention");
    int64_t form = case_begin(k, "worker_a", o.id, "E");
    const char *params = str_fmt(&k->arena, "%s&version=1&do=draft&add=1", sheet_params(&e)).p;
    const char *count = at(k, "SELECT count(*) FROM case_file WHERE form_id = %lld", (long long)form);
    struct kit_reply r = kit_upload(k, "worker_a", page(o.id, form), params, "photos_files", "a.html", STR("<script>alert(1)</script>"));
    assert_true(kit_has(r, "不支持这种文件"));
    assert_int_equal(kit_number(k, count), 0);
    char *big = NEW(&k->arena, char, ATTACH_MAX + 1);
    params = str_fmt(&k->arena, "%s&version=2&do=draft&add=1", sheet_params(&e)).p;
    r = kit_upload(k, "worker_a", page(o.id, form), params, "photos_files", "a.png", (struct str){ big, ATTACH_MAX + 1 });
    assert_true(kit_has(r, "文件超过10 MB"));
    assert_int_equal(kit_number(k, count), 0);
    params = str_fmt(&k->arena, "%s&version=3&do=draft", sheet_params(&e)).p;
    r = kit_upload(k, "worker_a", page(o.id, form), params, "photos_files", "家访.jpg", STR("\xFF\xD8\xFF photo"));
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, count), 1);
    int64_t file = kit_number(k, at(k, "SELECT id FROM case_file WHERE form_id = %lld", (long long)form));
    const char *where = at(k, "/cases/%lld/files/%lld", (long long)o.id, (long long)file);
    r = kit_get(k, "worker_a", where);
    assert_int_equal(r.status, HTTP_OK);
    assert_true(str_is(r.type, "image/jpeg"));
    assert_int_equal(kit_get(k, "worker_a2", where).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_b", where).status, HTTP_NOT_FOUND);
    struct opened other = case_made(k, "worker_a2", "戊八", "1950-07-08");
    assert_int_equal(kit_get(k, "worker_a2", at(k, "/cases/%lld/files/%lld", (long long)other.id, (long long)file)).status, HTTP_NOT_FOUND);
}

/* A choice of the plan becomes words in the text of the agreement, not its code. */
static void
a_text_is_prefilled_with_words(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "预填对象", "1950-09-09");
    case_to(k, "worker_a", o.id, "planning");
    struct sheet d = sheet_of(k, "D");
    sheet_set(&d, "evaluation_methods", "scale");
    case_submit_sheet(k, "worker_a", o.id, "D", &d);
    int64_t c = case_begin(k, "worker_a", o.id, "C");
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM case_form WHERE id = %lld AND doc LIKE '%%\"evaluation_way\":\"前后测量表\"%%'", (long long)c)), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(d_waits_for_b_and_the_draft_is_kept),
        cmocka_unit_test(a_changed_goal_makes_plan_2_and_plan_1_stays),
        cmocka_unit_test(two_tabs_on_one_form_lose_nothing),
        cmocka_unit_test(the_supervisor_returns_a_form_to_the_desk),
        cmocka_unit_test(a_returned_record_is_counted_once),
        cmocka_unit_test(a_corrected_record_moves_its_figures),
        cmocka_unit_test(computed_fields_cannot_be_typed),
        cmocka_unit_test(files_are_checked_and_follow_the_case),
        cmocka_unit_test(a_text_is_prefilled_with_words),
    };
    return cmocka_run_group_tests_name("forms of a case", tests, open_kit, close_kit);
}
