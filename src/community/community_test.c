/* Community projects over HTTP: all states, every gate and what it names, rights, what must not happen. */
#include "community/community.h"
#include "staff/staff.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct kit *k;

static const char *
f(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct str s = str_vfmt(&k->arena, fmt, ap);
    va_end(ap);
    return str_z(&k->arena, s);
}

static const char *
zh(const char *text)
{
    return str_z(&k->arena, kit_enc(k, text));
}

static const char *
day(int days)
{
    char z[16];
    struct str s = { z, date_print(date_add(today(), days), z) };
    return str_z(&k->arena, s);
}

static int64_t
posted(const char *login, const char *path, const char *params, const char *prefix)
{
    struct kit_reply r = kit_post(k, login, path, params);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s %s: %d\n%.3000s", path, params, (int)r.status, str_z(&k->arena, r.body));
    return prefix == NULL ? 0 : kit_id_in(r.location, prefix);
}

static enum http
status(const char *login, const char *path, const char *params)
{
    return kit_post(k, login, path, params).status;
}

static bool
shows(const char *login, const char *path, const char *text)
{
    struct kit_reply r = kit_get(k, login, path);
    if (r.status != HTTP_OK) fail_msg("%s: %d", path, (int)r.status);
    return kit_has(r, text);
}

/* ---- A project on its way ---- */

static int64_t project, line;

static const char *
at(const char *rest)
{
    return f("/projects/%lld%s", (long long)project, rest);
}

static const char *
state_now(void)
{
    const char *const all[] = { "needs", "planning", "approval", "executing", "evaluating", "improving", "closed", "suspended", "rejected", "withdrawn",
                                "terminated" };
    for (size_t i = 0; i < COUNT(all); i++)
        if (kit_number(k, f("SELECT count(*) FROM project WHERE id = %lld AND state = '%s'", (long long)project, all[i])) == 1) return all[i];
    return "?";
}

static void
go(const char *login, const char *to)
{
    posted(login, at("/move"), f("to=%s&reason=%s", to, zh("说明")), NULL);
    assert_string_equal(state_now(), to);
}

/* The gate does not open, names what is missing on the page and where it was tried, and nothing moved. */
static void
shut(const char *login, const char *to, const char *names)
{
    const char *before = state_now();
    struct kit_reply r = kit_post(k, login, at("/move"), f("to=%s&reason=%s", to, zh("说明")));
    assert_int_equal(r.status, HTTP_INVALID);
    if (!kit_has(r, names)) fail_msg("not named: %s\n%.4000s", names, str_z(&k->arena, r.body));
    assert_true(shows(login, at(""), names));
    assert_string_equal(state_now(), before);
}

static void
opened(void)
{
    project = posted("worker_a", "/projects/new", f("unit=%lld&name=%s&kind=series", (long long)k->station_a.v, zh("暖心<餐桌>")), "/projects/");
}

static const char *
needs_params(const char *leave_out)
{
    static const char *const fields[][2] = {
        { "party_org", "东风社区党总支" }, { "residents_org", "东风社区居民委员会" }, { "surveyed_from", "2020-01-01" }, { "surveyed_to", "2020-02-01" },
        { "surveyors", "社工二人" }, { "community", "东风社区" }, { "community_type", "urban" }, { "bounds", "东至河西至山" }, { "population", "3000" },
        { "households", "1100" }, { "structure", "老年人较多" }, { "economy", "务工为主" }, { "culture", "客家" }, { "strengths", "邻里和睦" },
        { "visits.0.kind", "resident" }, { "visits.0.on", "2020-01-05" }, { "visits.0.by", "社工" }, { "visits.0.content", "吃饭难" },
        { "problems.0.text", "独居老人午饭没有着落" }, { "problems.0.who", "独居老人27人" }, { "problems.0.duration", "两年" },
        { "problems.0.impact", "营养不良" }, { "problems.0.at_level", "group" }, { "problems.0.service", "supportive" }, { "sample", "120" },
        { "methods", "questionnaire" }, { "needs_result", "希望有人送餐" }, { "resources.0.name", "敬老院食堂" }, { "resources.0.kind", "public" },
        { "potential.0.name", "返乡大学生" }, { "potential.0.use", "送餐" }, { "people.0.kind", "volunteer" }, { "people.0.count", "12" },
        { "conclusion", "建议开展助餐" },
    };
    struct buf b = { .arena = &k->arena };
    for (size_t i = 0; i < COUNT(fields); i++)
        if (leave_out == NULL || strncmp(fields[i][0], leave_out, strlen(leave_out)) != 0) putf(&b, "&%s=%s", fields[i][0], zh(fields[i][1]));
    return str_z(&k->arena, buf_str(&b));
}

static const char *
plan_params(const char *owner, const char *third, const char *problem)
{
    static const char *const fields[][2] = {
        { "target_group", "elderly" }, { "target_count", "27" }, { "main_problem", "午饭没有着落" }, { "client_traits", "行动不便" },
        { "expected_effect.0.indicator", "吃上热饭的人数" }, { "expected_effect.0.baseline", "0" }, { "expected_effect.0.target", "27" },
        { "expected_effect.0.measure", "登记" }, { "services", "1.2" }, { "ways", "linking" }, { "content", "每天送餐" }, { "capacity", "社工三名" },
        { "schedule.0.stage", "准备" }, { "schedule.0.text", "联系食堂" }, { "schedule.0.from", "2020-03-01" }, { "schedule.0.to", "2020-03-31" },
        { "schedule.0.output", "协议" }, { "indicators.0.indicator", "times" }, { "indicators.0.count", "500" }, { "indicators.0.due", "2020-12-31" },
        { "venue.0.place", "食堂" }, { "staff.0.who", "社工" }, { "staff.0.role", "统筹" }, { "budget.0.item", "餐费" }, { "budget.0.amount", "1200" },
        { "budget.0.source", "lottery" }, { "partners.0.kind", "volunteer" }, { "partners.0.name", "志愿队" }, { "partners.0.role", "送餐" },
        { "purchased", "0" }, { "risks.0.risk", "食品安全" }, { "risks.0.answer", "留样" }, { "evaluation", "问卷" }, { "rounds.0.phase", "end" },
        { "rounds.0.kind", "satisfaction" },
    };
    struct buf b = { .arena = &k->arena };
    for (size_t i = 0; i < COUNT(fields); i++) putf(&b, "&%s=%s", fields[i][0], zh(fields[i][1]));
    putf(&b, "&schedule.0.owner=%s&third_needed=%s&expected_effect.0.problem=%s", zh(owner), third, problem);
    return str_z(&k->arena, buf_str(&b));
}

static int64_t
begun(const char *form)
{
    posted("worker_a", at(f("/begin/%s", form)), "", NULL);
    return kit_number(k, f("SELECT max(id) FROM project_form WHERE project_id = %lld AND form = '%s'", (long long)project, form));
}

static struct kit_reply
saved(const char *login, int64_t form, const char *what, const char *params)
{
    int64_t saves = kit_number(k, f("SELECT saves FROM project_form WHERE id = %lld", (long long)form));
    return kit_post(k, login, at(f("/forms/%lld", (long long)form)), f("do=%s&version=%lld%s", what, (long long)saves, params));
}

static void
assessed(void)
{
    assert_int_equal(saved("worker_a", begun("community_needs"), "submit", needs_params(NULL)).status, HTTP_SEE_OTHER);
}

static void
linked(void)
{
    int64_t list = posted("worker_a", "/lists/new", f("unit=%lld&kind=needs&title=%s&from=%s&to=%s", (long long)k->station_a.v, zh("需求"), day(-9), day(99)),
                          "/lists/");
    posted("worker_a", f("/lists/%lld/lines/new", (long long)list), f("version=0&text=%s&topic=living&source=visit&priority=high", zh("要吃热饭")), NULL);
    posted("head_a", f("/lists/%lld/publish", (long long)list), f("on=%s", day(0)), NULL);
    line = kit_number(k, "SELECT max(line_id) FROM list_line");
    posted("worker_a", at("/lines"), f("line=%lld", (long long)line), NULL);
}

static int64_t
planned(const char *owner, const char *third)
{
    int64_t plan = begun("community_plan");
    assert_int_equal(saved("worker_a", plan, "submit", plan_params(owner, third, "1")).status, HTTP_SEE_OTHER);
    return plan;
}

static void
approved(int64_t plan)
{
    posted("head_a", at(f("/forms/%lld/review", (long long)plan)), "decision=approved", NULL);
}

#define DECISION "decision=internal&on=%s&by=x"

/* In the work. */
static void
running(const char *owner)
{
    opened();
    assessed();
    go("worker_a", "planning");
    linked();
    approved(planned(owner, "0"));
    go("worker_a", "approval");
    posted("head_a", at("/decide"), f(DECISION, day(0)), NULL);
    assert_string_equal(state_now(), "executing");
}

#define ACTIVITY "version=0&state=held&name=x&method=linking&on=%s&persons=10&firsts=10&times=12&staff=x&process=x"

static void
evaluated(const char *phase, const char *kind, const char *rest)
{
    posted("worker_a", at("/reviews/new"), f("version=0&phase=%s&kind=%s&on=%s&party=x&conclusion=x&%s", phase, kind, day(0), rest), NULL);
}

static struct staff_id
staff_of(struct unit_id unit)
{
    struct staff_new s = { .unit = unit, .name = STR("负责人"), .sex = STR("2"), .born = date_add(today(), -12000), .employment = STR("full"),
                           .education = STR("21"), .started_on = date_add(today(), -400), .source = STR("recruit") };
    kit_begin(k);
    struct staff_id id = staff_make(k->db, 350424, &s);
    kit_commit(k);
    return id;
}

/* ---- Tests ---- */

/* covers: MZT-14, GZ-17 */
static void
a_survey_is_not_finished_while_a_part_is_empty(void **state)
{
    static const char *const parts[] = { "party_org", "residents_org", "population", "problems", "needs_result", "resources", "potential", "people" };
    (void)state;
    opened();
    assert_true(shows("worker_a", at(""), "暖心&lt;餐桌&gt;"));
    shut("worker_a", "planning", "还没有需求评估。");
    int64_t form = begun("community_needs");
    for (size_t i = 0; i < COUNT(parts); i++) {
        assert_int_equal(saved("worker_a", form, "submit", needs_params(parts[i])).status, HTTP_INVALID);
        assert_int_equal(kit_number(k, "SELECT count(*) FROM project_form WHERE status <> 'draft'"), 0);
    }
    assert_int_equal(saved("worker_a", form, "draft", needs_params("problems")).status, HTTP_SEE_OTHER);
    shut("worker_a", "planning", "需求评估还没有提交。");
    shut("worker_a", "planning", "社区问题：");                     /* the part by its name */
    assert_true(shows("worker_a", at(f("/forms/%lld", (long long)form)), "希望有人送餐"));      /* a draft keeps what was typed */
    assert_int_equal(saved("worker_a", form, "submit", needs_params(NULL)).status, HTTP_SEE_OTHER);
    assert_int_equal(saved("worker_a", form, "draft", needs_params(NULL)).status, HTTP_CONFLICT);
    go("worker_a", "planning");
    assert_true(shows("worker_a", at("/report"), "独居老人午饭没有着落"));
    assert_true(shows("worker_a", at("/report"), "返乡大学生"));
    assert_true(strstr(kit_told(k, kit_get(k, "worker_a", at("/report/pdf")).body, "pdftotext -raw %s -"), "东风社区党总支") != NULL);
    assert_int_equal(status("worker_a", at("/begin/community_needs"), ""), HTTP_CONFLICT);        /* not in this stage */
    assert_int_equal(status("worker_a", at("/begin/A"), ""), HTTP_NOT_FOUND);
    assert_int_equal(status("worker_a", at("/begin/community_plan"), ""), HTTP_SEE_OTHER);
}

/* covers: MZT-16, MZT-17 */
static void
a_plan_answers_needs_and_is_approved_by_another(void **state)
{
    (void)state;
    opened();
    assessed();
    go("worker_a", "planning");
    shut("worker_a", "approval", "还没有策划书。");
    shut("worker_a", "approval", "没有回应的清单条目");
    int64_t plan = begun("community_plan");
    assert_int_equal(saved("worker_a", plan, "submit", "&main_problem=x").status, HTTP_INVALID);
    assert_int_equal(saved("worker_a", plan, "submit", plan_params("x", "0", "9")).status, HTTP_INVALID);    /* a problem that is none */
    shut("worker_a", "approval", "策划书还没有提交。");
    assert_int_equal(status("worker_a", at("/lines"), "line=5"), HTTP_INVALID);
    linked();
    assert_int_equal(saved("worker_a", plan, "submit", plan_params("", "0", "1")).status, HTTP_SEE_OTHER);
    shut("worker_a", "approval", "策划书还没有批准。");
    const char *review = at(f("/forms/%lld/review", (long long)plan));
    assert_int_equal(status("worker_a", review, "decision=approved"), HTTP_FORBIDDEN);
    assert_int_equal(status("head_a", review, "decision=returned"), HTTP_INVALID);
    posted("supervisor_a", review, f("decision=returned&comment=%s", zh("预算不清楚")), NULL);
    assert_true(shows("worker_a", at(f("/forms/%lld", (long long)plan)), "预算不清楚"));
    assert_int_equal(status("head_a", review, "decision=approved"), HTTP_CONFLICT);               /* not handed in again */
    /* Who hands it in does not approve it, whoever he is. */
    assert_int_equal(saved("head_a", plan, "submit", plan_params("x", "0", "1")).status, HTTP_SEE_OTHER);
    assert_int_equal(status("head_a", review, "decision=approved"), HTTP_CONFLICT);
    posted("supervisor_a", review, "decision=approved", NULL);
    const char *paper = kit_told(k, kit_get(k, "worker_a", at(f("/forms/%lld/pdf", (long long)plan))).body, "pdftotext -raw %s -");
    assert_non_null(strstr(paper, "党组织领导"));
    assert_non_null(strstr(paper, "东风社区党总支"));
    assert_non_null(strstr(paper, "东风社区居民委员会"));
    assert_non_null(strstr(paper, "1 独居"));                      /* the problem by its words, not by its number alone */
    go("worker_a", "approval");
    assert_int_equal(status("worker_a", at("/begin/community_plan"), ""), HTTP_CONFLICT);         /* not while it is decided on */
}

static void
a_decision_is_recorded_or_refused_with_a_reason(void **state)
{
    (void)state;
    opened();
    assessed();
    go("worker_a", "planning");
    linked();
    approved(planned("x", "1"));
    go("worker_a", "approval");
    assert_int_equal(status("head_a", at("/move"), "to=rejected&reason="), HTTP_INVALID);
    assert_int_equal(status("worker_a", at("/move"), "to=rejected&reason=x"), HTTP_FORBIDDEN);
    assert_int_equal(status("worker_a", at("/decide"), f(DECISION, day(0))), HTTP_FORBIDDEN);
    go("head_a", "rejected");
    assert_int_equal(status("worker_a", at("/edit"), "version=1&name=x&kind=series"), HTTP_CONFLICT);
    assert_int_equal(status("head_a", at("/decide"), f(DECISION, day(0))), HTTP_CONFLICT);
    go("worker_a", "planning");
    go("worker_a", "approval");
    go("worker_a", "withdrawn");
    go("worker_a", "planning");
    go("worker_a", "approval");
    /* The plan says that a third party looks at it first (SA-16); a purchase has a number. */
    assert_int_equal(status("head_a", at("/decide"), f(DECISION, day(0))), HTTP_INVALID);
    assert_int_equal(status("head_a", at("/decide"), f("decision=purchase&on=%s&by=x&third_by=x&third_on=%s&third_result=passed", day(0), day(-1))),
                     HTTP_INVALID);
    assert_int_equal(status("head_a", at("/decide"), f(DECISION "&third_by=x&third_on=%s&third_result=passed", day(-2), day(-1))), HTTP_INVALID);
    assert_string_equal(state_now(), "approval");
    assert_int_equal(kit_number(k, f("SELECT count(*) FROM list_line WHERE line_id = %lld AND state = 'open'", (long long)line)), 1);
    posted("head_a", at("/decide"), f("decision=purchase&on=%s&by=x&no=C-1&granted=1200&third_by=x&third_on=%s&third_result=passed", day(0), day(-1)), NULL);
    assert_string_equal(state_now(), "executing");
    assert_int_equal(kit_number(k, "SELECT granted FROM project"), 120000);
    assert_int_equal(kit_number(k, f("SELECT count(*) FROM list_line WHERE line_id = %lld AND state = 'planned'", (long long)line)), 1);
}

/* covers: MZT-44 */
static void
work_is_recorded_before_it_is_evaluated(void **state)
{
    (void)state;
    running("");
    shut("worker_a", "evaluating", "进度表第 1 项任务没有责任人");
    shut("worker_a", "evaluating", "没有已举办活动的记录。");
    shut("worker_a", "evaluating", "没有中期过程评估。");
    const char *add = at("/activities/new");
    assert_int_equal(status("worker_a", add, f("version=0&state=held&name=x&method=linking&on=%s", day(0))), HTTP_INVALID);
    assert_int_equal(status("worker_a", add, f(ACTIVITY, day(1))), HTTP_INVALID);                 /* tomorrow was not held */
    assert_int_equal(status("worker_a", add, f("version=0&state=planned&name=x&method=linking&on=%s", day(-1))), HTTP_INVALID);
    assert_int_equal(status("worker_a", add, f("version=0&state=held&name=x&method=linking&on=%s&persons=3&firsts=4&times=3&staff=x&process=x", day(0))),
                     HTTP_INVALID);
    assert_int_equal(status("worker_a", add, f("version=0&state=held&name=x&method=linking&on=%s&persons=3&firsts=1&times=2&staff=x&process=x", day(0))),
                     HTTP_INVALID);
    assert_int_equal(status("worker_a", add, f("version=0&state=cancelled&name=x&method=linking&on=%s", day(0))), HTTP_INVALID);
    assert_int_equal(status("worker_a", add, f(ACTIVITY "&service=99.9", day(0))), HTTP_INVALID);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM project_activity"), 0);
    posted("worker_a", add, f(ACTIVITY, day(0)), NULL);
    posted("worker_a", add, f("version=0&state=held&name=x&method=network&on=%s&persons=8&firsts=3&times=30&staff=x&process=x&cost=50", day(0)), NULL);
    posted("worker_a", add, f("version=0&state=planned&name=%s&method=linking&on=%s&planned=20&persons=99", zh("敬老日"), day(0)), NULL);
    /* Persons and person-times apart: 13 people came, 42 times; what is planned counts nothing. */
    assert_int_equal(kit_number(k, "SELECT count(*) FROM project_activity WHERE persons = 99"), 0);
    k->json = true;
    struct kit_reply list = kit_get(k, "worker_a", "/projects");
    k->json = false;
    assert_true(kit_has(list, "\"persons\":13") && kit_has(list, "\"times\":42"));
    struct kit_reply methods = kit_get(k, "county", "/projects/methods");
    assert_true(kit_has(methods, "资源链接") && kit_has(methods, ">30<") && kit_has(methods, ">12<"));
    shut("worker_a", "evaluating", "1 项活动已到日期，没有记录，也没有取消。");
    int64_t waits = kit_number(k, "SELECT id FROM project_activity WHERE state = 'planned'");
    const char *edit = at(f("/activities/%lld/edit", (long long)waits));
    posted("worker_a", edit, f("version=1&state=cancelled&name=x&method=linking&on=%s&reason=%s", day(0), zh("下雨")), NULL);
    assert_int_equal(status("worker_a", edit, f("version=1&state=cancelled&name=x&method=linking&on=%s&reason=x", day(0))), HTTP_INVALID);  /* seen too early */
    evaluated("mid", "self", "clean=1");
    /* The plan is mended: a new version, approved, and the log says what changed. */
    int64_t plan = begun("community_plan");
    shut("worker_a", "evaluating", "策划书的新版本还没有批准。");
    assert_int_equal(saved("worker_a", plan, "submit", plan_params("社工甲", "0", "1")).status, HTTP_SEE_OTHER);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM project_event WHERE kind = 'change'"), 0);
    approved(plan);
    assert_true(shows("worker_a", at("/log"), "进度表") && shows("worker_a", at("/log"), "策划书第 2 版"));
    assert_int_equal(status("worker_a", at("/log"), f("what=x&on=%s&became=x&reason=", day(0))), HTTP_INVALID);
    posted("worker_a", at("/log"), f("what=%s&on=%s&was=9&became=10&reason=x", zh("开餐时间"), day(0)), NULL);
    assert_true(shows("worker_a", at("/log"), "开餐时间"));
    go("worker_a", "evaluating");
    assert_int_equal(status("worker_a", add, f(ACTIVITY, day(0))), HTTP_CONFLICT);
}

static void
work_is_suspended_resumed_and_ended_with_reasons(void **state)
{
    (void)state;
    running("x");
    assert_int_equal(status("worker_a", at("/move"), "to=suspended&reason=x"), HTTP_FORBIDDEN);
    assert_int_equal(status("head_a", at("/move"), "to=suspended&reason="), HTTP_INVALID);
    posted("head_a", at("/move"), f("to=suspended&reason=%s", zh("疫情停办")), NULL);
    assert_true(shows("worker_a", at(""), "疫情停办"));
    assert_int_equal(status("worker_a", at("/activities/new"), f(ACTIVITY, day(0))), HTTP_CONFLICT);
    assert_int_equal(status("worker_a", at("/move"), "to=evaluating"), HTTP_CONFLICT);
    go("head_a", "executing");
    assert_false(shows("worker_a", at(""), "疫情停办"));
    go("head_a", "terminated");
    assert_int_equal(status("head_a", at("/move"), "to=executing&reason=x"), HTTP_CONFLICT);
    assert_int_equal(status("worker_a", at("/lines"), f("line=%lld", (long long)line)), HTTP_CONFLICT);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM project WHERE closed_on IS NOT NULL"), 1);
}

/* covers: MZT-26, MZT-43, GZ-22 */
static void
no_project_is_closed_before_each_finding_is_answered(void **state)
{
    (void)state;
    struct staff_id owner = staff_of(k->station_a), stranger = staff_of(k->station_b);
    running("x");
    posted("worker_a", at("/activities/new"), f(ACTIVITY, day(0)), NULL);
    evaluated("mid", "self", "clean=1");
    go("worker_a", "evaluating");
    assert_int_equal(status("head_a", at("/move"), "to=closed&reason=x"), HTTP_CONFLICT);         /* no jump */
    shut("worker_a", "improving", "没有末期评估。");
    shut("worker_a", "improving", "没有末期满意度调查。");
    assert_int_equal(status("worker_a", at("/reviews/new"), f("version=0&phase=end&kind=satisfaction&on=%s&party=x&conclusion=x", day(0))), HTTP_INVALID);
    evaluated("end", "satisfaction", "asked=20&score=92&clean=1");
    evaluated("end", "third", "score=85");
    go("worker_a", "improving");
    shut("head_a", "closed", "1 次评估没有登记发现");
    assert_int_equal(status("head_a", at("/move"), "to=closed&reason="), HTTP_INVALID);           /* an improvement note is asked for */
    int64_t round = kit_number(k, "SELECT id FROM project_review WHERE kind = 'third'");
    int64_t clean = kit_number(k, "SELECT id FROM project_review WHERE kind = 'self'");
    const char *add = at(f("/reviews/%lld/findings/new", (long long)round));
    assert_int_equal(status("worker_a", at(f("/reviews/%lld/findings/new", (long long)clean)), "version=0&text=x&way=open"), HTTP_CONFLICT);
    posted("worker_a", add, f("version=0&text=%s&way=open&problem=1", zh("菜太凉")), NULL);
    shut("head_a", "closed", "1 个评估发现既没有改进任务");
    assert_true(shows("worker_a", at("/reviews"), "独居老人午饭没有着落"));                        /* back to the survey */
    assert_true(shows("county", "/projects/findings?show=none", "菜太凉"));
    assert_false(shows("head_b", "/projects/findings", "菜太凉"));
    int64_t finding = kit_number(k, "SELECT max(id) FROM project_finding");
    const char *decide = at(f("/findings/%lld", (long long)finding));
    assert_int_equal(status("worker_a", decide, f("version=1&text=x&way=task&task=x&due=%s", day(9))), HTTP_INVALID);      /* nobody */
    assert_int_equal(status("worker_a", decide, f("version=1&text=x&way=task&task=x&due=%s&owner=%lld", day(9), (long long)stranger.v)), HTTP_INVALID);
    assert_int_equal(status("worker_a", decide, "version=1&text=x&way=none"), HTTP_INVALID);
    assert_int_equal(status("worker_a", decide, "version=1&text=x&way=open&problem=7"), HTTP_INVALID);
    posted("worker_a", add, f("version=0&text=x&way=none&note=%s", zh("天气所致")), NULL);
    posted("worker_a", decide, f("version=1&text=%s&way=task&task=x&due=%s&owner=%lld", zh("菜太凉"), day(-1), (long long)owner.v), NULL);
    assert_true(shows("worker_a", "/projects/findings?show=late", "菜太凉"));
    go("head_a", "closed");
    assert_true(shows("worker_a", at(""), "改进说明"));
    assert_int_equal(status("worker_a", add, "version=0&text=x&way=open"), HTTP_CONFLICT);
    /* A task is finished after the project is closed; nothing else of it changes. */
    const char *result = f("&text=changed&way=task&task=y&due=%s&owner=%lld", day(5), (long long)owner.v);
    assert_int_equal(status("worker_a", decide, f("version=2&done=%s%s", day(0), result)), HTTP_INVALID);       /* no result */
    posted("worker_a", decide, f("version=2&done=%s&result=x%s", day(0), result), NULL);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM project_finding WHERE text = 'changed' OR task = 'y'"), 0);
    assert_false(shows("county", "/projects/findings", "菜太凉"));
    assert_int_equal(kit_number(k, f("SELECT count(*) FROM audit WHERE entity = 'project' AND entity_id = %lld AND action = 'move'", (long long)project)), 6);
}

static void
projects_are_listed_searched_paged_and_shut_to_others(void **state)
{
    (void)state;
    for (int i = 0; i < 52; i++)
        project = posted("worker_a", "/projects/new", f("unit=%lld&name=%s%02d&kind=series", (long long)k->station_a.v, zh("第"), i), "/projects/");
    assert_int_equal(status("worker_a", "/projects/new", f("unit=%lld&name=x&kind=series", (long long)k->station_b.v)), HTTP_INVALID);
    assert_int_equal(status("worker_a", "/projects/new", f("unit=%lld&name=&kind=nonsense", (long long)k->station_a.v)), HTTP_INVALID);
    struct kit_reply r = kit_get(k, "worker_a", "/projects");
    assert_true(kit_has(r, "第51") && !kit_has(r, "第01"));
    int64_t second = kit_number(k, "SELECT id FROM project WHERE name LIKE '%02'");
    assert_true(shows("worker_a", f("/projects?after=%lld", (long long)second), "第01"));
    assert_true(shows("worker_a", f("/projects?q=%s", zh("第07")), "第07"));
    assert_false(shows("worker_a", f("/projects?q=%s", zh("第07")), "第08"));
    assert_false(shows("worker_a", "/projects?state=closed", "第51"));
    assert_true(shows("worker_a", "/projects?state=running", "第51"));
    assert_true(shows("county", f("/projects?unit=%lld", (long long)k->station_a.v), "第51"));
    assert_false(shows("county", f("/projects?unit=%lld", (long long)k->station_b.v), "第51"));
    assert_true(shows("bureau", at(""), "第51"));
    assert_int_equal(kit_get(k, "worker_a", "/projects/export").status, HTTP_OK);
    assert_int_equal(kit_number(k, "SELECT count(DISTINCT no) FROM project"), 52);
    /* Others. */
    assert_int_equal(kit_get(k, "worker_b", at("")).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_b", at("/log")).status, HTTP_NOT_FOUND);
    assert_int_equal(status("worker_b", at("/begin/community_needs"), ""), HTTP_NOT_FOUND);
    assert_false(shows("worker_b", "/projects", "第51"));
    assert_int_equal(status("county", at("/begin/community_needs"), ""), HTTP_FORBIDDEN);
    assert_int_equal(status("county", at("/move"), "to=planning"), HTTP_FORBIDDEN);
    assert_int_equal(status("supervisor_a", at("/edit"), "version=1&name=x&kind=series"), HTTP_FORBIDDEN);
    static const char *const strangers[] = { "assistant_a", "grid_a", "village_a", "volunteer_a", "clerk_a", "evaluator", "admin" };
    for (size_t i = 0; i < COUNT(strangers); i++) assert_int_equal(kit_get(k, strangers[i], "/projects").status, HTTP_FORBIDDEN);
    /* Two people change the head. */
    posted("worker_a", at("/edit"), "version=1&name=x&kind=series", NULL);
    assert_int_equal(status("head_a", at("/edit"), "version=1&name=y&kind=series"), HTTP_INVALID);
}

/* Two people write one form: the second sees both, and loses nothing. */
static void
two_people_on_one_form_notice_each_other(void **state)
{
    (void)state;
    opened();
    int64_t form = begun("community_needs");
    const char *path = at(f("/forms/%lld", (long long)form));
    posted("worker_a", path, f("do=draft&version=1&community=%s", zh("东风社区")), NULL);
    struct kit_reply r = kit_post(k, "head_a", path, f("do=draft&version=1&community=%s", zh("西风社区")));
    assert_int_equal(r.status, HTTP_CONFLICT);
    assert_true(kit_has(r, "东风社区") && kit_has(r, "西风社区"));
    /* A second version beside the first. */
    assert_int_equal(saved("worker_a", form, "submit", needs_params(NULL)).status, HTTP_SEE_OTHER);
    int64_t again = begun("community_needs");
    assert_int_not_equal(again, form);
    assert_int_equal(saved("worker_a", again, "draft", f("%s&conclusion=%s", needs_params("conclusion"), zh("改为入户"))).status, HTTP_SEE_OTHER);
    assert_true(shows("worker_a", at(f("/forms/%lld/compare/%lld", (long long)again, (long long)form)), "改为入户"));
}

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(t) cmocka_unit_test_setup_teardown(t, open_kit, close_kit)
        TEST(a_survey_is_not_finished_while_a_part_is_empty), TEST(a_plan_answers_needs_and_is_approved_by_another),
        TEST(a_decision_is_recorded_or_refused_with_a_reason), TEST(work_is_recorded_before_it_is_evaluated),
        TEST(work_is_suspended_resumed_and_ended_with_reasons), TEST(no_project_is_closed_before_each_finding_is_answered),
        TEST(projects_are_listed_searched_paged_and_shut_to_others), TEST(two_people_on_one_form_notice_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
