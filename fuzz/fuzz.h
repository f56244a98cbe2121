/* What every fuzz target leans on: an arena for each input, and a claim that ends the run when it is false. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "core/str.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CLAIM(expr)                                                                                                    \
    do {                                                                                                               \
        if (!(expr)) {                                                                                                 \
            fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #expr);                                       \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

/* The same arena each time, empty. */
static inline Arena *fuzz_mem(void)
{
    static Arena mem;
    if (!mem.floor) mem = arena_new((ptrdiff_t)1 << 30);
    arena_reset(&mem, 1 << 24);
    return &mem;
}

/* Takes the first byte off the input; 0 when there is none. */
static inline unsigned fuzz_byte(Str *input)
{
    if (input->n == 0) return 0;
    unsigned byte = (unsigned char)*input->s;
    *input        = str_from(*input, 1);
    return byte;
}

#endif
