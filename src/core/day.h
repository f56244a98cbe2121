/* Days and moments: the proleptic Gregorian calendar as whole numbers. */
#ifndef CORE_DAY_H
#define CORE_DAY_H

#include "core/buf.h"

typedef int32_t Day;    /* days since 1970-01-01; the firm's day, never a point in time */
typedef int32_t Month;  /* year * 12 + month - 1                                        */
typedef int64_t Moment; /* milliseconds since 1970-01-01T00:00:00Z                      */

#define DAY_NONE INT32_MIN
#define DAY_MIN  (-25567)  /* 1900-01-01: earlier days in a business file are mistakes   */
#define DAY_MAX  84005     /* 2199-12-31                                                */

typedef struct {
    int year, month, day; /* month 1..12, day 1..31 */
} Civil;

bool  day_valid(Civil c);             /* is there such a date, from 1900 to 2199? */
Day   day_of(Civil c);                /* the date must exist (any year)           */
Civil civil_of(Day d);
Month month_of(Day d);
Day   month_first(Month m);
Day   month_last(Month m);
int   weekday_of(Day d);              /* 0 Monday .. 6 Sunday                     */

typedef enum { EACH_DAY, EACH_WEEK, EACH_MONTH, EACH_QUARTER, EACH_YEAR } DayStep;

Day   day_step_first(DayStep step, Day d); /* of the week (a Monday), month … that it lies in */

void  buf_day(Buf *b, Day d);         /* 2026-03-04                               */
void  buf_month(Buf *b, Month m);     /* 2026-03                                  */
void  buf_moment(Buf *b, Moment m);   /* 2026-03-04T05:06:07.089Z                 */
bool  day_read(Str iso, Day *out);    /* exactly yyyy-mm-dd, within DAY_MIN..DAY_MAX */

#endif
