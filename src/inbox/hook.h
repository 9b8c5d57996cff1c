/* Hooks 变动通知: other systems are told when a record of the county changed – which one and what was done, never what stands in
 * it or about whom; they read it with a token and its rights.  Each change is told at least once, in the order of its lane. */
#ifndef NUAN_HOOK_H
#define NUAN_HOOK_H
#include "inbox/courier.h"

/* One round of the courier: takes one hook that is behind, tells it what is new, notes what became of it.  Did it have work? */
bool hook_round(struct arena *a, courier_write *write, const volatile bool *stop);
#endif
