/* How the client base grows. */
#include "analysis/growth.h"

#include <string.h>

Growth growth_of_base(const Day *first, const int32_t *source, ptrdiff_t n, int sources, Month month0, int months, int64_t *came)
{
    Growth g = { 0 };
    memset(came, 0, sizeof *came * (size_t)months * (size_t)sources);
    for (ptrdiff_t i = 0; i < n; i++) {
        if (first[i] == DAY_NONE) continue;
        int month = month_of(first[i]) - month0;
        if (month < 0) g.before++;
        if (month < 0 || month >= months) continue;
        came[month * sources + (source ? source[i] : 0)]++;
        g.added++;
    }
    g.after = g.before + g.added;
    g.times = g.before ? ratio_of(g.after, g.before) : NONE;
    return g;
}
