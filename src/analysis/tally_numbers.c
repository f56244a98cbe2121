/* Blocks of document numbers, and how threads find them without waiting for each other. */
#include "analysis/tally_numbers.h"

/* Empty memory that is always allowed, and what each document allows beyond it. */
enum { SPARE_BYTES = 16 << 20, BYTES_A_DOCUMENT = 16, FIRST_PLACES = 1 << 10 };

static void directory_begin(NumberDirectory *d, uint32_t places)
{
    d->mem   = arena_new(places * (ptrdiff_t)sizeof(NumberBlock));
    d->block = NEW_N(&d->mem, NumberBlock, places);
    d->mask  = places - 1;
    d->used  = 0;
}

/* The place of the key, or the free one where it belongs. */
static NumberBlock *directory_at(const NumberDirectory *d, uint64_t key)
{
    uint32_t at = (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & d->mask;
    while (d->block[at].holder && d->block[at].key != key) at = (at + 1) & d->mask;
    return &d->block[at];
}

static void directory_add(NumberDirectory *d, uint64_t key, uint32_t *holder)
{
    if (d->used >= d->mask / 4 * 3) {
        NumberDirectory old = *d;
        directory_begin(d, (old.mask + 1) * 2);
        for (uint32_t i = 0; i <= old.mask; i++)
            if (old.block[i].holder) directory_add(d, old.block[i].key, old.block[i].holder);
        arena_drop(&old.mem);
    }
    *directory_at(d, key) = (NumberBlock){ key, holder };
    d->used++;
}

void numbers_begin(Numbers *n)
{
    pthread_mutex_init(&n->lock, NULL);
    n->mem = arena_new((ptrdiff_t)1 << 36);
    arena_fills(&n->mem);
    directory_begin(&n->all, FIRST_PLACES);
}

void numbers_drop(Numbers *n)
{
    if (!n->mem.floor) return;
    pthread_mutex_destroy(&n->lock);
    arena_drop(&n->mem);
    arena_drop(&n->all.mem);
}

NumberReader number_reader(Numbers *n)
{
    NumberReader r = { .of = n };
    directory_begin(&r.known, FIRST_PLACES);
    return r;
}

void number_reader_drop(NumberReader *r)
{
    arena_drop(&r->known.mem);
}

/* The block among those of all threads, made if nobody has needed it before. */
static uint32_t *block_shared(NumberReader *r, uint64_t key)
{
    Numbers *n = r->of;
    pthread_mutex_lock(&n->lock);
    uint32_t *holder = directory_at(&n->all, key)->holder;
    if (!holder) {
        holder = arena_take_raw(&n->mem, sizeof *holder, 64, NUMBERS_BLOCK); /* untouched memory of the range is zero */
        directory_add(&n->all, key, holder);
        n->documents += r->documents - r->told;
        r->told = r->documents;
        if ((int64_t)n->all.used * NUMBERS_BLOCK * (int64_t)sizeof *holder >
            SPARE_BYTES + n->documents * BYTES_A_DOCUMENT)
            n->scattered = true;
    }
    pthread_mutex_unlock(&n->lock);
    return holder;
}

uint32_t *number_place(NumberReader *r, uint64_t key, uint32_t at)
{
    if (r->last && r->last_key == key) return r->last + at;
    uint32_t *holder = directory_at(&r->known, key)->holder;
    if (!holder) {
        holder = block_shared(r, key);
        directory_add(&r->known, key, holder);
    }
    r->last     = holder;
    r->last_key = key;
    return holder + at;
}

NumberSeen number_seen(NumberReader *r, uint32_t *place, uint32_t holder)
{
    uint32_t seen = __atomic_load_n(place, __ATOMIC_RELAXED);
    if (seen == 0 && __atomic_compare_exchange_n(place, &seen, holder, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
        r->documents++;
        return NUMBER_NEW;
    }
    return seen == holder ? NUMBER_KNOWN : NUMBER_SHARED;
}
