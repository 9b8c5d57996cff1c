/* What the ledgers of the demo county hold: trainings, pledges, supervision, hours, documents, partners.  All made up;
 * the documents that exist are named as they are. */
#include "demo/demo.h"
#include "demo/demo_sql.h"
#include "ledger/ledger.h"

#define ADD(d, ledger, ...) add(d, ledger, (struct entry){ NO_ENTRY, __VA_ARGS__ })

static void
add(struct demo *d, const char *ledger, struct entry e)
{
    ledger_add(d->db, id_area(e.unit.v), ledger, &e, (struct user_id){ 0 });
}

static void
learn(struct demo *d, const struct demo_staff_row *s)
{
    static const struct {
        const char *kind, *title, *party, *level;
        int hours;
    } lessons[] = {
        { "policy", "社会救助政策解读", "县民政局", "county", 8 },
        { "knowledge", "个案管理实务", "市社会工作协会", "city", 16 },
        { "continuing", "社会工作者继续教育培训班", "省社会工作联合会", "province", 24 },
        { "methods", "小组工作方法", "社工总站", "county", 8 },
        { "continuing", "危机干预与转介", "省社会工作联合会", "province", 18 },
    };
    ADD(d, "training", .unit = s->unit, .staff = s->id, .kind = STR("onboarding"), .title = STR("岗前培训"),
        .party = STR("社工总站"), .state = STR("county"), .amount = 16,
        .number = str_fmt(&d->arena, "GQ%05lld", (long long)(s->id.v % 100000)), .on = date_add(s->started_on, -3));
    if (s->id.v % 9)
        ADD(d, "training", .unit = s->unit, .staff = s->id, .kind = STR("ethics"), .title = STR("社会工作者职业道德"),
            .party = STR("社工总站"), .state = STR("county"), .amount = 4, .on = date_add(s->started_on, -2));
    for (unsigned i = 0; i < 2 + demo_pick(d, 3); i++) {
        size_t t = demo_pick(d, COUNT(lessons));
        ADD(d, "training", .unit = s->unit, .staff = s->id, .kind = str_of(lessons[t].kind),
            .title = str_of(lessons[t].title), .party = str_of(lessons[t].party), .state = str_of(lessons[t].level),
            .amount = lessons[t].hours, .on = date_add(d->today, -(int)(10 + demo_pick(d, 500))));
    }
    static const char *const abilities[] = { "advocate", "mobilise", "resources", "serve" };
    for (size_t i = 0; i < COUNT(abilities) * 2; i++)
        ADD(d, "ability", .unit = s->unit, .staff = s->id, .kind = str_of(abilities[i / 2]),
            .mode = i % 2 ? STR("supervisor") : STR("self"), .amount = 5 + demo_pick(d, 5),
            .on = date_add(d->today, -60));
    for (int week = 1; week <= 6; week++) {
        struct date monday = date_add(d->today, 1 - date_weekday(d->today) - 7 * week);
        if (demo_pick(d, 12) == 0)
            ADD(d, "course", .unit = s->unit, .staff = s->id, .kind = STR("leave"), .on = date_add(monday, 2));
        else
            ADD(d, "course", .unit = s->unit, .staff = s->id, .kind = STR("online"), .title = STR("每周一课"),
                .amount = demo_pick(d, 10) ? 60 : 45, .on = date_add(monday, (int)demo_pick(d, 5)));
    }
}

static void
conduct(struct demo *d, const struct demo_staff_row *s)
{
    if (s->id.v % 11)
        ADD(d, "pledge", .unit = s->unit, .staff = s->id, .kind = STR("ethics"), .title = STR("第2版"),
            .on = date_add(d->today, -(int)(30 + demo_pick(d, 300))),
            .until = date_add(d->today, (int)demo_pick(d, 500) - 20));
    ADD(d, "pledge", .unit = s->unit, .staff = s->id, .kind = STR("service"), .title = STR("第1版"),
        .on = s->started_on);
    ADD(d, "background", .unit = s->unit, .staff = s->id, .kind = STR("record"), .party = STR("县公安局"),
        .state = STR("clear"), .on = date_add(s->started_on, -10),
        .until = date_add(d->today, (int)demo_pick(d, 400) - 30));
    if (demo_pick(d, 5) == 0)
        ADD(d, "exam", .unit = s->unit, .staff = s->id, .kind = STR("1"),
            .state = demo_pick(d, 2) ? STR("passed") : STR("failed"),
            .on = date_add(d->today, -(int)(100 + demo_pick(d, 60))));
    if (demo_pick(d, 12) == 0)
        ADD(d, "honour", .unit = s->unit, .staff = s->id, .kind = STR("award"), .title = STR("县优秀社会工作者"),
            .party = STR("县民政局"), .on = date_add(d->today, -(int)(60 + demo_pick(d, 300))));
    ADD(d, "grade", .unit = s->unit, .staff = s->id, .title = STR("社工岗"), .amount = 1 + demo_pick(d, 4),
        .money = { 380000 + 10000 * (int64_t)demo_pick(d, 12) }, .state = STR("yes"), .on = s->started_on);
}

static void
work(struct demo *d, const struct demo_staff_row *s, struct staff_id supervisor)
{
    static const char *const kinds[] = { "practice", "practice", "practice", "event", "admin" };
    for (int back = 1; back <= 21; back++) {
        struct date day = date_add(d->today, -back);
        if (date_weekday(day) > 5) continue;
        for (int part = 0; part < 2; part++)
            ADD(d, "timesheet", .unit = s->unit, .staff = s->id, .kind = str_of(kinds[demo_pick(d, COUNT(kinds))]),
                .amount = 120 + 30 * (int)demo_pick(d, 5), .on = day);
    }
    if (supervisor.v == 0 || supervisor.v == s->id.v || s->id.v % 13 == 0) return;
    ADD(d, "supervision", .unit = s->unit, .staff = s->id, .other = supervisor, .amount = 30,
        .on = date_add(d->today, -200));
    for (int back = (int)demo_pick(d, 34); back < 180; back += 28)
        ADD(d, "session", .unit = s->unit, .staff = s->id, .other = supervisor,
            .kind = demo_pick(d, 3) ? STR("single") : STR("group"), .amount = 60, .title = STR("在办个案的计划与记录"),
            .body = STR("讨论预估是否完整，商定下次探访前补充家庭资源。"),
            .number = s->supervisor_name.n ? s->supervisor_name : STR("督导"), .state = s->name,
            .on = date_add(d->today, -back));
}

static void
documents(struct demo *d)
{
    struct unit_id u = d->top;
    ADD(d, "standard", .unit = u, .number = STR("MZ/T 071"), .title = STR("社区社会工作服务指南"),
        .kind = STR("industry"), .party = STR("民政部社会工作司、基层政权和社区建设司"),
        .mode = STR("民政部公告第397号"), .on = date_add(d->today, -1400));
    ADD(d, "standard", .unit = u, .number = STR("MZ/T 094"), .title = STR("社会工作方法 个案工作"),
        .kind = STR("industry"), .party = STR("民政部"), .mode = STR("民政部公告第426号"),
        .on = date_add(d->today, -1300));
    ADD(d, "policy", .unit = u, .title = STR("购买社会工作服务项目实施方案"), .party = STR("县民政局、县财政局"),
        .on = date_add(d->today, -900), .done = date_add(d->today, -890));
    static const struct {
        const char *title, *kind;
        int review;
    } rules[] = { { "社工站服务规范", "service", 200 },
                  { "个案档案与保密制度", "file", -15 },
                  { "督导制度", "staff", 20 },
                  { "投诉处理办法", "risk", 260 } };
    for (size_t i = 0; i < COUNT(rules); i++)
        ADD(d, "institution", .unit = u, .title = str_of(rules[i].title), .kind = str_of(rules[i].kind),
            .number = STR("1.0"), .on = date_add(d->today, -400), .until = date_add(d->today, rules[i].review),
            .body = STR("第一条　适用于全县各社工站、点。\n第二条　每年复审一次。"));
    ADD(d, "lesson", .unit = u, .title = STR("危机干预与转介"), .party = STR("省社会工作协会讲师"), .amount = 8, .amount_2 = 31, .number = STR("县民政局"),
        .on = date_add(d->today, -6));
    ADD(d, "lesson", .unit = u, .title = STR("儿童保护与强制报告"), .party = STR("县检察院"), .amount = 4, .on = date_add(d->today, 9));
    ADD(d, "indicator", .unit = u, .title = STR("独居老人探访达标率"), .number = STR("1.2"), .amount = 10, .on = date_add(d->today, -300));
    ADD(d, "body", .unit = u, .title = STR("社工站建设工作领导小组"), .kind = STR("leading"), .party = STR("县长"),
        .mode = STR("组长"), .body = STR("县民政局、县财政局、县委组织部、县残联、县妇联"),
        .on = date_add(d->today, -1200));
    ADD(d, "wage", .unit = u, .kind = STR("benchmark"), .mode = STR("0"), .money = { 390000 },
        .on = date_add(d->today, -300));
    ADD(d, "wage", .unit = u, .kind = STR("benchmark"), .mode = STR("1"), .money = { 420000 },
        .on = date_add(d->today, -300));
    ADD(d, "wage", .unit = u, .kind = STR("benchmark"), .mode = STR("2"), .money = { 450000 },
        .on = date_add(d->today, -300));
}

/* Plans, meetings, problems and pilots; what the calendar shows of this month. */
static void
together(struct demo *d, const struct demo_station *s, size_t nth)
{
    int back = (int)(nth * 5 % 28);
    ADD(d, "plan", .unit = s->id, .title = STR("独居老人探访个案督导"), .party = STR("市社会工作指导中心"), .mode = STR("先督导新进社工"),
        .on = date_add(d->today, -back - 20), .until = date_add(d->today, 12 - back), .done = nth % 3 == 0 ? date_add(d->today, -back - 2) : NO_DATE);
    ADD(d, "meeting", .unit = s->id, .kind = STR("joint"), .title = STR("社区服务需求联席会议"), .number = STR("乡镇会议室"),
        .party = STR("乡镇人民政府、村（居）两委、社工站、卫生院"), .mode = nth % 4 == 0 ? STR("中心小学") : NO_STR,
        .body = STR("商定重点老人探访分工和季度活动。"), .on = date_add(d->today, -back));
    if (nth % 5 == 0)
        ADD(d, "pilot", .unit = s->id, .kind = nth ? STR("model") : STR("pilot"), .mode = nth ? STR("county") : STR("province"), .party = STR("省民政厅"),
            .on = date_add(d->today, -500), .until = date_add(d->today, 230), .title = nth ? NO_STR : STR("良好"));
    if (nth % 4 == 1)
        ADD(d, "problem", .unit = s->id, .title = STR("村道夜间照明不足"), .party = STR("村（居）两委、供电所、社工站"), .state = STR("working"),
            .on = date_add(d->today, -40), .until = date_add(d->today, (int)nth - 4));
}

static void
station(struct demo *d, const struct demo_station *s, size_t nth)
{
    int late = (int)demo_pick(d, 20);
    ADD(d, "post_plan", .unit = s->id, .kind = STR("head"), .mode = STR("station"), .amount = 1,
        .on = date_add(d->today, -1000));
    ADD(d, "post_plan", .unit = s->id, .kind = STR("worker"), .mode = nth % 3 ? STR("station") : STR("office"),
        .amount = nth % 4 ? 3 : 4, .number = STR("1.2"), .on = date_add(d->today, -1000));
    ADD(d, "facility", .unit = s->id, .title = STR("社工站办公与服务用房"), .kind = STR("office"),
        .amount = 80 + 10 * (int)demo_pick(d, 8), .party = STR("乡镇人民政府"), .on = date_add(d->today, -1000));
    ADD(d, "partner", .unit = s->id, .title = STR("乡镇卫生院"), .kind = STR("hospital"), .party = STR("院办"),
        .number = str_fmt(&d->arena, "HZ-%02zu", nth + 1), .on = date_add(d->today, -340),
        .until = date_add(d->today, (int)demo_pick(d, 300) - 10));
    ADD(d, "partner", .unit = s->id, .title = STR("中心小学"), .kind = STR("school"), .on = date_add(d->today, -700));
    ADD(d, "duty", .unit = s->id, .kind = STR("head"), .party = s->head.name, .title = STR("社工站日常运行与服务质量"),
        .on = date_add(d->today, -330), .until = date_add(d->today, -300),
        .done = nth % 6 ? date_add(d->today, -310) : NO_DATE);
    ADD(d, "filing", .unit = s->id, .kind = STR("organisation"), .title = STR("老年人互助队"),
        .party = STR("乡镇人民政府"), .on = date_add(d->today, -40), .until = date_add(d->today, -10),
        .done = nth % 5 ? date_add(d->today, -20) : NO_DATE,
        .number = nth % 5 ? str_fmt(&d->arena, "备%d-%02zu", date_ymd(d->today).y, nth + 1) : NO_STR); /* not shown */
    if (nth % 4 == 0)
        ADD(d, "complaint", .unit = s->id, .title = STR("探访时间没有提前告知"), .state = STR("acknowledged"),
            .on = date_add(d->today, -late - 2), .until = date_add(d->today, 8 - late),
            .body = STR("已联系当事人说明情况。"));
}

static bool
fill(struct db *db, void *arg)
{
    struct demo *d = arg;
    struct demo_staff_row *staff;
    size_t n = demo_staff(db, &staff, id_area(d->top.v), d->today);
    for (size_t i = 0; i < n; i++) {
        learn(d, &staff[i]);
        conduct(d, &staff[i]);
        work(d, &staff[i], staff[i].supervisor);
    }
    documents(d);
    for (size_t i = 0; i < d->stations_n; i++) {
        station(d, &d->stations[i], i);
        together(d, &d->stations[i], i);
    }
    return true;
}

bool
demo_ledgers(struct demo *d)
{
    return cli_write(d->db, fill, d);
}
