#include "people.h"
#include "cli/cli.h"
#include "codes/codes.h"
#include "codes/idno.h"
#include "codes/pinyin.h"
#include "codes/text.h"
#include "demo/demo_sql.h"
#include "people/category_sql.h"
#include "people/household_sql.h"
#include "people/member_sql.h"
#include "people/person.h"
#include "people/person_sql.h"
#include "seal/seal.h"
#include <sqlite3.h>

enum { BIRTHDAYS = 30000 };

static const char surnames[] = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石";
static const char given[] = "秀英桂兰玉珍美华丽婷雨晴红凤翠莲秋菊晓燕欣怡诗涵梅香淑芬巧云静雪娥彩霞佳思春花金素梓萱建国志强德福明伟俊杰海永康军文斌"
    "浩然家和生水长根宇轩子立新天佑源承大勇广田林树兴旺学宝山";
static const char *const categories[] = {
    "", "", "", "", "", "", "", "", "", "", "", "A01", "A01", "B02", "B02", "B03", "B07", "C03", "C03", "D01", "A10", "C04", "B05", "A02",
};

unsigned
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
struct str
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

struct str
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
village_of(struct fill *f, const struct fill_station *s)
{
    return s->villages_n ? s->villages[pick(f, s->villages_n)].code : s->division;
}

static void
give_category(struct fill *f, const struct fill_station *s, struct person_id id, struct str category)
{
    if (category.n)
        category_insert(f->db, .area = s->area, .id = { id_next(s->area) }, .person = id, .category = category, .from_on = birthday(0),
                        .to_on = NO_DATE, .source = STR("list"), .checked_on = NO_DATE);
}

static void
put_terms(struct fill *f, struct arena *a, const struct fill_station *s, struct person_id id, struct str name, struct str pinyin)
{
    struct str *terms;
    size_t n = text_terms(a, name, pinyin, &terms);
    for (size_t i = 0; i < n; i++) term_insert(f->db, s->area, s->id, terms[i], id);
}

void
put_person(struct fill *f, struct arena *a, int64_t i)
{
    const struct fill_station *s = &f->stations[(size_t)(i / 3) % f->stations_n];
    struct person_id id = { id_next(s->area) };
    struct str name = name_of(f, a), pinyin = pinyin_of(a, name), idno = idno_of(a, i, 0), village = village_of(f, s);
    struct str phone = str_fmt(a, "139%08u", pick(f, 100000000)), address = str_fmt(a, "%u号", pick(f, 300) + 1);
    struct str category = str_of(categories[pick(f, COUNT(categories))]);
    const struct code_entry *e = category.n ? codes_find(codes_table("client_category"), category) : NULL;

    if (i % 3 == 0) {
        f->home = (struct household_id){ id_next(s->area) };
        household_insert(f->db, .area = s->area, .id = f->home, .no = str_fmt(a, "B%lld", (long long)i), .unit = s->id, .division = village,
                         .address_sealed = seal(a, SEAL_ADDRESS, address), .opened_on = birthday(0));
    }
    person_insert(f->db, .area = s->area, .id = id, .unit = s->id, .household = f->home, .name = name, .pinyin = pinyin,
                  .sex = i / BIRTHDAYS % 2 ? STR("1") : STR("2"), .born = birthday(i), .died_on = NO_DATE, .id_type = STR("111"),
                  .idno_sealed = seal(a, SEAL_IDNO, idno), .idno_hash = seal_hash(a, SEAL_IDNO, idno), .phone_sealed = seal(a, SEAL_PHONE, phone),
                  .phone_hash = seal_hash(a, SEAL_PHONE, phone), .division = village, .address_sealed = seal(a, SEAL_ADDRESS, address),
                  .ethnic = STR("01"), .categories = category, .level = e ? e->level : 0, .at = instant_now());
    member_insert(f->db, .area = s->area, .id = { id_next(s->area) }, .household = f->home, .person = id,
                  .relation = i % 3 ? STR("99") : STR("02"), .from_on = birthday(0));
    give_category(f, s, id, category);
    put_terms(f, a, s, id, name, pinyin);
}

/* ---- Many of them ---- */

enum { CHUNK = 5000 };

struct batch { struct fill *fill; int64_t from, to; };

static bool
put_batch(struct db *db, void *arg)
{
    const struct batch *b = arg;
    for (int64_t i = b->from; i < b->to; i++) put_person(b->fill, db_arena(db), i);
    return true;
}

void
fill_people(struct fill *f, int64_t n)
{
    for (struct batch b = { f, 0, 0 }; b.to < n;) {
        b.from = b.to;
        b.to = b.from + CHUNK < n ? b.from + CHUNK : n;
        if (!cli_write(f->db, put_batch, &b)) die("the people could not be written; see above");
    }
}

void
fill_network(struct fill *f, struct arena *a)
{
    sqlite3_stmt *st;
    sqlite3 *conn;
    size_t cap = 65536;
    f->stations = NEW(a, struct fill_station, cap);
    if (sqlite3_open(f->path, &conn) != SQLITE_OK
        || sqlite3_prepare_v2(conn, "SELECT area_id, id, division FROM unit WHERE level = 'station' ORDER BY code", -1, &st, NULL) != SQLITE_OK)
        die("%s: %s", f->path, sqlite3_errmsg(conn));
    while (sqlite3_step(st) == SQLITE_ROW && f->stations_n < cap)
        f->stations[f->stations_n++] = (struct fill_station){ .area = sqlite3_column_int64(st, 0), .id = { sqlite3_column_int64(st, 1) },
            .division = str_dup(a, str_of((const char *)sqlite3_column_text(st, 2))) };
    sqlite3_finalize(st);
    sqlite3_close(conn);
    db_begin(f->db, a, DB_READ);
    for (size_t i = 0; i < f->stations_n; i++) f->stations[i].villages_n = demo_villages(f->db, &f->stations[i].villages, f->stations[i].division);
    db_rollback(f->db);
    if (f->stations_n == 0) die("there is no station to fill");
}
