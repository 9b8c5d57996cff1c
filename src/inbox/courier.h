/* The courier: sends what inbox_tell put down, after the commit and outside of any transaction, and tries again what fails. */
#ifndef NUAN_COURIER_H
#define NUAN_COURIER_H
#include "db/db.h"
#include <jansson.h>

/* How the courier reaches the database: writer_run, or a test's own. */
typedef bool courier_write(struct arena *a, bool (*run)(struct db *, void *), void *arg);

/* One round: takes what is due, sends it, notes what became of it.  How many were taken. */
size_t courier_round(struct arena *a, courier_write *write);

/* A thread that makes a round every few seconds, between writer_start and writer_stop; several servers may have one each. */
bool courier_start(void);
void courier_stop(void);

/* When to try again after so many tries that failed, one after the other; NO_TIME: not any more. */
struct instant courier_next_try(int64_t failed);
struct instant courier_in_minutes(int minutes);

/* post.c: one message; NULL when it was taken, else why not (in the arena).  stop: gives up when it becomes true. */
struct post { struct arena *a; const json_t *settings; struct str to; const volatile bool *stop; };
const char *post_mail(const struct post *p);
const char *post_webhook(const struct post *p);
bool post_address_ok(struct str url);       /* https, or this machine itself */
/* Any JSON, signed: X-Nuan-Timestamp, and X-Nuan-Signature: sha256= of HMAC-SHA256("time.body"). */
const char *post_json(struct arena *a, const char *url, const char *secret, const char *body, const volatile bool *stop);
extern const char *const post_text;          /* all that is ever said */
#endif
