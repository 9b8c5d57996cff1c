/* Somebody outside, played by a socket of the test: a mail server, or a program that a webhook goes to. */
#ifndef NUAN_TEST_LISTENER_H
#define NUAN_TEST_LISTENER_H
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* What it heard last. */
struct listener { int fd, port; pthread_t thread; bool smtp; const char *answer; char got[32768]; size_t n; };
extern struct listener heard;

void listening(bool smtp, const char *answer);          /* opens a port of its own; answer: of HTTP, whole */
void listen_again(const char *answer);                  /* the same port, after listen_end */
void listen_begin(void);                                /* takes one caller, beside the test */
void listen_end(void);                                  /* after he was heard */
#endif
