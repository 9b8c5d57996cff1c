/* Structured lines on standard error: time, level, text.  Never personal data. */
#ifndef NUAN_LOG_H
#define NUAN_LOG_H

void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A bug or a machine that cannot go on: logs and aborts; the supervisor starts a new process. */
_Noreturn void log_fatal(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Bad command line or configuration: prints the text and exits with status 2. */
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

void log_quiet(int on);                 /* tests: only errors are printed */
#endif
