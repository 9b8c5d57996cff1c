#include "base/asset.h"

const struct asset *
asset_find(const struct asset_table *t, struct str name)
{
    for (size_t lo = 0, hi = t->n; lo < hi;) {
        size_t mid = lo + (hi - lo) / 2;
        int order = str_cmp(name, str_of(t->assets[mid].name));
        if (order == 0) return &t->assets[mid];
        if (order < 0) hi = mid;
        else lo = mid + 1;
    }
    return NULL;
}
