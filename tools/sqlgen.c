/* sqlgen -- named queries in .sql files become typed C calls (docs/sql.md).
 *   sqlgen -o OUTSTEM --schema MIGRATION.sql … -- MODULE.sql       writes OUTSTEM_sql.h and OUTSTEM_sql.c
 *   sqlgen -o OUT.c --index DIR/STEM …                             the list of all queries
 *   sqlgen -o OUT.c --migrations MIGRATION.sql …                   the schema, compiled in
 * SQLite itself checks every statement against the schema while nuan is built. */
#include "sqlgen.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct type types[] = {
    { "int", "int64_t", "DB_INT", "INT64_MIN" },
    { "real", "double", "DB_REAL", NULL },
    { "text", "struct str", "DB_TEXT", "" },
    { "date", "struct date", "DB_DATE", "{ INT32_MIN }" },
    { "time", "struct instant", "DB_TIME", "{ INT64_MIN }" },
    { "money", "struct money", "DB_MONEY", "{ INT64_MIN }" },
    { "bool", "bool", "DB_BOOL", NULL },
};

/* Names that would not compile as a member, and those that the parameters of the generated functions have. */
static const char *const keywords[] = {
    "auto", "bool", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern",
    "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed",
    "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while",
};
static const char *const parameters[] = { "db", "row", "rows", "filters", "sort" };

static const char *path;

const char *
directive(const char *line, char word[32])
{
    size_t n = 0;
    if (strncmp(line, "--", 2) != 0) return NULL;
    for (line += 2; *line == ' ' || *line == '\t'; line++) continue;
    while (n < 31 && (isalpha((unsigned char)line[n]) || line[n] == '_')) n++;
    if (n == 0 || line[n] != ':') return NULL;
    memcpy(word, line, n);
    word[n] = '\0';
    return line + n + 1;
}

char *
engine_text(const char *sql, enum engine e)
{
    static const char *const names[] = { "sqlite", "postgres" };
    struct text out = { 0 };
    for (text_add(&out, "", 0); *sql; sql += *sql == '\n') {
        size_t n = strcspn(sql, "\n");
        char word[32];
        const char *rest = directive(sql, word);
        if (rest && strcmp(word, names[e]) == 0) text_add(&out, rest, n - (size_t)(rest - sql));
        else if (!rest || (strcmp(word, "sqlite") != 0 && strcmp(word, "postgres") != 0)) text_add(&out, sql, n);
        sql += n;
        if (*sql == '\n') text_addc(&out, '\n');
    }
    return out.p;
}

static bool
is_name(const char *s)
{
    if (!islower((unsigned char)*s)) return false;
    for (; *s; s++)
        if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '_') return false;
    return true;
}

/* Takes the first word off s; "" at the end. */
static char *
word_cut(const char **s)
{
    *s += strspn(*s, " \t\r");
    size_t n = strcspn(*s, " \t\r");
    char *w = copy(*s, n);
    *s += n;
    return w;
}

static const struct type *
type_of(const char *name, unsigned line)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (strcmp(types[i].sql, name) == 0) return &types[i];
    size_t n = strlen(name);
    if (!is_name(name) || n < 4 || strcmp(name + n - 3, "_id") != 0) fail(path, line, "unknown type '%s'", name);
    struct type *t = grow(NULL, 1, sizeof *t);
    *t = (struct type){ name, copyf("struct %s", name), "DB_ID", "" };
    return t;
}

static void
slot_name_check(const char *name, bool input, unsigned line)
{
    if (!is_name(name)) fail(path, line, "'%s' is not a name (a-z, 0-9, _)", name);
    for (size_t i = 0; i < COUNT(keywords); i++)
        if (strcmp(keywords[i], name) == 0) fail(path, line, "'%s' is a word of C", name);
    for (size_t i = 0; input && i < COUNT(parameters); i++)
        if (strcmp(parameters[i], name) == 0) fail(path, line, "'%s' is a parameter of every call", name);
}

/* Adds "name type, name type?" to a list of slots. */
static void
slots_add(struct slot **slots, size_t *count, const char *list, bool input, unsigned line)
{
    for (bool more = true; more;) {
        size_t n = strcspn(list, ",");
        char *one = trimmed(list, n);
        const char *rest = one;
        struct slot s = { .name = word_cut(&rest), .line = line };
        char *type = word_cut(&rest);
        more = list[n] == ',';
        list += n + more;
        if (*one == '\0' && !more) break;               /* a comma at the end of a line */
        if (*type == '\0' || *word_cut(&rest)) fail(path, line, "expected 'name type', found '%s'", one);
        slot_name_check(s.name, input, line);
        for (size_t i = 0; i < *count; i++)
            if (strcmp((*slots)[i].name, s.name) == 0) fail(path, line, "'%s' is declared twice", s.name);
        size_t end = strlen(type);
        s.optional = type[end - 1] == '?';
        if (s.optional) type[end - 1] = '\0';
        s.type = type;
        s.t = type_of(type, line);
        if (s.optional && !s.t->none) fail(path, line, "%s has no 'no value' in C: use COALESCE instead of '?'", type);
        if (*count == SLOTS_MAX) fail(path, line, "more than %d values", SLOTS_MAX);
        *slots = grow(*slots, *count + 1, sizeof **slots);
        (*slots)[(*count)++] = s;
    }
}

/* "status  c.status = :status"; a sort may end in "after CONDITION". */
static void
part_add(struct part **parts, size_t *count, const char *text, bool sort, unsigned line)
{
    const char *rest = text;
    struct part p = { .name = word_cut(&rest), .line = line };
    const char *after = sort ? strstr(rest, " after ") : NULL;
    if (!is_name(p.name)) fail(path, line, "'%s' is not a name (a-z, 0-9, _)", p.name);
    p.sql = trimmed(rest, after ? (size_t)(after - rest) : strlen(rest));
    if (after) p.after = trimmed(after + 7, strlen(after + 7));
    if (*p.sql == '\0' || (after && *p.after == '\0')) fail(path, line, "%s has no SQL", p.name);
    for (size_t i = 0; i < *count; i++)
        if (strcmp((*parts)[i].name, p.name) == 0) fail(path, line, "'%s' is declared twice", p.name);
    *parts = grow(*parts, *count + 1, sizeof **parts);
    (*parts)[(*count)++] = p;
}

static void
param_add(struct text *out, struct query *q, enum engine e, const char *name, size_t n, unsigned line)
{
    for (size_t i = 0; i < q->in_n; i++) {
        if (strlen(q->in[i].name) != n || strncmp(q->in[i].name, name, n) != 0) continue;
        q->in[i].used = true;
        text_addf(out, "%c%zu", e == SQLITE ? '?' : '$', i + 1);
        return;
    }
    fail(path, line, "%s: parameter :%.*s is not declared in 'in:'", q->name, (int)n, name);
}

/* Length of the literal, quoted name or comment at p; 0 when there is none. */
static size_t
span(const char *p, const char *name, unsigned line)
{
    const char *end = NULL;
    if (*p == '-' && p[1] == '-') return strcspn(p, "\n");
    if (*p == '/' && p[1] == '*') {
        if ((end = strstr(p + 2, "*/")) == NULL) fail(path, line, "%s: comment without an end", name);
        return (size_t)(end + 2 - p);
    }
    if (*p != '\'' && *p != '"') return 0;
    if ((end = strchr(p + 1, *p)) == NULL) fail(path, line, "%s: missing %c", name, *p);
    return (size_t)(end + 1 - p);
}

/* Copies SQL, giving parameters their numbers and turning the two comments into marks; stops at the ';'. */
static const char *
rewrite(struct text *out, struct query *q, enum engine e, const char *p, unsigned line, bool *marks)
{
    for (text_add(out, "", 0); *p && *p != ';'; p++) {
        size_t n = span(p, q->name, line);
        if (n && (*p == '-' || *p == '/')) {
            int mark = strncmp(p, "/*filter*/", n) == 0 ? MARK_FILTER : strncmp(p, "/*sort*/", n) == 0 ? MARK_SORT : 0;
            if (mark && !marks) fail(path, line, "%s: a mark cannot stand here", q->name);
            if (mark == MARK_FILTER && marks[mark - 1]) fail(path, line, "%s: %.*s stands twice", q->name, (int)n, p);
            if (mark) marks[mark - 1] = true;
            if (mark) text_addc(out, (char)mark);
        } else if (n) {
            text_add(out, p, n);
        } else if (*p == ':' && p[1] == ':') {
            text_add(out, p++, 2);
        } else if (*p == ':' && islower((unsigned char)p[1])) {
            size_t len = 1;
            while (islower((unsigned char)p[1 + len]) || isdigit((unsigned char)p[1 + len]) || p[1 + len] == '_') len++;
            param_add(out, q, e, p + 1, len, line);
            p += len;
        } else if (e == SQLITE && *p && strchr("?@$:", *p)) {
            fail(path, line, "%s: '%c' is no parameter; write :name", q->name, *p);
        } else {
            line += *p == '\n';
            text_addc(out, *p);
        }
        for (size_t i = 0; n && i < n; i++) {           /* lines keep their numbers */
            if (p[i] != '\n') continue;
            line++;
            if (*p == '/') text_addc(out, '\n');
        }
        if (n) p += n - 1;
    }
    return p;
}

/* PostgreSQL cannot know how few units a subtree has: of "unit_id IN (SELECT descendant_id …)" it makes a join that reads a whole
 * table.  An array is asked for first, and each of its units is then looked up in the index. */
static const char *
subtrees_as_arrays(const char *sql)
{
    static const char begin[] = " IN (SELECT ", table[] = "descendant_id FROM unit_closure";
    struct text out = { 0 };
    for (const char *p; (p = strstr(sql, begin)) != NULL;) {
        const char *inner = p + sizeof begin - 1, *column = inner + strspn(inner, "abcdefghijklmnopqrstuvwxyz");
        const char *end = strchr(inner, ')');
        if (*column++ != '.') column = inner;
        bool not_in = p - sql >= 4 && strncmp(p - 4, " NOT", 4) == 0;
        bool subtree = !not_in && strncmp(column, table, sizeof table - 1) == 0 && end != NULL && memchr(inner, '(', (size_t)(end - inner)) == NULL;
        text_add(&out, sql, (size_t)(p - sql));
        if (subtree) text_addf(&out, " = ANY (ARRAY(SELECT %.*s))", (int)(end - inner), inner);
        else text_addf(&out, "%s", begin);
        sql = subtree ? end + 1 : inner;
    }
    text_addf(&out, "%s", sql);
    return out.p;
}

static void
part_rewrite(struct query *q, struct part *p)
{
    for (enum engine e = 0; e < ENGINES; e++) {
        struct text sql = { 0 }, after = { 0 };
        if (*rewrite(&sql, q, e, p->sql, p->line, NULL)) fail(path, p->line, "%s: ';' in a part", p->name);
        p->text[e] = e == POSTGRES ? subtrees_as_arrays(sql.p) : sql.p;
        if (!p->after) continue;
        if (*rewrite(&after, q, e, p->after, p->line, NULL)) fail(path, p->line, "%s: ';' in a part", p->name);
        p->after_text[e] = after.p;
    }
}

static void
like_copy(const struct file *f, struct query *q)
{
    for (size_t i = 0; i + 1 < f->n; i++) {
        const struct query *other = &f->queries[i];
        if (strcmp(other->name, q->like) != 0) continue;
        if (q->filters_n || q->sorts_n) fail(path, q->line, "%s: 'like:' and its own filters or sorts", q->name);
        for (size_t k = 0; k < other->filters_n; k++)
            part_add(&q->filters, &q->filters_n, copyf("%s %s", other->filters[k].name, other->filters[k].sql),
                     false, q->line);
        for (size_t k = 0; q->marks[MARK_SORT - 1] && k < other->sorts_n; k++) {
            const struct part *s = &other->sorts[k];
            part_add(&q->sorts, &q->sorts_n,
                     copyf("%s %s%s%s", s->name, s->sql, s->after ? " after " : "", s->after ? s->after : ""),
                     true, q->line);
        }
        return;
    }
    fail(path, q->line, "%s: like: no query '%s' before this one", q->name, q->like);
}

static void
marks_check(const struct query *q)
{
    bool after = false;
    for (size_t i = 0; i < q->sorts_n; i++) after |= q->sorts[i].after != NULL;
    if (q->filters_n && !q->marks[0]) fail(path, q->line, "%s: filters, but no /*filter*/ in the statement", q->name);
    if (after && !q->marks[0]) fail(path, q->line, "%s: 'after', but no /*filter*/ in the statement", q->name);
    if (q->sorts_n && !q->marks[1]) fail(path, q->line, "%s: sorts, but no /*sort*/ in the statement", q->name);
    if (q->marks[0] && !q->filters_n && !after) fail(path, q->line, "%s: /*filter*/, but no 'filter:' line", q->name);
    if (q->marks[1] && !q->sorts_n) fail(path, q->line, "%s: /*sort*/, but no 'sort:' line", q->name);
    if (q->filters_n > FILTERS_MAX || q->sorts_n > SLOTS_MAX)
        fail(path, q->line, "%s: too many filters or sorts", q->name);
}

static void
query_end(struct file *f)
{
    if (f->n == 0) return;
    struct query *q = &f->queries[f->n - 1];
    if (!q->body_line) fail(path, q->line, "%s: no statement", q->name);
    for (enum engine e = 0; e < ENGINES; e++) {
        struct text sql = { 0 };
        q->marks[0] = q->marks[1] = false;
        const char *end = rewrite(&sql, q, e, q->body[e].p, q->body_line, q->marks);
        if (*end != ';') fail(path, q->line, "%s: missing ';'", q->name);
        if (end[1 + strspn(end + 1, " \t\r\n")]) fail(path, q->line, "%s: text behind the ';'", q->name);
        q->sql[e] = e == POSTGRES ? subtrees_as_arrays(sql.p) : sql.p;
    }
    /* What only filters and sorts use may be left out when they are off. */
    for (size_t i = 0; i < q->in_n; i++) q->in[i].optional |= !q->in[i].used && q->in[i].t->none;
    if (q->like) like_copy(f, q);
    marks_check(q);
    for (size_t i = 0; i < q->filters_n; i++) part_rewrite(q, &q->filters[i]);
    for (size_t i = 0; i < q->sorts_n; i++) part_rewrite(q, &q->sorts[i]);
    for (size_t i = 0; i < q->in_n; i++)
        if (!q->in[i].used) fail(path, q->in[i].line, "%s: '%s' is declared but never used", q->name, q->in[i].name);
    if (q->card == EXEC && q->out_n) fail(path, q->line, "%s: an :exec query has no 'out:'", q->name);
    if (q->card != EXEC && !q->out_n) fail(path, q->line, "%s: 'out:' is missing", q->name);
    for (size_t i = 0; q->kept && i < q->out_n; i++)
        if (strcmp(q->out[i].type, "int") != 0 || q->out_n > KEPT_MAX)
            fail(path, q->line, "%s: what is kept is up to %d of type int", q->name, KEPT_MAX);
}

static void
query_begin(struct file *f, const char *rest, unsigned line)
{
    static const char *const cards[] = { ":one", ":many", ":exec" };
    struct query q = { .name = word_cut(&rest), .line = line };
    const char *card = word_cut(&rest);

    query_end(f);
    if (!is_name(q.name)) fail(path, line, "'%s' is not a name (a-z, 0-9, _)", q.name);
    while (q.card < COUNT(cards) && strcmp(card, cards[q.card]) != 0) q.card++;
    if (q.card == COUNT(cards)) fail(path, line, "%s: '%s' is none of :one, :many, :exec", q.name, card);
    if (*word_cut(&rest)) fail(path, line, "%s: text behind %s", q.name, card);
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->queries[i].name, q.name) == 0)
            fail(path, line, "query '%s' stands already in line %u", q.name, f->queries[i].line);
    f->queries = grow(f->queries, f->n + 1, sizeof *f->queries);
    f->queries[f->n++] = q;
}

static void
body_add(struct query *q, const char *text, const char *postgres, unsigned line)
{
    if (!q->body_line) q->body_line = line;
    text_addf(&q->body[SQLITE], "%s\n", text);
    text_addf(&q->body[POSTGRES], "%s\n", postgres);
}

/* Only numbers fit into what a connection keeps (db/kept.c). */
static void
kept_read(struct query *q, const char *rest, unsigned line)
{
    if (*trimmed(rest, strlen(rest))) fail(path, line, "%s: text behind 'kept:'", q->name);
    if (q->card != ONE) fail(path, line, "%s: only a :one can be kept", q->name);
    q->kept = true;
}

/* A line "-- word: rest" of the query q; NULL before the first one. */
static void
directive_read(struct file *f, struct query *q, const char *word, const char *rest, unsigned line)
{
    if (strcmp(word, "query") == 0) { query_begin(f, rest, line); return; }
    if (!q) fail(path, line, "'%s:' before the first 'query:'", word);
    if (strcmp(word, "sqlite") == 0) { body_add(q, rest, "", line); return; }
    if (strcmp(word, "postgres") == 0) { body_add(q, "", rest, line); return; }
    if (strcmp(word, "in") && strcmp(word, "out") && strcmp(word, "filter") && strcmp(word, "sort")
        && strcmp(word, "like") && strcmp(word, "anyarea") && strcmp(word, "kept")) fail(path, line, "unknown directive '%s:'", word);
    if (q->body_line) fail(path, line, "'%s:' belongs before the statement", word);
    if (strcmp(word, "in") == 0) slots_add(&q->in, &q->in_n, rest, true, line);
    else if (strcmp(word, "out") == 0) slots_add(&q->out, &q->out_n, rest, false, line);
    else if (strcmp(word, "filter") == 0) part_add(&q->filters, &q->filters_n, rest, false, line);
    else if (strcmp(word, "sort") == 0) part_add(&q->sorts, &q->sorts_n, rest, true, line);
    else if (strcmp(word, "like") == 0) q->like = trimmed(rest, strlen(rest));
    else if (strcmp(word, "kept") == 0) kept_read(q, rest, line);
    else if (*trimmed(rest, strlen(rest)) == '\0') fail(path, line, "%s: 'anyarea:' needs a reason", q->name);
    else q->anyarea = true;
}

static struct file
file_parse(const char *sql)
{
    struct file f = { .path = path };
    for (unsigned line = 1; *sql; line++) {
        size_t n = strcspn(sql, "\n");
        char *one = copy(sql, n), word[32];
        const char *rest = directive(one, word);
        struct query *q = f.n ? &f.queries[f.n - 1] : NULL;
        bool blank = one[strspn(one, " \t\r")] == '\0', comment = strncmp(one, "--", 2) == 0;

        sql += n + (sql[n] == '\n');
        if (rest) directive_read(&f, q, word, rest, line);
        else if (comment && q && !q->body_line) text_addf(&q->purpose, "%s\n", one + 2);
        else if (q && q->body_line) body_add(q, comment ? "" : one, comment ? "" : one, line);
        else if (!blank && !comment && !q) fail(path, line, "SQL before the first 'query:'");
        else if (!blank && !comment) body_add(q, one, one, line);
    }
    query_end(&f);
    return f;
}

static _Noreturn void
usage(void)
{
    fputs("usage: sqlgen -o OUTSTEM --schema MIGRATION.sql ... -- MODULE.sql\n"
          "       sqlgen -o OUT.c --index DIR/STEM ...\n"
          "       sqlgen -o OUT.c --migrations MIGRATION.sql ...\n", stderr);
    exit(2);
}

int
main(int argc, char **argv)
{
    if (argc < 4 || strcmp(argv[1], "-o") != 0) usage();
    char **list = argv + 4;
    size_t n = (size_t)argc - 4;
    if (strcmp(argv[3], "--index") == 0) {
        emit_index(argv[2], list, n);
    } else if (strcmp(argv[3], "--migrations") == 0) {
        emit_migrations(argv[2], list, n);
    } else if (strcmp(argv[3], "--schema") == 0 && n >= 2 && strcmp(list[n - 2], "--") == 0) {
        sqlite3 *db = schema_open(list, n - 2);
        path = list[n - 1];
        struct file f = file_parse(file_read(path, NULL));
        for (size_t i = 0; i < f.n; i++) query_check(db, path, &f.queries[i]);
        sqlite3_close(db);
        emit(&f, argv[2]);
    } else {
        usage();
    }
    return 0;
}
