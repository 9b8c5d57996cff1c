/* The plan of a household: all members on one page, whoever serves them; who sees it, who changes it. */
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
household(const char *no, int64_t head)
{
    int64_t id = kit_id_in(kit_post(k, "worker_a", "/households/new", at(k, "no=%s&head=%lld", no, (long long)head)).location, "/households/");
    assert_true(id > 0);
    return id;
}

static void
join(int64_t house, int64_t person, const char *relation)
{
    assert_int_equal(kit_post(k, "worker_a", at(k, "/households/%lld/members", (long long)house), at(k, "person=%lld&relation=%s", (long long)person,
                     relation)).status, HTTP_SEE_OTHER);
}

static struct kit_reply
line(const char *login, int64_t house, const char *params)
{
    return kit_post(k, login, at(k, "/households/%lld/plan/lines", (long long)house), params);
}

/* covers: HN-19, HN-15 */
static void
hn_19_one_plan_shows_all_members_and_all_who_serve_them(void **state)
{
    (void)state;
    struct opened elder = case_made(k, "worker_a", "户里老人", "1945-01-01");
    int64_t child = case_person_made(k, "worker_a", "户里成人", "1990-01-01"), house = household("P1", elder.person);
    join(house, child, "20");
    case_to(k, "worker_a", elder.id, "intervention");
    const char *page = at(k, "/households/%lld/plan", (long long)house);
    struct kit_reply r = kit_get(k, "worker_a", page);
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "户里老人") && kit_has(r, "户里成人") && kit_has(r, "还没有计划内容"));
    int64_t d = kit_number(k, at(k, "SELECT count(*) FROM case_form WHERE case_id = %lld AND form = 'D' AND status <> 'draft'", (long long)elder.id));
    assert_true(d > 0);
    assert_false(kit_has(r, "还没有计划表"));                            /* the goals of the case stand there */
    assert_true(kit_has(r, "未完成"));                                   /* and its steps */
    assert_int_equal(line("worker_a", house, at(k, "member=%lld&goal=%s&action=x&who=y&project=%s&due=%s", (long long)child, kit_enc(k, "重新就业").p,
                          kit_enc(k, "青年就业项目").p, day_text(k, 30))).status, HTTP_SEE_OTHER);
    assert_int_equal(line("worker_a", house, at(k, "goal=%s&action=x&who=y", kit_enc(k, "全家的目标").p)).status, HTTP_SEE_OTHER);
    r = kit_get(k, "worker_a", page);
    assert_true(kit_has(r, "重新就业") && kit_has(r, "青年就业项目") && kit_has(r, "全家的目标"));
    int64_t id = kit_number(k, "SELECT id FROM house_line WHERE project IS NOT NULL");
    const char *end = at(k, "%s/lines/%lld/end", page, (long long)id);
    assert_int_equal(kit_post(k, "worker_a", end, "state=gone&result=x").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", end, at(k, "state=done&result=%s", kit_enc(k, "已上班").p)).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", end, "state=done&result=x").status, HTTP_NOT_FOUND);
    assert_true(kit_has(kit_get(k, "worker_a", page), "已上班"));
}

static void
the_aim_keeps_its_history_and_bad_input_is_told(void **state)
{
    (void)state;
    int64_t person = case_person_made(k, "worker_a", "目标的人", "1950-01-01"), house = household("P2", person);
    const char *page = at(k, "/households/%lld/plan", (long long)house);
    struct kit_reply r = kit_post(k, "worker_a", page, at(k, "aim=%%3Cb%%3E&from_on=%s&review=%s", day_text(k, 0), day_text(k, -3)));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "&lt;b&gt;") && kit_has(r, "id=\"e-review\"") && !kit_has(r, "<b>"));
    assert_int_equal(kit_post(k, "worker_a", page, at(k, "aim=one&from_on=%s", day_text(k, 0))).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", page, at(k, "aim=two&from_on=%s", day_text(k, 0))).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM house_plan WHERE household_id = %lld", (long long)house)), 2);
    assert_true(kit_has(kit_get(k, "worker_a", page), ">two<"));
    int64_t other = case_person_made(k, "worker_a", "别户的人", "1950-01-01");
    assert_int_equal(line("worker_a", house, at(k, "member=%lld&goal=g&action=x&who=y", (long long)other)).status, HTTP_INVALID);
    assert_int_equal(line("worker_a", house, "member=abc&goal=g&action=x&who=y").status, HTTP_INVALID);
    r = line("worker_a", house, "goal=&action=kept&who=y");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "kept"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM house_line WHERE household_id = %lld", (long long)house)), 0);
}

/* A colleague's client: the case is there, its content is not; nobody of another station sees the page. */
static void
content_stays_with_who_may_read_it(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "他人的户主", "1948-01-01");
    int64_t house = household("P3", o.person);
    case_to(k, "worker_a", o.id, "intervention");
    const char *page = at(k, "/households/%lld/plan", (long long)house);
    line("worker_a", house, at(k, "member=%lld&goal=%s&action=x&who=y", (long long)o.person, kit_enc(k, "不给看的目标").p));
    assert_true(kit_has(kit_get(k, "worker_a", page), "不给看的目标") && kit_has(kit_get(k, "head_a", page), "不给看的目标"));
    struct kit_reply r = kit_get(k, "worker_a2", page);
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "内容由责任社工掌握"));
    static const char *const others[] = { "worker_a2", "assistant_a", "supervisor_a", "clerk_a", "grid_a", "village_a", "worker_b", "county", "admin" };
    for (size_t i = 0; i < COUNT(others); i++) {
        r = kit_get(k, others[i], page);
        if (kit_has(r, "不给看的目标")) fail_msg("%s reads it", others[i]);
        if (line(others[i], house, at(k, "member=%lld&goal=z&action=x&who=y", (long long)o.person)).status < 400) fail_msg("%s adds", others[i]);
    }
    assert_int_equal(kit_get(k, "worker_b", page).status, HTTP_NOT_FOUND);
}

static void
a_member_of_level_s4_does_not_show_through(void **state)
{
    (void)state;
    int64_t head = case_person_made(k, "worker_a", "明户主", "1950-01-01"), house = household("P4", head);
    struct opened s = case_made(k, "worker_a", "暗成员", "1970-01-01");
    join(house, s.person, "20");
    kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)s.person), at(k, "category=E04&from_on=%s&source=document", day_text(k, -9)));
    const char *page = at(k, "/households/%lld/plan", (long long)house);
    assert_int_equal(line("worker_a", house, at(k, "member=%lld&goal=%s&action=x&who=y", (long long)s.person, kit_enc(k, "暗目标").p)).status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "worker_a", page), "暗成员") && kit_has(kit_get(k, "worker_a", page), "暗目标"));
    static const char *const others[] = { "head_a", "worker_a2", "supervisor_a", "assistant_a", "grid_a" };
    for (size_t i = 0; i < COUNT(others); i++) {
        struct kit_reply r = kit_get(k, others[i], page);
        assert_int_equal(r.status, HTTP_OK);
        if (kit_has(r, "暗成员") || kit_has(r, "暗目标") || kit_has(r, "2 人")) fail_msg("%s learns of him", others[i]);
    }
    int64_t id = kit_number(k, at(k, "SELECT id FROM house_line WHERE household_id = %lld", (long long)house));
    assert_int_equal(kit_post(k, "head_a", at(k, "%s/lines/%lld/end", page, (long long)id), "state=done&result=x").status, HTTP_FORBIDDEN);
    assert_true(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity_id = %lld", (long long)s.person)) > 0);
}

/* A member whom another station serves: his name is there, and that there is a case; what the other station knows of him is not. */
static void
what_another_station_knows_stays_there(void **state)
{
    (void)state;
    int64_t head = case_person_made(k, "worker_a", "本站户主", "1950-01-01"), house = household("P5", head);
    int64_t away = case_person_made(k, "worker_a", "外站成员", "1980-01-01");
    join(house, away, "20");
    assert_int_equal(kit_post(k, "worker_a", at(k, "/people/%lld/move", (long long)away), at(k, "unit=%lld&on=%s&reason=x", (long long)k->station_b.v,
                     day_text(k, 0))).status, HTTP_SEE_OTHER);
    kit_post(k, "worker_b", at(k, "/people/%lld/aid", (long long)away), at(k, "kind=cash&money=5&purpose=living&source=society&receiver=x&what=%s&on=%s",
             kit_enc(k, "外站的钱").p, day_text(k, 0)));
    int64_t id = kit_id_in(kit_post(k, "worker_b", "/cases/new", at(k, "person=%lld", (long long)away)).location, "/cases/");
    assert_true(id > 0);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM aid"), 1);
    kit_begin(k);
    db_exec(k->db, at(k, "INSERT INTO case_form (area_id, id, case_id, form, seq, version, form_version, status, current, doc, filled_by, filled_on, saved_at,"
        " saves) VALUES (350424, %lld, %lld, 'D', 1, 1, 1, 'submitted', 1, '{\"goals\":[{\"goal\":\"外站目标\"}]}', 1, '2026-01-01', 0, 1)",
        (long long)id_next(350424), (long long)id));
    kit_commit(k);
    static const char *const ours[] = { "worker_a", "head_a" };
    for (size_t i = 0; i < COUNT(ours); i++) {
        struct kit_reply r = kit_get(k, ours[i], at(k, "/households/%lld/plan", (long long)house));
        assert_true(kit_has(r, "外站成员") && kit_has(r, "内容由责任社工掌握"));
        assert_false(kit_has(r, "外站目标"));
        assert_false(kit_has(kit_get(k, ours[i], at(k, "/households/%lld/aid", (long long)house)), "外站的钱"));
    }
    assert_int_equal(line("worker_a", house, at(k, "member=%lld&goal=g&action=x&who=y", (long long)away)).status, HTTP_INVALID);
    struct kit_reply r = kit_get(k, "worker_b", at(k, "/people/%lld/aid", (long long)away));
    assert_true(kit_has(r, "外站的钱"));
}

static int64_t
rows_of(const char *table, const char *column, int64_t id)
{
    return kit_number(k, at(k, "SELECT count(*) FROM %s WHERE %s = %lld", table, column, (long long)id));
}

/* Two registrations of one person, and two files of one household, become one; an undo brings all of it back. */
static void
a_merge_takes_plans_and_aid_along(void **state)
{
    (void)state;
    int64_t keep = case_person_made(k, "worker_a", "并存甲", "1950-01-01"), gone = case_person_made(k, "worker_a", "并去乙", "1950-01-01");
    int64_t house = household("P6", gone), other = household("P7", case_person_made(k, "worker_a", "并户主", "1950-01-01"));
    const char *gift = at(k, "kind=cash&money=5&purpose=living&source=society&receiver=x&what=x&on=%s", day_text(k, 0));
    line("worker_a", house, at(k, "member=%lld&goal=g&action=x&who=y", (long long)gone));
    assert_int_equal(kit_post(k, "worker_a", at(k, "/people/%lld/aid", (long long)gone), gift).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/households/%lld/aid", (long long)house), gift).status, HTTP_SEE_OTHER);
    kit_post(k, "worker_a", at(k, "/households/%lld/plan", (long long)house), at(k, "aim=a&from_on=%s", day_text(k, 0)));
    assert_int_equal(kit_post(k, "head_a", at(k, "/people/%lld/merge/%lld", (long long)keep, (long long)gone), "reason=x").status, HTTP_SEE_OTHER);
    assert_int_equal(rows_of("aid", "person_id", keep), 1);
    assert_int_equal(rows_of("house_line", "person_id", keep), 1);
    int64_t merge = kit_number(k, "SELECT max(id) FROM merge");
    assert_int_equal(kit_post(k, "head_a", at(k, "/merges/%lld/undo", (long long)merge), "reason=slip").status, HTTP_SEE_OTHER);
    assert_int_equal(rows_of("aid", "person_id", gone), 1);
    assert_int_equal(rows_of("house_line", "person_id", gone), 1);
    struct kit_reply r = kit_post(k, "head_a", at(k, "/households/%lld/merge/%lld", (long long)other, (long long)house), "reason=x&relation=99");
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_int_equal(rows_of("aid", "household_id", other), 1);
    assert_int_equal(rows_of("house_line", "household_id", other), 1);
    assert_int_equal(rows_of("house_plan", "household_id", other), 1);
    merge = kit_number(k, "SELECT max(id) FROM merge");
    assert_int_equal(kit_post(k, "head_a", at(k, "/merges/%lld/undo", (long long)merge), "reason=slip").status, HTTP_SEE_OTHER);
    assert_int_equal(rows_of("aid", "household_id", house) + rows_of("house_line", "household_id", house) + rows_of("house_plan", "household_id", house), 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hn_19_one_plan_shows_all_members_and_all_who_serve_them), cmocka_unit_test(the_aim_keeps_its_history_and_bad_input_is_told),
        cmocka_unit_test(content_stays_with_who_may_read_it), cmocka_unit_test(a_member_of_level_s4_does_not_show_through),
        cmocka_unit_test(what_another_station_knows_stays_there), cmocka_unit_test(a_merge_takes_plans_and_aid_along),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
