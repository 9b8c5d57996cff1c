#include "codes/text.h"
#include "codes/pinyin.h"
#include <unicode/uchar.h>

enum { INITIALS_MAX = 5 };

struct terms { struct arena *a; struct str *p; size_t n, cap; };

static void
add(struct terms *t, struct str term)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(t->p[i], term)) return;
    if (t->n == t->cap) {
        struct str *more = NEW(t->a, struct str, t->cap ? t->cap * 2 : 16);
        if (t->n) memcpy(more, t->p, t->n * sizeof(*more));
        t->p = more;
        t->cap = t->cap ? t->cap * 2 : 16;
    }
    t->p[t->n++] = term;
}

/* The Chinese characters of a text, one after the other. */
static struct str
han_of(struct arena *a, struct str s)
{
    char *out = NEW(a, char, s.n + 1);
    size_t n = 0;
    uint32_t c;
    while (utf8_next(&s, &c))
        if (is_han(c)) n += utf8_put(out + n, c);
    return (struct str){ out, n };
}

static struct str
head(struct str s, size_t characters)
{
    struct str rest = s;
    uint32_t c;
    while (characters-- && utf8_next(&rest, &c)) {}
    return (struct str){ s.p, s.n - rest.n };
}

static void
add_characters(struct terms *t, struct str han)
{
    uint32_t c;
    for (struct str rest = han; rest.n; utf8_next(&rest, &c)) {
        struct str pair = head(rest, 2);
        add(t, str_fmt(t->a, "n:%.*s", FMT(pair)));
    }
}

/* The next run of letters that are not Chinese, in lower case; false at the end. */
static bool
next_word(struct arena *a, struct str *rest, struct str *word)
{
    char *out = NEW(a, char, rest->n * 2 + 4);
    size_t n = 0;
    uint32_t c;
    while (utf8_next(rest, &c)) {
        if (u_isalnum((UChar32)c) && !is_han(c)) n += utf8_put(out + n, (uint32_t)u_tolower((UChar32)c));
        else if (n && c != '\'') break;
    }
    *word = (struct str){ out, n };
    return n != 0;
}

static bool
is_latin(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'z') return false;
    return s.n != 0;
}

static void
add_words(struct terms *t, struct str name)
{
    struct str word;
    while (next_word(t->a, &name, &word)) {
        add(t, str_fmt(t->a, "n:%.*s", FMT(word)));
        if (is_latin(word)) add(t, str_fmt(t->a, "p:%.*s", FMT(word)));
    }
}

/* Joins the syllables from the one numbered first; with_v writes ü as v where the character has it. */
static struct str
join(struct arena *a, struct str pinyin, size_t first, struct str han, bool with_v)
{
    char *out = NEW(a, char, pinyin.n + 1);
    size_t n = 0;
    for (size_t i = 0; pinyin.n; i++) {
        struct str s = str_cut(&pinyin, ' ');
        uint32_t c = 0;
        utf8_next(&han, &c);
        if (i < first) continue;
        memcpy(out + n, s.p, s.n);
        if (with_v && s.n > 1 && out[n + 1] == 'u' && pinyin_has_v(c)) out[n + 1] = 'v';
        n += s.n;
    }
    return (struct str){ out, n };
}

static void
add_pinyin(struct terms *t, struct str name, struct str han, struct str pinyin)
{
    char *initials = NEW(t->a, char, pinyin.n + 1);
    size_t n = 0, surname = pinyin_surname(name);

    for (struct str rest = pinyin; rest.n; ) {
        struct str s = str_cut(&rest, ' ');
        if (s.n) initials[n++] = s.p[0];
    }
    for (int with_v = 0; with_v < 2; with_v++) {
        struct str whole = join(t->a, pinyin, 0, han, with_v), given = join(t->a, pinyin, surname, han, with_v);
        if (whole.n) add(t, str_fmt(t->a, "p:%.*s", FMT(whole)));
        if (given.n) add(t, str_fmt(t->a, "p:%.*s", FMT(given)));
    }
    if (n) add(t, str_fmt(t->a, "i:%s", initials));
}

size_t
text_terms(struct arena *a, struct str name, struct str pinyin, struct str **terms)
{
    struct terms t = { .a = a };
    struct str han = han_of(a, name);

    add_characters(&t, han);
    add_words(&t, name);
    add_pinyin(&t, name, han, str_lower(a, pinyin));
    *terms = t.p;
    return t.n;
}

static struct str
fold(struct arena *a, struct str s)
{
    char *out = NEW(a, char, s.n * 2 + 1);
    size_t n = 0;
    uint32_t c;
    while (utf8_next(&s, &c))
        if (u_isalnum((UChar32)c)) n += utf8_put(out + n, (uint32_t)u_tolower((UChar32)c));
    return (struct str){ out, n };
}

bool
text_holds(struct arena *a, struct str name, struct str typed)
{
    return str_has(fold(a, name), fold(a, typed));
}

static size_t
query_han(struct arena *a, struct str han, struct text_query out[2])
{
    size_t n = utf8_len(han);
    struct str pair = head(han, 2);
    out[0].term = str_fmt(a, "n:%.*s", FMT(pair));
    out[0].match = n == 1 ? TERM_PREFIX : n == 2 ? TERM_EXACT : TERM_VERIFY;
    return 1;
}

size_t
text_query(struct arena *a, struct str typed, struct text_query out[2])
{
    struct str han = han_of(a, typed), letters = fold(a, typed), word;

    if (han.n) return query_han(a, han, out);
    if (is_latin(letters)) {
        out[0] = (struct text_query){ str_fmt(a, "p:%.*s", FMT(letters)), TERM_PREFIX };
        out[1] = (struct text_query){ str_fmt(a, "i:%.*s", FMT(letters)), TERM_PREFIX };
        return letters.n <= INITIALS_MAX ? 2 : 1;
    }
    if (!next_word(a, &typed, &word)) return 0;
    out[0] = (struct text_query){ str_fmt(a, "n:%.*s", FMT(word)), TERM_PREFIX };
    return 1;
}
