/* Cells as nearly all of them look, read in a few steps; whatever looks otherwise is left to the readers of format/,
 * which know all the ways people write.  What is read here reads the same there.
 *
 * CELL_BEHIND bytes behind the beginning of every cell must be readable. */
#ifndef SALES_READING_SALES_CELL_H
#define SALES_READING_SALES_CELL_H

#include "core/day.h"
#include "core/word.h"
#include "format/form.h"

#define CELL_INLINE WORD_INLINE

enum { CELL_BEHIND = 24 };

typedef struct {
    int64_t digits; /* the value times 10^places */
    int     places;
} Decimal;

/* The first day of each month since January 1900, and the day that was read last, in the one order that a table is
 * for. */
typedef struct {
    Day      month[300 * 12 + 1];
    uint64_t text8;
    uint16_t text2;
    Day      day;
} DayTable;

/* One to eight characters as a word, the last one in the highest byte, '0' in the bytes before the first. */
CELL_INLINE uint64_t word_right(const char *p, ptrdiff_t n)
{
    return word_of(p) << (64 - 8 * n) | WORD_ZEROS >> 8 >> (8 * n - 8);
}

/* Digits with at most one decimal sign inside, one to eight characters altogether. */
CELL_INLINE bool decimal_word(const char *p, ptrdiff_t n, char sign, Decimal *out)
{
    uint64_t w = word_right(p, n);
    out->places = 0;
    if (n > 3 && (char)(w >> 40) == sign) { /* two places behind it: nearly every price */
        w = (w & UINT64_C(0xFFFF000000000000)) | (w & UINT64_C(0x000000FFFFFFFFFF)) << 8 | '0';
        out->places = 2;
    } else {
        uint64_t x = w ^ WORD_ONES * (unsigned char)sign, dot = (x - WORD_ONES) & ~x & 0x80 * WORD_ONES;
        if (dot) {
            int at = __builtin_ctzll(dot) >> 3;
            if (at == 7 || at == 8 - n) return false; /* `5.` and `.5` are rare */
            w = w >> (8 * at + 8) << (8 * at + 8) | (w & ((UINT64_C(1) << 8 * at) - 1)) << 8 | '0';
            out->places = 7 - at;
        }
    }
    out->digits = word_digits(w);
    return !word_no_digits(w);
}

/* The same up to 15 characters. */
static inline bool decimal_long(const char *p, ptrdiff_t n, char sign, Decimal *out)
{
    ptrdiff_t dot = -1;
    *out = (Decimal){ 0 };
    for (ptrdiff_t i = 0; i < n; i++) {
        if (p[i] == sign && dot < 0 && i > 0 && i < n - 1) dot = i;
        else if (p[i] >= '0' && p[i] <= '9') out->digits = out->digits * 10 + (p[i] - '0');
        else return false;
    }
    out->places = dot < 0 ? 0 : (int)(n - 1 - dot);
    return out->places <= 8;
}

CELL_INLINE bool decimal_plain(Str s, char sign, Decimal *out)
{
    ptrdiff_t   minus = s.n > 1 && s.s[0] == '-', n = s.n - minus;
    const char *p     = s.s + minus;
    if (n < 1 || n > 15 || !(n <= 8 ? decimal_word(p, n, sign, out) : decimal_long(p, n, sign, out))) return false;
    out->digits = (out->digits ^ -minus) + minus;
    return true;
}

/* `08:26` or `08:26:00` behind a blank or a T. */
static inline bool time_plain(const char *p, ptrdiff_t n)
{
    if ((n != 6 && n != 9) || (p[0] != ' ' && p[0] != 'T') || p[3] != ':' || (n == 9 && p[6] != ':')) return false;
    uint64_t w = word_of(p + 1), seconds = n == 9 ? w >> 48 : '0' * 0x101;
    uint64_t digits = (w & 0xFFFF) << 16 | (w >> 24 & 0xFFFF) << 32 | seconds << 48 | '0' * 0x101;
    uint32_t v = word_no_digits(digits) ? 999999 : word_digits(digits);
    return v / 10000 < 24 && v / 100 % 100 < 60 && v % 100 < 60;
}

/* A word of four digits of the year, two of the month and two of the day. */
CELL_INLINE bool civil_plain(const DayTable *t, uint64_t w, Day *out)
{
    if (word_no_digits(w)) return false;
    uint32_t v = word_digits(w), month = v / 100 % 100 - 1, day = v % 100 - 1, m = (v / 10000 - 1900) * 12 + month;
    if (v < 19000000 || v > 21991231 || month > 11 || day >= (uint32_t)(t->month[m + 1] - t->month[m])) return false;
    *out = t->month[m] + (Day)day;
    return true;
}

CELL_INLINE bool day_separates(char c, DayOrder order)
{
    return c == '-' || c == '/' || (c == '.' && order != DAY_MDY);
}

/* Ten characters: a year of four digits at either end. */
static inline bool day_ten(const DayTable *t, const char *p, DayOrder order, Day *out)
{
    uint64_t a = word_of(p), b = word_of(p + 8) & 0xFFFF;
    if (p[4] == p[7] && day_separates(p[4], DAY_YMD))
        return civil_plain(t, (uint32_t)a | (a >> 40 & 0xFFFF) << 32 | b << 48, out);
    if (p[2] != p[5] || !day_separates(p[2], order) || order == DAY_YMD) return false;
    uint64_t first = a & 0xFFFF, second = a >> 24 & 0xFFFF, year = a >> 48 | b << 16;
    return civil_plain(t, year | (order == DAY_DMY ? second : first) << 32 | (order == DAY_DMY ? first : second) << 48,
                       out);
}

CELL_INLINE bool day_plain(DayTable *t, Str s, DayOrder order, Day *out)
{
    if (s.n < 10 || order == DAY_SERIAL) return s.n == 8 && order == DAY_YMD && civil_plain(t, word_of(s.s), out);
    if (s.n > 10 && !time_plain(s.s + 10, s.n - 10)) return false;
    uint64_t a = word_of(s.s);
    uint16_t b = (uint16_t)word_of(s.s + 8);
    if (a != t->text8 || b != t->text2 || !a) { /* 0: none is remembered */
        if (!day_ten(t, s.s, order, &t->day)) return t->text8 = 0, false;
        t->text8 = a;
        t->text2 = b;
    }
    *out = t->day;
    return true;
}

#endif
