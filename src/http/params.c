#include "http/params.h"

void
params_add(struct arena *a, struct params *ps, struct str name, struct str value)
{
    if (ps->n == ps->cap) {
        ps->cap = ps->cap ? ps->cap * 2 : 32;
        struct param *more = NEW(a, struct param, ps->cap);
        if (ps->n) memcpy(more, ps->all, ps->n * sizeof *more);
        ps->all = more;
    }
    ps->all[ps->n++] = (struct param){ name, value };
}

static int
hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool
text_clean(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) return false;
    }
    return utf8_valid(s);
}

bool
url_decode(struct arena *a, struct str in, bool form, struct str *out)
{
    char *z = NEW(a, char, in.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < in.n; i++) {
        char c = in.p[i];
        if (c == '%') {
            if (in.n - i < 3 || hex(in.p[i + 1]) < 0 || hex(in.p[i + 2]) < 0) return false;
            c = (char)(hex(in.p[i + 1]) << 4 | hex(in.p[i + 2]));
            i += 2;
        } else if (c == '+' && form) {
            c = ' ';
        }
        z[n++] = c;
    }
    *out = (struct str){ z, n };
    return text_clean(*out);
}

bool
params_parse(struct arena *a, struct params *ps, struct str text)
{
    while (text.n) {
        struct str pair = str_cut(&text, '&'), name, value;
        if (pair.n == 0) continue;
        struct str left = str_cut(&pair, '=');
        if (ps->n >= PARAMS_MAX || !url_decode(a, left, true, &name) || !url_decode(a, pair, true, &value)) return false;
        params_add(a, ps, name, value);
    }
    return true;
}

struct str
cookie_get(struct str header, const char *name)
{
    while (header.n) {
        struct str pair = str_trim(str_cut(&header, ';')), key = str_cut(&pair, '=');
        if (str_is(key, name)) return pair.p ? pair : STR("");
    }
    return NO_STR;
}
