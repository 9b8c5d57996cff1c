/* The parts of sqlgen: sqlgen.c reads, sqlcheck.c asks SQLite, sqlemit.c writes C. */
#ifndef NUAN_SQLGEN_H
#define NUAN_SQLGEN_H
#include <sqlite3.h>
#include "tool.h"

enum engine { SQLITE, POSTGRES, ENGINES };
enum { FILTERS_MAX = 31, SLOTS_MAX = 255, KEPT_MAX = 4 };             /* bit 31 is DB_AFTER; counts are uint8_t */
#define MARK_FILTER '\1'
#define MARK_SORT '\2'

/* none: initializer of the type's "no value" in C, "" when that is all zero, NULL when there is none. */
struct type { const char *sql, *c, *kind, *none; };
struct slot { const char *name, *type; const struct type *t; bool optional, used; unsigned line; };
struct part { const char *name, *sql, *after; const char *text[ENGINES], *after_text[ENGINES]; unsigned line; };

enum cardinality { ONE, MANY, EXEC };
struct query {
    const char *name;
    enum cardinality card;
    unsigned line, body_line;                           /* of "-- query:" and of the first line of the statement */
    struct text purpose;                                /* lines of comment */
    struct text body[ENGINES];                          /* as written, one line per source line */
    const char *sql[ENGINES];                           /* parameters numbered, marks in place */
    bool marks[2];                                      /* has a filter mark, a sort mark */
    struct slot *in, *out;
    struct part *filters, *sorts;
    size_t in_n, out_n, filters_n, sorts_n;
    const char *like;                                   /* the query whose filters and sorts these are */
    bool anyarea, writes, kept;
};

struct file { const char *path; struct query *queries; size_t n; };

/* An in-memory database with the migrations applied. */
sqlite3 *schema_open(char *const *paths, size_t n);
/* Prepares the query in all its forms, sets q->writes, and refuses what does not hold. */
void query_check(sqlite3 *db, const char *path, struct query *q);

/* Writes STEM_sql.h and STEM_sql.c. */
void emit(const struct file *f, const char *stem);
void emit_index(const char *out, char *const *stems, size_t n);
void emit_migrations(const char *out, char *const *paths, size_t n);

/* The text of one engine: lines "-- sqlite: X" and "-- postgres: X" become X or an empty line. */
char *engine_text(const char *sql, enum engine e);
/* Does the line begin with "-- word:"?  Then word is set and the rest of the line returned, else NULL. */
const char *directive(const char *line, char word[32]);
#endif
