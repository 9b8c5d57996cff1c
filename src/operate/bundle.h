/* A backup is one file: a tar archive (entries "nuan-backup", "database", "files/…", "manifest.json", "manifest.sha256"), which any tar can open,
 * or the same archive sealed with a secret: "nuan-sealed-1\n", 16 bytes of salt, then libsodium's secretstream in chunks of
 * 64 KiB; its key is argon2id of the secret. */
#ifndef NUAN_BUNDLE_H
#define NUAN_BUNDLE_H
#include "base/base.h"
#include <sodium.h>

enum { BUNDLE_CHUNK = 65536, BUNDLE_NAME = 100 };

struct bundle {
    int fd;
    bool sealed, ended;
    crypto_secretstream_xchacha20poly1305_state stream;
    crypto_hash_sha256_state sum;       /* of the entry that is written or read */
    unsigned char chunk[BUNDLE_CHUNK + crypto_secretstream_xchacha20poly1305_ABYTES];
    size_t n, at;                       /* bytes in the chunk; how many of them were read */
    int64_t left;                       /* of the entry that is read */
    int64_t size;                       /* of the entry that is written or read */
    int64_t total;                      /* bytes of the file */
    char why[200];                      /* what failed, in words; "" while nothing did */
};

/* The file must not exist yet; secret NO_STR: not sealed.  All return false once something failed; b->why says what. */
bool bundle_create(struct bundle *b, const char *path, struct str secret);
bool bundle_begin(struct bundle *b, const char *name, int64_t size, int64_t mtime);
bool bundle_write(struct bundle *b, const void *data, size_t n);        /* size bytes in all */
bool bundle_end(struct bundle *b);
bool bundle_finish(struct bundle *b);                                   /* on disk; closed in any case by bundle_close */

bool bundle_open(struct bundle *b, const char *path, struct str secret);
bool bundle_next(struct bundle *b, char name[BUNDLE_NAME + 1]);         /* false: the end when b->why is empty */
size_t bundle_read(struct bundle *b, void *data, size_t max);           /* 0: the end of the entry, or a failure */

/* The SHA-256 of what was written or read since the last bundle_sum_begin, 64 hex digits. */
void bundle_sum_begin(struct bundle *b);
void bundle_sum(struct bundle *b, char hex[65]);
void bundle_close(struct bundle *b);
void first_failure(char *why, size_t size, const char *fmt, va_list ap) __attribute__((format(printf, 3, 0)));
bool bundle_fail(struct bundle *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));       /* keeps the first; false */
#endif
