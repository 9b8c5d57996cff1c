/* Official forms: defined by JSON (data/forms/, format in docs/data.md), kept as JSON documents.
 *
 * In a document every value is a string: text, an ISO date, a number as typed, a code, codes joined by commas, "1" or "0".
 * A table is an array of objects of strings; a scale with several lines an object of strings.  What was not filled in is
 * absent. */
#ifndef NUAN_DOC_H
#define NUAN_DOC_H
#include "form/form.h"
#include <jansson.h>

struct doc_field {
    struct field f;                     /* bool fields are F_SINGLE with the choices 1 and 0 */
    struct doc_field *columns;          /* of a table */
    size_t columns_n;
    bool needed, conditional;           /* req Y, req C */
    bool supervisor;                    /* filled in by the supervisor when he approves */
    bool others;                        /* tells of other people than the client */
    bool member;                        /* one of the members of the group */
    bool labels;                        /* its text is held against the list of label words */
    const char *from, *catalogue, *prefill, *computed, *column, *template_zh, *template_en;
    int64_t min_rows, max_rows;
};
struct doc_section { const char *key, *zh, *en; size_t first, n; };
struct doc_when { const char *field, *values; };        /* values: "a|b", "!" in front negates; field NULL: none */
struct doc_rule {
    const char *code, *kind, *zh, *en;
    const char *fields[8];
    size_t fields_n;
    const char *value, *to, *column, *parameter, *categories;
    struct doc_when when, unless;
};
struct doc_form {
    const char *code, *title, *title_en, *standard;         /* standard: code table standard, "": none */
    int64_t version;
    struct doc_section *sections;
    size_t sections_n;
    struct doc_field *fields;
    size_t n;
    struct doc_rule *rules;
    size_t rules_n;
};

/* Loads data/forms/A.json …; false after logging what is wrong with the first bad file. */
bool docs_load(void);
const struct doc_form *doc_form(struct str code);       /* NULL when there is none */
const struct doc_form *docs_all(size_t *n);
const struct doc_field *doc_field(const struct doc_form *f, struct str key);

/* What a form needs to know about the case it belongs to. */
struct doc_env {
    struct arena *arena;
    enum lang lang;
    void *arg;
    /* The text behind a prefill or computed source ("person.age"); NO_STR when there is none. */
    struct str (*source)(const struct doc_env *, const char *name);
    /* The value of a field of another form ("B.needs"), borrowed; NULL when there is none. */
    const json_t *(*value)(const struct doc_env *, const char *name);
    /* Choices of a staff, unit or catalogue field. */
    const struct choice *(*offer)(const struct doc_env *, const struct doc_field *, size_t *n);
    /* How the reader meets a level. */
    bool (*may_read)(const struct doc_env *, int level);
    struct str categories;              /* of the person, "A01,B03" */
    bool full_capacity;                 /* civil capacity */
    bool risky;                         /* risk level medium or high */
    bool reviewing;                     /* the supervisor's fields are open */
    const char *const *label_words;     /* NULL-terminated */
};

/* Everything typed, unchecked; nothing is lost.  Freed with the arena. */
json_t *doc_read(const struct rq *rq, const struct doc_form *f);

/* Fills fields that were left empty with what another field's code proposes (rules "proposes"). */
void doc_propose(const struct doc_form *f, json_t *doc);

/* A stored document; NULL when it is not one. Freed with the arena. */
json_t *doc_parse(struct arena *a, struct str text);
struct str doc_dump(struct arena *a, const json_t *doc);

/* A new document: prefilled values and template texts. */
json_t *doc_new(const struct doc_env *env, const struct doc_form *f);

struct str doc_text(const json_t *doc, const char *key);        /* a scalar; NO_STR when absent */
size_t doc_rows(const json_t *doc, const char *table);
struct str doc_cell(const json_t *doc, const char *table, size_t row, const char *column);

/* Checks what is there; final: also that everything needed is there, and the rules.  Lists in the order of the form. */
struct doc_result { struct form_error *errors, *warnings; };
struct doc_result doc_check(const struct doc_env *env, const struct doc_form *f, const json_t *doc, bool final);

/* How many of the fields that are asked for are filled, by section; for the side index. */
struct doc_progress { size_t filled, asked, wrong; };
struct doc_progress doc_progress(const struct doc_env *env, const struct doc_form *f, const json_t *doc, size_t section,
                                 const struct form_error *errors);

/* Is the field asked for, given the document? */
bool doc_asked(const struct doc_form *f, const struct doc_field *x, const json_t *doc);

/* All sections as controls; as a reader sees them; two versions side by side, only what differs. */
void doc_draw(struct buf *o, const struct doc_env *env, const struct doc_form *f, const json_t *doc, const struct form_error *errors);
void doc_show(struct buf *o, const struct doc_env *env, const struct doc_form *f, const json_t *doc);
void doc_diff(struct buf *o, const struct doc_env *env, const struct doc_form *f, const json_t *old, const json_t *new);
/* What the reader may see of it, as text. */
struct str doc_public(const struct doc_env *env, const struct doc_form *f, const json_t *doc);
size_t doc_differences(const struct doc_form *f, const json_t *old, const json_t *new);

const char *doc_title(const struct doc_form *f, enum lang lang);

/* Choices that come from the rows of tables ("B.needs", "D.goals,D.steps"); doc is the document itself. */
const struct choice *doc_from(const struct doc_env *env, const struct doc_field *x, const json_t *doc, size_t *n);
#endif
