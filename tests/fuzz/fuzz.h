/* What a fuzzer offers to libFuzzer; see its manual. */
#ifndef NUAN_FUZZ_H
#define NUAN_FUZZ_H
#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* A copy of exactly the size, so that reading past the end is seen. */
static inline struct str
fuzz_str(struct arena *a, const uint8_t *bytes, size_t n)
{
    char *p = NEW(a, char, n ? n : 1);
    if (n) memcpy(p, bytes, n);
    return (struct str){ p, n };
}
#endif
