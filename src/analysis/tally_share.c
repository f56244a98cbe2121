/* How a share takes runs of lines: each step first asks for the memory of the next one, so that the waiting
 * overlaps. */
#include "analysis/tally_share.h"

enum { GROUP = 64 }; /* runs whose memory is asked for at a time */

static void index_begin(TallyShare *s)
{
    s->index_mem = arena_new((s->index_mask + 1) * (ptrdiff_t)sizeof(TallyIndex));
    s->index     = NEW_N(&s->index_mem, TallyIndex, s->index_mask + 1);
}

static TallyDay day_of_month(TallyShare *s, Day day)
{
    TallyDay *kept = &s->day[day & (DAYS_KEPT - 1)];
    if (kept->day != day) {
        Civil c = civil_of(day);
        *kept   = (TallyDay){ day, (int16_t)(c.year * 12 + c.month - 1 - TALLY_MONTH0), (int16_t)(c.day - 1) };
    }
    return *kept;
}

void share_begin(TallyShare *s, TallySettings settings)
{
    const ptrdiff_t room = (ptrdiff_t)1 << 34;
    s->settings    = settings;
    s->from        = (TallyDay){ DAY_NONE, -1, 0 };
    s->first       = INT32_MAX;
    s->last        = INT32_MIN;
    s->clients_mem = arena_new(room);
    s->cells_mem   = arena_new(room);
    s->order_mem   = arena_new(room);
    s->spare       = arena_new(room);
    s->client      = (TallyClient *)(void *)s->clients_mem.beg;
    s->cell        = (TallyCell *)(void *)s->cells_mem.beg;
    s->index_mask  = (1 << 14) - 1;
    index_begin(s);
    for (int i = 0; i < DAYS_KEPT; i++) s->day[i].day = DAY_NONE;
    if (settings.from != DAY_NONE) s->from = day_of_month(s, settings.from);
}

void share_drop(TallyShare *s)
{
    documents_drop(s);
    arena_drop(&s->clients_mem);
    arena_drop(&s->index_mem);
    arena_drop(&s->cells_mem);
    arena_drop(&s->order_mem);
    arena_drop(&s->spare);
}

static void index_put(TallyShare *s, uint64_t hash, uint32_t client)
{
    uint32_t at = (uint32_t)hash & s->index_mask;
    while (s->index[at].client) at = (at + 1) & s->index_mask;
    s->index[at] = (TallyIndex){ (uint32_t)(hash >> 32), client + 1 };
}

static void index_grow(TallyShare *s)
{
    arena_drop(&s->index_mem);
    s->index_mask = s->index_mask * 2 + 1;
    index_begin(s);
    for (uint32_t i = 0; i < s->clients; i++) index_put(s, s->client[i].hash, i);
}

static uint32_t client_new(TallyShare *s, uint64_t hash)
{
    TallyClient *c = NEW(&s->clients_mem, TallyClient);
    c->hash        = hash;
    c->at          = INT64_MAX;
    c->month       = -1;
    index_put(s, hash, s->clients++);
    if (s->clients > s->index_mask / 4 * 3) index_grow(s);
    return s->clients - 1;
}

/* The client by 32 bits in the index and those of its place; `client_sure` compares the others when the client's memory
 * has come. */
static uint32_t client_guess(const TallyShare *s, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & s->index_mask;
    for (; s->index[at].client; at = (at + 1) & s->index_mask)
        if (s->index[at].hash == hash >> 32) return s->index[at].client - 1;
    return UINT32_MAX;
}

static uint32_t client_sure(TallyShare *s, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & s->index_mask;
    for (; s->index[at].client; at = (at + 1) & s->index_mask)
        if (s->index[at].hash == hash >> 32 && s->client[s->index[at].client - 1].hash == hash)
            return s->index[at].client - 1;
    return client_new(s, hash);
}

static void cell_put(TallyShare *s, const TallyClient *c, uint32_t days, Money money)
{
    *NEW_RAW(&s->cells_mem, TallyCell, 1) = cell_of((uint32_t)(c - s->client), days, money, c->month);
    s->cells++;
}

/* The client's month goes to the cells. */
static void month_end(TallyShare *s, TallyClient *c)
{
    for (; c->money > CELL_MONEY_MAX; c->money -= CELL_MONEY_MAX) cell_put(s, c, 0, CELL_MONEY_MAX);
    for (; c->money < -CELL_MONEY_MAX; c->money += CELL_MONEY_MAX) cell_put(s, c, 0, -CELL_MONEY_MAX);
    if (c->purchase_days || c->money) cell_put(s, c, c->purchase_days, c->money);
    c->purchase_days = 0;
    c->money         = 0;
}

static void month_begin(TallyShare *s, TallyClient *c, int16_t month)
{
    month_end(s, c);
    c->month = month;
    if (s->cells - s->sorted > (1 << 16) + s->sorted / 2) cells_condense(s);
}

static void run_count(TallyShare *s, const TallyRun *run, bool in_period)
{
    /* of lines with one sign: a return's amount is never above 0 */
    s->moved += (uint64_t)(run->amount < 0 ? -run->amount : run->amount);
    s->lines += in_period ? run->lines : 0;
    if (run->day < s->first) s->first = run->day;
    if (run->day > s->last) s->last = run->day;
}

/* Days of the period's first month that lie before it have a month of their own, so that the sums of the period are its
 * own. */
static int16_t month_kept(const TallyShare *s, TallyDay day, bool in_period)
{
    return in_period || day.month != s->from.month ? day.month : TALLY_EARLIER;
}

/* Sums wrap round; `moved` tells in the end whether any could have. */
static void run_take(TallyShare *s, const TallyRun *run, TallyClient *c, TallyDay day)
{
    bool    in_period = run->day >= s->settings.from; /* DAY_NONE is below every day */
    int16_t month     = month_kept(s, day, in_period);
    run_count(s, run, in_period);
    if (c->month != month) month_begin(s, c, month);
    if (run->at < c->at) {
        c->at     = run->at;
        c->name   = run->name;
        c->name_n = run->name_n;
    }
    c->in_period |= in_period;
    c->money = (Money)((uint64_t)c->money + (uint64_t)run->amount);
    c->purchase_days |= (uint32_t)!run->is_return << day.of_month;
    c->documents += run->new_document;
    if (run->document && !run->is_return && in_period) documents_take(s, c, run->document, day.month);
}

static void group_take(TallyShare *s, const TallyRun *runs, ptrdiff_t n)
{
    uint32_t client[GROUP];
    for (ptrdiff_t i = 0; i < n; i++) __builtin_prefetch(&s->index[runs[i].client & s->index_mask]);
    for (ptrdiff_t i = 0; i < n; i++) {
        client[i] = client_guess(s, runs[i].client);
        __builtin_prefetch(&s->client[client[i]], 1);
    }
    for (ptrdiff_t i = 0; i < n; i++) {
        if (client[i] == UINT32_MAX || s->client[client[i]].hash != runs[i].client)
            client[i] = client_sure(s, runs[i].client);
        run_take(s, &runs[i], &s->client[client[i]], day_of_month(s, runs[i].day));
    }
}

void share_take(TallyShare *s, const TallyRun *runs, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i += GROUP) group_take(s, runs + i, n - i < GROUP ? n - i : GROUP);
}

/* Purchases ever, from the cells of one client. */
static void client_finish(TallyShare *s, uint32_t client, const Day *first_of)
{
    TallyClient *c = &s->client[client];
    c->days        = 0;
    c->first = c->last = DAY_NONE;
    for (uint32_t i = s->cell_from[client]; i < s->cell_from[client + 1]; i++) {
        uint32_t days = s->cell[i].days;
        if (!days) continue;
        Day month = first_of[cell_calendar(s, &s->cell[i])], low = month + __builtin_ctz(days),
            high = month + 31 - __builtin_clz(days);
        if (!c->days || low < c->first) c->first = low;
        if (!c->days || high > c->last) c->last = high;
        c->days += __builtin_popcount(days);
    }
}

static void months_count(TallyShare *s)
{
    for (uint32_t i = 0; i < s->cells; i++) {
        const TallyCell *cell = &s->cell[i];
        uint32_t         days = cell_in_period(s, cell) ? cell->days : 0;
        int              m    = cell_month(cell);
        s->month_money[m] = (Money)((uint64_t)s->month_money[m] + (uint64_t)cell_money(cell));
        s->month_clients[m] += days != 0;
        s->month_days[m] += __builtin_popcount(days);
    }
}

/* Eleven bits of `at` a step, from the lowest up; equals stay in their order. */
void places_sort(TallyPlace *a, uint32_t n, Arena scratch)
{
    enum { DIGIT = 11, DIGITS = 1 << DIGIT };
    TallyPlace *b   = NEW_RAW(&scratch, TallyPlace, n);
    int64_t     all = 0;
    for (uint32_t i = 0; i < n; i++) all |= a[i].at;
    for (int shift = 0; shift < 63 && all >> shift; shift += DIGIT) {
        uint32_t from[DIGITS + 1] = { 0 };
        for (uint32_t i = 0; i < n; i++) from[(a[i].at >> shift & (DIGITS - 1)) + 1]++;
        for (int d = 0; d < DIGITS; d++) from[d + 1] += from[d];
        for (uint32_t i = 0; i < n; i++) b[from[a[i].at >> shift & (DIGITS - 1)]++] = a[i];
        memcpy(a, b, n * sizeof *a);
    }
}

static void clients_order(TallyShare *s, Arena scratch)
{
    TallyPlace *place = NEW_RAW(&scratch, TallyPlace, s->clients);
    for (uint32_t i = 0; i < s->clients; i++) place[i] = (TallyPlace){ s->client[i].at, i };
    places_sort(place, s->clients, scratch);
    for (uint32_t i = 0; i < s->clients; i++) s->order[i] = place[i].what;
}

void share_finish(TallyShare *s, Day from)
{
    Day first_of[TALLY_MONTHS];
    for (int m = 0; m < TALLY_MONTHS; m++) first_of[m] = month_first(m + TALLY_MONTH0);
    s->from = day_of_month(s, from);
    for (uint32_t i = 0; i < s->clients; i++) month_end(s, &s->client[i]);
    cells_condense(s);
    arena_drop(&s->index_mem);
    s->order     = NEW_N(&s->order_mem, uint32_t, s->clients);
    s->cell_from = NEW_N(&s->order_mem, uint32_t, s->clients + 1);
    for (uint32_t i = 0; i < s->cells; i++) s->cell_from[s->cell[i].client + 1]++;
    for (uint32_t i = 0; i < s->clients; i++) s->cell_from[i + 1] += s->cell_from[i];
    for (uint32_t i = 0; i < s->clients; i++) client_finish(s, i, first_of);
    months_count(s);
    clients_order(s, s->spare);
    arena_drop(&s->spare);
}
