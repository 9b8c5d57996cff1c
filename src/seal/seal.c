#include "seal/seal.h"
#include "seal/seal_sql.h"
#include <errno.h>
#include <fcntl.h>
#include <gcrypt.h>
#include <pthread.h>
#include <sodium.h>
#include <unistd.h>

enum { KEY = 16, IV = 12, TAG = 16, HASH_KEY = 32, DIGEST = 32 };

static struct { unsigned char cipher[KEY], hash[HASH_KEY]; bool open; } key;

/* A cipher handle for each thread: setting the key costs more than sealing a phone number. */
static __thread gcry_cipher_hd_t cipher;
static __thread gcry_md_hd_t md;
static pthread_key_t at_exit;
static pthread_once_t at_exit_once = PTHREAD_ONCE_INIT;

static void
close_handles(void *arg)
{
    (void)arg;
    gcry_cipher_close(cipher);
    gcry_md_close(md);
    cipher = NULL;
    md = NULL;
}

static void
make_at_exit(void)
{
    if (pthread_key_create(&at_exit, close_handles) != 0) log_fatal("out of thread keys");
}

/* This thread has a handle now; it is closed when the thread ends. */
static void
handles_opened(void)
{
    pthread_once(&at_exit_once, make_at_exit);
    pthread_setspecific(at_exit, &key);
}

static bool
read_key(int fd)
{
    unsigned char raw[KEY + HASH_KEY];
    char hex[sizeof raw * 2 + 2];
    ssize_t n = read(fd, hex, sizeof hex);
    size_t got = 0;
    if (n < (ssize_t)(sizeof raw * 2) || sodium_hex2bin(raw, sizeof raw, hex, sizeof raw * 2, NULL, &got, NULL) != 0 || got != sizeof raw)
        return false;
    memcpy(key.cipher, raw, KEY);
    memcpy(key.hash, raw + KEY, HASH_KEY);
    sodium_memzero(raw, sizeof raw);
    return true;
}

static bool
make_key(const char *path)
{
    unsigned char raw[KEY + HASH_KEY];
    char hex[sizeof raw * 2 + 1];
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    randombytes_buf(raw, sizeof raw);
    sodium_bin2hex(hex, sizeof hex, raw, sizeof raw);
    hex[sizeof hex - 1] = '\n';
    bool ok = write(fd, hex, sizeof hex) == (ssize_t)sizeof hex && fsync(fd) == 0;
    close(fd);
    return ok;
}

bool
seal_open(const char *path)
{
    if (sodium_init() < 0) return false;
    if (!gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P)) {
        gcry_check_version(NULL);
        gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
        gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && make_key(path)) fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        log_error("key file %s: %s", path, strerror(errno));
        return false;
    }
    close_handles(NULL);                /* of this thread, which may have had another key */
    key.open = read_key(fd);
    close(fd);
    if (!key.open) log_error("key file %s is not a key file", path);
    return key.open;
}

static gcry_cipher_hd_t
ready(const char *purpose, const unsigned char iv[IV])
{
    assert(key.open);
    if (cipher == NULL) {
        if (gcry_cipher_open(&cipher, GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_GCM, 0) || gcry_cipher_setkey(cipher, key.cipher, KEY))
            log_fatal("SM4-GCM is not available");
        handles_opened();
    }
    gcry_cipher_reset(cipher);
    if (gcry_cipher_setiv(cipher, iv, IV) || gcry_cipher_authenticate(cipher, purpose, strlen(purpose))) log_fatal("SM4-GCM failed");
    return cipher;
}

struct str
seal(struct arena *a, const char *purpose, struct str plain)
{
    if (plain.p == NULL) return NO_STR;
    size_t n = IV + plain.n + TAG, text_n = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    unsigned char *raw = NEW(a, unsigned char, n);
    char *text = NEW(a, char, text_n + 2);

    randombytes_buf(raw, IV);
    gcry_cipher_hd_t c = ready(purpose, raw);
    gcry_cipher_final(c);
    if ((plain.n && gcry_cipher_encrypt(c, raw + IV, plain.n, plain.p, plain.n)) || gcry_cipher_gettag(c, raw + IV + plain.n, TAG))
        log_fatal("SM4-GCM failed");
    text[0] = '1';
    text[1] = ':';
    sodium_bin2base64(text + 2, text_n, raw, n, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    return str_of(text);
}

struct str
unseal(struct arena *a, const char *purpose, struct str sealed)
{
    if (sealed.p == NULL) return NO_STR;
    unsigned char *raw = NEW(a, unsigned char, sealed.n + 1);
    size_t n = 0;
    if (!str_starts(sealed, STR("1:"))
        || sodium_base642bin(raw, sealed.n, sealed.p + 2, sealed.n - 2, NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0
        || n < IV + TAG) {
        log_error("a sealed %s is not in the form of one", purpose);
        return NO_STR;
    }
    size_t plain_n = n - IV - TAG;
    char *plain = NEW(a, char, plain_n + 1);
    gcry_cipher_hd_t c = ready(purpose, raw);
    gcry_cipher_final(c);
    if ((plain_n && gcry_cipher_decrypt(c, plain, plain_n, raw + IV, plain_n)) || gcry_cipher_checktag(c, raw + IV + plain_n, TAG)) {
        log_error("a sealed %s does not open", purpose);
        return NO_STR;
    }
    return (struct str){ plain, plain_n };
}

struct str
seal_hash(struct arena *a, const char *purpose, struct str plain)
{
    assert(key.open);
    if (md == NULL) {
        if (gcry_md_open(&md, GCRY_MD_SM3, GCRY_MD_FLAG_HMAC) || gcry_md_setkey(md, key.hash, HASH_KEY))
            log_fatal("HMAC-SM3 is not available");
        handles_opened();
    }
    gcry_md_reset(md);
    gcry_md_write(md, purpose, strlen(purpose) + 1);
    if (plain.n) gcry_md_write(md, plain.p, plain.n);
    char *hex = NEW(a, char, 33);
    sodium_bin2hex(hex, 33, gcry_md_read(md, GCRY_MD_SM3), 16);
    return (struct str){ hex, 32 };
}

struct str
seal_digest(struct arena *a, struct str text)
{
    unsigned char digest[DIGEST];
    char *hex = NEW(a, char, DIGEST * 2 + 1);
    gcry_md_hash_buffer(GCRY_MD_SM3, digest, text.p, text.n);
    sodium_bin2hex(hex, DIGEST * 2 + 1, digest, DIGEST);
    return (struct str){ hex, DIGEST * 2 };
}

bool seal_is_open(void) { return key.open; }

struct str
seal_fingerprint(struct arena *a)
{
    return seal_hash(a, "fingerprint", STR("nuan"));
}

struct str
seal_of_db(struct db *db)
{
    struct seal_known_row known;
    return seal_known(db, &known) ? known.value : NO_STR;
}

bool
seal_bind(struct db *db)
{
    struct arena a = { 0 };
    db_begin(db, &a, DB_READ);
    struct str mine = seal_fingerprint(&a), known = seal_of_db(db);
    bool ok = db_error(db) == NULL && (known.p == NULL || str_eq(known, mine));
    db_rollback(db);
    if (ok && known.p == NULL) {
        db_begin(db, &a, DB_WRITE);
        seal_note(db, mine);
        ok = db_commit(db);
    }
    arena_clear(&a);
    return ok;
}
