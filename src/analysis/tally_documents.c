/* Documents that are not told by number: a list of who bought with each of them in which month, exact whatever they are
 * like.
 *
 * The list is cut into parts by the upper bits of the document's hash.  A part takes what comes, and when it has grown
 * by half it is sorted and what stands there twice is dropped.  In the end equal parts of all shares are laid together
 * and each document is counted. */
#include "analysis/tally_share.h"

#include <stdlib.h>

enum { FIRST_LIMIT = 256, DIGIT = 11, DIGITS = 1 << DIGIT };

/* While it is sorted.  `key`: 52 bits of the document, which with the 8 that choose its part make 60, then 12 bits of
 * the month. */
typedef struct {
    uint64_t key;
    uint32_t client, share;
} Held;

static uint64_t document_of(const Held *h)
{
    return h->key >> 12;
}

static int held_order(const void *a, const void *b)
{
    const Held *x = a, *y = b;
    if (document_of(x) != document_of(y)) return document_of(x) < document_of(y) ? -1 : 1;
    if (x->share != y->share) return x->share < y->share ? -1 : 1;
    if (x->client != y->client) return x->client < y->client ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

static void digit_sort(const Held *a, Held *b, uint32_t n, int shift)
{
    uint32_t from[DIGITS + 1] = { 0 };
    for (uint32_t i = 0; i < n; i++) from[(a[i].key >> shift & (DIGITS - 1)) + 1]++;
    for (int d = 0; d < DIGITS; d++) from[d + 1] += from[d];
    for (uint32_t i = 0; i < n; i++) b[from[a[i].key >> shift & (DIGITS - 1)]++] = a[i];
}

/* A few in a row that may be out of order. */
static void few_sort(Held *a, ptrdiff_t n)
{
    if (n > 16) {
        qsort(a, (size_t)n, sizeof *a, held_order);
        return;
    }
    for (ptrdiff_t i = 1; i < n; i++) {
        Held      one = a[i];
        ptrdiff_t at  = i;
        for (; at > 0 && held_order(&a[at - 1], &one) > 0; at--) a[at] = a[at - 1];
        a[at] = one;
    }
}

/* Sorts a[n], with room in b[n]; returns the one that holds the result.  By the upper 33 bits of the document first:
 * nearly all differ there. */
static Held *held_sort(Held *a, Held *b, uint32_t n)
{
    const int last = 64 - 3 * DIGIT;
    digit_sort(a, b, n, last);
    digit_sort(b, a, n, last + DIGIT);
    digit_sort(a, b, n, last + 2 * DIGIT);
    for (uint32_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && b[to].key >> last == b[from].key >> last; to++) {}
        if (to > from + 1) few_sort(b + from, to - from);
    }
    return b;
}

static uint32_t part_unpack(const TallyDocuments *part, uint32_t share, Held *out)
{
    for (uint32_t i = 0; i < part->n; i++) {
        const TallyHolding *h = &part->holding[i];
        out[i] = (Held){ (uint64_t)h->key_high << 32 | h->key_low, h->client, share };
    }
    return part->n;
}

/* Gives a part room for `limit` holdings: further on in its range, or in a wider one. */
static void part_widen(TallyDocuments *part, uint32_t limit)
{
    ptrdiff_t bytes = limit * (ptrdiff_t)sizeof(TallyHolding), taken = part->range.beg - part->range.floor;
    part->limit     = limit;
    if (part->holding && bytes <= part->range.end - part->range.floor) {
        if (bytes > taken) NEW_RAW(&part->range, char, bytes - taken);
        return;
    }
    Arena         wider   = arena_new(bytes * 4);
    TallyHolding *holding = NEW_RAW(&wider, TallyHolding, limit);
    if (part->holding) memcpy(holding, part->holding, part->n * sizeof *part->holding);
    arena_drop(&part->range);
    part->range   = wider;
    part->holding = holding;
}

/* Sorts a part and drops what stands there twice. */
static void part_condense(TallyDocuments *part, Arena mem)
{
    Held *held = NEW_RAW(&mem, Held, part->n);
    uint32_t n = part_unpack(part, 0, held), kept = 0;
    held = held_sort(held, NEW_RAW(&mem, Held, n), n);
    for (uint32_t i = 0; i < n; i++) {
        if (i && held_order(&held[i - 1], &held[i]) == 0) continue;
        part->holding[kept++] = (TallyHolding){ (uint32_t)held[i].key, (uint32_t)(held[i].key >> 32), held[i].client };
    }
    part->n = kept;
}

void documents_take(TallyShare *s, TallyClient *c, uint64_t document, int month)
{
    if (c->last_document == document && c->last_month == month) return;
    c->last_document = document;
    c->last_month    = (int16_t)month;
    TallyDocuments *part = &s->document[document >> 56];
    if (part->n == part->limit) {
        if (part->n) part_condense(part, s->spare);
        part_widen(part, part->n + part->n / 2 + FIRST_LIMIT);
    }
    uint64_t key = (document << 8 & ~UINT64_C(4095)) | (uint64_t)month;
    part->holding[part->n++] = (TallyHolding){ (uint32_t)key, (uint32_t)(key >> 32), (uint32_t)(c - s->client) };
}

/* All holdings of one document, sorted by client. */
static void document_count(TallyShare *shares, TallyShare *mine, const Held *h, uint32_t n)
{
    static _Thread_local bool seen[TALLY_MONTHS];
    mine->documents++;
    for (uint32_t i = 0; i < n; i++) {
        bool same = i && h[i].share == h[i - 1].share && h[i].client == h[i - 1].client;
        int  m    = (int)(h[i].key & 4095);
        if (!same) __atomic_fetch_add(&shares[h[i].share].client[h[i].client].documents, 1, __ATOMIC_RELAXED);
        if (!seen[m]) mine->month_documents[m]++;
        seen[m] = true;
    }
    for (uint32_t i = 0; i < n; i++) seen[h[i].key & 4095] = false;
}

static void part_count(TallyShare *shares, int count, int part, int mine)
{
    uint32_t most = 0, n = 0;
    for (int i = 0; i < count; i++) most += shares[i].document[part].n;
    if (!most) return;
    Arena mem  = shares[mine].spare;
    Held *held = NEW_RAW(&mem, Held, most);
    for (int i = 0; i < count; i++) n += part_unpack(&shares[i].document[part], (uint32_t)i, held + n);
    held = held_sort(held, NEW_RAW(&mem, Held, n), n);
    for (uint32_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && document_of(&held[to]) == document_of(&held[from]); to++) {}
        document_count(shares, &shares[mine], held + from, to - from);
    }
}

void documents_count(TallyShare *shares, int count, int mine)
{
    for (int part = mine; part < DOCUMENT_PARTS; part += count) part_count(shares, count, part, mine);
}

void documents_drop(TallyShare *s)
{
    for (int i = 0; i < DOCUMENT_PARTS; i++) {
        if (s->document[i].holding) arena_drop(&s->document[i].range);
        s->document[i] = (TallyDocuments){ 0 };
    }
}
