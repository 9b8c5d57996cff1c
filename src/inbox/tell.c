/* Telling hooks what is new on the trail. */
#include "inbox/hook.h"
#include "inbox/hook_views.h"
#include "form/doc.h"
#include "seal/seal.h"
#include "view/view.h"

enum { ROWS_MOST = 500, CLAIM_MINUTES = 2, LANES_MAX = 64 };

struct told { int64_t lane, seq; };
struct round {
    struct arena *a;
    struct hook_claim_row *hook;
    const json_t *settings;
    struct hook_rows_row *rows;
    size_t n, lanes_n, events;
    struct told lanes[LANES_MAX];
    struct str body;
    const char *error;
};

static bool
claim(struct db *db, void *arg)
{
    struct round *r = arg;
    if (hook_claim(db, &r->hook, instant_now(), courier_in_minutes(CLAIM_MINUTES)) == 0) {
        r->hook = NULL;
        return true;
    }
    struct str text = unseal(r->a, "hook", r->hook->settings);
    r->settings = text.n ? doc_parse(r->a, text) : NULL;
    r->n = hook_rows(db, &r->rows, r->hook->area, r->hook->id, ROWS_MOST);
    return true;
}

/* Changes only: nobody outside learns who read or printed what.  Of level S4 not even that there is something (codes.md §9). */
static bool
is_told(const struct round *r, const struct hook_rows_row *e)
{
    static const char *const quiet[] = { "read", "export", "reveal", "print", "reading", "reading_refused", "disclose" };
    if (str_is(e->entity, "hook")) return e->entity_id == r->hook->id.v;
    for (size_t i = 0; i < COUNT(quiet); i++)
        if (str_is(e->action, quiet[i])) return false;
    return e->level < 4 && hook_tells(r->hook->entities, e->entity);
}

static void
put_event(struct buf *b, const struct hook_rows_row *e)
{
    putf(b, "{\"id\":\"%lld\",\"at\":%lld,\"entity\":", (long long)e->id.v, (long long)e->at.ms);
    put_json_str(b, e->entity);
    putf(b, ",\"entity_id\":\"%lld\",\"action\":", (long long)e->entity_id);
    put_json_str(b, e->action);
    LIT(b, "}");
}

static void
write_body(struct round *r)
{
    struct buf b = { .arena = r->a };
    putf(&b, "{\"hook\":\"%lld\",\"events\":[", (long long)r->hook->id.v);
    for (size_t i = 0; i < r->n; i++) {
        const struct hook_rows_row *e = &r->rows[i];
        if (r->lanes_n == 0 || r->lanes[r->lanes_n - 1].lane != e->lane) {
            if (r->lanes_n == LANES_MAX) break;
            r->lanes[r->lanes_n++].lane = e->lane;
        }
        r->lanes[r->lanes_n - 1].seq = e->seq;
        if (!is_told(r, e)) continue;
        if (r->events++) LIT(&b, ",");
        put_event(&b, e);
    }
    LIT(&b, "]}");
    r->body = buf_str(&b);
}

static bool
settle(struct db *db, void *arg)
{
    struct round *r = arg;
    const struct hook_claim_row *k = r->hook;
    bool failed = r->error != NULL;
    struct instant again = failed ? courier_next_try(k->tries + 1) : instant_now();
    bool over = !instant_known(again);              /* paused until somebody looks at it */
    for (size_t i = 0; i < r->lanes_n && !failed; i++) hook_told(db, k->area, k->id, r->lanes[i].lane, r->lanes[i].seq);
    hook_settle(db, .area = k->area, .id = k->id, .tries = failed ? k->tries + 1 : 0, .sent_at = failed || r->events == 0 ? NO_TIME : instant_now(),
                .next_at = over ? instant_now() : again, .more = failed ? 0 : (int64_t)r->events,
                .error = failed ? str_of(r->error) : NO_STR, .paused_at = over ? instant_now() : NO_TIME);
    return true;
}

bool
hook_round(struct arena *a, courier_write *write, const volatile bool *stop)
{
    struct round r = { .a = a };
    if (!write(a, claim, &r) || r.hook == NULL) return false;
    write_body(&r);
    if (r.settings == NULL) r.error = "the settings cannot be read";
    else if (r.events)
        r.error = post_json(a, str_z(a, doc_text(r.settings, "url")), str_z(a, doc_text(r.settings, "secret")), str_z(a, r.body), stop);
    if (r.error != NULL) log_error("hook %lld, try %d: %s", (long long)r.hook->id.v, (int)r.hook->tries + 1, r.error);
    if (!write(a, settle, &r)) log_error("hook %lld: what became of it is not kept; it is told again", (long long)r.hook->id.v);
    return true;
}
