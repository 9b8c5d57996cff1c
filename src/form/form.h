/* A form is an array of fields.  The same array parses and checks a POST, draws the HTML, prints, describes JSON
 * and names the fields in the audit trail.
 *
 * Operational forms are arrays in C, parsed into a struct.  Official forms (A–K) are JSON in data/forms/, loaded into the
 * same struct field and parsed into a JSON document (form/doc.h). */
#ifndef NUAN_FORM_H
#define NUAN_FORM_H
#include "base/base.h"

struct rq;

enum field_kind {
    F_TEXT, F_LONG, F_DATE, F_DATETIME, F_INT, F_DEC, F_MONEY, F_BOOL,
    F_SINGLE, F_MULTI,                  /* one or several of choices */
    F_PERSON, F_STAFF, F_UNIT,          /* an id, chosen by name */
    F_DIVISION,                         /* 12-digit division code */
    F_TABLE,                            /* rows of columns; official forms only */
    F_SCALE,                            /* a number from min to max on each of choices (or one) */
    F_SIGN, F_FILE,                     /* signature image, attachments */
    F_PASSWORD, F_HIDDEN, F_NOTE,       /* F_NOTE: text only */
    F_COMPUTED,                         /* filled by the program, shown only */
};

struct choice { const char *code, *zh, *en; };

struct field {
    const char *name;
    const char *label;                  /* Chinese; translated by po/en.po, or label_en when the form is data */
    enum field_kind kind;
    uint16_t offset;                    /* of the member; C forms only */
    bool required;
    bool secret;                        /* masked in audit and export */
    int level;                          /* S0–S4 (codes.md 9.2) */
    int64_t min, max;                   /* characters, value, or rows; max 0: none (text: 200, long: 20000) */
    const struct choice *choices;
    size_t choices_n;
    const char *codes;                  /* name of a code table instead of choices: "GB/T 3304" */
    const char *check;                  /* named validator: "idno", "phone", "uscc", "disability", "past", "future" */
    const char *label_en, *help, *help_en, *unit, *section, *section_en, *placeholder;
    const char *if_field;               /* shown and asked for only when that field … */
    const char *if_values;              /* … has one of these values, "a|b|c"; a leading "!" negates */
    bool required_if_shown;
    const struct field *columns;        /* F_TABLE */
    size_t columns_n;
    const char *computed;               /* F_COMPUTED and prefill: name of the source ("case.no", "D.goals") */
    bool wide;                          /* takes the whole width */
    bool autofocus;
};

struct form {
    const char *name;                   /* "intake", or the letter of an official form */
    const char *title, *title_en;
    const struct field *fields;
    size_t n;
    size_t size;                        /* of the struct; 0 for official forms */
    bool (*check)(struct rq *, void *form);     /* rules across fields: calls rq_invalid, returns false */
    int64_t version;
    const void *fresh;                  /* what the struct holds where the form has no field; NULL: zeroes */
};

struct form_error { const char *field, *why, *label; struct form_error *next; };      /* why, label: translated; label NULL: the form knows it */

/* The member's C type must be the one the field kind stores, or this does not compile. */
#define MEMBER(T_, m, type) .name = #m, .offset = offsetof(T_, m) + 0 * sizeof(struct { \
    _Static_assert(_Generic(((T_ *)0)->m, type: 1, default: 0), #m " must be a " #type); int unused; })
/* The label comes first of the rest; what follows are designated members: FIELD_TEXT(struct intake, ref, "编号", .required = true). */
#define FIELD_TEXT(T_, m, ...)          { MEMBER(T_, m, struct str),     .kind = F_TEXT, .label = __VA_ARGS__ }
#define FIELD_LONG(T_, m, ...)          { MEMBER(T_, m, struct str),     .kind = F_LONG, .label = __VA_ARGS__ }
#define FIELD_PASSWORD(T_, m, ...)      { MEMBER(T_, m, struct str),     .kind = F_PASSWORD, .secret = true, .label = __VA_ARGS__ }
#define FIELD_HIDDEN(T_, m)             { MEMBER(T_, m, struct str),     .kind = F_HIDDEN, .label = "" }
#define FIELD_DATE(T_, m, ...)          { MEMBER(T_, m, struct date),    .kind = F_DATE, .label = __VA_ARGS__ }
#define FIELD_TIME(T_, m, ...)          { MEMBER(T_, m, struct instant), .kind = F_DATETIME, .label = __VA_ARGS__ }
#define FIELD_INT(T_, m, ...)           { MEMBER(T_, m, int64_t),        .kind = F_INT, .label = __VA_ARGS__ }
#define FIELD_MONEY(T_, m, ...)         { MEMBER(T_, m, struct money),   .kind = F_MONEY, .label = __VA_ARGS__ }
#define FIELD_BOOL(T_, m, ...)          { MEMBER(T_, m, bool),           .kind = F_BOOL, .label = __VA_ARGS__ }
#define FIELD_SIGN(T_, m, ...)          { MEMBER(T_, m, struct str),     .kind = F_SIGN, .label = __VA_ARGS__ }
#define FIELD_CHOICE(T_, m, c, ...)     { MEMBER(T_, m, struct str),     .kind = F_SINGLE, .choices = c, .choices_n = COUNT(c), .label = __VA_ARGS__ }
/* "a,b" */
#define FIELD_CHOICES(T_, m, c, ...)    { MEMBER(T_, m, struct str),     .kind = F_MULTI, .choices = c, .choices_n = COUNT(c), .label = __VA_ARGS__ }
/* One, or several, of what form_source.choices offers; the form's check decides whether it is allowed. */
#define FIELD_OFFERED(T_, m, ...)       { MEMBER(T_, m, struct str),     .kind = F_SINGLE, .label = __VA_ARGS__ }
#define FIELD_OFFERED_SEVERAL(T_, m, ...) { MEMBER(T_, m, struct str),   .kind = F_MULTI, .label = __VA_ARGS__ }
#define FIELD_CODE(T_, m, table, ...)   { MEMBER(T_, m, struct str),     .kind = F_SINGLE, .codes = table, .label = __VA_ARGS__ }
#define FIELD_CODES(T_, m, table, ...)  { MEMBER(T_, m, struct str),     .kind = F_MULTI, .codes = table, .label = __VA_ARGS__ }    /* "A01,B02" */
#define FIELD_ID(T_, m, idtype, kind_, ...) { MEMBER(T_, m, struct idtype), .kind = kind_, .label = __VA_ARGS__ }
#define FORM(T_, fields_) { .name = #T_, .fields = fields_, .n = COUNT(fields_), .size = sizeof(T_) }
#define FORM_CHECKED(T_, fields_, check_) { .name = #T_, .fields = fields_, .n = COUNT(fields_), .size = sizeof(T_), .check = check_ }

/* For a POST that carries nothing but its button. */
extern const struct form no_fields;

/* Parses rq->params into rq->form; false: rq->errors says what is wrong, in the user's language. */
bool form_parse(struct rq *rq, const struct form *f);

/* Where a drawn field's value comes from: what was typed (after an error), else the given struct, else empty.
 * choices: what a field of kind F_STAFF, F_UNIT or F_PERSON (code: the id) or FIELD_OFFERED offers; may be NULL. */
struct form_source {
    const struct rq *rq;
    const void *values;
    const struct choice *(*choices)(const struct form_source *, const struct field *, size_t *n);
    void *arg;
};

/* All fields with labels, help and messages; the caller writes <form> and the buttons. */
void form_draw(struct buf *o, const struct form *f, struct form_source from);
void field_draw(struct buf *o, const struct form *f, const char *name, struct form_source from);

/* A member of the struct as the text that would be typed: for lists, exports and audit. */
struct str form_text(struct arena *a, const struct field *f, const void *values);

/* <input type="hidden" name="csrf" …>; every form that posts needs it. */
void csrf_field(struct buf *o);

/* The messages as a list of links on top of a form; nothing when there are none. */
void form_errors(struct buf *o, const struct form *f, const struct rq *rq);

/* ---- One field; for this module and for official forms (form/doc.h) ---- */

/* What a typed text means. */
struct field_value { struct str text; int64_t number; struct date date; struct instant time; struct money money; bool flag; };

/* Checks a trimmed, non-empty text; NULL when fine, else the reason in Chinese, to be translated by tr(). */
const char *field_check(struct arena *a, const struct field *f, struct str typed, struct field_value *out);

/* The choices of a field: its own, or the open entries of its code table. */
const struct choice *field_choices(const struct field *f, size_t *n);

/* Is the field asked for, given the value of the field it depends on ("a,b" where several are chosen)? */
bool field_asked(const struct field *f, struct str value_of_if_field);

/* Label and help in a language. */
const char *field_label(const struct field *f, enum lang lang);
const char *field_help(const struct field *f, enum lang lang);

/* One control.  name: as posted ("goals.0.text"); value: text, or codes joined by commas; choices: for F_STAFF … or NULL. */
struct control {
    const struct field *f;
    struct str name, value;
    const char *error;                  /* translated, or NULL */
    const struct choice *choices;
    size_t choices_n;
    const char *lookup;                 /* address that answers [{value, text}]; for F_PERSON in operational forms */
    bool in_cell;                       /* in a table: no label, no help */
    bool locked;                        /* shown, not editable */
};
void control_draw(struct buf *o, const struct control *c);      /* the control alone */
void row_draw(struct buf *o, const struct control *c);          /* label, control, help, message */

/* The value as a reader sees it: labels for codes, "是" for a tick. */
void value_show(struct buf *o, const struct field *f, struct str value);
#endif
