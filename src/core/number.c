/* Whole numbers with a unit, and the one place where anything is rounded. */
#include "core/number.h"

int64_t round_div(Wide num, Wide den)
{
    Wide half = num < 0 ? -(den / 2) : den / 2;
    Wide q    = den % 2 == 0 ? (num + half) / den : num / den;
    if (den % 2 != 0) { /* an odd divisor has no exact half: compare the doubled rest */
        Wide rest = num - q * den;
        if (2 * (rest < 0 ? -rest : rest) > den) q += num < 0 ? -1 : 1;
    }
    if (q > INT64_MAX || q <= INT64_MIN) return NONE;
    return (int64_t)q;
}

Money money_of(Price price, Qty qty)
{
    if (price == NONE || qty == NONE) return NONE;
    return round_div((Wide)price * qty, 10000000); /* 10^6 x 10^3 / 10^2 */
}

Ratio ratio_of(Wide part, Wide whole)
{
    if (whole == 0) return 0;
    return whole > 0 ? round_div(part * RATIO_ONE, whole) : round_div(-part * RATIO_ONE, -whole);
}

static void buf_wide(Buf *b, Wide v, int places)
{
    char  digits[64];
    char *end = digits + sizeof digits, *p = end;
    bool  minus = v < 0;
    unsigned __int128 rest = minus ? -(unsigned __int128)v : (unsigned __int128)v;
    for (int i = 0; i < places; i++, rest /= 10) *--p = (char)('0' + (int)(rest % 10));
    if (places) *--p = '.';
    do *--p = (char)('0' + (int)(rest % 10));
    while (rest /= 10);
    if (minus) *--p = '-';
    buf_put(b, (Str){ p, end - p });
}

void buf_scaled(Buf *b, Wide v, int places)
{
    buf_wide(b, v, places);
}

void buf_trimmed(Buf *b, Wide v, int places)
{
    for (; places > 0 && v % 10 == 0; places--) v /= 10;
    buf_wide(b, v, places);
}

void buf_money(Buf *b, Money m)
{
    buf_wide(b, m, 2);
}

void buf_wide_money(Buf *b, Wide m)
{
    buf_wide(b, m, 2);
}

void buf_share(Buf *b, Wide part, Wide whole)
{
    const Wide percent = 100000000; /* 100 % with six decimals */
    bool minus = (part < 0) != (whole < 0);
    if (part < 0) part = -part;
    if (whole < 0) whole = -whole;
    Wide q = whole ? (2 * part * percent + whole) / (2 * whole) : 0;
    buf_wide(b, minus ? -q : q, 6);
}
