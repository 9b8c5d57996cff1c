#include "audit/audit.h"
#include "audit/audit_sql.h"
#include "audit/chain.h"
#include "audit/disclose.h"
#include "view/view.h"

enum { SLIP_MS = 10 * 60 * 1000 };

static void
field(struct audit_changes *c, struct arena *a, const char *name)
{
    if (!c->any) c->json = (struct buf){ .arena = a };
    put(&c->json, c->any ? "," : "{", 1);
    put_json_str(&c->json, str_of(name));
    LIT(&c->json, ":");
    c->any = true;
}

void
audit_changed(struct audit_changes *c, struct arena *a, const char *name, struct str from, struct str to)
{
    if (str_eq(from, to)) return;
    field(c, a, name);
    LIT(&c->json, "[");
    put_json_str(&c->json, from);
    LIT(&c->json, ",");
    put_json_str(&c->json, to);
    LIT(&c->json, "]");
}

void
audit_changed_secret(struct audit_changes *c, struct arena *a, const char *name)
{
    field(c, a, name);
    LIT(&c->json, "[\"•••\",\"•••\"]");                  /* not shown */
}

/* One more row of the chain, with the "no value" of what is left out. */
#define add(db_, ...) chain_add((db_), &(struct audit_insert_in){ __VA_ARGS__ })

void
audit_note(struct rq *rq, int64_t area, const char *action, const char *entity, int64_t id,
           const struct audit_changes *changes, struct str reason)
{
    struct str json = NO_STR;
    if (changes != NULL && changes->any) {
        struct buf whole = changes->json;
        LIT(&whole, "}");
        json = buf_str(&whole);
    }
    add(rq->db, .area = area, .id = { id_next(area) }, .at = instant_now(), .account = rq->who.user,
                 .account_name = rq->who.name.p ? rq->who.name : STR(""), .action = str_of(action), .entity = str_of(entity),
                 .entity_id = id, .changes = json, .reason = reason.n ? reason : NO_STR, .ip = rq->ip.p ? rq->ip : STR(""));
}

bool
audit_recent(struct rq *rq, const char *action, const char *entity, int64_t id)
{
    struct audit_recently_row r;
    struct instant since = { instant_now().ms - SLIP_MS };
    return audit_recently(rq->db, &r, .area = id_area(id), .entity = str_of(entity), .entity_id = id, .action = str_of(action),
                          .account = rq->who.user, .since = since) && r.total > 0;
}

void
audit_note_job(struct db *db, int64_t area, const char *name, const char *action, const char *entity, int64_t id,
               struct str changes)
{
    add(db, .area = area, .id = { id_next(area) }, .at = instant_now(), .account_name = str_of(name),
                 .action = str_of(action), .entity = str_of(entity), .entity_id = id, .changes = changes.n ? changes : NO_STR,
                 .ip = STR(""));
}

/* {"what":"form B"} of a read, {"rows":120,"filters":"q=…"} of an export. */
static struct str
note_json(const struct rq *rq, const struct read_note *n)
{
    struct buf o = { .arena = rq->arena };
    if (n->rows < 0 && n->what.n == 0) return NO_STR;
    if (n->rows < 0) LIT(&o, "{\"what\":");
    else putf(&o, "{\"rows\":%lld,\"filters\":", (long long)n->rows);
    put_json_str(&o, n->what);
    LIT(&o, "}");
    return buf_str(&o);
}

void
audit_reads(struct db *db, const struct rq *rq)
{
    for (const struct read_note *n = rq->reads; n != NULL; n = n->next) {
        int64_t area = id_area(n->id) ? id_area(n->id) : rq->who.area;
        add(db, .area = area, .id = { id_next(area) }, .at = instant_now(), .account = rq->who.user,
                     .account_name = rq->who.name, .action = n->rows < 0 ? STR("read") : STR("export"), .entity = n->entity,
                     .entity_id = n->id, .changes = note_json(rq, n), .ip = rq->ip);
    }
    disclosures_given(db, rq);
}
