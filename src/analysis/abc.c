/* ABC classes and the shape of a base. */
#include "analysis/abc.h"

static Wide positive_sum(const Money *amount, const uint32_t *order, ptrdiff_t n)
{
    Wide sum = 0;
    for (ptrdiff_t i = 0; i < n && amount[order[i]] > 0; i++) sum += amount[order[i]];
    return sum;
}

Err abc_classify(const Money *amount, const uint32_t *order, ptrdiff_t n, AbcCuts cuts, char *out)
{
    if (cuts.a < 0 || cuts.a >= cuts.b || cuts.b > RATIO_ONE) return INVALID;
    Wide sum = positive_sum(amount, order, n), before = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        Money m       = amount[order[i]];
        Wide  covered = before * RATIO_ONE;
        out[order[i]] = m <= 0 ? 'C' : covered < cuts.a * sum ? 'A' : covered < cuts.b * sum ? 'B' : 'C';
        before += m;
    }
    return OK;
}

void abc_sum(const Money *amount, const uint32_t *order, ptrdiff_t n, const char *classes, AbcClass sums[3])
{
    for (int c = 0; c < 3; c++) sums[c] = (AbcClass){ 0 };
    for (ptrdiff_t i = 0; i < n; i++) {
        AbcClass *c = &sums[classes[order[i]] - 'A'];
        c->items++;
        c->amount += amount[order[i]];
    }
}

unsigned abc_deviations(const AbcClass sums[3], bool one)
{
    static const int usual[3] = { 20, 30, 50 }; /* percent of the items */
    int64_t  n   = sums[0].items + sums[1].items + sums[2].items;
    unsigned out = 0;
    for (int c = 0; c < 3 && n >= 5; c++) {
        int64_t doubled = 200 * sums[c].items;
        if (doubled < usual[c] * n) out |= ABC_A_NARROW << (2 * c);
        if (doubled > 3 * usual[c] * n) out |= ABC_A_WIDE << (2 * c);
    }
    if (n >= 2 && one) out |= ABC_ONE;
    return out;
}
