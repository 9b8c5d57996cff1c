/* Importing rosters: what is read, what is refused, what a batch adds and takes back. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "codes/idno.h"
#include "db/writer.h"
#include "roster/running.h"
#include "roster/undo.h"
#include "test/kit.h"
#include <time.h>
#include <unicode/ucnv.h>
#include <zip.h>

static struct kit *k;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    const char *url = getenv("NUAN_TEST_DB");
    return writer_start(url && *url ? url : str_fmt(&k->arena, "%s/test.db", k->dir).p, 2) ? 0 : -1;
}

static int
close_kit(void **state)
{
    (void)state;
    writer_stop();
    kit_close(k);
    return 0;
}

static const char *
idno(const char *born, const char *serial)
{
    char digits[18];
    snprintf(digits, sizeof digits, "350499%s%s", born, serial);
    return str_fmt(&k->arena, "%s%c", digits, idno_check(digits)).p;
}

static struct kit_reply
upload(const char *filename, struct str bytes)
{
    return kit_upload(k, "worker_a", "/imports", "", "file", filename, bytes);
}

static const char *
path(const char *fmt, int64_t id)
{
    char z[400];
    snprintf(z, sizeof z, fmt, (long long)id);
    return str_fmt(&k->arena, "%s", z).p;
}

static void
wait_for(int64_t id)
{
    while (import_running((struct import_id){ id })) nanosleep(&(struct timespec){ 0, 5000000 }, NULL);
}

/* Posts, and waits until the thread has ended. */
static void
step(int64_t id, const char *what, const char *params)
{
    struct kit_reply r = kit_post(k, "worker_a", str_fmt(&k->arena, "/imports/%lld/%s", (long long)id, what).p, params);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d %.*s", what, r.status, FMT(r.body));
    wait_for(id);
}

static int64_t
accepted(const char *filename, struct str bytes)
{
    struct kit_reply r = upload(filename, bytes);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d %.*s", filename, r.status, FMT(r.body));
    return kit_id_in(r.location, "/imports/");
}

static void
refused(const char *filename, struct str bytes, const char *why)
{
    int64_t before = kit_number(k, "SELECT count(*) FROM import");
    struct kit_reply r = upload(filename, bytes);
    assert_int_equal(r.status, HTTP_INVALID);
    if (!kit_has(r, why)) fail_msg("%s: not told: %s", filename, why);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM import"), before);
}

static void
dry_run_names_every_fault_and_writes_nothing(void **state)
{
    (void)state;
    int64_t people = kit_number(k, "SELECT count(*) FROM person");
    const char *good = idno("19500101", "001");
    struct str csv = str_fmt(&k->arena,
        "翠江镇名册,,,,,\r\n备注,性 别,类别,姓名*,身份证号,出生日期,年龄\r\n"
        ",男,低保,甲一,%s,1950-01-01,76\r\n,男,,甲二,110105194912310021,,\r\n,,,甲三,,1950-02-30,\r\n,,奇怪,甲四,,,\r\n,,,,%s,,\r\n"
        ",女,,甲五,%s,,\r\n,男,,甲六,%s,,20\r\n,,,\"甲\"\"七\"\"\",%s,,\r\n",
        good, idno("19500101", "003"), idno("19500101", "005"), idno("19500101", "007"), good);
    int64_t id = accepted("list.csv", csv);
    step(id, "check", "c0=note&c1=sex&c2=category&c3=name&c4=idno&c5=born&c6=age");
    struct kit_reply r = kit_get(k, "worker_a", path("/imports/%lld", id));
    const char *told[] = { idno_fault_text(IDNO_CHECK), "不是有效的日期", "没有这个类别", "缺少姓名", "与身份证号不一致",
                           "与出生日期或身份证号不一致", "与名册中前面的一行重复", "还没有写入任何数据" };
    for (size_t i = 0; i < COUNT(told); i++)
        if (!kit_has(r, told[i])) fail_msg("not told: %s", told[i]);
    assert_int_equal(kit_number(k, path("SELECT good_n * 100 + bad_n FROM import WHERE id = %lld", id)), 107);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person"), people);
    r = kit_get(k, "worker_a", path("/imports/%lld/report", id));
    assert_true(str_starts(r.body, STR("\xef\xbb\xbf")) && kit_has(r, "4,身份证号,"));
    assert_int_equal(kit_get(k, "worker_b", path("/imports/%lld", id)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "assistant_a", "/imports").status, HTTP_FORBIDDEN);
}

static void
a_batch_is_imported_and_undone(void **state)
{
    (void)state;
    struct str csv = str_fmt(&k->arena,
        "姓名;身份证号;户编号;与户主关系;住址;村(居);人群类别;手机号\n乙一;%s;R1;户主;一组;甲村;低边、独居;13800001111\n"
        "乙二;%s;R1;妻子;一组;甲村;;\n乙三;%s;;;;;社区戒毒人员;\n",
        idno("19600101", "001"), idno("19620101", "002"), idno("19630101", "002"));
    int64_t id = accepted("batch.csv", csv);
    const char *map = "c0=name&c1=idno&c2=household&c3=relation&c4=address&c5=village&c6=category&c7=phone";
    static const char registered[] = "SELECT coalesce(sum(n), 0) FROM tally WHERE measure = 'person.registered'";
    int64_t before = kit_number(k, registered);
    step(id, "check", map);
    assert_int_equal(kit_number(k, registered), before);        /* a dry run counts nothing */
    step(id, "run", "");
    assert_int_equal(kit_number(k, registered), before + 3);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE import_id = %lld", id)), 3);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM member WHERE to_on IS NULL"
                                         " AND person_id IN (SELECT id FROM person WHERE import_id = %lld)", id)), 2);
    /* codes.md 8.2: the Guangdong names */
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE import_id = %lld AND categories = 'A03,B03' AND division = '350424100001'", id)), 1);
    assert_true(kit_has(kit_get(k, "worker_a", "/search?q=yiyi"), "乙一") && kit_has(kit_get(k, "worker_a", "/search?q=13800001111"), "乙一"));
    assert_true(kit_has(kit_get(k, "worker_a", "/people?q=yisan"), "乙三</a>"));
    assert_false(kit_has(kit_get(k, "worker_a2", "/people?q=yisan"), "乙三</a>"));
    int64_t again = accepted("again.csv", csv);
    step(again, "check", map);
    assert_int_equal(kit_number(k, path("SELECT known_n * 10 + good_n FROM import WHERE id = %lld", again)), 30);
    int64_t one = kit_number(k, path("SELECT id FROM person WHERE name = '乙一' AND import_id = %lld", id));
    kit_post(k, "worker_a", path("/people/%lld/contacts", one), "kind=carer&name=x");
    struct kit_reply r = kit_post(k, "worker_a", path("/imports/%lld/undo", id), "");
    assert_int_equal(r.status, HTTP_CONFLICT);
    assert_true(kit_has(r, "不能撤销") && kit_has(r, "乙一"));
    kit_begin(k);
    db_exec(k->db, "DELETE FROM contact");
    kit_commit(k);
    step(id, "undo", "");
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM import WHERE state = 'undone' AND id = %lld", id)), 1);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE import_id = %lld", id)), 0);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM household WHERE import_id = %lld", id)), 0);
    assert_int_equal(kit_number(k, registered), before);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person_term t WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = t.person_id)"), 0);
    assert_int_equal(kit_post(k, "worker_a", path("/imports/%lld/undo", id), "").status, HTTP_CONFLICT);
}

/* The program died in the middle: what was kept is marked as running, and goes away as a whole. */
static void
an_interrupted_batch_is_undone(void **state)
{
    (void)state;
    int64_t id = accepted("broken.csv", STR("姓名,户编号\n丁一,R9\n丁二,R9\n"));
    step(id, "check", "c0=name&c1=household");
    step(id, "run", "");
    kit_begin(k);
    db_exec(k->db, path("UPDATE import SET state = 'running', done_n = 1, finished_at = NULL WHERE id = %lld", id));
    kit_commit(k);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE import_id = %lld", id)), 2);
    assert_true(kit_has(kit_get(k, "worker_a", path("/imports/%lld", id)), path("/imports/%lld/undo", id)));
    step(id, "undo", "");
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM import WHERE state = 'undone' AND id = %lld", id)), 1);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE import_id = %lld", id)), 0);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM household WHERE import_id = %lld", id)), 0);
    assert_false(kit_has(kit_get(k, "worker_a", "/search?q=dingyi"), "丁一</a>"));
}

/* Somebody of the batch was used after the undo began, or the program died on the way: what is left can be taken back later. */
static void
an_undo_stops_at_who_is_used_and_goes_on_later(void **state)
{
    (void)state;
    struct import_get_row i;
    int64_t id = accepted("used.csv", STR("姓名,户编号\n戊一,R8\n戊二,R8\n"));
    step(id, "check", "c0=name&c1=household");
    step(id, "run", "");
    int64_t one = kit_number(k, path("SELECT min(id) FROM person WHERE import_id = %lld", id));
    kit_post(k, "worker_a", path("/people/%lld/contacts", one), "kind=carer&name=x");
    kit_begin(k);
    db_exec(k->db, path("UPDATE import SET state = 'undoing' WHERE id = %lld", id));
    assert_true(import_get(k->db, &i, id_area(id), (struct import_id){ id }));
    kit_commit(k);
    assert_true(undo_start((struct import_id){ id }, &i));
    wait_for(id);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM import WHERE state = 'failed' AND why IS NOT NULL AND id = %lld", id)), 1);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE import_id = %lld", id)), 2);
    kit_begin(k);
    db_exec(k->db, "DELETE FROM contact");
    db_exec(k->db, path("UPDATE import SET state = 'undoing' WHERE id = %lld", id));
    kit_commit(k);
    step(id, "undo", "");
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM person WHERE import_id = %lld", id)), 0);
    assert_int_equal(kit_number(k, path("SELECT count(*) FROM import WHERE state = 'undone' AND why IS NULL AND id = %lld", id)), 1);
}

static void
headings_are_remembered(void **state)
{
    (void)state;
    struct str csv = STR("人名,怪列\n丙一,x\n");
    int64_t id = accepted("odd.csv", csv);
    step(id, "check", "c0=name&c1=note");
    struct kit_reply r = kit_get(k, "worker_a", path("/imports/%lld", accepted("odd2.csv", csv)));
    assert_true(kit_has(r, "value=\"name\" selected") && kit_has(r, "value=\"note\" selected"));
}

static void
gb18030_is_read(void **state)
{
    (void)state;
    char bytes[400];
    UErrorCode error = U_ZERO_ERROR;
    struct str utf8 = STR("姓名\t民族\n丁䶮\t汉族\n");
    int32_t n = ucnv_convert("gb18030", "UTF-8", bytes, sizeof bytes, utf8.p, (int32_t)utf8.n, &error);
    assert_true(U_SUCCESS(error));
    int64_t id = accepted("gb.csv", (struct str){ bytes, (size_t)n });
    step(id, "check", "c0=name&c1=ethnic");
    step(id, "run", "");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE name = '丁䶮' AND ethnic = '01'"), 1);
}

/* A small workbook; sheet: the inside of sheetData. */
static struct str
workbook(const char *sheet, size_t zeros, const char *head)
{
    const char *at = str_fmt(&k->arena, "%s/made.xlsx", k->dir).p;
    struct { const char *name; struct str text; } parts[] = {
        { "xl/workbook.xml", STR("<workbook><workbookPr/></workbook>") },
        { "xl/styles.xml", STR("<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>") },
        { "xl/sharedStrings.xml", STR("<sst><si><t>姓名</t></si><si><r><t>戊</t></r><r><t>一</t></r><rPh><t>x</t></rPh></si></sst>") },
        { "xl/worksheets/sheet1.xml", NO_STR },
    };
    char *filler = NEW(&k->arena, char, zeros + 1);
    memset(filler, ' ', zeros);
    parts[3].text = str_fmt(&k->arena, "%s<worksheet><sheetData>%s%s</sheetData></worksheet>", head, sheet, filler);
    zip_t *z = zip_open(at, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    for (size_t i = 0; i < COUNT(parts); i++)
        zip_file_add(z, parts[i].name, zip_source_buffer(z, parts[i].text.p, parts[i].text.n, 0), ZIP_FL_OVERWRITE);
    if (zip_close(z) != 0) fail_msg("cannot write %s", at);
    FILE *f = fopen(at, "rb");
    char *bytes = NEW(&k->arena, char, 4 << 20);
    size_t n = fread(bytes, 1, 4 << 20, f);
    fclose(f);
    return (struct str){ bytes, n };
}

static const char rows[] = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>出生日期</t></is></c></row>"
                           "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"C2\" s=\"1\"><v>18264</v></c></row>";

static void
a_workbook_is_read(void **state)
{
    (void)state;
    int64_t id = accepted("list.xlsx", workbook(rows, 0, ""));
    step(id, "check", "c0=name&c2=born");
    step(id, "run", "");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE name = '戊一' AND born = '1950-01-01'"), 1);
}

static void
bad_files_get_a_clear_answer(void **state)
{
    (void)state;
    struct str whole = workbook(rows, 0, "");
    refused("encrypted.xlsx", STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."), "加密");
    refused("cut.xlsx", (struct str){ whole.p, whole.n / 2 }, "已损坏");
    refused("half.xlsx", workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row><c", 0, ""), "不完整");
    refused("bomb.xlsx", workbook(rows, 50 << 20, ""), "解压后过大");
    refused("entity.xlsx", workbook(rows, 0, "<!DOCTYPE x [<!ENTITY a \"b\">]>"), "DOCTYPE");
    refused("empty.csv", NO_STR, "请选择一个文件");
    refused("heading.csv", STR("姓名,性别\n"), "没有内容");
    refused("quote.csv", STR("姓名,性别\n\"甲,男\n"), "引号");
    refused("picture.csv", STR("\x89PNG\0\0\0"), "不是名册文件");
    refused("letters.csv", STR("\xff\xfe\xff\xff\xff,\n"), "编码");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dry_run_names_every_fault_and_writes_nothing),
        cmocka_unit_test(a_batch_is_imported_and_undone),
        cmocka_unit_test(an_interrupted_batch_is_undone),
        cmocka_unit_test(an_undo_stops_at_who_is_used_and_goes_on_later),
        cmocka_unit_test(headings_are_remembered),
        cmocka_unit_test(gb18030_is_read),
        cmocka_unit_test(a_workbook_is_read),
        cmocka_unit_test(bad_files_get_a_clear_answer),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
