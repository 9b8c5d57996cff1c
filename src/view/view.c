#include "view/view.h"
#include <inttypes.h>
#include <stdarg.h>

/* What is printed instead of a byte; NULL: the byte itself.  Control characters have no place in HTML. */
static const char *const escapes[256] = {
    [0] = "", [1] = "", [2] = "", [3] = "", [4] = "", [5] = "", [6] = "", [7] = "", [8] = "", [11] = "", [12] = "",
    [14] = "", [15] = "", [16] = "", [17] = "", [18] = "", [19] = "", [20] = "", [21] = "", [22] = "", [23] = "",
    [24] = "", [25] = "", [26] = "", [27] = "", [28] = "", [29] = "", [30] = "", [31] = "",
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

void
put_str(struct buf *o, struct str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *instead = escapes[(unsigned char)s.p[i]];
        if (instead == NULL) continue;
        put(o, s.p + from, i - from);
        put(o, instead, strlen(instead));
        from = i + 1;
    }
    if (from < s.n) put(o, s.p + from, s.n - from);
}

void
put_cstr(struct buf *o, const char *s)
{
    put_str(o, str_of(s));
}

void
put_int(struct buf *o, int64_t v)
{
    putf(o, "%" PRId64, v);
}

void
put_size(struct buf *o, size_t v)
{
    putf(o, "%zu", v);
}

void
put_real(struct buf *o, double v)
{
    putf(o, "%.10g", v);
}

void
put_date(struct buf *o, struct date d)
{
    char text[16];
    put(o, text, date_print(d, text));
}

void
put_instant(struct buf *o, struct instant t)
{
    char text[24];
    put(o, text, instant_print(t, text));
}

void
put_money(struct buf *o, struct money m)
{
    char text[40];
    put(o, text, money_print(m, text));
}

void
put_html(struct buf *o, struct html h)
{
    put(o, h.s.p, h.s.n);
}

void
put_bool(struct buf *o, bool b)
{
    put_tr(o, b ? T("是") : T("否"));
}

void
put_tr(struct buf *o, const char *zh)
{
    put_cstr(o, tr(o->lang, zh));
}

struct url
url_of(const char *literal_path)
{
    return (struct url){ str_of(literal_path) };
}

struct url
url_fmt(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct url u = { str_vfmt(a, fmt, ap) };
    va_end(ap);
    return u;
}

/* RFC 3986 section 2.3. */
static bool
unreserved(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return c == '-' || c == '.' || c == '_' || c == '~';
}

void
put_url_str(struct buf *o, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (unreserved(s.p[i])) continue;
        unsigned char c = (unsigned char)s.p[i];
        const char coded[3] = { '%', hex[c >> 4], hex[c & 15] };
        put(o, s.p + from, i - from);
        put(o, coded, sizeof coded);
        from = i + 1;
    }
    if (from < s.n) put(o, s.p + from, s.n - from);
}

void
put_url_cstr(struct buf *o, const char *s)
{
    put_url_str(o, str_of(s));
}

void
put_url_url(struct buf *o, struct url u)
{
    put_str(o, u.s);
}

void
put_json_str(struct buf *o, struct str s)
{
    size_t from = 0;
    LIT(o, "\"");
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        put(o, s.p + from, i - from);
        if (c == '\n') LIT(o, "\\n");
        else if (c < 0x20) putf(o, "\\u%04x", c);
        else putf(o, "\\%c", c);
        from = i + 1;
    }
    if (from < s.n) put(o, s.p + from, s.n - from);
    LIT(o, "\"");
}
