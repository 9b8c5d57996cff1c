/* Borrowed strings: a pointer and a length, UTF-8, not terminated by NUL. */
#ifndef NUAN_STR_H
#define NUAN_STR_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Never freed through; p == NULL means "no value" (SQL NULL). */
struct str { const char *p; size_t n; };
#define STR(lit) ((struct str){ "" lit, sizeof(lit) - 1 })
#define NO_STR ((struct str){ NULL, 0 })
#define FMT(s) (int)(s).n, (s).p        /* printf("%.*s", FMT(s)) */

struct str str_of(const char *cstr);                            /* NULL gives NO_STR */
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_has(struct str s, struct str part);
int str_cmp(struct str a, struct str b);                        /* byte order */
struct str str_trim(struct str s);                              /* ASCII blanks and U+3000 */
struct str str_cut(struct str *rest, char sep);                 /* takes the part before sep off rest */
struct str str_dup(struct arena *a, struct str s);              /* NUL-terminated behind the length */
char *str_z(struct arena *a, struct str s);                     /* NUL-terminated copy */
struct str str_lower(struct arena *a, struct str s);            /* ASCII only */
struct str str_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str str_vfmt(struct arena *a, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

/* Whole string is a decimal number that fits; else false and *out is untouched. */
bool str_int(struct str s, int64_t *out);

/* UTF-8: valid (shortest form, no surrogates, no NUL)?  Number of code points; the next one. */
bool utf8_valid(struct str s);
size_t utf8_len(struct str s);
bool utf8_next(struct str *rest, uint32_t *code);               /* false at the end or on bad bytes */
size_t utf8_put(char out[4], uint32_t code);                    /* bytes written */
#endif
