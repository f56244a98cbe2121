/* Where each client stands by the rhythm of its purchases. */
#include "analysis/status.h"

#include "analysis/order.h"

#include <string.h>

const char *const status_names[STATUSES] = {
    [STATUS_ACTIVE] = "active",   [STATUS_NEW] = "new",   [STATUS_SLIPPING] = "slipping",
    [STATUS_AT_RISK] = "at_risk", [STATUS_LOST] = "lost", [STATUS_POTENTIAL] = "potential",
};

Rhythm rhythm_of(int32_t days, Day first, Day last)
{
    return (Rhythm){ last - first, days - 1 };
}

/* A key that rises with the fraction.  Two different rhythms lie apart by more than a double rounds: both parts are
 * below 2^17. */
static int64_t rhythm_key(Rhythm r)
{
    double  value = (double)r.num / (double)r.den;
    int64_t key;
    memcpy(&key, &value, sizeof key);
    return key;
}

static Rhythm mean_of_two(Rhythm a, Rhythm b)
{
    return (Rhythm){ a.num * b.den + b.num * a.den, 2 * a.den * b.den };
}

/* The rhythm that has the key: there is one. */
static Rhythm rhythm_with(int64_t key, const int32_t *days, const Day *first, const Day *last)
{
    for (ptrdiff_t i = 0;; i++) {
        if (days[i] < 2) continue;
        Rhythm own = rhythm_of(days[i], first[i], last[i]);
        if (rhythm_key(own) == key) return own;
    }
}

Rhythm rhythm_usual(const int32_t *days, const Day *first, const Day *last, ptrdiff_t n, Rhythm nobody, Arena scratch)
{
    int64_t  *key   = NEW_RAW(&scratch, int64_t, n);
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        if (days[i] >= 2) key[count++] = rhythm_key(rhythm_of(days[i], first[i], last[i]));
    if (count == 0) return nobody;

    order_values(key, count, scratch);
    Rhythm middle = rhythm_with(key[count / 2], days, first, last);
    return count % 2 ? middle : mean_of_two(middle, rhythm_with(key[count / 2 - 1], days, first, last));
}

Status status_of(int32_t days, Day first, Day last, Day as_of, Rhythm usual, StatusSettings set)
{
    if (days == 0) return STATUS_POTENTIAL;
    int64_t t = (int64_t)as_of - last;
    if (days == 1 && t <= set.new_days) return STATUS_NEW;
    Rhythm p = days >= 2 ? rhythm_of(days, first, last) : usual;
    if (t * p.den <= p.num * set.slip) return STATUS_ACTIVE;
    if (t * p.den <= p.num * set.risk) return STATUS_SLIPPING;
    if (t * p.den <= p.num * set.lose) return STATUS_AT_RISK;
    return STATUS_LOST;
}

Rhythm status_find(const int32_t *days, const Day *first, const Day *last, ptrdiff_t n, Day as_of, StatusSettings set,
                   uint8_t *out, Arena scratch)
{
    Rhythm usual = rhythm_usual(days, first, last, n, set.nobody, scratch);
    for (ptrdiff_t i = 0; i < n; i++) out[i] = (uint8_t)status_of(days[i], first[i], last[i], as_of, usual, set);
    return usual;
}
