/* A cell of a table as a day, the way people, 1C, spreadsheets and databases write it.
 *
 *   05.03.2024   5.3.24   2024-03-05T23:10:00+03:00   3/5/2024 9:15 PM   20240305   20240305101500
 *   5 марта 2024 г.   «05» марта 2024   05-Mar-2024   Mar 5, 2024   март 2024 (its first day)   45356.5 (serial)
 *   1 квартал 2026   II кв. 2026   2026-Q3   H1 2026   2026-W32 (the first day of each; weeks by ISO 8601)
 *
 * The day is the one written: a time and a zone behind it are checked and left aside.  A year of four digits in front
 * is year-month-day in every order; dots never stand in a month-day-year date.  A two-digit year is 1970..2069.  What
 * the order does not allow is refused, never turned round in silence. */
#ifndef FORMAT_DATES_H
#define FORMAT_DATES_H

#include "format/form.h"

/* *out is left alone unless CELL_READ.  CELL_BEYOND: a well-written date before 1900 or after 2199 (the empty date of
 * 1C, 01.01.0001, and 0000-00-00 too).  With DAY_SERIAL a number is a serial of the 1900 system (its 29 February 1900
 * is refused); dates written out are read as well, as DAY_DMY. */
CellRead day_cell_read(Str cell, DayOrder order, Day *out);

const char *day_problem(CellRead r); /* key of words/; null for CELL_READ and CELL_EMPTY */

/* Serials of Excel; `from_1904` for the system of old Macintosh files.  False outside 1900..2199. */
bool day_of_serial(int64_t serial, bool from_1904, Day *out);

/* What the cells of a column say about the order of their parts, collected cell by cell; all zero to begin with. */
typedef struct {
    int64_t  dates;                  /* cells that are a date in some order (serials apart)  */
    int64_t  ymd, dmy, mdy;          /* beyond doubt                                         */
    int64_t  either;                 /* 03/05/2024                                           */
    int64_t  dotted;                 /* 05.03.2024                                           */
    uint64_t first_seen, second_seen;/* of these: bit n: the part was n                      */
    uint64_t year_first, year_last;  /* 24-03-05: bit n: the first, the last part was n      */
    int64_t  serials;                /* whole or decimal numbers from 1980 to 2079 as serials */
} DayVotes;

/* Counts the cell; false when it is neither a date nor a serial. */
bool day_vote(DayVotes *votes, Str cell);

/* The order that most cells follow.  *doubt (may be null) is set when day and month cannot be told apart, or cells
 * contradict each other.  Where years have two digits and the last part changes much more often than the first, the
 * year stands in front.  Undecided cells go to the order in which the day changes more often than the month, else day
 * first. */
DayOrder day_order(const DayVotes *votes, bool *doubt);

#endif
