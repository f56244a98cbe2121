/* Memory that is given back all at once, and what happens when it runs out. */
#include "core/arena.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

typedef struct Guard Guard;
typedef struct Range Range;

/* What stands in front of each arena. */
struct Range {
    Range    *prev, *next;
    Guard    *of;     /* null: of nobody          */
    char     *begins; /* of all that was reserved */
    ptrdiff_t bytes;
};

struct Guard {
    jmp_buf over;
    Guard  *outer;
    Range  *first;
    Holding   *held;
};

enum { FRONT = 64, PAGE = 4096, LARGE_PAGE = 2 << 20 };
_Static_assert(sizeof(Range) <= FRONT, "a range begins with its own row");

static _Thread_local Guard *innermost;
static pthread_mutex_t      ranges = PTHREAD_MUTEX_INITIALIZER; /* over all lists: an arena may be dropped by another
                                                                   thread */

/* ---- whose arenas ---- */

static Range *range_of(const Arena *a)
{
    return (Range *)(void *)(a->floor - FRONT);
}

static void link_to(Range *r, Guard *g)
{
    r->of   = g;
    r->prev = NULL;
    r->next = g ? g->first : NULL;
    if (r->next) r->next->prev = r;
    if (g) g->first = r;
}

static void unlink_from(Range *r)
{
    if (!r->of) return;
    if (r->next) r->next->prev = r->prev;
    if (r->prev) r->prev->next = r->next;
    else r->of->first = r->next;
    r->of = NULL;
}

static void give_to(Range *r, Guard *g)
{
    pthread_mutex_lock(&ranges);
    unlink_from(r);
    link_to(r, g);
    pthread_mutex_unlock(&ranges);
}

/* ---- addresses, and pages that may be touched ---- */

enum { OPENED_AT_FIRST = 64 << 10, OPENED_MOST = 64 << 20 };

static char *page_down(char *at) { return (char *)((uintptr_t)at & ~(uintptr_t)(PAGE - 1)); }
static char *page_up(char *at)   { return page_down(at + PAGE - 1); }

static void *addresses(void *at, ptrdiff_t bytes)
{
    const int how = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (at ? MAP_FIXED : 0);
    return mmap(at, (size_t)bytes, PROT_NONE, how, -1, 0);
}

static bool pages_open(char *from, char *to)
{
    return to <= from || mprotect(from, (size_t)(to - from), PROT_READ | PROT_WRITE) == 0;
}

/* As much again as is open, so that a range that fills is opened a few times only; no more than is asked for where the
 * system would rather not. */
static void open_upto(Arena *a, char *upto)
{
    char     *from = page_down(a->beg > a->open ? a->beg : a->open), *end = page_up(a->end);
    ptrdiff_t more = from - a->floor;
    if (more < OPENED_AT_FIRST) more = OPENED_AT_FIRST;
    if (more > OPENED_MOST) more = OPENED_MOST;
    char *wished = more < end - from ? page_up(from + more) : end, *needed = page_up(upto);
    if (wished < needed) wished = needed;
    if (!pages_open(from, wished) && (wished = needed, !pages_open(from, needed))) memory_over();
    a->open = wished < a->end ? wished : a->end;
}

/* The range's row, and behind it, at a multiple of `align` or right there where that is 1, `size` bytes of the arena
 * itself. */
static Arena reserve(ptrdiff_t align, ptrdiff_t size)
{
    ptrdiff_t bytes = FRONT + align - 1 + size, first = size < OPENED_AT_FIRST ? size : OPENED_AT_FIRST;
    char     *at    = addresses(NULL, bytes);
    if (at == MAP_FAILED) memory_over();
    char *floor = (char *)(((uintptr_t)at + FRONT + (uintptr_t)align - 1) & ~((uintptr_t)align - 1));
    if (!pages_open(page_down(floor - FRONT), page_up(floor + first))) {
        munmap(at, (size_t)bytes);
        memory_over();
    }
    Arena a       = { .beg = floor, .end = floor + size, .floor = floor, .open = floor + first };
    *range_of(&a) = (Range){ .begins = at, .bytes = bytes };
    if (innermost) give_to(range_of(&a), innermost);
    return a;
}

Arena arena_new(ptrdiff_t size)
{
    return reserve(1, size);
}

Arena arena_of_file(int fd, ptrdiff_t size)
{
    const int how = MAP_PRIVATE | MAP_FIXED | MAP_POPULATE;
    Arena     a   = reserve(LARGE_PAGE, size); /* so the system can map it in large pieces */
    if (mmap(a.floor, (size_t)size, PROT_READ, how, fd, 0) == MAP_FAILED) arena_drop(&a);
    a.beg = a.open = a.end;
    return a;
}

void arena_drop(Arena *a)
{
    if (!a->floor) return;
    Range *r = range_of(a);
    give_to(r, NULL);
    munmap(r->begins, (size_t)r->bytes);
    *a = (Arena){ 0 };
}

void arena_lasts(const Arena *a)
{
    if (a->floor) give_to(range_of(a), NULL);
}

void arena_fills(const Arena *a)
{
    char *from = (char *)(((uintptr_t)a->floor + LARGE_PAGE - 1) & ~((uintptr_t)LARGE_PAGE - 1));
    if (from < a->end) madvise(from, (size_t)(a->end - from), MADV_HUGEPAGE);
}

void arena_end(Arena *a, char *end)
{
    a->end = end;
    if (a->open > end) a->open = end;
}

void arena_halves(Arena whole, Arena *first, Arena *second)
{
    char *middle = whole.beg + (whole.end - whole.beg) / 2;
    *first       = whole;
    *second      = whole;
    arena_end(first, middle);
    second->beg = middle;
}

void arena_reset(Arena *a, ptrdiff_t keep)
{
    char *from = page_up(a->floor + keep), *to = page_up(a->beg > a->open ? a->beg : a->open);
    if (a->beg > from && addresses(from, to - from) != MAP_FAILED && a->open > from) a->open = from;
    a->beg = a->floor;
}

/* ---- whose things; these stay with one thread ---- */

static void held_link(Holding *h, Guard *g)
{
    h->guard = g;
    h->prev  = NULL;
    h->next  = g ? g->held : NULL;
    if (h->next) h->next->prev = h;
    if (g) g->held = h;
}

void guard_holds(Holding *h, void *thing, void (*drop)(void *thing))
{
    *h = (Holding){ .thing = thing, .drop = drop };
    held_link(h, innermost);
}

void guard_lets_go(Holding *h)
{
    Guard *g = h->guard;
    if (!g) return;
    if (h->next) h->next->prev = h->prev;
    if (h->prev) h->prev->next = h->next;
    else g->held = h->next;
    h->guard = NULL;
}

/* ---- running out ---- */

void memory_over(void)
{
    if (innermost) longjmp(innermost->over, 1);
    fprintf(stderr, "sbyt: a piece of work needed more memory than there is\n");
    exit(70);
}

static void drop_all(Guard *g)
{
    for (Holding *h; (h = g->held);) {
        guard_lets_go(h);
        h->drop(h->thing);
    }
    pthread_mutex_lock(&ranges);
    for (Range *r; (r = g->first);) {
        unlink_from(r);
        munmap(r->begins, (size_t)r->bytes);
    }
    pthread_mutex_unlock(&ranges);
}

static void hand_out(Guard *g)
{
    for (Holding *h; (h = g->held);) {
        guard_lets_go(h);
        held_link(h, g->outer);
    }
    pthread_mutex_lock(&ranges);
    for (Range *r; (r = g->first);) {
        unlink_from(r);
        link_to(r, g->outer);
    }
    pthread_mutex_unlock(&ranges);
}

Err guarded(Err (*run)(void *to), void *to)
{
    Guard g = { .outer = innermost };
    if (setjmp(g.over)) {
        innermost = g.outer;
        drop_all(&g);
        return TOO_LARGE;
    }
    innermost = &g;
    Err err   = run(to);
    innermost = g.outer;
    hand_out(&g);
    return err;
}

/* ---- trying it out ---- */

typedef struct {
    const void *name;
    int         tries;
} Tried;

static atomic_int           sweep_first;
static int                  sweep_step;
static Tried                tried[512];
static bool               (*is_swept)(const void *name);
static pthread_mutex_t      sweep_lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local int64_t takings; /* that are left until it runs out; 0: it does not */

void memory_sweep(int first, int step, bool (*swept)(const void *name))
{
    pthread_mutex_lock(&sweep_lock);
    memset(tried, 0, sizeof tried);
    is_swept = swept;
    sweep_step = step;
    atomic_store(&sweep_first, first);
    pthread_mutex_unlock(&sweep_lock);
}

static Tried *tried_at(const void *name)
{
    size_t i = (uintptr_t)name / 8 % COUNT(tried);
    while (tried[i].name && tried[i].name != name) i = (i + 1) % COUNT(tried);
    tried[i].name = name;
    return &tried[i];
}

/* Step by step up to the sixteenth, then by an eighth more each time, so that a long work too is
 * gone through in moments. */
static int64_t next_taking(const void *name)
{
    pthread_mutex_lock(&sweep_lock);
    int64_t at = 0, tries = ++tried_at(name)->tries;
    for (int64_t i = 0; i < tries; i++) at += !i ? atomic_load(&sweep_first) : i < 16 ? sweep_step : at / 8;
    pthread_mutex_unlock(&sweep_lock);
    return at;
}

static void came_through(const void *name)
{
    pthread_mutex_lock(&sweep_lock);
    tried_at(name)->tries = 0;
    pthread_mutex_unlock(&sweep_lock);
}

Err guarded_as(const void *name, Err (*run)(void *to), void *to)
{
    if (!atomic_load_explicit(&sweep_first, memory_order_relaxed) || (is_swept && !is_swept(name)))
        return guarded(run, to);
    int64_t before = takings;
    takings        = next_taking(name);
    Err  err       = guarded(run, to);
    bool through   = takings > 0;
    takings        = before;
    if (through) came_through(name);
    return err;
}

void memory_sweep_spares(void)
{
    if (takings > 0) takings = INT64_MAX;
}

/* ---- taking ---- */

static bool sweep_ends_here(void)
{
    return innermost && takings > 0 && --takings == 0;
}

void *arena_take_raw(Arena *a, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count)
{
    ptrdiff_t pad  = (ptrdiff_t)(-(uintptr_t)a->beg & (uintptr_t)(align - 1));
    ptrdiff_t room = a->open - a->beg - pad;
    if (count < 0) memory_over();
    if (room < 0 || count > room / size) {
        room = a->end - a->beg - pad;
        if (room < 0 || count > room / size) memory_over();
        open_upto(a, a->beg + pad + size * count);
    }
    if (takings && sweep_ends_here()) memory_over();
    char *at = a->beg + pad;
    a->beg   = at + size * count;
    return at;
}

void *arena_take(Arena *a, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count)
{
    void *at = arena_take_raw(a, size, align, count);
    return memset(at, 0, (size_t)(size * count));
}

void *heap_take(size_t size)
{
    void *at = calloc(1, size);
    if (!at) memory_over();
    return at;
}
