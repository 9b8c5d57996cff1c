/* The lists of the demo county: needs, resources and services of each station, some in a second version, and projects that answer
 * needs.  All made up. */
#include "demo/demo.h"
#include "demo/demo_sql.h"
#include "lists/lists.h"
#include "network/network.h"

struct told { const char *text, *topic, *source, *priority, *content; };
static const struct told needs[] = {
    { "独居老人午饭没有着落，希望有人送餐", "living", "visit", "high", "三个村共有27位老人，其中9位行动不便。" },
    { "留守儿童放学后没有人辅导作业", "schooling", "proposal", "medium", "中心小学四年级以下约40名。" },
    { "慢性病人到县医院取药不方便", "medical", "phone", "medium", "" },
    { "残疾人想在家门口找一份手工活", "employment", "deliberation", "medium", "去年村里的编织点停了以后，一直没有接上。" },
    { "村口的路灯坏了，夜里走路怕摔", "other", "visit", "high", "" },
    { "外出务工家庭的老人不会用手机看病挂号、缴医保和跟子女视频，逢年过节尤其着急，希望有人一对一地慢慢教", "living", "proposal", "low", "" },
};
static const struct { const char *text, *topic, *sector, *party; int amount; } resources[] = {
    { "乡镇敬老院食堂", "living", "government", "敬老院", 20 },
    { "大学生返乡志愿服务队", "schooling", "society", "县团委", 3 },
    { "卫生院家庭医生团队", "medical", "government", "乡镇卫生院", 0 },
    { "邻里互助队的三轮车", "other", "residents", "老年人互助队", 2 },
};
static const struct { const char *text, *audience, *often, *standard; } services[] = {
    { "上门探访", "独居、空巢老人", "每月两次", "每次不少于30分钟，当日写探访记录。" },
    { "四点半课堂", "留守儿童", "每周五天", "两名志愿者在场，名单每日签到。" },
    { "政策咨询与代办", "困难家庭", "随时", "当日答复，三日内办结或告知进展。" },
};

static struct list_id
begin(struct demo *d, const struct demo_station *s, const char *kind, const char *name)
{
    struct ymd y = date_ymd(d->today);
    struct list_new in = { .unit = s->id, .kind = kind, .title = str_fmt(&d->arena, "%d年%s", y.y, name).p, .from = NO_DATE, .to = NO_DATE }; /* not shown */
    date_of(y.y, 1, 1, &in.from);
    date_of(y.y, 12, 31, &in.to);
    return list_make(d->db, &in);
}

static struct line_id
need(struct demo *d, struct list_id list, const struct list_kind *k, size_t nth)
{
    const struct told *n = &needs[nth];
    return list_add(d->db, list, k, &(struct line){ NO_LINE, .text = str_of(n->text), .topic = str_of(n->topic), .source = str_of(n->source),
                                                    .priority = str_of(n->priority), .content = str_of(n->content) });
}

static void
station(struct demo *d, const struct demo_station *s, const struct profile *p, size_t nth)
{
    const struct list_kind *need_kind = list_kind(&d->arena, p, STR("needs")), *resource_kind = list_kind(&d->arena, p, STR("resources"));
    const struct list_kind *service_kind = list_kind(&d->arena, p, STR("services")), *project_kind = list_kind(&d->arena, p, STR("projects"));
    struct line_id meals = { 0 }, kitchen = { 0 };
    if (need_kind == NULL || resource_kind == NULL || service_kind == NULL || project_kind == NULL) return;
    struct list_id list = begin(d, s, "needs", need_kind->zh);
    for (size_t i = 0; i < COUNT(needs) - 1; i++) {
        struct line_id id = need(d, list, need_kind, (i + nth) % COUNT(needs));
        if ((i + nth) % COUNT(needs) == 0) meals = id;
    }
    list_publish(d->db, list, date_add(d->today, -200));
    struct list_id found = begin(d, s, "resources", resource_kind->zh);
    for (size_t i = 0; i < COUNT(resources); i++) {
        struct line_id id = list_add(d->db, found, resource_kind,
            &(struct line){ NO_LINE, .text = str_of(resources[i].text), .topic = str_of(resources[i].topic), .sector = str_of(resources[i].sector),
                            .party = str_of(resources[i].party), .amount = resources[i].amount ? resources[i].amount : NO_INT });
        if (i == 0) kitchen = id;
    }
    list_publish(d->db, found, date_add(d->today, -180));
    if (meals.v) list_join(d->db, meals, kitchen);
    struct list_id offers = begin(d, s, "services", service_kind->zh);
    for (size_t i = 0; i < COUNT(services); i++)
        list_add(d->db, offers, service_kind, &(struct line){ NO_LINE, .text = str_of(services[i].text), .audience = str_of(services[i].audience),
                                                              .frequency = str_of(services[i].often), .standard = str_of(services[i].standard) });
    if (nth % 3) list_publish(d->db, offers, date_add(d->today, -150));
    if (nth % 2) return;
    struct list_id next = list_revise(d->db, list, (struct user_id){ 0 });
    need(d, next, need_kind, (COUNT(needs) - 1 + nth) % COUNT(needs));
    if (nth % 4 == 0) list_publish(d->db, next, date_add(d->today, -20));
    struct list_id plans = begin(d, s, "projects", project_kind->zh);
    struct line_id project = list_add(d->db, plans, project_kind, &(struct line){ NO_LINE, .text = STR("暖心餐桌：独居老人助餐"), .kind = STR("other"),
                                                                                  .party = STR("社工站"), .due = date_add(d->today, 90) });
    if (meals.v) list_join(d->db, meals, project);
}

static bool
fill(struct db *db, void *arg)
{
    struct demo *d = arg;
    struct unit_level level;
    (void)db;
    for (size_t i = 0; i < d->stations_n; i++)
        if (unit_level_of(d->db, d->stations[i].id, &level)) station(d, &d->stations[i], level.profile, i);
    return true;
}

bool
demo_lists(struct demo *d)
{
    return cli_write(d->db, fill, d);
}
