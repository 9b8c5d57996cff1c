#include "network/catalogue.h"
#include "base/data.h"
#include <jansson.h>
#include <pthread.h>

enum { CATALOGUES_MAX = 64 };

static struct arena memory;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct { struct str scheme; const struct catalogue *catalogue; } known[CATALOGUES_MAX];
static size_t known_n;

/* The JSON is kept as long as the program runs: the texts point into it. */
static const struct catalogue *
read_catalogue(struct str scheme)
{
    json_error_t e;
    struct str path = str_fmt(&memory, "catalogues/%.*s.json", FMT(str_lower(&memory, scheme)));
    struct str file = data_file(path.p);
    if (file.p == NULL) return NULL;
    json_t *doc = json_loadb(file.p, file.n, JSON_REJECT_DUPLICATES, &e);
    if (doc == NULL) {
        log_error("data/%s:%d: %s", path.p, e.line, e.text);
        return NULL;
    }
    json_t *items = json_object_get(doc, "items");
    struct catalogue *c = NEW(&memory, struct catalogue, 1);
    struct catalogue_item *all = NEW(&memory, struct catalogue_item, json_array_size(items) + 1);
    *c = (struct catalogue){ scheme, json_string_value(json_object_get(doc, "title")), json_string_value(json_object_get(doc, "title_en")),
                             all, json_array_size(items) };
    for (size_t i = 0; i < c->n; i++) {
        const char *code = NULL, *zh = NULL, *en = NULL, *parent = NULL;
        int level = 0;
        if (json_unpack(json_array_get(items, i), "{s:s, s:s, s:s, s?i, s?s}", "code", &code, "zh", &zh, "en", &en, "level", &level, "parent",
                        &parent) != 0) {
            log_error("data/%s: item %zu is wrong", path.p, i + 1);
            return NULL;
        }
        all[i] = (struct catalogue_item){ str_of(code), str_of(parent), zh, en, level };
    }
    return c;
}

const struct catalogue *
catalogue_of(struct str scheme)
{
    const struct catalogue *found = NULL;
    for (size_t i = 0; i < scheme.n; i++) {
        char c = scheme.p[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return NULL;
    }
    pthread_mutex_lock(&lock);
    size_t i = 0;
    while (i < known_n && !str_eq(known[i].scheme, scheme)) i++;
    if (i == known_n && known_n < CATALOGUES_MAX) {
        known[i].scheme = str_dup(&memory, scheme);
        known[i].catalogue = read_catalogue(known[i].scheme);
        known_n++;
    }
    if (i < known_n) found = known[i].catalogue;
    pthread_mutex_unlock(&lock);
    return found;
}

const struct catalogue_item *
catalogue_find(const struct catalogue *c, struct str code)
{
    for (size_t i = 0; c != NULL && i < c->n; i++)
        if (str_eq(c->items[i].code, code)) return &c->items[i];
    return NULL;
}
