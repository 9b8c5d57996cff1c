/* ddict -- the data dictionary in Markdown, from the comments of the migrations.
 *   ddict -o OUT.md 0001_ids.sql …
 * A comment before CREATE TABLE tells what the table is for; one behind a column, or alone on the lines below it, tells
 * what the column holds. */
#include "tool.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *path;
static unsigned line;
static struct text out;
static struct text above;               /* comment lines since the last statement */
static bool in_table, row_open;

static bool
starts(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

static char *
word(const char *s)
{
    return copy(s, strcspn(s, " \t,("));
}

/* In a table cell a bar would begin the next cell. */
static void
cell(const char *s)
{
    for (; *s; s++) text_addf(&out, *s == '|' ? "\\|" : "%c", *s);
}

static void
row_end(void)
{
    if (row_open) text_addf(&out, " |\n");
    row_open = false;
}

static void
table_begin(const char *s)
{
    if (!above.n) fail(path, line, "a table without a comment: say what it is for");
    text_addf(&out, "\n## %s\n\n%s\n\n| Column | Type | Meaning |\n|---|---|---|\n", word(s), above.p);
    in_table = true;
    above.n = 0;
}

/* "name TYPE rest, -- comment": the type is what stands before NOT NULL, DEFAULT, PRIMARY, UNIQUE, REFERENCES, CHECK. */
static void
column(const char *s, const char *comment)
{
    static const char *const ends[] = { " NOT NULL", " DEFAULT", " PRIMARY", " UNIQUE", " REFERENCES", " CHECK" };
    char *name = word(s), *type = trimmed(s + strlen(name), strlen(s) - strlen(name));
    const char *refers = strstr(type, " REFERENCES ");
    bool needed = strstr(type, " NOT NULL") != NULL;
    char *target = refers ? word(refers + 12) : NULL;

    for (size_t i = 0; i < COUNT(ends); i++) {
        char *at = strstr(type, ends[i]);
        if (at) *at = '\0';
    }
    size_t n = strlen(type);
    if (n && type[n - 1] == ',') type[n - 1] = '\0';
    row_end();
    text_addf(&out, "| `%s` | %s%s | ", name, type, needed ? "" : ", optional");
    cell(comment);
    if (target) text_addf(&out, "%s→ `%s`", *comment ? "; " : "", target);
    row_open = true;
}

static bool
is_constraint(const char *s)
{
    return starts(s, "PRIMARY KEY") || starts(s, "UNIQUE") || starts(s, "FOREIGN KEY") || starts(s, "CHECK") || starts(s, "CONSTRAINT");
}

/* What stands behind "--", without the marks of lines for one engine. */
static char *
comment_of(char *s)
{
    char *at = strstr(s, "--");
    if (!at) return copy("", 0);
    *at = '\0';
    return trimmed(at + 2, strlen(at + 2));
}

static void
table_line(char *s, const char *comment)
{
    if (*s == ')') {
        row_end();
        in_table = false;
    } else if (*s == '\0') {
        if (row_open && *comment) {
            text_addc(&out, ' ');
            cell(comment);
        }
    } else if (is_constraint(s)) {
        row_end();
        size_t n = strlen(s);
        text_addf(&out, "\n`%.*s`%s%s\n", (int)(s[n - 1] == ',' ? n - 1 : n), s, *comment ? ": " : "", comment);
    } else {
        column(s, comment);
    }
}

static void
other_line(const char *s, const char *comment)
{
    if (starts(s, "CREATE TABLE ")) {
        table_begin(s + 13);
    } else if (*s) {
        above.n = 0;
    } else if (*comment) {
        text_addf(&above, "%s%s", above.n ? " " : "", comment);
    } else {
        above.n = 0;
    }
}

static void
migration(void)
{
    const char *p = file_read(path, NULL), *slash = strrchr(path, '/');
    text_addf(&out, "\n# %s\n", slash ? slash + 1 : path);
    above.n = 0;
    for (line = 1; *p; line++) {
        size_t n = strcspn(p, "\n");
        char *s = trimmed(p, n), *comment;
        p += n + (p[n] == '\n');
        if (starts(s, "-- sqlite: ") || starts(s, "-- postgres: ")) continue;
        comment = comment_of(s);
        s = trimmed(s, strlen(s));
        if (in_table) table_line(s, comment);
        else other_line(s, comment);
    }
    if (in_table) fail(path, line, "CREATE TABLE without an end");
}

int
main(int argc, char **argv)
{
    if (argc < 4 || strcmp(argv[1], "-o") != 0) {
        fputs("usage: ddict -o OUT.md MIGRATION.sql …\n", stderr);
        return 2;
    }
    text_addf(&out, "# Data dictionary\n\nMade from the comments of the migrations by `./dev docs`.\n");
    for (int i = 3; i < argc; i++) {
        path = argv[i];
        migration();
    }
    file_write(argv[2], &out);
    return 0;
}
