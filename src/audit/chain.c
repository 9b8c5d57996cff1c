#include "audit/chain.h"
#include "audit/chain_sql.h"
#include "seal/seal.h"

#define SEAL_HEAD "audit.head"

static void
part(struct buf *b, struct str text)
{
    putf(b, "%zu:", text.p ? text.n + 1 : 0);           /* so that nothing can move from one field into the next */
    put_raw(b, text);
}

static struct str
hash_of(struct arena *a, struct str before, const struct audit_insert_in *r)
{
    struct buf b = { .arena = a };
    putf(&b, "%lld %lld %lld %lld %lld %lld %lld ", (long long)r->area, (long long)r->lane, (long long)r->seq, (long long)r->id.v,
         (long long)r->at.ms, (long long)r->account.v, (long long)r->entity_id);
    const struct str texts[] = { before, r->account_name, r->action, r->entity, r->changes, r->reason, r->ip };
    for (size_t i = 0; i < COUNT(texts); i++) part(&b, texts[i]);
    return seal_digest(a, buf_str(&b));
}

static struct str
end_text(struct arena *a, int64_t area, int64_t lane, int64_t seq, int64_t lanes, struct str hash)
{
    return str_fmt(a, "%lld %lld %lld %lld %.*s", (long long)area, (long long)lane, (long long)seq, (long long)lanes, FMT(hash));
}

static void
move(struct db *db, int64_t area, int64_t lane, int64_t seq, int64_t lanes, struct str hash)
{
    chain_move(db, .area = area, .lane = lane, .seq = seq, .lanes = lanes, .hash = hash,
               .seal = seal_hash(db_arena(db), SEAL_HEAD, end_text(db_arena(db), area, lane, seq, lanes, hash)));
}

void
chain_add(struct db *db, struct audit_insert_in *row)
{
    struct chain_lane_row end = { .hash = STR("") };
    if (!chain_lane(db, &end, row->area)) {
        struct chain_open_row all = { 0 };
        if (!chain_open(db, &all, row->area)) return;   /* the database failed */
        move(db, row->area, 0, all.seq, all.lanes, STR(""));
        end = (struct chain_lane_row){ .lane = all.lanes, .hash = STR("") };
    }
    row->lane = end.lane;
    row->seq = end.seq + 1;
    row->hash = hash_of(db_arena(db), end.hash, row);
    audit_insert_with(db, row);
    move(db, row->area, row->lane, row->seq, 0, row->hash);
}

void
chain_seal(struct db *db, bool all)
{
    struct chain_heads_row *heads;
    size_t n = chain_heads(db, &heads);
    for (size_t i = 0; i < n; i++)
        if (all || heads[i].seal.p == NULL) move(db, heads[i].area, heads[i].lane, heads[i].seq, heads[i].lanes, heads[i].hash);
}

void
chain_protect(struct db *db)
{
    if (db_driver(db) == DB_POSTGRES) db_exec(db, "REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM CURRENT_USER");
}

/* ---- The check ---- */

struct walk { struct db *db; FILE *out; struct arena arena; int64_t wrong; };

static void __attribute__((format(printf, 4, 5)))
tell(struct walk *w, int64_t area, int64_t lane, const char *fmt, ...)
{
    va_list ap;
    fprintf(w->out, "trail of area %lld, lane %lld: ", (long long)area, (long long)lane);
    va_start(ap, fmt);
    vfprintf(w->out, fmt, ap);
    va_end(ap);
    fputc('\n', w->out);
    w->wrong++;
}

static void
gap(struct walk *w, const struct chain_heads_row *h, int64_t from, int64_t to)
{
    if (from == to) tell(w, h->area, h->lane, "row %lld is missing", (long long)from);
    else tell(w, h->area, h->lane, "rows %lld to %lld are missing", (long long)from, (long long)to);
}

static struct str
recounted(struct arena *a, const struct chain_heads_row *h, const struct chain_rows_row *r, struct str before)
{
    const struct audit_insert_in in = { .area = h->area, .id = r->id, .at = r->at, .account = r->account, .account_name = r->account_name,
        .action = r->action, .entity = r->entity, .entity_id = r->entity_id, .changes = r->changes, .reason = r->reason, .ip = r->ip,
        .lane = h->lane, .seq = r->seq };
    return hash_of(a, before, &in);
}

static void
walk_lane(struct walk *w, const struct chain_heads_row *h)
{
    char last[80] = "";
    int64_t seq = 0;
    size_t n;
    do {
        struct chain_rows_row *rows;
        db_use_arena(w->db, &w->arena);
        n = chain_rows(w->db, &rows, h->area, h->lane, seq, h->seq);
        for (size_t i = 0; i < n; i++) {
            const struct chain_rows_row *r = &rows[i];
            bool whole = r->seq == seq + 1;
            if (!whole) gap(w, h, seq + 1, r->seq - 1);
            struct str hash = r->hash.p ? r->hash : STR("");
            /* Behind a gap the hash before is unknown; the gap itself was told. */
            if (whole && !str_eq(recounted(&w->arena, h, r, str_of(last)), hash))
                tell(w, h->area, h->lane, "row %lld (id %lld) was changed, put in or moved", (long long)r->seq, (long long)r->id.v);
            snprintf(last, sizeof last, "%.*s", FMT(hash));
            seq = r->seq;
        }
        arena_clear(&w->arena);
    } while (n == 5000);
    if (seq < h->seq) gap(w, h, seq + 1, h->seq);
    else if (!str_is(h->hash, last)) tell(w, h->area, h->lane, "its end is not row %lld", (long long)h->seq);
}

static void
check_head(struct walk *w, struct arena *a, const struct chain_heads_row *h)
{
    struct str text = end_text(a, h->area, h->lane, h->seq, h->lanes, h->hash);
    if (h->seal.p == NULL || !seal_hash_is(a, SEAL_HEAD, text, h->seal)) tell(w, h->area, h->lane, "its end is not sealed with this key");
}

static void
check_strays(struct walk *w)
{
    struct chain_beyond_row *beyond;
    struct chain_older_row *older;
    size_t n = chain_beyond(w->db, &beyond);
    for (size_t i = 0; i < n; i++)
        tell(w, beyond[i].area, beyond[i].lane, "row %lld (id %lld) was put in", (long long)beyond[i].seq, (long long)beyond[i].id.v);
    n = chain_older(w->db, &older);
    for (size_t i = 0; i < n; i++)
        if (older[i].total != older[i].known)
            tell(w, older[i].area, 0, "%lld rows are older than the chain, but there were %lld", (long long)older[i].total,
                 (long long)older[i].known);
}

int64_t
chain_check(struct db *db, FILE *out)
{
    struct arena *mine = db_arena(db);
    struct walk w = { .db = db, .out = out };
    struct chain_heads_row *heads;
    size_t n = chain_heads(db, &heads);
    check_strays(&w);
    for (size_t i = 0; i < n;) {
        int64_t area = heads[i].area, next = 1;
        bool first = heads[i].lane == 0;
        int64_t lanes = first ? heads[i].lanes : -1;
        if (!first) tell(&w, area, 0, "it is not known how many lanes there are");
        for (; i < n && heads[i].area == area; i++) {
            check_head(&w, mine, &heads[i]);
            if (heads[i].lane == 0) continue;
            for (; next < heads[i].lane; next++) tell(&w, area, next, "the whole lane is missing");
            next = heads[i].lane + 1;
            walk_lane(&w, &heads[i]);
        }
        for (; next <= lanes; next++) tell(&w, area, next, "the whole lane is missing");
    }
    db_use_arena(db, mine);
    return w.wrong;
}
