/* Importing a roster of staff: what is right is written whole, what is wrong is named row by row and nothing is
 * written. */
#include "network/profile.h"
#include "staff/staff.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct kit *k;

#define HEAD "姓名,性别,单位,用工形式,入职日期,职务,出生日期,证书级别,证书编号,发证日期\n"

static struct kit_reply
upload(const char *login, const char *params, const char *text)
{
    return kit_upload(k, login, "/staff/import", params, "file", "人员.csv", str_of(text));
}

static const char *
day(int days)
{
    char z[16];
    return str_dup(&k->arena, (struct str){ z, date_print(date_add(today(), days), z) }).p;
}

static int64_t
staff(void)
{
    return kit_number(k, "SELECT count(*) FROM staff");
}

/* Impossible dates, two heads, a certificate issued tomorrow, a stranger's unit: all named, with the line. */
static void
what_is_wrong_is_named_by_row(void **state)
{
    (void)state;
    struct kit_reply r = upload("head_a", "",
                                str_fmt(&k->arena,
                                        HEAD "甲,女,%s,专职,2025-02-30,,,,,\n"
                                             "乙,女,%s,专职,2025-01-01,负责人,,,,\n"
                                             "丙,男,%s,专职,2025-01-01,负责人,,,,\n"
                                             "丁,女,%s,专职,2025-01-01,,,助理社会工作师,0001,%s\n"
                                             "戊,女,%s,专职,2025-01-01,,,,,\n"
                                             "己,女,%s,全职的,2025-01-01,,2024-01-01,,,\n"
                                             ",女,%s,专职,2025-01-01,,,,,\n"
                                             "庚,女,%s,专职,2025-01-01,,,初级,,\n",
                                        "A站", "A站", "A站", "A站", day(1), "B站", "A站", "A站", "A站")
                                    .p);
    assert_int_equal(r.status, HTTP_INVALID);
    const struct {
        int line;
        const char *why;
    } wanted[] = {
        { 2, "日期格式应为" },   { 4, "同一单位有两个负责人" }, { 5, "日期不能晚于今天" },
        { 6, "请从列表中选择" }, { 7, "请从列表中选择" },       { 8, "此项必填" },
        { 9, "此项必填" },
    };
    for (size_t i = 0; i < COUNT(wanted); i++) {
        const char *row = str_fmt(&k->arena, "class=\"num\">%d</td>", wanted[i].line).p;
        const char *at = strstr(str_z(&k->arena, r.body), row);
        if (at == NULL) fail_msg("line %d is not named", wanted[i].line);
        if (strstr(at, wanted[i].why) == NULL) fail_msg("line %d: not %s", wanted[i].line, wanted[i].why);
    }
    assert_false(kit_has(r, "class=\"num\">3</td>")); /* the first head is right */
    assert_int_equal(staff(), 0);
}

static void
what_is_right_is_written_once(void **state)
{
    (void)state;
    const char *text = HEAD
        "甲,女,A站,专职,2025/1/1,负责人,,,,\n乙,女,A站,兼职,2025-01-01,社工,1999-09-09,社会工作师,0002,2024-05-05\n"
        "乙,女,A站,专职,2025-01-01,社工,1980-01-01,,,\n";
    struct kit_reply r = upload("head_a", "dry=1", text);
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "共 3 人，其中 0 人已在册"));
    assert_int_equal(staff(), 0);
    assert_int_equal(upload("head_a", "", text).status, HTTP_SEE_OTHER);
    assert_int_equal(staff(), 3); /* two of one name, born on different days */
    assert_int_equal(kit_number(k, "SELECT count(*) FROM post WHERE kind = 'head'"), 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM certificate WHERE level = '2' AND number = '0002'"), 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'import' AND entity = 'staff'"), 3);
    r = upload("head_a", "dry=1", text);
    assert_true(kit_has(r, "其中 3 人已在册"));
    assert_int_equal(upload("head_a", "", text).status, HTTP_SEE_OTHER);
    assert_int_equal(staff(), 3);
    r = upload("head_a", "", HEAD "癸,女,A站,专职,2025-01-01,负责人,,,,\n");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "已有在任负责人"));
    r = upload("head_a", "", HEAD "子,女,A站,专职,2025-01-01,,,,,\n子,女,A站,专职,2025-01-01,,,,,\n");
    assert_true(kit_has(r, "与名册中前面的一行重复"));
    assert_int_equal(staff(), 3);
}

/* A head whom the place refuses (NH-11) is found while writing, and takes everything back. */
static void
a_refused_head_takes_all_back(void **state)
{
    (void)state;
    int64_t before = staff();
    struct kit_reply r =
        upload("county", "", HEAD "丑,女,A站,专职,2025-01-01,,,,,\n寅,女,东片区,专职,2025-01-01,负责人,,,,\n");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "中共党员"));
    assert_int_equal(staff(), before);
}

/* What a page would refuse, a spreadsheet cannot bring in: the pledge of Haining, the posts of Guangdong. */
static void
the_rules_of_the_place_hold_for_rows(void **state)
{
    (void)state;
    int64_t before = staff();
    static const char *const places[] = { "haining", "guangdong" };
    const char *texts[] = { HEAD "卯,女,A站,专职,2025-01-01,,,,,\n",
                            HEAD "卯,女,A站,专职,2025-01-01,服务性岗位社工,,,,\n" };
    const char *wanted[] = { "入职前须签署公益服务承诺书", "服务性岗位设在村" };
    for (size_t i = 0; i < COUNT(places); i++) {
        kit_begin(k);
        assert_true(profile_load(k->db, str_of(places[i])));
        db_exec(k->db, str_fmt(&k->arena, "UPDATE unit SET profile = '%s' WHERE id = %lld", places[i],
                               (long long)k->station_a.v)
                           .p);
        kit_commit(k);
        struct kit_reply r = upload("head_a", "", texts[i]);
        assert_int_equal(r.status, HTTP_INVALID);
        assert_true(kit_has(r, wanted[i]));
    }
    assert_int_equal(staff(), before);
}

static void
bad_files_and_rights(void **state)
{
    (void)state;
    assert_int_equal(upload("worker_a", "", HEAD).status, HTTP_FORBIDDEN);
    struct kit_reply r = upload("head_a", "", HEAD);
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "至少要有表头和一行数据"));
    r = upload("head_a", "", "a,b\nc,d\ne,f\ng,h\ni,j\nk,l\nm,n\n");
    assert_true(kit_has(r, "没有表头"));
    r = upload("head_a", "", "");
    assert_int_equal(r.status, HTTP_INVALID);
    r = upload("head_a", "", HEAD "<b>甲,女,A站,专职,xxxx,,,,,\n");
    assert_false(kit_has(r, "<b>甲"));
    assert_int_equal(kit_get(k, "head_a", "/staff/import").status, HTTP_OK);
    r = kit_get(k, "head_a", "/staff/import/template");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(r.file.n > 0);
}

static int
set_up(void **state)
{
    (void)state;
    k = kit_open();
    kit_begin(k);
    db_exec(k->db, str_fmt(&k->arena, "UPDATE unit SET name = 'A站' WHERE id = %lld", (long long)k->station_a.v).p);
    db_exec(k->db, str_fmt(&k->arena, "UPDATE unit SET name = 'B站' WHERE id = %lld", (long long)k->station_b.v).p);
    db_exec(k->db, str_fmt(&k->arena, "UPDATE unit SET name = '东片区' WHERE id = %lld", (long long)k->east.v).p);
    kit_commit(k);
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
        cmocka_unit_test(what_is_wrong_is_named_by_row),        cmocka_unit_test(what_is_right_is_written_once),
        cmocka_unit_test(a_refused_head_takes_all_back),        cmocka_unit_test(bad_files_and_rights),
        cmocka_unit_test(the_rules_of_the_place_hold_for_rows),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
