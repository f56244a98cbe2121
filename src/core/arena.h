/* Memory that is given back all at once, and what happens when it runs out.
 *
 * An arena is a range of reserved addresses; pages become resident when touched.  A pointer to an arena means "the
 * result stays", an arena by value means "borrowed": the callee moves its own copy of `beg`, so what it took is free
 * again when it returns.  A function that both keeps and borrows takes two arenas of different ranges.
 *
 * Taking never returns null.  Where a range is used up, whatever the innermost `guarded` of this thread has begun is
 * over: it returns TOO_LARGE, as if the work had been refused, and the arenas made in it are dropped.  So nothing else
 * may be left behind by code that takes memory: whoever locks, or lets a library work, and takes memory before he has
 * ended it, guards that part by itself, puts right what must be and goes on running out (`memory_over`): an Err that
 * somebody further out takes for another one would be worse.  A callback of a library is guarded inside: nobody jumps
 * over its frames. */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include "core/base.h"

typedef struct {
    char *beg, *end;
    char *floor; /* where the range began                                                 */
    char *open;  /* up to here its pages may be touched; what is taken beyond opens more  */
} Arena;

/* An array on the stack as an arena. */
#define ARENA_ON(array) \
    { .beg = (array), .end = (array) + sizeof(array), .floor = (array), .open = (array) + sizeof(array) }

/* Reserves `size` bytes of addresses.  They count for nothing with the system until they are opened, so that a range
 * may be wide also where no more memory is promised than there is (vm.overcommit_memory = 2).  When the system refuses,
 * now or later, it is as if an arena was used up. */
Arena arena_new(ptrdiff_t size);
void  arena_drop(Arena *a); /* from any thread */

/* The bytes of a file, for reading only, as an arena that is full; floor null: they cannot be read. */
Arena arena_of_file(int fd, ptrdiff_t size);

/* What a library holds for `thing` goes with the guard as arenas do: `drop(thing)` before they are dropped.  The row
 * stands in memory that lives as long as the thing; whoever ends the thing himself lets go of it first. */
typedef struct Holding Holding;

struct Holding {
    Holding  *prev, *next;
    void  *guard; /* null: of nobody */
    void  *thing;
    void (*drop)(void *thing);
};

void guard_holds(Holding *row, void *thing, void (*drop)(void *thing));
void guard_lets_go(Holding *row); /* on the thread that held it */

/* It outlives whatever guards the thread that made it: it will be kept by something that lives longer. */
void  arena_lasts(const Arena *a);

/* Says that much of the range will be filled: behind its first 2 MiB the system may use large pages. */
void  arena_fills(const Arena *a);

/* From now on it ends here, within its range; and the first and second half of what is left of a borrowed one. */
void  arena_end(Arena *a, char *end);
void  arena_halves(Arena whole, Arena *first, Arena *second);

/* Empties the arena; what was touched beyond `keep` bytes goes back to the system. */
void  arena_reset(Arena *a, ptrdiff_t keep);

/* Zeroed memory for `count` things of `size` bytes.  Never returns null. */
void *arena_take(Arena *a, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count);

/* The same without zeroing, for large arrays that are filled at once. */
void *arena_take_raw(Arena *a, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count);

#define NEW(a, type)           ((type *)arena_take(a, (ptrdiff_t)sizeof(type), (ptrdiff_t)_Alignof(type), 1))
#define NEW_N(a, type, n)      ((type *)arena_take(a, (ptrdiff_t)sizeof(type), (ptrdiff_t)_Alignof(type), n))
#define NEW_RAW(a, type, n)    ((type *)arena_take_raw(a, (ptrdiff_t)sizeof(type), (ptrdiff_t)_Alignof(type), n))

/* Memory of the C library, zeroed, for what only `free` can give back: the same when there is none. */
void *heap_take(size_t size);

/* ---- running out ---- */

/* run(to), or TOO_LARGE when it ran out of memory.  Guards nest: each catches what was begun in it.  An arena that is
 * still there after run has come back belongs to the guard around. */
Err guarded(Err (*run)(void *to), void *to);

/* As if memory had run out here: for one that waited for other threads which did. */
_Noreturn void memory_over(void);

/* ---- trying it out ----
 *
 * For tests: from now on whatever is begun under a name that is `swept` (null: any) runs out at its first-th taking;
 * the next time under that name `step` takings later, and so on until it comes through, and then from the beginning.
 * first 0: never (as usual). */
void memory_sweep(int first, int step, bool (*swept)(const void *name));
Err  guarded_as(const void *name, Err (*run)(void *to), void *to);
void memory_sweep_spares(void); /* the rest of what this thread has begun: it has done what cannot be undone, and
                                   only tells of it */

#endif
