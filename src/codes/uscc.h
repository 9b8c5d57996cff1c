/* The unified social credit code of organisations (GB 32100-2015) and the organisation code inside it (GB 11714). */
#ifndef NUAN_USCC_H
#define NUAN_USCC_H
#include "base/base.h"

enum uscc_fault {
    USCC_OK,
    USCC_LENGTH,                        /* not 18 characters */
    USCC_CHARSET,                       /* digits and capitals without I O S V Z */
    USCC_CHECK,
    USCC_ORGANISATION,                  /* the organisation code inside has a wrong check character */
};

struct uscc {
    char text[19];
    char kind[3];                       /* registry and kind: "52" */
    int division;                       /* six digits; 100000 for registration with a ministry */
    char organisation[10];              /* GB 11714 */
};

/* Lower case is accepted, blanks around are ignored.  out is untouched unless the result is USCC_OK. */
enum uscc_fault uscc_parse(struct str typed, struct uscc *out);
const char *uscc_fault_text(enum uscc_fault fault);     /* Chinese; "" for USCC_OK */

/* "社会服务机构（民办非企业单位）"; NULL for a kind that is not in the list. */
const char *uscc_kind_text(const struct uscc *code);

/* Whether an organisation of this kind usually takes on social work: 51, 52, 53, 12 and 91. */
bool uscc_kind_usual(const struct uscc *code);
extern const char uscc_kind_warning[];

/* GB 11714: eight characters and a check character, with or without "-" between them. */
bool orgcode_valid(struct str code);
#endif
