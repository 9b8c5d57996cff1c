/* What a JSON answer looks like.  A shape names the members of a struct once; the same table prints the answer and describes it
 * in /api/openapi.json.  Ids are texts, because a number of 64 bits does not survive JavaScript; unknown values are null. */
#ifndef NUAN_SHAPE_H
#define NUAN_SHAPE_H
#include "form/form.h"
#include "http/rq.h"

enum shape_kind { SHAPE_KIND_ID, SHAPE_KIND_TEXT, SHAPE_KIND_CODE, SHAPE_KIND_CODES, SHAPE_KIND_INT, SHAPE_KIND_BOOL, SHAPE_KIND_DATE, SHAPE_KIND_TIME };

struct shape_field {
    const char *name;
    uint16_t offset;
    enum shape_kind kind;
    const char *label;                  /* Chinese */
    const char *codes;                  /* the code table of a code */
};
struct shape { const char *name, *label; const struct shape_field *fields; size_t n, size; };

/* As with forms, the member's C type must be the one that the kind prints. */
#define SHAPE_ID(T_, m, idtype, zh)     { MEMBER(T_, m, struct idtype),  .kind = SHAPE_KIND_ID, .label = zh }
#define SHAPE_TEXT(T_, m, zh)           { MEMBER(T_, m, struct str),     .kind = SHAPE_KIND_TEXT, .label = zh }
#define SHAPE_CODE(T_, m, table, zh)    { MEMBER(T_, m, struct str),     .kind = SHAPE_KIND_CODE, .label = zh, .codes = table }
#define SHAPE_CODES(T_, m, table, zh)   { MEMBER(T_, m, struct str),     .kind = SHAPE_KIND_CODES, .label = zh, .codes = table }  /* "A01,B03" */
#define SHAPE_INT(T_, m, zh)            { MEMBER(T_, m, int64_t),        .kind = SHAPE_KIND_INT, .label = zh }
#define SHAPE_BOOL(T_, m, zh)           { MEMBER(T_, m, bool),           .kind = SHAPE_KIND_BOOL, .label = zh }
#define SHAPE_DATE(T_, m, zh)           { MEMBER(T_, m, struct date),    .kind = SHAPE_KIND_DATE, .label = zh }
#define SHAPE_TIME(T_, m, zh)           { MEMBER(T_, m, struct instant), .kind = SHAPE_KIND_TIME, .label = zh }
#define SHAPE(name_, label_, T_, fields_) { .name = name_, .label = label_, .fields = fields_, .n = COUNT(fields_), .size = sizeof(T_) }

/* Is JSON asked for, and does the route have a shape? */
bool shape_wanted(const struct rq *rq);

/* Prints the answer of the route's shape: one struct; or n of them with the exact total of the list and the address of its next
 * page (NO_STR: this is the last). */
enum http shape_one(struct rq *rq, const void *row);
enum http shape_list(struct rq *rq, const void *rows, size_t n, int64_t total, struct str next);

/* The address of the page behind this one, of a list that is paged by number; NO_STR when there is none. */
struct str shape_next(struct rq *rq, int64_t page, int64_t per_page, int64_t total);
#endif
