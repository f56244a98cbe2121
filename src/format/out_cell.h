/* A typed cell on its way out, into a CSV or a workbook alike. */
#ifndef FORMAT_OUT_CELL_H
#define FORMAT_OUT_CELL_H

#include "core/day.h"
#include "core/number.h"

typedef enum { OUT_EMPTY, OUT_TEXT, OUT_NUMBER, OUT_MONEY, OUT_DAY } OutKind;

typedef struct {
    OutKind kind;
    Str     text;
    int64_t value;  /* number times 10^places, money in minor units, a day */
    int     places; /* of a number, 0..9                                   */
} OutCell;

/* NONE and DAY_NONE give an empty cell. */
static inline OutCell out_text(Str text)                  { return (OutCell){ .kind = OUT_TEXT, .text = text }; }
static inline OutCell out_money(Money m)
{
    return (OutCell){ .kind = m == NONE ? OUT_EMPTY : OUT_MONEY, .value = m, .places = 2 };
}
static inline OutCell out_number(int64_t v, int places)
{
    return (OutCell){ .kind = v == NONE ? OUT_EMPTY : OUT_NUMBER, .value = v, .places = places };
}
static inline OutCell out_day(Day d) { return (OutCell){ .kind = d == DAY_NONE ? OUT_EMPTY : OUT_DAY, .value = d }; }

#endif
