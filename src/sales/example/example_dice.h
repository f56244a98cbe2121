/* The dice of the example firm: they start the same each time. */
#ifndef SALES_EXAMPLE_EXAMPLE_DICE_H
#define SALES_EXAMPLE_EXAMPLE_DICE_H

#include <stdint.h>

/* splitmix64 (S. Vigna, public domain): 64 well-mixed bits from a counter. */
typedef struct {
    uint64_t state;
} Dice;

static inline uint64_t dice_roll(Dice *d)
{
    uint64_t z = d->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static inline int dice_below(Dice *d, int n)
{
    return (int)((unsigned __int128)dice_roll(d) * (unsigned)n >> 64);
}

static inline int dice_between(Dice *d, int low, int high)
{
    return low + dice_below(d, high - low + 1);
}

/* About normal around 1000 with the given deviation in thousandths: four dice are near enough, and whole. */
static inline int dice_around(Dice *d, int deviation)
{
    int sum = 0;
    for (int i = 0; i < 4; i++) sum += dice_between(d, -1000, 1000);
    int v = 1000 + sum * deviation / 1155;
    return v < 100 ? 100 : v;
}

#endif
