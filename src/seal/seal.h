/* Sealing of ID numbers, telephone numbers and addresses in the database: SM4-GCM (GB/T 32907, RFC 8998) by libgcrypt,
 * and a keyed hash (HMAC-SM3) of the same text, so that equal values can be found without being readable. */
#ifndef NUAN_SEAL_H
#define NUAN_SEAL_H
#include "base/base.h"

/* Reads the key file, or makes it (mode 0600) when it does not exist.  False and a logged reason on failure. */
bool seal_open(const char *key_file);

/* "1:base64…", new random IV each time; NO_STR stays NO_STR.  purpose ("person.idno") is bound to the value:
 * a sealed text moved to another column does not open. */
struct str seal(struct arena *a, const char *purpose, struct str plain);

/* The plain text; NO_STR for NO_STR.  A value that was changed or sealed for another purpose gives NO_STR and a log line. */
struct str unseal(struct arena *a, const char *purpose, struct str sealed);

/* 32 hex digits; equal for equal (purpose, text) under one key. */
struct str seal_hash(struct arena *a, const char *purpose, struct str plain);
#endif
