/* Accounts: the administrator's list, and a user's own password. */
#ifndef NUAN_USER_H
#define NUAN_USER_H
#include "http/route.h"

/* Makes an account; for the command line, the demo and tests.  area: of the unit (ids).  False when the login is taken.
 * must_change: the password must be changed at the first sign-in. */
bool user_make(struct db *db, int64_t area, const char *login, const char *name, const char *role, struct unit_id unit,
               struct staff_id staff, struct str password_hash, bool must_change, struct user_id *made);

/* Who leaves on a day signs in no more from that day on: his accounts close, sessions and tokens end.  was: the day of an earlier
 * entry that this one corrects, or NO_DATE.  Answers how many accounts. */
size_t user_left(struct rq *rq, struct staff_id staff, struct date was, struct date day);

/* Is an account closed today?  on: its last day has passed before it; NO_DATE: it stays. */
bool user_closed(struct date on);

extern const struct route user_routes[];
extern const size_t user_routes_n;
#endif
