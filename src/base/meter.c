#include "base/base.h"
#include "base/meter.h"
#include <stdatomic.h>

static _Atomic int64_t values[METER_COUNT];

struct histogram meter_batches = { .bounds = { 1, 2, 4, 8, 16, 32, 64, 128 } };

void
meter_add(enum meter m, int64_t n)
{
    atomic_fetch_add_explicit(&values[m], n, memory_order_relaxed);
}

int64_t
meter_get(enum meter m)
{
    return atomic_load_explicit(&values[m], memory_order_relaxed);
}

void
meters_print(struct buf *b)
{
#define METER_TEXT(id, name, type, help) { name, type, help },
    static const struct { const char *name, *type, *help; } texts[] = { METERS(METER_TEXT) };
#undef METER_TEXT
    for (size_t i = 0; i < METER_COUNT; i++)
        putf(b, "# HELP %s %s.\n# TYPE %s %s\n%s %lld\n", texts[i].name, texts[i].help, texts[i].name, texts[i].type, texts[i].name,
             (long long)meter_get((enum meter)i));
}

void
histogram_add(struct histogram *h, int64_t value)
{
    size_t i = 0;
    while (i < HISTOGRAM_BOUNDS && h->bounds[i] != 0 && value > h->bounds[i]) i++;
    atomic_fetch_add_explicit(&h->counts[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&h->sum, value, memory_order_relaxed);
}

void
histogram_print(struct buf *b, const struct histogram *h, const char *name, const char *labels, double unit)
{
    const char *comma = *labels ? "," : "", *open = *labels ? "{" : "", *shut = *labels ? "}" : "";
    int64_t total = 0;
    size_t i;
    for (i = 0; i < HISTOGRAM_BOUNDS && h->bounds[i] != 0; i++) {
        total += atomic_load_explicit(&h->counts[i], memory_order_relaxed);
        putf(b, "%s_bucket{%s%sle=\"%g\"} %lld\n", name, labels, comma, (double)h->bounds[i] / unit, (long long)total);
    }
    total += atomic_load_explicit(&h->counts[i], memory_order_relaxed);
    putf(b, "%s_bucket{%s%sle=\"+Inf\"} %lld\n", name, labels, comma, (long long)total);
    putf(b, "%s_sum%s%s%s %.6f\n", name, open, labels, shut, (double)atomic_load_explicit(&h->sum, memory_order_relaxed) / unit);
    putf(b, "%s_count%s%s%s %lld\n", name, open, labels, shut, (long long)total);
}
