/* Rows become runs, and the texts in them hashes. */
#include "analysis/tally_inside.h"
#include "core/utf8.h"
#include "core/word.h"

#define TALLY_INLINE WORD_INLINE

TALLY_INLINE uint64_t fold(uint64_t a, uint64_t b)
{
    unsigned __int128 p = (unsigned __int128)a * b;
    return (uint64_t)p ^ (uint64_t)(p >> 64);
}

/* Hashes are never 0; the mixing is that of wyhash (Wang Yi, public domain). */
TALLY_INLINE uint64_t words_hash(const uint64_t seed[2], uint64_t a, uint64_t b, ptrdiff_t n)
{
    uint64_t h = fold(seed[1] ^ (uint64_t)n, fold(a ^ seed[0], b ^ seed[1]));
    return h ? h : 1;
}

/* Texts of up to eight bytes, nearly all of them, are one word and a length. */
TALLY_INLINE bool is_brief(Str s)
{
    return (size_t)s.n - 1 < 8;
}

TALLY_INLINE uint64_t key_hash(Str s, const uint64_t seed[2])
{
    if (is_brief(s)) return words_hash(seed, word_last(s.s, s.n), 0, s.n);
    if (s.n <= 16 && s.n) return words_hash(seed, word_of(s.s), word_of(s.s + s.n - 8), s.n);
    return words_hash(seed, str_hash(s, seed[0]), str_hash(s, seed[1]), s.n);
}

/* The hash of a name as people compare names, for any name; folded once for each spelling, as long as its place is not
 * taken by another. */
static uint64_t spelling_hash(Tally *t, Feed *f, Str name)
{
    uint64_t  raw  = key_hash(name, t->seed);
    Spelling *kept = &f->spelling[raw & (SPELLINGS - 1)];
    if (kept->raw == raw) return kept->folded;
    Arena scratch = f->fold_mem;
    Str   folded = t->settings.fold ? t->settings.fold(&scratch, t->settings.fold_of, name) : name_find(&scratch, name);
    *kept = (Spelling){ raw, key_hash(folded, t->seed) };
    return kept->folded;
}

/* A brief name (as word_last gives it) of letters, digits and signs of ASCII needs no table: its capitals become small
 * where they are. */
TALLY_INLINE bool brief_small(uint64_t *word)
{
    const uint64_t w = *word, high = 0x80 * WORD_ONES;
    if ((w | ((w - 0x21 * WORD_ONES) & ~w)) & high) return false;
    *word = w | ((((w + (0x80 - 'A') * WORD_ONES) ^ (w + (0x80 - 'Z' - 1) * WORD_ONES)) & high) >> 2);
    return true;
}

/* Two kinds, told apart by the lowest bit.  Odd: a text that ends in a number, of which the last eight digits count: 10
 * bits of the number above that bit, then 53 bits for all the rest of the text, exact where there is no other.  Even,
 * never 0: a hash. */
TALLY_INLINE uint64_t document_id(const Tally *t, Str name, uint64_t last)
{
    uint64_t  other  = word_no_digits(last);
    ptrdiff_t digits = other ? __builtin_clzll(other) >> 3 : name.n < 8 ? name.n : 8;
    if (!digits || t->settings.any_documents) return (key_hash(name, t->seed) & ~UINT64_C(1)) | 2;
    if (other) last = last >> (64 - 8 * digits) << (64 - 8 * digits) | WORD_ZEROS >> (8 * digits);
    uint64_t number = word_digits(last), block = number / NUMBERS_BLOCK | (uint64_t)digits << 20;
    if (digits < name.n)
        block = fold(key_hash(str_upto(name, name.n - digits), t->seed), block ^ t->seed[0]) >> 12 | UINT64_C(1) << 52;
    return block << 11 | number % NUMBERS_BLOCK << 1 | 1;
}

/* Without a name of its own a document is the client's day. */
TALLY_INLINE uint64_t document_hash(const Tally *t, const SaleRow *row, uint64_t client)
{
    if (!t->settings.has_documents) return 0;
    if (row->document.n) return document_id(t, row->document, word_last(row->document.s, row->document.n));
    return (fold(client ^ t->seed[1], (uint64_t)row->day ^ t->seed[0]) & ~UINT64_C(1)) | 2;
}

static void run_begin(Tally *t, int thread, const SaleRow *row, uint64_t client, uint64_t document)
{
    Feed   *f     = &t->feed[thread];
    int     owner = (int)((client >> 32) * (uint64_t)t->threads >> 32);
    Batch **out   = &f->out[owner];
    if ((*out)->n == BATCH) *out = batch_send(t, thread, owner, *out);
    f->run  = &(*out)->run[(*out)->n++];
    *f->run = (TallyRun){ .client = client,
                          .document = document,
                          .amount = row->amount,
                          .at = row->at,
                          .name = row->client.s,
                          .lines = 1,
                          .name_n = (uint32_t)row->client.n,
                          .is_return = row->is_return,
                          .day = row->day };
}

/* The line, of the same client and document as the one before, goes on with its run. */
TALLY_INLINE bool run_goes_on(TallyRun *run, const SaleRow *row)
{
    Money sum;
    if (run->day != row->day || run->is_return != row->is_return || row->at < run->at ||
        __builtin_add_overflow(run->amount, row->amount, &sum))
        return false;
    run->amount = sum;
    run->lines++;
    return true;
}

/* Codes and numbers are what they are; names are told apart as people do. */
static uint64_t who_hash(Tally *t, Feed *f, const SaleRow *row)
{
    if (row->client_key.n) return key_hash(row->client_key, t->seed);
    if (row->client_number) return words_hash(t->seed, row->client_number, 0, PTRDIFF_MAX);
    uint64_t word = is_brief(row->client) ? word_last(row->client.s, row->client.n) : UINT64_MAX;
    return brief_small(&word) ? words_hash(t->seed, word, 0, row->client.n) : spelling_hash(t, f, row->client);
}

static void row_add_long(Tally *t, int thread, const SaleRow *row)
{
    TallyRun *run    = t->feed[thread].run;
    uint64_t  client = who_hash(t, &t->feed[thread], row), document = document_hash(t, row, client);
    t->feed[thread].client_n = 0;
    if (!run || run->client != client || run->document != document || !run_goes_on(run, row))
        run_begin(t, thread, row, client, document);
}

/* Nearly all rows have a brief client and document, and many have those of the row before: they need no hash. */
TALLY_INLINE void row_add(Tally *t, int thread, const SaleRow *row)
{
    Str who = row->client_key.n ? row->client_key : row->client;
    if (!is_brief(who) || !is_brief(row->document) || !t->settings.has_documents || row->client_number) {
        row_add_long(t, thread, row);
        return;
    }
    Feed    *f      = &t->feed[thread];
    uint64_t client = word_last(who.s, who.n), document = word_last(row->document.s, row->document.n);
    if (client == f->client && document == f->document && who.n == f->client_n && row->document.n == f->document_n &&
        run_goes_on(f->run, row))
        return;
    f->client     = client;
    f->document   = document;
    f->client_n   = who.n;
    f->document_n = row->document.n;
    run_begin(t, thread, row, who_hash(t, f, row), document_id(t, row->document, document));
}

static int month_of_day(Day day)
{
    Civil c = civil_of(day);
    return c.year * 12 + c.month - 1 - TALLY_MONTH0;
}

/* Counts the numbered documents of runs, so that their owners need not: first asks for the memory of all, then
 * looks. */
void runs_number(Tally *t, int thread, TallyRun *runs, int n)
{
    Feed     *f = &t->feed[thread];
    uint32_t *place[BATCH];
    for (int i = 0; i < n; i++) {
        TallyRun *run = &runs[i];
        place[i]      = NULL;
        if (!(run->document & 1)) continue;
        if (!run->is_return && run->day >= t->settings.from)
            place[i] = number_place(&f->numbers, run->document >> 11, run->document >> 1 & 1023);
        run->document = 0;
        __builtin_prefetch(place[i], 1);
    }
    for (int i = 0; i < n; i++) {
        if (!place[i]) continue;
        if (runs[i].day != f->month_day) f->month = month_of_day(f->month_day = runs[i].day);
        uint32_t   holder = (uint32_t)(fold(runs[i].client ^ (uint64_t)f->month << 48, t->seed[1] | 1) >> 32);
        NumberSeen seen   = number_seen(&f->numbers, place[i], holder ? holder : 1);
        if (seen == NUMBER_SHARED) t->shared = true;
        runs[i].new_document = seen == NUMBER_NEW;
        f->month_documents[f->month] += seen == NUMBER_NEW;
    }
}

static void product_index(Feed *f, uint32_t product)
{
    uint32_t at = (uint32_t)f->product[product].hash & f->index_mask;
    while (f->index[at]) at = (at + 1) & f->index_mask;
    f->index[at] = product + 1;
}

static Product *product_new(Feed *f, uint64_t hash, Str name, int64_t at)
{
    Product *p = NEW(&f->product_mem, Product);
    *p         = (Product){ .hash = hash, .name = name, .at = at };
    product_index(f, f->products++);
    if (f->products > f->index_mask / 4) {
        arena_drop(&f->index_mem);
        f->index_mask = f->index_mask * 2 + 1;
        f->index_mem  = arena_new((f->index_mask + 1) * (ptrdiff_t)sizeof(uint32_t));
        f->index      = NEW_N(&f->index_mem, uint32_t, f->index_mask + 1);
        for (uint32_t i = 0; i < f->products; i++) product_index(f, i);
    }
    return p;
}

TALLY_INLINE void product_pay(Feed *f, uint64_t hash, Str name, int64_t at, Money amount)
{
    uint32_t slot = (uint32_t)hash & f->index_mask;
    while (f->index[slot] && f->product[f->index[slot] - 1].hash != hash) slot = (slot + 1) & f->index_mask;
    Product *p = f->index[slot] ? &f->product[f->index[slot] - 1] : product_new(f, hash, name, at);
    p->money   = (Money)((uint64_t)p->money + (uint64_t)amount); /* wrapping round is found by `moved` */
    if (at >= p->at) return;
    p->at   = at;
    p->name = name;
}

void feed_product(Feed *f, uint64_t hash, Str name, int64_t at, Money amount)
{
    product_pay(f, hash, name, at, amount);
}

void tally_add(Tally *t, int thread, const SaleRow *rows, ptrdiff_t n)
{
    Feed *f = &t->feed[thread];
    for (const SaleRow *row = rows; row < rows + n; row++) {
        if (row->day > t->settings.to || (row->is_return && t->settings.ignore_returns)) continue;
        row_add(t, thread, row);
        if (row->product.n && row->day >= t->settings.from)
            product_pay(f, key_hash(row->product, t->seed), row->product, row->at, row->amount);
    }
}
