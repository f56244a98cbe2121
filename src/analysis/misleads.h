/* Where volume misleads: clients or products that stand high by volume and low by what the firm lives from.  Row SEG-16. */
#ifndef ANALYSIS_MISLEADS_H
#define ANALYSIS_MISLEADS_H

#include "core/number.h"

typedef struct {
    int64_t by_volume; /* rank from 1; equal amounts in input order */
    int64_t by_other;  /* rank among those whose other figure is known; NONE: it is not */
    bool    misleads;  /* among the fifth with most volume, and yet in the lower half by the other figure or bringing a loss */
} Ranks;

/*   volume[n]   revenue of each item
 *   other[n]    margin, growth or another figure of the same items; zero or less is a loss, NONE not known
 *   out[n]
 *
 * scratch holds 32 bytes an item. */
void ranks_compare(const Money *volume, const Money *other, ptrdiff_t n, Ranks *out, Arena scratch);

#endif
