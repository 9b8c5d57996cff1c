/* Is the text of a profile fit to be taken into use?  docs/data.md tells the format. */
#ifndef NUAN_PROFILE_CHECK_H
#define NUAN_PROFILE_CHECK_H
#include "base/base.h"

struct profile_problem { struct str path, why; int line; };

/* name: what the file is called without ".json".  Returns the number of problems; 0: it is fit. */
size_t profile_check(struct arena *a, struct str text, struct str name, struct profile_problem **out);

/* What differs between two profiles, a line each: "rules.parameters.R-HNG-S1.least: 6 → 7". */
struct str profile_diff(struct arena *a, struct str from, struct str to);
#endif
