/* The translations of po/en.po, compiled in by po2c and sorted by the Chinese text (byte order). */
#ifndef NUAN_PO_H
#define NUAN_PO_H
#include <stddef.h>

struct po_entry { const char *zh, *en; };
extern const struct po_entry po_entries[];
extern const size_t po_entries_n;
#endif
