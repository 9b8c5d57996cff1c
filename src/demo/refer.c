/* Referrals of the demo: those that cases came from, some that wait, some to agencies; the register follows by itself. */
#include "auth/role.h"
#include "demo/demo.h"
#include "demo/demo_sql.h"
#include "referral/referral_views.h"

static const char signature[] = "M60 120L110 60 150 130 200 70 260 120 330 90 400 110";

struct telling {
    struct demo *d;
    const struct demo_station *st;
    struct rq *rq;
    const struct demo_referred_row *origin;     /* the case that the referral became */
    const struct demo_serving_row *out;         /* the case that is referred on */
    size_t number;
};

static void
act_as(struct telling *t, const struct demo_user *u)
{
    t->rq->who = (struct who){ .user = u->id, .name = u->name, .role = u->role, .unit = u->unit, .focus = u->unit, .area = id_area(u->id.v),
                               .may = role_find(u->role)->may };
}

static const struct demo_user *
worker_of(const struct telling *t, struct user_id id)
{
    for (size_t i = 0; i < COUNT(t->st->workers); i++)
        if (t->st->workers[i].id.v == id.v) return &t->st->workers[i];
    return &t->st->head;
}

static void
agree(struct telling *t, struct referral_id id, struct str by, struct date on)
{
    referral_set_consent(t->rq->db, .area = id_area(id.v), .id = id, .by = by, .relation = STR("self"), .way = STR("written"), .on = on);
}

/* ---- Into the station ---- */

struct incoming { const char *source, *org, *person, *name, *summary, *done, *born, *services, *class_; int64_t urgency; };

static const struct { const char *source, *org, *person; } senders[] = {
    { "clerk", "乡镇社会事务办", "民政经办人员" }, { "committee", "村民委员会", "村委会干部" }, { "school", "中心学校", "班主任" },
    { "justice", "司法所", "司法所工作人员" },
};

/* One that comes in, as far as "sent". */
static bool
come(struct telling *t, const struct demo_user *by, const struct incoming *in, struct referral *f)
{
    const struct demo_station *st = t->st;
    struct rq *rq = t->rq;
    struct referral_id id = { id_next(id_area(st->id.v)) };
    struct date born = NO_DATE;
    struct str fields = share_fields(rq->arena, in->born ? STR("born,done") : STR("done"));
    json_t *doc = json_pack("{s:s, s:s, s:s}", "name", in->name, "summary", in->summary, "done", in->done);
    if (in->born && date_parse(str_of(in->born), &born)) json_object_set_new(doc, "born", json_string(in->born));
    act_as(t, by);
    referral_insert(rq->db, .area = id_area(st->id.v), .id = id, .no = referral_number(rq, st->id), .direction = STR("in"), .source = str_of(in->source),
        .from_account = by->id, .from_org = str_of(in->org), .from_person = str_of(in->person), .from_phone = STR("0598-6820000"), .to_unit = st->id,
        .client_kind = STR("person"), .name = str_of(in->name), .level = share_level(fields, 0, born), .shared = share_seal(rq->arena, doc),
        .fields = fields, .reason = STR("specialised"), .services = str_of(in->services), .service_class = str_of(in->class_), .urgency = in->urgency,
        .at = instant_now());
    json_decref(doc);
    agree(t, id, str_of(in->name), today());
    return referral_load(rq, id, f) && referral_step(rq, f, "consented", NO_STR) && referral_send(rq, f, str_of(signature));
}

/* The day before its case was opened; then as far as the case has come. */
static bool
became_a_case(struct db *db, void *arg)
{
    struct telling *t = arg;
    const struct demo_referred_row *c = t->origin;
    struct rq rq = { .db = db, .arena = db_arena(db), .ip = STR("") };
    struct referral f;
    size_t s = 0;
    t->rq = &rq;
    while (s + 1 < COUNT(senders) && !str_is(c->source, senders[s].source)) s++;
    struct incoming in = { senders[s].source, senders[s].org, senders[s].person, str_z(rq.arena, c->name), "近期生活困难，希望社工上门了解情况并提供支持。",
                           "已走访一次，说明了救助政策。", NULL, c->code.n ? str_z(rq.arena, c->code) : "1.2", "comprehensive",
                           c->urgency == NO_INT ? 4 : c->urgency };
    const struct demo_user *by = s == 0 && t->st->clerk.id.v ? &t->st->clerk : &t->st->head;
    clock_stop(instant_at(date_add(c->opened, -1), 10, 20));
    if (!come(t, by, &in, &f)) return false;
    clock_stop(instant_at(c->opened, 8, 30));
    act_as(t, worker_of(t, c->worker));
    if (!referral_accept(&rq, &f, c->worker, STR("已接收，三日内上门。"), rq.who.name, str_of(signature))) return false;
    referral_set_client(db, id_area(f.r.id.v), f.r.id, c->person, c->id);
    if (str_is(c->state, "intake") || str_is(c->state, "declined")) return true;
    clock_stop(instant_at(date_add(c->opened, 2), 9, 0));
    if (!referral_step(&rq, &f, "serving", NO_STR)) return false;
    if (date_diff(t->d->today, c->opened) < 28) return true;                    /* feedback is not due yet */
    clock_stop(instant_at(date_add(c->opened, 25), 16, 0));
    if (!referral_feedback(&rq, &f, STR("已完成预估并制定计划，每两周上门一次，生活和情绪较转介时稳定。"))) return false;
    if (date_diff(t->d->today, c->opened) < 40) return true;
    clock_stop(instant_at(date_add(c->opened, 27), 9, 0));
    act_as(t, by);
    return referral_step(&rq, &f, "closed", STR("情况已知悉，感谢。"));
}

static const struct { struct incoming in; int days; } waiting[] = {
    { { "clerk", "翠江镇社会事务办", "民政经办人员", "罗桂英", "低保户，丈夫去世后情绪低落，两个月没有出门；希望有人陪伴和疏导。", "已发放临时救助。", "1957-04-18", "1.2", "comprehensive", 3 }, 0 },
    { { "clerk", "翠江镇社会事务办", "民政经办人员", "张水生", "特困供养对象，出院后独自生活，用药无人提醒。", "已办理供养手续。", "1949-09-02", "1.7", "specialised", 4 }, 9 },
    { { "hospital", "宁化县总医院", "医务社工", "伍金莲", "髋部骨折术后出院，需要社区康复和助餐。", "已完成出院评估。", "1951-12-30", "1.7", "specialised", 2 }, 0 },
    { { "school", "城东小学", "班主任", "小雨（化名）", "父母外出务工，近两周没有交作业，午餐常不吃。", "学校已家访一次。", "2015-06-11", "1.3", "comprehensive", 3 }, 1 },
};

static bool
wait_here(struct db *db, void *arg)
{
    struct telling *t = arg;
    struct rq rq = { .db = db, .arena = db_arena(db), .ip = STR("") };
    struct referral f;
    const struct incoming *in = &waiting[t->number].in;
    t->rq = &rq;
    bool clerk = strcmp(in->source, "clerk") == 0;
    clock_stop(waiting[t->number].days ? instant_at(date_add(t->d->today, -waiting[t->number].days), 15,
            10) : (struct instant){ instant_now().ms - 5 * 3600000 });
    return come(t, clerk ? &t->st->clerk : &t->st->workers[0], in, &f) && (clerk || referral_step(&rq, &f, "received", NO_STR));
}

/* ---- Out of the station ---- */

static const struct { const char *org, *person, *summary, *services, *reply, *feedback; } agencies[] = {
    { "宁化县残疾人联合会", "康复部", "需要辅助器具评估和适配，已与本人商量过使用场所。", "1.7", "已登记，安排下周评估。", "轮椅和坐便椅已适配，并教会家属使用。" },
    { "宁化县总医院心理门诊", "门诊医生", "情绪低落、失眠持续一月以上，需要专科评估。", "1.2", "已预约周三门诊。", NULL },
    { "宁化县人力资源和社会保障局", "就业服务窗口", "有就业意愿，希望参加家政技能培训。", "1.5", NULL, NULL },
};

static bool
to_agency(struct db *db, void *arg)
{
    struct telling *t = arg;
    const struct demo_serving_row *c = t->out;
    size_t n = t->number % COUNT(agencies);
    struct rq rq = { .db = db, .arena = db_arena(db), .ip = STR("") };
    struct referral f;
    int64_t area = id_area(c->id.v);
    struct referral_id id = { id_next(area) };
    struct str fields = share_fields(rq.arena, STR("sex,born,phone"));
    t->rq = &rq;
    clock_stop(instant_at(date_add(t->d->today, -(int)(agencies[n].reply ? 20 : 2)), 14, 30));
    act_as(t, worker_of(t, c->worker));
    referral_insert(db, .area = area, .id = id, .no = referral_number(&rq, t->st->id), .direction = STR("out"), .from_unit = t->st->id,
        .from_account = rq.who.user, .to_org = str_of(agencies[n].org), .to_person = str_of(agencies[n].person), .to_phone = STR("0598-6820001"),
        .person = c->person, .case_ = c->id, .client_kind = STR("person"), .name = c->name, .level = share_level(fields, c->level, c->born),
        .shared = share_seal(rq.arena, share_build(&rq, c->person, c->id, fields, (struct share_text){ str_of(agencies[n].summary), NO_STR })),
        .fields = fields, .reason = STR("specialised"), .services = str_of(agencies[n].services), .service_class = STR("specialised"), .urgency = 4,
        .at = instant_now());
    agree(t, id, c->name, today());
    if (!referral_load(&rq, id, &f) || !referral_step(&rq, &f, "consented", c->name) || !referral_send(&rq, &f, str_of(signature))) return false;
    referral_note_sent(&rq, &f);
    if (agencies[n].reply == NULL) return true;
    clock_stop(instant_at(date_add(t->d->today, -18), 10, 0));
    if (!referral_accept(&rq, &f, (struct user_id){ 0 }, str_of(agencies[n].reply), str_of(agencies[n].person), NO_STR)) return false;
    clock_stop(instant_at(date_add(t->d->today, -3), 10, 0));
    return agencies[n].feedback == NULL || referral_feedback(&rq, &f, str_of(agencies[n].feedback));
}

/* ---- A case conference, entered by hand ---- */

static bool
conference(struct db *db, void *arg)
{
    struct telling *t = arg;
    const struct demo_serving_row *c = t->out;
    struct rq rq = { .db = db, .arena = db_arena(db), .ip = STR("") };
    t->rq = &rq;
    clock_stop(instant_at(date_add(t->d->today, -6), 16, 40));
    act_as(t, worker_of(t, c->worker));
    disclosure_note(&rq, &(struct disclosure){ .unit = t->st->id, .person = c->person, .case_ = c->id, .kind = "conference", .level = c->level,
        .receiver = STR("村医、网格员（个案会议）"), .fields = STR("name,health"), .purpose = STR("商量用药提醒和日常照看的分工"),
        .basis = STR("同意：本人书面同意"), .told_on = today(), .measures = STR("与会人员已签保密承诺") });
    return true;
}

static bool
tell(struct telling *t, bool (*part)(struct db *, void *))
{
    bool ok = cli_write(t->d->db, part, t);
    clock_stop(NO_TIME);
    if (!ok) log_error("demo: a referral of %.*s cannot be told", FMT(t->st->name));
    return ok;
}

static bool
station(struct demo *d, const struct demo_station *st)
{
    struct arena a = { 0 };
    struct demo_referred_row *from;
    struct demo_serving_row *out;
    struct telling t = { .d = d, .st = st };
    bool ok = true;
    db_begin(d->db, &a, DB_READ);
    size_t from_n = demo_referred(d->db, &from, id_area(st->id.v), st->id), out_n = demo_serving(d->db, &out, id_area(st->id.v), st->id);
    db_rollback(d->db);
    for (t.number = 0; t.number < from_n && ok; t.number++) {
        t.origin = &from[t.number];
        ok = tell(&t, became_a_case);
    }
    for (t.number = 0; t.number < out_n && t.number < 4 && ok; t.number++) {
        t.out = &out[t.number];
        ok = tell(&t, t.number == 3 ? conference : to_agency);
    }
    for (t.number = 0; st->clerk.id.v && t.number < COUNT(waiting) && ok; t.number++) ok = tell(&t, wait_here);
    arena_clear(&a);
    return ok;
}

bool
demo_referrals(struct demo *d)
{
    for (size_t i = 0; i < d->stations_n; i++)
        if (!station(d, &d->stations[i])) return false;
    return true;
}
