#include "ledger/ledger.h"
#include "network/profile.h"
#include "people/person.h"
#include "staff/staff.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { AREA = 350424 };

static struct kit *k;

static struct date
day(int y, int m, int d)
{
    struct date out;
    assert_true(date_of(y, m, d, &out));
    return out;
}

/* A member of staff of station_a; certificate: the day it was issued, or none. */
static struct staff_id
someone(const char *major, const char *education, const char *political, struct date service_from,
        struct date certificate)
{
    struct staff_new s = { .unit = k->station_a,
                           .name = STR("甲"),
                           .sex = STR("2"),
                           .born = NO_DATE,
                           .employment = STR("full"),
                           .education = str_of(education),
                           .major = str_of(major),
                           .political = str_of(political),
                           .service_from = service_from,
                           .started_on = day(2024, 1, 1) };
    struct staff_id id = staff_make(k->db, AREA, &s);
    if (date_known(certificate)) certificate_add(k->db, AREA, id, STR("1"), STR("0001"), certificate, NO_DATE, NO_DATE);
    return id;
}

/* covers: MZT-08, GZ-31
 * rules.md, R-MZT-Q1 and MZT-08: the four cases, and the day of issue itself. */
static void
mzt_08_is_qualified(void **state)
{
    struct date now = day(2026, 3, 1), none = NO_DATE;
    (void)state;
    kit_begin(k);
    assert_true(is_qualified(k->db, AREA, someone("社会工作", "31", NULL, none, none), now));
    assert_false(is_qualified(k->db, AREA, someone("会计", "21", NULL, none, none), now));
    assert_true(is_qualified(k->db, AREA, someone("会计", "61", NULL, none, now), now));
    assert_false(is_qualified(k->db, AREA, someone("会计", "61", NULL, none, date_add(now, 1)), now));
    assert_false(is_qualified(k->db, AREA, someone("社会工作", "41", NULL, none, none), now));
    assert_false(is_qualified(k->db, AREA, someone("社会工作", NULL, NULL, none, none), now));
    assert_true(is_qualified(k->db, AREA, someone("社会工作", "14", NULL, none, none), now));
    kit_commit(k);
}

/* covers: NH-11
 * rules.md, R-NH-S2 and NH-11: 24 months, a certificate, party member; anything less is refused with the reason. */
static void
nh_11_head_of_centre(void **state)
{
    struct date from = day(2026, 3, 1), two_years = day(2024, 3, 1), held = day(2025, 1, 1);
    (void)state;
    kit_begin(k);
    struct staff_id good = someone("会计", "31", "01", two_years, held),
                    young = someone("会计", "31", "01", date_add(two_years, 1), held);
    struct staff_id other = someone("会计", "31", "13", two_years, held),
                    bare = someone("社会工作", "31", "01", two_years, NO_DATE);
    assert_int_equal(post_start(k->db, LANG_ZH, AREA, good, k->east, STR("head"), from).n, 0);
    assert_int_equal(post_start(k->db, LANG_ZH, AREA, good, k->county, STR("head"), from).n, 0);
    assert_string_equal(post_start(k->db, LANG_ZH, AREA, young, k->east, STR("head"), from).p,
                        "负责人须有 24 个月以上的社会工作服务经验。");
    assert_true(str_has(post_start(k->db, LANG_ZH, AREA, other, k->county, STR("head"), from), STR("中共党员")));
    assert_true(str_has(post_start(k->db, LANG_ZH, AREA, bare, k->county, STR("head"), from), STR("证书")));
    assert_int_equal(post_start(k->db, LANG_ZH, AREA, other, k->station_a, STR("head"), from).n,
                     0); /* a station asks for none of it */
    assert_int_equal(post_start(k->db, LANG_ZH, AREA, other, k->east, STR("worker"), from).n, 0);
    kit_commit(k);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM post WHERE kind = 'head'"), 3);
}

static void
pages_and_rights(void **state)
{
    (void)state;
    kit_begin(k);
    struct staff_id id = someone("社会工作", "31", "01", NO_DATE, NO_DATE);
    kit_commit(k);
    const char *page = str_fmt(&k->arena, "/staff/%lld", (long long)id.v).p;
    assert_true(kit_has(kit_get(k, "head_a", "/staff"), "甲"));
    assert_true(kit_has(kit_get(k, "head_a", page), "具备专业资质"));
    assert_int_equal(kit_get(k, "head_b", page).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_a", str_fmt(&k->arena, "%s/edit", page).p).status, HTTP_FORBIDDEN);
    struct kit_reply r = kit_post(k, "head_a", "/staff/new",
                                  str_fmt(&k->arena,
                                          "version=0&name=%s&sex=2&unit=%lld&employment=full&started_on=2025-01-01"
                                          "&phone=13900000000&service_from=2025-02-01",
                                          kit_enc(k, "乙").p, (long long)k->station_a.v)
                                      .p);
    assert_int_equal(r.status, HTTP_INVALID); /* began social work after he started here */
    r = kit_post(k, "head_a", "/staff/new",
                 str_fmt(&k->arena,
                         "version=0&name=%s&sex=2&unit=%lld&employment=full&started_on=2025-01-01"
                         "&phone=13900000000",
                         kit_enc(k, "乙").p, (long long)k->station_a.v)
                     .p);
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM staff WHERE phone_sealed LIKE '%13900000000%'"), 0);
    assert_int_equal(kit_post(k, "head_a", str_fmt(&k->arena, "%s/leave", page).p, "day=2023-12-31").status,
                     HTTP_INVALID);
    assert_int_equal(kit_post(k, "head_a", str_fmt(&k->arena, "%s/leave", page).p, "day=2025-12-31").status,
                     HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM staff WHERE left_on = '2025-12-31'"), 1);
}

static const char *
text(const char *fmt, int64_t id)
{
    return str_fmt(&k->arena, fmt, (long long)id).p;
}

static struct staff_id
worker(const char *name)
{
    struct date none = NO_DATE;
    kit_begin(k);
    struct staff_id id = someone("社会工作", "31", "01", none, none);
    db_exec(k->db, str_fmt(&k->arena, "UPDATE staff SET name = '%s' WHERE id = %lld", name, (long long)id.v).p);
    kit_commit(k);
    return id;
}

static void
profile(const char *code)
{
    kit_begin(k);
    assert_true(profile_load(k->db, str_of(code)));
    db_exec(k->db, str_fmt(&k->arena, "UPDATE unit SET profile = '%s' WHERE id IN (%lld, %lld)", code,
                           (long long)k->station_a.v, (long long)k->point_a.v)
                       .p);
    kit_commit(k);
}

/* covers: GD-08
 * A service post is one of a village. */
static void
service_posts_are_in_villages(void **state)
{
    (void)state;
    const char *post = text("/staff/%lld/post", worker("丙").v);
    profile("guangdong");
    assert_int_equal(kit_post(k, "head_a", post,
                              str_fmt(&k->arena, "kind=service&from=2025-01-01&unit=%lld", (long long)k->station_a.v).p)
                         .status,
                     HTTP_INVALID);
    assert_int_equal(kit_post(k, "head_a", post,
                              str_fmt(&k->arena, "kind=affairs&from=2025-01-01&unit=%lld", (long long)k->station_a.v).p)
                         .status,
                     HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "head_a", post,
                              str_fmt(&k->arena, "kind=service&from=2025-01-01&unit=%lld", (long long)k->point_a.v).p)
                         .status,
                     HTTP_SEE_OTHER);
    profile("ninghua");
    assert_int_equal(kit_post(k, "head_a", post,
                              str_fmt(&k->arena, "kind=service&from=2025-01-01&unit=%lld", (long long)k->station_a.v).p)
                         .status,
                     HTTP_SEE_OTHER);
}

/* covers: HNG-15, HNG-16
 * Nobody is entered without a pledge where the place wants it, and the clock of the filing begins with the entry. */
static void
entry_needs_the_pledge_and_starts_the_clock(void **state)
{
    (void)state;
    const char *in = str_fmt(&k->arena, "version=0&name=%s&sex=2&unit=%lld&employment=full&started_on=2025-03-01",
                             kit_enc(k, "丁").p, (long long)k->station_a.v)
                         .p;
    assert_int_equal(kit_post(k, "head_a", "/staff/new", in).status, HTTP_SEE_OTHER); /* not asked for here */
    assert_int_equal(kit_number(k, "SELECT count(*) FROM entry WHERE ledger IN ('pledge', 'staff_filing')"), 0);
    profile("haining");
    assert_int_equal(kit_post(k, "head_a", "/staff/new", in).status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "head_a", "/staff/new", str_fmt(&k->arena, "%s&pledged_on=2025-03-02", in).p).status,
                     HTTP_INVALID);
    struct kit_reply r = kit_post(k, "head_a", "/staff/new", str_fmt(&k->arena, "%s&pledged_on=2025-03-01", in).p);
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    int64_t id = kit_id_in(r.location, "/staff/");
    assert_int_equal(
        kit_number(
            k, text("SELECT count(*) FROM entry WHERE ledger = 'pledge' AND staff_id = %lld AND on_date = '2025-03-01'",
                    id)),
        1);
    assert_int_equal(kit_number(k, text("SELECT count(*) FROM entry WHERE ledger = 'staff_filing' AND staff_id = %lld "
                                        "AND kind = 'join' AND until_on = '2025-03-08'",
                                        id)),
                     1);
    assert_true(kit_has(kit_get(k, "head_a", text("/staff/%lld/conduct", id)), "逾期"));
    assert_int_equal(kit_post(k, "head_a", text("/staff/%lld/leave", id), "day=2025-06-01").status, HTTP_SEE_OTHER);
    assert_int_equal(
        kit_number(
            k, text("SELECT count(*) FROM entry WHERE staff_id = %lld AND kind = 'leave' AND until_on = '2025-06-08'",
                    id)),
        1);
    profile("ninghua");
}

/* covers: MZT-10, GZ-23, JL-40
 * The page of a member shows the hours of his registration period by subject, and his way through the certificates. */
static void
the_page_shows_hours_and_career(void **state)
{
    (void)state;
    struct staff_id id = worker("己");
    kit_begin(k);
    certificate_add(k->db, AREA, id, STR("1"), STR("1"), date_add(today(), -800), date_add(today(), -100), NO_DATE);
    certificate_add(k->db, AREA, id, STR("2"), STR("2"), date_add(today(), -30), NO_DATE, NO_DATE);
    struct entry e = {
        NO_ENTRY,     .unit = k->station_a,        .staff = id, .kind = STR("continuing"), .title = STR("x"),
        .amount = 18, .on = date_add(today(), -10)
    };
    ledger_add(k->db, AREA, "training", &e, (struct user_id){ 0 });
    e.kind = STR("policy");
    e.amount = 7;
    ledger_add(k->db, AREA, "training", &e, (struct user_id){ 0 });
    kit_commit(k);
    struct kit_reply r = kit_get(k, "head_a", text("/staff/%lld", id.v));
    assert_true(kit_has(r, "登记周期内须完成继续教育 90 学时，已有 18 学时"));
    assert_true(kit_has(r, "法规政策 7"));
    const char *body = str_z(&k->arena, r.body), *axis = strstr(body, "职业发展");
    assert_non_null(axis);
    assert_true(strstr(axis, "助理社会工作师") != NULL && strstr(axis, "助理社会工作师") < strstr(axis, ">社会工作师"));
    assert_true(kit_has(kit_get(k, "head_a", text("/staff/%lld/learning", id.v)), "继续教育"));
    assert_int_equal(kit_get(k, "head_a", text("/staff/%lld/nothing", id.v)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "head_b", text("/staff/%lld/learning", id.v)).status, HTTP_NOT_FOUND);
    assert_true(kit_has(kit_get(k, "head_a", text("/staff/%lld/working", id.v)), "岗位等级"));
    assert_false(
        kit_has(kit_get(k, "worker_a2", text("/staff/%lld/working", id.v)), "岗位等级")); /* pay is nobody else's */
}

/* covers: MZT-09, SA-20, GD-11
 * Who has not signed the pledge of ethics, or must sign it anew; who came how; who employs him. */
static void
lists_by_pledge_and_source(void **state)
{
    (void)state;
    struct staff_id fresh = worker("庚一"), old = worker("庚二");
    struct entry e = { NO_ENTRY,
                       .unit = k->station_a,
                       .staff = fresh,
                       .kind = STR("ethics"),
                       .title = STR("1"),
                       .on = date_add(today(), -10),
                       .until = date_add(today(), 1) };
    kit_begin(k);
    ledger_add(k->db, AREA, "pledge", &e, (struct user_id){ 0 });
    e.staff = old;
    e.until = today();
    ledger_add(k->db, AREA, "pledge", &e, (struct user_id){ 0 });
    kit_commit(k);
    struct kit_reply r = kit_get(k, "head_a", "/staff?pledge=none&q=%E5%BA%9A");
    assert_true(kit_has(r, "庚二"));
    assert_false(kit_has(r, "庚一"));
    assert_true(kit_has(kit_get(k, "head_a", text("/staff/%lld", old.v)), "未签职业道德承诺"));
    assert_false(kit_has(kit_get(k, "head_a", text("/staff/%lld", fresh.v)), "未签职业道德承诺"));
    r = kit_post(k, "head_a", text("/staff/%lld/edit", fresh.v),
                 str_fmt(&k->arena,
                         "version=1&name=%s&sex=2&unit=%lld&employment=full&started_on=2024-01-01&source=recruit&"
                         "contract=direct&employer=%s",
                         kit_enc(k, "庚一").p, (long long)k->station_a.v, kit_enc(k, "某镇人民政府").p)
                     .p);
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "head_a", text("/staff/%lld", fresh.v)), "某镇人民政府"));
    assert_true(kit_has(kit_get(k, "head_a", text("/staff/%lld", fresh.v)), "镇街直接聘用"));
    r = kit_get(k, "head_a", "/staff?source=recruit");
    assert_true(kit_has(r, "庚一"));
    assert_false(kit_has(r, "庚二"));
}

/* Corrections of posts and certificates; a unit has one head at a time. */
static void
posts_and_certificates_are_corrected(void **state)
{
    (void)state;
    struct staff_id a = worker("辛一"), b = worker("辛二");
    const char *head = str_fmt(&k->arena, "kind=head&from=2025-01-01&unit=%lld", (long long)k->station_a.v).p;
    assert_int_equal(kit_post(k, "head_a", text("/staff/%lld/post", a.v), head).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "head_a", text("/staff/%lld/post", b.v), head).status, HTTP_INVALID);
    int64_t post = kit_number(k, text("SELECT id FROM post WHERE staff_id = %lld", a.v));
    const char *edit = str_fmt(&k->arena, "/staff/%lld/post/%lld", (long long)a.v, (long long)post).p;
    assert_int_equal(kit_get(k, "head_a", edit).status, HTTP_OK);
    assert_int_equal(kit_post(k, "head_a", edit, "from=2025-01-01&to=2024-12-31").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "head_a",
                              str_fmt(&k->arena, "/staff/%lld/post/%lld", (long long)b.v, (long long)post).p,
                              "from=2025-01-01")
                         .status,
                     HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "head_a", edit, "from=2024-12-01&to=2025-01-01").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_post(k, "head_a", text("/staff/%lld/post", b.v), head).status, HTTP_SEE_OTHER);
    kit_begin(k);
    certificate_add(k->db, AREA, a, STR("1"), STR("错号"), day(2020, 1, 1), NO_DATE, NO_DATE);
    kit_commit(k);
    edit = str_fmt(&k->arena, "/staff/%lld/certificate/%lld", (long long)a.v,
                   (long long)kit_number(k, text("SELECT id FROM certificate WHERE staff_id = %lld", a.v)))
               .p;
    assert_true(kit_has(kit_get(k, "head_a", edit), "错号"));
    assert_int_equal(kit_post(k, "head_a", edit, "level=1&number=0002&issued_on=2099-01-01").status,
                     HTTP_INVALID); /* issued in the future */
    assert_int_equal(kit_post(k, "head_a", edit, "level=1&number=0002&issued_on=2020-01-01").status, HTTP_SEE_OTHER);
    assert_int_equal(
        kit_number(k, text("SELECT count(*) FROM certificate WHERE staff_id = %lld AND number = '0002'", a.v)), 1);
}

/* Services do not break off: who is responsible for an open case hands it over before he leaves. */
static void
nobody_leaves_open_cases_behind(void **state)
{
    struct person_id person;
    struct person_new client = {
        .area = AREA, .unit = k->station_a, .name = STR("服务对象"), .sex = STR("2"), .born = { -3000 }
    };
    (void)state;
    struct staff_id id = worker("壬");
    kit_begin(k);
    assert_true(person_make(k->db, &client, &person));
    db_exec(k->db, text("UPDATE account SET staff_id = %lld WHERE login = 'worker_a'", id.v));
    kit_commit(k);
    assert_int_equal(kit_post(k, "worker_a", "/cases/new", text("person=%lld", person.v)).status, HTTP_SEE_OTHER);
    struct kit_reply r = kit_post(k, "head_a", text("/staff/%lld/leave", id.v), "day=2026-01-01");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "1 个在办个案"));
    assert_int_equal(kit_number(k, text("SELECT count(*) FROM staff WHERE id = %lld AND left_on IS NULL", id.v)), 1);
}

static const char *
transfer(const char *kind, struct unit_id target, const char *rest)
{
    return str_fmt(&k->arena, "kind=%s&target=%lld&on=2026-02-01&reason=x&%s", kind, (long long)target.v, rest).p;
}

/* covers: GD-07
 * Moving the only worker of a point is refused; with a substitute it is done, his open cases are handed over with both
 * signatures, and for a time his post waits for him. */
static void
transfers_leave_no_place_empty_and_no_case_open(void **state)
{
    struct person_id person;
    struct person_new client = {
        .area = AREA, .unit = k->station_a, .name = STR("对象"), .sex = STR("2"), .born = { -3000 }
    };
    (void)state;
    profile("guangdong");
    struct staff_id gone = worker("癸一"), stays = worker("癸二");
    kit_begin(k);
    db_exec(k->db, text("UPDATE account SET staff_id = %lld WHERE login = 'worker_a2'", gone.v));
    assert_int_equal(post_start(k->db, LANG_ZH, AREA, gone, k->point_a, STR("service"), day(2025, 1, 1)).n, 0);
    db_exec(k->db, text("DELETE FROM post WHERE staff_id <> %lld AND kind = 'service'", gone.v));
    assert_true(person_make(k->db, &client, &person));
    kit_commit(k);
    assert_int_equal(kit_post(k, "worker_a2", "/cases/new", text("person=%lld", person.v)).status, HTTP_SEE_OTHER);
    const char *page = text("/staff/%lld/transfer", gone.v), *sub = text("until=2026-05-01&substitute=%lld", stays.v);
    assert_int_equal(kit_get(k, "head_a", page).status, HTTP_OK);
    struct kit_reply r = kit_post(k, "head_a", page, transfer("time", k->station_a, "until=2026-05-01"));
    assert_int_equal(r.status, HTTP_INVALID); /* he is there */
    r = kit_post(k, "county", page, transfer("time", k->station_b, "until=2026-05-01"));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "1 处服务岗位无人"));
    assert_true(kit_has(r, "1 个在办个案"));
    r = kit_post(k, "head_a", page, transfer("time", k->point_a, sub));
    assert_int_equal(r.status, HTTP_INVALID); /* the substitute has no account: the case stays open */
    assert_false(kit_has(r, "处服务岗位无人"));
    kit_begin(k);
    db_exec(k->db, text("UPDATE account SET staff_id = %lld WHERE login = 'worker_a'", stays.v));
    kit_commit(k);
    assert_int_equal(kit_post(k, "head_a", page, transfer("time", k->point_a, sub)).status,
                     HTTP_INVALID); /* no signatures */
    assert_int_equal(
        kit_number(k, text("SELECT count(*) FROM post WHERE staff_id = %lld AND to_on IS NOT NULL", gone.v)), 0);
    sub = str_fmt(&k->arena, "%s&sign_from=a&sign_to=b", sub).p;
    assert_int_equal(kit_post(k, "county", page, transfer("time", k->station_b, sub)).status,
                     HTTP_INVALID); /* the county touches no cases */
    assert_int_equal(kit_post(k, "head_a", page, transfer("time", k->point_a, sub)).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, str_fmt(&k->arena, "SELECT count(*) FROM casefile WHERE worker_id = %lld",
                                           (long long)kit_user(k, "worker_a2").v)
                                       .p),
                     0);
    assert_int_equal(kit_number(k, text("SELECT count(*) FROM post WHERE staff_id = %lld AND kind = 'service' AND "
                                        "from_on = '2026-02-01' AND to_on = '2026-05-01'",
                                        stays.v)),
                     1);
    assert_int_equal(
        kit_number(k,
                   text("SELECT count(*) FROM post WHERE staff_id = %lld AND from_on = '2026-05-01' AND to_on IS NULL",
                        gone.v)),
        1);
    assert_int_equal(kit_number(k, text("SELECT unit_id FROM staff WHERE id = %lld", gone.v)), k->station_a.v);
    assert_true(kit_has(kit_get(k, "head_a", text("/staff/%lld/conduct", gone.v)), "临时调配"));
    profile("ninghua");
}

/* A form does not move anybody past the questions of a transfer; who leaves supervises nobody any more. */
static void
an_edit_moves_nobody_and_leaving_ends_supervision(void **state)
{
    (void)state;
    struct staff_id a = worker("丑一"), b = worker("丑二");
    struct entry e = { NO_ENTRY, .unit = k->station_a, .staff = a, .other = b, .on = day(2024, 2, 1) };
    kit_begin(k);
    ledger_add(k->db, AREA, "supervision", &e, (struct user_id){ 0 });
    kit_commit(k);
    const char *in = str_fmt(&k->arena, "version=1&name=x&sex=2&unit=%lld&employment=full&started_on=2024-01-01",
                             (long long)k->point_a.v)
                         .p;
    assert_int_equal(kit_post(k, "head_a", text("/staff/%lld/edit", a.v), in).status, HTTP_INVALID);
    assert_int_equal(kit_number(k, text("SELECT unit_id FROM staff WHERE id = %lld", a.v)), k->station_a.v);
    assert_int_equal(kit_post(k, "head_a", text("/staff/%lld/leave", b.v), "day=2025-03-01").status, HTTP_SEE_OTHER);
    assert_int_equal(
        kit_number(k, text("SELECT count(*) FROM entry WHERE staff_id = %lld AND until_on = '2025-03-01'", a.v)), 1);
}

/* For good, all that is recorded about him goes with him. */
static void
what_is_recorded_goes_with_him(void **state)
{
    (void)state;
    struct staff_id id = worker("子");
    struct entry e = { NO_ENTRY,    .unit = k->station_a,        .staff = id, .kind = STR("policy"), .title = STR("x"),
                       .amount = 8, .on = date_add(today(), -10) };
    kit_begin(k);
    ledger_add(k->db, AREA, "training", &e, (struct user_id){ 0 });
    kit_commit(k);
    assert_int_equal(
        kit_post(k, "head_a", text("/staff/%lld/transfer", id.v), transfer("good", k->station_b, "")).status,
        HTTP_INVALID); /* not his to give */
    assert_int_equal(
        kit_post(k, "county", text("/staff/%lld/transfer", id.v), transfer("good", k->station_b, "")).status,
        HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "head_a", text("/staff/%lld", id.v)).status, HTTP_NOT_FOUND);
    assert_true(kit_has(kit_get(k, "head_b", text("/staff/%lld/learning", id.v)), "法规政策"));
    assert_true(kit_has(kit_get(k, "head_b", "/ledgers/training"), "子"));
    assert_false(kit_has(kit_get(k, "head_a", "/ledgers/training?q=%E5%AD%90"), "子</a>"));
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
        cmocka_unit_test(mzt_08_is_qualified),
        cmocka_unit_test(nh_11_head_of_centre),
        cmocka_unit_test(pages_and_rights),
        cmocka_unit_test(service_posts_are_in_villages),
        cmocka_unit_test(entry_needs_the_pledge_and_starts_the_clock),
        cmocka_unit_test(the_page_shows_hours_and_career),
        cmocka_unit_test(lists_by_pledge_and_source),
        cmocka_unit_test(posts_and_certificates_are_corrected),
        cmocka_unit_test(nobody_leaves_open_cases_behind),
        cmocka_unit_test(transfers_leave_no_place_empty_and_no_case_open),
        cmocka_unit_test(an_edit_moves_nobody_and_leaving_ends_supervision),
        cmocka_unit_test(what_is_recorded_goes_with_him),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
