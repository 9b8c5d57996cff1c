#include "auth/password.h"
#include "view/view.h"
#include <sodium.h>

enum { PASSES = 2, MEMORY = 19 << 20, LEAST = 8, MOST = 128 };

struct str
password_hash(struct arena *a, struct str password)
{
    char *out = NEW(a, char, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str_alg(out, password.p, password.n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        log_fatal("argon2id: out of memory");
    return str_of(out);
}

bool
password_ok(struct str hash, struct str password)
{
    char z[crypto_pwhash_STRBYTES] = { 0 };
    if (hash.n >= sizeof z || password.n > MOST) return false;
    memcpy(z, hash.p, hash.n);
    return crypto_pwhash_str_verify(z, password.p, password.n) == 0;
}

const char *
password_weak(struct str password, struct str login)
{
    static const char *const common[] = { "12345678", "123456789", "password", "qwertyui", "11111111", "88888888", "00000000", "abcd1234" };
    bool same = true;
    if (utf8_len(password) < LEAST) return T("密码至少 8 个字符。");
    if (password.n > MOST) return T("密码最多 128 个字节。");
    for (size_t i = 1; i < password.n; i++) same = same && password.p[i] == password.p[0];
    for (size_t i = 0; i < COUNT(common); i++) same = same || str_is(password, common[i]);
    if (same || str_eq(password, login)) return T("密码太容易被猜到，请换一个。");
    return NULL;
}

struct str
password_make(struct arena *a)
{
    static const char *const words[] = { "mian", "shan", "lan", "xing", "hua", "shu", "yun", "feng", "hai", "lu", "qing", "song", "zhu", "mei", "he", "chun" };
    return str_fmt(a, "%s-%04u-%s", words[randombytes_uniform(COUNT(words))], (unsigned)randombytes_uniform(10000),
                   words[randombytes_uniform(COUNT(words))]);
}
