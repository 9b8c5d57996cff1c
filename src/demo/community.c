/* Community projects of the demo county: one closed with its improvements, one at work, one whose needs are still being assessed.  All
 * made up; every step goes through the gate. */
#include "community/activity_sql.h"
#include "community/community.h"
#include "community/doc_sql.h"
#include "community/review_sql.h"
#include "demo/demo.h"
#include "demo/demo_sql.h"

struct pair { const char *key, *value; };

/* "table.column" goes into the first row of the table. */
static void
fill_doc(json_t *doc, const struct pair *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *dot = strchr(pairs[i].key, '.');
        char table[32] = "";
        if (dot == NULL) {
            json_object_set_new(doc, pairs[i].key, json_string(pairs[i].value));
            continue;
        }
        snprintf(table, sizeof table, "%.*s", (int)(dot - pairs[i].key), pairs[i].key);
        json_t *rows = json_object_get(doc, table);
        if (rows == NULL) json_object_set_new(doc, table, rows = json_array());
        if (json_array_size(rows) == 0) json_array_append_new(rows, json_object());
        json_object_set_new(json_array_get(rows, json_array_size(rows) - 1), dot + 1, json_string(pairs[i].value));
    }
}

static const struct pair needs[] = {
    { "party_org", "翠江社区党总支" }, { "party_contact", "党总支书记" }, { "residents_org", "翠江社区居民委员会" }, { "residents_contact", "居委会主任" },
    { "surveyors", "社工两名、志愿者四名" }, { "community", "翠江社区" }, { "community_type", "urban" },
    { "bounds", "东至翠江，西至寿宁路，南至南大街，北至北山" }, { "area_km2", "1.8" }, { "grids", "9" }, { "population", "6120" }, { "registered", "4380" },
    { "floating", "1740" }, { "households", "2150" }, { "structure", "60岁以上占21%，14岁以下占18%；以客家人为主，畲族40余户。" },
    { "economy", "多数家庭务工或经营小店，低保42户。" }, { "culture", "客家祖地文化，有木偶戏队和山歌队。" }, { "strengths", "党员和热心居民多，与卫生院、中心小学相邻。" },
    { "visits.kind", "backbone" }, { "visits.by", "社工" }, { "visits.content", "楼栋长反映独居老人吃饭、就医都不方便。" },
    { "problems.text", "独居老人午饭没有着落" }, { "problems.who", "独居老人27人，其中行动不便9人" }, { "problems.duration", "三年以上" },
    { "problems.impact", "营养不足，有人一天只吃一顿热饭" }, { "problems.at_level", "group" }, { "problems.service", "supportive" },
    { "sample", "186" }, { "methods", "questionnaire,visit,meeting" }, { "questionnaire", "居民需求问卷（20题）" },
    { "needs_result", "七成受访老人希望有人送餐，三成希望有人陪同就医；家长最盼望放学后的照看。" },
    { "resources.name", "敬老院食堂" }, { "resources.kind", "public" }, { "resources.count", "1" }, { "resources.place", "寿宁路12号" },
    { "resources.running", "每日供餐60份，可再供20份" }, { "resources.contact", "敬老院" }, { "potential.name", "返乡大学生志愿队" },
    { "potential.owner", "县团委" }, { "potential.use", "假期送餐、陪伴" }, { "people.kind", "volunteer" }, { "people.count", "34" }, { "people.skill", "送餐、理发、水电维修" },
    { "walk.place", "北山脚台阶" }, { "walk.kind", "danger" }, { "walk.note", "没有扶手，老人上下不便" },
    { "conclusion", "建议先开展独居老人助餐，以送餐带动探访，逐步形成邻里互助。" },
};
static const struct pair plan[] = {
    { "target_group", "elderly,hardship" }, { "target_count", "27" }, { "main_problem", "独居老人午饭没有着落，健康和安全无人过问。" },
    { "client_traits", "多数行动缓慢，熟悉邻里，愿意在家门口活动；与子女联系少。" }, { "expected_effect.problem", "1" },
    { "expected_effect.indicator", "每周至少五天吃上热午饭的老人" }, { "expected_effect.baseline", "3人" }, { "expected_effect.target", "25人" },
    { "expected_effect.measure", "每日送餐登记" }, { "services", "1.2" }, { "ways", "linking,participation" },
    { "content", "链接敬老院食堂供餐，组织邻里志愿者送餐，送餐时探访并登记健康和安全情况。" }, { "capacity", "社工三名，其中一名有助餐项目经验；督导每月一次。" },
    { "schedule.stage", "准备" }, { "schedule.text", "与食堂签订供餐协议，培训志愿者" }, { "schedule.owner", "负责社工" }, { "schedule.output", "协议、培训记录" },
    { "indicators.indicator", "times" }, { "indicators.count", "1500" }, { "venue.place", "敬老院食堂" }, { "venue.provider", "敬老院" }, { "venue.use", "备餐" },
    { "staff.who", "负责社工" }, { "staff.role", "统筹、探访" }, { "staff.share", "每周两天" }, { "budget.item", "餐费补贴" }, { "budget.amount", "18000" },
    { "budget.source", "lottery" }, { "partners.kind", "volunteer" }, { "partners.name", "邻里互助队" }, { "partners.role", "每日送餐" }, { "partners.gives", "people" },
    { "purchased", "0" }, { "third_needed", "0" }, { "risks.risk", "食品安全" }, { "risks.answer", "每餐留样，发现问题立即停供" },
    { "evaluation", "中期看过程，末期由购买方和老人评价。" }, { "rounds.phase", "mid" }, { "rounds.kind", "self" },
};

struct scene { struct demo *d; const struct demo_station *st; struct rq rq; struct project_get_row p; struct staff_id staff; };

static void
act(struct scene *s, const struct demo_user *u, int days)
{
    s->rq.who = (struct who){ .user = u->id, .name = u->name, .role = u->role, .unit = u->unit, .focus = u->unit, .area = id_area(u->id.v),
                              .may = role_find(u->role)->may };
    clock_stop(instant_at(date_add(s->d->today, days), 10, 20));
}

static void
refresh(struct scene *s)
{
    project_get(s->rq.db, &s->p, id_area(s->p.id.v), s->p.id);
}

static void
begin(struct scene *s, const char *name, const char *kind, int days)
{
    act(s, &s->st->workers[0], days);
    s->p.id = project_open(&s->rq, &(struct project_new){ s->st->id, str_of(name), str_of(kind), NO_STR, s->staff });
    refresh(s);
}

static void
put_day(struct scene *s, json_t *doc, const char *table, const char *key, int days)
{
    char z[16];
    json_t *to = table ? json_array_get(json_object_get(doc, table), 0) : doc;
    json_object_set_new(to, key, json_stringn(z, date_print(date_add(s->d->today, days), z)));
}

/* A form, handed in when it is to count. */
static void
write_form(struct scene *s, const char *code, const struct pair *pairs, size_t n, int days, bool good)
{
    const struct doc_form *f = doc_form(str_of(code));
    act(s, &s->st->workers[0], days);
    struct doc_id id = project_form_begin(&s->rq, &s->p, f);
    json_t *doc = doc_parse(s->rq.arena, STR("{}"));
    fill_doc(doc, pairs, n);
    bool assessment = pairs == needs;
    if (assessment) put_day(s, doc, NULL, "surveyed_from", days - 30);
    if (assessment && good) put_day(s, doc, NULL, "surveyed_to", days - 2);
    if (assessment && good) put_day(s, doc, "visits", "on", days - 20);
    if (!assessment) put_day(s, doc, "schedule", "from", days + 5);
    if (!assessment) put_day(s, doc, "schedule", "to", days + 30);
    if (!assessment) put_day(s, doc, "indicators", "due", days + 180);
    project_form_save(s->rq.db, .area = id_area(id.v), .id = id, .doc = doc_dump(s->rq.arena, doc), .by = s->rq.who.user, .on = today(),
                      .at = instant_now(), .saves = 1);
    if (!good) return;
    const struct form_error *wrong = doc_check(project_env(&s->rq, &s->p), f, doc, true).errors;
    if (wrong != NULL) log_fatal("demo: %s %s: %s", code, wrong->field ? wrong->field : "", wrong->why);
    project_form_hand_in(&s->rq, &s->p, f, id, doc);
    if (assessment) return;
    act(s, &s->st->head, days + 2);
    project_form_decide(&s->rq, &s->p, f, id, STR("approved"), STR("同意。"));
}

static void
go(struct scene *s, const struct demo_user *u, const char *to, int days, const char *reason)
{
    struct project_lack *lacks;
    act(s, u, days);
    const struct project_step *step = project_step(s->p.state, str_of(to));
    if (step == NULL || project_lacks(&s->rq, &s->p, step, &lacks) > 0) log_fatal("demo: no way to %s: %s", to, step ? lacks[0].why : "no step");
    project_enter(&s->rq, &s->p, step, str_of(reason));
    refresh(s);
}

/* From the first day to the work. */
static void
to_work(struct scene *s, const char *name, const char *kind, int days)
{
    struct project_lines_offered_row *lines;
    begin(s, name, kind, days);
    write_form(s, "community_needs", needs, COUNT(needs), days + 20, true);
    go(s, &s->st->workers[0], "planning", days + 21, "");
    size_t n = project_lines_offered(s->rq.db, &lines, id_area(s->p.id.v), s->st->id, s->p.id);
    for (size_t i = 0; i < n; i++)
        if (str_has(lines[i].text, STR("送餐")) || str_has(lines[i].text, STR("取药")))
            project_line_put(s->rq.db, id_area(s->p.id.v), s->p.id, lines[i].line);
    write_form(s, "community_plan", plan, COUNT(plan), days + 30, true);
    go(s, &s->st->workers[0], "approval", days + 33, "");
    act(s, &s->st->head, days + 40);
    project_decide(s->rq.db, .area = id_area(s->p.id.v), .id = s->p.id, .decision = STR("internal"), .on = today(), .by = STR("站务会"), .granted = { 1800000 },
                   .third_on = NO_DATE);
    go(s, &s->st->head, "executing", days + 40, "");
}

static void
hold(struct scene *s, const char *name, const char *method, int days, int persons, int firsts, int times)
{
    int64_t area = id_area(s->p.id.v);
    bool held = persons > 0;
    act(s, &s->st->workers[0], held ? days : -1);
    activity_insert(s->rq.db, .area = area, .id = { id_next(area) }, .project = s->p.id, .name = str_of(name), .state = held ? STR("held") : STR("planned"),
                    .service = STR("1.2"), .method = str_of(method), .on = date_add(s->d->today, days), .time = STR("9:30—11:00"), .place = STR("翠江社区活动室"),
                    .audience = STR("elderly"), .planned = 20, .persons = held ? persons : NO_INT, .firsts = held ? firsts : NO_INT,
                    .times = held ? times : NO_INT, .volunteers = held ? 6 : NO_INT, .hours = held ? 12 : NO_INT, .staff = held ? STR("社工两名") : NO_STR,
                    .process = held ? STR("介绍供餐办法，登记忌口和送餐时间，邻里志愿者与老人结对。") : NO_STR, .cost = held ? (struct money){ 45000 } : NO_MONEY,
                    .asked = held ? 15 : NO_INT, .satisfaction = held ? 88 + persons % 10 : NO_INT, .by = s->rq.who.user, .at = instant_now());
}

static struct review_id
judge(struct scene *s, const char *phase, const char *kind, int days, int asked, int score, bool clean, const char *conclusion)
{
    int64_t area = id_area(s->p.id.v);
    struct review_id id = { id_next(area) };
    act(s, &s->st->workers[0], days);
    review_insert(s->rq.db, .area = area, .id = id, .project = s->p.id, .phase = str_of(phase), .kind = str_of(kind), .on = today(), .party = STR("社工站"),
                  .asked = asked ? asked : NO_INT, .score = score, .conclusion = str_of(conclusion), .clean = clean, .by = s->rq.who.user, .at = instant_now());
    return id;
}

static void
found(struct scene *s, struct review_id review, const char *text, const char *task, const char *note, int due)
{
    int64_t area = id_area(s->p.id.v);
    finding_insert(s->rq.db, .area = area, .id = { id_next(area) }, .project = s->p.id, .review = review, .text = str_of(text), .problem = 1,
                   .way = task ? STR("task") : note ? STR("none") : STR("open"), .task = task ? str_of(task) : NO_STR,
                   .owner = task ? s->staff : (struct staff_id){ 0 }, .due = task ? date_add(s->d->today, due) : NO_DATE, .note = note ? str_of(note) : NO_STR,
                   .done = NO_DATE, .by = s->rq.who.user, .at = instant_now());
}

static void
finished(struct scene *s)
{
    to_work(s, "暖心餐桌：翠江社区独居老人助餐", "venture", -300);
    hold(s, "供餐启动会", "participation", -250, 22, 22, 22);
    hold(s, "每日送餐（第一季度）", "linking", -200, 25, 4, 1320);
    judge(s, "mid", "self", -190, 0, 86, true, "送餐稳定，老人和志愿者已经结成对子。");
    hold(s, "每日送餐（第二季度）", "linking", -120, 27, 1, 1410);
    go(s, &s->st->workers[0], "evaluating", -100, "");
    judge(s, "end", "satisfaction", -98, 26, 93, true, "老人普遍满意，盼望继续。");
    struct review_id r = judge(s, "end", "purchaser", -95, 0, 88, false, "达到预期成效；饭菜的花样和送达时间还可以改进。");
    found(s, r, "路远的老人收到时饭菜已凉", "为送餐志愿者配备保温箱", NULL, -60);
    found(s, r, "个别老人希望送晚饭", NULL, "食堂晚间不供餐，已告知老人并转介家政服务。", 0);
    go(s, &s->st->workers[0], "improving", -90, "");
    go(s, &s->st->head, "closed", -80, "配备了保温箱，修订了送餐时间表，供餐协议增加了每周换菜的条款。");
}

static bool
tell(struct db *db, void *arg)
{
    struct demo *d = arg;
    struct demo_staff_of_row staff;
    struct scene s = { .d = d, .st = &d->stations[0], .rq = { .db = db, .arena = db_arena(db), .ip = STR("") } };
    if (demo_staff_of(db, &staff, s.st->workers[0].id)) s.staff = staff.staff;
    finished(&s);
    to_work(&s, "邻里互助送餐与探访：翠江社区北山片区独居老人和行动不便家庭助餐、陪同就医与日常照应系列服务", "series", -120);
    hold(&s, "邻里结对会", "participation", -70, 31, 31, 31);
    hold(&s, "送餐和探访（第一个月）", "network", -40, 26, 5, 240);
    judge(&s, "mid", "self", -20, 0, 82, false, "送餐稳定，志愿者人手不足。");
    hold(&s, "邻里百家宴", "participation", 6, 0, 0, 0);
    begin(&s, "我们的社区花园", "micro", -12);
    write_form(&s, "community_needs", needs, 12, -2, false);
    clock_stop(NO_TIME);
    return db_error(db) == NULL;
}

bool
demo_community(struct demo *d)
{
    return cli_write(d->db, tell, d);
}
