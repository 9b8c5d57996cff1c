/* The readers of single values.  What one accepts and prints, it accepts again with the same meaning. */
#include "fuzz.h"
#include "codes/codes.h"
#include "codes/disability.h"
#include "codes/idno.h"
#include "codes/phone.h"
#include "codes/pinyin.h"
#include "codes/text.h"
#include "codes/uscc.h"
#include "view/view.h"

static void
dates(struct str s)
{
    struct date d, again;
    struct instant t, t_again;
    char text[24];
    if (date_parse(s, &d)) {
        size_t n = date_print(d, text);
        if (!date_parse((struct str){ text, n }, &again) || again.days != d.days) abort();
    }
    if (instant_parse(s, &t)) {
        size_t n = instant_print(t, text);
        if (!instant_parse((struct str){ text, n }, &t_again) || t_again.ms / 60000 != t.ms / 60000) abort();
    }
}

static void
numbers(struct str s)
{
    struct money m, again;
    char text[40];
    if (money_parse(s, &m)) {
        size_t n = money_print(m, text);
        if (!money_parse((struct str){ text, n }, &again) || again.fen != m.fen) abort();
    }
}

/* Escaped text has no character that could end a text, an attribute or an address. */
static void
escapes(struct arena *a, struct str s)
{
    struct buf html = { .arena = a }, url = { .arena = a };
    if (!utf8_valid(s)) return;
    put_str(&html, s);
    put_url_str(&url, s);
    for (size_t i = 0; i < html.n; i++)
        if (strchr("<>\"", html.p[i])) abort();
    for (size_t i = 0; i < url.n; i++)
        if (strchr("<>\"'& \n", url.p[i])) abort();
}

/* Numbers of persons, telephones and organisations: what is accepted is accepted again as it was normalised. */
static void
codes(struct arena *a, struct str s)
{
    struct date on = { 20000 };
    struct idno id, id_again;
    struct phone ph, ph_again;
    struct uscc us, us_again;
    struct disability dis;
    struct text_query q[2];

    if (idno_parse(s, on, IDNO_ANY_AGE, &id) == IDNO_OK
        && (idno_parse(str_of(id.text), on, IDNO_ANY_AGE, &id_again) != IDNO_OK || id.born.days != id_again.born.days)) abort();
    if (phone_parse(s, &ph) != PHONE_BAD && (phone_parse(str_of(ph.text), &ph_again) != ph.kind || strcmp(ph.text, ph_again.text))) abort();
    if (uscc_parse(s, &us) == USCC_OK && uscc_parse(str_of(us.text), &us_again) != USCC_OK) abort();
    disability_parse(s, NO_STR, on, IDNO_ANY_AGE, &dis);
    if (!utf8_valid(s) || s.n > 400) return;
    if (!utf8_valid(idno_mask(a, s)) || !utf8_valid(phone_mask(a, s))) abort();
    struct str *terms, pinyin = pinyin_of(a, s);
    if (!utf8_valid(pinyin)) abort();
    text_terms(a, s, pinyin, &terms);
    text_query(a, s, q);
    if (!text_holds(a, s, STR(""))) abort();
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    log_quiet(1);
    if (!codes_load()) die("no code tables");
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena a = { .limit = MIB(64) };
    struct str s = n ? fuzz_str(&a, bytes, n) : NO_STR;
    dates(s);
    numbers(s);
    escapes(&a, s);
    codes(&a, s);
    arena_clear(&a);
    return 0;
}
