/* Where volume misleads: clients or products that stand high by volume and low by what the firm lives from.  Row
 * SEG-16. */
#ifndef ANALYSIS_MISLEADS_H
#define ANALYSIS_MISLEADS_H

#include "core/number.h"

typedef struct {
    int64_t by_volume; /* rank from 1; equal amounts in input order */
    int64_t by_other;  /* rank among those whose other figure is known; NONE: it is not */
    bool    misleads;  /* among the fifth with most volume, and yet in the lower half by the other figure or bringing
                          a loss */
} Ranks;

enum { RANKS_LEAST = 5 }; /* items: fewer have no upper fifth, and nobody misleads among them */

/*   volume[n]   revenue of each item
 *   other[n]    margin, growth or another figure of the same items; zero or less is a loss, NONE not known
 *   among[n]    who is compared: the others have no ranks; null: all
 *   out[n]
 *
 * scratch holds 32 bytes an item. */
void ranks_compare(const Money *volume, const Money *other, const bool *among, ptrdiff_t n, Ranks *out, Arena scratch);

/* Does a client cost more than it brings?  `covered` is the part of its revenue whose cost is known: of less than
 * half of it nothing can be said. */
bool serves_at_loss(Money revenue, Money covered, Money margin);

#endif
