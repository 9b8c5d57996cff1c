/* Service catalogues (data/catalogues/): MZ/T 071 and the local ones that map to it. */
#ifndef NUAN_CATALOGUE_H
#define NUAN_CATALOGUE_H
#include "form/form.h"

/* Reads every file of data/catalogues/; false after logging what is wrong. */
bool catalogues_load(void);

/* The items of a scheme ("MZ071") that can be put on a record: those below the broad headings. */
const struct choice *catalogue_choices(const char *scheme, size_t *n);

/* The label of an item of any scheme; "" when unknown. */
const char *catalogue_label(struct str code, enum lang lang);

/* The part of the program that an item belongs to (MZT-23): "report", "referral", "crisis"; "": none. */
const char *catalogue_opens(struct str code);

/* Sensitivity S0–S4 of services under the item; 0 when unknown. */
int catalogue_level(struct str code);
#endif
