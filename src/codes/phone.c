#include "codes/phone.h"

const char phone_fault_text[] = "电话应为11位手机号码，或带区号的固定电话，如 0598-6820000。";

enum { DIGITS_MAX = 16 };

/* The digits of a number as people write it; 0 when there is anything else in it. */
static size_t
digits_of(struct str s, char out[DIGITS_MAX])
{
    size_t n = 0;
    if (str_starts(s, STR("+86"))) s = (struct str){ s.p + 3, s.n - 3 };
    else if (str_starts(s, STR("0086"))) s = (struct str){ s.p + 4, s.n - 4 };
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9') {
            if (n == DIGITS_MAX) return 0;
            out[n++] = s.p[i];
        } else if (s.p[i] == '\0' || strchr(" -()", s.p[i]) == NULL) {
            return 0;
        }
    }
    return n;
}

/* Emergency and public-service lines that appear in files as contacts. */
static bool
is_short(const char *p, size_t n)
{
    static const char *const known[] = {
        "110", "119", "120", "122", "12338", "12345", "12348", "12349", "12355", "12356", "12385",
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (strlen(known[i]) == n && memcmp(known[i], p, n) == 0) return true;
    return false;
}

/* 010 and 02x have area codes of three digits, all others of four. */
static size_t
area_length(const char *p)
{
    if (memcmp(p, "010", 3) == 0 || memcmp(p, "02", 2) == 0) return 3;
    return p[1] >= '3' ? 4 : 0;
}

enum phone_kind
phone_parse(struct str typed, struct phone *out)
{
    char d[DIGITS_MAX];
    size_t n = digits_of(str_trim(typed), d);
    struct phone p = { .kind = PHONE_BAD };

    if (n == 11 && d[0] == '1' && d[1] >= '3') {
        p.kind = PHONE_MOBILE;
        memcpy(p.text, d, n);
    } else if (is_short(d, n)) {
        p.kind = PHONE_SHORT;
        memcpy(p.text, d, n);
    } else if (n >= 10 && n <= 12 && d[0] == '0') {
        size_t area = area_length(d);
        if (area == 0 || (n - area != 7 && n - area != 8) || d[area] < '2') return PHONE_BAD;
        p.kind = PHONE_LANDLINE;
        snprintf(p.text, sizeof(p.text), "%.*s-%.*s", (int)area, d, (int)(n - area), d + area);
    }
    if (p.kind != PHONE_BAD) *out = p;
    return p.kind;
}

struct str
phone_mask(struct arena *a, struct str text)
{
    struct phone p;
    struct str masked = str_dup(a, text);

    if (phone_parse(text, &p) != PHONE_BAD) masked = str_dup(a, str_of(p.text));
    else p.kind = PHONE_BAD;
    char *z = (char *)masked.p;
    size_t n = masked.n, from = 0, keep = 0;
    switch (p.kind) {
    case PHONE_BAD: break;
    case PHONE_MOBILE: from = 3; keep = 4; break;
    case PHONE_LANDLINE: from = (size_t)(strchr(p.text, '-') - p.text) + 1; keep = 4; break;
    case PHONE_SHORT: return masked;
    }
    for (size_t i = from; i + keep < n; i++) z[i] = '*';
    return masked;
}
