/* Clients who buy less than they used to, and those who are overdue. */
#include "analysis/falling.h"

static Wide sum_of(const Money *month, int from, int to)
{
    Wide sum = 0;
    for (int i = from; i < to; i++) sum += month[i];
    return sum;
}

bool falling_find(const Money *month, int n, int begins, FallingSettings set, Falling *out)
{
    int recent = n - set.recent;
    *out = (Falling){ 0 };
    if (begins < recent - set.past) begins = recent - set.past;
    if (begins < 0) begins = 0;
    int months = recent - begins;
    if (months < set.least || months < 1) return false;

    Money was = round_div(sum_of(month, begins, recent), months), now = round_div(sum_of(month, recent, n), set.recent);
    if (was <= 0 || ((Wide)was - now) * RATIO_ONE < (Wide)was * set.limit) return false;
    *out = (Falling){ was, now, was - now, round_div(((Wide)now - was) * RATIO_ONE, was) };
    return true;
}

bool is_late(Status status)
{
    return status == STATUS_AT_RISK;
}

Late late_of(Day last, Rhythm rhythm, Day as_of)
{
    Day due = last + (Day)round_div(rhythm.num, rhythm.den);
    return (Late){ due, as_of - due };
}
