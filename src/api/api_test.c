/* The interface for programs: tokens, JSON of the pages, problems, forms sent as JSON, and its description. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <jansson.h>
#include "http/params.h"
#include "test/cases.h"

static struct kit *k;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    return 0;
}

static int
close_kit(void **state)
{
    (void)state;
    kit_close(k);
    return 0;
}

/* Requests of a program with this token; NULL: of browsers again. */
static void
as_program(const char *token)
{
    k->bearer = token;
    k->json = token != NULL;
    k->once = k->seen = NULL;
}

/* A token as its page shows it once. */
static const char *
token_of(const char *login, const char *scope)
{
    as_program(NULL);
    struct kit_reply r = kit_post(k, login, "/me/tokens", at(k, "name=test&scope=%s&days=30", scope));
    static const char mark[] = "<code class=\"secret\">";
    const char *found = memmem(r.body.p, r.body.n, mark, sizeof mark - 1);
    if (r.status != HTTP_OK || found == NULL) fail_msg("no token: %d", (int)r.status);
    return str_fmt(&k->arena, "%.64s", found + sizeof mark - 1).p;
}

static json_t *
parsed(struct kit_reply r)
{
    json_error_t why;
    json_t *j = json_loadb(r.body.p, r.body.n, JSON_REJECT_DUPLICATES, &why);
    if (j == NULL) fail_msg("not JSON: %s in %.300s", why.text, str_z(&k->arena, r.body));
    return j;
}

static void
a_token_reads_what_its_user_may_and_no_more(void **state)
{
    (void)state;
    struct opened c = case_made(k, "worker_a", "接口甲", "1950-01-01");
    const char *token = token_of("worker_a", "read");
    as_program(token);
    struct kit_reply r = kit_get(k, NULL, "/people?q=%E6%8E%A5%E5%8F%A3%E7%94%B2");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(str_is(r.type, "application/json"));
    json_t *j = parsed(r), *one = json_array_get(json_object_get(j, "items"), 0);
    assert_int_equal(json_integer_value(json_object_get(j, "total")), 1);
    assert_string_equal(json_string_value(json_object_get(one, "name")), "接口甲");
    assert_string_equal(json_string_value(json_object_get(one, "id")), at(k, "%lld", (long long)c.person));
    json_decref(j);
    j = parsed(kit_get(k, NULL, at(k, "/cases/%lld", (long long)c.id)));
    assert_string_equal(json_string_value(json_object_get(j, "state")), "intake");
    json_decref(j);
    assert_int_equal(kit_post(k, NULL, "/people/new", "name=x&sex=1").status, HTTP_FORBIDDEN);     /* only reads */
    assert_int_equal(kit_get(k, NULL, "/users").status, HTTP_FORBIDDEN);                            /* his role's rights */
    assert_int_equal(kit_get(k, NULL, "/me/tokens").status, HTTP_FORBIDDEN);                        /* not the account */
    assert_int_equal(kit_post(k, NULL, "/logout", "").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_get(k, NULL, "/cases/new").status, HTTP_NOT_ACCEPTABLE);                   /* a page for people */
    as_program(token_of("worker_b", "read"));
    assert_int_equal(kit_get(k, NULL, at(k, "/cases/%lld", (long long)c.id)).status, HTTP_NOT_FOUND);
    as_program(NULL);
}

static void
a_token_ends_by_day_by_hand_and_with_the_password(void **state)
{
    (void)state;
    const char *hand = token_of("worker_a2", "read"), *day = token_of("head_a", "read"), *everywhere = token_of("worker_b", "read");
    as_program("0000000000000000000000000000000000000000000000000000000000000000");
    assert_int_equal(kit_get(k, NULL, "/people").status, HTTP_UNAUTHORIZED);
    as_program(hand);
    assert_int_equal(kit_get(k, NULL, "/people").status, HTTP_OK);
    as_program(NULL);
    int64_t id = kit_number(k, "SELECT t.id FROM api_token t JOIN account a ON a.id = t.account_id WHERE a.login = 'worker_a2'");
    assert_int_equal(kit_post(k, "head_a", at(k, "/me/tokens/%lld/end", (long long)id), "").status, HTTP_NOT_FOUND);       /* another's */
    assert_int_equal(kit_post(k, "worker_a2", at(k, "/me/tokens/%lld/end", (long long)id), "").status, HTTP_SEE_OTHER);
    as_program(hand);
    assert_int_equal(kit_get(k, NULL, "/people").status, HTTP_UNAUTHORIZED);
    as_program(NULL);
    kit_begin(k);
    db_exec(k->db, "UPDATE api_token SET expires_on = '2020-01-01' WHERE account_id = (SELECT id FROM account WHERE login = 'head_a')");
    kit_commit(k);
    as_program(day);
    assert_int_equal(kit_get(k, NULL, "/people").status, HTTP_UNAUTHORIZED);
    as_program(NULL);
    kit_post(k, "worker_b", "/me/sessions/end", "");
    as_program(everywhere);
    assert_int_equal(kit_get(k, NULL, "/people").status, HTTP_UNAUTHORIZED);
    as_program(NULL);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM api_token WHERE secret_hash LIKE '%0000000000000000%'"), 0);
}

static void
problems_name_their_fields(void **state)
{
    (void)state;
    as_program(token_of("worker_a", "write"));
    struct kit_reply r = kit_post(k, NULL, "/people/new", "sex=1&born=2020-02-30");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(str_is(r.type, "application/problem+json"));
    json_t *j = parsed(r), *errors = json_object_get(j, "errors");
    bool name = false, born = false;
    for (size_t i = 0; i < json_array_size(errors); i++) {
        const char *field = json_string_value(json_object_get(json_array_get(errors, i), "field"));
        name = name || strcmp(field, "name") == 0;
        born = born || strcmp(field, "born") == 0;
    }
    json_decref(j);
    assert_true(name && born);
    r = kit_get(k, NULL, "/people/1");
    assert_int_equal(r.status, HTTP_NOT_FOUND);
    assert_true(str_is(r.type, "application/problem+json"));
    as_program(NULL);
}

static void
the_same_key_is_done_once(void **state)
{
    (void)state;
    as_program(token_of("worker_a", "write"));
    static const char params[] = "name=%E5%8F%AA%E4%B8%80%E6%AC%A1&sex=1";
    k->once = "key-1";
    struct kit_reply first = kit_post(k, NULL, "/people/new", params), again = kit_post(k, NULL, "/people/new", params);
    assert_int_equal(first.status, HTTP_OK);
    assert_true(str_eq(first.body, again.body) && kit_has(first, "/people/"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE name = '只一次'"), 1);
    k->once = "key-2";
    kit_post(k, NULL, "/people/new", params);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE name = '只一次'"), 2);
    as_program(NULL);
}

static void
what_did_not_change_is_not_sent_again(void **state)
{
    (void)state;
    struct opened c = case_made(k, "worker_a", "标签乙", "1950-01-01");
    as_program(token_of("worker_a", "read"));
    const char *path = at(k, "/cases/%lld", (long long)c.id);
    struct kit_reply r = kit_get(k, NULL, path);
    k->seen = str_z(&k->arena, r.etag);
    assert_true(r.etag.n > 10);
    r = kit_get(k, NULL, path);
    assert_int_equal(r.status, HTTP_NOT_MODIFIED);
    assert_int_equal(r.body.n, 0);
    k->seen = "\"another\"";
    assert_int_equal(kit_get(k, NULL, path).status, HTTP_OK);
    as_program(NULL);
}

/* Masks and S4 are as on the pages (codes.md 9.2, 9.3). */
static void
json_shows_no_more_than_the_page(void **state)
{
    (void)state;
    int64_t id = case_person_made(k, "worker_a", "密封丙", "1980-01-01");
    kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)id), "category=E04&from_on=2020-01-01&source=list");
    as_program(token_of("worker_a2", "read"));
    assert_false(kit_has(kit_get(k, NULL, "/people?q=%E5%AF%86%E5%B0%81%E4%B8%99"), "密封丙"));
    assert_int_equal(kit_get(k, NULL, at(k, "/people/%lld", (long long)id)).status, HTTP_NOT_FOUND);
    as_program(token_of("worker_a", "read"));
    struct kit_reply r = kit_get(k, NULL, at(k, "/people/%lld", (long long)id));
    assert_true(kit_has(r, "密封丙") && kit_has(r, "\"E04\""));
    static const char reads[] = "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'person' AND entity_id = %lld";
    assert_true(kit_number(k, at(k, reads, (long long)id)) > 0);
    as_program(token_of("county", "read"));
    assert_int_equal(kit_get(k, NULL, "/people").status, HTTP_FORBIDDEN);
    as_program(NULL);
}

/* An official form as its program reads it, saves it and is refused: the values by the names of its fields. */
static void
official_forms_are_read_and_saved(void **state)
{
    (void)state;
    struct opened c = case_made(k, "worker_a", "表单丁", "1950-01-01");
    as_program(token_of("worker_a", "write"));
    const char *path = at(k, "/cases/%lld/forms/%lld", (long long)c.id, (long long)c.form_a);
    json_t *j = parsed(kit_get(k, NULL, path));
    assert_string_equal(json_string_value(json_object_get(j, "form")), "A");
    assert_string_equal(json_string_value(json_object_get(j, "status")), "draft");
    assert_true(json_is_object(json_object_get(j, "values")) && json_is_array(json_object_get(j, "files")));
    int64_t save = json_integer_value(json_object_get(j, "save"));
    json_decref(j);
    assert_int_equal(kit_post(k, NULL, path, at(k, "version=%lld&do=draft&address_live=%%E7%%8B%%AC%%E5%%B1%%85", (long long)save)).status, HTTP_OK);
    j = parsed(kit_get(k, NULL, path));
    assert_string_equal(json_string_value(json_object_get(json_object_get(j, "values"), "address_live")), "独居");
    assert_int_equal(json_integer_value(json_object_get(j, "save")), save + 1);
    json_decref(j);
    struct kit_reply r = kit_post(k, NULL, path, at(k, "version=%lld&do=draft&address_live=x", (long long)save));      /* somebody saved in between */
    assert_int_equal(r.status, HTTP_CONFLICT);
    assert_true(str_is(r.type, "application/problem+json"));
    r = kit_post(k, NULL, path, at(k, "version=%lld&do=submit", (long long)save + 1));
    assert_int_equal(r.status, HTTP_INVALID);
    j = parsed(r);
    assert_true(json_array_size(json_object_get(j, "errors")) > 3);
    json_decref(j);
    j = parsed(kit_get(k, NULL, at(k, "/cases/%lld", (long long)c.id)));
    json_t *forms = json_object_get(j, "forms");
    assert_int_equal(json_array_size(forms), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(forms, 0), "id")), at(k, "%lld", (long long)c.form_a));
    json_decref(j);
    as_program(token_of("worker_b", "read"));                                                                  /* of another station */
    assert_int_equal(kit_get(k, NULL, path).status, HTTP_NOT_FOUND);
    as_program(token_of("worker_a2", "read"));
    assert_int_equal(kit_get(k, NULL, path).status, HTTP_NOT_FOUND);                                           /* a colleague: not his case */
    as_program(NULL);
}

/* Units, staff, lamps, ledgers, the inbox: a list each, with its total. */
static void
other_lists_answer_too(void **state)
{
    (void)state;
    const char *const paths[] = {
        "/network", at(k, "/network?q=%%E7%%AB%%99"), "/staff", "/inbox", at(k, "/lamps/%lld", (long long)k->station_a.v), "/ledgers/training",
    };
    as_program(token_of("head_a", "read"));
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct kit_reply r = kit_get(k, NULL, paths[i]);
        if (r.status != HTTP_OK) fail_msg("%s answers %d", paths[i], (int)r.status);
        json_t *j = parsed(r);
        assert_true(json_is_array(json_object_get(j, "items")) && json_is_integer(json_object_get(j, "total")));
        assert_true((int64_t)json_array_size(json_object_get(j, "items")) <= json_integer_value(json_object_get(j, "total")));
        json_decref(j);
    }
    json_t *j = parsed(kit_get(k, NULL, at(k, "/network/%lld", (long long)k->station_a.v)));
    assert_string_equal(json_string_value(json_object_get(j, "id")), at(k, "%lld", (long long)k->station_a.v));
    assert_true(json_is_array(json_object_get(j, "staff")));
    json_decref(j);
    as_program(NULL);
}

static void
a_json_object_is_a_form(void **state)
{
    (void)state;
    struct params ps = { 0 };
    struct str text = STR("{\"name\":\"王\",\"n\":12,\"yes\":true,\"no\":false,\"none\":null,\"ids\":[\"a\",\"b\"],"
                          "\"goals\":[{\"text\":\"x\"},{\"text\":\"y\"}]}");
    assert_true(params_json(&k->arena, &ps, text));
    static const char *const want[][2] = {
        { "name", "王" }, { "n", "12" }, { "yes", "1" }, { "ids", "a" }, { "ids", "b" }, { "goals.0.text", "x" }, { "goals.1.text", "y" },
    };
    assert_int_equal(ps.n, COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) assert_true(str_is(ps.all[i].name, want[i][0]) && str_is(ps.all[i].value, want[i][1]));
    static const char *const wrong[] = {
        "", "[]", "\"x\"", "{\"a\":1,\"a\":2}", "{\"a\":[[1]]}", "{\"a\":\"\\u0007\"}", "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":1}}}}}",
        "{\"a\":1", "{\"a\":\"\\u0000\"}",
    };
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (params_json(&k->arena, &ps, str_of(wrong[i]))) fail_msg("taken: %s", wrong[i]);
}

static void
the_description_is_json_and_names_what_there_is(void **state)
{
    (void)state;
    json_t *j = parsed(kit_get(k, "worker_a", "/api/openapi.json")), *paths = json_object_get(j, "paths");
    assert_string_equal(json_string_value(json_object_get(j, "openapi")), "3.1.0");
    assert_non_null(json_object_get(json_object_get(paths, "/people/{person}"), "get"));
    assert_non_null(json_object_get(json_object_get(paths, "/people/new"), "post"));
    assert_null(json_object_get(json_object_get(paths, "/people/new"), "get"));
    assert_null(json_object_get(paths, "/me/tokens"));
    assert_null(json_object_get(paths, "/login"));
    json_decref(j);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_reads_what_its_user_may_and_no_more), cmocka_unit_test(a_token_ends_by_day_by_hand_and_with_the_password),
        cmocka_unit_test(problems_name_their_fields), cmocka_unit_test(the_same_key_is_done_once),
        cmocka_unit_test(what_did_not_change_is_not_sent_again), cmocka_unit_test(json_shows_no_more_than_the_page),
        cmocka_unit_test(official_forms_are_read_and_saved),
        cmocka_unit_test(other_lists_answer_too), cmocka_unit_test(a_json_object_is_a_form), cmocka_unit_test(the_description_is_json_and_names_what_there_is),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
