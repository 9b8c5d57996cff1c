/* What a JSON answer looks like.  A shape names the members of a struct once; the same table prints the answer and describes it
 * in /api/openapi.json.  Ids are texts, because a number of 64 bits does not survive JavaScript; unknown values are null. */
#ifndef NUAN_SHAPE_H
#define NUAN_SHAPE_H
#include "form/form.h"
#include "http/rq.h"

enum shape_kind {
    SHAPE_KIND_ID, SHAPE_KIND_TEXT, SHAPE_KIND_CODE, SHAPE_KIND_CODES, SHAPE_KIND_INT, SHAPE_KIND_BOOL, SHAPE_KIND_DATE, SHAPE_KIND_TIME,
    SHAPE_KIND_MONEY, SHAPE_KIND_DOC, SHAPE_KIND_TEXTS, SHAPE_KIND_MANY
};

struct shape_field {
    const char *name;
    uint16_t offset;
    enum shape_kind kind;
    const char *label;                  /* Chinese */
    const char *codes;                  /* the code table of a code */
    const struct shape *of;             /* of SHAPE_KIND_MANY: what stands in the list */
    uint16_t count;                     /* and the offset of how many */
};
/* base: the struct begins with one of that shape, and its members come first. */
struct shape { const char *name, *label; const struct shape_field *fields; size_t n, size; const struct shape *base; };

/* As with forms, the member's C type must be the one that the kind prints. */
#define SHAPE_ID(T_, m, idtype, zh)     { MEMBER(T_, m, struct idtype),  .kind = SHAPE_KIND_ID, .label = zh }
#define SHAPE_TEXT(T_, m, zh)           { MEMBER(T_, m, struct str),     .kind = SHAPE_KIND_TEXT, .label = zh }
#define SHAPE_CODE(T_, m, table, zh)    { MEMBER(T_, m, struct str),     .kind = SHAPE_KIND_CODE, .label = zh, .codes = table }
#define SHAPE_CODES(T_, m, table, zh)   { MEMBER(T_, m, struct str),     .kind = SHAPE_KIND_CODES, .label = zh, .codes = table }  /* "A01,B03" */
#define SHAPE_INT(T_, m, zh)            { MEMBER(T_, m, int64_t),        .kind = SHAPE_KIND_INT, .label = zh }
#define SHAPE_BOOL(T_, m, zh)           { MEMBER(T_, m, bool),           .kind = SHAPE_KIND_BOOL, .label = zh }
#define SHAPE_DATE(T_, m, zh)           { MEMBER(T_, m, struct date),    .kind = SHAPE_KIND_DATE, .label = zh }
#define SHAPE_TIME(T_, m, zh)           { MEMBER(T_, m, struct instant), .kind = SHAPE_KIND_TIME, .label = zh }
#define SHAPE_MONEY(T_, m, zh)          { MEMBER(T_, m, struct money),   .kind = SHAPE_KIND_MONEY, .label = zh }                 /* "12.50" yuan */
/* A text that is a JSON object: the values of a form that is data, each a text (form/doc.h). */
#define SHAPE_DOC(T_, m, zh)            { MEMBER(T_, m, struct str),     .kind = SHAPE_KIND_DOC, .label = zh }
/* A text that is a JSON object of texts. */
#define SHAPE_TEXTS(T_, m, zh)          { MEMBER(T_, m, struct str),     .kind = SHAPE_KIND_TEXTS, .label = zh }
/* A list within: m points to rows of the shape, n_ says how many. */
#define SHAPE_MANY(T_, m, n_, shape_, zh) { .name = #m, .offset = offsetof(T_, m), .kind = SHAPE_KIND_MANY, .label = zh, .of = &(shape_), \
    .count = offsetof(T_, n_) + 0 * sizeof(struct { \
        _Static_assert(_Generic(((T_ *)0)->n_, size_t: 1, default: 0), #n_ " must be a size_t"); int unused; }) }
#define SHAPE(name_, label_, T_, fields_) { .name = name_, .label = label_, .fields = fields_, .n = COUNT(fields_), .size = sizeof(T_) }
#define SHAPE_ON(base_, name_, label_, T_, fields_) \
    { .name = name_, .label = label_, .fields = fields_, .n = COUNT(fields_), .size = sizeof(T_), .base = &(base_) }

/* Is JSON asked for, and does the route have a shape? */
bool shape_wanted(const struct rq *rq);

/* Prints the answer of the route's shape: one struct; or n of them with the exact total of the list and the address of its next
 * page (NO_STR: this is the last). */
enum http shape_one(struct rq *rq, const void *row);
enum http shape_list(struct rq *rq, const void *rows, size_t n, int64_t total, struct str next);

/* The address of the page behind this one; NO_STR when there is none.  Of a list that is paged by number, or by rows to skip. */
struct str shape_next(struct rq *rq, int64_t page, int64_t per_page, int64_t total);
struct str shape_next_skip(struct rq *rq, int64_t skip, int64_t most, int64_t total);
#endif
