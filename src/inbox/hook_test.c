/* Hooks: what another system is told, and what not; that nothing is missed when it cannot be reached. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>
#include "inbox/hook.h"
#include "test/cases.h"
#include "test/listener.h"

static struct kit *k;
static const char taken[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static bool
writes(struct arena *a, bool (*run)(struct db *, void *), void *arg)
{
    (void)a;
    kit_begin(k);
    bool ok = run(k->db, arg);
    kit_commit(k);
    return ok;
}

/* Rounds until one is told something; then what was heard, as JSON. */
static json_t *
told(const char *answer)
{
    if (heard.answer != answer || heard.n) listen_again(answer);
    kit_begin(k);
    db_exec(k->db, "UPDATE hook SET next_at = 1");
    kit_commit(k);
    listen_begin();
    if (!hook_round(&k->arena, writes, NULL)) fail_msg("nothing to tell");
    listen_end();
    const char *body = strstr(heard.got, "\r\n\r\n");
    json_t *j = body ? json_loads(body + 4, 0, NULL) : NULL;
    if (j == NULL) fail_msg("heard %.500s", heard.got);
    return j;
}

static bool
has_event(const json_t *j, const char *entity, const char *action, int64_t id)
{
    const json_t *events = json_object_get(j, "events");
    const char *text = at(k, "%lld", (long long)id);
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *e = json_array_get(events, i);
        if (strcmp(json_string_value(json_object_get(e, "entity")), entity) == 0 && strcmp(json_string_value(json_object_get(e, "entity_id")), text) == 0
            && (action == NULL || strcmp(json_string_value(json_object_get(e, "action")), action) == 0)) return true;
    }
    return false;
}

/* The only hook there is, to a port where somebody will listen; it was already told that it was made. */
static const char *
made(const char *entities)
{
    listening(false, taken);
    kit_begin(k);
    db_exec(k->db, "UPDATE hook SET ended_at = 1");
    kit_commit(k);
    struct kit_reply r = kit_post(k, "admin", "/settings/hooks", at(k, "name=x&url=%s&secret=s3cret%s",
                                  kit_enc(k, at(k, "http://127.0.0.1:%d/in?key=1", heard.port)).p, entities));
    if (r.status != HTTP_OK) fail_msg("%d %.1000s", (int)r.status, str_z(&k->arena, r.body));
    int64_t id = kit_number(k, "SELECT id FROM hook WHERE ended_at IS NULL");
    json_t *j = told(taken);
    assert_true(has_event(j, "hook", "create", id));
    json_decref(j);
    return at(k, "/settings/hooks/%lld", (long long)id);
}

static void
changes_are_told_signed_and_without_a_name(void **state)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    char hex[2 * sizeof mac + 1];
    crypto_auth_hmacsha256_state s;
    (void)state;
    made("&entities=case&entities=person");
    struct opened c = case_made(k, "worker_a", "通知里没有的名字", "1950-01-01");
    kit_get(k, "worker_a", at(k, "/people/%lld", (long long)c.person));                                    /* a reading is nobody's business */
    json_t *j = told(taken);
    assert_true(has_event(j, "person", "create", c.person) && has_event(j, "case", NULL, c.id));
    assert_false(has_event(j, "person", "read", c.person));
    assert_null(strstr(heard.got, "通知里没有的名字"));
    json_decref(j);
    const char *body = strstr(heard.got, "\r\n\r\n") + 4, *time = strstr(heard.got, "X-Nuan-Timestamp: "), *sign = strstr(heard.got, "sha256=");
    struct str signed_ = str_fmt(&k->arena, "%.*s.%s", (int)strcspn(time + 18, "\r"), time + 18, body);
    crypto_auth_hmacsha256_init(&s, (const unsigned char *)"s3cret", 6);
    crypto_auth_hmacsha256_update(&s, (const unsigned char *)signed_.p, signed_.n);
    crypto_auth_hmacsha256_final(&s, mac);
    sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
    assert_memory_equal(sign + 7, hex, 64);
    assert_false(hook_round(&k->arena, writes, NULL));                                                      /* once */
}

/* codes.md 9.2: of level S4 nobody outside learns that there is something. */
static void
other_records_and_sealed_people_are_not_told(void **state)
{
    (void)state;
    made("&entities=referral&entities=person");
    int64_t sealed = case_person_made(k, "worker_a", "密封的人", "1980-01-01");
    kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)sealed), "category=E04&from_on=2020-01-01&source=list");
    struct opened c = case_made(k, "worker_a", "普通的人", "1950-01-01");
    json_t *j = told(taken);
    assert_true(has_event(j, "person", "create", c.person));
    assert_false(has_event(j, "person", NULL, sealed) || has_event(j, "case", NULL, c.id));
    json_decref(j);
}

static void
what_cannot_be_received_is_told_later(void **state)
{
    (void)state;
    const char *path = made("&entities=person");
    int64_t first = case_person_made(k, "worker_a", "失败一", "1950-01-01");
    json_t *j = told("HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    assert_true(has_event(j, "person", "create", first));
    json_decref(j);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM hook WHERE ended_at IS NULL AND tries = 1 AND error = 'status 500'"), 1);
    assert_false(hook_round(&k->arena, writes, NULL));                                                      /* not before its time */
    int64_t second = case_person_made(k, "worker_a", "失败二", "1950-01-01");
    j = told(taken);
    assert_true(has_event(j, "person", "create", first) && has_event(j, "person", "create", second));      /* nothing is missing */
    json_decref(j);
    case_person_made(k, "worker_a", "失败三", "1950-01-01");
    for (int i = 0; i < 9; i++) {                                                                           /* nobody listens any more */
        kit_begin(k);
        db_exec(k->db, "UPDATE hook SET next_at = 1");
        kit_commit(k);
        hook_round(&k->arena, writes, NULL);
    }
    assert_int_equal(kit_number(k, "SELECT count(*) FROM hook WHERE ended_at IS NULL AND tries = 7 AND paused_at IS NOT NULL"), 1);
    assert_true(kit_has(kit_get(k, "admin", "/settings/hooks"), "已暂停"));
    assert_int_equal(kit_post(k, "admin", at(k, "%s/resume", path), "").status, HTTP_SEE_OTHER);
    j = told(taken);
    assert_int_equal(kit_number(k, "SELECT tries FROM hook WHERE ended_at IS NULL"), 0);
    assert_true(json_array_size(json_object_get(j, "events")) >= 1);
    json_decref(j);
}

static void
hooks_are_the_administrators_checked_and_sealed(void **state)
{
    (void)state;
    static const char *const bad[] = { "name=x&url=http%3A%2F%2Felsewhere.cn%2Fx&entities=case", "name=x&url=https%3A%2F%2Fa.cn%2F+x&entities=case",
                                       "name=x&url=https%3A%2F%2Fa.cn%2Fx",
                                       "name=x&url=https%3A%2F%2Fa.cn%2Fx&entities=report", "name=&url=https%3A%2F%2Fa.cn&entities=case" };
    for (size_t i = 0; i < COUNT(bad); i++)
        if (kit_post(k, "admin", "/settings/hooks", bad[i]).status != HTTP_INVALID) fail_msg("taken: %s", bad[i]);
    const char *path = made("&entities=case");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM hook WHERE settings_sealed LIKE '%s3cret%' OR settings_sealed LIKE '%127.0.0.1%'"), 0);
    assert_false(kit_has(kit_get(k, "admin", "/settings/hooks"), "s3cret") || kit_has(kit_get(k, "admin", "/settings/hooks"), "key=1"));
    assert_int_equal(kit_get(k, "head_a", "/settings/hooks").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "head_a", at(k, "%s/end", path), "").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "admin", at(k, "%s/explode", path), "").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "admin", "/settings/hooks/999/end", "").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "admin", at(k, "%s/test", path), "").status, HTTP_SEE_OTHER);
    json_t *j = told(taken);
    assert_int_equal(json_array_size(json_object_get(j, "events")), 1);
    json_decref(j);
    assert_int_equal(kit_post(k, "admin", at(k, "%s/end", path), "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "admin", at(k, "%s/end", path), "").status, HTTP_NOT_FOUND);
    kit_begin(k);
    db_exec(k->db, "UPDATE hook SET next_at = 1");
    kit_commit(k);
    assert_false(hook_round(&k->arena, writes, NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_told_signed_and_without_a_name), cmocka_unit_test(other_records_and_sealed_people_are_not_told),
        cmocka_unit_test(what_cannot_be_received_is_told_later), cmocka_unit_test(hooks_are_the_administrators_checked_and_sealed),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
