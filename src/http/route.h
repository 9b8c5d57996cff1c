/* The route table and the one gate.
 *
 * A module lists its routes at the end of each feature file.  Order of the gate: session, permission, record scope,
 * CSRF, form, handler.  Leaving the permission out does not compile; a path with an id and no scope, or a POST
 * without a form, stops the program at start. */
#ifndef NUAN_ROUTE_H
#define NUAN_ROUTE_H
#include "form/form.h"
#include "http/rq.h"

struct shape;

struct route {
    enum method method;
    const char *path;                           /* "/cases/:case/forms/@form" */
    enum may may;
    enum http (*run)(struct rq *);
    bool (*scope)(struct rq *);                 /* may this user touch this record?  false answers 404 */
    const struct form *form;                    /* parsed and valid before run is called */
    void (*before)(struct rq *);                /* slow work (argon2, parsing a file): on a worker thread, reads only */
    enum http (*redraw)(struct rq *);           /* invalid form: draws the page again with rq->errors; default: the form alone */
    const char *title;                          /* menu, breadcrumb, audit, API description; Chinese */
    bool upload;                                /* accepts multipart/form-data with files */
    bool alone;                                 /* a POST beside which nothing else is written: it moves what others may add to */
    bool reads;                                 /* a POST that changes nothing (its address may not hold what is typed): runs like a GET, cannot write */
    bool slow;                                  /* what reads and must not run on an event loop (export, print) */
    const struct shape *shape;                  /* answers JSON too: what stands in it (http/shape.h) */
    bool many;                                  /* a list of them */
    const char *query;                          /* what the address of the list may ask for: "q,category,after" */
};
/* Path, permission and handler are positional, so none can be left out. */
#define GET(path, may, run, ...)  { METHOD_GET,  path, may, run, __VA_ARGS__ }
#define POST(path, may, run, ...) { METHOD_POST, path, may, run, __VA_ARGS__ }

/* One folder of src/: its routes. */
struct module { const char *name; const struct route *const *routes; const size_t *const *routes_n; size_t n; };
#endif
