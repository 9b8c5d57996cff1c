/* The words of the program in the user's language. */
#include "view/po.h"
#include "view/view.h"
#include <stdarg.h>

const char *
tr(enum lang lang, const char *zh)
{
    if (lang == LANG_ZH) return zh;
    for (size_t lo = 0, hi = po_entries_n; lo < hi;) {
        size_t mid = lo + (hi - lo) / 2;
        int order = strcmp(zh, po_entries[mid].zh);
        if (order == 0) return po_entries[mid].en;
        if (order < 0) hi = mid;
        else lo = mid + 1;
    }
    return zh;
}

struct str
tr_fmt(struct arena *a, enum lang lang, const char *zh, ...)
{
    const char *fmt = tr(lang, zh);
    va_list ap, again;
    va_start(ap, zh);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0) log_fatal("bad format %s", fmt);
    char *z = NEW(a, char, (size_t)n + 1);
    vsnprintf(z, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){ z, (size_t)n };
}
