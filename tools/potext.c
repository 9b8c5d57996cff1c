/* potext -- are the translations complete?
 *   potext en.po SRCDIR
 * Names every text of the sources that the po file lacks, and every entry that no source uses.  Texts are {{t …}} in
 * .html, T("…") in .c and .h, and each literal with Chinese in a .c file, unless its line ends with "not shown" in a
 * comment.  Not looked at: *_test.c and test/, demo/ (Chinese data), and base/date.c (what dates are parsed from). */
#include "po.h"
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct po *entries;
static size_t entries_n;
static bool *used;
static char **paths;
static size_t paths_n;
static unsigned wrong;

/* Does the text hold a Chinese character?  The blocks of the radicals to the unified ideographs begin with
 * bytes E2 BA … E9, those beyond the basic plane with F0 A0 …; Latin-1 signs and dashes do not count. */
static bool
chinese(const char *p, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        unsigned char a = (unsigned char)p[i], b = (unsigned char)p[i + 1];
        if (a == 0xE2 && b >= 0xBA && b <= 0xBF) return true;
        if (a == 0xE3 && b >= 0x90) return true;
        if (a >= 0xE4 && a <= 0xE9) return true;
        if (a == 0xF0 && b >= 0xA0) return true;
    }
    return false;
}

static void
need(const char *text, const char *path, unsigned line)
{
    bool known = false;
    for (size_t i = 0; i < entries_n; i++) {
        if (strcmp(entries[i].zh, text) != 0) continue;
        used[i] = true;
        known = *entries[i].en != '\0';
    }
    if (known) return;
    complain(path, line, "not translated: %s", text);
    wrong++;
}

static unsigned
lines(const char *from, const char *to)
{
    unsigned n = 0;
    for (; from < to; from++) n += *from == '\n';
    return n;
}

/* T("…") in the C expression of a directive. */
static void
scan_expression(const char *path, const char *s, const char *close, unsigned line)
{
    while ((s = strstr(s, "T(\"")) != NULL && s < close) {
        const char *text = s + 3, *end = strchr(text, '"');
        if (!end || end > close) fail(path, line, "a text without an end");
        need(trimmed(text, (size_t)(end - text)), path, line);
        s = end;
    }
}

static void
scan_html(const char *path, const char *s)
{
    unsigned line = 1;
    while (*s) {
        const char *open = strstr(s, "{{"), *end = open ? open : s + strlen(s);
        if (chinese(s, (size_t)(end - s))) {
            while (!chinese(s, strcspn(s, "\n"))) line++, s = strchr(s, '\n') + 1;
            complain(path, line, "Chinese text outside of {{t}}");
            wrong++;
        }
        line += lines(s, end);
        if (!open) return;
        const char *close = strstr(open, "}}"), *word = open + 2 + strspn(open + 2, " \t");
        if (!close) fail(path, line, "{{ without }}");
        if (word[0] == 't' && strchr(" \t\n", word[1])) need(trimmed(word + 1, (size_t)(close - word - 1)), path, line);
        else if (word[0] != '#') scan_expression(path, word, close, line);
        line += lines(open, close);
        s = close + 2;
    }
}

/* Behind the blanks and comments at s. */
static const char *
skip(const char *s)
{
    for (;;) {
        const char *end;
        s += strspn(s, " \t\r\n");
        if (s[0] == '/' && s[1] == '/') s += strcspn(s, "\n");
        else if (s[0] == '/' && s[1] == '*' && (end = strstr(s + 2, "*/")) != NULL) s = end + 2;
        else return s;
    }
}

static bool
word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Is the literal at s the argument of T()? */
static bool
marked(const char *source, const char *s)
{
    while (s > source && strchr(" \t\n", s[-1])) s--;
    if (s - source < 2 || s[-1] != '(' || s[-2] != 'T') return false;
    return s - source == 2 || !word_char(s[-3]);
}

static bool
not_shown(const char *s)
{
    static const char mark[] = "/* not shown */";
    size_t n = strcspn(s, "\n");
    while (n && strchr(" \t\r", s[n - 1])) n--;
    return n >= sizeof mark - 1 && strncmp(s + n - (sizeof mark - 1), mark, sizeof mark - 1) == 0;
}

/* The end of the literal at s, behind its quote. */
static const char *
literal_end(const char *s)
{
    char quote = *s;
    for (s++; *s && *s != quote && *s != '\n'; s++)
        if (*s == '\\' && s[1]) s++;
    return *s == quote ? s + 1 : s;
}

/* One literal and those that the compiler joins to it; returns what is behind them. */
static const char *
scan_literal(const char *path, const char *source, const char *s, bool all)
{
    unsigned line = 1 + lines(source, s);
    bool wanted = marked(source, s);
    struct text raw = { 0 }, text = { 0 };
    const char *end = s;
    for (const char *p = s; *p == '"'; p = skip(end)) {
        end = literal_end(p);
        text_add(&raw, p + 1, (size_t)(end - p) - 2);
    }
    wanted |= all && chinese(raw.p, raw.n) && !not_shown(end);
    if (wanted && raw.n) {
        literal_decode(&text, raw.p, raw.n, path, line);
        need(text.p, path, line);
    }
    return end;
}

static void
scan_c(const char *path, const char *source, bool all)
{
    for (const char *s = skip(source); *s; s = skip(s)) {
        if (*s == '"') s = scan_literal(path, source, s, all);
        else if (*s == '\'') s = literal_end(s);
        else if (strncmp(s, "#define T(", 10) == 0) s += strcspn(s, "\n");
        else s++;
    }
}

static int
visit(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st; (void)ftw;
    if (kind != FTW_F) return 0;
    paths = grow(paths, paths_n + 1, sizeof *paths);
    paths[paths_n++] = copy(path, strlen(path));
    return 0;
}

static int
by_path(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
ends(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

static void
scan(const char *path, const char *inside)
{
    if (ends(path, "_test.c") || strncmp(inside, "/test/", 6) == 0) return;
    if (strncmp(inside, "/demo/", 6) == 0 || strcmp(inside, "/base/date.c") == 0) return;
    if (ends(path, ".html")) scan_html(path, file_read(path, NULL));
    if (ends(path, ".c") || ends(path, ".h")) scan_c(path, file_read(path, NULL), ends(path, ".c"));
}

int
main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: potext FILE.po SRCDIR\n", stderr);
        return 2;
    }
    entries_n = po_read(argv[1], &entries);
    used = grow(NULL, entries_n, sizeof *used);
    memset(used, 0, entries_n * sizeof *used);
    if (nftw(argv[2], visit, 16, FTW_PHYS) != 0) fail(argv[2], 0, "cannot be read");
    qsort(paths, paths_n, sizeof *paths, by_path);
    for (size_t i = 0; i < paths_n; i++) scan(paths[i], paths[i] + strlen(argv[2]));
    for (size_t i = 0; i < entries_n; i++) {
        if (used[i]) continue;
        complain(argv[1], entries[i].line, "no longer used: %s", entries[i].zh);
        wrong++;
    }
    return wrong ? 1 : 0;
}
