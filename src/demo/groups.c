/* Groups of the first station: one in preparation, one in its working period, one that has ended. */
#include "demo/demo.h"
#include "demo/demo_sql.h"
#include "groupwork/group.h"

struct circle {
    struct demo *d;
    const struct demo_station *st;
    const struct demo_user *leader;
    const char *name, *nature, *open_kind, *background, *needs, *goals[2], *indicators[2], *themes[4], *personal;
    int began, members, skip, age;      /* days ago; how many; from which age on */
    const char *end;                    /* prepare, working, archived */
    struct rq *rq;
    struct groupfile k;
    bool failed;
};

static const struct circle told[] = {
    { .name = "“稳稳走”长者防跌倒小组", .nature = "education", .open_kind = "closed", .began = 60, .members = 6, .age = 62, .end = "working",
      .background = "站点走访发现，村内独居和空巢长者近一年有多人跌倒，家中浴室、门槛缺少扶手和防滑。",
      .needs = "入户访谈 21 位长者：14 位担心再次跌倒，12 位不知道如何锻炼平衡，9 位愿意结伴锻炼。",
      .goals = { "组员掌握三个平衡练习动作", "组员能说出并整改家中的跌倒隐患" }, .indicators = { "八成组员能独立完成三个动作", "每人整改至少一处隐患" },
      .themes = { "认识彼此，约定规矩", "说说跌倒这件事", "动起来：平衡练习", "走出去：结伴锻炼" }, .personal = "每天练习一刻钟，敢自己去赶圩" },
    { .name = "“说给你听”亲子沟通小组", .nature = "growth", .open_kind = "closed", .began = 12, .members = 4, .skip = 6, .age = 25, .end = "prepare",
      .background = "暑期托管时，多位家长反映孩子上初中后不愿说话，一开口就争吵。",
      .needs = "问卷 30 份：七成家长希望学习倾听的方法；访谈 6 个家庭，均愿意参加周末活动。",
      .goals = { "家长学会先倾听、后回应", "每个家庭约定每周一次的家庭时间" }, .indicators = { "前后测沟通量表得分提高", "连续四周有家庭时间记录" },
      .themes = { "我们是一家人", "你说我听", "吵架以后", "给彼此的一封信" }, .personal = "听孩子把话说完" },
    { .name = "“邻里一桌菜”照顾者互助小组", .nature = "mutual", .open_kind = "open", .began = 120, .members = 5, .skip = 10, .age = 30, .end = "archived",
      .background = "村内有长期照顾失能家人的家庭，照顾者很少外出，缺少喘息的机会。",
      .needs = "个别访谈 8 位照顾者：普遍睡眠不足、少与人来往，希望有人可以说说话、学些护理知识。",
      .goals = { "照顾者建立互助联系", "照顾者学会两项护理技巧" }, .indicators = { "每人至少有两位可以打电话的组员", "现场操作合格" },
      .themes = { "一桌菜，认识你", "累的时候怎么办", "翻身与喂食", "以后常联系" }, .personal = "每周给自己留半天" },
};
static const char *const periods[] = { "forming", "transition", "working", "ending" };

static void
act_as(struct circle *c, const struct demo_user *u)
{
    c->rq->who = (struct who){ .user = u->id, .name = u->name, .role = u->role, .unit = u->unit, .focus = u->unit,
                                .area = id_area(u->id.v), .may = role_find(u->role)->may };
    if (c->k.g.id.v) group_load(c->rq, id_area(c->k.g.id.v), c->k.g.id, &c->k);
}

static struct date
day(const struct circle *c, int after)
{
    return date_add(c->d->today, after - c->began);
}

static void
at(const struct circle *c, int after, int hour)
{
    clock_stop(instant_at(day(c, after), hour, 20));
}

static void
tell(json_t *doc, const char *key, const char *value)
{
    json_object_set_new(doc, key, json_string(value));
}

static void
put_day(json_t *doc, const char *key, struct date d)
{
    char z[16];
    date_print(d, z);
    tell(doc, key, z);
}

/* A table: "a|b|c" of names, then rows of as many values. */
static void
put_row(json_t *doc, const char *table, const char *const *names, const char *const *values, size_t n)
{
    json_t *rows = json_object_get(doc, table), *row = json_object();
    if (rows == NULL) json_object_set_new(doc, table, rows = json_array());
    for (size_t i = 0; i < n; i++) tell(row, names[i], values[i]);
    json_array_append_new(rows, row);
}
#define ROW(doc, table, n, names, ...) put_row(doc, table, (const char *const[]){ names }, (const char *const[]){ __VA_ARGS__ }, n)
#define NAMES(...) __VA_ARGS__

static void
tell_plan(struct circle *c, json_t *doc)
{
    static const char *const plain[][2] = {
        { "target", "B01" }, { "target_note", "本站服务范围内的居民" }, { "size_plan", "6" }, { "min_size", "4" }, { "max_size", "10" },
        { "sessions_planned", "4" }, { "frequency", "每周一次" }, { "minutes_each", "90" }, { "time_of_day", "周六上午" }, { "venue", "社工站活动室" },
        { "venue_check", "1" }, { "concept", "组员在同伴中得到支持，经验可以互相借鉴。" }, { "theory", "support,dynamics" },
        { "theory_note", "以社会支持理论为主，关注同伴之间的互助。" }, { "recruit_way", "visit,word" }, { "screening_way", "interview,phone" },
        { "screening_note", "愿意参加全部小节，能够自行到场。" }, { "risk_plan", "现场备急救箱，与村卫生所保持联系。" }, { "evaluation_plan", "survey,observation" },
        { "evaluation_note", "首末两节填写问卷，社工每节观察记录。" },
    };
    for (size_t i = 0; i < COUNT(plain); i++) tell(doc, plain[i][0], plain[i][1]);
    tell(doc, "nature", c->nature);
    tell(doc, "open_kind", c->open_kind);
    tell(doc, "background", c->background);
    tell(doc, "needs_assessment", c->needs);
    tell(doc, "general_goal", "增强组员的能力和相互支持，改善日常生活。");
    put_day(doc, "date_from", day(c, 10));
    put_day(doc, "date_to", day(c, 38));
    ROW(doc, "staff_table", 2, NAMES("who", "task"), "带领社工", "带领各节，撰写记录");
    ROW(doc, "staff_table", 2, NAMES("who", "task"), "志愿者", "布置场地，协助签到");
    for (size_t i = 0; i < COUNT(c->goals); i++) ROW(doc, "goals", 3, NAMES("goal", "indicator", "tool"), c->goals[i], c->indicators[i], "观察表、问卷");
    for (int i = 0; i < 4; i++) {
        char on[16], number[] = { (char)('1' + i), 0 };
        date_print(day(c, 10 + 7 * i), on);
        ROW(doc, "content", 6, NAMES("number", "period", "theme", "goal", "activity", "on"), number, periods[i], c->themes[i], c->goals[i % 2], "热身、分享、练习", on);
    }
    ROW(doc, "budget", 3, NAMES("item", "amount", "source"), "活动物资", "480", "站点经费");
    ROW(doc, "budget", 3, NAMES("item", "amount", "source"), "茶点", "320", "爱心商家");
    ROW(doc, "difficulties", 2, NAMES("difficulty", "answer"), "农忙时组员难以到场", "改在傍晚，或顺延一周");
}

static void
tell_session(const struct circle *c, json_t *doc, int i)
{
    tell(doc, "period", periods[i]);
    tell(doc, "theme", c->themes[i]);
    put_day(doc, "date", day(c, 10 + 7 * i));
    tell(doc, "time_from", "9:00");
    tell(doc, "time_to", "10:30");
    tell(doc, "venue", "社工站活动室");
    tell(doc, "roles", i == 0 ? "linker,model" : i == 1 ? "coordinator" : i == 2 ? "facilitator,supporter" : "evaluator");
    ROW(doc, "goals", 2, NAMES("goal", "group_goal"), i % 2 ? "组员说出自己的顾虑和办法" : "组员熟悉彼此并练习", i % 2 ? "2" : "1");
    ROW(doc, "activities", 5, NAMES("activity", "minutes", "goal", "steps", "who"), "热身", "20", "1", "围圈问好，说一件本周的开心事", "志愿者");
    ROW(doc, "activities", 5, NAMES("activity", "minutes", "goal", "steps", "who"), "主题活动", "50", "1", "示范、练习、两人一组互相纠正", "带领社工");
    ROW(doc, "activities", 5, NAMES("activity", "minutes", "goal", "steps", "who"), "分享与小结", "20", "1", "每人一句话，约定下周再见", "带领社工");
}

static void
tell_record(const struct circle *c, json_t *doc, int i)
{
    static const char *const came[] = { "present", "present", "late", "present", "excused", "present" };
    json_t *row;
    size_t n;
    (void)c;
    json_array_foreach(json_object_get(doc, "attendance"), n, row) {
        const char *state = i == 1 || i == 2 ? came[(n + (size_t)i) % COUNT(came)] : "present";
        tell(row, "state", state);
        if (strcmp(state, "excused") == 0) tell(row, "reason", "家里收稻子");
    }
    json_array_foreach(json_object_get(doc, "goal_result"), n, row) tell(row, "reached", "full");
    json_array_foreach(json_object_get(doc, "process"), n, row) {
        tell(row, "content", "按计划进行，时间略有延长。");
        tell(row, "response", "组员从拘谨到主动发言，互相提醒动作要领。");
        tell(row, "worker", "邀请沉默的组员先与同伴说，再向全组分享。");
    }
    json_array_foreach(json_object_get(doc, "member_notes"), n, row) {
        tell(row, "engagement", n % 3 ? "4" : "3");
        tell(row, "behaviour", n % 3 ? "主动分享，帮助他人" : "话不多，认真跟做");
    }
    tell(doc, "dynamics", "两位组员成为小组的联络人，组员之间会互相等候。");
    tell(doc, "cohesion", i ? "4" : "3");
    tell(doc, "worker_roles", i == 0 ? "linker,model" : i == 1 ? "coordinator" : i == 2 ? "facilitator,supporter" : "evaluator");
    tell(doc, "skills", "opening,clarifying");
    tell(doc, "reflection", "要给组员更多时间互相交流，社工少说一点。");
    tell(doc, "next", "提前一天逐一提醒，准备大字的练习卡。");
    if (i == 1) {
        tell(doc, "resistance", "一位组员认为“年纪大了练也没用”，请同伴讲述变化后愿意再试。");
        tell(doc, "conflict", "两位组员为座位争执，当场说开，约定轮流坐。");
    }
    if (i == 3) tell(doc, "farewell", "互赠卡片，约定每月聚一次。");
    ROW(doc, "cost", 2, NAMES("item", "amount"), "茶点", "76.50");
}

static void
tell_summary(struct circle *c, json_t *doc)
{
    static const char *const plain[][2] = {
        { "satisfaction_n", "5" }, { "recruit_eval", "上门邀请最有效，海报效果一般。" }, { "time_place_eval", "周六上午合适，场地安静。" },
        { "content_eval", "实操环节最受欢迎。" }, { "dynamics_eval", "第二节后组员开始主动联系。" }, { "staff_eval", "分工清楚，志愿者配合好。" },
        { "leftover", "一位组员家中仍缺扶手，已转村委。" }, { "problems_suggestions", "农忙季节宜减少节数。" }, { "reflection", "相信组员的经验，是小组最大的资源。" },
        { "sign_worker", "M60 120L110 60 150 130 200 70" },
    };
    json_t *row, *lines = json_object();
    size_t n;
    for (size_t i = 0; i < COUNT(plain); i++) tell(doc, plain[i][0], plain[i][1]);
    json_array_foreach(json_object_get(doc, "goal_achievement"), n, row) tell(row, "reached", n ? "part" : "full");
    json_array_foreach(json_object_get(doc, "member_change"), n, row) {
        tell(row, "change", "愿意走出家门，与人来往增多。");
        tell(row, "evidence", "社工观察、家人反馈");
    }
    static const char *const scale[] = { "content", "form", "leader", "time_place", "gain" };
    for (size_t i = 0; i < COUNT(scale); i++) tell(lines, scale[i], i % 2 ? "4" : "5");
    json_object_set_new(doc, "satisfaction", lines);
    char on[16];
    date_print(day(c, 60), on);
    ROW(doc, "follow_up", 4, NAMES("what", "way", "on", "who"), "回访全部组员", "电话", on, "带领社工");
}

/* Checks as the page would, hands in, and the supervisor approves. */
static void
sheet(struct circle *c, const char *form, int i, struct meeting_id session, bool approve)
{
    struct sheet_get_row row;
    const struct doc_form *f = doc_form(str_of(form));
    int64_t area = id_area(c->k.g.id.v), seq = session.v ? i + 1 : 0;
    if (c->failed) return;
    struct doc_id id = group_begin(c->rq, &c->k, form, seq, session);
    sheet_get(c->rq->db, &row, area, id);
    json_t *doc = doc_parse(c->rq->arena, row.doc);
    if (form[0] == 'H') tell_plan(c, doc);
    if (form[0] == 'I') tell_session(c, doc, i);
    if (form[0] == 'J') tell_record(c, doc, i);
    if (form[0] == 'K') tell_summary(c, doc);
    struct doc_result r = doc_check(group_env(c->rq, &c->k, seq), f, doc, true);
    group_check(c->rq, &c->k, f, doc, seq, true, &r);
    for (struct form_error *e = r.errors; e != NULL; e = e->next) {
        log_error("demo: form %s %d of %.*s: %s %s", form, i, FMT(c->k.g.no), e->field ? e->field : "", e->why);
        c->failed = true;
    }
    sheet_save(c->rq->db, .area = area, .id = id, .doc = doc_dump(c->rq->arena, doc), .by = c->rq->who.user, .on = today(), .at = instant_now(),
               .saves = row.saves);
    if (c->failed) return;
    group_hand_in(c->rq, &c->k, f, id, seq, doc);
    if (!approve) return;
    sheet_get(c->rq->db, &row, area, id);
    act_as(c, &c->st->supervisor);
    group_review(c->rq, &c->k, &row, id, STR("approved"), STR("计划可行，注意组员安全。"), STR("M70 100L140 70 210 120 280 80"));
    act_as(c, c->leader);
}

static void
go_on(struct circle *c, const char *to)
{
    struct lack *list;
    size_t n = c->failed ? 0 : group_missing(c->rq, &c->k, str_of(to), &list);
    for (size_t i = 0; i < n; i++) log_error("demo: %.*s to %s: %s", FMT(c->k.g.no), to, list[i].why);
    c->failed = c->failed || n > 0;
    if (!c->failed) group_enter(c->rq, &c->k, str_of(to));
}

static void
gather(struct circle *c, bool all)
{
    struct demo_group_people_row *rows;
    int64_t area = id_area(c->k.g.id.v);
    size_t n = demo_group_people(c->rq->db, &rows, .area = area, .unit = c->st->id, .born = day(c, -c->age * 366), .skip = c->skip, .most = c->members);
    for (size_t i = 0; i < n; i++) {
        struct participant_id id = { id_next(area) };
        group_member_insert(c->rq->db, .area = area, .id = id, .group = c->k.g.id, .person = rows[i].id, .on = today());
        if (!all && i % 2) continue;
        group_member_screen(c->rq->db, .area = area, .id = id, .state = STR("accepted"), .way = STR("interview"), .on = today(), .reason = STR("有意愿，能自行到场"),
                            .joined = today());
        if (all) group_member_save(c->rq->db, .area = area, .id = id, .goal = str_of(c->personal), .guardian_on = NO_DATE, .photo = i % 2 == 0);
    }
    group_changed(&c->k);
}

static void
sign(struct circle *c)
{
    struct group_members_row *m;
    int64_t area = id_area(c->k.g.id.v);
    size_t n = group_people(c->rq, &c->k, &m);
    group_set_contract(c->rq->db, area, c->k.g.id, STR("准时到场；组里说的话不外传；轮流发言，不打断别人；有事提前请假。"), today());
    for (size_t i = 0; i < n; i++) group_member_sign(c->rq->db, area, m[i].id, today());
    act_as(c, c->leader);
}

static void
sessions(struct circle *c, int n)
{
    int64_t area = id_area(c->k.g.id.v);
    for (int i = 0; i < n && !c->failed; i++) {
        struct meeting_id id = { id_next(area) };
        at(c, 8 + 7 * i, 15);
        group_session_insert(c->rq->db, area, id, c->k.g.id, i + 1);
        group_changed(&c->k);
        sheet(c, "I", i, id, true);
        at(c, 10 + 7 * i, 8);
        go_on(c, periods[i]);
        at(c, 10 + 7 * i, 16);
        sheet(c, "J", i, id, false);
        if (i == 0) sign(c);
    }
}

static bool
play(struct db *db, void *arg)
{
    struct circle *c = arg;
    struct rq rq = { .db = db, .arena = db_arena(db), .ip = STR("") };
    struct doc_id plan;
    bool all = strcmp(c->end, "prepare") != 0;
    c->rq = &rq;
    rq.body.arena = rq.arena;
    act_as(c, c->leader);
    at(c, 0, 9);
    struct group_id id = group_make(&rq, c->st->id, str_of(c->name), c->leader->id, c->st->supervisor.id, &plan);
    group_load(&rq, id_area(id.v), id, &c->k);
    at(c, 2, 10);
    gather(c, all);
    at(c, 4, 10);
    sheet(c, "H", 0, (struct meeting_id){ 0 }, all);
    act_as(c, c->leader);
    if (strcmp(c->end, "working") == 0) sessions(c, 3);
    if (strcmp(c->end, "archived") == 0) {
        sessions(c, 4);
        at(c, 36, 10);
        sheet(c, "K", 0, (struct meeting_id){ 0 }, true);
        go_on(c, "follow_up");
        at(c, 61, 10);
        group_tick_set(db, .area = id_area(id.v), .id = id, .item = STR("K.follow_up:1"), .state = STR("done"), .by = c->leader->id, .at = instant_now());
        go_on(c, "archived");
    }
    c->d->problems += c->failed;
    return !c->failed;
}

bool
demo_groups(struct demo *d)
{
    bool ok = true;
    for (size_t i = 0; i < COUNT(told) && ok; i++) {
        struct circle c = told[i];
        c.d = d;
        c.st = &d->stations[0];
        c.leader = &c.st->workers[i == 1 ? 1 : 0];
        ok = cli_write(d->db, play, &c);
    }
    clock_stop(NO_TIME);
    return ok;
}
