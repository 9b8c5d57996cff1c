#include "auth/limit.h"
#include <pthread.h>
#include <sodium.h>

enum { SLOTS = 4096 };

/* A fixed table, so that it cannot grow; two addresses in one slot only share their tries. */
bool
limit_over(const char *what, struct str ip, int per_minute)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct { int64_t minute; int n; } seen[SLOTS];
    unsigned char hash[crypto_generichash_BYTES_MIN];
    struct str purpose = str_of(what);
    int64_t minute = instant_now().ms / 60000;

    crypto_generichash(hash, sizeof hash, (const unsigned char *)ip.p, ip.n, (const unsigned char *)purpose.p, purpose.n);
    size_t slot = (size_t)(hash[0] | hash[1] << 8) % SLOTS;
    pthread_mutex_lock(&lock);
    if (seen[slot].minute != minute) seen[slot].n = 0;
    seen[slot].minute = minute;
    int n = ++seen[slot].n;
    pthread_mutex_unlock(&lock);
    return n > per_minute;
}
