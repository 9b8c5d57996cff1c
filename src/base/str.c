#include "base/base.h"

struct str
str_of(const char *cstr)
{
    return (struct str){ cstr, cstr ? strlen(cstr) : 0 };
}

bool
str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool
str_is(struct str a, const char *b)
{
    return str_eq(a, str_of(b));
}

bool
str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool
str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

bool
str_has(struct str s, struct str part)
{
    return part.n == 0 || (s.n >= part.n && memmem(s.p, s.n, part.p, part.n) != NULL);
}

int
str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

static const struct str ideographic_space = { "\xE3\x80\x80", 3 };

struct str
str_trim(struct str s)
{
    for (;;) {
        if (s.n && strchr(" \t\r\n", s.p[0]) && s.p[0]) s.p++, s.n--;
        else if (str_starts(s, ideographic_space)) s.p += 3, s.n -= 3;
        else break;
    }
    for (;;) {
        if (s.n && strchr(" \t\r\n", s.p[s.n - 1]) && s.p[s.n - 1]) s.n--;
        else if (str_ends(s, ideographic_space)) s.n -= 3;
        else break;
    }
    return s;
}

struct str
str_cut(struct str *rest, char sep)
{
    const char *at = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    struct str head = { rest->p, at ? (size_t)(at - rest->p) : rest->n };
    *rest = at ? (struct str){ at + 1, rest->n - head.n - 1 } : NO_STR;
    return head;
}

char *
str_z(struct arena *a, struct str s)
{
    char *z = NEW(a, char, s.n + 1);
    if (s.n) memcpy(z, s.p, s.n);
    return z;
}

struct str
str_dup(struct arena *a, struct str s)
{
    if (s.p == NULL) return NO_STR;
    return (struct str){ str_z(a, s), s.n };
}

struct str
str_lower(struct arena *a, struct str s)
{
    char *z = str_z(a, s);
    for (size_t i = 0; i < s.n; i++)
        if (z[i] >= 'A' && z[i] <= 'Z') z[i] = (char)(z[i] + 32);
    return (struct str){ z, s.n };
}

struct str
str_vfmt(struct arena *a, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n < 0) log_fatal("bad format %s", fmt);
    char *z = NEW(a, char, (size_t)n + 1);
    vsnprintf(z, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){ z, (size_t)n };
}

struct str
str_fmt(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct str s = str_vfmt(a, fmt, ap);
    va_end(ap);
    return s;
}

bool
str_int(struct str s, int64_t *out)
{
    size_t i = 0;
    bool minus = s.n > 1 && s.p[0] == '-';
    int64_t v = 0;

    if (minus) i++;
    if (i == s.n) return false;
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        int64_t d = s.p[i] - '0';
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, d, &v)) return false;
    }
    if (!minus && v == INT64_MIN) return false;
    *out = minus ? v : -v;
    return true;
}

bool
utf8_next(struct str *rest, uint32_t *code)
{
    const unsigned char *p = (const unsigned char *)rest->p;
    size_t n = rest->n, len;
    uint32_t c, least;

    if (n == 0) return false;
    if (p[0] < 0x80) { len = 1; c = p[0]; least = 0; }
    else if (p[0] >= 0xC2 && p[0] < 0xE0) { len = 2; c = p[0] & 0x1Fu; least = 0x80; }
    else if (p[0] >= 0xE0 && p[0] < 0xF0) { len = 3; c = p[0] & 0x0Fu; least = 0x800; }
    else if (p[0] >= 0xF0 && p[0] < 0xF5) { len = 4; c = p[0] & 0x07u; least = 0x10000; }
    else return false;
    if (n < len) return false;
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80) return false;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    if (c < least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return false;
    *code = c;
    *rest = (struct str){ rest->p + len, n - len };
    return true;
}

bool
utf8_valid(struct str s)
{
    uint32_t c;
    while (s.n)
        if (!utf8_next(&s, &c) || c == 0) return false;
    return true;
}

size_t
utf8_len(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

size_t
utf8_put(char out[4], uint32_t c)
{
    if (c < 0x80) { out[0] = (char)c; return 1; }
    if (c < 0x800) { out[0] = (char)(0xC0 | c >> 6); out[1] = (char)(0x80 | (c & 0x3F)); return 2; }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12); out[1] = (char)(0x80 | (c >> 6 & 0x3F)); out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18); out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F)); out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}
