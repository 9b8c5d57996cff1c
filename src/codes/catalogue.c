#include "codes/catalogue.h"
#include "base/data.h"
#include <jansson.h>

enum { ITEMS_MAX = 600 };

static struct arena memory;
static struct item { struct choice label, full; const char *scheme, *opens; int level; bool broad; } items[ITEMS_MAX];
static struct choice choices[ITEMS_MAX];               /* without the headings */
static const char *schemes[ITEMS_MAX];
static size_t items_n, choices_n;

static const char *
keep(const json_t *j, const char *name)
{
    const char *v = json_string_value(json_object_get(j, name));
    return v == NULL ? NULL : str_dup(&memory, str_of(v)).p;
}

static bool
read_catalogue(const json_t *doc)
{
    const char *scheme = keep(doc, "scheme");
    const json_t *list = json_object_get(doc, "items"), *j;
    size_t i;
    json_array_foreach(list, i, j) {
        const char *code = keep(j, "code"), *zh = keep(j, "zh"), *en = keep(j, "en");
        if (items_n == ITEMS_MAX || scheme == NULL || code == NULL || zh == NULL || en == NULL) return false;
        items[items_n++] = (struct item){
            .label = { code, zh, en }, .scheme = scheme, .level = (int)json_integer_value(json_object_get(j, "level")),
            .full = { code, str_fmt(&memory, "%s %s", code, zh).p, str_fmt(&memory, "%s %s", code, en).p },
        };
        items[items_n - 1].opens = keep(j, "opens");
        for (size_t k = 0; k < items_n; k++)            /* a heading: something lies below it */
            if (keep(j, "parent") != NULL && strcmp(items[k].label.code, keep(j, "parent")) == 0) items[k].broad = true;
    }
    return true;
}

bool
catalogues_load(void)
{
    struct str *names;
    size_t n = data_files(&memory, "catalogues/", &names);
    items_n = 0;
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
        if (!items[i].broad) {
            schemes[choices_n] = items[i].scheme;
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

const char *
catalogue_label(struct str code, enum lang lang)
{
    const struct item *it = find(code);
    return it == NULL ? "" : lang == LANG_EN ? it->label.en : it->label.zh;
}

int
catalogue_level(struct str code)
{
    const struct item *it = find(code);
    return it == NULL ? 0 : it->level;
}

const char *
catalogue_opens(struct str code)
{
    const struct item *it = find(code);
    return it == NULL || it->opens == NULL ? "" : it->opens;
}
