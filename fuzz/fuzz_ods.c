/* Tables of OpenDocument: an input is a zip, or its parts with a byte 0xFF between them. */
#include "fuzz/book.h"
#include "fuzz/sheets.h"

static const char *const parts[] = { "content.xml", "META-INF/manifest.xml" };
static const Str         usual[] = { S("<a/>"), S("") };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *mem   = fuzz_mem();
    Str    input = { (const char *)data, (ptrdiff_t)size };
    if (!str_starts(input, S("PK"))) input = parts_zipped(mem, input, parts, usual, COUNT(parts));
    fuzz_sheets(mem, &ods_reader, input);
    return 0;
}
