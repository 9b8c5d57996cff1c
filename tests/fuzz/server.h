/* The real server inside a fuzzer: one event loop on a loopback port, one route that takes files. */
#ifndef NUAN_FUZZ_SERVER_H
#define NUAN_FUZZ_SERVER_H
#include "fuzz.h"

void fuzz_server_start(void);

/* Sends the bytes on a connection of their own and reads what comes until the server closes or has nothing more to say.
 * Now and then it asks for a page, and aborts when none comes. */
void fuzz_server_ask(struct str head, struct str body);
#endif
