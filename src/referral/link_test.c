/* An agency without an account: a link and a code, what they open, and what they do not. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "test/cases.h"
#include "test/refer.h"

static struct kit *k;
static int64_t person, id;
static const char *path, *code;         /* "/r/TOKEN" */

/* The text behind a mark in a page, up to a quote or a tag. */
static const char *
behind(struct kit_reply r, const char *mark)
{
    const char *found = strstr(str_z(&k->arena, r.body), mark);
    if (found == NULL) fail_msg("no %s in %.1500s", mark, str_z(&k->arena, r.body));
    found += strlen(mark);
    return str_z(&k->arena, (struct str){ found, strcspn(found, "\"<") });
}

static void
make_link(void)
{
    struct kit_reply r = kit_post(k, "worker_a", at(k, "/referrals/%lld/link", (long long)id), "");
    assert_int_equal(r.status, HTTP_OK);
    path = at(k, "/r/%s", behind(r, "href=\"/r/"));
    code = behind(r, "<strong>");
    assert_int_equal(strlen(code), 6);
    k->cookie = NULL;
}

static void
sent(const char *name)
{
    person = case_person_made(k, "worker_a", name, "1950-02-02");
    kit_post(k, "worker_a", at(k, "/people/%lld/edit", (long long)person), at(k, "version=1&name=%s&born=1950-02-02&address=%s", kit_enc(k, name).p,
             kit_enc(k, "秘密路9号").p));
    id = refer_out(k, "worker_a", at(k, "person=%lld", (long long)person), at(k,
            "target=agency&to_org=%s&to_person=x&to_phone=13800000000&fields=born", kit_enc(k, "康复医院").p));
    refer_agree(k, "worker_a", id);
    assert_int_equal(kit_post(k, "worker_a", at(k, "/referrals/%lld/link", (long long)id), "").status, HTTP_CONFLICT);     /* not sent yet */
    refer_send(k, "worker_a", id);
    make_link();
}

static struct kit_reply
give(const char *typed)
{
    struct kit_reply r = kit_post(k, NULL, path, at(k, "code=%s", typed));
    if (r.status != HTTP_SEE_OTHER) return r;
    struct str first = r.cookies;
    k->cookie = str_z(&k->arena, str_cut(&first, ';'));
    return r;
}

static const char *
wrong(void)
{
    return strcmp(code, "111111") == 0 ? "222222" : "111111";
}

static bool
in_state(const char *state)
{
    return kit_number(k, at(k, "SELECT count(*) FROM referral WHERE id = %lld AND state = '%s'", (long long)id, state)) == 1;
}

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static void
link_and_code_open_what_was_shared_and_nothing_else(void **state)
{
    (void)state;
    sent("链接的人");
    struct kit_reply r = kit_get(k, NULL, path);
    assert_int_equal(r.status, HTTP_OK);
    assert_false(kit_has(r, "链接的人"));                                  /* not before the code */
    assert_false(kit_has(r, "康复医院"));
    assert_true(kit_has(r, "noindex"));
    assert_true(in_state("sent"));
    assert_int_equal(give(code).status, HTTP_SEE_OTHER);
    assert_true(in_state("received"));
    r = kit_get(k, NULL, path);
    assert_true(kit_has(r, "链接的人"));
    assert_true(kit_has(r, "1950-02-02"));
    assert_true(kit_has(r, "需要专门服务"));
    assert_false(kit_has(r, "秘密路9号"));
    assert_false(kit_has(r, "class=\"side\""));                            /* no house around it */
    const char *title = behind(r, "<title>");
    assert_null(strstr(title, "链接的人"));
    assert_int_equal(kit_get(k, NULL, at(k, "/referrals/%lld", (long long)id)).status, HTTP_SEE_OTHER);     /* to the sign-in */
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM disclosure WHERE referral_id = %lld AND kind = 'link' AND by_id IS NULL", (long long)id)), 1);
}

static void
neither_address_nor_code_is_stored(void **state)
{
    (void)state;
    sent("不留痕的人");
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM referral_link WHERE token_hash LIKE '%%%s%%' OR code_hash LIKE '%%%s%%'", path + 3, code)), 0);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM referral_link WHERE length(token_hash) = 64"), kit_number(k, "SELECT count(*) FROM referral_link"));
    struct kit_reply r = kit_get(k, "worker_a", at(k, "/referrals/%lld", (long long)id));
    assert_false(kit_has(r, path));
    assert_false(kit_has(r, code));
}

static void
the_agency_answers_and_gives_feedback_later(void **state)
{
    (void)state;
    sent("被接收的人");
    assert_int_equal(kit_post(k, NULL, at(k, "%s/answer", path), "decision=accept&by=x&reason=").status, HTTP_FORBIDDEN);      /* no code yet */
    give(code);
    assert_int_equal(kit_post(k, NULL, at(k, "%s/feedback", path), "by=x&text=x").status, HTTP_CONFLICT);
    struct kit_reply r = kit_post(k, NULL, at(k, "%s/answer", path), "decision=refuse&by=x&reason=");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "不接收须写明原因"));
    assert_int_equal(kit_post(k, NULL, at(k, "%s/answer", path), at(k, "decision=accept&by=%s&reason=", kit_enc(k, "李主任").p)).status, HTTP_SEE_OTHER);
    assert_true(in_state("accepted"));
    assert_int_equal(kit_post(k, NULL, at(k, "%s/answer", path), "decision=refuse&by=x&reason=x").status, HTTP_CONFLICT);
    assert_int_equal(kit_post(k, NULL, at(k, "%s/feedback", path), at(k, "by=x&text=%s", kit_enc(k, "已入院治疗").p)).status, HTTP_SEE_OTHER);
    assert_true(in_state("feedback"));
    r = kit_get(k, "worker_a", at(k, "/referrals/%lld", (long long)id));
    assert_true(kit_has(r, "已入院治疗"));
    assert_true(kit_has(r, "康复医院 · 李主任"));
    assert_int_equal(kit_post(k, "worker_a", at(k, "/referrals/%lld/close", (long long)id), "note=").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, NULL, path).status, HTTP_NOT_FOUND);
}

static void
a_refusal_spends_the_link_and_brings_the_case_back(void **state)
{
    (void)state;
    struct opened o = case_made(k, "worker_a", "链接案主", "1950-03-03");
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "decision", "refer");
    sheet_set(&a, "decision_reason", "x");
    case_submit_sheet(k, "worker_a", o.id, "A", &a);
    id = kit_number(k, at(k, "SELECT id FROM referral WHERE case_id = %lld", (long long)o.id));
    refer_edit(k, "worker_a", id, at(k, "case_=%lld", (long long)o.id), "target=agency&to_org=x&to_person=x&to_phone=13800000000");
    refer_agree(k, "worker_a", id);
    refer_send(k, "worker_a", id);
    assert_true(case_in(k, o.id, "referred_out"));
    make_link();
    give(code);
    assert_int_equal(kit_post(k, NULL, at(k, "%s/answer", path), at(k, "decision=refuse&by=x&reason=%s", kit_enc(k, "床位已满").p)).status, HTTP_SEE_OTHER);
    assert_true(case_in(k, o.id, "intake"));
    assert_int_equal(kit_get(k, NULL, path).status, HTTP_NOT_FOUND);
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/referrals/%lld", (long long)id)), "床位已满"));
}

static void
five_wrong_codes_end_it(void **state)
{
    (void)state;
    sent("被猜的人");
    for (int i = 0; i < 4; i++) {
        struct kit_reply r = give(wrong());
        assert_int_equal(r.status, HTTP_INVALID);
        assert_true(kit_has(r, "验证码不正确"));
    }
    assert_true(kit_has(give(wrong()), "链接已失效"));
    assert_int_equal(give(code).status, HTTP_NOT_FOUND);                  /* the right one comes too late */
    assert_true(in_state("sent"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM disclosure WHERE referral_id = %lld AND kind = 'link'", (long long)id)), 0);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE entity_id = %lld AND action IN ('link_failed', 'link_locked')", (long long)id)), 5);
}

static void
it_ends_by_time_by_hand_by_a_new_one_and_by_withdrawn_consent(void **state)
{
    (void)state;
    sent("过期的人");
    clock_stop((struct instant){ instant_now().ms + INT64_C(15) * 86400000 });
    assert_int_equal(kit_get(k, NULL, path).status, HTTP_NOT_FOUND);
    clock_stop(NO_TIME);
    assert_int_equal(kit_get(k, NULL, path).status, HTTP_OK);
    const char *old = path;
    make_link();
    assert_int_equal(kit_get(k, NULL, old).status, HTTP_NOT_FOUND);
    give(code);
    int64_t consent = kit_number(k, at(k, "SELECT id FROM consent WHERE person_id = %lld AND kind = 'share'", (long long)person));
    kit_post(k, "worker_a", at(k, "/people/%lld/consents/%lld/withdraw", (long long)person, (long long)consent), "why=x");
    assert_int_equal(kit_get(k, NULL, path).status, HTTP_NOT_FOUND);      /* even for who had opened it */
    assert_int_equal(kit_get(k, NULL, "/r/0000").status, HTTP_NOT_FOUND);
    sent("停用的人");
    assert_int_equal(kit_post(k, "worker_a", at(k, "/referrals/%lld/link/end", (long long)id), "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, NULL, path).status, HTTP_NOT_FOUND);
}

static void
only_who_refers_makes_a_link(void **state)
{
    (void)state;
    sent("别人的转介");
    const char *make = at(k, "/referrals/%lld/link", (long long)id);
    assert_int_equal(kit_post(k, "worker_b", make, "").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_a2", make, "").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "clerk_a", make, "").status, HTTP_FORBIDDEN);
    int64_t inside = refer_clerk(k, "站内的人", "");
    assert_int_equal(kit_post(k, "worker_a", at(k, "/referrals/%lld/link", (long long)inside), "").status, HTTP_FORBIDDEN);
}

/* The last one: it uses up the tries of the kit's address for this minute. */
static void
many_tries_from_one_address_are_refused(void **state)
{
    (void)state;
    enum http last = HTTP_OK;
    sent("被扫的人");
    for (int i = 0; i < 40 && last != HTTP_TOO_MANY; i++) last = kit_get(k, NULL, path).status;
    assert_int_equal(last, HTTP_TOO_MANY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(link_and_code_open_what_was_shared_and_nothing_else), cmocka_unit_test(neither_address_nor_code_is_stored),
        cmocka_unit_test(the_agency_answers_and_gives_feedback_later), cmocka_unit_test(a_refusal_spends_the_link_and_brings_the_case_back),
        cmocka_unit_test(five_wrong_codes_end_it), cmocka_unit_test(it_ends_by_time_by_hand_by_a_new_one_and_by_withdrawn_consent),
        cmocka_unit_test(only_who_refers_makes_a_link), cmocka_unit_test(many_tries_from_one_address_are_refused),
    };
    return cmocka_run_group_tests_name("one-time links", tests, open_kit, close_kit);
}
