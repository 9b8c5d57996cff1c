/* One request: what came in, who asks, and what goes out. */
#ifndef NUAN_RQ_H
#define NUAN_RQ_H
#include "http/may.h"
#include "base/base.h"
#include "db/db.h"

enum http {
    HTTP_OK = 200, HTTP_CREATED = 201, HTTP_NO_CONTENT = 204, HTTP_SEE_OTHER = 303, HTTP_NOT_MODIFIED = 304,
    HTTP_BAD_REQUEST = 400, HTTP_UNAUTHORIZED = 401, HTTP_FORBIDDEN = 403, HTTP_NOT_FOUND = 404,
    HTTP_NOT_ALLOWED = 405, HTTP_NOT_ACCEPTABLE = 406, HTTP_CONFLICT = 409, HTTP_TOO_LARGE = 413, HTTP_INVALID = 422, HTTP_TOO_MANY = 429,
    HTTP_ERROR = 500, HTTP_UNAVAILABLE = 503,
};
enum method { METHOD_GET, METHOD_POST };

struct param { struct str name, value; };
struct upload { struct str field, filename, type; struct str path; int64_t size; };   /* path: a temporary file */

/* The signed-in user, as the session found him. */
struct who {
    struct user_id user;
    struct session_id session;
    struct str name;                    /* display name */
    struct str role;                    /* code of data/roles.json: "worker", "head", "county" … */
    struct staff_id staff;              /* 0 when the user is not staff */
    struct unit_id unit;                /* whose subtree is his scope */
    struct unit_id focus;               /* the unit of that subtree he looks at now (unit switcher) */
    int64_t area;                       /* the area of his unit */
    uint64_t may;                       /* bit set of enum may */
    bool must_change_password;
    bool must_enrol;                    /* his role demands a second factor, and he has none yet */
    bool minors;                        /* the head approved that he opens minors' files of his station */
    int64_t token;                      /* the token of a program that asks for him; 0: a browser with a session */
    bool reads_only;                    /* that token may not change anything */
};

enum { PATH_IDS_MAX = 4 };

struct rq {
    struct arena *arena;
    struct db *db;
    enum method method;
    struct str path;                    /* "/cases/3082" without the query */
    struct str query;                   /* raw query, without "?" */
    const struct param *params;         /* query and body, in order, decoded, valid UTF-8 */
    size_t params_n;
    const struct upload *uploads;
    size_t uploads_n;
    struct str ip, agent, cookie;
    struct str token;                   /* X-CSRF-Token header, sent by scripts */
    struct str bearer;                  /* secret of the Authorization header, sent by programs */
    struct str once;                    /* Idempotency-Key header */
    struct str seen;                    /* If-None-Match header */
    enum lang lang;
    bool again;                         /* the fields come from a draft: drawn as just typed */
    bool fragment;                      /* asked by htmx: answer without the layout */
    bool json;                          /* asked for application/json, and not for a page */

    const struct route *route;
    int64_t ids[PATH_IDS_MAX];          /* the ":name" parts of the path, in order */
    struct str words[PATH_IDS_MAX];     /* the "@name" parts of the path, in order */
    struct who who;                     /* user 0: nobody is signed in */
    struct str csrf;                    /* token of this session */
    struct str found;                   /* "q" as it stands in the address, when it is sealed there (page/find.h) */

    bool keep;                          /* commit although the status is an error (failed sign-in) */
    struct disclosure *given;           /* what of clients' data this answer hands out; in the register before it leaves (audit/disclose.h) */
    struct read_note *reads;            /* sensitive records that this page shows; audited before it leaves */

    void *form;                         /* the parsed, valid struct of route->form */
    struct form_error *errors;          /* what was wrong, for drawing the form again */
    void *state;                        /* what route->before left for route->run */
    void *record;                       /* what route->scope loaded */

    /* The answer */
    struct buf body;
    struct str title;                   /* of the page, translated */
    struct str type;                    /* content type; NO_STR: HTML page in the layout */
    struct str location;                /* with HTTP_SEE_OTHER */
    struct str download;                /* file name of an attachment */
    struct str cookies;                 /* Set-Cookie values, a line each (rq_cookie) */
    struct str cache;                   /* Cache-Control; NO_STR: no-store */
    struct str etag;                    /* of a JSON answer */
    struct str file;                    /* send this file instead of the body */
    bool bare;                          /* HTML without the layout (print views, sign-in) */
    bool framed;                        /* the layout stands around the body already */
    const struct crumb *crumbs;         /* breadcrumb before the title */
    size_t crumbs_n;
};
struct crumb { struct str text; struct str href; };
struct read_note { struct str entity; int64_t id; struct str what; int64_t rows; struct read_note *next; };     /* rows: of an export, else -1 */

bool may(const struct rq *rq, enum may m);
struct str rq_param(const struct rq *rq, const char *name);             /* first value; NO_STR when absent */
int64_t rq_param_int(const struct rq *rq, const char *name, int64_t otherwise);
struct date rq_param_date(const struct rq *rq, const char *name);

/* The address of the page: of a GET its own, of a POST that of the page with the form ("_page"); without "draft". */
struct str rq_page(const struct rq *rq);

/* Is the text an address on this server that somebody may be sent to ("/cases", not "//elsewhere")? */
bool rq_local(struct str address);

/* Sets one more cookie. */
void rq_cookie(struct rq *rq, struct str value);

/* 303 to an address made of known words and numbers. */
enum http rq_redirect(struct rq *rq, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The same, and a message that the next page shows once; zh is a T() literal. */
enum http rq_done(struct rq *rq, const char *zh, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The same, and a button beside the message that takes it back: a POST to undo, a path on this server. */
enum http rq_done_undo(struct rq *rq, const char *zh, struct str undo, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* For a scope: the record is another one now, whose id stands in the same place of the address.  A GET is sent there, not for
 * ever, because it may be taken back; a POST is refused. */
void rq_moved(struct rq *rq, int64_t from, int64_t to);

/* A page that says what is wrong in the user's words: 404, 409 … */
enum http rq_fail(struct rq *rq, enum http status, const char *zh);

/* Notes that this answer shows a record of level S3 or above ("person", id, "form B"). */
void rq_note_read(struct rq *rq, const char *entity, int64_t id, const char *what);

/* Notes that this answer takes a list out of the program: which one, how many rows, with which filters. */
void rq_note_export(struct rq *rq, const char *list, int64_t rows, struct str filters);

/* Adds a message at a field of the form (or NULL: at the top) and returns HTTP_INVALID. */
enum http rq_invalid(struct rq *rq, const char *field, const char *zh);
#endif
