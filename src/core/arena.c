/* Memory that is given back all at once. */
#include "core/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

Arena arena_new(ptrdiff_t size)
{
    char *at = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) {
        fprintf(stderr, "sbyt: the system refused to reserve %td bytes of addresses\n", size);
        exit(70);
    }
    return (Arena){ .beg = at, .end = at + size, .floor = at };
}

void arena_drop(Arena *a)
{
    if (a->floor) munmap(a->floor, (size_t)(a->end - a->floor));
    *a = (Arena){ 0 };
}

void arena_fills(const Arena *a)
{
    const uintptr_t large = (uintptr_t)1 << 21;
    char *from = (char *)(((uintptr_t)a->floor + large - 1) & ~(large - 1));
    if (from < a->end) madvise(from, (size_t)(a->end - from), MADV_HUGEPAGE);
}

void arena_reset(Arena *a, ptrdiff_t keep)
{
    const uintptr_t page = 4096;
    char *from = (char *)(((uintptr_t)(a->floor + keep) + page - 1) & ~(page - 1));
    if (a->beg > from) madvise(from, (size_t)(a->beg - from), MADV_DONTNEED);
    a->beg = a->floor;
}

static void *arena_full(Arena *a)
{
    if (a->full) longjmp(*a->full, 1);
    fprintf(stderr, "sbyt: a piece of work needed more than its %td bytes of memory\n", a->end - a->floor);
    exit(70);
}

void *arena_take_raw(Arena *a, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count)
{
    ptrdiff_t pad  = (ptrdiff_t)(-(uintptr_t)a->beg & (uintptr_t)(align - 1));
    ptrdiff_t room = a->end - a->beg - pad;
    if (count < 0 || room < 0 || count > room / size) return arena_full(a);
    char *at = a->beg + pad;
    a->beg   = at + size * count;
    return at;
}

void *arena_take(Arena *a, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count)
{
    void *at = arena_take_raw(a, size, align, count);
    return memset(at, 0, (size_t)(size * count));
}
