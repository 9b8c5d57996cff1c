#include "base/base.h"
#include <inttypes.h>

bool
money_parse(struct str s, struct money *out)
{
    int64_t fen = 0;
    int decimals = -1;
    bool minus = false, any = false;

    s = str_trim(s);
    if (s.n && s.p[0] == '-') { minus = true; s.p++; s.n--; }
    if (str_starts(s, STR("¥"))) { s.p += 2; s.n -= 2; }
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ',' && decimals < 0 && any) continue;
        if (s.p[i] == '.' && decimals < 0 && any) { decimals = 0; continue; }
        if (s.p[i] < '0' || s.p[i] > '9' || decimals == 2) return false;
        if (__builtin_mul_overflow(fen, 10, &fen) || __builtin_add_overflow(fen, s.p[i] - '0', &fen)) return false;
        any = true;
        if (decimals >= 0) decimals++;
    }
    if (!any || decimals == 0) return false;
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++)
        if (__builtin_mul_overflow(fen, 10, &fen)) return false;
    *out = (struct money){ minus ? -fen : fen };
    return true;
}

size_t
money_print(struct money m, char out[40])
{
    char digits[32], *o = out;
    if (m.fen == INT64_MIN) return (size_t)(out[0] = 0);
    int64_t yuan = m.fen / 100;
    int cents = (int)(m.fen % 100);
    if (m.fen < 0) { *o++ = '-'; yuan = -yuan; cents = -cents; }
    size_t n = (size_t)snprintf(digits, sizeof digits, "%" PRId64, yuan);
    for (size_t i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0) *o++ = ',';
        *o++ = digits[i];
    }
    o += snprintf(o, 4, ".%02u", (unsigned)cents % 100u);
    return (size_t)(o - out);
}
