/* The trail: who did what, when, which fields from → to, and who read what of level S3 and above. */
#ifndef NUAN_AUDIT_H
#define NUAN_AUDIT_H
#include "http/route.h"

/* Collects the changed fields of one action; secrets are shown as "•••". */
struct audit_changes { struct buf json; bool any; };
void audit_changed(struct audit_changes *c, struct arena *a, const char *field, struct str from, struct str to);
void audit_changed_secret(struct audit_changes *c, struct arena *a, const char *field);

/* One row, in the request's transaction.  area: where the record lives; changes may be NULL. */
void audit_note(struct rq *rq, int64_t area, const char *action, const char *entity, int64_t id,
                const struct audit_changes *changes, struct str reason);

/* Did the user do this to the record in the last ten minutes?  So long a slip may be taken back. */
bool audit_recent(struct rq *rq, const char *action, const char *entity, int64_t id);

/* For jobs without a request: name says which ("import"). */
void audit_note_job(struct db *db, int64_t area, const char *name, const char *action, const char *entity, int64_t id,
                    struct str changes);

/* Writes rq->reads; a gate hook. */
void audit_reads(struct db *db, const struct rq *rq);

#endif
