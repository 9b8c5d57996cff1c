/* What the import of staff shows. */
#ifndef NUAN_STAFF_IMPORT_VIEWS_H
#define NUAN_STAFF_IMPORT_VIEWS_H
#include "staff/staff_views.h"

struct row_form;
struct staff_row {
    int64_t line;
    const struct row_form *in;
    bool known;
}; /* known: in the register already */
struct staff_problem {
    int64_t line;
    const char *field, *why;
}; /* translated */
struct import_result {
    const char *why;        /* the file cannot be read; Chinese */
    struct staff_row *rows; /* those that are right */
    size_t n;
    int64_t read, known, problems_total;
    struct staff_problem *problems; /* the first of them */
    size_t problems_n;
    bool dry;
};
struct staff_import_page {
    struct rq *rq;
    const struct import_result *out;
    const struct field *fields;
    size_t fields_n;
};
#endif
