/* The Pareto check and the Lorenz curve. */
#include "analysis/lorenz.h"

static Wide largest_sum(const Money *amount, const uint32_t *order, ptrdiff_t count)
{
    Wide sum = 0;
    for (ptrdiff_t i = 0; i < count && amount[order[i]] > 0; i++) sum += amount[order[i]];
    return sum;
}

Wide lorenz_top(const Money *amount, const uint32_t *order, ptrdiff_t n, int percent)
{
    return largest_sum(amount, order, (n * percent + 99) / 100);
}

void lorenz_curve(const Money *amount, const uint32_t *order, ptrdiff_t n, int steps, Ratio *out)
{
    Wide      all = largest_sum(amount, order, n), sum = 0;
    ptrdiff_t i   = 0;
    for (int step = 0; step <= steps; step++) {
        for (; i < (n * step + steps - 1) / steps; i++)
            if (amount[order[i]] > 0) sum += amount[order[i]];
        out[step] = ratio_of(sum, all);
    }
}
