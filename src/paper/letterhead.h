/* What a unit prints on its papers: its heading and where the seal goes.  A unit without a setting of its own uses that of the
 * nearest unit above it. */
#ifndef NUAN_LETTERHEAD_H
#define NUAN_LETTERHEAD_H
#include "http/route.h"

struct letterhead { struct str unit, heading, seal, hotline; };         /* unit: its name; heading, seal: never empty */
struct letterhead letterhead(struct db *db, struct unit_id unit);

/* "何人 2026-11-22 10:05": stands at the foot of what the user prints. */
struct str letterhead_foot(const struct rq *rq);

struct letterhead_page {
    const struct rq *rq;
    struct unit_id unit;
    struct str name, from_name;         /* whose setting counts, when it is not the unit's own */
    bool own;
    const struct form *form;
    struct form_source from;
};
extern const struct module paper_module;
#endif
