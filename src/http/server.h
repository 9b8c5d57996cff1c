/* The HTTP server: bytes in, requests through the gate, bytes out. */
#ifndef NUAN_SERVER_H
#define NUAN_SERVER_H
#include "http/gate.h"

struct server_config {
    const char *db_url;
    const char *listen;                 /* address, "127.0.0.1" */
    uint16_t port;
    unsigned loops;                     /* event loops; 0: one per core */
    unsigned readers;                   /* PostgreSQL: connections that read */
    size_t body_max, upload_max;        /* bytes of a form; bytes of all files of one request */
    const char *upload_dir;             /* temporary files */
    bool secure_cookies;                /* served over https by a proxy */
    bool log_requests;                  /* a line for each */
    const char *probe_token;            /* who may ask /metrics from elsewhere; NULL: nobody */
    void (*stopping)(void);             /* called before the last writes: who else writes ends here; may be NULL */
};

/* Runs until server_stop is called from a signal handler or another thread: stops listening, finishes what is in flight,
 * runs the queued writes.  False when it could not start.  gate_open and writer_start come first. */
bool server_run(const struct server_config *config);
void server_stop(void);                 /* async-signal-safe */

/* The request's connection to a proxy: seconds that a client may take to send its headers. */
enum { SERVER_HEADER_SECONDS = 8, SERVER_BODY_SECONDS = 300 };
#endif
