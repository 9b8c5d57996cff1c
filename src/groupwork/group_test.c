/* Group work: the way of a group through all its states, each gate with what it names, and what must not happen. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "files/attach.h"
#include "groupwork/group.h"
#include "test/cases.h"

static struct kit *k;

static int open_kit(void **state) { (void)state; k = kit_open(); attach_dir_set(k->dir); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

static const char *
zh(const char *text)
{
    return str_z(&k->arena, kit_enc(k, text));
}

static struct kit_reply
done(struct kit_reply r, const char *what)
{
    const char *body = str_z(&k->arena, r.body), *why = strstr(body, "alert-danger");
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d %.1800s", what, (int)r.status, why ? why : body);
    return r;
}

static struct kit_reply
step(const char *login, int64_t g, const char *path, const char *params)
{
    return kit_post(k, login, at(k, "/groups/%lld/%s", (long long)g, path), params);
}

static struct kit_reply
page(const char *login, int64_t g, const char *path)
{
    return kit_get(k, login, at(k, "/groups/%lld%s", (long long)g, path));
}

/* ---- Forms ---- */

static struct kit_reply
send(const char *login, int64_t g, int64_t form, const struct sheet *s, const char *what)
{
    int64_t saves = kit_number(k, at(k, "SELECT saves FROM group_form WHERE id = %lld", (long long)form));
    return step(login, g, at(k, "forms/%lld", (long long)form), str_fmt(&k->arena, "%s&version=%lld&do=%s", sheet_params(s), (long long)saves, what).p);
}

static void
review(const char *login, int64_t g, int64_t form, const char *decision)
{
    done(step(login, g, at(k, "forms/%lld/review", (long long)form), at(k, "decision=%s&comment=%s&sign=%s", decision, zh("已阅"), zh(case_sign))), "review");
}

static struct sheet
plan_sheet(const char *open_kind, int least, int most, int sessions)
{
    struct sheet s = sheet_of(k, "H");
    sheet_set(&s, "open_kind", open_kind);
    sheet_set(&s, "min_size", at(k, "%d", least));
    sheet_set(&s, "size_plan", at(k, "%d", least));
    sheet_set(&s, "max_size", at(k, "%d", most));
    sheet_set(&s, "sessions_planned", at(k, "%d", sessions));
    return s;
}

struct made { int64_t id, plan; const char *name; };
static struct made
group(const char *login, const char *name)
{
    struct kit_reply r = done(kit_post(k, login, "/groups/new", at(k, "name=%s", zh(name))), "new");
    struct made m = { .id = kit_id_in(r.location, "/groups/"), .name = name };
    m.plan = kit_id_in(r.location, at(k, "/groups/%lld/forms/", (long long)m.id));
    done(step(login, m.id, "supervisor", at(k, "who=%lld", (long long)kit_user(k, "supervisor_a").v)), "supervisor");
    return m;
}

static void
approved_plan(struct made g, const char *open_kind, int least, int most, int sessions)
{
    struct sheet s = plan_sheet(open_kind, least, most, sessions);
    sheet_set(&s, "group_name", g.name);
    done(send("worker_a", g.id, g.plan, &s, "submit"), "H");
    review("supervisor_a", g.id, g.plan, "approved");
}

/* A session with its plan handed in. */
static int64_t
session(int64_t g, const char *period, int64_t *plan)
{
    struct kit_reply r = done(step("worker_a", g, "sessions", ""), "session");
    int64_t form = kit_id_in(r.location, at(k, "/groups/%lld/forms/", (long long)g));
    struct sheet s = sheet_of(k, "I");
    sheet_set(&s, "period", period);
    sheet_set(&s, "time_from", "14:00");
    sheet_set(&s, "time_to", "14:01");
    done(send("worker_a", g, form, &s, "submit"), "I");
    if (plan != NULL) *plan = form;
    return kit_number(k, at(k, "SELECT session_id FROM group_form WHERE id = %lld", (long long)form));
}

static int64_t
begin_record(int64_t g, int64_t meeting)
{
    struct kit_reply r = done(step("worker_a", g, at(k, "sessions/%lld/record", (long long)meeting), ""), "begin J");
    return kit_id_in(r.location, at(k, "/groups/%lld/forms/", (long long)g));
}

/* Everybody came, but the first member in a state of his own. */
static struct sheet
record_sheet(int64_t g, const char *period, const char *first_state)
{
    struct sheet s = sheet_of(k, "J");
    sheet_set(&s, "period", period);
    sheet_set(&s, "time_from", "14:00");
    sheet_set(&s, "time_to", "15:00");
    if (strcmp(period, "transition") == 0) {
        sheet_set(&s, "resistance", "x");
        sheet_set(&s, "conflict", "x");
    }
    if (strcmp(period, "ending") == 0) sheet_set(&s, "farewell", "x");
    int64_t n = kit_number(k, at(k, "SELECT count(*) FROM group_member WHERE group_id = %lld AND state = 'accepted'", (long long)g));
    for (int64_t i = 0; i < n; i++) {
        int64_t id = kit_number(k, at(k, "SELECT id FROM group_member WHERE group_id = %lld AND state = 'accepted' ORDER BY id LIMIT 1 OFFSET %lld",
                                      (long long)g, (long long)i));
        sheet_set(&s, at(k, "attendance.%lld.member", (long long)i), at(k, "%lld", (long long)id));
        sheet_set(&s, at(k, "attendance.%lld.state", (long long)i), i ? "present" : first_state);
        sheet_set(&s, at(k, "member_notes.%lld.member", (long long)i), at(k, "%lld", (long long)id));
        sheet_set(&s, at(k, "member_notes.%lld.engagement", (long long)i), "4");
        sheet_set(&s, at(k, "member_notes.%lld.behaviour", (long long)i), "x");
    }
    return s;
}

static void
hold(int64_t g, int64_t meeting, const char *period, const char *first_state)
{
    int64_t form = begin_record(g, meeting);
    struct sheet s = record_sheet(g, period, first_state);
    done(send("worker_a", g, form, &s, "submit"), "J");
}

/* ---- Members ---- */

static int64_t
candidate(int64_t g, int64_t person)
{
    done(step("worker_a", g, "members", at(k, "person=%lld&on=%s", (long long)person, day_text(k, 0))), "candidate");
    return kit_number(k, at(k, "SELECT max(id) FROM group_member WHERE group_id = %lld AND person_id = %lld", (long long)g, (long long)person));
}

static struct kit_reply
screened(int64_t g, int64_t member, const char *result)
{
    return step("worker_a", g, at(k, "members/%lld/screen", (long long)member), at(k, "way=interview&state=%s&reason=%s", result, zh("符合条件")));
}

static int64_t
accepted(int64_t g, const char *name, const char *born)
{
    int64_t m = candidate(g, case_person_made(k, "worker_a", name, born));
    done(screened(g, m, "accepted"), "screen");
    return m;
}

static void
details(int64_t g, int64_t member, const char *params)
{
    done(step("worker_a", g, at(k, "members/%lld", (long long)member), params), "details");
}

static void
sign_all(int64_t g)
{
    struct buf b = { .arena = &k->arena };
    int64_t n = kit_number(k, at(k, "SELECT count(*) FROM group_member WHERE group_id = %lld AND state = 'accepted'", (long long)g));
    for (int64_t i = 0; i < n; i++)
        putf(&b, "&members=%lld", (long long)kit_number(k, at(k, "SELECT id FROM group_member WHERE group_id = %lld AND state = 'accepted' ORDER BY id"
                                                              " LIMIT 1 OFFSET %lld", (long long)g, (long long)i)));
    done(step("worker_a", g, "contract", str_fmt(&k->arena, "rules=%s&on=%s%.*s", zh("准时、保密、互相尊重"), day_text(k, 0), FMT(buf_str(&b))).p), "contract");
}

static bool
in_state(int64_t g, const char *state)
{
    return kit_number(k, at(k, "SELECT count(*) FROM groupfile WHERE id = %lld AND state = '%s'", (long long)g, state)) == 1;
}

/* The gate is shut, and says why on the page. */
static void
shut(int64_t g, const char *to, const char *why)
{
    struct kit_reply r = page("worker_a", g, "");
    if (!kit_has(r, why)) fail_msg("%s is not told: %.3000s", why, strstr(str_z(&k->arena, r.body), "id=\"gate\""));
    assert_int_equal(step("worker_a", g, "advance", at(k, "to=%s", to)).status, HTTP_CONFLICT);
    assert_false(in_state(g, to));
}

static void
go(int64_t g, const char *to)
{
    done(step("worker_a", g, "advance", at(k, "to=%s", to)), to);
    assert_true(in_state(g, to));
}

/* ---- Tests ---- */

/* The summary, the follow-up and the archive, behind which nothing is written any more. */
static void
sum_up(int64_t g, int64_t adult)
{
    shut(g, "follow_up", "评估总结报告（K）还没有通过审批");
    struct kit_reply r = done(step("worker_a", g, "summary", ""), "K");
    int64_t form = kit_id_in(r.location, at(k, "/groups/%lld/forms/", (long long)g));
    assert_true(kit_has(page("worker_a", g, at(k, "/forms/%lld", (long long)form)), "应到 8 人次，实到 7 人次，出席率 88%，全勤 1 人"));    /* R-GW-5 */
    struct sheet s = sheet_of(k, "K");
    sheet_set(&s, "member_change.0.member", at(k, "%lld", (long long)adult));
    done(send("worker_a", g, form, &s, "submit"), "K");
    shut(g, "follow_up", "评估总结报告（K）还没有通过审批");
    review("supervisor_a", g, form, "approved");
    go(g, "follow_up");
    shut(g, "archived", "跟进事项 1 还没有完成");
    assert_int_equal(step("worker_a", g, "ticks", "item=K.follow_up:2&state=done").status, HTTP_CONFLICT);
    done(step("worker_a", g, "ticks", "item=K.follow_up:1&state=done"), "tick");
    go(g, "archived");
    assert_int_equal(step("worker_a", g, "advance", "to=archived").status, HTTP_CONFLICT);
    assert_int_equal(step("worker_a", g, "sessions", "").status, HTTP_CONFLICT);
    assert_int_equal(step("worker_a", g, at(k, "members/%lld", (long long)adult), "goal=x").status, HTTP_CONFLICT);
}

/* covers: GZ-17 */
static void
gz_17_a_group_goes_through_all_its_states_and_each_gate_names_what_is_missing(void **state)
{
    (void)state;
    struct made g = group("worker_a", "亲子沟通小组");
    int64_t plan_i;
    assert_true(in_state(g.id, "prepare"));
    shut(g.id, "forming", "小组计划书（H）还没有通过审批");
    assert_int_equal(step("worker_a", g.id, "sessions", "").status, HTTP_CONFLICT);          /* goals of sessions come from the plan */
    struct sheet h = plan_sheet("closed", 2, 3, 4);
    sheet_set(&h, "goals.0.indicator", NULL);                                               /* R-GW-4 */
    assert_int_equal(send("worker_a", g.id, g.plan, &h, "submit").status, HTTP_INVALID);
    h = plan_sheet("closed", 3, 2, 4);
    assert_true(kit_has(send("worker_a", g.id, g.plan, &h, "submit"), "最少人数不能多于最多人数"));
    approved_plan(g, "closed", 2, 3, 4);
    shut(g.id, "forming", "至少一节的单元计划书（I）要先通过审批");
    int64_t one = session(g.id, "forming", &plan_i);
    review("head_a", g.id, plan_i, "approved");
    shut(g.id, "forming", "录取的组员有 0 人，少于最少人数 2 人");
    int64_t child = accepted(g.id, "组员小童", day_text(k, -4000)), adult = accepted(g.id, "组员大人", "1980-03-04");
    shut(g.id, "forming", "未成年组员 组员小童 没有监护人同意");                                /* R-GW-6 */
    shut(g.id, "forming", "未满 14 周岁");
    details(g.id, child, at(k, "guardian=%s&guardian_on=%s", zh("他的母亲"), day_text(k, 0)));
    case_consent(k, "worker_a", kit_number(k, at(k, "SELECT person_id FROM group_member WHERE id = %lld", (long long)child)), "guardian", "guardian");
    go(g.id, "forming");
    assert_int_equal(step("worker_a", g.id, "advance", "to=forming").status, HTTP_CONFLICT);  /* pressed twice */

    shut(g.id, "transition", "形成期还没有过程记录（J）");
    hold(g.id, one, "forming", "late");
    shut(g.id, "transition", "还没有小组契约");
    sign_all(g.id);
    shut(g.id, "transition", "组员 组员大人 还没有个人目标");
    details(g.id, adult, at(k, "goal=%s", zh("每天陪孩子半小时")));
    details(g.id, child, at(k, "goal=%s&guardian=%s&guardian_on=%s", zh("敢说心里话"), zh("他的母亲"), day_text(k, 0)));
    int64_t two = session(g.id, "transition", NULL), early = begin_record(g.id, two);
    struct sheet j = record_sheet(g.id, "transition", "present");
    /* Photos of a record are kept, of a kind that is allowed, and are for whoever may read it. */
    const char *where = at(k, "/groups/%lld/forms/%lld", (long long)g.id, (long long)early);
    assert_true(kit_has(kit_upload(k, "worker_a", where, "version=1&do=draft&add=1", "photos", "a.html", STR("<script>")), "不支持这种文件"));
    assert_int_equal(kit_upload(k, "worker_a", where, "version=2&do=draft", "photos", "a.jpg", STR("\xFF\xD8\xFF photo")).status, HTTP_SEE_OTHER);
    const char *photo = at(k, "/groups/%lld/files/%lld", (long long)g.id, (long long)kit_number(k, "SELECT max(id) FROM group_file"));
    assert_int_equal(kit_get(k, "worker_a", photo).status, HTTP_OK);
    assert_int_equal(kit_get(k, "worker_a2", photo).status, HTTP_NOT_FOUND);
    assert_true(kit_has(send("worker_a", g.id, early, &j, "submit"), "小组还在形成期"));        /* R-GW-2: only behind the gate of the contract */
    go(g.id, "transition");
    done(send("worker_a", g.id, early, &j, "submit"), "J 2");
    go(g.id, "working");
    int64_t three = session(g.id, "working", NULL);
    int64_t form = begin_record(g.id, three);
    struct kit_reply r = page("worker_a", g.id, at(k, "/forms/%lld", (long long)form));
    assert_true(kit_has(r, "主要处于边缘位置；促进者、支持者、资源链接者"));
    j = record_sheet(g.id, "working", "absent");
    done(send("worker_a", g.id, form, &j, "submit"), "J 3");
    go(g.id, "ending");
    shut(g.id, "follow_up", "最后一节应当属于结束期");                                         /* R-GW-3 */
    shut(g.id, "follow_up", "已开展 3 节、取消 0 节，计划是 4 节");                            /* R-GW-1 */
    int64_t four = session(g.id, "ending", NULL);
    shut(g.id, "follow_up", "第 4 节没有过程记录（J），也没有取消");
    hold(g.id, four, "ending", "present");
    sum_up(g.id, adult);
    assert_true(kit_has(page("worker_a", g.id, "/attendance"), "75%"));
    assert_true(kit_has(kit_get(k, "worker_a", "/groups?view=done"), "亲子沟通小组"));
    assert_true(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE entity = 'group' AND entity_id = %lld", (long long)g.id)) > 20);
    assert_true(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE entity = 'group' AND action = 'read' AND entity_id = %lld", (long long)g.id)) > 0);
}

static void
periods_never_go_back_and_everybody_stands_in_the_record(void **state)
{
    (void)state;
    struct made g = group("worker_a", "时期小组");
    int64_t plan;
    approved_plan(g, "open", 1, 9, 3);
    int64_t one = session(g.id, "forming", &plan), a = accepted(g.id, "时期甲", "1970-01-01"), b = accepted(g.id, "时期乙", "1971-01-01");
    review("supervisor_a", g.id, plan, "approved");
    session(g.id, "working", NULL);
    struct kit_reply r = done(step("worker_a", g.id, "sessions", ""), "third");
    int64_t third = kit_id_in(r.location, at(k, "/groups/%lld/forms/", (long long)g.id));
    struct sheet s = sheet_of(k, "I");
    sheet_set(&s, "period", "transition");
    sheet_set(&s, "time_from", "14:00");
    sheet_set(&s, "time_to", "13:00");
    r = send("worker_a", g.id, third, &s, "submit");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "时期不能退回：第 2 节是成熟期") && kit_has(r, "结束时间要晚于开始时间"));
    sheet_set(&s, "period", "working");
    sheet_set(&s, "time_from", "2 点");
    assert_true(kit_has(send("worker_a", g.id, third, &s, "submit"), "请写成 14:30 这样的时间"));
    sheet_set(&s, "time_from", "13:00");
    sheet_set(&s, "time_to", "14:30");
    r = done(send("worker_a", g.id, third, &s, "submit"), "I 3");                             /* minutes that do not add up are a hint */
    assert_true(kit_has(page("worker_a", g.id, at(k, "/forms/%lld", (long long)third)), "各项活动共 1 分钟，计划时间是 90 分钟"));
    go(g.id, "forming");
    int64_t form = begin_record(g.id, one);
    s = record_sheet(g.id, "forming", "present");
    sheet_set(&s, "attendance.1.member", at(k, "%lld", (long long)a));                       /* twice the same, the other is missing */
    r = send("worker_a", g.id, form, &s, "submit");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "同一位组员写了两行") && kit_has(r, "缺少组员 时期乙 的出席"));
    sheet_set(&s, "attendance.1.member", "99");
    assert_true(kit_has(send("worker_a", g.id, form, &s, "submit"), "请从列表中选择"));
    s = record_sheet(g.id, "forming", "present");
    sheet_set(&s, "date", day_text(k, 1));
    assert_int_equal(send("worker_a", g.id, form, &s, "submit").status, HTTP_INVALID);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM group_attendance WHERE group_id = %lld", (long long)g.id)), 0);
    (void)b;
}

/* A closed group after its second session: a new member waits for the supervisor or head. */
static void
a_late_member_of_a_closed_group_waits_for_approval_and_a_full_group_takes_nobody(void **state)
{
    (void)state;
    struct made g = group("worker_a", "封闭小组");
    int64_t plan;
    approved_plan(g, "closed", 1, 2, 4);
    int64_t one = session(g.id, "forming", &plan), first = accepted(g.id, "封闭甲", "1970-01-01");
    review("supervisor_a", g.id, plan, "approved");
    go(g.id, "forming");
    hold(g.id, one, "forming", "present");
    int64_t second = session(g.id, "forming", NULL);
    hold(g.id, second, "forming", "present");
    int64_t person = case_person_made(k, "worker_a", "封闭乙", "1971-01-01"), late = candidate(g.id, person);
    done(screened(g.id, late, "accepted"), "late");
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM group_member WHERE id = %lld AND state = 'waiting' AND late = 1", (long long)late)), 1);
    assert_int_equal(step("worker_a", g.id, at(k, "members/%lld/approve", (long long)late), "").status, HTTP_FORBIDDEN);
    done(step("head_a", g.id, at(k, "members/%lld/approve", (long long)late), ""), "approve");
    assert_int_equal(step("head_a", g.id, at(k, "members/%lld/approve", (long long)late), "").status, HTTP_CONFLICT);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM group_member WHERE id = %lld AND state = 'accepted'", (long long)late)), 1);
    int64_t third = candidate(g.id, case_person_made(k, "worker_a", "封闭丙", "1972-01-01"));
    struct kit_reply r = screened(g.id, third, "accepted");
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "已达到小组的最多人数"));
    assert_int_equal(step("worker_a", g.id, "members", at(k, "person=%lld&on=%s", (long long)person, day_text(k, 0))).status, HTTP_INVALID);  /* twice */
    r = step("worker_a", g.id, "members", at(k, "person=%lld&on=%s", (long long)999, day_text(k, 0)));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "找不到该服务对象") && kit_has(r, "value=\"999\""));
    /* One leaves with a reason, and becomes a client of his own. */
    assert_int_equal(step("worker_a", g.id, at(k, "members/%lld/leave", (long long)first), at(k, "on=%s&reason=", day_text(k, 0))).status, HTTP_INVALID);
    assert_int_equal(step("worker_a", g.id, at(k, "members/%lld/leave", (long long)first), at(k, "on=%s&reason=own", day_text(k, -9))).status, HTTP_INVALID);
    r = done(step("worker_a", g.id, at(k, "members/%lld/case", (long long)first), ""), "case");
    int64_t made = kit_id_in(r.location, "/cases/");
    assert_int_equal(kit_number(k, at(k, "SELECT case_id FROM group_member WHERE id = %lld", (long long)first)), made);
    assert_int_equal(step("worker_a", g.id, at(k, "members/%lld/case", (long long)first), "").status, HTTP_CONFLICT);
    done(step("worker_a", g.id, at(k, "members/%lld/leave", (long long)first), at(k, "on=%s&reason=case", day_text(k, 0))), "leave");
    int64_t who = kit_number(k, at(k, "SELECT person_id FROM group_member WHERE id = %lld", (long long)first));
    r = kit_get(k, "worker_a", at(k, "/people/%lld/axis", (long long)who));
    assert_true(kit_has(r, "加入小组：") && kit_has(r, "离开小组："));
}

static void
a_group_is_cancelled_before_it_began_and_stopped_afterwards(void **state)
{
    (void)state;
    struct made g = group("worker_a", "没开成的小组"), other = group("worker_a", "提前结束的小组");
    int64_t plan;
    assert_int_equal(step("worker_a", g.id, "stop", "note=x&care=y").status, HTTP_CONFLICT);
    assert_int_equal(step("worker_a", g.id, "cancel", "reason=nonsense").status, HTTP_INVALID);
    done(step("worker_a", g.id, "cancel", "reason=few"), "cancel");
    assert_true(in_state(g.id, "cancelled") && kit_has(page("worker_a", g.id, ""), "人数不足"));
    assert_int_equal(step("worker_a", g.id, "advance", "to=forming").status, HTTP_CONFLICT);
    struct sheet s = plan_sheet("open", 1, 2, 1);
    assert_int_equal(send("worker_a", g.id, g.plan, &s, "submit").status, HTTP_CONFLICT);
    approved_plan(other, "open", 1, 2, 1);
    session(other.id, "forming", &plan);
    review("supervisor_a", other.id, plan, "approved");
    accepted(other.id, "停甲", "1970-01-01");
    go(other.id, "forming");
    assert_int_equal(step("worker_a", other.id, "cancel", "reason=few").status, HTTP_CONFLICT);
    assert_int_equal(step("worker_a", other.id, "stop", "note=x&care=").status, HTTP_INVALID);
    done(step("worker_a", other.id, "stop", at(k, "note=%s&care=%s", zh("场地被征用"), zh("逐户回访"))), "stop");
    assert_true(in_state(other.id, "stopped") && kit_has(page("worker_a", other.id, ""), "逐户回访"));
}

static void
forms_are_returned_revised_and_two_who_write_at_once_notice(void **state)
{
    (void)state;
    struct made g = group("worker_a", "表单小组");
    struct sheet s = plan_sheet("open", 1, 5, 1);
    sheet_set(&s, "group_name", g.name);
    sheet_set(&s, "concept", "<b>理念");
    done(send("worker_a", g.id, g.plan, &s, "draft"), "draft");
    struct kit_reply r = step("worker_a", g.id, at(k, "forms/%lld", (long long)g.plan), "version=1&do=draft&concept=mine");
    assert_int_equal(r.status, HTTP_CONFLICT);
    assert_true(kit_has(r, "mine") && kit_has(r, "&lt;b&gt;理念"));
    done(send("worker_a", g.id, g.plan, &s, "submit"), "submit");
    assert_int_equal(send("worker_a", g.id, g.plan, &s, "submit").status, HTTP_CONFLICT);
    const char *path = at(k, "forms/%lld/review", (long long)g.plan);
    assert_int_equal(step("worker_a", g.id, path, at(k, "decision=approved&sign=%s", zh(case_sign))).status, HTTP_FORBIDDEN);
    assert_int_equal(step("supervisor_a", g.id, path, "decision=returned").status, HTTP_INVALID);
    assert_int_equal(step("supervisor_a", g.id, path, "decision=approved").status, HTTP_INVALID);       /* no signature */
    assert_true(kit_has(kit_get(k, "supervisor_a", "/desk"), "表单小组"));
    review("supervisor_a", g.id, g.plan, "returned");
    done(send("worker_a", g.id, g.plan, &s, "submit"), "again");
    review("supervisor_a", g.id, g.plan, "approved");
    r = done(step("worker_a", g.id, at(k, "forms/%lld/revise", (long long)g.plan), ""), "revise");
    int64_t second = kit_id_in(r.location, at(k, "/groups/%lld/forms/", (long long)g.id));
    sheet_set(&s, "concept", "新的理念");
    done(send("worker_a", g.id, second, &s, "draft"), "draft 2");
    assert_true(kit_has(page("worker_a", g.id, at(k, "/forms/%lld/compare/%lld", (long long)second, (long long)g.plan)), "新的理念"));
    r = kit_given(k, "worker_a", at(k, "/groups/%lld/forms/%lld/pdf", (long long)g.id, (long long)g.plan));
    assert_int_equal(r.status, HTTP_OK);
    const char *text = kit_told(k, r.body, "pdftotext -raw %s -");
    assert_non_null(strstr(text, "小组工作计划书"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM disclosure WHERE list = '小组工作计划书'"), 1);
    assert_int_equal(kit_upload(k, "worker_a", at(k, "/groups/%lld/forms/%lld", (long long)g.id, (long long)second), "version=2&do=draft", "photos", "a.jpg",
                                STR("no")).status, HTTP_SEE_OTHER);                         /* the plan has no such field: nothing is kept */
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM group_file WHERE group_id = %lld", (long long)g.id)), 0);
}

/* covers: GZ-17 */
static void
who_is_not_of_the_group_reads_nothing_and_the_county_sees_numbers(void **state)
{
    (void)state;
    struct made g = group("worker_a", "同站看不到的小组");
    accepted(g.id, "名册里的人", "1970-01-01");
    static const char *const tabs[] = { "", "/members", "/sessions", "/forms", "/attendance" };
    assert_true(kit_has(page("worker_a", g.id, "/members"), "名册里的人") && kit_has(page("supervisor_a", g.id, "/members"), "名册里的人"));
    assert_true(kit_has(page("head_a", g.id, "/members"), "名册里的人"));
    static const char *const others[] = { "worker_a2", "assistant_a", "clerk_a", "grid_a", "village_a", "volunteer_a", "worker_b", "head_b", "county",
                                          "bureau", "evaluator", "admin" };
    for (size_t i = 0; i < COUNT(others); i++) {
        for (size_t t = 0; t < COUNT(tabs); t++)
            if (kit_has(page(others[i], g.id, tabs[t]), "名册里的人")) fail_msg("%s reads %s", others[i], tabs[t]);
        if (step(others[i], g.id, "cancel", "reason=few").status < 400) fail_msg("%s cancels", others[i]);
        if (step(others[i], g.id, "members", at(k, "person=1&on=%s", day_text(k, 0))).status < 400) fail_msg("%s adds", others[i]);
        if (kit_get(k, others[i], at(k, "/groups/%lld/forms/%lld", (long long)g.id, (long long)g.plan)).status == HTTP_OK) fail_msg("%s reads H", others[i]);
    }
    assert_int_equal(page("worker_b", g.id, "").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "county", "/groups").status, HTTP_FORBIDDEN);
    struct kit_reply r = kit_get(k, "county", "/groups/figures");
    assert_int_equal(r.status, HTTP_OK);
    assert_false(kit_has(r, "同站看不到的小组") || kit_has(r, "名册里的人"));
    assert_int_equal(kit_get(k, "worker_a", "/groups/figures").status, HTTP_FORBIDDEN);
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/groups?view=open&q=%s", zh("看不到"))), "同站看不到的小组"));
    assert_false(kit_has(kit_get(k, "worker_a", at(k, "/groups?view=open&q=%s", zh("没有这个"))), "同站看不到的小组"));
    assert_false(kit_has(kit_get(k, "worker_b", "/groups?view=all"), "同站看不到的小组"));
    /* The head gives it to a colleague, who reads it then. */
    assert_int_equal(step("worker_a", g.id, "leader", at(k, "who=%lld", (long long)kit_user(k, "worker_a2").v)).status, HTTP_FORBIDDEN);
    done(step("head_a", g.id, "leader", at(k, "who=%lld", (long long)kit_user(k, "worker_a2").v)), "leader");
    assert_true(kit_has(page("worker_a2", g.id, "/members"), "名册里的人"));
    assert_false(kit_has(page("worker_a", g.id, "/members"), "名册里的人"));
}

/* Once a member is of level S4, the group is known to its leader and supervisor only. */
static void
a_member_of_level_s4_hides_the_group_and_his_name(void **state)
{
    (void)state;
    struct made g = group("worker_a", "藏起来的小组");
    struct opened o = case_made(k, "worker_a", "秘密组员", "1970-01-01");
    int64_t other = accepted(g.id, "普通组员", "1970-01-01");
    done(screened(g.id, candidate(g.id, o.person), "accepted"), "screen");
    done(kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)o.person),
                  at(k, "category=E04&from_on=%s&source=document", day_text(k, -9))), "E04");
    assert_true(kit_has(page("worker_a", g.id, "/members"), "秘密组员"));
    assert_false(kit_has(kit_get(k, "head_a", "/groups?view=all"), "藏起来的小组"));
    struct kit_reply r = page("head_a", g.id, "");
    assert_true(kit_has(r, "此小组有高度敏感的组员") && !kit_has(r, "普通组员") && !kit_has(r, "藏起来的小组"));
    assert_int_equal(page("head_a", g.id, "/members").status, HTTP_NOT_FOUND);
    assert_int_equal(page("worker_a2", g.id, "").status, HTTP_NOT_FOUND);
    assert_int_equal(page("supervisor_a", g.id, "").status, HTTP_NOT_FOUND);                  /* supervises the group, but is not named on him */
    assert_false(kit_has(kit_get(k, "supervisor_a", "/groups?view=all"), "藏起来的小组"));
    done(kit_post(k, "worker_a", at(k, "/people/%lld/named", (long long)o.person), at(k, "account=%lld&reason=%s", (long long)kit_user(k, "supervisor_a").v,
                  zh("督导此小组"))), "named");
    assert_true(kit_has(page("supervisor_a", g.id, "/members"), "秘密组员"));
    int64_t person = kit_number(k, at(k, "SELECT person_id FROM group_member WHERE id = %lld", (long long)other));
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "/people/%lld/axis", (long long)person)), "藏起来的小组"));
    assert_false(kit_has(kit_get(k, "head_a", at(k, "/people/%lld/axis", (long long)person)), "藏起来的小组"));
    /* Nobody puts a person on a list whom he may not know. */
    struct made mine = group("worker_a2", "别人的小组");
    r = step("worker_a2", mine.id, "members", at(k, "person=%lld&on=%s", (long long)o.person, day_text(k, 0)));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_false(kit_has(r, "秘密组员"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gz_17_a_group_goes_through_all_its_states_and_each_gate_names_what_is_missing),
        cmocka_unit_test(periods_never_go_back_and_everybody_stands_in_the_record),
        cmocka_unit_test(a_late_member_of_a_closed_group_waits_for_approval_and_a_full_group_takes_nobody),
        cmocka_unit_test(a_group_is_cancelled_before_it_began_and_stopped_afterwards),
        cmocka_unit_test(forms_are_returned_revised_and_two_who_write_at_once_notice),
        cmocka_unit_test(who_is_not_of_the_group_reads_nothing_and_the_county_sees_numbers),
        cmocka_unit_test(a_member_of_level_s4_hides_the_group_and_his_name),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
