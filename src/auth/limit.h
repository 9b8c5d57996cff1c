/* How often an address may try something that is open to everybody. */
#ifndef NUAN_LIMIT_H
#define NUAN_LIMIT_H
#include "base/base.h"

/* Counts one more try of an address in this minute: true when it was one too many.  Thread-safe. */
bool limit_over(const char *what, struct str ip, int per_minute);

/* The try that was just counted was right: an office behind one address may sign in as often as it has people. */
void limit_forgive(const char *what, struct str ip);
#endif
