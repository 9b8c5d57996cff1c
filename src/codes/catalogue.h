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

/* A catalogue and an item as they stand in the file. */
struct catalogue { const char *scheme, *title, *title_en, *source, *standard; };       /* standard: code table standard; "": none */
struct catalogue_item {
    const char *scheme, *code, *parent, *zh, *en, *full, *client_kind;                  /* "" where the file says nothing */
    int level;
    bool broad;                                                                         /* something lies below it */
};
const struct catalogue *catalogue_of(struct str scheme);                /* NULL: none */
const struct catalogue *catalogues_all(size_t *n);
const struct catalogue_item *catalogue_item(struct str code);           /* NULL: none */
const struct catalogue_item *catalogue_items(size_t *n);                /* of all schemes, each scheme's together */

/* Which item of the national catalogue an item of a local one stands for; several rows may have one code. */
struct catalogue_map { const char *code, *mz071; };
const struct catalogue_map *catalogue_maps(size_t *n);

/* Sensitivity S0–S4 of services under the item; 0 when unknown. */
int catalogue_level(struct str code);
#endif
