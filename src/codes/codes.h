/* The code tables of data/codes/: national standards and the lists of the profession.
 * Loaded once at start, never changed after, so any thread may read them. */
#ifndef NUAN_CODES_H
#define NUAN_CODES_H
#include "base/base.h"
#include "form/form.h"

struct code_table;
struct json_t;

struct code_entry {
    struct str code;
    const char *zh, *en;                /* never NULL */
    const char *hint, *hint_en;         /* "" when there is none */
    struct date from, to;               /* first and last day on which it may be given; NO_DATE: no bound */
    int level;                          /* S0-S4 of a person who has this code; 0 where it says nothing */
    bool check;                         /* not confirmed in a published source; shown to administrators */
    struct json_t *more;                /* its further members; ask codes_text and so on */
};

/* Reads every data/codes/ file; false after logging "data/codes/x.json:12: …" for the first wrong one. */
bool codes_load(void);

/* NULL when there is no such table ("sex", "ethnic", "client_category"). */
const struct code_table *codes_table(const char *name);

/* Closed entries are found too: old records keep their codes.  NULL when there is no such code. */
const struct code_entry *codes_find(const struct code_table *t, struct str code);

/* All entries, closed ones too, in the order of the file. */
const struct code_entry *codes_entries(const struct code_table *t, size_t *n);

/* "" for an unknown code. */
const char *codes_label(const struct code_table *t, struct str code, enum lang lang);
struct str codes_joined(struct arena *a, enum lang lang, const char *table, struct str codes);    /* of "a,b": "甲；乙" */
const char *codes_title(const struct code_table *t, enum lang lang);

/* For import: the entry whose label, alias or code this is, blanks around it ignored; NULL when none. */
const struct code_entry *codes_by_label(const struct code_table *t, struct str label);

/* Whether the code may be given on a day. */
bool codes_valid(const struct code_table *t, struct str code, struct date on);

/* The entries that are not closed, for drawing a form field. */
const struct choice *codes_choices(const struct code_table *t, size_t *n);

/* Further members of an entry, by their name in the file; "" / fallback / false when it has none.
 * codes_has asks whether an array of texts ("groups") holds a value. */
const char *codes_text(const struct code_entry *e, const char *key);
int64_t codes_int(const struct code_entry *e, const char *key, int64_t fallback);
bool codes_flag(const struct code_entry *e, const char *key);
bool codes_has(const struct code_entry *e, const char *key, const char *value);
#endif
