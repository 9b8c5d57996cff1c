/* What every file of nuan may use: strings, memory, dates, money, ids, logging.
 * Knows nothing of databases, HTTP or social work. */
#ifndef NUAN_BASE_H
#define NUAN_BASE_H
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define NO_INT INT64_MIN                /* an optional number that has no value */
#define MIB(n) ((size_t)(n) << 20)

#include "base/arena.h"
#include "base/str.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/money.h"
#include "base/id.h"
#include "base/log.h"
#include "base/meter.h"
#endif
