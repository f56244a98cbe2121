/* Where each client stood a year ago, and what it has brought since. */
#include "analysis/past.h"

#include "analysis/abc.h"
#include "analysis/halves.h"
#include "analysis/order.h"

#include <string.h>

enum { YEAR = 12 };

/* The history of one client at a time: its months as they come, each month of the history by itself, and the sum before
 * each. */
typedef struct {
    const Summary *of;
    MonthBought   *row;
    ptrdiff_t      rows;
    Month          month0;
    int            months;
    Money         *month, *before; /* [months], [months + 1] */
} History;

static History history_room(const Summary *s, Arena *mem)
{
    Month first = month_of(s->begins);
    int   months = month_of(s->seen) - first + 1;
    return (History){ .of = s,
                      .row = NEW_RAW(mem, MonthBought, months),
                      .month0 = first,
                      .months = months,
                      .month = NEW_RAW(mem, Money, months),
                      .before = NEW_RAW(mem, Money, months + 1) };
}

static void history_read(History *h, ptrdiff_t client)
{
    h->rows = h->of->client_history(h->of, client, h->row);
    memset(h->month, 0, (size_t)h->months * sizeof *h->month);
    for (ptrdiff_t i = 0; i < h->rows; i++) h->month[h->row[i].month - h->month0] = h->row[i].money;
    h->before[0] = 0;
    for (int m = 0; m < h->months; m++) h->before[m + 1] = h->before[m] + h->month[m];
}

/* Money of the months from..to - 1, as far as the history has them. */
static Money sold_in(const History *h, int from, int to)
{
    if (from < 0) from = 0;
    if (to > h->months) to = h->months;
    return from < to ? h->before[to] - h->before[from] : 0;
}

typedef struct {
    int32_t days;
    Day     first, last; /* DAY_NONE: no purchase */
} Purchases;

static Purchases purchases_before(const History *h, int end)
{
    Purchases          p = { .first = DAY_NONE, .last = DAY_NONE };
    const MonthBought *last = NULL;
    for (const MonthBought *row = h->row; row < h->row + h->rows && row->month - h->month0 < end; row++) {
        if (!row->days) continue;
        if (!last) p.first = month_first(row->month) + __builtin_ctz(row->days);
        p.days += __builtin_popcount(row->days);
        last = row;
    }
    if (!last) return p;
    p.last = month_first(last->month) + 31 - __builtin_clz(last->days);
    return p;
}

static Money not_below_nothing(Money m) { return m > 0 ? m : 0; }

/* `first` is the month of the first purchase as a place in the history. */
static Money lack_at(const History *h, int end, int first, FallingSettings set, Falling *fall)
{
    if (end < 1 || first < 0 || !falling_find(h->month, end, first, set, fall)) return 0;
    int   recent = end - set.recent, begins = recent - YEAR > first ? recent - YEAR : first;
    Money year = sold_in(h, begins, recent), lack = YEAR * fall->stake;
    return not_below_nothing(lack < year ? lack : year);
}

static int place_of(const History *h, Day day) { return day == DAY_NONE ? -1 : month_of(day) - h->month0; }

/* Seen from before the month `end`, with purchases from `first` to `last`. */
static Worth worth_at(const History *h, int end, Day first, Day last, FallingSettings set, Falling *fall)
{
    int newest = place_of(h, last);
    return (Worth){ .year = newest < 0 ? 0 : not_below_nothing(sold_in(h, newest - YEAR + 1, newest + 1)),
                    .twelve = sold_in(h, end - YEAR, end),
                    .lack = lack_at(h, end, place_of(h, first), set, fall) };
}

static Past past_room(const Report *r, Arena *mem)
{
    ptrdiff_t n = r->of->clients;
    return (Past){
        .now = NEW_N(mem, Worth, n),
        .then = NEW_N(mem, Worth, n),
        .status = NEW_N(mem, uint8_t, n),
        .days = NEW_N(mem, int32_t, n),
        .abc = NEW_N(mem, char, n),
        .xyz = NEW_N(mem, char, n),
        .xyz_since = NEW_N(mem, char, n),
        .since = NEW_N(mem, Money, n),
        .regained = NEW_N(mem, Money, n),
    };
}

/* Ends of the two sights as places in the history: the months before them are seen. */
typedef struct {
    int now, then;
} Ends;

static Money regained_of(const Worth *then, const Falling *fall, Money since)
{
    Money more = not_below_nothing(since - YEAR * fall->now);
    return more < then->lack ? more : then->lack;
}

/* What both halves of the clients are looked at with. */
typedef struct {
    const Report   *r;
    Past           *p;
    FallingSettings set;
    Ends            end;
    Day            *first, *last; /* [clients] purchases up to a year ago */
    bool            reaches[2];
} Looking;

static void client_see(const Looking *l, const History *h, ptrdiff_t i)
{
    Past          *p = l->p;
    const Summary *s = h->of;
    Falling        fall = { 0 };
    l->first[i] = l->last[i] = DAY_NONE;
    p->now[i] = worth_at(h, l->end.now, s->first[i], s->last[i], l->set, &fall);
    if (l->end.then < 1) return;
    Purchases before = purchases_before(h, l->end.then);
    fall = (Falling){ 0 };
    p->days[i] = before.days;
    l->first[i] = before.first;
    l->last[i] = before.last;
    p->then[i] = worth_at(h, l->end.then, before.first, before.last, l->set, &fall);
    p->since[i] = sold_in(h, l->end.then, l->end.now);
    p->regained[i] = regained_of(&p->then[i], &fall, p->since[i]);
}

static void half_see(void *of, int half, Arena scratch)
{
    Looking  *l = of;
    History   h = history_room(l->r->of, &scratch);
    HalfRange mine = half_range(l->r->of->clients, half);
    for (ptrdiff_t i = mine.from; i < mine.to; i++) {
        history_read(&h, i);
        client_see(l, &h, i);
        l->reaches[half] |= l->p->days[i] > 0;
    }
}

static void classes_then(Past *p, const Report *r, Arena scratch)
{
    ptrdiff_t n = r->of->clients;
    Money    *money = NEW_RAW(&scratch, Money, n);
    uint32_t *order = NEW_RAW(&scratch, uint32_t, n);
    for (ptrdiff_t i = 0; i < n; i++) money[i] = p->then[i].twelve;
    order_largest(money, n, order, scratch);
    abc_classify(money, order, n, r->set.abc, p->abc);
    for (ptrdiff_t i = 0; i < n; i++)
        if (money[i] <= 0) p->abc[i] = 0;
}

/* The class of the twelve months before `end`, as far as the history has them. */
static char steadiness(const History *h, int end, XyzCuts cuts)
{
    int from = end < YEAR ? 0 : end - YEAR;
    return xyz_class(h->month + from, end - from, cuts);
}

/* The evenness of class A, then and since. */
static void evenness_see(Past *p, const Report *r, Ends end, Arena scratch)
{
    History h = history_room(r->of, &scratch);
    for (ptrdiff_t i = 0; i < r->of->clients; i++) {
        if (p->abc[i] != 'A') continue;
        history_read(&h, i);
        p->xyz[i] = steadiness(&h, end.then, r->set.xyz);
        p->xyz_since[i] = steadiness(&h, end.now, r->set.xyz);
    }
}

void past_find(const Report *r, FallingSettings set, Arena *mem, Arena scratch, Past *out)
{
    const Summary *s = r->of;
    *out = past_room(r, mem);
    if (!r->past_months.count) return;
    out->end = r->past_months.first + r->past_months.count - 1;
    out->day = month_last(out->end - YEAR);
    Month   month0 = month_of(s->begins);
    Ends    end = { out->end + 1 - month0, out->end + 1 - YEAR - month0 };
    Looking l = { .r = r,
                  .p = out,
                  .set = set,
                  .end = end,
                  .first = NEW_RAW(&scratch, Day, s->clients),
                  .last = NEW_RAW(&scratch, Day, s->clients) };
    halves_run(&l, half_see, half_see, s->clients, scratch);
    out->reaches = l.reaches[0] || l.reaches[1];
    if (!out->reaches) return;
    status_find(out->days, l.first, l.last, s->clients, out->day + 1, r->set.status, out->status, scratch);
    classes_then(out, r, scratch);
    evenness_see(out, r, end, scratch);
}
