/* ICU reads characters; its answers are kept in two tables of one machine word per character, so that a bulk import
 * does not pay for ICU.  A word is written whole, so readers need no lock. */
#include "codes/pinyin.h"
#include "base/data.h"
#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum reading { AS_SURNAME, PLAIN, READINGS };
enum { HAN_FIRST = 0x3400, HAN_LAST = 0x9FFF };

/* letters is NUL-terminated; mark is never 0 in a kept syllable, 'v' when u stands for ü. */
struct syllable { char letters[7], mark; };
_Static_assert(sizeof(struct syllable) == sizeof(uint64_t), "a syllable is one word");

struct compound { struct str zh, pinyin; };

static _Atomic uint64_t known[READINGS][HAN_LAST - HAN_FIRST + 1];
static struct compound *compounds;
static size_t compounds_n;
static struct arena kept;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static UTransliterator *readers[READINGS];

bool
is_han(uint32_t c)
{
    UErrorCode error = U_ZERO_ERROR;
    return uscript_getScript((UChar32)c, &error) == USCRIPT_HAN;
}

/* · and its look-alikes */
static bool
is_name_dot(uint32_t c)
{
    return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0xFF0E || c == 0x2219;
}

static UTransliterator *
reader(enum reading r)
{
    static const char *const ids[READINGS] = { "Han-Latin/Names; Lower; NFD", "Han-Latin; Lower; NFD" };
    if (readers[r] == NULL) {
        UErrorCode error = U_ZERO_ERROR;
        UChar id[32];
        u_uastrcpy(id, ids[r]);
        readers[r] = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
        if (U_FAILURE(error)) log_fatal("ICU cannot open %s: %s", ids[r], u_errorName(error));
    }
    return readers[r];
}

/* The first syllable of decomposed text without its tone. */
static struct syllable
syllable_of(const UChar *text, int32_t n)
{
    struct syllable s = { .mark = '.' };
    size_t len = 0;
    for (int32_t i = 0; i < n && text[i] != ' '; i++) {
        if (text[i] >= 'a' && text[i] <= 'z' && len < sizeof(s.letters) - 1) s.letters[len++] = (char)text[i];
        if (text[i] == 0x308 && (s.letters[0] == 'l' || s.letters[0] == 'n')) s.mark = 'v';
    }
    return s;
}

static struct syllable
ask_icu(uint32_t c, enum reading r)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar text[64];
    int32_t n = 0;
    UBool bad = false;

    U16_APPEND(text, n, (int32_t)COUNT(text), (UChar32)c, bad);
    int32_t limit = n;
    pthread_mutex_lock(&lock);
    utrans_transUChars(reader(r), text, &n, (int32_t)COUNT(text), 0, &limit, &error);
    pthread_mutex_unlock(&lock);
    if (bad || U_FAILURE(error)) return (struct syllable){ .mark = '.' };
    return syllable_of(text, n);
}

static void
keep(uint32_t c, enum reading r, struct syllable s)
{
    uint64_t word;
    memcpy(&word, &s, sizeof(word));
    if (c >= HAN_FIRST && c <= HAN_LAST) atomic_store_explicit(&known[r][c - HAN_FIRST], word, memory_order_relaxed);
}

static struct syllable
read_character(uint32_t c, enum reading r)
{
    uint64_t word = 0;
    struct syllable s;
    if (c >= HAN_FIRST && c <= HAN_LAST) word = atomic_load_explicit(&known[r][c - HAN_FIRST], memory_order_relaxed);
    if (word != 0) {
        memcpy(&s, &word, sizeof(s));
        return s;
    }
    s = ask_icu(c, r);
    keep(c, r, s);
    return s;
}

bool
pinyin_has_v(uint32_t c)
{
    return is_han(c) && read_character(c, PLAIN).mark == 'v';
}

static const struct compound *
compound_of(struct str name)
{
    /* 司马 alone is a surname and a given name: the rest of the name must not be empty. */
    for (size_t i = 0; i < compounds_n; i++)
        if (name.n > compounds[i].zh.n && str_starts(name, compounds[i].zh)) return &compounds[i];
    return NULL;
}

size_t
pinyin_surname(struct str name)
{
    size_t han = 0;
    uint32_t c;
    struct str rest = name;
    while (utf8_next(&rest, &c)) {
        if (is_name_dot(c)) return han;
        han += is_han(c);
    }
    return compound_of(name) ? 2 : han ? 1 : 0;
}

struct str
pinyin_of(struct arena *a, struct str name)
{
    struct str rest = name;
    const struct compound *compound = compound_of(name);
    char *out = NEW(a, char, name.n * 3 + 8);           /* three bytes of UTF-8 give at most seven of pinyin */
    size_t n = 0;
    uint32_t c;

    if (compound != NULL) {
        memcpy(out, compound->pinyin.p, compound->pinyin.n);
        n = compound->pinyin.n;
        rest = (struct str){ name.p + compound->zh.n, name.n - compound->zh.n };
    }
    while (utf8_next(&rest, &c)) {
        if (!is_han(c)) continue;
        struct syllable s = read_character(c, n == 0 ? AS_SURNAME : PLAIN);
        size_t len = strlen(s.letters);
        if (len == 0) continue;
        if (n != 0) out[n++] = ' ';
        memcpy(out + n, s.letters, len);
        n += len;
    }
    return (struct str){ out, n };
}

static bool
correct(const json_t *entry, const char *member, enum reading r)
{
    struct str zh = str_of(json_string_value(json_object_get(entry, "char"))), left = zh;
    struct str pinyin = str_of(json_string_value(json_object_get(entry, member)));
    struct syllable s = { .mark = '.' };
    uint32_t c;

    if (pinyin.p == NULL) return true;
    if (!utf8_next(&left, &c) || left.n != 0 || !is_han(c) || pinyin.n >= sizeof(s.letters)) return false;
    if (ask_icu(c, r).mark == 'v' && str_has(pinyin, STR("u"))) s.mark = 'v';
    memcpy(s.letters, pinyin.p, pinyin.n);
    keep(c, r, s);
    return true;
}

static bool
read_compounds(const json_t *list)
{
    compounds = NEW(&kept, struct compound, json_array_size(list));
    for (compounds_n = 0; compounds_n < json_array_size(list); compounds_n++) {
        const json_t *o = json_array_get(list, compounds_n);
        struct compound *c = &compounds[compounds_n];
        c->zh = str_dup(&kept, str_of(json_string_value(json_object_get(o, "zh"))));
        c->pinyin = str_dup(&kept, str_of(json_string_value(json_object_get(o, "pinyin"))));
        if (utf8_len(c->zh) != 2 || c->pinyin.n == 0 || c->pinyin.n > c->zh.n * 3) return false;
    }
    return compounds_n > 0;
}

bool
pinyin_load(void)
{
    struct str text = data_file(PINYIN_FILE);
    json_error_t error;
    json_t *root = json_loadb(text.p ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL) {
        log_error("data/%s:%d: %s", PINYIN_FILE, error.line, error.text);
        return false;
    }
    arena_clear(&kept);
    bool ok = read_compounds(json_object_get(root, "compound_surnames"));
    if (!ok) log_error("data/%s: compound surname %zu is wrong", PINYIN_FILE, compounds_n + 1);
    const json_t *entries = json_object_get(root, "entries");
    for (size_t i = 0; ok && i < json_array_size(entries); i++) {
        const json_t *o = json_array_get(entries, i);
        ok = correct(o, "surname", AS_SURNAME) && correct(o, "plain", PLAIN);
        if (!ok) log_error("data/%s: entry %zu is wrong", PINYIN_FILE, i + 1);
    }
    json_decref(root);
    return ok;
}
