/* Referrals for tests, through the pages.  Every call that must succeed ends the test when it does not. */
#ifndef NUAN_TEST_REFER_H
#define NUAN_TEST_REFER_H
#include "test/kit.h"

const char *refer_params(struct kit *k, const char *name, const char *more);         /* of one that comes in; more: "&x=y" */
int64_t refer_clerk(struct kit *k, const char *name, const char *more);             /* of clerk_a to station_a */
int64_t refer_in(struct kit *k, const char *login, const char *source, const char *name, const char *more);

/* Out of a station: who is "case_=ID" or "person=ID", to "target=…&…". */
const char *refer_out_params(struct kit *k, const char *who, const char *to);
int64_t refer_out(struct kit *k, const char *login, const char *who, const char *to);
void refer_edit(struct kit *k, const char *login, int64_t id, const char *who, const char *to);
const char *refer_consent(struct kit *k);
void refer_agree(struct kit *k, const char *login, int64_t id);
void refer_send(struct kit *k, const char *login, int64_t id);
struct kit_reply refer_accept(struct kit *k, const char *login, int64_t id, const char *client);     /* may be refused */
#endif
