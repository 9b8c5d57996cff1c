/* tmplc -- views in .html files become C functions (docs/views.md).
 *   tmplc -o OUTSTEM VIEW.html         writes OUTSTEM_html.h and OUTSTEM_html.c
 * Values are escaped by their C type and by where they stand; where escaping cannot be right they are refused. */
#include "htmlpos.h"
#include "tool.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 32 };
enum block_kind { VIEW, IF, FOR };
struct block { enum block_kind kind; unsigned line; struct pos begin; bool elsed, glued; };     /* glued: some branch ended so */

static const char *path;
static unsigned line = 1;
static struct pos pos;
static struct block stack[DEPTH_MAX];
static size_t depth;
static struct text h, c;                                /* what is written */
static struct text literal;                             /* HTML not yet written */
static struct text run;                                 /* blanks in text not yet added to it */
static bool edge;                                       /* the run begins behind a tag or a block */
static bool fresh;                                      /* the run begins behind a line that disappeared */

/* Blanks between two tags or blocks that hold a line break become one line break. */
static void
run_end(bool next_edge)
{
    bool broken = run.n && memchr(run.p, '\n', run.n);
    if (edge && next_edge && broken) text_addc(&literal, '\n');
    else if (!fresh || !next_edge || broken) text_add(&literal, run.n ? run.p : "", run.n);
    run.n = 0;
    fresh = false;
}

static void
literal_write(void)
{
    if (literal.n) {
        text_addf(&c, "    put(o, ");
        text_add_c(&c, literal.p, literal.n, 11);
        text_addf(&c, ", %zu);\n", literal.n);
    }
    literal.n = 0;
}

static void
literal_char(char ch)
{
    if (depth == 0) {
        if (!isspace((unsigned char)ch)) fail(path, line, "text outside of a view");
        return;
    }
    bool in_text = pos.at == AT_TEXT;
    if (in_text && isspace((unsigned char)ch)) {
        text_addc(&run, ch);
        return;
    }
    if (in_text) run_end(ch == '<');
    const char *why = pos_step(&pos, ch);
    if (why) fail(path, line, "%s", why);
    text_addc(&literal, ch);
    edge = pos.at == AT_TEXT && !in_text;
}

static void
line_directive(void)
{
    text_addf(&c, "#line %u \"%s\"\n", line, path);
}

static void
value(const char *expr)
{
    const char *why = pos_value(&pos);
    if (why) fail(path, line, "%s", why);
    if (*expr == '\0') fail(path, line, "an expression is missing");
    line_directive();
    if (pos_in_attribute(&pos))
        text_addf(&c, "    _Static_assert(_Generic((%s), struct html: 0, default: 1), "
                  "\"markup cannot stand in an attribute\");\n", expr);
    if (pos_in_attribute(&pos)) line_directive();
    text_addf(&c, "    %s(o, (%s));\n", pos_is_url(&pos) ? "PUT_URL" : "PUT", expr);
}

static void
translated(const char *zh)
{
    const char *why = pos_value(&pos);
    if (why) fail(path, line, "%s", why);
    if (pos_is_url(&pos)) fail(path, line, "a translated text cannot be an address");
    if (*zh == '\0') fail(path, line, "{{t}} without a text");
    text_addf(&c, "    put_tr(o, ");
    text_add_c(&c, zh, strlen(zh), 11);
    text_addf(&c, ");\n");
}

/* Splits "name(args)"; returns the name, args without the brackets. */
static char *
call_split(const char *s, char **args)
{
    const char *open = strchr(s, '('), *close = strrchr(s, ')');
    if (!open || !close || close < open || close[1]) fail(path, line, "expected name(arguments), found '%s'", s);
    *args = trimmed(open + 1, (size_t)(close - open - 1));
    char *name = trimmed(s, (size_t)(open - s));
    for (const char *p = name; *p || p == name; p++)
        if (!isalnum((unsigned char)*p) && *p != '_') fail(path, line, "'%s' is not a name", name);
    return name;
}

static void
block_push(enum block_kind kind)
{
    if (depth == DEPTH_MAX) fail(path, line, "blocks nest too deep");
    stack[depth++] = (struct block){ .kind = kind, .line = line, .begin = pos };
}

/* The branch that ends here must have left the HTML where the block found it; the next one begins there too. */
static void
branch_end(struct block *b)
{
    b->glued = b->glued || pos.glued;
    if (!pos_same(&pos, &b->begin))
        fail(path, line, "this branch ends at another place in the HTML than where its block began (line %u)", b->line);
    pos = b->begin;
}

static void
view(const char *s)
{
    char *args, *name = call_split(s, &args);
    if (depth) fail(path, line, "views do not nest");
    const char *comma = *args ? ", " : "";
    pos = (struct pos){ .at = AT_TEXT };
    block_push(VIEW);
    text_addf(&h, "void %s(struct buf *o%s%s);\n", name, comma, args);
    text_addf(&c, "void\n");
    line_directive();
    text_addf(&c, "%s(struct buf *o%s%s)\n{\n    (void)o;\n", name, comma, args);
}

static void
loop(const char *s)
{
    char var[32];
    int used = 0;
    if (sscanf(s, "%31[A-Za-z0-9_] in %n", var, &used) != 1 || used == 0 || s[used] == '\0')
        fail(path, line, "expected {{for i in n}}");
    block_push(FOR);
    line_directive();
    text_addf(&c, "    for (size_t %s = 0; %s < (size_t)(%s); %s++) {\n", var, var, s + used, var);
}

static void
otherwise(const char *word, const char *condition)
{
    struct block *b = &stack[depth - 1];
    if (b->kind != IF) fail(path, line, "{{%s}} outside of an {{if}}", word);
    if (b->elsed) fail(path, line, "{{%s}} after {{else}}", word);
    branch_end(b);
    line_directive();
    if (condition) text_addf(&c, "    } else if (%s) {\n", condition);
    else text_addf(&c, "    } else {\n");
    b->elsed = !condition;
}

static void
end(void)
{
    struct block *b = &stack[depth - 1];
    if (b->kind == VIEW && pos.at != AT_TEXT)
        fail(path, line, "the view ends inside a tag (it began in line %u)", b->line);
    branch_end(b);
    pos.glued = pos.glued || b->glued;
    depth--;
    text_addf(&c, "%s", b->kind == VIEW ? "}\n\n" : "    }\n");
}

/* Directives that make no text: {{if}}, {{end}}, {{c}} … */
static void
block(const char *word, const char *rest)
{
    bool bare = strcmp(word, "else") == 0 || strcmp(word, "end") == 0, c_code = strcmp(word, "c") == 0;
    if (bare && *rest) fail(path, line, "text behind {{%s", word);
    if (!bare && !*rest) fail(path, line, "{{%s}} needs something behind it", word);
    if (depth == 0 && strcmp(word, "view") != 0 && !c_code) fail(path, line, "{{%s}} outside of a view", word);
    if (depth) {
        const char *why = pos_block(&pos);
        if (why) fail(path, line, "%s", why);
    }
    if (strcmp(word, "view") == 0) view(rest);
    else if (strcmp(word, "elif") == 0) otherwise(word, rest);
    else if (strcmp(word, "else") == 0) otherwise(word, NULL);
    else if (strcmp(word, "end") == 0) end();
    else if (strcmp(word, "for") == 0) loop(rest);
    else {
        bool is_if = strcmp(word, "if") == 0;
        if (is_if) block_push(IF);
        line_directive();
        text_addf(&c, is_if ? "    if (%s) {\n" : "    %s\n", rest);
    }
}

static void
call(const char *rest)
{
    char *args, *name = call_split(rest, &args);
    if (depth == 0) fail(path, line, "{{call}} outside of a view");
    if (pos.at != AT_TEXT) fail(path, line, "{{call}} may stand in text only");
    line_directive();
    text_addf(&c, "    %s(o%s%s);\n", name, *args ? ", " : "", args);
}

static void
include(const char *rest)
{
    size_t n = strlen(rest);
    if (depth) fail(path, line, "{{include}} belongs at the top of the file");
    if (n < 3 || rest[0] != '"' || rest[n - 1] != '"') fail(path, line, "expected {{include \"file.h\"}}");
    text_addf(&h, "#include %s\n", rest);
}

static bool
is_block(const char *word)
{
    static const char *const blocks[] = { "view", "if", "elif", "else", "end", "for", "c" };
    for (size_t i = 0; i < COUNT(blocks); i++)
        if (strcmp(blocks[i], word) == 0) return true;
    return false;
}

static void
directive(const char *word, const char *rest)
{
    if (is_block(word)) { block(word, rest); return; }
    if (strcmp(word, "include") == 0) { include(rest); return; }
    if (strcmp(word, "call") == 0) { call(rest); return; }
    if (strcmp(word, "=") != 0 && strcmp(word, "t") != 0) fail(path, line, "unknown directive {{%s", word);
    if (depth == 0) fail(path, line, "{{%s}} outside of a view", word);
    if (*word == '=') value(rest);
    else translated(rest);
}

/* The "}}" that ends a directive: outside of C literals, except in {{t}} and {{#}}, which hold plain text. */
static const char *
closing(const char *p, bool plain)
{
    for (; *p; p++) {
        if (p[0] == '}' && p[1] == '}') return p + (p[2] == '}');       /* "}}}": the first closes a brace of C */
        if (plain || (*p != '"' && *p != '\'')) continue;
        char quote = *p;
        for (p++; *p && *p != quote; p++)
            if (*p == '\\' && p[1]) p++;
        if (!*p) break;
    }
    fail(path, line, "{{ without }}");
}

/* Is the directive from p to end alone on its line? */
static bool
stands_alone(const char *source, const char *p, const char *after)
{
    while (p > source && (p[-1] == ' ' || p[-1] == '\t')) p--;
    after += strspn(after, " \t\r");
    return (p == source || p[-1] == '\n') && (*after == '\n' || *after == '\0');
}

/* Compiles the directive at p; returns what is behind it. */
static const char *
directive_read(const char *source, const char *p)
{
    const char *s = p + 2 + strspn(p + 2, " \t");
    size_t n = *s == '=' || *s == '#' ? 1 : strspn(s, "abcdefghijklmnopqrstuvwxyz");
    char *word = copy(s, n);
    const char *close = closing(s + n, strcmp(word, "t") == 0 || *word == '#'), *after = close + 2;
    char *rest = trimmed(s + n, (size_t)(close - s) - n);
    bool silent = is_block(word) || *word == '#', makes_text = *word == '=' || strcmp(word, "t") == 0;
    bool in_text = pos.at == AT_TEXT;

    bool alone = in_text && silent && stands_alone(source, p, after);
    if (alone) {                                        /* its line disappears */
        while (run.n && run.p[run.n - 1] != '\n') run.n--;
        after += strspn(after, " \t\r");
        after += *after == '\n';
    }
    if (*word != '#') {
        run_end(!makes_text);
        literal_write();
        directive(word, rest);
        edge = !makes_text;
    }
    fresh = alone || (*word == '#' && fresh);
    for (; p < after; p++) line += *p == '\n';
    return after;
}

int
main(int argc, char **argv)
{
    if (argc != 4 || strcmp(argv[1], "-o") != 0) {
        fputs("usage: tmplc -o OUTSTEM VIEW.html\n", stderr);
        return 2;
    }
    size_t n = strlen(argv[2]);
    if (n > 7 && (strcmp(argv[2] + n - 7, "_html.c") == 0 || strcmp(argv[2] + n - 7, "_html.h") == 0)) n -= 7;
    const char *out = copy(argv[2], n), *stem = out + n;
    for (int slashes = 0; stem > out; stem--)
        if (stem[-1] == '/' && ++slashes == 2) break;
    char *guard = copy(stem, strlen(stem));
    for (char *p = guard; *p; p++) *p = isalnum((unsigned char)*p) ? (char)toupper((unsigned char)*p) : '_';

    path = argv[3];
    const char *source = file_read(path, NULL);
    text_addf(&h, "/* Generated by tmplc from %s.html.  Do not edit. */\n"
              "#ifndef NUAN_%s_HTML_H\n#define NUAN_%s_HTML_H\n"
              "#include \"view/view.h\"\n", stem, guard, guard);
    text_addf(&c, "/* Generated by tmplc from %s.html.  Do not edit. */\n#include \"%s_html.h\"\n\n"
              "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n", stem, stem);
    for (const char *p = source; *p;) {
        if (p[0] == '{' && p[1] == '{') {
            p = directive_read(source, p);
        } else {
            literal_char(*p);
            line += *p++ == '\n';
        }
    }
    if (depth) fail(path, line, "missing {{end}} for line %u", stack[depth - 1].line);
    text_addf(&h, "#endif\n");
    file_write(copyf("%s_html.h", out), &h);
    file_write(copyf("%s_html.c", out), &c);
    return 0;
}
