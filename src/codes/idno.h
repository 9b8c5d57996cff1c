/* The citizen identity number (GB 11643-1999): check, take apart, mask. */
#ifndef NUAN_IDNO_H
#define NUAN_IDNO_H
#include "base/base.h"

/* What is wrong, in the order in which it is looked for. */
enum idno_fault {
    IDNO_OK,
    IDNO_LENGTH,                        /* not 18 characters (15 for the number of before 1999) */
    IDNO_CHARSET,                       /* not a digit; X stands only at the end */
    IDNO_PROVINCE,
    IDNO_DATE,                          /* no such day */
    IDNO_FUTURE,
    IDNO_AGE,                           /* older than 150 years */
    IDNO_CHECK,
};

struct idno {
    char text[19];                      /* 18 characters, X in upper case */
    struct date born;
    char sex;                           /* GB/T 2261.1: '1' male, '2' female */
    int division;                       /* first six digits; may be a withdrawn code, means nothing when foreign */
    bool from15;                        /* was typed in the old form of 15 digits */
    bool foreign_permanent;             /* permanent residence card of a foreigner: starts with 9 */
};

enum idno_age { IDNO_ANY_AGE, IDNO_AGE_LIMIT };

/* Blanks around the number are ignored.  out is untouched unless the result is IDNO_OK.  Residence permits of
 * 港澳台 residents (81, 82, 83) pass like any number.  IDNO_ANY_AGE lets tests use births of 1880. */
enum idno_fault idno_parse(struct str typed, struct date on, enum idno_age limit, struct idno *out);

/* The check character of 17 digits (ISO 7064 MOD 11-2). */
char idno_check(const char digits[17]);

/* A sentence for the user, in Chinese; "" for IDNO_OK. */
const char *idno_fault_text(enum idno_fault fault);

/* "110105********002X"; a text that has not 18 characters becomes stars only. */
struct str idno_mask(struct arena *a, struct str text);
#endif
