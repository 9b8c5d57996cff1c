/* Lists as spreadsheets: what stands in them, what is masked, and what is not there. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "paper/book.h"
#include "people/people.h"
#include "roster/sheet.h"
#include "test/cases.h"
#include <sys/resource.h>
#include <unistd.h>
#include <zip.h>

enum { AREA = 350424, MANY = 100000 };

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

/* Every row of an exported list. */
struct rows { struct sheet_row *all; size_t n; };

static struct rows
rows_of(struct kit_reply r)
{
    const char *why = NULL;
    struct rows out = { NEW(&k->arena, struct sheet_row, 300), 0 };
    if (r.status != HTTP_OK || r.file.n == 0) fail_msg("no file: %d %.*s", (int)r.status, FMT(r.body));
    struct sheet *s = sheet_open(&k->arena, str_z(&k->arena, r.file), &why);
    if (s == NULL) fail_msg("%s", why);
    while (out.n < 300 && sheet_next(s, &k->arena, &out.all[out.n])) out.n++;
    assert_null(sheet_why(s));
    sheet_close(s);
    return out;
}

static const struct sheet_row *
row_with(struct rows r, size_t column, const char *text)
{
    for (size_t i = 0; i < r.n; i++)
        if (r.all[i].n > column && str_is(r.all[i].cells[column], text)) return &r.all[i];
    return NULL;
}

static void
assert_cell(const struct sheet_row *row, size_t column, const char *text)
{
    assert_non_null(row);
    struct str got = column < row->n ? row->cells[column] : STR("");
    if (!str_is(got, text)) fail_msg("column %zu: \"%.*s\" instead of \"%s\"", column, FMT(got), text);
}

static struct person_id
person(struct unit_id unit, const char *name, const char *phone)
{
    struct person_id id;
    struct date born;
    date_of(1948, 5, 17, &born);
    struct person_new in = { .area = AREA, .unit = unit, .name = str_of(name), .sex = STR("2"), .born = born, .phone = str_of(phone) };
    kit_begin(k);
    assert_true(person_make(k->db, &in, &id));
    kit_commit(k);
    return id;
}

static void
people_are_masked_as_on_their_page(void **state)
{
    (void)state;
    person(k->station_a, "=欧阳秋菊", "13905980001");
    person(k->station_b, "外站之人", "13905980002");
    struct kit_reply r = kit_given(k, "worker_a", "/people/export");
    struct rows all = rows_of(r);
    assert_cell(&all.all[0], 0, "姓名");
    assert_cell(&all.all[0], 5, "电话");
    const struct sheet_row *row = row_with(all, 0, "=欧阳秋菊");        /* a text, never a formula */
    assert_cell(row, 1, "女性");
    assert_cell(row, 5, "139****0001");
    assert_null(row_with(all, 0, "外站之人"));
    assert_true(str_has(r.download, STR("服务对象-")) && str_ends(r.download, STR(".xlsx")));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'export' AND entity = 'people' AND account_name = 'worker_a'"
                                   " AND changes LIKE '{\"rows\":%'"), 1);
}

static void
the_filters_of_the_page_are_those_of_the_file(void **state)
{
    (void)state;
    person(k->station_a, "郑小宝", NULL);
    struct rows some = rows_of(kit_given(k, "worker_a", str_fmt(&k->arena, "/people/export?q=%.*s&after=1", FMT(kit_enc(k, "郑小宝"))).p));
    assert_int_equal(some.n, 2);
    assert_non_null(row_with(some, 0, "郑小宝"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'export' AND changes LIKE '%\"rows\":1,%q=郑小宝%'"), 1);
    assert_int_equal(rows_of(kit_given(k, "worker_a", "/people/export?sex=1")).n, 1);
}

/* The list of another unit cannot be had by asking for it. */
static void
another_unit_cannot_be_asked_for(void **state)
{
    (void)state;
    person(k->station_a, "只在甲站", NULL);
    const char *query = str_fmt(&k->arena, "?unit=%lld", (long long)k->station_a.v).p;
    assert_null(row_with(rows_of(kit_given(k, "worker_b", str_fmt(&k->arena, "/people/export%s", query).p)), 0, "只在甲站"));
    assert_false(kit_has(kit_get(k, "worker_b", str_fmt(&k->arena, "/people%s", query).p), "只在甲站"));
    assert_int_equal(kit_given(k, "worker_b", str_fmt(&k->arena, "/staff/export%s", query).p).status, HTTP_NOT_FOUND);
}

static void
highly_sensitive_people_are_not_in_it(void **state)
{
    (void)state;
    struct person_id id = person(k->station_a, "不可见者", NULL);
    kit_begin(k);
    category_give(k->db, AREA, id, STR("D03"), today(), STR("statement"));
    kit_commit(k);
    assert_int_equal(kit_number(k, str_fmt(&k->arena, "SELECT level FROM person WHERE id = %lld", (long long)id.v).p), 4);
    assert_null(row_with(rows_of(kit_given(k, "worker_a", "/people/export")), 0, "不可见者"));
    assert_null(row_with(rows_of(kit_given(k, "head_a", "/people/export")), 0, "不可见者"));
    struct user_id worker = kit_user(k, "worker_a"), admin = kit_user(k, "admin");
    kit_begin(k);
    person_name_account(k->db, AREA, id, worker, admin, STR("责任社工"));
    kit_commit(k);
    assert_non_null(row_with(rows_of(kit_given(k, "worker_a", "/people/export")), 0, "不可见者"));
    kit_begin(k);
    category_give(k->db, AREA, id, STR("E02"), today(), STR("document"));         /* may be given to nobody */
    kit_commit(k);
    assert_null(row_with(rows_of(kit_given(k, "worker_a", "/people/export")), 0, "不可见者"));
    assert_true(kit_has(kit_get(k, "worker_a", "/people"), "不可见者"));
}

static void
cases_have_real_dates_and_their_numbers_as_text(void **state)
{
    (void)state;
    struct opened c = case_made(k, "worker_a", "何春梅", "1950-01-02");
    struct rows all = rows_of(kit_given(k, "worker_a", "/cases/export?view=mine"));
    const struct sheet_row *row = row_with(all, 0, "何春梅");
    char day[16];
    date_print(today(), day);
    assert_cell(&all.all[0], 10, "接案日期");
    assert_cell(row, 10, day);
    assert_true(str_has(row->cells[3], STR("-")));
    assert_cell(row, 8, "worker_a");
    assert_true(c.id > 0);
    assert_null(row_with(rows_of(kit_given(k, "worker_b", "/cases/export?view=all")), 0, "何春梅"));
    assert_int_equal(rows_of(kit_given(k, "worker_a", "/cases/export?view=done")).n, 1);
}

static void
every_list_answers_in_the_language_of_its_user(void **state)
{
    (void)state;
    struct rows people = rows_of(kit_given(k, "worker_a", "/people/export?lang=en"));
    assert_cell(&people.all[0], 0, "Name");
    struct kit_reply staff = kit_given(k, "head_a", "/staff/export?lang=en");
    assert_cell(&rows_of(staff).all[0], 0, "Name");
    assert_true(str_starts(staff.download, STR("Staff-")));
    assert_true(rows_of(kit_given(k, "worker_a", "/households/export")).n >= 1);
    struct kit_reply units = kit_get(k, "county", "/figures/xlsx/units?lang=en");
    assert_true(rows_of(units).n > 1);
    assert_int_equal(kit_get(k, "county", "/figures/xlsx/nothing").status, HTTP_NOT_FOUND);
}

static void
who_may_not_read_the_list_gets_no_file(void **state)
{
    (void)state;
    static const char *const paths[] = { "/people/export", "/cases/export", "/households/export" };
    int64_t before = kit_number(k, "SELECT count(*) FROM audit WHERE action = 'export'");
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct kit_reply r = kit_given(k, "county", paths[i]);
        assert_int_equal(r.status, HTTP_FORBIDDEN);
        assert_int_equal(r.file.n, 0);
        assert_int_equal(kit_get(k, NULL, paths[i]).status, HTTP_SEE_OTHER);
    }
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'export'"), before);
}

/* What the sheet says of itself: the head stays, dates are dates. */
static void
the_head_is_frozen(void **state)
{
    (void)state;
    static char xml[1 << 20];
    struct kit_reply r = kit_given(k, "worker_a", "/people/export");
    zip_t *z = zip_open(str_z(&k->arena, r.file), ZIP_RDONLY, NULL);
    zip_file_t *f = zip_fopen(z, "xl/worksheets/sheet1.xml", 0);
    zip_int64_t n = zip_fread(f, xml, sizeof xml - 1);
    assert_true(n > 0);
    xml[n] = '\0';
    assert_non_null(strstr(xml, "state=\"frozen\""));
    assert_non_null(strstr(xml, "<autoFilter"));
    zip_fclose(f);
    f = zip_fopen(z, "xl/workbook.xml", 0);
    n = zip_fread(f, xml, sizeof xml - 1);
    xml[n > 0 ? n : 0] = '\0';
    assert_non_null(strstr(xml, "<sheet name=\"服务对象\""));
    zip_fclose(f);
    zip_close(z);
}

/* A hundred thousand rows take no more memory than some thousand, and the file goes with the request. */
static void
a_large_list_needs_constant_memory(void **state)
{
    (void)state;
    static const struct book_column columns[] = { { T("姓名"), CELL_TEXT, 14 }, { T("年龄"), CELL_NUMBER, 8 }, { T("接案日期"), CELL_DATE, 12 } };
    struct arena a = { .limit = MIB(2) };
    struct rq rq = { .arena = &a, .db = k->db, .params = NULL };
    struct rusage before, after;
    db_begin(k->db, &a, DB_READ);
    getrusage(RUSAGE_SELF, &before);
    struct book *b = book_open(&rq, T("服务对象"), columns, COUNT(columns));
    assert_non_null(b);
    for (int i = 0; i < MANY; i++) {
        if (i % BOOK_CHUNK == 0) assert_true(book_chunk(b));
        book_text(b, str_fmt(rq.arena, "欧阳某某%06d", i));
        book_number(b, i % 100);
        book_date(b, date_add(today(), -i % 4000));
        book_row(b);
    }
    assert_int_equal(book_send(b, "people", STR("某站")), HTTP_OK);
    getrusage(RUSAGE_SELF, &after);
    db_rollback(k->db);
#ifndef ARENA_DEBUG                     /* with the sanitizer nothing that was freed is used again */
    assert_true(after.ru_maxrss - before.ru_maxrss < 24 * 1024);        /* kilobytes */
#endif
    const char *path = str_dup(&k->arena, rq.file).p, *why;
    struct sheet *s = sheet_open(&k->arena, path, &why);
    struct sheet_row row;
    struct arena rows = { 0 };
    int64_t n = 0;
    assert_non_null(s);
    for (; sheet_next(s, &rows, &row); n++)
        if (n % 1000 == 0) arena_clear(&rows);
    sheet_close(s);
    arena_clear(&rows);
    assert_int_equal(n, MANY + 1);
    arena_clear(&a);
    assert_int_equal(access(path, F_OK), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_masked_as_on_their_page),
        cmocka_unit_test(the_filters_of_the_page_are_those_of_the_file),
        cmocka_unit_test(another_unit_cannot_be_asked_for),
        cmocka_unit_test(highly_sensitive_people_are_not_in_it),
        cmocka_unit_test(cases_have_real_dates_and_their_numbers_as_text),
        cmocka_unit_test(every_list_answers_in_the_language_of_its_user),
        cmocka_unit_test(who_may_not_read_the_list_gets_no_file),
        cmocka_unit_test(the_head_is_frozen),
        cmocka_unit_test(a_large_list_needs_constant_memory),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
