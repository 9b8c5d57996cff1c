/* What the arrays of ledgers about units share. */
#ifndef NUAN_KINDS_H
#define NUAN_KINDS_H
#include "ledger/ledger.h"

#define UNIT FIELD_ID(struct entry, unit, unit_id, F_UNIT, "单位", .required = true)
#define VERSION FIELD_HIDDEN(struct entry, version)
#define ON(...) FIELD_DATE(struct entry, on, __VA_ARGS__, .required = true)
#define NOTE FIELD_LONG(struct entry, body, "说明", .max = 2000, .wide = true)

/* The end and the day of doing are not before the beginning. */
bool until_after(struct rq *rq, void *form);

/* A code of a service catalogue, or none; else a message at the field "number". */
bool service_code_known(struct rq *rq, struct str code);
#endif
