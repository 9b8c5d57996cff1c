/* What machines ask the server about itself: /healthz, /readyz, /metrics; and the record of every request.
 * Answered beside the gate: health must not need the database. */
#ifndef NUAN_PROBE_H
#define NUAN_PROBE_H
#include "http/call.h"

enum probe { PROBE_NONE, PROBE_HEALTH, PROBE_READY, PROBE_METRICS };

/* Which one this request asks for.  Only a client on this machine that no proxy speaks for, or one with the token, is
 * told; for all others these addresses do not exist. */
enum probe probe_of(struct call *c, const struct server_config *config);

/* Writes the answer; db may be NULL for PROBE_HEALTH.  Sets c->status. */
void probe_run(struct call *c, struct db *db);
bool probe_needs_db(enum probe p);

void requests_open(const struct server_config *config);         /* after gate_open: the classes of routes */
void request_begun(struct call *c);
void request_ended(struct call *c);     /* counts it and writes its line in the log */
#endif
