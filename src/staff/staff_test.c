#include "staff/staff.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { AREA = 350424 };

static struct kit *k;

static struct date
day(int y, int m, int d)
{
    struct date out;
    assert_true(date_of(y, m, d, &out));
    return out;
}

/* A member of staff of station_a; certificate: the day it was issued, or none. */
static struct staff_id
someone(const char *major, const char *education, const char *political, struct date service_from, struct date certificate)
{
    struct staff_new s = { .unit = k->station_a, .name = STR("甲"), .sex = STR("2"), .born = NO_DATE, .employment = STR("full"),
                           .education = str_of(education), .major = str_of(major), .political = str_of(political),
                           .service_from = service_from, .started_on = day(2024, 1, 1) };
    struct staff_id id = staff_make(k->db, AREA, &s);
    if (date_known(certificate)) certificate_add(k->db, AREA, id, STR("1"), STR("0001"), certificate, NO_DATE, NO_DATE);
    return id;
}

/* covers: MZT-08
 * rules.md, R-MZT-Q1 and MZT-08: the four cases, and the day of issue itself. */
static void
mzt_08_is_qualified(void **state)
{
    struct date now = day(2026, 3, 1), none = NO_DATE;
    (void)state;
    kit_begin(k);
    assert_true(is_qualified(k->db, AREA, someone("社会工作", "31", NULL, none, none), now));
    assert_false(is_qualified(k->db, AREA, someone("会计", "21", NULL, none, none), now));
    assert_true(is_qualified(k->db, AREA, someone("会计", "61", NULL, none, now), now));
    assert_false(is_qualified(k->db, AREA, someone("会计", "61", NULL, none, date_add(now, 1)), now));
    assert_false(is_qualified(k->db, AREA, someone("社会工作", "41", NULL, none, none), now));
    assert_false(is_qualified(k->db, AREA, someone("社会工作", NULL, NULL, none, none), now));
    assert_true(is_qualified(k->db, AREA, someone("社会工作", "14", NULL, none, none), now));
    kit_commit(k);
}

/* covers: NH-11
 * rules.md, R-NH-S2 and NH-11: 24 months, a certificate, party member; anything less is refused with the reason. */
static void
nh_11_head_of_centre(void **state)
{
    struct date from = day(2026, 3, 1), two_years = day(2024, 3, 1), held = day(2025, 1, 1);
    (void)state;
    kit_begin(k);
    struct staff_id good = someone("会计", "31", "01", two_years, held), young = someone("会计", "31", "01", date_add(two_years, 1), held);
    struct staff_id other = someone("会计", "31", "13", two_years, held), bare = someone("社会工作", "31", "01", two_years, NO_DATE);
    assert_int_equal(post_start(k->db, LANG_ZH, AREA, good, k->east, STR("head"), from).n, 0);
    assert_int_equal(post_start(k->db, LANG_ZH, AREA, good, k->county, STR("head"), from).n, 0);
    assert_string_equal(post_start(k->db, LANG_ZH, AREA, young, k->east, STR("head"), from).p, "负责人须有 24 个月以上的社会工作服务经验。");
    assert_true(str_has(post_start(k->db, LANG_ZH, AREA, other, k->county, STR("head"), from), STR("中共党员")));
    assert_true(str_has(post_start(k->db, LANG_ZH, AREA, bare, k->county, STR("head"), from), STR("证书")));
    assert_int_equal(post_start(k->db, LANG_ZH, AREA, other, k->station_a, STR("head"), from).n, 0);   /* a station asks for none of it */
    assert_int_equal(post_start(k->db, LANG_ZH, AREA, other, k->east, STR("worker"), from).n, 0);
    kit_commit(k);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM post WHERE kind = 'head'"), 3);
}

static void
pages_and_rights(void **state)
{
    (void)state;
    kit_begin(k);
    struct staff_id id = someone("社会工作", "31", "01", NO_DATE, NO_DATE);
    kit_commit(k);
    const char *page = str_fmt(&k->arena, "/staff/%lld", (long long)id.v).p;
    assert_true(kit_has(kit_get(k, "head_a", "/staff"), "甲"));
    assert_true(kit_has(kit_get(k, "head_a", page), "具备专业资质"));
    assert_int_equal(kit_get(k, "head_b", page).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_a", str_fmt(&k->arena, "%s/edit", page).p).status, HTTP_FORBIDDEN);
    struct kit_reply r = kit_post(k, "head_a", "/staff/new", str_fmt(&k->arena, "version=0&name=%s&sex=2&unit=%lld&employment=full&started_on=2025-01-01"
                                  "&phone=13900000000&service_from=2025-02-01", kit_enc(k, "乙").p, (long long)k->station_a.v).p);
    assert_int_equal(r.status, HTTP_INVALID);                       /* began social work after he started here */
    r = kit_post(k, "head_a", "/staff/new", str_fmt(&k->arena, "version=0&name=%s&sex=2&unit=%lld&employment=full&started_on=2025-01-01"
                 "&phone=13900000000", kit_enc(k, "乙").p, (long long)k->station_a.v).p);
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM staff WHERE phone_sealed LIKE '%13900000000%'"), 0);
    assert_int_equal(kit_post(k, "head_a", str_fmt(&k->arena, "%s/leave", page).p, "day=2023-12-31").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "head_a", str_fmt(&k->arena, "%s/leave", page).p, "day=2025-12-31").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM staff WHERE left_on = '2025-12-31'"), 1);
}

static int
set_up(void **state)
{
    (void)state;
    k = kit_open();
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    kit_close(k);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mzt_08_is_qualified), cmocka_unit_test(nh_11_head_of_centre), cmocka_unit_test(pages_and_rights),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
