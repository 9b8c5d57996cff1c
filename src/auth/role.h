/* Roles are data (data/roles.json): what each may do, and how it meets the levels S0–S4 (codes.md 9.2, 9.3 of the domain:
 * PIPL art. 28, the regulation on minors' network protection art. 36). */
#ifndef NUAN_ROLE_H
#define NUAN_ROLE_H
#include "http/rq.h"

/* How a role meets a level. */
enum access { ACCESS_NONE, ACCESS_NUMBER, ACCESS_MASKED, ACCESS_APPROVAL, ACCESS_READ, ACCESS_WRITE };

/* For which records of his scope the letter counts. */
enum access_for { FOR_ALL, FOR_OWN, FOR_ASSIGNED, FOR_NAMED, FOR_AREA, FOR_TASK, FOR_SAMPLE };

enum { LEVELS = 5 };

struct role {
    struct str code;
    const char *zh, *en;
    uint64_t may;
    struct role_level { enum access access; enum access_for who; } level[LEVELS], colleague[LEVELS];
    bool has_colleague;                 /* records of colleagues meet "colleague" instead of "level" */
    bool content;                       /* may open records of persons at all */
    bool expires;                       /* its accounts have an end date and a pseudonym for a name */
    bool second_factor;                 /* its accounts must use one */
};

/* Reads data/roles.json; false and a logged reason on a wrong file. */
bool roles_load(void);
const struct role *role_find(struct str code);          /* NULL when unknown */
const struct role *roles_all(size_t *n);
const char *role_label(struct str code, enum lang lang);

/* How the user relates to a record: who is responsible for it, who is named on it, and to whom it was opened for a time, by approval
 * or in an emergency (people/grant.c). */
struct relation { bool own, assigned, named, granted; };

/* What the user of the request may do with something of a level (0–4) in a record he relates to in that way. */
enum access access_to(const struct rq *rq, int level, struct relation rel);
#endif
