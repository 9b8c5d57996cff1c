/* The one gate that every request passes, and what the program hangs into it. */
#ifndef NUAN_GATE_H
#define NUAN_GATE_H
#include "http/route.h"

/* What lies above http and is called from it; main fills it in. */
struct gate_hooks {
    void (*session)(struct rq *rq);                     /* fills rq->who and rq->csrf from the cookie */
    void (*found)(struct rq *rq);                       /* a GET may hold sealed words in its address: opens them */
    void (*page)(struct rq *rq, struct buf *out);       /* the layout around rq->body */
    void (*reads)(struct db *db, const struct rq *rq);  /* writes audit rows for rq->reads */
    bool (*sent)(struct rq *rq);                        /* was this form done already?  then rq->location */
    void (*done)(struct rq *rq, enum http status);      /* a handler of a POST has answered */
    bool (*lost)(struct rq *rq);                        /* a POST of a session that is over: keeps it, sets rq->location */
    void (*again)(struct rq *rq);                       /* a GET may ask for what was typed before */
    int64_t (*sessions)(struct db *db);                 /* how many users are signed in */
};

/* Does it only read?  Then it runs in a read transaction, and its form is neither kept nor remembered as sent. */
bool gate_reads(const struct route *r);

/* Remembers the modules; stops the program when a route breaks a rule (no permission, no scope, no form, twice). */
void gate_open(const struct module *const *modules, size_t n, const struct gate_hooks *hooks);

/* Finds the route of rq->method and rq->path, fills rq->route, ids and words.  HTTP_OK, 404 or 405. */
enum http gate_route(struct rq *rq);

/* Session, permission, scope, CSRF, form; HTTP_OK when the handler may run.  Inside a transaction. */
enum http gate_check(struct rq *rq);

/* gate_check, then the handler; what goes wrong becomes a page in the user's words. */
enum http gate_run(struct rq *rq);

/* The page of an error that no handler made. */
enum http gate_fail(struct rq *rq, enum http status);

/* Wraps the answer in the layout where it is a page and not wrapped yet.  Best while rq->db is there: the layout asks it. */
void gate_finish(struct rq *rq);
void gate_audit_reads(struct db *db, const struct rq *rq);
int64_t gate_sessions(struct db *db);

/* May a program with a token use it?  Not what is open to everybody, nor the account itself: its password, sessions, tokens, drafts. */
bool gate_for_programs(const struct route *r);

/* All routes, for the role matrix, the menu and the tests. */
size_t gate_routes(const struct route *const **routes);
#endif
