/* People, households, consents and search: who sees whom, what is refused, and with which words. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "codes/idno.h"
#include "people/people.h"
#include "test/kit.h"

enum { AREA = 350424 };

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static const char *
z(struct str s)
{
    return str_z(&k->arena, s);
}

/* A number of nobody: the county code does not exist. */
static const char *
idno(const char *born, const char *serial)
{
    char digits[18];
    snprintf(digits, sizeof digits, "350499%s%s", born, serial);
    return str_fmt(&k->arena, "%s%c", digits, idno_check(digits)).p;
}

static struct kit_reply
add_person(const char *login, const char *name, const char *more)
{
    return kit_post(k, login, "/people/new", str_fmt(&k->arena, "name=%.*s&%s", FMT(kit_enc(k, name)), more).p);
}

static int64_t
person(const char *login, const char *name, const char *more)
{
    struct kit_reply r = add_person(login, name, more);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d %s", name, r.status, z(r.body));
    return kit_id_in(r.location, "/people/");
}

static const char *
path(const char *fmt, int64_t id)
{
    char z_[400];
    snprintf(z_, sizeof z_, fmt, (long long)id);
    return str_fmt(&k->arena, "%s", z_).p;
}

static void
birth_and_sex_come_from_the_number(void **state)
{
    (void)state;
    int64_t id = person("worker_a", "陈桂兰", str_fmt(&k->arena, "idno=%s", idno("19480517", "002")).p);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE id = %lld AND born = '1948-05-17' AND sex = '2'", id)), 1);
    struct kit_reply r = kit_get(k, "worker_a", path("/people/%lld", id));
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "350499********002") && kit_has(r, "60岁以上"));
    assert_false(kit_has(r, idno("19480517", "002")));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE idno_sealed LIKE '%350499%' OR idno_hash LIKE '%350499%'"), 0);
    r = kit_post(k, "worker_a", path("/people/%lld/reveal", id), "why=check");
    assert_true(kit_has(r, idno("19480517", "002")));
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM audit WHERE action = 'reveal' AND entity_id = %lld", id)), 1);
}

static void
codes_1_wrong_numbers_are_refused_each_with_its_reason(void **state)
{
    (void)state;
    struct kit_reply r = add_person("worker_a", "甲一", "idno=110105194912310021");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, idno_fault_text(IDNO_CHECK)) && kit_has(r, "110105194912310021"));
    assert_true(kit_has(add_person("worker_a", "甲一", "idno=110105194902300028"), idno_fault_text(IDNO_DATE)));
    assert_true(kit_has(add_person("worker_a", "甲一", str_fmt(&k->arena, "idno=%s&born=1950-01-01", idno("19480518", "002")).p), "1948-05-18"));
    assert_true(kit_has(add_person("worker_a", "甲一", str_fmt(&k->arena, "idno=%s&sex=1", idno("19480518", "002")).p), "与证件号码不一致"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE name = '甲一'"), 0);
}

static void
codes_4_and_7_tables_and_the_disability_number(void **state)
{
    (void)state;
    const char *no = idno("19700101", "001");
    assert_int_equal(add_person("worker_a", "甲二", "ethnic=99").status, HTTP_INVALID);
    assert_int_equal(add_person("worker_a", "甲二", str_fmt(&k->arena, "idno=%s&disability_no=%s80", no, no).p).status, HTTP_INVALID);
    assert_int_equal(add_person("worker_a", "甲二", str_fmt(&k->arena, "idno=%s&disability_no=%s44", no, idno("19700102", "001")).p).status, HTTP_INVALID);
    assert_int_equal(add_person("worker_a", "甲二", str_fmt(&k->arena, "idno=%s&disability_no=%s44&disability=5", no, no).p).status, HTTP_INVALID);
    int64_t id = person("worker_a", "甲二", str_fmt(&k->arena, "idno=%s&disability_no=%s44&ethnic=22&marital=30&education=71", no, no).p);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE id = %lld AND disability = '4' AND disability_grade = '4'"
                                         " AND ethnic = '22'", id)), 1);
}

static void
a_number_is_registered_once(void **state)
{
    (void)state;
    static const char registered[] = "SELECT coalesce(sum(n), 0) FROM tally WHERE measure = 'person.registered'";
    const char *more = str_fmt(&k->arena, "idno=%s", idno("19550505", "011")).p;
    int64_t before = kit_number(k, registered), id = person("worker_a", "乙一", more);
    struct kit_reply mine = add_person("worker_a", "乙二", more), other = add_person("worker_b", "乙二", more);
    assert_int_equal(mine.status, HTTP_INVALID);
    assert_true(kit_has(mine, "该号码已登记") && kit_has(mine, path("/people/%lld", id)));
    assert_true(kit_has(other, "该号码已登记"));
    assert_false(kit_has(other, path("/people/%lld", id)) || kit_has(other, "乙一"));
    assert_int_equal(kit_number(k, registered), before + 1);    /* what was refused is not counted */
}

static void
outside_the_unit_there_is_nobody(void **state)
{
    (void)state;
    int64_t id = person("worker_a", "丙一", "phone=13800000001");
    assert_int_equal(kit_get(k, "worker_b", path("/people/%lld", id)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "county", path("/people/%lld", id)).status, HTTP_FORBIDDEN);
    assert_false(kit_has(kit_get(k, "worker_b", "/people?q=%E4%B8%99%E4%B8%80"), path("/people/%lld", id)));
    assert_true(kit_has(kit_get(k, "worker_a", "/people?q=%E4%B8%99%E4%B8%80"), "丙一"));
    assert_true(kit_has(kit_get(k, "worker_a", "/people?q=bingyi"), "138****0001"));
    assert_true(kit_has(kit_get(k, "worker_a", "/people?q=zzzz"), "没有符合条件的人"));
}

/* A lookup is a POST, so that what is typed is no part of an address. */
static struct kit_reply
asks(const char *login, const char *address)
{
    const char *typed = strstr(address, "/lookup?");
    return typed ? kit_post(k, login, "/people/lookup", typed + 8) : kit_get(k, login, address);
}

static void
codes_9_3_nobody_but_the_named_finds_a_rehabilitation_client(void **state)
{
    (void)state;
    int64_t id = person("worker_a", "欧阳戒舟", str_fmt(&k->arena, "idno=%s&phone=13800000077", idno("19850303", "031")).p);
    struct kit_reply r = kit_post(k, "worker_a", path("/people/%lld/categories", id), "category=E04&from_on=2026-01-05&source=document");
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    const char *here = path("/people/%lld", id), *asked[] = {
        "/search?q=%E6%AC%A7%E9%98%B3%E6%88%92%E8%88%9F", "/search?q=ouyangjiezhou", "/search?q=oyjz", "/search?q=13800000077",
        str_fmt(&k->arena, "/search?q=%s", idno("19850303", "031")).p, "/people?q=oyjz", "/people", "/people/lookup?q=oyjz",
    };
    for (size_t i = 0; i < COUNT(asked); i++) {
        assert_true(kit_has(asks("worker_a", asked[i]), "欧阳戒舟"));
        struct kit_reply colleague = asks("worker_a2", asked[i]);
        assert_int_equal(colleague.status, HTTP_OK);
        assert_false(kit_has(colleague, "舟</a>") || kit_has(colleague, here) || kit_has(colleague, "\"text\":\"欧阳"));
        assert_false(kit_has(asks("head_a", asked[i]), "舟</a>"));
    }
    assert_int_equal(kit_get(k, "worker_a2", here).status, HTTP_NOT_FOUND);
    assert_true(kit_has(kit_get(k, "head_a", "/people"), "另有 1 名高度敏感服务对象"));
    assert_false(kit_has(kit_get(k, "worker_a2", "/people"), "高度敏感"));
    assert_true(kit_has(add_person("worker_a2", "同号", str_fmt(&k->arena, "idno=%s", idno("19850303", "031")).p), "该号码已登记"));
    /* The head names a colleague, with a reason. */
    r = kit_post(k, "head_a", path("/people/%lld/named", id),
                 str_fmt(&k->arena, "account=%lld&reason=cover", (long long)kit_user(k, "worker_a2").v).p);
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "worker_a2", here).status, HTTP_OK);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM audit WHERE action = 'name' AND entity_id = %lld", id)), 1);
    assert_true(kit_number(k, path("SELECT count(*) FROM audit WHERE action = 'read' AND entity_id = %lld", id)) >= 1);
}

static void
categories_end_and_stay(void **state)
{
    (void)state;
    int64_t id = person("worker_a", "丁一", "born=1940-01-01");
    const char *at = path("/people/%lld/categories", id);
    assert_int_equal(kit_post(k, "worker_a", at, "category=A01&from_on=2025-01-05&source=list").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", at, "category=B03&from_on=2025-02-05&source=statement").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", at, "category=B03&from_on=2025-02-05&source=statement").status, HTTP_INVALID);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE id = %lld AND categories = 'A01,B03' AND level = 2", id)), 1);
    int64_t category = kit_number(k, path("SELECT id FROM person_category WHERE person_id = %lld AND category = 'A01'", id));
    assert_int_equal(kit_post(k, "worker_a", str_fmt(&k->arena, "%s/%lld/end", at, (long long)category).p, "on=2024-01-01").status, HTTP_CONFLICT);
    assert_int_equal(kit_post(k, "worker_a", str_fmt(&k->arena, "%s/%lld/end", at, (long long)category).p, "on=2026-01-01").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE id = %lld AND categories = 'B03'", id)), 1);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person_category WHERE person_id = %lld", id)), 2);
    assert_true(kit_has(kit_get(k, "worker_a", path("/people/%lld/axis", id)), "类别止：低保对象"));
    assert_true(kit_has(kit_get(k, "worker_a", "/people?category=B03"), "丁一"));
    assert_false(kit_has(kit_get(k, "worker_a", "/people?category=A01"), "丁一"));
}

/* covers: GD-15
 * GD-15, R-GD-D1: one file for each household. */
static void
gd_15_a_second_file_is_refused_with_a_link(void **state)
{
    (void)state;
    int64_t head = person("worker_a", "戊一", "born=1960-01-01"), son = person("worker_a", "戊二", "born=1990-01-01");
    struct kit_reply r = kit_post(k, "worker_a", "/households/new", path("no=H-001&head=%lld", head));
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    int64_t first = kit_id_in(r.location, "/households/");
    const char *link = path("href=\"/households/%lld\"", first);
    r = kit_post(k, "worker_a", "/households/new", "no=H-001");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "该户已有家庭档案") && kit_has(r, link));
    r = kit_post(k, "worker_a", "/households/new", path("head=%lld", head));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, link) && kit_has(r, "从原家庭转入"));
    assert_false(kit_has(kit_post(k, "worker_b", "/households/new", "no=H-001"), link));
    assert_int_equal(kit_post(k, "worker_a", path("/households/%lld/members", first), path("person=%lld&relation=20", son)).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "worker_a", path("/households/%lld/members", first), path("person=%lld&relation=20", son)).status, HTTP_INVALID);
    int64_t second = kit_id_in(kit_post(k, "worker_a", "/households/new", "").location, "/households/");
    r = kit_post(k, "worker_a", path("/households/%lld/members", second), path("person=%lld&relation=02", son));
    assert_true(r.status == HTTP_INVALID && kit_has(r, link));
    r = kit_post(k, "worker_a", path("/households/%lld/members", second), path("person=%lld&relation=02&move=1", son));
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM member WHERE person_id = %lld", son)), 2);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM member WHERE person_id = %lld AND to_on IS NULL", son)), 1);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person_move WHERE person_id = %lld", son)), 1);
    assert_int_equal(kit_number(k, path("SELECT household_id FROM person WHERE id = %lld", son)), second);
    assert_true(kit_has(kit_get(k, "worker_a", path("/households/%lld", first)), "戊二 离开家庭"));
    assert_true(kit_has(kit_get(k, "worker_a", path("/people/%lld/household", son)), "户主"));
}

/* covers: GZ-12
 * GZ-12: a minor under 8, or a person without capacity, needs a guardian. */
static void
gz_12_a_guardian_is_required(void **state)
{
    (void)state;
    int64_t child = person("worker_a", "己一", "born=2021-06-01"), adult = person("worker_a", "己二", "born=1980-06-01");
    const char *at = path("/people/%lld/consents", child);
    const char *self = "kind=photo&capacity=none&relation=self&given_by=x&way=written&given_on=2026-11-01";
    struct kit_reply r = kit_post(k, "worker_a", at, self);
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "须由监护人同意"));
    assert_int_equal(kit_post(k, "worker_a", at, "kind=notice&capacity=full&relation=guardian&given_by=x&way=oral&given_on=2026-11-01").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "worker_a", path("/people/%lld/consents", adult), self).status, HTTP_INVALID);
    r = kit_post(k, "worker_a", at, "kind=sensitive&capacity=none&relation=guardian&given_by=x&way=written&given_on=2026-11-01");
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    kit_begin(k);
    assert_true(consent_valid(k->db, AREA, (struct person_id){ child }, STR("sensitive")));
    assert_false(consent_valid(k->db, AREA, (struct person_id){ child }, STR("photo")));
    assert_false(consent_valid(k->db, AREA, (struct person_id){ adult }, STR("sensitive")));
    kit_commit(k);
    int64_t consent = kit_number(k, path("SELECT id FROM consent WHERE person_id = %lld", child));
    assert_int_equal(kit_post(k, "worker_a", str_fmt(&k->arena, "%s/%lld/withdraw", at, (long long)consent).p, "why=w").status, HTTP_SEE_OTHER);
    kit_begin(k);
    assert_false(consent_valid(k->db, AREA, (struct person_id){ child }, STR("sensitive")));
    kit_commit(k);
    assert_true(kit_number(k, "SELECT count(*) FROM consent_text") >= 6);
}

/* R-CW-7: under 14 the guardian agrees before sensitive data is kept (PIPL art. 31). */
static void
r_cw_7_under_14_only_a_guardian_counts(void **state)
{
    (void)state;
    struct date on = NO_DATE, born = NO_DATE;
    assert_true(date_of(2026, 11, 1, &on) && date_of(2014, 1, 1, &born));
    assert_true(consent_needs_guardian(STR("sensitive"), STR("limited"), born, on));
    assert_false(consent_needs_guardian(STR("notice"), STR("limited"), born, on));
    assert_true(date_of(2010, 1, 1, &born));
    assert_false(consent_needs_guardian(STR("sensitive"), STR("limited"), born, on));
    assert_true(consent_needs_guardian(STR("sensitive"), STR("none"), born, on));
    assert_true(consent_needs_guardian(STR("photo"), STR("limited"), born, on));
}

static void
a_move_keeps_history(void **state)
{
    (void)state;
    int64_t id = person("worker_a", "庚一", "born=1960-01-01");
    struct kit_reply r = kit_post(k, "worker_a", path("/people/%lld/move", id),
        str_fmt(&k->arena, "unit=%lld&on=2026-11-01&reason=moved", (long long)k->station_b.v).p);
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "worker_a", path("/people/%lld", id)).status, HTTP_NOT_FOUND);
    assert_true(kit_has(kit_get(k, "worker_b", path("/people/%lld/axis", id)), "转到 泉上镇社工站"));
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person_move WHERE person_id = %lld AND from_unit_id IS NOT NULL", id)), 1);
    assert_true(kit_has(kit_get(k, "worker_b", "/search?q=gengyi"), path("/people/%lld", id)));
    assert_false(kit_has(kit_get(k, "worker_a", "/search?q=gengyi"), path("/people/%lld", id)));
    assert_true(kit_has(kit_get(k, "worker_b", "/people?q=gy"), path("/people/%lld", id)));
}

static void
two_who_save_at_once_lose_nothing(void **state)
{
    (void)state;
    int64_t id = person("worker_a", "辛一", "born=1960-01-01");
    const char *at = path("/people/%lld/edit", id);
    assert_int_equal(kit_post(k, "worker_a", at, "version=1&name=%E8%BE%9B%E4%B8%80&born=1960-01-01&occupation=farmer").status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_post(k, "head_a", at, "version=1&name=%E8%BE%9B%E4%B8%80&born=1960-01-01&occupation=smith");
    assert_int_equal(r.status, HTTP_CONFLICT);
    assert_true(kit_has(r, "farmer") && kit_has(r, "smith") && kit_has(r, "name=\"version\" value=\"2\""));
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE id = %lld AND occupation = 'farmer'", id)), 1);
    assert_int_equal(kit_post(k, "head_a", at, "version=2&name=%E8%BE%9B%E4%B8%80&born=1960-01-01&occupation=smith").status, HTTP_SEE_OTHER);
    assert_true(kit_number(k, path("SELECT count(*) FROM audit WHERE entity_id = %lld AND changes LIKE '%%farmer%%smith%%'", id)) == 1);
}

static void
a_corrected_name_is_found_by_the_new_name_only(void **state)
{
    (void)state;
    int64_t id = person("worker_a", "壬错", "born=1960-01-01");
    kit_post(k, "worker_a", path("/people/%lld/edit", id), str_fmt(&k->arena, "version=1&name=%.*s&born=1960-01-01", FMT(kit_enc(k, "癸对"))).p);
    assert_true(kit_has(kit_get(k, "worker_a", "/search?q=guidui"), path("/people/%lld", id)));
    assert_false(kit_has(kit_get(k, "worker_a", "/search?q=rencuo"), path("/people/%lld", id)));
}

static void
minors_are_flagged_by_the_day(void **state)
{
    (void)state;
    int64_t id = person("worker_a", "小一", "born=2012-11-23&address=x1");
    clock_stop((struct instant){ INT64_C(1795305600000) });     /* 2026-11-22 */
    assert_true(kit_has(kit_get(k, "worker_a", path("/people/%lld", id)), "不满14岁"));
    assert_true(kit_has(kit_get(k, "worker_a", "/people?age=child"), "小一"));
    assert_false(kit_has(kit_get(k, "assistant_a", path("/people/%lld", id)), "x1"));
    clock_stop((struct instant){ INT64_C(1795392000000) });     /* his 14th birthday */
    struct kit_reply r = kit_get(k, "worker_a", path("/people/%lld", id));
    assert_true(kit_has(r, "未成年") && !kit_has(r, "不满14岁"));
    assert_false(kit_has(kit_get(k, "worker_a", "/people?age=child"), "小一"));
    clock_stop(NO_TIME);
    assert_true(kit_number(k, path("SELECT count(*) FROM audit WHERE action = 'read' AND entity_id = %lld", id)) >= 2);
}

static void
the_list_pages_by_key_and_counts_exactly(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++) person("worker_b", str_fmt(&k->arena, "页%c", 'a' + i % 26).p, "");
    struct kit_reply r = kit_get(k, "worker_b", "/people");
    int64_t total = kit_number(k, path("SELECT count(*) FROM person WHERE unit_id = %lld AND level < 4", k->station_b.v));
    assert_true(kit_has(r, path("共 %lld 人", total)) && kit_has(r, "第 1–50 人"));
    struct str rest = r.body, link = STR("/people?after=");
    while (rest.n && !str_starts(rest, link)) rest.p++, rest.n--;
    assert_true(rest.n > 0);
    struct str next = str_cut(&rest, '"');
    struct buf b = { .arena = &k->arena };
    for (size_t i = 0; i < next.n; i++)
        if (!str_starts((struct str){ next.p + i, next.n - i }, STR("amp;"))) put(&b, next.p + i, 1);
        else i += 3;
    r = kit_get(k, "worker_b", z(buf_str(&b)));
    assert_true(kit_has(r, "第 51–") && !kit_has(r, "rel=\"next\""));
    assert_true(kit_has(kit_get(k, "worker_b", "/people?sort=newest"), "页"));
    assert_true(kit_has(kit_get(k, "worker_b", "/people?per=20"), "第 1–20 人") && kit_has(kit_get(k, "worker_b", "/people?per=100"), "第 1–6"));
    assert_true(kit_has(kit_get(k, "worker_b", "/people?per=7"), "第 1–50 人"));
    assert_true(kit_has(kit_get(k, "head_b", "/people?lang=en"), "People"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(birth_and_sex_come_from_the_number),
        cmocka_unit_test(codes_1_wrong_numbers_are_refused_each_with_its_reason),
        cmocka_unit_test(codes_4_and_7_tables_and_the_disability_number),
        cmocka_unit_test(a_number_is_registered_once),
        cmocka_unit_test(outside_the_unit_there_is_nobody),
        cmocka_unit_test(codes_9_3_nobody_but_the_named_finds_a_rehabilitation_client),
        cmocka_unit_test(categories_end_and_stay),
        cmocka_unit_test(gd_15_a_second_file_is_refused_with_a_link),
        cmocka_unit_test(gz_12_a_guardian_is_required),
        cmocka_unit_test(r_cw_7_under_14_only_a_guardian_counts),
        cmocka_unit_test(a_move_keeps_history),
        cmocka_unit_test(two_who_save_at_once_lose_nothing),
        cmocka_unit_test(a_corrected_name_is_found_by_the_new_name_only),
        cmocka_unit_test(minors_are_flagged_by_the_day),
        cmocka_unit_test(the_list_pages_by_key_and_counts_exactly),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
