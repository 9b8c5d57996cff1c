/* The number of a disability certificate: 18 characters of the identity number, category, grade (GB/T 26341). */
#ifndef NUAN_DISABILITY_H
#define NUAN_DISABILITY_H
#include "codes/idno.h"

enum disability_fault {
    DISABILITY_OK,
    DISABILITY_LENGTH,                  /* not 20 characters (and B with a number when reissued) */
    DISABILITY_IDNO,                    /* the first 18 are no identity number; struct disability.idno_fault says why */
    DISABILITY_CATEGORY,                /* 1-7 */
    DISABILITY_GRADE,                   /* 1-4 */
    DISABILITY_OTHER_PERSON,            /* the certificate of somebody else */
};

struct disability {
    struct idno idno;
    enum idno_fault idno_fault;
    int category, grade;                /* code tables disability_category, disability_grade */
    char reissue[4];                    /* "B1"; "" for a first certificate */
};

/* owner: the identity number of the person, in 18 characters; NO_STR when it is not known.
 * out is written in every case, but means something only for DISABILITY_OK (and idno_fault for DISABILITY_IDNO). */
enum disability_fault disability_parse(struct str typed, struct str owner, struct date on, enum idno_age limit,
                                       struct disability *out);
const char *disability_fault_text(enum disability_fault fault);     /* Chinese; "" for DISABILITY_OK */
#endif
