/* Numbers of firms and phones as cells of files have them: without the zero in front that Excel took away, as 17850.0,
 * two in one cell, or rounded to 7,70708E+09, which nothing brings back. */
#ifndef SALES_PARTIES_FROM_CELL_H
#define SALES_PARTIES_FROM_CELL_H

#include "core/str.h"

enum { INN_PARTS = 2, PHONE_PARTS = 4 };

/* What stands in the cell, as Field.from_cell has it; null, or the key of what is wrong.
 *     inn    part 0: the number, with the zero in front where its check digits are right with it.  1: the КПП beside it
 *     kpp    with the zero in front where one of its nine signs is missing
 *     phone  parts 0 to 3: the phones of the cell; an extension is no phone */
const char *inn_from_cell(Arena *mem, Str cell, int part, Str *out);
const char *kpp_from_cell(Arena *mem, Str cell, int part, Str *out);
const char *phone_from_cell(Arena *mem, Str cell, int part, Str *out);

#endif
