#include "rules/where.h"

struct scan { struct str text; size_t at; };

static char
peek(struct scan *s)
{
    while (s->at < s->text.n && strchr(" \t\r\n,:", s->text.p[s->at]) != NULL) s->at++;
    return s->at < s->text.n ? s->text.p[s->at] : '\0';
}

/* A string: what stands between its quotes; escapes are left as they are. */
static struct str
string(struct scan *s)
{
    size_t from = ++s->at;
    while (s->at < s->text.n && s->text.p[s->at] != '"') s->at += s->text.p[s->at] == '\\' ? 2 : 1;
    struct str found = { s->text.p + from, s->at - from };
    s->at++;
    return found;
}

/* Past one value of any depth. */
static void
skip(struct scan *s)
{
    int depth = 0;
    do {
        char c = peek(s);
        if (c == '\0') return;
        if (c == '"') {
            string(s);
            continue;
        }
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        s->at++;
        if (!strchr("{}[]", c))
            while (s->at < s->text.n && strchr(" \t\r\n,:{}[]", s->text.p[s->at]) == NULL) s->at++;
    } while (depth > 0);
}

/* Goes to the member or the element; false: there is none. */
static bool
enter(struct scan *s, struct str key, size_t nth)
{
    char open = peek(s);
    if (open != (key.n ? '{' : '[')) return false;
    s->at++;
    for (size_t i = 0; peek(s) != '}' && peek(s) != ']' && peek(s) != '\0'; i++) {
        struct scan here = *s;
        if (key.n == 0 && i == nth) return true;
        if (key.n && str_eq(string(s), key)) {
            *s = here;
            return true;
        }
        skip(s);
    }
    return false;
}

static int
line_at(const struct scan *s)
{
    int line = 1;
    for (size_t i = 0; i < s->at && i < s->text.n; i++) line += s->text.p[i] == '\n';
    return line;
}

int
json_line(struct str text, const char *path)
{
    struct scan s = { text, 0 }, value = s;
    for (const char *p = path; *p != '\0';) {
        size_t nth = 0, n = strcspn(p, ".[");
        struct str key = { p, n };
        if (*p == '[') {
            for (p++; *p >= '0' && *p <= '9'; p++) nth = nth * 10 + (size_t)(*p - '0');
            p += *p == ']';
            key = NO_STR;
        } else {
            p += n;
        }
        struct scan before = value;
        if (!enter(&value, key, nth)) return line_at(&before);
        peek(&value);
        s = value;
        if (key.n) string(&value);
        peek(&value);
        p += *p == '.';
    }
    return line_at(&s);
}
