/* Bodies of multipart/form-data with the boundary "X". */
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
    char head[200];
    int head_n = snprintf(head, sizeof head, "POST /files HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                          "Content-Type: multipart/form-data; boundary=X\r\nContent-Length: %zu\r\n\r\n", n);
    fuzz_server_ask((struct str){ head, (size_t)head_n }, (struct str){ (const char *)bytes, n });
    return 0;
}
