/* Queries, urlencoded bodies, paths and cookies: what is accepted is valid UTF-8 without control characters. */
#include "fuzz.h"
#include "http/params.h"

static void
check_text(struct str s)
{
    if (!utf8_valid(s)) abort();
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\0' || s.p[i] == 0x7F) abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena a = { .limit = MIB(64) };
    struct params ps = { 0 };
    struct str in = fuzz_str(&a, bytes, n), path;

    if (params_parse(&a, &ps, in))
        for (size_t i = 0; i < ps.n; i++) {
            check_text(ps.all[i].name);
            check_text(ps.all[i].value);
        }
    if (url_decode(&a, in, false, &path)) {
        check_text(path);
        if (path.n > n) abort();
    }
    struct str cookie = cookie_get(in, "nuan");
    if (cookie.n && (cookie.p < in.p || cookie.p + cookie.n > in.p + in.n)) abort();
    arena_clear(&a);
    return 0;
}
