#include "auth/limit.h"
#include <pthread.h>
#include <sodium.h>

enum { SLOTS = 4096 };

/* A fixed table, so that it cannot grow; two addresses in one slot only share their tries. */
static struct { int64_t minute; int n; } seen[SLOTS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static size_t
slot_of(const char *what, struct str ip)
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    struct str purpose = str_of(what);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)ip.p, ip.n, (const unsigned char *)purpose.p, purpose.n);
    return (size_t)(hash[0] | hash[1] << 8) % SLOTS;
}

bool
limit_over(const char *what, struct str ip, int per_minute)
{
    int64_t minute = instant_now().ms / 60000;
    size_t slot = slot_of(what, ip);
    pthread_mutex_lock(&lock);
    if (seen[slot].minute != minute) seen[slot].n = 0;
    seen[slot].minute = minute;
    int n = ++seen[slot].n;
    pthread_mutex_unlock(&lock);
    return n > per_minute;
}

void
limit_forgive(const char *what, struct str ip)
{
    size_t slot = slot_of(what, ip);
    pthread_mutex_lock(&lock);
    if (seen[slot].n > 0) seen[slot].n--;
    pthread_mutex_unlock(&lock);
}
