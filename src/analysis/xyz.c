/* XYZ: how evenly a client buys.
 *
 * With S the sum and Q the sum of squares of n months, variation^2 = (n Q - S^2) / S^2: whole numbers until the last
 * step. */
#include "analysis/xyz.h"

#include <math.h>

typedef unsigned __int128 Bits;

typedef struct {
    Bits high, low; /* high x 2^64 + low, low < 2^64 */
} Product;

typedef struct {
    Bits spread; /* n Q - S^2 */
    Bits square; /* S^2       */
    bool positive;
} Evenness;

bool xyz_cuts_valid(XyzCuts cuts)
{
    return 0 <= cuts.x && cuts.x < cuts.y && cuts.y <= 1000 * RATIO_ONE;
}

XyzMonths xyz_months(Day from, Day to)
{
    Month first = month_of(from), last = month_of(to);
    if (month_first(first) < from) first++;
    if (month_last(last) > to) last--;
    return (XyzMonths){ first, last < first ? 0 : last - first + 1 };
}

XyzMonths xyz_months_since(Day begins, Day from, Day to)
{
    bool within = begins != DAY_NONE && begins > from && month_of(begins) != month_of(from);
    return xyz_months(within ? begins : from, to);
}

Day months_judged(Day as_of, Day today, Day latest)
{
    Month last = month_of(as_of - 1), runs = month_of(today);
    if (last > runs) last = runs;
    return month_last(last == runs && latest != month_last(runs) ? last - 1 : last);
}

/* The sums of `month` in one 64-bit walk; right while the absolutes sum to less than 2^31. */
static Evenness evenness_small(const Money *month, ptrdiff_t n)
{
    int64_t sum = 0, squares = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        sum += month[i];
        squares += month[i] * month[i];
    }
    return (Evenness){ (Bits)((Wide)n * squares - (Wide)sum * sum), (Bits)((Wide)sum * sum), sum > 0 };
}

static Evenness evenness(const Money *month, ptrdiff_t n)
{
    int64_t absolutes = 0;
    for (ptrdiff_t i = 0; i < n; i++) absolutes += month[i] < 0 ? -month[i] : month[i];
    if (absolutes < INT64_C(1) << 31) return evenness_small(month, n);
    int shift = absolutes >> 57 ? 8 : 0;

    Wide sum = 0, squares = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        Wide m = month[i] / (1 << shift);
        sum += m;
        squares += m * m;
    }
    return (Evenness){ (Bits)(n * squares - sum * sum), (Bits)(sum * sum), sum > 0 };
}

static Product product(Bits a, uint64_t b)
{
    Bits low  = (Bits)(uint64_t)a * b;
    Bits high = (a >> 64) * b + (low >> 64);
    return (Product){ high, (uint64_t)low };
}

/* spread / square <= (cut / 10^6)^2 */
static bool within(Evenness e, Ratio cut)
{
    Product spread = product(e.spread, UINT64_C(1000000000000));
    Product limit  = product(e.square, (uint64_t)cut * (uint64_t)cut);
    return spread.high != limit.high ? spread.high < limit.high : spread.low <= limit.low;
}

char xyz_class(const Money *month, ptrdiff_t n, XyzCuts cuts)
{
    Evenness e = evenness(month, n);
    if (!e.positive) return 'Z';
    return within(e, cuts.x) ? 'X' : within(e, cuts.y) ? 'Y' : 'Z';
}

Ratio xyz_variation(const Money *month, ptrdiff_t n)
{
    Evenness e = evenness(month, n);
    if (!e.positive) return NONE;
    return (Ratio)llroundl(sqrtl((long double)e.spread / (long double)e.square) * RATIO_ONE);
}

Money xyz_reserve(const Money *month, ptrdiff_t n)
{
    Money sum = 0, best = month[0];
    for (ptrdiff_t i = 0; i < n; i++) {
        sum += month[i];
        if (month[i] > best) best = month[i];
    }
    return best - round_div(sum, n);
}
