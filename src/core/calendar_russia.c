/* The production calendar of Russia, five days a week.
 *
 * Labour Code, article 112: the holidays; one that falls on a day off, but for those of January, moves that to the next
 * working day.  Article 95: the day before a holiday is an hour shorter.  The Government moves further days off by a
 * decree of its own for each year:
 *
 *     2025  No 1335 of 4 October 2024       2026  No 1466 of 24 September 2025      2027  No 1187 of 17 September 2026
 *
 * A year without a row goes by the code alone, until its decree is out.  Whoever works on a Saturday because its day
 * off was moved to the eve of a holiday works as long as on that eve. */
#include "core/calendar.h"

enum { JANUARY_HOLIDAYS = 8 };

static bool is_holiday(Civil c)
{
    static const struct { signed char month, day; } holidays[] = {
        { 2, 23 }, { 3, 8 }, { 5, 1 }, { 5, 9 }, { 6, 12 }, { 11, 4 },
    };
    if (c.month == 1) return c.day <= JANUARY_HOLIDAYS;
    for (ptrdiff_t i = 0; i < COUNT(holidays); i++)
        if (holidays[i].month == c.month && holidays[i].day == c.day) return true;
    return false;
}

/* `moved`: the decree says itself where the days off of its holidays go. */
typedef struct {
    int          year, month, day;
    CalendarKind kind;
} Moved;

static const Moved moved[] = {
    { 2025, 2, 24, CALENDAR_WORK }, { 2025, 3, 7, CALENDAR_SHORT }, { 2025, 3, 10, CALENDAR_WORK },
    { 2025, 5, 2, CALENDAR_OFF },   { 2025, 5, 8, CALENDAR_OFF },   { 2025, 6, 13, CALENDAR_OFF },
    { 2025, 11, 1, CALENDAR_SHORT },{ 2025, 11, 3, CALENDAR_OFF },  { 2025, 12, 31, CALENDAR_OFF },
    { 2026, 1, 9, CALENDAR_OFF },   { 2026, 12, 31, CALENDAR_OFF },
    { 2027, 2, 20, CALENDAR_SHORT },{ 2027, 2, 22, CALENDAR_OFF },  { 2027, 11, 5, CALENDAR_OFF },
    { 2027, 12, 31, CALENDAR_OFF },
};

static const Moved *moved_on(Civil c)
{
    for (ptrdiff_t i = 0; i < COUNT(moved); i++)
        if (moved[i].year == c.year && moved[i].month == c.month && moved[i].day == c.day) return &moved[i];
    return NULL;
}

/* A Monday after a holiday of the weekend. */
static bool takes_over(Day day)
{
    if (weekday_of(day) != 0) return false;
    Civil saturday = civil_of(day - 2), sunday = civil_of(day - 1);
    return (saturday.month != 1 && is_holiday(saturday)) || (sunday.month != 1 && is_holiday(sunday));
}

CalendarKind calendar_russia(Day day, bool worked)
{
    Civil        c = civil_of(day);
    const Moved *m = moved_on(c);
    if (m) return m->kind;
    if (!worked || is_holiday(c) || takes_over(day)) return CALENDAR_OFF;
    return is_holiday(civil_of(day + 1)) ? CALENDAR_SHORT : CALENDAR_WORK;
}
