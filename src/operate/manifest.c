#include "operate/manifest.h"
#include "base/data.h"
#include "db/migrate.h"
#include <jansson.h>

/* One list for both ways. */
static const struct { const char *name; size_t offset; } texts[] = {
    { "nuan", offsetof(struct manifest, version) }, { "engine", offsetof(struct manifest, engine) }, { "schema", offsetof(struct manifest, schema) },
    { "steps", offsetof(struct manifest, steps) }, { "made_at", offsetof(struct manifest, made_at) },
    { "profiles", offsetof(struct manifest, profiles) }, { "data", offsetof(struct manifest, data) }, { "key", offsetof(struct manifest, key) },
};
static const struct { const char *name; size_t offset; } counts[] = {
    { "unit", offsetof(struct backup_counts_row, units) }, { "account", offsetof(struct backup_counts_row, accounts) },
    { "person", offsetof(struct backup_counts_row, people) }, { "casefile", offsetof(struct backup_counts_row, cases) },
    { "case_form", offsetof(struct backup_counts_row, forms) }, { "case_record", offsetof(struct backup_counts_row, records) },
    { "case_file", offsetof(struct backup_counts_row, files) }, { "audit", offsetof(struct backup_counts_row, audit) },
};

static struct str *
text_at(const struct manifest *m, size_t i)
{
    return (struct str *)(void *)((char *)(uintptr_t)m + texts[i].offset);
}

static int64_t *
count_at(const struct manifest *m, size_t i)
{
    return (int64_t *)(void *)((char *)(uintptr_t)&m->counts + counts[i].offset);
}

static int
to_buf(const char *p, size_t n, void *b)
{
    put(b, p, n);
    return 0;
}

struct str
manifest_print(struct arena *a, const struct manifest *m)
{
    struct buf b = { .arena = a };
    json_t *j = json_object(), *rows = json_object();
    json_object_set_new(j, "format", json_integer(BACKUP_FORMAT));
    for (size_t i = 0; i < COUNT(texts); i++)
        if (text_at(m, i)->p != NULL) json_object_set_new(j, texts[i].name, json_stringn(text_at(m, i)->p, text_at(m, i)->n));
    json_object_set_new(j, "parts", json_pack("[{sssIss}{sssIsIss}]", "name", "database", "size", (json_int_t)m->database.size, "sha256", m->database.sum,
                                              "name", "files", "files", (json_int_t)m->files.n, "size", (json_int_t)m->files.size,
                                              "sha256", m->files.sum));
    for (size_t i = 0; i < COUNT(counts); i++) json_object_set_new(rows, counts[i].name, json_integer(*count_at(m, i)));
    json_object_set_new(j, "rows", rows);
    json_dump_callback(j, to_buf, &b, JSON_INDENT(2));
    LIT(&b, "\n");
    json_decref(j);
    return buf_str(&b);
}

static bool
take(struct arena *a, json_t *j, struct manifest *m)
{
    const char *sum_db = NULL, *sum_files = NULL, *name_db, *name_files;
    json_int_t size_db = -1, size_files = -1, n = -1;
    json_t *rows = json_object_get(j, "rows");
    if (json_unpack(j, "{s[{sssIss}{sssIsIss}]}", "parts", "name", &name_db, "size", &size_db, "sha256", &sum_db, "name", &name_files, "files", &n,
                    "size", &size_files, "sha256", &sum_files) != 0)
        return false;
    for (size_t i = 0; i < COUNT(texts); i++) {
        const char *text = json_string_value(json_object_get(j, texts[i].name));
        *text_at(m, i) = text ? str_dup(a, str_of(text)) : NO_STR;
    }
    for (size_t i = 0; i < COUNT(counts); i++) *count_at(m, i) = json_integer_value(json_object_get(rows, counts[i].name));
    m->database.size = size_db;
    m->files.size = size_files;
    m->files.n = n;
    snprintf(m->database.sum, sizeof m->database.sum, "%s", sum_db);
    snprintf(m->files.sum, sizeof m->files.sum, "%s", sum_files);
    return m->version.n && m->engine.n && m->steps.n && m->schema.n && m->made_at.n;
}

bool
manifest_parse(struct arena *a, struct str text, struct manifest *m, const char **why)
{
    *m = (struct manifest){ .database = { .size = -1 } };
    json_t *j = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
    json_int_t format = json_integer_value(json_object_get(j, "format"));
    bool ok = format == BACKUP_FORMAT && take(a, j, m);
    if (!ok) *why = format > BACKUP_FORMAT ? "it was made by a newer nuan, in a format this one does not know" : "its manifest is damaged";
    json_decref(j);
    return ok;
}

struct str
manifest_unknown(const struct manifest *m)
{
    struct str rest = m->steps;
    while (rest.n) {
        struct str step = str_cut(&rest, ' ');
        bool known = false;
        for (size_t i = 0; i < migrations_n && !known; i++) known = str_is(step, migrations[i].name);
        if (!known) return step;
    }
    return NO_STR;
}

struct str
manifest_data_sum(struct arena *a)
{
    static const char *const folders[] = { "", "catalogues/", "codes/", "forms/", "profiles/" };
    crypto_hash_sha256_state st;
    unsigned char raw[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_init(&st);
    for (size_t f = 0; f < COUNT(folders); f++) {
        struct str *names;
        size_t n = data_files(a, folders[f], &names);
        for (size_t i = 0; i < n; i++) {
            if (!str_ends(names[i], STR(".json"))) continue;
            struct str bytes = data_file(str_z(a, names[i]));
            crypto_hash_sha256_update(&st, (const unsigned char *)names[i].p, names[i].n);
            crypto_hash_sha256_update(&st, (const unsigned char *)bytes.p, bytes.n);
        }
    }
    crypto_hash_sha256_final(&st, raw);
    char *hex = NEW(a, char, 65);
    sodium_bin2hex(hex, 65, raw, sizeof raw);
    return (struct str){ hex, 64 };
}
