/* Checking documents: each value, what is missing, and the rules of the form. */
#include "form/doc.h"
#include "view/view.h"

struct check {
    const struct doc_env *env;
    const struct doc_form *form;
    const json_t *doc;
    bool final;
    struct form_error **errors, **warnings;     /* where the next one goes */
};

static void
note(const struct check *c, struct form_error ***end, const char *field, const char *label, const char *why)
{
    struct form_error *e = NEW(c->env->arena, struct form_error, 1);
    *e = (struct form_error){ .field = field, .label = label, .why = why };
    **end = e;
    *end = &e->next;
}

static void
wrong(struct check *c, const struct doc_field *x, const char *name, const char *zh)
{
    note(c, &c->errors, name, field_label(&x->f, c->env->lang), tr(c->env->lang, zh));
}

/* Words that label a person are hinted at, never refused (casework.md 2: 避免标签化; GZ-11). */
static void
hint_labels(struct check *c, const struct doc_field *x, struct str text)
{
    for (const char *const *w = c->env->label_words; w != NULL && *w != NULL; w++)
        if (str_has(text, str_of(*w))) {
            struct str why = tr_fmt(c->env->arena, c->env->lang, T("出现了可能给人贴标签的用语“%s”，建议改为描述事实。"), *w);
            note(c, &c->warnings, x->f.name, field_label(&x->f, c->env->lang), why.p);
        }
}

static void
check_value(struct check *c, const struct doc_field *x, const char *name, struct str text)
{
    struct field_value v;
    const char *check = x->f.check, *why;
    struct field f = x->f;

    /* An identity number is only one when the document is an identity card. */
    if (check != NULL && strcmp(check, "idno") == 0) {
        struct str type = doc_text(c->doc, "id_type");
        if (type.n && !str_is(type, "111")) f.check = NULL;
    }
    if (check != NULL && strcmp(check, "disability") == 0) f.check = NULL;
    if (x->from != NULL || x->catalogue != NULL) return;        /* rows and catalogue items: checked by rules and by the process */
    why = field_check(c->env->arena, &f, text, &v);
    if (why != NULL) wrong(c, x, name, why);
    if (x->labels) hint_labels(c, x, text);
}

static void
check_table(struct check *c, const struct doc_field *x)
{
    size_t rows = doc_rows(c->doc, x->f.name);
    int64_t least = x->min_rows ? x->min_rows : x->needed ? 1 : 0;

    if (c->final && (int64_t)rows < least)
        note(c, &c->errors, x->f.name, field_label(&x->f, c->env->lang),
             tr_fmt(c->env->arena, c->env->lang, T("至少填写 %d 行。"), (int)least).p);
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < x->columns_n; i++) {
            const struct doc_field *col = &x->columns[i];
            struct str text = doc_cell(c->doc, x->f.name, r, col->f.name);
            const char *name = str_fmt(c->env->arena, "%s.%zu.%s", x->f.name, r, col->f.name).p;
            if (text.n) check_value(c, col, name, text);
            else if (c->final && col->needed && col->f.kind != F_COMPUTED)
                note(c, &c->errors, name, field_label(&col->f, c->env->lang),
                     tr_fmt(c->env->arena, c->env->lang, T("第 %d 行：此项必填。"), (int)r + 1).p);
        }
}

static void
check_scale(struct check *c, const struct doc_field *x)
{
    const json_t *lines = json_object_get(c->doc, x->f.name);
    for (size_t i = 0; i < x->f.choices_n; i++) {
        struct str text = doc_text(lines, x->f.choices[i].code);
        const char *name = str_fmt(c->env->arena, "%s.%s", x->f.name, x->f.choices[i].code).p;
        if (text.n) check_value(c, x, name, text);
        else if (c->final && x->needed) wrong(c, x, name, T("每一项都要评分。"));
    }
}

static void
check_field(struct check *c, const struct doc_field *x)
{
    if (x->f.kind == F_COMPUTED || x->f.kind == F_NOTE || x->f.kind == F_FILE || !doc_asked(c->form, x, c->doc)) return;
    if (x->supervisor && !c->env->reviewing) return;
    if (x->f.kind == F_TABLE) {
        check_table(c, x);
        return;
    }
    if (x->f.kind == F_SCALE && x->f.choices_n) {
        check_scale(c, x);
        return;
    }
    struct str text = doc_text(c->doc, x->f.name);
    bool needed = x->needed || (x->conditional && x->f.if_field != NULL);
    if (text.n) check_value(c, x, x->f.name, text);
    else if (c->final && needed) wrong(c, x, x->f.name, T("此项必填。"));
}

/* ---- Rules ---- */

static bool
filled(const struct check *c, const char *key)
{
    return doc_text(c->doc, key).n > 0 || doc_rows(c->doc, key) > 0;
}

static bool
holds(const struct check *c, struct doc_when w)
{
    const struct field f = { .if_field = w.field, .if_values = w.values };
    return w.field != NULL && field_asked(&f, doc_text(c->doc, w.field));
}

static void
broken(struct check *c, const struct doc_rule *r, const char *key)
{
    const struct doc_field *x = doc_field(c->form, str_of(key));
    note(c, &c->errors, key, x ? field_label(&x->f, c->env->lang) : NULL, c->env->lang == LANG_EN ? r->en : r->zh);
}

/* Dates and times compare as text: both are ISO. */
static void
rule_order(struct check *c, const struct doc_rule *r, bool strict)
{
    struct str a = doc_text(c->doc, r->fields[0]), b = doc_text(c->doc, r->fields[1]);
    if (a.n && b.n && (str_cmp(a, b) > 0 || (strict && str_eq(a, b)))) broken(c, r, r->fields[0]);
}

static void
rule_links(struct check *c, const struct doc_rule *r)
{
    struct doc_field from = { .from = r->to };
    size_t n;
    const struct choice *all = doc_from(c->env, &from, c->doc, &n);
    bool table = r->column != NULL;                     /* else one field, which may be empty */
    if (strchr(r->to, '.') == NULL && n > doc_rows(c->doc, r->to)) n = doc_rows(c->doc, r->to);    /* rows yet to come are offered too */
    for (size_t row = 0; row < (table ? doc_rows(c->doc, r->fields[0]) : 1); row++) {
        struct str list = table ? doc_cell(c->doc, r->fields[0], row, r->column) : doc_text(c->doc, r->fields[0]);
        bool ok = !table || list.n > 0;
        while (ok && list.n) {
            struct str one = str_cut(&list, ',');
            bool known = false;
            for (size_t i = 0; i < n; i++) known = known || str_is(one, all[i].code);
            ok = known;
        }
        if (!ok) broken(c, r, table ? str_fmt(c->env->arena, "%s.%zu.%s", r->fields[0], row, r->column).p : r->fields[0]);
    }
}

static bool
has_category(const struct check *c, const char *prefixes)
{
    for (struct str have = c->env->categories; have.n;) {
        struct str one = str_cut(&have, ',');
        for (struct str rest = str_of(prefixes); rest.n;)
            if (str_starts(one, str_cut(&rest, '|'))) return true;
    }
    return false;
}

static void
need_all(struct check *c, const struct doc_rule *r)
{
    for (size_t i = 0; i < r->fields_n; i++)
        if (!filled(c, r->fields[i])) broken(c, r, r->fields[i]);
}

static void
check_rule(struct check *c, const struct doc_rule *r)
{
    struct str kind = str_of(r->kind);
    bool any = false;

    for (size_t i = 0; i < r->fields_n; i++) any = any || filled(c, r->fields[i]);
    if (str_is(kind, "before")) rule_order(c, r, true);
    else if (str_is(kind, "not_after")) rule_order(c, r, false);
    else if (str_is(kind, "excludes")) {
        struct str v = doc_text(c->doc, r->fields[0]);
        const struct field f = { .if_field = "", .if_values = r->value };
        if (v.n && field_asked(&f, v) && !str_is(v, r->value)) broken(c, r, r->fields[0]);
    } else if (!c->final) return;
    else if (str_is(kind, "one_of")) { if (!any) broken(c, r, r->fields[0]); }
    else if (str_is(kind, "both")) need_all(c, r);
    else if (str_is(kind, "confirmed")) {
        for (size_t i = 0; holds(c, r->when) && i < r->fields_n; i++)
            if (!str_is(doc_text(c->doc, r->fields[i]), "1")) broken(c, r, r->fields[i]);
    } else if (str_is(kind, "needed_when")) { if (holds(c, r->when) && !holds(c, r->unless)) need_all(c, r); }
    else if (str_is(kind, "links")) rule_links(c, r);
    else if (str_is(kind, "needed_for_categories")) { if (has_category(c, r->categories)) need_all(c, r); }
    else if (str_is(kind, "needed_for_capacity")) { if (!c->env->full_capacity) need_all(c, r); }
    else if (str_is(kind, "needed_for_risk")) { if (c->env->risky) need_all(c, r); }
    else if (str_is(kind, "warn_unless")) {
        if (!str_is(doc_text(c->doc, r->fields[0]), r->value)) note(c, &c->warnings, r->fields[0], NULL, c->env->lang == LANG_EN ? r->en : r->zh);
    }
}

/* "not_needed_when" frees fields that are otherwise required (no notice to somebody who has died). */
static bool
freed(const struct check *c, const char *key)
{
    for (size_t i = 0; i < c->form->rules_n; i++) {
        const struct doc_rule *r = &c->form->rules[i];
        if (strcmp(r->kind, "not_needed_when") != 0 || !holds(c, r->when)) continue;
        for (size_t k = 0; k < r->fields_n; k++)
            if (strcmp(r->fields[k], key) == 0) return true;
    }
    return false;
}

struct doc_result
doc_check(const struct doc_env *env, const struct doc_form *f, const json_t *doc, bool final)
{
    struct doc_result result = { 0 };
    struct check c = { env, f, doc, final, &result.errors, &result.warnings };
    for (size_t i = 0; i < f->n; i++)
        if (doc_text(doc, f->fields[i].f.name).n || !freed(&c, f->fields[i].f.name)) check_field(&c, &f->fields[i]);
    for (size_t i = 0; i < f->rules_n; i++) check_rule(&c, &f->rules[i]);
    return result;
}

struct doc_progress
doc_progress(const struct doc_env *env, const struct doc_form *f, const json_t *doc, size_t section, const struct form_error *errors)
{
    struct doc_progress p = { 0 };
    const struct doc_section *s = &f->sections[section];
    (void)env;
    for (size_t i = s->first; i < s->first + s->n; i++) {
        const struct doc_field *x = &f->fields[i];
        if (x->f.kind == F_COMPUTED || x->f.kind == F_NOTE || x->supervisor || (!x->needed && !x->conditional) || !doc_asked(f, x, doc)) continue;
        p.asked++;
        p.filled += json_object_get(doc, x->f.name) != NULL;
        for (const struct form_error *e = errors; e != NULL; e = e->next) {
            struct str rest = str_of(e->field);
            p.wrong += str_is(str_cut(&rest, '.'), x->f.name);
        }
    }
    return p;
}
