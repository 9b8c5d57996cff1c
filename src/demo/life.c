/* What stands around the cases of the demo: teams and conferences, plans of households, money and goods, scales.  All made up. */
#include "audit/disclose_sql.h"
#include "demo/demo.h"
#include "demo/demo_sql.h"
#include "casework/house_sql.h"
#include "casework/scale_sql.h"
#include "people/aid_sql.h"
#include "people/consent_sql.h"
#include "people/people.h"
#include "referral/conference_sql.h"
#include "tally/tally.h"

struct life { struct demo *d; const struct demo_station *st; };

static void
meet(struct demo *d, struct db *db, const struct demo_station *st, const struct demo_serving_row *c)
{
    int64_t area = id_area(st->id.v);
    struct mate_id doctor = { id_next(area) }, teacher = { id_next(area) };
    struct conference_id held = { id_next(area) }, planned = { id_next(area) };
    struct consent_id consent = { id_next(area) };
    struct attendee_id guest = { id_next(area) };
    struct date on = date_add(d->today, -12);
    mate_insert(db, .area = area, .id = doctor, .case_ = c->id, .name = STR("全科医生"), .profession = STR("doctor"), .org = STR("乡镇卫生院"),
                .task = STR("每月随访，调整用药"), .parts = STR("basic,needs,condition"), .from = date_add(d->today, -40), .by = c->worker);
    mate_insert(db, .area = area, .id = teacher, .case_ = c->id, .name = STR("法律顾问"), .profession = STR("lawyer"), .org = STR("县法律援助中心"),
                .task = STR("说明赡养和宅基地的规定"), .parts = STR("basic,needs"), .from = date_add(d->today, -30), .by = c->worker);
    consent_insert(db, .area = area, .id = consent, .person = c->person, .case_file = c->id, .kind = STR("share"), .text_version = 1, .capacity = STR("full"),
                   .given_by = c->name, .relation = STR("self"), .way = STR("written"), .receiver = STR("乡镇卫生院 全科医生"), .given_on = date_add(on, -1),
                   .by = c->worker);
    conference_insert(db, .area = area, .id = held, .unit = st->id, .case_ = c->id, .on = on, .place = STR("社工站会议室"), .topic = STR("用药和照护怎么分工"),
                      .level = 3, .by = c->worker, .at = instant_at(on, 9, 0));
    attendee_insert(db, .area = area, .id = guest, .conference = held, .mate = doctor, .name = STR("全科医生"), .profession = STR("doctor"),
                    .org = STR("乡镇卫生院"));
    attendee_consent(db, area, guest, consent);
    attendee_insert(db, .area = area, .id = { id_next(area) }, .conference = held, .account = st->head.id, .name = st->head.name,
                    .profession = STR("social_worker"));
    attendee_insert(db, .area = area, .id = { id_next(area) }, .conference = held, .name = c->name, .profession = STR("client"));
    conference_held(db, .area = area, .id = held, .parts = STR("basic,needs,condition"), .level = 3,
                    .minutes = STR("医生说明目前的用药和复查要求。服务对象担心一个人记不住吃药时间。\n商定：卫生院每月随访，邻居每天提醒，社工每两周家访。"),
                    .at = instant_at(on, 11, 0));
    case_event_add(db, .area = area, .id = { id_next(area) }, .case_ = c->id, .at = instant_at(on, 11, 0), .by = c->worker, .kind = STR("conference"),
                   .reason = STR("用药和照护怎么分工"));
    disclosure_insert(db, .area = area, .id = { id_next(area) }, .unit = st->id, .person = c->person, .case_ = c->id, .kind = STR("conference"), .level = 3,
                      .at = instant_at(on, 11, 0), .by = c->worker, .receiver = STR("乡镇卫生院 全科医生"), .fields = STR("basic,needs,condition"),
                      .purpose = STR("用药和照护怎么分工"), .consent = consent, .basis = STR("同意：本人书面同意"), .told_on = date_add(on, -1));
    resolution_insert(db, .area = area, .id = { id_next(area) }, .conference = held, .text = STR("每月上门量血压并核对用药"), .who = STR("乡镇卫生院"),
                      .due = date_add(d->today, 18), .by = c->worker);
    resolution_insert(db, .area = area, .id = { id_next(area) }, .conference = held, .text = STR("联系邻居每天提醒吃药"), .who = STR("责任社工"),
                      .due = date_add(d->today, -2), .by = c->worker);
    conference_insert(db, .area = area, .id = planned, .unit = st->id, .case_ = c->id, .on = date_add(d->today, 6), .topic = STR("赡养协议的签订"),
                      .parts = STR("basic,needs"), .level = c->level > 2 ? c->level : 2, .by = c->worker, .at = instant_at(d->today, 8, 0));
    attendee_insert(db, .area = area, .id = { id_next(area) }, .conference = planned, .mate = teacher, .name = STR("法律顾问"), .profession = STR("lawyer"),
                    .org = STR("县法律援助中心"));
}

static void
plan(struct demo *d, struct db *db, const struct demo_serving_row *c, struct household_id home)
{
    int64_t area = id_area(c->id.v);
    house_plan_insert(db, .area = area, .id = { id_next(area) }, .household = home, .aim = STR("老人按时用药，家里有人照应，家庭收支平衡。"),
                      .from_on = date_add(d->today, -60), .review = date_add(d->today, 120), .by = c->worker, .at = instant_at(d->today, 8, 0));
    house_line_insert(db, .area = area, .id = { id_next(area) }, .household = home, .person = c->person, .goal = STR("居家安全"),
                      .action = STR("安装扶手和紧急呼叫器"), .who = STR("乡镇民政办"), .project = STR("适老化改造项目"), .due = date_add(d->today, 45),
                      .by = c->worker, .at = instant_at(d->today, 8, 0));
    house_line_insert(db, .area = area, .id = { id_next(area) }, .household = home, .goal = STR("应享政策不遗漏"), .action = STR("核对低保、高龄补贴和医疗救助"),
                      .who = STR("责任社工"), .due = date_add(d->today, -5), .by = c->worker, .at = instant_at(d->today, 8, 0));
}

static void
give(struct demo *d, struct db *db, const struct demo_station *st, const struct demo_serving_row *c, struct household_id home)
{
    static const struct { const char *kind, *purpose, *what, *measure, *source, *giver; int quantity, yuan; } given[] = {
        { "cash", "living", "临时救助金", NULL, "government", "乡镇人民政府", 0, 1200 }, { "goods", "living", "大米和食用油", "份", "society", "县慈善会", 1, 180 },
        { "goods", "medical", "血压计", "台", "society", "爱心企业", 1, 260 }, { "voucher", "living", "理发券", "张", "residents", "社区能人", 4, 0 },
    };
    int64_t area = id_area(st->id.v);
    for (size_t i = 0; i < COUNT(given); i++) {
        struct date on = date_add(d->today, -(int)(4 + 17 * i + demo_pick(d, 10)));
        bool whole = i == 1 && home.v;
        int64_t fen = 100 * (int64_t)given[i].yuan;
        if (i > 0 && demo_pick(d, 3) == 0) continue;
        aid_insert(db, .area = area, .id = { id_next(area) }, .unit = st->id, .person = whole ? (struct person_id){ 0 } : c->person,
                   .household = whole ? home : (struct household_id){ 0 }, .kind = str_of(given[i].kind), .purpose = str_of(given[i].purpose),
                   .what = str_of(given[i].what), .quantity = given[i].quantity ? given[i].quantity : NO_INT, .measure = str_of(given[i].measure),
                   .fen = fen ? fen : NO_INT, .source = str_of(given[i].source), .giver = str_of(given[i].giver), .on = on, .receiver = c->name,
                   .by = c->worker, .at = instant_at(on, 10, 0));
        tally_add(db, area, st->id, on, "aid", 1);
        tally_add(db, area, st->id, on, "aid.fen", fen);
    }
}

static void
measure(struct demo *d, struct db *db, const struct demo_serving_row *c)
{
    static const char *const stages[] = { "pre", "mid", "post" };
    int64_t area = id_area(c->id.v), score = 1500 + 100 * (int64_t)demo_pick(d, 8);
    for (size_t i = 0; i < COUNT(stages); i++) {
        struct date on = date_add(d->today, -(int)(80 - 35 * i));
        scale_insert(db, .area = area, .id = { id_next(area) }, .case_ = c->id, .scale = STR("孤独感自评"), .stage = str_of(stages[i]), .score = score,
                     .better = STR("lower"), .on = on, .by = c->worker, .at = instant_at(on, 15, 0));
        score -= 150 + 50 * (int64_t)demo_pick(d, 6);
    }
}

static bool
live(struct db *db, void *arg)
{
    const struct life *l = arg;
    struct demo_serving_row *rows;
    struct person_head h;
    size_t n = demo_serving(db, &rows, id_area(l->st->id.v), l->st->id);
    for (size_t i = 0; i < n && i < 4; i++) {
        if (!person_head(db, rows[i].person, &h)) continue;
        if (i == 0) meet(l->d, db, l->st, &rows[i]);
        if (i < 2 && h.household.v) plan(l->d, db, &rows[i], h.household);
        give(l->d, db, l->st, &rows[i], h.household);
        if (i < 2) measure(l->d, db, &rows[i]);
    }
    return db_error(db) == NULL;
}

bool
demo_life(struct demo *d)
{
    for (size_t i = 0; i < d->stations_n; i++)
        if (!cli_write(d->db, live, &(struct life){ d, &d->stations[i] })) return false;
    return true;
}
