/* Files compiled into the program: what browsers load, and the data that places may replace. */
#ifndef NUAN_ASSET_H
#define NUAN_ASSET_H
#include "base/str.h"

struct asset {
    const char *name;                   /* "app.css", "forms/A.json" */
    const unsigned char *bytes;
    size_t n;
    const unsigned char *gz;            /* the same compressed by gzip; NULL when that is not smaller */
    size_t gz_n;
    const char *hash;                   /* 16 hex digits of the content, for addresses that may be cached for ever */
};
struct asset_table { const struct asset *assets; size_t n; };  /* sorted by name */

extern const struct asset_table static_assets, data_assets;

/* NULL when there is no such file. */
const struct asset *asset_find(const struct asset_table *t, struct str name);
#endif
