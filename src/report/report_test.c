/* Discovery and mandatory report (MZT-24, SA-09, SA-10; codes.md 9 and 12): from what a grid worker saw to the report, its clock, who reads
 * it, and what must not happen: the reporter's name anywhere, a case closed over an open duty, a minor's harm left unreported. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "report/report.h"
#include "test/cases.h"

static struct kit *k;
static const char reporter[] = "热心网格员丁";      /* not shown */

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    kit_begin(k);
    db_exec(k->db, at(k, "UPDATE account SET name = '%s' WHERE login = 'grid_a'", reporter));
    kit_commit(k);
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static void
says(struct kit_reply r, const char *words)
{
    if (!kit_has(r, words)) fail_msg("\"%s\" is not said: %d %.3000s", words, (int)r.status, str_z(&k->arena, r.body));
}

static void
silent(struct kit_reply r, const char *words)
{
    if (kit_has(r, words)) fail_msg("\"%s\" is said: %.3000s", words, str_z(&k->arena, r.body));
}

static struct kit_reply
done(struct kit_reply r)
{
    if (r.status != HTTP_SEE_OTHER) fail_msg("%d %.3000s", (int)r.status, str_z(&k->arena, r.body));
    return r;
}

static const char *
found(int hours_ago)
{
    char text[24];
    instant_print((struct instant){ instant_now().ms - hours_ago * INT64_C(3600000) }, text);
    text[10] = 'T';
    return at(k, "%s", text);
}

static const char *
told(const char *kind, const char *name, const char *more)
{
    bool child = strcmp(kind, "minor_harm") == 0;
    return at(k, "kind=%s&urgency=2&minor=%s&found=%s&name=%s&place=%s&facts=%s%s%s", kind, child ? "yes" : "no", found(0), kit_enc(k, name).p,
              kit_enc(k, "一组水井边").p, kit_enc(k, "身上有多处新伤").p, child ? "&situations=4" : "", more);
}

static int64_t
by_grid(const char *kind, const char *name)
{
    return kit_id_in(done(kit_post(k, "grid_a", "/discoveries/report", told(kind, name, "&reporter_phone=13900000009"))).location, "/discoveries/");
}

static struct kit_reply
at_discovery(const char *login, int64_t id, const char *what, const char *params)
{
    return kit_post(k, login, at(k, "/discoveries/%lld/%s", (long long)id, what), params);
}

static struct kit_reply
at_report(const char *login, int64_t id, const char *what, const char *params)
{
    return kit_post(k, login, at(k, "/reports/%lld/%s", (long long)id, what), params);
}

static struct kit_reply
page(const char *login, const char *what, int64_t id)
{
    return kit_get(k, login, at(k, "/%s/%lld", what, (long long)id));
}

static bool
in_state(const char *table, int64_t id, const char *state)
{
    return kit_number(k, at(k, "SELECT count(*) FROM %s WHERE id = %lld AND state = '%s'", table, (long long)id, state)) == 1;
}

static const char *
settled(const char *login, const char *outcome, const char *more)
{
    return at(k, "outcome=%s&worker=%lld%s", outcome, (long long)kit_user(k, login).v, more);
}

/* Taken up by a worker and turned into a report. */
static int64_t
reported(const char *kind, const char *name, const char *duty)
{
    int64_t d = by_grid(kind, name);
    done(at_discovery("worker_a", d, "take", ""));
    const char *how = at(k, "&duty=%s&responses=shelter&responses=comfort", duty);
    return kit_id_in(done(at_discovery("worker_a", d, "settle", settled("worker_a", "report", how))).location, "/reports/");
}

static const char *
filing(const char *more)
{
    return at(k, "reported=%s&way=110&receiver=police&receiver_unit=%s&facts=%s&told=danger&situations=4%s", found(0), kit_enc(k, "城关派出所").p,
              kit_enc(k, "身上有多处新伤，已拍照").p, more);
}

/* ---- Discovery ---- */

static void
who_reports_sees_only_that_it_was_taken_up(void **state)
{
    (void)state;
    int64_t id = by_grid("living", "困难户甲");
    struct kit_reply r = page("grid_a", "discoveries", id);
    says(r, "等待受理");
    silent(r, "困难户甲");
    done(at_discovery("worker_a", id, "settle", settled("worker_a", "noted", "&needs=living&note=x")));
    r = page("grid_a", "discoveries", id);
    says(r, "已受理");
    silent(r, "已记录需要");
    silent(r, "困难户甲");
    says(kit_get(k, "grid_a", "/discoveries"), "已受理");
    assert_int_equal(at_discovery("grid_a", id, "settle", "outcome=noted").status, HTTP_FORBIDDEN);
    assert_int_equal(page("village_a", "discoveries", id).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "grid_a", "/reports").status, HTTP_FORBIDDEN);
    assert_true(str_is(kit_get(k, "grid_a", "/").location, "/discoveries"));
}

static void
other_stations_see_nothing(void **state)
{
    (void)state;
    int64_t id = by_grid("living", "别站看不见的人"), r = reported("domestic", "别站看不见的人", "domestic");
    static const char *const strangers[] = { "worker_b", "head_b", "county", "clerk_a", "volunteer_a", "supervisor_a" };
    for (size_t i = 0; i < COUNT(strangers); i++) {
        enum http d = page(strangers[i], "discoveries", id).status, p = page(strangers[i], "reports", r).status;
        assert_true(d == HTTP_NOT_FOUND || d == HTTP_FORBIDDEN);
        assert_true(p == HTTP_NOT_FOUND || p == HTTP_FORBIDDEN);
    }
    silent(kit_get(k, "head_b", "/discoveries?view=all"), "-F-");
    silent(kit_get(k, "head_b", "/reports?view=all"), "-Q-");
    silent(kit_get(k, "supervisor_a", "/reports?view=all"), "-Q-");
    assert_int_equal(page("worker_a2", "reports", r).status, HTTP_NOT_FOUND);          /* a colleague who is not named */
    assert_int_equal(at_report("worker_a2", r, "file", filing("")).status, HTTP_NOT_FOUND);
}

/* covers: SA-09, SA-10 */
static void
sa_09_10_a_need_has_a_receiver_and_a_clock(void **state)
{
    (void)state;
    int64_t id = by_grid("illness", "有时限的人");
    assert_int_equal(kit_number(k, at(k, "SELECT (due_at - found_at) / 3600000 FROM discovery WHERE id = %lld", (long long)id)), 24);
    says(kit_get(k, "worker_a", "/"), "发现报告");
    silent(kit_get(k, "worker_a", "/discoveries?view=late"), "有时限的人");
    kit_begin(k);
    db_exec(k->db, at(k, "UPDATE discovery SET due_at = 1000 WHERE id = %lld", (long long)id));
    kit_commit(k);
    says(kit_get(k, "worker_a", "/discoveries?view=late"), "有时限的人");
    says(kit_get(k, "worker_a", "/discoveries?view=waiting&source=grid"), "有时限的人");
    silent(kit_get(k, "worker_a", "/discoveries?view=waiting&source=visit"), "有时限的人");
}

static void
a_discovery_becomes_a_case_in_one_step(void **state)
{
    (void)state;
    int64_t id = by_grid("mental", "情绪低落的人");
    struct kit_reply r = at_discovery("worker_a", id, "settle", settled("worker_a", "case", ""));
    assert_int_equal(r.status, HTTP_INVALID);                            /* who it is must be chosen */
    r = done(at_discovery("worker_a", id, "settle", settled("worker_a", "case", "&client=new&responses=comfort")));
    int64_t c = kit_id_in(r.location, "/cases/"), a = kit_number(k, at(k, "SELECT id FROM case_form WHERE case_id = %lld", (long long)c));
    assert_true(case_in(k, c, "intake"));
    r = kit_get(k, "worker_a", at(k, "/cases/%lld/forms/%lld", (long long)c, (long long)a));
    says(r, "身上有多处新伤");
    silent(r, reporter);
    assert_true(in_state("discovery", id, "case"));
    assert_int_equal(at_discovery("worker_a", id, "settle", settled("worker_a", "case", "&client=new")).status, HTTP_INVALID);     /* once */
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM response WHERE subject_id = %lld AND state = 'open'", (long long)id)), 1);
    done(at_discovery("worker_a", id, "line", "line=comfort&state=done&note=x"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM response WHERE subject_id = %lld AND state = 'open'", (long long)id)), 0);
}

static void
a_discovery_becomes_a_referral_in_one_step(void **state)
{
    (void)state;
    int64_t id = by_grid("illness", "需要转介的人");
    struct kit_reply r = done(at_discovery("worker_a", id, "settle", settled("worker_a", "referral", "&client=new")));
    int64_t f = kit_id_in(r.location, "/referrals/");
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM referral WHERE id = %lld AND state = 'draft' AND direction = 'out'", (long long)f)), 1);
    says(kit_get(k, "worker_a", at(k, "/referrals/%lld/edit", (long long)f)), "身上有多处新伤");
    silent(page("worker_a", "referrals", f), reporter);
}

static void
a_duty_cannot_be_waved_away_and_a_reason_is_asked_for(void **state)
{
    (void)state;
    int64_t id = by_grid("minor_harm", "孩子甲"), other = by_grid("other", "路人");
    done(at_discovery("worker_a", id, "take", ""));
    says(at_discovery("worker_a", id, "settle", settled("worker_a", "dismissed", "&note=x")), "须办理强制报告");
    says(at_discovery("worker_a", id, "settle", settled("worker_a", "report", "&duty=other")), "与所选情形不一致");
    assert_true(in_state("discovery", id, "taken"));
    assert_int_equal(at_discovery("worker_a", other, "settle", settled("worker_a", "dismissed", "")).status, HTTP_INVALID);
    done(at_discovery("worker_a", other, "settle", settled("worker_a", "dismissed", "&note=x")));
    assert_true(in_state("discovery", other, "dismissed"));
}

static void
what_is_missing_is_said_and_nothing_typed_is_lost(void **state)
{
    (void)state;
    int64_t before = kit_number(k, "SELECT count(*) FROM discovery");
    const char *half = at(k, "kind=minor_harm&minor=no&place=%s&found=2999-01-01T10:00", kit_enc(k, "半份上报").p);
    struct kit_reply r = kit_post(k, "grid_a", "/discoveries/report", half);
    assert_int_equal(r.status, HTTP_INVALID);
    says(r, "半份上报");
    says(r, "id=\"e-facts\"");
    says(r, "id=\"e-situations\"");
    assert_int_equal(kit_post(k, "worker_a", "/discoveries/new", told("domestic", "x", "")).status, HTTP_INVALID);       /* no source */
    assert_int_equal(kit_post(k, "grid_a", "/discoveries/new", told("domestic", "x", "&source=visit")).status, HTTP_FORBIDDEN);
    r = kit_post(k, "grid_a", "/discoveries/report",
                 at(k, "kind=minor_harm&situations=4&urgency=1&minor=no&place=x&facts=x&found=2999-01-01T10:00"));
    says(r, "不能晚于现在");
    says(r, "与所选情形不一致");
    assert_int_equal(kit_number(k, "SELECT count(*) FROM discovery"), before);
}

/* ---- The reporter is hidden ---- */

static void
the_reporter_is_known_to_who_took_it_up_and_to_the_head_only(void **state)
{
    (void)state;
    int64_t d = by_grid("domestic", "受害人乙");
    silent(page("worker_a", "discoveries", d), "受害人乙");              /* S4: opened by taking it up */
    silent(kit_get(k, "worker_a", "/discoveries?view=all"), "受害人乙");
    says(kit_get(k, "worker_a", "/discoveries?view=all"), "高度敏感");
    done(at_discovery("worker_a", d, "take", ""));
    assert_int_equal(at_discovery("worker_a2", d, "take", "").status, HTTP_CONFLICT);
    says(page("worker_a", "discoveries", d), reporter);
    says(page("worker_a", "discoveries", d), "13900000009");
    says(page("head_a", "discoveries", d), reporter);
    silent(page("worker_a2", "discoveries", d), reporter);
    silent(page("worker_a2", "discoveries", d), "受害人乙");
    assert_true(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE entity = 'discovery' AND entity_id = %lld AND action = 'read'",
                                 (long long)d)) > 0);
    int64_t r = kit_id_in(done(at_discovery("worker_a", d, "settle", settled("worker_a", "report", "&duty=domestic"))).location, "/reports/");
    static const char *const readers[] = { "worker_a", "head_a" };
    for (size_t i = 0; i < COUNT(readers); i++) {
        silent(page(readers[i], "reports", r), reporter);
        struct kit_reply pdf = kit_get(k, readers[i], at(k, "/reports/%lld/pdf", (long long)r));
        assert_true(str_is(pdf.type, "application/pdf"));
        const char *text = kit_told(k, pdf.body, "pdftotext -raw %s -");
        assert_non_null(strstr(text, "强制报告单"));
        assert_non_null(strstr(text, "受害人乙"));
        assert_null(strstr(text, reporter));
        silent(kit_get(k, readers[i], "/reports?view=all"), reporter);
        silent(kit_get(k, readers[i], "/discoveries?view=all"), reporter);
        silent(kit_get(k, readers[i], "/inbox"), reporter);
        silent(kit_get(k, readers[i], "/"), reporter);
    }
    int64_t me = kit_user(k, "grid_a").v;
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM report_event WHERE account_id = %lld", (long long)me)), 0);
    const char *plain = at(k, "SELECT count(*) FROM discovery WHERE told_sealed LIKE '%%%s%%' OR reporter_sealed LIKE '%%%s%%'", reporter, reporter);
    assert_int_equal(kit_number(k, plain), 0);
}

static void
who_is_named_reads_and_nobody_else_names(void **state)
{
    (void)state;
    int64_t r = reported("domestic", "受害人丙", "domestic");
    const char *who = at(k, "account=%lld", (long long)kit_user(k, "supervisor_a").v);
    assert_int_equal(page("supervisor_a", "reports", r).status, HTTP_NOT_FOUND);
    assert_int_equal(at_report("worker_a", r, "name", who).status, HTTP_FORBIDDEN);
    done(at_report("head_a", r, "name", who));
    says(page("supervisor_a", "reports", r), "受害人丙");
    says(kit_get(k, "supervisor_a", "/inbox"), "知情人");
    assert_int_equal(at_report("head_a", r, "name", at(k, "account=%lld", (long long)kit_user(k, "worker_b").v)).status, HTTP_INVALID);
    assert_int_equal(page("worker_b", "reports", r).status, HTTP_NOT_FOUND);
}

/* ---- The report ---- */

static void
a_report_runs_against_its_clock_until_it_is_filed(void **state)
{
    (void)state;
    int64_t child = reported("minor_harm", "孩子乙", "minor"), adult = reported("domestic", "受害人丁", "domestic");
    assert_int_equal(kit_number(k, at(k, "SELECT (due_at - found_at) / 3600000 FROM report WHERE id = %lld", (long long)child)), 6);
    assert_int_equal(kit_number(k, at(k, "SELECT (due_at - found_at) / 3600000 FROM report WHERE id = %lld", (long long)adult)), 24);
    says(page("worker_a", "reports", child), "发现后 0 分钟");
    says(kit_get(k, "worker_a", "/"), "强制报告");
    struct kit_reply r = at_report("worker_a", child, "file", at(k, "way=110&receiver=women&receiver_unit=%s", kit_enc(k, "未填完").p));
    assert_int_equal(r.status, HTTP_INVALID);
    says(r, "未填完");
    assert_true(in_state("report", adult, "open"));
    assert_int_equal(at_report("worker_a", child, "file", filing("")).status, HTTP_SEE_OTHER);
    assert_true(in_state("report", child, "reported"));
    says(page("worker_a", "reports", child), "城关派出所");
    done(at_report("worker_a", child, "receipt", "text=JJ-2026-77"));
    const char *paper = kit_told(k, kit_get(k, "worker_a", at(k, "/reports/%lld/pdf", (long long)child)).body, "pdftotext -raw %s -");
    assert_non_null(strstr(paper, "JJ-2026-77"));
    assert_non_null(strstr(paper, "孩子乙"));
    assert_non_null(strstr(paper, "未成年人保护法"));
    done(at_report("worker_a", child, "follow", at(k, "kind=answer&text=%s", kit_enc(k, "已立案").p)));
    says(page("head_a", "reports", child), "已立案");
    assert_int_equal(at_report("worker_a", child, "close", "").status, HTTP_CONFLICT);                           /* two lines are open */
    done(at_report("worker_a", child, "line", "line=shelter&state=done&note="));
    done(at_report("worker_a", child, "line", "line=comfort&state=not_needed&note="));
    done(at_report("worker_a", child, "close", ""));
    assert_true(in_state("report", child, "closed"));
    assert_int_equal(at_report("worker_a", child, "file", filing("")).status, HTTP_CONFLICT);
}

static void
a_receiver_that_the_law_does_not_name_is_refused(void **state)
{
    (void)state;
    int64_t r = reported("domestic", "受害人戊", "domestic");
    const char *params = at(k, "reported=%s&way=110&receiver=civil&receiver_unit=x&facts=x&told=yes", found(0));
    says(at_report("worker_a", r, "file", params), "id=\"e-receiver\"");
    assert_true(in_state("report", r, "open"));
}

static void
not_reporting_needs_the_head_and_is_impossible_for_a_minor(void **state)
{
    (void)state;
    int64_t child = reported("minor_harm", "孩子丙", "minor"), adult = reported("domestic", "受害人己", "domestic");
    says(at_report("worker_a", child, "waive", "text=x"), "必须报告");
    silent(page("worker_a", "reports", child), "提交站长审批");
    assert_true(in_state("report", child, "open"));
    done(at_report("worker_a", adult, "waive", at(k, "text=%s", kit_enc(k, "核实为误报").p)));
    assert_int_equal(at_report("worker_a", adult, "decide", "decision=waived").status, HTTP_FORBIDDEN);
    says(kit_get(k, "head_a", "/inbox"), "申请不报告");
    done(at_report("head_a", adult, "decide", "decision=open&text=x"));
    assert_true(in_state("report", adult, "open"));
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM report WHERE id = %lld AND due_at IS NOT NULL", (long long)adult)), 1);
    done(at_report("worker_a", adult, "waive", at(k, "text=%s", kit_enc(k, "再次核实为误报").p)));
    done(at_report("head_a", adult, "decide", "decision=waived&text=x"));
    assert_true(in_state("report", adult, "waived"));
    says(kit_get(k, "worker_a", "/inbox"), "已批准");
}

/* ---- Cases ---- */

static struct opened
flagged_case(const char *name, const char *born, const char *flag, const char *urgency)
{
    struct opened c = case_made(k, "worker_a", name, born);
    struct sheet a = sheet_of(k, "A");
    sheet_set(&a, "risk_flags", flag);
    sheet_set(&a, "urgency", urgency);
    sheet_set(&a, "mandatory_report", "1");
    if (strcmp(born, "2000-01-01") > 0) {
        sheet_set(&a, "capacity", "limited");
        sheet_set(&a, "guardian", "x");
        sheet_set(&a, "guardian_relation", "52");
        sheet_set(&a, "guardian_phone", "13800000002");
    }
    case_submit_sheet(k, "worker_a", c.id, "A", &a);
    return c;
}

static int64_t
duty_in(int64_t c, const char *duty)
{
    return kit_number(k, at(k, "SELECT count(*) FROM report WHERE case_id = %lld AND duty = '%s'", (long long)c, duty));
}

static void
risks_on_form_a_and_e_open_the_duty_once(void **state)
{
    (void)state;
    struct opened plain = flagged_case("平常人", "1960-01-01", "illness", "3");
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM report WHERE case_id = %lld", (long long)plain.id)), 1);      /* its own tick */
    struct opened c = case_made(k, "worker_a", "没有风险的人", "1960-01-01");
    case_to(k, "worker_a", c.id, "intervention");
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM report WHERE case_id = %lld", (long long)c.id)), 0);
    struct sheet e = sheet_of(k, "E");
    sheet_set(&e, "risk_flags", "domestic");
    case_submit_sheet(k, "worker_a", c.id, "E", &e);
    assert_int_equal(duty_in(c.id, "domestic"), 1);
    case_submit_sheet(k, "worker_a", c.id, "E", &e);
    assert_int_equal(duty_in(c.id, "domestic"), 1);
    struct opened child = flagged_case("少年丁", day_text(k, -365 * 15), "uncared", "2");
    assert_int_equal(duty_in(child.id, "minor"), 1);
    says(case_page_of(k, "worker_a", child.id), "强制报告");
}

/* covers: MZT-24 */
static void
mzt_24_a_case_with_an_open_duty_cannot_be_closed(void **state)
{
    (void)state;
    struct opened c = case_made(k, "worker_a", "家暴受害人", "1980-01-01");
    case_to(k, "worker_a", c.id, "intervention");
    struct sheet e = sheet_of(k, "E"), g = sheet_of(k, "G");
    sheet_set(&e, "risk_flags", "domestic");
    case_submit_sheet(k, "worker_a", c.id, "E", &e);
    case_to(k, "worker_a", c.id, "closing");
    case_close(k, "worker_a", c.id, &g);
    assert_true(case_in(k, c.id, "closing"));
    int64_t r = kit_number(k, at(k, "SELECT id FROM report WHERE case_id = %lld", (long long)c.id));
    says(case_page_of(k, "worker_a", c.id), "尚未报告，也未经站长同意不报告");
    assert_int_equal(case_step(k, "worker_a", c.id, "next", "").status, HTTP_CONFLICT);
    done(at_report("worker_a", r, "file", filing("")));
    done(case_step(k, "worker_a", c.id, "next", ""));
    assert_true(case_in(k, c.id, "closed"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_reports_sees_only_that_it_was_taken_up),
        cmocka_unit_test(other_stations_see_nothing),
        cmocka_unit_test(sa_09_10_a_need_has_a_receiver_and_a_clock),
        cmocka_unit_test(a_discovery_becomes_a_case_in_one_step),
        cmocka_unit_test(a_discovery_becomes_a_referral_in_one_step),
        cmocka_unit_test(a_duty_cannot_be_waved_away_and_a_reason_is_asked_for),
        cmocka_unit_test(what_is_missing_is_said_and_nothing_typed_is_lost),
        cmocka_unit_test(the_reporter_is_known_to_who_took_it_up_and_to_the_head_only),
        cmocka_unit_test(who_is_named_reads_and_nobody_else_names),
        cmocka_unit_test(a_report_runs_against_its_clock_until_it_is_filed),
        cmocka_unit_test(a_receiver_that_the_law_does_not_name_is_refused),
        cmocka_unit_test(not_reporting_needs_the_head_and_is_impossible_for_a_minor),
        cmocka_unit_test(risks_on_form_a_and_e_open_the_duty_once),
        cmocka_unit_test(mzt_24_a_case_with_an_open_duty_cannot_be_closed),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
