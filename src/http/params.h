/* Parameters of a query or an urlencoded body. */
#ifndef NUAN_PARAMS_H
#define NUAN_PARAMS_H
#include "http/rq.h"

enum { PARAMS_MAX = 20000 };            /* a long form with tables has about a thousand */

struct params { struct param *all; size_t n, cap; };

void params_add(struct arena *a, struct params *ps, struct str name, struct str value);

/* Adds "a=1&b=2".  False when it is not valid: bad %-escape, invalid UTF-8, a NUL, or too many. */
bool params_parse(struct arena *a, struct params *ps, struct str text);

/* Adds the members of a JSON object.  False when it is not one, is nested too deep or holds what a form cannot. */
bool params_json(struct arena *a, struct params *ps, struct str text);

/* Valid UTF-8 without control characters but tab and line breaks? */
bool text_clean(struct str s);

/* Decodes %XX (and, in a form, "+").  False on a bad escape, invalid UTF-8 or a control character but tab and newline. */
bool url_decode(struct arena *a, struct str in, bool form, struct str *out);

/* The value of one cookie; NO_STR when absent. */
struct str cookie_get(struct str header, const char *name);
#endif
