/* Memory that is given back all at once.
 *
 * An arena is a range of reserved addresses; pages become resident when touched.  A pointer to an arena means "the result
 * stays", an arena by value means "borrowed": the callee moves its own copy of `beg`, so what it took is free again when it
 * returns.  A function that both keeps and borrows takes two arenas of different ranges. */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include "core/base.h"

#include <setjmp.h>

typedef struct {
    char    *beg, *end;
    char    *floor; /* where the range began                                                   */
    jmp_buf *full;  /* jumped to when the range is used up; without it the program says so and ends */
} Arena;

/* Reserves `size` bytes of addresses.  Ends the program when the system refuses. */
Arena arena_new(ptrdiff_t size);
void  arena_drop(Arena *a);

/* Says that much of the range will be filled: behind its first 2 MiB the system may use large pages. */
void  arena_fills(const Arena *a);

/* Empties the arena; what was touched beyond `keep` bytes goes back to the system. */
void  arena_reset(Arena *a, ptrdiff_t keep);

/* Zeroed memory for `count` things of `size` bytes.  Never returns null. */
void *arena_take(Arena *a, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count);

/* The same without zeroing, for large arrays that are filled at once. */
void *arena_take_raw(Arena *a, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count);

#define NEW(a, type)           ((type *)arena_take(a, (ptrdiff_t)sizeof(type), (ptrdiff_t)_Alignof(type), 1))
#define NEW_N(a, type, n)      ((type *)arena_take(a, (ptrdiff_t)sizeof(type), (ptrdiff_t)_Alignof(type), n))
#define NEW_RAW(a, type, n)    ((type *)arena_take_raw(a, (ptrdiff_t)sizeof(type), (ptrdiff_t)_Alignof(type), n))

#endif
