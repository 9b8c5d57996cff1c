#include "roster/roster.h"
#include "base/data.h"
#include "codes/codes.h"
#include "codes/idno.h"
#include "codes/phone.h"
#include "codes/pinyin.h"
#include "view/view.h"
#include <jansson.h>
#include <pthread.h>

enum { ALIASES_MAX = 24, NAME_MAX_CHARACTERS = 60, TEXT_MAX_CHARACTERS = 500 };

const char *const roster_known = T("已在册，跳过。"), *const roster_twice = T("与名册中前面的一行重复。");

static const char *const codes[ROSTER_FIELDS] = {
    [R_NONE] = "", [R_NAME] = "name", [R_IDNO] = "idno", [R_SEX] = "sex", [R_BORN] = "born", [R_AGE] = "age", [R_ETHNIC] = "ethnic",
    [R_PHONE] = "phone", [R_HOUSEHOLD] = "household", [R_HEAD] = "head", [R_RELATION] = "relation", [R_ADDRESS] = "address",
    [R_VILLAGE] = "village", [R_CATEGORY] = "category", [R_NOTE] = "note",
};

static struct { struct arena memory; struct { const char *zh, *en; struct str alias[ALIASES_MAX]; size_t n; } field[ROSTER_FIELDS]; } names;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
load(void)
{
    struct str text = data_file("roster.json");
    json_t *doc = text.p ? json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL) : NULL, *f, *alias;
    size_t i, k;
    for (i = 0; i < ROSTER_FIELDS; i++) names.field[i].zh = names.field[i].en = "";
    json_array_foreach(json_object_get(doc, "fields"), i, f) {
        enum roster_field at = roster_by_code(str_of(json_string_value(json_object_get(f, "code"))));
        if (at == R_NONE) log_fatal("roster.json: field %zu is not known", i);
        names.field[at].zh = str_dup(&names.memory, str_of(json_string_value(json_object_get(f, "zh")))).p;
        names.field[at].en = str_dup(&names.memory, str_of(json_string_value(json_object_get(f, "en")))).p;
        names.field[at].alias[names.field[at].n++] = str_of(names.field[at].zh);
        json_array_foreach(json_object_get(f, "alias"), k, alias)
            if (names.field[at].n < ALIASES_MAX)
                names.field[at].alias[names.field[at].n++] = str_dup(&names.memory, str_of(json_string_value(alias)));
    }
    if (names.field[R_NAME].n == 0) log_fatal("roster.json is missing or wrong");
    json_decref(doc);
}

enum roster_field
roster_by_code(struct str code)
{
    for (enum roster_field f = R_NAME; f < ROSTER_FIELDS; f++)
        if (str_is(code, codes[f])) return f;
    return R_NONE;
}

enum roster_field
roster_by_heading(struct str heading)
{
    char plain[256];
    size_t n = 0;
    pthread_once(&once, load);
    for (size_t i = 0; i < heading.n && n < sizeof plain; i++)          /* "姓 名", "姓名*" */
        if (!strchr(" \t\r\n*", heading.p[i])) plain[n++] = heading.p[i];
    for (enum roster_field f = R_NAME; f < ROSTER_FIELDS; f++)
        for (size_t i = 0; i < names.field[f].n; i++)
            if (str_eq((struct str){ plain, n }, names.field[f].alias[i])) return f;
    return R_NONE;
}

const char *
roster_code(enum roster_field f)
{
    return codes[f];
}

const char *
roster_label(enum roster_field f, enum lang lang)
{
    pthread_once(&once, load);
    return lang == LANG_EN ? names.field[f].en : names.field[f].zh;
}

struct str
roster_mapping_json(struct arena *a, const struct roster_mapping *m)
{
    struct buf b = { .arena = a };
    putf(&b, "{\"header\":%lld,\"columns\":[", (long long)m->header);
    for (size_t i = 0; i < m->n; i++) putf(&b, "%s\"%s\"", i ? "," : "", codes[m->field[i]]);
    LIT(&b, "]}");
    return buf_str(&b);
}

bool
roster_mapping_parse(struct str json, struct roster_mapping *out)
{
    json_t *doc = json_loadb(json.p, json.n, 0, NULL), *columns = json_object_get(doc, "columns"), *c;
    size_t i;
    *out = (struct roster_mapping){ .header = json_integer_value(json_object_get(doc, "header")) };
    json_array_foreach(columns, i, c)
        if (i < SHEET_COLUMNS_MAX) out->field[out->n++] = (uint8_t)roster_by_code(str_of(json_string_value(c)));
    json_decref(doc);
    return out->n > 0;
}

/* ---- One row ---- */

struct check { struct arena *a; struct roster_person *p; struct roster_problem *problems; size_t n; };

static void
wrong(struct check *c, enum roster_field f, const char *why)
{
    if (c->n < ROSTER_PROBLEMS_MAX) c->problems[c->n++] = (struct roster_problem){ f, why };
}

static struct str
coded(struct check *c, enum roster_field f, const char *table, struct str text)
{
    if (text.n == 0) return NO_STR;
    const struct code_entry *e = codes_by_label(codes_table(table), text);
    if (e == NULL) wrong(c, f, T("不认识的内容，请对照代码表。"));
    return e ? e->code : NO_STR;
}

static void
check_idno(struct check *c, struct str text)
{
    struct idno id;
    if (text.n == 0) return;
    enum idno_fault fault = idno_parse(text, today(), IDNO_AGE_LIMIT, &id);
    if (fault != IDNO_OK) {
        wrong(c, R_IDNO, idno_fault_text(fault));
        return;
    }
    c->p->idno = str_dup(c->a, str_of(id.text));
    if (date_known(c->p->born) && c->p->born.days != id.born.days) wrong(c, R_BORN, T("与身份证号不一致。"));
    c->p->born = id.born;
    if (c->p->sex.n && !str_is(c->p->sex, "0") && !str_is(c->p->sex, "9") && c->p->sex.p[0] != id.sex) wrong(c, R_SEX, T("与身份证号不一致。"));
    c->p->sex = id.sex == '1' ? STR("1") : STR("2");
}

/* An age may be a year off: lists are made before birthdays, or count as nominal age. */
static void
check_age(struct check *c, struct str text)
{
    int64_t age;
    if (text.n == 0) return;
    if (text.n > 3 && str_ends(text, STR("岁"))) text.n -= 3;                    /* not shown */
    if (!str_int(text, &age) || age < 0 || age > 150) {
        wrong(c, R_AGE, T("年龄应为 0 至 150 的整数。"));
        return;
    }
    int real = date_age(c->p->born, today());
    if (real >= 0 && (age < real - 1 || age > real + 2)) wrong(c, R_AGE, T("与出生日期或身份证号不一致。"));
}

static void
check_categories(struct check *c, struct str text)
{
    static const char *const marks[] = { "、", "，", "；", ",", ";", "/", "|", "\n" };     /* not shown */
    const struct code_table *t = codes_table("client_category"), *gd = codes_table("client_category_gd");
    const struct code_entry *whole = codes_by_label(t, text);
    while (text.n) {
        size_t at = text.n, skip = 0;
        for (size_t i = 0; whole == NULL && i < text.n && skip == 0; i++)
            for (size_t k = 0; k < COUNT(marks); k++)
                if (str_starts((struct str){ text.p + i, text.n - i }, str_of(marks[k]))) at = i, skip = strlen(marks[k]);
        struct str one = str_trim((struct str){ text.p, at });
        text = (struct str){ text.p + at + skip, text.n - at - skip };
        if (one.n == 0) continue;
        const struct code_entry *e = codes_by_label(t, one), *local = e ? NULL : codes_by_label(gd, one);
        if (local != NULL) e = codes_find(t, str_of(codes_text(local, "maps_to")));
        bool twice = false;
        for (size_t i = 0; e && i < c->p->categories; i++) twice = twice || str_eq(c->p->category[i], e->code);
        if (e == NULL) wrong(c, R_CATEGORY, T("没有这个类别。"));
        else if (!twice && c->p->categories < ROSTER_CATEGORIES_MAX) {
            c->p->category[c->p->categories++] = e->code;
            if (e->level > c->p->level) c->p->level = e->level;
        }
    }
}

static void
check_village(struct check *c, struct str text, const struct person_villages_row *all, size_t n)
{
    if (text.n == 0) return;
    for (size_t i = 0; i < n; i++)
        if (str_eq(text, all[i].name) || str_eq(text, all[i].code) || (str_starts(all[i].name, text) && text.n >= 6)) {
            c->p->division = all[i].code;
            return;
        }
    wrong(c, R_VILLAGE, T("本单位范围内没有这个村（居）。"));
}

static void
check_simple(struct check *c, const struct str cell[ROSTER_FIELDS])
{
    struct phone phone;
    if (cell[R_NAME].n == 0) wrong(c, R_NAME, T("缺少姓名。"));
    else if (utf8_len(cell[R_NAME]) > NAME_MAX_CHARACTERS) wrong(c, R_NAME, T("内容太长。"));
    if (utf8_len(cell[R_ADDRESS]) > TEXT_MAX_CHARACTERS || utf8_len(cell[R_NOTE]) > TEXT_MAX_CHARACTERS || cell[R_HOUSEHOLD].n > 60)
        wrong(c, R_NOTE, T("内容太长。"));
    if (cell[R_BORN].n && (!date_parse(cell[R_BORN], &c->p->born) || c->p->born.days > today().days)) {
        c->p->born = NO_DATE;
        wrong(c, R_BORN, T("不是有效的日期。"));
    }
    if (cell[R_PHONE].n) {
        if (phone_parse(cell[R_PHONE], &phone) == PHONE_BAD) wrong(c, R_PHONE, phone_fault_text);
        else c->p->phone = str_dup(c->a, str_of(phone.text));
    }
}

size_t
roster_check(struct arena *a, const struct roster_mapping *m, const struct sheet_row *row, const struct person_villages_row *villages,
             size_t villages_n, struct roster_person *out, struct roster_problem problems[ROSTER_PROBLEMS_MAX])
{
    struct str cell[ROSTER_FIELDS] = { { NULL, 0 } };
    struct check c = { a, out, problems, 0 };
    for (size_t i = 0; i < row->n && i < m->n; i++)
        if (m->field[i] != R_NONE && cell[m->field[i]].n == 0) cell[m->field[i]] = row->cells[i];
    *out = (struct roster_person){ .line = row->line, .born = NO_DATE, .name = cell[R_NAME], .household = cell[R_HOUSEHOLD],
                                   .address = cell[R_ADDRESS].n ? cell[R_ADDRESS] : NO_STR, .note = cell[R_NOTE].n ? cell[R_NOTE] : NO_STR };
    check_simple(&c, cell);
    out->sex = coded(&c, R_SEX, "sex", cell[R_SEX]);
    out->ethnic = coded(&c, R_ETHNIC, "ethnic", cell[R_ETHNIC]);
    out->relation = coded(&c, R_RELATION, "family", cell[R_RELATION]);
    check_idno(&c, cell[R_IDNO]);
    check_age(&c, cell[R_AGE]);
    check_categories(&c, cell[R_CATEGORY]);
    check_village(&c, cell[R_VILLAGE], villages, villages_n);
    if (out->household.n == 0 && cell[R_HEAD].n)        /* one household: the same head at the same address */
        out->household = str_fmt(a, "%.*s@%.*s", FMT(cell[R_HEAD]), FMT(cell[R_ADDRESS]));
    if (str_eq(out->name, cell[R_HEAD]) && out->relation.n == 0) out->relation = STR("02");
    if (str_is(out->relation, "01")) out->relation = STR("02");         /* "本人" of the head himself */ /* not shown */
    if (c.n == 0) out->pinyin = pinyin_of(a, out->name);
    return c.n;
}

bool
roster_empty(const struct roster_mapping *m, const struct sheet_row *row)
{
    for (size_t i = 0; i < row->n && i < m->n; i++)
        if (m->field[i] != R_NONE && row->cells[i].n) return false;
    return true;
}
