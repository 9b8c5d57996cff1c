/* Telephone numbers of mainland China: what kind, and one way of writing each. */
#ifndef NUAN_PHONE_H
#define NUAN_PHONE_H
#include "base/base.h"

enum phone_kind {
    PHONE_BAD,
    PHONE_MOBILE,                       /* 13800000000 */
    PHONE_LANDLINE,                     /* 0598-6820000, with its area code */
    PHONE_SHORT,                        /* 110, 12345 */
};

struct phone {
    enum phone_kind kind;
    char text[16];                      /* normalised; equal numbers have equal text */
};

/* Blanks, dashes, brackets and the prefixes +86 and 0086 are taken away first.
 * out is untouched when the result is PHONE_BAD. */
enum phone_kind phone_parse(struct str typed, struct phone *out);
extern const char phone_fault_text[];

/* "138****0000", "0598-***0000"; short numbers stay, bad ones become stars. */
struct str phone_mask(struct arena *a, struct str text);
#endif
