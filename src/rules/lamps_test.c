/* The pages of rules: who may see what, what is refused, and what changes when a figure or a rule changes. */
#include "rules/run.h"
#include "staff/staff.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { AREA = 350424 };

static struct kit *k;
static struct date now;

static void
work_out(struct unit_id unit)
{
    kit_begin(k);
    rules_run_unit(k->db, unit, today());
    kit_commit(k);
}

static void
work_out_all(void)
{
    work_out(k->county);
    work_out(k->east);
    work_out(k->station_a);
    work_out(k->station_b);
    work_out(k->station_c);
    work_out(k->point_a);
}

static const char *
at(const char *fmt, struct unit_id unit)
{
    struct str s = { NULL, 0 };
    struct buf b = { .arena = &k->arena };
    for (const char *p = fmt; *p != '\0'; p++)
        if (p[0] == '%') putf(&b, "%lld", (long long)unit.v);
        else put(&b, p, 1);
    s = buf_str(&b);
    return str_z(&k->arena, s);
}

static struct staff_id
worker(struct unit_id unit, const char *name, const char *education)
{
    struct staff_new s = { .unit = unit, .name = str_of(name), .sex = STR("2"), .born = NO_DATE, .employment = STR("full"), .education = str_of(education),
                           .major = STR("会计"), .service_from = NO_DATE, .started_on = date_add(now, -300) };
    return staff_make(k->db, AREA, &s);
}

/* Every lamp with its word, its figures, what to do and where it comes from; nobody outside the unit sees it. */
static void
lamps_say_why_and_what_to_do(void **state)
{
    (void)state;
    kit_begin(k);
    worker(k->station_a, "低学历社工", "61");
    kit_commit(k);
    assert_true(kit_has(kit_get(k, "head_a", at("/lamps/%", k->station_a)), "这一天没有计算结果"));
    work_out_all();
    struct kit_reply r = kit_get(k, "head_a", at("/lamps/%", k->station_a));
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, "专职社工具有大专及以上学历") && kit_has(r, "不达标") && kit_has(r, "低学历社工"));
    assert_true(kit_has(r, "登记学历，或提升学历。") && kit_has(r, "专职社工34名，均具有大专以上学历"));
    assert_true(kit_has(r, "尚未填写：") && kit_has(r, "/facts#f-purchase_paid") && kit_has(r, "这部分工作尚未记录："));
    assert_false(kit_has(r, ">worker_full_time") || kit_has(r, ">subsidy_last_year"));                 /* no code words */
    assert_int_equal(kit_get(k, "head_b", at("/lamps/%", k->station_a)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "volunteer_a", at("/lamps/%", k->station_a)).status, HTTP_FORBIDDEN);
    r = kit_get(k, "head_a", at("/lamps/%?state=ok", k->station_a));
    assert_false(kit_has(r, "专职社工具有大专及以上学历"));
    r = kit_get(k, "head_a", at("/lamps/%?lang=en", k->station_a));
    assert_true(kit_has(r, "A full-time worker has junior college or above") && kit_has(r, "Not met"));
    assert_false(kit_has(r, "不达标") || kit_has(r, "专职社工具有"));
}

/* What is entered counts from its day on, is checked, and is on record; what was typed wrongly is still there. */
static void
entered_figures_change_lamps(void **state)
{
    (void)state;
    work_out_all();
    const char *page = at("/lamps/%/facts", k->county);
    assert_true(kit_has(kit_get(k, "county", page), "上一年困难群众救助补助资金总额"));
    assert_int_equal(kit_get(k, "worker_a", at("/lamps/%/facts", k->station_a)).status, HTTP_FORBIDDEN);
    struct kit_reply r = kit_post(k, "county", page, "from_on=2026-03-01&f-subsidy_last_year=many&f-purchase_paid=2000000");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "value=\"many\"") && kit_has(r, "value=\"2000000\""));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM unit_fact"), 0);
    assert_int_equal(kit_post(k, "county", page, "from_on=2027-01-01&f-purchase_paid=1").status, HTTP_INVALID);
    r = kit_post(k, "county", page, "from_on=2026-03-01&source=x&f-subsidy_last_year=40,000,000&f-purchase_paid=2000000.01");
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM unit_fact WHERE fact = 'purchase_paid' AND value = '200000001'"), 1);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'facts'"), 1);
    r = kit_get(k, "county", at("/lamps/%", k->county));
    assert_true(kit_has(r, "2,000,000.01") && kit_has(r, "¥40,000,000.00"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM rule_result WHERE rule = 'R-NH-F1' AND state = 'error'"), 1);
    assert_true(kit_number(k, "SELECT count(*) FROM rule_todo") >= 7);           /* the stations below follow */
    kit_post(k, "county", page, "from_on=2026-03-01&f-purchase_paid=2000000.01");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'facts'"), 1);                    /* nothing changed */
}

/* The matrix of a level counts as the lamps do, sorts, and leaves as a table. */
static void
matrix_and_csv(void **state)
{
    (void)state;
    kit_begin(k);
    worker(k->station_b, "低学历社工", "61");
    kit_commit(k);
    work_out_all();
    struct kit_reply r = kit_get(k, "county", at("/lamps/%/matrix?level=station", k->county));
    assert_int_equal(r.status, HTTP_OK);
    const char *table = strstr(r.body.p, "units-title"), *a = table ? strstr(table, "翠江镇社工站") : NULL, *b = table ? strstr(table, "泉上镇社工站") : NULL;
    assert_true(a != NULL && b != NULL && b < a);       /* the worst first */
    assert_true(kit_has(r, "R-NH-S1") && kit_has(r, "R-NH-C1"));
    assert_null(strstr(table, "甲村社工服务点"));
    assert_int_equal(kit_get(k, "head_b", at("/lamps/%/matrix?level=point", k->station_a)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "county", at("/lamps/%/matrix?level=no", k->county)).status, HTTP_NOT_FOUND);
    r = kit_get(k, "county", at("/lamps/%/csv?level=station", k->county));
    assert_true(str_starts(r.body, STR("\xEF\xBB\xBF\"单位\"")) && kit_has(r, "\"泉上镇社工站\",\"2\""));
    r = kit_get(k, "county", at("/lamps/%/matrix?level=station&sort=rule&rule=R-NH-S1", k->county));
    assert_true(kit_has(r, "aria-sort=\"descending\""));
}

/* A month later the station has mended it; the month before still shows what was. */
static void
months_keep_what_they_were(void **state)
{
    (void)state;
    kit_begin(k);
    struct staff_id low = worker(k->station_a, "低学历社工", "61");
    kit_commit(k);
    work_out_all();
    clock_stop(instant_at(date_add(now, 31), 9, 0));
    kit_begin(k);
    db_exec(k->db, str_fmt(&k->arena, "UPDATE staff SET education = '31' WHERE id = %lld", (long long)low.v).p);
    kit_commit(k);
    work_out_all();
    assert_true(kit_has(kit_get(k, "head_a", at("/lamps/%?state=error&on=2026-03-20", k->station_a)), "专职社工具有大专及以上学历"));
    assert_false(kit_has(kit_get(k, "head_a", at("/lamps/%?state=error", k->station_a)), "专职社工具有大专及以上学历"));
    struct kit_reply r = kit_get(k, "county", at("/lamps/%/trend?level=station&rule=R-NH-S1", k->county));
    assert_true(kit_has(r, "[0,0,0,0,0,0,0,0,0,0,1,0]"));
    clock_stop(instant_at(now, 9, 0));
}

/* A rule's author: draft, preview over real units, version; what is no expression is refused with its place. */
static void
authors_change_rules(void **state)
{
    static const char rule[] = "/rules/R-NH-S1";
    (void)state;
    kit_begin(k);
    worker(k->station_a, "社工", "31");
    kit_commit(k);
    work_out_all();
    assert_int_equal(kit_get(k, "head_a", rule).status, HTTP_FORBIDDEN);
    assert_true(kit_has(kit_get(k, "head_a", "/rules"), "R-NH-S1"));
    assert_int_equal(kit_get(k, "county", "/rules/R-HNG-S1").status, HTTP_NOT_FOUND);                  /* not a rule of this place */
    struct kit_reply r = kit_get(k, "county", rule);
    assert_true(kit_has(r, ":education &lt;= 3") && kit_has(r, "翠江镇社工站"));
    r = kit_get(k, "county", "/rules/R-NH-S1/preview?expr=%3Aeducation+%3C%3D+2");
    assert_true(kit_has(r, "不达标") && !kit_has(r, "<html"));
    r = kit_post(k, "county", "/rules/R-NH-S1/draft", str_fmt(&k->arena, "expr=%s", kit_enc(k, ":education <= (SELECT count(*) FROM unit)").p).p);
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "第 ") && kit_has(r, "表达式里不能"));
    r = kit_post(k, "county", "/rules/R-NH-S1/draft", "expr=%3Aeducaton+%3C%3D+2");
    assert_true(r.status == HTTP_INVALID && kit_has(r, "没有“educaton”这个指标或参数。"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM rule_version"), 0);
    assert_int_equal(kit_post(k, "county", "/rules/R-NH-S1/draft", "expr=%3Aeducation+%3C%3D+2").status, HTTP_SEE_OTHER);
    assert_true(kit_has(kit_get(k, "county", rule), "有草稿"));
    work_out(k->station_a);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM rule_result WHERE rule = 'R-NH-S1' AND state = 'error'"), 0);
    assert_int_equal(kit_post(k, "county", "/rules/R-NH-S1/publish", "expr=%3Aeducation+%3C%3D+2").status, HTTP_INVALID);  /* no reason */
    assert_int_equal(kit_post(k, "head_a", "/rules/R-NH-S1/publish", "expr=1&reason=x").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "county", "/rules/R-NH-S1/publish", "expr=%3Aeducation+%3C%3D+2&reason=x").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM rule_version WHERE version = 0"), 0);
    assert_true(kit_number(k, "SELECT count(*) FROM rule_todo") >= 7);
    work_out(k->station_a);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM rule_result WHERE rule = 'R-NH-S1' AND state = 'error' AND version = 1"), 1);
    assert_true(kit_has(kit_get(k, "head_a", at("/lamps/%", k->station_a)), "本地第 1 版"));
}

static size_t
times(struct kit_reply r, const char *text)
{
    size_t n = 0, at = 0;
    for (const char *found; (found = memmem(r.body.p + at, r.body.n - at, text, strlen(text))) != NULL; n++) at = (size_t)(found - r.body.p) + 1;
    return n;
}

/* R-NH-A1 speaks of pay: a colleague learns how many it concerns, not whom. */
static void
whose_pay_it_is_only_managers_learn(void **state)
{
    (void)state;
    kit_begin(k);
    worker(k->station_a, "薪酬未知者", "21");
    kit_commit(k);
    work_out_all();
    struct kit_reply head = kit_get(k, "head_a", at("/lamps/%", k->station_a)), colleague = kit_get(k, "worker_a", at("/lamps/%", k->station_a));
    assert_true(kit_has(head, "薪酬不低于事业单位同类人员标准") && kit_has(colleague, "薪酬不低于事业单位同类人员标准"));
    assert_int_equal(times(head, "薪酬未知者"), times(colleague, "薪酬未知者") + 1);
}

static int
set_up(void **state)
{
    (void)state;
    k = kit_open();
    assert_true(date_of(2026, 3, 16, &now));
    clock_stop(instant_at(now, 9, 0));
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    clock_stop(NO_TIME);
    kit_close(k);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        TEST(lamps_say_why_and_what_to_do), TEST(entered_figures_change_lamps), TEST(matrix_and_csv), TEST(months_keep_what_they_were),
        TEST(authors_change_rules), TEST(whose_pay_it_is_only_managers_learn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
