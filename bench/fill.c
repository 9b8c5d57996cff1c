/* fill DATABASE KEYFILE PEOPLE CASES -- puts that many made-up people and cases into a county that "nuan demo --fill-only"
 * built: the people with the program's own statements, the cases as copies of the demo's (bench/cases.sql).
 * fill --csv ROWS -- prints a roster of ROWS other people, for the import.
 * The same on every run, but for the sealed texts. */
#include "codes/codes.h"
#include "codes/idno.h"
#include "codes/pinyin.h"
#include "codes/text.h"
#include "cli/cli.h"
#include "db/db.h"
#include "db/ids.h"
#include "demo/demo_sql.h"
#include "people/category_sql.h"
#include "people/household_sql.h"
#include "people/member_sql.h"
#include "people/person.h"
#include "people/person_sql.h"
#include "seal/seal.h"
#include <sqlite3.h>

enum { CHUNK = 5000, STATIONS = 16, VILLAGES = 40, BIRTHDAYS = 30000, ORDERS_OF_ROSTER = 500 };

static const char surnames[] = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石";
static const char given[] = "秀英桂兰玉珍美华丽婷雨晴红凤翠莲秋菊晓燕欣怡诗涵梅香淑芬巧云静雪娥彩霞佳思春花金素梓萱建国志强德福明伟俊杰海永康军文斌"
    "浩然家和生水长根宇轩子立新天佑源承大勇广田林树兴旺学宝山";
static const char *const categories[] = {
    "", "", "", "", "", "", "", "", "", "", "", "A01", "A01", "B02", "B02", "B03", "B07", "C03", "C03", "D01", "A10", "C04", "B05", "A02",
};

struct fill {
    struct db *db;
    struct arena arena;
    uint64_t seed;
    int64_t area, from, to;             /* the people of this transaction */
    struct demo_stations_row *stations;
    struct { struct demo_villages_row *rows; size_t n; } villages[STATIONS];
    size_t stations_n;
    struct household_id home;
};

static unsigned
pick(struct fill *f, size_t n)
{
    f->seed = f->seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((f->seed >> 33) % n);
}

static struct str
character(const char *text, unsigned i)
{
    return (struct str){ text + (size_t)i * 3, 3 };
}

/* Common surnames are much more common than others. */
static struct str
name_of(struct fill *f, struct arena *a)
{
    unsigned all = (sizeof surnames - 1) / 3, first = pick(f, pick(f, all) + 1);
    struct str one = character(given, pick(f, (sizeof given - 1) / 3)), two = pick(f, 8) ? character(given, pick(f, (sizeof given - 1) / 3)) : STR("");
    return str_fmt(a, "%.*s%.*s%.*s", FMT(character(surnames, first)), FMT(one), FMT(two));
}

/* Each number once: so many birthdays, then the next order of the day.  350498 is no county. */
static struct date
birthday(int64_t i)
{
    struct date last;
    date_parse(STR("2024-12-31"), &last);
    return date_add(last, -(int)(i * 7919 % BIRTHDAYS));
}

static struct str
idno_of(struct arena *a, int64_t i, int64_t order)
{
    struct ymd c = date_ymd(birthday(i));
    char *z = NEW(a, char, 24);
    snprintf(z, 24, "350498%04d%02d%02d%03lld", c.y % 10000, c.m, c.d, (long long)((order + i / BIRTHDAYS) % 1000));
    z[17] = idno_check(z);
    return (struct str){ z, 18 };
}

/* ---- People ---- */

static struct str
village_of(struct fill *f, size_t station)
{
    size_t n = f->villages[station].n;
    return n ? f->villages[station].rows[pick(f, n)].code : f->stations[station].division;
}

static void
give_category(struct fill *f, struct person_id id, struct str category)
{
    if (category.n)
        category_insert(f->db, .area = f->area, .id = { id_next(f->area) }, .person = id, .category = category, .from_on = birthday(0),
                        .to_on = NO_DATE, .source = STR("list"), .checked_on = NO_DATE);
}

static void
put_terms(struct fill *f, struct arena *a, struct unit_id unit, struct person_id id, struct str name, struct str pinyin)
{
    struct str *terms;
    size_t n = text_terms(a, name, pinyin, &terms);
    for (size_t i = 0; i < n; i++) term_insert(f->db, f->area, unit, terms[i], id);
}

static void
put_person(struct fill *f, struct arena *a, int64_t i)
{
    size_t station = (size_t)(i / 3) % f->stations_n;
    struct unit_id unit = f->stations[station].id;
    struct person_id id = { id_next(f->area) };
    struct str name = name_of(f, a), pinyin = pinyin_of(a, name), idno = idno_of(a, i, 0), village = village_of(f, station);
    struct str phone = str_fmt(a, "139%08u", pick(f, 100000000)), address = str_fmt(a, "%u号", pick(f, 300) + 1);
    struct str category = str_of(categories[pick(f, COUNT(categories))]);
    const struct code_entry *e = category.n ? codes_find(codes_table("client_category"), category) : NULL;

    if (i % 3 == 0) {
        f->home = (struct household_id){ id_next(f->area) };
        household_insert(f->db, .area = f->area, .id = f->home, .no = str_fmt(a, "B%lld", (long long)i), .unit = unit, .division = village,
                         .address_sealed = seal(a, SEAL_ADDRESS, address), .opened_on = birthday(0));
    }
    person_insert(f->db, .area = f->area, .id = id, .unit = unit, .household = f->home, .name = name, .pinyin = pinyin,
                  .sex = i / BIRTHDAYS % 2 ? STR("1") : STR("2"), .born = birthday(i), .died_on = NO_DATE, .id_type = STR("111"),
                  .idno_sealed = seal(a, SEAL_IDNO, idno), .idno_hash = seal_hash(a, SEAL_IDNO, idno), .phone_sealed = seal(a, SEAL_PHONE, phone),
                  .phone_hash = seal_hash(a, SEAL_PHONE, phone), .division = village, .address_sealed = seal(a, SEAL_ADDRESS, address),
                  .ethnic = STR("01"), .categories = category, .level = e ? e->level : 0, .at = instant_now());
    member_insert(f->db, .area = f->area, .id = { id_next(f->area) }, .household = f->home, .person = id,
                  .relation = i % 3 ? STR("99") : STR("02"), .from_on = birthday(0));
    give_category(f, id, category);
    put_terms(f, a, unit, id, name, pinyin);
}

static bool
put_people(struct db *db, void *arg)
{
    struct fill *f = arg;
    for (int64_t i = f->from; i < f->to; i++) put_person(f, db_arena(db), i);
    return true;
}

static void
read_network(struct fill *f)
{
    f->area = 350424;
    db_begin(f->db, &f->arena, DB_READ);
    f->stations_n = demo_stations(f->db, &f->stations, f->area);
    if (f->stations_n == 0) die("the network of the demo is missing");
    if (f->stations_n > STATIONS) f->stations_n = STATIONS;
    for (size_t i = 0; i < f->stations_n; i++)
        f->villages[i].n = demo_villages(f->db, &f->villages[i].rows, str_fmt(&f->arena, "%.*s", FMT(f->stations[i].division)));
    db_rollback(f->db);
}

static void
fill_people(const char *database, const char *key, int64_t people)
{
    struct fill f = { .db = db_open(database), .seed = 20240601 };
    if (f.db == NULL || !codes_load() || !seal_open(key)) die("the database, the codes or the key cannot be used; see above");
    read_network(&f);
    for (f.to = 0; f.to < people;) {
        f.from = f.to;
        f.to = f.from + CHUNK < people ? f.from + CHUNK : people;
        if (!cli_write(f.db, put_people, &f)) die("the people could not be written; see above");
    }
    db_close(f.db);
    arena_clear(&f.arena);
}

/* ---- Cases ---- */

static void
fill_cases(const char *database, int64_t cases)
{
    struct arena a = { 0 };
    static char script[1 << 16];
    char *why = NULL;
    sqlite3 *conn;
    FILE *in = fopen("bench/cases.sql", "r");
    size_t n = in ? fread(script, 1, sizeof script - 1, in) : 0;
    if (n == 0 || sqlite3_open(database, &conn) != SQLITE_OK) die("bench/cases.sql or the database cannot be read");
    fclose(in);
    struct str sql = str_fmt(&a, "PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF; CREATE TEMP TABLE wanted (cases); INSERT INTO wanted VALUES (%lld);\n%s",
                             (long long)cases, script);
    if (sqlite3_exec(conn, str_z(&a, sql), NULL, NULL, &why) != SQLITE_OK) die("bench/cases.sql: %s", why);
    sqlite3_close(conn);
    arena_clear(&a);
}

/* ---- A roster ---- */

static void
print_roster(int64_t rows)
{
    struct fill f = { .seed = 7 };
    struct arena a = { 0 };
    printf("户编号,姓名,身份证号,联系电话,与户主关系,民族,住址\n");
    for (int64_t i = 0; i < rows; i++) {
        struct str name = name_of(&f, &a), idno = idno_of(&a, i, ORDERS_OF_ROSTER);
        printf("R%lld,%.*s,%.*s,137%08u,%s,汉族,%u号\n", (long long)(i / 3), FMT(name), FMT(idno), pick(&f, 100000000),
               i % 3 ? "其他" : "户主", pick(&f, 300) + 1);
        arena_clear(&a);
    }
}

int
main(int argc, char **argv)
{
    int64_t people, cases;
    if (argc == 3 && strcmp(argv[1], "--csv") == 0 && str_int(str_of(argv[2]), &people)) {
        print_roster(people);
        return 0;
    }
    if (argc != 5 || !str_int(str_of(argv[3]), &people) || !str_int(str_of(argv[4]), &cases))
        die("usage: fill DATABASE KEYFILE PEOPLE CASES | fill --csv ROWS");
    fill_people(argv[1], argv[2], people);
    fill_cases(argv[1], cases);
    return 0;
}
