/* The crisis path: who is told at once, in the inbox, by mail and webhook; that neither says who it is about, and that neither can harm
 * what was saved.  The mail server and the robot are played by a socket of the test. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "inbox/courier.h"
#include "test/cases.h"
#include "test/listener.h"

static struct kit *k;

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

static size_t
round_now(bool with_listener)
{
    if (with_listener) listen_begin();
    size_t n = courier_round(&k->arena, writes);
    if (with_listener) listen_end();
    return n;
}

/* ---- Settings ---- */

static void
set(const char *what, const char *params)
{
    struct kit_reply r = kit_post(k, "admin", at(k, "/settings/channels/%s", what), params);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d %.2000s", what, (int)r.status, str_z(&k->arena, r.body));
}

static void
webhook(const char *format, int port)
{
    set("webhook", at(k, "url=%s&format=%s&secret=s3cret", kit_enc(k, at(k, "http://127.0.0.1:%d/hook?key=1", port)).p, format));
}

static void
all_off(void)
{
    set("webhook", "url=&format=plain&secret=");
    set("mail", "host=&tls=none&port=25");
    kit_begin(k);
    db_exec(k->db, "DELETE FROM message");
    kit_commit(k);
}

static struct opened
crisis_case(const char *name)
{
    struct opened c = case_made(k, "worker_a", name, "1960-01-01");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "urgency", "1");
    case_submit_sheet(k, "worker_a", c.id, "A", &a);
    return c;
}

static int64_t
waiting(const char *login, int64_t entity, const char *kind)
{
    return kit_number(k, at(k, "SELECT count(*) FROM inbox WHERE account_id = %lld AND entity_id = %lld AND kind = '%s' AND done_at IS NULL",
                            (long long)kit_user(k, login).v, (long long)entity, kind));
}

/* ---- Tests ---- */

static void
a_crisis_reaches_supervisor_and_head_at_once(void **state)
{
    (void)state;
    struct opened calm = case_made(k, "worker_a", "平常个案", "1960-01-01");
    case_submit(k, "worker_a", calm.id, "A");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM inbox"), 0);
    struct opened c = crisis_case("危急的人");
    assert_int_equal(waiting("supervisor_a", c.id, "crisis"), 1);
    assert_int_equal(waiting("head_a", c.id, "crisis"), 1);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM inbox WHERE account_id IN (%lld, %lld, %lld)", (long long)kit_user(k, "worker_b").v,
                                      (long long)kit_user(k, "head_b").v, (long long)kit_user(k, "worker_a").v)), 0);
    struct kit_reply r = kit_get(k, "supervisor_a", "/inbox");
    assert_true(kit_has(r, "危急个案"));
    assert_true(kit_has(r, at(k, "/cases/%lld", (long long)c.id)));
    assert_false(kit_has(r, "危急的人"));                                  /* a number, not a name */
    assert_true(kit_has(r, "收件箱：1 件待办"));
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/cases/%lld", (long long)c.id)), "危急个案：限时补齐"));
    assert_false(kit_has(kit_get(k, "worker_a", at(k, "/cases/%lld", (long long)calm.id)), "危急个案：限时补齐"));
}

static void
what_is_done_leaves_the_inbox_and_comes_back(void **state)
{
    (void)state;
    int64_t id = kit_number(k, at(k, "SELECT max(id) FROM inbox WHERE account_id = %lld", (long long)kit_user(k, "supervisor_a").v));
    const char *done = at(k, "/inbox/%lld/done", (long long)id);
    assert_int_equal(kit_post(k, "head_a", done, "").status, HTTP_NOT_FOUND);         /* somebody else's */
    assert_int_equal(kit_post(k, "supervisor_a", done, "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM inbox WHERE id = %lld AND done_at IS NULL", (long long)id)), 0);
    assert_true(kit_has(kit_get(k, "supervisor_a", "/inbox?view=done"), "危急个案"));
    assert_int_equal(kit_post(k, "supervisor_a", at(k, "/inbox/%lld/undone", (long long)id), "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM inbox WHERE id = %lld AND done_at IS NULL", (long long)id)), 1);
}

static void
a_webhook_is_signed_and_says_nothing_of_anybody(void **state)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    char hex[2 * sizeof mac + 1];
    crypto_auth_hmacsha256_state s;
    (void)state;
    listening(false, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    webhook("plain", heard.port);
    crisis_case("绝不外传的名字");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM message WHERE channel = 'webhook'"), 1);
    assert_int_equal(round_now(true), 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM message WHERE sent_at IS NOT NULL AND next_at IS NULL AND tries = 1"), 1);
    const char *body = strstr(heard.got, "\r\n\r\n"), *time = strstr(heard.got, "X-Nuan-Timestamp: "), *sign = strstr(heard.got, "sha256=");
    assert_non_null(body);
    assert_non_null(time);
    assert_non_null(sign);
    assert_null(strstr(heard.got, "绝不外传的名字"));
    assert_null(strstr(heard.got, "CJ-"));
    assert_non_null(strstr(body, post_text));
    struct str signed_ = str_fmt(&k->arena, "%.*s.%s", (int)strcspn(time + 18, "\r"), time + 18, body + 4);
    crypto_auth_hmacsha256_init(&s, (const unsigned char *)"s3cret", 6);
    crypto_auth_hmacsha256_update(&s, (const unsigned char *)signed_.p, signed_.n);
    crypto_auth_hmacsha256_final(&s, mac);
    sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
    assert_memory_equal(sign + 7, hex, 64);
    assert_int_equal(round_now(false), 0);                               /* once */
    all_off();
}

static void
the_robots_get_their_own_formats(void **state)
{
    (void)state;
    static const char ok[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    static const char *const formats[] = { "wecom", "dingtalk" };
    for (size_t i = 0; i < COUNT(formats); i++) {
        listening(false, ok);
        webhook(formats[i], heard.port);
        set("test", "");
        assert_int_equal(round_now(true), 1);
        assert_non_null(strstr(heard.got, "{\"msgtype\": \"text\", \"text\": {\"content\": \""));
        assert_int_equal(strstr(heard.got, "&timestamp=") != NULL && strstr(heard.got, "&sign=") != NULL, i == 1);
        assert_int_equal(kit_number(k, "SELECT count(*) FROM message WHERE sent_at IS NULL"), 0);
        all_off();
    }
}

static void
a_webhook_that_fails_breaks_nothing_and_is_tried_again(void **state)
{
    (void)state;
    listening(false, "HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    webhook("plain", heard.port);
    struct opened c = crisis_case("保存成功的人");                         /* the save itself ends in a redirect, or the test ends */
    assert_int_equal(round_now(true), 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM message WHERE sent_at IS NULL AND next_at IS NOT NULL AND tries = 1"
                                   " AND error = 'status 500'"), 1);
    assert_int_equal(waiting("head_a", c.id, "crisis"), 1);
    heard.fd = -1;
    assert_int_equal(round_now(false), 0);                               /* not before its time */
    for (int i = 0; i < 8; i++) {                                        /* nobody listens any more */
        kit_begin(k);
        db_exec(k->db, "UPDATE message SET next_at = 1000 WHERE next_at IS NOT NULL");
        kit_commit(k);
        round_now(false);
    }
    assert_int_equal(kit_number(k, "SELECT count(*) FROM message WHERE sent_at IS NULL AND next_at IS NULL AND tries = 7"), 1);     /* given up */
    assert_true(kit_has(kit_get(k, "admin", "/settings/channels"), "发送失败"));
    all_off();
}

static void
mail_goes_to_who_has_an_address_and_names_nobody(void **state)
{
    (void)state;
    listening(true, NULL);
    set("mail", at(k, "host=127.0.0.1&port=%d&tls=none&user=&password=&from=nuan%%40example.cn", heard.port));
    set("address", at(k, "account=%lld&address=head%%40example.cn", (long long)kit_user(k, "head_a").v));
    crisis_case("信里没有的名字");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM message WHERE channel = 'mail'"), 1);     /* of the crisis and of its duty: one */
    assert_int_equal(round_now(true), 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM message WHERE sent_at IS NOT NULL"), 1);
    assert_non_null(strstr(heard.got, "MAIL FROM:<nuan@example.cn>"));
    assert_non_null(strstr(heard.got, "RCPT TO:<head@example.cn>"));
    assert_null(strstr(heard.got, "信里没有的名字"));
    const char *text = strstr(heard.got, "auto-generated\r\n\r\n");
    char plain[400] = "";
    size_t n = 0;
    assert_non_null(text);
    assert_int_equal(sodium_base642bin((unsigned char *)plain, sizeof plain - 1, text + 18, strcspn(text + 18, "\r"), NULL, &n, NULL,
                                       sodium_base64_VARIANT_ORIGINAL), 0);
    assert_string_equal(plain, post_text);
    all_off();
}

static void
settings_are_checked_sealed_and_the_administrators(void **state)
{
    (void)state;
    static const char *const bad[] = { "url=http%3A%2F%2Felsewhere.cn%2Fx&format=plain&secret=x", "url=ftp%3A%2F%2Fx&format=plain&secret=x" };
    for (size_t i = 0; i < COUNT(bad); i++) assert_int_equal(kit_post(k, "admin", "/settings/channels/webhook", bad[i]).status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "admin", "/settings/channels/mail", "host=a%0d%0ab&tls=tls&from=a%40b.cn").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "admin", "/settings/channels/mail", "host=a.cn&tls=tls&from=a%40b.cn%3E%0d%0aBcc").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "admin", "/settings/channels/address", at(k, "account=%lld&address=nobody", (long long)kit_user(k, "head_a").v)).status,
                     HTTP_INVALID);
    assert_int_equal(kit_post(k, "head_a", "/settings/channels/webhook", "url=&format=plain").status, HTTP_FORBIDDEN);
    webhook("plain", 9);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM setting WHERE value LIKE '%s3cret%' OR value LIKE '%127.0.0.1%'"), 0);
    assert_false(kit_has(kit_get(k, "admin", "/settings/channels"), "s3cret"));
    all_off();
}

static void
how_a_victim_may_be_called_is_said_beside_the_telephone(void **state)
{
    (void)state;
    struct opened c = case_made(k, "worker_a", "须小心联系的人", "1985-01-01");
    const char *edit = at(k, "/people/%lld/edit", (long long)c.person);
    int64_t version = kit_number(k, at(k, "SELECT version FROM person WHERE id = %lld", (long long)c.person));
    const char *name = kit_enc(k, "须小心联系的人").p;
    const char *params = at(k, "version=%lld&name=%s&sex=2&born=1985-01-01&phone=13800000066&call_rule=hours", (long long)version, name);
    assert_int_equal(kit_post(k, "worker_a", edit, params).status, HTTP_INVALID);      /* which hours? */
    params = at(k, "%s&safe_hours=%s&safe_phone=13800000067", params, kit_enc(k, "周三上午").p);
    assert_int_equal(kit_post(k, "worker_a", edit, params).status, HTTP_SEE_OTHER);
    const char *pages[] = { at(k, "/people/%lld", (long long)c.person), at(k, "/people/%lld/contacts", (long long)c.person),
                            at(k, "/people?q=%s", name), at(k, "/search?q=%s", name), at(k, "/cases/%lld", (long long)c.id),
                            at(k, "/cases/%lld/forms/%lld", (long long)c.id, (long long)c.form_a) };
    for (size_t i = 0; i < COUNT(pages); i++)
        if (!kit_has(kit_get(k, "worker_a", pages[i]), "只在安全时段联系：周三上午")) fail_msg("no warning on %s", pages[i]);
    assert_true(kit_has(kit_get(k, "worker_a", pages[0]), "13800000067"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM person WHERE safe_phone_sealed LIKE '%13800000067%'"), 0);
    struct opened other = case_made(k, "worker_a", "普通联系的人", "1985-01-01");
    assert_false(kit_has(kit_get(k, "worker_a", at(k, "/people/%lld", (long long)other.person)), "安全时段联系"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crisis_reaches_supervisor_and_head_at_once),
        cmocka_unit_test(what_is_done_leaves_the_inbox_and_comes_back),
        cmocka_unit_test(a_webhook_is_signed_and_says_nothing_of_anybody),
        cmocka_unit_test(the_robots_get_their_own_formats),
        cmocka_unit_test(a_webhook_that_fails_breaks_nothing_and_is_tried_again),
        cmocka_unit_test(mail_goes_to_who_has_an_address_and_names_nobody),
        cmocka_unit_test(settings_are_checked_sealed_and_the_administrators),
        cmocka_unit_test(how_a_victim_may_be_called_is_said_beside_the_telephone),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
