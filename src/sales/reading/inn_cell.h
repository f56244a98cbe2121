/* An ИНН in a cell as a number that tells clients apart, taken as an import takes it (sales/parties/from_cell.h). */
#ifndef SALES_READING_INN_CELL_H
#define SALES_READING_INN_CELL_H

#include "sales/reading/sales_cell.h"

/* `7707083893`: ten or twelve digits, as nearly all of them are; 0 where nothing stands.  False: look closer. */
CELL_INLINE bool inn_plain(Str cell, uint64_t *out)
{
    uint64_t v = 0;
    *out       = 0;
    if (!cell.n) return true;
    if (cell.n != 10 && cell.n != 12) return false;
    for (ptrdiff_t i = 0; i < cell.n; i++) {
        unsigned digit = (unsigned char)cell.s[i] - '0';
        if (digit > 9) return false;
        v = v * 10 + digit;
    }
    *out = v << 4 | (uint64_t)cell.n;
    return true;
}

/* Any cell: with the zero that Excel took away, without the КПП beside it; 0 where there is no number. */
uint64_t inn_number(Encoding encoding, Str cell);

#endif
