/* How a share takes runs of lines: each step first asks for the memory of the next one, so that the waiting overlaps. */
#include "analysis/tally_share.h"

#include <string.h>

/* A client's month: the days of purchases as bits 0 .. 30, and the money in minor units or, with BIG, where the sum stands that has
 * left 32 bits.  Never all zero. */
typedef struct {
    uint32_t days;
    int32_t  money;
    uint32_t key;
} Cell;

enum { GROUP = 256 }; /* runs whose memory is asked for at a time */

static const uint32_t BIG = UINT32_C(1) << 31;

static uint32_t cell_hash(const void *cell)
{
    return ((const Cell *)cell)->key;
}

static const PagedKind cells = { sizeof(Cell), cell_hash };

/* Client (28 bits) and month (12 bits), shuffled one to one: the upper 8 bits choose the part, the lower 32 are the key. */
static const uint64_t KEY_MASK = (UINT64_C(1) << 40) - 1, KEY_MUL = 0x9E3779B97F, KEY_BACK = 0x4C19BC067F;

static uint64_t key_of(uint32_t client, int month)
{
    uint64_t k = ((uint64_t)client << 12 | (uint64_t)month) * KEY_MUL & KEY_MASK;
    k ^= k >> 20;
    k = k * KEY_MUL & KEY_MASK;
    return k ^ k >> 20;
}

static uint64_t key_back(uint64_t k) /* KEY_MUL * KEY_BACK = 1 modulo 2^40 */
{
    k ^= k >> 20;
    k = k * KEY_BACK & KEY_MASK;
    k ^= k >> 20;
    return k * KEY_BACK & KEY_MASK;
}

void share_begin(TallyShare *s, TallySettings settings)
{
    const ptrdiff_t room = (ptrdiff_t)1 << 34;
    s->settings    = settings;
    s->first       = INT32_MAX;
    s->last        = INT32_MIN;
    s->clients_mem = arena_new(room);
    s->big_mem     = arena_new(room);
    s->months_mem  = arena_new(room);
    s->client      = (TallyClient *)(void *)s->clients_mem.beg;
    s->big         = (Money *)(void *)s->big_mem.beg;
    s->index_mask  = (1 << 14) - 1;
    s->index_mem   = arena_new((s->index_mask + 1) * (ptrdiff_t)sizeof(TallyIndex));
    s->index       = NEW_N(&s->index_mem, TallyIndex, s->index_mask + 1);
    for (int i = 0; i < DAYS_KEPT; i++) s->day[i].day = DAY_NONE;
}

static void cells_drop(TallyShare *s)
{
    for (int i = 0; i < PAGED_PARTS; i++) paged_drop(&s->cell[i]);
}

void share_drop(TallyShare *s)
{
    cells_drop(s);
    documents_drop(s);
    arena_drop(&s->clients_mem);
    arena_drop(&s->index_mem);
    arena_drop(&s->big_mem);
    arena_drop(&s->months_mem);
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
    s->index_mem  = arena_new((s->index_mask + 1) * (ptrdiff_t)sizeof(TallyIndex));
    s->index      = NEW_N(&s->index_mem, TallyIndex, s->index_mask + 1);
    for (uint32_t i = 0; i < s->clients; i++) index_put(s, s->client[i].hash, i);
}

static uint32_t client_new(TallyShare *s, const TallyRun *run)
{
    TallyClient *c = NEW(&s->clients_mem, TallyClient);
    c->hash        = run->client;
    c->at          = INT64_MAX;
    index_put(s, c->hash, s->clients++);
    if (s->clients > s->index_mask / 4 * 3) index_grow(s);
    return s->clients - 1;
}

/* The client by 32 bits of the index and the place there; `client_sure` compares the other bits when the client's memory has come. */
static uint32_t client_guess(const TallyShare *s, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & s->index_mask;
    for (; s->index[at].client; at = (at + 1) & s->index_mask)
        if (s->index[at].hash == hash >> 32) return s->index[at].client - 1;
    return UINT32_MAX;
}

static uint32_t client_sure(TallyShare *s, const TallyRun *run)
{
    uint32_t at = (uint32_t)run->client & s->index_mask;
    for (; s->index[at].client; at = (at + 1) & s->index_mask)
        if (s->index[at].hash == run->client >> 32 && s->client[s->index[at].client - 1].hash == run->client) return s->index[at].client - 1;
    return client_new(s, run);
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

static __attribute__((noinline)) Cell *cell_new(Paged *part, uint32_t at, uint32_t hash)
{
    Cell *cell = (Cell *)(void *)paged_insert(part, cells, at, hash);
    cell->key  = hash;
    return cell;
}

static Cell *cell_at(TallyShare *s, uint64_t key)
{
    Paged   *part = &s->cell[key >> 32];
    uint32_t hash = (uint32_t)key, at = paged_search(part, cells, hash);
    Cell    *cell = (Cell *)(void *)part->slot + at;
    return at < part->slots && (cell->days | (uint32_t)cell->money) && cell->key == hash ? cell : cell_new(part, at, hash);
}

/* Sums wrap round; the 128-bit sum of all amounts tells in the end whether any could have. */
static Money wrapped(Money a, Money b)
{
    return (Money)((uint64_t)a + (uint64_t)b);
}

static void cell_pay(TallyShare *s, Cell *cell, Money amount)
{
    if (cell->days & BIG) {
        s->big[cell->money] = wrapped(s->big[cell->money], amount);
        return;
    }
    Money sum = wrapped(cell->money, amount);
    if (sum == (int32_t)sum) {
        cell->money = (int32_t)sum;
        return;
    }
    *NEW(&s->big_mem, Money) = sum;
    cell->days |= BIG;
    cell->money = (int32_t)s->bigs++;
}

static void client_met(TallyClient *c, const TallyRun *run)
{
    if (run->at >= c->at) return;
    c->at     = run->at;
    c->name   = run->name;
    c->name_n = run->name_n;
}

static void run_count(TallyShare *s, const TallyRun *run, bool in_period)
{
    s->moved += (uint64_t)(run->amount < 0 ? -run->amount : run->amount); /* of lines with one sign: a return's amount is never above 0 */
    s->lines += in_period ? run->lines : 0;
    if (run->day < s->first) s->first = run->day;
    if (run->day > s->last) s->last = run->day;
}

static void run_take(TallyShare *s, const TallyRun *run, uint32_t client, uint64_t key, TallyDay day)
{
    TallyClient *c         = &s->client[client];
    bool         in_period = run->day >= s->settings.from; /* DAY_NONE is below every day */
    run_count(s, run, in_period);
    client_met(c, run);
    c->in_period |= in_period;
    if (run->is_return ? in_period && run->amount : true) {
        Cell *cell = cell_at(s, key);
        if (!run->is_return) cell->days |= UINT32_C(1) << day.of_month;
        if (in_period) cell_pay(s, cell, run->amount);
    }
    if (!run->is_return && in_period && run->document) documents_take(s, c, run->document, day.month);
}

static void group_take(TallyShare *s, const TallyRun *runs, ptrdiff_t n)
{
    uint32_t client[GROUP];
    uint64_t key[GROUP];
    TallyDay day[GROUP];
    for (ptrdiff_t i = 0; i < n; i++) {
        __builtin_prefetch(&s->index[runs[i].client & s->index_mask]);
        documents_ask(s, runs[i].document);
    }
    for (ptrdiff_t i = 0; i < n; i++) {
        client[i] = client_guess(s, runs[i].client);
        __builtin_prefetch(&s->client[client[i]]);
    }
    for (ptrdiff_t i = 0; i < n; i++) {
        if (client[i] == UINT32_MAX || s->client[client[i]].hash != runs[i].client) client[i] = client_sure(s, &runs[i]);
        day[i] = day_of_month(s, runs[i].day);
        key[i] = key_of(client[i], day[i].month);
        __builtin_prefetch(paged_seat(&s->cell[key[i] >> 32], sizeof(Cell), (uint32_t)key[i]));
    }
    for (ptrdiff_t i = 0; i < n; i++) run_take(s, &runs[i], client[i], key[i], day[i]);
}

void share_take(TallyShare *s, const TallyRun *runs, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i += GROUP) group_take(s, runs + i, n - i < GROUP ? n - i : GROUP);
}

/* What a cell says. */
typedef struct {
    TallyClient *client;
    int          month;
    uint32_t     days;      /* of purchases, ever          */
    uint32_t     in_period; /* those of them in the period */
    Money        money;
} CellSaid;

typedef struct {
    TallyShare *share;
    TallyDay    from;                  /* first day of the period */
    Day         first_of[TALLY_MONTHS];
} Finish;

static CellSaid cell_said(const Finish *f, int part, const Cell *cell)
{
    uint64_t k     = key_back((uint64_t)part << 32 | cell->key);
    int      month = (int)(k & 4095);
    uint32_t days  = cell->days & ~BIG, kept = month < f->from.month ? 0 : days;
    if (month == f->from.month) kept = days >> f->from.of_month << f->from.of_month;
    return (CellSaid){ .client = &f->share->client[k >> 12], .month = month, .days = days, .in_period = kept,
                       .money = cell->days & BIG ? f->share->big[cell->money] : cell->money };
}

/* All purchases of the month, before the period too. */
static void client_days(const Finish *f, const CellSaid *said)
{
    if (!said->days) return;
    TallyClient *c     = said->client;
    Day          first = f->first_of[said->month] + __builtin_ctz(said->days), last = f->first_of[said->month] + 31 - __builtin_clz(said->days);
    if (!c->days || first < c->first) c->first = first;
    if (!c->days || last > c->last) c->last = last;
    c->days += __builtin_popcount(said->days);
}

static bool counts(const CellSaid *said)
{
    return said->in_period || said->money;
}

static void month_count(TallyShare *s, const CellSaid *said)
{
    s->month_money[said->month] = wrapped(s->month_money[said->month], said->money);
    s->month_clients[said->month] += said->in_period != 0;
    s->month_days[said->month] += __builtin_popcount(said->in_period);
    s->month_from[said->client - s->client + 1]++;
}

static void month_put(const Finish *f, const CellSaid *said)
{
    TallyShare *s  = f->share;
    uint32_t    at = s->month_from[said->client - s->client]++;
    s->month[at]   = (TallyMonth){ said->money, (int16_t)(said->month - f->from.month), (int16_t)__builtin_popcount(said->in_period) };
}

static void cells_said(const Finish *f, const CellSaid *said, int n, bool put)
{
    for (int i = 0; i < n; i++) {
        if (!put) client_days(f, &said[i]);
        if (!counts(&said[i])) continue;
        if (put) month_put(f, &said[i]);
        else month_count(f->share, &said[i]);
    }
}

static void cells_each(const Finish *f, bool put)
{
    CellSaid said[32];
    int      n = 0;
    for (int part = 0; part < PAGED_PARTS; part++)
        for (uint32_t at = 0; at < f->share->cell[part].slots; at++) {
            const Cell *cell = (const Cell *)(void *)f->share->cell[part].slot + at;
            if (!(cell->days | (uint32_t)cell->money)) continue;
            said[n] = cell_said(f, part, cell);
            __builtin_prefetch(said[n].client);
            __builtin_prefetch(&f->share->month_from[said[n].client - f->share->client]);
            if (++n < COUNT(said)) continue;
            cells_said(f, said, n, put);
            n = 0;
        }
    cells_said(f, said, n, put);
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
    Finish f = { .share = s, .from = day_of_month(s, from) };
    for (int m = 0; m < TALLY_MONTHS; m++) f.first_of[m] = month_first(m + TALLY_MONTH0);
    s->order      = NEW_N(&s->months_mem, uint32_t, s->clients);
    s->month_from = NEW_N(&s->months_mem, uint32_t, s->clients + 1);
    cells_each(&f, false);
    for (uint32_t i = 0; i < s->clients; i++) s->month_from[i + 1] += s->month_from[i];
    s->month = NEW_RAW(&s->months_mem, TallyMonth, s->month_from[s->clients]);
    cells_each(&f, true);
    memmove(s->month_from + 1, s->month_from, s->clients * sizeof *s->month_from); /* each now points behind its client */
    s->month_from[0] = 0;
    cells_drop(s);
    arena_drop(&s->index_mem);
    clients_order(s, s->months_mem);
}
