/* The compiler of views, on any text: it ends with a page or a message.
 * A tool of the build exits when its input is bad and frees nothing; here it returns, and what it took is given back. */
#include <ctype.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { BLOCKS_MAX = 100000 };
static void *blocks[BLOCKS_MAX];
static size_t blocks_n;
static jmp_buf over;
static FILE *nowhere;

static void *
fuzz_realloc(void *p, size_t size)
{
    size_t i = 0;
    while (p != NULL && blocks[i] != p) i++;
    if (p == NULL) i = blocks_n++;
    if (i >= BLOCKS_MAX) longjmp(over, 1);
    return blocks[i] = realloc(p, size);
}

int tmplc_main(int argc, char **argv);
static FILE *fuzz_open(const char *mode);

#undef stderr
#define stderr nowhere
#define realloc fuzz_realloc
#define exit(status) longjmp(over, 1)
#define fopen(path, mode) fuzz_open(mode)
#define main tmplc_main
#include "../../tools/tool.c"
#include "../../tools/tmplc.c"
#undef main
#undef fopen

static const uint8_t *input;
static size_t input_n;

static FILE *
fuzz_open(const char *mode)
{
    return mode[0] == 'r' ? fmemopen((void *)(uintptr_t)input, input_n, "rb") : fopen("/dev/null", "wb");
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    nowhere = fopen("/dev/null", "wb");
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    char *args[] = { "tmplc", "-o", "fuzz/fuzz", "fuzz.html", NULL };
    if (n == 0 || memchr(bytes, '\0', n)) return 0;
    input = bytes;
    input_n = n;
    line = 1;
    depth = 0;
    pos = (struct pos){ 0 };
    h = c = literal = run = (struct text){ 0 };
    edge = fresh = false;
    if (setjmp(over) == 0) tmplc_main(4, args);
    while (blocks_n) free(blocks[--blocks_n]);
    return 0;
}
