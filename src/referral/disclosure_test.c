/* The disclosure register (GZ-13): every handing-out of a client's data has a row, and who reads the rows. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"
#include "test/refer.h"

static struct kit *k;
static int64_t person;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    person = case_person_made(k, "worker_a", "登记的人", "1950-01-01");
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static int64_t
rows(const char *where)
{
    return kit_number(k, at(k, "SELECT count(*) FROM disclosure WHERE %s", where));
}

static const char *
by_hand(const char *who, const char *more)
{
    return at(k, "%s&kind=oral&receiver=%s&fields=phone&purpose=x&how=legal&basis=%s&measures=x&told_on=%s&%s", who, kit_enc(k, "派出所张警官").p,
              kit_enc(k, "反家庭暴力法第十四条").p, day_text(k, 0), more);
}

/* covers: GZ-13 */
static void
gz_13_a_referral_out_makes_a_row_and_one_in_the_house_does_not(void **state)
{
    (void)state;
    int64_t id = refer_out(k, "worker_a", at(k, "person=%lld", (long long)person), at(k, "target=agency&to_org=%s&to_person=x&to_phone=13800000000&fields=born",
                           kit_enc(k, "康复医院").p));
    refer_agree(k, "worker_a", id);
    assert_int_equal(rows(at(k, "referral_id = %lld", (long long)id)), 0);
    refer_send(k, "worker_a", id);
    assert_int_equal(rows(at(k, "referral_id = %lld AND person_id = %lld AND receiver LIKE '康复医院%%' AND fields = 'name,born,summary'"
                                " AND by_id = %lld AND consent_id IS NOT NULL AND told_on IS NOT NULL AND confirmed_at IS NULL",
                                (long long)id, (long long)person, (long long)kit_user(k, "worker_a").v)), 1);
    struct kit_reply r = kit_get(k, "worker_a", "/disclosures");
    assert_true(kit_has(r, "康复医院"));
    assert_true(kit_has(r, "姓名、出生日期、案情摘要"));
    assert_true(kit_has(r, "书面同意"));
    int64_t inside = refer_out(k, "worker_a", at(k, "person=%lld", (long long)person), at(k, "target=internal&to_worker=%lld", (long long)kit_user(k,
            "worker_a2").v));
    refer_agree(k, "worker_a", inside);
    refer_send(k, "worker_a", inside);
    assert_int_equal(rows(at(k, "referral_id = %lld", (long long)inside)), 0);
}

static const char *
outside(const char *purpose)
{
    return at(k, "give_purpose=%s&give_receiver=%s&give_basis=%s", purpose, kit_enc(k, "县民政局王科长").p, kit_enc(k, "社会救助暂行办法").p);
}

/* covers: GZ-13 */
static void
gz_13_an_exported_list_makes_a_row_for_each_who_stands_in_it(void **state)
{
    (void)state;
    int64_t other = case_person_made(k, "worker_b", "别站的人", "1950-01-01");
    struct kit_reply r = kit_get(k, "worker_a", "/people/export");
    assert_true(kit_has(r, "用途") && r.file.n == 0);                                   /* the address alone gives no file */
    r = kit_post(k, "worker_a", "/people/export", "give_purpose=");
    assert_int_equal(r.status, HTTP_INVALID);
    r = kit_post(k, "worker_a", "/people/export", at(k, "give_purpose=authority&give_receiver=&give_basis=%s", kit_enc(k, "某条").p));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "id=\"e-give_receiver\"") && kit_has(r, "某条"));             /* nothing typed is lost */
    assert_int_equal(rows("kind = 'export'"), 0);
    r = kit_post(k, "worker_a", at(k, "/people/export?q=%s", kit_enc(k, "登记的人").p), outside("authority"));
    assert_true(r.status == HTTP_OK && r.file.n > 0);
    const char *one = at(k, "kind = 'export' AND receiver = '县民政局王科长' AND basis = '社会救助暂行办法' AND purpose = '报送主管部门' AND rows_n = 1"
                            " AND by_id = %lld AND list LIKE '服务对象%%' AND fields LIKE '姓名、%%电话%%' AND fields NOT LIKE '%%登记的人%%'",
                         (long long)kit_user(k, "worker_a").v);
    assert_int_equal(rows(one), 1);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM disclosed WHERE person_id = %lld", (long long)person)), 1);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM disclosed WHERE person_id = %lld", (long long)other)), 0);
    r = kit_get(k, "head_a", at(k, "/people/%lld/disclosures", (long long)person));
    assert_true(kit_has(r, "县民政局王科长") && kit_has(r, "名单（1 行）"));
    assert_true(kit_has(kit_get(k, "worker_a", "/disclosures?kind=export"), "县民政局王科长"));
    assert_false(kit_has(kit_get(k, "worker_b", at(k, "/people/%lld/disclosures", (long long)other)), "县民政局王科长"));
    kit_given(k, "worker_a", at(k, "/people/export?q=%s", kit_enc(k, "登记的人").p));
    assert_int_equal(rows("kind = 'export' AND receiver = '本单位' AND purpose = '站内工作使用'"), 1);
    assert_int_equal(kit_given(k, "county", "/people/export").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "worker_a", "/people/export", "csrf=0123456789abcdef0123456789abcdef&give_purpose=internal").status, HTTP_FORBIDDEN);
    assert_int_equal(rows("kind = 'export'"), 2);
}

/* covers: GZ-13 */
static void
gz_13_a_printed_paper_makes_a_row(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "打印的人", "1950-03-03");
    case_submit(k, "worker_a", o.id, "A");
    const char *pdf = at(k, "/cases/%lld/forms/%lld/pdf", (long long)o.id, (long long)o.form_a), *file = at(k, "/cases/%lld/file", (long long)o.id);
    assert_true(kit_has(kit_get(k, "worker_a", pdf), "用途"));
    assert_true(str_is(kit_post(k, "worker_a", pdf, outside("partner")).type, "application/pdf"));
    assert_int_equal(rows(at(k, "kind = 'print' AND person_id = %lld AND case_id = %lld AND receiver = '县民政局王科长' AND fields LIKE '%%接案%%'",
                             (long long)o.person, (long long)o.id)), 1);
    assert_int_equal(kit_post(k, "worker_a", file, "give_purpose=other&give_receiver=x&give_basis=x").status, HTTP_INVALID);     /* which? */
    assert_int_equal(kit_given(k, "worker_a", file).status, HTTP_OK);
    assert_int_equal(kit_get(k, "worker_a", at(k, "/cases/%lld/summary", (long long)o.id)).status, HTTP_OK);            /* for the client: not asked */
    assert_int_equal(rows(at(k, "kind = 'reading' AND person_id = %lld AND told_on IS NOT NULL", (long long)o.person)), 1);
    assert_int_equal(rows(at(k, "kind = 'print' AND person_id = %lld", (long long)o.person)), 2);
    assert_int_equal(kit_given(k, "worker_b", file).status, HTTP_NOT_FOUND);
    assert_int_equal(rows(at(k, "person_id = %lld", (long long)o.person)), 3);
}

static void
what_was_said_or_given_on_paper_is_entered_by_hand(void **state)
{
    (void)state;
    const char *who = at(k, "person=%lld", (long long)person);
    struct kit_reply r = kit_post(k, "worker_a", "/disclosures/new", at(k, "%s&kind=referral&receiver=&purpose=&how=&basis=", who));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "id=\"e-receiver\""));
    assert_int_equal(kit_post(k, "worker_a", "/disclosures/new", by_hand(who, "")).status, HTTP_SEE_OTHER);
    r = kit_get(k, "worker_a", at(k, "/people/%lld/disclosures", (long long)person));
    assert_true(kit_has(r, "派出所张警官"));
    assert_true(kit_has(r, "反家庭暴力法第十四条"));
    assert_true(kit_has(r, "口头"));
    struct opened o = case_made(k, "worker_a", "案中的人", "1950-02-02");
    assert_int_equal(kit_post(k, "worker_a", "/disclosures/new", by_hand(at(k, "case_=%lld", (long long)o.id), "")).status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/cases/%lld/disclosures", (long long)o.id)), "派出所张警官"));
    assert_int_equal(kit_post(k, "worker_b", "/disclosures/new", by_hand(who, "")).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_a2", "/disclosures/new", by_hand(at(k, "case_=%lld", (long long)o.id), "")).status, HTTP_NOT_FOUND);
}

static void
the_list_is_filtered_and_paged(void **state)
{
    (void)state;
    for (int i = 0; i < 51; i++)
        assert_int_equal(kit_post(k, "worker_a", "/disclosures/new", at(k,
                "person=%lld&kind=paper&receiver=r%02d&other=x&purpose=x&how=legal&basis=x", (long long)person, i)).status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_get(k, "worker_a", "/disclosures?kind=paper");
    assert_true(kit_has(r, "r50"));
    assert_false(kit_has(r, "r00"));
    assert_false(kit_has(r, "派出所张警官"));
    assert_true(kit_has(kit_get(k, "worker_a", "/disclosures?kind=paper&page=2"), "r00"));
    assert_true(kit_has(kit_get(k, "worker_a", "/disclosures?q=r17"), "r17"));
    assert_false(kit_has(kit_get(k, "worker_a", "/disclosures?q=r17"), "r18"));
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/disclosures?from=%s", day_text(k, 1))), "没有信息提供记录"));
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/disclosures?q=r17&to=%s", day_text(k, 0))), "r17"));
}

static void
it_belongs_to_the_station_and_a_worker_sees_his_own(void **state)
{
    (void)state;
    assert_true(kit_has(kit_get(k, "head_a", "/disclosures?kind=oral"), "派出所张警官"));
    assert_false(kit_has(kit_get(k, "worker_a2", "/disclosures?kind=oral"), "派出所张警官"));
    assert_false(kit_has(kit_get(k, "head_b", "/disclosures?kind=oral"), "派出所张警官"));
    assert_int_equal(kit_get(k, "county", "/disclosures").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_get(k, "worker_b", at(k, "/people/%lld/disclosures", (long long)person)).status, HTTP_NOT_FOUND);
}

static void
of_level_s4_only_who_is_named_sees_the_row(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "高敏登记", "1950-09-09");
    kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)o.person), at(k, "category=D03&from_on=%s&source=document", day_text(k, -9)));
    case_submit(k, "worker_a", o.id, "A");
    assert_int_equal(kit_post(k, "worker_a", "/disclosures/new", by_hand(at(k, "case_=%lld", (long long)o.id), "other=x")).status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "worker_a", "/disclosures"), "高敏登记"));
    assert_false(kit_has(kit_get(k, "head_a", "/disclosures"), "高敏登记"));
}

static void
the_head_confirms_what_another_gave(void **state)
{
    (void)state;
    int64_t id = kit_number(k, "SELECT max(id) FROM disclosure WHERE kind = 'oral' AND level < 4");
    const char *confirm = at(k, "/disclosures/%lld/confirm", (long long)id);
    assert_int_equal(kit_post(k, "worker_a", confirm, "").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "head_b", confirm, "").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "head_a", confirm, "").status, HTTP_SEE_OTHER);
    assert_int_equal(rows(at(k, "id = %lld AND confirmed_by = %lld", (long long)id, (long long)kit_user(k, "head_a").v)), 1);
    assert_int_equal(kit_post(k, "head_a", confirm, "").status, HTTP_CONFLICT);
    int64_t own = case_person_made(k, "head_a", "站长的人", "1950-01-09");
    kit_post(k, "head_a", "/disclosures/new", by_hand(at(k, "person=%lld", (long long)own), ""));
    id = kit_number(k, at(k, "SELECT id FROM disclosure WHERE person_id = %lld", (long long)own));
    assert_int_equal(kit_post(k, "head_a", at(k, "/disclosures/%lld/confirm", (long long)id), "").status, HTTP_CONFLICT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gz_13_a_referral_out_makes_a_row_and_one_in_the_house_does_not),
        cmocka_unit_test(gz_13_an_exported_list_makes_a_row_for_each_who_stands_in_it),
        cmocka_unit_test(gz_13_a_printed_paper_makes_a_row),
        cmocka_unit_test(what_was_said_or_given_on_paper_is_entered_by_hand),
        cmocka_unit_test(the_list_is_filtered_and_paged), cmocka_unit_test(it_belongs_to_the_station_and_a_worker_sees_his_own),
        cmocka_unit_test(of_level_s4_only_who_is_named_sees_the_row), cmocka_unit_test(the_head_confirms_what_another_gave),
    };
    return cmocka_run_group_tests_name("disclosure register", tests, open_kit, close_kit);
}
