/* How the client base grows. */
#include "analysis/growth.h"

#include <string.h>

Day joined_on(Day entered, Day first_purchase)
{
    if (entered == DAY_NONE) return first_purchase;
    return first_purchase != DAY_NONE && first_purchase < entered ? first_purchase : entered;
}

Growth growth_of_base(const Day *joined, const int32_t *source, ptrdiff_t n, int sources, Day from, Day to,
                      int64_t *came)
{
    Growth g      = { 0 };
    Month  month0 = month_of(from);
    memset(came, 0, sizeof *came * (size_t)(month_of(to) - month0 + 1) * (size_t)sources);
    for (ptrdiff_t i = 0; i < n; i++) {
        if (joined[i] == DAY_NONE || joined[i] > to) continue;
        if (joined[i] < from) {
            g.before++;
            continue;
        }
        came[(month_of(joined[i]) - month0) * sources + (source ? source[i] : 0)]++;
        g.added++;
    }
    g.after = g.before + g.added;
    g.times = g.before ? ratio_of(g.after, g.before) : NONE;
    return g;
}
