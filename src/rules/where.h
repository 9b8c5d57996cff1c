/* The line on which a member of a JSON text stands; jansson does not remember it. */
#ifndef NUAN_WHERE_H
#define NUAN_WHERE_H
#include "base/base.h"

/* path: "rules[3].parameters.least"; the text is known to be JSON.  The line of the deepest part that is there. */
int json_line(struct str text, const char *path);
#endif
