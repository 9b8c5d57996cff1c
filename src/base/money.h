/* Money is an integer number of fen (1/100 yuan); never a floating-point number. */
#ifndef NUAN_MONEY_H
#define NUAN_MONEY_H
#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

struct money { int64_t fen; };
#define NO_MONEY ((struct money){ INT64_MIN })

bool money_parse(struct str s, struct money *out);      /* "1234", "1,234.5", "¥1,234.00" */
size_t money_print(struct money m, char out[40]);       /* "1,234.00"; "" when not known */
#endif
