/* Time-based one-time passwords: RFC 6238 over HOTP (RFC 4226) with HMAC-SHA1, six digits, thirty seconds, as every authenticator app
 * has them. */
#ifndef NUAN_TOTP_H
#define NUAN_TOTP_H
#include "base/base.h"

enum { TOTP_SECRET = 20, TOTP_STEP_S = 30, TOTP_SKEW = 1 };     /* skew: steps that a clock may be wrong, either way */

/* The code of an interval, six digits. */
struct str totp_code(struct arena *a, const unsigned char secret[TOTP_SECRET], int64_t step);
int64_t totp_step(struct instant at);

/* The interval whose code this is, near a time and after "last"; 0 when it is none: wrong, too old, or used already. */
int64_t totp_match(const unsigned char secret[TOTP_SECRET], struct str typed, struct instant at, int64_t last);

/* RFC 4648 without padding, as it is typed into an app. */
struct str base32_of(struct arena *a, const unsigned char *bytes, size_t n);
bool base32_to(struct str text, unsigned char *bytes, size_t n);

/* The address that an app scans. */
struct str totp_url(struct arena *a, struct str login, struct str secret32);
#endif
