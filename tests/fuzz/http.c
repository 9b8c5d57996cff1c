/* Whole requests, as bytes on a socket. */
#include "server.h"

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    fuzz_server_start();
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    fuzz_server_ask((struct str){ (const char *)bytes, n }, NO_STR);
    return 0;
}
