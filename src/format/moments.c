/* The time behind a day, as people and programs write it. */
#include "format/moments.h"

static bool digit(Str s, ptrdiff_t at) { return at >= 0 && at < s.n && s.s[at] >= '0' && s.s[at] <= '9'; }

/* One or two digits at *at, up to `most`. */
static bool part_read(Str s, ptrdiff_t *at, int most, int64_t *out)
{
    if (!digit(s, *at)) return false;
    *out = s.s[(*at)++] - '0';
    if (digit(s, *at)) *out = 10 * *out + s.s[(*at)++] - '0';
    return *out <= most && !digit(s, *at);
}

/* Where the hours stand before the first colon; -1: there is no time. */
static ptrdiff_t time_at(Str cell)
{
    ptrdiff_t at = str_find(cell, S(":"));
    if (at < 1 || !digit(cell, at - 1)) return -1;
    return digit(cell, at - 2) ? at - 2 : at - 1;
}

static bool half_read(Str rest, int64_t *hour)
{
    bool after = str_starts(rest, S("PM")) || str_starts(rest, S("pm"));
    bool ahead = str_starts(rest, S("AM")) || str_starts(rest, S("am"));
    if (!after && !ahead) return true;
    if (*hour < 1 || *hour > 12) return false;
    *hour = *hour % 12 + (after ? 12 : 0);
    return true;
}

/* Z, +03, +03:00, -0430. */
static bool zone_read(Str rest, int64_t *offset)
{
    int64_t hour, minute = 0;
    if (str_starts(rest, S("Z"))) return *offset = 0, true;
    if (!rest.n || (*rest.s != '+' && *rest.s != '-')) return true;
    if (!digit(rest, 1) || !digit(rest, 2)) return false;
    hour = (rest.s[1] - '0') * 10 + rest.s[2] - '0';
    ptrdiff_t at = rest.n > 3 && rest.s[3] == ':' ? 4 : 3;
    if (digit(rest, at) && !part_read(rest, &at, 59, &minute)) return false;
    *offset = (hour * 3600 + minute * 60) * (*rest.s == '-' ? -1 : 1);
    return hour <= 14;
}

static CellRead time_read(Str cell, ptrdiff_t at, WallTime *out)
{
    int64_t hour, minute, second = 0;
    if (!part_read(cell, &at, 23, &hour) || cell.s[at++] != ':' || !part_read(cell, &at, 59, &minute))
        return CELL_WRONG;
    if (at < cell.n && cell.s[at] == ':' && (at++, !part_read(cell, &at, 59, &second))) return CELL_WRONG;
    if (at < cell.n && cell.s[at] == '.')
        for (at++; digit(cell, at);) at++;
    Str rest = str_trim(str_from(cell, at));
    if (!half_read(rest, &hour) || !zone_read(rest, &out->offset)) return CELL_WRONG;
    out->second = hour * 3600 + minute * 60 + second;
    return CELL_READ;
}

/* Behind the point of a serial, in millionths of the day; a table rounds to the second. */
static void serial_time(Str cell, WallTime *out)
{
    ptrdiff_t at   = str_find(cell, S("."));
    int64_t   part = 0, unit = 1000000;
    if (at < 0) at = str_find(cell, S(","));
    if (at < 0) return;
    for (at++; digit(cell, at) && unit > 1; at++) {
        unit /= 10;
        part += unit * (cell.s[at] - '0');
    }
    int64_t second = (part * 86400 + 500000) / 1000000;
    out->second    = second < 86400 ? second : 86399;
}

static bool is_number(Str cell)
{
    for (ptrdiff_t i = 0; i < cell.n; i++)
        if (!digit(cell, i) && cell.s[i] != '.' && cell.s[i] != ',') return false;
    return true;
}

CellRead moment_cell_read(Str cell, DayOrder order, WallTime *out)
{
    WallTime  got  = { .second = NONE, .offset = NONE };
    CellRead  read = day_cell_read(cell, order, &got.day);
    ptrdiff_t at   = time_at(cell);
    if (read != CELL_READ) return read;
    if (at >= 0) read = time_read(cell, at, &got);
    else if (order == DAY_SERIAL && is_number(cell)) serial_time(cell, &got);
    if (read == CELL_READ) *out = got;
    return read;
}
