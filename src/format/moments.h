/* A cell of a table as a day with the time behind it.
 *
 *   05.03.2024 9:05   2024-03-05T23:10:00+03:00   3/5/2024 9:15 PM   2024-03-05T06:05:04.500Z   45356.5 (serial)
 *
 * The day is read as format/dates.h says; without a time behind it the second is NONE.  A zone that is written is told
 * beside it; without one the time is that of whoever reads it. */
#ifndef FORMAT_MOMENTS_H
#define FORMAT_MOMENTS_H

#include "format/dates.h"

typedef struct {
    Day     day;
    int64_t second; /* of the day, 0 to 86399; NONE: no time is said      */
    int64_t offset; /* seconds east of UTC that the cell says; NONE: none */
} WallTime;

/* *out is left alone unless CELL_READ; otherwise as day_cell_read, and CELL_WRONG for a time that is none. */
CellRead moment_cell_read(Str cell, DayOrder order, WallTime *out);

#endif
