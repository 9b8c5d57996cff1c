/* Discoveries and mandatory reports of the demo: those that wait, those that were dealt with, one that runs against its clock. */
#include "auth/role.h"
#include "demo/demo.h"
#include "demo/demo_sql.h"
#include "inbox/inbox.h"
#include "report/report_views.h"
#include "seal/seal.h"

struct scene { struct demo *d; const struct demo_station *st; struct rq *rq; };

static void
act_as(struct rq *rq, const struct demo_user *u)
{
    rq->who = (struct who){ .user = u->id, .name = u->name, .role = u->role, .unit = u->unit, .focus = u->unit, .area = id_area(u->id.v),
                            .may = role_find(u->role)->may };
}

/* ---- Duties of the cases ---- */

static void
filed(struct rq *rq, const struct report *p)
{
    json_t *content = told_new(rq->arena);
    told_put(content, "name", doc_text(p->content, "name"));
    told_put(content, "facts", doc_text(p->content, "facts"));
    report_file(rq->db, .area = id_area(p->r.id.v), .id = p->r.id, .content = told_seal(rq->arena, content),
        .situations = str_is(p->r.duty, "minor") ? STR("9") : NO_STR, .reported_at = instant_now(), .way = STR("110"), .receiver = STR("police"),
        .receiver_unit = STR("辖区派出所"), .receiver_person = STR("值班民警"), .receipt = STR("演示0001"), .also = STR("women"), .told = STR("yes"));
    report_log(rq, p->r.id.v, "reported", STR("police"), NO_STR, true);
    report_log(rq, p->r.id.v, "answer", NO_STR, STR("派出所已出警并出具告诫书，约定每周回访。"), true);
    lines_begin(rq, p->r.id.v, NO_STR, true);
    response_set(rq->db, .area = id_area(p->r.id.v), .subject = p->r.id.v, .line = STR("comfort"), .state = STR("done"), .me = rq->who.user,
                 .at = instant_now());
}

void
demo_meet_duty(struct rq *rq, struct case_id id, const struct demo_user *head)
{
    struct report_of_case_row *rows;
    struct who worker = rq->who;
    struct report p;
    size_t n = report_of_case(rq->db, &rows, id_area(id.v), id, rq->who.user);
    for (size_t i = 0; i < n; i++) {
        if (!str_is(rows[i].state, "open") || !report_load(rq, rows[i].id, &p)) continue;
        if (!codes_flag(p.duty, "waivable") || str_is(p.r.duty, "domestic")) {
            filed(rq, &p);
            continue;
        }
        struct str why = STR("已与村委会和亲属落实照料，暂无现实危险，不属于须报告的情形。");
        report_ask_waiver(rq->db, id_area(p.r.id.v), p.r.id, why);
        report_log(rq, p.r.id.v, "asked", NO_STR, why, true);
        act_as(rq, head);
        report_decide(rq->db, .area = id_area(p.r.id.v), .id = p.r.id, .state = STR("waived"), .answer = STR("同意，列入每周走访。"), .me = head->id,
                      .at = instant_now(), .due_at = NO_TIME);
        report_log(rq, p.r.id.v, "waived", NO_STR, STR("同意，列入每周走访。"), true);
        rq->who = worker;
    }
}

/* ---- Discoveries ---- */

static const struct seen {
    const char *source, *kind, *situations, *minor, *name, *sex, *place, *facts, *reporter, *phone;
    int64_t urgency, hours;
    const char *became;                 /* NULL: waits */
    bool by_grid;
} seen[] = {
    { "grid", "domestic", NULL, "no", "阿梅（化名）", "2", "东街三巷二楼", "夜里多次听到打骂声，今早见她手臂有淤青，说是自己摔的。", NULL, "13800000101", 2, 2, NULL, true },
    { "grid", "living", NULL, "no", "巫大爷", "1", "北山组", "独居，水电已停两天，家里只有半袋米。", NULL, "13800000101", 3, 20, "noted", true },
    { "hotline", "uncared", NULL, "no", "伊奶奶", "2", "中山街老屋", "邻居来电：腿摔伤后三天没有出门，家人都在外地。", "来电邻居", "13800000102", 2, 5, NULL, false },
    { "walk_in", "mental", NULL, "no", "小范（化名）", "1", "社工站", "失业半年，自述整夜睡不着，希望有人谈谈。", NULL, NULL, 4, 30, "noted", false },
    { "visit", "illness", NULL, "no", "钟家", "1", "河背组12号", "中风后卧床，压疮，照料的妻子也有高血压。", NULL, NULL, 3, 9, NULL, false },
    { "service", "minor_harm", "4", "yes", "小宇（化名）", "1", "课后托管点", "背部和小腿多处新旧淤伤，孩子说“不听话就挨打”。", "托管老师", "13800000103", 1, 2, "report", false },
};

static int64_t
duty_or_day(const struct seen *s, const struct profile *p)
{
    const struct code_entry *kind = codes_find(codes_table("discovery_kind"), str_of(s->kind));
    const char *duty = codes_text(kind, "duty");
    return *duty ? duty_hours(p, codes_find(codes_table("report_duty"), str_of(duty)), true) : 24;
}

static bool
tell(struct db *db, void *arg)
{
    struct scene *sc = arg;
    struct rq rq = { .db = db, .arena = db_arena(db), .ip = STR("") };
    const struct profile *p = profile_of(STR("ninghua"));
    int64_t area = id_area(sc->st->id.v);
    struct demo_crisis_row *crises;
    size_t crises_n = demo_crisis(db, &crises, area, sc->st->id);
    for (size_t i = 0; i < COUNT(seen); i++) {
        const struct seen *s = &seen[i];
        struct discovery_id id = { id_next(area) };
        struct str no = report_serial(&rq, sc->st->id, "F");
        struct instant found = { instant_now().ms - s->hours * 3600000 };
        const struct code_entry *kind = codes_find(codes_table("discovery_kind"), str_of(s->kind));
        json_t *told = told_new(rq.arena), *by = told_new(rq.arena);
        clock_stop(found);
        act_as(&rq, s->by_grid ? &sc->st->grid : &sc->st->workers[0]);
        told_put(told, "sex", str_of(s->sex));
        told_put(told, "place", str_of(s->place));
        told_put(told, "facts", str_of(s->facts));
        if (s->by_grid || s->reporter) told_put(by, "name", s->by_grid ? sc->st->grid.name : str_of(s->reporter));
        if (s->phone) told_put(by, "phone", str_of(s->phone));
        discovery_insert(db, .area = area, .id = id, .no = no, .unit = sc->st->id, .source = str_of(s->source),
            .kind = str_of(s->kind), .situations = s->situations ? str_of(s->situations) : NO_STR, .minor = str_of(s->minor), .urgency = s->urgency,
            .level = kind->level, .name = line_seal(rq.arena, str_of(s->name)), .told = told_seal(rq.arena, told),
            .reporter = json_object_size(by) ? told_seal(rq.arena, by) : NO_STR, .reporter_id = rq.who.user, .found_at = found, .at = found,
            .due_at = hours_after(found, duty_or_day(s, p)));
        report_log(&rq, id.v, "created", NO_STR, NO_STR, false);
        struct report_id report = { 0 };
        if (s->urgency <= 2 && s->became == NULL)
            inbox_tell(&rq, &(struct inbox_news){ "discovery", "discovery", id.v, no, sc->st->id }, NULL, 0, true);
        act_as(&rq, &sc->st->workers[0]);
        if (s->became && strcmp(s->became, "report") == 0)
            report = report_begin(&rq, &(struct report_begin){ .unit = sc->st->id, .owner = sc->st->workers[0].id, .duty = "minor", .opened_by = "discovery",
                .discovery = id, .found = found, .name = str_of(s->name), .facts = str_of(s->facts), .situations = str_of(s->situations), .profile = p });
        if (s->became) {
            discovery_settle(db, .area = area, .id = id, .from_ = STR("new"), .state = str_of(s->became), .me = rq.who.user, .at = instant_now(),
                .needs = str_of(codes_text(kind, "need")), .report = report);
            lines_begin(&rq, id.v, STR("resources"), true);
            report_log(&rq, id.v, "settled", str_of(s->became), NO_STR, true);
        }
        clock_stop(NO_TIME);
    }
    demo_inbox_done(db, area, (struct instant){ instant_now().ms - INT64_C(3) * 86400000 });
    for (size_t i = 0; i < crises_n; i++)
        inbox_tell(&rq, &(struct inbox_news){ "crisis", "case", crises[i].id.v, crises[i].no, sc->st->id }, &crises[i].supervisor, 1, true);
    demo_call_rule(db, area, STR("工作日 9:00–11:00"), seal(rq.arena, SEAL_SAFE_PHONE, STR("13800000104")));
    return true;
}

bool
demo_reports(struct demo *d)
{
    struct scene sc = { .d = d, .st = &d->stations[0] };
    return cli_write(d->db, tell, &sc);
}
