/* For tests of whole requests without sockets: a fresh database, a small network, users of every role, and requests that
 * pass the one gate.  Runs on SQLite, or on PostgreSQL when NUAN_TEST_DB is a postgresql:// URL (its tables are dropped). */
#ifndef NUAN_KIT_H
#define NUAN_KIT_H
#include "http/gate.h"

/* The network of the kit (area 350424): county general station → east centre, west centre → station_a and station_b under
 * the east, station_c under the west → point_a under station_a. */
struct kit {
    struct arena arena;                 /* lives as long as the kit; all replies are in it */
    struct db *db;
    struct unit_id county, east, west, station_a, station_b, station_c, point_a;
    char dir[64];
    const char *cookie;                 /* what the browser of somebody who is not signed in has kept; NULL: nothing */
    bool json;                          /* requests ask for JSON */
    const char *bearer, *once, *seen;   /* what a program sends: its token (instead of a session), Idempotency-Key, If-None-Match */
    bool dry;                           /* requests are rolled back, whatever they answer */
};

/* Ends the test program with a message when something is wrong. */
struct kit *kit_open(void);
void kit_close(struct kit *k);

/* Users, all with the password "nuan-test-1": admin and county, bureau, evaluator at the county; at station_a: head_a, worker_a,
 * worker_a2, assistant_a, supervisor_a, clerk_a, grid_a, village_a, volunteer_a; at station_b: head_b, worker_b. */
struct user_id kit_user(struct kit *k, const char *login);

struct kit_reply { enum http status; struct str body, location, cookies, type, file, download, etag; };   /* file: sent instead of the body */

/* One request of a user (NULL: nobody is signed in).  params: urlencoded; the CSRF token is added to a POST.
 * What the handler wrote is committed exactly as the server would. */
struct kit_reply kit_get(struct kit *k, const char *login, const char *path_and_query);
struct kit_reply kit_post(struct kit *k, const char *login, const char *path, const char *params);
/* A file that is asked for with a purpose (paper/give.h): for work inside the station. */
struct kit_reply kit_given(struct kit *k, const char *login, const char *path);
struct kit_reply kit_upload(struct kit *k, const char *login, const char *path, const char *params, const char *field,
                            const char *filename, struct str bytes);

bool kit_has(struct kit_reply r, const char *text);                     /* is the text in the body? */
int64_t kit_number(struct kit *k, const char *sql);                     /* first column of the first row */
struct str kit_enc(struct kit *k, const char *text);                    /* percent-encoded */
int64_t kit_id_in(struct str location, const char *prefix);             /* "/people/123…" after prefix "/people/": 123… */

/* What a program prints about bytes; command: "pdftotext -raw %s -", %s is a file that holds them. */
const char *kit_told(struct kit *k, struct str bytes, const char *command);

/* A transaction for calling a module's functions directly. */
void kit_begin(struct kit *k);
void kit_commit(struct kit *k);
#endif
