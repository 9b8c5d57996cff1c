/* What sqlgen asks SQLite about a query: is it right, and what does it touch? */
#include "sqlgen.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned
lines(const char *from, int bytes)
{
    unsigned n = 0;
    for (int i = 0; i < bytes && from[i]; i++) n += from[i] == '\n';
    return n;
}

static void
migrate(sqlite3 *db, const char *path)
{
    char *sql = engine_text(file_read(path, NULL), SQLITE);
    for (const char *p = sql, *rest; *p; p = rest) {
        sqlite3_stmt *st;
        unsigned before = lines(sql, (int)(p - sql));
        if (sqlite3_prepare_v2(db, p, -1, &st, &rest) != SQLITE_OK)
            fail(path, 1 + before + lines(p, sqlite3_error_offset(db)), "%s", sqlite3_errmsg(db));
        if (!st) continue;                              /* only blanks and comments were left */
        before += lines(p, (int)strspn(p, " \t\r\n"));
        int done;
        while ((done = sqlite3_step(st)) == SQLITE_ROW) continue;
        if (done != SQLITE_DONE) fail(path, 1 + before, "%s", sqlite3_errmsg(db));
        sqlite3_finalize(st);
    }
}

sqlite3 *
schema_open(char *const *paths, size_t n)
{
    sqlite3 *db;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) fail("sqlite", 0, "%s", sqlite3_errmsg(db));
    for (size_t i = 0; i < n; i++) migrate(db, paths[i]);
    return db;
}

/* The tables that the prepared statements touched. */
struct touched { char **names; size_t n; };

static int
touch(void *arg, int action, const char *table, const char *b, const char *c, const char *d)
{
    struct touched *t = arg;
    (void)b; (void)c; (void)d;
    if (action != SQLITE_READ && action != SQLITE_INSERT && action != SQLITE_UPDATE && action != SQLITE_DELETE)
        return SQLITE_OK;
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->names[i], table) == 0) return SQLITE_OK;
    t->names = grow(t->names, t->n + 1, sizeof *t->names);
    t->names[t->n++] = copy(table, strlen(table));
    return SQLITE_OK;
}

static bool
operational(sqlite3 *db, const char *table)
{
    sqlite3_stmt *st;
    static const char ask[] = "SELECT 1 FROM pragma_table_info(?1) WHERE name = 'area_id' AND pk > 0";
    if (sqlite3_prepare_v2(db, ask, -1, &st, NULL) != SQLITE_OK) fail("sqlite", 0, "%s", sqlite3_errmsg(db));
    sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
    bool is = sqlite3_step(st) == SQLITE_ROW;
    sqlite3_finalize(st);
    return is;
}

static bool
has_word(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = text; (p = strstr(p, word)) != NULL; p += n) {
        bool before = p > text && (isalnum((unsigned char)p[-1]) || p[-1] == '_');
        bool after = isalnum((unsigned char)p[n]) || p[n] == '_';
        if (!before && !after) return true;
    }
    return false;
}

/* The statement with parts in the place of its marks; NULL leaves a mark empty. */
static char *
expand(const struct query *q, const char *conditions, const char *order)
{
    struct text out = { 0 };
    for (const char *p = q->sql[SQLITE]; *p; p++) {
        if (*p == MARK_FILTER) text_addf(&out, "%s", conditions ? conditions : "");
        else if (*p == MARK_SORT) text_addf(&out, "%s%s", order ? " ORDER BY " : "", order ? order : "");
        else text_addc(&out, *p);
    }
    return out.p;
}

/* Prepares one form of the query.  line: of the part that is tried, or 0 for the statement itself. */
static void
try(sqlite3 *db, const char *path, struct query *q, const char *conditions, const char *order, unsigned line)
{
    sqlite3_stmt *st;
    char *sql = expand(q, conditions, order);
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
        fail(path, line ? line : q->body_line + lines(sql, sqlite3_error_offset(db)),
             "%s: %s", q->name, sqlite3_errmsg(db));
    if (!st) fail(path, q->body_line, "%s: the statement is empty", q->name);
    if (sqlite3_column_count(st) != (int)q->out_n)
        fail(path, q->line, "%s: %d columns selected, %zu declared in 'out:'", q->name,
             sqlite3_column_count(st), q->out_n);
    q->writes = !sqlite3_stmt_readonly(st);
    sqlite3_finalize(st);
}

static void
area_check(sqlite3 *db, const char *path, const struct query *q, const struct touched *t)
{
    if (q->anyarea || (has_word(q->sql[SQLITE], "area_id") && has_word(q->sql[POSTGRES], "area_id"))) return;
    for (size_t i = 0; i < t->n; i++)
        if (operational(db, t->names[i]))
            fail(path, q->line, "%s: touches %s without area_id; add it, or a line '-- anyarea: reason'",
                 q->name, t->names[i]);
}

void
query_check(sqlite3 *db, const char *path, struct query *q)
{
    struct touched touched = { 0 };
    struct text all = { 0 };

    sqlite3_set_authorizer(db, touch, &touched);
    try(db, path, q, NULL, NULL, 0);
    for (size_t i = 0; i < q->filters_n; i++) {
        char *one = copyf(" AND (%s)", q->filters[i].text[SQLITE]);
        try(db, path, q, one, NULL, q->filters[i].line);
        text_addf(&all, "%s", one);
    }
    if (q->filters_n) try(db, path, q, all.p, NULL, 0);
    for (size_t i = 0; i < q->sorts_n; i++) {
        const struct part *s = &q->sorts[i];
        try(db, path, q, all.p, s->text[SQLITE], s->line);
        if (s->after) try(db, path, q, copyf(" AND (%s)", s->after_text[SQLITE]), s->text[SQLITE], s->line);
    }
    sqlite3_set_authorizer(db, NULL, NULL);
    area_check(db, path, q, &touched);
}
