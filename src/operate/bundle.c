#include "operate/bundle.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { BLOCK = 512, SALT = crypto_pwhash_SALTBYTES, HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
       EXTRA = crypto_secretstream_xchacha20poly1305_ABYTES, OPS = 3, MEMORY = 64 << 20 };

static const char magic[] = "nuan-sealed-1\n";

/* ustar.  All numbers are octal text; a size that does not fit is GNU's binary form. */
struct tar {
    char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], sum[8], type, link[100], magic[6], version[2], rest[247];
};
_Static_assert(sizeof(struct tar) == BLOCK, "a tar header is a block");

void
first_failure(char *why, size_t size, const char *fmt, va_list ap)
{
    if (why[0] == '\0') vsnprintf(why, size, fmt, ap);
}

bool
bundle_fail(struct bundle *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    first_failure(b->why, sizeof b->why, fmt, ap);
    va_end(ap);
    return false;
}

static bool
key_of(struct bundle *b, struct str secret, const unsigned char *salt, bool reading)
{
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES], *header = b->chunk;
    if (crypto_pwhash(key, sizeof key, secret.p, secret.n, salt, OPS, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return bundle_fail(b, "not enough memory for the key");
    bool ok = reading ? crypto_secretstream_xchacha20poly1305_init_pull(&b->stream, header, key) == 0
                       : crypto_secretstream_xchacha20poly1305_init_push(&b->stream, header, key) == 0;
    sodium_memzero(key, sizeof key);
    return ok;
}

/* ---- Writing */

static bool
to_disk(struct bundle *b, const void *data, size_t n)
{
    const char *p = data;
    while (n) {
        ssize_t done = write(b->fd, p, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return bundle_fail(b, "%s", strerror(done < 0 ? errno : ENOSPC));
        p += done;
        n -= (size_t)done;
        b->total += done;
    }
    return true;
}

static bool
flush(struct bundle *b, bool last)
{
    static const unsigned char none[1];
    unsigned char out[sizeof b->chunk];
    unsigned long long n;
    size_t in = b->n;
    b->n = 0;
    if (!b->sealed) return to_disk(b, b->chunk, in);
    crypto_secretstream_xchacha20poly1305_push(&b->stream, out, &n, in ? b->chunk : none, in, NULL, 0,
        last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    return to_disk(b, out, (size_t)n);
}

static bool
put_bytes(struct bundle *b, const void *data, size_t n)
{
    const char *p = data;
    while (n && b->why[0] == '\0') {
        size_t part = BUNDLE_CHUNK - b->n < n ? BUNDLE_CHUNK - b->n : n;
        memcpy(b->chunk + b->n, p, part);
        b->n += part;
        p += part;
        n -= part;
        if (b->n == BUNDLE_CHUNK && !flush(b, false)) return false;
    }
    return b->why[0] == '\0';
}

bool
bundle_create(struct bundle *b, const char *path, struct str secret)
{
    unsigned char salt[SALT];
    memset(b, 0, sizeof *b);
    b->sealed = secret.n != 0;
    b->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (b->fd < 0) return bundle_fail(b, "%s: %s", path, strerror(errno));
    if (!b->sealed) return true;
    randombytes_buf(salt, sizeof salt);
    return key_of(b, secret, salt, false) && to_disk(b, magic, sizeof magic - 1) && to_disk(b, salt, sizeof salt) && to_disk(b, b->chunk, HEADER);
}

static unsigned
tar_sum(const struct tar *t)
{
    const unsigned char *p = (const unsigned char *)t;
    unsigned sum = 0;
    for (size_t i = 0; i < sizeof *t; i++) sum += i >= offsetof(struct tar, sum) && i < offsetof(struct tar, type) ? ' ' : p[i];
    return sum;
}

bool
bundle_begin(struct bundle *b, const char *name, int64_t size, int64_t mtime)
{
    union { struct tar t; char block[BLOCK]; char text[BLOCK]; } h = { .block = { 0 } };
    char number[24];
    snprintf(h.t.name, sizeof h.t.name, "%s", name);
    memcpy(h.t.mode, "0000600", 8);
    memcpy(h.t.uid, "0000000", 8);
    memcpy(h.t.gid, "0000000", 8);
    memcpy(h.t.magic, "ustar", 6);
    memcpy(h.t.version, "00", 2);
    h.t.type = '0';
    snprintf(number, sizeof number, "%011llo", (unsigned long long)mtime & 077777777777u);
    memcpy(h.t.mtime, number, 12);
    if (size <= 077777777777) {
        snprintf(number, sizeof number, "%011llo", (unsigned long long)size);
        memcpy(h.t.size, number, 12);
    } else {
        h.t.size[0] = (char)0x80;
        for (int i = 11, shift = 0; i > 3; i--, shift += 8) h.t.size[i] = (char)(size >> shift & 0xff);
    }
    snprintf(number, sizeof number, "%06o", tar_sum(&h.t));
    memcpy(h.t.sum, number, 7);
    h.t.sum[7] = ' ';
    b->size = b->left = size;
    return put_bytes(b, h.block, BLOCK);
}

bool
bundle_write(struct bundle *b, const void *data, size_t n)
{
    if ((int64_t)n > b->left) return bundle_fail(b, "a part grew while it was copied");
    b->left -= (int64_t)n;
    crypto_hash_sha256_update(&b->sum, data, n);
    return put_bytes(b, data, n);
}

static size_t
padding(int64_t size)
{
    return (size_t)((BLOCK - size % BLOCK) % BLOCK);
}

bool
bundle_end(struct bundle *b)
{
    static const char zero[BLOCK];
    if (b->left != 0) return bundle_fail(b, "a part became shorter while it was copied");
    return put_bytes(b, zero, padding(b->size));
}

bool
bundle_finish(struct bundle *b)
{
    static const char zero[BLOCK * 2];
    if (!put_bytes(b, zero, sizeof zero) || !flush(b, true)) return false;
    return fsync(b->fd) == 0 || bundle_fail(b, "%s", strerror(errno));
}

/* ---- Reading */

static size_t
from_disk(struct bundle *b, void *data, size_t max)
{
    size_t n = 0;
    while (n < max) {
        ssize_t got = read(b->fd, (char *)data + n, max - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) bundle_fail(b, "%s", strerror(errno));
        if (got <= 0) break;
        n += (size_t)got;
    }
    b->total += (int64_t)n;
    return n;
}

/* The next chunk, opened.  False at the end. */
static bool
refill(struct bundle *b)
{
    unsigned char in[sizeof b->chunk], tag, more;
    unsigned long long n = 0;
    b->at = b->n = 0;
    if (b->ended || b->why[0] != '\0') return false;
    size_t got = from_disk(b, b->sealed ? in : b->chunk, b->sealed ? sizeof in : BUNDLE_CHUNK);
    if (!b->sealed) {
        b->n = got;
        return got > 0;
    }
    if (got < EXTRA || crypto_secretstream_xchacha20poly1305_pull(&b->stream, b->chunk, &n, &tag, in, got, NULL, 0) != 0)
        return bundle_fail(b, b->total <= (int64_t)(sizeof magic - 1 + SALT + HEADER + got)
                                  ? "this secret does not open it, or it is damaged" : "it is damaged or cut off");
    b->n = (size_t)n;
    b->ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    if (b->ended && from_disk(b, &more, 1) != 0) return bundle_fail(b, "something was added behind its end");
    return true;
}

static bool
get_bytes(struct bundle *b, void *data, size_t n)
{
    char *p = data;
    while (n) {
        while (b->at == b->n)           /* the last chunk may be empty */
            if (!refill(b)) return bundle_fail(b, "it is cut off");
        size_t part = b->n - b->at < n ? b->n - b->at : n;
        if (p != NULL) memcpy(p, b->chunk + b->at, part);
        if (p != NULL) p += part;
        b->at += part;
        n -= part;
    }
    return true;
}

bool
bundle_open(struct bundle *b, const char *path, struct str secret)
{
    unsigned char head[sizeof magic - 1], salt[SALT];
    memset(b, 0, sizeof *b);
    b->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (b->fd < 0) return bundle_fail(b, "%s", strerror(errno));
    size_t n = from_disk(b, head, sizeof head);
    if (n < sizeof head || memcmp(head, magic, sizeof head) != 0) {
        if (lseek(b->fd, 0, SEEK_SET) != 0) return bundle_fail(b, "%s", strerror(errno));
        b->total = 0;
        return true;
    }
    if (secret.n == 0) return bundle_fail(b, "it is sealed: give the secret with --key FILE");
    if (from_disk(b, salt, sizeof salt) != sizeof salt || from_disk(b, b->chunk, HEADER) != HEADER) return bundle_fail(b, "it is cut off");
    b->sealed = true;
    return key_of(b, secret, salt, true) || bundle_fail(b, "it is damaged");
}

static bool
tar_number(const char *text, size_t n, int64_t *out)
{
    int64_t v = 0;
    bool binary = (unsigned char)text[0] == 0x80;
    for (size_t i = binary ? 4 : 0; i < n; i++) {
        if (binary) v = v << 8 | (unsigned char)text[i];
        else if (text[i] >= '0' && text[i] <= '7') v = v << 3 | (text[i] - '0');
        else if (text[i] != '\0' && text[i] != ' ') return false;
    }
    *out = v;
    return v >= 0;
}

bool
bundle_next(struct bundle *b, char name[BUNDLE_NAME + 1])
{
    static const char zero[BLOCK];
    union { struct tar t; char block[BLOCK]; } h;
    int64_t sum;
    size_t pad = padding(b->size);
    if (b->why[0] != '\0' || !get_bytes(b, NULL, (size_t)b->left) || !get_bytes(b, h.block, pad)) return false;
    if (memcmp(h.block, zero, pad) != 0) return bundle_fail(b, "it is damaged");
    if (!get_bytes(b, h.block, BLOCK)) return false;
    b->size = b->left = 0;
    if (memcmp(h.block, zero, BLOCK) == 0) {
        if (!get_bytes(b, h.block, BLOCK) || memcmp(h.block, zero, BLOCK) != 0) return bundle_fail(b, "its end is damaged");
        while (b->at == b->n && refill(b)) continue;
        return b->at == b->n ? false : bundle_fail(b, "its end is damaged");
    }
    if (memcmp(h.t.magic, "ustar", 5) != 0 || !tar_number(h.t.sum, sizeof h.t.sum, &sum) || sum != tar_sum(&h.t) || h.t.type != '0'
        || !tar_number(h.t.size, sizeof h.t.size, &b->size))
        return bundle_fail(b, "it is no backup of nuan, or it is damaged");
    b->left = b->size;
    snprintf(name, BUNDLE_NAME + 1, "%.*s", (int)sizeof h.t.name, h.t.name);
    return true;
}

size_t
bundle_read(struct bundle *b, void *data, size_t max)
{
    size_t n = b->left < (int64_t)max ? (size_t)b->left : max;
    if (n == 0 || !get_bytes(b, data, n)) return 0;
    b->left -= (int64_t)n;
    crypto_hash_sha256_update(&b->sum, data, n);
    return n;
}

void
bundle_sum_begin(struct bundle *b)
{
    crypto_hash_sha256_init(&b->sum);
}

void
bundle_sum(struct bundle *b, char hex[65])
{
    unsigned char raw[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&b->sum, raw);
    sodium_bin2hex(hex, 65, raw, sizeof raw);
}

void
bundle_close(struct bundle *b)
{
    if (b->fd >= 0) close(b->fd);
    b->fd = -1;
    sodium_memzero(&b->stream, sizeof b->stream);
}
