/* Reads the tables with jansson; an entry points into the parsed document, which is kept as well. */
#include "codes/codes.h"
#include "codes/pinyin.h"
#include "base/data.h"
#include <jansson.h>

struct code_table {
    const char *name, *title, *title_en;
    struct code_entry *entries;
    size_t n;
    struct choice *choices;
    size_t choices_n;
    struct code_table *next;
};

static struct arena kept;
static struct code_table *tables;

/* The reader's place, for messages. */
struct reading { const char *path; struct str text; };

/* Line of the nth "code" member; jansson does not remember where a value stood. */
static int
line_of_entry(struct str text, size_t nth)
{
    static const char mark[] = "{\"code\":";
    int line = 1;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n') line++;
        struct str rest = { text.p + i, text.n - i };
        if (str_starts(rest, (struct str){ mark, sizeof(mark) - 1 }) && nth-- == 0) return line;
    }
    return line;
}

static bool
wrong(const struct reading *r, size_t nth, const char *why)
{
    log_error("data/%s:%d: %s", r->path, line_of_entry(r->text, nth), why);
    return false;
}

static const char *
text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "";
}

static bool
date_member(const json_t *o, const char *key, struct date *out)
{
    *out = NO_DATE;
    if (json_object_get(o, key) == NULL) return true;
    return date_parse(str_of(text_of(o, key)), out);
}

static bool
read_entry(const struct reading *r, struct code_table *t, size_t i, json_t *o)
{
    struct code_entry *e = &t->entries[i];
    *e = (struct code_entry){
        .code = str_of(text_of(o, "code")), .zh = text_of(o, "zh"), .en = text_of(o, "en"),
        .hint = text_of(o, "hint"), .hint_en = text_of(o, "hint_en"),
        .level = (int)json_integer_value(json_object_get(o, "level")),
        .check = json_is_true(json_object_get(o, "check")), .more = o,
    };
    if (e->code.n == 0) return wrong(r, i, "an entry needs a \"code\"");
    if (e->zh[0] == '\0' || e->en[0] == '\0') return wrong(r, i, "an entry needs \"zh\" and \"en\"");
    if (e->level < 0 || e->level > 4) return wrong(r, i, "\"level\" is 0 to 4");
    if (!date_member(o, "from", &e->from) || !date_member(o, "to", &e->to)) return wrong(r, i, "not a date");
    for (size_t k = 0; k < i; k++)
        if (str_eq(t->entries[k].code, e->code)) return wrong(r, i, "this code stands in the table already");
    return true;
}

static void
make_choices(struct code_table *t)
{
    t->choices = NEW(&kept, struct choice, t->n);
    for (size_t i = 0; i < t->n; i++) {
        const struct code_entry *e = &t->entries[i];
        if (!date_known(e->to)) t->choices[t->choices_n++] = (struct choice){ e->code.p, e->zh, e->en };
    }
}

/* A table's name is its file's: codes/sex.json holds "sex". */
static bool
name_fits(const char *name, const char *path)
{
    struct str p = str_of(path), n = str_of(name);
    return p.n == n.n + 11 && memcmp(p.p + 6, n.p, n.n) == 0 && str_ends(p, STR(".json"));
}

static bool
read_table(const struct reading *r, json_t *root)
{
    json_t *entries = json_object_get(root, "entries");
    struct code_table *t = NEW(&kept, struct code_table, 1);

    t->name = text_of(root, "name");
    t->title = text_of(root, "title");
    t->title_en = text_of(root, "title_en");
    t->n = json_array_size(entries);
    if (!name_fits(t->name, r->path)) return wrong(r, 0, "\"name\" must be the name of the file");
    if (t->title[0] == '\0' || t->title_en[0] == '\0') return wrong(r, 0, "\"title\" and \"title_en\" are needed");
    if (text_of(root, "source")[0] == '\0') return wrong(r, 0, "\"source\" is needed");
    if (t->n == 0) return wrong(r, 0, "\"entries\" must be an array that is not empty");

    t->entries = NEW(&kept, struct code_entry, t->n);
    for (size_t i = 0; i < t->n; i++)
        if (!read_entry(r, t, i, json_array_get(entries, i))) return false;
    make_choices(t);
    t->next = tables;
    tables = t;
    return true;
}

static void
forget(void *root)
{
    json_decref(root);
}

static bool
read_file(const char *path)
{
    struct reading r = { path, data_file(path) };
    json_error_t error;
    json_t *root = json_loadb(r.text.p ? r.text.p : "", r.text.n, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL) {
        log_error("data/%s:%d: %s", path, error.line, error.text);
        return false;
    }
    arena_defer(&kept, forget, root);
    return read_table(&r, root);
}

bool
codes_load(void)
{
    struct str *names;
    arena_clear(&kept);
    tables = NULL;
    size_t n = data_files(&kept, "codes/", &names);
    if (n == 0) {
        log_error("data/codes: no code tables found");
        return false;
    }
    for (size_t i = 0; i < n; i++)
        if (!str_is(names[i], PINYIN_FILE) && !read_file(names[i].p)) return false;
    return pinyin_load();
}

const struct code_table *
codes_table(const char *name)
{
    for (const struct code_table *t = tables; t != NULL; t = t->next)
        if (strcmp(t->name, name) == 0) return t;
    return NULL;
}

const struct code_entry *
codes_find(const struct code_table *t, struct str code)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(t->entries[i].code, code)) return &t->entries[i];
    return NULL;
}

const struct code_entry *
codes_entries(const struct code_table *t, size_t *n)
{
    *n = t->n;
    return t->entries;
}

const char *
codes_label(const struct code_table *t, struct str code, enum lang lang)
{
    const struct code_entry *e = codes_find(t, code);
    if (e == NULL) return "";
    return lang == LANG_EN ? e->en : e->zh;
}

const char *
codes_title(const struct code_table *t, enum lang lang)
{
    return lang == LANG_EN ? t->title_en : t->title;
}

const struct code_entry *
codes_by_label(const struct code_table *t, struct str label)
{
    struct str s = str_trim(label);
    char text[256];
    if (s.n == 0 || s.n >= sizeof(text)) return NULL;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    for (size_t i = 0; i < t->n; i++)
        if (str_is(s, t->entries[i].zh) || codes_has(&t->entries[i], "alias", text)) return &t->entries[i];
    return codes_find(t, s);
}

bool
codes_valid(const struct code_table *t, struct str code, struct date on)
{
    const struct code_entry *e = codes_find(t, code);
    if (e == NULL) return false;
    if (date_known(e->from) && date_diff(on, e->from) < 0) return false;
    return !date_known(e->to) || date_diff(e->to, on) >= 0;
}

const struct choice *
codes_choices(const struct code_table *t, size_t *n)
{
    *n = t->choices_n;
    return t->choices;
}

const char *
codes_text(const struct code_entry *e, const char *key)
{
    const char *s = json_string_value(json_object_get(e->more, key));
    return s ? s : "";
}

int64_t
codes_int(const struct code_entry *e, const char *key, int64_t fallback)
{
    const json_t *v = json_object_get(e->more, key);
    return json_is_integer(v) ? json_integer_value(v) : fallback;
}

bool
codes_flag(const struct code_entry *e, const char *key)
{
    return json_is_true(json_object_get(e->more, key));
}

bool
codes_has(const struct code_entry *e, const char *key, const char *value)
{
    const json_t *list = json_object_get(e->more, key);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *s = json_string_value(json_array_get(list, i));
        if (s != NULL && strcmp(s, value) == 0) return true;
    }
    return false;
}

struct str
codes_joined(struct arena *a, enum lang lang, const char *table, struct str codes)
{
    struct buf b = { .arena = a };
    while (codes.n) {
        if (b.n) put_raw(&b, lang == LANG_EN ? STR("; ") : STR("；"));       /* not shown */
        put_raw(&b, str_of(codes_label(codes_table(table), str_cut(&codes, ','), lang)));
    }
    return buf_str(&b);
}
