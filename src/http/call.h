/* One request while it is being read, run and sent; shared by the files of the server only. */
#ifndef NUAN_CALL_H
#define NUAN_CALL_H
#include "base/asset.h"
#include "db/writer.h"
#include "http/params.h"
#include "http/pool.h"
#include "http/server.h"
#include <microhttpd.h>

enum phase { PHASE_NEW, PHASE_BODY, PHASE_RUNNING, PHASE_READY };

struct call {
    struct arena arena;
    struct rq rq;
    struct params params;
    struct MHD_Connection *conn;
    struct socket_entry *socket;
    const struct asset *asset;          /* asked for, instead of a page */
    enum phase phase;
    enum http status;
    int sent;                           /* the status that was queued; 0: none yet */
    char id[24];                        /* in the log, and told to the client */
    int64_t began;                      /* microseconds */
    int probe;                          /* enum probe */
    bool bad;                           /* refuse: the message was malformed or too large (status says which) */
    struct buf body;
    struct multipart *multipart;
    struct write_job job;
    struct pool_task task;
};

/* body.c: reading the body.  False: refused, call->status says why.  body_begin and body_end are for a POST; a GET with a
 * body is refused by body_take. */
bool body_begin(struct call *c, const struct server_config *config);
bool body_take(struct call *c, const struct server_config *config, const char *data, size_t n);
bool body_end(struct call *c);

/* Removes temporary files that a server left which was killed: they hold what people sent or were to get. */
void body_clean(const char *dir);

/* sockets.c: connections that are too slow are cut off. */
struct socket_entry *socket_open(int fd);
void socket_busy(struct socket_entry *s, int seconds);          /* the request must be read within so many seconds */
void socket_idle(struct socket_entry *s);                       /* nothing is owed: running, or waiting between requests */
void socket_close(struct socket_entry *s);
void sockets_sweep(void);                                       /* called each second */

/* reply.c */
enum MHD_Result reply_send(struct call *c, const struct server_config *config);
const struct asset *reply_asset(const struct call *c);          /* /static/…: answered without the gate; else NULL */
enum MHD_Result reply_static(struct call *c, const struct asset *asset);
#endif
