/* A header that comes again amid the rows, perhaps with its columns in another order: two exports in one file. */
#ifndef SALES_READING_HEADER_AGAIN_H
#define SALES_READING_HEADER_AGAIN_H

#include "core/str.h"

typedef struct {
    Str    *name;  /* [names] as the header has them; 0 names: there is none */
    int     names, filled;
    int     key;   /* the first column with a name                           */
    int    *from;  /* [names] where each column stands now                   */
    bool    moved; /* not all of them in their places                        */
    Str    *cell;  /* [names] of a row put in order                          */
    int64_t again; /* headers met                                            */
} HeaderAgain;

HeaderAgain header_of(Arena *mem, const Str *cell, int count);

/* Is the row the header again?  Then the columns stand as it says from here on. */
bool header_met(HeaderAgain *h, const Str *cell, int count);

/* The cells of a row in the order of the first header: its own, or h->cell until the next row. */
const Str *header_order(HeaderAgain *h, const Str *cell, int *count);

#endif
