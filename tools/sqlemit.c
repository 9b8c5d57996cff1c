/* What sqlgen writes: structs, slot tables, statements and the calls on them. */
#include "sqlgen.h"
#include <ctype.h>
#include <string.h>

enum { POSITIONAL_MAX = 4 };                            /* more inputs are given by name, through a macro */

static char *
upper(const char *s)
{
    char *up = copy(s, strlen(s));
    for (char *p = up; *p; p++) *p = isalnum((unsigned char)*p) ? (char)toupper((unsigned char)*p) : '_';
    return up;
}

/* The last two steps of a path: "casework/case". */
static const char *
stem_name(const char *stem)
{
    const char *p = stem + strlen(stem);
    for (int slashes = 0; p > stem; p--)
        if (p[-1] == '/' && ++slashes == 2) break;
    return p;
}

static char *
symbol(const char *stem)
{
    char *s = copy(stem, strlen(stem));
    for (char *p = s; *p; p++)
        if (!isalnum((unsigned char)*p)) *p = '_';
    return s;
}

static bool
is_list(const struct query *q)
{
    return q->filters_n || q->sorts_n;
}

static bool
by_name(const struct query *q)
{
    return q->in_n > POSITIONAL_MAX;
}

static void
emit_struct(struct text *h, const char *name, const char *suffix, const struct slot *s, size_t n)
{
    if (n == 0) return;
    text_addf(h, "struct %s_%s {\n", name, suffix);
    for (size_t i = 0; i < n; i++)
        text_addf(h, "    %s %s;%s\n", s[i].t->c, s[i].name, s[i].optional ? "  /* optional */" : "");
    text_addf(h, "};\n");
}

static void
emit_enums(struct text *h, const struct query *q)
{
    char *up = upper(q->name);
    if (q->like) return;                                /* the bits and orders are those of the other query */
    if (q->filters_n) {
        text_addf(h, "enum {");
        for (size_t i = 0; i < q->filters_n; i++)
            text_addf(h, " %s_F_%s = 1u << %zu,", up, upper(q->filters[i].name), i);
        text_addf(h, " };\n");
    }
    if (q->sorts_n) {
        text_addf(h, "enum {");
        for (size_t i = 0; i < q->sorts_n; i++) text_addf(h, " %s_BY_%s,", up, upper(q->sorts[i].name));
        text_addf(h, " };\n");
    }
}

static void
emit_purpose(struct text *h, const struct query *q)
{
    if (q->purpose.n == 0) return;
    text_addf(h, "/*");
    for (const char *p = q->purpose.p; *p; p++) {
        if (*p == '\n') text_addf(h, "%s", p[1] ? "\n *" : " */\n");
        else if (*p == '*' && p[1] == '/') text_addf(h, "* ");
        else text_addc(h, *p);
    }
}

/* "(struct db *db, struct x_row **rows, unsigned filters, unsigned sort, …)" */
static void
emit_signature(struct text *t, const struct query *q)
{
    text_addf(t, "%s%s(struct db *db", q->name, by_name(q) ? "_with" : "");
    if (q->card == MANY) text_addf(t, ", struct %s_row **rows", q->name);
    if (q->card == ONE) text_addf(t, ", struct %s_row *row", q->name);
    if (is_list(q)) text_addf(t, ", unsigned filters, unsigned sort");
    if (by_name(q)) text_addf(t, ", const struct %s_in *in", q->name);
    else for (size_t i = 0; i < q->in_n; i++) text_addf(t, ", %s %s", q->in[i].t->c, q->in[i].name);
    text_addf(t, ")");
}

/* Inputs that are not named start as their type's "no value": an optional one is then NULL, and a forgotten
 * one is caught by db_run instead of becoming day 0. */
static void
emit_macro(struct text *h, const struct query *q)
{
    const char *rows = q->card == MANY ? "rows_, " : q->card == ONE ? "row_, " : "";
    const char *list = is_list(q) ? "filters_, sort_, " : "";
    text_addf(h, "#define %s(db_, %s%s...) \\\n    %s_with((db_), ", q->name, rows, list, q->name);
    if (q->card != EXEC) text_addf(h, "(%.*s), ", (int)strlen(rows) - 2, rows);
    if (is_list(q)) text_addf(h, "(filters_), (sort_), ");
    text_addf(h, "&(const struct %s_in){ ", q->name);
    for (size_t i = 0; i < q->in_n; i++)
        if (q->in[i].t->none && *q->in[i].t->none && (q->in[i].optional || strcmp(q->in[i].type, "int") != 0))
            text_addf(h, "\\\n        .%s = %s, ", q->in[i].name, q->in[i].t->none);
    text_addf(h, "\\\n        __VA_ARGS__ })\n");
}

static void
emit_header(struct text *h, const struct query *q)
{
    emit_struct(h, q->name, "in", q->in, q->in_n);
    emit_struct(h, q->name, "row", q->out, q->out_n);
    emit_enums(h, q);
    text_addf(h, "extern const struct db_query %s_query;\n", q->name);
    emit_purpose(h, q);
    text_addf(h, "%s ", q->card == ONE ? "bool" : "size_t");
    emit_signature(h, q);
    text_addf(h, ";\n");
    if (by_name(q)) emit_macro(h, q);
    text_addf(h, "\n");
}

static void
emit_slots(struct text *c, const struct query *q, const char *table, const char *suffix, const struct slot *s, size_t n)
{
    if (n == 0) return;
    text_addf(c, "static const struct db_slot %s_%s[] = {\n", q->name, table);
    for (size_t i = 0; i < n; i++)
        text_addf(c, "    { \"%s\", %s, %s, offsetof(struct %s_%s, %s) },\n", s[i].name, s[i].t->kind,
                  s[i].optional ? "true" : "false", q->name, suffix, s[i].name);
    text_addf(c, "};\n");
}

/* Lines lose the blanks at their end; empty ones are left out. */
static void
emit_sql(struct text *c, const char *sql, unsigned indent)
{
    struct text t = { 0 };
    for (text_add(&t, "", 0); *sql; sql += *sql == '\n') {
        size_t n = strcspn(sql, "\n"), end = n;
        while (end && strchr(" \t\r", sql[end - 1])) end--;
        if (end && t.n) text_addc(&t, '\n');
        text_add(&t, sql, end);
        sql += n;
    }
    text_add_c(c, t.p, t.n, indent);
}

static void
emit_parts(struct text *c, const struct query *q, const char *table, const struct part *p, size_t n)
{
    if (n == 0) return;
    text_addf(c, "static const struct db_part %s_%s[] = {\n", q->name, table);
    for (size_t i = 0; i < n; i++) {
        text_addf(c, "    { \"%s\",\n      { ", p[i].name);
        emit_sql(c, p[i].text[SQLITE], 8);
        text_addf(c, ",\n        ");
        emit_sql(c, p[i].text[POSTGRES], 8);
        text_addf(c, " },\n      { ");
        if (p[i].after) {
            emit_sql(c, p[i].after_text[SQLITE], 8);
            text_addf(c, ",\n        ");
            emit_sql(c, p[i].after_text[POSTGRES], 8);
        } else {
            text_addf(c, "NULL, NULL");
        }
        text_addf(c, " } },\n");
    }
    text_addf(c, "};\n");
}

static void
emit_query(struct text *c, const struct query *q)
{
    emit_slots(c, q, "in_slots", "in", q->in, q->in_n);
    emit_slots(c, q, "out_slots", "row", q->out, q->out_n);
    emit_parts(c, q, "filters", q->filters, q->filters_n);
    emit_parts(c, q, "sorts", q->sorts, q->sorts_n);
    text_addf(c, "const struct db_query %s_query = {\n    .name = \"%s\",\n    .sql = {\n        ", q->name, q->name);
    emit_sql(c, q->sql[SQLITE], 8);
    text_addf(c, ",\n        ");
    emit_sql(c, q->sql[POSTGRES], 8);
    text_addf(c, ",\n    },\n");
    if (q->in_n) text_addf(c, "    .in = %s_in_slots, .in_n = %zu,\n", q->name, q->in_n);
    if (q->out_n)
        text_addf(c, "    .out = %s_out_slots, .out_n = %zu, .row_size = sizeof(struct %s_row),\n",
                  q->name, q->out_n, q->name);
    if (q->filters_n) text_addf(c, "    .filters = %s_filters, .filters_n = %zu,\n", q->name, q->filters_n);
    if (q->sorts_n) text_addf(c, "    .sorts = %s_sorts, .sorts_n = %zu,\n", q->name, q->sorts_n);
    text_addf(c, "    .writes = %s,%s\n};\n\n", q->writes ? "true" : "false", q->kept ? " .kept = true," : "");
}

static void
emit_call(struct text *c, const struct query *q)
{
    text_addf(c, "%s\n", q->card == ONE ? "bool" : "size_t");
    emit_signature(c, q);
    text_addf(c, "\n{\n");
    if (q->in_n && !by_name(q)) {
        text_addf(c, "    const struct %s_in in_ = {", q->name);
        for (size_t i = 0; i < q->in_n; i++) text_addf(c, "%s .%s = %s", i ? "," : "", q->in[i].name, q->in[i].name);
        text_addf(c, " };\n");
    }
    text_addf(c, "    void *found_ = NULL;\n    size_t n_ = %s(db, &%s_query, ",
              is_list(q) ? "db_run_list" : "db_run", q->name);
    if (is_list(q)) text_addf(c, "filters, sort, ");
    text_addf(c, "%s, &found_);\n", by_name(q) ? "in" : q->in_n ? "&in_" : "NULL");
    if (q->card == MANY) text_addf(c, "    *rows = found_;\n");
    if (q->card == ONE)
        text_addf(c, "    if (n_ == 0) memset(row, 0, sizeof *row);\n"
                  "    else memcpy(row, found_, sizeof *row);\n    return n_ > 0;\n");
    else text_addf(c, "    return n_;\n");
    text_addf(c, "}\n\n");
}

void
emit(const struct file *f, const char *out)
{
    struct text h = { 0 }, c = { 0 };
    size_t n = strlen(out);
    if (n > 6 && (strcmp(out + n - 6, "_sql.c") == 0 || strcmp(out + n - 6, "_sql.h") == 0)) n -= 6;
    const char *path = copy(out, n), *stem = stem_name(path), *guard = upper(stem);

    text_addf(&h, "/* Generated by sqlgen from %s.sql.  Do not edit. */\n#ifndef NUAN_%s_SQL_H\n#define NUAN_%s_SQL_H\n"
              "#include \"db/db.h\"\n\n", stem, guard, guard);
    text_addf(&c, "/* Generated by sqlgen from %s.sql.  Do not edit. */\n#include \"%s_sql.h\"\n\n"
              "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n", stem, stem);
    for (size_t i = 0; i < f->n; i++) {
        emit_header(&h, &f->queries[i]);
        emit_query(&c, &f->queries[i]);
        emit_call(&c, &f->queries[i]);
    }
    text_addf(&h, "extern const struct db_query *const %s_queries[];         /* ends with NULL */\n#endif\n",
              symbol(stem));
    text_addf(&c, "const struct db_query *const %s_queries[] = {\n", symbol(stem));
    for (size_t i = 0; i < f->n; i++) text_addf(&c, "    &%s_query,\n", f->queries[i].name);
    text_addf(&c, "    NULL,\n};\n");
    file_write(copyf("%s_sql.h", path), &h);
    file_write(copyf("%s_sql.c", path), &c);
}

void
emit_index(const char *out, char *const *stems, size_t n)
{
    struct text c = { 0 };
    text_addf(&c, "/* Generated by sqlgen.  Do not edit. */\n#include \"db/all_queries.h\"\n\n");
    for (size_t i = 0; i < n; i++)
        text_addf(&c, "extern const struct db_query *const %s_queries[];\n", symbol(stems[i]));
    text_addf(&c, "\nconst struct db_query *const *const all_queries[] = {\n");
    for (size_t i = 0; i < n; i++) text_addf(&c, "    %s_queries,\n", symbol(stems[i]));
    text_addf(&c, "    NULL,\n};\n");
    file_write(out, &c);
}

void
emit_migrations(const char *out, char *const *paths, size_t n)
{
    struct text c = { 0 };
    text_addf(&c, "/* Generated by sqlgen.  Do not edit. */\n#include \"db/migrate.h\"\n\n"
              "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\nconst struct migration migrations[] = {\n");
    for (size_t i = 0; i < n; i++) {
        size_t bytes;
        const char *slash = strrchr(paths[i], '/'), *base = slash ? slash + 1 : paths[i];
        char *sql = file_read(paths[i], &bytes);
        text_addf(&c, "    { \"%.*s\",\n      ", (int)strcspn(base, "."), base);
        text_add_c(&c, sql, bytes, 6);
        text_addf(&c, " },\n");
    }
    text_addf(&c, "    { NULL, NULL },\n};\nconst size_t migrations_n = %zu;\n", n);
    file_write(out, &c);
}
