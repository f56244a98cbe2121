/* What the firm that is filled with the example has of the program's own: its language, its zone, what came by seed. */
#ifndef SALES_EXAMPLE_EXAMPLE_TOLD_H
#define SALES_EXAMPLE_EXAMPLE_TOLD_H

#include "core/map.h"
#include "core/words.h"
#include "work/work.h"

typedef struct {
    Map        *ids; /* by key: activity_kind.call stage.lead ... */
    Lang        lang;
    const Zone *zone; /* as the base says it: a server that has just been set up may not know it yet */
} ExampleTold;

Err example_told(Work *w, ExampleTold *out);

/* The record of a kind of thing by its key; 0: no key, or the firm has put it away. */
int64_t example_told_id(Work *w, ExampleTold *told, const char *what, const char *key);

/* The place of a key among those of a choice, from 1; 0: no key. */
int example_told_choice(const char *const *keys, const char *key);

#endif
