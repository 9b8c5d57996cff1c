/* Profiles: the fifteen that are delivered are fit; wrong ones are refused with line, path and reason, and change nothing. */
#include "base/data.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "network/profile.h"
#include "rules/profile_check.h"
#include "rules/rule.h"
#include "rules/where.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct kit *k;

/* The profile of Haining with one text put in another's place. */
static struct str
haining_with(const char *from, const char *to)
{
    struct str text = data_file("profiles/haining.json");
    const char *at = memmem(text.p, text.n, from, strlen(from));
    assert_non_null(at);
    size_t before = (size_t)(at - text.p), after = text.n - before - strlen(from);
    return str_fmt(&k->arena, "%.*s%s%.*s", (int)before, text.p, to, (int)after, at + strlen(from));
}

static void
refused(struct str text, const char *name, const char *path, const char *why)
{
    struct profile_problem *all;
    size_t n = profile_check(&k->arena, text, str_of(name), &all);
    for (size_t i = 0; i < n; i++)
        if (str_is(all[i].path, path) && str_has(all[i].why, str_of(why))) {
            assert_true(all[i].line > 0);
            return;
        }
    for (size_t i = 0; i < n; i++) print_message("%d: %.*s: %.*s\n", all[i].line, FMT(all[i].path), FMT(all[i].why));
    fail_msg("not refused: %s: %s", path, why);
}

static void
delivered_profiles_are_fit(void **state)
{
    struct str *names;
    struct profile_problem *all;
    (void)state;
    size_t n = data_files(&k->arena, "profiles/", &names);
    assert_int_equal(n, 15);
    for (size_t i = 0; i < n; i++) {
        struct str code = { names[i].p + 9, names[i].n - 14 };
        size_t wrong = profile_check(&k->arena, data_file(str_z(&k->arena, names[i])), code, &all);
        if (wrong) fail_msg("%.*s:%d: %.*s: %.*s", FMT(names[i]), all[0].line, FMT(all[0].path), FMT(all[0].why));
        assert_non_null(profile_of(code));
    }
}

static void
wrong_ones_are_refused_with_place_and_reason(void **state)
{
    (void)state;
    refused(haining_with("\"run_mode\"", "\"run_mood\""), "haining", "run_mood", "unknown member");
    refused(haining_with("\"run_mode\"", "\"run_mood\""), "haining", "", "needs \"run_mode\"");
    refused(haining_with("\"parent\": null", "\"parent\": \"station\""), "haining", "levels[0].parent", "go round in a circle");
    refused(haining_with("\"parent\": null", "\"parent\": \"hub\""), "haining", "levels[0].parent", "there is no level \"hub\"");
    refused(haining_with("\"MZT\", \"HNG\"]", "\"MZT\", \"HNX\"]"), "haining", "rules.groups[1]", "no group of rules \"HNX\"");
    refused(haining_with("[\"MZT\", \"HNG\"]", "[\"MZT\", \"HNG\"], \"parameters\": {\"R-HNG-S1\": {\"most\": 6}}"), "haining",
            "rules.parameters.R-HNG-S1.most", "unknown metric or parameter");
    refused(haining_with("[\"MZT\", \"HNG\"]", "[\"MZT\", \"HNG\"], \"parameters\": {\"R-X\": {}}"), "haining", "rules.parameters.R-X", "no such rule");
    refused(haining_with("\"330481000000\"", "\"33048100000\""), "haining", "division", "wrong code");
    refused(haining_with("\"catalogue\": \"HNG\"", "\"catalogue\": \"XYZ\""), "haining", "catalogue", "no catalogue \"XYZ\"");
    refused(haining_with("\"scope\": \"township\"", "\"scope\": \"street\""), "haining", "levels[0].scope", "unknown scope");
    refused(haining_with("\"order\": 1", "\"order\": \"1\""), "haining", "levels[0].order", "must be a number");
    refused(haining_with("\"order\": 1", "\"order\": 2"), "haining", "levels[0].order", "must be 1");
    refused(haining_with("\"value\": 6", "\"valeu\": 6"), "haining", "numbers[0].valeu", "unknown member");
    refused(data_file("profiles/haining.json"), "other", "profile", "not the name of the file");
    refused(haining_with("\"levels\": [", "\"levels\": [,"), "haining", "", "");
}

/* A level that skips its parent, and one whose parents go round, in a tree of four. */
static void
levels_hang_one_under_the_other(void **state)
{
    struct str text = data_file("profiles/ordos.json");
    const char *from = "\"parent\": \"station\"", *at = memmem(text.p, text.n, from, strlen(from));
    (void)state;
    assert_non_null(at);
    struct str skips = str_fmt(&k->arena, "%.*s\"parent\": \"county\"%s", (int)(at - text.p), text.p, str_z(&k->arena, (struct str){ at + strlen(from),
                               text.n - (size_t)(at - text.p) - strlen(from) }));
    refused(skips, "ordos", "levels[3].parent", "skips its parent: \"point\" must hang under \"station\"");
    from = "\"parent\": \"city\"";
    at = memmem(text.p, text.n, from, strlen(from));
    struct str circle = str_fmt(&k->arena, "%.*s\"parent\": \"point\"%s", (int)(at - text.p), text.p, str_z(&k->arena, (struct str){ at + strlen(from),
                                text.n - (size_t)(at - text.p) - strlen(from) }));
    refused(circle, "ordos", "levels[1].parent", "go round in a circle");
}

/* What runs stays although the file becomes wrong; a new version is kept beside the old. */
static void
the_running_profile_stays(void **state)
{
    (void)state;
    kit_begin(k);
    assert_true(profile_load(k->db, STR("haining")));
    assert_true(profile_load(k->db, STR("haining")));
    kit_commit(k);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM profile_version WHERE code = 'haining'"), 1);          /* the same: no new version */
    kit_begin(k);
    db_exec(k->db, "UPDATE profile SET doc = replace(doc, '镇（街道）社工站', '镇街社会工作站') WHERE code = 'haining'");
    profiles_take(k->db);
    kit_commit(k);
    assert_string_equal(profile_level_label(profile_of(STR("haining")), STR("station"), LANG_ZH), "镇街社会工作站");
    kit_begin(k);
    db_exec(k->db, "UPDATE profile SET doc = '{\"profile\": \"haining\", \"levels\": []}' WHERE code = 'haining'");
    profiles_take(k->db);
    kit_commit(k);
    assert_string_equal(profile_level_label(profile_of(STR("haining")), STR("station"), LANG_ZH), "镇街社会工作站");
}

static void
differences_are_named(void **state)
{
    struct str text = data_file("profiles/haining.json");
    (void)state;
    assert_int_equal(profile_diff(&k->arena, text, text).n, 0);
    struct str diff = profile_diff(&k->arena, text, haining_with("\"value\": 6", "\"value\": 7"));
    assert_string_equal(str_z(&k->arena, diff), "numbers[0].value: 6 → 7\n");
}

static void
lines_are_found(void **state)
{
    static const char json[] = "{\n \"a\": 1,\n \"b\": [\n  {\"c\": \"x]}\\\"\"},\n  {\"c\":\n    2}\n ]\n}\n";
    (void)state;
    assert_int_equal(json_line(str_of(json), "a"), 2);
    assert_int_equal(json_line(str_of(json), "b[0].c"), 4);
    assert_int_equal(json_line(str_of(json), "b[1].c"), 5);
    assert_int_equal(json_line(str_of(json), "b[1].d"), 5);
    assert_int_equal(json_line(str_of(json), ""), 1);
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
        cmocka_unit_test(delivered_profiles_are_fit), cmocka_unit_test(wrong_ones_are_refused_with_place_and_reason),
        cmocka_unit_test(levels_hang_one_under_the_other), cmocka_unit_test(the_running_profile_stays), cmocka_unit_test(differences_are_named),
        cmocka_unit_test(lines_are_found),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
