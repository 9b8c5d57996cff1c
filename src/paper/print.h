/* An official form on paper, drawn from its definition as on the screen: every choice with its box, and what the reader may not
 * see stays shut. */
#ifndef NUAN_PRINT_H
#define NUAN_PRINT_H
#include "form/docdraw.h"
#include "paper/press.h"

void print_doc(struct press *p, const struct drawn_doc *d);

/* A value as it reads on paper, codes by their names; without boxes for what was not chosen. */
struct str print_value(const struct drawn_doc *d, const struct doc_field *x, struct str value);

/* A label and a value over the whole width; two of them side by side. */
void print_pair(struct press *p, const char *label, struct str value);
void print_pairs(struct press *p, const char *label, struct str value, const char *label2, struct str value2);

/* A drawn or typed signature with its label. */
void print_sign(struct press *p, const char *label, struct str sign);
void print_band(struct press *p, struct str text);
#endif
