/* Division codes of 12 digits: province, prefecture, county (GB/T 2260), township (GB/T 10114), village.
 * Everything here follows from the code alone; whether a code is in use is asked of the division table. */
#ifndef NUAN_DIVISION_H
#define NUAN_DIVISION_H
#include "base/base.h"

enum division_level {
    DIVISION_BAD,                       /* not 12 digits, all zero, or a village without a township … */
    DIVISION_PROVINCE,
    DIVISION_PREFECTURE,
    DIVISION_COUNTY,
    DIVISION_TOWNSHIP,
    DIVISION_VILLAGE,
};

enum division_kind {
    DIVISION_KIND_NONE,                 /* above the township, or a number outside the ranges */
    DIVISION_STREET,                    /* 街道 001-099 */
    DIVISION_TOWN,                      /* 镇 100-199 */
    DIVISION_XIANG,                     /* 乡 200-399 */
    DIVISION_ENTERPRISE,                /* 政企合一单位 400-599 */
    DIVISION_RESIDENTS,                 /* 居民委员会 001-199 */
    DIVISION_VILLAGERS,                 /* 村民委员会 200-399 */
    DIVISION_LIKE_RESIDENTS,            /* 类似居委会 400-499 */
    DIVISION_LIKE_VILLAGERS,            /* 类似村委会 500-599 */
};

/* The level of the last group that is not zero.  The county may be zero above a township:
 * 东莞, 中山 and some other cities have no counties (441900003000). */
enum division_level division_level(struct str code);

/* Pads a code of 2, 4, 6 or 9 digits to 12; false for any other length or character. */
bool division_full(struct str code, char out[13]);

/* The code with its last group zero; false for a province and for a bad code. */
bool division_parent(struct str code, char out[13]);

/* Whether a division lies in another one or is the same. */
bool division_in(struct str code, struct str outer);

enum division_kind division_kind(struct str code);
const char *division_kind_text(enum division_kind kind);        /* "街道"; "" for none */

/* Urban-rural class of the statistical office: 111 … 220; NULL when there is no such class. */
const char *division_class_text(int urban_rural);
bool division_class_urban(int urban_rural);                     /* 1xx */
#endif
