/* The kinds of consent and their rules, from data/consents.json. */
#ifndef NUAN_CONSENT_RULE_H
#define NUAN_CONSENT_RULE_H
#include "people/people.h"

enum { CONSENT_KINDS_MAX = 12 };

struct consent_kind { struct choice label; const char *zh, *en; int64_t version, guardian_under; bool always_guardian; struct date from; };

/* All kinds; read from the data file on first use.  NULL after logging when the file is wrong. */
const struct consent_kind *consent_kinds(size_t *n);
const struct consent_kind *consent_kind_find(struct str code);      /* NULL when unknown */
#endif
