/* People who work for the network: their posts and certificates, each with dates, so that every question can be asked as of
 * a day. */
#ifndef NUAN_STAFF_H
#define NUAN_STAFF_H
#include "http/route.h"

struct staff_new {
    struct unit_id unit;
    struct str name, sex;               /* GB/T 2261.1 */
    struct date born;
    struct str phone;
    struct str employment;              /* full, part */
    struct str education, major;        /* GB/T 4658; free text, compared with the name of the subject */
    struct str political;               /* GB/T 4762 */
    struct date service_from;           /* first day in social work */
    struct date started_on;
    struct str employer, contract, source;      /* contract: direct, agency, labour; source: purchase, recruit, secondment */
};

/* These write within the caller's transaction; area: of the unit. */
struct staff_id staff_make(struct db *db, int64_t area, const struct staff_new *s);
struct certificate_id certificate_add(struct db *db, int64_t area, struct staff_id staff, struct str level, struct str number,
                                      struct date issued_on, struct date registered_on, struct date valid_to);

/* Starts a post (kind: network.h, post_kinds).  NO_STR: done; else why not, in the language given (NH-11). */
struct str post_start(struct db *db, enum lang lang, int64_t area, struct staff_id staff, struct unit_id unit, struct str kind,
                      struct date from);

/* R-MZT-Q1: a certificate issued by that day, or a social-work major with junior college or higher (GB/T 4658: 1, 2, 3). */
bool is_qualified(struct db *db, int64_t area, struct staff_id staff, struct date day);

/* R-NH-S2: whoever heads a general station or an area centre has 24 months of service, a certificate, and is a party member.
 * NO_STR: he may, or the unit asks for nothing; else all reasons, in the language given. */
struct str head_refused(struct db *db, enum lang lang, int64_t area, struct staff_id staff, struct unit_id unit, struct date day);

extern const struct module staff_module;
#endif
