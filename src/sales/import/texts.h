/* Texts that repeat, each kept once with a number from 1 in the order of first appearance.  Made for tens of millions
 * of them: beside its bytes a text takes 16 for its place and 8 to 16 in the table of numbers by hash. */
#ifndef SALES_IMPORT_TEXTS_H
#define SALES_IMPORT_TEXTS_H

#include "core/str.h"

typedef struct {
    Str      *text;  /* [room] by number; 0: none           */
    uint32_t *slot;  /* [mask + 1] numbers, 0: free         */
    uint32_t  mask;
    uint32_t  count; /* the next number                     */
} Texts;

/* Room for the numbers 1 to room - 1; addresses are reserved, memory is taken as it fills. */
Texts texts_new(Arena *mem, ptrdiff_t room);

/* The number of a text; a copy is kept of one that was not there before, and *fresh is set. */
uint32_t text_number(Texts *t, Str text, Arena *mem, bool *fresh);

#endif
