/* Small parts that several views of this folder share. */
#ifndef NUAN_PERSON_VIEWS_H
#define NUAN_PERSON_VIEWS_H
#include "people/people_views.h"

extern const struct choice age_groups[];
extern const size_t age_groups_n;

/* "350424…" for the value of an option. */
const char *id_text(struct arena *a, int64_t id);

/* The phone as a list shows it: masked for everybody; NO_STR for those who may not see it. */
struct str phone_shown(struct rq *rq, struct str sealed, enum access how);

/* The villages of the division that a unit works in. */
void villages_of(struct rq *rq, struct unit_id unit, struct person_villages_row **rows, size_t *n);
#endif
