/* What the views of this folder use. */
#ifndef NUAN_FORM_DRAW_H
#define NUAN_FORM_DRAW_H
#include "form/form.h"
#include "view/view.h"

const char *choice_label(const struct choice *c, enum lang lang);
bool list_has(struct str list, const char *code);               /* "a,b" has "b" */
size_t errors_count(const struct form_error *first);
const struct form_error *error_at(const struct form_error *first, size_t i);
bool signature_drawn(struct str value);                  /* a drawn path, not a typed name */
const char *error_label(const struct form *form, const char *field, enum lang lang);
#endif
