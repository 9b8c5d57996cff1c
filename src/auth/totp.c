#include "auth/totp.h"
#include "view/view.h"
#include <gcrypt.h>
#include <sodium.h>

enum { DIGITS = 6, MODULUS = 1000000, SHA1 = 20 };
static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

int64_t
totp_step(struct instant at)
{
    return at.ms / 1000 / TOTP_STEP_S;
}

static unsigned
number_of(const unsigned char secret[TOTP_SECRET], int64_t step)
{
    unsigned char counter[8], hash[SHA1];
    gcry_md_hd_t md;
    for (int i = 7; i >= 0; i--, step >>= 8) counter[i] = (unsigned char)step;
    if (gcry_md_open(&md, GCRY_MD_SHA1, GCRY_MD_FLAG_HMAC) || gcry_md_setkey(md, secret, TOTP_SECRET)) log_fatal("HMAC-SHA1 is not available");
    gcry_md_write(md, counter, sizeof counter);
    memcpy(hash, gcry_md_read(md, GCRY_MD_SHA1), SHA1);
    gcry_md_close(md);
    size_t at = hash[SHA1 - 1] & 15;                    /* RFC 4226 5.3: dynamic truncation */
    uint32_t four = (uint32_t)(hash[at] & 0x7f) << 24 | (uint32_t)hash[at + 1] << 16 | (uint32_t)hash[at + 2] << 8 | hash[at + 3];
    return four % MODULUS;
}

struct str
totp_code(struct arena *a, const unsigned char secret[TOTP_SECRET], int64_t step)
{
    return str_fmt(a, "%06u", number_of(secret, step));
}

int64_t
totp_match(const unsigned char secret[TOTP_SECRET], struct str typed, struct instant at, int64_t last)
{
    int64_t now = totp_step(at), found = 0;
    if (typed.n != DIGITS) return 0;
    for (int64_t step = now - TOTP_SKEW; step <= now + TOTP_SKEW; step++) {
        char code[DIGITS + 1];
        snprintf(code, sizeof code, "%06u", number_of(secret, step));
        if (sodium_memcmp(code, typed.p, DIGITS) == 0 && step > last) found = step;
    }
    return found;
}

struct str
base32_of(struct arena *a, const unsigned char *bytes, size_t n)
{
    struct buf b = { .arena = a };
    unsigned bits = 0, have = 0;
    for (size_t i = 0; i < n; i++) {
        bits = (bits << 8 | bytes[i]) & 0xffff;
        for (have += 8; have >= 5; have -= 5) put(&b, &alphabet[bits >> (have - 5) & 31], 1);
    }
    if (have) put(&b, &alphabet[bits << (5 - have) & 31], 1);
    return buf_str(&b);
}

bool
base32_to(struct str text, unsigned char *bytes, size_t n)
{
    unsigned bits = 0, have = 0;
    size_t got = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *at = text.p[i] ? strchr(alphabet, text.p[i]) : NULL;
        if (at == NULL) return false;
        bits = (bits << 5 | (unsigned)(at - alphabet)) & 0xffff;
        have += 5;
        if (have < 8) continue;
        have -= 8;
        if (got == n) return false;
        bytes[got++] = (unsigned char)(bits >> have);
    }
    return got == n;
}

struct str
totp_url(struct arena *a, struct str login, struct str secret32)
{
    struct buf b = { .arena = a };
    LIT(&b, "otpauth://totp/nuan:");
    put_url_str(&b, login);
    LIT(&b, "?secret=");
    put_raw(&b, secret32);
    LIT(&b, "&issuer=nuan");
    return buf_str(&b);
}
