/* Possible doubles: who is shown to whom, and that a hint never stops anybody. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "people/people.h"
#include "test/kit.h"

enum { AREA = 350424 };

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static int64_t
registered(const char *login, const char *name, const char *more)
{
    struct kit_reply r = kit_post(k, login, "/people/new", str_fmt(&k->arena, "name=%.*s&%s", FMT(kit_enc(k, name)), more).p);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d %.800s", name, (int)r.status, str_z(&k->arena, r.body));
    return kit_id_in(r.location, "/people/");
}

static const char *
at(const char *fmt, int64_t a, int64_t b)
{
    char z[300];
    snprintf(z, sizeof z, fmt, (long long)a, (long long)b);
    return str_fmt(&k->arena, "%s", z).p;
}

static struct kit_reply
hint(const char *login, const char *name, const char *more)
{
    return kit_post(k, login, "/people/same", str_fmt(&k->arena, "name=%.*s&%s", FMT(kit_enc(k, name)), more).p);
}

static void
a_hint_shows_who_is_alike_and_does_not_stop(void **state)
{
    (void)state;
    int64_t a = registered("worker_a", "江晓红", "born=1950-02-03&phone=13800001111");
    struct kit_reply r = hint("worker_a", "姜小红", "born=1950-02-03");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, at("/people/%lld", a, 0)) && kit_has(r, "姓名读音和出生日期相同"));
    assert_false(kit_has(r, "<html"));
    assert_true(kit_has(hint("worker_a", "姜小红", "phone=13800001111"), "姓名读音和电话相同"));
    assert_false(kit_has(hint("worker_a", "姜小红", "born=1950-02-04"), "江晓红"));
    assert_false(kit_has(hint("worker_a", "江晓红", "born=1951-02-04"), "/people/"));     /* a common name is not yet a hint */
    assert_false(kit_has(hint("worker_b", "姜小红", "born=1950-02-03"), "江晓红"));       /* another station */
    int64_t b = registered("worker_a", "姜小红", "born=1950-02-03");
    struct kit_reply page = kit_get(k, "worker_a", at("/people/%lld", b, 0));
    assert_true(kit_has(page, "可能已经登记") && kit_has(page, at("/people/%lld", a, 0)));
    assert_false(kit_has(hint("worker_a", "姜小红", at("born=1950-02-03&person=%lld", a, 0)), "江晓红"));
}

static void
pairs_of_a_station_are_listed_until_somebody_tells_them_apart(void **state)
{
    (void)state;
    int64_t a = registered("worker_a", "巫水生", "born=1960-01-01"), b = registered("worker_a", "巫水生", "born=1960-01-01");
    const char *link = at("/people/%lld/merge/%lld", a, b), *apart = at("/people/%lld/distinct/%lld", a, b);
    struct kit_reply r = kit_get(k, "head_a", "/people/doubles");
    assert_true(kit_has(r, link) && kit_has(r, "巫水生"));
    assert_false(kit_has(kit_get(k, "worker_a", "/people/doubles"), link));     /* who may not merge is shown them without the button */
    assert_true(kit_has(kit_get(k, "worker_a", "/people/doubles"), "巫水生"));
    assert_false(kit_has(kit_get(k, "worker_b", "/people/doubles"), "巫水生"));
    assert_int_equal(kit_post(k, "worker_a", apart, "").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "head_b", apart, "").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "head_a", at("/people/%lld/distinct/%lld", a, a), "").status, HTTP_NOT_FOUND);
    r = kit_post(k, "head_a", apart, "");
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_false(kit_has(kit_get(k, "head_a", "/people/doubles"), "巫水生"));
    assert_false(kit_has(kit_get(k, "head_a", at("/people/%lld", b, 0)), "可能已经登记"));
    assert_int_equal(kit_post(k, "head_a", at("/people/%lld/alike/%lld", b, a), "").status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "head_a", "/people/doubles"), "巫水生"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action IN ('distinct', 'distinct_undone')"), 2);
}

static void
two_numbers_are_two_people(void **state)
{
    (void)state;
    registered("worker_a", "罗长根", "idno=350499196001010018");
    registered("worker_a", "罗长根", "idno=350499196001010034");
    assert_false(kit_has(kit_get(k, "head_a", "/people/doubles"), "罗长根"));
    assert_false(kit_has(hint("worker_a", "罗长根", "born=1960-01-01&idno=350499196001010050"), "/people/"));
    registered("worker_a", "罗长根", "born=1960-01-01");
    assert_true(kit_has(kit_get(k, "head_a", "/people/doubles"), "罗长根"));
}

/* Of a person of level S4 nobody learns by a hint, neither that he is there nor his name. */
static void
who_is_sealed_is_never_a_hint(void **state)
{
    (void)state;
    int64_t a = registered("worker_a", "甘玉珍", "born=1980-05-05&phone=13900002222");
    assert_int_equal(kit_post(k, "worker_a", at("/people/%lld/categories", a, 0), "category=F01&from_on=2026-01-01&source=assessment").status,
                     HTTP_SEE_OTHER);
    registered("worker_a2", "甘玉珍", "born=1980-05-05");
    assert_true(kit_has(hint("worker_a", "甘玉珍", "born=1980-05-05"), at("/people/%lld", a, 0)));
    assert_false(kit_has(hint("worker_a2", "甘玉珍", "born=1980-05-05"), at("/people/%lld", a, 0)));
    assert_false(kit_has(kit_get(k, "worker_a2", "/people/doubles"), at("/people/%lld\"", a, 0)));
    assert_false(kit_has(kit_get(k, "head_a", "/people/doubles"), "甘玉珍"));
    assert_true(kit_has(kit_get(k, "worker_a", "/people/doubles"), at("/people/%lld\"", a, 0)));
}

/* What was ended by a slip is back with one press, for who did it and for ten minutes. */
static void
a_slip_is_taken_back(void **state)
{
    (void)state;
    int64_t a = registered("worker_a", "施宝山", "born=1944-04-04"), h;
    kit_post(k, "worker_a", at("/people/%lld/categories", a, 0), "category=A01&from_on=2026-01-01&source=list");
    kit_post(k, "worker_a", at("/people/%lld/contacts", a, 0), "kind=carer&name=x");
    h = kit_id_in(kit_post(k, "worker_a", "/households/new", at("head=%lld", a, 0)).location, "/households/");
    int64_t category = kit_number(k, at("SELECT id FROM person_category WHERE person_id = %lld", a, 0));
    int64_t contact = kit_number(k, at("SELECT id FROM contact WHERE person_id = %lld", a, 0));
    int64_t member = kit_number(k, at("SELECT id FROM member WHERE person_id = %lld", a, 0));
    const char *undo[] = { at("/people/%lld/categories/%lld/again", a, category), at("/people/%lld/contacts/%lld/again", a, contact),
                           at("/households/%lld/members/%lld/again", h, member) };
    for (int i = 0; i < 3; i++) assert_int_equal(kit_post(k, "worker_a", undo[i], "").status, HTTP_CONFLICT);     /* nothing ended yet */
    struct kit_reply r = kit_post(k, "worker_a", at("/people/%lld/categories/%lld/end", a, category), "on=2026-03-01");
    struct str flash = str_fmt(&k->arena, "%.*s", FMT(kit_enc(k, undo[0])));
    assert_true(str_has(r.cookies, flash));
    assert_int_equal(kit_number(k, at("SELECT length(categories) FROM person WHERE id = %lld", a, 0)), 0);
    kit_post(k, "worker_a", at("/people/%lld/contacts/%lld/end", a, contact), "");
    char day[16];
    date_print(today(), day);
    kit_post(k, "worker_a", at("/households/%lld/members/%lld/leave", h, member), str_fmt(&k->arena, "reason=moved&on=%s", day).p);
    for (int i = 0; i < 3; i++) assert_int_equal(kit_post(k, "worker_a2", undo[i], "").status, HTTP_CONFLICT);    /* not his slip */
    for (int i = 0; i < 3; i++) assert_int_equal(kit_post(k, "worker_a", undo[i], "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person WHERE id = %lld AND categories = 'A01' AND household_id = %lld", a, h)), 1);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM contact WHERE id = %lld AND to_on IS NULL", contact, 0)), 1);
    assert_int_equal(kit_number(k, at("SELECT count(*) FROM person_move WHERE person_id = %lld", a, 0)), 0);
    kit_post(k, "worker_a", at("/people/%lld/contacts/%lld/end", a, contact), "");
    clock_stop((struct instant){ instant_now().ms + 700000 });
    assert_int_equal(kit_post(k, "worker_a", undo[1], "").status, HTTP_CONFLICT);                                  /* too late */
    clock_stop(NO_TIME);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hint_shows_who_is_alike_and_does_not_stop),
        cmocka_unit_test(pairs_of_a_station_are_listed_until_somebody_tells_them_apart),
        cmocka_unit_test(two_numbers_are_two_people),
        cmocka_unit_test(who_is_sealed_is_never_a_hint),
        cmocka_unit_test(a_slip_is_taken_back),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
