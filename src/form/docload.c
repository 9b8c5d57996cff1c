/* Reading the definitions of the official forms. */
#include "base/data.h"
#include "codes/codes.h"
#include "form/doc.h"
#include "view/view.h"

enum { FORMS_MAX = 40 };

static struct arena memory;
static struct doc_form forms[FORMS_MAX];
static size_t forms_n;

static const struct choice yes_no[] = { { "1", "是", "Yes" }, { "0", "否", "No" } };       /* not shown */

static const struct { const char *name; enum field_kind kind; } kinds[] = {
    { "text", F_TEXT }, { "long", F_LONG }, { "date", F_DATE }, { "datetime", F_DATETIME }, { "int", F_INT }, { "dec", F_DEC },
    { "money", F_MONEY }, { "bool", F_SINGLE }, { "single", F_SINGLE }, { "multi", F_MULTI }, { "person", F_PERSON },
    { "staff", F_STAFF }, { "member", F_STAFF }, { "unit", F_UNIT }, { "division", F_DIVISION }, { "table", F_TABLE }, { "scale", F_SCALE },
    { "sign", F_SIGN }, { "file", F_FILE }, { "computed", F_COMPUTED }, { "note", F_NOTE },
};

static const char *
keep(const char *text)
{
    return text == NULL ? NULL : str_dup(&memory, str_of(text)).p;
}

static const char *
member(const json_t *j, const char *name)
{
    return keep(json_string_value(json_object_get(j, name)));
}

/* true → "1", 3 → "3", "a" → "a". */
static const char *
scalar(const json_t *j)
{
    if (json_is_boolean(j)) return json_is_true(j) ? "1" : "0";
    if (json_is_integer(j)) return str_fmt(&memory, "%lld", (long long)json_integer_value(j)).p;
    return keep(json_string_value(j));
}

static const char *
joined(const json_t *list, const char *first, const char *between)
{
    struct buf b = { .arena = &memory };
    size_t i;
    json_t *one;
    put_raw(&b, str_of(first));
    json_array_foreach(list, i, one) {
        if (i) put_raw(&b, str_of(between));
        put_raw(&b, str_of(scalar(one)));
    }
    put(&b, "", 1);
    return b.p;
}

static struct doc_when
when_of(const json_t *j)
{
    const json_t *in = json_object_get(j, "in"), *not_in = json_object_get(j, "not_in");
    if (j == NULL) return (struct doc_when){ 0 };
    return (struct doc_when){ member(j, "field"), not_in ? joined(not_in, "!", "|") : joined(in, "", "|") };
}

/* Entries of a code table that the field offers: all, only the broad ones, or those below one. */
static void
choices_of_table(struct field *f, const json_t *j, const char *table)
{
    size_t n;
    const struct code_table *t = codes_table(table);
    const char *parent = member(j, "parent");
    bool broad = json_is_true(json_object_get(j, "parents_only"));
    const struct code_entry *all = t != NULL ? codes_entries(t, &n) : NULL;

    if (t == NULL) log_fatal("form field %s: there is no code table %s", f->name, table);
    f->codes = keep(table);
    if (parent == NULL && !broad) return;
    struct choice *some = NEW(&memory, struct choice, n);
    for (size_t i = 0; i < n; i++) {
        const char *up = codes_text(&all[i], "parent");
        if (broad ? up[0] == '\0' : strcmp(up, parent) == 0) some[f->choices_n++] = (struct choice){ all[i].code.p, all[i].zh, all[i].en };
    }
    f->choices = some;
    f->codes = NULL;
}

static void
choices_of_list(struct field *f, const json_t *list)
{
    size_t i;
    json_t *one;
    struct choice *all = NEW(&memory, struct choice, json_array_size(list) + 1);
    json_array_foreach(list, i, one) all[i] = (struct choice){ member(one, "code"), member(one, "zh"), member(one, "en") };
    f->choices = all;
    f->choices_n = json_array_size(list);
}

static bool
kind_of(const json_t *j, struct field *f)
{
    const char *type = json_string_value(json_object_get(j, "type"));
    for (size_t i = 0; type != NULL && i < COUNT(kinds); i++)
        if (strcmp(kinds[i].name, type) == 0) {
            f->kind = kinds[i].kind;
            if (strcmp(type, "bool") == 0) {
                f->choices = yes_no;
                f->choices_n = COUNT(yes_no);
            }
            return true;
        }
    return false;
}

static bool
read_field(const json_t *j, struct doc_field *x, int level)
{
    struct field *f = &x->f;
    const char *req = json_string_value(json_object_get(j, "req")), *codes = json_string_value(json_object_get(j, "codes"));
    const char *check = json_string_value(json_object_get(j, "check"));
    const json_t *list = json_object_get(j, "choices"), *cond = json_object_get(j, "if"), *columns = json_object_get(j, "columns");

    f->name = member(j, "key");
    f->label = member(j, "zh");
    f->label_en = member(j, "en");
    if (f->name == NULL || f->label == NULL || f->label_en == NULL || req == NULL || !kind_of(j, f)) return false;
    x->needed = req[0] == 'Y';
    x->conditional = req[0] == 'C';
    f->level = json_object_get(j, "level") ? (int)json_integer_value(json_object_get(j, "level")) : level;
    f->help = member(j, "help");
    f->help_en = member(j, "help_en");
    f->min = json_integer_value(json_object_get(j, "min"));
    f->max = json_integer_value(json_object_get(j, "max"));
    x->labels = check != NULL && strcmp(check, "labels") == 0;
    if (check != NULL && !x->labels) f->check = keep(check);
    if (codes != NULL) choices_of_table(f, j, codes);
    if (list != NULL) choices_of_list(f, list);
    struct doc_when w = when_of(cond);
    f->if_field = w.field;
    f->if_values = w.values;
    f->wide = f->kind == F_LONG || f->kind == F_TABLE || f->kind == F_SIGN || f->kind == F_MULTI;
    x->supervisor = json_object_get(j, "by") != NULL;
    x->member = strcmp(json_string_value(json_object_get(j, "type")), "member") == 0;
    x->others = json_is_true(json_object_get(j, "others"));
    x->from = member(j, "from");
    x->catalogue = member(j, "catalogue");
    x->prefill = member(j, "prefill");
    x->computed = member(j, "computed");
    x->column = member(j, "column");
    x->template_zh = member(j, "template");
    x->template_en = member(j, "template_en");
    x->min_rows = json_integer_value(json_object_get(j, "min_rows"));
    x->max_rows = json_object_get(j, "max_rows") ? json_integer_value(json_object_get(j, "max_rows")) : 100;
    x->columns_n = json_array_size(columns);
    x->columns = NEW(&memory, struct doc_field, x->columns_n + 1);
    for (size_t i = 0; i < x->columns_n; i++)
        if (!read_field(json_array_get(columns, i), &x->columns[i], f->level)) return false;
    return true;
}

static void
read_rule(const json_t *j, struct doc_rule *r)
{
    const json_t *fields = json_object_get(j, "fields"), *categories = json_object_get(j, "categories");
    const char *one = member(j, "field"), *table = member(j, "table");
    *r = (struct doc_rule){
        .code = member(j, "code"), .kind = member(j, "kind"), .zh = member(j, "zh"), .en = member(j, "en"),
        .value = scalar(json_object_get(j, "value")), .to = member(j, "to"), .column = member(j, "column"),
        .parameter = member(j, "parameter"), .when = when_of(json_object_get(j, "when")), .unless = when_of(json_object_get(j, "unless")),
        .categories = categories ? joined(categories, "", "|") : NULL,
    };
    if (one != NULL) r->fields[r->fields_n++] = one;
    if (table != NULL) r->fields[r->fields_n++] = table;
    for (size_t i = 0; i < json_array_size(fields) && r->fields_n < COUNT(r->fields); i++)
        r->fields[r->fields_n++] = scalar(json_array_get(fields, i));
}

static size_t
count_fields(const json_t *sections)
{
    size_t i, n = 0;
    json_t *s;
    json_array_foreach(sections, i, s) n += json_array_size(json_object_get(s, "fields"));
    return n;
}

static bool
read_form(const json_t *j, struct doc_form *f)
{
    const json_t *sections = json_object_get(j, "sections"), *rules = json_object_get(j, "rules");
    *f = (struct doc_form){
        .code = member(j, "form"), .title = member(j, "title"), .title_en = member(j, "title_en"), .standard = member(j, "standard"),
        .version = json_integer_value(json_object_get(j, "version")), .sections_n = json_array_size(sections),
        .rules_n = json_array_size(rules),
    };
    f->sections = NEW(&memory, struct doc_section, f->sections_n + 1);
    f->fields = NEW(&memory, struct doc_field, count_fields(sections) + 1);
    f->rules = NEW(&memory, struct doc_rule, f->rules_n + 1);
    for (size_t s = 0; s < f->sections_n; s++) {
        const json_t *section = json_array_get(sections, s), *fields = json_object_get(section, "fields");
        f->sections[s] = (struct doc_section){ member(section, "key"), member(section, "zh"), member(section, "en"), f->n, json_array_size(fields) };
        for (size_t i = 0; i < json_array_size(fields); i++, f->n++)
            if (!read_field(json_array_get(fields, i), &f->fields[f->n], 1)) {
                log_error("form %s: field %zu of section %s is wrong", f->code, i, f->sections[s].key);
                return false;
            }
    }
    for (size_t i = 0; i < f->rules_n; i++) read_rule(json_array_get(rules, i), &f->rules[i]);
    return f->code != NULL && f->n > 0;
}

bool
docs_load(void)
{
    static const char *const letters[] = { "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "community_needs", "community_plan" };
    forms_n = 0;
    for (size_t i = 0; i < COUNT(letters); i++) {
        struct str path = str_fmt(&memory, "forms/%s.json", letters[i]), text = data_file(path.p);
        json_error_t why;
        json_t *j = text.p ? json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why) : NULL;
        bool ok = j != NULL && read_form(j, &forms[forms_n]);
        if (j == NULL) log_error("%s:%d: %s", path.p, text.p ? why.line : 0, text.p ? why.text : "missing");
        json_decref(j);
        if (!ok) return false;
        forms_n++;
    }
    return true;
}

const struct doc_form *
docs_all(size_t *n)
{
    *n = forms_n;
    return forms;
}

const struct doc_form *
doc_form(struct str code)
{
    for (size_t i = 0; i < forms_n; i++)
        if (str_is(code, forms[i].code)) return &forms[i];
    return NULL;
}

const struct doc_field *
doc_field(const struct doc_form *f, struct str key)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_is(key, f->fields[i].f.name)) return &f->fields[i];
    return NULL;
}

const char *
doc_title(const struct doc_form *f, enum lang lang)
{
    return lang == LANG_EN ? f->title_en : f->title;
}
