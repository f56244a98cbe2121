/* Old workbooks: an input is a compound file, or the stream of one; a stream is also put into a container of small
 * pieces, so that the fuzzer need not learn to make one. */
#include "format/bytes.h"
#include "format/cfb.h"
#include "fuzz/sheets.h"

enum { PIECE = 512, SMALL_LIMIT = 4096 };

static void number_put(char *at, uint32_t v)
{
    for (int i = 0; i < 4; i++) at[i] = (char)(v >> (8 * i) & 255);
}

static uint32_t turned(uint32_t piece, uint32_t pieces)
{
    return (piece ^ 1) < pieces ? piece ^ 1 : piece;
}

/* Header, table of chains, directory, and the stream in pieces whose order is turned round, two by two. */
static Str contained(Arena *mem, Str stream)
{
    uint32_t pieces = (uint32_t)((stream.n + PIECE - 1) / PIECE);
    char    *file   = NEW_N(mem, char, (3 + (ptrdiff_t)pieces + 1) * PIECE);
    memcpy(file, CFB_HEAD.s, 8);
    file[30] = 9, file[32] = 6;
    number_put(file + 48, 1);
    number_put(file + 56, 0);
    number_put(file + 60, UINT32_MAX - 1);
    number_put(file + 68, UINT32_MAX - 1);
    for (int i = 0; i < 109; i++) number_put(file + 76 + 4 * i, i ? UINT32_MAX : 0);
    char *table = file + PIECE, *directory = file + 2 * PIECE;
    for (int i = 0; i < 128; i++) number_put(table + 4 * i, UINT32_MAX - 1);
    memcpy(directory, "W\0o\0r\0k\0b\0o\0o\0k\0", 16);
    directory[64] = 18, directory[66] = 2;
    number_put(directory + 116, pieces > 1 ? 3 : 2);
    number_put(directory + 120, (uint32_t)stream.n);
    for (uint32_t i = 0; i < pieces; i++) {
        ptrdiff_t from = (ptrdiff_t)i * PIECE, n = stream.n - from < PIECE ? stream.n - from : PIECE;
        memcpy(file + (3 + (ptrdiff_t)turned(i, pieces)) * PIECE, stream.s + from, (size_t)n);
        number_put(table + 4 * (2 + turned(i, pieces)), i + 1 < pieces ? 2 + turned(i + 1, pieces) : UINT32_MAX - 1);
    }
    return (Str){ file, (3 + (ptrdiff_t)pieces) * PIECE };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *mem   = fuzz_mem();
    Str    input = { (const char *)data, (ptrdiff_t)size };
    fuzz_sheets(mem, &xls_reader, input);
    if (size == 0 || size >= 120 * PIECE || str_starts(input, CFB_HEAD)) return 0;
    fuzz_sheets(mem, &xls_reader, contained(mem, input));
    return 0;
}
