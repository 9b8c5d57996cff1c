/* A plain HTTP client on blocking sockets, for tests that need real connections. */
#ifndef NUAN_TEST_CLIENT_H
#define NUAN_TEST_CLIENT_H
#include "base/base.h"

struct client_reply { int status; struct str head, body; };     /* status 0: the connection ended before a whole answer */

uint16_t client_free_port(void);

/* A connection to 127.0.0.1; -1 when nobody listens.  A reply that takes longer than a minute counts as none. */
int client_open(uint16_t port);

/* Waits until the port answers; false after so many milliseconds. */
bool client_wait(uint16_t port, int ms);

/* Sends bytes as they are; false when the other side is gone. */
bool client_send(int fd, struct str bytes);
struct client_reply client_read(struct arena *a, int fd);

/* One request on an open connection.  cookie and body may be NULL; a body makes it a POST of a form. */
struct client_reply client_ask(struct arena *a, int fd, const char *path, const char *cookie, const char *body);

/* The same on a connection of its own. */
struct client_reply client_once(struct arena *a, uint16_t port, const char *path, const char *cookie, const char *body);
#endif
