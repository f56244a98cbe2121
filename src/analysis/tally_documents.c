/* The documents of a tally, each told by a hash, and how many there are for a client, in a month, and in all.
 *
 * In the short form an entry is 44 bits of the document, which with the 8 that choose its part make 52, and 20 bits of its holder: a
 * hash of client and month.  A document met with another holder makes the tally shared.  In the long form an entry stands for each
 * client and month of a document, and everything is counted when all are known. */
#include "analysis/tally_share.h"

#include <stdlib.h>

typedef struct {
    uint64_t document;
    uint32_t client;
    uint32_t month;
} Holding; /* the long form */

enum { HOLDER_BITS = 20 };

static uint64_t mixed(uint64_t x)
{
    x ^= x >> 32;
    x *= UINT64_C(0xD6E8FEB86659FD93);
    return x ^ x >> 32;
}

static uint32_t short_hash(const void *entry)
{
    return (uint32_t)(*(const uint64_t *)entry >> 32);
}

static uint32_t long_hash(const void *entry)
{
    const Holding *h = entry;
    return (uint32_t)mixed((h->document ^ ((uint64_t)h->client << 12 | h->month)) * UINT64_C(0x9E3779B97F4A7C15));
}

static const PagedKind short_form = { sizeof(uint64_t), short_hash }, long_form = { sizeof(Holding), long_hash };

static uint64_t short_entry(uint64_t document, uint64_t client, int month)
{
    uint64_t holder = mixed((client ^ (uint64_t)month << 40) * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - HOLDER_BITS);
    return (document >> 12) << HOLDER_BITS | (holder ? holder : 1);
}

/* The slot of this document, or the one where it belongs; *found tells which. */
static uint32_t short_find(const Paged *part, uint64_t entry, bool *found)
{
    uint32_t hash = (uint32_t)(entry >> 32), at = paged_search(part, short_form, hash);
    const uint64_t *slot = (const uint64_t *)(void *)part->slot;
    *found = false;
    for (; at < part->slots && slot[at] && slot[at] >> 32 == hash; at++)
        if ((*found = (slot[at] ^ entry) >> HOLDER_BITS == 0)) break;
    return at;
}

static void short_take(TallyShare *s, TallyClient *c, uint64_t document, int month)
{
    Paged   *part  = &s->document[document >> 56];
    uint64_t entry = short_entry(document, c->hash, month);
    bool     found;
    uint32_t at = short_find(part, entry, &found);
    if (found) {
        if (((const uint64_t *)(void *)part->slot)[at] != entry) s->shared = true;
        return;
    }
    *(uint64_t *)(void *)paged_insert(part, short_form, at, (uint32_t)(entry >> 32)) = entry;
    c->documents++;
    s->documents++;
    s->month_documents[month]++;
}

static void long_take(TallyShare *s, const TallyClient *c, uint64_t document, int month)
{
    Paged   *part = &s->document[document >> 56];
    Holding  want = { document, (uint32_t)(c - s->client), (uint32_t)month };
    uint32_t hash = long_hash(&want), at = paged_search(part, long_form, hash);
    const Holding *slot = (const Holding *)(void *)part->slot;
    for (; at < part->slots && slot[at].document && long_hash(&slot[at]) == hash; at++)
        if (slot[at].document == document && slot[at].client == want.client && slot[at].month == want.month) return;
    *(Holding *)(void *)paged_insert(part, long_form, at, hash) = want;
}

void documents_ask(const TallyShare *s, uint64_t document)
{
    if (!s->settings.shared_documents) paged_ask(&s->document[document >> 56], sizeof(uint64_t), (uint32_t)(document >> 24));
}

void documents_take(TallyShare *s, TallyClient *c, uint64_t document, int month)
{
    if (c->last_document == document && c->last_month == month) return;
    c->last_document = document;
    c->last_month    = (int16_t)month;
    if (s->settings.shared_documents) long_take(s, c, document, month);
    else short_take(s, c, document, month);
}

static bool part_overlaps(const Paged *a, const Paged *b)
{
    const uint64_t *slot = (const uint64_t *)(void *)a->slot;
    for (uint32_t i = 0; i < a->slots; i++) {
        bool found = false;
        if (slot[i]) short_find(b, slot[i], &found);
        if (found) return true;
    }
    return false;
}

static void short_count(TallyShare *shares, int count, int part, int mine)
{
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j < count; j++)
            if (part_overlaps(&shares[i].document[part], &shares[j].document[part])) shares[mine].shared = true;
}

typedef struct {
    uint64_t document;
    uint32_t client;
    uint16_t month, share;
} Held;

static int held_order(const void *a, const void *b)
{
    const Held *x = a, *y = b;
    if (x->document != y->document) return x->document < y->document ? -1 : 1;
    if (x->share != y->share) return x->share < y->share ? -1 : 1;
    return x->client < y->client ? -1 : x->client > y->client;
}

static ptrdiff_t held_gather(const TallyShare *shares, int count, int part, Held *out)
{
    ptrdiff_t n = 0;
    for (int i = 0; i < count; i++) {
        const Holding *slot = (const Holding *)(void *)shares[i].document[part].slot;
        for (uint32_t at = 0; at < shares[i].document[part].slots; at++)
            if (slot[at].document) out[n++] = (Held){ slot[at].document, slot[at].client, (uint16_t)slot[at].month, (uint16_t)i };
    }
    return n;
}

/* All holdings of one document: h[0 .. n - 1], sorted by client. */
static void document_count(TallyShare *shares, TallyShare *mine, const Held *h, ptrdiff_t n)
{
    static _Thread_local bool seen[TALLY_MONTHS];
    mine->documents++;
    for (ptrdiff_t i = 0; i < n; i++) {
        bool same = i && h[i].share == h[i - 1].share && h[i].client == h[i - 1].client;
        if (!same) __atomic_fetch_add(&shares[h[i].share].client[h[i].client].documents, 1, __ATOMIC_RELAXED);
        if (!seen[h[i].month]) mine->month_documents[h[i].month]++;
        seen[h[i].month] = true;
    }
    for (ptrdiff_t i = 0; i < n; i++) seen[h[i].month] = false;
}

static void long_count(TallyShare *shares, int count, int part, int mine)
{
    ptrdiff_t most = 0;
    for (int i = 0; i < count; i++) most += shares[i].document[part].used;
    if (!most) return;
    Arena     mem  = arena_new(most * (ptrdiff_t)sizeof(Held));
    Held     *held = NEW_RAW(&mem, Held, most);
    ptrdiff_t n    = held_gather(shares, count, part, held);
    qsort(held, (size_t)n, sizeof *held, held_order);
    for (ptrdiff_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && held[to].document == held[from].document; to++) {}
        document_count(shares, &shares[mine], held + from, to - from);
    }
    arena_drop(&mem);
}

void documents_count(TallyShare *shares, int count, int mine)
{
    for (int part = mine; part < PAGED_PARTS; part += count)
        if (shares[0].settings.shared_documents) long_count(shares, count, part, mine);
        else short_count(shares, count, part, mine);
}

void documents_drop(TallyShare *s)
{
    for (int i = 0; i < PAGED_PARTS; i++) paged_drop(&s->document[i]);
}
