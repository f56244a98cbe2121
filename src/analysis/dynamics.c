/* How sales move from month to month. */
#include "analysis/dynamics.h"

Ratio growth_of(Wide now, Wide before)
{
    return before > 0 ? round_div((now - before) * RATIO_ONE, before) : NONE;
}

/* Twice the sum of the twelve months around `at`: eleven whole ones and the two at the ends by half. */
static Wide around_doubled(const Money *month, int at)
{
    Wide sum = (Wide)month[at - 6] + month[at + 6];
    for (int i = at - 5; i <= at + 5; i++) sum += 2 * (Wide)month[i];
    return sum;
}

bool season_of(const Money *month, int n, Month first, Ratio factor[12])
{
    Wide seen[12] = { 0 }, all = 0;
    int  times[12] = { 0 };
    for (int m = 0; m < 12; m++) factor[m] = RATIO_ONE;
    if (n < 36) return false;
    for (int at = 6; at < n - 6; at++) {
        Wide around = around_doubled(month, at);
        if (around <= 0) return false;
        seen[(first + at) % 12] += round_div((Wide)month[at] * 24 * RATIO_ONE, around);
        times[(first + at) % 12]++;
    }
    for (int m = 0; m < 12; m++) all += seen[m] = round_div(seen[m], times[m]);
    if (all <= 0) return false;
    for (int m = 0; m < 12; m++) factor[m] = round_div(seen[m] * 12 * RATIO_ONE, all);
    return true;
}

typedef struct {
    Wide sum;
    int  count;
} Before;

static Before months_before(const Money *month, int at)
{
    Before b = { 0, at < FALL_BEFORE ? at : FALL_BEFORE };
    for (int i = at - b.count; i < at; i++) b.sum += month[i];
    return b;
}

Money month_expected(const Money *month, int at)
{
    Before near = months_before(month, at);
    if (at < 13) return round_div(near.sum, near.count);
    Before far  = months_before(month, at - 12);
    Wide   then = (Wide)month[at - 12] * far.count; /* beside far.sum it is the same month a year ago */
    if (far.sum <= 0 || then >= far.sum) return round_div(near.sum, near.count);
    Money lowered = round_div(near.sum, near.count);
    return then <= 0 ? 0 : round_div(lowered * then, far.sum);
}

int falls_find(const Money *month, int n, int from, Ratio limit, Fall *out, int max)
{
    int found = 0;
    for (int at = from > 1 ? from : 1; at < n; at++) {
        Money expected = month_expected(month, at);
        if (expected <= 0 || ((Wide)expected - month[at]) * RATIO_ONE < (Wide)expected * limit) continue;
        if (found >= max)
            for (int i = 1; i < max; i++) out[i - 1] = out[i];
        out[found < max ? found : max - 1] = (Fall){ at, expected, month[at], expected - month[at] };
        found++;
    }
    return found;
}

Money fall_part(const Money *month, int at)
{
    Before near = months_before(month, at);
    return month[at] - round_div(near.sum, near.count);
}
