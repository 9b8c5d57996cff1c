/* Lines of key=value on standard error: time, level, the request, msg or an event's own keys.  Never personal data: no
 * names, no address with its ids or query, no value of a field. */
#ifndef NUAN_LOG_H
#define NUAN_LOG_H

void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Pairs the caller wrote: log_pairs("event=request status=%d", 200).  Values without blanks and quotes. */
void log_pairs(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* What this thread logs from now on belongs to this request; NULL: to none.  Borrowed. */
void log_for_request(const char *id);

/* A bug or a machine that cannot go on: logs and aborts; the supervisor starts a new process. */
_Noreturn void log_fatal(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Bad command line or configuration: prints the text and exits with status 2. */
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

void log_quiet(int on);                 /* tests: only errors are printed */
#endif
