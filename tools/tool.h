/* What the build's own programs share: growing text, files, and errors as "file:line: message".
 * They run once and end, so nothing is freed. */
#ifndef NUAN_TOOL_H
#define NUAN_TOOL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct text { char *p; size_t n, cap; };                /* always NUL-terminated once something was added */

void text_add(struct text *t, const char *p, size_t n);
void text_addc(struct text *t, char c);
void text_addf(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The bytes as the inside of a C string literal, ASCII only; a newline also ends the literal and begins the next
 * one on a new line, indented by so many blanks. */
void text_add_c(struct text *t, const char *p, size_t n, unsigned indent);

void *grow(void *p, size_t n, size_t size);             /* realloc for n elements; never NULL */
char *copy(const char *p, size_t n);                    /* NUL-terminated */
char *copyf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *trimmed(const char *p, size_t n);                 /* copy without blanks at both ends */

/* The whole file, NUL-terminated; n may be NULL.  A file that cannot be read ends the program. */
char *file_read(const char *path, size_t *n);
void file_write(const char *path, const struct text *t);

/* Ends the program with status 1.  line 0: the message is about the whole file. */
_Noreturn void fail(const char *file, unsigned line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The same message without ending; the caller counts. */
void complain(const char *file, unsigned line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
#endif
