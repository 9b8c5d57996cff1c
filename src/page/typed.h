/* Nothing typed is lost, and nothing is done twice: gate hooks for every form. */
#ifndef NUAN_TYPED_H
#define NUAN_TYPED_H
#include "http/route.h"
#include "view/view.h"

/* Was the same form with the same content sent before?  Then the answer is the first one's.  In a write transaction. */
bool typed_sent(struct rq *rq);

/* After a form was done: its answer is remembered, and what was kept of the page while typing goes. */
void typed_done(struct rq *rq, enum http status);

/* A form came from a session that is over: what it held is kept for whom it was.  False: it cannot be known whose it was. */
bool typed_lost(struct rq *rq);

/* A page is asked for with what was typed before ("draft=1"): its fields come as if just typed. */
void typed_again(struct rq *rq);

/* When something was typed into this page and not saved; NO_TIME: nothing. */
struct instant typed_at(struct rq *rq);

/* This page with what was typed. */
struct url typed_url(const struct rq *rq);

extern const struct route typed_routes[];
extern const size_t typed_routes_n;
#endif
