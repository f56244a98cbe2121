/* How much a base depends on a few. */
#include "analysis/concentration.h"

typedef unsigned __int128 Bits;

/* 10^10 x squares / sum^2, rounded half up, by long division: six decimals of squared percents never leave 128 bits. */
static int64_t hhi_of(Bits squares, Bits sum)
{
    if (sum == 0) return 0;
    Bits    whole = sum * sum, rest = squares % whole;
    int64_t q = (int64_t)(squares / whole);
    for (int digit = 0; digit < 10; digit++) {
        rest *= 10;
        q    = q * 10 + (int64_t)(rest / whole);
        rest %= whole;
    }
    return q + (2 * rest >= whole);
}

/* What a place brings here: nothing when it is left out or not positive. */
static Money brought(const Money *amount, uint32_t at, ptrdiff_t without)
{
    return (ptrdiff_t)at == without || amount[at] < 0 ? 0 : amount[at];
}

static void leaders_add(Concentration *c, ptrdiff_t at, Money m)
{
    if (c->items == 0) {
        c->largest = at;
        c->top1    = m;
    }
    if (c->items < 10) c->top10 += m;
    c->items++;
    c->positive += m;
}

Concentration concentration_of(const Money *amount, const uint32_t *order, ptrdiff_t n, ptrdiff_t without)
{
    Concentration c        = { .largest = -1 };
    Wide          weighted = 0; /* sum of (place from the top, from 1) x amount */
    for (ptrdiff_t i = 0; i < n; i++) {
        Money m = brought(amount, order[i], without);
        if (m == 0) continue;
        leaders_add(&c, order[i], m);
        weighted += c.items * (Wide)m;
    }
    int  shift   = c.positive >> 61 ? 4 : 0;
    Bits squares = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        Bits m = (Bits)(brought(amount, order[i], without) >> shift);
        squares += m * m;
    }
    c.hhi = hhi_of(squares, (Bits)c.positive >> shift);
    /* Counted from the top, i from the bottom is items + 1 less the place: 2 sum(i x) = 2 (items + 1) sum(x) - 2
     * weighted. */
    Wide above = (c.items + 1) * c.positive - 2 * weighted;
    c.gini     = c.positive ? round_div(above * RATIO_ONE, c.items * c.positive) : 0;
    return c;
}

bool concentration_one(const Concentration *c, Ratio one_limit)
{
    return c->top1 > 0 && (Wide)c->top1 * RATIO_ONE >= one_limit * c->positive;
}

const char *const level_words[BASE_LEVELS] = {
    [BASE_SPREAD]    = "concentration.level.spread",
    [BASE_GATHERED]  = "concentration.level.gathered",
    [BASE_IN_DANGER] = "concentration.level.danger",
};

BaseLevel hhi_level(const Concentration *c)
{
    if (c->hhi > HHI_DANGER * RATIO_ONE) return BASE_IN_DANGER;
    return c->hhi > HHI_SPREAD * RATIO_ONE ? BASE_GATHERED : BASE_SPREAD;
}

BaseLevel concentration_level(const Concentration *c, Ratio one_limit)
{
    return concentration_one(c, one_limit) ? BASE_IN_DANGER : hhi_level(c);
}
