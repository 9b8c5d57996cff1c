/* Rounds of the courier. */
#include "inbox/courier.h"
#include "db/writer.h"
#include "inbox/hook.h"
#include "inbox/courier_sql.h"
#include "inbox/inbox.h"
#include "seal/seal.h"
#include <pthread.h>
#include <time.h>

enum { SECONDS = 5, CLAIM_MINUTES = 2 };

/* Minutes until the next try; after the last it is given up. */
static const int wait_minutes[] = { 1, 5, 15, 60, 240, 720 };

struct round {
    struct arena *a;
    struct message_claim_row *jobs;
    size_t n;
    const json_t *mail, *webhook;
    struct str *to;
    const char **error;
};

struct instant
courier_in_minutes(int minutes)
{
    return (struct instant){ instant_now().ms + minutes * INT64_C(60000) };
}

struct instant
courier_next_try(int64_t failed)
{
    return failed <= (int64_t)COUNT(wait_minutes) ? courier_in_minutes(wait_minutes[failed - 1]) : NO_TIME;
}

static bool
claim(struct db *db, void *arg)
{
    struct round *r = arg;
    r->n = message_claim(db, &r->jobs, instant_now(), courier_in_minutes(CLAIM_MINUTES));
    if (r->n == 0) return true;
    r->mail = channel_open(db, r->a, "channel.mail");
    r->webhook = channel_open(db, r->a, "channel.webhook");
    r->to = NEW(r->a, struct str, r->n);
    for (size_t i = 0; i < r->n; i++) {
        struct message_address_row m;
        if (r->jobs[i].account.v && message_address(db, &m, r->jobs[i].account)) r->to[i] = unseal(r->a, "account.mail", m.address);
    }
    return true;
}

static bool
settle(struct db *db, void *arg)
{
    struct round *r = arg;
    for (size_t i = 0; i < r->n; i++) {
        const struct message_claim_row *j = &r->jobs[i];
        message_settle(db, .area = j->area, .id = j->id, .sent_at = r->error[i] ? NO_TIME : instant_now(),
                       .next_at = r->error[i] ? courier_next_try(j->tries) : NO_TIME, .error = r->error[i] ? str_of(r->error[i]) : NO_STR);
    }
    return true;
}

static volatile bool stopping;

static const char *
send_one(const struct round *r, size_t i)
{
    bool mail = str_is(r->jobs[i].channel, "mail");
    struct post p = { r->a, mail ? r->mail : r->webhook, r->to[i], &stopping };
    if (p.settings == NULL || (mail && p.to.n == 0)) return NULL;         /* switched off since: nothing to be done any more */
    return mail ? post_mail(&p) : post_webhook(&p);
}

size_t
courier_round(struct arena *a, courier_write *write)
{
    struct round r = { .a = a };
    if (!write(a, claim, &r) || r.n == 0) return 0;
    r.error = NEW(a, const char *, r.n);
    for (size_t i = 0; i < r.n; i++) {
        r.error[i] = send_one(&r, i);
        if (r.error[i] != NULL) log_error("courier: %.*s, try %d: %s", FMT(r.jobs[i].channel), (int)r.jobs[i].tries, r.error[i]);
    }
    if (!write(a, settle, &r)) log_error("courier: what became of %zu messages is not kept; they are sent again", r.n);
    return r.n;
}

/* ---- The thread ---- */

static pthread_t thread;
static bool running;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;

static void *
work(void *arg)
{
    (void)arg;
    while (!stopping) {
        struct arena a = { 0 };
        size_t n = courier_round(&a, writer_run);
        n += hook_round(&a, writer_run, &stopping);
        arena_clear(&a);
        if (n) continue;
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += SECONDS;
        pthread_mutex_lock(&lock);
        if (!stopping) pthread_cond_timedwait(&wake, &lock, &until);
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

bool
courier_start(void)
{
    stopping = false;
    running = pthread_create(&thread, NULL, work, NULL) == 0;
    if (!running) log_error("courier: no thread");
    return running;
}

void
courier_stop(void)
{
    if (!running) return;
    pthread_mutex_lock(&lock);
    stopping = true;
    pthread_cond_signal(&wake);
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    running = false;
}
