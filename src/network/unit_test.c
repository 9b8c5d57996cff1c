#include "network/network.h"
#include "network/divisions.h"
#include "network/tree.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct kit *k;

static struct date
day(int y, int m, int d)
{
    struct date out;
    assert_true(date_of(y, m, d, &out));
    return out;
}

static struct unit_new
point(const char *division, struct unit_id parent)
{
    return (struct unit_new){ .profile = STR("ninghua"), .level = STR("point"), .parent = parent, .division = str_of(division),
                              .opened_on = day(2024, 3, 1) };
}

static int64_t
below(struct unit_id top)
{
    return kit_number(k, str_fmt(&k->arena, "SELECT count(*) FROM unit_closure WHERE ancestor_id = %lld", (long long)top.v).p);
}

/* HN-02: a point whose parent is the general station is rejected, in the user's words; under a station it is opened. */
static void
hn_02_point_under_general_station(void **state)
{
    struct unit_id made;
    struct unit_new wrong = point("350424101001", k->county), right = point("350424101001", k->station_b);
    (void)state;
    int64_t before = kit_number(k, "SELECT count(*) FROM unit");
    kit_begin(k);
    struct str why = unit_create(k->db, LANG_ZH, &wrong, &made);
    kit_commit(k);
    assert_string_equal(why.p, "村居社工服务点的上级必须是乡镇社工站。");
    assert_int_equal(made.v, 0);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM unit"), before);

    struct kit_reply r = kit_post(k, "county", str_fmt(&k->arena, "/network/%lld/open", (long long)k->county.v).p,
                                  "level=point&division=350424101001&opened_on=2024-03-01");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "村居社工服务点的上级必须是乡镇社工站。"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM unit"), before);

    int64_t above = below(k->county);
    kit_begin(k);
    assert_int_equal(unit_create(k->db, LANG_ZH, &right, &made).n, 0);
    kit_commit(k);
    assert_int_equal(below(k->county), above + 1);
    assert_int_equal(below(made), 1);
    kit_begin(k);
    assert_true(str_is(unit_name(k->db, made), "丙村社工服务点"));
    why = unit_create(k->db, LANG_EN, &right, &made);       /* the code is taken */
    kit_commit(k);
    assert_true(why.n > 0);
}

static void
wrong_levels_and_divisions(void **state)
{
    struct unit_id made;
    struct unit_new u = point("350424101001", k->station_a);        /* a village of another township */
    (void)state;
    kit_begin(k);
    assert_true(unit_create(k->db, LANG_ZH, &u, &made).n > 0);
    u = point("350424100009", k->station_a);                        /* no such village */
    assert_true(unit_create(k->db, LANG_ZH, &u, &made).n > 0);
    u = point("350424100002", k->station_a);
    u.level = STR("room");                                          /* another place's level */
    assert_true(unit_create(k->db, LANG_ZH, &u, &made).n > 0);
    u.level = STR("station");
    assert_true(unit_create(k->db, LANG_ZH, &u, &made).n > 0);
    kit_commit(k);
}

/* GET as-of: the name and the parent of a day are those of that day. */
static void
history_as_of(void **state)
{
    struct unit_id a = k->station_a;
    struct user_id none = { 0 };
    (void)state;
    kit_begin(k);
    assert_int_equal(unit_rename(k->db, LANG_ZH, a, STR("翠江社工站"), day(2024, 5, 1), none).n, 0);
    assert_int_equal(unit_move(k->db, LANG_ZH, a, k->west, day(2025, 2, 1), none).n, 0);
    assert_int_equal(unit_rename(k->db, LANG_ZH, a, STR("城关社工站"), day(2025, 6, 1), none).n, 0);
    assert_true(str_is(unit_name_on(k->db, a, day(2024, 4, 30)), "翠江镇社工站"));
    assert_true(str_is(unit_name_on(k->db, a, day(2024, 5, 1)), "翠江社工站"));
    assert_true(str_is(unit_name_on(k->db, a, day(2025, 5, 31)), "翠江社工站"));
    assert_true(str_is(unit_name_on(k->db, a, day(2025, 6, 1)), "城关社工站"));
    assert_int_equal(unit_parent_on(k->db, a, day(2025, 1, 31)).v, k->east.v);
    assert_int_equal(unit_parent_on(k->db, a, day(2025, 2, 1)).v, k->west.v);
    assert_true(unit_rename(k->db, LANG_ZH, a, STR("x"), day(2025, 1, 1), none).n > 0);         /* before a later change */
    assert_true(unit_rename(k->db, LANG_ZH, a, STR("x"), date_add(today(), 1), none).n > 0);    /* not yet */
    assert_true(unit_move(k->db, LANG_ZH, a, k->county, day(2025, 7, 1), none).n > 0);          /* wrong level */
    assert_true(unit_close(k->db, LANG_ZH, a, day(2025, 7, 1), none).n > 0);                    /* a point is below */
    kit_commit(k);
    struct kit_reply r = kit_get(k, "county", str_fmt(&k->arena, "/network/%lld?on=2025-01-15", (long long)a.v).p);
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "当时的名称：翠江社工站"));
    assert_true(kit_has(r, "当时的上级：东片区社工中心站"));
}

static void
merge_keeps_children_and_history(void **state)
{
    struct user_id none = { 0 };
    (void)state;
    kit_begin(k);
    assert_true(unit_merge(k->db, LANG_ZH, k->station_a, k->east, day(2025, 8, 1), none).n > 0);       /* other level */
    assert_true(unit_merge(k->db, LANG_ZH, k->station_a, k->station_a, day(2025, 8, 1), none).n > 0);
    assert_int_equal(unit_merge(k->db, LANG_ZH, k->station_a, k->station_c, day(2025, 8, 1), none).n, 0);
    assert_int_equal(unit_parent_on(k->db, k->point_a, day(2025, 7, 31)).v, k->station_a.v);
    assert_int_equal(unit_parent_on(k->db, k->point_a, day(2025, 8, 1)).v, k->station_c.v);
    assert_true(unit_rename(k->db, LANG_ZH, k->station_a, STR("x"), day(2025, 9, 1), none).n > 0);      /* closed */
    kit_commit(k);
    assert_int_equal(below(k->station_c), 3);                       /* itself, the point, the old station */
    assert_int_equal(kit_number(k, "SELECT count(*) FROM unit WHERE closed_on = '2025-08-01' AND successor_id IS NOT NULL"), 1);
}

/* After any moves the closure is what the parents say. */
static void
closure_follows_parents(void **state)
{
    struct unit_id centres[] = { k->east, k->west }, stations[] = { k->station_b, k->station_c };
    (void)state;
    srandom(7);
    kit_begin(k);
    for (int i = 0; i < 60; i++)
        unit_move(k->db, LANG_ZH, stations[random() % 2], centres[random() % 2], today(), (struct user_id){ 0 });
    kit_commit(k);
    static const char up[] = "WITH RECURSIVE up (unit, above, depth) AS (SELECT id, id, 0 FROM unit UNION ALL"
                             " SELECT up.unit, u.parent_id, up.depth + 1 FROM up JOIN unit u ON u.id = up.above WHERE u.parent_id IS NOT NULL) ";
    assert_int_equal(kit_number(k, str_fmt(&k->arena, "%sSELECT count(*) FROM up", up).p), kit_number(k, "SELECT count(*) FROM unit_closure"));
    assert_int_equal(kit_number(k, str_fmt(&k->arena, "%sSELECT count(*) FROM up JOIN unit_closure c ON c.ancestor_id = up.above"
                                           " AND c.descendant_id = up.unit AND c.depth = up.depth", up).p),
                     kit_number(k, "SELECT count(*) FROM unit_closure"));
}

/* What is kept of the numbers of open units is what the tree says: after opening, moving and merging above, and closing. */
static void
numbers_follow_the_tree(void **state)
{
    static const char wrong[] = "SELECT count(*) FROM (SELECT unit_id, level FROM (SELECT unit_id, level, n FROM unit_count UNION ALL"
        " SELECT c.ancestor_id, u.level, -1 FROM unit u JOIN unit_closure c ON c.descendant_id = u.id WHERE u.closed_on IS NULL) x"
        " GROUP BY unit_id, level HAVING SUM(n) <> 0) d";
    static const char stations[] = "SELECT n FROM unit_count WHERE level = 'station' AND unit_id = %lld";
    struct unit_new u = point("350424100000", k->east);
    struct unit_id made;
    (void)state;
    u.level = STR("station");
    u.code = STR("CJ2");
    assert_true(kit_number(k, "SELECT count(*) FROM unit WHERE closed_on IS NOT NULL") > 0);
    assert_int_equal(kit_number(k, wrong), 0);
    int64_t before = kit_number(k, str_fmt(&k->arena, stations, (long long)k->county.v).p);
    kit_begin(k);
    assert_int_equal(unit_create(k->db, LANG_ZH, &u, &made).n, 0);
    kit_commit(k);
    assert_int_equal(kit_number(k, str_fmt(&k->arena, stations, (long long)k->county.v).p), before + 1);
    kit_begin(k);
    assert_int_equal(unit_close(k->db, LANG_ZH, made, today(), (struct user_id){ 0 }).n, 0);
    kit_commit(k);
    assert_int_equal(kit_number(k, str_fmt(&k->arena, stations, (long long)k->county.v).p), before);
    assert_int_equal(kit_number(k, wrong), 0);
}

/* The list of a large subtree is read another way than that of a small one, and holds the same; also who was merged from elsewhere. */
static void
large_and_small_lists_agree(void **state)
{
    static const unsigned filters[] = { 0, TREE_LIST_F_OPEN, TREE_LIST_F_CLOSED, TREE_LIST_F_OPEN | TREE_LIST_F_LEVEL, TREE_LIST_F_NAME };
    const struct unit_id tops[] = { k->county, k->east, k->station_c };
    struct tree_list_row *a, *b;
    (void)state;
    for (size_t i = 0; i < COUNT(filters) * COUNT(tops); i++) {
        unsigned f = filters[i % COUNT(filters)];
        struct unit_id top = tops[i / COUNT(filters)];
        db_begin(k->db, &k->arena, DB_READ);
        size_t n = tree_list(k->db, &a, f | TREE_LIST_F_BELOW, 0, .top = top, .level = STR("station"), .name = STR("%社%"), .from = STR(""),
                             .to = STR(""), .most = 100);
        size_t m = tree_list(k->db, &b, f | TREE_LIST_F_WIDE, 0, .top = top, .level = STR("station"), .name = STR("%社%"), .from = STR("35"),
                             .to = STR("359999999999"), .most = 100);
        db_rollback(k->db);
        assert_int_equal(n, m);
        for (size_t r = 0; r < n; r++) assert_int_equal(a[r].id.v, b[r].id.v);
        if (f == TREE_LIST_F_CLOSED && top.v == k->station_c.v) assert_true(n == 1 && a[0].id.v == k->station_a.v);
    }
}

static void
write_table(const char *path, int villages)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("code,name\r\n350424,\"宁化县\"\r\n", f);
    static const int towns[] = { 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 202, 204, 207, 208, 209 };
    for (size_t i = 0; i < COUNT(towns); i++) fprintf(f, "350424%03d,\"%d乡\"\r\n", towns[i], (int)i);
    for (int v = 0; v < villages; v++) fprintf(f, "350424%03d%03d,\"%d村委会\"\r\n", towns[v % 16], 200 + v / 16, v);
    fputs("35042,\"x\"\r\n", f);
    fclose(f);
}

/* covers: NH-09
 * NH-09, HN-02: the county's table gives 1 general station, 5 centres, 16 stations and 245 points. */
static void
nh_09_network_of_a_county(void **state)
{
    static const struct { const char *level; int64_t total; } want[] = { { "general", 1 }, { "area", 5 }, { "station", 16 }, { "point", 245 } };
    struct divisions_report r;
    struct unit_id top;
    char path[128];
    (void)state;
    kit_begin(k);
    db_exec(k->db, "DELETE FROM division");
    kit_commit(k);
    snprintf(path, sizeof path, "%s/table.csv", k->dir);
    write_table(path, 245);
    assert_true(divisions_import(k->db, path, day(2024, 1, 1), &r));
    assert_int_equal(r.rows, 262);
    assert_int_equal(r.bad, 1);
    assert_int_equal(r.first_bad_line, 264);
    kit_begin(k);
    assert_true(network_build_county(k->db, "ninghua", "350424", day(2024, 2, 1), &top));
    kit_commit(k);
    for (size_t i = 0; i < COUNT(want); i++)
        assert_int_equal(kit_number(k, str_fmt(&k->arena, "SELECT count(*) FROM unit u JOIN unit_closure c ON c.descendant_id = u.id"
            " WHERE c.ancestor_id = %lld AND u.level = '%s'", (long long)top.v, want[i].level).p), want[i].total);
    assert_int_equal(below(top), 267);
}

/* A newer table: what is missing beside its sisters is closed on the day, what is new opens, what came back is open again. */
static void
newer_tables_of_divisions(void **state)
{
    struct divisions_report r;
    char path[128];
    (void)state;
    snprintf(path, sizeof path, "%s/table.csv", k->dir);
    write_table(path, 240);
    assert_true(divisions_import(k->db, path, day(2025, 1, 1), &r));
    assert_int_equal(r.closed, 5);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM division WHERE valid_to = '2025-01-01' AND level = 5"), 5);
    write_table(path, 250);
    assert_true(divisions_import(k->db, path, day(2026, 1, 1), &r));
    assert_int_equal(r.closed, 0);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM division WHERE valid_to IS NOT NULL"), 0);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM division WHERE valid_from = '2026-01-01'"), 5);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM division WHERE valid_from IS NULL"), 262);
    assert_false(divisions_import(k->db, "/nonexistent.csv", day(2026, 1, 1), &r));
}

/* covers: NH-06
 * NH-06: a village 22 minutes away is listed, 15 is inside the circle, 16 is not. */
static void
nh_06_service_circle(void **state)
{
    const char *path = str_fmt(&k->arena, "/network/%lld", (long long)k->station_b.v).p;
    const char *post = str_fmt(&k->arena, "%s/villages", path).p;
    static const char *const minutes[] = { "division=350424101200&minutes=15", "division=350424101201&minutes=16", "division=350424101202&minutes=22" };
    (void)state;
    for (size_t i = 0; i < COUNT(minutes); i++) assert_int_equal(kit_post(k, "county", post, minutes[i]).status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_get(k, "county", path);
    assert_true(kit_has(r, "<span class=\"danger\">22 分钟</span>"));
    assert_true(kit_has(r, "<span class=\"danger\">16 分钟</span>"));
    assert_false(kit_has(r, "<span class=\"danger\">15 分钟</span>"));
    assert_int_equal(kit_post(k, "county", post, "division=350424100200&minutes=5").status, HTTP_INVALID);    /* elsewhere */
    assert_int_equal(kit_post(k, "head_b", post, minutes[0]).status, HTTP_FORBIDDEN);
}

/* covers: HN-01
 * HN-01: the two trees side by side, each service node at its division. */
static void
hn_01_two_trees(void **state)
{
    (void)state;
    struct kit_reply r = kit_get(k, "county", "/network");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "服务网络"));
    assert_true(kit_has(r, "行政区划"));
    assert_true(kit_has(r, str_fmt(&k->arena, "350424101000</span> → <a href=\"/network/%lld\">泉上镇社工站</a>", (long long)k->station_b.v).p));
    r = kit_get(k, "county", "/network?q=%E6%B3%89%E4%B8%8A");
    assert_true(kit_has(r, "泉上镇社工站"));
    assert_false(kit_has(r, "湖村镇社工站</a></th>"));
    assert_int_equal(kit_get(k, "head_b", str_fmt(&k->arena, "/network/%lld", (long long)k->county.v).p).status, HTTP_NOT_FOUND);
}

/* Two people change one unit: the second sees what the first saved. */
static void
edit_conflict(void **state)
{
    const char *path = str_fmt(&k->arena, "/network/%lld/edit", (long long)k->station_b.v).p;
    int64_t version = kit_number(k, str_fmt(&k->arena, "SELECT version FROM unit WHERE id = %lld", (long long)k->station_b.v).p);
    (void)state;
    const char *first = str_fmt(&k->arena, "version=%lld&address=A1", (long long)version).p;
    const char *second = str_fmt(&k->arena, "version=%lld&address=B2", (long long)version).p;
    assert_int_equal(kit_post(k, "county", path, first).status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_post(k, "county", path, second);
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "A1"));
    assert_true(kit_has(r, "B2"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM unit WHERE address = 'A1'"), 1);
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
        cmocka_unit_test(hn_02_point_under_general_station), cmocka_unit_test(wrong_levels_and_divisions),
        cmocka_unit_test(hn_01_two_trees), cmocka_unit_test(history_as_of), cmocka_unit_test(merge_keeps_children_and_history),
        cmocka_unit_test(closure_follows_parents), cmocka_unit_test(numbers_follow_the_tree), cmocka_unit_test(large_and_small_lists_agree),
        cmocka_unit_test(nh_09_network_of_a_county),
        cmocka_unit_test(newer_tables_of_divisions), cmocka_unit_test(nh_06_service_circle), cmocka_unit_test(edit_conflict),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
