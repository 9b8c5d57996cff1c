/* Passwords: argon2id (2 passes, 19 MiB).  About 20 ms each: only on a worker thread (route.before). */
#ifndef NUAN_PASSWORD_H
#define NUAN_PASSWORD_H
#include "base/base.h"

struct str password_hash(struct arena *a, struct str password);
bool password_ok(struct str hash, struct str password);

/* NULL when good enough, else what is wrong, in Chinese. */
const char *password_weak(struct str password, struct str login);

/* A first password that is easy to read aloud: "mian-4821-bao". */
struct str password_make(struct arena *a);
#endif
