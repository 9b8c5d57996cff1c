#include "http/csrf.h"
#include <sodium.h>

struct str
csrf_of(struct arena *a, struct str secret)
{
    static const unsigned char key[crypto_generichash_KEYBYTES] = "nuan csrf token";
    unsigned char hash[16];
    char *hex = NEW(a, char, sizeof hash * 2 + 1);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)secret.p, secret.n, key, sizeof key);
    sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
    return (struct str){ hex, sizeof hash * 2 };
}

bool
csrf_ok(const struct rq *rq)
{
    if (rq->who.token != 0) return true;                /* another site cannot make a browser send the token of a program */
    struct str got = rq->token.n ? rq->token : rq_param(rq, "csrf");
    return rq->csrf.n != 0 && got.n == rq->csrf.n && sodium_memcmp(got.p, rq->csrf.p, got.n) == 0;
}
