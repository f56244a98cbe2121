/* An ИНН in a cell as a number. */
#include "sales/reading/inn_cell.h"
#include "format/charset.h"
#include "sales/parties/from_cell.h"

enum { CELL_ROOM = 512, TAKEN = CELL_ROOM / 4 };

uint64_t inn_number(Encoding encoding, Str cell)
{
    char     text[CELL_ROOM], room[4 * CELL_ROOM];
    Arena    mem  = ARENA_ON(room);
    Buf      utf8 = { .data = text, .cap = CELL_ROOM };
    uint64_t v;
    Str      inn;
    if (inn_plain(cell, &v)) return v;
    text_to_utf8(encoding, str_upto(cell, TAKEN), &utf8);
    inn_from_cell(&mem, str_trim(buf_str(&utf8)), 0, &inn);
    if (!inn.n) return 0;
    return inn_plain(inn, &v) ? v : str_hash(inn, 0) | 1;
}
