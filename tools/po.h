/* Reading po files (gettext's format, as much of it as nuan uses: comments, msgid, msgstr). */
#ifndef NUAN_TOOL_PO_H
#define NUAN_TOOL_PO_H
#include "tool.h"

struct po { char *zh, *en; unsigned line; };

/* The entries with a text in file order; the header (empty msgid) is left out.  Refuses a duplicate msgid, and an
 * English text whose printf conversions differ from those of the Chinese.  Returns how many. */
size_t po_read(const char *path, struct po **entries);

/* A C or po string literal without its quotes, with the escapes resolved, added to out. */
void literal_decode(struct text *out, const char *p, size_t n, const char *path, unsigned line);
#endif
