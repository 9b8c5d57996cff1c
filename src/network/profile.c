#include "network/profile.h"
#include "base/data.h"
#include "network/profile_sql.h"
#include <jansson.h>
#include <pthread.h>

enum { PROFILES_MAX = 64 };

static struct arena memory;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct { struct str code; const struct profile *profile; } known[PROFILES_MAX];
static size_t known_n;

static struct str
text_of(const json_t *o, const char *key)
{
    return str_of(json_string_value(json_object_get(o, key)));
}

static const char *
words_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s != NULL ? s : "";
}

static struct choice *
choices_of(const json_t *array, size_t *n)
{
    *n = json_array_size(array);
    struct choice *all = NEW(&memory, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        json_t *o = json_array_get(array, i);
        all[i] = (struct choice){ words_of(o, "code"), words_of(o, "zh"), words_of(o, "en") };
    }
    return all;
}

static void
read_levels(struct profile *p, const json_t *array)
{
    p->levels_n = json_array_size(array);
    struct profile_level *all = NEW(&memory, struct profile_level, p->levels_n + 1);
    for (size_t i = 0; i < p->levels_n; i++) {
        json_t *o = json_array_get(array, i);
        all[i] = (struct profile_level){
            .code = text_of(o, "code"), .zh = words_of(o, "zh"), .en = words_of(o, "en"), .parent = text_of(o, "parent"),
            .scope = text_of(o, "scope"), .name = text_of(o, "name"), .head_rule = text_of(o, "head_rule"),
            .order = json_integer_value(json_object_get(o, "order")), .count = json_integer_value(json_object_get(o, "count")),
        };
    }
    p->levels = all;
}

static void
read_params(struct profile *p, const json_t *array)
{
    p->params_n = json_array_size(array);
    struct profile_param *all = NEW(&memory, struct profile_param, p->params_n + 1);
    for (size_t i = 0; i < p->params_n; i++) {
        json_t *o = json_array_get(array, i);
        all[i] = (struct profile_param){ text_of(o, "code"), json_integer_value(json_object_get(o, "value")), words_of(o, "zh"),
                                         words_of(o, "en") };
    }
    p->params = all;
}

static void
read_words(struct profile *p, const json_t *array)
{
    p->words_n = json_array_size(array);
    struct profile_word *all = NEW(&memory, struct profile_word, p->words_n + 1);
    for (size_t i = 0; i < p->words_n; i++) {
        json_t *o = json_array_get(array, i);
        all[i] = (struct profile_word){ text_of(o, "word"), text_of(o, "try") };
    }
    p->words = all;
}

static void
read_retention(struct profile *p, const json_t *array)
{
    p->retention_n = json_array_size(array);
    struct profile_term *all = NEW(&memory, struct profile_term, p->retention_n + 1);
    for (size_t i = 0; i < p->retention_n; i++) {
        json_t *o = json_array_get(array, i);
        all[i] = (struct profile_term){ text_of(o, "code"), text_of(o, "from"), json_integer_value(json_object_get(o, "years")),
                                        words_of(o, "zh"), words_of(o, "en") };
    }
    p->retention = all;
}

static void
read_regions_of(struct profile *p, json_t *object)
{
    const char *key;
    json_t *value;
    struct profile_region_of *all = NEW(&memory, struct profile_region_of, json_object_size(object) + 1);
    json_object_foreach(object, key, value)
        all[p->regions_of_n++] = (struct profile_region_of){ str_of(key), str_of(json_string_value(value)) };
    p->regions_of = all;
}

/* Every level but the first must hang under the one before it. */
static bool
levels_are_right(const struct profile *p)
{
    if (p->levels_n == 0) return false;
    for (size_t i = 0; i < p->levels_n; i++) {
        const struct profile_level *l = &p->levels[i];
        if (l->code.n == 0 || l->order != (int64_t)i + 1) return false;
        if (!(i == 0 ? l->parent.n == 0 : str_eq(l->parent, p->levels[i - 1].code))) return false;
    }
    return true;
}

static void
drop(void *doc)
{
    json_decref(doc);
}

/* What this profile does not say is taken from the one it stands on. */
static void
take_from(struct profile *p, const struct profile *base)
{
    struct profile_param *all = NEW(&memory, struct profile_param, p->params_n + base->params_n + 1);
    size_t n = p->params_n;
    if (n) memcpy(all, p->params, n * sizeof *all);
    for (size_t i = 0; i < base->params_n; i++)
        if (profile_param(p, str_z(&memory, base->params[i].code), NO_INT) == NO_INT) all[n++] = base->params[i];
    p->params = all;
    p->params_n = n;
    if (p->words_n == 0) p->words = base->words, p->words_n = base->words_n;
    if (p->retention_n == 0) p->retention = base->retention, p->retention_n = base->retention_n;
}

static const struct profile *known_profile(struct str code, int depth);

/* The JSON is kept as long as the program runs: the texts point into it. */
static const struct profile *
parse(struct str code, struct str file, const char *path, int depth)
{
    json_error_t e;
    json_t *doc = json_loadb(file.p, file.n, JSON_REJECT_DUPLICATES, &e);
    struct profile *p = NEW(&memory, struct profile, 1);
    if (doc == NULL) {
        log_error("%s:%d: %s", path, e.line, e.text);
        return NULL;
    }
    arena_defer(&memory, drop, doc);
    p->doc = doc;
    p->code = text_of(doc, "profile");
    p->area = text_of(doc, "area");
    p->division = text_of(doc, "division");
    p->run_mode = text_of(doc, "run_mode");
    p->catalogue = text_of(doc, "catalogue");
    p->national_catalogue = text_of(doc, "national_catalogue");
    p->title = words_of(doc, "title");
    p->title_en = words_of(doc, "title_en");
    p->regions = choices_of(json_object_get(doc, "areas"), &p->regions_n);
    p->premises = choices_of(json_object_get(doc, "premises"), &p->premises_n);
    read_levels(p, json_object_get(doc, "levels"));
    read_params(p, json_object_get(doc, "parameters"));
    read_words(p, json_object_get(doc, "label_words"));
    read_retention(p, json_object_get(doc, "retention"));
    read_regions_of(p, json_object_get(doc, "regions_of"));
    const struct profile *base = text_of(doc, "base").n && depth < 4 ? known_profile(text_of(doc, "base"), depth + 1) : NULL;
    if (base != NULL) take_from(p, base);
    if (str_eq(p->code, code) && levels_are_right(p) && (base != NULL || text_of(doc, "base").n == 0)) return p;
    log_error("%s: its name, its base or its levels are wrong (nuan profile check tells more)", path);
    return NULL;
}

static const struct profile *
read_profile(struct str code, int depth)
{
    char path[80];
    snprintf(path, sizeof path, "profiles/%.*s.json", FMT(code));
    struct str file = data_file(path);
    return file.p == NULL ? NULL : parse(code, file, str_fmt(&memory, "data/%s", path).p, depth);
}

/* A code is a file's name, so it is held to letters, digits and dashes. */
static bool
code_is_right(struct str code)
{
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) return false;
    }
    return code.n > 0 && code.n <= 40;
}

/* With the lock held. */
static const struct profile *
known_profile(struct str code, int depth)
{
    size_t i = 0;
    while (i < known_n && !str_eq(known[i].code, code)) i++;
    if (i < known_n) return known[i].profile;
    const struct profile *p = read_profile(code, depth);
    if (known_n == PROFILES_MAX) return p;
    known[known_n].code = str_dup(&memory, code);
    known[known_n++].profile = p;
    return p;
}

const struct profile *
profile_of(struct str code)
{
    if (!code_is_right(code)) return NULL;
    pthread_mutex_lock(&lock);
    const struct profile *found = known_profile(code, 0);
    pthread_mutex_unlock(&lock);
    return found;
}

/* The one in the database goes before the file: a file that was changed, rightly or wrongly, is not in force before it is
 * loaded.  What the database holds was right when it was loaded; else the file stays. */
void
profiles_take(struct db *db)
{
    struct profile_running_row *rows;
    size_t n = profile_running(db, &rows);
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        if (rows[i].doc.n < 3) continue;                /* tests put an empty document */
        struct str doc = str_dup(&memory, rows[i].doc);
        const struct profile *p = parse(rows[i].code, doc, "the database's profile", 0);
        while (at < known_n && !str_eq(known[at].code, rows[i].code)) at++;
        if (p == NULL || at == PROFILES_MAX) continue;
        if (at == known_n) known[known_n++].code = str_dup(&memory, rows[i].code);
        known[at].profile = p;
    }
    pthread_mutex_unlock(&lock);
}

bool
profile_load(struct db *db, struct str code)
{
    const struct profile *p = profile_of(code);
    if (p == NULL) return false;
    struct str doc = data_file(str_fmt(db_arena(db), "profiles/%.*s.json", FMT(code)).p);
    profile_put(db, code, str_of(p->title), doc, instant_now());
    profile_keep(db, code, instant_now());
    return db_error(db) == NULL;
}

const struct profile_level *
profile_level(const struct profile *p, struct str code)
{
    for (size_t i = 0; p != NULL && i < p->levels_n; i++)
        if (str_eq(p->levels[i].code, code)) return &p->levels[i];
    return NULL;
}

const char *
profile_level_label(const struct profile *p, struct str code, enum lang lang)
{
    const struct profile_level *l = profile_level(p, code);
    return l == NULL ? code.p : lang == LANG_EN ? l->en : l->zh;
}

int64_t
profile_param(const struct profile *p, const char *code, int64_t otherwise)
{
    for (size_t i = 0; p != NULL && i < p->params_n; i++)
        if (str_is(p->params[i].code, code)) return p->params[i].value;
    return otherwise;
}

bool
profile_has_function(const struct profile *p, const char *function, struct str level)
{
    json_t *o;
    size_t i;
    json_array_foreach(json_object_get(p->doc, "functions"), i, o)
        if (str_is(text_of(o, "function"), function) && (level.n == 0 || str_eq(text_of(o, "level"), level))) return true;
    return false;
}

static struct profile_saying
saying(const json_t *o)
{
    return (struct profile_saying){ words_of(o, "zh"), words_of(o, "en"), words_of(o, "role"), words_of(o, "role_en") };
}

size_t
profile_functions_of(const struct profile *p, struct str level, struct arena *a, const struct profile_saying **out)
{
    json_t *o, *all = json_object_get(p->doc, "functions");
    size_t i, n = 0;
    struct profile_saying *rows = NEW(a, struct profile_saying, json_array_size(all) + 1);
    json_array_foreach(all, i, o)
        if (str_eq(text_of(o, "level"), level)) rows[n++] = saying(o);
    *out = rows;
    return n;
}

size_t
profile_actors(const struct profile *p, struct arena *a, const struct profile_saying **out)
{
    json_t *o, *all = json_object_get(json_object_get(p->doc, "actors"), "members");
    size_t i;
    struct profile_saying *rows = NEW(a, struct profile_saying, json_array_size(all) + 1);
    json_array_foreach(all, i, o) rows[i] = saying(o);
    *out = rows;
    return json_array_size(all);
}

const char *
profile_actors_title(const struct profile *p, enum lang lang)
{
    return words_of(json_object_get(p->doc, "actors"), lang == LANG_EN ? "en" : "zh");
}

bool
profile_role_of(const struct profile *p, struct str level, struct profile_saying *out)
{
    json_t *o;
    size_t i;
    json_array_foreach(json_object_get(p->doc, "administration"), i, o) {
        if (!str_eq(text_of(o, "code"), level)) continue;
        *out = saying(o);
        return out->role[0] != '\0';
    }
    return false;
}

const struct profile_level *
profile_below(const struct profile *p, struct str code)
{
    for (size_t i = 0; p != NULL && i + 1 < p->levels_n; i++)
        if (str_eq(p->levels[i].code, code)) return &p->levels[i + 1];
    return NULL;
}

static const char *
label_in(const struct choice *all, size_t n, struct str code, enum lang lang)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(code, all[i].code)) return lang == LANG_EN ? all[i].en : all[i].zh;
    return "";
}

const char *
profile_region_label(const struct profile *p, struct str code, enum lang lang)
{
    return p == NULL ? "" : label_in(p->regions, p->regions_n, code, lang);
}

const char *
profile_premises_label(const struct profile *p, struct str code, enum lang lang)
{
    return p == NULL ? "" : label_in(p->premises, p->premises_n, code, lang);
}

struct str
profile_region_of(const struct profile *p, struct str division)
{
    for (size_t i = 0; p != NULL && i < p->regions_of_n; i++)
        if (str_starts(division, p->regions_of[i].division)) return p->regions_of[i].region;
    return NO_STR;
}
