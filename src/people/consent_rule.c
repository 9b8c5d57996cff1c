/* Who must give which consent (GZ-12; Civil Code arts. 19-22; PIPL arts. 14, 29, 31). */
#include "base/data.h"
#include "people/consent_rule.h"
#include "people/consent_sql.h"
#include "people/person_page_views.h"
#include <jansson.h>
#include <pthread.h>

enum { NO_CAPACITY_UNDER = 8 };         /* Civil Code art. 20 */

static struct { struct arena memory; struct consent_kind all[CONSENT_KINDS_MAX]; size_t n; bool good; } kinds;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const char *
kept(json_t *j, const char *key)
{
    return str_dup(&kinds.memory, str_of(json_string_value(json_object_get(j, key)))).p;
}

static bool
read_kind(json_t *j, struct consent_kind *k)
{
    *k = (struct consent_kind){
        .label = { kept(j, "code"), kept(j, "label"), kept(j, "label_en") }, .zh = kept(j, "zh"), .en = kept(j, "en"),
        .version = json_integer_value(json_object_get(j, "version")),
        .guardian_under = json_integer_value(json_object_get(j, "guardian_under")),
        .always_guardian = json_is_true(json_object_get(j, "always_guardian")),
    };
    struct str from = str_of(json_string_value(json_object_get(j, "from")));
    return k->label.code && k->label.zh && k->label.en && k->zh && k->en && k->version > 0 && date_parse(from, &k->from);
}

static void
load(void)
{
    json_error_t why;
    struct str text = data_file("consents.json");
    json_t *doc = text.p ? json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why) : NULL, *list = json_object_get(doc, "texts"), *j;
    size_t i;
    kinds.good = json_is_array(list) && json_array_size(list) <= CONSENT_KINDS_MAX;
    json_array_foreach(list, i, j) {
        kinds.good = kinds.good && read_kind(j, &kinds.all[i]);
        if (!kinds.good) break;
        kinds.n++;
    }
    if (!kinds.good) log_error("consents.json: entry %zu is wrong or the file is missing", kinds.n);
    json_decref(doc);
}

const struct consent_kind *
consent_kinds(size_t *n)
{
    pthread_once(&once, load);
    *n = kinds.n;
    return kinds.good ? kinds.all : NULL;
}

const struct consent_kind *
consent_kind_find(struct str code)
{
    size_t n;
    const struct consent_kind *all = consent_kinds(&n);
    for (size_t i = 0; all != NULL && i < n; i++)
        if (str_is(code, all[i].label.code)) return &all[i];
    return NULL;
}

const char *
consent_kind_label(struct str code, enum lang lang)
{
    const struct consent_kind *k = consent_kind_find(code);
    return k == NULL ? "" : lang == LANG_EN ? k->label.en : k->label.zh;
}

bool
consent_texts_load(struct db *db)
{
    size_t n;
    const struct consent_kind *all = consent_kinds(&n);
    struct consent_text_newest_row t;
    if (all == NULL) return false;
    for (size_t i = 0; i < n; i++) {
        struct str code = str_of(all[i].label.code);
        if (consent_text_newest(db, &t, code)) {
            if (t.version >= all[i].version) continue;
        }
        consent_text_insert(db, .kind = code, .version = all[i].version, .zh = str_of(all[i].zh), .en = str_of(all[i].en),
                            .from_on = all[i].from);
    }
    return true;
}

int64_t
consent_version(struct db *db, struct str kind)
{
    struct consent_text_newest_row t;
    return consent_text_newest(db, &t, kind) ? t.version : 0;
}

bool
consent_needs_guardian(struct str kind, struct str capacity, struct date born, struct date on)
{
    const struct consent_kind *k = consent_kind_find(kind);
    int age = date_age(born, on);
    if (str_is(capacity, "none") || (k != NULL && k->always_guardian)) return true;
    if (age < 0) return false;
    return age < NO_CAPACITY_UNDER || (k != NULL && age < k->guardian_under);
}

bool
consent_valid(struct db *db, int64_t area, struct person_id person, struct str kind)
{
    struct consent_current_row *rows;
    size_t n = consent_current(db, &rows, area, person, kind);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].legal_basis.n) return true;         /* PIPL art. 13(3)(4): no consent needed */
        bool guardian = consent_needs_guardian(kind, rows[i].capacity, rows[i].born, rows[i].given_on);
        if (!guardian || str_is(rows[i].relation, "guardian")) return true;
    }
    return false;
}
