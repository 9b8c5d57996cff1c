/* Sealing of ID numbers, telephone numbers and addresses in the database: SM4-GCM (GB/T 32907, RFC 8998) by libgcrypt,
 * and a keyed hash (HMAC-SM3) of the same text, so that equal values can be found without being readable. */
#ifndef NUAN_SEAL_H
#define NUAN_SEAL_H
#include "db/db.h"

/* Reads the key file, or makes it (mode 0600) when it does not exist.  False and a logged reason on failure. */
bool seal_open(const char *key_file);

/* Binds a database to the open key, the first time; false when it is bound to another one: what is sealed would not open, and
 * what is sealed from now on would not open with the right key.  Outside any transaction. */
bool seal_bind(struct db *db);
struct str seal_of_db(struct db *db);   /* the fingerprint of the key a database is bound to; NO_STR: none.  In a transaction. */
struct str seal_fingerprint(struct arena *a);                   /* of the open key */
bool seal_is_open(void);

/* A key has generations: the newest seals, the older ones still open what they sealed ("nuan key rotate", operate/rotate.h).  A running
 * program sees within a second that the key file has a new one. */
bool seal_key_add(void);                /* one more, into the key file; false and errno */
bool seal_key_drop(void);               /* only the newest stays in the file */
int seal_generation(void);              /* the number of the newest: what is sealed with it begins with "NUMBER:" */
size_t seal_generations(void);          /* how many the file has */
bool seal_knows(struct arena *a, struct str fingerprint);       /* of any generation */
void seal_rebind(struct db *db);        /* the database is sealed with the newest alone.  In a write transaction. */

/* "NUMBER:base64…", new random IV each time; NO_STR stays NO_STR.  purpose ("person.idno") is bound to the value:
 * a sealed text moved to another column does not open. */
struct str seal(struct arena *a, const char *purpose, struct str plain);

/* The plain text; NO_STR for NO_STR.  A value that was changed or sealed for another purpose gives NO_STR and a log line. */
struct str unseal(struct arena *a, const char *purpose, struct str sealed);

/* 32 hex digits; equal for equal (purpose, text) under one key. */
struct str seal_hash(struct arena *a, const char *purpose, struct str plain);

/* The same under the generation before, while a key is being changed; else equal to seal_hash.  Who looks for a value looks for both. */
struct str seal_hash_before(struct arena *a, const char *purpose, struct str plain);
bool seal_hash_is(struct arena *a, const char *purpose, struct str plain, struct str hash);     /* under any generation */

/* 64 hex digits of SM3 (GB/T 32905), without a key: for what anybody may check. */
struct str seal_digest(struct arena *a, struct str text);
#endif
