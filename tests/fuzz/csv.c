/* Lists as text: separators, quotes, UTF-8 and GB18030. */
#include "sheet.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    fuzz_sheet_read((struct str){ (const char *)bytes, n });
    return 0;
}
