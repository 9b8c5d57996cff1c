/* What the columns of a roster mean, and what is wrong with a row. */
#ifndef NUAN_ROSTER_H
#define NUAN_ROSTER_H
#include "people/person_list_sql.h"
#include "roster/sheet.h"

enum roster_field {
    R_NONE, R_NAME, R_IDNO, R_SEX, R_BORN, R_AGE, R_ETHNIC, R_PHONE, R_HOUSEHOLD, R_HEAD, R_RELATION, R_ADDRESS, R_VILLAGE, R_CATEGORY,
    R_NOTE, ROSTER_FIELDS,
};
enum { ROSTER_CATEGORIES_MAX = 8, ROSTER_PROBLEMS_MAX = 12 };

/* Which column is which field; header: the line of the headings. */
struct roster_mapping { uint8_t field[SHEET_COLUMNS_MAX]; size_t n; int64_t header; };

/* The field of a code of data/roster.json ("name"), of a heading, and its label.  R_NONE for an unknown one. */
enum roster_field roster_by_code(struct str code);
enum roster_field roster_by_heading(struct str heading);
const char *roster_code(enum roster_field f);
const char *roster_label(enum roster_field f, enum lang lang);

struct str roster_mapping_json(struct arena *a, const struct roster_mapping *m);
bool roster_mapping_parse(struct str json, struct roster_mapping *out);

/* One row, checked.  Texts are plain; what is NO_STR was empty. */
struct roster_person {
    int64_t line;
    struct str name, idno, phone, sex, ethnic, household, relation, address, division, note, pinyin;
    struct str category[ROSTER_CATEGORIES_MAX];
    size_t categories;
    int level;
    struct date born;
};
struct roster_problem { enum roster_field field; const char *why; };     /* why: Chinese, translated when shown */

/* Returns the number of problems; 0: out is whole and may be imported. */
size_t roster_check(struct arena *a, const struct roster_mapping *m, const struct sheet_row *row, const struct person_villages_row *villages,
                    size_t villages_n, struct roster_person *out, struct roster_problem problems[ROSTER_PROBLEMS_MAX]);

/* Has the row anything in a mapped column? */
bool roster_empty(const struct roster_mapping *m, const struct sheet_row *row);

/* Data of the list itself. */
extern const char *const roster_known, *const roster_twice;
#endif
