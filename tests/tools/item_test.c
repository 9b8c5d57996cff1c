/* What the generators made of good/: calls reach db_run with the right values, pages are escaped, files are found. */
#include "item_html.h"
#include "item_sql.h"
#include "base/asset.h"
#include "db/all_queries.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

extern const struct asset_table good_assets;

/* The last call. */
static struct { const struct db_query *q; unsigned filters, sort; const void *in; bool list; } last;
static struct item_list_in list_in;
static struct item_insert_in insert_in;
static struct item_by_id_in by_id_in;
static struct item_make_in make_in;
static size_t answer;
static struct item_by_id_row row_found;

size_t
db_run(struct db *db, const struct db_query *q, const void *in, void **rows)
{
    (void)db;
    last.q = q;
    last.in = in;
    last.list = false;
    if (q == &item_insert_query) memcpy(&insert_in, in, sizeof insert_in);
    if (q == &item_by_id_query) memcpy(&by_id_in, in, sizeof by_id_in);
    if (q == &item_make_query) memcpy(&make_in, in, sizeof make_in);
    if (answer) *rows = &row_found;
    return answer;
}

size_t
db_run_list(struct db *db, const struct db_query *q, unsigned filters, unsigned sort, const void *in, void **rows)
{
    (void)db; (void)rows;
    last.q = q;
    last.filters = filters;
    last.sort = sort;
    last.list = true;
    if (q == &item_list_query) memcpy(&list_in, in, sizeof list_in);
    return 0;
}

static void
positional(void **state)
{
    (void)state;
    struct item_by_id_row row;
    memset(&row, 1, sizeof row);
    answer = 0;
    assert_false(item_by_id(NULL, &row, 350424, (struct case_id){ 7 }));
    assert_int_equal(row.id.v, 0);
    assert_null(row.name.p);
    assert_int_equal(by_id_in.area, 350424);
    assert_int_equal(by_id_in.id.v, 7);
    answer = 1;
    row_found = (struct item_by_id_row){ .id = { 9 }, .name = STR("x") };
    assert_true(item_by_id(NULL, &row, 1, (struct case_id){ 9 }));
    assert_int_equal(row.id.v, 9);
    assert_int_equal(place_clear(NULL), 1);
    assert_null(last.in);
    assert_true(place_clear_query.writes && item_insert_query.writes && item_rename_query.writes);
    assert_false(item_by_id_query.writes || item_list_query.writes);
}

static void
named(void **state)
{
    (void)state;
    answer = 1;
    assert_int_equal(item_insert(NULL, .area = 1, .id = { 2 }, .name = STR("n"), .made = { 3 }, .price = { 400 }), 1);
    assert_int_equal(insert_in.area, 1);
    assert_int_equal(insert_in.made.days, 3);
    assert_int_equal(insert_in.price.fen, 400);
    assert_false(instant_known(insert_in.seen));        /* not given: no value, not 1970 */

    struct item_make_row made;
    answer = 0;
    assert_false(item_make(NULL, &made, .area = 1, .id = { 2 }, .name = STR("n")));
    assert_int_equal(make_in.id.v, 2);
    assert_int_equal(make_in.most, NO_INT);
    assert_false(date_known(make_in.made));             /* forgotten: db_run will stop at it */

    struct item_list_row *rows;
    item_list(NULL, &rows, ITEM_LIST_F_NAME | DB_AFTER, ITEM_LIST_BY_NAME, .area = 5, .name = STR("n"), .most = 10);
    assert_ptr_equal(last.q, &item_list_query);
    assert_int_equal(last.filters, 2u | DB_AFTER);
    assert_int_equal(last.sort, 1);
    assert_int_equal(list_in.most, 10);
    assert_null(list_in.after.p);
    struct item_count_row n;
    item_count(NULL, &n, ITEM_LIST_F_OPEN, 0, 5, NO_STR);
    assert_true(last.list && last.filters == 1);
}

static void
statements(void **state)
{
    (void)state;
    const struct db_query *q = &item_list_query;
    assert_string_equal(q->sql[DB_SQLITE],
        "SELECT i.id, i.name, i.made_on, i.seen_at, i.price, i.weight, i.done, i.note\n  FROM item i\n"
        " WHERE i.area_id = ?1 AND i.name <> 'a:b;''c?'  \1 \2\n LIMIT ?5");
    assert_non_null(strstr(q->sql[DB_POSTGRES], "LIMIT $5"));
    assert_int_equal(q->filters_n, 2);
    assert_string_equal(q->filters[1].sql[DB_POSTGRES], "i.name = $2 OR i.note = $2");
    assert_string_equal(q->sorts[0].after[DB_SQLITE], "(i.made_on, i.id) < (?3, ?4)");
    assert_null(q->sorts[1].after[DB_SQLITE]);
    assert_true(q->in[2].optional);                     /* only the sort uses it */
    assert_false(q->in[4].optional);
    assert_int_equal(item_count_query.filters_n, 2);    /* like: item_list */
    assert_int_equal(item_count_query.sorts_n, 0);
    assert_non_null(strstr(item_rename_query.sql[DB_POSTGRES], "$3::text || ':x'"));
    assert_null(strstr(item_rename_query.sql[DB_SQLITE], "::"));
}

static void
pages(void **state)
{
    (void)state;
    struct arena a = { 0 };
    struct buf o = { .arena = &a };
    const struct item one = { STR("<a&'b\" c>"), 7, true };
    item_row(&o, &one);
    struct str page = buf_str(&o);
    assert_true(str_is(page, "<li class=\"item done\" title=\"说 &quot;明&quot; ?: &lt;a&amp;&#39;b&quot; c&gt;\">"
        "<a href=\"/items/7?name=%3Ca%26%27b%22%20c%3E\">&lt;a&amp;&#39;b&quot; c&gt;</a></li>\n"));
    o.n = 0;
    item_page(&o, &one, 0);
    assert_true(str_is(buf_str(&o), "<ul>\n<li>没有</li>\n</ul>\n<select><option  value='0'>a  b</option></select>\n"
        "<script src=\"/static/app.js\" defer></script>\n  0.01\n  <!-- kept > so -->\n"));
    o.n = 0;
    const struct item two[2] = { { STR("x"), 1, false }, { STR("y"), 2, false } };
    item_page(&o, two, 2);
    assert_true(str_has(buf_str(&o), STR(">y</a></li>\n")));
    assert_true(str_has(buf_str(&o), STR("<option selected value='2'>")));
    arena_clear(&a);
}

static void
assets(void **state)
{
    (void)state;
    const struct asset *tiny = asset_find(&good_assets, STR("a.txt"));
    const struct asset *schema = asset_find(&good_assets, STR("z/schema.sql"));
    assert_non_null(tiny);
    assert_int_equal(tiny->n, 3);
    assert_memory_equal(tiny->bytes, "hi\n", 3);
    assert_null(tiny->gz);                              /* gzip would make it larger */
    assert_non_null(schema);
    assert_memory_equal(schema->bytes, "-- The schema", 13);
    assert_true(schema->gz_n < schema->n);
    assert_int_equal(schema->gz[0], 0x1F);
    assert_int_equal(strlen(schema->hash), 16);
    assert_string_not_equal(schema->hash, tiny->hash);
    assert_null(asset_find(&good_assets, STR("a")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positional), cmocka_unit_test(named), cmocka_unit_test(statements), cmocka_unit_test(pages),
        cmocka_unit_test(assets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
