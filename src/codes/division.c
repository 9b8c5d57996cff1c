#include "codes/division.h"

enum { CODE = 12 };

/* Where the groups end: PP CC DD TTT VVV. */
static const size_t group_end[] = { 0, 2, 4, 6, 9, 12 };

static bool
all_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return true;
}

static int
group(struct str code, enum division_level level)
{
    int v = 0;
    for (size_t i = group_end[level - 1]; i < group_end[level]; i++) v = v * 10 + (code.p[i] - '0');
    return v;
}

enum division_level
division_level(struct str code)
{
    if (code.n != CODE || !all_digits(code)) return DIVISION_BAD;
    if (group(code, DIVISION_PROVINCE) == 0) return DIVISION_BAD;
    bool prefecture = group(code, DIVISION_PREFECTURE) != 0, county = group(code, DIVISION_COUNTY) != 0;
    bool township = group(code, DIVISION_TOWNSHIP) != 0, village = group(code, DIVISION_VILLAGE) != 0;
    if ((county || township) && !prefecture) return DIVISION_BAD;
    if (village) return township ? DIVISION_VILLAGE : DIVISION_BAD;
    if (township) return DIVISION_TOWNSHIP;
    if (county) return DIVISION_COUNTY;
    return prefecture ? DIVISION_PREFECTURE : DIVISION_PROVINCE;
}

bool
division_full(struct str code, char out[13])
{
    if (code.n != 2 && code.n != 4 && code.n != 6 && code.n != 9 && code.n != CODE) return false;
    if (!all_digits(code)) return false;
    memset(out, '0', CODE);
    memcpy(out, code.p, code.n);
    out[CODE] = '\0';
    return true;
}

bool
division_parent(struct str code, char out[13])
{
    enum division_level level = division_level(code);
    if (level == DIVISION_BAD || level == DIVISION_PROVINCE) return false;
    /* The parent of a township in a city without counties is the city: its county group is zero already. */
    return division_full((struct str){ code.p, group_end[level - 1] }, out);
}

bool
division_in(struct str code, struct str outer)
{
    enum division_level level = division_level(outer);
    if (level == DIVISION_BAD || division_level(code) == DIVISION_BAD) return false;
    return memcmp(code.p, outer.p, group_end[level]) == 0;
}

static enum division_kind
kind_by_range(int v, const enum division_kind kinds[4], const int ends[4])
{
    for (int i = 0; i < 4; i++)
        if (v <= ends[i]) return kinds[i];
    return DIVISION_KIND_NONE;
}

enum division_kind
division_kind(struct str code)
{
    static const enum division_kind townships[] = { DIVISION_STREET, DIVISION_TOWN, DIVISION_XIANG,
                                                    DIVISION_ENTERPRISE };
    static const enum division_kind villages[] = { DIVISION_RESIDENTS, DIVISION_VILLAGERS, DIVISION_LIKE_RESIDENTS,
                                                   DIVISION_LIKE_VILLAGERS };
    switch (division_level(code)) {
    case DIVISION_TOWNSHIP:
        return kind_by_range(group(code, DIVISION_TOWNSHIP), townships, (const int[]){ 99, 199, 399, 599 });
    case DIVISION_VILLAGE:
        return kind_by_range(group(code, DIVISION_VILLAGE), villages, (const int[]){ 199, 399, 499, 599 });
    case DIVISION_BAD:
    case DIVISION_PROVINCE:
    case DIVISION_PREFECTURE:
    case DIVISION_COUNTY:
        break;
    }
    return DIVISION_KIND_NONE;
}

const char *
division_kind_text(enum division_kind kind)
{
    switch (kind) {
    case DIVISION_KIND_NONE: return "";
    case DIVISION_STREET: return "街道";
    case DIVISION_TOWN: return "镇";
    case DIVISION_XIANG: return "乡";
    case DIVISION_ENTERPRISE: return "政企合一单位";
    case DIVISION_RESIDENTS: return "居民委员会";
    case DIVISION_VILLAGERS: return "村民委员会";
    case DIVISION_LIKE_RESIDENTS: return "类似居民委员会";
    case DIVISION_LIKE_VILLAGERS: return "类似村民委员会";
    }
    return "";
}

const char *
division_class_text(int urban_rural)
{
    static const struct { int class; const char *text; } classes[] = {
        { 111, "主城区" }, { 112, "城乡结合区" }, { 121, "镇中心区" }, { 122, "镇乡结合区" },
        { 123, "特殊区域" }, { 210, "乡中心区" }, { 220, "村庄" },
    };
    for (size_t i = 0; i < COUNT(classes); i++)
        if (classes[i].class == urban_rural) return classes[i].text;
    return NULL;
}

bool
division_class_urban(int urban_rural)
{
    return division_class_text(urban_rural) != NULL && urban_rural / 100 == 1;
}
