#include "seal/seal.h"
#include "seal/seal_sql.h"
#include <errno.h>
#include <fcntl.h>
#include <gcrypt.h>
#include <pthread.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY = 16, IV = 12, TAG = 16, HASH_KEY = 32, DIGEST = 32, RAW = KEY + HASH_KEY, KEYS_MAX = 8, LINE = 2 * RAW + 16, LOOK_MS = 1000 };

/* The generations of the key, oldest first; what is sealed names its own ("2:…").  They are only ever added while the program runs, so a
 * reader needs no lock. */
struct generation { int no; unsigned char cipher[KEY], hash[HASH_KEY]; };
static struct {
    struct generation all[KEYS_MAX];
    _Atomic size_t n;
    pthread_mutex_t lock;
    char path[512];
    struct timespec changed;
    off_t size;
    _Atomic int64_t looked;
} ring = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* Handles for each thread: setting the key costs more than sealing a phone number. */
static __thread struct { gcry_cipher_hd_t cipher; gcry_md_hd_t md; } handles[KEYS_MAX];
static pthread_key_t at_exit;
static pthread_once_t at_exit_once = PTHREAD_ONCE_INIT;

static void
close_handles(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < KEYS_MAX; i++) {
        gcry_cipher_close(handles[i].cipher);
        gcry_md_close(handles[i].md);
        handles[i].cipher = NULL;
        handles[i].md = NULL;
    }
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
    pthread_setspecific(at_exit, &ring);
}

/* ---- The key file: a line for each generation, "NUMBER HEX"; the first ever has no number ---- */

static bool
parse_line(struct str line, struct generation *g)
{
    unsigned char raw[RAW];
    size_t got = 0;
    struct str rest = line, no = str_cut(&rest, ' '), hex = rest.n ? rest : no;
    int64_t n = 1;
    if ((rest.n && !str_int(no, &n)) || n < 1 || n > 1000000 || hex.n != 2 * RAW) return false;
    if (sodium_hex2bin(raw, sizeof raw, hex.p, hex.n, NULL, &got, NULL) != 0 || got != sizeof raw) return false;
    g->no = (int)n;
    memcpy(g->cipher, raw, KEY);
    memcpy(g->hash, raw + KEY, HASH_KEY);
    sodium_memzero(raw, sizeof raw);
    return true;
}

/* Adds the generations that are new; false when the file is not a key file. */
static bool
read_ring(const char *path)
{
    char text[KEYS_MAX * LINE];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t n = fstat(fd, &st) == 0 ? read(fd, text, sizeof text) : -1;
    close(fd);
    bool ok = n > 0;
    for (struct str rest = { text, n > 0 ? (size_t)n : 0 }; ok && rest.n;) {
        struct generation g;
        struct str line = str_cut(&rest, '\n');
        size_t have = ring.n;
        ok = parse_line(line, &g) && (have == 0 || g.no <= ring.all[have - 1].no || have < KEYS_MAX);
        if (!ok || (have && g.no <= ring.all[have - 1].no)) continue;
        ring.all[have] = g;
        ring.n = have + 1;
    }
    sodium_memzero(text, sizeof text);
    ring.changed = st.st_mtim;
    ring.size = st.st_size;
    return ok && ring.n > 0;
}

/* Another program may have added a generation; at most once a second the file is looked at. */
static void
look_again(bool now)
{
    struct stat st;
    int64_t ms = instant_now().ms, before = ring.looked;
    if (!now && before <= ms && ms - before < LOOK_MS) return;
    ring.looked = ms;
    if (stat(ring.path, &st) != 0) return;              /* what is open stays open */
    pthread_mutex_lock(&ring.lock);
    bool other = st.st_size != ring.size || memcmp(&st.st_mtim, &ring.changed, sizeof st.st_mtim) != 0;
    if (other && !read_ring(ring.path)) log_error("key file %s is not a key file any more", ring.path);
    pthread_mutex_unlock(&ring.lock);
}

static size_t
put_generation(char *text, size_t room, const struct generation *g)
{
    unsigned char raw[RAW];
    char hex[2 * RAW + 1];
    memcpy(raw, g->cipher, KEY);
    memcpy(raw + KEY, g->hash, HASH_KEY);
    sodium_bin2hex(hex, sizeof hex, raw, sizeof raw);
    sodium_memzero(raw, sizeof raw);
    return (size_t)(g->no == 1 ? snprintf(text, room, "%s\n", hex) : snprintf(text, room, "%d %s\n", g->no, hex));
}

/* The whole file anew, beside the old one and then in its place: it is never half written.  The first one never replaces one that another
 * program made meanwhile. */
static bool
write_ring(const char *path, const struct generation *all, size_t n, bool first)
{
    char text[KEYS_MAX * LINE], beside[sizeof ring.path + 24];
    size_t at = 0;
    for (size_t i = 0; i < n; i++) at += put_generation(text + at, sizeof text - at, &all[i]);
    snprintf(beside, sizeof beside, "%s.%d", path, (int)getpid());
    unlink(beside);
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write(fd, text, at) == (ssize_t)at && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    sodium_memzero(text, sizeof text);
    if (!first) return ok && rename(beside, path) == 0;
    ok = ok && (link(beside, path) == 0 || errno == EEXIST);
    unlink(beside);
    return ok;
}

static struct generation
new_generation(int no)
{
    struct generation g = { .no = no };
    randombytes_buf(g.cipher, KEY);
    randombytes_buf(g.hash, HASH_KEY);
    return g;
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
    close_handles(NULL);                /* of this thread, which may have had another key */
    ring.n = 0;
    snprintf(ring.path, sizeof ring.path, "%s", path);
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        struct generation first = new_generation(1);
        if (!write_ring(path, &first, 1, true)) log_error("key file %s: %s", path, strerror(errno));
    }
    if (access(path, R_OK) != 0) {
        log_error("key file %s: %s", path, strerror(errno));
        return false;
    }
    if (!read_ring(path)) ring.n = 0;
    if (ring.n == 0) log_error("key file %s is not a key file", path);
    return ring.n > 0;
}

bool
seal_key_add(void)
{
    pthread_mutex_lock(&ring.lock);
    size_t n = ring.n;
    bool ok = n > 0 && n < KEYS_MAX;
    if (ok) {
        struct generation all[KEYS_MAX];
        memcpy(all, ring.all, n * sizeof *all);
        all[n] = new_generation(all[n - 1].no + 1);
        ok = write_ring(ring.path, all, n + 1, false) && read_ring(ring.path);
        sodium_memzero(all, sizeof all);
    }
    pthread_mutex_unlock(&ring.lock);
    return ok;
}

bool
seal_key_drop(void)
{
    pthread_mutex_lock(&ring.lock);
    bool ok = ring.n > 0 && write_ring(ring.path, &ring.all[ring.n - 1], 1, false);
    pthread_mutex_unlock(&ring.lock);
    char path[sizeof ring.path];
    memcpy(path, ring.path, sizeof path);
    return ok && seal_open(path);
}

int seal_generation(void) { look_again(true); return ring.n ? ring.all[ring.n - 1].no : 0; }
size_t seal_generations(void) { look_again(true); return ring.n; }

/* ---- Sealing ---- */

static gcry_cipher_hd_t
ready(size_t i, const char *purpose, const unsigned char iv[IV])
{
    gcry_cipher_hd_t *cipher = &handles[i].cipher;
    assert(i < ring.n);
    if (*cipher == NULL) {
        if (gcry_cipher_open(cipher, GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_GCM, 0) || gcry_cipher_setkey(*cipher, ring.all[i].cipher, KEY))
            log_fatal("SM4-GCM is not available");
        handles_opened();
    }
    gcry_cipher_reset(*cipher);
    if (gcry_cipher_setiv(*cipher, iv, IV) || gcry_cipher_authenticate(*cipher, purpose, strlen(purpose))) log_fatal("SM4-GCM failed");
    return *cipher;
}

/* Which generation a sealed text names; KEYS_MAX: none that is open.  *body: what stands behind its mark. */
static size_t
generation_of(struct str sealed, struct str *body)
{
    struct str rest = sealed, mark = str_cut(&rest, ':');
    int64_t no;
    *body = rest;
    if (!str_int(mark, &no)) return KEYS_MAX;
    for (int again = 0; again < 2; again++) {
        for (size_t i = 0; i < ring.n; i++)
            if (ring.all[i].no == no) return i;
        look_again(true);               /* sealed a moment ago with a newer one */
    }
    return KEYS_MAX;
}

struct str
seal(struct arena *a, const char *purpose, struct str plain)
{
    if (plain.p == NULL) return NO_STR;
    size_t n = IV + plain.n + TAG, text_n = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    unsigned char *raw = NEW(a, unsigned char, n);
    char *text = NEW(a, char, text_n + 16);

    look_again(false);
    assert(ring.n > 0);
    size_t newest = ring.n - 1;
    randombytes_buf(raw, IV);
    gcry_cipher_hd_t c = ready(newest, purpose, raw);
    gcry_cipher_final(c);
    if ((plain.n && gcry_cipher_encrypt(c, raw + IV, plain.n, plain.p, plain.n)) || gcry_cipher_gettag(c, raw + IV + plain.n, TAG))
        log_fatal("SM4-GCM failed");
    int mark = snprintf(text, 16, "%d:", ring.all[newest].no);
    sodium_bin2base64(text + mark, text_n, raw, n, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    return str_of(text);
}

struct str
unseal(struct arena *a, const char *purpose, struct str sealed)
{
    if (sealed.p == NULL) return NO_STR;
    unsigned char *raw = NEW(a, unsigned char, sealed.n + 1);
    size_t n = 0;
    struct str body;
    size_t i = generation_of(sealed, &body);
    if (i == KEYS_MAX || sodium_base642bin(raw, sealed.n, body.p, body.n, NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0
        || n < IV + TAG) {
        log_error("a sealed %s is not in the form of one", purpose);
        return NO_STR;
    }
    size_t plain_n = n - IV - TAG;
    char *plain = NEW(a, char, plain_n + 1);
    gcry_cipher_hd_t c = ready(i, purpose, raw);
    gcry_cipher_final(c);
    if ((plain_n && gcry_cipher_decrypt(c, plain, plain_n, raw + IV, plain_n)) || gcry_cipher_checktag(c, raw + IV + plain_n, TAG)) {
        log_error("a sealed %s does not open", purpose);
        return NO_STR;
    }
    return (struct str){ plain, plain_n };
}

static struct str
hash_with(struct arena *a, size_t i, const char *purpose, struct str plain)
{
    gcry_md_hd_t *md = &handles[i].md;
    assert(i < ring.n);
    if (*md == NULL) {
        if (gcry_md_open(md, GCRY_MD_SM3, GCRY_MD_FLAG_HMAC) || gcry_md_setkey(*md, ring.all[i].hash, HASH_KEY))
            log_fatal("HMAC-SM3 is not available");
        handles_opened();
    }
    gcry_md_reset(*md);
    gcry_md_write(*md, purpose, strlen(purpose) + 1);
    if (plain.n) gcry_md_write(*md, plain.p, plain.n);
    char *hex = NEW(a, char, 33);
    sodium_bin2hex(hex, 33, gcry_md_read(*md, GCRY_MD_SM3), 16);
    return (struct str){ hex, 32 };
}

struct str
seal_hash(struct arena *a, const char *purpose, struct str plain)
{
    look_again(false);
    return hash_with(a, ring.n - 1, purpose, plain);
}

struct str
seal_hash_before(struct arena *a, const char *purpose, struct str plain)
{
    look_again(false);
    return hash_with(a, ring.n > 1 ? ring.n - 2 : 0, purpose, plain);
}

bool
seal_hash_is(struct arena *a, const char *purpose, struct str plain, struct str hash)
{
    look_again(false);
    for (size_t i = ring.n; i-- > 0;)
        if (hash.n == 32 && sodium_memcmp(hash_with(a, i, purpose, plain).p, hash.p, hash.n) == 0) return true;
    return false;
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

bool seal_is_open(void) { return ring.n > 0; }

struct str
seal_fingerprint(struct arena *a)
{
    return seal_hash(a, "fingerprint", STR("nuan"));
}

bool
seal_knows(struct arena *a, struct str fingerprint)
{
    return seal_hash_is(a, "fingerprint", STR("nuan"), fingerprint);
}

void
seal_rebind(struct db *db)
{
    seal_renote(db, seal_fingerprint(db_arena(db)));
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
    bool ok = db_error(db) == NULL && (known.p == NULL || seal_knows(&a, known));
    db_rollback(db);
    if (ok && known.p == NULL) {
        db_begin(db, &a, DB_WRITE);
        seal_note(db, mine);
        ok = db_commit(db);
    }
    arena_clear(&a);
    return ok;
}
