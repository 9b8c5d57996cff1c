/* Cases in all stages, played through the same functions as a worker's. */
#include "auth/role.h"
#include "codes/codes.h"
#include "demo/demo.h"
#include "demo/demo_sql.h"
#include "demo/stories.h"
#include "people/people.h"
#include "people/consent_sql.h"

enum { CASES = 300 };

/* How far the cases of the demo have come; out of 60. */
static const char *const ends[60] = {
    "intake", "intake", "intake", "intake", "intake", "intake", "assessment", "assessment", "assessment", "assessment", "assessment", "assessment",
    "assessment", "assessment", "planning", "planning", "planning", "planning", "planning", "planning", "intervention", "intervention", "intervention",
    "intervention", "intervention", "intervention", "intervention", "intervention", "intervention", "intervention", "intervention", "intervention",
    "intervention", "intervention", "intervention", "intervention", "dormant", "dormant", "evaluation", "evaluation", "evaluation", "evaluation",
    "closing", "closing", "closing", "closed", "closed", "closed", "closed", "follow_up", "follow_up", "follow_up", "archived", "archived", "archived",
    "archived", "declined", "declined", "suspended", "early",
};

struct play {
    struct demo *d;
    const struct demo_station *st;
    const struct demo_user *worker;
    const struct story *s;
    struct person_id person;
    const char *end;
    struct date opened;
    int age;
    struct rq *rq;
    struct casefile k;
    bool failed;
};

static void
act_as(struct play *p, const struct demo_user *u)
{
    const struct role *r = role_find(u->role);
    p->rq->who = (struct who){ .user = u->id, .name = u->name, .role = u->role, .unit = u->unit, .focus = u->unit, .area = id_area(u->id.v), .may = r->may };
    if (p->k.forms != NULL) {
        struct case_id id = p->k.c.id;
        case_load(p->rq, id_area(id.v), id, &p->k);
    }
}

static struct date
day(struct play *p, int after)
{
    return date_add(p->opened, after);
}

static void
at(struct play *p, int after, int hour)
{
    clock_stop(instant_at(day(p, after), hour, 10 + (int)demo_pick(p->d, 40)));
}

static void
put_text(json_t *doc, const char *key, const char *value)
{
    json_object_set_new(doc, key, json_string(value));
}

static void
put_day(json_t *doc, const char *key, struct date d)
{
    char z[16];
    date_print(d, z);
    put_text(doc, key, z);
}

static void
put_time(json_t *doc, const char *key, struct date d, int hour, int minute)
{
    char z[24];
    instant_print(instant_at(d, hour, minute), z);
    z[10] = 'T';
    put_text(doc, key, z);
}

/* Civil capacity on the day that the story has come to. */
static const char *
capacity_of(const struct play *p)
{
    int age = date_age(p->k.c.born, today());
    return age < 8 ? "none" : age < 18 ? "limited" : "full";
}

/* ---- What the stories do not say: a plausible value for everything that is asked for ---- */

static const char *
ordinary(struct play *p, const struct doc_field *x)
{
    size_t n;
    const struct choice *all = field_choices(&x->f, &n);
    switch (x->f.kind) {
    case F_SINGLE: case F_MULTI: return n ? all[0].code : "";
    case F_DATE: { char z[16]; date_print(today(), z); return str_dup(p->rq->arena, str_of(z)).p; }
    case F_DATETIME: { char z[24]; instant_print(instant_now(), z); z[10] = 'T'; return str_dup(p->rq->arena, str_of(z)).p; }
    case F_INT: case F_DEC: return "1";
    case F_MONEY: return "0";
    case F_SCALE: return "4";
    case F_STAFF: return str_fmt(p->rq->arena, "%lld", (long long)p->worker->id.v).p;
    case F_UNIT: return str_fmt(p->rq->arena, "%lld", (long long)p->st->id.v).p;
    case F_DIVISION: return p->st->division.p;
    case F_SIGN: return "M60 120L110 60 150 130 200 70 260 120 330 90 400 110";
    case F_PERSON: return "本人";
    case F_TEXT: return x->f.check != NULL && strcmp(x->f.check, "phone") == 0 ? "13800000000" : "无";
    case F_LONG: return "见过程记录。";
    case F_BOOL: case F_TABLE: case F_FILE: case F_PASSWORD: case F_HIDDEN: case F_NOTE: case F_COMPUTED: return "";
    }
    return "";
}

static void
fill_row(struct play *p, const struct doc_field *table, json_t *row, size_t number)
{
    for (size_t i = 0; i < table->columns_n; i++) {
        const struct doc_field *c = &table->columns[i];
        if (!c->needed || c->f.kind == F_COMPUTED || json_object_get(row, c->f.name) != NULL) continue;
        if (c->from != NULL) put_text(row, c->f.name, str_fmt(p->rq->arena, "%zu", number).p);
        else if (c->catalogue != NULL) put_text(row, c->f.name, str_of(p->s->codes).n ? p->s->codes : "1.1");
        else put_text(row, c->f.name, ordinary(p, c));
    }
}

static void
fill(struct play *p, const struct doc_form *f, json_t *doc)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct doc_field *x = &f->fields[i];
        const json_t *have = json_object_get(doc, x->f.name);
        if (x->f.kind == F_TABLE) {
            json_t *rows = json_object_get(doc, x->f.name);
            if (rows == NULL && x->needed && doc_asked(f, x, doc)) {
                rows = json_array();
                json_array_append_new(rows, json_object());
                json_object_set_new(doc, x->f.name, rows);
            }
            for (size_t r = 0; r < json_array_size(rows); r++) fill_row(p, x, json_array_get(rows, r), r + 1);
        } else if (have == NULL && (x->needed || (x->conditional && x->f.if_field)) && doc_asked(f, x, doc) && !x->supervisor
                   && x->f.kind != F_COMPUTED && x->f.kind != F_FILE) {
            if (x->f.kind == F_SCALE && x->f.choices_n) {
                json_t *lines = json_object();
                for (size_t c = 0; c < x->f.choices_n; c++) put_text(lines, x->f.choices[c].code, c % 3 == 2 ? "4" : "5");
                json_object_set_new(doc, x->f.name, lines);
            } else {
                put_text(doc, x->f.name, ordinary(p, x));
            }
        }
    }
}

static json_t *
rows_of(const char *const *texts, size_t n, const char *key)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *row = json_object();
        put_text(row, key, texts[i]);
        json_array_append_new(rows, row);
    }
    return rows;
}

static void
tell_a(struct play *p, json_t *doc)
{
    const struct story *s = p->s;
    bool declined = strcmp(p->end, "declined") == 0, pending = strcmp(p->end, "intake") == 0;
    put_time(doc, "intake_date", p->opened, 9, 30);
    put_text(doc, "case_grade", "professional");
    put_text(doc, "source", s->source);
    put_text(doc, "source_detail", "电话介绍情况");
    put_text(doc, "no_phone", "0");
    put_text(doc, "phone", "13800000001");
    put_text(doc, "capacity", capacity_of(p));
    put_text(doc, "presenting_problem", s->problem);
    put_text(doc, "initial_strengths", s->strengths);
    put_text(doc, "expectation", s->expectation);
    put_text(doc, "agency_explained", "1");
    put_text(doc, "worker_role_explained", "1");
    put_text(doc, "confidentiality_notice", "1");
    put_text(doc, "urgency", s->urgency);
    put_text(doc, "risk_flags", s->flags);
    put_text(doc, "interest_relation", "no");
    put_text(doc, "service_category", s->service);
    put_text(doc, "catalogue_codes", s->codes);
    put_text(doc, "decision", declined ? "decline" : pending ? "pending" : "accept");
    if (declined) put_text(doc, "decision_reason", "核实后，所需的是户籍办理，不属于社工站服务范围，已告知办理窗口。");
    if (pending) put_text(doc, "decision_reason", "需要与家属再核实一次情况。");
}

static void
tell_b(struct play *p, json_t *doc)
{
    const struct story *s = p->s;
    const char *const needs[] = { s->needs[0], s->needs[1] }, *const resources[] = { s->resources[0], s->resources[1] };
    put_text(doc, "physical", s->physical);
    put_text(doc, "psychological", s->psychological);
    put_text(doc, "social", s->social);
    put_text(doc, "micro", s->micro);
    put_text(doc, "meso", s->meso);
    put_text(doc, "macro", s->macro);
    put_text(doc, "client_view", s->view);
    put_text(doc, "problem_analysis", s->analysis);
    put_text(doc, "barriers", s->barriers);
    put_text(doc, "risk_level", s->risk);
    put_text(doc, "risk_note", "每次联系时复核。");
    put_text(doc, "client_took_part", "1");
    put_text(doc, "self_care", "2");
    json_object_set_new(doc, "needs", rows_of(needs, 2, "description"));
    json_object_set_new(doc, "resources", rows_of(resources, 2, "description"));
    json_object_set_new(doc, "support_network", json_pack("[{s:s, s:s, s:s, s:s}, {s:s, s:s, s:s, s:s}]",
        "supporter", "镇上的表弟", "relation", "亲戚", "kinds", "emotional,care", "strength", "strong",
        "supporter", "社区食堂", "relation", "社区服务点", "kinds", "material", "strength", "medium"));
    put_text(doc, "proposed_goals", s->purpose);
    put_text(doc, "conclusion", "情况清楚，服务对象愿意参与，建议制定服务计划。");
    json_object_set_new(doc, "income_table", rows_of((const char *const[]){ "家庭每月收入" }, 1, "item"));
}

static void
tell_d(struct play *p, json_t *doc)
{
    const struct story *s = p->s;
    const char *const goals[] = { s->goals[0], s->goals[1] }, *const steps[] = { s->steps[0], s->steps[1], s->steps[2] };
    json_t *g = rows_of(goals, 2, "goal"), *st = rows_of(steps, 3, "action");
    for (size_t i = 0; i < 2; i++) {
        put_text(json_array_get(g, i), "need", i ? "2" : "1");
        put_text(json_array_get(g, i), "indicator", s->indicators[i]);
    }
    for (size_t i = 0; i < 3; i++) put_text(json_array_get(st, i), "goal", i == 2 ? "2" : "1");
    json_object_set_new(doc, "goals", g);
    json_object_set_new(doc, "steps", st);
    put_text(doc, "purpose", s->purpose);
    put_text(doc, "strategies", str_fmt(p->rq->arena, "%s（%.*s）", s->strategies, FMT(p->k.c.no)).p);
    put_day(doc, "period_from", today());
    put_day(doc, "period_to", date_add(today(), 150));
    put_text(doc, "risk_plan", "出现突发情况时立即联系社工站和村委会，必要时拨打110或120。");
    put_text(doc, "client_agreed", "1");
}

static void
tell_c(struct play *p, json_t *doc)
{
    put_text(doc, "form_kind", "written");
    put_day(doc, "valid_from", today());
    put_day(doc, "valid_to", date_add(today(), 180));
    put_text(doc, "service_content", p->s->strategies);
    if (p->age < 18) {
        put_text(doc, "party_guardian", "监护人");
        put_text(doc, "sign_guardian", "M60 110L120 70 180 120 240 80 300 120");
    }
    put_text(doc, "sign_client", "M80 100L130 60 170 120 220 80 280 110");
}

static void
tell_e(struct play *p, json_t *doc, int number)
{
    static const char *const kinds[] = { "home", "accompany", "interview", "phone" };
    size_t n;
    const struct choice *known = codes_choices(codes_table("record_kind"), &n);
    const char *kind = kinds[number % 4];
    bool there = false;
    for (size_t i = 0; i < n; i++) there = there || strcmp(known[i].code, kind) == 0;
    put_text(doc, "kind", there ? kind : known[0].code);
    put_time(doc, "start_at", today(), 9, 0);
    put_time(doc, "end_at", today(), 10, 10 + number * 10 % 45);
    put_text(doc, "place", "服务对象家中");
    put_text(doc, "goal_of_contact", p->s->goals[number % 2]);
    put_text(doc, "off_plan", "0");
    put_text(doc, "goal_link", number % 4 == 0 ? "D.goals:1" : str_fmt(p->rq->arena, "D.goals:%d,D.steps:%d", number % 2 + 1, (number - 1) % 3 + 1).p);
    put_text(doc, "direct_kinds", ordinary(p, doc_field(doc_form(STR("E")), STR("direct_kinds"))));
    put_text(doc, "process", p->s->records[number % 4]);
    put_text(doc, "client_state", number < 2 ? "配合，话不多，愿意继续。" : "主动分享近况，情绪较前稳定。");
    put_text(doc, "risk_change", "same");
    put_text(doc, "analysis", "关系逐步建立，服务对象的参与意愿增强，按计划推进。");
    put_text(doc, "plan_change", "0");
    put_text(doc, "last_contact", "0");
    put_day(doc, "next_on", date_add(today(), 14));
    put_text(doc, "next_plan", "了解约定事项的进展，继续下一步。");
}

static void
tell_f(struct play *p, json_t *doc)
{
    put_text(doc, "eval_kind", "closing");
    put_text(doc, "purpose_explained", "1");
    put_text(doc, "client_participated", "1");
    put_text(doc, "methods_quantitative", "goals,satisfaction");
    put_text(doc, "client_change", p->s->change);
    put_text(doc, "overall", "good");
    put_text(doc, "suggest", "close");
}

static void
tell_g(struct play *p, json_t *doc)
{
    bool early = strcmp(p->end, "early") == 0;
    put_text(doc, "close_reason", early ? "2" : "1");
    put_day(doc, "close_date", today());
    put_day(doc, "notice_date", date_add(today(), -10));
    put_text(doc, "reason_detail", early ? "服务对象迁往子女处居住，表示暂不需要继续服务。" : "两项目标均已达成，服务对象同意结束服务。");
    put_text(doc, "client_statement", "谢谢你们，以后有事再来找站里。");
    put_text(doc, "review", p->s->review);
    put_text(doc, "achievement", p->s->change);
    put_text(doc, "consolidation", "由村里网格员和邻居继续照看，社工站保留联系方式。");
    put_text(doc, "referral", "0");
    put_text(doc, "follow_up", strcmp(p->end, "follow_up") == 0 || strcmp(p->end, "archived") == 0 ? "yes" : "no");
    json_t *rows = json_array(), *row = json_object();
    put_day(row, "on", date_add(today(), 30));
    put_text(row, "way", "phone");
    json_array_append_new(rows, row);
    json_object_set_new(doc, "follow_up_plan", rows);
}

/* Fills a form, checks it as the page would, and hands it in. */
static void
form(struct play *p, const char *letter, int number, bool submit)
{
    const struct doc_form *f = doc_form(str_of(letter));
    struct rq *rq = p->rq;
    struct docs_get_row row;
    int64_t area = id_area(p->k.c.id.v);
    if (p->failed) return;
    struct doc_id id = doc_begin(rq, &p->k, f);
    docs_get(rq->db, &row, area, id);
    json_t *doc = doc_parse(rq->arena, row.doc);
    switch (letter[0]) {
    case 'A': tell_a(p, doc); break;
    case 'B': tell_b(p, doc); break;
    case 'C': tell_c(p, doc); break;
    case 'D': tell_d(p, doc); break;
    case 'E': tell_e(p, doc, number); break;
    case 'F': tell_f(p, doc); break;
    default: tell_g(p, doc); break;
    }
    fill(p, f, doc);
    struct doc_result r = doc_check(case_env(rq, &p->k), f, doc, submit);
    case_check(rq, &p->k, f, doc, submit, &r);
    for (struct form_error *e = r.errors; e != NULL; e = e->next) {
        log_error("demo: form %s of %.*s: %s %s", letter, FMT(p->k.c.no), e->field ? e->field : "", e->why);
        p->failed = true;
        p->d->problems++;
    }
    docs_save(rq->db, .area = area, .id = id, .doc = doc_dump(rq->arena, doc), .by = rq->who.user, .on = today(), .at = instant_now(), .saves = row.saves);
    if (submit && !p->failed) case_hand_in(rq, &p->k, f, id, doc);
}

/* The gate is asked as on the page. */
static void
go_on(struct play *p, const char *state)
{
    struct missing *list;
    if (p->failed) return;
    size_t n = case_missing(p->rq, &p->k, str_of(state), &list);
    for (size_t i = 0; i < n; i++) log_error("demo: %.*s to %s: %s", FMT(p->k.c.no), state, list[i].why);
    p->failed = n > 0;
    p->d->problems += n > 0;
    if (!p->failed) case_enter(p->rq, &p->k, str_of(state), NO_STR);
}

static void
agree(struct play *p, const char *kind)
{
    bool guardian = consent_needs_guardian(str_of(kind), STR("full"), p->k.c.born, today()) || strcmp(kind, "guardian") == 0;
    int64_t area = id_area(p->person.v);
    consent_insert(p->rq->db, .area = area, .id = { id_next(area) }, .person = p->person, .case_file = p->k.c.id, .kind = str_of(kind),
                   .text_version = consent_version(p->rq->db, str_of(kind)), .capacity = str_of(capacity_of(p)),
                   .given_by = guardian ? STR("监护人") : p->k.c.name, .relation = guardian ? STR("guardian") : STR("self"), .way = STR("written"),
                   .given_on = today(), .by = p->rq->who.user);
}

static bool
reaches(const struct play *p, const char *state)
{
    struct str end = str_of(p->end);
    if (str_is(end, "dormant") || str_is(end, "suspended")) end = STR("intervention");
    if (str_is(end, "early")) end = STR("assessment");
    return !state_before(end, str_of(state));
}

static void
approve(struct play *p)
{
    struct docs_submitted_row *rows;
    size_t n = docs_submitted(p->rq->db, &rows, id_area(p->k.c.id.v), p->k.c.id);
    if (p->failed || n == 0) return;
    act_as(p, &p->st->supervisor);
    case_review(p->rq, &p->k, doc_form(STR("G")), rows[n - 1].id, doc_parse(p->rq->arena, rows[n - 1].doc), STR("approved"),
                STR("过程完整，同意结案。"), STR("M70 100L140 70 210 120 280 80"));
    act_as(p, p->worker);
}

static void
finish(struct play *p)
{
    at(p, 112, 16);
    form(p, "G", 0, true);
    if (strcmp(p->end, "closing") == 0) return;
    at(p, 113, 10);
    approve(p);
    if (strcmp(p->end, "archived") == 0) {
        at(p, 143, 10);
        form(p, "E", 1, true);
        go_on(p, "archived");
    }
}

static void
later_stages(struct play *p)
{
    bool dormant = strcmp(p->end, "dormant") == 0;
    at(p, 20, 9);
    go_on(p, "intervention");
    for (int i = 0; i < (dormant ? 2 : 4); i++) {
        at(p, 22 + i * 18, 17);
        form(p, "E", i, true);
    }
    if (strcmp(p->end, "suspended") == 0) {
        at(p, 90, 9);
        case_enter(p->rq, &p->k, STR("suspended"), STR("外出投亲，预计两个月后返回"));
    }
    if (!reaches(p, "evaluation")) return;
    at(p, 96, 9);
    go_on(p, "evaluation");
    if (!reaches(p, "closing")) return;
    at(p, 102, 15);
    form(p, "F", 0, true);
    at(p, 104, 9);
    go_on(p, "closing");
    finish(p);
}

static void
stages(struct play *p)
{
    at(p, 0, 10);
    form(p, "A", 0, strcmp(p->end, "intake") != 0 || demo_pick(p->d, 2));
    if (date_diff(p->d->today, p->opened) > 3) {
        at(p, 0, 14);
        demo_meet_duty(p->rq, p->k.c.id, &p->st->head);
    }
    if (!reaches(p, "assessment") || strcmp(p->end, "declined") == 0) return;
    go_on(p, "assessment");
    if (strcmp(p->end, "early") == 0) {
        at(p, 30, 9);
        if (!p->failed) case_enter(p->rq, &p->k, STR("closing"), STR("服务对象不愿继续接受服务"));
        finish(p);
        return;
    }
    if (!reaches(p, "planning")) return;
    at(p, 8, 15);
    form(p, "B", 0, true);
    go_on(p, "planning");
    if (!reaches(p, "intervention")) return;
    at(p, 14, 15);
    form(p, "D", 0, true);
    at(p, 16, 10);
    form(p, "C", 0, true);
    later_stages(p);
}

static bool
play(struct db *db, void *arg)
{
    struct play *p = arg;
    struct rq rq = { .db = db, .arena = db_arena(db), .ip = STR("") };
    struct case_id id;
    struct doc_id form_a;

    p->rq = &rq;
    rq.body.arena = rq.arena;
    act_as(p, p->worker);
    at(p, 0, 9);
    struct str why = case_open(&rq, p->person, p->worker->id, (struct case_id){ 0 }, &id, &form_a);
    if (why.n) return false;
    case_load(&rq, id_area(id.v), id, &p->k);
    if (p->k.c.level >= 4) person_name_account(db, id_area(id.v), p->person, p->worker->id, p->st->head.id, STR("责任社工"));
    case_set_supervisor(db, id_area(id.v), id, p->st->supervisor.id);
    agree(p, "notice");
    agree(p, "processing");
    agree(p, "sensitive");
    if (p->age < 15) agree(p, "guardian");         /* he may have been 13 then */
    act_as(p, p->worker);
    stages(p);
    p->d->cases += !p->failed;
    return !p->failed;
}

static bool
client_for(struct demo *d, struct play *p, const struct story *s, size_t skip)
{
    struct arena a = { 0 };
    struct demo_clients_row *rows;
    char from[16], to[16];
    date_print(date_add_months(d->today, -s->age_to * 12), from);
    date_print(date_add_months(d->today, -s->age_from * 12), to);
    db_begin(d->db, &a, DB_READ);
    size_t n = demo_clients(d->db, &rows, .area = id_area(p->st->id.v), .unit = p->st->id, .category = str_of(s->category),
                            .from_ = str_of(from), .to_ = str_of(to));
    if (n > skip) {
        p->person = rows[skip].id;
        p->age = date_age(rows[skip].born, d->today);
    }
    db_rollback(d->db);
    arena_clear(&a);
    return n > skip;
}

bool
demo_cases(struct demo *d)
{
    size_t used[40][6] = { 0 };
    for (int tries = 0, made = 0; made < CASES && tries < CASES * 12; tries++) {
        size_t st = (size_t)tries % d->stations_n, story = demo_pick(d, stories_n);
        bool critical = made == 6;                      /* the first station has one that is critical since yesterday */
        struct story told = stories[story];
        if (critical) {
            st = 0;
            told.urgency = "1";
        }
        struct play p = { .d = d, .st = &d->stations[st], .worker = &d->stations[st].workers[demo_pick(d, 3)], .s = &told, .end = ends[made % 60] };
        if (!client_for(d, &p, p.s, used[st][story])) continue;
        used[st][story]++;
        bool young = strcmp(p.end, "intake") == 0 || strcmp(p.end, "assessment") == 0 || strcmp(p.end, "planning") == 0;
        p.opened = date_add(d->today, -(int)(young ? 2 + demo_pick(d, 12) : strcmp(p.end, "dormant") == 0 ? 150 : 146 + demo_pick(d, 160)));
        if (strcmp(p.end, "intervention") == 0) p.opened = date_add(d->today, -(int)(78 + demo_pick(d, 20)));
        if (strcmp(p.end, "planning") == 0) p.opened = date_add(d->today, -(int)(9 + demo_pick(d, 9)));
        if (critical) p.opened = date_add(d->today, -1);
        made += cli_write(d->db, play, &p);
        clock_stop(NO_TIME);
    }
    return d->problems == 0;
}
