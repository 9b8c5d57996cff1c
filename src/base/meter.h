/* What the program counts about itself while it runs, for /metrics.  Thread-safe; never personal data. */
#ifndef NUAN_METER_H
#define NUAN_METER_H
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

#define METERS(X) \
    X(METER_CONNECTIONS,    "nuan_connections",            "gauge",   "Open connections of clients") \
    X(METER_IN_FLIGHT,      "nuan_requests_in_flight",     "gauge",   "Requests begun and not yet answered") \
    X(METER_WRITES_WAITING, "nuan_writes_waiting",         "gauge",   "Writes that wait for the writer or run in it") \
    X(METER_WRITES_KEPT,    "nuan_writes_kept_total",      "counter", "Writes that were committed") \
    X(METER_WRITES_DROPPED, "nuan_writes_dropped_total",   "counter", "Writes that were rolled back") \
    X(METER_DB_ERRORS,      "nuan_db_errors_total",        "counter", "Errors of the database") \
    X(METER_DB_CONNECTS,    "nuan_db_reconnects_total",    "counter", "Lost connections to the database that were opened again") \
    X(METER_RESTARTS,       "nuan_restarts_total",         "counter", "How often the supervisor started the server again") \
    X(METER_CUT_OFF,        "nuan_slow_clients_cut_total", "counter", "Connections cut because the client was too slow")
#define METER_ENUM(id, name, type, help) id,
enum meter { METERS(METER_ENUM) METER_COUNT };
#undef METER_ENUM

void meter_add(enum meter m, int64_t n);
int64_t meter_get(enum meter m);
void meters_print(struct buf *b);       /* in the text format of Prometheus */

/* Counts of values up to each bound; the last one, without a bound, is for all above. */
enum { HISTOGRAM_BOUNDS = 14 };
struct histogram { int64_t bounds[HISTOGRAM_BOUNDS]; _Atomic int64_t counts[HISTOGRAM_BOUNDS + 1]; _Atomic int64_t sum; };
void histogram_add(struct histogram *h, int64_t value);

/* The lines of one histogram: values are divided by unit; labels such as class="cases", or "". */
void histogram_print(struct buf *b, const struct histogram *h, const char *name, const char *labels, double unit);

extern struct histogram meter_batches;  /* how many writes went into one commit */
#endif
