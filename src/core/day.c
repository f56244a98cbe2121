/* Days and moments.  The civil-day arithmetic counts from 1 March of year 0, so that the leap day ends a year. */
#include "core/day.h"

static bool leap(int y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int month_length(int year, int month)
{
    static const signed char length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return length[month - 1] + (month == 2 && leap(year));
}

bool day_valid(Civil c)
{
    return c.year >= 1900 && c.year <= 2199 && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
           c.day <= month_length(c.year, c.month);
}

static int floor_div(int a, int b)
{
    return a / b - (a % b < 0);
}

Day day_of(Civil c)
{
    int y   = c.month <= 2 ? c.year - 1 : c.year;
    int era = floor_div(y, 400);
    int yoe = y - era * 400;
    int doy = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

Civil civil_of(Day d)
{
    int z   = d + 719468;
    int era = floor_div(z, 146097);
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp  = (5 * doy + 2) / 153;
    int m   = mp < 10 ? mp + 3 : mp - 9;
    return (Civil){ .year = yoe + era * 400 + (m <= 2), .month = m, .day = doy - (153 * mp + 2) / 5 + 1 };
}

Month month_of(Day d)
{
    Civil c = civil_of(d);
    return c.year * 12 + c.month - 1;
}

Day month_first(Month m)
{
    int year = floor_div(m, 12);
    return day_of((Civil){ year, m - year * 12 + 1, 1 });
}

Day month_last(Month m)
{
    return month_first(m + 1) - 1;
}

int weekday_of(Day d)
{
    int w = (d + 3) % 7; /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}

Day day_step_first(DayStep step, Day d)
{
    Civil c = civil_of(d);
    int   m = step == EACH_MONTH ? c.month : step == EACH_QUARTER ? (c.month - 1) / 3 * 3 + 1 : 1;
    if (step == EACH_DAY) return d;
    if (step == EACH_WEEK) return d - weekday_of(d);
    return day_of((Civil){ .year = c.year, .month = m, .day = 1 });
}

/* A list tells hundreds of days and moments, so their digits are written without a format. */
static char *put_digits(char *to, int number, int digits)
{
    for (int i = digits - 1; i >= 0; i--, number /= 10) to[i] = (char)('0' + number % 10);
    return to + digits;
}

static char *put_parted(char *to, char mark, int number, int digits)
{
    *to = mark;
    return put_digits(to + 1, number, digits);
}

enum { DAY_DIGITS = 10 }; /* YYYY-MM-DD */

static char *put_day(char *to, Civil c)
{
    return put_parted(put_parted(put_digits(to, c.year, 4), '-', c.month, 2), '-', c.day, 2);
}

void buf_day(Buf *b, Day d)
{
    char text[DAY_DIGITS];
    put_day(text, civil_of(d));
    buf_put(b, (Str){ text, sizeof text });
}

void buf_month(Buf *b, Month m)
{
    buf_fmt(b, "%04d-%02d", floor_div(m, 12), m - floor_div(m, 12) * 12 + 1);
}

void buf_moment(Buf *b, Moment m)
{
    const Moment a_day = 86400000;
    Moment days = m / a_day - (m % a_day < 0);
    int    rest = (int)(m - days * a_day);
    char   text[DAY_DIGITS + sizeof "T00:00:00.000Z" - 1], *to = put_day(text, civil_of((Day)days));
    to = put_parted(to, 'T', rest / 3600000, 2);
    to = put_parted(to, ':', rest / 60000 % 60, 2);
    to = put_parted(to, ':', rest / 1000 % 60, 2);
    to = put_parted(to, '.', rest % 1000, 3);
    *to = 'Z';
    buf_put(b, (Str){ text, sizeof text });
}

bool day_read(Str iso, Day *out)
{
    if (iso.n != 10 || iso.s[4] != '-' || iso.s[7] != '-') return false;
    int64_t y, m, d;
    if (!str_i64(str_upto(iso, 4), &y) || !str_i64((Str){ iso.s + 5, 2 }, &m) || !str_i64((Str){ iso.s + 8, 2 }, &d))
        return false;
    Civil c = { (int)y, (int)m, (int)d };
    if (!day_valid(c)) return false;
    *out = day_of(c);
    return true;
}
