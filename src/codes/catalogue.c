#include "codes/catalogue.h"
#include "base/data.h"
#include <jansson.h>

enum { ITEMS_MAX = 600, SCHEMES_MAX = 40, MAPS_MAX = 800 };

static struct arena memory;
static struct item { struct choice label, full; const char *opens; } items[ITEMS_MAX];
static struct catalogue_item plain[ITEMS_MAX];         /* the same items, for showing them */
static struct catalogue all[SCHEMES_MAX];
static struct catalogue_map maps[MAPS_MAX];
static struct choice choices[ITEMS_MAX];               /* without the headings */
static const char *schemes[ITEMS_MAX];
static size_t items_n, choices_n, all_n, maps_n;

static const char *
keep(const json_t *j, const char *name)
{
    const char *v = json_string_value(json_object_get(j, name));
    return v == NULL ? NULL : str_dup(&memory, str_of(v)).p;
}

static const char *
keep_or(const json_t *j, const char *name)
{
    const char *v = keep(j, name);
    return v == NULL ? "" : v;
}

static bool
read_maps(const json_t *doc)
{
    const json_t *j;
    size_t i;
    json_array_foreach(json_object_get(doc, "map"), i, j) {
        if (maps_n == MAPS_MAX) return false;
        maps[maps_n++] = (struct catalogue_map){ keep_or(j, "code"), keep_or(j, "mz071") };
    }
    return true;
}

static bool
read_catalogue(const json_t *doc)
{
    const char *scheme = keep(doc, "scheme");
    const json_t *list = json_object_get(doc, "items"), *j;
    size_t i;
    if (scheme == NULL || all_n == SCHEMES_MAX || !read_maps(doc)) return false;
    all[all_n++] = (struct catalogue){ scheme, keep_or(doc, "title"), keep_or(doc, "title_en"), keep_or(doc, "source"), keep_or(doc, "standard") };
    json_array_foreach(list, i, j) {
        const char *code = keep(j, "code"), *zh = keep(j, "zh"), *en = keep(j, "en");
        if (items_n == ITEMS_MAX || code == NULL || zh == NULL || en == NULL) return false;
        plain[items_n] = (struct catalogue_item){ scheme, code, keep_or(j, "parent"), zh, en, keep_or(j, "full"), keep_or(j, "client_kind"),
                                                  (int)json_integer_value(json_object_get(j, "level")), false };
        items[items_n++] = (struct item){
            .label = { code, zh, en }, .opens = keep(j, "opens"),
            .full = { code, str_fmt(&memory, "%s %s", code, zh).p, str_fmt(&memory, "%s %s", code, en).p },
        };
        for (size_t k = 0; k < items_n; k++)            /* a heading: something lies below it */
            if (keep(j, "parent") != NULL && strcmp(plain[k].code, keep(j, "parent")) == 0) plain[k].broad = true;
    }
    return true;
}

bool
catalogues_load(void)
{
    struct str *names;
    size_t n = data_files(&memory, "catalogues/", &names);
    items_n = all_n = maps_n = 0;
    for (size_t i = 0; i < n; i++) {
        json_error_t why = { 0 };
        struct str text = data_file(str_z(&memory, names[i]));
        json_t *doc = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why);
        bool ok = doc != NULL && read_catalogue(doc);
        json_decref(doc);
        if (!ok) {
            log_error("%.*s:%d: %s", FMT(names[i]), why.line, doc == NULL ? why.text : "an item is wrong");
            return false;
        }
    }
    choices_n = 0;
    for (size_t i = 0; i < items_n; i++)
        if (!plain[i].broad) {
            schemes[choices_n] = plain[i].scheme;
            choices[choices_n++] = items[i].full;
        }
    return true;
}

/* The items of a scheme stand together. */
const struct choice *
catalogue_choices(const char *scheme, size_t *n)
{
    size_t first = 0;
    *n = 0;
    while (first < choices_n && strcmp(schemes[first], scheme) != 0) first++;
    while (first + *n < choices_n && strcmp(schemes[first + *n], scheme) == 0) ++*n;
    return *n ? &choices[first] : NULL;
}

static const struct item *
find(struct str code)
{
    for (size_t i = 0; i < items_n; i++)
        if (str_is(code, items[i].label.code)) return &items[i];
    return NULL;
}

const struct catalogue_item *
catalogue_item(struct str code)
{
    const struct item *it = find(code);
    return it == NULL ? NULL : &plain[it - items];
}

const struct catalogue_item *
catalogue_items(size_t *n)
{
    *n = items_n;
    return plain;
}

const struct catalogue *
catalogue_of(struct str scheme)
{
    for (size_t i = 0; i < all_n; i++)
        if (str_is(scheme, all[i].scheme)) return &all[i];
    return NULL;
}

const struct catalogue *
catalogues_all(size_t *n)
{
    *n = all_n;
    return all;
}

const struct catalogue_map *
catalogue_maps(size_t *n)
{
    *n = maps_n;
    return maps;
}

const char *
catalogue_label(struct str code, enum lang lang)
{
    const struct item *it = find(code);
    return it == NULL ? "" : lang == LANG_EN ? it->label.en : it->label.zh;
}

int
catalogue_level(struct str code)
{
    const struct catalogue_item *it = catalogue_item(code);
    return it == NULL ? 0 : it->level;
}

const char *
catalogue_opens(struct str code)
{
    const struct item *it = find(code);
    return it == NULL || it->opens == NULL ? "" : it->opens;
}
