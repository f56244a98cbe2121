/* Packed tables: an input is a pack, or, behind a byte of 0, what is put into a zip: files with a byte 0xFF between
 * them.  What stays a zip of several tables is read as their sheets. */
#include "format/mapped.h"
#include "format/unpack.h"
#include "format/kind.h"
#include "fuzz/book.h"
#include "fuzz/sheets.h"

#include <unistd.h>

static const char *const names[] = { "a/sales.csv", "b\\read me.txt", ".hidden", "\x8A\xAB.csv" };
static const Str         usual[] = { S(""), S(""), S(""), S("") };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena   *mem      = fuzz_mem();
    Str      input    = { (const char *)data, (ptrdiff_t)size }, file = { 0 };
    Problems problems = { .mem = mem };
    int      fd       = temporary_open();
    if (size && data[0] == 0) input = parts_zipped(mem, str_from(input, 1), names, usual, COUNT(names));
    CLAIM(fd >= 0 && buf_to_fd(&fd, input) && mapped_of(fd, &file) == OK);
    close(fd);
    CLAIM((table_unpack(&file, &problems) == OK) == (problems.count == 0));
    if (file_pack(file) == PACK_ZIP) fuzz_sheets(mem, &pack_reader, file);
    mapped_close(file);
    return 0;
}
