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
    va_list ap;
    va_start(ap, zh);
    struct str s = str_vfmt(a, tr(lang, zh), ap);
    va_end(ap);
    return s;
}
