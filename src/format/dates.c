/* From a date as it was written to a day: which part is the day, which the month, and what a column of such cells says
 * about it. */
#include "format/dates.h"

#include "format/dates_written.h"
#include "format/number.h"

static int full_year(int year, int digits)
{
    return digits > 2 ? year : year < 70 ? 2000 + year : 1900 + year;
}

static CellRead civil_read(int year, int month, int day, Day *out)
{
    if (year < 1900 || year > 2199) return CELL_BEYOND;
    Civil c = { year, month, day };
    if (!day_valid(c)) return CELL_WRONG;
    *out = day_of(c);
    return CELL_READ;
}

static CellRead eight_read(int v, DayOrder order, Day *out)
{
    Day late;
    if (order == DAY_DMY && civil_read(v % 10000, v / 10000 % 100, v / 1000000, &late) == CELL_READ)
        return *out = late, CELL_READ;
    if (order == DAY_MDY && civil_read(v % 10000, v / 1000000, v / 10000 % 100, &late) == CELL_READ)
        return *out = late, CELL_READ;
    return civil_read(v / 10000, v / 100 % 100, v % 100, out);
}

static bool short_parts(const Written *w, int a, int b)
{
    return w->digits[a] <= 2 && w->digits[b] <= 2;
}

/* Year-month-day files may hold a stray date of another kind: it is read when only one reading exists. */
static DayOrder order_of_stray(const Written *w)
{
    if (w->part[0] > 12 || w->part[0] == w->part[1]) return DAY_DMY;
    return w->part[1] > 12 ? DAY_MDY : DAY_YMD;
}

static CellRead parts_read(const Written *w, DayOrder order, Day *out)
{
    const int *p = w->part;
    if (w->sign == '8') return eight_read(p[0], order, out);
    bool front = w->digits[0] == 4, back = w->digits[2] == 4;
    if (w->sign == 'w' || front) {
        if (!short_parts(w, 1, 2) || (w->digits[0] != 4 && w->digits[0] > 2)) return CELL_WRONG;
        return civil_read(full_year(p[0], w->digits[0]), p[1], p[2], out);
    }
    if (!short_parts(w, 0, 1) || (w->digits[2] > 2 && !back)) return CELL_WRONG;
    if (w->sign == '.' || order == DAY_SERIAL) order = DAY_DMY;
    if (order == DAY_YMD && !back) return civil_read(full_year(p[0], w->digits[0]), p[1], p[2], out);
    if (order == DAY_YMD) order = order_of_stray(w);
    int year = full_year(p[2], w->digits[2]);
    if (order == DAY_YMD) return CELL_WRONG;
    return order == DAY_DMY ? civil_read(year, p[1], p[0], out) : civil_read(year, p[0], p[1], out);
}

bool day_of_serial(int64_t serial, bool from_1904, Day *out)
{
    if (from_1904) serial += 1462;
    if (serial < 1 || serial == 60 || serial > DAY_MAX + 25569) return false;
    *out = (Day)(serial - (serial > 60 ? 25569 : 25568));
    return true;
}

static CellRead serial_read(Str cell, Day *out)
{
    int64_t  millionths;
    CellRead r = number_read(cell, (NumberForm){ .decimal = '.' }, 6, &millionths);
    if (r != CELL_READ) return r;
    return day_of_serial(millionths / 1000000, false, out) ? CELL_READ : CELL_BEYOND;
}

static bool cell_is_empty(Str cell)
{
    Str s = str_trim(cell);
    return s.n == 0 || str_eq(s, S("-")) || str_eq(s, S("NULL")) || str_eq(s, S("null")) || str_eq(s, S("\\N"));
}

CellRead day_cell_read(Str cell, DayOrder order, Day *out)
{
    Written w;
    if (cell_is_empty(cell)) return CELL_EMPTY;
    if (written_of(cell, &w)) return parts_read(&w, order, out);
    return order == DAY_SERIAL ? serial_read(cell, out) : CELL_WRONG;
}

const char *day_problem(CellRead r)
{
    static const char *const key[] = { [CELL_WRONG] = "cell.no_day", [CELL_BEYOND] = "cell.day_too_far" };
    return key[r];
}

static bool vote_either(DayVotes *v, const Written *w)
{
    if (!short_parts(w, 0, 1) || w->part[0] < 1 || w->part[1] < 1) return false;
    v->dmy += w->part[0] > 12 || w->sign == '.';
    v->mdy += w->part[1] > 12;
    v->dotted += w->sign == '.';
    if (w->part[0] > 12 || w->part[1] > 12 || w->sign == '.') return true;
    v->either++;
    v->first_seen  |= 1u << w->part[0];
    v->second_seen |= 1u << w->part[1];
    return true;
}

/* With two digits a year may stand at either end; it changes less often than the day. */
static void years_short(DayVotes *v, const Written *w)
{
    if (w->sign == '.' || w->digits[2] != 2 || w->part[0] > 63 || w->part[2] > 63) return;
    v->year_first |= UINT64_C(1) << w->part[0];
    v->year_last  |= UINT64_C(1) << w->part[2];
}

static bool year_in_front(const DayVotes *v)
{
    return !v->dotted && __builtin_popcountll(v->year_last) > 2 * __builtin_popcountll(v->year_first);
}

static bool vote_written(DayVotes *v, const Written *w)
{
    Day d;
    if (w->sign == '8' && parts_read(w, DAY_YMD, &d) == CELL_READ) return ++v->ymd;
    if (w->sign == '8') return parts_read(w, DAY_DMY, &d) == CELL_READ && ++v->dmy;
    if (parts_read(w, DAY_DMY, &d) == CELL_WRONG && parts_read(w, DAY_MDY, &d) == CELL_WRONG) return false;
    if (w->sign == 'w') return true;
    if (w->digits[0] == 4) return ++v->ymd;
    years_short(v, w);
    return vote_either(v, w);
}

static bool may_be_serial(Str cell)
{
    if (cell.n < 5) return false;
    for (ptrdiff_t i = 0; i < cell.n; i++)
        if (i < 5 ? cell.s[i] < '0' || cell.s[i] > '9' : i == 5 && cell.s[i] != '.' && cell.s[i] != ',') return false;
    return true;
}

bool day_vote(DayVotes *v, Str cell)
{
    Written w;
    Day     d;
    if (written_of(cell, &w)) {
        bool good = vote_written(v, &w);
        v->dates += good;
        return good;
    }
    cell        = str_trim(cell);
    /* 1980-01-01 .. 2079-12-31 */
    bool serial = may_be_serial(cell) && serial_read(cell, &d) == CELL_READ && d >= 3652 && d < 40177;
    v->serials += serial;
    return serial;
}

DayOrder day_order(const DayVotes *v, bool *doubt)
{
    if (doubt) *doubt = !year_in_front(v) && ((v->dmy && v->mdy) || (v->either && !v->dmy && !v->mdy));
    if (v->dates == 0 && v->serials) return DAY_SERIAL;
    if (v->dmy + v->mdy + v->either == 0 || year_in_front(v)) return DAY_YMD;
    if (v->dmy != v->mdy) return v->dmy > v->mdy ? DAY_DMY : DAY_MDY;
    return __builtin_popcountll(v->second_seen) > __builtin_popcountll(v->first_seen) ? DAY_MDY : DAY_DMY;
}
