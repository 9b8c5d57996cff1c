/* The picture of a family: who stands where, and that nobody stands on anybody. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "people/genogram.h"

static struct arena arena;

static struct genogram
family(const char *const members[][2], size_t n)
{
    struct genogram g;
    struct kin *kin = NEW(&arena, struct kin, n);
    for (size_t i = 0; i < n; i++) kin[i] = (struct kin){ .name = str_of(members[i][0]), .relation = str_of(members[i][0]), .sex = str_of(members[i][1]) };
    genogram_lay(&arena, kin, n, &g);
    return g;
}

static const struct gen_node *
node(const struct genogram *g, const char *relation)
{
    for (size_t i = 0; i < g->nodes_n; i++)
        if (str_is(g->nodes[i].kin->relation, relation)) return &g->nodes[i];
    fail_msg("not drawn: %s", relation);
    return NULL;
}

static void
nobody_overlaps(const struct genogram *g)
{
    for (size_t i = 0; i < g->nodes_n; i++) {
        assert_true(g->nodes[i].x >= GEN_SIZE / 2 && g->nodes[i].x <= g->width - GEN_SIZE / 2);
        assert_true(g->nodes[i].y >= GEN_SIZE / 2 && g->nodes[i].y <= g->height - GEN_SIZE / 2);
        for (size_t k = i + 1; k < g->nodes_n; k++)
            if (g->nodes[i].y == g->nodes[k].y && abs(g->nodes[i].x - g->nodes[k].x) < 2 * GEN_SIZE)
                fail_msg("%.*s stands on %.*s", FMT(g->nodes[i].kin->relation), FMT(g->nodes[k].kin->relation));
    }
}

static void
generations_stand_above_each_other(void **state)
{
    (void)state;
    static const char *const members[][2] = { { "02", "1" }, { "12", "2" }, { "51", "1" }, { "52", "2" }, { "55", "1" }, { "56", "2" }, { "61", "1" },
                                              { "62", "2" }, { "22", "1" }, { "32", "2" }, { "38", "2" }, { "41", "1" }, { "73", "1" } };
    struct genogram g = family(members, COUNT(members));
    assert_int_equal(g.nodes_n, COUNT(members));
    assert_true(node(&g, "61")->y < node(&g, "51")->y && node(&g, "51")->y < node(&g, "02")->y);
    assert_true(node(&g, "02")->y < node(&g, "22")->y && node(&g, "22")->y < node(&g, "41")->y);
    assert_int_equal(node(&g, "02")->y, node(&g, "12")->y);
    assert_int_equal(node(&g, "02")->y, node(&g, "73")->y);
    assert_true(node(&g, "51")->x < node(&g, "55")->x);                 /* each over his own child */
    assert_int_equal(node(&g, "38")->x - node(&g, "22")->x, node(&g, "12")->x - node(&g, "02")->x);     /* beside the son */
    nobody_overlaps(&g);
}

static void
many_of_one_kind_move_aside(void **state)
{
    (void)state;
    static const char *const members[][2] = { { "02", "2" }, { "11", "1" }, { "51", "1" }, { "57", "1" }, { "52", "2" }, { "58", "2" }, { "53", "1" },
                                              { "54", "2" }, { "20", "1" }, { "20", "1" }, { "30", "2" }, { "28", "1" }, { "28", "1" }, { "38", "2" },
                                              { "40", "9" }, { "41", "1" }, { "43", "1" }, { "47", "1" }, { "71", "1" }, { "77", "2" }, { "91", "1" },
                                              { "81", "1" }, { "85", "1" }, { "93", "1" }, { "96", "2" }, { "72", "2" } };
    struct genogram g = family(members, COUNT(members));
    assert_int_equal(g.nodes_n, COUNT(members));
    nobody_overlaps(&g);
}

static bool
any_dashed(const struct genogram *g)
{
    for (size_t i = 0; i < g->lines_n; i++)
        if (g->lines[i].dashed) return true;
    return false;
}

static void
what_is_not_known_is_dashed(void **state)
{
    (void)state;
    static const char *const one[][2] = { { "02", "1" }, { "21", "1" }, { "41", "1" } };
    static const char *const two[][2] = { { "02", "1" }, { "22", "1" }, { "32", "2" }, { "41", "1" } };
    struct genogram sure = family(one, COUNT(one)), open = family(two, COUNT(two));
    assert_false(any_dashed(&sure));
    assert_true(any_dashed(&open));
}

static void
who_is_no_relative_stands_apart(void **state)
{
    (void)state;
    static const char *const members[][2] = { { "99", "2" }, { "97", "1" }, { "", "0" } };
    struct genogram g = family(members, COUNT(members));
    assert_int_equal(g.nodes_n, 0);
    assert_int_equal(g.others_n, 3);
    g = family(members, 0);
    assert_int_equal(g.nodes_n + g.others_n, 0);
    static const char *const alone[][2] = { { "02", "" } };
    g = family(alone, 1);
    assert_int_equal(g.nodes_n, 1);
    assert_int_equal(g.nodes[0].shape, GEN_UNKNOWN);
    assert_int_equal(g.lines_n, 0);
}

static int
clear(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generations_stand_above_each_other), cmocka_unit_test(many_of_one_kind_move_aside),
        cmocka_unit_test(what_is_not_known_is_dashed), cmocka_unit_test(who_is_no_relative_stands_apart),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
