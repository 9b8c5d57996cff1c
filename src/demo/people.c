/* Made-up people: their identity numbers carry a county code that does not exist (350499). */
#include "codes/idno.h"
#include "demo/demo.h"
#include "demo/demo_sql.h"
#include "people/people.h"

enum { HOUSEHOLDS = 1200 };

static const char *const surnames[] = {
    "张", "王", "李", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "罗", "郑", "梁", "谢", "宋", "唐",
    "许", "韩", "邓", "冯", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁", "蔡", "蒋", "余", "于", "杜", "叶", "程", "魏", "苏", "吕", "丁", "任",
    "卢", "姚", "沈", "钟", "姜", "崔", "谭", "陆", "范", "汪", "廖", "石", "金", "韦", "贾", "夏", "付", "方", "邹", "熊", "白", "孟", "秦", "邱",
    "侯", "江", "尹", "薛", "闫", "雷", "龙", "黎", "史", "陶", "贺", "毛", "郝", "顾", "龚", "邵", "万", "覃", "武", "钱", "戴", "严", "欧阳", "巫",
};
static const char *const male[] = {
    "建国", "志强", "德福", "国华", "明", "伟", "俊杰", "海", "永康", "小军", "文斌", "浩然", "家和", "福生", "金水", "水生", "长根", "宇轩", "子涵", "立新",
    "天佑", "思源", "承志", "大勇", "广田", "春林", "树根", "兴旺", "学文", "宝山",
};
static const char *const female[] = {
    "秀英", "桂兰", "玉珍", "美华", "丽", "婷", "雨晴", "小红", "凤英", "翠莲", "秋菊", "晓燕", "欣怡", "诗涵", "梅香", "淑芬", "巧云", "静", "雪梅", "玉兰",
    "月娥", "招娣", "彩霞", "佳怡", "思雨", "春花", "金凤", "兰芳", "素珍", "梓萱",
};

unsigned
demo_pick(struct demo *d, unsigned n)
{
    d->seed ^= d->seed << 13;
    d->seed ^= d->seed >> 7;
    d->seed ^= d->seed << 17;
    return (unsigned)(d->seed >> 33) % n;
}

static bool
chance(struct demo *d, unsigned percent)
{
    return demo_pick(d, 100) < percent;
}

static struct str
idno_of(struct arena *a, struct demo *d, struct date born, char sex)
{
    struct ymd c = date_ymd(born);
    unsigned order = demo_pick(d, 499) * 2 + (sex == '1');
    char *z = NEW(a, char, 19);
    snprintf(z, 19, "350499%04u%02u%02u%03u", (unsigned)c.y % 10000u, (unsigned)c.m % 100u, (unsigned)c.d % 100u, order % 1000u);
    z[17] = idno_check(z);
    return (struct str){ z, 18 };
}

struct household_plan { struct demo *d; const struct demo_station *st; };

static void
give(struct demo *d, int64_t area, struct person_id id, const char *code)
{
    category_give(d->db, area, id, str_of(code), date_add(d->today, -(int)(200 + demo_pick(d, 900))), STR("list"));
}

/* Categories as a township has them: many old people, few of level S4. */
static void
categories(struct demo *d, int64_t area, struct person_id id, int age, bool alone, bool poor)
{
    if (poor && age >= 16) give(d, area, id, "A01");
    if (age >= 60) {
        if (alone) give(d, area, id, "B03");
        else if (chance(d, 25)) give(d, area, id, "B02");
        if (age >= 80) give(d, area, id, "B07");
        if (chance(d, 8)) give(d, area, id, "B05");
        if (alone && chance(d, 25)) give(d, area, id, "A02");
    } else if (age < 18) {
        if (chance(d, 22)) give(d, area, id, "C03");
        if (poor && chance(d, 40)) give(d, area, id, "C04");
        if (chance(d, 2)) give(d, area, id, "C02");
    } else {
        if (chance(d, 5)) give(d, area, id, "A10");
        if (chance(d, 1)) give(d, area, id, "E04");
        if (chance(d, 1)) give(d, area, id, "F01");
        if (chance(d, 1)) give(d, area, id, "D03");
    }
    if (chance(d, 7)) give(d, area, id, "D01");
}

static bool
person(struct demo *d, int64_t area, const struct demo_station *st, struct household_id home, struct str village, const char *surname,
       int age, char sex, const char *relation, bool alone, bool poor)
{
    struct arena a = { 0 };
    struct person_id id;
    struct date born = date_add(date_add_months(d->today, -age * 12), -(int)demo_pick(d, 360) - 1);
    const char *given = sex == '1' ? male[demo_pick(d, COUNT(male))] : female[demo_pick(d, COUNT(female))];
    char sex_text[2] = { sex, 0 };
    struct person_new in = {
        .area = area, .unit = st->id, .name = str_fmt(&a, "%s%s", surname, given), .sex = str_of(sex_text), .born = born, .division = village,
        .idno = idno_of(&a, d, born, sex), .ethnic = chance(d, 4) ? STR("22") : STR("01"),
        .phone = age >= 14 ? str_fmt(&a, "138%08u", demo_pick(d, 100000000)) : NO_STR,
        .address = str_fmt(&a, "%u号", demo_pick(d, 200) + 1),
    };
    bool ok = person_make(d->db, &in, &id);
    if (ok) {
        household_join(d->db, area, home, id, str_of(relation), date_add(d->today, -700));
        categories(d, area, id, age, alone, poor);
        d->people++;
    }
    arena_clear(&a);
    return ok;
}

/* Kinds of households: an old person alone, an old couple, a family, grandparents with children. */
static bool
household(struct db *db, void *arg)
{
    struct household_plan *p = arg;
    struct demo *d = p->d;
    struct household_id home;
    int64_t area = id_area(p->st->id.v);
    struct str village = p->st->villages_n ? p->st->villages[demo_pick(d, (unsigned)p->st->villages_n)].code : p->st->division;
    const char *surname = surnames[demo_pick(d, COUNT(surnames))], *other = surnames[demo_pick(d, COUNT(surnames))];
    bool poor = chance(d, 18);
    unsigned kind = demo_pick(d, 100);

    (void)db;
    if (!household_make(d->db, area, p->st->id, NO_STR, village, STR("村部旁"), date_add(d->today, -720), &home)) return false;
    d->households++;
    int elder = 66 + (int)demo_pick(d, 24), adult = 28 + (int)demo_pick(d, 25);
    if (kind < 22) {
        person(d, area, p->st, home, village, surname, elder, chance(d, 45) ? '1' : '2', "02", true, poor);
    } else if (kind < 40) {
        person(d, area, p->st, home, village, surname, elder, '1', "02", false, poor);
        person(d, area, p->st, home, village, other, elder - 2, '2', "12", false, poor);
    } else if (kind < 60) {
        person(d, area, p->st, home, village, surname, elder, '2', "02", false, poor);
        person(d, area, p->st, home, village, surname, 6 + (int)demo_pick(d, 10), chance(d, 50) ? '1' : '2', "41", false, poor);
        if (chance(d, 50)) person(d, area, p->st, home, village, surname, 4 + (int)demo_pick(d, 8), '2', "42", false, poor);
    } else {
        person(d, area, p->st, home, village, surname, adult, '1', "02", false, poor);
        person(d, area, p->st, home, village, other, adult - 2, '2', "12", false, poor);
        if (chance(d, 75)) person(d, area, p->st, home, village, surname, 3 + (int)demo_pick(d, 14), '1', "20", false, poor);
        if (chance(d, 40)) person(d, area, p->st, home, village, surname, 1 + (int)demo_pick(d, 12), '2', "30", false, poor);
    }
    return true;
}

bool
demo_people(struct demo *d)
{
    for (size_t i = 0; i < HOUSEHOLDS; i++) {
        struct household_plan p = { .d = d, .st = &d->stations[i % d->stations_n] };
        if (!cli_write(d->db, household, &p)) return false;
    }
    return true;
}
