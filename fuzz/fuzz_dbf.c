/* Tables of dBase and FoxPro. */
#include "fuzz/sheets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str   input = { (const char *)data, (ptrdiff_t)size };
    Arena *mem  = fuzz_mem();
    if (size >= 65) fuzz_sheets(mem, &dbf_reader, input);
    return 0;
}
