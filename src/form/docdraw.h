/* What the view of documents uses. */
#ifndef NUAN_DOCDRAW_H
#define NUAN_DOCDRAW_H
#include "form/doc.h"
#include "form/draw.h"
#include "view/view.h"

struct drawn_doc {
    const struct doc_env *env;
    const struct doc_form *form;
    const json_t *doc, *old;            /* old: the version beside it */
    const struct form_error *errors;
};
const char *section_label(const struct doc_section *s, enum lang lang);
void doc_control(struct buf *o, const struct drawn_doc *d, const struct doc_field *x);          /* a whole row of the form */
void doc_cell_control(struct buf *o, const struct drawn_doc *d, const struct doc_field *table, const struct doc_field *col,
                      struct str row_name, struct str value);
void doc_value(struct buf *o, const struct drawn_doc *d, const struct doc_field *x, const json_t *doc);
struct str doc_cell_computed(struct arena *a, const struct doc_field *table, const struct doc_field *col, size_t row, const json_t *doc);

/* What a field offers that is not a code or a fixed choice (NULL: nothing), and the text that stands in it. */
const struct choice *doc_offered(const struct drawn_doc *d, const struct doc_field *x, size_t *n);
struct str doc_shown_text(const struct drawn_doc *d, const struct doc_field *x, const json_t *doc);
struct str doc_scale_line(const struct drawn_doc *d, const struct doc_field *x, size_t line);
const char *doc_error_of(const struct drawn_doc *d, struct str name);
int64_t number_from_1(struct arena *a, struct str number);
size_t table_rows_drawn(const struct drawn_doc *d, const struct doc_field *x);  /* at least one, to type into */
bool doc_differs(const struct doc_field *x, const json_t *a, const json_t *b);
bool doc_readable(const struct drawn_doc *d, const struct doc_field *x);
struct str row_name(struct arena *a, const char *table, const char *row, const char *column);
struct str number_text(struct arena *a, size_t i);
void doc_cell_value(struct buf *o, const struct drawn_doc *d, const struct doc_field *table, const struct doc_field *col, size_t row,
                    const json_t *doc);
#endif
