#include "po.h"
#include <stdlib.h>
#include <string.h>

void
literal_decode(struct text *out, const char *p, size_t n, const char *path, unsigned line)
{
    static const char from[] = "ntr\"\\'?", to[] = "\n\t\r\"\\'?";
    text_add(out, "", 0);
    for (size_t i = 0; i < n; i++) {
        if (p[i] != '\\') { text_addc(out, p[i]); continue; }
        const char *at = i + 1 < n ? strchr(from, p[++i]) : NULL;
        if (!at || !*at) fail(path, line, "unknown escape in a literal");
        text_addc(out, to[at - from]);
    }
}

/* The next printf conversion at or behind s ("%d", "%.1f", "%%"): its length, and s moved to it; 0 at the end. */
static size_t
conversion(const char **s)
{
    for (const char *p = *s; (p = strchr(p, '%')) != NULL; p++) {
        size_t n = 1 + strspn(p + 1, "0123456789.-+#lhzj*");
        if (p[n] == '\0' || !strchr("%diouxXfgeGscp", p[n])) continue;
        *s = p;
        return n + 1;
    }
    return 0;
}

static void
conversions_check(const char *path, const struct po *e)
{
    const char *zh = e->zh, *en = e->en;
    for (;;) {
        size_t n = conversion(&zh), m = conversion(&en);
        if (n != m || strncmp(zh, en, n) != 0)
            fail(path, e->line, "the conversions (%%d, %%s …) of the two texts differ");
        if (n == 0) return;
        zh += n;
        en += n;
    }
}

static int
by_text(const void *a, const void *b)
{
    const struct po *x = a, *y = b;
    int order = strcmp(x->zh, y->zh);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void
duplicates_check(const char *path, const struct po *entries, size_t n)
{
    struct po *sorted = grow(NULL, n, sizeof *sorted);
    if (n) memcpy(sorted, entries, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_text);
    for (size_t i = 1; i < n; i++)
        if (strcmp(sorted[i - 1].zh, sorted[i].zh) == 0)
            fail(path, sorted[i].line, "msgid \"%s\" stands already in line %u", sorted[i].zh, sorted[i - 1].line);
}

/* The literal at s belongs to out. */
static void
part_read(struct text *out, const char *s, const char *path, unsigned line)
{
    size_t n = strlen(s);
    if (n < 2 || s[0] != '"' || s[n - 1] != '"') fail(path, line, "expected a quoted text");
    literal_decode(out, s + 1, n - 2, path, line);
}

static void
entry_end(struct po **entries, size_t *count, struct text *zh, struct text *en, const char *path, unsigned line)
{
    struct po e = { .line = line };
    if (zh->p && !en->p) fail(path, line, "msgid without msgstr");
    if (zh->n) {
        e.zh = copy(zh->p, zh->n);
        e.en = copy(en->p, en->n);
        if (en->n) conversions_check(path, &e);
        *entries = grow(*entries, *count + 1, sizeof **entries);
        (*entries)[(*count)++] = e;
    }
    *zh = *en = (struct text){ 0 };
}

size_t
po_read(const char *path, struct po **entries)
{
    struct text zh = { 0 }, en = { 0 }, *now = NULL;
    size_t count = 0;
    unsigned line = 1, begun = 0;
    const char *s = file_read(path, NULL);

    *entries = NULL;
    for (; *s; line++) {
        size_t n = strcspn(s, "\n");
        char *one = trimmed(s, n);
        s += n + (s[n] == '\n');
        if (*one == '\0' || *one == '#') continue;
        if (strncmp(one, "msgid ", 6) == 0) {
            entry_end(entries, &count, &zh, &en, path, begun);
            begun = line;
            now = &zh;
            part_read(now, one + 6, path, line);
        } else if (strncmp(one, "msgstr ", 7) == 0) {
            if (now != &zh) fail(path, line, "msgstr without msgid");
            now = &en;
            part_read(now, one + 7, path, line);
        } else {
            if (!now) fail(path, line, "expected msgid");
            part_read(now, one, path, line);
        }
    }
    entry_end(entries, &count, &zh, &en, path, begun);
    duplicates_check(path, *entries, count);
    return count;
}
